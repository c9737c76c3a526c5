"""Index the words of stored articles that the index lacks: those stored before there was one."""

from __future__ import annotations

from monitor.jobs.ports import Progress, WordIndex

BATCH = 500
"""Articles indexed in one transaction: what a kill can make us index again."""


def index_words(index: WordIndex, progress: Progress) -> int:
    """Index what is not indexed yet, batch by batch; how many articles. Usually none, and then at once."""
    total = index.unindexed()
    if not total:
        return 0
    done = 0
    progress.start("index words", total)
    while number := index.index_words(BATCH):
        done += number
        progress.advance(number)
    progress.finish()
    return done
