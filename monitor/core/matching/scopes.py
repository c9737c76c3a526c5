"""When a word stands within the scope of a hit: the table of scopes (section 4)."""

from __future__ import annotations

from enum import IntFlag, auto

from monitor.core.profile import ScopeUnit


class Makes(IntFlag):
    """What makes a scope hold: any one of it will do."""

    ANYWHERE = auto()
    """The word stands anywhere."""
    NEAR = auto()
    """It stands in the hit's field, and at most so many words away as the scope says."""
    WORD_IN_HEAD = auto()
    """It stands in the headline or standfirst."""
    HIT_IN_HEAD = auto()
    """The hit does."""
    IN_SENTENCE = auto()
    """Both stand in one sentence."""
    IN_PARAGRAPH = auto()
    """Both stand in one paragraph."""


MAKES = {
    ScopeUnit.DOCUMENT: Makes.ANYWHERE,
    ScopeUnit.PARAGRAPH: Makes.IN_PARAGRAPH,
    ScopeUnit.SENTENCE: Makes.IN_SENTENCE,
    ScopeUnit.HEADLINE: Makes.WORD_IN_HEAD,
    ScopeUnit.WORDS: Makes.NEAR,
    ScopeUnit.WORDS_OR_HEADLINE: Makes.NEAR | Makes.WORD_IN_HEAD | Makes.HIT_IN_HEAD,
}
