"""One use case a file: read, ask the core, write. What they need from outside is in `ports.py`."""
