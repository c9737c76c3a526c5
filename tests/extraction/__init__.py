"""How well real pages are read: 363 of three public collections, by the measure of one of them.

The pages are in ../shared/data, never here: `pages` finds them, `measure` reads them, `floors` keeps what was
reached.
"""
