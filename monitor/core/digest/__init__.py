"""What stands in an edition, and in which order: from judged articles to content that can be rendered.

Reading order: `content` (the types) · `words` (texts as shown) · `extract` · `why` · `completeness` · `filing`
(which section, which outlet) · `overlay` (what editors say) · `material` · `writing` (a story as an item) ·
`composing` · `fitting`.
"""

from monitor.core.digest.composing import compose
from monitor.core.digest.content import (
    Completeness,
    CopyGroup,
    CopyLine,
    CutLine,
    DayCount,
    EditionContent,
    EditorsPart,
    Elsewhere,
    GapLine,
    Item,
    Mark,
    Piece,
    SectionPart,
    SilentSource,
    TopStory,
    Update,
)
from monitor.core.digest.extract import exportable
from monitor.core.digest.fitting import trimmed
from monitor.core.digest.material import Earlier, Material
from monitor.core.digest.updates import Edit
from monitor.core.digest.words import shortened

__all__ = [
    "Completeness",
    "CopyGroup",
    "CopyLine",
    "CutLine",
    "DayCount",
    "Earlier",
    "Edit",
    "EditionContent",
    "EditorsPart",
    "Elsewhere",
    "GapLine",
    "Item",
    "Mark",
    "Material",
    "Piece",
    "SectionPart",
    "SilentSource",
    "TopStory",
    "Update",
    "compose",
    "exportable",
    "shortened",
    "trimmed",
]
