"""`monitor recipients`: who digests go to, and an editor's word on an address."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor import app as house
from monitor.cli.options import HERE, AsJson, Author, Home, Reason, day
from monitor.cli.output import count, finish, print_json, table, tell
from monitor.core.edition import alert_of
from monitor.core.fault import Fault
from monitor.core.json import Json
from monitor.core.recipient import RecipientAct, RecipientVerb
from monitor.errors import InputError
from monitor.jobs.bounces import BounceReport
from monitor.jobs.recipients import Listed

app = typer.Typer(
    help="Recipients: list, pause, resume, suppress, lift, bounces.", no_args_is_help=True, rich_markup_mode=None
)
Address = Annotated[str, typer.Argument(help="The mail address.")]
OfDigest = Annotated[
    str | None,
    typer.Option(
        "--digest", help="Of one digest alone: AGREEMENT/DIGEST, as in social-security-scotland/morning."
    ),
]


@app.callback()
def _group() -> None:
    """Recipients: list, pause, resume, suppress, lift, bounces."""


@app.command("list")
def list_(home: Home = HERE, as_json: AsJson = False) -> None:
    """List every address with its groups, the sections it gets, and whatever keeps mail from it."""
    with house.open_workspace(home) as workspace:
        library = workspace.read()
        found, faults = house.recipients_of(workspace, library)
    if as_json:
        for one in found:
            print_json(_to_json(one))
    else:
        headings = ("address", "groups", "sections", "mail goes")
        table(headings, [_row(one) for one in found])
        partly = sum(one.partly for one in found)
        stopped = sum(bool(one.stopped) for one in found) - partly
        some = f", {partly} of some digests" if partly else ""
        tell(f"{count(len(found), 'address', 'addresses')}, {stopped} stopped{some}")
    finish(faults)


@app.command()
def pause(
    address: Address,
    back: Annotated[
        str | None,
        typer.Option("--back", help="The day mail goes again, 2026-12-08; without it, `resume` ends it."),
    ] = None,
    digest: OfDigest = None,
    author: Author = "",
    reason: Reason = "",
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Send nothing to an address for a time, such as a leave."""
    _decide(home, RecipientVerb.PAUSE, address, author, reason, digest, as_json=as_json, back=back)


@app.command()
def resume(
    address: Address,
    digest: OfDigest = None,
    author: Author = "",
    reason: Reason = "",
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """End a pause."""
    _decide(home, RecipientVerb.RESUME, address, author, reason, digest, as_json=as_json)


@app.command()
def suppress(
    address: Address,
    digest: OfDigest = None,
    author: Author = "",
    reason: Reason = "",
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Send nothing to an address any more, until it is lifted."""
    _decide(home, RecipientVerb.SUPPRESS, address, author, reason, digest, as_json=as_json)


@app.command()
def lift(
    address: Address,
    digest: OfDigest = None,
    author: Author = "",
    reason: Reason = "",
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Send to an address again that was suppressed (by hand, a refusal, a bounce) or unsubscribed."""
    _decide(home, RecipientVerb.LIFT, address, author, reason, digest, as_json=as_json)


@app.command()
def bounces(
    path: Annotated[Path, typer.Argument(help="A Maildir, a folder of .eml files, an mbox file, or one message.")],
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Write down mail that came back; an address that does not exist is suppressed."""
    with house.open_workspace(home) as workspace:
        report = house.bounces_in(workspace, path)
    if as_json:
        print_json(
            {
                "suppressed": list(report.suppressed),
                "passing": list(report.passing),
                "known": report.known,
                "strange": report.strange,
                "other": report.other,
            }
        )
        finish(_nothing_in(path, report))
    for address in report.suppressed:
        tell(f"{address}: suppressed, there is no such address")
    for address in report.passing:
        tell(f"{address}: bounced, and gets the next mail all the same")
    read = len(report.suppressed) + len(report.passing) + report.known
    tell(
        f"{count(read, 'bounce')} of mails of ours, {report.known} known before, {report.strange} of none of ours"
    )
    if report.other:
        tell(f"{count(report.other, 'message')} of no bounce")
    finish(_nothing_in(path, report))


def _nothing_in(path: Path, report: BounceReport) -> list[Fault]:
    """A fault where a file was named that tells of no bounce: it will have been another that was meant."""
    if not path.is_file() or not report.other or report != BounceReport(other=report.other):
        return []
    what = "there is no bounce in it" if path.stat().st_size else "it is empty"
    return [Fault(str(path), what, "give a message that a mail server sent back, an mbox file, or a folder")]


def _decide(
    home: Path,
    verb: RecipientVerb,
    address: str,
    author: str,
    reason: str,
    digest: str | None,
    *,
    as_json: bool,
    back: str | None = None,
) -> None:
    with house.open_workspace(home) as workspace:
        library = workspace.read()
        lists = ((a.id, d) for a in library.agreements for d in a.digests)
        known = {f"{of}/{name}" for of, d in lists for name in (d.id, *([alert_of(d.id)] if d.alerts else []))}
        if digest is not None and digest not in known:
            raise InputError(f"--digest: there is no digest {digest}: it takes one of {', '.join(sorted(known))}")
        act = house.decide_on_recipient(
            workspace, library, verb, address, author, reason, digest=digest or "", until=day(back, "--back")
        )
    if as_json:
        print_json(_act_json(act))
    else:
        tell(f"{act.recipient}: {act.sentence()}")
    finish()


def _row(one: Listed) -> tuple[object, ...]:
    goes = f"no: {one.stopped}" if one.stopped else "yes" if one.groups else "no: in no group"
    goes = f"yes, but {one.stopped}" if one.partly and one.groups else goes
    return one.address, ", ".join(one.groups), ", ".join(one.sections) or "all", goes


def _to_json(one: Listed) -> Json:
    return {
        "address": one.address,
        "groups": list(one.groups),
        "sections": list(one.sections),
        "stopped": one.stopped,
        "acts": [_act_json(act) for act in one.acts],
    }


def _act_json(act: RecipientAct) -> Json:
    return {
        "verb": str(act.verb),
        "recipient": act.recipient,
        "digest": act.digest,
        "until": act.until.isoformat() if act.until else None,
        "author": act.author,
        "reason": act.reason,
        "at": act.at.isoformat(),
    }
