"""HTML to plain text (contract, section 2): entities, paragraphs, what is unseen; and linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.markup import plain

CASES = [
    ("", ""),
    ("  two\n words ", "two words"),
    ("<p>One</p><p>Two</p>", "One\n\nTwo"),
    ("<p>One<p>Two", "One\n\nTwo"),
    ("One<br>two", "One\ntwo"),
    ("One<br/><br />Two", "One\n\nTwo"),
    ("plain\n\nwith a blank line\nand a break", "plain\n\nwith a blank line and a break"),
    ("windows\r\n\r\nlines", "windows\n\nlines"),
    ("<div>\n\n  laid\n\n out  </div>", "laid out"),
    ("<ul><li>a</li><li>b</li></ul>c", "a\n\nb\n\nc"),
    ("<h2>Head</h2>text", "Head\n\ntext"),
    ("bo<b>l</b>d", "bold"),
    ("&pound;5 &amp; &#8364;6&nbsp;&#x2019;", "£5 & €6 ’"),
    ("Carer&amp;#8217;s", "Carer’s"),
    ("Carer&amp;amp;#8217;s", "Carer’s"),
    ("Carer&amp;amp;amp;#8217;s", "Carer&#8217;s"),
    ("&lt;p&gt;escaped&lt;/p&gt;&lt;p&gt;once&lt;/p&gt;", "escaped\n\nonce"),
    ("<p>a<br>b &lt;i&gt;c&lt;/i&gt;</p><p>d</p>", "a\nb c\n\nd"),
    ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
    ("I <3 Fife", "I <3 Fife"),
    ("<Company> is a name", "<Company> is a name"),
    ("<o:p>word</o:p><x-widget>y</x-widget>", "wordy"),
    ('<img alt="profit > loss">up', "up"),
    ("<a title=it's href='x'>link</a> isn't", "link isn't"),
    ("a<!-- <p>hidden</p> -->b", "ab"),
    ("a<!-- never closed", "a"),
    ("<script>var a = '</p>';</script>b<style>c{}</style>", "b"),
    ("<script>never closed", "never closed"),
    ("<title>Name</title><p>text</p>", "text"),
    ("cut off in a <a href='http://exam", "cut off in a"),
    ("a<", "a<"),
    ("a</", "a</"),
    ("\x02\x03 marks of ours", "marks of ours"),
]


@pytest.mark.parametrize(("html", "text"), CASES)
def test_what_a_reader_sees(html: str, text: str) -> None:
    assert plain(html) == text


@given(st.text(alphabet="<>&;/abp!-='\" \n#x1lt", max_size=200))
def test_any_text_gives_text_without_markup_of_ours(html: str) -> None:
    text = plain(html)
    assert "\x02" not in text
    assert "\x03" not in text
    assert text == text.strip()


@given(st.lists(st.text(alphabet="abc ’£é", min_size=1).filter(str.strip), min_size=1))
def test_paragraphs_stay_paragraphs(paragraphs: list[str]) -> None:
    expected = [" ".join(paragraph.split()) for paragraph in paragraphs]
    assert plain("".join(f"<p>{p}</p>" for p in paragraphs)).split("\n\n") == expected
    assert plain("\n\n".join(expected)) == "\n\n".join(expected)


NASTY = ["<", "<a ", '<a href="', "<!--", "<script>", "<b>", "&amp;", "&lt;", "<svg x", "= ", "\n ", "<br>", "</"]
NASTY += [" ", "\n", "\x02", "<br> "]


@pytest.mark.parametrize("piece", NASTY)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    began = time.process_time()
    plain(piece * 200_000)
    assert time.process_time() - began < 20
