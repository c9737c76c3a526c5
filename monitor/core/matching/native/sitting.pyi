from monitor.core.matching.columns.sheet import Sheet
from monitor.core.matching.columns.terms import Credits
from monitor.core.matching.tables import Column, Mask

def standing(
    lead_words: int, hits: Credits, sheet: Sheet, articles: Column, derived: bool
) -> tuple[Mask, Mask, Column]: ...
