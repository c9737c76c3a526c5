"""What an edit changed: two texts of one article, paragraph by paragraph, and what that does to its sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from monitor.core.article import Article
from monitor.core.json import Json
from monitor.core.likeness import words_of
from monitor.core.match import Judgement, Outcome

REWORDED = 0.5
"""Two paragraphs that are so alike (difflib's ratio, by words) are one, changed."""


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What an edit does to one section."""

    section: str
    before: str
    """`in`, `near_miss`, `out`; out as well where no term stood."""
    after: str
    gained: tuple[str, ...] = ()
    """Terms that stand in it now and did not."""
    lost: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Json]:
        """The fields as they are."""
        terms: dict[str, Json] = {"gained": list(self.gained), "lost": list(self.lost)}
        return {"section": self.section, "before": self.before, "after": self.after, **terms}

    @property
    def entered(self) -> bool:
        """Whether the article is in the section now and was not."""
        return self.after == Outcome.IN and self.before != Outcome.IN

    @property
    def left(self) -> bool:
        """Whether it was in the section and is not now."""
        return self.before == Outcome.IN and self.after != Outcome.IN


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not the same in the later text."""

    headline: tuple[str, str] | None = None
    """Before and after, where their words differ."""
    standfirst: bool = False
    added: tuple[str, ...] = ()
    """Paragraphs."""
    removed: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    sections: tuple[SectionChange, ...] = ()
    unread: bool = False
    """The text of one of the two is purged: its paragraphs cannot be compared."""

    @property
    def tells(self) -> bool:
        """Whether a reader of the earlier text should hear of it: more than its standfirst changed."""
        return bool(self.headline or self.added or self.removed or self.changed or self.sections)

    def to_json(self) -> dict[str, Json]:
        """Counts, the headlines, and each section's change: no text of others' beyond headlines and terms."""
        return {
            "headline": list(self.headline) if self.headline else None,
            "standfirst": self.standfirst,
            "paragraphs": {"added": len(self.added), "removed": len(self.removed), "changed": len(self.changed)},
            "sections": [change.to_json() for change in self.sections],
            "unread": self.unread,
        }


def difference(
    before: Article, after: Article, judged: tuple[Judgement | None, Judgement | None] = (None, None)
) -> Difference:
    """What the later text changed; `judged` is what an agreement said of each."""
    headline = (before.headline, after.headline) if _differ(before.headline, after.headline) else None
    unread = before.purged or after.purged
    added, removed, changed = ((), (), ()) if unread else _paragraphs(before.body, after.body)
    return Difference(
        headline,
        not unread and _differ(before.standfirst, after.standfirst),
        added,
        removed,
        changed,
        tuple(_sections(*judged)),
        unread,
    )


def sentences(found: Difference, titles: Mapping[str, str]) -> list[str]:
    """The difference in sentences a reader understands, the sections first; `titles` by section."""
    said = [_section_sentence(change, titles.get(change.section, change.section)) for change in found.sections]
    if found.headline:
        said.append(f"the headline was “{found.headline[0]}”")
    counts = ((found.added, "added"), (found.removed, "taken out"), (found.changed, "changed"))
    told = [f"{_count(len(paragraphs))} {verb}" for paragraphs, verb in counts if paragraphs]
    if told:
        said.append(", ".join(told))
    if found.standfirst and not said:
        said.append("the standfirst changed")
    if found.unread:
        said.append("one of the texts is purged, and the paragraphs cannot be compared")
    return said


def _section_sentence(change: SectionChange, title: str) -> str:
    lost, gained = ", ".join(change.lost), ", ".join(change.gained)
    if change.left:
        return f"no longer in {title}: {f'{lost} is gone' if lost else 'its rules hold no more'}"
    if change.entered:
        return f"now in {title}: {gained or 'its rules hold now'}"
    parts = [f"{gained} now stands in it" if gained else "", f"{lost} is gone" if lost else ""]
    return f"{title}: {'; '.join(p for p in parts if p)}"


def _count(paragraphs: int) -> str:
    return f"{paragraphs} paragraph{'' if paragraphs == 1 else 's'}"


def _differ(one: str, other: str) -> bool:
    return words_of(one) != words_of(other)


def _paragraphs(before: str, after: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Paragraphs added, taken out, and changed; white space and punctuation alone change nothing."""
    old, new = ([p for p in text.split("\n\n") if p.strip()] for text in (before, after))
    added: list[str] = []
    removed: list[str] = []
    changed: list[tuple[str, str]] = []
    words = [" ".join(words_of(p)) for p in old], [" ".join(words_of(p)) for p in new]
    for verb, a, b, c, d in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        if verb == "equal":
            continue
        pairs = list(_pairs(old[a:b], new[c:d]))
        changed += pairs
        removed += [p for p in old[a:b] if p not in {one for one, _ in pairs}]
        added += [p for p in new[c:d] if p not in {other for _, other in pairs}]
    return tuple(added), tuple(removed), tuple(changed)


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each old paragraph with the next new one that is it, reworded."""
    rest = list(new)
    for one in old:
        matcher = SequenceMatcher(None, b=words_of(one), autojunk=False)
        for number, other in enumerate(rest):
            matcher.set_seq1(words_of(other))
            if matcher.ratio() >= REWORDED:
                yield one, other
                del rest[: number + 1]
                break


def _sections(before: Judgement | None, after: Judgement | None) -> Iterator[SectionChange]:
    """The sections whose verdict or terms changed; none where one text was not judged."""
    if before is None or after is None:
        return
    for section in dict.fromkeys(v.section for v in (*before.verdicts, *after.verdicts)):
        old, new = before.verdict(section), after.verdict(section)
        terms = [tuple(dict.fromkeys(h.term for h in v.hits)) if v else () for v in (old, new)]
        outcomes = [str(v.outcome) if v else str(Outcome.OUT) for v in (old, new)]
        gained = tuple(t for t in terms[1] if t not in terms[0])
        lost = tuple(t for t in terms[0] if t not in terms[1])
        concerns = Outcome.IN in outcomes
        if concerns and (outcomes[0] != outcomes[1] or gained or lost):
            yield SectionChange(section, outcomes[0], outcomes[1], gained, lost)
