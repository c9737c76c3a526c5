"""Commas: between two terms, or inside what may be one name; no phrase with a comma in it is ever found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from monitor.core.drafting.forenames import FORENAMES
from monitor.core.drafting.lexicon import OF, PLACES

COMMA = re.compile(r"\s*,(?!(?<=\d,)\d)\s*(?![^()]*\))")
"""A comma that stands in no bracket, nor between the digits of a number, with the blanks around it."""
FEW = 5
"""Words at most of each of the terms that so few commas part: more are a sentence, or run together."""
_ADDING = frozenset({"and", "or", "&"})
_COMPANY = frozenset({"inc", "incorporated", "limited", "llp", "ltd", "plc"})


def parted_by_commas(items: Sequence[str]) -> bool:
    """Whether nothing speaks against each being a term of its own.

    >>> parted_by_commas(["Alpha Group", "Beta Trust"])
    True
    >>> parted_by_commas(["Minister for Piers", "Ferries"]), parted_by_commas(["Sample", "Rita"])
    (False, False)
    """
    words = [item.lower().split() for item in items]
    capitals = {item[0].isupper() for item in items if not item[0].isdigit()}
    return (
        len(capitals) < 2
        and all(len(of) <= FEW and not _ADDING & set(of) for of in words)
        and not any(_continues(left, right) for left, right in pairwise(words))
    )


def _continues(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether the words behind a comma may belong to the name before it: an office's, a person's, a company's."""
    of_an_office = bool(OF & set(left)) and not OF & set(right)
    last = right[-1].strip(".")
    return of_an_office or (len(right) == 1 and last in FORENAMES | PLACES | _COMPANY)


def has_comma(name: str) -> bool:
    """Whether a comma stands in it, outside brackets.

    >>> has_comma("Alpha, Beta"), has_comma("Fares (ferry, bus)")
    (True, False)
    """
    return bool(COMMA.search(name))
