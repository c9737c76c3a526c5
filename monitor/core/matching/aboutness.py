"""Aboutness: "Subject of:", in points (section 7)."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.core.match import Finding, Rule
from monitor.core.matching.scan import HEADLINE, Found, Scan
from monitor.core.profile import AboutnessRule

HEADLINE_POINTS = 50
LEAD_POINTS = 30
FURTHER_POINTS = 5
SHORT_FURTHER_POINTS = 10
SHORT_BODY_WORDS = 200
FURTHER_AT_MOST = 30
_ABOUTNESS = Rule.ABOUTNESS


def judge_aboutness(rule: AboutnessRule, hits: Sequence[Found], scan: Scan) -> Finding:
    """Whether the points reach the rule's, and their parts.

    A hit in the headline is 50, one in the lead 30; each further hit 5 (10 when the body has under 200 words),
    30 at most.
    """
    headline = HEADLINE_POINTS if any(h.field is HEADLINE for h in hits) else 0
    lead = LEAD_POINTS if any(scan.in_lead(h) for h in hits) else 0
    others = len(hits) - bool(headline) - bool(lead)
    each = SHORT_FURTHER_POINTS if scan.body_words < SHORT_BODY_WORDS else FURTHER_POINTS
    further = min(FURTHER_AT_MOST, others * each)
    points = headline + lead + further
    evidence = {
        "points": points,
        "needed": rule.points,
        "headline": headline,
        "lead": lead,
        "further": further,
    }
    return Finding(_ABOUTNESS, points >= rule.points, evidence)
