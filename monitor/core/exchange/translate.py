"""Another tool's query in our words, and everything about it that is not the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from monitor.core.exchange.cision import CISION
from monitor.core.exchange.factiva import FACTIVA
from monitor.core.exchange.lexisnexis import LEXISNEXIS
from monitor.core.exchange.meltwater import MELTWATER
from monitor.core.exchange.words import Told, Tool, tokens
from monitor.core.json import Json
from monitor.core.query import QueryFault, parse, written
from monitor.core.query.form import flat
from monitor.core.query.grammar import MAX_LENGTH, Faults, Link, Reader, Sort, Token


class Dialect(StrEnum):
    """A tool whose queries we know."""

    MELTWATER = "meltwater"
    CISION = "cision"
    FACTIVA = "factiva"
    LEXISNEXIS = "lexisnexis"


_TOOLS = {
    Dialect.MELTWATER: MELTWATER,
    Dialect.CISION: CISION,
    Dialect.FACTIVA: FACTIVA,
    Dialect.LEXISNEXIS: LEXISNEXIS,
}


@dataclass(frozen=True, slots=True)
class Translated:
    """A query in our words."""

    text: str
    """With « » round what is not translated; '' when the query could not be read at all."""
    untranslated: tuple[QueryFault, ...] = ()
    """What could not be said, or not be read, by its place in the query as it came."""
    notes: tuple[QueryFault, ...] = ()
    """What is not quite the same, or was taken for granted."""

    def to_json(self) -> dict[str, Json]:
        """`{"query", "untranslated", "notes"}`."""
        return {
            "query": self.text or None,
            "untranslated": [fault.to_json() for fault in self.untranslated],
            "notes": [note.to_json() for note in self.notes],
        }


def translate(text: str, dialect: Dialect) -> Translated:
    """The query of another tool in our words.

    >>> translate("hd=(tax or duty) and ferry near5 fares", Dialect.FACTIVA).text
    'HEADLINE(tax OR duty) AND ferry NEAR/4 fares'
    """
    told, tool = Told(text), _TOOLS[dialect]
    if len(text) > MAX_LENGTH:
        told.untranslated.tell(0, f"the query is longer than {MAX_LENGTH:,} characters", "take it apart")
        return Translated("", told.untranslated.all())
    made = tokens(text, tool, told)
    unread = Faults(text)
    query = Reader(made, tool.grammar, unread).read()
    _general(made, tool, told)
    if query is None or unread:
        faults = sorted({*told.untranslated.all(), *unread.all()})
        return Translated("", tuple(faults), told.notes.all())
    ours = written(flat(query))
    if not told.untranslated:
        for fault in parse(ours).faults:
            told.untranslated.tell(0, f"in our words, {ours}: {fault.what}", fault.remedy)
    return Translated(ours, told.untranslated.all(), told.notes.all())


def _general(made: list[Token], tool: Tool, told: Told) -> None:
    """What holds of every query of the tool."""
    if tool.plurals and any(token.sort is Sort.UNIT for token in made):
        what = f"{tool.name} finds plurals: they are written out for what stands without quotes"
        told.notes.tell(0, what, "not for what is in quotes, and no singular for a plural")
    links = [(token.at, token.join.link) for token in made if token.join]
    if {Link.AND, Link.OR} <= {link for _, link in links} and not any(token.sort is Sort.OPEN for token in made):
        told.notes.tell(links[0][0], f"AND and OR stand without brackets: read {tool.order}")
