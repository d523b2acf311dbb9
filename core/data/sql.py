"""Pieces of SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path


def text(value: str) -> str:
    """A string literal."""
    return "'" + value.replace("'", "''") + "'"


def one_file(path: Path) -> str:
    """A string literal for a reading function that reads this file alone: to DuckDB, `*`, `?` and `[` are patterns."""
    return text(re.sub(r"([*?\[])", r"[\1]", str(path)))


def identifier(name: str) -> str:
    """A quoted name."""
    return '"' + name.replace('"', '""') + '"'


def text_list(values: Iterable[str]) -> str:
    """The inside of IN (...); of nothing, if there are no values."""
    return ", ".join(map(text, values)) or "NULL"
