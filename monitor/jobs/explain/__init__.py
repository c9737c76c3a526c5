"""Explain: why an article is in a section or not, over the path that judged it, and what digests made of it.

Reading order: `told` (what is asked and given back) · `views` (what was known at a moment) · `ways` (into
editions).
"""

from __future__ import annotations

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.explanation import Link, accounts, fate
from monitor.core.matching.matcher import Matcher
from monitor.core.significance import settle
from monitor.core.source import Sources
from monitor.core.story import Story
from monitor.jobs.explain.edits import edits
from monitor.jobs.explain.told import Asked, Explainer, Explanation, Told
from monitor.jobs.explain.views import Views
from monitor.jobs.explain.ways import Ways

__all__ = ["Asked", "Explainer", "Explanation", "Told", "explain_given", "explain_stored"]


def explain_given(
    article: Article, agreement: Agreement, sources: Sources, unseen: Link | None = None
) -> Explanation:
    """The explanation of an article handed in, as if it were the only one there is."""
    alone = Story(article.line, (article,))
    judged = Matcher(agreement, sources).judge(article)
    judgement = settle(agreement, sources, [alone], {article.id: judged})[article.id]
    read = any(text.strip() for text in article.texts)
    told_of = accounts(article, judgement, agreement, sources) if read else ()
    return Explanation(Told(article, judgement, told_of), stored=False, unseen=unseen)


def explain_stored(article: Article, explainer: Explainer, asked: Asked) -> Explanation:
    """The explanation of a stored article: as it was judged, among what else was seen around that time.

    Significance looks at texts: where one of the story's is purged, it is not judged again, and left out.

    Raises:
        UnknownRecord: the agreement never judged it, and its text is purged.
    """
    views, ways = Views(explainer, article), Ways(explainer, article)
    digests = (asked.digest,) if asked.digest else explainer.agreement.digests
    seen = [one for digest in digests for one in ways.into(digest, asked.edition)]
    last = seen[-1].view if seen else None
    view = last if last and last.has(article) else views.around()
    text = views.told(article, view)
    others = tuple(views.other(a) for a in explainer.records.texts(article.line) if a.id != article.id)
    return Explanation(
        text,
        stored=True,
        copies=tuple(a for a in view.story.articles if a.id != article.id),
        fates=tuple(fate(one.way) for one in seen),
        others=others,
        edits=edits([text, *others], explainer.agreement),
        decisions=tuple(d for d in explainer.records.story_decisions() if article.line in d.lines),
    )
