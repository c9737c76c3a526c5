"""What a person hands in: articles to judge or explain, archives to import. All but the import stores nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from monitor.adapters.arrivals import rows as wire
from monitor.adapters.cluster import copies
from monitor.adapters.imports import read as read_rows
from monitor.adapters.pages import extract as read_page
from monitor.adapters.robots import ruling
from monitor.app.crews import crews_of
from monitor.app.parsing import parsers
from monitor.app.work import fetcher
from monitor.app.workspace import Workspace, holidays_of
from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.explanation import not_fetched
from monitor.core.fault import Fault
from monitor.core.match import Judgement
from monitor.core.matching.matcher import Matcher
from monitor.errors import AddressRefused, FetchError
from monitor.jobs.explain import Asked, Explainer, Explanation, explain_given, explain_stored
from monitor.jobs.import_articles import ImportPlan, ImportReport, import_articles, plan_import
from monitor.jobs.import_articles.outlets import Outlets
from monitor.jobs.judging import cannot_be_judged, judging
from monitor.jobs.match import judge_together
from monitor.jobs.ports import ImportRow, LibraryRead, PageText, Progress
from monitor.jobs.road import host_of


def extract_body(html: bytes, url: str) -> str:
    """The article's text in a page or a fragment of HTML."""
    return read_page(html, url=url).body


def judge_lines(
    articles: Sequence[Article], library: LibraryRead, processes: int = 1
) -> tuple[tuple[Judgement, ...], tuple[Fault, ...]]:
    """The judgements of articles that are one archive, by the library's first agreement; stores nothing.

    And what went wrong with the processes that judged; 0 processes: one for each core.
    """
    agreement, sources = library.agreements[0], library.sources
    with crews_of(processes)(judging(Matcher(agreement, sources)), cannot_be_judged, Judgement) as crew:
        judged = judge_together(articles, agreement, sources, copies, crew.judge)
    return judged.judgements, tuple(crew.faults)


def explain_article(
    workspace: Workspace, library: LibraryRead, agreement: Agreement, article: Article, asked: Asked
) -> Explanation:
    """Why a stored article is in each section or not, and what the digests asked about made of it."""
    explainer = Explainer(
        workspace.store, agreement, library.sources, copies, workspace.clock, holidays_of(library)
    )
    return explain_stored(article, explainer, asked)


def explain_address(
    workspace: Workspace, library: LibraryRead, agreement: Agreement, url: str, asked: Asked
) -> Explanation:
    """The same for an address that is not stored: why it is not, and what is said of its page as it is now.

    A page that gives itself another address, under which it is stored, is explained as that article.
    """
    outlets = Outlets(library.sources)
    try:
        page, refused = asyncio.run(read_article(workspace, library, url)), ""
    except FetchError as error:
        page, refused = Article(url, outlet=outlets.find("", url)), str(error)
    stored = workspace.store.find_article(page.url)
    if stored:
        return explain_article(workspace, library, agreement, stored, asked)
    named = [page.outlet] if page.outlet else outlets.at(url)
    known = [library.sources.outlets[outlet] for outlet in named if outlet in library.sources.outlets]
    link = not_fetched(url, outlets.host(url), known, workspace.store.source_states(), refused)
    return explain_given(page, agreement, library.sources, link)


def _must_be_readable(workspace: Workspace, url: str) -> None:
    """Keeps to what the site's robots.txt said when it was last asked.

    Raises:
        AddressRefused: it keeps this page to itself.
    """
    state = workspace.store.host_state(host_of(url))
    if workspace.settings.fetch.robots and state and state.robots and not ruling(state.robots, url=url).allowed:
        raise AddressRefused("its site's robots.txt keeps this page to itself", url=url)


async def read_article(workspace: Workspace, library: LibraryRead, url: str) -> Article:
    """The article at an address, fetched now and stored nowhere; its outlet by the host.

    Of a wall or menu nothing is taken, and why the text is not the full one stands in it.

    Raises:
        FetchError: the address gives no page, or its site keeps it to itself.
        ParseError: the page breaks its parser.
    """
    _must_be_readable(workspace, url)
    settings = workspace.settings
    async with fetcher(settings.fetch) as web:
        fetched = await web.fetch(url)
    with parsers(settings.parsing) as parse:
        page = parse.read_page(fetched.body, url=fetched.url, content_type=fetched.content_type)
    article = _article(page, fetched.url)
    return replace(
        article,
        body=article.body if page.quality.worth_keeping else "",
        outlet=Outlets(library.sources).find("", fetched.url),
        shortfall="" if page.quality.full else str(page.quality),
        language=page.language,
        filed_under=page.filed_under,
    )


def article_of_page(html: bytes, url: str, content_type: str = "") -> Article:
    """The article on a page, or in a fragment of HTML; of no outlet."""
    return _article(read_page(html, url=url, content_type=content_type), url)


def _article(page: PageText, url: str) -> Article:
    return Article(
        url=page.canonical_url or url,
        headline=page.headline,
        body=page.body,
        byline=page.byline,
        published_at=page.published_at,
    )


def plan_file(
    file: str, library: LibraryRead, *, wanted: Mapping[str, str], outlet: str | None, first_seen_now: bool
) -> ImportPlan:
    """How a file of articles would be understood.

    Raises:
        InputError: it cannot be read, or what was asked for is not in it.
    """
    return plan_import(_rows(file), library.sources, wanted=wanted, outlet=outlet, first_seen_now=first_seen_now)


def import_file(
    workspace: Workspace, library: LibraryRead, file: str, plan: ImportPlan, progress: Progress
) -> ImportReport:
    """Import a file of articles as planned."""
    return import_articles(
        _rows(file), plan, workspace.store, library.sources, workspace.clock, progress, where=file
    )


def _rows(file: str) -> Iterator[ImportRow]:
    return wire.read(file) if wire.is_xml(file) else read_rows(file)
