"""Stories: the same whatever the order of arrival (F17)."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.article import Article
from monitor.core.story import StoryDecision, Verb, paired, stories

START = datetime(2026, 11, 20, tzinfo=UTC)
ARTICLES = [Article(f"https://x.example/{n}", f"h{n}", first_seen=START + timedelta(hours=n)) for n in range(8)]
IDS = [a.id for a in ARTICLES]


@given(
    st.permutations(ARTICLES),
    st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=10),
    st.randoms(),
)
def test_the_order_of_articles_and_of_copies_changes_nothing(shuffled, copies, random):
    expected = stories(ARTICLES, copies)
    mixed = [pair if random.random() < 0.5 else pair[::-1] for pair in copies]
    random.shuffle(mixed)
    assert stories(shuffled, mixed) == expected
    assert sorted(a.id for s in expected for a in s.articles) == sorted(IDS)


def test_copies_join_transitively_and_the_oldest_comes_first():
    folded = stories(reversed(ARTICLES[:4]), [(IDS[3], IDS[1]), (IDS[1], IDS[0])])
    assert sorted([a.headline for a in s.articles] for s in folded) == [["h0", "h1", "h3"], ["h2"]]


def test_a_copy_that_is_not_there_joins_nothing():
    assert len(stories(ARTICLES[:2], [(IDS[0], "elsewhere")])) == 2


# --------------------------------------------------------------- an editor's word

LINES = [a.line for a in ARTICLES]


def decision(verb: Verb, *numbers: tuple[int, int], hours: int = 0) -> StoryDecision:
    pairs = [pair for one, other in numbers for pair in paired([LINES[one]], [LINES[other]])]
    return StoryDecision(verb, tuple(pairs), "an editor", "for a test", START + timedelta(hours=hours))


def groups(copies: list[tuple[int, int]], *decisions: StoryDecision, articles: list[Article] = ARTICLES[:5]):
    pairs = [(IDS[one], IDS[other]) for one, other in copies]
    folded = stories(articles, pairs, decisions)
    return sorted(sorted(int(a.headline[1:]) for a in s.articles) for s in folded)


def test_what_was_joined_is_one_story_with_all_its_copies():
    assert groups([(0, 1), (2, 3)], decision(Verb.JOIN, (0, 2))) == [[0, 1, 2, 3], [4]]


def test_what_was_split_is_apart_though_others_are_copies_of_both():
    apart = decision(Verb.SPLIT, (0, 1), (0, 2))
    assert groups([(0, 1), (1, 2), (0, 2)], apart) == [[0], [1, 2], [3], [4]]
    assert groups([(0, 3), (1, 3), (0, 1), (1, 2)], apart) == [[0, 3], [1, 2], [4]], (
        "a later copy: the likest first"
    )
    assert groups([(1, 3), (0, 3), (0, 1), (1, 2)], apart) == [[0], [1, 2, 3], [4]]


def test_the_last_word_on_a_pair_counts():
    split, join = decision(Verb.SPLIT, (0, 1)), decision(Verb.JOIN, (0, 1), hours=1)
    assert groups([(0, 1)], split, join) == groups([], join, split) == [[0, 1], [2], [3], [4]]
    assert groups([(0, 1)], join, decision(Verb.SPLIT, (0, 1), hours=2))[0] == [0]


def test_a_decision_holds_for_an_edited_text():
    edited = ARTICLES[0].told_anew(START + timedelta(hours=9), body="another text")
    assert edited.id != ARTICLES[0].id
    assert groups([], decision(Verb.JOIN, (0, 1)), articles=[edited, *ARTICLES[1:5]])[0] == [0, 1]


def test_a_decision_on_what_is_not_there_changes_nothing():
    assert groups([(0, 1)], decision(Verb.JOIN, (1, 7)), decision(Verb.SPLIT, (6, 0))) == groups([(0, 1)])


@given(
    st.permutations(ARTICLES),
    st.lists(st.tuples(st.sampled_from(range(8)), st.sampled_from(range(8))), max_size=8),
    st.lists(
        st.tuples(st.sampled_from(list(Verb)), st.sampled_from(range(8)), st.sampled_from(range(8))), max_size=4
    ),
)
def test_decisions_hold_whatever_the_order_of_arrival(shuffled, copies, said):
    decisions = [decision(verb, (a, b), hours=n) for n, (verb, a, b) in enumerate(said) if a != b]
    expected = groups(copies, *decisions, articles=ARTICLES)
    assert groups(copies, *decisions[::-1], articles=list(shuffled)) == expected
    last = {pair: d.verb for d in decisions for pair in d.pairs}
    for (one, other), verb in last.items():
        together = any({LINES.index(one), LINES.index(other)} <= set(group) for group in expected)
        assert not (verb is Verb.SPLIT and together)


def test_a_decision_is_told_by_londons_clock():
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # past midnight in London
    said = StoryDecision(Verb.SPLIT, paired(LINES[:1], LINES[1:2]), "J. Editor", "two visits", late)
    assert said.sentence(LINES[0]) == f"split from {LINES[1][:10]} by J. Editor on 02 Jul 2026: two visits"
