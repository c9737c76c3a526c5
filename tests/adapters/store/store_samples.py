"""Small values of the core for the store's tests."""

from datetime import UTC, datetime, timedelta

from monitor.core.article import Article, Field
from monitor.core.edition import Delivery, Edition, EditionItem, ItemState, Mail, Window
from monitor.core.match import Finding, Hit, Judgement, Outcome, Rule, Span, Verdict
from monitor.core.revision import Revision

MORNING = datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
AGREEMENT = "social-security-scotland"
DIGEST = "morning"
A_DAY = timedelta(days=1)


def article(number: int = 0, *, minutes: int | None = None, **changes: object) -> Article:
    """An article of its own address, first seen `minutes` (or its number of minutes) after the morning."""
    values = {
        "url": f"https://www.example.org/news/{number}",
        "headline": f"Headline {number}",
        "standfirst": "What it is about.",
        "body": "First paragraph.\n\nSecond paragraph.",
        "byline": "By A Writer",
        "outlet": "herald",
        "source": "herald-main",
        "shortfall": "teaser, 18 of 100",
        "language": "gd",
        "filed_under": "Naidheachdan / Poileataics",
        "published_at": MORNING - A_DAY,
        "first_seen": MORNING + timedelta(minutes=number if minutes is None else minutes),
    }
    return Article(**{**values, **changes})


def verdict(section: str = "benefits", outcome: Outcome = Outcome.IN, *terms: str) -> Verdict:
    """A verdict with a hit of each term in the headline."""
    return Verdict(
        section=section,
        outcome=outcome,
        decided_by="all" if outcome is Outcome.IN else "context",
        findings=(Finding(Rule.CONTEXT, outcome is Outcome.IN, {"distance": 4, "word": "Scotland"}),),
        hits=tuple(Hit(term, Span(Field.HEADLINE, 0, 8, "Headline")) for term in terms or ("Headline",)),
    )


def judgement(of: Article, *verdicts: Verdict) -> Judgement:
    """The judgement of an article with these verdicts."""
    sections = [v.section for v in verdicts if v.outcome is Outcome.IN]
    primary = sections[0] if sections else None
    return Judgement(of.url, primary, tuple(sections[1:]), verdicts, of.evidence)


def edition(number: int = 0, *, digest: str = DIGEST, agreement: str = AGREEMENT) -> Edition:
    """The edition of the number-th day."""
    end = MORNING + number * A_DAY
    return Edition(
        id=f"{agreement}/{digest}/{end:%Y%m%dT%H%M%SZ}",
        agreement=agreement,
        digest=digest,
        window=Window(end - A_DAY, end),
        made_at=end + timedelta(seconds=5),
        fingerprint="f" * 64,
        mail=Mail(f"Digest {number}", "Text\r\n\r\npart\n", "<p>HTML\tpart — £5</p>\r\n"),
        content='{"sections": []}',
    )


def item(of: Article, state: ItemState = ItemState.SHOWN, section: str = "benefits") -> EditionItem:
    """What an edition did with an article."""
    return EditionItem(of.id, section, state, of.line)


def delivery(of: Edition, recipient: str = "press@example.org", **changes: object) -> Delivery:
    """A delivery of an edition."""
    values = {"edition": of.id, "recipient": recipient, "message_id": f"<{of.id}/{recipient}>"}
    return Delivery(**{**values, **changes})


def revision(number: int = 0, file: str = "benefits.yaml", **changes: object) -> Revision:
    """A published state of a file."""
    values = {
        "agreement": AGREEMENT,
        "file": file,
        "fingerprint": f"{number:064x}",
        "content": f"section: BENEFITS\n# {number}\n",
        "author": "an editor",
        "reason": f"change {number}",
        "at": MORNING + timedelta(minutes=number),
    }
    return Revision(**{**values, **changes})
