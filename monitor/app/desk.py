"""The editors' desk of a workspace: the next edition as it will go, and a missed article brought to it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial

from monitor.app.handed_in import read_article
from monitor.app.work import Unseen, match_all
from monitor.app.workspace import Workspace, holidays_of
from monitor.core.agreement import Agreement, Digest
from monitor.core.article import Article
from monitor.core.curation import Act, Curation
from monitor.core.retention import storable
from monitor.core.source import Rights
from monitor.errors import InputError
from monitor.jobs.compose import Draft, draft_of_next
from monitor.jobs.curate import told_with
from monitor.jobs.desk import Desk, Request, View, act, last_act, lay_out, must_be_askable, must_be_laid_out
from monitor.jobs.ports import LibraryRead

BY_HAND = "by_hand"
"""Under what the addresses are remembered that editors brought; no source may have this id."""


def desk_of(workspace: Workspace, library: LibraryRead, agreement: Agreement, digest: Digest) -> Desk:
    """The desk of a digest."""
    lines_of = partial(told_with, workspace.curator())
    holidays = holidays_of(library)
    return Desk(workspace.store, agreement, digest, library.sources, workspace.clock, holidays, lines_of)


def show_desk(
    workspace: Workspace, library: LibraryRead, agreement: Agreement, digest: Digest
) -> tuple[View, Draft]:
    """The desk as it lies now, and the edition as it will go; what is new is matched first."""
    match_all(workspace, library, Unseen())
    desk = desk_of(workspace, library, agreement, digest)
    last = last_act(desk)
    draft, stories = draft_of_next(workspace.composer(library), agreement, digest)
    return lay_out(desk, stories, last), draft


def lay_out_desks(workspace: Workspace, library: LibraryRead) -> list[View]:
    """The desks whose hour has begun and that nobody has looked at yet."""
    due = [
        (agreement, digest)
        for agreement in library.agreements
        for digest in agreement.digests
        if must_be_laid_out(desk_of(workspace, library, agreement, digest))
    ]
    return [show_desk(workspace, library, agreement, digest)[0] for agreement, digest in due]


def act_on(workspace: Workspace, library: LibraryRead, desk: Desk, request: Request) -> list[Curation]:
    """Say what an editor asks for; an article that is added by its address is fetched and stored first.

    Raises:
        InputError: it cannot be; nothing was said.
        FetchError: the address gives no page.
    """
    must_be_askable(desk, request)
    if request.act is Act.ADD:
        request = replace(request, names=tuple(_brought(workspace, library, name) for name in request.names))
    return act(desk, request)


def _brought(workspace: Workspace, library: LibraryRead, name: str) -> str:
    """The id of a missed article, fetched, stored and judged like any other; a name that is no address as it is.

    Raises:
        InputError: the page has neither headline nor text.
        FetchError: the address gives no page.
    """
    if not name.startswith(("http://", "https://")):
        return name
    stored = workspace.store.find_article(name)
    article = stored or _fetched(workspace, library, name)
    match_all(workspace, library, Unseen())
    return article.id


def _fetched(workspace: Workspace, library: LibraryRead, url: str) -> Article:
    """The article of a page, stored; one that gives itself the address of a stored one is that."""
    found = asyncio.run(read_article(workspace, library, url))
    stored = workspace.store.find_article(found.url)
    if stored:
        return stored
    if not found.headline and not found.body:
        raise InputError(f"{url}: its page has neither a headline nor a text that can be read")
    outlet = library.sources.outlets.get(found.outlet or "")
    standfirst, body = storable(found.standfirst, found.body, outlet.rights if outlet else Rights())
    article = replace(found, standfirst=standfirst, body=body, source=BY_HAND, first_seen=workspace.clock())
    workspace.store.add_articles(BY_HAND, [(found.url, article)])
    return workspace.store.find_article(article.id) or article
