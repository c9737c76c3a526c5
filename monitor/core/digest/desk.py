"""What lies on the editors' desk: the stories of an edition that is not made yet, and those beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from monitor.core.agreement import Agreement, Digest
from monitor.core.article import Article
from monitor.core.curation import Act, Said
from monitor.core.digest.composing import filed_stories, sections_of
from monitor.core.digest.content import EditionContent, Item
from monitor.core.digest.filing import Filed
from monitor.core.digest.material import Material
from monitor.core.digest.suggesting import Suggestion, move_suggested, section_suggested
from monitor.core.edition import Window
from monitor.core.match import UNASSIGNED, Outcome, Verdict
from monitor.core.story import Story


class Standing(StrEnum):
    """What becomes of a story, as things are."""

    SHOWN = "in"
    AGAIN = "told again"
    """A development of a story that an earlier edition brought."""
    HELD_OVER = "held"
    EXCLUDED = "excluded"
    MINOR = "not major"
    UNASSIGNED = "unassigned"
    NEAR = "near miss"


@dataclass(frozen=True, slots=True)
class OnDesk:
    """One story that editors may act on."""

    standing: Standing
    story: Story
    article: Article
    """The one it is shown by, or would be."""
    section: str
    """Id of the section it is filed in, or came near to; empty: of none."""
    said: Said
    verdict: Verdict | None = None
    """Of that section, on the article that stands best in it."""
    item: Item | None = None
    """As it is shown, when it is."""
    suggestion: Suggestion | None = None
    """Where it might be filed instead, or at all."""

    @property
    def lines(self) -> list[str]:
        """The lines of its articles, the one named first."""
        return [self.article.line, *(a.line for a in self.story.articles if a.line != self.article.line)]


def on_desk(
    agreement: Agreement, digest: Digest, window: Window, material: Material, content: EditionContent
) -> tuple[OnDesk, ...]:
    """Every story of the edition's stretch that is in, or might be: in the order of the edition, then beside it.

    Near misses are those of the window; a story that an earlier edition showed is past curating, unless this one
    tells of it again.
    """
    profiles = sections_of(agreement, digest)
    order = tuple(p.section for p in profiles)
    filed = {f.story.id: f for f in filed_stories(material, profiles)}
    items = {item.story: item for item in content.items}
    again = [item for part in content.sections for item in part.developments]
    shown = [
        replace(
            _filed(filed[story], material, Standing.SHOWN, item),
            suggestion=move_suggested(filed[story], material, agreement),
        )
        for story, item in items.items()
    ]
    beside = [_filed(filed[item.story], material, Standing.AGAIN, item) for item in again]
    new = {s.id: s for s in material.stories if s.id not in items and not material.earlier.showed(s)}
    beside += [_filed(f, material, _beside(f)) for f in filed.values() if f.story.id in new]
    beside += _unfiled([s for s in new.values() if s.id not in filed], material, window, order)
    beside.sort(key=lambda d: (list(Standing).index(d.standing), _place(d.section, order)))
    return (*shown, *beside)


def _place(section: str, order: tuple[str, ...]) -> int:
    return order.index(section) if section in order else len(order)


def _beside(filed: Filed) -> Standing:
    if filed.said.act is Act.HOLD:
        return Standing.HELD_OVER
    return Standing.EXCLUDED if not filed.said.goes or filed.moved_out else Standing.MINOR


def _filed(filed: Filed, material: Material, standing: Standing, item: Item | None = None) -> OnDesk:
    judgement = material.judgements.get(filed.placed.id)
    verdict = judgement.verdict(filed.proved) if judgement else None
    return OnDesk(standing, filed.story, filed.shown, filed.section, filed.said, verdict, item)


def _unfiled(
    stories: Iterable[Story], material: Material, window: Window, order: tuple[str, ...]
) -> Iterator[OnDesk]:
    """Key journalists' articles that fit no section, and near misses, unless editors have dismissed them."""
    for story in stories:
        said = material.curations.on(story)
        for article in story.articles:
            judgement = material.judgements.get(article.id)
            if said.act or judgement is None or (article.when and article.when < window.start):
                continue
            if judgement.primary == UNASSIGNED:
                nearest = section_suggested(judgement, order)
                yield OnDesk(Standing.UNASSIGNED, story, article, "", said, suggestion=nearest)
                break
            near = next((v for v in judgement.verdicts if _is_near(v, order)), None)
            if near:
                yield OnDesk(Standing.NEAR, story, article, near.section, said, near)
                break


def _is_near(verdict: Verdict, order: tuple[str, ...]) -> bool:
    return verdict.outcome is Outcome.NEAR_MISS and verdict.section in order
