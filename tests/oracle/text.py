"""Sections 1 and 2: what is searched, and the text as compared; of section 3, what a word is.

A text is read in steps, each a replacement that remembers where in the original its characters came from.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from monitor.core.article import Article, Field

APOSTROPHES = "'`´‘’‚‛′‵ʹʻʼʽˈ＇"
HYPHENS = "-‐‑‒–−﹣－"
NOT_CONTENT = "\ufffc"
"""Stands where an address, a handle or a hashtag stood: no word, and a barrier."""

ENTITY = re.compile(r"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{0,31};?)")
BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr"
    r"|li|main|nav|ol|p|pre|section|table|td|th|tr|ul)\b[^<>]*>",
    re.IGNORECASE,
)
BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
SILENT = re.compile(r"<(script|style|nav|aside)\b[^<>]*>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"</?[A-Za-z][^<>]*>|<![^<>]*>")
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+"  # URLs
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail addresses
    r"|(?<![\w@#])[@#]\w+",  # @handles, #hashtags
    re.IGNORECASE,
)

WORD = re.compile(
    r"(?<!\w)(?<!\w\.)[^\W\d_](?:\.[^\W\d_])+\.?(?!\.?\w)"  # dotted initials: D.W.P.
    r"|[^\W_]+(?:'[^\W_]+)*"  # letters and digits, inner apostrophes included
)
BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True)
class Piece:
    """A character as compared, and the stretch of the original it stands for."""

    char: str
    start: int
    end: int


def replaced(pieces: list[Piece], pattern: re.Pattern[str], by: Callable[[str], str]) -> list[Piece]:
    """The pieces with every find of the pattern replaced; what replaces it stands for all of it."""
    text = "".join(p.char for p in pieces)
    made: list[Piece] = []
    done = 0
    for found in pattern.finditer(text):
        made += pieces[done : found.start()]
        part = pieces[found.start() : found.end()]
        made += [Piece(c, part[0].start, part[-1].end) for c in by(found.group())]
        done = found.end()
    return made + pieces[done:]


def decoded(pieces: list[Piece]) -> list[Piece]:
    """Section 2: entities decoded until stable, three times at most."""
    for _ in range(3):
        pieces = replaced(pieces, ENTITY, html.unescape)
    return pieces


def without_markup(pieces: list[Piece]) -> list[Piece]:
    """Sections 1 and 2: what is not content; block elements end a paragraph; tags dropped."""
    pieces = replaced(pieces, SILENT, lambda _: "\n\n")
    pieces = replaced(pieces, BLOCK, lambda _: "\n\n")
    pieces = replaced(pieces, BREAK, lambda _: "\n")
    return replaced(pieces, TAG, lambda _: "")


def without_addresses(pieces: list[Piece]) -> list[Piece]:
    """Section 1: URLs, e-mail addresses, @handles and #hashtags are not content."""
    return replaced(pieces, ADDRESS, lambda _: NOT_CONTENT)


def is_invisible(char: str) -> bool:
    """Section 2: soft hyphens and zero-width characters."""
    return unicodedata.category(char) == "Cf"


def is_combining(char: str) -> bool:
    """Section 2: combining marks."""
    return unicodedata.category(char).startswith("M")


def simple(char: str) -> str:
    """Section 2: a character under NFKC, look-alikes made one, combining marks stripped."""
    if char in APOSTROPHES:
        return "'"
    if char in HYPHENS:
        return "-"
    return "".join(c for c in unicodedata.normalize("NFKD", char) if not is_combining(c))


def simplified(pieces: list[Piece]) -> list[Piece]:
    """Section 2, character by character; a combining mark belongs to the letter before it."""
    made: list[Piece] = []
    for piece in pieces:
        if is_invisible(piece.char):
            continue
        if is_combining(piece.char):
            if made:
                made[-1] = Piece(made[-1].char, made[-1].start, piece.end)
            continue
        made += [Piece(c, piece.start, piece.end) for c in simple(piece.char)]
    return replaced(made, re.compile("\r\n?"), lambda _: "\n")


def with_and(pieces: list[Piece]) -> list[Piece]:
    """Section 2: `&` between words is the word *and*."""
    text = "".join(p.char for p in pieces)
    made: list[Piece] = []
    for i, piece in enumerate(pieces):
        if piece.char == "&" and _between_words(text[:i], text[i + 1 :]):
            made += [Piece(c, piece.start, piece.end) for c in " and "]
        else:
            made.append(piece)
    return made


def _between_words(before: str, after: str) -> bool:
    return bool(re.search(r"[^\W_]'?\s*$", before) and re.match(r"\s*[^\W_]", after))


@dataclass(frozen=True)
class Word:
    """Section 3: a word, as compared and as written."""

    folded: str
    """Compared: case folded, without apostrophes and dots."""
    written: str
    """The same with its capitals."""
    possessive: bool
    """Ends in 's."""
    start: int
    end: int
    """Span in the original."""


