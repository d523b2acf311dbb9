"""Settings made complete: which files are catalogues, what each column is, how times are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.data import parquet
from core.data.guarded import open_all
from core.data.reader import Source
from core.data.report import Note
from core.data.roles import EVENT_ROLES, ITEM_ROLES, MANY, guess_roles, is_catalogue, plain_name
from core.data.settings import ImportSettings
from core.data.values import ambiguous_days, guess_time_format
from core.errors import SeqlensError


@dataclass(frozen=True)
class Planned:
    """One file with what its columns are.

    Attributes:
        source: the file.
        roles: role by column; only columns of this file, none that is dropped.
        time_format: of its time column, "" where it has none; "typed" where Parquet says it.
        notes: what the analyst should know.
    """

    source: Source
    roles: Mapping[str, str]
    time_format: str
    notes: tuple[Note, ...]

    def columns(self, role: str) -> list[str]:
        """The columns with a role, in the order of the file."""
        return [column for column in self.source.columns if self.roles.get(column) == role]

    def column(self, role: str) -> str | None:
        """The column with a role."""
        return next(iter(self.columns(role)), None)


@dataclass(frozen=True)
class Plan:
    """An import before it begins.

    Attributes:
        events: the event files.
        items: the catalogues.
        settings: the settings, complete.
    """

    events: tuple[Planned, ...]
    items: tuple[Planned, ...]
    settings: ImportSettings

    @property
    def timed(self) -> bool:
        """Whether the event files have times that count."""
        return self.settings.order == "time" and all(file.column("time") for file in self.events)


def make_plan(settings: ImportSettings, sealed: bool = False) -> Plan:
    """Look at the files and complete the settings with guesses; `sealed` as in `Guard.open`.

    Raises:
        SeqlensError: a file cannot be read.
    """
    sources = open_all(settings.files, "events", settings, sealed)
    catalogues = open_all(settings.items_files, "items", settings, sealed)
    if settings.columns is None and len(sources) + len(catalogues) > 1:
        moved = [source for source in sources if is_catalogue(source.columns, source.rows)]
        sources = [source for source in sources if source not in moved]
        catalogues = [*(replace(source, kind="items") for source in moved), *catalogues]
    events = tuple(_planned(source, settings.columns, settings) for source in sources)
    items = tuple(_planned(source, settings.items_columns, settings) for source in catalogues)
    formats = {file.time_format for file in events if file.time_format}
    one = formats.pop() if len(formats) == 1 else settings.time_format
    complete = replace(
        settings,
        files=tuple(source.path for source in sources),
        items_files=tuple(source.path for source in catalogues),
        columns=_union(settings.columns, events),
        items_columns=_union(settings.items_columns, items),
        time_format="auto" if one == "typed" else one,
    )
    return Plan(events, items, complete)


def check(plan: Plan) -> None:
    """Whether the files have all that an import needs.

    Raises:
        SeqlensError: a column that is needed has not been named, or has been named twice.
    """
    if not plan.events and not plan.items:
        raise SeqlensError("No file was chosen. Choose one with events.")
    for file in plan.events:
        _check_events(file, plan.settings)
    for file in plan.items:
        _need(file, "item")
        _check_once(file)
    with_times = [file for file in plan.events if file.column("time")]
    if plan.settings.order == "time" and with_times and len(with_times) < len(plan.events):
        without = next(file for file in plan.events if file not in with_times)
        raise SeqlensError(
            "{file} has no column with times, and {other} has one. Name it, or import by the order of the rows.",
            file=without.source.path.name,
            other=with_times[0].source.path.name,
        )


def _check_events(file: Planned, settings: ImportSettings) -> None:
    _need(file, "user")
    if not (file.column("text") and settings.keep_text_events):
        _need(file, "item")
    _check_once(file)
    if settings.order == "time" and (column := file.column("time")) and not file.time_format:
        values = file.source.values(column)
        raise SeqlensError(
            "{file}: the times in column {column}, such as {value}, are in no format that is known. Choose the "
            "format, such as %d.%m.%Y %H:%M, or another column.",
            file=file.source.path.name,
            column=column,
            value=values[0][:80] if values else "",
        )


def _need(file: Planned, role: str) -> None:
    if file.column(role) is None:
        raise SeqlensError(
            "{file}: no column is known to hold the {role}. Say which it is; the columns are: {columns}.",
            file=file.source.path.name,
            role=role,
            columns=", ".join(file.source.columns[:50]),
        )


def _check_once(file: Planned) -> None:
    for role in EVENT_ROLES:
        columns = file.columns(role)
        if len(columns) > 1 and role not in MANY:
            raise SeqlensError(
                "{file}: the columns {columns} are all named as {role}. Leave one of them.",
                file=file.source.path.name,
                columns=", ".join(columns),
                role=role,
            )


def _planned(source: Source, given: Mapping[str, str] | None, settings: ImportSettings) -> Planned:
    catalogue = source.kind == "items"
    if given is None:
        kept = [column for column in source.columns if column not in settings.drop]
        place_of = {column: place for place, column in enumerate(source.columns)}
        places = [place_of[column] for column in kept]
        rows = [[row[place] for place in places] for row in source.rows[:1000]]
        roles = guess_roles(kept, rows, catalogue, source.named)
    else:
        allowed = ITEM_ROLES if catalogue else EVENT_ROLES
        roles = {
            column: given[column]
            for column in source.columns
            if column in given and column not in settings.drop and given[column] in allowed
        }
    told = (*source.notes, *_pictures(source, roles))
    column = next((column for column, role in roles.items() if role == "time"), None)
    if column is None:
        return Planned(source, roles, "", told)
    time_format, notes = _time_format(source, column, settings)
    return Planned(source, roles, time_format, (*told, *notes))


def _pictures(source: Source, roles: Mapping[str, str]) -> list[Note]:
    template = "{file}: the column {column} names pictures. A model can look at them on the page Data afterwards."
    columns = [column for column, role in roles.items() if role == "picture"]
    return [Note(template, {"file": source.path.name, "column": column}) for column in columns]


def _time_format(source: Source, column: str, settings: ImportSettings) -> tuple[str, list[Note]]:
    if parquet.is_temporal(source.types[source.columns.index(column)]):
        return "typed", []
    if settings.time_format != "auto":
        return settings.time_format, []
    values = source.values(column)
    found = guess_time_format(values) or ""
    other = ambiguous_days(values, found)
    if other is None:
        return found, []
    template = "{file}: the times are read as {format}, but they could also be {other}. Choose the format if so."
    return found, [Note(template, {"file": source.path.name, "format": found, "other": other})]


def _union(given: Mapping[str, str] | None, files: Sequence[Planned]) -> Mapping[str, str] | None:
    """All files' roles in one mapping, but for a column that would give another file a role twice."""
    if given is not None or not files:
        return given
    whole: dict[str, str] = {}
    for file in files:
        for column, role in file.roles.items():
            clash = role not in MANY and any(
                column in other.source.columns and other.column(role) not in (None, column) for other in files
            )
            if not clash:
                whole.setdefault(column, role)
    return whole


def default_behaviour(file: Planned, settings: ImportSettings) -> str:
    """The name of the one behaviour of a file without a behaviour column."""
    value = file.column("value")
    rated = value is not None and plain_name(value) in ("rating", "ratings", "stars", "评分", "打分")
    return settings.default_behaviour or ("rating" if rated else "event")
