"""OICW: the nearest context word of every hit of a batch, and whether it is within the scope (section 4)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

import msgspec
import numpy as np

from monitor.core.match import as_json
from monitor.core.matching import native
from monitor.core.matching.columns.sheet import PARTS
from monitor.core.matching.columns.stands import Places, Stands
from monitor.core.matching.columns.wordlists import WordLists, Words
from monitor.core.matching.lexicon import Lexicon
from monitor.core.matching.ready import Ready
from monitor.core.matching.rows import RULE
from monitor.core.matching.scopes import MAKES, Makes
from monitor.core.matching.tables import NONE, Column, Mask, Table, column, expanded, keys, turns
from monitor.core.profile import ContextRule

BODY = 2
FAR = 1 << 40
"""Words between places of two fields: no scope reaches so far."""


class By(IntEnum):
    """How a context word makes a rule hold."""

    WITHIN = 0
    SELF = 1
    """It stands within the hit."""
    HEADLINE = 2
    """It stands in the headline or standfirst."""
    TERM_IN_HEADLINE = 3


class Tasks(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Rules to be judged, each of a case: a section and an article."""

    cases: Column
    articles: Column
    rules: Column

    def at(self, rows: Column) -> Tasks:
        """Some of them."""
        return Tasks(self.cases[rows], self.articles[rows], self.rules[rows])


class Nearest(msgspec.Struct, frozen=True, eq=False, gc=False):
    """For each task the nearest word that makes the rule hold; of one that does not hold, the nearest of all."""

    holds: Mask
    distances: Column
    """Words between; `FAR` in another field."""
    by: Column
    """`By`, where it holds."""
    names: Column
    """The number of the word; `NONE` where no word of the list stands."""
    words: Column
    """Row of `standing`; `NONE` where no word of the list stands."""
    standing: Words


