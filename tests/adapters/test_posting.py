"""Posting to webhooks and pings: real receivers that take, refuse, break off and are silent."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from wire import Answer, Wire, head, saying, serving

from monitor.adapters.fetch.posting import Poster
from monitor.errors import DeliveryError, RecipientRefused

HERE = frozenset({"127.0.0.1"})


@contextmanager
def receiver(answer: Answer) -> Iterator[Wire]:
    """A receiver in a thread: who posts runs a loop of its own."""
    loop, started, found = asyncio.new_event_loop(), threading.Event(), []

    async def run() -> None:
        async with serving(answer) as wire:
            found.append(wire)
            started.set()
            await stopped.wait()
        waiting = asyncio.all_tasks() - {asyncio.current_task()}
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    stopped = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    started.wait(10)
    try:
        yield found[0]
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join(10)
        loop.close()


def post(wire: Wire, **more: object) -> str:
    poster = Poster(**{"allowed_private": HERE, "seconds": 30.0, "most_seconds": 60.0, **more})
    return poster.post(
        wire.url("/hook/s3cret"), b'{"a":1}', {"Content-Type": "application/json", "webhook-id": "1"}
    )


def test_what_is_taken_is_said_with_our_headers():
    with receiver(saying(head("200 OK", content_length="2"), b"ok")) as wire:
        assert post(wire) == "200 ok"
    (request,) = wire.requests
    assert request.startswith(b"POST /hook/s3cret HTTP/1.1\r\n")
    assert b"content-type: application/json" in request.lower()
    assert b"webhook-id: 1" in request.lower()
    assert b"user-agent: monitor/" in request.lower()


@pytest.mark.parametrize("status", ["202 Accepted", "204 No Content"])
def test_any_success_will_do(status):
    with receiver(saying(head(status, content_length="0"))) as wire:
        assert post(wire) == status.split()[0]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("400 Bad Request", RecipientRefused),
        ("403 Forbidden", RecipientRefused),
        ("404 Not Found", RecipientRefused),
        ("302 Found", RecipientRefused),
        ("429 Too Many Requests", DeliveryError),
        ("503 Unavailable", DeliveryError),
    ],
)
def test_a_refusal_is_for_good_or_for_now(status, kind):
    answer = head(status, content_length="5", location="http://elsewhere.example/") + b"sorry"
    with receiver(saying(answer)) as wire, pytest.raises(DeliveryError, match="sorry") as raised:
        post(wire)
    assert isinstance(raised.value, RecipientRefused) is (kind is RecipientRefused)
    assert not raised.value.unknown
    assert len(wire.requests) == 1


@pytest.mark.parametrize("answer", [saying(60.0), saying(), saying(b"HTTP/1.1 2")])
def test_no_answer_after_all_was_said_is_unknown(answer):
    with receiver(answer) as wire, pytest.raises(DeliveryError) as raised:
        post(wire, seconds=2.0)
    assert raised.value.unknown


def test_a_slow_drip_ends_at_the_limit():
    drip = saying(head(content_length="1000"), *(part for _ in range(100) for part in (b"x", 0.1)))
    with receiver(drip) as wire, pytest.raises(DeliveryError) as raised:
        post(wire, most_seconds=2.0)
    assert raised.value.unknown


def test_a_name_server_that_is_silent_means_that_nothing_was_said():
    async def never(host: str, port: int) -> list[str]:
        await asyncio.Event().wait()
        return []

    with receiver(saying(head(content_length="0"))) as wire, pytest.raises(DeliveryError) as raised:
        post(wire, resolver=never, most_seconds=0.3)
    assert "looked up" in str(raised.value)
    assert not raised.value.unknown
    assert wire.requests == []


def test_a_receiver_that_is_not_there_is_tried_again_later():
    with receiver(saying()) as wire:
        gone = wire
    with pytest.raises(DeliveryError) as raised:
        post(gone)
    assert not isinstance(raised.value, RecipientRefused)
    assert not raised.value.unknown


def test_no_address_inside_is_posted_to_unless_settings_allow_it():
    with (
        receiver(saying(head(content_length="0"))) as wire,
        pytest.raises(RecipientRefused, match="loopback") as raised,
    ):
        post(wire, allowed_private=frozenset())
    assert wire.requests == []
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize("url", ["ftp://x.example/s3cret", "http://u:p@x.example/s3cret", "nonsense s3cret"])
def test_what_is_no_address_of_the_web_is_refused_and_not_told(url):
    with pytest.raises(RecipientRefused) as raised:
        Poster().post(url, b"", {})
    assert "s3cret" not in str(raised.value)
