"""Compiled agreements in files: nothing is compiled twice, and nothing damaged or outdated is believed."""

import resource
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.adapters.compiled import CompiledFiles
from monitor.app import open_workspace, read_agreement
from monitor.app.making import new_workspace
from monitor.core.article import Article
from monitor.core.matching.automaton import ENGINES
from monitor.core.matching.compiled import Compiled

SHIPPED = read_agreement(Path(__file__).parents[2] / "profiles/social-security-scotland")
AGREEMENT = SHIPPED.agreements[0]
ARTICLE = Article(
    "https://paper.example/1",
    "Scottish Child Payment rises",
    body="The Scottish Child Payment will rise, the Department for Work and Pensions said of benefits.",
    outlet="herald",
)


@pytest.fixture
def compiled(monkeypatch):
    """The agreements that were compiled, one after the other."""
    made = []
    real = Compiled.of.__func__

    def of(cls, agreements, engine=ENGINES[0]):
        made.extend(a.id for a in agreements)
        return real(cls, agreements, engine)

    monkeypatch.setattr(Compiled, "of", classmethod(of))
    return made


def said(files, agreement=AGREEMENT):
    return files.matcher(agreement, SHIPPED.sources).judge(ARTICLE).stored()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_second_start_compiles_nothing_and_says_the_same(tmp_path, compiled, engine):
    first = said(CompiledFiles(tmp_path, engine))
    assert compiled == [AGREEMENT.id]
    assert said(CompiledFiles(tmp_path, engine)) == first
    assert compiled == [AGREEMENT.id]


def test_a_disk_without_space_costs_the_next_start_its_time_and_is_left_clean(tmp_path, compiled):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        first = said(CompiledFiles(tmp_path))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []
    assert said(CompiledFiles(tmp_path)) == first
    assert compiled == [AGREEMENT.id, AGREEMENT.id]


def test_all_engines_say_the_same(tmp_path):
    assert len({said(CompiledFiles(tmp_path, engine)) for engine in ENGINES}) == 1


def test_a_changed_agreement_is_compiled_and_takes_the_place_of_the_old(tmp_path, compiled):
    files = CompiledFiles(tmp_path)
    said(files)
    said(files, replace(AGREEMENT, fingerprint="another"))
    assert len(compiled) == 2
    assert len(list(tmp_path.iterdir())) == 1


def test_one_agreement_leaves_the_others_file_alone(tmp_path):
    files = CompiledFiles(tmp_path)
    for name in ("benefits", "benefits-north"):
        said(files, replace(AGREEMENT, id=name))
    assert len(list(tmp_path.iterdir())) == 2


DAMAGES = (lambda data: data[:-1], lambda data: b"", lambda data: data[:40] + b"x" + data[41:])


@pytest.mark.parametrize("damage", DAMAGES, ids=["cut", "empty", "changed"])
def test_a_damaged_file_is_made_anew(tmp_path, compiled, damage):
    first = said(CompiledFiles(tmp_path))
    [file] = tmp_path.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert said(CompiledFiles(tmp_path)) == first
    assert len(compiled) == 2
    said(CompiledFiles(tmp_path))
    assert len(compiled) == 2


def test_where_nothing_can_be_written_it_works_all_the_same(tmp_path):
    (tmp_path / "file").write_text("no folder")
    assert said(CompiledFiles(tmp_path / "file" / "below")) == said(CompiledFiles(tmp_path / "there"))


def test_what_has_no_fingerprint_is_not_kept(tmp_path):
    said(CompiledFiles(tmp_path / "kept"), replace(AGREEMENT, fingerprint=""))
    assert not (tmp_path / "kept").exists()


def test_a_workspace_keeps_what_it_compiled(tmp_path):
    new_workspace(tmp_path / "here")
    with open_workspace(tmp_path / "here") as workspace:
        said(workspace.compiled)
    assert len(list((tmp_path / "here/var/compiled").iterdir())) == 1
