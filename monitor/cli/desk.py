"""`monitor desk`: the next edition as it will go, and an editor's word on its stories."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from monitor import app as house
from monitor.cli.options import HERE, AgreementId, AsJson, Author, DigestId, Home, Reason
from monitor.cli.output import count, finish, print_json, say, table, tell, tell_wrapped
from monitor.core.agreement import Agreement
from monitor.core.curation import PAST, Act, Curation
from monitor.core.dates import LONDON
from monitor.core.digest import Standing
from monitor.core.edition import Mail
from monitor.core.json import Json
from monitor.jobs import desk as job
from monitor.jobs.desk import Desk, DeskItem, Request, SuggestedSection, View

app = typer.Typer(
    help="The editors' desk: show, exclude, include, move, hold, pin, note, add, undo, log.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Names = Annotated[list[str], typer.Argument(help="Numbers on the desk, ids or addresses of stored articles.")]
Name = Annotated[str, typer.Argument(help="A number on the desk, an id or the address of a stored article.")]
AllDigests = Annotated[bool, typer.Option("--all-digests", help="In every digest of the agreement.")]
BESIDE = (
    Standing.AGAIN,
    Standing.HELD_OVER,
    Standing.EXCLUDED,
    Standing.MINOR,
    Standing.UNASSIGNED,
    Standing.NEAR,
)
HEADS = {
    Standing.AGAIN: "TOLD AGAIN, SINCE MORE PUBLISHERS CARRY THEM",
    Standing.HELD_OVER: "HELD FOR THE NEXT EDITION",
    Standing.EXCLUDED: "EXCLUDED",
    Standing.MINOR: "NOT MAJOR",
    Standing.UNASSIGNED: "UNASSIGNED",
    Standing.NEAR: "NEAR MISSES",
}


@app.callback()
def _group() -> None:
    """The editors' desk: show, exclude, include, move, hold, pin, note, add, undo, log."""


