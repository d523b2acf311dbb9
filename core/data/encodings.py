"""How the characters of a text file are written, and DuckDB's means to read them."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from core.data import extensions
from core.errors import SeqlensError

if TYPE_CHECKING:
    import duckdb

# Encodings that can be read: the name that we and Python's codecs use, and DuckDB's.
ENCODINGS = {"utf-8": "utf-8", "utf-16": "utf-16", "gb18030": "gb18030", "windows-1252": "CP1252"}
_ALIASES = {
    "latin-1": "windows-1252",
    "iso-8859-1": "windows-1252",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "cp1252": "windows-1252",
}
_BUILT_IN = ("utf-8", "utf-16")

_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")


def named(encoding: str) -> str:
    """The name in `ENCODINGS` for what an analyst wrote.

    Raises:
        SeqlensError: it is none that can be read.
    """
    name = encoding.strip().lower().replace("_", "-")
    name = _ALIASES.get(name, name)
    if name not in ENCODINGS:
        raise SeqlensError(
            "{encoding} is no encoding that can be read. Choose one of {encodings}.",
            encoding=encoding,
            encodings=", ".join(ENCODINGS),
        )
    return name


def guess_encoding(beginning: bytes) -> str:
    """The encoding of a file that begins with these bytes (whose last character may be cut)."""
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if decodes(beginning, "utf-8") or _mostly_utf8(beginning):
        return "utf-8"
    # GB18030 decodes nearly everything. Its characters are two bytes or four, so bytes of 128 and more stand in
    # pairs; the accents of Western texts stand alone between plain letters.
    runs = [len(run) for run in _HIGH_BYTES.findall(beginning)]
    alone = sum(length == 1 for length in runs)
    if decodes(beginning, "gb18030") and alone * 2 < len(runs):
        return "gb18030"
    return "windows-1252"


def _mostly_utf8(data: bytes) -> bool:
    """Whether more than nine in ten characters outside ASCII are sound; the rows of the others will be rejected."""
    found = data.decode("utf-8", errors="replace")
    foreign = sum(map(len, re.findall(r"[^\x00-\x7f]+", found)))
    return found.count("\ufffd") * 10 < foreign


def decodes(data: bytes, encoding: str) -> bool:
    """Whether these bytes are text in the encoding, up to a last character that may be cut."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def load_encodings(connection: duckdb.DuckDBPyConnection, encoding: str) -> None:
    """Let the connection read files in this encoding."""
    if encoding in _BUILT_IN:
        return
    import duckdb

    try:
        extensions.load(connection, "encodings")
    except duckdb.Error as error:
        raise SeqlensError(
            "Files in {encoding} cannot be read here, because DuckDB's extension for encodings does not load: {error}. "
            "Save the file as UTF-8, or install the package duckdb-extension-encodings again.",
            encoding=encoding,
            error=str(error).splitlines()[0],
        ) from error
