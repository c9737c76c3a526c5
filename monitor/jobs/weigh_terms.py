"""Weigh terms: what each brought over a stretch, near spellings of the dead, and what would spare exclusions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeAlias

from monitor.core.agreement import Agreement
from monitor.core.article import Article, line_of
from monitor.core.curation import Act, Curations, in_force
from monitor.core.edition import ItemState
from monitor.core.fault import Fault
from monitor.core.match import Judgement, Outcome
from monitor.core.matching.matcher import Matcher
from monitor.core.near_spellings import found_in, spellings
from monitor.core.profile import Profile, Term
from monitor.core.proposals import FEWEST_EXCLUDED, Proposal, Seen, propose
from monitor.core.significance import WITHIN
from monitor.core.source import Sources
from monitor.core.term_yield import Harvest, TermYield, Word, YieldReport
from monitor.jobs.days import day_by_day
from monitor.jobs.judging import Judge, judging, unjudged
from monitor.jobs.ports import Archive, DeskRecords, Ledger, Progress, Tallies, Tally, WordIndex

LinesOf: TypeAlias = Callable[[Article], set[str]]
"""The lines of all that are one story with an article, its own among them."""


class Excluding(Archive, DeskRecords, Ledger, Protocol):
    """What says which articles editors left out."""


class Records(Excluding, WordIndex, Protocol):
    """What weighing reads."""


class GlanceRecords(Excluding, Tallies, Protocol):
    """What a glance reads."""


class QuickRecords(GlanceRecords, WordIndex, Protocol):
    """What a glance reads that looks for other spellings, too."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A proposal with its replay."""

    proposal: Proposal
    spared: tuple[Article, ...]
    """Excluded articles that it would have kept out."""
    lost: tuple[Article, ...]
    """Kept articles that it would have kept out, too."""
    excluded: int
    kept: int
    """How many of each there are."""
    faults: tuple[Fault, ...] = ()
    """Of the articles on which it cannot be tried: they are in neither count."""


def weigh_terms(
    agreement: Agreement,
    records: Records,
    since: datetime,
    until: datetime,
    progress: Progress,
    lines_of: LinesOf,
) -> YieldReport:
    """What each term brought among the articles first seen in `[since, until)`, as they were judged."""
    harvest, looked_at, first = Harvest(agreement), 0, until
    excluded = _left_out(agreement.id, records, since, until, lines_of)
    progress.start(f"terms of {agreement.id}", None)
    for article, judgement in _judged(agreement, records, since, until):
        harvest.count(judgement.verdicts, article.first_seen, excluded=article.line in excluded)
        looked_at, first = looked_at + 1, min(first, article.first_seen or until)
        progress.advance(articles=looked_at)
    progress.finish()
    return _with_near(agreement, records, YieldReport(looked_at, harvest.all(), until - first), since, until)


def weigh_quickly(
    agreement: Agreement, records: QuickRecords, since: datetime, until: datetime, lines_of: LinesOf
) -> YieldReport:
    """The same from counts that lie ready: a term all of whose places were turned down is dead here."""
    glance = at_a_glance(agreement.id, records, since, until, lines_of)
    yields = tuple(glance.get((one.section, one.term), one) for one in Harvest(agreement).all())
    looked_at, first = records.count_judged(agreement.id, since, until)
    return _with_near(agreement, records, YieldReport(looked_at, yields, until - (first or until)), since, until)


def _with_near(
    agreement: Agreement, records: WordIndex, report: YieldReport, since: datetime, until: datetime
) -> YieldReport:
    """The report with other spellings of its dead terms."""
    dead = {(y.section, y.term) for y in report.yields if y.said(report.looked_at) is Word.DEAD}
    near = {
        (profile.section, term.name): _near(term, records, since, until)
        for profile in agreement.profiles
        for term in profile.terms
        if (profile.section, term.name) in dead
    }
    return replace(report, near=near)


def at_a_glance(
    agreement: str, records: GlanceRecords, since: datetime, until: datetime, lines_of: LinesOf
) -> Mapping[tuple[str, str], TermYield]:
    """The same counts by section and term, of what has a hit: from where they lie, so that a page can show them.

    A term that is not in it has no hit. Hits that were turned down (`out` of `weigh_terms`) are not counted.
    """
    found: dict[tuple[str, str], TermYield] = {}
    for one in records.tally(agreement, since, until, _left_out(agreement, records, since, until, lines_of)):
        had = found.get((one.section, one.term), TermYield(one.section, one.term))
        found[one.section, one.term] = _tallied(had, one)
    return found


def _tallied(had: TermYield, one: Tally) -> TermYield:
    if one.outcome is Outcome.NEAR_MISS:
        return replace(had, near_misses=had.near_misses + one.articles)
    if one.outcome is Outcome.OUT:
        return replace(had, out=had.out + one.articles)
    if one.excluded:
        return replace(had, excluded=one.articles)
    return replace(had, kept=one.articles, last_kept=one.last)


