"""`monitor feeds`: editions by other ways than mail, as files, and the tokens of those who read them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor import app as house
from monitor.cli.options import HERE, AgreementId, AsJson, Author, Home
from monitor.cli.output import count, finish, print_json, say, table, tell
from monitor.core.dates import in_london
from monitor.core.json import Json
from monitor.core.outward import FeedToken
from monitor.jobs import give_out

app = typer.Typer(
    help="Editions by other ways: Atom, JSON, a page to print, a calendar.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
token = typer.Typer(help="Tokens: new, list, revoke.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(token, name="token")


@app.callback()
def _group() -> None:
    """Editions by other ways: Atom, JSON, a page to print, a calendar."""


@app.command()
def write(
    folder: Annotated[Path, typer.Argument(help="Where the files go.")],
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Write the feeds, the latest editions to print and the calendar of an agreement into a folder."""
    with house.open_workspace(home) as workspace:
        library = house.usable(workspace.publish().read)
        files = list(house.write_out(workspace, library, house.chosen(library, agreement), folder))
    if as_json:
        print_json({"files": [str(file) for file in files]})
    else:
        for file in files:
            tell(str(file))
        say(f"{count(len(files), 'file')} written")
    finish(library.faults)


@token.callback()
def _token_group() -> None:
    """Tokens: new, list, revoke."""


@token.command()
def new(
    label: Annotated[str, typer.Option("--label", help="Whom it is for.")] = "",
    author: Author = "",
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Give a token for the feeds of an agreement. It is shown this once: only its hash is kept."""
    with house.open_workspace(home) as workspace:
        of = house.chosen(house.usable(workspace.publish().read), agreement)
        key, kept = give_out.new_token(house.giver(workspace), of, label, author)
        where = f"{workspace.settings.web.address.rstrip('/')}/feeds/{key}"
        names = house.names_out(of)
    if as_json:
        print_json(
            {"token": key, "name": kept.name, "label": kept.label, "feeds": [f"{where}/{n}" for n in names]}
        )
        finish()
    tell(f"token {kept.name}, for {kept.label}: keep it, it is not shown again")
    for name in names:
        tell(f"{where}/{name}")
    finish()


@token.command("list")
def list_(agreement: AgreementId = None, home: Home = HERE, as_json: AsJson = False) -> None:
    """List the tokens of an agreement, also those that were revoked."""
    with house.open_workspace(home) as workspace:
        of = house.chosen(house.usable(workspace.publish().read), agreement)
        found = workspace.store.feed_tokens(of.id)
    if as_json:
        for one in found:
            print_json(_to_json(one))
    else:
        table(("token", "for", "given (London)", "by", "revoked"), [_row(one) for one in found])
    finish()


@token.command()
def revoke(
    name: Annotated[str, typer.Argument(help="The token's name, or its label.")],
    author: Author = "",
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Let a token open nothing any more."""
    with house.open_workspace(home) as workspace:
        of = house.chosen(house.usable(workspace.publish().read), agreement)
        ended = give_out.revoke_token(house.giver(workspace), of, name, author)
    if as_json:
        print_json(_to_json(ended))
    else:
        tell(f"token {ended.name}, for {ended.label}, opens nothing any more")
    finish()


def _row(one: FeedToken) -> tuple[object, ...]:
    revoked = f"{in_london(one.revoked_at)} by {one.revoked_by}" if one.revoked_at else ""
    return one.name, one.label, in_london(one.made_at), one.author, revoked


def _to_json(one: FeedToken) -> Json:
    return {
        "name": one.name,
        "label": one.label,
        "made_at": one.made_at.isoformat(),
        "author": one.author,
        "revoked_at": one.revoked_at.isoformat() if one.revoked_at else None,
        "revoked_by": one.revoked_by or None,
    }
