"""Acting: what an editor says of stories is checked, then remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.core.article import Article
from monitor.core.curation import DECIDES, ONE_EDITION, PAST, Act, Curation, Curations, Said, hours
from monitor.core.dates import in_london
from monitor.core.edition import Window
from monitor.errors import InputError
from monitor.jobs.desk.laid import Desk
from monitor.jobs.signing import must_be_signed

MOST_OF_A_LINE = 300
"""Characters that an editor may set above a story: more is an article of its own."""
BRINGS = (Act.MOVE, Act.ADD)
"""Acts that name a section."""


@dataclass(frozen=True, slots=True)
class Request:
    """What an editor asks for."""

    act: Act
    names: tuple[str, ...]
    """Numbers on the desk, ids, beginnings of ids or addresses of stored articles."""
    author: str
    reason: str
    section: str = ""
    text: str = ""
    all_digests: bool = False


def act(desk: Desk, request: Request) -> list[Curation]:
    """Say so of each story named; all of them or, when one cannot be, none.

    Raises:
        InputError: no author or reason, no such story, section or digest; it is so already; the desk is closed.
    """
    window, now = must_be_askable(desk, request)
    edition = desk.edition(window)
    articles = [_named(desk, edition, name) for name in request.names]
    counting = Curations.of(desk.counting(edition, now))
    for article in articles:
        _must_be_new(desk, request, article, counting.on_lines([article.line]))
    return [desk.records.curate(_curation(desk, request, article, edition, now)) for article in articles]


def must_be_askable(desk: Desk, request: Request) -> tuple[Window, datetime]:
    """The window of the edition on the desk, and now.

    Raises:
        InputError: whatever the stories may be, it cannot be said: unsigned, without sense, or too late.
    """
    must_be_signed(request.author, request.reason)
    _must_make_sense(desk, request)
    return _open(desk)


def undo(desk: Desk, number: int, author: str, reason: str) -> Curation:
    """Let an act count no longer.

    Raises:
        InputError: there is no such act, or it is undone; no author or reason; the desk is closed.
    """
    must_be_signed(author, reason)
    _, now = _open(desk)
    said = desk.records.curations(desk.agreement.id)
    found = next((c for c in said if c.no == number and c.act is not Act.UNDO), None)
    if found is None or found.digest not in ("", desk.digest.id):
        raise InputError(f"there is no act {number} on {desk.digest.id}: monitor desk log numbers them")
    before = next((c for c in said if c.undoes == number), None)
    if before:
        raise InputError(f"act {number} was undone by {before.author} {_at(before.at)}: {before.reason}")
    return desk.records.curate(
        Curation(Act.UNDO, desk.agreement.id, found.digest, "", "", author, reason, now, undoes=number)
    )


def include(desk: Desk, name: str, author: str, reason: str) -> list[Curation]:
    """Let the story go again: undo what keeps it out.

    Raises:
        InputError: nobody keeps it out; or as `undo`.
    """
    edition = desk.edition(desk.window)
    article = _named(desk, edition, name)
    acts = [c for c in desk.counting(edition, desk.clock()) if c.line == article.line]
    out = [c for c in acts if c.act in (Act.EXCLUDE, Act.HOLD)]
    if not out:
        raise InputError(f"{name}: no editor keeps it out: monitor explain {article.id[:10]} tells what does")
    return [undo(desk, c.no, author, reason) for c in out]


def log(desk: Desk) -> list[Curation]:
    """Everything that editors ever said of the digest, the oldest first."""
    said = desk.records.curations(desk.agreement.id)
    return [c for c in said if c.digest in ("", desk.digest.id)]


def _open(desk: Desk) -> tuple[Window, datetime]:
    """The window of the edition on the desk, and now.

    Raises:
        InputError: the hour is over.
    """
    window, now = desk.window, desk.clock()
    theirs = hours(desk.digest, window.end)
    if theirs and now >= theirs.closes:
        raise InputError(
            f"the desk of {desk.edition(window)} closed {_at(theirs.closes)}: it goes as it is, "
            f"{_at(theirs.goes)}; once it is made the next one can be edited"
        )
    return window, now


def _must_make_sense(desk: Desk, request: Request) -> None:
    known = desk.sections
    if request.all_digests:
        known = [p.section for p in desk.agreement.profiles if not p.recategorise]
    if request.section and request.section not in known:
        raise InputError(f"there is no section {request.section} to file it in: use one of {', '.join(known)}")
    if request.act is Act.MOVE and not request.section:
        raise InputError(f"where to? name a section: {', '.join(known)}")
    if request.all_digests and request.act in ONE_EDITION:
        raise InputError(f"{request.act} is said of one edition: --all-digests means nothing there")
    if request.act is Act.NOTE and not 0 < len(request.text.strip()) <= MOST_OF_A_LINE:
        raise InputError(f"write a line of 1 to {MOST_OF_A_LINE} characters; undo takes one away")


def _must_be_new(desk: Desk, request: Request, article: Article, said: Said) -> None:
    """Refuses what is so already: two editors at one desk should know of each other.

    Raises:
        InputError: naming who said it, and when.
    """
    before = said.decided if request.act in DECIDES and said.act is request.act else None
    if request.act is Act.MOVE and said.filed and said.filed.section == request.section:
        before = said.filed
    if request.act is Act.PIN:
        before = said.pinned
    if request.act is Act.NOTE and said.noted and said.noted.text == request.text.strip():
        before = said.noted
    if before and (not request.section or before.section == request.section):
        what = f"“{article.headline or article.url}” is {PAST[before.act]} already"
        raise InputError(f"{what}: by {before.author} {_at(before.at)} (act {before.no}): {before.reason}")
    if request.act is Act.ADD:
        _must_be_addable(desk, request, article)


def _must_be_addable(desk: Desk, request: Request, article: Article) -> None:
    if desk.records.shown_stories(desk.agreement.id, desk.digest.id, [article.line]):
        raise InputError(f"{article.id[:10]} has been in the digest: monitor explain {article.id[:10]} tells when")
    judgement = desk.records.judgement(desk.agreement.id, article.id)
    order = desk.sections
    if not request.section and not (judgement and set(judgement.sections) & set(order)):
        raise InputError(
            f"no section takes {article.id[:10]} by itself: name one with --section: {', '.join(order)}"
        )


def _curation(desk: Desk, request: Request, article: Article, edition: str, now: datetime) -> Curation:
    return Curation(
        act=request.act,
        agreement=desk.agreement.id,
        digest="" if request.all_digests else desk.digest.id,
        edition=edition if request.act in ONE_EDITION else "",
        line=article.line,
        author=request.author.strip(),
        reason=request.reason.strip(),
        at=now,
        section=request.section if request.act in BRINGS else "",
        text=" ".join(request.text.split()) if request.act is Act.NOTE else "",
    )


# --------------------------------------------------------------- names


def _named(desk: Desk, edition: str, name: str) -> Article:
    """The latest text of the article that a number on the desk, an id or an address means.

    Raises:
        InputError: none.
    """
    if name.isdigit() and len(name) < 8:  # shorter than any beginning of an id that we print
        return _numbered(desk, edition, int(name))
    found = desk.records.find_article(name)
    if found is None:
        raise InputError(f"no such article is stored: {name}: give a number on the desk, an id or an address")
    return found


def _numbered(desk: Desk, edition: str, number: int) -> Article:
    numbers = desk.records.desk_numbers(edition)
    line = next((line for line, (no, _) in numbers.items() if no == number), None)
    if line is None:
        raise InputError(f"there is no {number} on the desk of {edition}: monitor desk show numbers its stories")
    return desk.records.texts(line)[-1]


def _at(moment: datetime) -> str:
    return in_london(moment, "on %a %d %b at %H:%M")
