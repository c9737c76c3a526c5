"""Agreements as files, honest and hostile; what is hostile meets its reader in a worker, as in life (F37)."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import docx
import pytest

from monitor.adapters.documents import MOST_BYTES, read_document
from monitor.adapters.workers import Limits, Workers
from monitor.core.drafting import Document, Role
from monitor.errors import InputError, ParseError

LIMITS = Limits(cpu_seconds=2, wall_seconds=40, memory=700_000_000)


@pytest.fixture(scope="module")
def confined() -> Iterator[Callable[..., Document]]:
    with Workers(read_document, limits=LIMITS, count=1) as workers:
        yield workers.confined(read_document)


def packed(word: object) -> bytes:
    out = io.BytesIO()
    word.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def with_part(body: bytes, name: str, content: bytes) -> bytes:
    """The package with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, content)
    return out.getvalue()


def a_word_document() -> bytes:
    word = docx.Document()
    word.add_paragraph("Harbour Trust")
    return packed(word)


# --------------------------------------------------------------- honest


def test_a_word_document_keeps_order_lists_italics_and_merged_cells() -> None:
    word = docx.Document()
    word.add_heading("FERRIES", 2)
    word.add_paragraph("Harbour Trust", style="List Bullet")
    table = word.add_table(1, 2)
    merged = table.rows[0].cells[0].merge(table.rows[0].cells[1])
    merged.text = "SEARCH TERMS:"
    paragraph = word.add_paragraph("Terms: ")
    paragraph.add_run("Major Significant Stories ONLY").italic = True
    word.add_paragraph("one\ntwo\tthree")
    lines = read_document(packed(word)).lines
    assert [(line.text, line.role) for line in lines] == [
        ("FERRIES", Role.HEADING),
        ("Harbour Trust", Role.ITEM),
        ("SEARCH TERMS:", Role.TEXT),
        ("Terms: Major Significant Stories ONLY", Role.TEXT),
        ("one", Role.TEXT),
        ("two", Role.TEXT),
        ("three", Role.TEXT),
    ]
    assert lines[3].text[slice(*lines[3].italics[0])] == "Major Significant Stories ONLY"
    assert not lines[3].all_italic


def test_a_page_gives_blocks_items_headings_and_italics() -> None:
    page = b"""<!doctype html><meta charset=utf-8><title>No</title><h2>FERRIES</h2><ul><li>Pier <em>Fund</em>
    <li>Two
    </ul><script>no()</script><table><tr><td>SEARCH TERMS:<td><p>One<br>Another <i>All OICW fares</i></table>"""
    lines = read_document(page).lines
    assert [(line.text, str(line.role)) for line in lines] == [
        ("FERRIES", "heading"),
        ("Pier Fund", "item"),
        ("Two", "item"),
        ("SEARCH TERMS:", "text"),
        ("One", "text"),
        ("Another All OICW fares", "text"),
    ]
    assert lines[-1].text[slice(*lines[-1].italics[0])] == "All OICW fares"


def test_a_text_has_cells_bullets_and_the_marks_of_an_export() -> None:
    text = (
        "FERRIES\t\nSEARCH TERMS:\t<p>Pier Fund</p> <p><i>Subject of:</i></p>\n* Harbour Trust\n2. One\nA     B\n"
    )
    lines = read_document(text.encode()).lines
    assert [(line.text, str(line.role)) for line in lines] == [
        ("FERRIES", "text"),
        ("SEARCH TERMS:", "text"),
        ("Pier Fund", "text"),
        ("Subject of:", "text"),
        ("Harbour Trust", "item"),
        ("One", "item"),
        ("A", "text"),
        ("B", "text"),
    ]
    assert lines[3].all_italic


