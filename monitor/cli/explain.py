"""`monitor explain`: why an article is in, and why it is not."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from monitor import app
from monitor.adapters.article_lines import read_lines
from monitor.cli.options import HERE, AgreementId, AsJson, Home
from monitor.cli.output import finish, print_json, tell, tell_wrapped
from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.explanation import Account, Fate, Passage, outlet_said
from monitor.core.explanation.words import listed, outlet_name, told
from monitor.core.fault import Fault
from monitor.core.json import Json
from monitor.core.match import Outcome
from monitor.core.source import Sources
from monitor.errors import InputError, UnknownRecord
from monitor.jobs.explain import Asked, Explanation, Told, explain_given
from monitor.jobs.ports import LibraryRead

OUTCOMES = {Outcome.IN: "in", Outcome.NEAR_MISS: "near miss", Outcome.OUT: "out"}
MOST_PASSAGES = 6
"""Sentences of a section that a person is shown; the rest are counted."""


def explain(
    article: Annotated[
        str,
        typer.Argument(help="A stored article (its id or address), an address, a file, or - for standard input."),
    ],
    digest: Annotated[
        str | None, typer.Option("--digest", help="Why it is not in this digest; without it, in each.")
    ] = None,
    edition: Annotated[
        str | None, typer.Option("--edition", help="Or in this edition: an id of `monitor digest list`.")
    ] = None,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Show for every section why an article is in it or not, with the proof, and what became of it on its way.

    A file holds one article: a JSON object as `monitor match` reads it, HTML, or plain text whose first line is
    the headline.
    """
    with app.open_workspace(home) as workspace:
        library = app.usable(workspace.publish().read)
        chosen = app.chosen(library, agreement)
        asked = _asked(workspace, library, chosen, digest, edition)
        found = _explanation(article, workspace, library, chosen, asked)
    if as_json:
        print_json(_to_json(found))
    else:
        _Printer(chosen, library.sources).explanation(found)
    refused = str(found.unseen.evidence.get("page") or "") if found.unseen else ""
    finish([*library.faults, *([Fault(article, refused, "it cannot be judged unseen")] if refused else [])])


def _asked(
    workspace: app.Workspace, library: LibraryRead, agreement: Agreement, digest: str | None, edition: str | None
) -> Asked:
    """The digest and edition that were meant."""
    if edition is None:
        return Asked(app.digest_of(library, agreement, digest)) if digest else Asked()
    try:
        made = workspace.store.edition(edition)
    except UnknownRecord as error:
        raise InputError(f"--edition: no edition {edition}: monitor digest list has them all") from error
    if made.agreement != agreement.id or digest not in (None, made.digest):
        raise InputError(f"--edition: {edition} is not of {agreement.id}/{digest or made.digest}")
    return Asked(app.digest_of(library, agreement, made.digest), made)


def _explanation(
    said: str, workspace: app.Workspace, library: LibraryRead, agreement: Agreement, asked: Asked
) -> Explanation:
    stored = workspace.store.find_article(said)
    if stored:
        return app.explain_article(workspace, library, agreement, stored, asked)
    if said.startswith(("http://", "https://")):
        return app.explain_address(workspace, library, agreement, said, asked)
    return explain_given(_given(said), agreement, library.sources)


def _given(said: str) -> Article:
    """An article that is not stored: read from a file or standard input."""
    if said == "-":
        return _read(sys.stdin.buffer.read(), "standard input")
    try:
        return _read(Path(said).read_bytes(), said)
    except OSError as error:
        raise InputError(
            f"{said}: no such article is stored, and it is no address and no file that can be read: "
            "give an id, an address with https://, a file or -"
        ) from error


def _read(data: bytes, where: str) -> Article:
    text = _decoded(data, where)
    if text.startswith("["):
        raise InputError(f"{where}: it is a JSON array: give one article, as one JSON object")
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


def _decoded(data: bytes, where: str) -> str:
    """The text; HTML may be in any charset, which its reader finds out."""
    if data.lstrip()[:1] == b"<":
        return data.decode("utf-8-sig", "replace").strip()
    try:
        return data.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: it is not UTF-8 text: give an article as JSON, HTML or plain text") from error


