"""What a single value of a form may be, with the plain words for when it is not, and its JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import PurePath
from typing import Annotated, Any, Literal, TypeAlias
from urllib.parse import urlsplit

import cssselect
from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from monitor.core.profile import Scope

REFUSED = "refused"
"""The type of pydantic errors whose words are ours already."""

_ID = re.compile(r"[a-z][a-z0-9_]*")
MOST_CHARACTERS = 300
"""Of a word or phrase."""
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Spaces of no width and signs that turn a line round; joiners and soft hyphens stand in real words."""
_LETTER = re.compile(r"[^\W_]")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_WORD_COUNT = re.compile(r"([0-9]{1,4}) words?")


def refused(what: str, remedy: str, on_page: str = "") -> PydanticCustomError:
    """An error in plain words; `on_page` says it without keys and lines."""
    return PydanticCustomError(REFUSED, "{what}", {"what": what, "remedy": remedy, "on_page": on_page})


def _text(value: str) -> str:
    plain = " ".join(value.split())
    if not plain:
        raise refused("the text is empty", "write it, or take it away")
    return plain


def _words(value: str) -> str:
    if len(value) > MOST_CHARACTERS:
        raise refused(
            f"{value[:40]!r}... is {len(value):,} characters long: it can hardly be found",
            f"write at most {MOST_CHARACTERS}",
        )
    if unseen := _UNSEEN.search(value):
        what = f"{value!r} holds a character that cannot be seen (U+{ord(unseen[0]):04X}): it can never be found"
        raise refused(what, "write it anew, without")
    if not _LETTER.search(value):
        raise refused(f"{value!r} has no letter and no figure: it can never be found", "write a word")
    if "*" in value:
        _check_wildcard(value)
    return value


def _check_wildcard(value: str) -> None:
    stem = value.rstrip("*")
    if "*" in stem or value != f"{stem}*":
        raise refused(f"in {value!r} the * does not stand at the end", "write one *, at the end of the last word")
    if len(_LETTER.findall(stem.split(" ")[-1])) < 3:
        raise refused(f"{value!r} would match too much", "write at least 3 letters before the *")


def _id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise refused(f"{value!r} is not an id", "use small letters, figures and _ only: `my_section`")
    return value


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in value
    except ValueError:
        good = False
    if not good:
        raise refused(f"{value!r} is not a web address", "write it in full: https://www.example.org/feed")
    return value


def _selector(value: str) -> str:
    try:
        cssselect.parse(value)
    except cssselect.SelectorError as error:
        remedy = "write which links lead to articles, as in a style sheet: main h2 > a"
        raise refused(f"{value!r} is no CSS selector: {error}", remedy) from None
    return value


def _folder(value: str) -> str:
    path = PurePath(value)
    if path.is_absolute() or ".." in path.parts or "\\" in value or path == PurePath():
        remedy = "write a path inside the workspace, with /: arrivals/ledger (a link to elsewhere will do)"
        raise refused(f"{value!r} is not a folder of the workspace", remedy)
    return path.as_posix()


def _time(value: str) -> str:
    if not _TIME.fullmatch(value):
        raise refused(f"{value!r} is not a time of day", 'write hours and minutes: "07:00"')
    if value.startswith("01:"):
        what = f"{value} happens twice when the clocks go back, and never when they go forward"
        raise refused(what, "choose a time before 01:00 or from 02:00")
    return value


def _quiet(value: str) -> str:
    start, dash, end = (part.strip() for part in value.partition("-"))
    if not (dash and _TIME.fullmatch(start) and _TIME.fullmatch(end) and start != end):
        raise refused(f"{value!r} are no quiet hours", 'write from when to when: "22:00-06:30"')
    return f"{start}-{end}"


def _date(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise refused(f"{value!r} is not a date", "write year-month-day: 2027-03-31") from None


def _recipient(value: str) -> str:
    if "@" in value:
        raise refused("an address stands here", "write a name such as comms-team; the settings hold its addresses")
    return value


def _scope_words(value: object) -> object:
    return f"{value} words" if isinstance(value, int) and not isinstance(value, bool) else value


def _scope(value: str) -> str:
    try:
        return str(Scope.parse(value))
    except ValueError:
        remedy = "write document, paragraph, sentence, headline, '30 words' or '60 words or headline'"
        raise refused(f"{value!r} is not a reach", remedy) from None


def _word_count(value: object) -> object:
    found = _WORD_COUNT.fullmatch(" ".join(value.split())) if isinstance(value, str) else None
    return int(found[1]) if found else value


def text_or(form: str) -> Discriminator:
    """Tells a text from a form, by its tag: `text`, or the form's name."""
    return Discriminator(_chooser(form))


def _chooser(form: str) -> Callable[[Any], str]:
    def choose(value: Any) -> str:
        return "text" if value is None or isinstance(value, str | bool | int | float) else form

    return choose


_SCOPE_SCHEMA = {
    "anyOf": [
        {"type": "string", "pattern": "^(document|paragraph|sentence|headline|[0-9]+ words?( or headline)?)$"},
        {"type": "integer", "minimum": 0},
    ]
}
_COUNT_SCHEMA = {
    "anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]{1,4} words?$"}]
}


def _matching(pattern: str) -> Any:
    return Field(json_schema_extra={"pattern": pattern})


Text: TypeAlias = Annotated[str, AfterValidator(_text), _matching(r"\S")]
Words: TypeAlias = Annotated[Text, AfterValidator(_words)]
Id: TypeAlias = Annotated[str, AfterValidator(_id), _matching("^[a-z][a-z0-9_]*$")]
Url: TypeAlias = Annotated[str, AfterValidator(_url), _matching(r"^https?://\S+$")]
Selector: TypeAlias = Annotated[Text, AfterValidator(_selector)]
FolderPath: TypeAlias = Annotated[Text, AfterValidator(_folder)]
TimeOfDay: TypeAlias = Annotated[str, AfterValidator(_time), _matching("^(0[02-9]|1[0-9]|2[0-3]):[0-5][0-9]$")]
Date: TypeAlias = Annotated[str, AfterValidator(_date), _matching("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
QuietHours: TypeAlias = Annotated[
    str,
    AfterValidator(_quiet),
    _matching("^([01][0-9]|2[0-3]):[0-5][0-9] *- *([01][0-9]|2[0-3]):[0-5][0-9]$"),
]
Recipient: TypeAlias = Annotated[Text, AfterValidator(_recipient), _matching("^[^@]+$")]
ScopeText: TypeAlias = Annotated[
    str, BeforeValidator(_scope_words), AfterValidator(_scope), WithJsonSchema(_SCOPE_SCHEMA)
]
WordCount: TypeAlias = Annotated[
    int, BeforeValidator(_word_count), Field(ge=0, le=1000), WithJsonSchema(_COUNT_SCHEMA)
]
Points: TypeAlias = Annotated[int, Field(ge=0, le=10)]
Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
