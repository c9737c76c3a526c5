"""A wall's words in running news undo nothing; in the site's own voice they do (F36)."""

from __future__ import annotations

import pytest

from monitor.core.quality import Kind, Taken, quality_of
from monitor.core.voice import Voice, voice_of
from monitor.core.walls import ASKS, WALL

PLAIN = (
    "The council and the harbour board met on Tuesday, and a report on the ferry goes to a committee in winter."
)
NEWS = [
    "Officers were called after neighbours noticed unusual activity at the house on Monday, a spokesman said.",
    "Officers were called after neighbours noticed unusual activity at the house late on Monday night.",
    "We work closely with our partners to collect and store 500 tonnes of food for families, the manager said.",
    "We work closely with our partners to collect and store 500 tonnes of food for families in need.",
    "The wheelchair user said access was denied to her, and that access denied once is access denied for ever.",
    "The visitors felt that access denied once is access denied for ever, and will not come back to the hall.",
    "The baker said cookies sold in this shop would harm your experience, and this site has recalled cookies.",
    "The regulator wants firms to accept all cookies complaints by Friday, and to answer each of them.",
    "Parents must register before Friday for full access to free nursery places, the council said.",
    "Parents must register before Friday for full access to free nursery places in the whole of Fife.",
    "Register before Friday for full access to nursery places, a notice of the council told all parents.",
    "The debate was members only, and members-only evenings of the club would go on in the new year.",
    "Pupils who sign up to the scheme for reading get a book each month, and may keep it for good.",
    "A sign told them: “Join us today to get full access to the pool”, and so did the letter of the club.",
]
"""Each has a wall's words."""
SPOKEN = [
    (Kind.TEASER, "Register today to continue reading, and have all of the news of the islands in one place."),
    (
        Kind.TEASER,
        "The minister said that payments rise. Subscribe now to continue reading the rest of the story.",
    ),
    (
        Kind.TEASER,
        "This article is only available to subscribers of the paper, who have all of its pages at home.",
    ),
    (
        Kind.TEASER,
        "Enjoying it so far? You have reached your limit of free articles, of which there are five a month.",
    ),
    (
        Kind.WALL,
        "We and our 812 partners store and access personal data on your device, such as cookies and the like.",
    ),
    (
        Kind.WALL,
        "Our systems have detected unusual traffic from your computer network: show that you are no robot.",
    ),
]


@pytest.mark.parametrize("sentence", NEWS)
def test_news_that_has_a_walls_words_is_the_article(sentence: str) -> None:
    assert quality_of(Taken(f"{PLAIN}\n\n{sentence}\n\n{PLAIN}")).full


@pytest.mark.parametrize("sentence", [one for one in NEWS if WALL.search(one) or ASKS.search(one)])
def test_words_of_news_are_not_the_sites(sentence: str) -> None:
    found = WALL.search(sentence) or ASKS.search(sentence)
    assert found is not None
    assert voice_of(sentence, found) is not Voice.SITE
    assert voice_of(found[0], found) is Voice.SITE


@pytest.mark.parametrize(("kind", "sentence"), SPOKEN)
def test_in_the_sites_own_voice_they_stay_a_wall(kind: Kind, sentence: str) -> None:
    assert quality_of(Taken(f"{PLAIN}\n\n{PLAIN}\n\n{sentence}")).kind is kind
    assert quality_of(Taken(sentence)).kind is kind


def test_a_sentence_to_nobody_is_a_wall_where_it_is_all_there_is() -> None:
    alone = "The article is available to subscribers and to registered members of the reading club only."
    assert quality_of(Taken(alone)).kind is Kind.TEASER
    assert quality_of(Taken("\n\n".join([PLAIN] * 2 + [alone]))).full