@pytest.mark.parametrize(
    ("body", "name", "says"),
    [
        (b"\xd0\xcf\x11\xe0rest", "old.doc", "save it as .docx"),
        (b"\x7fELF\0\0\0", "program", "neither DOCX, PDF, HTML nor text"),
        (b"x" * (MOST_BYTES + 1), "big.txt", "no agreement has more"),
        (b"PK\x03\x04 and nothing", "broken.docx", "cannot be read as a Word document"),
        (b"%PDF-1.7\nand nothing", "broken.pdf", "cannot be read as a PDF"),
    ],
)
def test_what_is_not_read_is_refused_with_a_remedy(body: bytes, name: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_document(body, url=name)


def test_a_package_that_is_no_word_document() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as other:
        other.writestr("a.txt", "hello")
    with pytest.raises(InputError, match="cannot be read as a Word document"):
        read_document(out.getvalue())


# --------------------------------------------------------------- hostile


def test_a_worker_reads_honest_files(confined: Callable[..., Document]) -> None:
    assert confined(a_word_document(), url="a.docx").lines[0].text == "Harbour Trust"
    assert confined(b"Harbour Trust", url="a.txt").lines[0].text == "Harbour Trust"


def test_a_zip_bomb_is_not_unpacked(confined: Callable[..., Document]) -> None:
    bomb = with_part(a_word_document(), "word/document.xml", b" " * 100_000_000)
    assert len(bomb) < 200_000
    with pytest.raises(InputError, match="would unpack to 100"):
        confined(bomb, url="bomb.docx")


def test_a_zip_that_lies_about_its_size_ends_there(confined: Callable[..., Document]) -> None:
    """The directory says 1,000 bytes, and the part holds twenty million."""
    honest = with_part(a_word_document(), "word/document.xml", b" " * 20_000_000)
    size = (20_000_000).to_bytes(4, "little")
    lying = honest.replace(size, (1_000).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises((InputError, ParseError)):
        confined(lying, url="lying.docx")


@pytest.fixture
def canary() -> Iterator[HTTPServer]:
    """A server that nobody should ask; `asked` counts who did."""

    class Asked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.server.asked += 1  # type: ignore[attr-defined]
            self.send_response(200)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Asked)
    server.asked = 0  # type: ignore[attr-defined]
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def test_entities_read_no_file_ask_no_server_and_do_not_grow(
    confined: Callable[..., Document], tmp_path: Path, canary: HTTPServer
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the canary sings")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    for entity in ("&file;", "&net;", "&l11;"):
        xml = f"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY file SYSTEM "{secret.as_uri()}">
        <!ENTITY net SYSTEM "http://127.0.0.1:{canary.server_port}/x"><!ENTITY l0 "ha">{laughs}]>
        <w:document xmlns:w="{name}"><w:body><w:p><w:r><w:t>{entity}</w:t></w:r></w:p></w:body></w:document>"""
        try:
            said = repr(confined(with_part(a_word_document(), "word/document.xml", xml.encode()), url="x.docx"))
        except (InputError, ParseError) as refusal:
            said = str(refusal)
        assert "canary sings" not in said
        assert len(said) < 5_000
    assert canary.asked == 0  # type: ignore[attr-defined]


def a_pdf(*objects: str) -> bytes:
    """Objects 1 ... with a table of references; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return bytes(out + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode())


CATALOGUE = "<</Type/Catalog/Pages 2 0 R>>"
LOOPS = {
    "pages that hold themselves": a_pdf(CATALOGUE, "<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"),
    "a form that draws itself": a_pdf(
        CATALOGUE,
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        "<</Length 5>>\nstream\n/X Do\nendstream",
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 11/Resources<</XObject<</X 5 0 R>>>>>>\n"
        "stream\n/X Do /X Do\nendstream",
    ),
    "a length that is itself": a_pdf(
        CATALOGUE,
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        "<</Length 4 0 R>>\nstream\n\nendstream",
    ),
}


@pytest.mark.parametrize("name", LOOPS)
def test_a_pdf_that_loops_is_given_up(confined: Callable[..., Document], name: str) -> None:
    begun = time.monotonic()
    with pytest.raises((InputError, ParseError)):
        confined(LOOPS[name], url="loop.pdf")
    assert time.monotonic() - begun < LIMITS.wall_seconds


def test_a_pdf_packed_to_burst_is_given_up(confined: Callable[..., Document]) -> None:
    packed_text = zlib.compress(b"BT (x) Tj ET\n" * 20_000_000, 9)
    head = a_pdf(
        CATALOGUE,
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        f"<</Length {len(packed_text)}/Filter/FlateDecode>>\nstream\n@@\nendstream",
    )
    with pytest.raises((InputError, ParseError)):
        confined(head.replace(b"@@", packed_text), url="burst.pdf")


def test_a_page_of_deep_and_unclosed_markup_is_read_or_refused(confined: Callable[..., Document]) -> None:
    try:
        lines = confined(b"<!doctype html>" + b"<div><i>" * 100_000 + b"Harbour", url="deep.html").lines
    except (InputError, ParseError):
        return
    assert len(lines) <= 1


def test_the_next_file_is_read_as_if_nothing_had_been(confined: Callable[..., Document]) -> None:
    assert confined(a_word_document(), url="a.docx").lines[0].text == "Harbour Trust"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<!doctype html><p>Tèarainteachd – Carer’s"),
        ("a.html", "<!doctype html><meta charset=iso-8859-1><p>Tèarainteachd – Carer’s"),
        (
            "a.html",
            "<?xml version='1.0' encoding='ISO-8859-1'?><html><body><p>Tèarainteachd – Carer’s</p></body></html>",
        ),
        ("a.txt", "Tèarainteachd – Carer’s"),
        ("a.txt", "<p>Tèarainteachd – Carer’s</p>"),
    ],
)
def test_letters_with_accents_are_read_whatever_the_label_says(name: str, text: str, charset: str) -> None:
    (line,) = read_document(text.encode(charset), url=name).lines
    assert line.text == "Tèarainteachd – Carer’s"
