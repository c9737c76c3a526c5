"""Bytes to text under right, missing and wrong labels (F12)."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.charset import declared, decode

TEXT = "<p>Gàidhlig: £5 – “Carer’s” é</p>"


@pytest.mark.parametrize("label", ["", "text/html", "text/html; charset=utf-8", "text/html; charset=iso-8859-1"])
def test_utf_8_is_utf_8_whatever_is_said(label: str) -> None:
    assert decode(TEXT.encode(), label) == TEXT


@pytest.mark.parametrize(
    "label", ["", "utf-8", "iso-8859-1", "windows-1252", "us-ascii", "nonsense", "utf-7", "hex"]
)
def test_cp1252_is_read_under_every_wrong_label(label: str) -> None:
    assert decode(TEXT.encode("cp1252"), f"text/html; charset={label}") == TEXT


@pytest.mark.parametrize(
    ("charset", "bom"),
    [
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
def test_wide_charsets_and_boms(charset: str, bom: bytes) -> None:
    assert decode(bom + TEXT.encode(charset), "text/html; charset=utf-8") == TEXT


def test_one_wrong_byte_does_not_cost_the_others() -> None:
    body = ("<p>" + "’é£" * 50 + "</p>").encode() + b"\xa3"
    assert decode(body, "charset=utf-8") == "<p>" + "’é£" * 50 + "</p>£"
    assert decode(body, "charset=iso-8859-1") == "<p>" + "’é£" * 50 + "</p>£"


@pytest.mark.parametrize(
    ("charset", "text"),
    [("euc-kr", "한국어"), ("windows-1251", "Привет, мир"), ("big5", "中文網頁"), ("iso-8859-2", "žluť")],
)
def test_labels_that_are_right_are_believed(charset: str, text: str) -> None:
    assert decode(text.encode(charset), f"text/html; charset={charset}") == text
    assert decode(f"<meta charset='{charset}'>{text}".encode(charset)).endswith(text)


def test_the_header_goes_before_the_text_and_nonsense_is_passed_over() -> None:
    body = b"<?xml version='1.0' encoding='koi8-r'?><meta charset=big5>"
    assert declared(body, "text/xml; charset=ISO-8859-1") == "iso8859-1"
    assert declared(body, "text/xml; charset=bogus") == "koi8-r"
    assert declared(b"<meta http-equiv=x content='text/html; charset=big5'>") == "big5"
    assert declared(b"no label") == ""


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_are_text(body: bytes, label: str) -> None:
    assert isinstance(decode(body, f"text/html; charset={label}"), str)
