"""The corpus's text cut into articles of one length, to see how cost grows with it."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.core.article import Article

LENGTHS = (250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000)
"""Characters of an article."""
TOGETHER = 1_500_000
"""Characters of all articles of one length together, so that each costs about the same to measure."""
OVERLONG = 100
"""Characters that a word at the end may add."""


def of_length(articles: Sequence[Article], length: int, together: int) -> list[Article]:
    """Articles whose bodies are so many characters long, cut between words from the bodies of these."""
    text = "\n\n".join(article.body for article in articles)[:together]
    made: list[Article] = []
    start = 0
    while start + length <= len(text):
        end = text.find(" ", start + length, start + length + OVERLONG)
        end = start + length if end < 0 else end
        made.append(Article(f"{length}-{len(made)}", body=text[start:end], outlet=articles[0].outlet))
        start = end
    return made
