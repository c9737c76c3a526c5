"""The contract between a client and a monitoring service: an ordered list of sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from monitor.core.profile import Profile, Standing


@dataclass(frozen=True, slots=True)
class MinorForms:
    """What counts only with the term in the headline: letters, listings, sport ... (section 8)."""

    paths: tuple[str, ...] = ()
    """Parts of an address, or of where the publisher filed it: `/sport/`."""
    headlines: tuple[str, ...] = ()
    """How such headlines begin: `Letters:`."""


class OnHolidays(StrEnum):
    """What a digest does on a bank holiday it would go out on."""

    SKIP = "skip"
    """Nothing: the next edition carries that day, too."""
    SEND = "send"
    MOVE = "move"
    """It goes out on the next working day."""


@dataclass(frozen=True, slots=True)
class Early:
    """When a digest goes out before its time: at once, as soon as a major story is there."""

    at: time
    """From when on, London's time of day; before that it waits."""
    publishers: int = 1
    """So many publishers carry the story at least."""


@dataclass(frozen=True, slots=True)
class Hold:
    """The editor's hour before an edition goes out: times of its day in Europe/London."""

    opens: time
    """The edition is composed as a draft."""
    closes: time
    """What editors say from then on does not count for it."""


class Layout(StrEnum):
    """How a digest is laid out."""

    FULL = "full"
    """Every story with its extract and its proof."""
    BRIEF = "brief"
    """One screen: what leads, and the rest in numbers."""
    MINISTERIAL = "ministerial"
    """The news without the proofs."""
    WEEKLY = "weekly"
    """A round-up: numbers by day and section, every story as a line."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What a digest asks for in place of its sections' own rules, where these have such a rule; None: the same."""

    prominence: int | None = None
    impact: int | None = None
    """Points of significance (section 8)."""
    aboutness: int | None = None
    """Points of aboutness (section 7); more than the section asks for, or nothing is changed."""


@dataclass(frozen=True, slots=True)
class Alerts:
    """When a story is told at once, between two editions, and to whom."""

    to: tuple[str, ...] = ()
    """Names of recipients."""
    webhooks: tuple[str, ...] = ()
    """Names resolved from settings."""
    points: int | None = None
    """Prominence and impact together; None: major is the threshold."""
    quiet: tuple[time, time] | None = None
    """London's times of day between which nothing is told; it may go over midnight."""


@dataclass(frozen=True, slots=True)
class Digest:
    """The standing order of a mail: which sections, which rhythm, which recipients (`digests.yaml`)."""

    id: str
    title: str
    sections: tuple[str, ...]
    """Section ids; empty: all of the agreement."""
    days: tuple[int, ...]
    """Weekdays it goes out, Monday 0."""
    hour: int
    minute: int
    """Time of day in Europe/London."""
    recipients: tuple[str, ...]
    """Names resolved from settings, never addresses."""
    top: int = 3
    """How many of the weightiest stories are named at the head, at most."""
    layout: Layout = Layout.FULL
    thresholds: Thresholds = Thresholds()
    theme: str = ""
    """The folder below `themes/` with its logo, line and colours; empty: none."""
    hold: Hold | None = None
    """None: nobody waits for editors, who may act until the edition is made."""
    holidays: OnHolidays = OnHolidays.SKIP
    early: Early | None = None
    alerts: Alerts | None = None
    """None: nothing is told between two editions."""
    stale: time | None = None
    """London's time of day after which it is not delivered any more; None: six hours after it was made."""

    @property
    def at(self) -> time:
        """London's time of day it goes out."""
        return time(self.hour, self.minute)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that is said of the profiles, such as in answer to an FOI request, and what makes it true."""

    says: str
    no_names_of: tuple[Standing, ...] = ()
    """It holds when nobody of these classes is named."""
    terms_for: tuple[str, ...] = ()
    """It holds when each of these is a term of some section, or an approved form of one."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement with the profiles of its sections, in its own order."""

    id: str
    """Folder name: `social-security-scotland`."""
    client: str
    name: str
    profiles: tuple[Profile, ...] = ()
    blockers: tuple[str, ...] = ()
    """Longer phrases that take away term hits inside them, in every section."""
    minor: MinorForms = MinorForms()
    digests: tuple[Digest, ...] = ()
    claims: tuple[Claim, ...] = ()
    """What is said of the profiles, to be checked."""
    second_person: bool = False
    """Whether a change is in force only when another editor has confirmed it."""
    left_out: tuple[str, ...] = ()
    """Sections listed whose files have faults and no revision in force: nothing is looked for in them."""
    fingerprint: str = ""
    """SHA-256 over all profiles and shared lists: what an archive was judged with."""
    _by_section: Mapping[str, Profile] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_section", {p.section: p for p in self.profiles})

    @property
    def sections(self) -> tuple[str, ...]:
        """All of them: in its order, and those left out for the faults of their files."""
        return (*self.order, *self.left_out)

    @property
    def order(self) -> tuple[str, ...]:
        """Section ids in the agreement's order."""
        return tuple(p.section for p in self.profiles)

    def title(self, section: str) -> str:
        """A section's heading as the agreement prints it, or its id when it is gone."""
        return self._by_section[section].title if section in self._by_section else section

    def profile(self, section: str) -> Profile:
        """The profile of a section.

        Raises:
            KeyError: the agreement has no such section.
        """
        return self._by_section[section]
