"""Agreements judged together say what each says alone: any batches, any engine, with or without proof."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.common import COMMON
from oracle.made import MADE_SOURCES, made_cases

from monitor.core.matching import native
from monitor.core.matching.automaton import ENGINES
from monitor.core.matching.compiled import Compiled
from monitor.core.matching.matcher import Matcher
from monitor.core.matching.panel import BATCH, Panel


@settings(max_examples=15)
@given(st.lists(made_cases(most=2), min_size=1, max_size=3))
def test_agreements_together_say_what_each_says_alone(cases):
    agreements = [replace(case.agreement, id=f"made-{n}") for n, case in enumerate(cases)] + [COMMON]
    articles = [article for case in cases for article in case.articles]
    together = list(Panel(agreements, MADE_SOURCES).judge(articles))
    assert len(together) == len(articles)
    for agreement in agreements:
        alone = [Matcher(agreement, MADE_SOURCES).judge(article) for article in articles]
        said = [found.get(agreement.id) for found in together]
        for one, other in zip(alone, said, strict=True):
            if other is None:
                assert not one.verdicts
                assert not one.aliases
                assert not one.faults
            else:
                assert one.stored() == other.stored()
    outcomes = Panel(agreements, MADE_SOURCES).sections(articles)
    for found, judged in zip(outcomes, together, strict=True):
        within = {i: [*judgement.sections] for i, judgement in judged.items() if judgement.sections}
        assert {i: [*sections] for i, sections in found.items()} == within


@settings(max_examples=6)
@given(made_cases(most=3))
def test_batches_engines_and_packing_change_no_byte(case):
    articles = list(case.articles) * (BATCH // max(1, len(case.articles)) + 2)
    said = set()
    for engine in ENGINES:
        compiled = Compiled.of([case.agreement], engine)
        for one in (compiled, Compiled.unpacked(compiled.packed())):
            matcher = Matcher(case.agreement, MADE_SOURCES, one)
            said.add(b"".join(judgement.stored() for judgement in matcher.judge_all(articles)))
    alone = Matcher(case.agreement, MADE_SOURCES)
    said.add(b"".join(alone.judge(article).stored() for article in articles))
    written = Panel([case.agreement], MADE_SOURCES).written(articles)
    stored = [found.get(case.agreement.id) for found in written]
    said.add(b"".join(s or j.stored() for s, j in zip(stored, alone.judge_all(articles), strict=True)))
    with native.in_python():
        said.add(b"".join(judgement.stored() for judgement in alone.judge_all(articles)))
    assert len(said) == 1
