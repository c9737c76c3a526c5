"""The form of an agreement's files as editors write them; the descriptions end up in the JSON Schema.

A form says what one file may hold (the files of `sources/`: outlets.py; digests.yaml: digests.py). What must agree
between files is checked in check.py; what it all means to the core is said in build.py.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator

from monitor.adapters.library.people_forms import BylineForm, ClaimForm, PeopleForm, PersonForm
from monitor.adapters.library.people_forms import Form as Form
from monitor.adapters.library.texts import (
    Id,
    Points,
    ScopeText,
    Text,
    WordCount,
    Words,
    refused,
    text_or,
)

# --------------------------------------------------------------- a term


class AliasForm(Form):
    """Another name for the same thing that the agreement does not list."""

    text: Words = Field(description="The other name.")
    approved: bool = Field(
        False,
        description="true once the client has agreed; until then it is searched only to report what it would add.",
    )
    why: str = Field("", description="Why it is thought to be the same thing, and who agreed.")


class GuardForm(Form):
    """The term counts only with one of these words near it."""

    any: list[Words] = Field(min_length=1, description="Any one of these words will do.")
    within: ScopeText = Field("30 words", description="How near: '30 words', sentence, paragraph, document ...")


class NearForm(Form):
    """A term that is two words close to each other, such as a town and its economy."""

    one_of: list[Words] = Field(min_length=1, description="One of these ...")
    with_one_of: list[Words] = Field(min_length=1, description="... with one of these.")
    within: WordCount = Field(10, description="How many words may stand between the two, at most.")


class TermForm(Form):
    """A term that needs more than its name."""

    term: Words = Field(
        description="The term exactly as the agreement writes it. Hits are reported under this name."
    )
    kind: Literal["phrase", "person", "organisation", "role", "benefit", "committee", "law", "topic"] = Field(
        "phrase", description="What it names. Persons and organisations have no plural; the others do."
    )
    match: list[Words] = Field(default_factory=list, description="Forms to search in place of the name.")
    case: Literal["any", "capitalised", "lower", "exact"] = Field(
        "any", description="How capitals count: any, capitalised (each word starts with one), lower, exact."
    )
    person: PersonForm | None = Field(
        None, description="Of a person, who it is and who decided to look for the name; no person without it."
    )
    surname_alone: bool = Field(
        False, description="For a person: after the full name, does the surname alone count as another mention?"
    )
    abbreviations: list[Words] = Field(
        default_factory=list, description="Short forms that count after the full name, and never by themselves."
    )
    aliases: list[AliasForm] = Field(
        default_factory=list, description="Other names that the agreement does not list."
    )
    only_with: GuardForm | None = Field(None, description="Count the term only with one of these words near it.")
    near: NearForm | None = Field(None, description="The term is two words close to each other.")
    blockers: list[Words] = Field(
        default_factory=list, description="Longer phrases inside which the term is no hit: Food Poverty Alliance."
    )
    note: str = Field("", description="A note for editors. It changes nothing.")

    @model_validator(mode="after")
    def _surname_of_a_person(self) -> TermForm:
        if self.surname_alone and self.kind != "person":
            raise refused(
                "`surname_alone` is only for persons",
                "write `kind: person`, or take it away",
                "only a person's surname counts alone: say that it is a person, or untick that",
            )
        if self.person and self.kind != "person":
            raise refused(
                "`person` is only for persons",
                "write `kind: person`, or take it away",
                "this says who a person is: say that it is one, or empty the fields of the person",
            )
        return self


TermLine: TypeAlias = Annotated[
    Annotated[Words, Tag("text")] | Annotated[TermForm, Tag("TermForm")], text_or("TermForm")
]


# --------------------------------------------------------------- only in connection with


class ContextWordForm(Form):
    """A context word with case, plural or blockers of its own."""

    word: Words = Field(description="The word as the agreement writes it.")
    plural: bool = Field(False, description="Does its plural count, too?")
    case: Literal["any", "capitalised", "lower", "exact"] = Field(
        "any", description="How capitals count. lower: 'grant' counts, the surname Grant does not."
    )
    also: list[Words] = Field(default_factory=list, description="Other phrases that count as this word.")
    blockers: list[Words] = Field(
        default_factory=list, description="Phrases inside which the word does not count: animal welfare."
    )

    @model_validator(mode="before")
    @classmethod
    def _no_list_in_a_list(cls, value: object) -> object:
        if isinstance(value, dict) and "list" in value and "word" not in value:
            name = value["list"] if isinstance(value["list"], str) else "main"
            raise refused(
                "a shared list cannot stand among the words of a list",
                f"write `any: {{list: {name}}}` for that list alone, or write its words out here, one by one",
            )
        return value


ContextLine: TypeAlias = Annotated[
    Annotated[Words, Tag("text")] | Annotated[ContextWordForm, Tag("ContextWordForm")],
    text_or("ContextWordForm"),
]


class SharedListForm(Form):
    """A list of agreement.yaml, whole or without some of its words."""

    name: Id = Field(alias="list", description="The name of one of the `context_lists` in agreement.yaml.")
    without: list[Words] = Field(default_factory=list, description="Words of that list that do not count here.")


ContextWords: TypeAlias = Annotated[
    Annotated[list[ContextLine], Field(min_length=1), Tag("list")]
    | Annotated[SharedListForm, Tag("SharedListForm")],
    Discriminator(lambda value: "SharedListForm" if isinstance(value, dict) else "list"),
]


class ContextRuleForm(Form):
    """Only in connection with one of these words."""

    any: ContextWords = Field(description="The words; any one of them will do. {list: main} is a shared list.")
    within: ScopeText = Field(
        "60 words or headline",
        description="How near the term: document, paragraph, sentence, headline, '30 words', "
        "'60 words or headline'.",
    )
    self_context: bool = Field(
        True, description="Does a word inside the term itself count, as in Social Security Scotland?"
    )


class PlaceRuleForm(Form):
    """Only in connection with a place."""

    place: Id = Field(description="The name of one of the `places` in agreement.yaml.")
    place_evidence: Literal["content_or_outlet", "content"] = Field(
        "content_or_outlet",
        description="content: the text itself must say it; that the outlet is a local one proves nothing.",
    )


RuleLine: TypeAlias = Annotated[
    Annotated[ContextRuleForm, Tag("ContextRuleForm")] | Annotated[PlaceRuleForm, Tag("PlaceRuleForm")],
    Discriminator(
        lambda value: "PlaceRuleForm" if isinstance(value, dict) and "place" in value else "ContextRuleForm"
    ),
]


# --------------------------------------------------------------- a section


class AboutnessForm(Form):
    """How much an article must be about a term."""

    points: int = Field(
        50, ge=1, le=110, description="Headline 50, lead 30, each further hit 5 or 10, at most 30."
    )


class SignificanceForm(Form):
    """Major Significant Stories ONLY."""

    major: bool = Field(description="true: only major stories.")
    prominence: Points = Field(2, description="Points wanted: headline 2, lead 1, three hits 1.")
    impact: Points = Field(2, description="Points wanted: owners carrying it 1-3, outlet's tier 1-2, length 1.")


class SectionSourcesForm(Form):
    """Whose articles the section takes."""

    groups: list[Id] = Field(default_factory=list, description="Groups of outlets (sources/groups.yaml).")
    plus: list[Id] = Field(default_factory=list, description="Outlets besides, by id; of any area.")

    @model_validator(mode="after")
    def _any(self) -> SectionSourcesForm:
        if not self.groups and not self.plus:
            raise refused(
                "no source is named",
                "name groups or outlets, or write `sources: any_monitored`",
                "no source is named: tick groups or outlets, or choose every outlet that is monitored",
            )
        return self


class ExampleForm(Form):
    """A text that must, or must not, hit; run by `monitor profiles test`."""

    headline: str = Field("", description="The headline of an invented article.")
    text: str = Field("", description="Its text; a blank line parts paragraphs.")
    outlet: Id | None = Field(None, description="The outlet it stands in; without one, sources are not judged.")
    url: str = Field("", description="Its address, where that matters.")
    hits: list[Text] | None = Field(None, description="Exactly the terms that must hit; [] for none.")
    verdict: Literal["in", "near_miss", "out"] | None = Field(
        None, description="What the section must say of it, significance left aside."
    )
    why: str = Field("", description="What the example shows.")

    @model_validator(mode="after")
    def _tests_something(self) -> ExampleForm:
        if self.hits is None and self.verdict is None:
            raise refused(
                "the example expects nothing",
                "write `hits: [...]` or `verdict: in`",
                "the example expects nothing: say whether it is in, or which terms must be found",
            )
        if not (self.headline.strip() or self.text.strip()):
            raise refused(
                "the example has no words",
                "write `headline:` or `text:`",
                "the example has no words: write a headline or a text",
            )
        return self


class SectionForm(Form):
    """A section of the agreement: which articles belong to it."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["terms"]}, {"required": ["query"]}]})

    section: Id = Field(description="The section's id: the name of this file without .yaml.")
    title: Text = Field(description="The heading as the agreement prints it.")
    agreement_says: str = Field("", description="The agreement's own words.")
    terms: list[TermLine] = Field(
        default_factory=list,
        description="What to look for. A term that is only a name is a line of text; options make it `term: ...`.",
    )
    query: str | None = Field(
        None, description="A Boolean query, besides the terms or in their place: AND, OR, NOT, NEAR/5 ..."
    )
    oicw: list[RuleLine] = Field(
        default_factory=list, description="Only in connection with: all of these must hold."
    )
    subject_of: Annotated[
        Annotated[bool, Tag("text")] | Annotated[AboutnessForm, Tag("AboutnessForm")], text_or("AboutnessForm")
    ] = Field(False, description="true: the article must be about a term, not just mention it.")
    significance: SignificanceForm | None = Field(None, description="Whether only major stories belong.")
    sources: Annotated[
        Annotated[Literal["any_monitored"], Tag("text")]
        | Annotated[SectionSourcesForm, Tag("SectionSourcesForm")],
        text_or("SectionSourcesForm"),
    ] = Field(description="Whose articles it takes: `groups` and `plus`, or any_monitored.")
    bylines: list[
        Annotated[Annotated[Text, Tag("text")] | Annotated[BylineForm, Tag("BylineForm")], text_or("BylineForm")]
    ] = Field(
        default_factory=list,
        description="Journalists whose articles are followed. Naming one is a recorded decision of the client.",
    )
    recategorise: bool = Field(False, description="true: what is found here goes to the section it fits.")
    show: Literal["once", "in_each"] = Field(
        "once", description="in_each: print its articles here, too, when they are filed in another section."
    )
    ask_client: list[Text] = Field(default_factory=list, description="What the agreement leaves unclear.")
    examples: list[ExampleForm] = Field(default_factory=list, description="Invented texts that prove the rules.")


