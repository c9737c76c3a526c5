"""Articles judged by one agreement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.match import Judgement
from monitor.core.matching.compiled import Compiled
from monitor.core.matching.panel import Panel
from monitor.core.source import Sources


class Matcher:
    """A panel of one agreement, which has a judgement of every article. Made once, for many articles."""

    def __init__(self, agreement: Agreement, sources: Sources, compiled: Compiled | None = None) -> None:
        self._id = agreement.id
        self._panel = Panel([agreement], sources, compiled)

    def judge(self, article: Article) -> Judgement:
        """What every section says of the article, significance apart."""
        return next(self.judge_all([article]))

    def judge_all(self, articles: Iterable[Article]) -> Iterator[Judgement]:
        """The same of each of many, faster than one by one."""
        given, asked = tee(articles)
        for article, found in zip(given, self._panel.judge(asked), strict=True):
            yield found.get(self._id) or Judgement(article.url, primary=None, evidence=article.evidence)
