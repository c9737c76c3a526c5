"""Checks what `monitor demo` left: python .ci/check_demo.py DIR. Standard library only."""

from __future__ import annotations

import email.policy
import re
import sys
from email.message import EmailMessage
from email.parser import BytesParser
from html import unescape
from pathlib import Path

HTML_LIMIT = 90_000
HEADERS = ("Message-ID", "List-Id", "Auto-Submitted", "Subject", "From", "To", "Date")


def text_of(part: EmailMessage | None) -> str:
    return "" if part is None else str(part.get_content())


def visible(html: str) -> str:
    """The words of a page, roughly: enough to look for a heading and its number."""
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(style|head)\b.*?</\1>", " ", html)))


def complaints(demo: Path) -> list[str]:
    """What is wrong with the outbox of a demo."""
    outbox = demo / "var" / "outbox"
    mails, pages = sorted(outbox.glob("*.eml")), sorted(outbox.glob("*.html"))
    if not mails or not pages:
        return [f"{outbox}: no .eml or no .html"]
    wrong = [f"{page}: {page.stat().st_size} bytes" for page in pages if page.stat().st_size >= HTML_LIMIT]
    message = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(mails[0].read_bytes())
    wrong += [f"{mails[0]}: no {header}" for header in HEADERS if not message[header]]
    return wrong


def main() -> int:
    wrong = complaints(Path(sys.argv[1]))
    for line in wrong:
        print(f"check_demo: {line}", file=sys.stderr)
    if not wrong:
        print("check_demo: the outbox is as it should be")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
