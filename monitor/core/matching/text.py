"""A field's text as it is compared, with a map back to the original (the contract, sections 2 and 3).

`Text` is the original cut into tokens: folded words, and the punctuation that bars a phrase from running on.
Joined by single spaces they are the `stream` that the automaton reads, so that ` tax ` never hits *taxi*.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from monitor.core.matching.markup import Decoded, decode

DROPPED = "\u00ad"
"""Stands for every character that does not count: soft hyphens, zero-width characters, combining marks."""
PARAGRAPH = "\u00b6"
"""The token of a paragraph's end."""
APOSTROPHES = frozenset(
    "'\u2018\u2019\u201a\u201b\u2032\u2035\u02bc\u02bb\u02bd\u02b9\u02c8\u00b4`\uff07\ua78c\u055a"
)
DOUBLE_QUOTES = frozenset('"\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\u2039\u203a\uff02\u301d\u301e')
HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d\u2043")
"""Not the long dash of "Mark Griffin\u2014who spoke": that parts words, it never joins them."""
_LETTER = r"[^\W\d_]"
_WORD = re.compile(
    rf"(?<![^\W_])(?:{_LETTER}\.){{2,}}(?:{_LETTER}(?![^\W_]))?"  # D.W.P.
    rf"|(?<![^\W_])(?:{_LETTER}\.)+{_LETTER}(?![^\W_])"  # U.K
    rf"|[^\W_](?:{DROPPED}*[^\W_])*(?:{DROPPED}*'{DROPPED}*[^\W_](?:{DROPPED}*[^\W_])*)*"
)
_NOT_CONTENT = re.compile(
    r"https?://\S+|www\.\S+"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail addresses
    r"|(?<![\w@.-])(?:[\w-]+\.)+[a-z]{2,}/\S*"  # gov.uk/universal-credit
    r"|(?<!\w)[@#]\w+",
    re.IGNORECASE,
)
_BLANK = f" \n{DROPPED}"
_BLANK_LINE = re.compile(r"\n\s*\n")
_ABBREVIATIONS = frozenset(
    (
        "Mr Mrs Ms Dr Cllr Prof Rev Hon St No Co Ltd eg ie v vs Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
    ).split()
)
_SENTENCE_END = re.compile(r""".*[.!?]['")\]]*\s+["'(\[]*$""", re.DOTALL)


class _Plain(dict[int, str]):
    """One character for each: look-alikes made one, what does not count made `DROPPED`; learns as it goes."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        return plain


def _plain(c: str) -> str:
    if c in APOSTROPHES:
        return "'"
    if c in DOUBLE_QUOTES:
        return '"'
    if c in HYPHENS:
        return "-"
    if c in "\n\u2028\u2029\x0b\x0c\x85":
        return "\n"
    if c.isspace():
        return " "
    category = unicodedata.category(c)
    return DROPPED if category in ("Cf", "Mn", "Me", "Mc") else c


_PLAIN = _Plain()


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A word as compared: no case, marks, ligatures, apostrophes.

    >>> fold("Carer’s"), fold("Tèarainteachd"), fold("STRASSE") == fold("Straße")
    ('carers', 'tearainteachd', True)
    """
    if word.isascii():
        return word.replace("'", "").replace(".", "").lower()
    wide = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(c for c in wide if c.isalnum())


@dataclass(frozen=True)
class Text:
    """A field's text, as compared. Token numbers run over words and barriers, word numbers over words."""

    original: str
    tokens: tuple[str, ...]
    """Folded words, and barriers: punctuation as it stands, `PARAGRAPH`, `DROPPED` for what is no content."""
    starts: tuple[int, ...] = field(repr=False)
    """Where each token starts in the original."""
    ends: tuple[int, ...] = field(repr=False)
    words_before: tuple[int, ...] = field(repr=False)
    """How many words stand before each token; one entry more than tokens, the last is the number of words."""
    hyphen_after: frozenset[int] = field(repr=False)
    """Tokens joined to the next word by one unspaced hyphen."""
    possessive: frozenset[int] = field(repr=False)
    """Words that end in an apostrophe and s."""
    sentence_ends: frozenset[int] = field(repr=False)
    """Barrier tokens that end a sentence."""

    @cached_property
    def stream(self) -> str:
        """The tokens with a space before and after each."""
        return f" {' '.join(self.tokens)} " if self.tokens else ""

    @cached_property
    def token_at(self) -> dict[int, int]:
        """Token number by the place in the stream where it starts."""
        at, place = {}, 1
        for number, token in enumerate(self.tokens):
            at[place] = number
            place += len(token) + 1
        return at

    @property
    def words(self) -> int:
        """How many words there are."""
        return self.words_before[-1]

    def is_word(self, token: int) -> bool:
        """Whether a token is a word and not a barrier."""
        return self.words_before[token + 1] > self.words_before[token]

    def cut(self, first: int, last: int) -> str:
        """The original words from one token to another, both included."""
        return self.original[self.starts[first] : self.ends[last]]

    @cached_property
    def paragraph_of(self) -> tuple[int, ...]:
        """The number of the paragraph each token stands in."""
        return _running(tuple(t == PARAGRAPH for t in self.tokens))

    @cached_property
    def sentence_of(self) -> tuple[int, ...]:
        """The number of the sentence each token stands in."""
        ends = self.sentence_ends
        return _running(tuple(t == PARAGRAPH or n in ends for n, t in enumerate(self.tokens)))

    @cached_property
    def shouts(self) -> bool:
        """All capitals or title case: its capitals prove nothing (section 3)."""
        initials = [
            self.original[s] for n, s in enumerate(self.starts) if self.is_word(n) and self._bears_capital(n)
        ]
        return bool(initials) and all(not c.islower() for c in initials)

    def _bears_capital(self, token: int) -> bool:
        return len(self.tokens[token]) > 3 or not self.original[self.starts[token]].islower()


