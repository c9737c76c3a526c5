"""Whether one stretch of an article stands within a scope of another (twin of `matching/reach.py`)."""

from libc.stdint cimport int64_t

from monitor.core.matching.native.gaps cimport Gaps
from monitor.core.matching.native.places cimport Place, words_between
from monitor.core.matching.native.scopes cimport (
    ANYWHERE, BODY, HIT_IN_HEAD, IN_PARAGRAPH, IN_SENTENCE, NEAR, WORD_IN_HEAD
)


cdef inline bint holds_within(
    Gaps gaps, int64_t makes, int64_t words, const Place* hit, const Place* word
) except -1:
    """Whether a word stands within the scope of a hit: what `Makes` it, and of words how many may be between."""
    cdef bint beside = word.field == hit.field
    if makes & ANYWHERE:
        return True
    if makes & NEAR and beside and words_between(hit, word) <= words:
        return True
    if makes & WORD_IN_HEAD and word.field != BODY:
        return True
    if makes & HIT_IN_HEAD and hit.field != BODY:
        return True
    return beside and makes & (IN_SENTENCE | IN_PARAGRAPH) and in_one(gaps, makes, hit, word)


cdef inline bint in_one(Gaps gaps, int64_t makes, const Place* one, const Place* other) except -1:
    """Whether two stretches share a sentence or paragraph: none ends between them."""
    cdef const Place* left = one if one.first <= other.first else other
    cdef const Place* right = other if one.first <= other.first else one
    return right.first <= left.last or not gaps.ends_between(left.last, right.first, makes & IN_SENTENCE)
