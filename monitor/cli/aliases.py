"""`monitor profiles aliases`: what each alias that waits for approval would have added."""

from __future__ import annotations

from monitor import app
from monitor.cli.options import HERE, AgreementId, AsJson, Home, Since, Until, period
from monitor.cli.output import count, finish, print_json, say, tell, tell_wrapped
from monitor.cli.progress import Bar
from monitor.core.agreement import Agreement
from monitor.core.explanation import explain, passages
from monitor.core.explanation.words import outlet_name, told
from monitor.core.json import Json
from monitor.core.match import Outcome
from monitor.core.source import Sources
from monitor.jobs.weigh_aliases import AliasReport, AliasWeight, Stands


def aliases(
    since: Since = None,
    until: Until = None,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """List what each alias that waits for approval would have added in a period, with proof.

    Stored articles are judged by the profiles as they are now, once for each alias that stands in them, as if it
    had been approved. Nothing is stored.
    """
    with app.open_workspace(home) as workspace:
        library = app.usable(workspace.publish().read)
        of = app.chosen(library, agreement)
        first, last = period(since, until, workspace.clock())
        report = app.weigh_aliases_of(workspace, library, of, first, last, Bar(quiet=as_json))
    for weight in report.weights:
        if as_json:
            print_json(_to_json(weight, report, library.sources))
        else:
            _tell(weight, of, library.sources)
    purged = f", {report.purged} more have no text any longer" if report.purged else ""
    say(f"{count(report.looked_at, 'article')} looked at, first seen from {told(first)} to {told(last)}{purged}")
    if not report.weights:
        say("no alias waits for approval")
    finish((*library.faults, *report.faults))


def _tell(weight: AliasWeight, agreement: Agreement, sources: Sources) -> None:
    title = agreement.profile(weight.section).title
    tell_wrapped(f"{title}: “{weight.alias.text}” for {weight.term}", style="bold")
    if weight.alias.why:
        tell_wrapped(f"why: {weight.alias.why}", 2, 2)
    tell_wrapped(_counts(weight), 2, 2)
    for added in weight.added:
        seen = told(added.article.first_seen) if added.article.first_seen else ""
        outlet = outlet_name(added.article.outlet or "no outlet", sources)
        tell_wrapped(f"+ {seen} {outlet}: {added.article.headline}", 2, 2)
        tell(f"    {added.article.url}")
        tell_wrapped(explain(added.verdict, sources), 4, 2)
        for passage in passages(added.article, added.verdict)[:1]:
            tell_wrapped(f"{passage.field}: {passage}", 4, 2)
    tell()


def _counts(weight: AliasWeight) -> str:
    if not weight.stands:
        return "It stands in no article."
    stands, adds = count(len(weight.stands), "article"), count(len(weight.added), "article")
    others = {
        "in anyway": weight.count(Outcome.IN),
        "a near miss": weight.count(Outcome.NEAR_MISS),
        "out by another rule": weight.count(Outcome.OUT),
    }
    rest = "; ".join(
        f"{number} {'is' if number == 1 else 'are'} {what}" for what, number in others.items() if number
    )
    return f"It stands in {stands} and would add {adds}{f'; {rest}' if rest else ''}."


def _to_json(weight: AliasWeight, report: AliasReport, sources: Sources) -> Json:
    return {
        "section": weight.section,
        "term": weight.term,
        "alias": weight.alias.text,
        "why": weight.alias.why,
        "looked_at": report.looked_at,
        "purged": report.purged,
        "stands_in": len(weight.stands),
        "adds": len(weight.added),
        "in_anyway": weight.count(Outcome.IN),
        "near_misses": weight.count(Outcome.NEAR_MISS),
        "out": weight.count(Outcome.OUT),
        "articles": [_stands_json(s, sources) for s in weight.stands],
    }


def _stands_json(stands: Stands, sources: Sources) -> Json:
    article = stands.article
    return {
        **article.named(),
        "added": stands.added,
        "verdict": str(stands.verdict.outcome),
        "without_it": str(stands.was),
        "sentence": explain(stands.verdict, sources),
        "passages": [p.to_json() for p in passages(article, stands.verdict)],
    }
