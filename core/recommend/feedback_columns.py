"""Which columns of a file of feedback are what: by their names, in English or Chinese, or as the analyst says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.data.guarded import guard
from core.data.reader import Source, check_width
from core.data.roles import NAMES, plain_name
from core.data.settings import ImportSettings
from core.errors import SeqlensError
from core.files import unreadable

if TYPE_CHECKING:
    import pyarrow as pa

NEEDED = ("user", "item", "verdict")
ROLES = (*NEEDED, "time", "note")
WORDS = {
    "up": ("up", "1", "+1", "like", "liked", "thumbs up", "thumbsup", "👍", "good", "赞", "喜欢", "好"),
    "down": (
        "down",
        "-1",
        "dislike",
        "disliked",
        "thumbs down",
        "thumbsdown",
        "thumb down",
        "👎",
        "bad",
        "踩",
        "不喜欢",
    ),
    "later": ("later", "not now", "notnow", "not_now", "snooze", "0", "稍后", "以后", "暂不"),
    "note": ("note", "comment", "备注"),
}
SHOWN = 20  # rows of a file that are looked at by people
MOST_JSON = 256 << 20  # bytes
MOST_CELLS = MOST_JSON // 8  # no such file has more where each object has all the names
MOST_OF = 0.5  # of the values of a column that are verdicts where it is one
_NAMES = {
    "user": NAMES["user"],
    "item": NAMES["item"],
    "time": NAMES["time"],
    "verdict": ("verdict", "feedback", "thumb", "thumbs", "vote", "opinion", "评价", "反馈", "态度", "判断"),
    "note": ("note", "notes", "comment", "comments", "remark", "备注", "说明", "评论"),
}
_BEHAVIOURS = frozenset(plain_name(name) for name in NAMES["behaviour"])


@dataclass(frozen=True)
class FeedbackLook:
    """The beginning of a file of feedback.

    Attributes:
        columns: their names.
        rows: the first ones, a text or None for each column.
        roles: the column of each role that is known by its name.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    roles: dict[str, str]

    @property
    def missing(self) -> tuple[str, ...]:
        """Roles that are needed and known of no column."""
        return tuple(role for role in NEEDED if role not in self.roles)

    @property
    def sure(self) -> bool:
        """Whether this is feedback and no file of events: all that is needed, verdicts that are, and no behaviours."""
        if self.missing or any(plain_name(column) in _BEHAVIOURS for column in self.columns):
            return False
        place = self.columns.index(self.roles["verdict"])
        said = [(row[place] or "").strip().lower() for row in self.rows if row[place]]
        known = {word for words in WORDS.values() for word in words}
        return sum(word in known for word in said) > MOST_OF * len(said)


def look(path: Path) -> FeedbackLook:
    """The first rows of a file, and what is known of its columns.

    Raises:
        SeqlensError: the file cannot be read.
    """
    source = read_json(path)[0] if is_json(path) else guard.open(path, "events", ImportSettings())
    return FeedbackLook(source.columns, source.rows[:SHOWN], named(source.columns))


def named(columns: Sequence[str]) -> dict[str, str]:
    """The column of each role that one is named for."""
    plain = {column: plain_name(column) for column in columns}
    found: dict[str, str] = {}
    for role, names in _NAMES.items():
        known = {plain_name(name) for name in names}
        fitting = [column for column in columns if plain[column] in known]
        fitting.sort(key=lambda column: names.index(plain[column]) if plain[column] in names else len(names))
        if fitting:
            found[role] = fitting[0]
    return found


def roles_of(source: Source, given: Mapping[str, str] | None) -> dict[str, str]:
    """The column of each role: as `given`, or by the names.

    Raises:
        SeqlensError: a role that is needed has no column, or what is given is none.
    """
    found = named(source.columns) if given is None else dict(given)
    for role in found:
        if role not in ROLES or found[role] not in source.columns:
            raise SeqlensError("{file} has no column {column}.", file=source.path.name, column=found[role])
    for role in NEEDED:
        if role not in found:
            raise SeqlensError(
                "{file} has no column for the {role}. Feedback has the columns user, item, verdict and, where known, "
                "time and note; the columns are: {columns}.",
                file=source.path.name,
                role=role,
                columns=", ".join(source.columns[:50]),
            )
    return found


def is_json(path: Path) -> bool:
    """Whether a file is JSON, by its name."""
    return path.suffix.lower() == ".json"


def read_json(path: Path) -> tuple[Source, pa.Table, str]:
    """A file as the export of feedback writes it, a list of objects: how it is, its rows as texts, and its SHA-256.

    Raises:
        SeqlensError: the file cannot be read, or is no such list.
    """
    import pyarrow as pa

    try:
        if path.stat().st_size > MOST_JSON:
            raise SeqlensError("{file} is too large to be read as JSON. Export it as CSV or Parquet.", file=path.name)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise SeqlensError("There is no file {file}. Was it moved or renamed?", file=path) from error
    except OSError as error:
        raise unreadable(path, error) from error
    try:
        rows = json.loads(data.decode("utf-8-sig"))
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or not any(rows):
            raise TypeError(rows)
    except (ValueError, TypeError, RecursionError) as error:
        raise SeqlensError(
            "{file} is no list of objects with a user, an item and a verdict each, as the export writes it.",
            file=path.name,
        ) from error
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    check_width(path, len(names))
    if len(names) * len(rows) > MOST_CELLS:
        raise SeqlensError("{file} is too large to be read as JSON. Export it as CSV or Parquet.", file=path.name)
    table = pa.table({_whole(name): _texts([_text(row.get(name)) for row in rows]) for name in names})
    names = tuple(table.column_names)
    shown = tuple(zip(*(table[name][:1000].to_pylist() for name in names), strict=True))
    types = ("VARCHAR",) * len(names)
    source = Source(path, "events", "json", encoding="utf-8", columns=names, types=types, rows=shown, bytes=len(data))
    return source, table, hashlib.sha256(data).hexdigest()


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    return json.dumps(value, ensure_ascii=False)


def _texts(column: list[str | None]) -> pa.Array:
    import pyarrow as pa

    try:
        return pa.array(column, pa.string())
    except UnicodeEncodeError:
        return pa.array([value and _whole(value) for value in column], pa.string())


def _whole(told: str) -> str:
    """A text without halves of characters, which JSON can write and nothing else can."""
    return told.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