@dataclass(frozen=True)
class Gap:
    """What stands between two words, before the first or after the last."""

    text: str

    @cached_property
    def ends_paragraph(self) -> bool:
        """Section 2: a blank line ends a paragraph."""
        return BLANK_LINE.search(self.text) is not None

    @cached_property
    def joins(self) -> bool:
        """Section 3: white space or one unspaced hyphen."""
        return not self.ends_paragraph and (self.text == "-" or self.text.isspace())

    @cached_property
    def marks(self) -> str:
        """The punctuation in it; an unspaced hyphen is none."""
        return "" if self.text == "-" else "".join(self.text.split())


@dataclass(frozen=True)
class Text:
    """A text as compared: words, and the gaps around them (one more than words)."""

    original: str
    words: tuple[Word, ...]
    gaps: tuple[Gap, ...]
    sentence: tuple[int, ...]
    """The number of the sentence each word stands in."""
    paragraph: tuple[int, ...]
    """The number of the paragraph each word stands in."""

    def beginning_with(self, letter: str) -> list[int]:
        """The numbers of the words that begin with a letter, so that not every word need be tried."""
        return self._by_letter.get(letter, [])

    @cached_property
    def _by_letter(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for i, word in enumerate(self.words):
            found.setdefault(word.folded[0], []).append(i)
        return found


@lru_cache(maxsize=20_000)
def read(original: str, mask: bool = True) -> Text:
    """Sections 2 and 3: the words of a text and what stands between them."""
    pieces = without_markup(decoded([Piece(c, i, i + 1) for i, c in enumerate(original)]))
    pieces = simplified(pieces)
    if mask:
        pieces = without_addresses(pieces)
    pieces = with_and(pieces)
    plain = "".join(p.char for p in pieces)
    found = list(WORD.finditer(plain))
    gaps = tuple(Gap(g) for g in _between(plain, found))
    ends_paragraph = [g.ends_paragraph for g in gaps[1:]]
    ends = [p or ends_sentence(plain, f) for p, f in zip(ends_paragraph, found, strict=True)]
    words = tuple(_word(f.group(), pieces[f.start()].start, pieces[f.end() - 1].end) for f in found)
    return Text(original, words, gaps, _numbered(ends), _numbered(ends_paragraph))


def _between(plain: str, found: list[re.Match[str]]) -> list[str]:
    edges = [0] + [e for f in found for e in f.span()] + [len(plain)]
    gaps = [plain[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return gaps[:1] + [_without_apostrophe(f.group(), g) for f, g in zip(found, gaps[1:], strict=True)]


def _without_apostrophe(word: str, gap: str) -> str:
    """Section 3: a single quote straight after a letter is an apostrophe, and apostrophes do not count."""
    return gap[1:] if gap.startswith("'") and word[-1].isalpha() else gap


def _numbered(ends: list[bool]) -> tuple[int, ...]:
    """The number of the stretch each word stands in, by the words that end one."""
    return tuple(accumulate(ends, initial=0))[: len(ends)]


def _word(written: str, start: int, end: int) -> Word:
    bare = written.replace("'", "").replace(".", "")
    return Word(folded(bare), bare, written.lower().endswith("'s"), start, end)


def folded(text: str) -> str:
    """Section 2: case folded (which may give marks of its own: İ)."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not is_combining(c))


ABBREVIATIONS = set(
    "Mr Mrs Ms Dr Cllr Prof Rev Hon St No Co Ltd v vs Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
)


def ends_sentence(plain: str, word: re.Match[str]) -> bool:
    """Section 4: . ! ? with closing quotes, before a space and a capital, digit or opening quote."""
    stop = re.compile(r"\W*?([.!?])['\"”»]*\s+(\S)").match(plain, word.end())
    if stop is None or not _opens_sentence(stop.group(2)):
        return False
    return not (stop.group().startswith(".") and _is_abbreviation(plain, word))


def _opens_sentence(char: str) -> bool:
    return char.isupper() or char.isdigit() or char in "'\"“«"


def _is_abbreviation(plain: str, word: re.Match[str]) -> bool:
    """Section 4: no sentence ends after these (dotted initials, e.g. and i.e., kept their dot in the word)."""
    single = len(word.group()) == 1 and word.group().isupper()
    return single or word.group() in ABBREVIATIONS


def fields(article: Article) -> dict[Field, Text]:
    """Section 1: the searched fields; the standfirst only if the body does not start with it."""
    texts = {f: read(article.text_of(f)) for f in Field}
    standfirst = [w.folded for w in texts[Field.STANDFIRST].words]
    if standfirst == [w.folded for w in texts[Field.BODY].words[: len(standfirst)]]:
        del texts[Field.STANDFIRST]
    return texts
