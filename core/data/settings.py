"""What an import is told: which files, what their columns mean, and how they are cleaned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from core.data.roles import EVENT_ROLES, ITEM_ROLES, MANY
from core.errors import SeqlensError

TIME_FORMATS = ("auto", "seconds", "milliseconds", "microseconds", "iso")
NUMBER_FILLS = ("mean", "median")
FILLABLE = ("behaviour", "value", "title", "category", "description", "price")
MISSING = ("", "NULL", "null", "\\N", "NaN", "nan", "None", "N/A", "n/a", "#N/A")


@dataclass(frozen=True)
class Rules:
    """The cleaning rules; each rejects the rows that it names, which the report counts.

    Attributes:
        missing_user: rows without a user. Off: they all go to one user called `UNKNOWN_USER`.
        missing_item: rows without an item (and, if those are kept, without a text). Off: they stay on the timeline as
            events without an item.
        invalid_behaviour: rows whose behaviour is missing or marked as invalid. Off: the raw value is the behaviour.
        duplicate: rows equal to an earlier one in user, item, behaviour, time, value and text. Without times: rows that
            repeat a user's stored sequence from its start, or an earlier row with the same place in the order column.
        impossible_time: rows before `earliest` or after `latest`. A time that cannot be read at all is always
            rejected: an event without a time has no place in a sequence.
        earliest: ISO date or time, UTC.
        latest: ISO date or time, UTC; None for a day after the import.
    """

    missing_user: bool = True
    missing_item: bool = True
    invalid_behaviour: bool = True
    duplicate: bool = True
    impossible_time: bool = True
    earliest: str = "1970-01-01"
    latest: str | None = None

    def __post_init__(self) -> None:
        for text in (self.earliest, self.latest):
            try:
                datetime.fromisoformat(text or "1970-01-01")
            except ValueError as error:
                raise SeqlensError("{time} is no date. Write it like 2026-11-24.", time=text) from error


@dataclass(frozen=True)
class ImportSettings:
    """All that the import dialog offers. What is None is guessed from the files when they are read.

    Attributes:
        files: files with events (or, told by their columns, catalogues).
        items_files: catalogues.
        columns: role by column name, for the event files; a file needs only those that it has. See `core.data.roles`.
        items_columns: the same for the catalogues.
        drop: columns that are not kept, whatever their names say (neither is any column without a role).
        behaviours: name by raw value of the behaviour column; None marks a value as invalid. A value that is not
            here is its own name.
        negative: names of the behaviours that speak against an item; None: guessed from their names.
        default_behaviour: the one behaviour of files without such a column; None: "rating" where a column of that name
            holds the value, else "event".
        time_format: one of `TIME_FORMATS` or a strptime format such as "%d.%m.%Y %H:%M". Times without a zone are UTC.
        order: "time", or "file": times are ignored and the order of the rows is the order of events.
        rules: the cleaning rules.
        fill: what takes the place of a missing value, by role (`FILLABLE`): a text or number, or "mean" or "median"
            of the present ones for `value` and `price`.
        keep_text_events: keep events that have a text and no item, such as searches.
        pseudonym_key: user ids are replaced by HMAC-SHA-256 under this key, cut to 20 hexadecimal digits.
        missing: texts that stand for a missing value, in all columns.
        encoding, delimiter, header: how text files are written, where the detection is wrong.
        decimal: "." or ",", or "auto".
        replace: take the place of what is in the workspace instead of adding to it.
    """

    files: tuple[Path, ...] = ()
    items_files: tuple[Path, ...] = ()
    columns: Mapping[str, str] | None = None
    items_columns: Mapping[str, str] | None = None
    drop: tuple[str, ...] = ()
    behaviours: Mapping[str, str | None] = field(default_factory=lambda: {"-1": None})
    negative: tuple[str, ...] | None = None
    default_behaviour: str | None = None
    time_format: str = "auto"
    order: str = "time"
    rules: Rules = field(default_factory=Rules)
    fill: Mapping[str, str | float] = field(default_factory=dict)
    keep_text_events: bool = True
    pseudonym_key: bytes | None = field(default=None, repr=False)
    missing: tuple[str, ...] = MISSING
    encoding: str | None = None
    delimiter: str | None = None
    header: bool | None = None
    decimal: str = "auto"
    replace: bool = False

    def __post_init__(self) -> None:
        _check_roles(self.columns, EVENT_ROLES)
        _check_roles(self.items_columns, ITEM_ROLES)
        if self.time_format not in TIME_FORMATS and "%" not in self.time_format:
            raise SeqlensError(
                "{format} is no time format. Choose one of {formats}, or write one such as %d.%m.%Y %H:%M.",
                format=self.time_format,
                formats=", ".join(TIME_FORMATS),
            )
        if self.order not in ("time", "file"):
            raise SeqlensError("{order} is no order. Choose time or file.", order=self.order)
        if self.decimal not in ("auto", ".", ","):
            raise SeqlensError("{decimal} is no decimal sign. Choose auto, a point or a comma.", decimal=self.decimal)
        for role, value in self.fill.items():
            _check_fill(role, value)

    def mapped(self, roles: Mapping[str, str], header: Iterable[str], items_header: Iterable[str] = ()) -> Self:
        """These settings with `roles` (column name by role, as `--map` gives them) in place of what was guessed.

        A column that was named for another role loses it, and so does the column that had the role.

        Args:
            roles: column by role; "behavior" is understood too.
            header: columns of the event files.
            items_header: columns of the catalogues; a role is set wherever its column is found.

        Raises:
            SeqlensError: a role does not exist, or no file has the column.
        """
        here, there = set(header), set(items_header)
        columns, items_columns = dict(self.columns or {}), dict(self.items_columns or {})
        for name, column in roles.items():
            role = "behaviour" if name == "behavior" else name
            if role not in EVENT_ROLES:
                raise SeqlensError("{role} is no role. Choose one of {roles}.", role=role, roles=", ".join(EVENT_ROLES))
            if column not in here | there:
                raise SeqlensError(
                    "No file has a column {column}. The columns are: {columns}.",
                    column=column,
                    columns=", ".join([*here, *there]),
                )
            if column in here:
                _assign(columns, column, role)
            if column in there and role in ITEM_ROLES:
                _assign(items_columns, column, role)
        return replace(self, columns=columns, items_columns=items_columns if there else self.items_columns)

    def to_dict(self, with_key: bool = False) -> dict[str, Any]:
        """As JSON values. The key of the pseudonyms is left out unless asked for: it is a secret."""
        values = asdict(self)
        values["files"] = [str(path) for path in self.files]
        values["items_files"] = [str(path) for path in self.items_files]
        values["drop"] = list(self.drop)
        values["negative"] = None if self.negative is None else list(self.negative)
        values["missing"] = list(self.missing)
        key = values.pop("pseudonym_key")
        if with_key and key is not None:
            values["pseudonym_key"] = key.hex()
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The inverse of `to_dict`; names that this version does not know are ignored."""
        known = {name.name for name in fields(cls)}
        given = {name: value for name, value in values.items() if name in known}
        for name in ("files", "items_files"):
            given[name] = tuple(Path(path) for path in given.get(name, ()))
        for name in ("drop", "negative", "missing"):
            if given.get(name) is not None:
                given[name] = tuple(given[name])
        if "rules" in given:
            given["rules"] = Rules(**given["rules"])
        if given.get("pseudonym_key") is not None:
            given["pseudonym_key"] = bytes.fromhex(given["pseudonym_key"])
        return cls(**given)


def _assign(columns: dict[str, str], column: str, role: str) -> None:
    if role not in MANY:
        for other in [name for name, had in columns.items() if had == role]:
            del columns[other]
    columns[column] = role


def _check_roles(columns: Mapping[str, str] | None, roles: tuple[str, ...]) -> None:
    for column, role in (columns or {}).items():
        if role not in roles:
            raise SeqlensError(
                "Column {column} has the role {role}, which does not exist here. Choose one of {roles}.",
                column=column,
                role=role,
                roles=", ".join(roles),
            )


def _check_fill(role: str, value: str | float) -> None:
    if role not in FILLABLE:
        raise SeqlensError("{role} cannot be filled. Choose among {roles}.", role=role, roles=", ".join(FILLABLE))
    if role in ("value", "price") and value not in NUMBER_FILLS:
        try:
            float(value)
        except ValueError as error:
            raise SeqlensError(
                "{value} cannot fill {role}. Write a number, mean or median.", value=value, role=role
            ) from error
