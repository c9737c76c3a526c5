"""`monitor digest`: what would go out, what went out, and sending what is due."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from monitor.app import (
    chosen,
    compose_all,
    digest_of,
    due_in,
    must_be_a_digest,
    open_workspace,
    preview,
    send_all,
    undelivered,
    usable,
)
from monitor.cli.options import HERE, AgreementId, AsJson, DigestId, Home
from monitor.cli.output import finish, print_json, say, table, tell
from monitor.core.dates import LONDON, in_london
from monitor.core.edition import Delivery, DeliveryState, Edition, Mail
from monitor.core.fault import Fault
from monitor.core.json import Json
from monitor.errors import InputError
from monitor.jobs.due import DueEdition
from monitor.jobs.recall import Recalled, Seal, recall

BROKEN = "compare it with a backup: nothing of ours changes an edition that is made"
app = typer.Typer(help="Editions: due, preview, send, list, show.", no_args_is_help=True, rich_markup_mode=None)


@app.command("preview")
def preview_(
    digest: DigestId = None,
    agreement: AgreementId = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write the HTML part to this file.")] = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Show the edition as it would be if it were made now; stores and sends nothing."""
    with open_workspace(home) as workspace:
        library = usable(workspace.publish().read)
        of = chosen(library, agreement)
        draft = preview(workspace, library, of, digest_of(library, of, digest))
    mail = draft.mail
    if html:
        html.write_text(mail.page, "utf-8")
    if as_json:
        print_json(_mail_json(mail))
    else:
        _tell_mail(mail)
    finish([*library.faults, *draft.faults])


@app.command()
def send(home: Home = HERE, as_json: AsJson = False) -> None:
    """Make the editions that are owed, and try every delivery that is due."""
    with open_workspace(home) as workspace:
        library = usable(workspace.publish().read)
        composed = compose_all(workspace, library)
        sent = send_all(workspace)
    made = [edition for report in composed for edition in report.made]
    if as_json:
        print_json(
            {"made": [e.id for e in made], "sent": sent.sent, "failed": sent.failed, "waiting": sent.pending}
        )
    else:
        for edition in made:
            tell(f"made {edition.id}: {edition.mail.subject}")
        tell(f"{sent.sent} delivered" if sent.sent or made else "nothing is owed")
    finish([*library.faults, *(f for report in composed for f in report.faults), *undelivered(sent)])


@app.command("due")
def due_(
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="How many days to look ahead.")] = 14,
    agreement: AgreementId = None,
    digest: DigestId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """List the editions that are owed and those to come, and the days that a holiday takes, with the reason."""
    with open_workspace(home) as workspace:
        library = usable(workspace.publish().read)
        if agreement:
            library = replace(library, agreements=(chosen(library, agreement),))
        found = [one for one in due_in(workspace, library, days) if digest in (None, one.digest)]
    must_be_a_digest(library, digest)
    if as_json:
        for one in found:
            print_json(_due_json(one))
    else:
        headings = ("digest", "day", "goes out", "carries what was seen since", "")
        table(headings, [_due_row(one) for one in found])
    finish(library.faults)


def _due_row(one: DueEdition) -> tuple[str, ...]:
    """Times are London's."""
    notes = [one.why] if one.why else []
    notes += [f"from {_clock(one.early)} on when a major story is there"] if one.early else []
    at = _clock(one.slot) if one.slot else "no edition"
    since = f"{_day(one.since)} {_clock(one.since)}" if one.since else "its first edition" if one.slot else ""
    return (
        f"{one.agreement}/{one.digest}",
        f"{one.day:%a} {one.day.day} {one.day:%b %Y}",
        at,
        since,
        "; ".join(notes),
    )


def _clock(when: datetime) -> str:
    return f"{when.astimezone(LONDON):%H:%M}"


def _day(when: datetime) -> str:
    local = when.astimezone(LONDON)
    return f"{local:%a} {local.day} {local:%b}"


def _due_json(one: DueEdition) -> dict[str, Json]:
    moments = {"at": one.slot, "since": one.since, "early_from": one.early, "stale_at": one.stale}
    return {
        "agreement": one.agreement,
        "digest": one.digest,
        "day": one.day.isoformat(),
        **{name: when.isoformat() if when else None for name, when in moments.items()},
        "owed": one.owed,
        "why": one.why,
    }


@app.command("list")
def list_(home: Home = HERE, as_json: AsJson = False) -> None:
    """List all editions, the newest first, with what became of their deliveries."""
    with open_workspace(home) as workspace:
        rows = [(edition, workspace.store.deliveries(edition.id)) for edition in workspace.store.editions()]
    if as_json:
        for edition, deliveries in rows:
            print_json(_edition_json(edition, deliveries))
        return
    headings = ("edition", "made (London)", "subject", "deliveries")
    table(headings, [(e.id, in_london(e.made_at), e.mail.subject, _states(d)) for e, d in rows])