# --------------------------------------------------------------- an agreement and its digests


class PlaceListForm(Form):
    """What proves a place."""

    area: Text = Field(description="Outlets of this area prove it, too: Scotland.")
    words: list[Words] = Field(default_factory=list, description="Words that prove it: Scottish, Holyrood.")
    places: list[Words] = Field(default_factory=list, description="Towns, islands, councils; capitals count.")
    blockers: list[Words] = Field(default_factory=list, description="Phrases that prove nothing: Scotland Yard.")
    wire_paths: list[Text] = Field(
        default_factory=list, description="Parts of an address that mark agency copy: /uk-news/."
    )


class MinorFormsForm(Form):
    """Letters, listings, sport ...: count only with the term in the headline."""

    paths: list[Text] = Field(default_factory=list, description="Parts of an address: /sport/.")
    headlines: list[Text] = Field(default_factory=list, description="How such headlines begin: 'Letters:'.")


class AgreementForm(Form):
    """An agreement: client, order of sections, shared lists."""

    client: Text = Field(description="Who is served.")
    name: Text = Field(description="The agreement's name.")
    sections: list[Id] = Field(
        min_length=1, description="The sections in the agreement's order: benefits is the file benefits.yaml."
    )
    context_lists: dict[str, list[ContextLine]] = Field(
        default_factory=dict, description="Lists of context words that several sections share."
    )
    places: dict[str, PlaceListForm] = Field(default_factory=dict, description="Places, by name: scotland.")
    blockers: list[Words] = Field(
        default_factory=list, description="Longer phrases that take away hits inside them, in every section."
    )
    people: PeopleForm = Field(
        default_factory=PeopleForm, description="Whether journalists and private persons may be named."
    )
    second_person: bool = Field(
        default=False, description="Is a change in force only when another editor has confirmed it?"
    )
    claims: list[ClaimForm] = Field(
        default_factory=list, description="Sentences that must stay true of the profiles: monitor profiles claims."
    )
    minor_forms: MinorFormsForm = Field(
        default_factory=MinorFormsForm, description="Letters, listings, sport ... (only when in the headline)."
    )
