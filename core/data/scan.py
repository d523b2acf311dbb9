"""One pass over the bytes of a file: its fingerprint, whether it is whole, its encoding, and its lines."""

from __future__ import annotations

import errno
import hashlib
import os
import threading
import zlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Self

from core.data import datasets, parquet
from core.data.encodings import guess_encoding
from core.data.reader import Source, bomb, broken_gzip
from core.errors import SeqlensError
from core.progress import Progress

CHUNK = 1 << 22
WAITING = 0.05  # seconds until a stop is looked for again
_BLOCK = 1 << 18  # bytes that stay in the processor's cache
MOST_OF_A_LINE = 16 << 20  # bytes; DuckDB rejects longer rows than `reader.LONGEST_LINE`, and loses still longer ones
LARGE, MOST_UNPACKED = 1 << 30, 300  # bytes, and times the packed size: beyond both no table is so repetitive


@dataclass(frozen=True)
class Part:
    """One file: all there is, or one of a data set.

    Attributes:
        path: the file, or its address.
        sha256: what tells it from others.
        rows: how many it has; of a text file about how many.
        bytes: its size.
    """

    path: str
    sha256: str
    rows: int
    bytes: int


@dataclass(frozen=True)
class Scan:
    """What a pass over all bytes told.

    Attributes:
        sha256: of the file as it is; of a data set, of those of its files.
        encoding: the one of the whole file: the beginning may have been plain ASCII.
        lines: number of physical lines; 0 for Parquet.
        rows: about how many rows there are: not more than these.
        bytes: of the content, unpacked.
        alike: of a text file, whether all lines end alike, with a line feed or with both signs.
        parts: the file, or those of a data set.
    """

    sha256: str
    encoding: str
    lines: int
    rows: int
    bytes: int
    alike: bool = False
    parts: tuple[Part, ...] = field(default=(), repr=False)

    def without(self, names: frozenset[str]) -> Scan:
        """Without some parts of a data set, named by their paths."""
        parts = tuple(part for part in self.parts if part.path not in names)
        rows, size = sum(part.rows for part in parts), sum(part.bytes for part in parts)
        return replace(self, parts=parts, rows=rows, bytes=size, sha256=_of_all(parts))


NONE: Mapping[str, datasets.Known] = MappingProxyType({})


