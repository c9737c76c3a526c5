"""Opening: addresses, migrations from every earlier schema, databases that are not ours to touch."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from store_samples import MORNING, article

from monitor.adapters.store import open_store
from monitor.adapters.store.engine import Database, connect
from monitor.adapters.store.migrate import HEAD, migrate, scripts
from monitor.adapters.store.schema import metadata
from monitor.core.article import Article
from monitor.errors import StoreError

STEPS = [script.revision for script in ScriptDirectory(scripts()).walk_revisions()]


@pytest.fixture
def empty(empty_url):
    database = Database(connect(empty_url))
    yield database
    database.close()


def works(url):
    store = open_store(url)
    assert store.add_articles("s", [("k", article())]) == 1
    assert store.articles(MORNING, MORNING.replace(year=2030)) == [article()]
    store.close()


def test_head_is_the_last_step():
    assert ScriptDirectory(scripts()).get_heads() == [HEAD]


def test_an_empty_database_is_made_ready(empty_url):
    works(empty_url)
    open_store(empty_url).close()


@pytest.mark.parametrize("step", STEPS)
def test_a_database_of_any_earlier_schema_is_brought_to_this_one(empty, empty_url, step):
    def upgrade(connection):
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", scripts())
        command.upgrade(config, step)

    empty.write(upgrade)
    works(empty_url)


def test_the_steps_lead_to_the_tables_of_the_code(empty):
    def differences(connection):
        options = {"compare_type": _differ, "include_name": _ours}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    migrate(empty)
    assert empty.read(differences) == []


def _differ(context, _there, _here, there, here):
    return there.compile(context.dialect) != here.compile(context.dialect)


def _ours(name, kind, _parents):
    return not (name or "").startswith(("article_words_index", "ix_article_words_"))


def test_a_newer_database_is_refused_and_left_alone(empty, empty_url):
    migrate(empty)
    empty.write(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(StoreError, match=r"newer Monitor \(schema 9999.*upgrade Monitor"):
        open_store(empty_url)
    version = text("SELECT version_num FROM alembic_version")
    assert empty.read(lambda c: c.execute(version).scalar()) == "9999"


def test_tables_of_someone_else_are_refused(empty, empty_url):
    empty.write(lambda c: c.execute(text("CREATE TABLE articles (id INTEGER)")))
    with pytest.raises(StoreError, match="no record of its version"):
        open_store(empty_url)


def test_a_step_that_fails_leaves_nothing(empty, empty_url):
    """The last table of the first step is there already, and is not ours."""
    empty.write(lambda c: c.execute(text("CREATE TABLE deliveries (id INTEGER)")))
    with pytest.raises(StoreError, match="deliveries"):
        open_store(empty_url)
    empty.write(lambda c: c.execute(text("DROP TABLE deliveries")))
    works(empty_url)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "cannot be read"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("mysql://localhost/x", "use sqlite or postgresql"),
        ("sqlite:////no/such/folder/monitor.db", "unable to open"),
        ("postgresql:///x?host=/no/such/folder", "refused"),
    ],
)
def test_an_address_that_cannot_be_used_is_said_at_once(url, says):
    with pytest.raises(StoreError, match=says):
        open_store(url)


def test_a_file_that_is_no_database_is_said(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to be looked at " * 100)
    with pytest.raises(StoreError, match="not a database"):
        open_store(f"sqlite:///{path}")
    assert path.read_text().startswith("not a database")


def test_odd_paths(tmp_path):
    folder = tmp_path / "50% of ‘this’ folder"
    folder.mkdir()
    works(f"sqlite:///{folder / 'm.db'}")


def test_sqlite_is_tuned_on_every_connection(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'm.db'}")
    pragmas = ["journal_mode", "foreign_keys", "synchronous", "busy_timeout"]
    read = [store._db.read(lambda c, p=p: c.exec_driver_sql(f"PRAGMA {p}").scalar()) for p in pragmas]
    assert read == ["wal", 1, 2, 10_000]
    store.close()


def test_closing_leaves_one_file(tmp_path):
    works(f"sqlite:///{tmp_path / 'm.db'}")
    assert [p.name for p in tmp_path.iterdir()] == ["m.db"]
    with sqlite3.connect(tmp_path / "m.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_migrations_travel_with_the_package():
    assert (Path(scripts()) / "env.py").exists()
    assert len(list((Path(scripts()) / "versions").glob("v*.py"))) == len(STEPS)


def test_ids_and_lines_are_kept_when_the_rule_for_addresses_changes(empty, empty_url):
    """As version 0001 stored them: the line of the whole old address, and an id that nothing gives today."""
    url = "https://m.example.org/News/1/?wt.mc_id=rss"
    old = "0123456789abcdef" + "00112233"

    def at_first(connection):
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", scripts())
        command.upgrade(config, "0001")
        values = {"id": old, "line": old[:16], "url": url, "address": "m.example.org/News/1?wt.mc_id=rss"}
        texts = {"headline": "H", "standfirst": "", "body": "B", "byline": "", "carried_by": "", "outlet": "paper"}
        when = {"first_seen": MORNING.isoformat(timespec="microseconds")}
        _insert(connection, "articles", values | texts | when)
        _insert(connection, "entries", {"source": "s", "key": "guid", "article": old, "page_failures": 0})

    empty.write(at_first)
    store = open_store(empty_url)
    [article] = store.articles(MORNING, MORNING.replace(year=2030))
    assert (article.id, article.line) == (old, old[:16])
    assert store.find_article("https://www.example.org/news/1") == article
    assert store.seen_entries("s", [], ["guid"])[0]["guid"].article == old
    later = Article("https://example.org/news/1", "H2", body="B2", outlet="paper", first_seen=MORNING)
    elsewhere = replace(later, outlet="other")
    assert store.add_articles("s", [("a", later), ("b", elsewhere)]) == 2
    assert [t.headline for t in store.texts(old[:16])] == ["H", "H2"]
    store.close()


def _insert(connection, table, values):
    names = ", ".join(values)
    connection.execute(
        text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{n}' for n in values)})"), values
    )
