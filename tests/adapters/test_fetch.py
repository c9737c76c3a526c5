"""Fetching against servers at fault (F1-F4, F6, F8-F10): real sockets, small limits."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import ssl
import subprocess
import sys
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import brotli
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response
from wire import head, saying, serving

from monitor.adapters.fetch import HttpFetcher, Limits, user_agent
from monitor.adapters.fetch.addresses import Guard, refusal
from monitor.adapters.fetch.decoding import decoder
from monitor.errors import AddressRefused, BodyTooLarge, FetchError, FetchTimeout, HostUnreachable
from monitor.jobs.ports import Fetched

HERE = frozenset({"127.0.0.1", "localhost"})
PATIENT = Limits(connect=30, read=30, total=60, body=100_000)
"""For all that answers: a busy machine fails nothing here."""
SILENT = replace(PATIENT, read=0.5)
DRIPPING = replace(PATIENT, total=1.5)
LONG = 60.0
"""Seconds of a silence that no test waits for."""


async def fetched(url: str, limits: Limits = PATIENT, **options: Any) -> Fetched:
    async with HttpFetcher(contact="press@example.org", limits=limits, allowed_private=HERE) as fetcher:
        return await fetcher.fetch(url, **options)


def resolving(*answers: list[str]) -> Callable[[str, int], Awaitable[list[str]]]:
    """A resolver that gives the answers in turn, the last one for ever."""
    remaining = list(answers)

    async def resolve(host: str, port: int) -> list[str]:
        return remaining.pop(0) if len(remaining) > 1 else remaining[0]

    return resolve


# --------------------------------------------------------------- the plain way


def test_says_who_we_are_and_gives_the_answer_with_its_validators(httpserver: HTTPServer) -> None:
    headers = {"ETag": '"v1"', "Last-Modified": "Mon, 02 Mar 2026 10:00:00 GMT", "Content-Type": "text/xml"}
    httpserver.expect_request("/feed", headers={"User-Agent": user_agent("press@example.org")}).respond_with_data(
        "<rss/>", headers=headers
    )
    answer = asyncio.run(fetched(httpserver.url_for("/feed")))
    assert answer == Fetched(
        url=httpserver.url_for("/feed"),
        status=200,
        body=b"<rss/>",
        content_type="text/xml",
        etag='"v1"',
        last_modified="Mon, 02 Mar 2026 10:00:00 GMT",
    )


def test_asks_only_for_what_changed(httpserver: HTTPServer) -> None:
    conditional = {"If-None-Match": '"v1"', "If-Modified-Since": "Mon, 02 Mar 2026 10:00:00 GMT"}
    httpserver.expect_request("/feed", headers=conditional).respond_with_data(status=304)
    url = httpserver.url_for("/feed")
    answer = asyncio.run(fetched(url, etag='"v1"', last_modified="Mon, 02 Mar 2026 10:00:00 GMT"))
    assert (answer.status, answer.body) == (304, b"")


def test_not_modified_is_a_fault_when_nothing_was_asked(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/feed").respond_with_data(status=304)
    with pytest.raises(FetchError, match="answers 304"):
        asyncio.run(fetched(httpserver.url_for("/feed")))


def test_a_validator_that_would_break_the_request_is_not_sent(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/feed").respond_with_data("ok")
    answer = asyncio.run(fetched(httpserver.url_for("/feed"), etag='"a"\r\nX-Evil: 1'))
    assert answer.body == b"ok"
    assert "X-Evil" not in httpserver.log[0][0].headers


@pytest.mark.parametrize("status", [204, 401, 403, 404, 410, 429, 500, 503, 599])
def test_every_other_status_is_an_error_that_names_it(httpserver: HTTPServer, status: int) -> None:
    httpserver.expect_request("/feed").respond_with_data(status=status)
    with pytest.raises(FetchError, match=f"^answers {status}") as caught:
        asyncio.run(fetched(httpserver.url_for("/feed")))
    assert (caught.value.status, caught.value.url) == (status, httpserver.url_for("/feed"))


@pytest.mark.parametrize(
    "encoding", ["gzip", "x-gzip", "deflate", "bare deflate", "br", "gzip, gzip", "gzip, br", "identity"]
)
def test_undoes_compression(httpserver: HTTPServer, encoding: str) -> None:
    text = b"<rss>a feed</rss>" * 9_000
    headers = {"Content-Encoding": encoding.removeprefix("bare ")}
    httpserver.expect_request("/feed").respond_with_data(packed(text, encoding), headers=headers)
    assert asyncio.run(fetched(httpserver.url_for("/feed"), Limits())).body == text


@pytest.mark.parametrize("between", [b"", bytes(512)])
@pytest.mark.parametrize("cut", [1, 7, 100_000])
def test_every_member_of_a_gzip_body_is_read_and_padding_is_left(between: bytes, cut: int) -> None:
    members = [gzip.compress(f"<item>{n}</item>".encode()) for n in range(3)]
    body = b"".join(members) + between
    undo = decoder("gzip")
    parts = [body[n : n + cut] for n in range(0, len(body), cut)]
    assert b"".join(p for part in parts for p in undo(part)) == b"<item>0</item><item>1</item><item>2</item>"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_compressed_body_that_breaks_off_gives_what_it_had(encoding: str) -> None:
    text = bytes(range(256)) * 4_000
    half = packed(text, encoding)[: len(packed(text, encoding)) // 2]
    got = b"".join(decoder(encoding)(half))
    assert got
    assert text.startswith(got)


def packed(body: bytes, encoding: str) -> bytes:
    for name in encoding.split(", "):
        match name:
            case "gzip" | "x-gzip":
                body = gzip.compress(body)
            case "deflate":
                body = zlib.compress(body)
            case "bare deflate":
                body = zlib.compress(body)[2:-4]
            case "br":
                body = brotli.compress(body, quality=1)
    return body


@pytest.mark.parametrize("encoding", ["zstd", "gzip, zstd", "compress", "gzip, gzip, gzip, gzip, gzip"])
def test_does_not_take_what_it_cannot_decompress_for_text(httpserver: HTTPServer, encoding: str) -> None:
    httpserver.expect_request("/feed").respond_with_data(b"\x0b\x02", headers={"Content-Encoding": encoding})
    with pytest.raises(FetchError, match="is compressed"):
        asyncio.run(fetched(httpserver.url_for("/feed")))


def test_of_a_body_no_more_is_read_than_is_wanted(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data(b"x" * 90_000)
    answer = asyncio.run(fetched(httpserver.url_for("/robots.txt"), replace(PATIENT, body=50_000), most=1_000))
    assert answer.body == b"x" * 1_000


def test_broken_compression_is_an_error(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/feed").respond_with_data(b"not gzip", headers={"Content-Encoding": "gzip"})
    with pytest.raises(FetchError, match="compressed answer cannot be read"):
        asyncio.run(fetched(httpserver.url_for("/feed")))


# --------------------------------------------------------------- time (F1, F2)


def failure_of(*parts: bytes | float, limits: Limits = PATIENT) -> FetchError:
    """What fetching from a server that says this raises."""

    async def run() -> FetchError:
        async with serving(saying(*parts)) as wire:
            with pytest.raises(FetchError) as caught:
                await fetched(wire.url(), limits)
            return caught.value

    return asyncio.run(run())


@pytest.mark.parametrize("said", [[], [head(Content_Length="5")], [head(Content_Length="5"), b"<rs"]])
def test_silence_ends_at_the_read_limit(said: list[bytes]) -> None:
    error = failure_of(*said, LONG, limits=SILENT)
    assert isinstance(error, FetchTimeout)
    assert str(error) == "silent for 0.5 seconds"


def test_a_slow_drip_ends_at_the_total_limit() -> None:
    error = failure_of(head(Content_Length="1000"), *[b"x", 0.1] * 600, limits=DRIPPING)
    assert isinstance(error, FetchTimeout)
    assert "after 1.5 seconds" in str(error)


def test_a_drip_of_headers_ends_too() -> None:
    error = failure_of(b"HTTP/1.1 200 OK\r\n", *[b"X-A: b\r\n", 0.1] * 600, limits=DRIPPING)
    assert isinstance(error, FetchTimeout)
    assert "after 1.5 seconds" in str(error)


def test_a_resolver_that_hangs_ends_at_the_total_limit() -> None:
    async def hang(host: str, port: int) -> list[str]:
        await asyncio.sleep(LONG)
        return []

    async def run() -> None:
        async with HttpFetcher(limits=DRIPPING, resolver=hang) as fetcher:
            await fetcher.fetch("http://example.org/")

    with pytest.raises(HostUnreachable, match=r"name was not resolved within 1\.5 seconds"):
        asyncio.run(run())


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ([b""], "not HTTP as it should be"),
        ([b"SSH-2.0-OpenSSH\r\n"], "not HTTP as it should be"),
        ([head(Content_Length="500"), b"half"], "not HTTP as it should be"),
        ([b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"b" * 200_000 + b"\r\n\r\n"], "not HTTP as it should be"),
    ],
)
def test_answers_that_break_off_or_are_no_http(said: list[bytes], why: str) -> None:
    assert why in str(failure_of(*said))


def test_a_closed_port_cannot_be_connected_to() -> None:
    async def run() -> None:
        async with serving(saying()) as wire:
            url = wire.url()
        await fetched(url)

    with pytest.raises(FetchError, match="cannot be connected to"):
        asyncio.run(run())


# --------------------------------------------------------------- size (F10)


def test_an_announced_giant_is_not_read() -> None:
    error = failure_of(head(Content_Length="2000000000"))
    assert isinstance(error, BodyTooLarge)
    assert "2,000,000,000" in str(error)


def test_an_unannounced_giant_is_cut_off() -> None:
    error = failure_of(head(Connection="close"), *[b"x" * 65_536] * 40)
    assert isinstance(error, BodyTooLarge)


BOMB = """
import asyncio, pathlib, resource, sys
sys.path.insert(0, sys.argv[1])
from wire import head, saying, serving
from monitor.adapters.fetch import HttpFetcher
from monitor.errors import BodyTooLarge

