"""`monitor profiles`: what is monitored, whether it is sound, and whether its examples hold."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.app import chosen, now, read_library, recipients_faults, usable
from monitor.cli.options import HERE, AgreementId, AsJson, Home
from monitor.cli.output import Exit, count, finish, print_json, report, say, table, tell
from monitor.core.agreement import Agreement
from monitor.core.explanation import explain
from monitor.core.json import Json
from monitor.core.lint import lint as advise
from monitor.core.profile import Profile, Term
from monitor.core.query import written
from monitor.errors import InputError
from monitor.jobs.try_examples import Tried, try_examples

app = typer.Typer(
    help="Profiles: what is monitored, its revisions, people and claims; agreements and queries in and out.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list")
def list_(home: Home = HERE, agreement: AgreementId = None, as_json: AsJson = False) -> None:
    """List the sections of an agreement with what is in them."""
    library = usable(read_library(home))
    of = chosen(library, agreement)
    if as_json:
        for profile in of.profiles:
            print_json(_summary(of, profile))
    else:
        rows = [
            (p.section, p.title, len(p.terms), ", ".join(_rules(p)), len(p.sources.groups), len(p.sources.plus))
            for p in of.profiles
        ]
        table(("section", "title", "terms", "rules", "groups", "plus"), rows, title=f"{of.client}: {of.name}")
    finish(library.faults)


@app.command()
def show(
    section: Annotated[str, typer.Argument(help="Section id, as `monitor profiles list` gives it.")],
    home: Home = HERE,
    agreement: AgreementId = None,
    as_json: AsJson = False,
) -> None:
    """Show one section: the agreement's words, the terms, the rules, the outlets it takes."""
    library = usable(read_library(home))
    of = chosen(library, agreement)
    if section not in of.order:
        raise InputError(f"there is no section {section!r}: one of {', '.join(of.order)}")
    profile = of.profile(section)
    outlets = sorted(
        {o.id for group in profile.sources.groups for o in library.sources.members(group)}
        | set(profile.sources.plus)
    )
    if as_json:
        print_json({**_summary(of, profile), "agreement_says": profile.agreement_says, "outlets": list(outlets)})
    else:
        _tell(profile, outlets)
    finish(library.faults)


@app.command()
def lint(home: Home = HERE, as_json: AsJson = False) -> None:
    """Check every file and the names of recipients, and advise on what is sound and yet unwise.

    Faults (a file that cannot be used) make the status 1; advice does not.
    """
    library = read_library(home)
    faults = [*library.faults, *recipients_faults(home, library)]
    advice = [a for agreement in library.agreements for a in advise(agreement, library.sources, now().date())]
    if as_json:
        print_json({"faults": [f.to_json() for f in faults], "advice": [a.to_json() for a in advice]})
        raise typer.Exit(Exit.WITH_FAULTS if faults else Exit.DONE)
    for one in advice:
        tell(f"advice: {one}")
    tell(f"{count(len(faults), 'fault')}, {count(len(advice), 'piece')} of advice")
    finish(faults)


@app.command("test")
def try_(home: Home = HERE, as_json: AsJson = False) -> None:
    """Judge the examples beside the profiles; status 1 when one does not come out as it says."""
    library = usable(read_library(home))
    tried = [t for agreement in library.agreements for t in try_examples(agreement, library.sources)]
    for one in tried:
        if as_json:
            print_json(_tried_json(one))
        elif not one.holds:
            _tell_tried(one)
    failed = sum(not one.holds for one in tried)
    (say if as_json else tell)(f"{len(tried)} examples, {failed} do not come out as they say")
    if report(library.faults) or failed:
        raise typer.Exit(Exit.WITH_FAULTS)


def _tell_tried(tried: Tried) -> None:
    tell(f"{tried.section}, example {tried.number}: {tried.example.headline or tried.example.text}")
    for fault in tried.wrong:
        tell(f"  {fault}")
    if tried.verdict:
        tell(f"  {explain(tried.verdict)}")


def _tried_json(tried: Tried) -> Json:
    return {"section": tried.section, "example": tried.number, "holds": tried.holds, "wrong": list(tried.wrong)}


def _rules(profile: Profile) -> list[str]:
    """The section's rules, in the agreement's words."""
    rules = ["a Boolean query"] if profile.query else []
    rules += [f"OICW {_context(rule.any)} within {rule.within}" for rule in profile.context]
    rules += [f"OICW {rule.place.id.capitalize()}" for rule in profile.place]
    rules += ["Subject of"] if profile.aboutness else []
    rules += ["Major Significant Stories ONLY"] if profile.significance else []
    return rules + (["recategorised by byline"] if profile.recategorise else [])


def _context(words: tuple[object, ...]) -> str:
    return f"one of {len(words)} words"


def _summary(agreement: Agreement, profile: Profile) -> dict[str, Json]:
    return {
        "agreement": agreement.id,
        "section": profile.section,
        "title": profile.title,
        "terms": [t.name for t in profile.terms],
        "query": written(profile.query) if profile.query else None,
        "rules": list(_rules(profile)),
        "context_words": [[w.word for w in rule.any] for rule in profile.context],
        "groups": list(profile.sources.groups),
        "plus": list(profile.sources.plus),
        "bylines": list(profile.bylines),
        "fingerprint": profile.fingerprint,
    }


def _tell(profile: Profile, outlets: list[str]) -> None:
    tell(profile.title)
    tell(f"\nThe agreement says: {profile.agreement_says.strip()}\n")
    table(("term", "kind", "searched as", "options"), [_term_row(t) for t in profile.terms])
    if profile.query:
        tell(f"query: {written(profile.query)}")
    for said in _rules(profile):
        tell(f"rule: {said}")
    for rule in profile.context:
        tell(f"context words: {', '.join(w.word for w in rule.any)}")
    tell(f"outlets ({len(outlets)}): {', '.join(outlets)}" if outlets else "outlets: every one there is")
    for question in profile.ask_client:
        tell(f"to ask the client: {question}")


def _term_row(term: Term) -> tuple[str, str, str, str]:
    options = [f"case {term.case}"] if term.case != "any" else []
    options += [f"abbreviation {a}" for a in term.abbreviations]
    options += [f"alias {a.text} ({'approved' if a.approved else 'off until approved'})" for a in term.aliases]
    options += (
        [f"only with {', '.join(term.only_with.any)} within {term.only_with.within}"] if term.only_with else []
    )
    options += [f"not in {', '.join(term.blockers)}"] if term.blockers else []
    options += ["surname alone"] if term.surname_alone else []
    near = term.near
    searched = f"{'/'.join(near.one_of)} near {'/'.join(near.with_one_of)}" if near else ", ".join(term.forms)
    return term.name, str(term.kind), searched, "; ".join(options)
