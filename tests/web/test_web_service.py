"""The service itself: it listens where it is told to, guards every answer, says plainly what is wrong."""

import http.client
import re
import socket
import sqlite3
import threading
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import pytest
import uvicorn
from browsing import Visitor

from monitor import app, web
from monitor.config import load
from monitor.errors import SettingsError
from monitor.web.pages import STATIC

PAGES = ["/sign-in", "/accessibility", "/no-such-page", "/static/no-such-file"]


def test_it_says_that_it_is_alive(visitor):
    answer = visitor.get("/healthz")
    assert (answer.status, answer.text) == (200, "ok\n")


@pytest.mark.parametrize("path", [*PAGES, "/healthz"])
def test_every_answer_is_guarded(visitor, path):
    headers = visitor.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers
    assert "strict-transport-security" not in headers, "this is not TLS: the promise could not be kept"


@pytest.mark.parametrize("path", PAGES[:-1])
def test_a_page_holds_nothing_inline_and_nothing_from_elsewhere(visitor, path):
    text = visitor.get(path).text
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text)
    assert not re.search(r"<script(?! type=\"module\" src=\"/static/)", text)
    assert not re.search(r'(?:src|href|action)="(?!/|#)', text)


def test_what_pages_load_is_there_and_may_be_kept(visitor):
    loaded = re.findall(r'(?:src|href)="(/static/[^"]+)"', visitor.get("/accessibility").text)
    assert len(loaded) >= 4
    for path in loaded:
        answer = visitor.get(path)
        assert answer.status == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.body == (STATIC / path.partition("?")[0].removeprefix("/static/")).read_bytes()


def test_a_licence_lies_beside_what_others_wrote():
    vendored = STATIC / "vendor"
    assert "Permission is hereby granted" in (vendored / "design-system.LICENSE.txt").read_text()
    assert "Permission to use, copy" in (vendored / "htmx.LICENSE.txt").read_text()
    assert not list(vendored.rglob("*logo*"))


def test_a_page_that_is_not_there_says_so_in_plain_words(visitor):
    answer = visitor.get("/no-such-page")
    assert answer.status == 404
    assert "<h1" in answer.text
    assert "There is no such page" in answer.text
    assert visitor.ask("DELETE", "/").status == 405


def test_below_api_an_error_is_a_document(visitor):
    answer = visitor.get("/api/no-such-thing")
    assert answer.status == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_mistake_of_ours_shows_a_number_and_no_trace(made, caplog):
    with app.open_workspace(made) as workspace:
        service = web.create(workspace)

        @service.get("/mistake")
        def mistake() -> None:
            raise ZeroDivisionError("a secret of the code")

        with listened(service) as address:
            answer = Visitor(address).get("/mistake")
    assert answer.status == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    (number,) = re.findall(r"this number: (\w{8})", answer.text)
    assert any(number in line.getMessage() and line.exc_info for line in caplog.records)


@contextmanager
def listened(service):
    """A service with something more in it, on a real socket."""
    with socket.create_server(("127.0.0.1", 0)) as opened:
        server = uvicorn.Server(uvicorn.Config(service, log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, args=([opened],), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{opened.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def test_it_is_not_ready_where_the_database_cannot_be_written(tmp_path):
    """Another process has the write lock and keeps it, as a backup that hangs does: 10 seconds, then 503."""
    (tmp_path / "profiles").mkdir()
    (tmp_path / "monitor.toml").write_text('[web]\nlisten = "127.0.0.1:0"')
    with app.open_workspace(tmp_path) as workspace, web.served(workspace) as address:
        somebody = Visitor(address)
        assert somebody.get("/readyz").status == 200
        with closing(sqlite3.connect(tmp_path / "var" / "monitor.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            answer = somebody.get("/readyz")
            assert (answer.status, answer.headers["retry-after"]) == (503, "30")
            assert somebody.get("/healthz").status == 200
        assert somebody.get("/readyz").status == 200


def test_another_name_for_us_is_refused(visitor):
    assert visitor.get("/", Host="monitor.attacker.example").status == 400


@pytest.mark.parametrize("said", ["20000000", None], ids=["that says so", "that just keeps coming"])
def test_a_body_that_is_too_large_is_refused(visitor, said):
    place = urlsplit(visitor.address)
    with closing(http.client.HTTPConnection(place.hostname, place.port, timeout=60)) as connection:
        if said:
            connection.putrequest("POST", "/")
            connection.putheader("Content-Length", said)
            connection.endheaders()
        else:
            connection.request("POST", "/", iter([b"x" * 400_000] * 4), encode_chunked=True)
        assert connection.getresponse().status == 413


def test_the_accessibility_statement_names_whom_to_tell(serving):
    assert "access@body.example" in serving('contact = "access@body.example"').get("/accessibility").text


# --------------------------------------------------------------- where it listens


def listening(home, *lines):
    (home / "monitor.toml").write_text("\n".join(["[web]", *lines]))
    with app.open_workspace(home) as workspace, web.served(workspace) as address:
        return address and Visitor(address).get("/healthz")


@pytest.fixture
def home(tmp_path):
    (tmp_path / "profiles").mkdir()
    return tmp_path


def test_it_listens_nowhere_when_told_so(home):
    assert listening(home, 'listen = ""') is None


def test_it_listens_on_the_loopback_by_default(home):
    assert load(home).web.listen == "127.0.0.1:8420"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_behind_tls_it_names_its_address_and_promises_to_keep_to_it(home, host):
    port = free_port()
    lines = (f'listen = "{host}:{port}"', 'address = "https://monitor.body.example"')
    (home / "monitor.toml").write_text("\n".join(["[web]", *lines]))
    with app.open_workspace(home) as workspace, web.served(workspace) as address:
        assert address == "https://monitor.body.example"
        answer = Visitor(f"http://127.0.0.1:{port}").get("/healthz", Host="monitor.body.example")
    assert answer.status == 200
    assert "max-age" in answer.headers["strict-transport-security"]


def test_an_address_that_is_taken_is_refused_with_the_setting(home):
    with socket.create_server(("127.0.0.1", 0)) as other:
        listen = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(SettingsError, match=f"web.listen: {listen} cannot be listened on"):
            listening(home, f'listen = "{listen}"')


def test_no_network_hears_it_without_tls(home):
    with pytest.raises(SettingsError, match="unencrypted"):
        listening(home, 'listen = "0.0.0.0:0"')


@pytest.mark.parametrize(
    ("line", "remedy"),
    [('listen = "8420"', "write it as 127.0.0.1:8420"), ('address = "monitor.example"', "write it as https://")],
)
def test_a_setting_that_is_wrong_says_how_to_write_it(home, line, remedy):
    with pytest.raises(SettingsError, match=remedy):
        listening(home, line)
