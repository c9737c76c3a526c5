"""Section 2 of the contract: the text as compared, and the map back to the original."""

import html

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from twins import both_twins

from monitor.core.matching.characters import fold
from monitor.core.matching.markup import decode
from monitor.core.matching.oddities import NOT_CONTENT
from monitor.core.matching.text import PARAGRAPH, read

WITH_VALUES = (
    '<img src="x" alt="5 > tax credit">',
    "<img alt = '5 > \"tax\" <b> credit' / >",
    '<a title="<p>tax</p><!--" href=x>',
    '<b a="" b=\'\' c="a=b" d==">">',
)
ADDRESSES = (
    "@gavin.bsky.social @user@tax.scot @tax.credit @a@b@c #one#tax #one@tax @one#tax \uff20tax \ufe5ftax "
    "x.org:80/tax x.org?q=tax x.org:80?q=tax tax\uff20x.org"
).split()


@pytest.mark.parametrize(
    ("original", "tokens"),
    [
        ("", []),
        ("   \n ", []),
        ("Tax rises", ["tax", "rises"]),
        ("low-income", ["low", "income"]),
        ("cost - of - living", ["cost", "-", "of", "-", "living"]),
        ("one\ntwo\n\nthree", ["one", "two", PARAGRAPH, "three"]),
        ("R&D, bed & breakfast", ["r", "and", "d", ",", "bed", "and", "breakfast"]),
        ("Caf\u00e9 Cafe\u0301", ["cafe", "cafe"]),
        ("\uff21\uff24\uff30", ["adp"]),
        ("so\u00adcial se\u200bcurity", ["social", "security"]),
        ("Carer\u2019s Carers\u2019 Carer's", ["carers", "carers", "carers"]),
        ("\u2018Universal Credit\u2019 cut", ["'", "universal", "credit", "cut"]),
        ("Work& Pensions, Work &Pensions", ["work", "and", "pensions", ",", "work", "and", "pensions"]),
        ("Work&amp;\nPensions of R &D", ["work", "and", "pensions", "of", "r", "and", "d"]),
        ("a \u00ad& b &\u200b c & & d &", ["a", "and", "b", "and", "c", "&&", "d", "&"]),
        ("a &\n\nb\u02bc & c\u0301&", ["a", PARAGRAPH, "b", "and", "c", "&"]),
        *((f"the U.K{mark}s, D.W.P{mark}s", "the uks , dwps".split()) for mark in "'\u2019\u02bc\u02b9\ua78c"),
        ("R\u02bc & D \u02bcU.K.\u02bc", ["r", "and", "d", "'", "uk"]),
        ("&amp;amp;lt; 5", ["<", "5"]),
        ("AT&amp;T", ["at", "and", "t"]),
        ("<p>One</p><p>two <b>thr</b>ee</p>", [PARAGRAPH, "one", PARAGRAPH, "two", "three", PARAGRAPH]),
        ("one<!-- not <b> this --> two --> <!-- three", ["one", "two", "--><!--", "three"]),
        *((f"x{tag}y", ["xy"]) for tag in WITH_VALUES),
        ("x<script>tax('<p>')</script>y<STYLE a='b'>.tax{}</style\n>z", ["xyz"]),
        ("<!--<script>-->x<script>'<!--'</script >y--></script>", ["xy", "--></", "script", ">"]),
        ("<script>x</style> <style>y</styles>", "< script > x </ style >< style > y </ styles >".split()),
        ('<b class="tax>one</b> said "no" <i>two</i>', ["one", "said", '"', "no", '"', "two"]),
        ('<a href="tax>one <a href="y">two', ["one", "two"]),
        ("<i title='tax>one's <b>two", ["one's".replace("'", ""), "two"]),
        ("5 < 6 and 7 > 2", ["5", "<", "6", "and", "7", ">", "2"]),
        ("see https://x.example/a-b now", ["see", NOT_CONTENT, "now"]),
        (
            "by @BBCScotland.Universal Credit, @DWP.The",
            f"by {NOT_CONTENT}. universal credit ,{NOT_CONTENT}. the".split(),
        ),
        *((f"see {address} now", ["see", NOT_CONTENT, "now"]) for address in ADDRESSES),
        ("it ends.@tax @tax-free #tax.", ["it", "ends", "." + NOT_CONTENT * 2 + "-", "free", NOT_CONTENT + "."]),
        ("and/or, www 12:30/13:00 what?yes", "and / or , www 12 : 30 / 13 : 00 what ? yes".split()),
        ("so.why?x, a=b", ["so", ".", "why", "?", "x", ",", "a", "=", "b"]),
    ],
)
@both_twins
def test_tokens(twin, original, tokens):
    with twin():
        assert list(read(original).tokens) == tokens


