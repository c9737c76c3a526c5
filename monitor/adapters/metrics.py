"""Measures in the form Prometheus reads: printed, written to a file, or served on this machine's loopback."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest, write_to_textfile
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from monitor.errors import MonitorError, SettingsError
from monitor.jobs.ports import Measure, MeasureKind

LOOPBACK = "127.0.0.1"
PATH = "/metrics"


def page(measures: Iterable[Measure]) -> bytes:
    """The measures as Prometheus' text format has them."""
    return generate_latest(_registry(measures))


def write(measures: Iterable[Measure], file: Path) -> None:
    """The same into a file for the textfile collector, whole at any moment: it is written beside and renamed.

    Raises:
        OSError: the file cannot be written.
    """
    write_to_textfile(str(file), _registry(measures))


@contextmanager
def serving(port: int, read: Callable[[], Iterable[Measure]]) -> Iterator[int]:
    """Answer `/metrics` on the loopback until the block ends; the port. `read` is asked for every answer.

    Raises:
        SettingsError: the port cannot be had.
    """
    try:
        server = ThreadingHTTPServer((LOOPBACK, port), _handler(read))
    except OSError as error:
        why = error.strerror or str(error)
        raise SettingsError(f"metrics.port: {port} cannot be listened on: {why}: give another") from error
    thread = threading.Thread(target=server.serve_forever, name="metrics", daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _registry(measures: Iterable[Measure]) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_Once(measures))
    return registry


class _Once(Collector):
    def __init__(self, measures: Iterable[Measure]) -> None:
        self._families = [_family(measure) for measure in measures]

    def collect(self) -> Iterable[Metric]:
        return self._families


def _family(measure: Measure) -> Metric:
    names = sorted({name for value in measure.values for name in value.labels})
    form = CounterMetricFamily if measure.kind is MeasureKind.COUNTER else GaugeMetricFamily
    family = form(measure.name, measure.text, labels=names)
    for value in measure.values:
        family.add_metric([value.labels.get(name, "") for name in names], value.number)
    return family


def _handler(read: Callable[[], Iterable[Measure]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.partition("?")[0] != PATH:
                return self._answer(404, b"only /metrics is here\n")
            try:
                body = page(read())
            except MonitorError as error:
                return self._answer(503, f"{error}\n".encode())
            return self._answer(200, body, CONTENT_TYPE_LATEST)

        def _answer(self, status: int, body: bytes, kind: str = "text/plain; charset=utf-8") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Every scrape would be a line."""

    return Handler
