"""Checks what `monitor demo` left: PYTHON .ci/check_demo.py DIR, with the Python that has monitor installed."""

from __future__ import annotations

import email.policy
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

HTML_LIMIT = 90_000
HEADERS = ("Subject", "From", "To", "Date", "Message-ID", "List-Id", "Auto-Submitted")


def asked(demo: Path, *words: str) -> list[Any]:
    """The JSON lines that a command answers."""
    command = [sys.executable, "-m", "monitor", *words, "--json", "--home", str(demo)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in answer.splitlines()]


def in_outbox(demo: Path, ending: str) -> Path:
    found = list((demo / "var" / "outbox").rglob(f"*{ending}"))
    if len(found) != 1:
        sys.exit(f"check_demo: {len(found)} files *{ending} in the outbox, not one")
    return found[0]


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    return found.get_content() if isinstance(found, EmailMessage) else ""


def count(text: str, title: str) -> int:
    """Stories of a section, as the head of the text part says: `BENEFITS ........ 5 (5 major)`."""
    found = re.search(rf"^\s*{re.escape(title)} \.+ (\d+)", text, re.MULTILINE)
    return int(found[1]) if found else 0


def wrong(demo: Path) -> Iterator[str]:
    page = in_outbox(demo, ".html").read_text("utf-8")
    message = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(
        in_outbox(demo, ".eml").read_bytes()
    )
    text, html = part(message, "plain"), part(message, "html")
    yield from (f"the mail has no {header}" for header in HEADERS if not message[header])
    if len(page.encode()) >= HTML_LIMIT:
        yield f"the page has {len(page.encode())} bytes"
    if html.split() != page.split():
        yield "the page and the mail's HTML part differ"
    for section in asked(demo, "profiles", "list"):
        if section["terms"] and not count(text, section["title"]):
            yield f"{section['title']} is empty"
    editions = asked(demo, "digest", "list")
    states = [delivery["state"] for edition in editions for delivery in edition["deliveries"]]
    if states != ["sent"]:
        yield f"deliveries are {states}, not one that was sent"
    heard = {row["kind"] for row in asked(demo, "sources", "list") if row["last_heard"]}
    if not {"feed", "sitemap", "listing", "folder"} <= heard:
        yield f"only sources of these kinds were heard: {sorted(heard)}"
    if not asked(demo, "coverage", "--section", "benefits"):
        yield "coverage of benefits is empty"


def main() -> None:
    found = list(wrong(Path(sys.argv[1])))
    sys.exit("\n".join(f"check_demo: {one}" for one in found) if found else None)


if __name__ == "__main__":
    main()
