"""How long a text takes grows as the text does: each has something that was once looked for time and again.

In Python calls are counted. Those of a compiled twin nobody can count: there a text four times as long takes less
than ten times as long, where with each place looked at from each it would be sixteen.
"""

import sys
from time import process_time

import pytest

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.matching import native
from monitor.core.matching.panel import Panel
from monitor.core.profile import ContextRule, ContextWord, Guard, Kind, Pair, Profile, Scope, SourceRule, Term
from monitor.core.source import Sources

SHORT, LONG = 300, 20_000
"""So often a text repeats itself where Python reads it, and where the twin does."""


def profile(*terms: Term, **rules) -> Profile:
    return Profile("s", "S", terms=terms, sources=SourceRule(any_monitored=True), **rules)


def near(word: ContextWord, scope: str) -> tuple[ContextRule]:
    return (ContextRule((word,), Scope.parse(scope)),)


TEXTS = {
    "blockers": (profile(Term("tax", blockers=("tax credit",))), "", "tax credit ", ""),
    "blockers of a context word": (
        profile(Term("bill"), context=near(ContextWord("tax", blockers=("tax credit",)), "document")),
        *("bill ", "tax credit ", ""),
    ),
    "a guard in another sentence": (
        profile(Term("tax", only_with=Guard(("credit",), Scope.parse("sentence")))),
        *("", "tax  ", ". Credit"),
    ),
    "a guard in a paragraph before": (
        profile(Term("tax", only_with=Guard(("credit",), Scope.parse("paragraph")))),
        *("Credit\n\n", "tax ", ""),
    ),
    "a context word in another sentence": (
        profile(Term("tax"), context=near(ContextWord("credit"), "sentence")),
        *("", "tax ", ". Credit"),
    ),
    "a context word in another paragraph": (
        profile(Term("tax"), context=near(ContextWord("credit"), "paragraph")),
        *("", "tax  ", "\n\ncredit"),
    ),
    "a name, and the surname": (
        profile(Term("Mark Griffin", Kind.PERSON, surname_alone=True)),
        *("", "Mark Griffin said. ", "Griffin"),
    ),
    "surnames": (
        profile(Term("Mark Griffin", Kind.PERSON, surname_alone=True)),
        *("", "Mark Griffin. Griffin said. ", ""),
    ),
    "a long form, and the short one": (profile(Term("tax", abbreviations=("UC",))), "", "tax ", "UC"),
    "a list of names, all of them in capitals": (
        profile(Term("Mark Griffin", Kind.PERSON, surname_alone=True)),
        *("Mark Griffin ", "JANE GRIFFIN, ", ""),
    ),
    "a list of names, all of it title case": (
        profile(Term("Mark Griffin", Kind.PERSON, surname_alone=True)),
        *("Mark Griffin ", "Jane Griffin, Glasgow; ", ""),
    ),
    "a pair of great reach": (
        profile(Term("taxes", near=Pair(("tax",), ("credit",), 10**6))),
        *("", "tax, ", "credit"),
    ),
    "a pair of great reach, one of it between many": (
        profile(Term("taxes", near=Pair(("tax",), ("credit",), 10**6))),
        *("", "tax, ", "credit ", "tax tax "),
    ),
}
"""A profile; how a text begins, what stands in it many times, how it ends; maybe what stands many times behind."""
texts = pytest.mark.parametrize("name", TEXTS)


def judged(name: str):
    """Judges the text with so many repetitions."""
    made, begin, often, end, *again = TEXTS[name]
    panel = Panel([Agreement("a", "c", "n", (made,))], Sources())

    def judge(times: int) -> None:
        (_,) = panel.written([Article("u", body=begin + often * times + end + times * "".join(again))])

    judge(1)
    return judge


def calls(judge, times: int) -> int:
    """How many calls Python makes."""
    count = 0

    def one_more(_frame, event, _of) -> None:
        nonlocal count
        count += event.endswith("call")

    sys.setprofile(one_more)
    try:
        judge(times)
    finally:
        sys.setprofile(None)
    return count


@texts
def test_python_takes_steps_as_the_text_has_words(name):
    with native.in_python():
        judge = judged(name)
        assert calls(judge, 4 * SHORT) < 5 * calls(judge, SHORT)


@pytest.mark.skipif(not native.BUILT, reason="the compiled core is not built here: make native")
@texts
def test_the_compiled_core_takes_no_longer_than_the_text_is(name):
    judge = judged(name)

    def seconds(times: int) -> float:
        began = process_time()
        judge(times)
        return process_time() - began

    assert any(seconds(4 * LONG) < 10 * seconds(LONG) for _ in range(3))  # at worst another has the machine
