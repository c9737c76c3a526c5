"""Replay is measured by the index and by judging all, at a tiny size, and both say the same."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks import rounds
from benchmarks.bench_replay import FEEDS, TERM, main


def test_replay_by_the_index_says_what_judging_all_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "ROUND", 1e-9)  # once will do
    feed = tmp_path / FEEDS[0]
    feed.parent.mkdir()
    with gzip.open(feed, "wt") as lines:
        for number in range(40):
            about = f"Another {TERM} for Scotland’s carers" if number % 8 == 0 else "Rain is on its way to Fife"
            row = {
                "title": f"{about}, says report {number}",
                "description": "Social security and tax were the subjects.",
                "link": f"https://www.theguardian.com/money/{number}",
                "date_published": datetime(2022, 5, 1, 9, number, tzinfo=UTC).isoformat(),
            }
            lines.write(json.dumps(row) + "\n")
    assert main([str(tmp_path), "--rounds", "1"]) == 0
    said = capsys.readouterr().out
    assert "over 40 stored articles" in said
    assert "All say the same." in said
    looked_at = [
        line.split("|")[3].strip() for line in said.splitlines() if line.startswith(("| what", "| and", "| every"))
    ]
    assert looked_at == ["5", "5", "40"]


def test_a_folder_without_feeds_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 0
    assert "left out" in capsys.readouterr().out
