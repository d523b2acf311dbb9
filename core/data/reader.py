"""How a file is written: its format, encoding, delimiter, header and columns, found from its beginning."""

from __future__ import annotations

import csv
import gzip
import io
import shutil
import stat
import weakref
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from core.data import datasets, encodings, parquet
from core.data.database import any_encrypted
from core.data.report import Note
from core.data.roles import NAMES, plain_name
from core.data.sql import identifier, one_file, text
from core.data.values import number
from core.errors import SeqlensError
from core.files import scratch, unreadable

if TYPE_CHECKING:
    from _csv import Reader

    from core.data.settings import ImportSettings

SAMPLE_BYTES = 1 << 20
SAMPLE_ROWS = 10_000
RECBOLE = frozenset((".inter", ".item", ".kg", ".link"))  # of its atomic files, whose cells tabs divide
DELIMITERS = (",", "\t", ";", "|", "::", "\x01", "^", " ")
LONGEST_LINE = 2_000_000
"""Bytes; DuckDB rejects a row that is longer."""
MOST_COLUMNS = 10_000
UNPACKED = "plain.parquet"
MOST_UNPACKED = 20  # times the size of a packed Parquet file, which is compressed already

_KNOWN_NAMES = frozenset(name for names in NAMES.values() for name in names)
_OTHER_FORMATS = {
    b"PK\x03\x04": "a ZIP archive or an Excel workbook",
    b"%PDF": "a PDF document",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word document",
    b"SQLite format 3": "an SQLite database",
    b"\x1f\x9d": "a compressed file of an unknown kind",
    b"BZh": "a bzip2 archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
}

Row = tuple[str | None, ...]


