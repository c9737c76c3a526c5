"""What stands in an edition, and in which order: from judged articles to content that can be rendered.

Reading order: `heard` (of the sources) · `content` (the types) · `words` (texts as shown) · `extract` · `why` ·
`past` · `developments` · `usual` · `completeness` · `filing` (which section, which outlet) · `thresholds` ·
`overlay` (what editors say) · `material` · `writing` (a story as an item) · `composing` · `fitting` · `suggesting`
(where a story might be filed instead) · `desk` (what editors see) · `trial` (editions to try templates on).
"""

from monitor.core.digest.composing import compose, sections_of
from monitor.core.digest.content import (
    CATCH_UP,
    CopyGroup,
    CopyLine,
    CutLine,
    DayCount,
    Development,
    EditionContent,
    EditorsPart,
    Elsewhere,
    Item,
    Mark,
    Piece,
    SectionPart,
    TopStory,
    Update,
    Usual,
)
from monitor.core.digest.desk import OnDesk, Standing, on_desk
from monitor.core.digest.extract import exportable
from monitor.core.digest.filing import Findings
from monitor.core.digest.fitting import trimmed
from monitor.core.digest.heard import Completeness, GapLine, Outage, SilentSource, outages
from monitor.core.digest.material import Earlier, Material
from monitor.core.digest.past import Past, PastEdition, Telling
from monitor.core.digest.suggesting import Suggestion
from monitor.core.digest.thresholds import judged_for
from monitor.core.digest.trial import HOSTILE, trials
from monitor.core.digest.updates import Edit
from monitor.core.digest.words import shortened

__all__ = [
    "CATCH_UP",
    "HOSTILE",
    "Completeness",
    "CopyGroup",
    "CopyLine",
    "CutLine",
    "DayCount",
    "Development",
    "Earlier",
    "Edit",
    "EditionContent",
    "EditorsPart",
    "Elsewhere",
    "Findings",
    "GapLine",
    "Item",
    "Mark",
    "Material",
    "OnDesk",
    "Outage",
    "Past",
    "PastEdition",
    "Piece",
    "SectionPart",
    "SilentSource",
    "Standing",
    "Suggestion",
    "Telling",
    "TopStory",
    "Update",
    "Usual",
    "compose",
    "exportable",
    "judged_for",
    "on_desk",
    "outages",
    "sections_of",
    "shortened",
    "trials",
    "trimmed",
]
