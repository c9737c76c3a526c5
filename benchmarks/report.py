"""What the measurements say: tables with what the project wants of each, and the lines that are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.drawing import Line
from benchmarks.engines import Job
from benchmarks.peers import JUDGE, share_found
from benchmarks.rounds import Measured
from benchmarks.sets import SIZES
from benchmarks.table import megabytes, number, table, times
from monitor.core.agreement import Agreement

BARE, OURS = "bare iter", "Monitor"
BY_LETTERS, FAST = "Monitor, pyahocorasick", "Monitor, daachorse"
"""The works of the whole way: ours as it is installed, and on the automata that take a step for each letter."""
ONCE, TWICE = "a crew of one", "a crew of two"

OF_BARE = {"S": 0.35, "M": 0.4, "L": 0.5}
"""Speed beside the bare automaton, at least."""
GROWTH = {"M": 2.5, "L": 9, "XL": 22}
"""Cost of an article over its cost at S, at most."""
OVER_LETTERS = {"M": 1.8, "L": 1.8}
"""Speed on another automaton beside that on pyahocorasick, at least."""
BY_TWO = 1.5
PEERS: Mapping[str, Mapping[str, float]] = {
    "SQLite FTS5": {"S": 1.5, "M": 2.5, "L": 6},
    "PostgreSQL": {"S": 6, "M": 11, "L": 25},
}
"""How many times as fast as a peer, at least."""

Whole = Mapping[str, Mapping[str, Measured]]
"""By set and work."""


def sets_table(found: Whole, agreements: Sequence[Agreement]) -> str:
    """What the sets are, and how much of them an article meets."""
    rows = []
    for name, works in found.items():
        if not works[OURS].fault and not works[BARE].fault:
            said = works[OURS].answer
            terms = sum(len(p.terms) for a in agreements[: SIZES[name]] for p in a.profiles)
            rows.append(
                (
                    name,
                    f"{SIZES[name]:,}",
                    f"{terms:,}",
                    f"{said['patterns']:,}",
                    number(works[BARE].answer["hits"]),
                    number(said["verdicts"]),
                    f"{said['in']:.1%}",
                    f"{said['seen']:.1%}",
                )
            )
    head = ("set", "agreements", "terms", "patterns", "hits", "verdicts", "in", "seen")
    return table(head, rows)


def whole_table(found: Whole, articles: int) -> str:
    """The whole way beside the bare automaton, and how cost grows with the set."""
    smallest = next(iter(found))
    rows = [
        _whole_row(name, work, works, found[smallest][work], articles)
        for name, works in found.items()
        for work in (OURS, BY_LETTERS, FAST, BARE)
        if not works[work].fault
    ]
    over = f"over {smallest}"
    head = ("", "ms each", "articles/s", "of bare", over, "over pyahocorasick", "first, ms", "memory", "build, s")
    return table(head, rows)


def _whole_row(
    name: str, work: str, works: Mapping[str, Measured], smallest: Measured, articles: int
) -> tuple[str, ...]:
    one, ours = works[work], work != BARE
    grown = one is not smallest and not smallest.fault
    other = ours and work != BY_LETTERS
    target = GROWTH.get(name) if ours else None
    return (
        f"{name} {work}",
        number(1e3 * one.seconds / articles),
        number(articles / one.seconds),
        times(works[BARE].seconds / one.seconds, OF_BARE.get(name)) if ours else "",
        times(one.seconds / smallest.seconds, target, at_most=True) if grown else "",
        times(works[BY_LETTERS].seconds / one.seconds, OVER_LETTERS.get(name)) if other else "",
        number(1e3 * one.first / articles) if ours else "",
        megabytes(one.memory),
        number(one.build),
    )


def two_table(found: Whole, articles: int) -> str:
    """Two processes beside one, who both give all answers at once.

    By the clock, which says something where the cores are idle but for them: how much others used them is said
    beside it. By CPU time it is what two idle cores would make of it, if neither ever waited for the other.
    """
    rows = []
    for name, works in found.items():
        one, two = works[ONCE], works[TWICE]
        if not one.fault and not two.fault:
            by_cpu = 2 * one.seconds / two.seconds
            by_clock = one.waited / two.waited
            others = f"{one.disturbed:.1f}, {two.disturbed:.1f}"
            ratios = times(by_clock, BY_TWO), times(by_cpu, BY_TWO)
            rows.append((name, number(articles / two.waited), *ratios, others))
    return table(("set", "articles/s", "by the clock", "by CPU time", "cores that others used"), rows)


def peers_table(found: Whole, articles: Mapping[str, int]) -> str:
    """Ours and the peers on the same questions."""
    rows = []
    for name, engines in found.items():
        judge = engines[JUDGE]
        letters = engines.get(BY_LETTERS)
        for engine, one in engines.items():
            if one.fault:
                rows.append((f"{name} {engine}", "", "", "", one.fault, ""))
                continue
            share = share_found(one, judge)
            rows.append(
                (
                    f"{name} {engine}",
                    number(articles[name] / one.seconds),
                    "" if engine == JUDGE else times(one.seconds / judge.seconds, PEERS.get(engine, {}).get(name)),
                    "" if letters in (None, one) or letters.fault else times(one.seconds / letters.seconds),
                    "the same" if share == 1 else f"{share:.1%} of them",
                    megabytes(one.memory),
                )
            )
    return table(("", "articles/s", "Monitor is", "on pyahocorasick", "matches", "memory"), rows)


def lengths_table(found: Mapping[int, Mapping[str, Measured]], articles: Mapping[int, int]) -> str:
    """Cost by length of text."""
    rows = []
    for length, works in found.items():
        ms = {name: 1e3 * one.seconds / articles[length] for name, one in works.items() if not one.fault}
        per_kb = [number(ms[name] / length * 1e3) if name in ms else "" for name in (OURS, BY_LETTERS, BARE)]
        rows.append((f"{length:,}", f"{articles[length]:,}", *per_kb))
    head = ("characters", "articles", OURS, BY_LETTERS, BARE)
    return table(head, rows)


def unlike(name: str, works: Mapping[str, Measured]) -> Iterator[str]:
    """Where two ways of ours do not store the same bytes, in words."""
    said = {work: one.answer["fingerprint"] for work, one in works.items() if work != BARE and not one.fault}
    if len(set(said.values())) > 1:
        yield f"{name}: {', '.join(said)} do not store the same verdicts"


def by_profiles(found: Whole, articles: Mapping[str, int]) -> dict[str, Line]:
    """For each work or engine: agreements, and milliseconds an article."""
    lines: dict[str, list[tuple[float, float]]] = {}
    for name, works in found.items():
        for work, one in works.items():
            if not one.fault and work not in (ONCE, TWICE):
                lines.setdefault(work, []).append((SIZES[name], 1e3 * one.seconds / articles[name]))
    return {**lines}


def by_length(found: Mapping[int, Mapping[str, Measured]], articles: Mapping[int, int]) -> dict[str, Line]:
    """For each work: characters of an article, and milliseconds for it."""
    lines: dict[str, list[tuple[float, float]]] = {}
    for length, works in found.items():
        for work, one in works.items():
            if not one.fault:
                lines.setdefault(work, []).append((length, 1e3 * one.seconds / articles[length]))
    return {**lines}


def conclusion(faults: Sequence[str], compared: Mapping[str, Job]) -> str:
    """Whether all said the same, and what did not."""
    if faults:
        return "\n".join(["NOT THE SAME:", *faults])
    asked = ", ".join(
        f"{name}: {len(j.questions):,} questions of {len(j.articles):,} articles" for name, j in compared.items()
    )
    return f"All say the same, match for match ({asked})." if asked else "All automata store the same bytes."
