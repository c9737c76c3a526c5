"""The worked examples of the matching contract, through `monitor match` as a user calls it.

They live in ../shared/data/matching/examples.yaml; `{filler:n}` is n unrelated words, `owners` the number of
distinct owners carrying the story, the default source is bbc.
"""

import json
import re
import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from monitor.cli.main import app

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT.parent / "shared/data/matching/examples.yaml"
AGREEMENT = ROOT / "profiles/social-security-scotland"
pytestmark = pytest.mark.skipif(not EXAMPLES.exists(), reason=f"{EXAMPLES} is not here")


def examples() -> list[dict]:
    return list(YAML(typ="safe").load(EXAMPLES.read_text("utf-8"))) if EXAMPLES.exists() else []


def filled(text: str) -> str:
    return re.sub(r"\{filler:(\d+)\}", lambda m: " ".join(["lorem"] * int(m.group(1))), text)


def article(example: dict) -> dict:
    line = {
        "outlet": example.get("source", "bbc"),
        "url": example.get("url", f"https://example.org/{example['id']}"),
    }
    for key in ("headline", "body", "html", "byline"):
        if key in example:
            line[key] = filled(example[key])
    return line


def judge(example: dict, agreement: Path) -> dict:
    command = ["match", "--agreement", str(agreement), "--sources", str(ROOT / "sources"), "--json", "-"]
    done = CliRunner().invoke(app, command, input=json.dumps(article(example)))
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def with_names(tmp_path: Path, names: list[str]) -> Path:
    copy = tmp_path / "social-security-scotland"
    shutil.copytree(AGREEMENT, copy)
    file = copy / "key_journalist.yaml"
    text = file.read_text("utf-8")
    assert "bylines: []" in text
    decision = {"purpose": "a test", "approved_by": "A", "second_approval": "B", "review_by": "2099-01-01"}
    bylines = json.dumps([{"name": name, **decision} for name in names])
    file.write_text(text.replace("bylines: []", f"bylines: {bylines}"), "utf-8")
    head = copy / "agreement.yaml"
    head.write_text(head.read_text("utf-8").replace("journalists: false", "journalists: true"), "utf-8")
    return copy


def entry(line: dict, section: str) -> dict | None:
    return next((s for s in line["sections"] if s["section"] == section), None)


def hit_terms(line: dict) -> set[str]:
    return {h["term"] for s in line["sections"] for h in s["hits"] if not h["derived"]}


@pytest.mark.parametrize("example", examples(), ids=lambda e: f"{e['id']}: {e['why']}")
def test_an_example_comes_out_as_it_says(example, tmp_path):
    agreement = with_names(tmp_path, example["names"]) if "names" in example else AGREEMENT
    line = judge(example, agreement)
    expected = example["expect"]
    match example["check"]:
        case "term":
            assert (example["term"] in hit_terms(line)) is (expected == "hit")
        case "section":
            found = entry(line, example["section"])
            assert (found is not None and found["verdict"] == "in") is (expected == "in")
        case "place":
            assert entry(line, "benefits")["rules"]["place"]["holds"] is (expected == "in")
        case "primary":
            assert (line["primary"], line["also"]) == (expected["primary"], expected["also"])
        case "journalist" if isinstance(expected, list):
            assert [line["primary"], *line["also"]] == expected
            assert line["recategorised"] == "Jane Example"
        case "journalist":
            assert line["primary"] == ("unassigned" if expected == "unassigned" else line["primary"])
            assert bool(line["recategorised"]) is (expected == "unassigned")
    for section in line["sections"]:
        for hit in (*section["hits"], *section["rejected"]):
            field = (
                line.get("body")
                if "html" in example and hit["field"] == "body"
                else article(example)[hit["field"]]
            )
            assert field[hit["start"] : hit["end"]] == hit["text"]
