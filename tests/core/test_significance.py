"""Section 8 of the contract: major stories, and section 9: filing after significance."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.core.agreement import Agreement, MinorForms
from monitor.core.article import Article
from monitor.core.match import Rule
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import Profile, SignificanceRule, SourceRule, Term
from monitor.core.significance import settle
from monitor.core.source import Outlet, Sources
from monitor.core.story import Story

START = datetime(2026, 11, 20, 6, tzinfo=UTC)
SOURCES = Sources.of(
    [
        Outlet(f"t{tier}_{n}", f"T{tier}{n}", f"owner {tier} {n}", "Scotland", tier)
        for tier in (1, 2, 3)
        for n in range(6)
    ]
    + [Outlet("sister", "Sister", "owner 3 0", "Scotland", 3)]
)
MINOR = MinorForms(paths=("/sport/",), headlines=("Letters:",))


def words(count):
    return " word" * count


def judge(*articles, prominence=2, impact=2):
    profile = Profile(
        "s",
        "S",
        terms=(Term("tax"),),
        significance=SignificanceRule(prominence, impact),
        sources=SourceRule(any_monitored=True),
    )
    agreement = Agreement("a", "c", "n", (profile,), minor=MINOR)
    matcher = Matcher(agreement, SOURCES)
    judgements = {a.id: matcher.judge(a) for a in articles}
    settled = settle(agreement, SOURCES, [Story("story", tuple(articles))], judgements)
    return [settled[a.id] for a in articles]


def art(outlet, headline="", body="", hours=0, **more):
    url = more.pop("url", f"https://{outlet}.example/1")
    return Article(url, headline, body=body, outlet=outlet, first_seen=START + timedelta(hours=hours), **more)


def points(judgement):
    evidence = judgement.verdict("s").finding(Rule.SIGNIFICANCE).evidence
    return evidence["prominence"], evidence["impact"]


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (art("t1_0", "Tax", words(400)), (2, 3)),
        (art("t2_0", "Tax", words(400)), (2, 2)),
        (art("t3_0", "Tax", words(299)), (2, 0)),
        (art("t3_0", "", "tax" + words(10)), (1, 0)),
        (art("t3_0", "", "tax tax tax"), (2, 0)),
        (art("t3_0", "", words(80) + " tax"), (0, 0)),
        (art("t2_0", "Tax", "tax tax"), (4, 1)),
        (art("t3_0", "Tax", carried_by=("t3_1",)), (2, 1)),
        (art("t3_0", "Tax", carried_by=("sister",)), (2, 0)),
        (art("t3_0", "Tax", carried_by=("t3_1", "t3_2", "t3_3")), (2, 2)),
        (art("t3_0", "Tax", carried_by=("t3_1", "t3_2", "t3_3", "t3_4")), (2, 3)),
        (art("t3_0", "Tax", carried_by=("t1_0",)), (2, 3)),
        (art("t1_0", "", "tax tax tax", url="https://x.example/sport/1"), (0, 2)),
        (art("t1_0", "", "tax tax tax", filed_under="Sport / Football"), (0, 2)),
        (art("t1_0", "Letters: rain", "tax tax tax"), (0, 2)),
        (art("t1_0", "Letters: tax", "tax tax tax"), (4, 2)),
    ],
)
def test_points(article, expected):
    assert points(judge(article)[0]) == expected


def test_a_story_that_is_not_major_is_out_by_significance_and_filed_nowhere():
    (judgement,) = judge(art("t3_0", "Tax", words(50)))
    verdict = judgement.verdict("s")
    assert (verdict.outcome, verdict.decided_by, judgement.primary) == ("out", "significance", None)


def test_the_story_is_judged_so_a_weak_copy_comes_in_with_a_strong_one():
    strong, weak = judge(art("t1_0", "Tax", words(400)), art("t3_0", "", words(80) + " tax"))
    assert strong.primary == weak.primary == "s"


def test_owners_count_within_72_hours_only():
    near = [art(f"t3_{n}", "Tax", hours=20 * n) for n in range(4)]
    assert points(judge(*near)[0]) == (2, 2)
    far = [art(f"t3_{n}", "Tax", hours=80 * n) for n in range(4)]
    assert points(judge(*far)[0]) == (2, 0)


def test_copies_of_one_moment_are_reckoned_with_once():
    class Reckoned(datetime):
        """Tells how often it was set beside another."""

        times = 0

        def __sub__(self, other):
            Reckoned.times += 1
            return super().__sub__(other)

    moment = Reckoned(2026, 11, 20, 6, tzinfo=UTC)
    copies = [
        Article(f"https://t3_0.example/{n}", "Tax", outlet=f"t3_{n % 3}", first_seen=moment) for n in range(200)
    ]
    assert {points(judgement) for judgement in judge(*copies)} == {(2, 2)}
    assert Reckoned.times < 200


def test_thresholds_are_the_sections_to_set():
    article = art("t3_0", "", "tax" + words(10))
    assert judge(article, prominence=1, impact=0)[0].primary == "s"
    assert judge(article, prominence=2, impact=0)[0].primary is None