def read(original: str) -> Text:
    """The text of a field as compared.

    >>> read("So-called “Universal Credit”.").tokens
    ('so', 'called', '"', 'universal', 'credit', '".')
    """
    decoded = decode(original)
    plain = decoded.text.translate(_PLAIN)
    plain = _NOT_CONTENT.sub(lambda m: "\x00" * len(m.group()), plain)
    return _Reader(original, decoded, plain).read()


def _running(breaks: tuple[bool, ...]) -> tuple[int, ...]:
    numbers, number = [], 0
    for is_break in breaks:
        numbers.append(number)
        number += is_break
    return tuple(numbers)


class _Reader:
    """Cuts one text into tokens."""

    def __init__(self, original: str, decoded: Decoded, plain: str) -> None:
        self.original, self.decoded, self.plain = original, decoded, plain
        self.tokens: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[int] = [0]
        self.hyphens: set[int] = set()
        self.possessive: set[int] = set()
        self.sentence_ends: set[int] = set()
        self.last = ""
        """The last letter, digit or full stop of the word before."""

    def read(self) -> Text:
        """All tokens, in order."""
        end = 0
        for match in _WORD.finditer(self.plain):
            start = match.start()
            self._gap(end, start)
            word = match.group().replace(DROPPED, "")
            if word[-2:] in ("'s", "'S"):
                self.possessive.add(len(self.tokens))
            end = self._with_marks(match.end())
            self._add(fold(word), start, end, word=True)
            self.last = word[-1]
        self._gap(end, len(self.plain))
        return Text(
            self.original,
            tuple(self.tokens),
            tuple(self.starts),
            tuple(self.ends),
            tuple(self.words),
            frozenset(self.hyphens),
            frozenset(self.possessive),
            frozenset(self.sentence_ends),
        )

    def _with_marks(self, end: int) -> int:
        """Where a word ends, the combining marks of its last letter included."""
        at = end
        while at < len(self.plain) and self.plain[at] == DROPPED:
            at += 1
            if unicodedata.category(self.decoded.text[at - 1]).startswith("M"):
                end = at
        return end

    def _add(self, token: str, start: int, end: int, *, word: bool) -> None:
        self.tokens.append(token)
        self.starts.append(self.decoded.start(start))
        self.ends.append(self.decoded.end(end))
        self.words.append(self.words[-1] + word)

    def _gap(self, start: int, end: int) -> None:
        """What stands between two words: nothing that counts, the word *and*, or a barrier."""
        gap = self.plain[start:end]
        if gap == " " or not gap:
            return
        gap = gap.replace(DROPPED, "")
        if gap.startswith("'") and self.last.isalpha():
            gap = gap[1:]  # Carers' Allowance
        squeezed = "".join(gap.split())
        inside = bool(self.tokens) and end < len(self.plain)
        if gap == "-" and inside:
            self.hyphens.add(len(self.tokens) - 1)
        elif squeezed == "&" and inside and not _BLANK_LINE.search(gap):
            self._add("and", *self._ampersand(start, end), word=True)
        elif squeezed or _BLANK_LINE.search(gap):
            self._barrier(gap, squeezed, start, end)

    def _ampersand(self, start: int, end: int) -> tuple[int, int]:
        at = self.plain.index("&", start, end)
        return at, at + 1

    def _barrier(self, gap: str, squeezed: str, start: int, end: int) -> None:
        if self._ends_sentence(gap, end):
            self.sentence_ends.add(len(self.tokens))
        if squeezed:
            start, end = self._trimmed(start, end)
        if _BLANK_LINE.search(gap):
            squeezed = PARAGRAPH
        self._add(DROPPED if "\x00" in squeezed else squeezed, start, end, word=False)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """A gap without the white space around its punctuation."""
        gap = self.plain[start:end]
        kept = gap.lstrip(_BLANK)
        return end - len(kept), start + len(gap.rstrip(_BLANK))

    def _ends_sentence(self, gap: str, end: int) -> bool:
        """Section 4: . ! ? with closing quotes, before a space and a capital, digit or opening quote."""
        if not _SENTENCE_END.match(gap) or not self.tokens or end >= len(self.plain):
            return False
        follower = self.plain[end]
        opens = follower.isupper() or follower.isdigit() or gap[-1] in "\"'(["
        return opens and not (gap.startswith(".") and self._is_abbreviation())

    def _is_abbreviation(self) -> bool:
        """Whether no sentence ends after the last word: Mr, No (but not *no*), a single letter."""
        word = self.original[self.starts[-1] : self.ends[-1]]
        return word in _ABBREVIATIONS or (len(self.tokens[-1]) == 1 and word.isalpha())
