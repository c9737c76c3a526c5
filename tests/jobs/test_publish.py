"""Publishing: files become revisions, and a file with faults leaves the last good state in force (F32)."""

import shutil
from datetime import UTC, datetime

import pytest

from monitor.adapters.library import Library
from monitor.config import shipped
from monitor.jobs.publish import publish

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)


@pytest.fixture
def library(tmp_path):
    shutil.copytree(shipped("profiles"), tmp_path / "profiles")
    shutil.copytree(shipped("sources"), tmp_path / "sources")
    return tmp_path


def run(library, store):
    return publish(Library(library), store, lambda: NOW)


def test_every_file_is_published_once_and_then_only_what_changed(library, store):
    first = run(library, store)
    assert "social-security-scotland/benefits.yaml" in first.changed
    assert run(library, store).changed == ()
    file = library / "profiles/social-security-scotland/benefits.yaml"
    file.write_text(file.read_text("utf-8") + "# a remark\n", "utf-8")
    assert run(library, store).changed == ("social-security-scotland/benefits.yaml",)
    known = [r for r in store.revisions("social-security-scotland") if r.file == "benefits.yaml"]
    assert [r.reason for r in known] == ["first seen", "changed on disk"]


def test_a_file_with_faults_leaves_the_last_good_state_in_force(library, store):
    good = run(library, store).read.agreements[0].profile("benefits")
    file = library / "profiles/social-security-scotland/benefits.yaml"
    file.write_text("section: benefits\nterms: [\n", "utf-8")
    after = run(library, store)
    assert after.changed == ()
    assert after.read.agreements[0].profile("benefits").terms == good.terms
    (fault, *_) = after.read.faults
    assert fault.where.endswith("benefits.yaml")
    assert fault.line
