"""Bodies as they were before they were compressed for the way: gzip, deflate, br, one over the other.

Everything comes in small pieces, so that who counts them can stop in time: a few kilobytes may hold gigabytes.
A stream that breaks off gives what it had.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping

import brotli

PIECE = 65_536
"""Bytes of a piece, at most."""
MOST_LAYERS = 4
_GZIP = b"\x1f\x8b"

Layer = Callable[[bytes], Iterator[bytes]]
"""Takes the bytes that came next, gives what they hold."""


class CannotDecode(Exception):
    """The bytes are not compressed as was said, or in a way we do not know; the message says it of the answer."""


def decoder(encodings: str) -> Layer:
    """What undoes a Content-Encoding, the last coding first; it is fed the body in order.

    Raises:
        CannotDecode: a coding we never ask for, whose bytes would be taken for text; or too many.
    """
    names = [name for part in encodings.split(",") if (name := part.strip().lower()) not in {"", "identity"}]
    if unknown := sorted(set(names) - set(_LAYERS)):
        raise CannotDecode(f"is compressed in a way we did not ask for ({', '.join(unknown)})")
    if len(names) > MOST_LAYERS:
        raise CannotDecode(f"is compressed {len(names)} times over")
    layers = [_LAYERS[name]() for name in reversed(names)]

    def decoded(data: bytes) -> Iterator[bytes]:
        pieces: Iterable[bytes] = (data,)
        for layer in layers:
            pieces = _through(layer, pieces)
        try:
            yield from pieces
        except (zlib.error, brotli.error) as error:
            raise CannotDecode("its compressed answer cannot be read") from error

    return decoded


def _through(layer: Layer, pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        yield from layer(piece)


def _inflated(inner: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    piece = inner.decompress(data, PIECE)
    while piece:
        yield piece
        piece = inner.decompress(inner.unconsumed_tail, PIECE)


class _Gzip:
    """Every member of a gzip file; what is no member after one is padding, and left."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._next = b""
        """What came after a member."""

    def __call__(self, data: bytes) -> Iterator[bytes]:
        while True:
            if self._inner.eof:
                self._next += data
                if len(self._next) < len(_GZIP) or not self._next.startswith(_GZIP):
                    self._next = self._next[: len(_GZIP)]
                    return
                data, self._next = self._next, b""
                self._inner = zlib.decompressobj(zlib.MAX_WBITS | 16)
            yield from _inflated(self._inner, data)
            if not self._inner.eof:
                return
            data = self._inner.unused_data


class _Deflate:
    """Deflate as RFC 9110 means it, in zlib's wrapping, or bare, as some servers send it."""

    def __init__(self) -> None:
        self._inner: zlib._Decompress | None = None
        self._head = b""

    def __call__(self, data: bytes) -> Iterator[bytes]:
        if self._inner is None:
            self._head += data
            if len(self._head) < 2:
                return
            wrapped = self._head[0] & 15 == 8 and int.from_bytes(self._head[:2]) % 31 == 0
            self._inner = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
            data = self._head
        yield from _inflated(self._inner, data)


class _Brotli:
    """Brotli, RFC 7932."""

    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def __call__(self, data: bytes) -> Iterator[bytes]:
        piece = self._inner.process(data, output_buffer_limit=PIECE)
        while piece:
            yield piece
            piece = self._inner.process(b"", output_buffer_limit=PIECE)


_LAYERS: Mapping[str, Callable[[], Layer]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
}
