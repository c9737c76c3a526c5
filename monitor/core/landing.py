"""Whether a page that an address was led to is the article's, or one that stands in its place for all of them.

A site that asks for consent, or has taken an article away, often leads its address to a page of another path: all
its articles then have the text of that page.
"""

from __future__ import annotations

import re

from monitor.core.address import canonical_url

_WORD = re.compile(r"\w{4,}")


def led_elsewhere(asked: str, found_at: str) -> bool:
    """Whether an address led to one of another host or path; a query, `www.`, AMP and the scheme say nothing.

    >>> led_elsewhere("https://paper.example/n/1", "https://paper.example/consent?return=1")
    True
    >>> led_elsewhere("http://paper.example/n/1?utm_source=x", "https://www.paper.example/n/1/")
    False
    """
    return canonical_url(asked).partition("?")[0] != canonical_url(found_at).partition("?")[0]


def has_nothing_of(headline: str, page_headline: str, text: str) -> bool:
    """Whether no word of a headline is in a page's headline, and fewer than half of them are in its text.

    A publisher who words a headline anew has the words of the old one in the text. A headline without a word of
    four letters says nothing.
    """
    words = set(_WORD.findall(headline.casefold()))
    if not words or words & set(_WORD.findall(page_headline.casefold())):
        return False
    return 2 * len(words & set(_WORD.findall(text.casefold()))) < len(words)
