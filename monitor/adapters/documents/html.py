"""A page: what its blocks, lists, headings, cells and italics tell."""

from __future__ import annotations

from lxml import etree, html

from monitor.core.charset import decode
from monitor.core.drafting import Document, Line, Role

DEEPEST = 200
"""Elements inside one another; what is deeper is not read."""
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figure form header "
    "hr html main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_ITALIC = frozenset("i em cite dfn".split())
_NOTHING = frozenset("footer head nav noscript script style template title".split())


def read(body: bytes) -> Document:
    """The lines of a page; what its styles do is not looked at, but for italics in a `style`."""
    parser = html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    try:
        root = html.document_fromstring(decode(body).encode(), parser=parser)
    except (etree.ParserError, ValueError):  # nothing in it
        return Document(())
    return Document(_Reading().read(root))


def lines_of(fragment: str) -> tuple[Line, ...]:
    """The lines of a piece of HTML."""
    return read(f"<body>{fragment}".encode()).lines


class _Reading:
    """Gathers text until a block begins or ends."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._text = ""
        self._italics: list[tuple[int, int]] = []
        self._role = Role.TEXT

    def read(self, root: html.HtmlElement) -> tuple[Line, ...]:
        self._element(root, Role.TEXT, italic=False, depth=0)
        self._break(Role.TEXT)
        return tuple(self._lines)

    def _element(self, element: html.HtmlElement, role: Role, *, italic: bool, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _NOTHING or depth > DEEPEST:
            return
        inner = Role.HEADING if tag in _HEADINGS else Role.ITEM if tag == "li" else role
        is_block = tag in _BLOCKS or inner is not role or tag in ("br", "li")
        if is_block:
            self._break(inner)
        slanted = italic or tag in _ITALIC or "italic" in (element.get("style") or "")
        self._add(element.text, italic=slanted)
        for child in element:
            self._element(child, inner, italic=slanted, depth=depth + 1)
            self._add(child.tail, italic=slanted)
        if is_block:
            self._break(role)

    def _add(self, text: str | None, *, italic: bool) -> None:
        plain = " ".join((text or "").split())
        lead = " " if self._text and text and text[0].isspace() and not self._text.endswith(" ") else ""
        if italic and plain:
            start = len(self._text) + len(lead)
            self._italics.append((start, start + len(plain)))
        tail = " " if plain and text and text[-1].isspace() else ""
        self._text += lead + plain + tail

    def _break(self, role: Role) -> None:
        line = Line(self._text, self._role, tuple(self._italics)).within(0, len(self._text))
        if line.text:
            self._lines.append(line)
        self._text, self._italics, self._role = "", [], role
