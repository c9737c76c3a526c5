OF: str
