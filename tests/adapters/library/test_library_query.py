"""`query:` in a section's file: read, its faults told by line and column, its phrases known to the examples."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from library_samples import FILES, PONDS, rewrite, write_library

from monitor.adapters.library import Library, schemas
from monitor.adapters.library.page import read_page
from monitor.core.query import Phrase, parse, written

TERMS = FILES[PONDS][FILES[PONDS].index("terms:") : FILES[PONDS].index("oicw:")]
QUERY = "query: |\n  pond NEAR/5\n  (frog OR newt)\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_library(tmp_path)


def read(root: Path, content: str):
    rewrite(root, PONDS, content)
    return Library(root).read()


def faults(root: Path, content: str) -> list[tuple[str, str, str]]:
    return [(f.field, f.what, f.remedy) for f in read(root, content).faults if f.where == PONDS]


def test_a_query_in_place_of_terms_or_besides(root: Path) -> None:
    for content in (FILES[PONDS].replace(TERMS, QUERY), FILES[PONDS] + QUERY):
        library = read(root, content)
        assert not library.faults
        profile = library.agreements[0].profile("ponds")
        assert written(profile.query) == "pond NEAR/5 (frog OR newt)"
        assert bool(profile.terms) == ("terms:" in content)


def test_all_faults_of_a_query_with_line_and_column(root: Path) -> None:
    found = faults(root, FILES[PONDS].replace(TERMS, "query: |\n  pond and\n  (frog OR newt\n"))
    assert found == [
        (
            "query",
            "in the query's line 1, column 6: `and` in small letters is no operator",
            "write AND, or put the word in quotes",
        ),
        ("query", "in the query's line 2, column 1: this bracket is never closed", "close it"),
    ]


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ('""', "in the query's line 1, column 1: the query is empty"),
        ("5", "a text is wanted here, and this is 5"),
        ("[a]", "a text is wanted here, and this is a list"),
        ("NOT pond", "in the query's line 1, column 1: the query would take every article"),
    ],
)
def test_what_is_no_query(root: Path, query: str, what: str) -> None:
    found = faults(root, FILES[PONDS].replace(TERMS, f"query: {query}\n"))
    assert [(field, said.startswith(what)) for field, said, _ in found] == [("query", True)], found


def test_a_section_needs_terms_or_a_query(root: Path) -> None:
    found = faults(root, FILES[PONDS].replace(TERMS, ""))
    assert [(field, what) for field, what, _ in found] == [("terms", "`terms` is missing")]


def test_examples_name_the_phrases_of_a_query(root: Path) -> None:
    example = "examples:\n  - {text: a pond, hits: [HIT]}\n"
    sound = FILES[PONDS].replace(TERMS, QUERY) + example
    assert not faults(root, sound.replace("HIT", "pond"))
    assert "no term of this section `toad`" in faults(root, sound.replace("HIT", "toad"))[0][1]
    broken = sound.replace("HIT", "toad").replace("NEAR/5", "near")
    assert len(faults(root, broken)) == 1  # what its phrases are is not known yet


def test_a_query_of_another_tool_that_is_not_translated_is_refused(root: Path) -> None:
    found = faults(root, FILES[PONDS].replace(TERMS, "query: pond AND «publication(Times)»\n"))
    assert "is not translated yet" in found[0][1]


def test_the_schema_wants_terms_or_a_query() -> None:
    def errors(content: str) -> int:
        page = read_page(PONDS, content.encode())
        return len(list(Draft202012Validator(schemas()["section"]).iter_errors(page.data)))

    assert not errors(FILES[PONDS])
    assert not errors(FILES[PONDS].replace(TERMS, QUERY))
    assert errors(FILES[PONDS].replace(TERMS, ""))


def test_a_phrase_is_as_written() -> None:
    assert parse("Pond").query == Phrase("Pond")
