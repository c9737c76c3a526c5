"""What differs between two states of an agreement, and which articles may be judged otherwise for it.

For each difference stand the words that an article must hold for its judgement to differ. That this is sound rests
on the matcher: a section says nothing of an article in which none of its terms (and none of the phrases that its
query wants) stands; sections take no hits from one another; and filing goes by what the sections say. What an
article owes to others of its story is not here: see `jobs/replay.py`.

An article that holds none of a change's words is judged the same before and after it. Of several changes, made one
after the other, at least one must then concern any article whose judgement differs.

Most of these stay where they are, with another proof. Where an article is filed goes by the sections that take it:
one that comes, goes or moves is taken, before or after, by a section that changed, and holds what that asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from monitor.core.agreement import Agreement
from monitor.core.editing.renaming import renamed
from monitor.core.profile import ContextRule, Kind, PlaceRule, Profile, Term
from monitor.core.replay.words import (
    EVERYTHING,
    NOTHING,
    Words,
    all_of,
    any_of,
    of_context_word,
    of_inside,
    of_phrases,
    of_section,
    of_term,
    of_unapproved,
)
from monitor.core.source import Sources

BYLINES = (
    "an article by a journalist of the list is judged by other rules, whatever words stand in it, "
    "and the index of words has no bylines"
)


@dataclass(frozen=True, slots=True)
class State:
    """An agreement as it is judged with: its profiles, and the outlets they name."""

    agreement: Agreement
    sources: Sources


@dataclass(frozen=True, slots=True)
class Change:
    """One difference that can change a judgement."""

    section: str
    """Section id; '' for what all sections share."""
    what: str
    """`term Universal Credit added`, `the place rules changed`."""
    words: Words
    """What an article must hold for this to matter to it."""
    term: str = ""
    """The term it is about; '' for a rule."""
    why: str = ""
    """Why every article must be looked at, when nothing narrower is sound."""


def changes(old: State, new: State) -> tuple[Change, ...]:
    """Every difference between the two that can change a judgement; none: they judge alike."""
    before, after = old.agreement, new.agreement
    found = list(_shared(old, new))
    for section in dict.fromkeys((*before.order, *after.order)):
        if section not in after.order:
            found.append(Change(section, "section removed", _all_of_it(before.profile(section))))
        elif section not in before.order:
            found.append(Change(section, "section added", _all_of_it(after.profile(section))))
        else:
            found += _of_section(before.profile(section), after.profile(section))
    return tuple(change for change in found if change.words != NOTHING)


def concerned(found: Iterable[Change]) -> Words:
    """What an article must hold for any of the changes to matter to it."""
    return any_of(change.words for change in found)


def moving(found: Iterable[Change], old: State, new: State) -> Words:
    """What an article must hold for any of the changes to bring it in, take it out or file it elsewhere."""
    profiles = [p for state in (old, new) for p in state.agreement.profiles]

    def inside(section: str) -> Words:
        return any_of(of_inside(p) for p in profiles if section in ("", p.section))

    # By a byline an article is filed though no section takes it: a change of these concerns every article.
    return any_of(c.words if c.why else all_of([c.words, inside(c.section)]) for c in found)


def significance_differs(old: State, new: State) -> bool:
    """Whether an article can be major in the one and not in the other, though the sections say the same of it."""
    rules = [{p.section: p.significance for p in s.agreement.profiles if p.significance} for s in (old, new)]
    same = old.agreement.minor == new.agreement.minor and _telling(old.sources) == _telling(new.sources)
    return any(rules) and not (same and rules[0] == rules[1])


def judged_on_stories(*states: State) -> Words:
    """What an article must hold to be judged on its story: a term of a section that takes major stories only."""
    return any_of(of_section(p) for state in states for p in state.agreement.profiles if p.significance)


def _everything_said(old: State, new: State) -> Words:
    return any_of(of_section(p) for state in (old, new) for p in state.agreement.profiles)


def _all_of_it(profile: Profile) -> Words:
    return any_of([of_section(profile), *map(of_unapproved, profile.terms)])


# --------------------------------------------------------------- what all sections share


def _shared(old: State, new: State) -> Iterator[Change]:
    before, after = old.agreement, new.agreement
    for blocker in sorted(set(before.blockers) ^ set(after.blockers)):
        done = "added" if blocker in after.blockers else "removed"
        yield Change("", f"blocker {blocker} of all sections {done}", of_phrases([blocker]))
    if _bylines(before) != _bylines(after):
        yield Change("", "the journalists whose articles are recategorised changed", EVERYTHING, why=BYLINES)
    if before.minor != after.minor:
        yield Change("", "what counts only with the term in the headline changed", judged_on_stories(old, new))
    if _moved(before.order, after.order):
        yield Change("", "the order of the sections changed", _everything_said(old, new))
    if _telling(old.sources) != _telling(new.sources):
        yield Change("", "outlets or groups changed", _everything_said(old, new))


def _bylines(agreement: Agreement) -> list[tuple[str, tuple[str, ...]]]:
    return [(p.section, p.bylines) for p in agreement.profiles if p.bylines]


def _telling(sources: Sources) -> tuple[object, object]:
    """What rules look at of outlets and groups."""
    outlets = {o.id: (o.owner, o.area, o.tier, frozenset(o.groups)) for o in sources.outlets.values()}
    return outlets, {g.id: g.area for g in sources.groups.values()}


def _moved(before: Sequence[Any], after: Sequence[Any]) -> bool:
    """Whether what both have stands in another order, or stands twice."""
    both = set(before) & set(after)
    kept = [[name for name in names if name in both] for names in (before, after)]
    return kept[0] != kept[1] or any(len(set(names)) < len(names) for names in (before, after))


# --------------------------------------------------------------- one section


def _of_section(old: Profile, new: Profile) -> Iterator[Change]:
    section = new.section
    anchors = any_of([of_section(old), of_section(new)])
    yield from _terms(old, new)
    if old.query != new.query:
        without = replace(old, terms=()), replace(new, terms=())
        yield Change(section, "the query changed", any_of(map(of_section, without)))
    if old.context != new.context:
        near = _context(old.context, new.context)
        yield Change(section, "the context rules changed", all_of([anchors, near]))
    if old.place != new.place:
        yield Change(section, "the place rules changed", all_of([anchors, _place(old.place, new.place)]))
    for rule in ("aboutness", "significance", "sources"):
        if getattr(old, rule) != getattr(new, rule):
            said = "the sources" if rule == "sources" else f"the rule of {rule}"
            yield Change(section, f"{said} changed", anchors)


def _terms(old: Profile, new: Profile) -> Iterator[Change]:
    section = new.section
    if _moved([t.name for t in old.terms], [t.name for t in new.terms]):
        # Of overlapping terms of one length the first is credited: any of them may be another now.
        yield Change(section, "the terms stand in another order", any_of([_all_of_it(old), _all_of_it(new)]))
    before, after = ({t.name: t for t in profile.terms} for profile in (old, new))
    names = renamed(list(before.items()), list(after.items()), _same_but_named)
    for name in dict.fromkeys((*before, *(name for name in after if name not in names.values()))):
        was, now = before.get(name), after.get(names.get(name, name))
        if was and now:
            if name in names:
                yield Change(section, f"term {name} is now {now.name}", _all_of_both(was, now), term=now.name)
            elif was != now and replace(was, note="") != replace(now, note=""):
                yield Change(section, f"term {name} changed", _changed_term(was, now), term=name)
        elif term := was or now:
            done = "added" if now else "removed"
            words = any_of([of_term(term), of_unapproved(term)])
            yield Change(section, f"term {name} {done}", words, term=name)


def _same_but_named(old: Term, new: Term) -> bool:
    return replace(old, name="", note="") == replace(new, name="", note="")


def _all_of_both(old: Term, new: Term) -> Words:
    return any_of([of_term(old), of_term(new), of_unapproved(old), of_unapproved(new)])


def _changed_term(old: Term, new: Term) -> Words:
    """The words of what was added to a term or taken from it, where that alone can matter; else of all of it."""
    if _without_lists(old) != _without_lists(new) or old.kind is Kind.PERSON or old.near:
        return _all_of_both(old, new)
    aliases = ({a.text for a in term.aliases if not a.approved} for term in (old, new))
    standing = any_of([of_term(old), of_term(new)])
    return any_of(
        [
            of_phrases(_either(old.forms, new.forms)),
            of_phrases(_either(*aliases)),
            of_phrases(_either(old.blockers, new.blockers)),
            all_of([standing, of_phrases(_either(old.abbreviations, new.abbreviations))]),
        ]
    )


def _without_lists(term: Term) -> Term:
    return replace(term, match=(), aliases=(), abbreviations=(), blockers=(), note="")


def _either(old: Iterable[str], new: Iterable[str]) -> list[str]:
    """What stands in one of them alone."""
    return sorted(set(old) ^ set(new))


def _context(old: Sequence[ContextRule], new: Sequence[ContextRule]) -> Words:
    """The context words that were added, removed or changed; everything when more than words changed."""
    if [replace(r, any=()) for r in old] != [replace(r, any=()) for r in new]:
        return EVERYTHING
    pairs = list(zip(old, new, strict=True))
    if any(_moved(a.any, b.any) for a, b in pairs):
        return EVERYTHING  # of two that stand equally near the first is the proof
    return any_of(of_context_word(word) for a, b in pairs for word in set(a.any) ^ set(b.any))


def _place(old: Sequence[PlaceRule], new: Sequence[PlaceRule]) -> Words:
    """The words, places and blockers that were added or removed; everything when more than these changed."""
    bare = [
        [replace(r, place=replace(r.place, words=(), places=(), blockers=())) for r in rs] for rs in (old, new)
    ]
    if bare[0] != bare[1]:
        return EVERYTHING
    lists = [(r.place, s.place) for r, s in zip(old, new, strict=True)]
    words = [_either((*a.words, *a.places), (*b.words, *b.places)) for a, b in lists]
    return any_of(
        of_phrases([*own, *_either(a.blockers, b.blockers)]) for own, (a, b) in zip(words, lists, strict=True)
    )
