"""Looking: the desk laid out, every story with a number that stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.core.curation import Act, hours
from monitor.core.digest import OnDesk, Standing
from monitor.core.explanation import explain, suggested
from monitor.jobs.desk.laid import Desk, DeskItem, SuggestedSection, View


def lay_out(desk: Desk, stories: Sequence[OnDesk], last_act: int = 0) -> View:
    """The desk with the stories of `compose.draft_of_next`; those that had no number have one from now on.

    `last_act` is that of `last_act` before the draft was made: what is said meanwhile, nobody has seen.
    """
    window, now = desk.window, desk.clock()
    edition = desk.edition(window)
    known = desk.records.desk_numbers(edition)
    fresh = [s.article.line for s in stories if not any(line in known for line in s.lines)]
    numbers = desk.records.number(edition, fresh, now) if fresh else known
    opened = min((at for _, at in numbers.values()), default=None)
    items = [_item(desk, s, numbers, opened) for s in stories]
    theirs = hours(desk.digest, window.end)
    return View(
        edition=edition,
        title=desk.digest.title,
        window=window,
        hours=theirs,
        opened=opened,
        is_open=now < theirs.closes if theirs else True,
        items=tuple(items),
        acts=tuple(desk.counting(edition, now)),
        last_act=last_act,
    )


def last_act(desk: Desk) -> int:
    """The number of the last act said of the agreement; 0: there is none."""
    return max((c.no for c in desk.records.curations(desk.agreement.id)), default=0)


def is_laid_out(desk: Desk) -> bool:
    """Whether somebody has looked at the edition that is made next, or it was laid out for them."""
    return bool(desk.records.desk_numbers(desk.edition(desk.window)))


def must_be_laid_out(desk: Desk) -> bool:
    """Whether the editor's hour has begun and the desk is still empty."""
    theirs = hours(desk.digest, desk.window.end)
    return theirs is not None and theirs.opens <= desk.clock() < theirs.goes and not is_laid_out(desk)


def _item(
    desk: Desk, story: OnDesk, numbers: dict[str, tuple[int, datetime]], opened: datetime | None
) -> DeskItem:
    no, since = min(numbers[line] for line in story.lines if line in numbers)
    article = story.article
    outlet = desk.sources.outlets.get(article.outlet or "")
    return DeskItem(
        no=no,
        standing=story.standing,
        article=article.id,
        headline=article.headline or article.url,
        url=article.url,
        outlet=outlet.name if outlet else article.outlet or "unknown outlet",
        section=story.section,
        others=len(story.story.articles) - 1,
        major=bool(story.item and story.item.major),
        new=opened is not None and since > opened,
        first_seen=article.first_seen,
        why=_why(desk, story),
        acts=story.said.acts,
        suggestion=_suggested(desk, story),
    )


def _suggested(desk: Desk, story: OnDesk) -> SuggestedSection | None:
    if story.suggestion is None:
        return None
    act = Act.MOVE if story.suggestion.here else Act.ADD
    why = suggested(story.suggestion, desk.agreement, desk.sources)
    return SuggestedSection(story.suggestion.section, act, why)


def _why(desk: Desk, story: OnDesk) -> str:
    if story.item and story.item.why:
        return "".join(piece.text for piece in story.item.why)
    if story.standing is Standing.UNASSIGNED:
        return "by a journalist of the list, and fits no section"
    said = explain(story.verdict, desk.sources) if story.verdict else ""
    if story.standing is Standing.MINOR and story.verdict and story.verdict.section != story.section:
        there = desk.agreement.title(story.section)
        said += f" {there}, where an editor filed it, asks for major stories, too: adding it brings it in."
    return said