class Links(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Each hit of a task with a word that may be the nearest."""

    tasks: Column
    hits: Column
    words: Column
    distances: Column

    def at(self, rows: Column) -> Links:
        """Some of them."""
        return Links(self.tasks[rows], self.hits[rows], self.words[rows], self.distances[rows])


class ContextRules:
    """The OICW rules of all sections that were asked for so far, numbered, and how they are judged."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lists = WordLists(lexicon)
        self.scopes = Ready()
        """Scopes as JSON."""
        self.rules = Table(*RULE)

    def add(self, rule: ContextRule) -> int:
        """One more; its number."""
        scope, words = self.scopes.number(as_json(str(rule.within))), self.lists.number(rule.any)
        return self.rules.add(words, MAKES[rule.within.unit], rule.within.words, rule.self_context, scope)

    def asked(self, rule: int) -> Iterator[int]:
        """The numbers of everything that a rule asks for."""
        return self.lists.asked(int(self.rules.of("list", column([rule]))[0]))

    @native.twin(native.context)
    def judged(self, tasks: Tasks, cases: Column, hits: Places, stands: Stands) -> Nearest:
        """The nearest word of each task; `hits`, by their `cases`, those of a case in reading order."""
        group_of, words = self._words_of(tasks, cases, hits, stands)
        return self._nearest(tasks, group_of, words, cases, hits, stands)

    @native.twin(native.context)
    def held(self, tasks: Tasks, cases: Column, hits: Places, stands: Stands) -> Mask:
        """Whether each task's rule holds, and nothing of what makes it."""
        group_of, words = self._words_of(tasks, cases, hits, stands)
        anywhere = self._holds_by(Makes.ANYWHERE, tasks.rules)
        holds = anywhere & _among(group_of, words.groups) & _among(tasks.cases, cases)
        rest = (~anywhere).nonzero()[0]
        if len(rest):
            few = tasks.at(rest)
            holds[rest] = self._nearest(few, group_of[rest], words, cases, hits, stands).holds
        return holds

    def _words_of(self, tasks: Tasks, cases: Column, hits: Places, stands: Stands) -> tuple[Column, Words]:
        """The words that count for each task, by the number of its group."""
        groups, group_of = np.unique(keys(tasks.articles, self.rules.of("list", tasks.rules)), return_inverse=True)
        words = self.lists.standing(groups, stands)
        return self._without_own(tasks, group_of, words, cases, hits)

    def _nearest(
        self, tasks: Tasks, group_of: Column, words: Words, cases: Column, hits: Places, stands: Stands
    ) -> Nearest:
        links = _links(tasks, group_of, words, cases, hits)
        holds = self._links_hold(tasks, links, words, hits)
        order = np.lexsort((links.words, hits.firsts[links.hits], links.distances, links.tasks))
        links, holds = links.at(order), holds[order]
        self._look_between(tasks, links, holds, words, hits, stands)
        return self._best(tasks, links, holds == 1, words, hits)

    def _without_own(
        self, tasks: Tasks, group_of: Column, words: Words, cases: Column, hits: Places
    ) -> tuple[Column, Words]:
        """`self_context: false`: for those tasks groups of their own, without the words that lie within a hit."""
        apart = (self.rules.of("own", tasks.rules) == 0).nonzero()[0]
        if not (len(apart) and len(cases)):
            return group_of, words
        starts = np.searchsorted(words.groups, group_of[apart])
        counts = np.searchsorted(words.groups, group_of[apart], side="right") - starts
        owners, at = expanded(starts, counts)
        copied = words.at(at)
        own = keys(tasks.cases[apart][owners], copied.places.firsts)
        before = np.searchsorted(keys(cases, hits.firsts), own, side="right") - 1
        there = np.maximum(before, 0)
        within = (before >= 0) & (cases[there] == tasks.cases[apart][owners])
        within &= (hits.lefts[there] <= copied.places.lefts) & (copied.places.rights <= hits.rights[there])
        outside = (~within).nonzero()[0]
        last = int(words.groups[-1]) + 1 if len(words.groups) else 0
        last = max(last, int(group_of.max()) + 1)
        group_of = group_of.copy()
        group_of[apart] = last + np.arange(len(apart))
        mine = copied.at(outside)
        groups = np.concatenate([words.groups, last + owners[outside]])
        numbers = np.concatenate([words.numbers, mine.numbers])
        return group_of, Words(groups, numbers, Places.joined((words.places, mine.places)))

    def _holds_by(self, makes: Makes, rules: Column) -> Mask:
        """Whether that makes each rule hold."""
        mask: Mask = (self.rules.of("makes", rules) & makes) != 0
        return mask

    def _links_hold(self, tasks: Tasks, links: Links, words: Words, hits: Places) -> Column:
        """For each link 1 where the word is within the scope, 0 where not, `NONE` where one must look between."""
        rules = tasks.rules[links.tasks]
        holds = self._holds_by(Makes.ANYWHERE, rules)
        holds |= self._holds_by(Makes.NEAR, rules) & (links.distances <= self.rules.of("within", rules))
        holds |= self._holds_by(Makes.WORD_IN_HEAD, rules) & (words.places.fields[links.words] != BODY)
        holds |= self._holds_by(Makes.HIT_IN_HEAD, rules) & (hits.fields[links.hits] != BODY)
        between = self._holds_by(Makes.IN_SENTENCE | Makes.IN_PARAGRAPH, rules) & (links.distances < FAR)
        holds |= between & _overlap(hits, links.hits, words.places, links.words)
        return np.where(between & ~holds, NONE, holds)

    def _look_between(
        self, tasks: Tasks, links: Links, holds: Column, words: Words, hits: Places, stands: Stands
    ) -> None:
        """Whether a sentence or paragraph ends between: asked of the nearest first, until one of a task holds."""
        unsure = (holds == NONE).nonzero()[0]
        task, hit, word = links.tasks[unsure], links.hits[unsure], links.words[unsure]
        sure = np.full(len(tasks.cases), len(holds))
        surely = (holds == 1).nonzero()[0]
        np.minimum.at(sure, links.tasks[surely], surely)
        articles, sentence = tasks.articles[task], self._holds_by(Makes.IN_SENTENCE, tasks.rules[task])
        left = np.minimum(hits.lasts[hit], words.places.lasts[word])
        right = np.maximum(hits.firsts[hit], words.places.firsts[word])
        first = stands.sheet.firsts[articles * PARTS]
        columns = (unsure, task, articles, sentence, left - first, right - first)
        settled = sure.tolist()
        for row, of, article, by_sentence, last, follower in zip(*(c.tolist() for c in columns), strict=True):
            if row > settled[of]:
                continue
            text = stands.sheet.text(article)
            holds[row] = (text.same_sentence if by_sentence else text.same_paragraph)(last, follower)
            if holds[row]:
                settled[of] = row

    def _best(self, tasks: Tasks, links: Links, holds: Mask, words: Words, hits: Places) -> Nearest:
        """The first link of each task that holds, else its first; links are sorted by task, the nearest first."""
        count = len(tasks.cases)
        best = np.full(count, NONE, np.int64)
        at = turns(links.tasks)
        best[links.tasks[at]] = at
        held = holds.nonzero()[0]
        at = held[turns(links.tasks[held])]
        best[links.tasks[at]] = at
        some = (best != NONE).nonzero()[0]
        chosen = links.at(best[some])
        result = np.zeros(count, np.bool_)
        result[links.tasks[at]] = True
        distances, by, found = np.full(count, FAR), np.zeros(count, np.int64), np.full(count, NONE)
        distances[some], found[some] = chosen.distances, chosen.words
        by[some] = self._by(tasks.rules[some], chosen, words, hits)
        names = np.full(count, NONE)
        names[some] = words.numbers[chosen.words]
        return Nearest(result, distances, by, names, found, words)

    def _by(self, rules: Column, links: Links, words: Words, hits: Places) -> Column:
        near = self._holds_by(Makes.NEAR, rules) & (links.distances <= self.rules.of("within", rules))
        head = self._holds_by(Makes.WORD_IN_HEAD, rules) & ~near
        in_head = words.places.fields[links.words] != BODY
        by = np.where(head, np.where(in_head, By.HEADLINE, By.TERM_IN_HEADLINE), By.WITHIN)
        places = words.places
        own = (hits.lefts[links.hits] <= places.lefts[links.words]) & (
            places.rights[links.words] <= hits.rights[links.hits]
        )
        by[own] = By.SELF
        return by


def _among(numbers: Column, sorted_ones: Column) -> Mask:
    """Which of the numbers are among those that are in order."""
    among: Mask = np.searchsorted(sorted_ones, numbers) < np.searchsorted(sorted_ones, numbers, side="right")
    return among


def _links(tasks: Tasks, group_of: Column, words: Words, cases: Column, hits: Places) -> Links:
    """Each hit of a task with the words that may be nearest to it: those around it, the first of each other field.

    The nearest is among them, and so is one that shares its sentence, paragraph or field if any does.
    """
    starts = np.searchsorted(cases, tasks.cases)
    counts = np.searchsorted(cases, tasks.cases, side="right") - starts
    task, hit = expanded(starts, counts)
    group, field = group_of[task] * PARTS, hits.fields[hit]
    of_field = words.groups * PARTS + words.places.fields
    at = keys(group + field, hits.firsts[hit])
    behind = np.searchsorted(keys(of_field, words.places.firsts), at, side="right")
    begin = np.searchsorted(of_field, group + field)
    end = np.searchsorted(of_field, group + field, side="right")
    ranges = [(behind, np.minimum(end - behind, 1))]
    ranges += _before(keys(of_field, words.places.lasts), begin, behind, at)
    for turn in range(1, PARTS):
        other = group + (field + turn) % PARTS
        begin = np.searchsorted(of_field, other)
        ranges.append((begin, np.minimum(np.searchsorted(of_field, other, side="right") - begin, 1)))
    firsts, counts = (np.concatenate(column) for column in zip(*ranges, strict=True))
    owner, word = expanded(firsts, counts)
    owner %= max(len(task), 1)
    task, hit = task[owner], hit[owner]
    return Links(task, hit, word, _distances(hits, hit, words.places, word))


def _before(lasts: Column, begin: Column, behind: Column, at: Column) -> Iterator[tuple[Column, Column]]:
    """Of the words from one row to another, which begin where a hit does or before, those that may be the nearest.

    They may lie within one another. So these are the first that reaches as far as any, and the first that reaches
    into the hit, as no sentence ends between those. `lasts`, `at`: words as keys, by field.
    """
    reach = np.maximum.accumulate(lasts)
    furthest = np.append(reach, 0)[behind - 1]
    nearest, within = np.searchsorted(reach, np.minimum(furthest, at - 1)), np.searchsorted(reach, at)
    yield nearest, (begin < behind).astype(np.int64)
    yield within, ((within < behind) & (within != nearest)).astype(np.int64)


def _distances(hits: Places, hit: Column, words: Places, word: Column) -> Column:
    """Words strictly between the two; 0 when they touch or overlap, `FAR` in another field."""
    behind = words.firsts[word] - hits.lasts[hit] - 1
    before = hits.firsts[hit] - words.lasts[word] - 1
    between = np.where(hits.firsts[hit] < words.firsts[word], behind, before)
    distances: Column = np.where(hits.fields[hit] == words.fields[word], np.maximum(between, 0), FAR)
    return distances


def _overlap(hits: Places, hit: Column, words: Places, word: Column) -> Mask:
    """Whether the one that begins later begins within the other."""
    overlap: Mask = (words.firsts[word] <= hits.lasts[hit]) & (hits.firsts[hit] <= words.lasts[word])
    return overlap