async def main(encoding, body):
    here = frozenset({"127.0.0.1"})
    bomb = saying(head(Content_Length=str(len(body)), Content_Encoding=encoding), body)
    async with serving(bomb) as wire, HttpFetcher(allowed_private=here) as fetcher:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            await fetcher.fetch(wire.url())
        except BodyTooLarge:
            print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)

asyncio.run(main(sys.argv[2], pathlib.Path(sys.argv[3]).read_bytes()))
"""


@pytest.mark.parametrize("encoding", ["gzip", "gzip, gzip", "deflate", "br"])
def test_a_bomb_is_stopped_with_little_memory(tmp_path: Path, encoding: str) -> None:
    body = packed(bytes(200_000_000), encoding)
    bomb, script = tmp_path / "bomb", tmp_path / "run.py"
    bomb.write_bytes(body)
    script.write_text(BOMB)
    command = [sys.executable, str(script), str(Path(__file__).parent), encoding, str(bomb)]
    root = str(Path(__file__).parents[2])
    grown = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": root})
    assert int(grown.stdout) < 50_000  # kB


# --------------------------------------------------------------- where to (F8, F9)


def redirecting(target: str) -> Callable[[Request], Response]:
    return lambda request: Response(status=302, headers={"Location": target})


def test_follows_redirects_and_says_where_it_ended(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/old").respond_with_handler(redirecting("/new"))
    httpserver.expect_request("/new").respond_with_data("here")
    answer = asyncio.run(fetched(httpserver.url_for("/old")))
    assert (answer.url, answer.body) == (httpserver.url_for("/new"), b"here")


def test_five_redirects_are_followed_and_six_are_not(httpserver: HTTPServer) -> None:
    for hop in range(7):
        httpserver.expect_request(f"/{hop}").respond_with_handler(redirecting(f"/{hop + 1}"))
    httpserver.expect_request("/7").respond_with_data("end")
    assert asyncio.run(fetched(httpserver.url_for("/2"))).body == b"end"
    with pytest.raises(FetchError, match="redirects more than 5 times"):
        asyncio.run(fetched(httpserver.url_for("/1")))
    assert len(httpserver.log) == 6 + 6


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [([301], "/1"), ([308, 301], "/2"), ([301, 302], "/1"), ([302], ""), ([302, 301], ""), ([307, 303], "")],
)
def test_says_where_permanent_redirects_alone_led(httpserver: HTTPServer, statuses: list[int], moved: str) -> None:
    for hop, status in enumerate(statuses):
        httpserver.expect_request(f"/{hop}").respond_with_data(status=status, headers={"Location": f"/{hop + 1}"})
    httpserver.expect_request(f"/{len(statuses)}").respond_with_data("end")
    answer = asyncio.run(fetched(httpserver.url_for("/0")))
    assert answer.moved_to == (httpserver.url_for(moved) if moved else "")


def test_what_a_busy_server_says_of_waiting_is_carried_on(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/feed").respond_with_data(status=503, headers={"Retry-After": " 120"})
    with pytest.raises(FetchError) as caught:
        asyncio.run(fetched(httpserver.url_for("/feed")))
    assert (caught.value.status, caught.value.retry_after.strip()) == (503, "120")


class Slow:
    """Turns that are long in coming."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.given: list[str] = []

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        await asyncio.sleep(self.seconds)
        self.given.append(url)
        yield


