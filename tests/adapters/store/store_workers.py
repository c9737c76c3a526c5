"""What the store's tests run in processes of their own; each takes the database's address first."""

import time

from store_samples import AGREEMENT, MORNING, article, delivery, edition, item, judgement, revision, verdict

from monitor.adapters.store import articles, judgements, ledger, open_store, words
from monitor.adapters.store.engine import Database


def make_editions(url, count):
    """Make each edition; how many of them this process made."""
    store = open_store(url)
    made = [store.make_edition(edition(n), [item(article())], [delivery(edition(n))]) for n in range(count)]
    store.close()
    return sum(made)


def publish_all(url, count):
    """Publish each revision; how many of them this process stored."""
    store = open_store(url)
    stored = [store.publish(revision(n, f"{n}.yaml")) for n in range(count)]
    store.close()
    return sum(stored)


def write_much(url, writer, rounds):
    """All kinds of writing, mixed with reading, on the same rows as the other writers."""
    store = open_store(url)
    batch = [article(n) for n in range(20)]
    for n in range(rounds):
        own = article(10_000 + writer * 1_000 + n)
        store.add_articles("s", [(a.url, a) for a in [own, *batch]])
        store.save_judgements(AGREEMENT, "f", [(a.id, judgement(a, verdict())) for a in reversed(batch)], MORNING)
        store.make_edition(edition(n), [item(own)], [delivery(edition(n))])
        store.save_delivery(delivery(edition(n), attempts=writer))
        store.articles(MORNING, MORNING.replace(year=2030))
        store.unjudged(AGREEMENT, 5)
    store.close()
    return rounds


def open_and_close(url, _number):
    """Open a database that others may be opening."""
    open_store(url).close()
    return 1


def hang_in(url, what, ready):
    """Begin to write and stay in the middle of it: all but the last step is written, nothing committed."""

    def hang(*_args, **_more):
        ready.set()
        time.sleep(60)

    if what == "migrate":
        Database.write = _then(Database.write, hang)
        open_store(url)
    store = open_store(url)
    first, second = article(1), article(2)
    if what == "articles":
        articles.save_words = hang
        store.add_articles("s", [("1", first), ("2", second)])
    if what == "judgements":
        real = judgements._save_verdicts
        judgements._save_verdicts = lambda *given: (real(*given), hang())
        store.save_judgements(AGREEMENT, "f2", [(article().id, judgement(article(), verdict()))], MORNING)
    if what == "words":
        store.index_words(10)
        save_words = words.save_words
        words.save_words = lambda *given: (save_words(*given), hang())
        store.index_words(10)
    if what == "edition":
        add_new = ledger.add_new
        ledger.add_new = lambda *given: (add_new(*given), hang())[0]
        store.make_edition(edition(), [item(article())], [delivery(edition())])


def _then(write, hang):
    return lambda self, unit: write(self, lambda connection: (unit(connection), hang()))
