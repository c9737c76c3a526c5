"""A rule of context words that was changed, told as one change: it has no name by which it is known again."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.core.editing.saying import Change, came_and_went, of_values, plain
from monitor.core.editing.values import Values, Way, has_name, item_name, same
from monitor.core.json import Json

FEW = 3
"""Words by which a rule is called."""


def changed_rules(way: Way, before: list[Json], after: list[Json]) -> tuple[list[Change], list[Json]]:
    """The rules without a name that were changed, and the later list with each of them as it was before.

    What stands in one list alone goes together by its place: the first that went with the first that came.

    >>> told, _ = changed_rules(("oicw",), [{"any": ["tax", "levy"]}], [{"any": ["tax", "duty"]}])
    >>> told[0].sentence
    'Only in connection with “tax, levy”: now also duty, no longer levy'
    """
    pairs = list(zip(_alone(before, after), _alone(after, before), strict=False))
    told = [
        Change(f"Only in connection with {_called(was)}", "", "; ".join(_said(was, now)), (*way, *names))
        for was, now in pairs
        for names in ((item_name(was), item_name(now)),)
    ]
    return told, [next((was for was, now in pairs if now is one), one) for one in after]


def _alone(rules: list[Json], others: list[Json]) -> list[Values]:
    nameless = (one for one in rules if isinstance(one, dict) and not has_name(one))
    return [one for one in nameless if not any(same(one, other) for other in others)]


def _called(rule: Values) -> str:
    words = rule.get("any")
    if isinstance(words, dict):
        return f"the list “{str(words.get('list', '')).replace('_', ' ')}”"
    names = [item_name(one) for one in words] if isinstance(words, list) else []
    return f"“{', '.join(names[:FEW])}{' …' if len(names) > FEW else ''}”"


def _said(was: Values, now: Values) -> Iterator[str]:
    """What is otherwise, words first."""
    before, after = was.get("any"), now.get("any")
    if isinstance(before, list) and isinstance(after, list):
        yield from _words(before, after)
    elif not same(before, after):
        yield f"now {_called(now)}" if _called(now) != _called(was) else f"now {plain(after)}"
    rest, there = ({key: value for key, value in rule.items() if key != "any"} for rule in (was, now))
    for one in of_values("", (), rest, there):
        yield one.sentence.removeprefix(": ")


def _words(before: list[Json], after: list[Json]) -> Iterator[str]:
    was, now = ({item_name(one): one for one in words} for words in (before, after))
    came, went = ([name for name in one if name not in other] for one, other in ((now, was), (was, now)))
    if said := came_and_went(", ".join(came), ", ".join(went)):
        yield said
    if options := [name for name in now if name in was and not same(was[name], now[name])]:
        yield f"other options of {', '.join(options)}"
    if not (came or went or options) and list(was) != list(now):
        yield "its words in another order"
