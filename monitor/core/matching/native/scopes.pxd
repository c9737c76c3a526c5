"""Numbers that Python has names for, as C has them; `context.pyx` compares the scopes' with Python's as it loads."""

cdef enum:
    NONE = -1  # in the place of a row, a word or an article: there is none
    BODY = 2  # of the fields of an article, which are PARTS
    PARTS = 3

cdef enum:  # `scopes.Makes`
    ANYWHERE = 1
    NEAR = 2
    WORD_IN_HEAD = 4
    HIT_IN_HEAD = 8
    IN_SENTENCE = 16
    IN_PARAGRAPH = 32
