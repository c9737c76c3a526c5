"""What became of an article on its way into one edition of a digest: why is this (not) in my digest?

A chain of links, each a sentence: the first that does not hold is the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from monitor.core.article import Article
from monitor.core.curation import Act
from monitor.core.digest.composing import sections_of
from monitor.core.edition import DeliveryState, ItemState
from monitor.core.explanation.account import NO_TERM
from monitor.core.explanation.rules import clause
from monitor.core.explanation.way import COUNTED, NAMED, Fate, Link, Shown, Way
from monitor.core.explanation.words import counted, listed, outlet_name, sentence, told
from monitor.core.fault import JUDGEMENT
from monitor.core.json import Json
from monitor.core.match import UNASSIGNED, Outcome

MINUTE = timedelta(minutes=1)
"""An edition that was made so soon after its time was not late."""


def fate(way: Way) -> Fate:
    """The chain as far as the article came."""
    links: list[Link] = []
    for ask in _LINKS:
        link = ask(way)
        if link:
            links.append(link)
            if not link.holds:
                break
    if links[-1].name == "section" and not links[-1].holds and way.shown:
        links.append(_named_all_the_same(way, way.shown))
    edition = way.edition.id if way.edition else None
    return Fate(way.digest.id, way.digest.title, edition, way.closes, tuple(links))


# --------------------------------------------------------------- until it is judged


def _fetched(way: Way) -> Link:
    article = way.article
    source = f" from {outlet_name(article.outlet or article.source, way.sources)}" if article.source else ""
    seen = f"it was first seen {told(article.first_seen)}{source}" if article.first_seen else "it is stored"
    evidence: dict[str, Json] = {"source": article.source, "first_seen": _iso(article.first_seen)}
    return Link("fetched", True, sentence(seen), evidence)


def _window(way: Way) -> Link | None:
    """Whether it was seen in time: not after the edition was made, not long before its window."""
    seen, made = way.article.first_seen, way.made_at
    if seen is None:
        return None
    evidence: dict[str, Json] = {
        "first_seen": _iso(seen),
        "closes": _iso(way.closes),
        "made_at": _iso(made),
        "went_to": way.went_to or None,
    }
    if made and seen > made:
        then = f"; {way.went_to}" if way.went_to else ""
        said = f"the edition closed {told(way.closes)} and was made {told(made)}, before it was first seen{then}"
        return Link("window", False, sentence(said), evidence)
    if not way.in_reach:
        said = (
            f"it counts as first seen {told(seen)}, and the edition looks back to {told(way.looks_from)} only: "
            "it belongs to an earlier one"
        )
        return Link("window", False, sentence(said), evidence)
    if made and seen - way.closes >= MINUTE:
        closed = f"the edition of {told(way.closes)} was made late, {told(made)}"
    else:
        closed = f"the edition closed {told(way.closes)}" if made else f"the edition closes {told(way.closes)}"
    return Link("window", True, sentence(f"it was seen in time: {closed}"), evidence)


def _text(way: Way) -> Link | None:
    """Whether this text of it is the one the edition had."""
    if way.later is None:
        return None
    said = f"its text changed before the edition was made: {way.later.id} took its place, seen {_seen(way.later)}"
    return Link("text", False, sentence(said), {"later_text": way.later.id})


def _seen(article: Article) -> str:
    return told(article.first_seen) if article.first_seen else "later"


def _judged(way: Way) -> Link:
    judgement, at, made = way.judgement, way.judged_at, way.made_at
    if judgement is None or at is None:
        return Link("judged", False, "It has not been judged yet: the next monitor run does so.", {"at": None})
    evidence: dict[str, Json] = {"at": _iso(at), "evidence": str(judgement.evidence)}
    broken = next((fault for fault in judgement.faults if fault.field == JUDGEMENT), None)
    if broken:
        return Link("judged", False, sentence(f"it {broken.what}"), {**evidence, "fault": broken.to_json()})
    if made and at > made:
        said = f"it was judged {told(at)}, after the edition was made {told(made)}"
        return Link("judged", False, sentence(said), evidence)
    kept_back = way.article.kept_back
    why = way.article.shortfall.removeprefix("nothing, as ") if kept_back else "its page gave no text"
    alone = f" on its {judgement.evidence} alone: {why}" if judgement.provisional else ""
    return Link("judged", True, sentence(f"it was judged {told(at)}{alone}"), evidence)


# --------------------------------------------------------------- by the rules


def _section(way: Way) -> Link:
    """Whether a section of the digest takes it by itself."""
    mine = {p.section for p in sections_of(way.agreement, way.digest)}
    evidence: dict[str, Json] = {
        "sections": [
            {"section": a.section, "verdict": str(a.outcome), "decided_by": a.decided_by, "sentence": a.sentence}
            for a in way.accounts
            if a.section in mine
        ]
    }
    if way.sections:
        titles = [way.agreement.profile(s).title for s in way.sections]
        return Link("section", True, sentence(f"it belongs to {listed(titles)}"), evidence)
    said, added = _why_in_none(way, mine), way.said.act is Act.ADD
    if added and way.filed is None and way.item is None:
        into = way.said.filed
        where = f" to {way.agreement.title(into.section)}" if into else ""
        said.append(f"An editor added it{where}, and this digest has no such section.")
        added = False
    return Link("section", added, " ".join(said), evidence)


def _why_in_none(way: Way, mine: set[str]) -> list[str]:
    """Sentences: what came nearest first."""
    judgement = way.judgement
    if judgement and judgement.primary == UNASSIGNED:
        return [
            f"It is by {judgement.recategorised}, a journalist of the list, and fits no section: it waits in "
            "unassigned, which goes into no digest."
        ]
    if judgement and judgement.sections:
        there = listed([way.agreement.title(s) for s in judgement.sections])
        return [f"It belongs to {there}, and this digest has no such section."]
    told_of = [a for a in way.accounts if a.section in mine]
    near = [a for a in told_of if a.outcome is Outcome.NEAR_MISS]
    out = [a for a in told_of if a.outcome is Outcome.OUT and a.decided_by != NO_TERM]
    silent = [a for a in told_of if a.decided_by == NO_TERM]
    said = ["No section takes it."]
    said += [f"Near miss in {a.title}: {_small(a.sentence)}" for a in near]
    said += [f"Out of {a.title}: {_small(a.sentence)}" for a in out]
    if silent:
        other = "other " if near or out else ""
        many = f"any of the {other}{counted(len(silent), 'section')}" if len(silent) > 1 else silent[0].title
        said.append(f"No term of {many} stands in it.")
    return said + [f"But for {a.title} {near}." for a in silent for near in a.nearby]


def _small(said: str) -> str:
    return said[:1].lower() + said[1:]


def _named_all_the_same(way: Way, shown: Shown) -> Link:
    said = f"even so it is named as a copy of the story that {_where(way, shown)} shows {_by(way, shown)}"
    return Link("story", True, sentence(said + _by_word(way)), _shown_json(way, shown))


# --------------------------------------------------------------- by editors


def _curation(way: Way) -> Link | None:
    """What editors said of its story; what they said after it went out in an edition keeps nothing back."""
    said = way.said
    if not said.acts:
        return None
    out = (ItemState.EXCLUDED, ItemState.HELD_OVER)
    keeps = not said.goes or bool(way.filed and way.filed.moved_out)
    keeps = way.item.state in out if way.item else keeps and way.shown is None
    title = way.agreement.title
    sentences = " ".join(sentence(f"editors: {act.sentence(title)}") for act in said.acts)
    return Link("curation", not keeps, sentences, {"acts": [act.to_json() for act in said.acts]})


# --------------------------------------------------------------- by its story


def _earlier(way: Way) -> Link | None:
    """Whether an earlier edition has brought the story."""
    shown, here = way.shown, way.edition.id if way.edition else None
    if shown is None or shown.edition == here:
        return None
    if way.item and way.item.state is ItemState.DEVELOPED:
        said = (
            f"its story was in the digest before, in {_where(way, shown)}, and has grown since: it is told again"
        )
        return Link("earlier", True, sentence(said), _shown_json(way, shown))
    said = f"its story has been in the digest before: {_where(way, shown)} shows it {_by(way, shown)}"
    if shown.article.line == way.article.line:
        said = f"an earlier text of it, {shown.article.id}, was shown in {shown.edition}"
        if way.item and way.item.state is ItemState.UPDATED:
            said += "; what this one changed was told in this edition, among what was updated"
    return Link("earlier", False, sentence(said + _by_word(way)), _shown_json(way, shown))


def _significance(way: Way) -> Link | None:
    """Whether its story is major enough for the section it would be filed in."""
    held = way.item.state is ItemState.HELD if way.item else bool(way.filed and not way.filed.sections)
    finding = way.finding
    if not held:
        return _let_through(way)
    evidence: dict[str, Json] = {"section": way.filed.section if way.filed else None}
    said = "the edition held it back as not major"
    if finding:
        evidence |= finding.evidence
        said = (
            f"{said}, and now it is {clause(finding, way.sources)}"
            if finding.holds
            else clause(finding, way.sources)
        )
    if way.filed and way.filed.found_in and not way.filed.sections:
        there = way.agreement.title(way.filed.section)
        said += f"; {there}, where an editor filed it, asks for major stories, too"
    return Link("significance", False, sentence(said + _again(way)), {**evidence, "until": _iso(way.again_until)})


def _let_through(way: Way) -> Link | None:
    """That its story is major, or goes without, as an editor filed it elsewhere."""
    finding, filed = way.finding, way.filed
    if finding is None or filed is None:
        return None
    said = clause(finding, way.sources)
    if not finding.holds:
        if not filed.found_in:
            return None
        said += f"; it goes all the same, as an editor filed it in {way.agreement.title(filed.section)}"
    return Link("significance", True, sentence(said), finding.evidence)


def _again(way: Way) -> str:
    if way.article.first_seen is None:
        return ""
    if way.again_until is None:
        return "; no later edition looks so far back"
    return f"; it is looked at again for each edition up to that of {told(way.again_until)}"


def _story(way: Way) -> Link | None:
    """Whether it is shown itself, or folded under another article of its story."""
    shown = way.shown
    if way.item and way.item.state is ItemState.DEVELOPED:
        return None
    if shown is None and way.edition is None and way.filed and way.filed.shown.id != way.article.id:
        other = way.filed.shown
        said = f"its story would be shown by {outlet_name(other.outlet, way.sources)}, “{other.headline}”"
        return Link("story", False, sentence(said), {"article": other.id, "edition": None})
    if shown is None and way.item and way.item.state is ItemState.COPY:
        return Link("story", False, "It is folded into a story that another text of it is shown for.", {})
    if shown is None or shown.article.id == way.article.id:
        return None
    said = f"it is folded into the story that {_where(way, shown)} shows {_by(way, shown)}"
    if way.article.outlet not in (None, shown.article.outlet):
        said += f"; {outlet_name(way.article.outlet, way.sources)} is named there among the copies"
    return Link("story", False, sentence(said + _by_word(way)), _shown_json(way, shown))


def _where(way: Way, shown: Shown) -> str:
    return "this edition" if way.edition and way.edition.id == shown.edition else f"edition {shown.edition}"


def _by(way: Way, shown: Shown) -> str:
    by = outlet_name(shown.article.outlet, way.sources) if shown.article.outlet else "another address"
    return f"by {by}: “{shown.article.headline or shown.article.url}”"


def _by_word(way: Way) -> str:
    """Whose word made it one story, where it was not their texts."""
    joined = way.joined
    return f"; {joined.author} joined them {told(joined.at)}: {joined.reason}" if joined else ""


def _shown_json(way: Way, shown: Shown) -> dict[str, Json]:
    joined = way.joined
    decided: Json = {"author": joined.author, "at": _iso(joined.at), "reason": joined.reason} if joined else None
    return {
        "edition": shown.edition,
        "article": shown.article.id,
        "outlet": shown.article.outlet,
        "joined": decided,
    }


# --------------------------------------------------------------- in the mail


def _edition(way: Way) -> Link:
    if way.edition is None:
        return Link(
            "edition", False, f"It waits for the edition that closes {told(way.closes)}.", {"edition": None}
        )
    evidence: dict[str, Json] = {"edition": way.edition.id, "section": way.item.section if way.item else None}
    if way.item is None:
        said = "the edition did not take it, and keeps no reason: its rules were others then"
        return Link("edition", False, sentence(said), evidence)
    verb = "tells it again, as a development," if way.item.state is ItemState.DEVELOPED else "shows it"
    said = f"the edition {verb} under {way.agreement.title(way.item.section)}"
    return Link("edition", True, sentence(said), evidence)


def _mail(way: Way) -> Link | None:
    if way.mail == NAMED:
        return Link("mail", False, "The mail was too long: only its headline stands in it.", {"mail": NAMED})
    if way.mail == COUNTED:
        return Link("mail", False, "The mail was too long: it is counted there, and not named.", {"mail": COUNTED})
    return None


def _delivery(way: Way) -> Link:
    states = [d.state for d in way.deliveries]
    counts: dict[str, Json] = {str(s): states.count(s) for s in DeliveryState if s in states}
    sent = states.count(DeliveryState.SENT)
    if sent == len(states):
        said = f"it was delivered to {counted(sent, 'recipient')}" if states else "the digest has no recipient"
        return Link("delivery", bool(states), sentence(said), {"deliveries": counts})
    answers = list(
        dict.fromkeys(d.answer for d in way.deliveries if d.state is not DeliveryState.SENT and d.answer)
    )
    others = listed([f"{n} {state}" for state, n in counts.items() if state != DeliveryState.SENT])
    said = f"it reached {sent} of {counted(len(states), 'recipient')}; the others: {others}"
    said += f" ({'; '.join(answers)})" if answers else ""
    return Link("delivery", False, sentence(said), {"deliveries": counts})


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


_LINKS: tuple[Callable[[Way], Link | None], ...] = (
    _fetched,
    _window,
    _text,
    _judged,
    _section,
    _curation,
    _earlier,
    _significance,
    _story,
    _edition,
    _mail,
    _delivery,
)
