"""On which physical line of a text file a record begins: asked for rejected records alone."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from typing import IO, cast

import numpy as np
from numpy.typing import NDArray

from core.data.encodings import ENCODINGS
from core.data.reader import Source, csv_reader
from core.files import unreadable


def record_lines(
    source: Source, lines: int, records: int, malformed: NDArray[np.int64], wanted: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Physical lines, from 1, on which the records `wanted` begin.

    Args:
        source: a text file.
        lines: how many lines it has.
        records: how many records DuckDB could read.
        malformed: int64 [m], sorted: where DuckDB met rows that it could not read, as it counts lines: from 1, the
            header and blank lines included, but each row as one line even if it holds line breaks.
        wanted: int64 [n], numbers of records, from 1, counted without header and malformed rows.
    """
    if lines == records + source.header:
        return wanted + source.header
    if lines == records + len(malformed) + source.header:
        starts = np.arange(1 + source.header, lines + 1, dtype=np.int64)
        counted = starts
    else:
        starts, counted = _row_lines(source)
    sound = starts[~np.isin(counted, malformed)]
    places = np.clip(wanted - 1, 0, len(sound) - 1)
    return sound[places] if len(sound) else np.zeros(len(wanted), np.int64)


def malformed_lines(source: Source, lines: int, records: int, malformed: NDArray[np.int64]) -> NDArray[np.int64]:
    """Physical lines, from 1, of the rows that DuckDB counts as the lines `malformed` (see `record_lines`)."""
    if lines == records + len(malformed) + source.header:
        return malformed
    starts, counted = _row_lines(source)
    found = np.searchsorted(counted, malformed)
    return np.where(found < len(starts), starts[np.clip(found, 0, max(len(starts) - 1, 0))], malformed)


def _row_lines(source: Source) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each row after the header: the line on which it begins, and the line as DuckDB counts it.

    Python's reader goes through the whole file here. That is slow (a second for each million rows), and only done
    for files that have both rejected rows and line breaks inside cells or blank lines.

    Raises:
        SeqlensError: the file is there no longer.
    """
    try:
        ends = np.fromiter(_ends(source), dtype=np.int64)  # last line of each row; negative for a blank line
    except OSError as error:
        raise unreadable(source.path, error) from error
    blank = ends < 0
    ends = np.abs(ends)
    starts = np.concatenate(([1], ends[:-1] + 1)) if len(ends) else ends
    counted = np.arange(1, len(ends) + 1)
    rows = np.flatnonzero(~blank)[int(source.header) :]
    return starts[rows], counted[rows]


def _ends(source: Source) -> Iterator[int]:
    with opened(source) as binary:
        encoding = "utf-8-sig" if source.encoding == "utf-8" else ENCODINGS[source.encoding]
        content = io.TextIOWrapper(binary, encoding=encoding, errors="replace", newline="")
        if len(source.delimiter) > 1:
            yield from (place if line.strip("\r\n") else -place for place, line in enumerate(content, start=1))
            return
        reader = csv_reader(content, source)
        try:
            for row in reader:
                yield reader.line_num if row else -reader.line_num
        except csv.Error:  # a cell longer than any that is read
            return


def opened(source: Source) -> IO[bytes]:
    """The bytes of a text file, unpacked."""
    return cast("IO[bytes]", gzip.open(source.path)) if source.compressed else source.path.open("rb")
