"""The mail that says what is wrong with us."""

from datetime import UTC, datetime

from monitor.core.notice import COMMANDS, Notice, notice_edition, notice_mail

NOW = datetime(2026, 11, 26, 8, tzinfo=UTC)
SILENT = Notice("a", "the_courier-news is silent: nothing for 40 hours; look at <its page>")
WAITS = Notice("b", "1 mail of sss/morning/1 waits: 451 later")


def test_the_first_leads_and_the_others_are_counted():
    assert notice_mail([SILENT]).subject == "Monitor: the_courier-news is silent"
    assert notice_mail([SILENT, WAITS]).subject == "Monitor: the_courier-news is silent and 1 more"


def test_every_notice_is_told_whole_in_both_parts_with_what_shows_more():
    mail = notice_mail([SILENT, WAITS])
    assert [line for line in mail.text.splitlines() if line.startswith("- ")] == [
        f"- {SILENT.line}",
        f"- {WAITS.line}",
    ]
    assert "<b>the_courier-news is silent</b>: nothing for 40 hours; look at &lt;its page&gt;" in mail.html
    assert "<h1>2 things to look at</h1>" in mail.html
    assert all(command in part for command in COMMANDS for part in (mail.text, mail.html))
    assert "://" not in mail.html


def test_it_is_an_edition_about_ourselves():
    edition = notice_edition("alarms", [WAITS], NOW)
    assert (edition.agreement, edition.digest, edition.window.end) == ("-", "alarms", NOW)
