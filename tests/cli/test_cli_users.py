"""`monitor users`, as typed: what a person in IT does, and what they are told when it cannot be done."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyotp
import pytest
from click.testing import Result
from typer.testing import CliRunner

from monitor import app as house
from monitor.cli.main import app
from monitor.core.access import Granted, Role
from monitor.errors import InputError
from monitor.jobs.sign_in import Came, Refused, by_password, which_program

Typed = Callable[..., Result]
AGREEMENT = "social-security-scotland"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, quick_hashes: None) -> Path:
    folder = tmp_path_factory.mktemp("users") / "home"
    house.new_workspace(folder)
    return folder


@pytest.fixture
def typed(home: Path) -> Typed:
    """Types `monitor users ...`."""

    def type_(*words: str, given: str = "") -> Result:
        return CliRunner().invoke(app, ["users", *words, "--home", str(home)], input=given)

    return type_


def password_in(done: Result) -> str:
    found = re.search(r"^password: (\S+)$", done.stdout, re.MULTILINE)
    assert found, done.output
    return found[1]


def listed(typed: Typed) -> dict[str, dict]:
    lines = typed("list", "--json").stdout.splitlines()
    return {row["name"]: row for row in map(json.loads, lines)}


def enters(home: Path, name: str, password: str) -> bool:
    with house.open_workspace(home) as workspace:
        try:
            return by_password(workspace.door(), name, password, Came("here")).session.whole
        except Refused:
            return False


def test_an_account_is_made_listed_reset_and_disabled(typed, home):
    done = typed("add", "Jo@body.example", "--role", "editor", "--full-name", "Jo Bloggs")
    first = password_in(done)
    assert "added jo@body.example: editor" in done.stdout
    assert "lets in once, within 7 days" in done.stderr
    assert enters(home, "jo@body.example", first)
    assert listed(typed)["jo@body.example"]["roles"] == [{"role": "editor", "agreement": "*"}]
    second = password_in(typed("reset", "jo@body.example"))
    assert not enters(home, "jo@body.example", first)
    typed("disable", "jo@body.example")
    assert not enters(home, "jo@body.example", second)
    assert "disabled" in typed("list").stdout
    typed("disable", "jo@body.example", "--undo")
    assert enters(home, "jo@body.example", second)


def test_roles_are_of_one_agreement_or_of_all(typed, home):
    typed("add", "al", "--role", f"answerer:{AGREEMENT}", "--role", "reader")
    with house.open_workspace(home) as workspace:
        user = workspace.store.user("al")
    assert set(user.roles) == {Granted(Role.ANSWERER, AGREEMENT), Granted(Role.READER)}
    assert typed("role", "al", "--role", "administrator").stdout == "al: administrator\n"
    assert listed(typed)["al"]["roles"] == [{"role": "administrator", "agreement": "*"}]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "a b"), "cannot be a user's name"),
        (("add", "twice"), "there is a user twice already"),
        (("add", "new", "--role", "boss"), "there is no role 'boss': take one of reader, answerer"),
        (("add", "new", "--role", "editor:nowhere"), f"no agreement 'nowhere': take one of {AGREEMENT}"),
        (("role", "twice"), "--role: give one or more of reader"),
        (("reset", "nobody"), "there is no user nobody: monitor users list shows all"),
        (("key", "twice"), "a key needs a label"),
        (("key", "twice", "--label", "x", "--days", "366"), "a key lasts 1 to 365 days"),
        (("keys", "twice", "--end", "abc"), "twice has no key abc"),
        (("log", "--since", "yesterday"), "'yesterday' is no date we can use"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_remedy(typed, words, said):
    typed("add", "twice")
    done = typed(*words)
    assert isinstance(done.exception, InputError)
    assert said in str(done.exception)
    assert "new" not in listed(typed)


def test_a_phone_is_set_up_and_taken_away(home, typed):
    """As a real process: the code is typed after the secret was read."""
    password = password_in(typed("add", "phone"))
    command = [sys.executable, "-m", "monitor", "users", "totp", "phone", "--home", str(home)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        secret = process.stdout.readline().split()[-1]
        said, errors = process.communicate(pyotp.TOTP(secret).now() + "\n", timeout=120)
    assert process.returncode == 0, errors
    assert len(re.findall(r"^  [a-z2-9]{5}-[a-z2-9]{5}$", said, re.MULTILINE)) == 10
    assert not enters(home, "phone", password), "the code is still to come"
    typed("totp", "phone", "--remove")
    assert enters(home, "phone", password)


def test_a_wrong_first_code_changes_nothing(typed, home):
    password = password_in(typed("add", "clumsy"))
    done = typed("totp", "clumsy", given="000000\n")
    assert "not the code that the phone shows now" in str(done.exception)
    assert enters(home, "clumsy", password)


def test_a_key_is_shown_once_and_can_be_taken_back(typed, home):
    typed("add", "bot", "--role", "answerer")
    key = typed("key", "bot", "--label", "nightly export", "--days", "30").stdout.strip()
    with house.open_workspace(home) as workspace:
        assert which_program(workspace.door(), key).name == "bot"
    shown = typed("keys", "bot").stdout
    assert "nightly export" in shown
    assert key not in shown
    short = re.search(r"([0-9a-f]{10})", shown)[1]
    assert "taken back: nightly export" in typed("keys", "bot", "--end", short).stdout
    with house.open_workspace(home) as workspace:
        assert which_program(workspace.door(), key) is None


def test_the_log_tells_who_did_what_from_where(typed, home):
    typed("add", "seen")
    enters(home, "seen", "wrong")
    done = typed("log", "--json", "--user", "seen")
    assert [(a["what"], a["from"]) for a in map(json.loads, done.stdout.splitlines())] == [
        ("sign-in refused", "here")
    ]
    everything = typed("log", "--limit", "1")
    assert "sign-in refused" in everything.stdout
    assert "more than the 1 act shown" in everything.stderr
    assert "user added" in typed("log").stdout
    assert typed("log", "--until", "2020-01-01", "--json").stdout == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("key", "slips", "--label", " robot "), "has a key labelled robot already"),
        (("reset", "slips"), "monitor users disable slips --undo"),
        (("log", "--user", "nope"), "there is no user nope, and there never was an act by that name"),
    ],
)
def test_small_slips_are_told(typed, words, said):
    typed("add", "slips", "--role", "reader")
    typed("key", "slips", "--label", "robot")
    typed("disable", "slips")
    done = typed(*words)
    assert isinstance(done.exception, InputError)
    assert said in str(done.exception)
    assert typed("log", "--user", "slips").exit_code == 0, "an account that did nothing is no mistake"
