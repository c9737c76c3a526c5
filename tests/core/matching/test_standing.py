"""What stands in a batch: the compiled twins against their Python, on texts made to be hard."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.core.matching import native
from monitor.core.matching.automaton import built
from monitor.core.matching.columns.asked import Askers, Wanted
from monitor.core.matching.columns.hits import Hits, Seen, further_in
from monitor.core.matching.columns.sheet import Sheet
from monitor.core.matching.columns.standing import standing_of
from monitor.core.matching.folding import folded
from monitor.core.matching.lexicon import Lexicon
from monitor.core.matching.phrases import Phrase
from monitor.core.matching.tables import Lists, column
from monitor.core.profile import Case

PHRASES = (
    *(
        Phrase(form, case)
        for form in ("tax", "Tax Credit", "cr*", "\u043d\u0430\u043b\u043e\u0433")
        for case in Case
    ),
    *(Phrase("credit", case, plural=True, plural_any_case=True) for case in Case),
    *(Phrase(form, case, plural=True) for form in ("Mr. Tax", "(tax) credit", "tax:") for case in Case),
)
PATTERNS = [*dict.fromkeys(pattern for phrase in PHRASES for pattern in phrase.patterns())]
WORDS = (
    "tax",
    "Tax",
    "TAX",
    "credits",
    "Credit\u2019s",
    "CREDIT'S",
    "cr\u00e9dit",
    "Mr",
    "\u043d\u0430\u043b\u043e\u0433",
    "\U0001d54b\u00e0x",
)
GAPS = (
    " ",
    "-",
    "\u2010",
    ". ",
    ": ",
    " (",
    ") ",
    ", ",
    "  ",
    "\n",
    "\n\n",
    "' ",
    "\u2019 ",
    "?",
    "\ud800",
    "\u00ad ",
)
texts = st.lists(st.sampled_from([f"{w}{g}" for w in WORDS for g in GAPS] + ["(", "x "]), max_size=10).map("".join)
articles = st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=4)
ANCHORS = 5
"""Of the patterns those that bring an article in; they are asked for from two seats."""
ASKERS = Askers(
    [[(0, number), (1, number - 1)][: 1 + number % 2] for number in range(ANCHORS)], [ANCHORS, ANCHORS]
)
AUTOMATON = built(PATTERNS)


def stood(batch):
    """What stands in the articles in which an anchor does, who asks, and of whom; None where there are none."""
    lexicon, by_seat, by_slot = Lexicon(PATTERNS), Lists(), Lists()
    alone = [lexicon.sought([phrase]).number for phrase in PHRASES]
    by_seat.add([lexicon.sought(PHRASES).number, *alone[::2]])
    by_seat.add([])
    for number in alone:
        by_slot.add([number])
    texts = folded(batch)
    sheet, seen = Sheet(texts), Seen.by(AUTOMATON, texts)
    seen = seen.of(some := seen.with_any_below(ANCHORS))
    if not len(some):
        return None
    sheet = Sheet([texts[number] for number in some.tolist()])
    asked = ASKERS.asked(hits := Hits.of(sheet, seen, further_in(PATTERNS)))
    wanted = Wanted(asked, asked.seats, by_seat, asked.slots, by_slot)
    return standing_of(sheet, hits, lexicon, wanted), asked, lexicon


def told(batch):
    """The same as values that can be compared."""
    found = stood(batch)
    if found is None:
        return []
    stands, asked, _ = found
    columns = [getattr(asked, name) for name in asked.__struct_fields__]
    columns += [stands.standing, stands.ends, stands.places.rows]
    return [np.asarray(values).tolist() for values in columns]


@pytest.mark.skipif(not native.BUILT, reason="the compiled core is not built here: make native")
@given(articles)
@example([("", "", "x")])
@example([("tax", "Mr. Tax. (tax) credit", "Mr. Tax. (tax) credit: TAX"), ("", "", ""), ("x", "Tax", "")])
@example([("\ud800tax\ud800 credit", "tax?credit", "Tax\u2019s credits' TAX: ")])
def test_what_stands_is_told_alike(batch):
    compiled = told(batch)
    with native.in_python():
        assert told(batch) == compiled


def test_what_is_made_known_later_is_looked_for_then():
    lexicon = Lexicon(PATTERNS)
    before = lexicon.standing
    sought = lexicon.sought([Phrase("tax")])
    assert len(before.spellings) == 0
    assert set((lexicon.standing.asking >> 32).tolist()) == {sought.number}
    assert column([sought.number]).tolist() == [len(lexicon) - 1]


def test_what_nobody_looked_for_does_not_count_as_standing_nowhere():
    """Or a rule whose words are left out of what is wanted would never find them, in silence."""
    with native.in_python():
        stands, _, lexicon = stood([("tax", "", "credits")])
        assert stands.found(0, lexicon.sought(PHRASES[:1]))
        assert stands.found(0, lexicon.sought(PHRASES[12:13])) == []
        with pytest.raises(LookupError, match="nobody looked for this"):
            stands.found(0, lexicon.sought(PHRASES[-1:]))
