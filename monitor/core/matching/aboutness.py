"""Aboutness: "Subject of:", in points (section 7)."""

from __future__ import annotations

import msgspec
import numpy as np

from monitor.core.matching.tables import Column, Mask

HEADLINE_POINTS = 50
LEAD_POINTS = 30
FURTHER_POINTS = 5
SHORT_FURTHER_POINTS = 10
SHORT_BODY_WORDS = 200
FURTHER_AT_MOST = 30


class Points(msgspec.Struct, frozen=True, eq=False, gc=False):
    """What articles are about, in points; a row for each case."""

    headline: Column
    lead: Column
    further: Column

    @classmethod
    def of(cls, headline: Mask, lead: Mask, hits: Column, body_words: Column) -> Points:
        """The points of cases; `headline`, `lead`: whether any of the hits is there.

        A hit in the headline is 50, one in the lead 30; each further hit 5 (10 when the body has under 200
        words), 30 at most.
        """
        each = np.where(body_words < SHORT_BODY_WORDS, SHORT_FURTHER_POINTS, FURTHER_POINTS)
        further = np.minimum(FURTHER_AT_MOST, (hits - headline - lead) * each)
        return cls(HEADLINE_POINTS * headline, LEAD_POINTS * lead, further)

    @property
    def all(self) -> Column:
        """The points together."""
        points: Column = self.headline + self.lead + self.further
        return points
