"""The pages, from the templates of `templates/agreement/`: everything is escaped, nothing is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor.core.contract import Contract
from monitor.core.drafting import Draft
from monitor.core.drafting.marked import pieces
from monitor.core.fault import Fault
from monitor.core.source import Sources


def contract_page(templates: Path, contract: Contract) -> str:
    """The agreement's table as a page."""
    return _environment(templates).get_template("contract.html.j2").render(contract=contract)


def review_page(templates: Path, draft: Draft, sources: Sources, faults: Sequence[Fault], file: str) -> str:
    """The draft beside the document: each cut marked where it was made."""
    names = {group.id: group.name for group in sources.groups.values()}
    names |= {outlet.id: outlet.name for outlet in sources.outlets.values()}
    page = _environment(templates).get_template("review.html.j2")
    return page.render(draft=draft, names=names, faults=faults, file=file, pieces=pieces)


def _environment(templates: Path) -> Environment:
    loader = FileSystemLoader(templates)
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
