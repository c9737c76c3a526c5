"""What the list of sections in agreement.yaml does to the sections' files when it is published.

A section that it lists no more leaves no file behind, which would be told as a fault for ever; its revisions stay.
One that it lists again, and that has no file, gets what was last published of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.core.editing.sections import AGREEMENT, file_of, listed
from monitor.errors import RevisionConflict
from monitor.jobs.ports import Library, Revisions


@dataclass(frozen=True, slots=True)
class Moved:
    """The files that go and come with a list of sections."""

    gone: tuple[str, ...] = ()
    back: Mapping[str, str] = field(default_factory=dict)
    """Their contents, by name."""

    def texts(self, agreement: str) -> dict[tuple[str, str], str]:
        """What comes back, as the library reads drafts."""
        return {(agreement, file): text for file, text in self.back.items()}

    def carry_out(self, library: Library, agreement: str) -> None:
        """Write and take away the files.

        Raises:
            InputError: one cannot be written or taken away.
        """
        for file, text in self.back.items():
            library.write(agreement, file, text)
        for file in self.gone:
            library.remove(agreement, file)


STAYING = Moved()


def moved(library: Library, revisions: Revisions, of: tuple[str, str], before: str, after: str) -> Moved:
    """What goes and comes where the content of a file, by agreement and name, is another; nothing but of the list.

    Raises:
        RevisionConflict: a file that would go says what was never published, and would be lost.
    """
    agreement, file = of
    if file != AGREEMENT or not before:
        return STAYING
    was, now = (listed(library.values(text)) for text in (before, after))
    published = {r.file: r.content for r in revisions.revisions_in_force() if r.agreement == agreement}
    left = {name: library.text(agreement, name) for name in (file_of(one) for one in was if one not in now)}
    for name, text in left.items():
        if text is not None and text != published.get(name):
            raise RevisionConflict(
                f"{agreement}/{name} says what was never published, and would be lost: publish that "
                f"(`monitor profiles publish`) or undo it there, and take the section away then",
                theirs=text,
            )
    came = [name for name in (file_of(one) for one in now if one not in was) if name in published]
    back = {name: published[name] for name in came if library.text(agreement, name) is None}
    return Moved(tuple(name for name, text in left.items() if text is not None), back)
