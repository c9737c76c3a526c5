"""The guides say everything: each command and option, each key of the files, each setting; links lead on."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic import BaseModel

from monitor import app
from monitor.adapters.library import digests, forms, outlets, people_forms, recipients, themes
from monitor.cli.main import app as commands
from monitor.config import Settings

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])

FORMS: Mapping[str, type[BaseModel]] = {
    "`<section>.yaml`": forms.SectionForm,
    "A term": forms.TermForm,
    "`person`": people_forms.PersonForm,
    "`aliases`": forms.AliasForm,
    "`only_with`": forms.GuardForm,
    "`near`": forms.NearForm,
    "`oicw`: context words": forms.ContextRuleForm,
    "A context word": forms.ContextWordForm,
    "A shared list": forms.SharedListForm,
    "`oicw`: a place": forms.PlaceRuleForm,
    "`subject_of`": forms.AboutnessForm,
    "`significance`": forms.SignificanceForm,
    "`sources`": forms.SectionSourcesForm,
    "`bylines`": people_forms.BylineForm,
    "`examples`": forms.ExampleForm,
    "`agreement.yaml`": forms.AgreementForm,
    "`places`": forms.PlaceListForm,
    "`people` of an agreement": people_forms.PeopleForm,
    "`claims`": people_forms.ClaimForm,
    "`minor_forms`": forms.MinorFormsForm,
    "`digests.yaml`": digests.DigestForm,
    "`early`": digests.EarlyForm,
    "`alerts`": digests.AlertsForm,
    "`hold`": digests.HoldForm,
    "`theme.yaml`": themes.ThemeForm,
    "`colours`": themes.ColoursForm,
    "`thresholds`": digests.ThresholdsForm,
    "`significance` of a digest": digests.PointsForm,
    "`holidays.yaml`": digests.HolidaysForm,
    "A day": digests.DayForm,
    "An outlet": outlets.OutletForm,
    "`rights`": outlets.RightsForm,
    "A source": outlets.SourceForm,
    "`groups.yaml`": outlets.GroupForm,
    "`recipients.yaml`": recipients.RecipientsForm,
    "`people`": recipients.PersonForm,
}
"""Heading of `for-editors.md` -> the form its table describes."""
ONLY_A_LIST = {outlets.OutletsForm, outlets.GroupsForm}


def chapters(page: Path) -> dict[str, str]:
    """Heading -> the text below it, up to the next heading."""
    parts = re.split(r"^#+ (.+)$", page.read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(chapter: str) -> list[str]:
    """What stands as code in the first column of a chapter's tables."""
    return re.findall(r"^\| `([^`]+)` \|", chapter, re.MULTILINE)


# --------------------------------------------------------------- commands


def leaves(command: Any, path: str = "monitor") -> Iterator[tuple[str, Any]]:
    """Every command that does something, with its whole name."""
    inner: Mapping[str, Any] = getattr(command, "commands", {})
    for name, one in inner.items():
        yield from leaves(one, f"{path} {name}")
    if not inner:
        yield path, command


COMMANDS = dict(leaves(typer.main.get_command(commands)))


def options(command: Any) -> list[str]:
    return [opt for param in command.params if param.param_type_name == "option" for opt in param.opts]


def test_every_command_has_a_chapter_and_no_chapter_lacks_one() -> None:
    described = {heading.strip("`") for heading in chapters(DOCS / "cli.md") if heading.startswith("`monitor")}
    assert described == set(COMMANDS)


@pytest.mark.parametrize("path", COMMANDS)
def test_every_option_of_a_command_is_described(path: str) -> None:
    assert sorted(rows(chapters(DOCS / "cli.md")[f"`{path}`"])) == sorted(options(COMMANDS[path]))


def shown_commands() -> list[tuple[str, str]]:
    """Page and line of each `monitor ...` in a block of shell."""
    return [
        (str(page.relative_to(ROOT)), line)
        for page in PAGES
        for block in re.findall(r"^```sh\n(.*?)^```", page.read_text(), re.MULTILINE | re.DOTALL)
        for line in re.findall(r"^(?:\S*/)?monitor (.*)", block, re.MULTILINE)
    ]


@pytest.mark.parametrize(("page", "line"), shown_commands())
def test_commands_that_are_shown_exist(page: str, line: str) -> None:
    words = shlex.split(line, comments=True)
    path = next((p for p in COMMANDS if words[: p.count(" ")] == p.split()[1:]), None)
    assert path, f"{page}: monitor {line}"
    used = {word.partition("=")[0] for word in words if word.startswith("--")}
    assert used <= set(options(COMMANDS[path])), f"{page}: monitor {line}"


# --------------------------------------------------------------- files


def test_every_form_has_a_chapter() -> None:
    everything = {
        form
        for module in (digests, forms, outlets, people_forms, recipients, themes)
        for form in vars(module).values()
        if isinstance(form, type) and issubclass(form, forms.Form) and form is not people_forms.Form
    }
    assert everything - ONLY_A_LIST == set(FORMS.values())


@pytest.mark.parametrize("heading", FORMS)
def test_every_key_of_a_form_is_described(heading: str) -> None:
    keys = [field.alias or name for name, field in FORMS[heading].model_fields.items()]
    described = rows(chapters(DOCS / "for-editors.md")[heading])
    assert sorted(described) == sorted(keys)


def test_the_example_of_a_profile_is_sound(tmp_path: Path) -> None:
    text = chapters(DOCS / "for-editors.md")["An example"]
    example = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert example
    app.new_workspace(tmp_path)
    folder = tmp_path / "profiles" / "social-security-scotland"
    (folder / "transport.yaml").write_text(example[1])
    agreement = (folder / "agreement.yaml").read_text()
    (folder / "agreement.yaml").write_text(agreement.replace("  - key_journalist\n", "  - transport\n"))
    (folder / "key_journalist.yaml").unlink()
    read = app.read_library(tmp_path)
    assert not read.faults
    assert "transport" in read.agreements[0].order


# --------------------------------------------------------------- settings


def keys(form: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every setting with its default, `mail.host` for a table's."""
    for name, field in form.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from keys(inner, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", field.get_default(call_default_factory=True)


def test_every_setting_is_described_with_its_default() -> None:
    chapter = chapters(DOCS / "for-it.md")["Settings"]
    described = dict(re.findall(r"^\| `([^`]+)` \| (?:`([^`]*)`)? ?\|", chapter, re.MULTILINE))
    assert described == {key: shown(default) for key, default in keys(Settings)}


def shown(default: object) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, float) and default.is_integer():
        return str(int(default))
    if isinstance(default, tuple) and default:
        return f"[{', '.join(map(shown, default))}]"
    return str(default) if default or default == 0 else ""


# --------------------------------------------------------------- links


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text())
    lost = [t for t in targets if not t.startswith(("http://", "https://")) and not (page.parent / t).exists()]
    assert not lost


# --------------------------------------------------------------- tests that are named


A_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_line_of_security_names_a_test_that_is_there_or_says_that_it_is_not_kept() -> None:
    text = (DOCS / "security.md").read_text()
    lines = [line for line in text.splitlines() if re.match(r"\| \d", line)]
    assert len(lines) > 30
    assert not [line for line in lines if not A_TEST.search(line) and "| not kept: " not in line]
    lost = [
        f"{file}::{test}" for file, test in A_TEST.findall(text) if f"def {test}(" not in (ROOT / file).read_text()
    ]
    assert not lost
