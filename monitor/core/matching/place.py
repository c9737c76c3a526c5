"""Place: "OICW Scotland", by the text or by where the outlet is (section 5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import msgspec
import numpy as np

from monitor.core.article import Article
from monitor.core.json import Json
from monitor.core.match import Finding, Rule, as_json
from monitor.core.matching.columns.stands import Places, Stands
from monitor.core.matching.lexicon import NOTHING, Lexicon, Sought
from monitor.core.matching.outlets import UNKNOWN, Outlets
from monitor.core.matching.phrases import Phrase
from monitor.core.matching.ready import Ready
from monitor.core.matching.tables import NONE, Column, Grid, Growing, Lists, Mask, Table, expanded, turns
from monitor.core.profile import Case, PlaceList, PlaceRule
from monitor.core.source import Outlet

SILENT = "the text names no such place"


def place_phrases(place: PlaceList) -> Iterator[Phrase]:
    """Everything the list asks for."""
    yield from _words(place)
    yield from _blockers(place)


def _words(place: PlaceList) -> Iterator[Phrase]:
    return (Phrase(word, Case.CAPITALISED) for word in (*place.words, *place.places))


def _blockers(place: PlaceList) -> Iterator[Phrase]:
    return (Phrase(blocker) for blocker in place.blockers)


class Placed(msgspec.Struct, frozen=True, eq=False, gc=False):
    """What place rules find, a row for each article and rules asked for."""

    holds: Mask
    findings: Column
    """The number of what was found (`PlaceRules.findings`)."""
    rows: Column
    """Which of `places` proves it: its span is still to be added; `NONE` where no place of the text does."""
    places: Places


class PlaceRules:
    """The place rules of all sections that were asked for so far, and what they find of articles.

    All rules of a section must hold. What the outlet proves is found out once for each rule and outlet.
    """

    def __init__(self, lexicon: Lexicon, outlets: Outlets) -> None:
        self._lexicon, self._outlets = lexicon, outlets
        self._numbers: dict[tuple[PlaceRule, ...], int] = {}
        self._of_sections = Lists()
        self._rows: dict[PlaceRule, int] = {}
        self._rules: list[PlaceRule] = []
        self._blockers: list[Sought] = []
        self._sought = Table("words", "blockers")
        self._by_text, self._by_outlet = Growing(), Grid(self._find)
        self._holds = Growing()
        self.findings = Ready()
        """What was found, as JSON; open at its end where a span is to be added."""

    # ----------------------------------------------------------- the rules

    def number(self, rules: tuple[PlaceRule, ...]) -> int:
        """The number of a section's rules; the same for the same rules, `NONE` for none."""
        if not rules:
            return NONE
        number = self._numbers.get(rules)
        if number is None:
            number = self._numbers[rules] = self._of_sections.add([self._row(rule) for rule in rules])
        return number

    def asked(self, number: int) -> set[int]:
        """The numbers of everything that a section's rules look for; `NONE`: it has none."""
        if number == NONE:
            return set()
        _, rows = self._of_sections.of(np.array([number]))
        return {*self._sought.rows[rows].ravel().tolist()} - {NOTHING.number}

    def _row(self, rule: PlaceRule) -> int:
        row = self._rows.get(rule)
        if row is None:
            words, blockers = (self._lexicon.sought(some(rule.place)) for some in (_words, _blockers))
            row = self._rows[rule] = self._sought.add(words.number, blockers.number)
            self._rules.append(rule)
            self._blockers.append(blockers)
            proven = as_json(Finding(Rule.PLACE, True, {"place": rule.place.id, "by": "content"}))
            self._by_text.add(self._number(True, proven.removesuffix("}}") + ","))
        return row

    # ----------------------------------------------------------- what they find

    def judged(
        self, articles: Column, numbers: Column, batch: Sequence[Article], outlets: Column, stands: Stands
    ) -> Placed:
        """What rules find in articles, by the numbers of both; `outlets`: of each article of the batch."""
        owners, rules = self._of_sections.of(numbers)
        of = articles[owners]
        rows = self._proofs(of, rules, stands)
        findings = self._by_text.column[rules]
        silent = (rows == NONE).nonzero()[0]
        findings[silent] = self._by_outlet.of(rules[silent], outlets[of[silent]])
        for row in silent[self._holds.column[findings[silent]] == 1].tolist():
            rule, article = self._rules[rules[row]], int(of[row])
            wire = wire_section(rule.place, batch[article].url)
            if wire:
                outlet = self._outlets[int(outlets[article])]
                findings[row] = self._add(_of_outlet(rule, outlet, wire))
        holds = self._holds.column[findings] == 1
        decides, failing = turns(owners), (~holds).nonzero()[0][::-1]
        decides[owners[failing]] = failing  # the first that fails, else the first
        return Placed(holds[decides], findings[decides], rows[decides], stands.places)

    def _proofs(self, articles: Column, rules: Column, stands: Stands) -> Column:
        """For each article the row of the first word that proves a place, no longer blocker over it; or `NONE`."""
        owners, rows = expanded(*stands.rows(articles, self._sought.of("words", rules)))
        counted = stands.places.holds[rows]
        blocked = stands.count(articles, self._sought.of("blockers", rules)) > 0
        for at in (blocked[owners] & counted).nonzero()[0].tolist():
            article, rule = int(articles[owners[at]]), int(rules[owners[at]])
            found = stands.one(article, int(rows[at]))
            counted[at] = stands.cover(article, self._blockers[rule]).longer(found) is None
        first = np.full(len(articles), NONE)
        first[owners[counted][::-1]] = rows[counted][::-1]
        return first

    def _find(self, rule: int, outlet: int) -> int:
        """What an outlet proves, wherever on its site the article stands."""
        known = self._outlets[outlet] if outlet != UNKNOWN else None
        return self._add(_of_outlet(self._rules[rule], known))

    def _add(self, finding: Finding) -> int:
        return self._number(finding.holds, as_json(finding))

    def _number(self, holds: bool, finding: str) -> int:
        number = self.findings.number(finding)
        if number == len(self._holds):
            self._holds.add(holds)
        return number


def _of_outlet(rule: PlaceRule, outlet: Outlet | None, wire: str = "") -> Finding:
    """Rule (b): the outlet's area, unless the address is a wire section of its site."""
    place = rule.place
    evidence: dict[str, Json] = {"place": place.id}
    if rule.content_only:
        return Finding(Rule.PLACE, False, {**evidence, "why": f"{SILENT}, and only the text counts here"})
    if outlet is None:
        return Finding(Rule.PLACE, False, {**evidence, "why": f"{SILENT}, and the outlet is not known"})
    evidence |= {"outlet": outlet.id, "area": outlet.area}
    if outlet.area != place.area:
        return Finding(Rule.PLACE, False, {**evidence, "why": f"{SILENT}, and the outlet's area is {outlet.area}"})
    if wire:
        return Finding(Rule.PLACE, False, {**evidence, "why": f"{SILENT}, and {wire} is syndicated copy"})
    return Finding(Rule.PLACE, True, {**evidence, "by": "outlet"})


def wire_section(place: PlaceList, url: str) -> str:
    """The part of the address that makes it a wire section; '' when there is none."""
    try:
        path = urlsplit(url).path + "/"
    except ValueError:  # no address at all
        return ""
    return next((wire for wire in place.wire_paths if wire in path), "")
