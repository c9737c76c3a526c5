"""The tables as they are now; `migrations/` says how they came to be so, and a test holds the two together."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, MetaData, Table, text
from sqlalchemy import UniqueConstraint as Unique

from monitor.adapters.store.types import CleanText, Instant, Key

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

NOT_PURGED = text("purged_at IS NULL")

articles = Table(
    "articles",
    metadata,
    Column("id", Key, primary_key=True),
    Column("line", Key, nullable=False),
    Column("url", CleanText, nullable=False),
    Column("address", Key, nullable=False, doc="Canonical, as a key."),
    Column("headline", CleanText, nullable=False),
    Column("standfirst", CleanText, nullable=False),
    Column("body", CleanText, nullable=False),
    Column("byline", CleanText, nullable=False),
    Column("outlet", Key),
    Column("source", Key),
    Column("published_at", Instant),
    Column("first_seen", Instant, nullable=False),
    Column("carried_by", CleanText, nullable=False, doc="JSON list of outlet ids; empty for none."),
    Column(
        "stored_at", Instant, doc="Since when we have its text: an imported archive's is younger than it looks."
    ),
    Column("purged_at", Instant, doc="When standfirst and body were emptied; the id keeps their fingerprint."),
    Column("purged_words", Integer, doc="1 when the words it was found by went with its text."),
    Column("shortfall", CleanText, nullable=False, doc="Why the body is not the full text; empty when it is."),
    Column("language", Key, nullable=False),
    Column("filed_under", CleanText, nullable=False),
    Column("part", Key, nullable=False, doc="Of a live blog or round-up: which piece; its address says so too."),
    Index(None, "first_seen", "id"),
    Index(None, "stored_at", "id"),
    Index(None, "line", "first_seen", "id"),
    Index(None, "address"),
    Index(None, "outlet", "stored_at", sqlite_where=NOT_PURGED, postgresql_where=NOT_PURGED),
)

entries = Table(
    "entries",
    metadata,
    Column("source", Key, primary_key=True),
    Column("key", Key, primary_key=True),
    Column("article", Key, nullable=False, doc="Remembered longer than the article itself: no foreign key."),
    Column("page_failures", Integer, nullable=False, doc="Times its page could not be read since it last was."),
    Column(
        "said", Key, nullable=False, server_default="", doc="Fingerprint of its words; empty: not written down."
    ),
    Column("page_owed", Integer, nullable=False, doc="1: its page is still to be read; else 0."),
    Index(
        None,
        "source",
        "page_failures",
        sqlite_where=text("page_owed > 0"),
        postgresql_where=text("page_owed > 0"),
    ),
    Index(None, "key"),
    sqlite_with_rowid=False,
)

rereads = Table(
    "rereads",
    metadata,
    Column("source", Key, primary_key=True),
    Column("key", Key, primary_key=True, doc="The entry's."),
    Column("url", CleanText, nullable=False),
    Column("began", Instant, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("due", Instant, nullable=False),
    Column("etag", CleanText, nullable=False),
    Column("last_modified", CleanText, nullable=False),
    Column("body_print", Key, nullable=False),
    Index(None, "source", "due"),
)

judgements = Table(
    "judgements",
    metadata,
    Column("agreement", Key, primary_key=True),
    Column("article", Key, ForeignKey(articles.c.id), primary_key=True),
    Column("primary_section", Key),
    Column("fingerprint", Key, nullable=False),
    Column("evidence", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Column("json", CleanText, doc="Null when no term was seen."),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("agreement", Key, primary_key=True),
    Column("article", Key, primary_key=True),
    Column("section", Key, primary_key=True),
    Column("outcome", Key, nullable=False),
    Column("first_seen", Instant, nullable=False, doc="The article's: coverage comes in this order."),
    ForeignKeyConstraint(
        ["agreement", "article"], [judgements.c.agreement, judgements.c.article], ondelete="CASCADE"
    ),
    Index(None, "agreement", "first_seen", "article", "section"),
    sqlite_with_rowid=False,
)

verdict_terms = Table(
    "verdict_terms",
    metadata,
    Column("agreement", Key, primary_key=True),
    Column("article", Key, primary_key=True),
    Column("section", Key, primary_key=True),
    Column("term", Key, primary_key=True),
    ForeignKeyConstraint(
        ["agreement", "article", "section"],
        [verdicts.c.agreement, verdicts.c.article, verdicts.c.section],
        ondelete="CASCADE",
    ),
    Index(None, "agreement", "term", "article", "section"),
    sqlite_with_rowid=False,
)

article_words = Table(
    "article_words",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("article", Key, ForeignKey(articles.c.id), nullable=False),
    Column("words", CleanText, doc="Each word once; on SQLite, whose index has them, only those of purged texts."),
    Unique("article"),
)

word_index = Table(
    "word_index",
    metadata,
    Column("folding", Key, primary_key=True, doc="How the words of the index were folded; one row."),
)

story_decisions = Table(
    "story_decisions",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("verb", Key, nullable=False),
    Column("author", CleanText, nullable=False),
    Column("reason", CleanText, nullable=False),
    Column("at", Instant, nullable=False),
)

story_pairs = Table(
    "story_pairs",
    metadata,
    Column("decision", Integer, ForeignKey(story_decisions.c.no), primary_key=True, autoincrement=False),
    Column("line", Key, primary_key=True, doc="Of two articles, the smaller line."),
    Column("other", Key, primary_key=True),
)

curations = Table(
    "curations",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("act", Key, nullable=False),
    Column("agreement", Key, nullable=False),
    Column("digest", Key, nullable=False, doc="Empty: every digest of the agreement."),
    Column("edition", Key, nullable=False, doc="Empty: from then on. Said before there is the edition: no key."),
    Column("line", Key, nullable=False, doc="Empty for an undo."),
    Column("section", Key, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("undoes", Integer, ForeignKey("curations.no")),
    Column("author", CleanText, nullable=False),
    Column("reason", CleanText, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "agreement", "no"),
    Index(None, "line"),
)

desk_numbers = Table(
    "desk_numbers",
    metadata,
    Column("edition", Key, primary_key=True, doc="Of an edition that editors look at before it is made."),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("line", Key, nullable=False, doc="The story that a number means all the while."),
    Column("at", Instant, nullable=False, doc="When it came onto the desk."),
    Unique("edition", "line"),
)

feed_tokens = Table(
    "feed_tokens",
    metadata,
    Column("fingerprint", Key, primary_key=True, doc="SHA-256 of the token, which is kept nowhere."),
    Column("agreement", Key, nullable=False),
    Column("label", CleanText, nullable=False),
    Column("author", CleanText, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("revoked_by", CleanText, nullable=False),
    Index(None, "agreement"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("agreement", Key, nullable=False),
    Column("file", Key, nullable=False),
    Column("fingerprint", Key, nullable=False),
    Column("content", CleanText, nullable=False),
    Column("author", CleanText, nullable=False),
    Column("reason", CleanText, nullable=False),
    Column("at", Instant, nullable=False),
    Column("confirmed_by", CleanText, nullable=False, server_default="", doc="The second person; empty: none."),
    Index(None, "agreement", "file", "no"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("agreement", Key, primary_key=True),
    Column("author", Key, primary_key=True, doc="The account's name."),
    Column("file", Key, primary_key=True),
    Column("base", Key, nullable=False, doc="Fingerprint of the revision it was made from; empty: none."),
    Column("content", CleanText, nullable=False),
    Column("at", Instant, nullable=False, doc="When it was last changed."),
)

askings = Table(
    "askings",
    metadata,
    Column("agreement", Key, primary_key=True),
    Column("author", Key, primary_key=True, doc="Whose draft it is."),
    Column("reason", CleanText, nullable=False),
    Column("at", Instant, nullable=False),
    Column("files", CleanText, nullable=False, doc="JSON: file, base and fingerprint of each."),
    Column("refused_by", CleanText, nullable=False, doc="Empty: nobody has."),
    Column("refusal", CleanText, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    Column("id", Key, primary_key=True),
    Column("agreement", Key, nullable=False),
    Column("digest", Key, nullable=False),
    Column("window_start", Instant, nullable=False),
    Column("window_end", Instant, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("fingerprint", Key, nullable=False),
    Column("subject", CleanText, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("html", CleanText, nullable=False),
    Column("content", CleanText, nullable=False),
    Column("images", CleanText, nullable=False, server_default="", doc="Content-ID and PNG in base64, as JSON."),
    Column("stale_at", Instant, doc="Null in editions of before there was such a time."),
    Column("seal", Key, nullable=False, server_default="", doc="Over all of it; empty: of before there was one."),
    Unique("agreement", "digest", "window_end"),
)

looks = Table(
    "looks",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("name", Key, nullable=False),
    Column("fingerprint", Key, nullable=False),
    Column("files", CleanText, nullable=False, doc="Contents in base64 by file name, as JSON."),
    Column("at", Instant, nullable=False),
    Index(None, "name", "no"),
)

edition_items = Table(
    "edition_items",
    metadata,
    Column("edition", Key, ForeignKey(editions.c.id), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("article", Key, ForeignKey(articles.c.id), nullable=False),
    Column("section", Key, nullable=False),
    Column("state", Key, nullable=False),
    Column("story", Key, nullable=False),
    Index(None, "article"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("edition", Key, ForeignKey(editions.c.id), primary_key=True),
    Column("recipient", Key, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("message_id", Key, nullable=False),
    Column("state", Key, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_tried", Instant),
    Column("answer", CleanText, nullable=False),
    Column("variant", Key, nullable=False, server_default="", doc="Its sections; empty: the whole edition."),
    Index(None, "state"),
    Index(None, "message_id"),
)

edition_variants = Table(
    "edition_variants",
    metadata,
    Column("edition", Key, ForeignKey(editions.c.id), primary_key=True),
    Column("sections", Key, primary_key=True, doc="Ids, apart by spaces."),
    Column("subject", CleanText, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("html", CleanText, nullable=False),
    Column("content", CleanText, nullable=False),
    Column("images", CleanText, nullable=False),
)

announced = Table(
    "announced",
    metadata,
    Column("agreement", Key, primary_key=True),
    Column("digest", Key, primary_key=True, doc="On whose behalf."),
    Column("what", Key, primary_key=True, doc="The line of an article; of a notice, what it is about."),
    Column("edition", Key, ForeignKey(editions.c.id), nullable=False, doc="The mail that told it."),
)

recipient_acts = Table(
    "recipient_acts",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("verb", Key, nullable=False),
    Column("recipient", Key, nullable=False, doc="The address in small letters."),
    Column("author", CleanText, nullable=False),
    Column("reason", CleanText, nullable=False),
    Column("at", Instant, nullable=False),
    Column("digest", Key, nullable=False, doc="Empty: every digest."),
    Column("until", Instant),
    Index(None, "recipient", "no"),
)
