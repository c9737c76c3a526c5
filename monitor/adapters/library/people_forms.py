"""The form of what is said about individuals: who each is, who decided to name them, what is claimed in public."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from monitor.adapters.library.texts import Date, Text, Words, refused


class Form(BaseModel):
    """What all forms share: no unknown keys, no guessing of types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PersonForm(Form):
    """Who an individual is that a term names, and who decided that the name is looked for."""

    standing: Literal["office_holder", "journalist", "private_person"] = Field(
        alias="class",
        description="office_holder: searched because of a public office. journalist, private_person: only where "
        "agreement.yaml takes them, and with a second approval.",
    )
    role: Text = Field(
        description="The public role in which the name is looked for: Member of the Scottish Parliament."
    )
    purpose: Text = Field(description="What it is needed for.")
    approved_by: Text = Field(description="Who decided it (an office, not necessarily a name).")
    second_approval: Text | None = Field(
        None, description="Of a journalist or private person: who else decided it, somebody other than the first."
    )
    review_by: Date = Field(description="When the decision is looked at again: 2027-03-31.")


class BylineForm(Form):
    """A journalist, with the client's decision to follow the name."""

    name: Text = Field(description="The whole name, as it stands in bylines.")
    purpose: Text = Field(description="What it is needed for.")
    approved_by: Text = Field(description="Who at the client decided it (an office, not necessarily a name).")
    second_approval: Text | None = Field(
        None, description="Who else decided it, somebody other than the first; no journalist without it."
    )
    review_by: Date = Field(description="When the decision is looked at again: 2027-03-31.")


class PeopleForm(Form):
    """Which individuals without a public office may be named. None, unless the client has decided otherwise."""

    journalists: bool = Field(False, description="true: journalists may be named, each with two approvals.")
    private_persons: bool = Field(
        False, description="true: private persons may be named, each with two approvals."
    )


class ClaimForm(Form):
    """A sentence about the profiles, and what makes it true."""

    says: Text = Field(description="The sentence, as it is said in public.")
    no_names_of: list[Literal["office_holder", "journalist", "private_person"]] = Field(
        default_factory=list, description="It is true when no section names anybody of these classes."
    )
    terms_for: list[Words] = Field(
        default_factory=list, description="It is true when each of these is a term of some section."
    )

    @model_validator(mode="after")
    def _one_test(self) -> ClaimForm:
        if bool(self.no_names_of) == bool(self.terms_for):
            raise refused(
                "a sentence has one test",
                "write either `no_names_of:` or `terms_for:`",
                "a sentence has one test: tick whom no section names, or list terms, and not both",
            )
        return self
