"""Where a story stands: in which sections, filed in which, shown by which outlet (the contract, section 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.core.article import Article, Field
from monitor.core.curation import NOTHING_SAID, Said
from monitor.core.match import Finding, Judgement, Standing, Verdict
from monitor.core.source import Sources
from monitor.core.story import Story

Findings = Mapping[tuple[str, str], Finding]
"""What significance found, by story id and section id."""
LAST_TIER = 9
"""The tier of an outlet that nobody knows."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A story with its matched articles, and the sections it is in for this digest."""

    story: Story
    matched: tuple[Article, ...]
    """Its articles that are in a section of the digest, the oldest first."""
    sections: tuple[str, ...]
    """Where it is shown or counted, the one it is filed in first, then the agreement's order."""
    held_in: tuple[str, ...]
    """Sections it matched and was not major for, ordered in the same way."""
    placed: Article
    """The article that stands best in the section it is filed in: the proof of *why*."""
    shown: Article
    """The article of the outlet of the highest tier."""
    rank: int
    """How high its best hit stands: 0 headline, 1 lead, 2 further down."""
    said: Said = NOTHING_SAID
    """What editors say of it."""
    found_in: str = ""
    """The section whose rules found it, when an editor filed it in another; empty: the one it is filed in."""
    moved_out: bool = False
    """An editor filed it in a section that the digest does not have."""

    @property
    def section(self) -> str:
        """The section it is filed in; of a held story the best of those that held it."""
        return (self.sections or self.held_in)[0]

    @property
    def proved(self) -> str:
        """The section whose verdict is the proof."""
        return self.found_in or self.section

    @property
    def goes(self) -> bool:
        """Whether it stands in the edition, as far as rules and editors say."""
        return bool(self.sections) and self.said.goes and not self.moved_out


def file_story(
    story: Story, judgements: Mapping[str, Judgement], findings: Findings, order: tuple[str, ...], sources: Sources
) -> Filed | None:
    """Where the story stands among the sections of `order`; None when none of its articles is in one."""
    ranked = _ranked(story, judgements, order)
    if not ranked:
        return None
    matched = tuple(a for a in story.articles if any(a.id == b.id for *_, b in ranked))
    kept = [r for r in ranked if _is_kept(story.id, order[r[1]], findings, judgements, matched)]
    best = min(kept or ranked, key=lambda r: (r[0], r[1]))
    sections = _in_order(order, kept, best)
    showing = [a for *_, a in kept or ranked]
    return Filed(
        story,
        matched,
        sections if kept else (),
        tuple(s for s in _in_order(order, ranked, best) if not kept or s not in sections),
        best[2],
        min(showing, key=lambda a: (tier_of(a, sources), story.articles.index(a))),
        best[0],
    )


_Ranked = tuple[int, int, Article]
"""How high an article's best hit stands in a section, the section's number, the article."""


def _ranked(story: Story, judgements: Mapping[str, Judgement], order: tuple[str, ...]) -> list[_Ranked]:
    """Every article of the story in every section of `order` that it is in."""
    found: list[_Ranked] = []
    for article in story.articles:
        judgement = judgements.get(article.id)
        for section in judgement.sections if judgement else ():
            if section in order:
                verdict = judgement.verdict(section) if judgement else None
                standing = verdict.standing if verdict else Standing()
                found.append((standing.rank, order.index(section), article))
    return found


def _in_order(order: tuple[str, ...], ranked: list[_Ranked], best: _Ranked) -> tuple[str, ...]:
    rest = sorted({number for _, number, _ in ranked} - {best[1]})
    return tuple(order[number] for number in (best[1], *rest))


def _is_kept(
    story: str,
    section: str,
    findings: Findings,
    judgements: Mapping[str, Judgement],
    matched: tuple[Article, ...],
) -> bool:
    """Whether significance lets the story into the section; a key journalist's article is not asked."""
    finding = findings.get((story, section))
    if finding is None or finding.holds:
        return True
    mine = (judgements[a.id] for a in matched)
    return any(j.recategorised is not None and section in j.sections for j in mine)


def tier_of(article: Article, sources: Sources) -> int:
    """The tier of the article's outlet."""
    outlet = sources.outlets.get(article.outlet or "")
    return outlet.tier if outlet else LAST_TIER


def terms_of(verdict: Verdict) -> list[str]:
    """The terms that brought an article in, each once: the headline's first, then in reading order."""
    fields = list(Field)
    hits = sorted(
        (h for h in verdict.hits if not h.derived), key=lambda h: (fields.index(h.span.field), h.span.start)
    )
    return list(dict.fromkeys(h.term for h in hits))
