"""NewsML-G2 and NITF handed in: `monitor articles import`, as it is typed."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner
from wire_samples import NITF, message, newsml

from monitor import app
from monitor.adapters.arrivals import rows
from monitor.cli.main import app as commands
from monitor.errors import InputError


@pytest.fixture
def home(tmp_path: Path) -> Path:
    app.new_workspace(tmp_path)
    return tmp_path


def test_a_message_is_imported_once_and_what_is_held_back_is_told(home: Path) -> None:
    document = message(newsml(guid="urn:a"), newsml(guid="urn:b", headline="Another"), newsml(status="withheld"))
    file = home / "wire.xml.gz"
    file.write_bytes(gzip.compress(document.encode()))
    asked = ["articles", "import", str(file), "--outlet", "bbc", "--home", str(home), "--json"]
    first, again = (CliRunner().invoke(commands, asked) for _ in range(2))
    assert first.exit_code == 1, first.output
    report = json.loads(first.stdout)
    assert (report["items"], report["new"], report["skipped"], report["faults"]) == (3, 2, 1, 1)
    assert "its provider says it is withheld" in first.stderr
    assert json.loads(again.stdout)["known"] == 2
    with app.open_workspace(home) as workspace:
        long_ago, far_ahead = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
        stored = workspace.store.articles(long_ago, far_ahead)
    assert {(a.headline, a.outlet, a.url) for a in stored} == {
        ("Rents rise & rise", "bbc", "urn:a"),
        ("Another", "bbc", "urn:b"),
    }


def test_the_publications_name_is_there_to_be_found(tmp_path: Path) -> None:
    file = tmp_path / "one.nitf"
    file.write_text(NITF)
    assert rows.is_xml(str(file))
    (row,) = rows.read(str(file))
    assert (row.values["outlet"], row.values["published_at"]) == ("The Ledger", "2026-03-02T00:00:00+00:00")


@pytest.mark.parametrize("content", [b"<rss/>", b"<nitf>", b"<a>" * 300])
def test_what_is_no_document_is_an_error(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bad.xml"
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"bad\.xml: it"):
        list(rows.read(str(file)))
    assert not rows.is_xml(str(tmp_path / "nowhere"))
