"""The form of the files of `sources/`: outlets, the addresses polled for each, the groups."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from monitor.adapters.library.people_forms import Form
from monitor.adapters.library.texts import FolderPath, Id, Selector, Text, Url, refused


class RightsForm(Form):
    """What may be done with the outlet's text."""

    store_text: bool = Field(True, description="May the full text be stored, for matching only?")
    keep_days: int = Field(
        30,
        ge=0,
        le=3650,
        description="Days that standfirst and text are kept once they are stored; then purged.",
    )
    extract_chars: int = Field(200, ge=0, le=2000, description="Characters of an extract that readers may see.")
    export: bool = Field(False, description="May extracts leave in an export (coverage)?")
    keep_words: bool = Field(
        True, description="May the sorted list of its words stay in the index when the text is purged?"
    )


class SourceForm(Form):
    """One address or folder we poll, or the statement that none is known."""

    id: Id = Field(description="An id of its own: bbc_scotland.")
    kind: Literal["feed", "sitemap", "listing", "wordpress", "folder", "none"] = Field(
        "feed",
        description="feed: RSS, Atom or JSON Feed. sitemap: a news sitemap, or an index. listing: a page of "
        "links. wordpress: a site's posts as JSON. folder: files that arrive. none: nothing is polled; say why.",
    )
    url: Url | None = Field(None, description="The address of the feed, sitemap, page or posts.")
    selector: Selector | None = Field(
        None, description="Of a listing: the links to articles, or what holds one each, as CSS: main h2 > a."
    )
    folder: FolderPath | None = Field(
        None, description="Of a folder: where the files arrive, from the workspace on: arrivals/ledger."
    )
    note: str = Field("", description="Where the address was seen, or why there is none.")

    @model_validator(mode="after")
    def _says_where(self) -> SourceForm:
        if self.kind == "none":
            self._refuse_what_is_not_polled()
        elif self.kind == "folder":
            self._want("folder", "write `folder:`, the path that files arrive in")
            self._refuse(
                "url", "files are looked for in a folder, and an address is given", "move it into the note"
            )
        else:
            self._want("url", "write `url:`, or `kind: none` with a `note:` that says why")
            self._refuse("folder", f"a {self.kind} has an address, and no folder", "write `kind: folder`")
        if self.kind == "listing":
            self._want("selector", "write `selector:`, which links of the page lead to articles: main h2 > a")
        else:
            self._refuse(
                "selector", "only a listing page has a selector", "write `kind: listing`, or take it away"
            )
        return self

    def _want(self, key: str, remedy: str) -> None:
        if getattr(self, key) is None:
            wanted = {"url": "address", "folder": "path"}.get(key, key)
            raise refused(f"a {self.kind} has no {wanted}", remedy)

    def _refuse(self, key: str, what: str, remedy: str) -> None:
        if getattr(self, key) is not None:
            raise refused(what, remedy)

    def _refuse_what_is_not_polled(self) -> None:
        self._refuse("url", "an address is given, but `kind: none` polls nothing", "move it into the note")
        self._refuse("folder", "a folder is given, but `kind: none` polls nothing", "write `kind: folder`")
        if not self.note.strip():
            raise refused("nothing is polled and nobody knows why", "write a `note:`")


class OutletForm(Form):
    """The publisher a reader knows."""

    id: Id = Field(description="The id that sections use under `plus`.")
    name: Text = Field(description="The name readers know.")
    owner: Text = Field(description="The company; stories are counted by owner. Its own name if independent.")
    area: Text = Field(description="Scotland, UK, England ...: 'Scotland Only' tests it.")
    tier: int = Field(
        ge=1, le=3, description="1: the whole UK. 2: Scotland or a big region. 3: local, trade, blog."
    )
    medium: Literal["web", "print", "broadcast", "social"] = Field("web", description="Where readers meet it.")
    homepage: Url = Field("", description="Its address for readers.")
    groups: list[Id] = Field(default_factory=list, description="The groups it belongs to (groups.yaml).")
    rights: RightsForm = Field(default_factory=RightsForm, description="What may be done with its text.")
    sources: list[SourceForm] = Field(description="The addresses or folders we poll.")


class OutletsForm(Form):
    """A file of outlets."""

    outlets: list[OutletForm] = Field(description="The outlets.")


class GroupForm(Form):
    """A named set of outlets, as agreements name them."""

    id: Id = Field(description="The id that outlets and sections use.")
    name: Text = Field(description="The agreement's words.")
    area: Text | None = Field(None, description="Only outlets of this area belong; without it, all.")
    note: str = Field("", description="A note for editors.")


class GroupsForm(Form):
    """The groups."""

    groups: list[GroupForm] = Field(description="The groups.")
