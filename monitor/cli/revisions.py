"""`monitor profiles history`, `publish`, `restore`: who changed what and why, signed, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor import app
from monitor.cli.askings import ORIGIN, tell_asked
from monitor.cli.options import HERE, AgreementId, AsJson, Author, Home, Reason
from monitor.cli.output import count, print_json, say, table, tell
from monitor.core.dates import LONDON
from monitor.core.json import Json
from monitor.core.revision import Numbered
from monitor.errors import InputError
from monitor.jobs.revise import Place, Signed, earlier, publish_draft, publish_file
from monitor.jobs.revise import history as history_of
from monitor.jobs.revise import restore as restore_revision

File = Annotated[
    str, typer.Argument(help="A section's id, or a file: digests.yaml, agreement.yaml, sources/groups.yaml.")
]


def history(
    file: Annotated[str | None, typer.Argument(help="One section's id or file; without it, all of them.")] = None,
    show: Annotated[
        int | None, typer.Option("--show", help="The lines that this revision of the file changed.", min=1)
    ] = None,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """List what was published, the latest first: which file, when, by whom, why, how many lines changed."""
    if show is not None and file is None:
        raise InputError("--show needs a file: the numbers are each file's own")
    with app.open_workspace(home) as workspace:
        if file is None:
            found = app.published(workspace, agreement)
        else:
            found = history_of(workspace.store, app.place_of(workspace, file, agreement))[::-1]
    if show is None:
        _tell(found, as_json=as_json)
    else:
        _tell_change(_of_number(found, show), as_json=as_json)


def publish(
    file: File,
    author: Author,
    reason: Reason,
    draft: Annotated[
        Path | None,
        typer.Option("--from", help="Take the content from this file, and write it into the workspace's own."),
    ] = None,
    over: Annotated[
        int | None, typer.Option("--over", help="With --from: the revision that the draft was made from.")
    ] = None,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Publish a file as it stands, or a draft of it, under a name and a reason; the next run would do it unsigned.

    Where the agreement asks for a second person it waits until another editor has confirmed it.

    Nothing is published when it has faults, or when somebody else changed it meanwhile. What is sound in it
    and yet unwise is told.
    """
    signed = Signed(author, reason)
    if (draft is None) != (over is None):
        raise InputError(
            "--from and --over go together: the draft, and the number of the revision it was made from, "
            "as `monitor profiles history FILE` gives it; what was published since would be taken back unseen"
        )
    with app.open_workspace(home) as workspace:
        reviser, place = app.reviser(workspace), app.place_of(workspace, file, agreement)
        if app.wants_second_person(workspace, place.agreement):
            text, base = _to_ask(workspace, place, draft, over)
            asked = app.ask_for_file(workspace, place, text, base, signed, ORIGIN)
            tell_asked(workspace, asked, as_json=as_json)
            return
        if draft is None or over is None:
            publish_file(reviser, place, signed)
        else:
            seen = _of_number(history_of(workspace.store, place)[::-1], over).revision
            publish_draft(reviser, place, _text(draft), seen.fingerprint, signed)
        _tell_done(history_of(workspace.store, place)[-1], place, as_json=as_json)
        for advice in app.advice_on_file(workspace, place):
            say(f"advice: {advice}")


def restore(
    file: File,
    revision: Annotated[int, typer.Argument(help="Its number, as `monitor profiles history FILE` gives it.")],
    author: Author,
    reason: Reason,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Bring an earlier revision of a file back, as a new revision; nothing is erased.

    Where the agreement asks for a second person it waits until another editor has confirmed it.
    """
    signed = Signed(author, reason)
    with app.open_workspace(home) as workspace:
        place = app.place_of(workspace, file, agreement)
        if app.wants_second_person(workspace, place.agreement):
            text, base = earlier(workspace.store, place, revision)
            asked = app.ask_for_file(workspace, place, text, base, signed, ORIGIN)
            tell_asked(workspace, asked, as_json=as_json)
            return
        restore_revision(app.reviser(workspace), place, revision, signed)
        _tell_done(history_of(workspace.store, place)[-1], place, as_json=as_json)


def _to_ask(workspace: app.Workspace, place: Place, draft: Path | None, over: int | None) -> tuple[str, str]:
    """What is asked for, and the fingerprint of the revision that it goes over."""
    if draft is not None and over is not None:
        return _text(draft), _of_number(history_of(workspace.store, place)[::-1], over).revision.fingerprint
    content = app.reviser(workspace).library.text(place.agreement, place.file)
    if content is None:
        raise InputError(f"{place}: there is no such file, or it is empty")
    of, known = (place.agreement, place.file), workspace.store.revisions_in_force()
    return content, next((one.fingerprint for one in known if (one.agreement, one.file) == of), "")


def _text(draft: Path) -> str:
    try:
        return draft.read_bytes().decode("utf-8")
    except OSError as error:
        raise InputError(f"{draft}: {error.strerror or error}: give the file that holds the draft") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{draft}: it is not UTF-8 (byte {error.start + 1}): save it as UTF-8") from error


def _of_number(found: tuple[Numbered, ...], number: int) -> Numbered:
    for one in found:
        if one.number == number:
            return one
    raise InputError(f"there is no revision {number}: {found[0].revision.file} has 1 to {found[0].number}")


def _tell(found: tuple[Numbered, ...], *, as_json: bool) -> None:
    if as_json:
        for one in found:
            print_json(one.to_json())
        return
    rows = [
        (
            _name(one),
            one.number,
            f"{one.revision.at.astimezone(LONDON):%Y-%m-%d %H:%M}",
            one.revision.signature,
            one.revision.reason,
            "+{} -{}".format(*one.counts()),
        )
        for one in found
    ]
    table(("file", "revision", "published (London)", "author", "reason", "lines"), rows)


def _name(one: Numbered) -> str:
    return f"{one.revision.agreement}/{one.revision.file}"


def _tell_change(one: Numbered, *, as_json: bool) -> None:
    lines = one.changed_lines()
    if as_json:
        changed: list[Json] = [*lines]
        print_json({**one.to_json(), "diff": changed})
    else:
        tell("\n".join(lines) or "nothing but the ends of lines")


def _tell_done(one: Numbered, place: Place, *, as_json: bool) -> None:
    if as_json:
        print_json(one.to_json())
    else:
        added, removed = one.counts()
        tell(f"{place}: revision {one.number} is in force ({count(added, 'line')} new, {removed} gone)")
        say("what comes in from now on is judged by it; `monitor replay` said what it would have changed")
