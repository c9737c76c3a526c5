"""`monitor explain`: why an article is in, and why it is not."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from monitor import app
from monitor.adapters.article_lines import read_lines
from monitor.cli.options import HERE, AsJson, Home
from monitor.cli.output import finish, print_json, tell
from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.edition import ItemState
from monitor.core.explanation import excerpt, rule_sentences
from monitor.core.explanation import explain as sentence
from monitor.core.json import Json
from monitor.core.match import Verdict
from monitor.errors import InputError
from monitor.jobs.explain import Explanation, explain_given
from monitor.jobs.ports import LibraryRead


def explain(
    article: Annotated[
        str,
        typer.Argument(help="A stored article (its id or address), an address, a file, or - for standard input."),
    ],
    agreement: Annotated[
        str | None, typer.Option("--agreement", help="Which agreement, where there are several.")
    ] = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Show for every section why an article is in it or not, with the proof.

    A file holds one article: a JSON object as `monitor match` reads it, HTML, or plain text whose first line is
    the headline.
    """
    with app.open_workspace(home) as workspace:
        library = app.usable(workspace.publish().read)
        chosen = app.chosen(library, agreement)
        stored = workspace.store.find_article(article)
        if stored:
            found = app.explain_article(workspace, library, chosen, stored)
        else:
            given = _given(article, workspace, library)
            found = explain_given(given, chosen, library.sources)
    if as_json:
        print_json(_to_json(found, chosen))
    else:
        _tell(found, chosen)
    finish(library.faults)


def _given(said: str, workspace: app.Workspace, library: LibraryRead) -> Article:
    """An article that is not stored: read from an address, a file or standard input."""
    if said == "-":
        return _read(sys.stdin.buffer.read(), "standard input")
    if said.startswith(("http://", "https://")):
        return asyncio.run(app.read_article(workspace, library, said))
    try:
        return _read(Path(said).read_bytes(), said)
    except OSError as error:
        raise InputError(
            f"{said}: no such article is stored, and it is no address and no file that can be read: "
            "give an id, an address, a file or -"
        ) from error


def _read(data: bytes, where: str) -> Article:
    text = data.decode("utf-8-sig", "replace").strip()
    if not text or "\x00" in text:
        raise InputError(f"{where}: there is no text in it: give an article as JSON, HTML or plain text")
    if text.startswith("{"):
        line = next(read_lines([json.dumps(_object(text, where))], where, app.extract_body))
        if line.article is None:
            raise InputError("; ".join(str(fault) for fault in line.faults))
        return line.article
    if text.startswith("<"):
        return app.article_of_page(data, where)
    headline, _, body = text.partition("\n")
    return Article(where, headline=headline.strip(), body=body.strip())


def _object(text: str, where: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: it begins like JSON and cannot be read as JSON") from error


def _tell(found: Explanation, agreement: Agreement) -> None:
    article, judgement = found.article, found.judgement
    tell(article.headline or article.url)
    tell(f"{article.outlet or 'no outlet'} · {article.url}")
    tell(f"first seen {article.first_seen:%a %d %b %Y %H:%M} UTC" if article.first_seen else "not stored")
    if article.purged_at:
        tell(
            f"its text was purged on {article.purged_at:%d %b %Y}, as the outlet's rights say: what follows was "
            "judged before, and has the words of the proof; significance cannot be judged again"
        )
    if judgement.provisional:
        again = "; judged again when the text arrives" if found.stored and not article.purged else ""
        tell(f"judged on its {judgement.evidence} alone{again}")
    tell(
        f"filed in: {', also '.join([judgement.primary, *judgement.also]) if judgement.primary else 'no section'}"
    )
    for profile in agreement.profiles:
        tell()
        verdict = judgement.verdict(profile.section)
        tell(f"{profile.title}")
        if verdict is None:
            tell("  Out: no term of this section stands in the article.")
            continue
        _tell_verdict(verdict, article)
    for alias in judgement.aliases:
        tell(f"\nNot counted: “{alias.hit.span.text}” ({alias.section}): the alias {alias.alias} is not approved.")
    _tell_fate(found, agreement)


def _tell_verdict(verdict: Verdict, article: Article) -> None:
    tell(f"  {sentence(verdict)}")
    for rule in rule_sentences(verdict):
        tell(f"    {rule}")
    for hit in verdict.hits:
        derived = " (derived)" if hit.derived else ""
        tell(f"    {hit.span.field}: {excerpt(article, hit.span)}{derived}")
    for rejected in verdict.rejected:
        tell(f"    no hit: “{rejected.hit.span.text}” in the {rejected.hit.span.field}: {rejected.detail}")


_FATES = {
    ItemState.SHOWN: "shown in",
    ItemState.COPY: "folded under another article of its story in",
    ItemState.HELD: "held below significance in",
}


def _tell_fate(found: Explanation, agreement: Agreement) -> None:
    tell()
    if found.copies:
        tell(f"same story in: {', '.join(sorted({a.outlet or a.url for a in found.copies}))}")
    for edition, item in found.editions:
        title = agreement.profile(item.section).title if item.section in agreement.order else item.section
        own = item.section in found.judgement.sections or not found.copies
        brought = "" if own else ": another outlet's copy of the story belongs there"
        tell(f"{_FATES[item.state]} {edition} under {title}{brought}")
    if found.stored and not found.editions:
        waits = "waits for the next edition" if found.judgement.primary else "is in no edition"
        tell(f"it {waits}")


def _to_json(found: Explanation, agreement: Agreement) -> Json:
    return {
        "article": found.article.id,
        "stored": found.stored,
        "headline": found.article.headline,
        "outlet": found.article.outlet,
        "purged_at": found.article.purged_at.isoformat() if found.article.purged_at else None,
        **found.judgement.to_json(),
        "explanations": {
            p.section: sentence(v) if (v := found.judgement.verdict(p.section)) else "Out: no term of this section"
            for p in agreement.profiles
        },
        "copies": [a.id for a in found.copies],
        "editions": [
            {"edition": e, "section": i.section, "state": str(i.state), "story": i.story}
            for e, i in found.editions
        ],
    }
