"""`monitor explain`, as typed."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from monitor.app import new_workspace
from monitor.cli.main import app

OUTLETS = """outlets:
- {id: pier_post, name: The Pier Post, owner: Pier, area: Scotland, tier: 3,
   sources: [{id: pier_post_news, url: "http://127.0.0.1:9/pier/feed"}]}
- {id: quay_echo, name: The Quay Echo, owner: Quay, area: Scotland, tier: 3,
   sources: [{id: quay_echo_news, url: "http://127.0.0.1:9/quay/feed"}]}
"""


def test_an_address_of_a_host_that_several_outlets_have_is_not_said_to_be_of_none(tmp_path: Path) -> None:
    new_workspace(tmp_path / "w")
    (tmp_path / "w/sources/pier.yaml").write_text(OUTLETS)
    url = "http://127.0.0.1:9/pier/nothing-here"
    told = CliRunner().invoke(app, ["explain", url, "--home", str(tmp_path / "w")])
    assert told.stdout.splitlines()[0] == f"one of our 2 outlets at 127.0.0.1:9, {url}"
    assert "The Pier Post is read by pier_post_news" in " ".join(told.stdout.split())