def test_every_hop_has_its_turn_and_waiting_for_it_takes_no_time_from_the_answer(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/old").respond_with_handler(redirecting("/new"))
    httpserver.expect_request("/new").respond_with_data("here")
    turns, limits = Slow(3.0), replace(PATIENT, total=5)
    answer = asyncio.run(fetched(httpserver.url_for("/old"), limits, turns=turns))
    assert answer.body == b"here"
    assert turns.given == [httpserver.url_for("/old"), httpserver.url_for("/new")]


def test_a_cookie_given_on_the_way_is_shown_on_the_way_and_forgotten(httpserver: HTTPServer) -> None:
    def answer(request: Request) -> Response:
        if request.cookies.get("seen"):
            return Response("in")
        return Response(status=302, headers={"Location": "/wall", "Set-Cookie": "seen=1; Path=/"})

    httpserver.expect_request("/wall").respond_with_handler(answer)

    async def twice() -> None:
        async with HttpFetcher(allowed_private=HERE) as fetcher:
            for _ in range(2):
                assert (await fetcher.fetch(httpserver.url_for("/wall"))).body == b"in"

    asyncio.run(twice())
    assert len(httpserver.log) == 4


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://2130706434/",
        "http://0x7f.2/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "http://user:secret@example.org/",
    ],
)
def test_no_redirect_leads_inside(httpserver: HTTPServer, target: str) -> None:
    httpserver.expect_request("/feed").respond_with_handler(redirecting(target))
    with pytest.raises(AddressRefused) as caught:
        asyncio.run(fetched(httpserver.url_for("/feed")))
    assert "secret" not in f"{caught.value} {caught.value.url}"


