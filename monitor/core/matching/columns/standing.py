"""Where everything stands that is looked for in a batch of articles, told from what was hit (section 3)."""

from __future__ import annotations

import numpy as np

from monitor.core.matching import native
from monitor.core.matching.columns.asked import Wanted
from monitor.core.matching.columns.hits import Hits
from monitor.core.matching.columns.second_look import looked_at
from monitor.core.matching.columns.sheet import PARTS, TELLS, Sheet
from monitor.core.matching.columns.stands import NOWHERE, Places, Stands
from monitor.core.matching.doubts import Doubt
from monitor.core.matching.lexicon import Lexicon
from monitor.core.matching.tables import Column, Mask, column, expanded, halves, keys, turns


def standing_of(sheet: Sheet, hits: Hits, lexicon: Lexicon, wanted: Wanted) -> Stands:
    """Where what is looked for stands."""
    return Stands(sheet, wanted, len(lexicon), *_standing(sheet, hits, lexicon, wanted))


@native.twin(native.standing, TELLS)
def _standing(sheet: Sheet, hits: Hits, lexicon: Lexicon, wanted: Wanted) -> tuple[Column, Column, Places]:
    """The keys of what stands, where the places of each end, and all places."""
    standing, spellings, at = _candidates(hits, lexicon, wanted.keys)
    standing, places = _Looker(sheet, hits, lexicon).looked_at(standing, spellings, at)
    begins = turns(standing)
    ends = np.append(begins, len(standing))[1:]
    return standing[begins], ends, places


def _candidates(hits: Hits, lexicon: Lexicon, wanted: Column) -> tuple[Column, Column, Column]:
    """Every hit of a pattern of what is wanted: key of article and `Sought`, row of the spelling, of the hit."""
    standing = lexicon.standing
    starts = standing.starts[hits.patterns]
    at, rows = expanded(starts, standing.starts[hits.patterns + 1] - starts)
    own = keys(hits.articles[at], halves(standing.asking[rows])[0])
    there = np.searchsorted(wanted, own)
    asked = (np.append(wanted, NOWHERE)[there] == own).nonzero()[0]
    return own[asked], rows[asked], at[asked]


class _Looker:
    """Looks at where patterns stand."""

    def __init__(self, sheet: Sheet, hits: Hits, lexicon: Lexicon) -> None:
        self._sheet, self._hits, self._lexicon = sheet, hits, lexicon

    def looked_at(self, standing: Column, rows: Column, at: Column) -> tuple[Column, Places]:
        """What of the candidates stands: those sure at a glance, and those that a second look leaves; in order."""
        hits, doubts = self._hits, halves(self._lexicon.standing.asking[rows])[1]
        ending = (doubts & Doubt.POSSESSIVE) != 0
        ending[ending] = ~self._sheet.possessive(hits.lasts[at[ending]])
        stands = (~ending).nonzero()[0]
        standing, spellings, at = standing[stands], self._lexicon.standing.spellings[rows[stands]], at[stands]
        firsts, lasts = hits.firsts[at], hits.lasts[at]
        sure, holds = self._glance(doubts[stands], firsts, lasts)
        more, seen = self._second_look((~sure).nonzero()[0], spellings, at)
        glance = sure.nonzero()[0]
        took = np.concatenate([glance, more])
        none = np.zeros(len(glance), np.int64)
        capitals, opens, closes = (
            np.concatenate([first, second]).astype(np.bool_)
            for first, second in ((holds[glance], seen[:, 0]), (none, seen[:, 2]), (none, seen[:, 3]))
        )
        signs = np.concatenate([none, seen[:, 1]])
        fields = hits.fields[at][took]
        places = Places.of_columns(firsts[took], lasts[took], signs, fields, capitals, opens, closes)
        return self._in_order(standing[took], places)

    def _glance(self, doubts: Column, firsts: Column, lasts: Column) -> tuple[Mask, Mask]:
        """For each place whether a glance is enough, and if so whether its capitals are as they should be."""
        sheet = self._sheet
        sure = sheet.whole(firsts, lasts) & ((doubts & (Doubt.EXACT | Doubt.AROUND)) == 0)
        holds = np.ones(len(doubts), np.bool_)
        some = (doubts & Doubt.CAPITALS).nonzero()[0]
        sure[some] &= sheet.capitalised(firsts[some], lasts[some])
        some = (doubts & Doubt.SMALL).nonzero()[0]
        sure[some] &= sheet.ascii(firsts[some], lasts[some])
        holds[some] = ~sheet.with_capitals(firsts[some], lasts[some])
        return sure, holds

    def _second_look(self, doubtful: Column, spellings: Column, at: Column) -> tuple[Column, Column]:
        """For each place that stands on a second look which candidate it is, and what was seen."""
        hits, sheet, known = self._hits, self._sheet, self._lexicon.spellings
        rows, seen = [], []
        hit = at[doubtful]
        articles = hits.articles[hit]
        starts = sheet.firsts[articles * PARTS]
        columns = (doubtful, spellings[doubtful], articles, hits.firsts[hit] - starts, hits.lasts[hit] - starts)
        for row, spelling, article, first, last in zip(*(c.tolist() for c in columns), strict=True):
            for looked in looked_at(known[spelling], sheet.text(article), first, last):
                rows.append(row)
                seen.append(looked)
        return column(rows), np.array(seen, np.int64).reshape(len(seen), 4)

    def _in_order(self, standing: Column, places: Places) -> tuple[Column, Places]:
        """Places in reading order for each `Sought`, each stretch once: a form whose capitals fit is enough."""
        order = np.lexsort((~places.holds, places.rights, places.lefts, standing))
        standing, places = standing[order], places.at(order)
        if len(order) > 1:
            same = self._lexicon.twice.column[halves(standing[1:])[1]] == 1
            for values in (standing, places.lefts, places.rights):
                same &= values[1:] == values[:-1]
            kept = np.append(True, ~same).nonzero()[0]
            standing, places = standing[kept], places.at(kept)
        return standing, places
