"""The same profile sets at document scope, and as plain questions that any search engine can be asked.

Peers know neither possessives nor barriers. So that all answer alike, exactly, they get a common text: our folded
words; a word of its own (`BARRIER`) where no phrase runs on; and a possessive without its s, with a barrier behind
it. No word of a set ends in s (`ngrams.py`), and none is asked for in a plural like *pennies*, which *Pennie's* is
as well: so nothing else is lost by it. Case, persons, guards, blockers, places and aboutness are off: all that is
left is "one of these phrases, and one of each of these lists".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from benchmarks.corpus import EVERYWHERE
from monitor.core.agreement import Agreement
from monitor.core.article import Article, Field
from monitor.core.matching.phrases import plural_of
from monitor.core.matching.text import read
from monitor.core.profile import ContextRule, ContextWord, Kind, Profile, Scope, SourceRule, Term

BARRIER = "qzq"
"""No word of any corpus."""
DOCUMENT = Scope.parse("document")


@dataclass(frozen=True)
class Question:
    """What one section asks of a text, in folded words and all their spellings."""

    number: int
    agreement: str
    section: str
    any: tuple[str, ...]
    """One of these phrases ..."""
    each: tuple[tuple[str, ...], ...]
    """... and one of each of these lists."""


def at_document_scope(agreement: Agreement) -> Agreement:
    """The agreement with the same terms and context words, each to stand anywhere in the text."""
    main = agreement.profiles[0].context
    profiles = tuple(_plain(profile, profile.context or main) for profile in agreement.profiles)
    return Agreement(agreement.id, agreement.client, agreement.name, profiles, fingerprint=agreement.fingerprint)


def questions(agreements: Iterable[Agreement]) -> list[Question]:
    """What each section of agreements at document scope asks, numbered."""
    asked = ((a, p) for a in agreements for p in a.profiles)
    return [
        Question(
            number,
            agreement.id,
            profile.section,
            _distinct(s for t in profile.terms for f in t.forms for s in _spellings(f, t.kind.has_plural)),
            tuple(_distinct(s for w in r.any for s in _spellings(w.word, w.plural)) for r in profile.context),
        )
        for number, (agreement, profile) in enumerate(asked)
    ]


def common_text(article: Article) -> str:
    """The article's words as all engines of a comparison see them, spaces between."""
    return f" {BARRIER} ".join(" ".join(_words(article.text_of(field))) for field in Field)


class Decider:
    """Says which questions hold, for engines that only find phrases."""

    def __init__(self, asked: Sequence[Question]) -> None:
        self.phrases = _distinct(
            [p for q in asked for p in q.any] + [p for q in asked for words in q.each for p in words]
        )
        """Every phrase of every question, those that are terms first."""
        numbers = {phrase: number for number, phrase in enumerate(self.phrases)}
        self._each = [[frozenset(numbers[p] for p in words) for words in q.each] for q in asked]
        self._asking: dict[int, list[int]] = {}
        for question in asked:
            for phrase in question.any:
                self._asking.setdefault(numbers[phrase], []).append(question.number)

    def decide(self, found: Set[int]) -> Iterator[int]:
        """The questions that hold when just these phrases stand in a text."""
        asking = {question for phrase in found for question in self._asking.get(phrase, ())}
        return (q for q in asking if not any(found.isdisjoint(words) for words in self._each[q]))


def _plain(profile: Profile, context: tuple[ContextRule, ...]) -> Profile:
    return replace(
        profile,
        terms=tuple(_plain_term(t) for t in profile.terms),
        context=tuple(
            ContextRule(tuple(ContextWord(w.word, w.plural and _adds_s(w.word)) for w in rule.any), DOCUMENT)
            for rule in context
        ),
        place=(),
        aboutness=None,
        significance=None,
        sources=SourceRule(groups=(EVERYWHERE,)),
    )


def _plain_term(term: Term) -> Term:
    name = term.near.one_of[0] if term.near else term.name
    return Term(name, Kind.PHRASE if term.kind.has_plural and _adds_s(name) else Kind.ORGANISATION)


def _adds_s(form: str) -> bool:
    """Whether its plural is the word and an s."""
    word = form.lower().split()[-1]
    return plural_of(word) == f"{word}s"


def _spellings(form: str, plural: bool) -> list[str]:
    *heads, last = form.lower().split()
    return [" ".join([*heads, word]) for word in (last, plural_of(last) if plural else "") if word]


def _words(text: str) -> Iterator[str]:
    """Words and barriers of a field; a possessive loses its s."""
    as_compared = read(text)
    for number, (sign, word) in enumerate(zip(as_compared.signs, (*as_compared.words, ""), strict=True)):
        if sign:
            yield BARRIER
        if word.endswith("s") and word[-2:-1] != "s" and as_compared.possessive(number):
            yield from (word[:-1], BARRIER)
        elif word:
            yield word


def _distinct(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrases))