@pytest.mark.parametrize("target", ["http://[bad/", "//", "http://", "\xff", "http://127.0.0.1:99999/"])
def test_a_redirect_to_nonsense_is_an_error_of_ours(target: str) -> None:
    assert failure_of(head("301 Moved", Location=target, Content_Length="0"))


@pytest.mark.parametrize("url", ["", "feed", "http://", "https:///x", "javascript:alert(1)", "\0"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        asyncio.run(fetched(url))


def test_connects_to_the_checked_address_only() -> None:
    """A name that is public when checked and loopback afterwards: the trap on loopback sees nobody."""

    async def run() -> int:
        async with serving(saying(head(), b"trapped")) as wire:
            resolver = resolving(["192.0.2.1"], ["127.0.0.1"])
            guard_passes = resolving(["203.0.113.9"], ["127.0.0.1"])
            for answers in (resolver, guard_passes):
                async with HttpFetcher(limits=replace(PATIENT, connect=0.5), resolver=answers) as fetcher:
                    with pytest.raises(FetchError):
                        await fetcher.fetch(f"http://rebind.example:{wire.port}/")
            return len(wire.requests)

    assert asyncio.run(run()) == 0


def test_a_host_is_resolved_once_and_named_as_asked() -> None:
    asked: list[str] = []

    async def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    async def run() -> bytes:
        async with serving(saying(head(Content_Length="2"), b"ok")) as wire:
            name = frozenset({f"paper.example:{wire.port}"})
            async with HttpFetcher(limits=PATIENT, resolver=resolver, allowed_private=name) as fetcher:
                await fetcher.fetch(f"http://paper.example:{wire.port}/feed")
            return wire.requests[0].replace(str(wire.port).encode(), b"PORT")

    assert b"Host: paper.example:PORT\r\n" in asyncio.run(run())
    assert asked == ["paper.example"]


def test_another_address_of_the_host_is_tried() -> None:
    async def run() -> bytes:
        async with serving(saying(head(Content_Length="2"), b"ok")) as wire:
            name = frozenset({"two.example"})
            resolver = resolving(["127.0.0.9", "127.0.0.1"])
            async with HttpFetcher(limits=PATIENT, resolver=resolver, allowed_private=name) as fetcher:
                return (await fetcher.fetch(f"http://two.example:{wire.port}/")).body

    assert asyncio.run(run()) == b"ok"


def test_one_private_address_refuses_the_host() -> None:
    guard = Guard(resolver=resolving(["93.184.216.34", "10.0.0.1"]))
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1"):
        asyncio.run(guard.addresses("mixed.example", 80, url="http://mixed.example/"))


def test_a_name_nobody_knows_says_so() -> None:
    async def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(FetchError, match=r"the name gone\.example cannot be resolved"):
        asyncio.run(Guard(resolver=unknown).addresses("gone.example", 80, url="http://gone.example/"))


REFUSED = """
0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 192.0.0.1 192.168.1.1 198.18.0.1 192.0.2.1
224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:93.184.216.34 ::7f00:1 ::ffff:0:7f00:1
64:ff9b::7f00:1 64:ff9b::5db8:d822 64:ff9b:1::1 2002:7f00:1:: 2001:0:5ef5:79fd::1 fc00::1 fd12::1 fe80::1 fec0::1
ff02::1 2001:db8::1 100::1
""".split()


@pytest.mark.parametrize("address", REFUSED)
def test_addresses_that_are_not_of_the_open_web(address: str) -> None:
    assert refusal(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
def test_addresses_of_the_open_web(address: str) -> None:
    assert refusal(ipaddress.ip_address(address)) == ""


def test_allowed_hosts_may_be_inside_but_not_anything() -> None:
    guard = Guard(frozenset({"demo.example:8000"}), resolving(["127.0.0.1"]))
    assert asyncio.run(guard.addresses("demo.example", 8000, url="")) == ["127.0.0.1"]
    with pytest.raises(AddressRefused):
        asyncio.run(guard.addresses("demo.example", 8001, url=""))
    metadata = Guard(frozenset({"demo.example"}), resolving(["169.254.169.254"]))
    with pytest.raises(AddressRefused):
        asyncio.run(metadata.addresses("demo.example", 80, url=""))


# --------------------------------------------------------------- TLS (F6)


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}",
         "-addext", f"subjectAltName=DNS:{name}", "-keyout", key, "-out", cert],
        check=True, capture_output=True,
    )  # fmt: skip
    return key, cert


async def fetched_over_tls(folder: Path, host: str, *, trusted: bool) -> bytes:
    key, cert = certificate(folder, "paper.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    trust = ssl.create_default_context(cafile=str(cert) if trusted else None)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head(Content_Length="4") + b"safe")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    inside = frozenset({host})
    async with (
        server,
        HttpFetcher(
            limits=PATIENT, allowed_private=inside, resolver=resolving(["127.0.0.1"]), verify=trust
        ) as fetcher,
    ):
        return (await fetcher.fetch(f"https://{host}:{port}/")).body


def test_the_certificate_is_checked_for_the_name_not_the_address(tmp_path: Path) -> None:
    assert asyncio.run(fetched_over_tls(tmp_path, "paper.example", trusted=True)) == b"safe"
    with pytest.raises(FetchError, match="certificate or encryption is at fault: Hostname mismatch"):
        asyncio.run(fetched_over_tls(tmp_path, "other.example", trusted=True))


def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"certificate or encryption is at fault: self.signed"):
        asyncio.run(fetched_over_tls(tmp_path, "paper.example", trusted=False))
