"""`monitor profiles asked`, `confirm`, `refuse`, `withdraw`: a second person, where an agreement asks for one."""

from __future__ import annotations

from difflib import unified_diff
from typing import Annotated

import typer

from monitor import app
from monitor.cli.options import HERE, AgreementId, AsJson, Author, Home, Reason
from monitor.cli.output import print_json, say, tell
from monitor.core.asking import Asking
from monitor.core.dates import in_london
from monitor.core.draft import DraftFile
from monitor.core.json import Json
from monitor.jobs.ask import Asked

ORIGIN = "command line"
Editor = Annotated[str, typer.Argument(help="Who asked.")]
Seal = Annotated[str, typer.Argument(help="Which asking, as `monitor profiles asked` gives it.")]


def asked(agreement: AgreementId = None, home: Home = HERE, as_json: AsJson = False) -> None:
    """List what waits for a second person, with the lines that it would change."""
    with app.open_workspace(home) as workspace:
        found = [one for one in app.asked_of(workspace, app.agreement_of(workspace, agreement)) if one.stands]
        in_force = {(r.agreement, r.file): r.content for r in workspace.store.revisions_in_force()}
    for one in found:
        if as_json:
            print_json(to_json(one.asking))
        else:
            _tell(one, in_force)
    if not found and not as_json:
        tell("nothing waits for a second person")


def confirm(
    editor: Editor,
    seal: Seal,
    author: Author,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Confirm what another editor asked to have published: it is in force then, signed by both."""
    with app.open_workspace(home) as workspace:
        answer = app.Answer(app.agreement_of(workspace, agreement), editor, seal, author, ORIGIN)
        for one in app.confirm(workspace, answer):
            if as_json:
                print_json(
                    {
                        "agreement": one.agreement,
                        "file": one.file,
                        "fingerprint": one.fingerprint,
                        "author": one.author,
                        "confirmed_by": one.confirmed_by,
                    }
                )
            else:
                tell(f"{one.agreement}/{one.file} is in force: {one.signature}")


def refuse(
    editor: Editor,
    seal: Seal,
    author: Author,
    reason: Reason,
    agreement: AgreementId = None,
    home: Home = HERE,
) -> None:
    """Refuse what another editor asked to have published; who asked reads why."""
    with app.open_workspace(home) as workspace:
        answer = app.Answer(app.agreement_of(workspace, agreement), editor, seal, author, ORIGIN)
        made = app.refuse_asked(workspace, answer, reason)
    tell(f"refused what {made.author} asked for; what is in force has not changed")


def withdraw(author: Author, agreement: AgreementId = None, home: Home = HERE) -> None:
    """Drop your own draft, and with it what you asked for; what is in force does not change."""
    with app.open_workspace(home) as workspace:
        dropped = app.withdraw(workspace, app.agreement_of(workspace, agreement), author, ORIGIN)
    tell(f"dropped: {', '.join(dropped)}; what is in force has not changed")


def tell_asked(workspace: app.Workspace, made: Asking, *, as_json: bool) -> None:
    """Say that it waits, and who may confirm it and how."""
    if as_json:
        print_json(to_json(made))
        return
    files = ", ".join(one.file for one in made.files)
    tell(f"{made.agreement}: {files}: asked for publication, nothing is in force yet")
    who = ", ".join(app.who_may_confirm(workspace, made)) or "no account but the author's may"
    say(f"another editor confirms it on the page of the draft ({who}), or here:")
    say(f"  monitor profiles confirm {made.author!r} {made.seal} --author NAME --agreement {made.agreement}")
    say(f"  monitor profiles refuse {made.author!r} {made.seal} --author NAME --reason WHY ...")


def to_json(asking: Asking) -> dict[str, Json]:
    """An asking as one document."""
    files: list[Json] = [
        {"file": one.file, "base": one.base, "fingerprint": one.fingerprint} for one in asking.files
    ]
    return {
        "agreement": asking.agreement,
        "author": asking.author,
        "reason": asking.reason,
        "at": asking.at.isoformat(),
        "asked": asking.seal,
        "files": files,
    }


def _tell(one: Asked, in_force: dict[tuple[str, str], str]) -> None:
    asking = one.asking
    tell(f"{asking.author}, {asking.seal}, {in_london(asking.at)} (London): {asking.reason}")
    for file in one.draft.files:
        tell("\n".join(_lines(file, in_force.get((file.agreement, file.file), ""))))


def _lines(file: DraftFile, was: str) -> list[str]:
    names = (f"{file.file}, in force", f"{file.file}, asked")
    return list(unified_diff(was.splitlines(), file.content.splitlines(), *names, lineterm=""))
