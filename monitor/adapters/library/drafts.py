"""Draft profiles as files: those of an agreement's folder, for a person to read, correct and publish."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import LiteralScalarString

from monitor.core.drafting import Dictionary, Draft, DraftSection, DraftTerm
from monitor.core.matching.text import comparable
from monitor.core.profile import Kind, NamedPerson, PlaceList
from monitor.errors import InputError

SHARED = "main"
"""The list of context words that several sections have."""
FEWEST_LEFT_OUT = 3
"""Words that a section may leave out of the shared list; with more it has a list of its own."""
_SCHEMA = "# yaml-language-server: $schema=../schema/{}.json\n"
_ABOUT = (
    "# A draft, imported from the agreement. Read it beside review.html; what is doubtful says so behind a #.\n"
    "# Check with: monitor profiles lint\n\n"
)


def draft_texts(draft: Draft, dictionary: Dictionary) -> dict[str, str]:
    """The files of an agreement's folder, by name: agreement.yaml and one for each section."""
    shared = _shared(draft)
    sections = {f"{section.id}.yaml": _section(section, shared) for section in draft.sections}
    return {"agreement.yaml": _agreement(draft, dictionary)} | sections


def write_draft(folder: Path, draft: Draft, dictionary: Dictionary) -> tuple[Path, ...]:
    """Writes the files of a draft into a folder that is made; what was written.

    Raises:
        InputError: the folder holds something, or cannot be made.
    """
    texts = draft_texts(draft, dictionary)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise InputError(f"{folder} is not empty: give another folder with --into")
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror or error}") from error
    return tuple(folder / name for name in texts)


def _dump(kind: str, data: CommentedMap) -> str:
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 110
    out = io.StringIO()
    yaml.dump(data, out)
    return _SCHEMA.format(kind) + _ABOUT + out.getvalue()


def _agreement(draft: Draft, dictionary: Dictionary) -> str:
    data = CommentedMap()
    data["client"], data["name"] = draft.client or "(who is served?)", draft.name or "(the agreement's name)"
    data["sections"] = [section.id for section in draft.sections]
    if shared := _shared(draft):
        data["context_lists"] = {SHARED: list(shared)}
    if names := dict.fromkeys(place for section in draft.sections for place in section.rules.places):
        data["places"] = {_place_id(name): _place(name, dictionary.places.get(comparable(name))) for name in names}
    return _dump("agreement", data)


def _place_id(name: str) -> str:
    return "_".join(comparable(name).split())


def _place(name: str, known: PlaceList | None) -> dict[str, object]:
    """The list that published profiles prove the place by; or its name alone, to be added to."""
    place = known or PlaceList(name, name, (name,))
    lists = {
        "words": place.words,
        "places": place.places,
        "blockers": place.blockers,
        "wire_paths": place.wire_paths,
    }
    return {"area": place.area, **{key: list(value) for key, value in lists.items() if value}}


def _shared(draft: Draft) -> tuple[str, ...]:
    """The longest list of context words, when a second section uses it."""
    lists = [words for section in draft.sections for words in section.rules.context]
    longest = max(lists, key=len, default=())
    return longest if sum(_without(longest, words) is not None for words in lists) > 1 else ()


def _without(shared: Sequence[str], words: Sequence[str]) -> list[str] | None:
    """What the shared list has more; None when the words are no part of it."""
    left_out = [word for word in shared if word not in words]
    is_part = set(words) <= set(shared) and len(left_out) <= FEWEST_LEFT_OUT
    return left_out if is_part else None


def _section(section: DraftSection, shared: Sequence[str]) -> str:
    data = CommentedMap(section=section.id, title=section.title)
    data["agreement_says"] = _says(section)
    data["terms"] = _terms(section)
    rules = [*_contexts(section, shared), *({"place": _place_id(place)} for place in section.rules.places)]
    if rules:
        data["oicw"] = rules
    if section.rules.subject:
        data["subject_of"] = True
    if section.rules.major:
        data["significance"] = {"major": True}
    if section.rules.recategorise:
        data["recategorise"] = True
    named = {"groups": list(section.sources.groups), "plus": list(section.sources.plus)}
    data["sources"] = {key: value for key, value in named.items() if value} or "any_monitored"
    if section.questions:
        data["ask_client"] = list(section.questions)
    return _dump("section", data)


def _says(section: DraftSection) -> LiteralScalarString:
    """The document's words, line by line."""
    says = ["SEARCH TERMS:", *(line.text for line in section.lines)]
    if section.source_lines:
        says += ["SOURCES:", *(line.text for line in section.source_lines)]
    text: LiteralScalarString = LiteralScalarString("\n".join(says))
    return text


def _contexts(section: DraftSection, shared: Sequence[str]) -> Iterator[Mapping[str, object]]:
    for words in section.rules.context:
        without = _without(shared, words)
        if shared and without is not None:
            yield {"any": {"list": SHARED, **({"without": without} if without else {})}}
        else:
            yield {"any": list(words)}


def _terms(section: DraftSection) -> CommentedSeq:
    terms = CommentedSeq()
    for term in (term for term in section.terms if term.written):
        form = _term(term, [other.name for other in section.terms if other.same_as == term.name])
        terms.append(form)
        if term.doubtful:
            doubt = f"doubtful, {term.percent} % sure: {term.how}"
            if isinstance(form, CommentedMap):
                form.yaml_add_eol_comment(doubt, "term")
            else:
                terms.yaml_add_eol_comment(doubt, len(terms) - 1)
    return terms


def _term(term: DraftTerm, also: Sequence[str]) -> str | CommentedMap:
    form = CommentedMap(term=term.name)
    if term.kind is not Kind.PHRASE:
        form["kind"] = str(term.kind)
    if term.person:
        form["person"] = _decision(term.person)
    if term.match:
        form["match"] = list(term.match)
    if term.abbreviations:
        form["abbreviations"] = list(term.abbreviations)
    if term.only_with:
        form["only_with"] = {"any": list(term.only_with)}
    notes = [f"Stands where the agreement lists offices: {term.role}."] if term.role else []
    if also:
        notes.append(f"The agreement also lists {', '.join(also)}: one and the same to the matcher.")
    if notes:
        form["note"] = " ".join(notes)
    return form if len(form) > 1 else term.name


def _decision(person: NamedPerson) -> CommentedMap:
    """Who an individual is, and who decided to look for the name; what nobody said is left out."""
    said = {
        "class": str(person.standing or ""),
        "role": person.role,
        "purpose": person.purpose,
        "approved_by": person.approved_by,
        "second_approval": person.second_approval,
        "review_by": person.review_by.isoformat() if person.review_by else "",
    }
    return CommentedMap({key: value for key, value in said.items() if value})
