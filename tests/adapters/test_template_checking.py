"""Templates are tried before they are used: every fault, with file and line; ours have none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitor.adapters.render.checking import ALERTS, template_faults
from monitor.adapters.render.templates import read_folder

OURS = read_folder(Path(__file__).parents[2] / "templates/digest")


def told(**changes: str) -> list[str]:
    """The faults of our templates with some of them changed; `__` in a name is a dot."""
    return [str(fault) for fault in template_faults(OURS | {n.replace("__", "."): t for n, t in changes.items()})]


def test_what_we_ship_has_no_fault():
    assert told() == []


def test_the_page_to_print_and_those_of_alerts_are_tried_too():
    sheet = OURS["sheet.html.j2"].replace("words.nothing(part, edition)", "words.nothing(part)")
    assert re.match(r"templates/digest/words.j2:\d+: .*edition", told(sheet__html__j2=sheet)[0])
    alerts = read_folder(Path(__file__).parents[2] / "templates/alert")
    assert template_faults(alerts, ALERTS) == ()
    broken = alerts | {"text.txt.j2": "{{ edition.nothing }}"}
    assert [str(f).partition(": ")[0] for f in template_faults(broken, ALERTS)] == [
        "templates/alert/text.txt.j2:1"
    ]


def test_every_file_that_cannot_be_read_is_told_of_at_once():
    faults = told(
        subject__txt__j2="{% if %}", html__html__j2="<p>\n{{ edition.title | nothing }}", words__j2="{% for %}"
    )
    said = "\n".join(faults)
    for place in ("subject.txt.j2:1", "html.html.j2:2", "words.j2:1"):
        assert f"templates/digest/{place}" in said or place.replace("words.j2", "words.html.j2") in said


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("brief.html.j2", "item.outlet", "item.paper", r"brief.html.j2:\d+: .*paper"),
        ("weekly.txt.j2", "d.stories", "d.pieces", r"weekly.txt.j2:\d+: .*pieces"),
        ("foot.html.j2", "s.error", "s.fault.why", r"foot.html.j2:\d+: .*fault"),
        ("words.j2", "item.development.sent", "item.development.then", r"words.j2:\d+: .*then"),
    ],
)
def test_what_breaks_on_an_edition_is_found_in_any_layout(file, old, new, said):
    faults = told(**{file.replace(".", "__"): OURS[file].replace(old, new)})
    assert faults
    assert all(re.match(rf"templates/digest/{said}", fault) for fault in faults), faults


@pytest.mark.parametrize(
    "harm",
    [
        '<img src="https://example.org/pixel.png">',
        "<img src='data:image/png;base64,AA'>",
        "<script>alert(1)</script>",
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<td background="https://example.org/a.png">',
        "<form action='https://example.org'>",
        "<style>p { background: url(https://example.org/a.png) }</style>",
        "<style>@import 'a.css';</style>",
    ],
)
def test_what_would_be_loaded_or_run_is_refused_with_its_line(harm):
    faults = told(foot__html__j2=f"<p>\n\n{harm}</p>")
    assert [re.match(r"templates/digest/foot.html.j2:3: .*when the mail is opened", f) is not None for f in faults]
    assert faults


def test_a_page_that_lets_others_words_through_is_refused():
    faults = told(
        full__html__j2=OURS["full.html.j2"].replace("linked(item.headline, item.url)", "item.headline | safe")
    )
    assert any("lets others' words through" in fault for fault in faults)
