"""`recipients.yaml`: all faults at once, and its last sound state in force."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.adapters.library.recipients import read_recipients

SECTIONS = ("ministerial", "benefits")
GOOD = """\
groups:
  comms-team:
    - comms@body.example
    - Press.Office@body.example
  policy: [comms@body.example]
people:
  press.office@body.example:
    sections: [benefits]
    back: 2026-07-01
"""


def read(home: Path, text: str | None = None, settings: tuple[str, ...] = ()):
    if text is not None:
        (home / "recipients.yaml").write_text(text, "utf-8")
    return read_recipients(home, SECTIONS, settings)


def test_groups_and_what_people_want(tmp_path):
    found = read(tmp_path, GOOD)
    assert found.faults == ()
    assert found.groups["comms-team"] == ("comms@body.example", "Press.Office@body.example")
    person = found.people["press.office@body.example"]
    assert person.sections == ("benefits",)
    assert person.back == datetime(2026, 6, 30, 23, tzinfo=UTC)  # midnight of the first of July in London


def test_no_file_is_no_fault(tmp_path):
    found = read(tmp_path)
    assert (found.groups, found.people, found.faults) == ({}, {}, ())


BAD = """\
groups:
  comms-team:
    - comms@body.example
    - COMMS@body.example
    - "a@body.example, b@body.example"
    - nobody
    - ä@body.example
  empty: comms@body.example
people:
  stranger@body.example:
    sections: [benefit]
  comms@body.example:
    back: next week
    colour: blue
"""


def test_all_faults_are_told_with_their_line_and_a_remedy(tmp_path):
    faults = read(tmp_path, BAD).faults
    told = {(fault.line, fault.what) for fault in faults}
    lines = sorted({line for line, _ in told})
    assert lines == [4, 5, 6, 7, 8, 10, 11, 13, 14], told
    assert all(fault.remedy for fault in faults)
    assert any("did you mean `benefits`?" in fault.remedy for fault in faults)


def test_with_faults_the_last_sound_state_is_in_force(tmp_path):
    read(tmp_path, GOOD)
    found = read(tmp_path, GOOD.replace("- comms@body.example", "- comms"))
    assert len(found.faults) == 1
    assert found.groups["comms-team"][0] == "comms@body.example"
    assert found.people["press.office@body.example"].sections == ("benefits",)
    kept = tmp_path / "var" / "sound-recipients.yaml"
    assert kept.stat().st_mode & 0o077 == 0


def test_what_cannot_be_kept_is_said_and_the_file_is_in_force(tmp_path):
    (tmp_path / "var").write_text("a file where the folder should be")
    found = read(tmp_path, GOOD)
    assert found.groups["policy"] == ("comms@body.example",)
    (fault,) = found.faults
    assert "cannot be kept" in fault.what
    assert fault.where == "recipients.yaml"


def test_a_name_is_in_the_file_or_in_the_settings(tmp_path):
    (fault,) = read(tmp_path, GOOD, settings=("policy",)).faults
    assert fault.line == 5
    assert "monitor.toml" in fault.what


@pytest.mark.parametrize("text", ["", "groups: [", "- a\n", "groups:\n  a: 1\n"])
def test_what_is_no_such_file_is_a_fault(tmp_path, text):
    assert read(tmp_path, text).faults


def test_people_may_be_named_as_keys_that_are_no_addresses(tmp_path):
    (fault, *_) = read(tmp_path, "groups:\n  a: [b@c.example]\npeople:\n  nobody:\n    note: x\n").faults
    assert fault.line == 4
