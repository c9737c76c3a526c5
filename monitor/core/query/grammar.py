"""Reading by precedence, whatever the tool: tokens and a grammar in, a query and all its faults out.

What the words of a tool are is said elsewhere: ours in parse.py, those of others in `core/exchange/`. The reader
goes on after a fault as an editor would, so that all are told at once; what it gives back is then no query.
Depth and size are limited: hostile input is refused, and never hangs or overflows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.core.json import Json
from monitor.core.query.form import And, AtLeast, Near, Not, Or, Phrase, Query, Reach, Unit, has_places

MAX_LENGTH = 100_000
MAX_PHRASES = 5_000
MAX_DEPTH = 30
MAX_STEPS = 4 * MAX_DEPTH
"""Of the reader down into the text: one pair of brackets may take as many as there are levels of operators."""
MAX_FAULTS = 20
STEP = 1e-6
"""What binds tighter than an operator, by so little that no other operator lies between."""


@dataclass(frozen=True, slots=True, order=True)
class QueryFault:
    """One thing that is wrong in a query, where, and what to do about it."""

    line: int
    column: int
    what: str
    """In a sentence without a full stop."""
    remedy: str = ""

    def __str__(self) -> str:
        remedy = f" ({self.remedy})" if self.remedy else ""
        return f"line {self.line}, column {self.column}: {self.what}{remedy}"

    def to_json(self) -> dict[str, Json]:
        """The fault as a JSON object."""
        return {"line": self.line, "column": self.column, "what": self.what, "remedy": self.remedy}


class Faults:
    """Gathers what is wrong with one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: set[tuple[int, str, str]] = set()

    def __bool__(self) -> bool:
        return bool(self._found)

    def tell(self, at: int, what: str, remedy: str = "") -> None:
        """One more, at a place of the text."""
        self._found.add((at, what, remedy))

    def all(self) -> tuple[QueryFault, ...]:
        """In reading order; of very many the first, and how many more there are."""
        told = sorted(self._found)
        more = len(told) - MAX_FAULTS
        if more > 0:
            told = [*told[:MAX_FAULTS], (told[MAX_FAULTS][0], f"here and behind are {more} more faults", "")]
        return tuple(QueryFault(*self._place(at), what, remedy) for at, what, remedy in told)

    def _place(self, at: int) -> tuple[int, int]:
        return self._text.count("\n", 0, at) + 1, at - self._text.rfind("\n", 0, at)


class Link(StrEnum):
    """What an operator between two parts makes of them."""

    AND = "AND"
    OR = "OR"
    AND_NOT = "AND NOT"
    NEAR = "NEAR"


@dataclass(frozen=True, slots=True)
class Join:
    """An operator between two parts."""

    link: Link
    power: float
    """How tightly it binds."""
    reach: Reach | None = None
    negated: bool = False


class Sort(StrEnum):
    """What a token is to the reader."""

    UNIT = "unit"
    OPEN = "open"
    CLOSE = "close"
    JOIN = "join"
    NOT = "not"
    AROUND = "around"
    AFTER = "after"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a query."""

    sort: Sort
    text: str
    """As written."""
    at: int
    unit: Query | None = None
    join: Join | None = None
    around: Callable[[Query], Query] | None = None
    """What an operator with brackets (AROUND), or one behind its part (AFTER), makes of it."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a tool binds."""

    implied: Join
    """What stands between two parts with NOT between them, or nothing."""
    not_power: float
    beside: Join | None = None
    """What two parts mean that stand side by side; None: a fault."""
    brackets: bool = True
    """Must an operator such as HEADLINE have brackets?"""
    around: float | None = None
    """How tightly such an operator binds; None: it takes what stands right behind it, and no more."""


def number(figures: str) -> int:
    """The number that stands there; of more than thirty figures, one of thirty, too large for any operator."""
    return int(figures.lstrip("0")[:30] or "0")


HOLE = Phrase("…")
"""Stands where something is missing."""


class _TooDeep(Exception):
    """Brackets within brackets within brackets."""