class Unpacked:
    """A folder with the plain copy of a packed file, which is removed with this object or at the end.

    Attributes:
        name: the folder.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._removal = weakref.finalize(self, shutil.rmtree, name, ignore_errors=True)

    def hand_over(self) -> str:
        """The folder, which somebody else will remove."""
        self._removal.detach()
        return self.name


@dataclass(frozen=True)
class Source:
    """One file and how it is to be read.

    Attributes:
        path: the file.
        kind: "events" or "items".
        format: "csv" (any delimiter), "recbole" or "parquet".
        compressed: whether it is a gzip file.
        encoding: a name in `ENCODINGS`; "" for Parquet.
        delimiter: between cells; "" for Parquet.
        quote: around cells; "" where quotation marks are plain characters.
        escape: before a quotation mark inside a quoted cell.
        header: whether the first record names the columns.
        skip: number of blank lines before the first record.
        columns: their names, each different.
        types: DuckDB's types, VARCHAR for everything but Parquet.
        rows: a sample from the beginning.
        bytes: size of the file.
        notes: what the analyst should know.
        unpacked: holds the plain copy of a Parquet file that is inside a gzip file, and removes it in the end.
        parts: of a Parquet data set, the absolute paths or the addresses of its files; empty for a file.
    """

    path: Path
    kind: str
    format: str
    compressed: bool = False
    encoding: str = ""
    delimiter: str = ""
    quote: str = ""
    escape: str = ""
    header: bool = True
    skip: int = 0
    columns: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    rows: tuple[Row, ...] = field(default=(), repr=False)
    bytes: int = 0
    notes: tuple[Note, ...] = ()
    unpacked: Unpacked | None = field(default=None, repr=False, compare=False)
    parts: tuple[str, ...] = field(default=(), repr=False)

    @property
    def named(self) -> bool:
        """Whether the column names were in the file."""
        return self.header or self.format == "parquet"

    def values(self, column: str) -> list[str]:
        """The sampled values of a column, without the missing ones."""
        place = self.columns.index(column)
        return [value for row in self.rows if (value := row[place]) is not None]

    def relation(self, rejects: str = "", lenient: bool = False) -> str:
        """SQL for a FROM clause that reads the file, every column of a text file as VARCHAR.

        Args:
            rejects: name of temporary tables for malformed rows (`{rejects}_errors`, `{rejects}_scans`).
            lenient: put up with line ends of several kinds in one file.
        """
        if self.parts:
            return datasets.relation(self.parts)
        if self.format == "parquet":
            path = Path(self.unpacked.name, UNPACKED) if self.unpacked else self.path
            return f"read_parquet({one_file(path)})"
        columns = ", ".join(f"{text(column)}: 'VARCHAR'" for column in self.columns)
        options = [
            "auto_detect = false",
            f"header = {str(self.header).lower()}",
            f"skip = {self.skip}",
            f"delim = {text(self.delimiter)}",
            f"quote = {text(self.quote)}",
            f"escape = {text(self.escape)}",
            f"encoding = {text(encodings.ENCODINGS[self.encoding])}",
            f"compression = '{'gzip' if self.compressed else 'none'}'",
            f"columns = {{{columns}}}",
            f"max_line_size = {LONGEST_LINE}",
        ]
        if lenient:
            options.append("strict_mode = false")
        if rejects:
            options.append(
                f"store_rejects = true, rejects_table = '{rejects}_errors', rejects_scan = '{rejects}_scans'"
            )
        return f"read_csv({one_file(self.path)}, {', '.join(options)})"

    def column(self, name: str) -> str:
        """SQL for the text of a column; see `parquet.as_text`."""
        quoted = identifier(name)
        return parquet.as_text(quoted, self.types[self.columns.index(name)]) if self.format == "parquet" else quoted


def open_source(path: Path, kind: str, settings: ImportSettings, sealed: bool | None = None) -> Source:
    """Look at the beginning of a file, or of the files of a Parquet data set.

    Args:
        sealed: whether nothing of it may be written to the disk in plain; None: if this process has an encrypted
            workspace open.

    Raises:
        SeqlensError: it is no file that can be read, is empty, or has no rows or one column.
    """
    if datasets.is_set(path):
        parts, size = datasets.parts_of(path)
        source = Source(path, kind, "parquet", bytes=size, parts=parts)
        return _checked(parquet.read_sample(source, SAMPLE_ROWS // 5))
    beginning, size = _beginning(path)
    compressed = beginning.startswith(b"\x1f\x8b")
    if compressed:
        beginning = _inflated(path, beginning)
    source = Source(path, kind, "csv", compressed, bytes=size)
    if beginning.startswith(b"PAR1"):
        if compressed and (any_encrypted() if sealed is None else sealed):
            raise SeqlensError(
                "{file} would have to be unpacked to the disk in plain, and the workspace is encrypted. Save it as "
                ".parquet, which is compressed already, and import that.",
                file=path.name,
            )
        source = replace(source, unpacked=_unpack(path, size) if compressed else None)
        return _checked(parquet.read_sample(source, SAMPLE_ROWS // 5))
    encoding = encodings.named(settings.encoding) if settings.encoding else encodings.guess_encoding(beginning)
    _refuse_binary(path, beginning, encoding)
    content = beginning.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="replace")
    if len(beginning) >= SAMPLE_BYTES:
        if not {"\n", "\r"} & set(content):
            raise SeqlensError("{file} has a first line without an end and is no table.", file=path.name)
        content = content[: max(content.rfind("\n"), content.rfind("\r")) + 1] or content
    return _checked(_text_source(replace(source, encoding=encoding), content, settings))


def _beginning(path: Path) -> tuple[bytes, int]:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe would be waited for, a device never ends
            raise SeqlensError("{file} is no file but a pipe or device. Save what it holds as a file.", file=path)
        size = found.st_size
        with path.open("rb") as file:
            beginning = file.read(SAMPLE_BYTES)
    except FileNotFoundError as error:
        raise SeqlensError("There is no file {file}. Was it moved or renamed?", file=path) from error
    except OSError as error:
        raise unreadable(path, error) from error
    if not beginning.strip():
        raise SeqlensError("{file} is empty. Export it again, or choose another file.", file=path.name)
    return beginning, size


def _inflated(path: Path, beginning: bytes) -> bytes:
    try:
        data = zlib.decompressobj(wbits=31).decompress(beginning, SAMPLE_BYTES)
        if not data:
            with gzip.open(path) as file:
                data = file.read(SAMPLE_BYTES)
    except (OSError, EOFError, zlib.error) as error:
        raise broken_gzip(path) from error
    if not data.strip():
        raise SeqlensError("{file} is empty. Export it again, or choose another file.", file=path.name)
    return data


def _unpack(path: Path, size: int) -> Unpacked:
    folder = Unpacked(scratch())
    most = MOST_UNPACKED * size + SAMPLE_BYTES
    try:
        with gzip.open(path) as packed, Path(folder.name, UNPACKED).open("wb") as plain:
            while chunk := packed.read(SAMPLE_BYTES):
                plain.write(chunk)
                if plain.tell() > most:
                    raise bomb(path)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise broken_gzip(path) from error
    except OSError as error:
        raise SeqlensError(
            "{file} cannot be unpacked: {error}. Make room on the disk for temporary files, or unpack it yourself.",
            file=path.name,
            error=error.strerror or error,
        ) from error
    return folder


def bomb(path: Path) -> SeqlensError:
    """The error for a gzip file that unpacks to far more than any table does."""
    return SeqlensError(
        "{file} unpacks to far more than its size and is no table. If it is one, unpack it yourself and import that.",
        file=path.name,
    )


def broken_gzip(path: Path) -> SeqlensError:
    """The error for a gzip file that does not unpack."""
    return SeqlensError("{file} is a damaged or cut off gzip file. Copy or download it again.", file=path.name)


def _refuse_binary(path: Path, beginning: bytes, encoding: str) -> None:
    for magic, name in _OTHER_FORMATS.items():
        if beginning.startswith(magic):
            raise SeqlensError("{file} is {kind}. Save its table as CSV and open that.", file=path.name, kind=name)
    if encoding == "utf-16":
        return
    control = sum(beginning.count(bytes([byte])) for byte in (*range(1), *range(2, 9), *range(14, 27)))
    if control > len(beginning) // 1000 or b"\0" in beginning[:4096]:
        raise SeqlensError(
            "{file} is a binary file, and no table of text. Open a CSV, TSV, Parquet or RecBole file.", file=path.name
        )


def _text_source(source: Source, content: str, settings: ImportSettings) -> Source:
    suffixes = [suffix.lower() for suffix in source.path.suffixes]
    recbole = not RECBOLE.isdisjoint(suffixes)
    delimiter = settings.delimiter or ("\t" if recbole else guess_delimiter(content))
    quote = "" if recbole else '"'
    escape = "\\" if quote and '\\"' in content and '""' not in content else quote
    source = replace(source, format="recbole" if recbole else "csv", delimiter=delimiter, quote=quote, escape=escape)
    beginning = content[: len(content) - len(content.lstrip("\r\n"))]
    source = replace(source, skip=len(beginning.splitlines()))
    records = list(parse(content, source, SAMPLE_ROWS + 1))
    if not records:
        raise SeqlensError("{file} is empty. Export it again, or choose another file.", file=source.path.name)
    header = recbole or (has_header(records) if settings.header is None else settings.header)
    first = records[0]
    check_width(source.path, len(first))
    names, notes = _names(first if header else [""] * len(first), source.path.name)
    width = len(names)
    rows = tuple(
        tuple(cell or None for cell in record) for record in records[1 if header else 0 :] if len(record) == width
    )
    return replace(source, header=header, columns=names, types=("VARCHAR",) * width, rows=rows, notes=notes)


def check_width(path: Path, columns: int) -> None:
    """Refuse what has more columns than any table of events.

    Raises:
        SeqlensError: there are more than `MOST_COLUMNS`.
    """
    if columns > MOST_COLUMNS:
        raise SeqlensError(
            "{file} has {columns} columns; at most {most} can be read. Export it again with those that are needed.",
            file=path.name,
            columns=columns,
            most=MOST_COLUMNS,
        )


def _checked(source: Source) -> Source:
    if len(source.columns) < 2:
        raise SeqlensError(
            "{file} has one column, {column}. If its cells are divided by another sign, choose that; a user and an "
            "item are needed on each row.",
            file=source.path.name,
            column=source.columns[0][:80],
        )
    if not source.rows:
        raise SeqlensError(
            "{file} has a header and no rows that fit it. Export it again, or choose another file.",
            file=source.path.name,
        )
    return source


def parse(content: str, source: Source, most: int) -> Iterator[list[str]]:
    """The records of a text, without blank lines, read as the dialect of `source` has it."""
    if len(source.delimiter) > 1:
        lines = (line for line in content.splitlines() if line)
        records: Iterator[list[str]] = (line.split(source.delimiter) for line in lines)
    else:
        records = csv_reader(io.StringIO(content, newline=""), source)
    for place, record in enumerate(record for record in records if record):
        if place >= most:
            return
        yield record


def csv_reader(content: TextIO, source: Source) -> Reader:
    """Python's own reader of a text in the dialect of `source`."""
    csv.field_size_limit(max(csv.field_size_limit(), 2 * LONGEST_LINE))
    return csv.reader(
        content,
        delimiter=source.delimiter,
        quotechar=source.quote or None,
        quoting=csv.QUOTE_MINIMAL if source.quote else csv.QUOTE_NONE,
        doublequote=source.escape == source.quote,
        escapechar="\\" if source.escape == "\\" else None,
    )