@app.command()
def show(
    edition: Annotated[str, typer.Argument(help="An edition's id, as `monitor digest list` gives it.")],
    html: Annotated[Path | None, typer.Option("--html", help="Write the HTML part to this file.")] = None,
    sections: Annotated[
        str | None,
        typer.Option("--sections", help="As sent to who wants these sections alone, apart by spaces."),
    ] = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Give an edition back as it was sent, byte for byte, to whom, and say whether its seal holds.

    Status 1: something of it was changed in the database since it was frozen.
    """
    with open_workspace(home) as workspace:
        found = recall(workspace.store, edition)
    mail = _mail_of(found, sections)
    if html:
        html.write_text(mail.page, "utf-8")
    if as_json:
        print_json(_recalled_json(found))
    else:
        _tell_mail(mail)
        _tell_deliveries(found)
        say(_seal_line(found))
    finish([Fault(edition, _seal_line(found), BROKEN)] if found.sealed is Seal.BROKEN else [])


def _mail_of(found: Recalled, sections: str | None) -> Mail:
    """The edition's mail, or that for who wants some of its sections.

    Raises:
        InputError: it was made for nobody who wants just these.
    """
    if sections is None:
        return found.edition.mail
    mails = {variant.sections: variant.mail for variant in found.variants}
    wanted = " ".join(sections.split())
    if wanted not in mails:
        there = "; ".join(f'"{choice}"' for choice in mails) or "none: it went to everybody whole"
        raise InputError(f"--sections: {wanted!r} is none of its variants: {there}")
    return mails[wanted]


def _tell_deliveries(found: Recalled) -> None:
    """To whom, which of its sections, and what became of it."""
    headings = ("recipient", "sections", "state", "tries", "last words")
    rows = [(d.recipient, d.variant or "all", str(d.state), d.attempts, d.answer) for d in found.deliveries]
    table(headings, rows)


def _seal_line(found: Recalled) -> str:
    """Whether it is what was frozen, in a sentence."""
    made = in_london(found.edition.made_at)
    if found.sealed is Seal.HOLDS:
        return f"frozen {made} (London), and the same to the letter since: its seal {found.seal[:16]} holds"
    if found.sealed is Seal.BROKEN:
        return f"not what was frozen {made} (London): its seal {found.seal[:16]} is broken"
    return f"frozen {made} (London), before editions were sealed"


def _recalled_json(found: Recalled) -> dict[str, Json]:
    """All that was frozen, the revisions it was judged with, and what became of it."""
    edition, content = found.edition, json.loads(found.edition.content)
    return {
        **_edition_json(edition, list(found.deliveries)),
        **_mail_json(edition.mail),
        "seal": found.seal or None,
        "sealed": str(found.sealed),
        "revisions": [one.to_json() for one in found.revisions],
        "completeness": content["completeness"],
        "items": [
            {"article": i.article, "section": i.section, "state": str(i.state), "story": i.story}
            for i in found.items
        ],
        "variants": [{"sections": v.sections.split(), **_mail_json(v.mail)} for v in found.variants],
    }


def _tell_mail(mail: Mail) -> None:
    tell(f"Subject: {mail.subject}\n")
    tell(mail.text)


def _states(deliveries: list[Delivery]) -> str:
    counts: dict[str, int] = {}
    for delivery in deliveries:
        why = "" if delivery.state is DeliveryState.SENT or not delivery.answer else f": {delivery.answer}"
        said = f"{delivery.state}{f' ({delivery.variant} alone)' if delivery.variant else ''}{why}"
        counts[said] = counts.get(said, 0) + 1
    return ", ".join(f"{number} {said}" for said, number in counts.items()) or "no recipient"


def _mail_json(mail: Mail) -> dict[str, Json]:
    images: list[Json] = [{"cid": image.cid, "png": b64encode(image.png).decode()} for image in mail.images]
    return {"subject": mail.subject, "text": mail.text, "html": mail.html, "images": images}


def _edition_json(edition: Edition, deliveries: list[Delivery]) -> dict[str, Json]:
    return {
        "edition": edition.id,
        "agreement": edition.agreement,
        "digest": edition.digest,
        "since": edition.window.start.isoformat(),
        "until": edition.window.end.isoformat(),
        "made_at": edition.made_at.isoformat(),
        "subject": edition.mail.subject,
        "judged_with": edition.fingerprint,
        "deliveries": [
            {
                "recipient": d.recipient,
                "sections": [*d.variant.split()] or None,
                "state": str(d.state),
                "attempts": d.attempts,
                "answer": d.answer,
            }
            for d in deliveries
        ],
    }
