"""Aboutness: "Subject of:", in points (section 7)."""

from __future__ import annotations

from monitor.core.match import Finding, Rule
from monitor.core.profile import AboutnessRule

HEADLINE_POINTS = 50
LEAD_POINTS = 30
FURTHER_POINTS = 5
SHORT_FURTHER_POINTS = 10
SHORT_BODY_WORDS = 200
FURTHER_AT_MOST = 30
_ABOUTNESS = Rule.ABOUTNESS


def judge_aboutness(rule: AboutnessRule, hits: int, body_words: int, *, headline: bool, lead: bool) -> Finding:
    """Whether the points reach the rule's, and their parts; `headline`, `lead`: whether any of the hits is there.

    A hit in the headline is 50, one in the lead 30; each further hit 5 (10 when the body has under 200 words),
    30 at most.
    """
    in_headline, in_lead = HEADLINE_POINTS * headline, LEAD_POINTS * lead
    each = SHORT_FURTHER_POINTS if body_words < SHORT_BODY_WORDS else FURTHER_POINTS
    further = min(FURTHER_AT_MOST, (hits - headline - lead) * each)
    points = in_headline + in_lead + further
    evidence = {
        "points": points,
        "needed": rule.points,
        "headline": in_headline,
        "lead": in_lead,
        "further": further,
    }
    return Finding(_ABOUTNESS, points >= rule.points, evidence)
