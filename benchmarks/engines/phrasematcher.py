"""spaCy's PhraseMatcher on documents made of our words: no tokenizer and no pipeline runs."""

from __future__ import annotations

from collections.abc import Iterator

import spacy
from spacy.matcher import PhraseMatcher as SpacyMatcher
from spacy.tokens import Doc

from benchmarks.documents import Decider
from benchmarks.engines import Engine, Job, Match


class PhraseMatcher(Engine):
    """Blank English."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._decider = Decider(job.questions)
        self._vocabulary = spacy.blank("en").vocab
        self._matcher = SpacyMatcher(self._vocabulary)
        self._numbers: dict[int, int] = {}
        for number, phrase in enumerate(self._decider.phrases):
            name = f"phrase {number}"
            self._matcher.add(name, [Doc(self._vocabulary, words=phrase.split())])
            self._numbers[self._vocabulary.strings[name]] = number

    def matches(self) -> Iterator[Match]:
        for article, text in enumerate(self.job.texts):
            document = Doc(self._vocabulary, words=text.split())
            found = {self._numbers[name] for name, _, _ in self._matcher(document)}
            yield from ((article, question) for question in self._decider.decide(found))
