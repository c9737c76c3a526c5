"""The form of `digests.yaml` and of `holidays.yaml`: what goes out, to whom, when."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, RootModel, Tag, model_validator

from monitor.adapters.library.forms import Form
from monitor.adapters.library.texts import (
    Date,
    Id,
    Points,
    QuietHours,
    Recipient,
    Text,
    TimeOfDay,
    Weekday,
    refused,
    text_or,
)


class EarlyForm(Form):
    """Sent before its time, at once, when a major story is there."""

    at: TimeOfDay = Field(description='From when on: "06:15".')
    publishers: int = Field(1, ge=1, description="Publishers (owners) that must carry the story at least.")


class HoldForm(Form):
    """The editor's hour before an edition goes out."""

    opens: TimeOfDay = Field(alias="from", description="The edition is composed as a draft that editors can see.")
    closes: TimeOfDay = Field(alias="until", description="Editors may change it up to here; it goes at `at`.")


class PointsForm(Form):
    """How significant a story must be for a digest."""

    prominence: Points | None = Field(None, description="Points wanted in place of the sections': headline 2 ...")
    impact: Points | None = Field(None, description="The same of impact: owners, tier, length.")


class ThresholdsForm(Form):
    """What a digest asks for besides its sections' own rules."""

    significance: PointsForm = Field(
        default_factory=PointsForm, description="For sections that ask for major stories; more or fewer points."
    )
    aboutness: int | None = Field(
        None, ge=1, le=110, description="Points for sections with `subject_of`, where it is more than theirs."
    )


class AlertsForm(Form):
    """A story that becomes weighty after an edition is told at once, and once."""

    to: list[Recipient] = Field(default_factory=list, description="Names of recipients who get a mail.")
    webhooks: list[Recipient] = Field(
        default_factory=list, description="Names of webhooks; the settings hold their addresses."
    )
    points: int | None = Field(
        None, ge=1, le=11, description="Prominence and impact together. Without it: when the story is major."
    )
    quiet: QuietHours | None = Field(
        None, description='Times in London between which nobody is told: "22:00-06:30". It is told when they end.'
    )

    @model_validator(mode="after")
    def _anybody(self) -> AlertsForm:
        if not self.to and not self.webhooks:
            raise refused(
                "nobody is told",
                "write `to: [duty-press]` or `webhooks: [newsroom]`",
                "nobody is told: say who gets a mail, or which service is told; or empty all of these",
            )
        return self


class DigestForm(Form):
    """The standing order of a mail."""

    title: Text = Field(description="What the mail is called.")
    sections: Annotated[
        Annotated[Literal["all"], Tag("text")] | Annotated[list[Id], Field(min_length=1), Tag("list")],
        text_or("list"),
    ] = Field(description="all, or the ids of sections.")
    days: list[Weekday] = Field(min_length=1, description="The days it goes out: [mon, tue, wed, thu, fri].")
    at: TimeOfDay = Field(description='Time of day in London: "07:00". Not from 01:00 to 01:59.')
    to: list[Recipient] = Field(
        min_length=1, description="Names of recipients; the settings hold their addresses."
    )
    top: int = Field(
        3, ge=0, le=3, description="How many of the weightiest major stories are named at the head, at most."
    )
    layout: Literal["full", "brief", "ministerial", "weekly"] = Field(
        "full", description="full, brief (one screen), ministerial (the news without proofs), weekly (a round-up)."
    )
    thresholds: ThresholdsForm = Field(
        default_factory=ThresholdsForm, description="Other points than the sections', for this digest alone."
    )
    theme: Id | None = Field(None, description="A look of your own: the name of a folder below `themes/`.")
    holidays: Literal["skip", "send", "move"] = Field(
        "skip",
        description="On a Scottish bank holiday: skip (the next one carries it, too), send, or move to the next "
        "working day.",
    )
    early: (
        Annotated[Annotated[TimeOfDay, Tag("text")] | Annotated[EarlyForm, Tag("EarlyForm")], text_or("EarlyForm")]
        | None
    ) = Field(
        None,
        description="From when on it is sent before its time, once a major story is there; after `hold`.",
    )
    alerts: AlertsForm | None = Field(
        None, description="Who is told at once of a story that becomes weighty between two editions."
    )
    stale: TimeOfDay | None = Field(
        None, description="When it is of no use any more and is not delivered; six hours after it was made."
    )
    hold: HoldForm | None = Field(None, description="The editor's hour; without it they may act until it is made.")

    @model_validator(mode="after")
    def _in_order(self) -> DigestForm:
        early = self.early.at if isinstance(self.early, EarlyForm) else self.early
        if early is not None and early >= self.at:
            raise refused(
                f"early ({early}) is not before at ({self.at})",
                "write an earlier time, or take it away",
                f"it cannot go early from {early} on: it goes at {self.at} anyway. Write an earlier time, or none",
            )
        if self.stale == self.at:
            raise refused(f"it is stale at {self.stale}, the time it goes out", "write a later time")
        return self


class DigestsForm(RootModel[dict[str, DigestForm]]):
    """The digests of an agreement, by id."""

    model_config = ConfigDict(strict=True, frozen=True)


# --------------------------------------------------------------- the calendar


class DayForm(Form):
    """A day that is not what the library of bank holidays says."""

    day: Date = Field(description="The day: 2026-06-15.")
    name: Text = Field(description="What it is called.")
    reason: Text = Field(description="Why: who proclaimed or decided it.")


class HolidaysForm(Form):
    """Bank holidays that are added or taken away here."""

    checked: Date | None = Field(
        None, description="When somebody last compared `monitor doctor` with the list of the Scottish Government."
    )
    holidays: list[DayForm] = Field(default_factory=list, description="Days that are holidays, too.")
    working_days: list[DayForm] = Field(default_factory=list, description="Holidays that are none here.")
