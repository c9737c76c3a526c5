"""XML of others: read as meant, and never more than what stands in it."""

from __future__ import annotations

import doctest
import time
from pathlib import Path

import pytest

from monitor.core import links, xml
from monitor.core.xml import parse


def test_names_lose_their_prefixes_bound_or_not() -> None:
    root = parse(b"<a xmlns:n='urn:n'><n:b lang:x='1'>B</n:b><unbound:c/></a>").root
    assert root is not None
    assert [child.tag for child in root] == ["b", "c"]
    assert root[0].attrib == {"x": "1"}


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<a>Fish & chips</a>", "Fish & chips"),
        ("<a>1&copy=2&amp;x=3</a>", "1&copy=2&x=3"),
        ("<a>caf&eacute;&nbsp;&lt;&#163;5</a>", "café\xa0<£5"),
        ("<a><![CDATA[a & b &eacute; <i>]]> & c</a>", "a & b &eacute; <i> & c"),
        ("<!DOCTYPE a PUBLIC '-//X//EN' 'http://127.0.0.1:9/x.dtd'><a>caf&eacute;</a>", "café"),
        ("<a>nul\0 and \x0b tab</a>", "nul and  tab"),
        ("\ufeff  <a>late declaration</a>", "late declaration"),
    ],
)
def test_what_is_meant_is_read(markup: str, text: str) -> None:
    parsed = parse(markup.encode())
    assert parsed.root is not None
    assert (parsed.root.text, parsed.fault) == (text, "")


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_charsets(charset: str) -> None:
    body = f"<?xml version='1.0' encoding='{charset}'?><a>£5 for Sgòil</a>".encode(charset)
    parsed = parse(body)
    assert parsed.root is not None
    assert parsed.root.text == "£5 for Sgòil"


def test_what_breaks_off_is_kept_until_there() -> None:
    parsed = parse(b"<a>\n<b>one</b>\n<b>two</b><b>thr")
    assert parsed.root is not None
    assert [b.text for b in parsed.root] == ["one", "two", None]
    assert [element.tag for element in parsed.cut] == ["b", "a"]
    assert parsed.fault.endswith("in line 3")
    assert parse(b"no markup").root is None


def test_no_file_is_read_and_no_address_asked_for(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("SECRET")
    for entity in (f"SYSTEM 'file://{canary}'", "SYSTEM 'http://127.0.0.1:9/x'", f"PUBLIC 'x' '{canary}'"):
        parsed = parse(f"<!DOCTYPE a [<!ENTITY x {entity}>]><a>&x;</a>".encode())
        assert parsed.root is None
        assert "declares entities" in parsed.fault
    parsed = parse(b"<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/p'> %p;]><a>x</a>")
    assert parsed.root is None


def test_bombs_do_not_go_off() -> None:
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    began = time.process_time()
    assert parse(f"<!DOCTYPE a [<!ENTITY l0 'ha'>{laughs}]><a>&l11;</a>".encode()).root is None
    deep = parse(b"<a>" * 50_000)
    assert "200 deep" in deep.fault
    parse(b"<a " + b"x='1' " * 50_000)
    parse(b"<!--" * 50_000)
    assert time.process_time() - began < 20


def test_examples_run() -> None:
    assert doctest.testmod(xml).failed == 0
    assert doctest.testmod(links).failed == 0