@both_twins
def test_a_text_full_of_ands_takes_no_time(twin):
    with twin():
        assert len(read("\U0001f600tax & " * 100_000).words) == 100_000  # each copied: a minute


@pytest.mark.parametrize(
    "piece", ["@a-", "@a.", "a.", "@", "#a", "a?a=", "x.org?a", "x.org:1", "=", "a-", "x.uk:8?a."]
)
@both_twins
def test_what_is_nearly_an_address_takes_no_time(twin, piece):
    with twin():
        assert read(piece * 30_000)


@pytest.mark.parametrize(
    "piece",
    ['<b a="', "<b a='<b a=\"", '<b a=" c=', "<b a=' b=\" c=' d=\"", '<b a="\' b=\'" c="', "<b a= ", "<b = '"],
)
@both_twins
def test_values_that_never_end_take_no_time(twin, piece):
    with twin():
        assert decode(piece * 30_000).text == piece * 30_000


@both_twins
def test_scripts_that_never_end_take_no_time(twin):
    with twin():
        made = decode("<style>x</style>" + "<script><style>" * 30_000 + "</scripts>")
        assert made.text == "<script><style>" * 30_000 + "</scripts>"


def test_comments_that_never_end_take_no_time():
    assert decode("<!--" * 100_000).text == "<!--" * 100_000  # with a search for each to the end: a minute


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", 4),
        ("Mr. Brown and Dr. Green met Cllr. White at No. 10 on 3 Jan. 2026", 1),
        ("He left, i.e. Went. Then J. Smith came", 2),
        ("\u201cIt is over.\u201d \u201cReally?\u201d she said", 2),
        ("It cost 3.5 million. 40 people came.", 2),
        ("no capital. follows here", 1),
        ("One\n\ntwo", 2),
    ],
)
def test_sentences(text, sentences):
    found = read(text)
    assert len(set(found.sentence_of)) == sentences


@both_twins
def test_a_run_of_full_stops_takes_no_time(twin):
    with twin():
        text = read(f"one {'.' * 300_000}two {'.”' * 100_000}three. Four {'!—' * 100_000} Five")
        assert text.sentences == [3]


@pytest.mark.parametrize(
    ("headline", "shouts"),
    [
        ("STAFF TO STRIKE", True),
        ("Staff to Strike Over the Plan", True),
        ("Staff to strike", False),
        ("Dundee\u2019s economy grows", False),
        ("", False),
    ],
)
def test_a_headline_all_in_capitals_or_title_case_proves_nothing(headline, shouts):
    assert read(headline).shouts(0) is shouts


anything = st.text(st.characters(codec=None), max_size=80)
markup = st.lists(
    st.sampled_from(
        "<p>|</p>|<b>|&amp;|&#8217;|&amp;#8217;s|Carer|\u0130|\u00df|\ufb01| |\n\n|-|\u2011|'|\u2019|.|"
        "e\u0301|\u00ad|&|<|>|D.W.P.|x@y.z|#tag|\U0001d400".split("|")
    ),
    max_size=30,
).map("".join)


@given(anything | markup)
@example("\u0130stanbul &amp;amp; \u00df")
def test_every_word_cuts_a_stretch_of_the_original_in_order(original):
    text = read(original)
    place = 0
    for number in range(len(text.words)):
        start, end = text.stretch(number, number)
        assert place <= start < end <= len(original)
        place = end


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8), min_size=1, max_size=6))
def test_a_word_is_cut_to_letters_that_fold_to_it(words):
    original = " ".join(words)
    text = read(original)
    for number, word in enumerate(text.words):
        start, end = text.stretch(number, number)
        assert fold(original[start:end]) == word


@given(markup)
def test_escaping_once_more_changes_no_word(original):
    plain = read(original)
    if "&" not in original and "<" not in original:
        assert read(html.escape(original, quote=False)).tokens == plain.tokens
