"""Whether one stretch of an article stands within a scope of another (section 4, the table of scopes)."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.core.article import Field
from monitor.core.matching.scan import Found, Scan
from monitor.core.profile import Scope, ScopeUnit

HEAD = (Field.HEADLINE, Field.STANDFIRST)


def holds_within(hit: Found, word: Found, scope: Scope, scan: Scan) -> bool:
    """Whether a word stands within the scope of a hit."""
    text = scan.texts[hit.field]
    match scope.unit:
        case ScopeUnit.DOCUMENT:
            return True
        case ScopeUnit.HEADLINE:
            return word.field in HEAD
        case ScopeUnit.PARAGRAPH:
            return hit.field is word.field and _share(text.paragraph_of, hit, word)
        case ScopeUnit.SENTENCE:
            return hit.field is word.field and _share(text.sentence_of, hit, word)
        case ScopeUnit.WORDS:
            return near(hit, word, scope.words, scan)
        case ScopeUnit.WORDS_OR_HEADLINE:
            return word.field in HEAD or hit.field in HEAD or near(hit, word, scope.words, scan)


def near(hit: Found, word: Found, words: int, scan: Scan) -> bool:
    """Whether at most so many words stand between the two, in one field."""
    between = scan.words_between(hit, word)
    return between is not None and between <= words


def _share(number_of: Sequence[int], a: Found, b: Found) -> bool:
    """Whether two stretches share a sentence or paragraph."""
    return number_of[a.first] <= number_of[b.last] and number_of[b.first] <= number_of[a.last]
