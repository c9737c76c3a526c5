"""Outlets that share a host: a name decides nothing between them, and all of them are known to have it."""

from pathlib import Path

from monitor.app import read_agreement
from monitor.core.source import Outlet, Source, Sources
from monitor.jobs.import_articles.outlets import Outlets

SHARED = Sources.of(
    [
        Outlet(
            "post", "Post", "P", "UK", 3, sources=(Source("p", "post", url="https://press.example/post/feed"),)
        ),
        Outlet("echo", "Echo", "P", "UK", 3, homepage="https://www.press.example/echo"),
        Outlet("wire", "Wire", "W", "UK", 3, homepage="https://wire.example/"),
    ]
)


def test_all_outlets_of_a_host_and_of_the_domain_above_it():
    outlets = Outlets(SHARED)
    assert outlets.at("https://press.example/x") == ["post", "echo"]
    assert outlets.at("https://news.wire.example/x") == ["wire"]
    assert outlets.at("https://nobody.example/x") == []
    assert outlets.at("no address") == []
    assert outlets.find("", "https://press.example/x") is None


def test_the_shipped_outlets_of_one_host_are_all_found():
    shipped = read_agreement(Path(__file__).parents[2] / "profiles/social-security-scotland").sources
    found = Outlets(shipped).at("https://www.dailyrecord.co.uk/news/abc")
    assert "daily_record" in found
