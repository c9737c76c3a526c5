"""The words of another tool's query language, and its queries as tokens for `core/query/grammar.py`.

What cannot be said in our words is told with its place and stands in the translation between « and », which our
own reader refuses: nothing is left out in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from monitor.core.matching.phrases import plural_of
from monitor.core.query import And, Cased, First, Headline, Or, Phrase, Query, Reach, Unit, Untranslated, written
from monitor.core.query.form import with_parts
from monitor.core.query.grammar import Faults, Grammar, Join, Link, Sort, Token, number
from monitor.core.query.parse import phrase_fault

LEAD = 100
"""Words that stand for headline and lead paragraph, which our articles do not mark."""
SHORT = 2
"""Letters of words that have no plural worth looking for."""
AT_ONCE = Reach(Unit.WORDS, 0, ordered=True)
"""What stands side by side: the nearest we have to a phrase with a choice in it."""

Found: TypeAlias = "re.Match[str]"


class Told:
    """What a translation has to say."""

    def __init__(self, text: str) -> None:
        self.untranslated = Faults(text)
        self.notes = Faults(text)

    def no_word(self, at: int, text: str, remedy: str = "") -> Untranslated:
        """A part for which we have no word."""
        self.untranslated.tell(at, f"we have no word for {text}", remedy or "write what it means, or take it away")
        return Untranslated(_plain(text))


Make: TypeAlias = Callable[[Found, Told], Sequence[Token]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A word of the tool."""

    pattern: re.Pattern[str]
    make: Make


@dataclass(frozen=True, slots=True)
class Around:
    """An operator or a field with brackets, or before a phrase."""

    make: Callable[[Query], Query]
    note: str = ""
    """What is not quite the same."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool's query language."""

    name: str
    grammar: Grammar
    rules: tuple[Rule, ...]
    around: Mapping[str, Callable[[str], Around]] = field(default_factory=dict)
    """Patterns of operators and fields that take brackets, with what they mean."""
    truncation: str = "*"
    """The sign at a word's end for any ending."""
    phrases: bool = False
    """Words that stand side by side are a phrase."""
    order: str = "AND before OR, as we do (how the tool does it is not published)"
    """How AND and OR without brackets are read."""
    plurals: bool = False
    """The last word of what is not quoted also stands in its plural."""


def rule(pattern: str, make: Make) -> Rule:
    """A word, whatever its capitals; it ends where a word ends, or with its own slash."""
    return Rule(re.compile(rf"(?:{pattern})(?:(?<=/)|(?![\w'’-]))", re.IGNORECASE), make)


def join(link: Link, power: float) -> Make:
    """An operator such as AND."""
    return lambda found, _: [Token(Sort.JOIN, found.group(), found.start(), join=Join(link, power))]


def near(power: Callable[[int], float], *, ordered: bool = False, less: int = 0, negated: bool = False) -> Make:
    """An operator with a number, the first group of its pattern; `less`: what the tool counts more than we do."""

    def make(found: Found, told: Told) -> Sequence[Token]:
        words = number(found[1] or "1")
        reach = Reach(Unit.WORDS, max(0, words - less), ordered)
        return [_joined(found, Join(Link.NEAR, power(words), reach, negated))]

    return make


def within(unit: Unit, power: float, *, negated: bool = False) -> Make:
    """An operator for sentence or paragraph."""
    return lambda found, _: [_joined(found, Join(Link.NEAR, power, Reach(unit), negated))]


def fixed(reach: Reach, power: float, note: str = "") -> Make:
    """An operator with a number of its own."""

    def make(found: Found, told: Told) -> Sequence[Token]:
        if note:
            told.notes.tell(found.start(), note)
        return [_joined(found, Join(Link.NEAR, power, reach))]

    return make


def unknown_join(power: float) -> Make:
    """An operator between two parts for which we have no word: it stands between them, not translated."""

    def make(found: Found, told: Told) -> Sequence[Token]:
        both = Token(Sort.JOIN, found.group(), found.start(), join=Join(Link.AND, power))
        unit = Token(Sort.UNIT, found.group(), found.start(), told.no_word(found.start(), found.group()))
        return [both, unit, both]

    return make


