"""How much of a standfirst is the article's own: feeds write a line of theirs behind it (section 1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

TAILS = tuple(
    tuple(tail.split())
    for tail in (
        "continue reading",
        "keep reading",
        "read more",
        "read on",
        "read full article",
        "read full story",
        "read the full article",
        "read the full story",
        "read the rest of this entry",
    )
)
"""What asks to read on; the headline may stand behind it."""
POST, FIRST_ON = ("the", "post"), (("appeared", "first", "on"), ("first", "appeared", "on"))
"""WordPress: *The post (headline) appeared first on (site).*"""
SITE = 10
"""How many words its name may have."""
SAME_BEFORE_A_CUT = 4
"""A label of few words (*Tax*, over *Taxis strike*) is no text cut short."""


def heads(words: Sequence[str], headline: Sequence[str]) -> list[int]:
    """How many words a standfirst has, all together and without each line that a feed may have written behind it.

    >>> heads("the fund met read more".split(), [])
    [5, 3]
    """
    ends = [len(words), *_before_post(words, [*POST, *headline])]
    return ends + [shorter for end in ends for shorter in _before_tail(words, headline, end)]


def _before_post(words: Sequence[str], post: Sequence[str]) -> Iterator[int]:
    """Where *The post (headline) appeared first on ...* begins, with nothing behind it."""
    for at in range(max(len(post), len(words) - SITE - 3), len(words) - 3):
        begin = at - len(post)
        if tuple(words[at : at + 3]) in FIRST_ON and words[begin:at] == post:
            yield begin


def _before_tail(words: Sequence[str], headline: Sequence[str], end: int) -> Iterator[int]:
    """Where a line that asks to read on begins, with nothing but the headline behind it."""
    title = len(headline)
    stops = {end, end - title} if words[max(0, end - title) : end] == headline else {end}
    for stop in stops:
        for tail in TAILS:
            begin = stop - len(tail)
            if begin >= 0 and tuple(words[begin:stop]) == tail:
                yield begin


def shared(words: Sequence[str], again: Sequence[str]) -> int:
    """How many words two texts begin with alike."""
    pairs = zip(words, again, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(words), len(again)))


def is_cut(words: Sequence[str], again: Sequence[str], before: int) -> bool:
    """Whether a word may be another one cut short, where enough before them are the same."""
    return before >= SAME_BEFORE_A_CUT and bool(words) and bool(again) and again[0].startswith(words[0])
