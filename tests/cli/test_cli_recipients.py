"""`monitor recipients`, and what other commands say of who digests go to, as typed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from monitor.app import new_workspace
from monitor.cli.main import app

DIGESTS = "profiles/social-security-scotland/digests.yaml"
GROUPS = "groups:\n  comms-team: [a@body.example, b@elsewhere.example]\n"
SMTP = 'sending = "smtp"\nsender = "monitor@body.example"\nallowed_domains = ["body.example"]'
EVENING = "evening:\n  title: Evening\n  sections: all\n  days: [mon]\n  at: 7 pm\n  to: [comms-team]\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "w"
    new_workspace(home)
    (home / "recipients.yaml").write_text(GROUPS)
    monkeypatch.setenv("MONITOR_HOME", str(home))
    monkeypatch.setenv("MONITOR_AUTHOR", "J. Editor")
    return home


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, [*words])


def set_mail(home: Path, lines: str) -> None:
    file = home / "monitor.toml"
    file.write_text(re.sub(r"(?ms)^\[mail\]\n.*?(?=^\[|\Z)", f"[mail]\n{lines}\n\n", file.read_text()))


def add(file: Path, text: str) -> None:
    file.write_text(file.read_text() + text)


def test_who_is_not_at_an_allowed_domain_gets_nothing_and_the_list_says_so(home):
    set_mail(home, SMTP)
    done = typed("recipients", "list", "--json")
    assert done.exit_code == 0, done.output
    stopped = {one["address"]: one["stopped"] for one in map(json.loads, done.stdout.splitlines())}
    assert stopped == {
        "a@body.example": "",
        "b@elsewhere.example": "elsewhere.example is not among mail.allowed_domains",
    }


def test_a_pause_is_for_those_who_get_something(home):
    refused = typed("recipients", "pause", "a@bdoy.example", "--reason", "on leave")
    assert "nothing goes to a@bdoy.example" in str(refused.exception)
    assert typed("recipients", "pause", "A@body.example", "--reason", "on leave").exit_code == 0


def test_a_name_that_nobody_has_an_address_for_is_a_fault_when_the_files_are_read(home):
    file = home / DIGESTS
    file.write_text(file.read_text().replace("comms-team", "coms-team"))
    for command in (["recipients", "list"], ["profiles", "lint"], ["digest", "send"]):
        done = typed(*command)
        assert done.exit_code == 1, done.output
        assert "no address is known for the recipient 'coms-team'" in done.stderr
        assert "names there: comms-team" in done.stderr


def test_on_trial_nobody_needs_an_address(home):
    (home / "recipients.yaml").unlink()
    assert typed("profiles", "lint").exit_code == 0


def test_a_new_digest_that_cannot_be_used_is_told_where_it_is_asked_for(home):
    add(home / DIGESTS, EVENING)
    for command in (["digest", "preview"], ["digest", "due"], ["desk", "show"]):
        said = str(typed(*command, "--digest", "evening").exception)
        assert "which digest? --digest takes one of: " in said
        assert "evening.at" in said, said


def test_an_agreement_that_cannot_be_used_is_told_where_it_is_asked_for(home):
    other = home / "profiles" / "parks"
    other.mkdir()
    (other / "agreement.yaml").write_text("client: [\n")
    said = str(typed("profiles", "list", "--agreement", "parks").exception)
    assert "profiles/parks/agreement.yaml" in said


@pytest.mark.parametrize(("content", "why"), [("no mail at all", "there is no bounce in it"), ("", "it is empty")])
def test_a_file_without_a_bounce_is_a_fault(home, tmp_path, content, why):
    file = tmp_path / "wrong"
    file.write_text(content)
    done = typed("recipients", "bounces", str(file))
    assert done.exit_code == 1
    assert why in done.stderr
    assert "1 message of no bounce" in done.stdout


def test_a_folder_may_hold_other_mail_too(home, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.eml").write_text("Subject: I am away\n\nuntil Monday\n")
    done = typed("recipients", "bounces", str(tmp_path / "in"), "--json")
    assert (done.exit_code, json.loads(done.stdout)["other"]) == (0, 1)


def test_a_run_reads_the_bounces_and_goes_on_when_it_cannot(home):
    """No source is asked: the workspace has none."""
    for file in (home / "sources").glob("*.yaml"):
        if file.name != "groups.yaml":
            file.write_text("outlets: []\n")
    set_mail(home, 'bounces = "bounced"')
    done = typed("run")
    assert "the bounces cannot be read" in done.stderr
    assert "edition social-security-scotland/" in done.stdout
    (home / "bounced").mkdir()
    (home / "bounced" / "1.eml").write_text("Subject: I am away\n\nuntil Monday\n")
    assert "the bounces cannot be read" not in typed("run").stderr
    assert [file.name for file in (home / "bounced" / "taken").iterdir()] == ["1.eml"]
