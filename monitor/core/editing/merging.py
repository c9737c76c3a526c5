"""Three states of a file go together: what it was, as I would have it, as somebody else published it meanwhile.

What only one of the two changed is taken. Terms and other named items of lists are compared one by one, and their
options one by one; what both changed, each in its own way, is a clash, which a person settles. A term that has
only another name is the same term: what somebody else changed of its options goes with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Final, TypeAlias

from monitor.core.editing.renaming import renamed_on_both, under_new_names, under_old_names
from monitor.core.editing.values import Values, Way, has_name, item_name, joined_order, same
from monitor.core.json import Json


class Side(StrEnum):
    """Whose word counts where both changed the same."""

    MINE = "mine"
    THEIRS = "theirs"


class Gone(Enum):
    """That there is no value."""

    GONE = "gone"


GONE: Final = Gone.GONE
"""In place of a value that is not there, or not any more."""
State: TypeAlias = "Json | Gone"


@dataclass(frozen=True, slots=True)
class Clash:
    """What both changed, each in its own way."""

    way: Way
    base: State
    mine: State
    theirs: State

    @property
    def name(self) -> str:
        """What a choice names it by."""
        return " / ".join(self.way)


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of it; where nobody has chosen yet, theirs stands."""

    values: Values
    clashes: tuple[Clash, ...]
    """Those that nobody has settled."""


def merge(base: Values, mine: Values, theirs: Values, choices: Mapping[str, Side] | None = None) -> Merged:
    """Mine and theirs together, over what both were made from; `choices` settle clashes by their name.

    >>> merge({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 3}).values
    {'a': 2, 'b': 3}
    """
    merging = _Merging(choices or {})
    my, their = renamed_on_both(base, mine, theirs)
    made = merging.keys((), base, under_old_names(mine, my), under_old_names(theirs, their))
    return Merged(under_new_names(made), tuple(merging.clashes))


@dataclass
class _Merging:
    choices: Mapping[str, Side]
    clashes: list[Clash] = field(default_factory=list)

    def keys(self, way: Way, base: Values, mine: Values, theirs: Values) -> Values:
        """Key by key, in their order; a key of mine behind the one that it stands behind in mine."""
        made: Values = {}
        for name in joined_order(list(theirs), list(mine)):
            found = self.value((*way, name), base.get(name, GONE), mine.get(name, GONE), theirs.get(name, GONE))
            if not isinstance(found, Gone):
                made[name] = found
        return made

    def value(self, way: Way, base: State, mine: State, theirs: State) -> State:
        """One value of three; what both changed is looked into, as far as there are names in it."""
        if _alike(mine, theirs) or _alike(base, theirs):
            return mine
        if _alike(base, mine):
            return theirs
        if isinstance(mine, dict) and isinstance(theirs, dict):
            return self.keys(way, base if isinstance(base, dict) else {}, mine, theirs)
        if isinstance(mine, list) and isinstance(theirs, list):
            return self.items(way, base if isinstance(base, list) else [], mine, theirs)
        return self.clash(Clash(way, base, mine, theirs))

    def items(self, way: Way, base: list[Json], mine: list[Json], theirs: list[Json]) -> State:
        """Item by item, by name; the whole list where names do not tell its items apart."""
        named = [_named(state) for state in (base, mine, theirs)]
        if any(one is None for one in named):
            return self.clash(Clash(way, base, mine, theirs))
        was, my, their = (one or {} for one in named)
        made: list[Json] = []
        for name in joined_order(list(their), list(my)):
            three = [_with_options(state.get(name, GONE), my, their) for state in (was, my, their)]
            found = self.value((*way, name), *three)
            if not isinstance(found, Gone):
                made.append(_without_options(found))
        return made

    def clash(self, clash: Clash) -> State:
        """What the choice says; theirs, and one more clash, without a choice."""
        chosen = self.choices.get(clash.name)
        if chosen is None:
            self.clashes.append(clash)
        return clash.mine if chosen is Side.MINE else clash.theirs


def _alike(one: State, other: State) -> bool:
    if isinstance(one, Gone) or isinstance(other, Gone):
        return one is other
    return same(one, other)


def _named(items: Sequence[Json]) -> dict[str, Json] | None:
    """The items by name; None where one has no name, or shares it: two changed rules would both be kept."""
    found = {item_name(item): item for item in items if has_name(item)}
    return found if len(found) == len(items) else None


def _with_options(item: State, mine: Mapping[str, Json], theirs: Mapping[str, Json]) -> State:
    """A term that is only a name as one with options, where one of the two has given it some."""
    if isinstance(item, str):
        others = (mine.get(item), theirs.get(item))
        if any(isinstance(other, dict) and "term" in other for other in others):
            return {"term": item}
    return item


def _without_options(item: Json) -> Json:
    """The other way round."""
    return item["term"] if isinstance(item, dict) and item.keys() == {"term"} else item
