"""`monitor match`: judge articles from a file or standard input; stores nothing."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from monitor.adapters.article_lines import ArticleLine, read_lines
from monitor.app import extract_body, judge_lines, read_agreement
from monitor.cli.options import AsJson
from monitor.cli.output import count, finish, print_json, say, tell
from monitor.core.agreement import Agreement
from monitor.core.article import Field
from monitor.core.explanation import explain
from monitor.core.fault import Fault
from monitor.core.json import Json
from monitor.core.match import Judgement, Outcome
from monitor.errors import InputError
from monitor.jobs.ports import LibraryRead


def match(
    agreement: Annotated[
        Path,
        typer.Option("--agreement", help="The agreement's folder, such as profiles/social-security-scotland."),
    ],
    file: Annotated[
        str, typer.Argument(help="A file of JSON lines, one article each; - for standard input.")
    ] = "-",
    sources: Annotated[
        Path | None, typer.Option("--sources", help="The folder of outlets; else the one beside the profiles.")
    ] = None,
    processes: Annotated[
        int, typer.Option("--processes", help="How many processes judge; 0: one for each core.", min=0, max=256)
    ] = 1,
    as_json: AsJson = False,
) -> None:
    """Judge articles by every section of an agreement and print the verdicts with their proof.

    The articles of one input are one archive: copies among them make stories. Nothing is stored.
    """
    library = read_agreement(agreement, sources)
    lines = list(read_lines(_open(file), file, extract_body))
    found, faulty = judge_lines([line.article for line in lines if line.article], library, processes)
    judged = iter(found)
    faults: list[Fault] = [*library.faults, *faulty]
    looked_at: list[Judgement] = []
    for line in lines:
        judgement = next(judged) if line.article else Judgement(line.url, None)
        judgement = replace(judgement, faults=(*line.faults, *judgement.faults))
        faults.extend(judgement.faults)
        looked_at += [judgement] if line.article else []
        _print(line, judgement, library, as_json=as_json)
    _tell_work(lines, looked_at, library.agreements[0])
    finish(faults)


def _tell_work(lines: Sequence[ArticleLine], judged: Sequence[Judgement], agreement: Agreement) -> None:
    """How much was looked at: nothing found is not nothing looked at."""
    within = sum(bool(j.sections) for j in judged)
    near = sum(not j.sections and any(v.outcome is Outcome.NEAR_MISS for v in j.verdicts) for j in judged)
    unread = len(lines) - len(judged)
    sections = count(len(agreement.profiles), "section")
    left_out = f", not by {', '.join(agreement.left_out)}" if agreement.left_out else ""
    say(
        f"{count(len(judged), 'article')} looked at by {sections}{left_out}: {within} in, {near} near"
        + (f"; {count(unread, 'line')} not read" if unread else "")
    )


def _open(file: str) -> Sequence[bytes]:
    """The lines of a file or of standard input, without a byte order mark."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise InputError(
            f"{file}: {error.strerror}: give a file of JSON lines, or - for standard input"
        ) from error
    return data.removeprefix(codecs.BOM_UTF8).split(b"\n")


def _print(line: ArticleLine, judgement: Judgement, library: LibraryRead, *, as_json: bool) -> None:
    if as_json:
        document = judgement.to_json()
        document["looked_at"] = _looked_at(line, library.agreements[0])
        if line.extracted and line.article:
            document["body"] = line.article.body
        print_json(document)
        return
    article = line.article
    tell(f"{line.number}. {(article.headline or article.url or 'no headline') if article else 'not an article'}")
    filed = f"{judgement.primary} (also {', '.join(judgement.also)})" if judgement.also else judgement.primary
    tell(f"   filed in: {filed or 'no section'}{', provisionally' if judgement.provisional else ''}")
    for verdict in judgement.verdicts:
        profile = library.agreements[0].profile(verdict.section)
        tell(f"   {verdict.section}: {explain(verdict, library.sources, profile)}")
    if not judgement.verdicts and article:
        say(f"   no term of any section stands in line {line.number}")


def _looked_at(line: ArticleLine, agreement: Agreement) -> Json:
    """Which texts of the article were read, by how many sections; the files of those left out have faults."""
    article = line.article
    fields: list[Json] = [str(f) for f in Field if article and article.text_of(f).strip()]
    sections = len(agreement.profiles) if article else 0
    return {"fields": fields, "sections": sections, "left_out": list(agreement.left_out)}
