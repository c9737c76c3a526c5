"""Forms into the core's types. Nothing is judged here: what comes in has been checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from monitor.adapters.library import digests, forms, outlets, people_forms
from monitor.core.agreement import Alerts, Claim, Digest, Early, Hold, Layout, MinorForms, OnHolidays, Thresholds
from monitor.core.calendar import Override
from monitor.core.profile import (
    AboutnessRule,
    Alias,
    Case,
    ContextRule,
    ContextWord,
    Example,
    Guard,
    Kind,
    NamedPerson,
    Pair,
    PlaceList,
    PlaceRule,
    Profile,
    Scope,
    SignificanceRule,
    SourceRule,
    Standing,
    Term,
)
from monitor.core.query import parse
from monitor.core.source import Group, Medium, Outlet, Rights, Source, SourceKind

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Shared:
    """What the sections of an agreement share, and the names that exist."""

    lists: Mapping[str, tuple[ContextWord, ...]] = field(default_factory=dict)
    places: Mapping[str, PlaceList] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()


# --------------------------------------------------------------- sections


def profile(form: forms.SectionForm, shared: Shared, fingerprint: str) -> Profile:
    """The section's profile; groups and outlets that are not there are left out of its sources."""
    return Profile(
        section=form.section,
        title=form.title,
        agreement_says=form.agreement_says,
        terms=tuple(_term(line) for line in form.terms),
        query=None if form.query is None else parse(form.query).query,
        context=tuple(_context(rule, shared) for rule in form.oicw if isinstance(rule, forms.ContextRuleForm)),
        place=tuple(_place(rule, shared) for rule in form.oicw if isinstance(rule, forms.PlaceRuleForm)),
        aboutness=_aboutness(form),
        significance=_significance(form),
        sources=_source_rule(form, shared),
        bylines=tuple(line if isinstance(line, str) else line.name for line in form.bylines),
        people=tuple(_people(form)),
        recategorise=form.recategorise,
        show_in_each=form.show == "in_each",
        ask_client=tuple(form.ask_client),
        examples=tuple(_example(example) for example in form.examples),
        fingerprint=fingerprint,
    )


def can_be_built(form: forms.SectionForm, shared: Shared) -> bool:
    """Whether the lists and places that the section uses are there (a published state may be older than they)."""
    rules = (rule.any if isinstance(rule, forms.ContextRuleForm) else rule for rule in form.oicw)
    return all(
        rule.name in shared.lists if isinstance(rule, forms.SharedListForm) else rule.place in shared.places
        for rule in rules
        if isinstance(rule, forms.SharedListForm | forms.PlaceRuleForm)
    )


def _term(line: str | forms.TermForm) -> Term:
    if isinstance(line, str):
        return Term(line)
    return Term(
        name=line.term,
        kind=Kind(line.kind),
        match=tuple(line.match),
        case=Case(line.case),
        surname_alone=line.surname_alone,
        abbreviations=tuple(line.abbreviations),
        aliases=tuple(Alias(alias.text, alias.approved, alias.why) for alias in line.aliases),
        only_with=_guard(line.only_with),
        near=_near(line.near),
        blockers=tuple(line.blockers),
        note=line.note,
    )


def _guard(form: forms.GuardForm | None) -> Guard | None:
    return None if form is None else Guard(tuple(form.any), Scope.parse(form.within))


def _near(form: forms.NearForm | None) -> Pair | None:
    return None if form is None else Pair(tuple(form.one_of), tuple(form.with_one_of), form.within)


def _people(form: forms.SectionForm) -> Iterator[NamedPerson]:
    """Every individual named, those too of whom an older file says no more than the name."""
    for line in form.terms:
        if isinstance(line, forms.TermForm) and line.kind == "person":
            yield _person(line.term, line.person)
    for byline in form.bylines:
        if isinstance(byline, str):
            yield NamedPerson(byline, Standing.JOURNALIST, byline=True)
        else:
            yield NamedPerson(
                byline.name,
                Standing.JOURNALIST,
                "journalist",
                byline.purpose,
                byline.approved_by,
                byline.second_approval or "",
                date.fromisoformat(byline.review_by),
                byline=True,
            )


def _person(name: str, form: people_forms.PersonForm | None) -> NamedPerson:
    if form is None:
        return NamedPerson(name)
    return NamedPerson(
        name,
        Standing(form.standing),
        form.role,
        form.purpose,
        form.approved_by,
        form.second_approval or "",
        date.fromisoformat(form.review_by),
    )


def _context(form: forms.ContextRuleForm, shared: Shared) -> ContextRule:
    if isinstance(form.any, forms.SharedListForm):
        without = form.any.without
        words = tuple(word for word in shared.lists[form.any.name] if word.word not in without)
    else:
        words = context_words(form.any)
    return ContextRule(words, Scope.parse(form.within), form.self_context)


def context_words(lines: Sequence[str | forms.ContextWordForm]) -> tuple[ContextWord, ...]:
    """A list of context words."""
    return tuple(ContextWord(line) if isinstance(line, str) else _context_word(line) for line in lines)


def _context_word(form: forms.ContextWordForm) -> ContextWord:
    return ContextWord(form.word, form.plural, Case(form.case), tuple(form.also), tuple(form.blockers))


