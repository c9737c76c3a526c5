"""The verdicts of a sitting in their stored form, written straight from its columns (section 10).

What is written is what `Judgement.stored` makes of the judgement that is read from it, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

import numpy as np

from monitor.core.article import Article
from monitor.core.fault import Fault
from monitor.core.match import FORM, Rule, as_json, quoted
from monitor.core.matching import native
from monitor.core.matching.columns.context import FAR, Nearest, Tasks
from monitor.core.matching.outcomes import DECIDE, OUTCOMES, Outcomes, Ruled
from monitor.core.matching.seats import Seats
from monitor.core.matching.sitting import Sitting
from monitor.core.matching.tables import NONE, Mask, distinct

Stored: TypeAlias = dict[str, bytes]
"""What agreements say of an article, by their ids, in stored form."""
NOTHING = ""
"""Stands where a section has no such rule."""
FALSE, TRUE = "false", "true"
_BY = ("within", "self", "headline", "term in headline")
"""How a word makes a rule hold, in the order of `columns.context.By`."""
_OUTCOMES = quoted([str(outcome) for outcome in OUTCOMES])


class Envelope:
    """What all judgements of one article have in common."""

    def __init__(self, article: Article, faults: Sequence[Fault]) -> None:
        self.faults = faults
        self.head = f'{{"form":{FORM},"url":{as_json(article.url)},"primary":'
        self.foot = f'],"evidence":"{article.evidence}","recategorised":null,"aliases":['
        self.end = f'],"faults":{as_json(faults)}}}'

    def around(
        self, sections: Sequence[str] = (), verdicts: Iterable[str] = (), aliases: Iterable[str] = ()
    ) -> bytes:
        """A judgement, of parts as JSON; `sections`: those the article is in, first the one it is filed in."""
        primary, also = (sections[0], ",".join(sections[1:])) if sections else ("null", "")
        said = f'{primary},"also":[{also}],"verdicts":[{",".join(verdicts)}'
        return f"{self.head}{said}{self.foot}{','.join(aliases)}{self.end}".encode()


@native.twin(native.written)
def judgements(outcomes: Outcomes, seats: Seats, faults: Sequence[Sequence[Fault]]) -> Iterator[Stored]:
    """What each agreement says of each article of a sitting, of those that have anything to say, in order.

    The twin writes each article's when it is asked for: those of a batch would fill more memory than a processor
    has at hand. `faults`: of each article.
    """
    aliases = _aliases(outcomes.sitting)
    verdicts = dict(_verdicts(outcomes, seats))
    filed = {(article, owner): within for article, owner, within in outcomes.filed()}
    envelopes = [*map(Envelope, outcomes.sitting.batch, faults)]
    stored: list[Stored] = [{} for _ in faults]
    cases = sorted({*verdicts, *aliases})
    rows = zip(outcomes.articles[cases].tolist(), outcomes.owners[cases].tolist(), cases, strict=True)
    for (article, owner), group in groupby(rows, key=itemgetter(0, 1)):
        own = [case for _, _, case in group]
        sections = [seats.sections[int(seats.named[seat])] for seat in filed.get((article, owner), ())]
        said, unapproved = ([found[case] for case in own if case in found] for found in (verdicts, aliases))
        stored[article][seats.ids[owner]] = envelopes[article].around(sections, said, unapproved)
    return iter(stored)


def _aliases(sitting: Sitting) -> dict[int, str]:
    """The cases in which an alias stands that nobody has approved, and where, as JSON."""
    hits = zip(sitting.unapproved.cases.tolist(), sitting.aliases(), strict=True)
    return {case: ",".join([hit for _, hit in own]) for case, own in groupby(hits, key=itemgetter(0))}


def _verdicts(outcomes: Outcomes, seats: Seats) -> Iterator[tuple[int, str]]:
    """The verdict of each case in which a term stands."""
    sitting = outcomes.sitting
    hits, rejected = sitting.hits(), sitting.rejected()
    hits_begin, rejected_begin = sitting.hits_begin.tolist(), sitting.rejects_begin.tolist()
    findings = [
        _sources(outcomes.source, seats),
        _queries(outcomes.query, sitting),
        _contexts(outcomes, sitting, seats),
        _places(outcomes, sitting, seats),
        _aboutness(outcomes),
    ]
    columns = (
        outcomes.there.nonzero()[0].tolist(),
        [seats.sections[number] for number in seats.named[sitting.seats[outcomes.there]].tolist()],
        outcomes.outcomes[outcomes.there].tolist(),
        outcomes.deciding[outcomes.there].tolist(),
        _booleans(outcomes.headline[outcomes.there]),
        _booleans(outcomes.lead[outcomes.there]),
    )
    for case, section, outcome, by, headline, lead in zip(*columns, strict=True):
        found = ",".join([finding[case] for finding in findings if finding[case]])
        begin, end = hits_begin[case], hits_begin[case + 1]
        lost = ",".join(rejected[rejected_begin[case] : rejected_begin[case + 1]])
        yield (
            case,
            f'{{"section":{section},"outcome":{_OUTCOMES[outcome]},"decided_by":"{DECIDE[by]}",'
            f'"findings":[{found}],"hits":[{",".join(hits[begin:end])}],"rejected":[{lost}],'
            f'"standing":{{"headline":{headline},"lead":{lead},"hits":{end - begin}}}}}',
        )


# --------------------------------------------------------------- what each rule found, by case


def _finding(rule: Rule, holds: str, evidence: str) -> str:
    return f'{{"rule":"{rule}","holds":{holds},"evidence":{{{evidence}}}}}'


def _sources(ruled: Ruled, seats: Seats) -> list[str]:
    findings = seats.sources.findings
    return [NOTHING if number == NONE else findings[number] for number in ruled.numbers.tolist()]


def _queries(ruled: Ruled, sitting: Sitting) -> list[str]:
    written = [NOTHING] * len(ruled.asked)
    for case in ruled.asked.nonzero()[0].tolist():
        written[case] = as_json(sitting.queries[case].to_finding())
    return written


def _places(outcomes: Outcomes, sitting: Sitting, seats: Seats) -> list[str]:
    placed, findings = outcomes.placed, seats.places.findings
    proven = placed.rows != NONE
    spans = iter(sitting.cuts(placed.places.at(placed.rows[proven])).written(sitting.batch))
    rows = zip(placed.findings.tolist(), proven.tolist(), strict=True)
    found = [f"{findings[number]}{next(spans)}}}}}" if by_text else findings[number] for number, by_text in rows]
    return [NOTHING if number == NONE else found[number] for number in outcomes.place.numbers.tolist()]


def _aboutness(outcomes: Outcomes) -> list[str]:
    ruled, points = outcomes.aboutness, outcomes.points
    written = [NOTHING] * len(ruled.asked)
    cases = ruled.asked.nonzero()[0]
    parts = (points.all, ruled.numbers, points.headline, points.lead, points.further)
    rows = zip(*(part[cases].tolist() for part in parts), strict=True)
    for case, holds, (reached, needed, headline, lead, further) in zip(
        cases.tolist(), _booleans(ruled.holds[cases]), rows, strict=True
    ):
        parted = f'"headline":{headline},"lead":{lead},"further":{further}'
        written[case] = _finding(Rule.ABOUTNESS, holds, f'"points":{reached},"needed":{needed},{parted}')
    return written


def _contexts(outcomes: Outcomes, sitting: Sitting, seats: Seats) -> list[str]:
    """The evidence is that of the first rule that fails, else of the first; of several `all` has each."""
    written = [NOTHING] * len(outcomes.there)
    if outcomes.nearest is None:
        return written
    cases = outcomes.tasks.cases
    evidence, holds = (
        _evidence(outcomes.tasks, outcomes.nearest, sitting, seats),
        _booleans(outcomes.nearest.holds),
    )
    for case, held, one in zip(cases.tolist(), holds, evidence, strict=True):
        written[case] = _finding(Rule.CONTEXT, held, one)
    several = distinct(cases[1:][cases[1:] == cases[:-1]])
    begins, ends = np.searchsorted(cases, several).tolist(), np.searchsorted(cases, several, side="right").tolist()
    for case, begin, end in zip(several.tolist(), begins, ends, strict=True):
        decides = next((row for row in range(begin, end) if holds[row] == FALSE), begin)
        each = ",".join(f'{{"holds":{holds[row]},{evidence[row]}}}' for row in range(begin, end))
        written[case] = _finding(Rule.CONTEXT, holds[decides], f'{evidence[decides]},"all":[{each}]')
    return written


def _evidence(tasks: Tasks, nearest: Nearest, sitting: Sitting, seats: Seats) -> list[str]:
    """For each rule the nearest context word that makes it hold, or that came nearest."""
    rules, lists = seats.context, seats.context.lists
    found = nearest.words >= 0
    cuts = sitting.cuts(nearest.standing.places.at(nearest.words[found]))
    scopes = [rules.scopes[number] for number in rules.rules.of("scope", tasks.rules).tolist()]
    words = iter(lists.words.of("name", nearest.names[found]).tolist())
    spans = iter(cuts.written(sitting.batch))
    columns = (found, nearest.holds, nearest.distances, nearest.by)
    written = []
    for scope, stands, holds, distance, by in zip(scopes, *(c.tolist() for c in columns), strict=True):
        if not stands:
            written.append(f'"scope":{scope},"word":null,"distance":null')
            continue
        away = "null" if distance == FAR else distance
        makes = f',"by":"{_BY[by]}"' if holds else ""
        written.append(f'"scope":{scope},"word":{lists.names[next(words)]},"distance":{away},{next(spans)}{makes}')
    return written


def _booleans(mask: Mask) -> list[str]:
    return [TRUE if one else FALSE for one in mask.tolist()]