def unfinished(power: float, wanted: str) -> Make:
    """An operator without its number, or with something else in its place: it stands there, not translated."""

    def make(found: Found, told: Told) -> Sequence[Token]:
        remedy = f"write {wanted}, or put the word in quotes"
        told.untranslated.tell(found.start(), f"{found.group()} is no operator as it stands", remedy)
        both = Token(Sort.JOIN, found.group(), found.start(), join=Join(Link.AND, power))
        return [both, Token(Sort.UNIT, found.group(), found.start(), Untranslated(found.group())), both]

    return make


def uncounted(found: Found, told: Told) -> Sequence[Token]:
    """ATLEAST without its number or its brackets: it stands there, not translated."""
    told.untranslated.tell(found.start(), f"{found.group()} is no operator as it stands", "write atleast3(...)")
    part = Untranslated(found.group())
    return [Token(Sort.AROUND, found.group(), found.start(), around=lambda of: And((part, of)))]


def unknown_part(found: Found, told: Told) -> Sequence[Token]:
    """A condition of its own, such as a length or a date, for which we have no word."""
    return [Token(Sort.UNIT, found.group(), found.start(), told.no_word(found.start(), found.group()))]


def noted(note: str) -> Make:
    """A mark that changes nothing in what is found."""

    def make(found: Found, told: Told) -> Sequence[Token]:
        told.notes.tell(found.start(), f"{found.group()} is left out: {note}")
        return []

    return make


def opposite(found: Found, _: Told) -> Sequence[Token]:
    """NOT before a part."""
    return [Token(Sort.NOT, found.group(), found.start())]


def _joined(found: Found, made: Join) -> Token:
    return Token(Sort.JOIN, found.group(), found.start(), join=made)


# --------------------------------------------------------------- what several tools have


def headline(_: str) -> Around:
    """A title field."""
    return Around(Headline, "our HEADLINE takes in the standfirst, too")


def head_and_lead(_: str) -> Around:
    """A field of headline and lead paragraph."""
    return Around(
        lambda part: First(part, LEAD), f"read as the first {LEAD} words, headline and standfirst included"
    )


def capitals(_: str) -> Around:
    """Capitals as written."""
    return Around(Cased)


def cased(change: Callable[[str], str]) -> Callable[[str], Around]:
    """All capitals, or none."""
    return lambda _: Around(lambda part: Cased(_changed(part, change)))


def _changed(query: Query, change: Callable[[str], str]) -> Query:
    """The same with every phrase changed."""
    if isinstance(query, Phrase):
        return Phrase(change(query.text))
    return with_parts(query, lambda part: _changed(part, change))


# --------------------------------------------------------------- tokens

_SPACE = re.compile(r"\s+")
_QUOTED = re.compile(r'["“”„‟]([^"“”„‟]*)["“”„‟]')
_NAME = re.compile(r"([A-Za-z][A-Za-z0-9_.]*(?:-[A-Za-z0-9_.]+)*)(?:[:=](?=[^\s=]|\s*[(\"“])|(?=\())")
_WORD = r'(?:(?!/[NnFf](?:\d|\w/))[^\s()\[\]"“”„‟])+'
_STRANGE = re.compile(r"[:=~^$%{}|<>\\@#«»]")


def tokens(text: str, tool: Tool, told: Told) -> list[Token]:
    """The query's tokens; words side by side are one phrase where the tool has it so."""
    made = [*_tokens(text, tool, told), Token(Sort.END, "", len(text.rstrip()))]
    return _phrases(made, tool) if tool.phrases else made


def _tokens(text: str, tool: Tool, told: Told) -> Iterator[Token]:
    at, word = 0, re.compile(_WORD)
    while at < len(text):
        if found := _SPACE.match(text, at):
            pass
        elif text[at] in "()[]":
            yield Token(Sort.OPEN if text[at] in "([" else Sort.CLOSE, text[at], at)
            at += 1
            continue
        elif ruled := next(((r, f) for r in tool.rules if (f := r.pattern.match(text, at))), None):
            found = ruled[1]
            yield from ruled[0].make(found, told)
        elif found := _QUOTED.match(text, at):
            yield _unit(found, " ".join(found[1].split()), tool, told, quoted=True)
        elif found := _NAME.match(text, at):
            yield _named(found, tool, told)
        elif found := word.match(text, at):
            yield _unit(found, found.group(), tool, told, quoted=False)
        else:
            yield _lone_quote(text, at, told)
            at += 1
            continue
        at = found.end()