def _object(text: str, where: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: it begins like JSON and cannot be read as JSON") from error


# --------------------------------------------------------------- for a person


@dataclass(frozen=True)
class _Printer:
    """Prints an explanation; names come from the agreement and the sources."""

    agreement: Agreement
    sources: Sources

    def explanation(self, found: Explanation) -> None:
        self._head(found)
        if found.unseen:
            tell()
            tell_wrapped("NOT IN ANY DIGEST", style="bold")
            tell_wrapped(f"- {found.unseen.sentence}", 2, 2)
        for fate in found.fates:
            self._fate(fate)
        if found.text.accounts:
            tell("\nWHAT EACH SECTION SAYS: »term«, ›what it is in connection with‹")
        self._accounts(found.text.accounts)
        if found.others:
            tell("\nOTHER TEXTS OF IT")
        for other in found.others:
            self._other(other)
            self._edit(found.edits.get(other.article.id, ()), 2)

    def _head(self, found: Explanation) -> None:
        article = found.article
        if article.headline:
            tell_wrapped(article.headline, style="bold")
        outlet = outlet_said(article, found.unseen, self.sources)
        tell(f"{outlet}, {article.url}" if article.url else outlet)
        if article.purged_at:
            tell_wrapped(
                f"Its text was purged {told(article.purged_at)}, as the outlet's rights say: what follows was "
                "judged before, and has the words of the proof; significance cannot be judged again."
            )
        tell_wrapped(self._filed(found.text))
        for fault in found.judgement.faults:
            tell_wrapped(f"Fault: {fault.what}{f' ({fault.remedy})' if fault.remedy else ''}.")
        if article.shortfall:
            tell_wrapped(f"What its page gave: {article.shortfall}.")
        if found.copies:
            others = sorted({outlet_name(a.outlet or a.url, self.sources) for a in found.copies})
            tell_wrapped(f"The same story: {listed(others)}.")
        for decision in found.decisions:
            tell_wrapped(f"By an editor's word: {decision.sentence(article.line)}.")
        self._edit(found.edits.get(article.id, ()))
        if found.stored:
            tell(f"Article {article.id}; times are London's.")

    def _edit(self, said: Sequence[str], indent: int = 0) -> None:
        if said:
            tell_wrapped(f"Against the text before: {'; '.join(said)}.", indent)

    def _filed(self, text: Told) -> str:
        """On what it was judged, and where it is filed."""
        judgement = text.judgement
        on = "full text" if not judgement.provisional else f"{judgement.evidence} alone"
        if not text.accounts:
            gone = text.article.purged
            return "It was purged before it was judged." if gone else "Nothing of it could be read, or judged."
        waits = text.recorded and judgement.provisional and not (text.article.purged or text.article.kept_back)
        again = "; it is judged again when the text arrives" if waits else ""
        titles = [self._title(s) for s in ([judgement.primary] if judgement.primary else []) + [*judgement.also]]
        minor = [self._title(s) for s in text.recorded.judgement.sections] if text.recorded and not titles else []
        where = f"filed in {titles[0]}" if titles else "filed in no section"
        if minor:
            where = f"it belongs to {listed(minor)}, and its story is not major"
        also = f", also in {listed(titles[1:])}" if titles[1:] else ""
        return f"Judged on its {on}{again}: {where}{also}."

    def _title(self, section: str) -> str:
        return self.agreement.profile(section).title if section in self.agreement.order else section

    # ------------------------------------------------- the way into a digest

    def _fate(self, fate: Fate) -> None:
        tell()
        head = f"{'IN' if fate.is_in else 'NOT IN'} THE DIGEST: {fate.title}, edition of {told(fate.closes)}"
        tell_wrapped(head, style="bold")
        if fate.edition:
            tell(f"  {fate.edition}")
        for link in fate.links:
            tell_wrapped(f"{'+' if link.holds else '-'} {link.sentence}", 2, 2)

    # ------------------------------------------------- sections

    def _accounts(self, accounts: tuple[Account, ...]) -> None:
        """Those that saw a term one by one; the others together, by what there is to say of them."""
        silent: dict[str, list[Account]] = {}
        for account in accounts:
            if account.passages or account.rules or account.turned_down:
                self._account(account)
            else:
                silent.setdefault(account.sentence, []).append(account)
        for said, group in silent.items():
            tell()
            tell_wrapped(f"{', '.join(a.title for a in group)}: out", style="bold")
            tell_wrapped(said, 2)
            for account in group:
                for near in account.nearby:
                    tell_wrapped(f"But for {account.title} {near}.", 2, 2)

    def _account(self, account: Account) -> None:
        tell()
        tell_wrapped(f"{account.title}: {OUTCOMES[account.outcome]}", style="bold")
        tell_wrapped(account.sentence, 2)
        for rule in account.rules:
            if not rule.in_sentence:
                tell_wrapped(f"{'+' if rule.holds else '-'} {rule.rule}: {rule.said}", 2, 2)
        for passage in account.passages[:MOST_PASSAGES]:
            tell_wrapped(f"{passage.field}: {passage}", 2, 2)
        if account.passages[MOST_PASSAGES:]:
            tell_wrapped(f"and {len(account.passages) - MOST_PASSAGES} more sentences; --json has all", 2)
        self._turned_down(account)

    def _turned_down(self, account: Account) -> None:
        """Places that are no hit, by the reason; one that the sentence gives already is not said again."""
        by_reason: dict[str, list[Passage]] = {}
        for place in account.turned_down:
            by_reason.setdefault(place.said, []).extend([place.passage] if place.passage else [])
        for said, places in by_reason.items():
            if said.lower() not in account.sentence.lower():
                tell_wrapped(f"no hit: {said}", 2, 2)
            for passage in places[:MOST_PASSAGES]:
                tell_wrapped(f"{passage.field}, no hit: {passage}", 2, 2)
            if places[MOST_PASSAGES:]:
                tell_wrapped(f"and {len(places) - MOST_PASSAGES} more such places; --json has all", 2)

    # ------------------------------------------------- other texts

    def _other(self, text: Told) -> None:
        article = text.article
        seen = f"seen {told(article.first_seen)}" if article.first_seen else "seen at no known time"
        tell()
        tell_wrapped(f"{article.id}, {seen}: {article.headline}", 0, 2)
        tell_wrapped(self._filed(text), 2)
        for account in text.accounts:
            if account.passages or account.turned_down:
                tell_wrapped(f"{account.title}: {OUTCOMES[account.outcome]}. {account.sentence}", 2, 2)
        for edition, item in text.editions:
            tell_wrapped(f"{edition}: {item.state} under {self._title(item.section)}", 2, 2)


# --------------------------------------------------------------- for a script


def _to_json(found: Explanation) -> Json:
    return {
        "stored": found.stored,
        "unseen": found.unseen.to_json() if found.unseen else None,
        **_text_json(found.text),
        "copies": [a.id for a in found.copies],
        "digests": [fate.to_json() for fate in found.fates],
        "texts": [_text_json(other) for other in found.others],
        "edits": {article: list(said) for article, said in found.edits.items()},
        "story_decisions": [decision.sentence(found.article.line) for decision in found.decisions],
    }


def _text_json(text: Told) -> dict[str, Json]:
    article, recorded = text.article, text.recorded
    return {
        "article": article.id,
        "headline": article.headline,
        "outlet": article.outlet,
        "first_seen": article.first_seen.isoformat() if article.first_seen else None,
        "purged_at": article.purged_at.isoformat() if article.purged_at else None,
        "shortfall": article.shortfall,
        "language": article.language,
        "filed_under": article.filed_under,
        "judged_at": recorded.at.isoformat() if recorded else None,
        "judged_with": recorded.fingerprint if recorded else None,
        **text.judgement.to_json(),
        "explanations": {a.section: f"{OUTCOMES[a.outcome].capitalize()}: {a.sentence}" for a in text.accounts},
        "accounts": [account.to_json() for account in text.accounts],
        "editions": [
            {"edition": e, "section": i.section, "state": str(i.state), "story": i.story} for e, i in text.editions
        ],
    }
