"""One article as compared, for what has to be weighed place by place: what is sought, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, TypeVar

from monitor.core.article import Article, Field
from monitor.core.match import Span
from monitor.core.matching.columns.stands import Stands
from monitor.core.matching.found import BODY, FIELDS, Cover, Found
from monitor.core.matching.lexicon import Sought

Value = TypeVar("Value")


class Scan:
    """One article of a batch, and what stands in it."""

    def __init__(self, article: Article, number: int, stands: Stands) -> None:
        """`number`: its place in the batch."""
        self.article = article
        self.text = stands.sheet.text(number)
        self._number, self._stands = number, stands
        self._originals = dict(zip(FIELDS, article.texts, strict=True))
        self._memo: dict[object, Any] = {}

    def of(self, sought: Sought) -> Sequence[Found]:
        """Where what is sought stands, each stretch once, in reading order."""
        return self._stands.found(self._number, sought)

    def cover(self, sought: Sought) -> Cover:
        """The same by the words it covers."""
        return self._stands.cover(self._number, sought)

    def memo(self, asker: object, find: Callable[[Scan], Value]) -> Value:
        """What somebody finds in this article, looked for once however many ask."""
        if asker not in self._memo:
            self._memo[asker] = find(self)
        found: Value = self._memo[asker]
        return found

    def span(self, found: Found) -> Span:
        """The stretch of the original text."""
        start, end = self.text.stretch(found.first, found.last)
        if found.opening or found.closing:
            start, end = self._to_signs(found, start, end)
        return Span(found.field, start, end, self._originals[found.field][start:end])

    def original(self, first: int, last: int, field: Field) -> str:
        """The words from one to another, of one field, as the article has them."""
        start, end = self.text.stretch(first, last)
        return self._originals[field][start:end]

    def _to_signs(self, found: Found, start: int, end: int) -> tuple[int, int]:
        if found.opening:
            start = self.text.sign_start(found.first)
        if found.closing:
            end = self.text.sign_end(found.last)
        return start, end

    def words_up_to(self, found: Found) -> int:
        """Words of the article from its beginning to the end of a place, the standfirst once."""
        words = found.last + 1
        again = found.field is BODY and self._standfirst_again
        return words - (self.text.firsts[2] - self.text.firsts[1]) if again else words

    @cached_property
    def _standfirst_again(self) -> bool:
        return self.text.starts_again(1, 2)
