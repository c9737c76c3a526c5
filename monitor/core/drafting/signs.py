"""How much a stretch of words looks like one whole name: signs with weights, each in favour or against.

The weights are logarithms of odds, set by hand from how public bodies, benefits, offices and persons are named.
They are about words of a class (Payment, Commission, Minister for ...), capitals, brackets, what stands twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from monitor.core.drafting.forenames import FORENAMES
from monitor.core.drafting.lexicon import HEADS, JOINING, OF, OPENERS, PLACES, STRONG, Dictionary
from monitor.core.matching.text import comparable

IMPOSSIBLE = -50.0
MANY = 4
"""Words of a name, joining ones left out, above which it gets unlikely."""
_PIECE = re.compile(r"\([^()]*\)\S*|\S+")
_TITLES = frozenset({"cllr", "councillor", "dame", "minister", "sir"})
_LETTERS = frozenset({"cllr", "mep", "mp", "msp"})
_YEAR = re.compile(r"(19|20)\d\d")
_BRAND = re.compile(r"[a-z]+[A-Z]|[A-Z][a-z]+[A-Z]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text, or a bracket with all that stands in it."""

    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """It as it is compared with class words."""
        return self.text.lower().strip(".,:;'’\"“”").removesuffix("’s").removesuffix("'s")

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()

    @property
    def initials(self) -> bool:
        """Whether it is all capitals: NHS."""
        return len(self.text) > 1 and self.text.isupper() and self.text.isalpha()

    @property
    def bracket(self) -> bool:
        """Whether it is a bracket."""
        return self.text.startswith("(")

    @property
    def joining(self) -> bool:
        """Whether it can only stand between two parts of a name."""
        return self.text.lower() in JOINING

    @property
    def brand(self) -> bool:
        """Whether a capital stands inside it: LinkedIn."""
        return bool(_BRAND.match(self.text))


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, a bracket being one."""
    return tuple(Word(m[0], m.start(), m.end()) for m in _PIECE.finditer(text))


@dataclass(frozen=True, slots=True)
class Known:
    """What helps with one text: learned names, and what stands several times in its document."""

    dictionary: Dictionary
    pairs: frozenset[tuple[str, str]]
    """Words side by side that stand so in several places."""

    @classmethod
    def of(cls, dictionary: Dictionary, texts: Iterable[str]) -> Known:
        """From the texts of a whole document."""
        seen: Counter[tuple[str, str]] = Counter()
        for text in texts:
            keys = [word.key for word in words_of(re.sub(r"[(),]", " ", text))]
            seen.update(pair for pair in pairwise(keys) if not JOINING & set(pair))
        return cls(dictionary, frozenset(pair for pair, times in seen.items() if times > 1))

    def is_name(self, words: Sequence[Word]) -> bool:
        """Whether profiles use these words as a name."""
        return " ".join(_compared(word.text) for word in words) in self.dictionary.names

    def has_name(self, words: Sequence[Word]) -> bool:
        """Whether a name of several words that profiles use stands among these."""
        longest = min(self.dictionary.longest, len(words))
        return any(
            self.is_name(words[start : start + size])
            for size in range(2, longest + 1)
            for start in range(len(words) - size + 1)
        )


@lru_cache(maxsize=4096)
def _compared(word: str) -> str:
    return "and" if word == "&" else comparable(word)


def likeness(words: Sequence[Word], before: Word | None, known: Known) -> float:
    """How much these words, after that one, look like one name: a logarithm of odds."""
    first, last = words[0], words[-1]
    if first.joining or last.joining or first.bracket:
        return IMPOSSIBLE
    if known.is_name(words):
        return 8.0
    return -1.0 + sum(
        (
            -4.0 * known.has_name(words),
            _length(words),
            sum(_beginning(first, before)),
            sum(_end(words)),
            sum(_inside(words)),
            _person(words),
            _twice(words),
        )
    )


def parted(left: Word, right: Word, known: Known) -> float:
    """What it costs to end a name between two words that stand side by side elsewhere too."""
    return -2.0 if (left.key, right.key) in known.pairs else 0.0


def _length(words: Sequence[Word]) -> float:
    """One word is seldom a name, unless it looks like one; more than a few are seldom one."""
    count = sum(not word.joining and not word.bracket for word in words)
    if count == 1:
        (word,) = [word for word in words if not word.joining and not word.bracket]
        alone = word.initials or word.brand or word.text.islower()
        return 1.5 if alone else 0.0 if len(words) > 1 else -2.0
    return 0.0 if count <= MANY else -0.7 * (count - MANY)


def _beginning(first: Word, before: Word | None) -> Iterator[float]:
    if first.key in OPENERS:
        yield 1.0
    if _YEAR.fullmatch(first.text):
        yield -5.0
    if before and (_is_letters(first) or (before.bracket and not first.capital)):
        yield -4.0


def _end(words: Sequence[Word]) -> Iterator[float]:
    last = words[-1]
    if last.key in HEADS and len(words) > 1:
        yield 2.5 if last.key in STRONG else 1.7
    if last.key in PLACES and len(words) > 1:
        yield 1.5
    if _YEAR.fullmatch(last.text):
        yield 1.5 if len(words) > 1 and words[-2].key in STRONG else 0.0
    if last.bracket:
        yield 0.5
    if _is_letters(last) and len(words) > 1:
        yield 1.7
    complement = _complement(words)
    if 0 < complement <= 2:
        yield 1.0


def _complement(words: Sequence[Word]) -> int:
    """Words after the first "of", "for" ... that follows a class word, joining ones left out; 0: there is none."""
    for number, (left, right) in enumerate(pairwise(words)):
        if left.key in HEADS and right.key in OF:
            return sum(not word.joining for word in words[number + 2 :])
    return 0


def _inside(words: Sequence[Word]) -> Iterator[float]:
    for number, (left, right) in enumerate(pairwise(words)):
        after = words[number + 2] if number + 2 < len(words) else None
        yield from _ended(left, right, after)
        if right.key in OPENERS and left.key not in OPENERS and not left.joining:
            yield -1.5
        if right.initials and not (left.joining or left.initials or _is_letters(right)):
            yield -2.0
        if left.initials and right.capital and not right.initials and right.key not in PLACES:
            yield -1.0
        if left.brand or right.brand:
            yield -2.0
        if left.text.islower() != right.text.islower() and not (left.joining or right.joining or left.bracket):
            yield -3.0 if right.capital or left.capital else 0.0


def _ended(left: Word, right: Word, after: Word | None) -> Iterator[float]:
    """What speaks against going on after a word that names end with."""
    if right.joining:
        return
    if left.key in STRONG and not right.bracket and not _YEAR.fullmatch(right.text):
        heads_another = right.key in HEADS and not (after and after.key in OF)
        yield -0.5 if heads_another else -2.5
    if left.key in PLACES and right.key not in HEADS and not right.bracket:
        yield -1.5
    if _is_letters(left) and not right.bracket:
        yield -2.5
    if left.bracket and right.capital:
        yield 0.5 if right.key in HEADS else -2.0
    if _YEAR.fullmatch(left.text):
        yield -3.0


def _person(words: Sequence[Word]) -> float:
    names = [number for number, word in enumerate(words) if _is_forename(word)]
    followed = [n for n in names if n + 1 < len(words) and _is_surname(words[n + 1])]
    if followed == [0] and len(words) in (2, 3) and all(_is_surname(word) for word in words[1:]):
        return 3.0 if len(words) == 2 else 1.5
    return -2.0 * sum(n > 0 for n in followed)


def _is_forename(word: Word) -> bool:
    return word.capital and word.key.partition("-")[0] in FORENAMES


def _is_surname(word: Word) -> bool:
    return word.capital and not word.initials and not word.bracket and word.key not in HEADS | PLACES | OPENERS


def is_person(text: str) -> bool:
    """Whether it reads as a person's whole name: a common forename, and one or two names after it.

    >>> is_person("Rita Sample"), is_person("Rita Sample Foundation"), is_person("Ferry Users Group")
    (True, False, False)
    """
    return could_be_person(text) and _is_forename(words_of(text)[0])


def could_be_person(text: str) -> bool:
    """Whether it may be a person's name, rare forenames included: two or three words, no class word among them."""
    words = words_of(text)
    return len(words) in (2, 3) and words[0].capital and all(_is_surname(word) for word in words[1:])


def _is_letters(word: Word) -> bool:
    """Whether it is what stands behind a person's name, and seldom begins one."""
    return word.capital and word.key in _LETTERS


def has_title(text: str) -> bool:
    """Whether a title of persons stands before or behind what may be a name, rare forenames included.

    >>> has_title("Thrawn O'Sample MSP"), has_title("Cllr Thrawn Sample"), has_title("Minister for Ferries")
    (True, True, False)
    """
    return bool(without_title(text))


def without_title(text: str) -> str:
    """The name that such a title stands with, as it is written; empty when it stands with none.

    >>> without_title("Thrawn O'Sample MSP"), without_title("Minister for Ferries")
    ("Thrawn O'Sample", '')
    """
    words = words_of(text)
    led = bool(words) and words[0].capital and words[0].key in _TITLES
    followed = bool(words) and _is_letters(words[-1])
    name = words[led : len(words) - followed]
    if not (led or followed) or len(name) not in (2, 3) or not all(map(_is_surname, name)):
        return ""
    return text[name[0].start : name[-1].end]


def _twice(words: Sequence[Word]) -> float:
    """A name seldom has the same word twice."""
    keys = [word.key for word in words if not word.joining]
    return -2.5 * (len(keys) - len(set(keys)))
