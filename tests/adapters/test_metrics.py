"""Measures as Prometheus reads them: on paper, in a file, over a real socket."""

import socket
import threading
import urllib.error
import urllib.request
from contextlib import closing

import pytest
from prometheus_client.parser import text_string_to_metric_families

from monitor.adapters.metrics import page, serving, write
from monitor.errors import SettingsError, StoreError
from monitor.jobs.ports import Measure, Measured, MeasureKind

ODD = 'a "quoted" \\ name\nin two lines'
MEASURES = (
    Measure(
        "monitor_source_articles",
        "New articles.",
        MeasureKind.COUNTER,
        (Measured({"source": "herald", "outlet": "h"}, 4.0), Measured({"source": ODD, "outlet": "h"}, 0.0)),
    ),
    Measure(
        "monitor_source_last_heard_timestamp_seconds", "When.", MeasureKind.GAUGE, (Measured({}, 1795766400.5),)
    ),
    Measure("monitor_source_gap_start_timestamp_seconds", "None is.", MeasureKind.GAUGE, ()),
)


def read(text: str) -> dict[tuple[str, tuple], float]:
    return {
        (s.name, tuple(sorted(s.labels.items()))): s.value
        for family in text_string_to_metric_families(text)
        for s in family.samples
    }


EXPECTED = {
    ("monitor_source_articles_total", (("outlet", "h"), ("source", "herald"))): 4.0,
    ("monitor_source_articles_total", (("outlet", "h"), ("source", ODD))): 0.0,
    ("monitor_source_last_heard_timestamp_seconds", ()): 1795766400.5,
}


def test_a_page_says_what_was_measured():
    text = page(MEASURES).decode()
    assert read(text) == EXPECTED
    assert "# TYPE monitor_source_articles_total counter" in text
    assert "# HELP monitor_source_gap_start_timestamp_seconds None is." in text


def test_a_file_is_whole_at_any_moment(tmp_path):
    file = tmp_path / "monitor.prom"
    write(MEASURES, file)
    over, torn = threading.Event(), []

    def look():
        while not over.is_set():
            torn.extend([text] if not (text := file.read_text()).endswith("\n") or not text else [])

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(50):
        write(MEASURES, file)
    over.set()
    reader.join()
    assert torn == []
    assert read(file.read_text()) == EXPECTED
    assert [f.name for f in tmp_path.iterdir()] == ["monitor.prom"]


def get(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_it_is_served_on_the_loopback_and_only_there():
    with serving(free_port(), lambda: MEASURES) as port:
        status, text = get(port, "/metrics")
        assert (status, read(text)) == (200, EXPECTED)
        assert get(port, "/metrics?name[]=x")[0] == 200
        assert get(port, "/")[0] == 404
        with closing(socket.socket()) as outside:
            outside.settimeout(2)
            with pytest.raises(OSError):  # noqa: PT011 (refused, or no such address: either way nobody answers)
                outside.connect(("127.0.0.2", port))
    with pytest.raises(urllib.error.URLError):
        get(port, "/metrics")


def test_a_database_that_is_away_is_said_and_the_next_scrape_is_answered():
    broken = [True]

    def measures():
        if broken[0]:
            raise StoreError("the database refused: gone")
        return MEASURES

    with serving(free_port(), measures) as port:
        assert get(port, "/metrics") == (503, "the database refused: gone\n")
        broken.clear()
        broken.append(False)
        assert get(port, "/metrics")[0] == 200


def test_a_port_that_is_taken_is_said():
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        said = rf"metrics.port: {port} cannot be listened on: .*give another"
        with pytest.raises(SettingsError, match=said), serving(port, lambda: MEASURES):
            pass