def _lone_quote(text: str, at: int, told: Told) -> Token:
    """A quote without its fellow; the part that it opens or closes is not translated."""
    told.untranslated.tell(at, "a quote is opened or closed here, and its fellow is missing", "write both")
    opens = re.match(r"[^\s)\]]", text[at + 1 : at + 2])

    def marked(part: Query) -> Query:
        inner = _plain(written(part)).replace('"', "")
        return Untranslated(f'"{inner}' if opens else f'{inner}"')

    return Token(Sort.AROUND if opens else Sort.AFTER, text[at], at, around=marked)


def _named(found: Found, tool: Tool, told: Told) -> Token:
    """A field or an operator with brackets."""
    name = found[1]
    for pattern, means in tool.around.items():
        if known := re.fullmatch(pattern, name, re.IGNORECASE):
            around = means(known[1] if known.re.groups else "")
            if around.note:
                told.notes.tell(found.start(), f"{found.group()}: {around.note}")
            return Token(Sort.AROUND, name, found.start(), around=around.make)
    told.untranslated.tell(
        found.start(),
        f"we have no word for {found.group()}",
        "sources, dates and the like are set in the section's file; take it away",
    )
    return Token(Sort.AROUND, name, found.start(), around=lambda part: Untranslated(_marked(found.group(), part)))


def _marked(name: str, part: Query) -> str:
    inner = _plain(written(part))
    return f"{name}{inner}" if name[-1] in ":=" else f"{name}({inner})"


def _plain(text: str) -> str:
    return text.replace("«", "").replace("»", "")


def _unit(found: Found, text: str, tool: Tool, told: Told, *, quoted: bool) -> Token:
    at, whole = found.start(), found.group()
    return Token(Sort.UNIT, whole, at, _phrase(text, at, tool, told, quoted=quoted))


def _phrase(text: str, at: int, tool: Tool, told: Told, *, quoted: bool) -> Query:
    cut = f"{text[:-1]}*" if text.endswith(tool.truncation) else text
    strange = re.search(r"[*?!]", cut.removesuffix("*")) or (not quoted and _STRANGE.search(cut))
    if strange:
        return told.no_word(at, text, "write out the forms: (woman OR women)")
    if fault := phrase_fault(cut):
        told.untranslated.tell(at, *fault)
        return Untranslated(_plain(text))
    return _with_plural(cut) if tool.plurals and not quoted else Phrase(cut)


def _with_plural(text: str) -> Query:
    """A phrase, or its last word in the plural."""
    head, space, last = text.rpartition(" ")
    counts = len(last) > SHORT and not last.isupper() and not text.endswith(("*", "s"))
    plural = plural_of(last.lower()) if counts else ""
    return Or((Phrase(text), Phrase(f"{head}{space}{plural}"))) if plural else Phrase(text)


def _phrases(made: list[Token], tool: Tool) -> list[Token]:
    """The tokens with phrases that stand side by side as one."""
    merged: list[Token] = []
    for token in made:
        before = merged[-1].unit if merged and merged[-1].sort is Sort.UNIT else None
        first, second = _text_of(before), _text_of(token.unit)
        if first and second and not first.endswith("*"):
            text = f"{first} {second}"
            quoted = token.text[0] in '"“”„‟'
            unit = _with_plural(text) if tool.plurals and not quoted else Phrase(text)
            merged[-1] = Token(Sort.UNIT, f"{merged[-1].text} {token.text}", merged[-1].at, unit)
        else:
            merged.append(token)
    return merged


def _text_of(unit: Query | None) -> str:
    """A phrase's words, its added plural aside; '' for anything else."""
    if isinstance(unit, Or):
        unit = unit.parts[0]
    return unit.text if isinstance(unit, Phrase) else ""
