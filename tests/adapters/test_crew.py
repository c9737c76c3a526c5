"""Several processes judge as one does; one that is killed is told, and nothing it had is lost (F34)."""

import multiprocessing
import os
import signal
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from monitor.adapters.crew import TRIES, Crew
from monitor.adapters.crew.shards import FEW, MOST, shards
from monitor.app import read_agreement
from monitor.cli.main import app
from monitor.core.article import Article
from monitor.core.match import Judgement
from monitor.core.matching.matcher import Matcher
from monitor.jobs.judging import cannot_be_judged, judging

AGREEMENT = Path(__file__).parents[2] / "profiles/social-security-scotland"
LIBRARY = read_agreement(AGREEMENT)
TEXTS = (
    "The Scottish Child Payment will rise, the Department for Work and Pensions said of benefits in Glasgow.",
    "A ferry was late again, and the harbour café ran out of tea.",
    "Social Security Scotland said that disability benefits of 1,200 people in Ayr are paid anew.",
)
ARTICLES = [
    Article(f"https://paper.example/{n}", f"Story {n}", body=TEXTS[n % 3], outlet="herald") for n in range(4 * FEW)
]


def judge(articles):
    return judging(Matcher(LIBRARY.agreements[0], LIBRARY.sources))(articles)


@pytest.fixture(scope="module")
def alone():
    """What one process says."""
    said = [judgement.stored() for judgement in judge(ARTICLES)]
    assert len(set(said)) == len(ARTICLES)
    return said


def quickly(articles):
    """A judgement that costs nothing, and names its article."""
    return [Judgement(article.url, article.headline) for article in articles]


def by_whom(articles):
    """Says of each article which process judged it."""
    return [Judgement(str(os.getpid()), None) for _ in articles]


@pytest.mark.parametrize("processes", [1, 2, 5])
def test_they_say_the_same_bytes_in_the_same_order(alone, processes):
    with Crew(judge, cannot_be_judged, Judgement, processes) as crew:
        assert [j.stored() for j in crew.judge(ARTICLES)] == alone
        assert [j.stored() for j in crew.judge(ARTICLES[:100])] == alone[:100]
    assert not crew.faults


@pytest.mark.parametrize(("count", "processes", "number"), [(65, 2, 2), (512, 2, 2), (513, 2, 4), (3_000, 5, 15)])
def test_shards_are_all_articles_of_every_kind_and_as_few_as_may_be(count, processes, number):
    articles = [Article(f"https://paper.example/{n}") for n in range(count)]
    found = list(shards(articles, processes))
    again: list[Article | None] = [None] * count
    for shard in found:
        again[shard.of] = shard.articles
    assert again == articles
    assert len(found) == number
    assert {len(shard.articles) for shard in found} <= {count // number, -(-count // number)}
    assert max(len(shard.articles) for shard in found) <= MOST


def test_answers_of_any_size_come_whole(alone):
    """Far more than a pipe takes, and each shard's are longer or shorter than the one's before."""

    def at_length(articles):
        return [Judgement(a.url, a.headline * (1 + ARTICLES.index(a) % 90 * 200)) for a in articles]

    with Crew(at_length, cannot_be_judged, Judgement, 2) as crew:
        for some in (ARTICLES, ARTICLES[: FEW + 1], ARTICLES * 4):
            assert crew.judge(some) == at_length(some)
    assert not crew.faults


def test_half_a_surrogate_pair_is_judged_as_by_one_process():
    broken = [*ARTICLES, Article("https://paper.example/\ud800", body="Tax \udfff credits")]
    with Crew(quickly, cannot_be_judged, Judgement, 2) as crew:
        assert crew.judge(broken) == quickly(broken)
    assert not crew.faults


@pytest.fixture
def _heeds_ctrl_c():
    """Tests that were started in the background ignore it: then nothing would ever end this one."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_heeds_ctrl_c")
def test_ctrl_c_does_not_wait_for_what_is_being_judged():
    def never(articles):
        if articles[0].url == ARTICLES[0].url:
            os.kill(os.getppid(), signal.SIGINT)
        while True:
            signal.pause()

    with pytest.raises(KeyboardInterrupt), Crew(never, cannot_be_judged, Judgement, 2) as crew:
        crew.judge(ARTICLES)


def test_when_who_asks_is_killed_they_end():
    """The pipe is closed when the last process is gone that has its other end."""
    here, there = os.pipe()

    def ask():
        with Crew(quickly, cannot_be_judged, Judgement, 2) as crew:
            crew.judge(ARTICLES)
            os.kill(os.getpid(), signal.SIGKILL)

    asking = multiprocessing.get_context("fork").Process(target=ask)
    asking.start()
    os.close(there)
    assert os.read(here, 1) == b""
    os.close(here)
    asking.join()
    assert asking.exitcode == -signal.SIGKILL


def test_they_are_processes_of_their_own_and_end_with_the_crew():
    with Crew(by_whom, cannot_be_judged, Judgement, 2) as crew:
        found = {int(j.url) for j in crew.judge(ARTICLES)}
        assert found.isdisjoint({os.getpid()})
    assert not [pid for pid in found if Path(f"/proc/{pid}").exists()]


def test_a_killed_process_is_told_and_what_it_had_is_judged_by_others(tmp_path):
    def killed_once(articles):
        if any(a.url.endswith("/70") for a in articles):
            try:
                (tmp_path / "killed").touch(exist_ok=False)
            except FileExistsError:
                return quickly(articles)
            os.kill(os.getpid(), signal.SIGKILL)
        return quickly(articles)

    with Crew(killed_once, cannot_be_judged, Judgement, 2) as crew:
        assert crew.judge(ARTICLES) == quickly(ARTICLES)
    assert [str(fault) for fault in crew.faults] == [
        "judging: a process that judged was killed by signal 9 "
        f"(what it had is judged again by others: {len(next(shards(ARTICLES, 2)).articles)} articles)"
    ]


def test_an_article_that_ends_every_process_costs_itself_and_no_other():
    def deadly(articles):
        if any(a.url.endswith("/70") for a in articles):
            os._exit(7)
        return quickly(articles)

    with Crew(deadly, cannot_be_judged, Judgement, 2) as crew:
        found = crew.judge(ARTICLES)
        assert crew.judge(ARTICLES[71:]) == quickly(ARTICLES[71:])
    assert [j for j in found if j.url != ARTICLES[70].url] == quickly(
        [a for a in ARTICLES if a is not ARTICLES[70]]
    )
    (fault,) = found[70].faults
    assert fault.what == "cannot be judged: it ended 3 processes that judged it; the last ended with status 7"
    assert len(crew.faults) == TRIES - 1


def test_one_that_died_while_nobody_asked_is_replaced():
    with Crew(by_whom, cannot_be_judged, Judgement, 2) as crew:
        for pid in {int(j.url) for j in crew.judge(ARTICLES)}:
            os.kill(pid, signal.SIGKILL)
        assert len(crew.judge(ARTICLES)) == len(ARTICLES)
    assert crew.faults


def test_match_says_the_same_with_several_processes(tmp_path):
    lines = tmp_path / "articles.jsonl"
    lines.write_bytes(b"".join(msgspec.json.encode({"url": a.url, "body": a.body}) + b"\n" for a in ARTICLES))
    asked = ["match", "--agreement", str(AGREEMENT), "--json", str(lines)]
    said = [CliRunner().invoke(app, [*asked, "--processes", processes]) for processes in ("1", "2")]
    assert said[0].output == said[1].output
    assert [one.exit_code for one in said] == [0, 0]
    assert said[0].stdout.count("\n") == len(ARTICLES)
