"""Acting: what an editor says of stories is checked, then remembered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from monitor.core.article import Article
from monitor.core.curation import DECIDES, ONE_EDITION, PAST, Act, Curation, Curations, Said, hours
from monitor.core.dates import in_london
from monitor.core.edition import Window
from monitor.errors import InputError, RevisionConflict
from monitor.jobs.desk.laid import Desk
from monitor.jobs.signing import must_be_signed

MOST_OF_A_LINE = 300
"""Characters that an editor may set above a story: more is an article of its own."""
BRINGS = (Act.MOVE, Act.ADD)
"""Acts that name a section."""
WHY = "“Why is it in, or not?” (monitor explain) tells the whole way"


@dataclass(frozen=True, slots=True)
class Seen:
    """The desk that an editor had before them."""

    edition: str
    """The id that its edition will have."""
    last_act: int
    """The number of the last act that it showed."""


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
    seen: Seen | None = None
    """None: of no desk, such as a command's; it is not asked whether the story is still as it was."""


def act(desk: Desk, request: Request) -> list[Curation]:
    """Say so of each story named; all of them or, when one cannot be, none.

    Raises:
        InputError: no author or reason, no such story, section or digest; it is so already; the desk is closed.
        RevisionConflict: another desk was seen, or somebody else has said something of the story since.
    """
    window, now = must_be_askable(desk, request)
    edition = desk.edition(window)
    articles = [_named(desk, edition, name) for name in request.names]
    counting = Curations.of(desk.counting(edition, now))
    for article in articles:
        lines = desk.lines_of(article)
        _must_be_new(desk, request, article, counting.on_lines(lines))
        _must_be_as_seen(desk, request.seen, article, lines)
    return [desk.records.curate(_curation(desk, request, article, edition, now)) for article in articles]


def must_be_askable(desk: Desk, request: Request) -> tuple[Window, datetime]:
    """The window of the edition on the desk, and now.

    Raises:
        InputError: whatever the stories may be, it cannot be said: unsigned, without sense, or too late.
        RevisionConflict: the desk that was seen is that of another edition.
    """
    must_be_signed(request.author, request.reason)
    _must_be_this_desk(desk, request.seen)
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


def include(desk: Desk, name: str, author: str, reason: str, seen: Seen | None = None) -> list[Curation]:
    """Let the story go again: undo what keeps it out.

    Raises:
        InputError: nobody keeps it out; or as `undo`.
        RevisionConflict: as `act`.
    """
    _must_be_this_desk(desk, seen)
    edition = desk.edition(desk.window)
    article = _named(desk, edition, name)
    lines = desk.lines_of(article)
    acts = [c for c in desk.counting(edition, desk.clock()) if c.line in lines]
    out = [c for c in acts if c.act in (Act.EXCLUDE, Act.HOLD)]
    if not out:
        raise InputError(f"no editor keeps {_called(article)} out: {WHY}")
    _must_be_as_seen(desk, seen, article, lines)
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


def _must_be_this_desk(desk: Desk, seen: Seen | None) -> None:
    """Refuses what was said of the desk of another edition, whose numbers are of other stories.

    Raises:
        RevisionConflict: naming both.
    """
    edition = desk.edition(desk.window)
    if seen and seen.edition != edition:
        raise RevisionConflict(
            "the edition you had before you is not on the desk any more; this is the desk of the next. "
            "Nothing was done: look at it, and say it again if you still want it"
        )


def _must_be_as_seen(desk: Desk, seen: Seen | None, article: Article, lines: Collection[str]) -> None:
    """Refuses an act on a story of which something was said, or undone, since the editor looked.

    Raises:
        RevisionConflict: naming who said what.
    """
    said = log(desk)
    about = {c.no for c in said if c.line in lines}
    later = [c for c in said if seen and c.no > seen.last_act and (c.no in about or c.undoes in about)]
    if later:
        last = later[-1]
        words = last.sentence(desk.agreement.title)
        what = f"act {last.undoes} was {words}" if last.undoes else f"it was {words}"
        raise RevisionConflict(
            f"{_called(article)} has changed since you looked: {what} (act {last.no}). "
            "Nothing was done: look at it, and say it again if you still want it"
        )


def _called(article: Article) -> str:
    return f"“{article.headline or article.url}”"


def _must_be_addable(desk: Desk, request: Request, article: Article) -> None:
    if desk.records.shown_stories(desk.agreement.id, desk.digest.id, [article.line]):
        raise InputError(f"{_called(article)} has been in the digest: {WHY}")
    judgement = desk.records.judgement(desk.agreement.id, article.id)
    order = desk.sections
    if not request.section and not (judgement and set(judgement.sections) & set(order)):
        raise InputError(
            f"no section takes {_called(article)} by itself: name one with --section: {', '.join(order)}"
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
        raise InputError(
            f"no such article is stored: {name}: "
            "give a number on the desk, an id or the whole address, with https:// before it"
        )
    return found


def _numbered(desk: Desk, edition: str, number: int) -> Article:
    numbers = desk.records.desk_numbers(edition)
    line = next((line for line, (no, _) in numbers.items() if no == number), None)
    if line is None:
        raise InputError(f"there is no {number} on the desk of {edition}: monitor desk show numbers its stories")
    return desk.records.texts(line)[-1]


def _at(moment: datetime) -> str:
    return in_london(moment, "on %a %d %b at %H:%M")
