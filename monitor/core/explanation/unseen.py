"""Why an address is not stored: no outlet of that host, none of its sources heard, or its page refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile
from urllib.parse import urlsplit

from monitor.core.article import Article
from monitor.core.explanation.way import Link
from monitor.core.explanation.words import counted, listed, outlet_name, sentence, told
from monitor.core.json import Json
from monitor.core.source import Outlet, Source, Sources, SourceState, Trouble

IN_FULL = 3
"""So many outlets of one host are told source by source; of more, those whose addresses begin as the one asked."""


def not_fetched(
    url: str, host: str, outlets: Sequence[Outlet], states: Mapping[str, SourceState], refused: str = ""
) -> Link:
    """The link that says so, for all outlets of the address's host; `refused`: why its page gave nothing now."""
    likely = _likely(url, outlets)
    others = [outlet for outlet in outlets if outlet not in likely]
    said = [line for outlet in likely for line in _of_outlet(outlet, states)]
    said += _of_others(others, states, host, too=bool(likely)) if others else []
    said = said or _of_nobody(url, host)
    if any(source.polled for outlet in outlets for source in outlet.sources):
        said.append("A feed holds its newest items only: what came and went between two readings was never seen.")
    page = [f"Its page cannot be read now: {refused.rstrip('.')}."] if refused else []
    return Link(
        "fetched",
        False,
        " ".join(["It is not stored.", *said, *page]),
        {
            "host": host,
            "outlets": [outlet.id for outlet in outlets],
            "sources": [_json(s, states.get(s.id)) for outlet in outlets for s in outlet.sources],
            "page": refused or None,
        },
    )


def outlet_said(article: Article, unseen: Link | None, sources: Sources) -> str:
    """Whose article it is, as a head: an outlet's name, `one of our 12 outlets at press.example`, or none of ours.

    A host that several outlets share does not say which of them an address that is not stored would be of.
    """
    if article.outlet:
        return outlet_name(article.outlet, sources)
    here = unseen.evidence.get("outlets") if unseen else None
    if unseen and isinstance(here, list) and here:
        if len(here) == 1:
            return outlet_name(here[0], sources)
        return f"one of our {len(here)} outlets at {unseen.evidence['host']}"
    return "no outlet of ours"


def _of_nobody(url: str, host: str) -> list[str]:
    scheme, _, rest = url.partition("://")
    site = f"{scheme}://{rest.partition('/')[0]}/"
    return [
        f"No outlet in sources/ has the host {host or 'of this address'}, so nothing of it is read.",
        f"To have it read: monitor sources add {site if host else 'ADDRESS'} finds its feeds.",
    ]


def _likely(url: str, outlets: Sequence[Outlet]) -> Sequence[Outlet]:
    """All where they are few; of many those whose own addresses share most of its path, where that tells."""
    if len(outlets) <= IN_FULL:
        return outlets
    shared = {o.id: max((_shared(url, s.url) for s in o.sources if s.url), default=0) for o in outlets}
    most = max(shared.values())
    likely = [outlet for outlet in outlets if most and shared[outlet.id] == most]
    return likely if len(likely) <= IN_FULL else []


def _shared(one: str, other: str) -> int:
    """With how many of the same folders two addresses begin."""
    folders = zip(*(urlsplit(url).path.split("/")[1:-1] for url in (one, other)), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], folders))


def _of_others(outlets: Sequence[Outlet], states: Mapping[str, SourceState], host: str, *, too: bool) -> list[str]:
    """Outlets by name, and those of their sources of which nothing is heard."""
    names = listed([outlet.name for outlet in outlets])
    are = f"{counted(len(outlets), 'outlet')} of ours {'is' if len(outlets) == 1 else 'are'} at {host}"
    failing = [s for o in outlets for s in o.sources if s.polled and _fails(states.get(s.id))]
    return [
        f"{are}{', too' if too else ''}, and nothing brought it: {names}.",
        *(sentence(_heard(source, states.get(source.id), "the")) for source in failing),
    ]


def _fails(state: SourceState | None) -> bool:
    return state is None or bool(state.error) or state.last_heard is None


def _of_outlet(outlet: Outlet, states: Mapping[str, SourceState]) -> list[str]:
    polled = [s for s in outlet.sources if s.polled]
    if not polled:
        notes = listed([s.note.rstrip(".") for s in outlet.sources if s.note])
        return [
            f"{outlet.name} is an outlet of ours, and no address of it is read{f': {notes}' if notes else ''}."
        ]
    said = [sentence(_heard(s, states.get(s.id))) for s in polled]
    brought = "which did not bring" if len(polled) == 1 else "none of which brought"
    return [f"{outlet.name} is read by {listed([s.id for s in polled])}, {brought} it.", *said]


def _heard(source: Source, state: SourceState | None, whose: str = "its") -> str:
    known = state or SourceState(source.id)
    if known.trouble is Trouble.GONE:
        return f"the address of {whose} source {source.id} is gone, and is asked no more: {known.error}"
    if known.last_heard is None:
        failed = f" ({known.error})" if known.error else ""
        return f"{whose} source {source.id} has never been heard{failed}{_next(known)}"
    new = (
        f" and last brought something new {told(known.last_new)}" if known.last_new else " and has brought nothing"
    )
    failing = f"; it fails now ({known.error})" if known.error else ""
    return f"{whose} source {source.id} was last heard {told(known.last_heard)}{new}{failing}{_next(known)}"


def _next(state: SourceState) -> str:
    return f"; it is asked next {told(state.next_due)}" if state.next_due else ""


def _json(source: Source, state: SourceState | None) -> Json:
    known = state or SourceState(source.id)
    times = {
        "last_tried": known.last_tried,
        "last_heard": known.last_heard,
        "last_new": known.last_new,
        "next_due": known.next_due,
    }
    return {
        "source": source.id,
        "url": source.url,
        **{name: moment.isoformat() if moment else None for name, moment in times.items()},
        "error": known.error,
    }
