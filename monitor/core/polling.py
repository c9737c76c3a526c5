"""When a source is asked next, and why: its state and the time in, its new state out.

A source that is heard is asked again after half the time that usually lies between its changes: never sooner than
settings say, never later than an hour. One that fails waits twice as long each time, up to a day, and is never
given up, but for an address that is gone (410) by its own word, twice, a day apart.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from monitor.core.source import Source, SourceState, Trouble

EVERY = timedelta(minutes=15)
"""How often a source is asked at most, when settings say nothing."""
HOURLY = timedelta(hours=1)
"""How often a source that is heard is asked at least, and one whose answer is suspect."""
LONGEST = timedelta(days=1)
"""The longest wait, whatever a publisher asks for; also how far apart two 410 must be."""
GRACE = timedelta(seconds=60)
"""What is due so soon is asked now: a run every 15 minutes must not miss a source by a second."""
NEWS_LISTED = timedelta(days=2)
"""How long an article stands in a news sitemap, by the protocol."""
MOVED_AFTER = 3
"""So many equal permanent redirects in a row are believed."""
WEIGHT = 0.25
"""Of the latest gap between two changes against what was learned before."""

_DIGITS = re.compile(r"[0-9]+")


def is_due(state: SourceState, now: datetime) -> bool:
    """Whether the source is to be asked now."""
    if state.trouble is Trouble.GONE:
        return False
    return state.next_due is None or state.next_due - GRACE <= now


def settled_at(state: SourceState, source: Source) -> SourceState:
    """The state for the source's present address; another address than before is begun anew.

    What was heard and brought stays known. The address it had moved to is the same source, with all that is known.
    """
    url = source.url or ""
    if state.url in {"", url}:
        return replace(state, url=url)
    if url == state.moved_to:
        return replace(state, url=url, moved_to="", moved_seen=0)
    heard = SourceState(state.source, state.last_tried, state.last_heard, state.last_new)
    return replace(heard, url=url, failing_since=state.failing_since)


def address(state: SourceState) -> str:
    """Where the source is asked: the address in `sources/`, or where it has moved for good."""
    return state.moved_to if has_moved(state) else state.url


def has_moved(state: SourceState) -> bool:
    """Whether its permanent redirects are believed."""
    return bool(state.moved_to) and state.moved_seen >= MOVED_AFTER


def led_to(state: SourceState, target: str) -> SourceState:
    """The state after a success that permanent redirects alone led to `target`; empty: there were none.

    A move from https to http is never believed: somebody on the way may have made it up.
    """
    asked = address(state)
    if not target:
        return state if has_moved(state) else replace(state, moved_to="", moved_seen=0)
    if asked.startswith("https:") and not target.startswith("https:"):
        return state
    seen = state.moved_seen + 1 if target == state.moved_to else 1
    return replace(state, moved_to=target, moved_seen=seen)


def may_list_nothing(state: SourceState, now: datetime) -> bool:
    """Whether a news sitemap may be empty by now: what it brought last can stand in it no longer.

    It was published up to an hour before we saw it. A source that never brought anything says nothing of itself.
    """
    return state.last_new is not None and now - state.last_new >= NEWS_LISTED - HOURLY


# --------------------------------------------------------------- after an answer


def heard(state: SourceState, now: datetime, *, new: bool, every: timedelta = EVERY) -> SourceState:
    """The state after a usable answer, which brought new articles or not."""
    rhythm = state.rhythm
    if new and state.last_new is not None:
        rhythm = learned(rhythm, now - state.last_new)
    state = replace(
        state,
        last_heard=now,
        last_new=now if new else state.last_new,
        rhythm=rhythm,
        error="",
        trouble=Trouble.NONE,
        failing_since=None,
        failures=0,
        gone_since=None,
    )
    wait, why = usual_wait(state, now, every)
    return replace(state, next_due=now + wait, due_why=why)


def learned(rhythm: int | None, gap: timedelta) -> int:
    """The usual seconds between two changes, after one more gap; gaps beyond two hours count as two."""
    seconds = min(gap, 2 * HOURLY).total_seconds()
    return round(seconds if rhythm is None else rhythm + WEIGHT * (seconds - rhythm))


def usual_wait(state: SourceState, now: datetime, every: timedelta = EVERY) -> tuple[timedelta, str]:
    """How long to wait after a success, and why: half the time between changes, within `every` and an hour.

    A day without anything new makes a source a slow one, whatever was learned of it.
    """
    most = max(HOURLY, every)
    if state.last_new is None or now - state.last_new >= LONGEST:
        since = f"since {state.last_new:%d %B}" if state.last_new else "yet"
        return most, f"nothing new {since}"
    silence = now - state.last_new
    rhythm = silence if state.rhythm is None else timedelta(seconds=state.rhythm)
    wait = min(max(rhythm / 2, every), most)
    if state.rhythm is None:
        return wait, f"nothing new for {said(silence)}" if silence else "it was new just now"
    return wait, f"it changes about every {said(rhythm)}"


def suspect(state: SourceState, now: datetime, error: str, trouble: Trouble, *, every: timedelta) -> SourceState:
    """The state after an answer that is no success (empty, a page, half a feed): the last good one stays known.

    The server is well, so it is asked as often as before.
    """
    failed_now = _failed(state, now, error, trouble)
    wait = min(usual_wait(state, now, every)[0], max(HOURLY, every))
    return replace(failed_now, next_due=now + wait, due_why=f"its answer is {trouble.replace('_', ' ')}")


def failed(
    state: SourceState,
    now: datetime,
    error: str,
    trouble: Trouble,
    *,
    status: int | None = None,
    wait: timedelta = timedelta(0),
    every: timedelta = EVERY,
) -> SourceState:
    """The state after a try without a usable answer: it waits twice as long as the last time, up to a day.

    It waits for `wait` at least, which is what its host asked for.
    """
    state = _failed(state, now, error, trouble)
    if status == 410:
        since = state.gone_since or now
        state = replace(state, gone_since=since)
        if now - since >= LONGEST:
            why = "gone for good by its own word (410): look for its new address, or take it away"
            return replace(state, trouble=Trouble.GONE, next_due=None, due_why=why)
    if state.failures > 1:  # what it moved to may be what fails: the address in sources/ is asked again
        state = replace(state, moved_to="", moved_seen=0)
    wait = min(max(backoff(state.failures, every), wait), LONGEST)
    times = "once" if state.failures == 1 else f"{state.failures} times in a row"
    return replace(state, next_due=now + wait, due_why=f"failed {times}: waits {said(wait)}")


def backoff(failures: int, every: timedelta = EVERY) -> timedelta:
    """How long to wait after so many failures in a row.

    >>> [str(backoff(n)) for n in (1, 2, 3, 8)]
    ['0:15:00', '0:30:00', '1:00:00', '1 day, 0:00:00']
    """
    return min(every * (1 << min(failures - 1, 12)), LONGEST)


def put_off(state: SourceState, until: datetime, why: str) -> SourceState:
    """The state of a source that was not asked: nothing is counted, it is due later."""
    return replace(state, next_due=until, due_why=why)


def spared(state: SourceState, now: datetime) -> SourceState:
    """The state of a source that failed while nobody could be reached: it is asked within the hour."""
    if state.next_due is None or state.next_due <= now + HOURLY:
        return state
    return put_off(state, now + HOURLY, "nobody at all could be reached: asked hourly")


def _failed(state: SourceState, now: datetime, error: str, trouble: Trouble) -> SourceState:
    since = state.failing_since or now
    return replace(state, error=error, trouble=trouble, failing_since=since, failures=state.failures + 1)


# --------------------------------------------------------------- what a host asks for


def asks_to_wait(status: int | None, retry_after: str) -> bool:
    """Whether an answer asks us to leave its whole host alone for a while."""
    return status == 429 or (status == 503 and bool(retry_after.strip()))


def wait_asked(retry_after: str, now: datetime) -> timedelta:
    """How long a Retry-After header asks us to wait: seconds or an HTTP date (RFC 9110, 10.2.3), a day at most.

    Nothing for what is past and for nonsense.
    """
    text = retry_after.strip()
    if _DIGITS.fullmatch(text):
        return min(timedelta(seconds=int(text[:10])), LONGEST)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError, TypeError):  # email.utils raises all four
        return timedelta(0)
    until = until if until.tzinfo is not None else until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta(0)), LONGEST)


def said(stretch: timedelta) -> str:
    """A stretch of time for people, in the largest unit of which there are two.

    >>> said(timedelta(minutes=90))
    '90 minutes'
    """
    seconds = round(stretch.total_seconds())
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds == size or seconds >= 2 * size:
            return f"{round(seconds / size)} {unit}{'' if seconds == size else 's'}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"
