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

APOSTROPHES = "'`´‘’‚‛′‵ʹʻʼʽˈ＇ꞌ՚"
HYPHENS = "-‐‑‒–−﹣－⁃﹘"
DOUBLE_QUOTES = '"“”„‟″‶«»‹›＂〝〞'
LINE_ENDS = "\n\x0b\x0c\x85\u2028\u2029"
NOT_CONTENT = "\ufffc"
"""Stands where an address, a handle or a hashtag stood: no word, and a barrier."""

ENTITY = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};)")
BLOCK = (
    "address|article|aside|blockquote|body|caption|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header"
    "|hr|html|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
INLINE = (
    "a|abbr|acronym|b|big|br|button|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|picture|q|s|samp|small"
    "|source|span|strike|strong|sub|sup|svg|time|tt|u|var|video|wbr"
)
DOMAIN = r"[\w-]+(?:\.(?-i:[a-z0-9-]+))*\.(?-i:[a-z][a-z]+)(?![\w-])"  # in small letters
HOST = r"(?<![\w@.-])(?:[\w-]+\.)+[a-z]{2,}"
ADDRESS = re.compile(
    r"https?://\S+|www\.\S+"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail addresses
    rf"|{HOST}/\S*|{HOST}:\d{{1,5}}/\S*"  # gov.uk/universal-credit
    rf"|{HOST}\?[\w.-]+=\S*|{HOST}:\d{{1,5}}\?[\w.-]+=\S*"
    rf"|(?<!\w)@(?:{DOMAIN}|\w+)"  # @handles, with a domain and of one
    rf"(?:[@#]{DOMAIN}|[@#]\w+)*"
    r"|(?<!\w)#\w+(?:#\w+|@\w+)*",  # #hashtags
    re.IGNORECASE,
)

WORD = re.compile(
    r"(?:(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"  # dotted initials: D.W.P.
    r"|(?<![^\W_])[^\W\d_]\.[^\W\d_](?![^\W_])"  # U.K
    r"|[^\W_]+)(?:'[^\W_]+)*"  # letters and digits, inner apostrophes included
)
BLANK_LINE = re.compile(r"\n\s*\n")
SENTENCE_END = re.compile(r"""\W*[.!?]['")\]]*\s+(["'(\[]*)(\w)""")


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
        part, new = pieces[found.start() : found.end()], by(found.group())
        made += part if new == found.group() else [Piece(c, part[0].start, part[-1].end) for c in new]
        done = found.end()
    return made + pieces[done:]


def decoded(pieces: list[Piece]) -> list[Piece]:
    """Section 2: entities decoded until stable, three times at most."""
    for _ in range(3):
        pieces = replaced(pieces, ENTITY, html.unescape)
    return pieces


TAG = re.compile(rf"</?(?P<name>{BLOCK}|{INLINE})(?=[\s/>])", re.IGNORECASE)


def without_markup(pieces: list[Piece]) -> list[Piece]:
    """Section 2: block elements end a paragraph; tags dropped; `<br>` is a line break."""
    text = "".join(p.char for p in pieces)
    made: list[Piece] = []
    at = 0
    while at < len(text):
        end, becomes = _mark(text, at) if text[at] == "<" else (0, "")
        if end:
            made += [Piece(c, pieces[at].start, pieces[end - 1].end) for c in becomes]
        else:
            made.append(pieces[at])
        at = end or at + 1
    return made


def _mark(text: str, at: int) -> tuple[int, str]:
    """Where the tag or comment that begins there ends, 0 for none, and what it becomes."""
    if text.startswith("<!--", at):
        return text.find("-->", at + 4) + 3 if "-->" in text[at + 4 :] else 0, ""
    unseen = re.compile(r"<((?ai:script|style))[\s/>]").match(text, at)
    if unseen:
        end = re.compile(rf"</(?ai:{unseen[1]})(?=[\s/>])[^<>]*>").search(text, at)
        return end.end() if end else 0, ""
    tag = TAG.match(text, at)
    if not tag:
        return 0, ""
    name = tag["name"].lower()
    becomes = "\n" if name == "br" else "\n\n" if re.fullmatch(BLOCK, name, re.IGNORECASE) else ""
    plain = re.compile("[^<>]*>").match(text, tag.end())
    return _end_with_values(text, tag.end()) or (plain.end() if plain else 0), becomes


def _end_with_values(text: str, begin: int) -> int:
    """Section 1: values in quotes may hold `<` and `>`; 0 where a quote does not open and close one."""
    at = begin
    while at < len(text) and text[at] not in "<>":
        if text[at] in "\"'":
            closing = text.find(text[at], at + 1)
            value, behind = text[at + 1 : closing], text[closing + 1 : closing + 2]
            in_place = text[begin:at].rstrip().endswith("=") and not value.rstrip().endswith("=")
            if closing < 0 or not in_place or not (behind.isspace() or behind in ("/", ">")):
                return 0
            at = closing
        at += 1
    return at + 1 if text[at : at + 1] == ">" else 0


def without_addresses(pieces: list[Piece]) -> list[Piece]:
    """Section 1: URLs, e-mail addresses, @handles and #hashtags are not content."""
    return replaced(pieces, ADDRESS, lambda _: NOT_CONTENT)


def is_invisible(char: str) -> bool:
    """Section 2: soft hyphens and zero-width characters."""
    return unicodedata.category(char) == "Cf"


def without_invisible(pieces: list[Piece]) -> list[Piece]:
    """Section 2: soft hyphens and zero-width characters removed."""
    return [p for p in pieces if not is_invisible(p.char)]


def is_combining(char: str) -> bool:
    """Section 2: combining marks."""
    return unicodedata.category(char).startswith("M")


def simple(char: str) -> str:
    """Section 2: look-alikes made one; letters and digits under NFKC, combining marks stripped."""
    if char in APOSTROPHES:
        return "'"
    if char in DOUBLE_QUOTES:
        return '"'
    if char in HYPHENS:
        return "-"
    if char in LINE_ENDS:
        return "\n"
    if char in "＠﹫":
        return "@"
    if char in "＃﹟":
        return "#"
    return letters(char) if char.isalnum() else char


def letters(text: str) -> str:
    """The letters and digits that NFKC makes of a letter or digit: `fi` of a ligature."""
    wide = unicodedata.normalize("NFKD", text)
    return "".join(c for c in wide if c.isalnum() and c not in APOSTROPHES)


def simplified(pieces: list[Piece]) -> list[Piece]:
    """Section 2, character by character; a combining mark belongs to the letter (or initial) before it."""
    made: list[Piece] = []
    for piece in pieces:
        if is_combining(piece.char):
            if made and (made[-1].char.isalnum() or made[-1].char == "."):
                made[-1] = Piece(made[-1].char, made[-1].start, piece.end)
            continue
        made += [Piece(c, piece.start, piece.end) for c in simple(piece.char)]
    return made


def with_and(pieces: list[Piece]) -> list[Piece]:
    """Section 2: `&` between words is the word *and*."""
    plain = "".join(p.char for p in pieces)
    found = list(WORD.finditer(plain))
    between = [Gap(g) for g in _between(plain, found)][1:-1]
    joining = {plain.index("&", f.end()) for f, g in zip(found, between, strict=False) if g.sign == "&"}
    made = [[p] if i not in joining else [Piece(c, p.start, p.end) for c in " and "] for i, p in enumerate(pieces)]
    return [p for part in made for p in part]


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
        return not self.ends_paragraph and not self.marks

    @cached_property
    def sign(self) -> str:
        """What it says besides being a gap: a paragraph's end, or its punctuation."""
        return "\n\n" if self.ends_paragraph else self.marks

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
    gap_spans: tuple[tuple[int, int], ...]
    """Where the punctuation of each gap stands in the original."""
    sentence: tuple[int, ...]
    """The number of the sentence each word stands in."""
    paragraph: tuple[int, ...]
    """The number of the paragraph each word stands in."""

    def says_at_its_head(self, other: Text, headline: Text) -> bool:
        """Section 1: whether all that the other says stands at its head, white space being white space."""
        spoken = [w.folded for w in other.words]
        title = [w.folded for w in headline.words]
        for n in range(1, len(spoken) + 1):
            tail = " ".join(spoken[n:])
            if _is_tail(tail, " ".join(title)) and self._begins_like(other, n):
                return True
        return False

    def _begins_like(self, other: Text, n: int) -> bool:
        """Whether the first n words of the other, the last perhaps cut short, and the marks between stand here."""
        if len(self.words) < n or [g.marks for g in self.gaps[1:n]] != [g.marks for g in other.gaps[1:n]]:
            return False
        own, others = [w.folded for w in self.words[:n]], [w.folded for w in other.words[:n]]
        if own == others:
            return True
        breaks_off = re.match(r"[\[(]*(?:\.\.\.|…|$)", other.gaps[n].marks) is not None
        return n > 4 and own[:-1] == others[:-1] and own[-1].startswith(others[-1]) and breaks_off

    def beginning_with(self, letter: str) -> list[int]:
        """The numbers of the words that begin with a letter, so that not every word need be tried."""
        return self._by_letter.get(letter, [])

    @cached_property
    def _by_letter(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for i, word in enumerate(self.words):
            found.setdefault(word.folded[0], []).append(i)
        return found


ASKS = (
    "(?:continue reading|keep reading|read more|read on|read (?:the )?full (?:article|story)"
    "|read the rest of this entry)"
)
FIRST_ON = r"(?:appeared first on|first appeared on)(?: \S+){1,10}"


def _is_tail(words: str, headline: str) -> bool:
    """Section 1: nothing, or what feeds write behind a text: an invitation to read on, where it was first."""
    asks = rf"{ASKS}(?: {re.escape(headline)})?" if headline else ASKS
    posted = rf"the post {re.escape(headline)} {FIRST_ON}" if headline else f"the post {FIRST_ON}"
    return not words or re.fullmatch(rf"{asks}|{posted}|{asks} {posted}", words) is not None


@lru_cache(maxsize=20_000)
def read(original: str) -> Text:
    """Sections 2 and 3: the words of a text and what stands between them."""
    pieces = without_markup(decoded([Piece(c, i, i + 1) for i, c in enumerate(original)]))
    pieces = simplified(pieces)
    pieces = with_and(without_invisible(without_addresses(pieces)))
    plain = "".join(p.char for p in pieces)
    found = list(WORD.finditer(plain))
    gaps = tuple(Gap(g) for g in _between(plain, found))
    ends_paragraph = [g.ends_paragraph for g in gaps[1:]]
    ends = [p or ends_sentence(plain, f) for p, f in zip(ends_paragraph, found, strict=True)]
    words = tuple(_word(f.group(), pieces[f.start()].start, pieces[f.end() - 1].end) for f in found)
    return Text(original, words, gaps, _gap_spans(pieces, found), _numbered(ends), _numbered(ends_paragraph))


def _gap_spans(pieces: list[Piece], found: list[re.Match[str]]) -> tuple[tuple[int, int], ...]:
    edges = [0] + [e for f in found for e in f.span()] + [len(pieces)]
    marks = [
        [p for p in pieces[a:b] if not p.char.isspace()] for a, b in zip(edges[::2], edges[1::2], strict=True)
    ]
    return tuple((m[0].start, m[-1].end) if m else (0, 0) for m in marks)


def _between(plain: str, found: list[re.Match[str]]) -> list[str]:
    edges = [0] + [e for f in found for e in f.span()] + [len(plain)]
    gaps = [plain[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return gaps[:1] + [_without_apostrophe(f.group(), g) for f, g in zip(found, gaps[1:], strict=True)]


def _without_apostrophe(word: str, gap: str) -> str:
    """Section 3: a single quote straight after a letter is an apostrophe, and apostrophes do not count."""
    return gap[1:] if gap.startswith("'") and (word[-1].isalpha() or word[-1] == ".") else gap


def _numbered(ends: list[bool]) -> tuple[int, ...]:
    """The number of the stretch each word stands in, by the words that end one."""
    return tuple(accumulate(ends, initial=0))[: len(ends)]


def _word(written: str, start: int, end: int) -> Word:
    bare = written.replace("'", "").replace(".", "")
    return Word(folded(bare), bare, written.lower().endswith("'s"), start, end)


def folded(text: str) -> str:
    """Section 2: case folded (which may give marks of its own: İ)."""
    return letters(text.casefold())


ABBREVIATIONS = set(
    "Mr Mrs Ms Dr Cllr Prof Rev Hon St No Co Ltd v vs eg ie "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
)


def ends_sentence(plain: str, word: re.Match[str]) -> bool:
    """Section 4: . ! ? with closing quotes, before a space and a capital, digit or opening quote."""
    stop = SENTENCE_END.match(plain, word.end())
    if stop is None or (stop.group().startswith(".") and _is_abbreviation(word.group())):
        return False
    opening, first = stop.groups()
    return bool(opening) or first.isupper() or first.isdigit()


def _is_abbreviation(word: str) -> bool:
    """Section 4: no sentence ends after these (dotted initials, e.g. and i.e., kept their dot in the word)."""
    return word in ABBREVIATIONS or (len(word) == 1 and word.isalpha())


def fields(article: Article) -> dict[Field, Text]:
    """Section 1: the searched fields; the standfirst only if the body does not start with it."""
    texts = {f: read(article.text_of(f)) for f in Field}
    if texts[Field.BODY].says_at_its_head(texts[Field.STANDFIRST], texts[Field.HEADLINE]):
        texts[Field.STANDFIRST] = read("")
    return texts
