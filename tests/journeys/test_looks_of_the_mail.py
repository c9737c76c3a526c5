"""A theme and a template of one's own, through the command line: used, refused, the last good one kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli.main import app
from monitor.config import shipped

RUNNER = CliRunner()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "workspace"
    assert RUNNER.invoke(app, ["init", str(home)]).exit_code == 0
    digests = home / "profiles/social-security-scotland/digests.yaml"
    digests.write_text(digests.read_text() + "  theme: board\n")
    (home / "themes/board").mkdir(parents=True)
    (home / "themes/board/theme.yaml").write_text(
        'line: The board reads\ncolours: {light: "#5b2a86", dark: "#cdb4f0"}\n'
    )
    return home


def preview(home: Path) -> tuple[str, str, int]:
    """What is printed, the page, and the status."""
    page = home / "page.html"
    result = RUNNER.invoke(app, ["digest", "preview", "--html", str(page), "--home", str(home)])
    return result.output, page.read_text(), result.exit_code


def test_a_theme_is_in_the_mail_and_one_with_a_fault_leaves_the_last_good_one(home):
    said, page, _ = preview(home)
    assert said.splitlines()[2] == "The board reads"
    assert "The board reads" in page
    assert "#5b2a86" in page
    (home / "themes/board/theme.yaml").write_text('line: Faint\ncolours: {light: "#ddddff", dark: "#cdb4f0"}\n')
    said, page, status = preview(home)
    flat = " ".join(said.split())
    assert "themes/board/theme.yaml:2: colours.light: text of #ddddff cannot be read by everybody" in flat
    assert "until then the last good one stays in force" in flat
    assert "The board reads" in page
    assert status == 1


def test_one_template_of_ones_own_takes_the_place_of_ours_until_it_breaks(home):
    own = home / "looks/digest"
    own.mkdir(parents=True)
    settings = home / "monitor.toml"
    settings.write_text('templates = "looks"\n' + settings.read_text())
    subject = own / "subject.txt.j2"
    subject.write_text(
        (shipped("templates") / "digest/subject.txt.j2").read_text().replace("{{ words", "OUR MAIL {{ words")
    )
    assert "Subject: OUR MAIL" in preview(home)[0]
    subject.write_text("{{ edition.nothing }}\n")
    said, _, status = preview(home)
    assert "Subject: OUR MAIL" in said
    assert "templates/digest/subject.txt.j2:1" in " ".join(said.split())
    assert status == 1