@app.command()
def show(
    near_misses: Annotated[bool, typer.Option("--near-misses", help="Also list what was near.")] = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write the mail as it will go to this file.")] = None,
    digest: DigestId = None,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Show the next edition as it will go, each story with its number, and what stands beside it."""
    with house.open_workspace(home) as workspace:
        library = house.usable(workspace.publish().read)
        of = house.chosen(library, agreement)
        view, draft = house.show_desk(workspace, library, of, house.digest_of(library, of, digest))
    if html:
        html.write_text(draft.mail.page, "utf-8")
    if as_json:
        print_json(_view_json(view, draft.mail))
    else:
        _tell_view(view, of, draft.mail, near_misses=near_misses)
    finish(library.faults)


@app.command()
def exclude(
    names: Names,
    all_digests: AllDigests = False,
    author: Author = "",
    reason: Reason = "",
    digest: DigestId = None,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Keep stories out, from now on: with their copies and later texts."""
    request = Request(Act.EXCLUDE, tuple(names), author, reason, all_digests=all_digests)
    _act(request, digest, agreement, home, as_json=as_json)


@app.command()
def include(
    name: Name,
    author: Author = "",
    reason: Reason = "",
    digest: DigestId = None,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Let a story go again that an editor excluded or held: undoes that."""
    with house.open_workspace(home) as workspace:
        desk = _desk(workspace, digest, agreement)
        _tell_acts(job.include(desk, name, author, reason), desk, as_json=as_json)


@app.command()
def move(
    name: Name,
    section: Annotated[str, typer.Argument(help="The id of the section to file it in.")],
    all_digests: AllDigests = False,
    author: Author = "",
    reason: Reason = "",
    digest: DigestId = None,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """File a story in another section, from now on."""
    request = Request(Act.MOVE, (name,), author, reason, section=section, all_digests=all_digests)
    _act(request, digest, agreement, home, as_json=as_json)


@app.command()
def hold(
    names: Names,
    author: Author = "",
    reason: Reason = "",
    digest: DigestId = None,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Keep stories for the edition after the next."""
    _act(Request(Act.HOLD, tuple(names), author, reason), digest, agreement, home, as_json=as_json)


@app.command()
def pin(
    names: Names,
    author: Author = "",
    reason: Reason = "",
    digest: DigestId = None,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Put stories before all others in the next edition, in the order given."""
    _act(Request(Act.PIN, tuple(names), author, reason), digest, agreement, home, as_json=as_json)


@app.command()
def note(
    name: Name,
    text: Annotated[str, typer.Argument(help="The line to set above it.")],
    author: Author = "",
    reason: Reason = "",
    digest: DigestId = None,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Set a line above a story in the next edition."""
    _act(Request(Act.NOTE, (name,), author, reason, text=text), digest, agreement, home, as_json=as_json)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="An address, or a number, id or address of a stored article.")],
    section: Annotated[str, typer.Option("--section", help="The section to file it in.")] = "",
    all_digests: AllDigests = False,
    author: Author = "",
    reason: Reason = "",
    digest: DigestId = None,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Bring in a story that the rules left out, or a missed article by its address: it is fetched and stored."""
    request = Request(Act.ADD, (name,), author, reason, section=section, all_digests=all_digests)
    _act(request, digest, agreement, home, as_json=as_json)


@app.command()
def undo(
    act: Annotated[int, typer.Argument(help="The number of the act, as the log has it.")],
    author: Author = "",
    reason: Reason = "",
    digest: DigestId = None,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Let an act count no longer; both stay in the log."""
    with house.open_workspace(home) as workspace:
        desk = _desk(workspace, digest, agreement)
        _tell_acts([job.undo(desk, act, author, reason)], desk, as_json=as_json)


@app.command()
def log(
    digest: DigestId = None, agreement: AgreementId = None, home: Home = HERE, as_json: AsJson = False
) -> None:
    """List everything that editors said of a digest, the oldest first."""
    with house.open_workspace(home) as workspace:
        desk = _desk(workspace, digest, agreement)
        acts = job.log(desk)
        if as_json:
            for act in acts:
                print_json(act.to_json())
        else:
            table(("act", "at", "by", "what", "reason"), [_log_row(act, acts, desk) for act in acts])
            tell(count(len(acts), "act"))
    finish()


def _desk(workspace: house.Workspace, digest: str | None, agreement: str | None) -> Desk:
    library = house.usable(workspace.publish().read)
    of = house.chosen(library, agreement)
    return house.desk_of(workspace, library, of, house.digest_of(library, of, digest))


def _act(request: Request, digest: str | None, agreement: str | None, home: Path, *, as_json: bool) -> None:
    with house.open_workspace(home) as workspace:
        library = house.usable(workspace.publish().read)
        of = house.chosen(library, agreement)
        desk = house.desk_of(workspace, library, of, house.digest_of(library, of, digest))
        _tell_acts(house.act_on(workspace, library, desk, request), desk, as_json=as_json)


# --------------------------------------------------------------- for a person


def _tell_acts(acts: Sequence[Curation], desk: Desk, *, as_json: bool) -> None:
    if as_json:
        for act in acts:
            print_json(act.to_json())
        finish()
    for act in acts:
        tell_wrapped(f"act {act.no}: {_what(act, desk)}")
        if act.act is Act.MOVE and desk.agreement.profile(act.section).significance:
            tell_wrapped(
                f"{desk.agreement.title(act.section)} asks for major stories: one that was not major stays held "
                "back there; monitor desk add brings it in",
                2,
                2,
            )
    finish()


def _what(act: Curation, desk: Desk) -> str:
    """`“Ferry late” excluded from morning`."""
    if act.act is Act.UNDO:
        return f"act {act.undoes} counts no longer"
    [*_, article] = desk.records.texts(act.line)
    where = act.edition.partition("/")[2] or act.digest or "every digest"
    into = f" to {act.section}" if act.section else ""
    said = f": “{act.text}”" if act.text else ""
    return f"“{article.headline or article.url}” ({article.id[:10]}) {PAST[act.act]}{into}, {where}{said}"


def _log_row(act: Curation, acts: Sequence[Curation], desk: Desk) -> tuple[object, ...]:
    undone = next((c.no for c in acts if c.undoes == act.no), None)
    what = _what(act, desk) + (f" (undone by act {undone})" if undone else "")
    return str(act.no), _time(act), act.author, what, act.reason


def _time(act: Curation) -> str:
    return f"{act.at.astimezone(LONDON):%d %b %Y %H:%M}"


def _tell_view(view: View, agreement: Agreement, mail: Mail, *, near_misses: bool) -> None:
    tell(f"{view.title}, edition {view.edition}")
    tell(_when(view))
    tell(f"Subject: {mail.subject}")
    if view.authors:
        tell(f"At the desk: {', '.join(view.authors)}")
    shown = view.standing(Standing.SHOWN)
    for section in dict.fromkeys(item.section for item in shown):
        tell(f"\n{agreement.profile(section).title}")
        _tell_items([item for item in shown if item.section == section], is_open=view.is_open)
    if not shown:
        tell("\nNo story.")
    for standing in BESIDE:
        items = view.standing(standing)
        if items and standing is Standing.NEAR and not near_misses:
            say(f"{count(len(items), 'near miss', 'near misses')}: --near-misses lists them")
        elif items:
            tell(f"\n{HEADS[standing]}")
            _tell_items(items, is_open=view.is_open)


def _when(view: View) -> str:
    hours = view.hours
    goes = f"goes {view.window.end.astimezone(LONDON):%a %d %b at %H:%M}"
    if hours is None:
        return f"{goes}; editors may act until it is made"
    closes = f"{hours.closes.astimezone(LONDON):%H:%M}"
    return f"{goes}; the desk {'closes' if view.is_open else 'closed'} at {closes}"


def _tell_items(items: Sequence[DeskItem], *, is_open: bool) -> None:
    for item in items:
        marks = [mark for mark, is_so in (("major", item.major), ("new", item.new)) if is_so]
        marked = f" [{', '.join(marks)}]" if marks else ""
        others = f" and {item.others} more" if item.others else ""
        tell_wrapped(f"{item.no:>3}  {item.headline}{marked}", hang=5)
        tell_wrapped(f"{item.outlet}{others} · {item.why}", 5)
        if item.suggestion and is_open:
            _tell_suggestion(item, item.suggestion)
        for act in item.acts:
            into = f" to {act.section}" if act.section else ""
            said = f": “{act.text}”" if act.text else ""
            tell_wrapped(f"{PAST[act.act]}{into}{said}, {act.author}, act {act.no}: {act.reason}", 5)


def _tell_suggestion(item: DeskItem, suggestion: SuggestedSection) -> None:
    """What is suggested, and the command that takes it."""
    tell_wrapped(f"Suggested: {suggestion.section}. {suggestion.why}", 5)
    into = suggestion.section if suggestion.act is Act.MOVE else f"--section {suggestion.section}"
    tell_wrapped(f"monitor desk {suggestion.act} {item.no} {into} --reason ...", 5, 2)


# --------------------------------------------------------------- for a program


def _view_json(view: View, mail: Mail) -> Json:
    return {
        "edition": view.edition,
        "goes": view.window.end.isoformat(),
        "opens": view.hours.opens.isoformat() if view.hours else None,
        "closes": view.hours.closes.isoformat() if view.hours else None,
        "open": view.is_open,
        "laid_out": view.opened.isoformat() if view.opened else None,
        "authors": list(view.authors),
        "subject": mail.subject,
        "items": [_item_json(item) for item in view.items],
        "acts": [act.to_json() for act in view.acts],
    }


def _item_json(item: DeskItem) -> Json:
    return {
        "no": item.no,
        "standing": str(item.standing),
        "section": item.section or None,
        "article": item.article,
        "headline": item.headline,
        "url": item.url,
        "outlet": item.outlet,
        "others": item.others,
        "major": item.major,
        "new": item.new,
        "first_seen": item.first_seen.isoformat() if item.first_seen else None,
        "why": item.why,
        "acts": [act.no for act in item.acts],
        "suggestion": _suggestion_json(item.suggestion),
    }


def _suggestion_json(suggestion: SuggestedSection | None) -> Json:
    if suggestion is None:
        return None
    return {"section": suggestion.section, "act": str(suggestion.act), "why": suggestion.why}