def _place(form: forms.PlaceRuleForm, shared: Shared) -> PlaceRule:
    return PlaceRule(shared.places[form.place], content_only=form.place_evidence == "content")


def _aboutness(form: forms.SectionForm) -> AboutnessRule | None:
    if isinstance(form.subject_of, bool):
        return AboutnessRule() if form.subject_of else None
    return AboutnessRule(form.subject_of.points)


def _significance(form: forms.SectionForm) -> SignificanceRule | None:
    rule = form.significance
    return SignificanceRule(rule.prominence, rule.impact) if rule and rule.major else None


def _source_rule(form: forms.SectionForm, shared: Shared) -> SourceRule:
    if isinstance(form.sources, str):
        return SourceRule(any_monitored=True)
    return SourceRule(
        groups=tuple(name for name in form.sources.groups if name in shared.groups),
        plus=tuple(name for name in form.sources.plus if name in shared.outlets),
    )


def _example(form: forms.ExampleForm) -> Example:
    hits = None if form.hits is None else tuple(form.hits)
    return Example(form.headline, form.text, form.outlet, form.url, hits, form.verdict, form.why)


# --------------------------------------------------------------- agreement and digests


def place_list(name: str, form: forms.PlaceListForm) -> PlaceList:
    """A list that proves a place."""
    return PlaceList(
        name, form.area, tuple(form.words), tuple(form.places), tuple(form.blockers), tuple(form.wire_paths)
    )


def claim(form: people_forms.ClaimForm) -> Claim:
    """A sentence about the profiles."""
    return Claim(form.says, tuple(Standing(one) for one in form.no_names_of), tuple(form.terms_for))


def minor_forms(form: forms.AgreementForm) -> MinorForms:
    """What counts only with the term in the headline."""
    return MinorForms(tuple(form.minor_forms.paths), tuple(form.minor_forms.headlines))


def digest(name: str, form: digests.DigestForm, sections: Sequence[str]) -> Digest | None:
    """The digest, with those of its sections that can be read; None when none can."""
    chosen = () if isinstance(form.sections, str) else tuple(s for s in form.sections if s in sections)
    if not chosen and not isinstance(form.sections, str):
        return None
    days = tuple(sorted({WEEKDAYS.index(day) for day in form.days}))
    at = time.fromisoformat(form.at)
    return Digest(
        name,
        form.title,
        chosen,
        days,
        at.hour,
        at.minute,
        tuple(form.to),
        form.top,
        Layout(form.layout),
        _thresholds(form.thresholds),
        form.theme or "",
        holidays=OnHolidays(form.holidays),
        early=_early(form.early),
        alerts=_alerts(form.alerts),
        stale=time.fromisoformat(form.stale) if form.stale else None,
        hold=_hold(form.hold),
    )


def _hold(form: digests.HoldForm | None) -> Hold | None:
    return Hold(time.fromisoformat(form.opens), time.fromisoformat(form.closes)) if form else None


def _thresholds(form: digests.ThresholdsForm) -> Thresholds:
    return Thresholds(form.significance.prominence, form.significance.impact, form.aboutness)


def _alerts(form: digests.AlertsForm | None) -> Alerts | None:
    if form is None:
        return None
    start, _, end = (form.quiet or "").partition("-")
    quiet = (time.fromisoformat(start), time.fromisoformat(end)) if form.quiet else None
    return Alerts(tuple(form.to), tuple(form.webhooks), form.points, quiet)


def _early(form: str | digests.EarlyForm | None) -> Early | None:
    if form is None:
        return None
    if isinstance(form, str):
        return Early(time.fromisoformat(form))
    return Early(time.fromisoformat(form.at), form.publishers)


# --------------------------------------------------------------- the calendar


def overrides(form: digests.HolidaysForm) -> tuple[Override, ...]:
    """What the workspace says of days, in their order."""
    added = [Override(date.fromisoformat(d.day), True, d.name, d.reason) for d in form.holidays]
    taken = [Override(date.fromisoformat(d.day), False, d.name, d.reason) for d in form.working_days]
    return tuple(sorted([*added, *taken], key=lambda said: said.day))


# --------------------------------------------------------------- sources


def group(form: outlets.GroupForm) -> Group:
    """A group of outlets."""
    return Group(form.id, form.name, form.area, form.note)


def outlet(form: outlets.OutletForm, groups: frozenset[str]) -> Outlet:
    """An outlet, with those of its groups that are there."""
    rights = form.rights
    return Outlet(
        id=form.id,
        name=form.name,
        owner=form.owner,
        area=form.area,
        tier=form.tier,
        medium=Medium(form.medium),
        homepage=form.homepage,
        groups=tuple(name for name in form.groups if name in groups),
        rights=Rights(rights.store_text, rights.keep_days, rights.extract_chars, rights.export, rights.keep_words),
        sources=tuple(
            Source(
                id=source.id,
                outlet=form.id,
                kind=SourceKind(source.kind),
                url=source.url,
                note=source.note,
                selector=source.selector or "",
                folder=source.folder or "",
            )
            for source in form.sources
        ),
    )
