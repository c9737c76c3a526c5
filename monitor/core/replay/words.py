"""Words that an article must hold: what an index of words can answer, so that the others need not be read.

The words are those that the matcher compares: `read(text).words`. A phrase can stand only
where all its words stand, in whatever order; so what is said here is never too narrow, and often too wide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from monitor.core.article import Article
from monitor.core.matching.folding import folded
from monitor.core.matching.phrases import plural_of
from monitor.core.matching.text import read
from monitor.core.profile import ContextRule, ContextWord, PlaceRule, Profile, Term
from monitor.core.query import phrases

Words: TypeAlias = "Word | AllOf | AnyOf"


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word that stands in the article, or the beginning of one."""

    text: str
    beginning: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of them stand."""

    parts: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of them stands."""

    parts: tuple[Words, ...]


NOTHING = AnyOf(())
"""No article holds it."""
EVERYTHING = AllOf(())
"""Every article holds it."""


def any_of(parts: Iterable[Words]) -> Words:
    """One of them: each once, and flat."""
    flat = [p for part in parts for p in (part.parts if isinstance(part, AnyOf) else (part,))]
    if EVERYTHING in flat:
        return EVERYTHING
    once = tuple(dict.fromkeys(flat))
    return once[0] if len(once) == 1 else AnyOf(once)


def all_of(parts: Iterable[Words]) -> Words:
    """All of them: each once, and flat."""
    flat = [p for part in parts for p in (part.parts if isinstance(part, AllOf) else (part,))]
    if NOTHING in flat:
        return NOTHING
    once = tuple(dict.fromkeys(flat))
    return once[0] if len(once) == 1 else AllOf(once)


def hold(words: Words, there: Set[str]) -> bool:
    """Whether an article with these words is one of those asked for.

    >>> hold(of_phrase("Universal Cred*"), {"credit", "is", "universal"})
    True
    """
    match words:
        case Word(text, False):
            return text in there
        case Word(text, True):
            return any(word.startswith(text) for word in there)
        case AllOf(parts):
            return all(hold(part, there) for part in parts)
        case AnyOf(parts):
            return any(hold(part, there) for part in parts)
    raise AssertionError("a word is whole or a beginning")


def words_in(*texts: str) -> frozenset[str]:
    """Each word of the texts once, as the matcher compares it.

    >>> sorted(words_in("Carer\u2019s Allowance: D.W.P.", "low-income carers"))
    ['allowance', 'carers', 'dwp', 'income', 'low']
    """
    return words_of_each([texts])[0]


def words_of(article: Article) -> frozenset[str]:
    """Each word of the article that is searched for terms."""
    return words_in(*article.texts)


def words_of_each(groups: Sequence[Sequence[str]]) -> list[frozenset[str]]:
    """The words of each group of texts, faster than one by one."""
    return [frozenset(one.stream.split()) for one in folded(groups)]


# --------------------------------------------------------------- what a phrase, a term, a section asks for


@lru_cache(maxsize=20_000)
def of_phrase(form: str) -> Words:
    """What an article holds where the phrase stands, its last word in any ending the matcher knows."""
    # A barrier of the phrase may be left out (the contract, section 3), so only words count.
    words = read(form.rstrip("*")).words
    if not words:
        return NOTHING  # neither letter nor digit: it stands nowhere
    *heads, last = words
    if form.endswith("*"):
        return all_of([*map(Word, heads), Word(last, beginning=True)])
    endings = dict.fromkeys((last, plural_of(last) or last, f"{last}s"))
    return all_of([*map(Word, heads), any_of(map(Word, endings))])


def of_phrases(forms: Iterable[str]) -> Words:
    """What an article holds where one of the phrases stands."""
    return any_of(of_phrase(form) for form in forms)


def of_term(term: Term) -> Words:
    """What an article holds where the term stands in its own right; only there do its derived hits count."""
    if term.near:
        return all_of([of_phrases(term.near.one_of), of_phrases(term.near.with_one_of)])
    return of_phrases(term.forms)


def of_unapproved(term: Term) -> Words:
    """What an article holds where an alias stands that nobody has approved: it is told, and is no hit."""
    return of_phrases(alias.text for alias in term.aliases if not alias.approved)


def of_context_word(word: ContextWord) -> Words:
    """What an article holds where the context word stands."""
    return of_phrases((word.word, *word.also))


def of_rule(rule: ContextRule) -> Words:
    """What an article holds where the rule is kept: whatever its scope, one of its words stands."""
    return any_of(map(of_context_word, rule.any))


def of_place(rule: PlaceRule) -> Words:
    """What an article holds where the place is proven: everything, as long as its outlet's own area proves it."""
    return of_phrases((*rule.place.words, *rule.place.places)) if rule.content_only else EVERYTHING


def of_inside(profile: Profile) -> Words:
    """What an article holds that the section takes: a term, and a word for each rule that asks for one."""
    return all_of([of_section(profile), *map(of_rule, profile.context), *map(of_place, profile.place)])


def of_section(profile: Profile) -> Words:
    """What an article holds of which the section says anything: a term stands, or a phrase its query wants."""
    wanted = (phrase.text for phrase, is_wanted, _ in phrases(profile.query) if is_wanted) if profile.query else ()
    return any_of([*map(of_term, profile.terms), of_phrases(wanted)])