def propose_changes(
    agreement: Agreement,
    sources: Sources,
    records: Records,
    since: datetime,
    until: datetime,
    progress: Progress,
    lines_of: LinesOf,
) -> tuple[Tried, ...]:
    """For each term that brought excluded articles what would have spared them, replayed over all it brought."""
    excluded = _left_out(agreement.id, records, since, until, lines_of)
    brought: dict[tuple[str, str], list[Seen]] = {}
    progress.start(f"exclusions of {agreement.id}", None)
    for article, judgement in _judged(agreement, records, since, until) if excluded else ():
        progress.advance()
        for verdict in judgement.verdicts:
            if verdict.outcome is Outcome.IN and not article.purged:
                for term in {hit.term for hit in verdict.hits if not hit.derived}:
                    brought.setdefault((verdict.section, term), []).append(Seen(article, verdict))
    progress.finish()
    return tuple(
        tried
        for profile in agreement.profiles
        for term in profile.terms
        for tried in _tried(
            agreement, sources, profile, term, brought.get((profile.section, term.name), []), excluded
        )
    )


def _tried(
    agreement: Agreement, sources: Sources, profile: Profile, term: Term, brought: list[Seen], excluded: set[str]
) -> Iterator[Tried]:
    out = [seen for seen in brought if seen.article.line in excluded]
    kept = [seen for seen in brought if seen.article.line not in excluded]
    for proposal in propose(profile, term, out, kept):
        matcher = Matcher(replace(agreement, profiles=(proposal.applied(profile),)), sources)
        judge = judging(matcher)
        spared, faults = _kept_out(judge, out)
        if len(spared) >= FEWEST_EXCLUDED:
            lost, more = _kept_out(judge, kept)
            yield Tried(proposal, spared, lost, len(out), len(kept), tuple(faults | more))


def _kept_out(judge: Judge[Judgement], seen: Sequence[Seen]) -> tuple[tuple[Article, ...], dict[Fault, None]]:
    """Those of the articles that are in no longer, and why others cannot be judged."""
    out: list[Article] = []
    faults: dict[Fault, None] = {}
    articles = [one.article for one in seen]
    for article, judgement in zip(articles, judge(articles), strict=True):
        if why := unjudged(judgement):
            faults |= why
        elif not any(verdict.outcome is Outcome.IN for verdict in judgement.verdicts):
            out.append(article)
    return tuple(out), faults


def _judged(
    agreement: Agreement, records: Records, since: datetime, until: datetime
) -> Iterator[tuple[Article, Judgement]]:
    for articles in day_by_day(records, since, until):
        judgements = records.judgements(agreement.id, [article.id for article in articles])
        yield from ((article, judgements[article.id]) for article in articles if article.id in judgements)


def _left_out(agreement: str, records: Excluding, since: datetime, until: datetime, lines_of: LinesOf) -> set[str]:
    """Lines that editors have excluded from a digest, and their copies: an exclusion is of a whole story.

    What went with an article, the edition says that left it out; before there is one, who tells its story.
    """
    excluded = _excluded(agreement, records, until)
    late = sorted(line for line, at in excluded.items() if at >= since - WITHIN)
    stories: dict[str, set[str]] = {}
    for edition, item in records.items_of(agreement, late):
        if item.state is ItemState.EXCLUDED:
            stories.setdefault(edition, set()).add(item.story)
            excluded.pop(line_of(item.article), None)
    went = {
        line_of(item.article)
        for edition, left_out in stories.items()
        for item in records.items(edition)
        if item.state is ItemState.EXCLUDED and item.story in left_out
    }
    latest = (texts[-1] for line in late if line in excluded and (texts := records.texts(line)))
    for article in sorted(latest, key=lambda one: (one.first_seen or until, one.id)):
        went |= lines_of(article)
    return went.union(excluded)


def _excluded(agreement: str, records: DeskRecords, until: datetime) -> dict[str, datetime]:
    """Lines that editors have excluded from a digest, and not taken back, and when."""
    acts = records.curations(agreement)
    digests = dict.fromkeys(act.digest for act in acts)
    found: dict[str, datetime] = {}
    for counting in (Curations.of(in_force(acts, digest, "", until)) for digest in digests):
        for line in counting.by_line:
            said = counting.on_lines([line])
            if said.decided and said.act is Act.EXCLUDE:
                found[line] = said.decided.at
    return found


def _near(term: Term, records: WordIndex, since: datetime, until: datetime) -> tuple[tuple[str, int], ...]:
    """Other spellings of a term's forms that stand in articles, the most frequent first."""
    found: Counter[str] = Counter()
    for spelling in (spelling for form in term.forms for spelling in spellings(form)):
        for article in records.articles_with(spelling.others, since, until):
            found.update(set(found_in(article, spelling)))
    return tuple(found.most_common())
