"""What is in stock, read from a file as other programs write it: any encoding and delimiter that an import reads."""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from core.data.encodings import guess_encoding
from core.data.reader import SAMPLE_BYTES, Source, bomb, broken_gzip, csv_reader, guess_delimiter
from core.data.roles import NAMES, plain_name
from core.errors import SeqlensError
from core.files import unreadable

MOST_BYTES = 256 << 20  # of a list, unpacked: ten million ids
HEADERS = frozenset(plain_name(name) for name in NAMES["item"])


@dataclass(frozen=True)
class Stock:
    """What a file says.

    Attributes:
        ids: of the items that are known, each once, in the order of the file.
        unknown: ids that no item of the workspace has, each once; a header is none.
    """

    ids: tuple[str, ...]
    unknown: tuple[str, ...]


def read_stock(path: Path, known: pa.StringArray) -> Stock:
    """The ids of items in a file: in the column that is named as items are, or else in the first one.

    The file is a list with one id a line or a table in UTF-8 (with a byte order mark or without), UTF-16, GB18030 or
    Windows-1252, plain or as gzip; commas, tabs and the like divide its cells (`core.data.reader`).

    Args:
        known: the ids of all items of the workspace.

    Raises:
        SeqlensError: the file cannot be read, or holds no id that is known.
    """
    content = _content(path)
    first, *rest = _records(path, content) or [[]]
    place = next((column for column, cell in enumerate(first) if plain_name(cell) in HEADERS), 0)
    cells = [row[place].strip() for row in (first, *rest) if len(row) > place]
    names = [name for name in dict.fromkeys(cells) if name]
    there = pc.is_in(pa.array(names, pa.string()), value_set=known).to_pylist()
    ids = tuple(name for name, is_there in zip(names, there, strict=True) if is_there)
    if not ids:
        raise SeqlensError(
            "{file} holds no id of an item of this workspace, neither in its first column nor in one that is named "
            "as items are.",
            file=path,
        )
    unknown = tuple(name for name, is_there in zip(names, there, strict=True) if not is_there)
    if unknown and unknown[0] == cells[0] and (plain_name(cells[0]) in HEADERS or not any(map(str.isdigit, cells[0]))):
        unknown = unknown[1:]  # the name of the column
    return Stock(ids, unknown)


def _content(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise bomb(path)
        data = path.read_bytes()
        if data.startswith(b"\x1f\x8b"):
            with gzip.open(io.BytesIO(data)) as file:
                data = file.read(MOST_BYTES + 1)
            if len(data) > MOST_BYTES:
                raise bomb(path)
    except FileNotFoundError as error:
        raise SeqlensError("There is no file {file}. Was it moved or renamed?", file=path) from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise broken_gzip(path) from error
    except OSError as error:
        raise unreadable(path, error) from error
    encoding = guess_encoding(data[:SAMPLE_BYTES])
    if encoding != "utf-16" and b"\0" in data[:4096]:
        raise SeqlensError(
            "{file} is a binary file, and no table of text. Open a CSV, TSV, Parquet or RecBole file.", file=path.name
        )
    return data.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="replace").lstrip("\ufeff")


def _records(path: Path, content: str) -> list[list[str]]:
    beginning = content[: content.rfind("\n", 0, SAMPLE_BYTES) + 1] or content[:SAMPLE_BYTES]
    delimiter = guess_delimiter(beginning)
    source = replace(Source(path, "items", "csv"), delimiter=delimiter, quote='"', escape='"')
    if len(delimiter) > 1:
        return [line.split(delimiter) for line in content.splitlines() if line]
    return [row for row in csv_reader(io.StringIO(content, newline=""), source) if row]