def guess_delimiter(content: str) -> str:
    """The sign that divides the first 200 records into the same number of cells as the first, the most of them."""
    best, best_fit = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        trial = Source(Path(), "", "csv", delimiter=delimiter, quote='"', escape='"')
        widths = [len(record) for record in parse(content, trial, 200)]
        if not widths or widths[0] < 2:
            continue
        fit = (round(Counter(widths)[widths[0]] / len(widths), 1), widths[0])
        # A blank may stand in any text: it divides only where nothing else does.
        if fit > best_fit and not (delimiter == " " and best_fit[1] >= 2):
            best, best_fit = delimiter, fit
    return best


def has_header(records: list[list[str]]) -> bool:
    """Whether the first record names the columns: no cell of it is a number, and it does not look like the others."""
    first, others = records[0], records[1:200]
    if any(number(cell) is not None for cell in first):
        return False
    if any(plain_name(cell) in _KNOWN_NAMES for cell in first) or not others:
        return True
    return not any(
        cell and any(len(other) > place and other[place] == cell for other in others)
        for place, cell in enumerate(first)
    )


def _names(header: list[str], file: str) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """Names that are different even without regard to case, as DuckDB's are, and what was changed for that."""
    names: list[str] = []
    taken: set[str] = set()
    repeated: dict[str, int] = {}
    notes: list[Note] = []
    for place, cell in enumerate(header, start=1):
        name = plain = cell.strip() or f"column{place}"
        again = repeated.get(plain.lower(), 2)
        while name.lower() in taken:
            name, again = f"{plain}_{again}", again + 1
        repeated[plain.lower()] = again  # or thousands of columns of one name would each try all numbers
        if name != plain:
            note = "{file} has two columns called {column}; column {place} is called {name} here."
            notes.append(Note(note, {"file": file, "column": plain, "place": place, "name": name}))
        taken.add(name.lower())
        names.append(name)
    return tuple(names), tuple(notes)