class Fingerprint:
    """SHA-256 of a file, computed by a thread of its own: it can begin before it is known how the file is to be read.
    To be used in `with`, whose end stops it.

    Attributes:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        """Begin."""
        self.path = path
        self._stopped = threading.Event()
        self._thread = ThreadPoolExecutor(1, "seqlens-fingerprint")
        self._read = 0
        self._found = self._thread.submit(self._compute)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.shutdown()

    def _compute(self) -> str:
        if not self.path.is_file():  # a pipe would be waited for
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        digest, buffer = hashlib.sha256(), bytearray(CHUNK >> 2)
        with self.path.open("rb") as file:
            while (many := file.readinto(buffer)) and not self._stopped.is_set():
                digest.update(memoryview(buffer)[:many])
                self._read += many
        return digest.hexdigest()

    def wait(self, progress: Progress, size: int = 0) -> str:
        """The fingerprint.

        Args:
            size: the bytes of the file, to tell how much of it was read; 0 where others tell that.

        Raises:
            SeqlensError: the file cannot be read.
            Cancelled: the analyst pressed stop.
        """
        progress.check()
        while not wait([self._found], WAITING).done:
            if size:
                progress.step(min(self._read, size), size, "Checking {file}", file=self.path.name)
            progress.check()
        try:
            return self._found.result()
        except OSError as error:
            raise _unreadable(self.path, error) from error


def scan(
    source: Source,
    settled: bool,
    progress: Progress,
    known: Mapping[str, datasets.Known] = NONE,
    begun: Fingerprint | None = None,
) -> Scan:
    """Read a file once from beginning to end; of a data set those files that may have changed.

    Args:
        settled: whether the encoding was told by the analyst, and not guessed.
        known: what was imported before, by path.
        begun: the fingerprint of the file, if it is being computed already.

    Raises:
        SeqlensError: it cannot be read, has a line without end, or is a gzip file that was cut off.
        Cancelled: the analyst pressed stop.
    """
    if source.format == "parquet":
        return _scan_parquet(source, known, progress, begun)
    lines, encoding = _Lines(), _Encoding(source.encoding, settled)
    unzip = _Unzip(source) if source.compressed else None
    with ExitStack() as stack:
        fingerprint = begun or stack.enter_context(Fingerprint(source.path))
        for chunk in _chunks(source.path, progress, 0, source.bytes):
            for plain in unzip.feed(chunk) if unzip else (chunk,):
                progress.check()
                lines.feed(plain)
                if lines.longest > MOST_OF_A_LINE:
                    raise SeqlensError(
                        "{file}, line {line}, is longer than {most} MB and no row of a table. Remove it, or write the "
                        "file again.",
                        file=source.path.name,
                        line=lines.of_longest,
                        most=MOST_OF_A_LINE >> 20,
                    )
                encoding.feed(plain)
        if unzip:
            unzip.close()
        sha256 = fingerprint.wait(progress)
    whole = Part(str(source.path), sha256, lines.total, source.bytes)
    return Scan(whole.sha256, encoding.name, lines.total, lines.total, lines.bytes, lines.alike, (whole,))


def _scan_parquet(
    source: Source, known: Mapping[str, datasets.Known], progress: Progress, begun: Fingerprint | None
) -> Scan:
    rows = parquet.count_rows(source)
    if not source.parts:
        with begun or Fingerprint(source.path) as fingerprint:
            names, marks, sizes = [str(source.path)], [fingerprint.wait(progress, source.bytes)], [source.bytes]
    elif datasets.address(source.path) is not None:
        names, (marks, sizes) = list(source.parts), datasets.stored(source.parts)
    else:
        names, marks, sizes = list(source.parts), [], []
        for name in names:
            before = known.get(name)
            if before is not None and datasets.same_as(name, before):
                marks.append(before.sha256)
            else:
                content = _digest(Path(name), progress, sum(sizes), source.bytes)
                marks.append(datasets.fingerprint(name, content))
            sizes.append(datasets.size_of(Path(name)))
    parts = tuple(Part(*told) for told in zip(names, marks, rows, sizes, strict=True))
    return Scan(_of_all(parts), "", 0, sum(rows), source.bytes, parts=parts)


def _of_all(parts: tuple[Part, ...]) -> str:
    if len(parts) == 1:
        return parts[0].sha256
    return hashlib.sha256("\n".join(part.sha256 for part in parts).encode()).hexdigest()


def _digest(path: Path, progress: Progress, done: int, total: int) -> str:
    """SHA-256 of a file; `done` of `total` bytes were read of others before."""
    digest = hashlib.sha256()
    for chunk in _chunks(path, progress, done, total):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(path: Path, progress: Progress, done: int, total: int) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
                done += len(chunk)
                progress.step(done, max(total, done), "Checking {file}", file=path.name)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> SeqlensError:
    return SeqlensError(
        "{file} can no longer be read: {error}. Check that its disk is connected, then try again.",
        file=path,
        error=error.strerror or error,
    )


class _Unzip:
    """Unpacks the members of a gzip file one after the other."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._member = zlib.decompressobj(wbits=31)
        self._packed = self._unpacked = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What the next bytes unpack to, in pieces, so that few bytes that unpack to many take no memory."""
        self._packed += len(data)
        try:
            plain = b""
            while data or (len(plain) == CHUNK and not self._member.eof):  # or the piece was full and more is to come
                plain = self._member.decompress(data, CHUNK)
                self._unpacked += len(plain)
                if self._unpacked > LARGE and self._unpacked > MOST_UNPACKED * self._packed:
                    raise bomb(self._source.path)
                yield plain
                data = self._member.unconsumed_tail
                if self._member.eof:
                    data = self._member.unused_data.lstrip(b"\0")
                    if data:
                        self._member = zlib.decompressobj(wbits=31)
        except zlib.error as error:
            raise broken_gzip(self._source.path) from error

    def close(self) -> None:
        if not self._member.eof:
            raise broken_gzip(self._source.path)


class _Lines:
    """Counts bytes and lines, whatever ends them; a last line without an end counts too.

    Attributes:
        longest: bytes of the longest line that was fed in several pieces, so far.
        of_longest: its number.
    """

    def __init__(self) -> None:
        self.bytes = self.longest = self.of_longest = self._under_way = 0
        self._feeds = self._returns = self._pairs = 0
        self._last = b""

    def feed(self, data: bytes) -> None:
        if not data:
            return
        self.bytes += len(data)
        number = self._feeds + self._returns - self._pairs + 1
        self._feeds += _count(data, 10)
        if returns := _count(data, 13):  # to look for pairs takes twice as long as all the rest
            self._returns += returns
            self._pairs += data.count(b"\r\n")
        ends = (b"\n", b"\r") if returns else (b"\n",)
        first = min((place for end in ends if (place := data.find(end)) >= 0), default=len(data))
        if self._under_way + first > self.longest:
            self.longest, self.of_longest = self._under_way + first, number
        last = max(data.rfind(end) for end in ends)
        self._under_way = len(data) - last - 1 if last >= 0 else self._under_way + len(data)
        self._pairs += self._last == b"\r" and data.startswith(b"\n")
        self._last = data[-1:]

    @property
    def alike(self) -> bool:
        """Whether all lines end with a line feed, or all with a carriage return and a line feed."""
        return not self._returns or self._returns == self._pairs == self._feeds

    @property
    def total(self) -> int:
        return self._feeds + self._returns - self._pairs + (self._last not in (b"", b"\n", b"\r"))


def _count(data: bytes, byte: int) -> int:
    """How often a byte occurs: numpy takes a quarter of what `bytes.count` does where it is frequent."""
    import numpy as np

    whole = np.frombuffer(data, np.uint8)
    return sum(int(np.count_nonzero(whole[start : start + _BLOCK] == byte)) for start in range(0, len(data), _BLOCK))


class _Encoding:
    """Looks again at the first bytes that are not ASCII: the beginning of the file may have had none."""

    def __init__(self, name: str, settled: bool) -> None:
        self.name = name
        self._settled = settled or name != "utf-8"

    def feed(self, data: bytes) -> None:
        if not self._settled and not data.isascii():
            self.name = guess_encoding(data)
            self._settled = True