class Reader:
    """Reads one query."""

    def __init__(self, tokens: Sequence[Token], grammar: Grammar, faults: Faults) -> None:
        self._tokens = tokens
        self._grammar = grammar
        self._faults = faults
        self._next = 0
        self._depths: dict[int, tuple[Query, int]] = {}

    def read(self) -> Query | None:
        """The query; None when it was too deep to be read."""
        try:
            query = self._expression(0, 0)
            while self._peek().sort is not Sort.END:  # a bracket too many
                self._faults.tell(self._take().at, "this bracket closes nothing", "take it away")
                query = self._rest(query)
        except _TooDeep:
            remedy = f"at most {MAX_DEPTH} are allowed: take the query apart"
            self._faults.tell(self._peek().at, "too many parts lie within one another", remedy)
            return None
        return query

    def _rest(self, query: Query) -> Query:
        return query if self._peek().sort in (Sort.END, Sort.CLOSE) else self._grow(query, 0, 0)

    def _expression(self, floor: float, depth: int) -> Query:
        """The longest part whose operators bind at least so tightly."""
        if depth > MAX_STEPS:
            raise _TooDeep
        return self._grow(self._unit(depth), floor, depth)

    def _grow(self, left: Query, floor: float, depth: int) -> Query:
        """What a part becomes with the operators behind it that bind so tightly; `a AND b AND c` is one AND."""
        run, link = [left], Link.AND
        while (join := self._join()) and join.power >= floor:
            at = self._pass_join()
            right = self._expression(join.power + STEP, depth + 1)
            if join.link is Link.NEAR and join.reach:
                run = [self._near(self._closed(run, link), join, right, at)]
                continue
            wanted = Link.OR if join.link is Link.OR else Link.AND
            run = run if wanted is link or len(run) == 1 else [self._closed(run, link)]
            link = wanted
            run.append(self._built(Not(right), right) if join.link is Link.AND_NOT else right)
        return self._closed(run, link)

    def _closed(self, run: list[Query], link: Link) -> Query:
        if len(run) == 1:
            return run[0]
        made = Or(tuple(run)) if link is Link.OR else And(tuple(run))
        return self._built(made, *run)

    def _join(self) -> Join | None:
        """The operator that comes next, as it stands or as it is implied."""
        token = self._peek()
        if token.sort is Sort.JOIN:
            return token.join
        if token.sort is Sort.NOT:
            return self._grammar.implied
        if token.sort in (Sort.UNIT, Sort.OPEN, Sort.AROUND):
            if self._grammar.beside is None:
                remedy = "put AND, OR or NEAR/5 between, or quotes round a phrase"
                self._faults.tell(token.at, f"no operator stands before {token.text}", remedy)
                return self._grammar.implied
            return self._grammar.beside
        return None

    def _pass_join(self) -> int:
        token = self._peek()
        return self._take().at if token.sort is Sort.JOIN else token.at

    def _unit(self, depth: int) -> Query:
        """A phrase, brackets, or an operator with what follows it."""
        token = self._peek()
        if token.sort in (Sort.JOIN, Sort.CLOSE, Sort.END, Sort.AFTER):
            return self._missing(token)
        self._take()
        if token.sort is Sort.UNIT:
            unit = token.unit or HOLE
        elif token.sort is Sort.OPEN:
            unit = self._bracket(token, depth)
        elif token.sort is Sort.NOT:
            return self._not(depth)
        else:
            unit = self._around(token, depth)
        while self._peek().sort is Sort.AFTER:
            unit = self._wrapped(self._take(), unit)
        return unit

    def _not(self, depth: int) -> Query:
        part = self._expression(self._grammar.not_power, depth + 1)
        return self._built(Not(part), part)

    def _bracket(self, opened: Token, depth: int) -> Query:
        inner = self._expression(0, depth + 1)
        if self._peek().sort is Sort.CLOSE:
            self._take()
        else:
            self._faults.tell(opened.at, "this bracket is never closed", "close it")
        return inner

    def _around(self, token: Token, depth: int) -> Query:
        if self._grammar.brackets and self._peek().sort is not Sort.OPEN:
            remedy = f'write {token.text}(...), or "{token.text}" if the word is meant'
            self._faults.tell(token.at, f"{token.text} has no brackets", remedy)
        if depth > MAX_STEPS:
            raise _TooDeep
        power = self._grammar.around
        part = self._unit(depth + 1) if power is None else self._expression(power, depth + 1)
        return self._wrapped(token, part)

    def _wrapped(self, token: Token, part: Query) -> Query:
        made = token.around(part) if token.around else part
        if isinstance(made, AtLeast) and not has_places(part):
            remedy = "count phrases, or phrases joined by OR or NEAR"
            self._faults.tell(token.at, f"{token.text} counts places, and this part has none", remedy)
        return self._built(made, part)

    def _missing(self, token: Token) -> Query:
        end = token.sort is Sort.END
        what = "something is missing at the end" if end else f"something is missing before {token.text}"
        self._faults.tell(token.at, what, "write a word or phrase there, or take the operator away")
        if token.sort is Sort.AFTER:
            self._take()
        return HOLE

    def _near(self, left: Query, join: Join, right: Query, at: int) -> Query:
        self._places(left, join, at)
        self._places(right, join, at)
        return self._built(Near(left, right, join.reach or Reach(Unit.WORDS), join.negated), left, right)

    def _places(self, part: Query, join: Join, at: int) -> None:
        if not has_places(part):
            name = f"NOT {join.reach}" if join.negated else str(join.reach)
            what = f"{name} joins places in the text, and a part with AND, NOT or ATLEAST has no place of its own"
            remedy = f"write each pair: a {name} c AND b {name} c; for what may not be near: a NOT {join.reach} b"
            self._faults.tell(at, what, remedy)

    def _built(self, query: Query, *of: Query) -> Query:
        """The same, unless it has become too deep."""
        depth = 1 + max((self._depths.get(id(part), (part, 0))[1] for part in of), default=0)
        if depth > MAX_DEPTH:
            raise _TooDeep
        self._depths[id(query)] = (query, depth)
        return query

    def _peek(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._tokens[self._next]
        self._next += token.sort is not Sort.END
        return token
