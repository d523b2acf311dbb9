"""How earlier imports into a workspace read their files, so that later files of the same columns are read alike.

A guess from names and values can differ from what an analyst chose by hand: then the events of a later file would go to
other users, and a column that was left out would be stored. Every import's report says what was chosen, and which
columns its files had; the key of pseudonyms is not in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from core.data.preview import FilePreview, preview
from core.data.settings import ImportSettings
from core.errors import SeqlensError

if TYPE_CHECKING:
    import duckdb

Header = frozenset[str]
MOST = 20  # different ways of reading that are tried, the newest first


@dataclass(frozen=True)
class Remembered:
    """One way in which files were read.

    Attributes:
        settings: as chosen or guessed then, without files and without a key; `replace` is off.
        events: columns of the event files that were read so.
        items: the same of the catalogues.
    """

    settings: ImportSettings
    events: frozenset[Header]
    items: frozenset[Header]

    @classmethod
    def from_report(cls, report: Mapping[str, Any]) -> Self:
        """What the report of an import tells, as JSON values (`core.data.report.ImportReport.to_json`)."""
        settings = ImportSettings.from_dict(report["settings"])
        headers: dict[str, set[Header]] = {"events": set(), "items": set()}
        for file in report["files"]:
            headers[file["kind"]].add(frozenset([*file["columns"], *file["unused"]]))
        plain = replace(settings, files=(), items_files=(), pseudonym_key=None, replace=False)
        return cls(plain, frozenset(headers["events"]), frozenset(headers["items"]))


def remembered(cursor: duckdb.DuckDBPyConnection) -> list[Remembered]:
    """How files were read, each way once, the last one first; at most `MOST`."""
    rows = cursor.execute("SELECT report FROM files WHERE report IS NOT NULL GROUP BY report ORDER BY max(file) DESC")
    found: list[Remembered] = []
    while len(found) < MOST and (row := rows.fetchone()):
        one = Remembered.from_report(json.loads(row[0]))
        if one not in found:
            found.append(one)
    return found


def as_before(
    known: Sequence[Remembered], asked: ImportSettings, all_known: bool = False, sealed: bool = False
) -> ImportSettings | None:
    """What was asked, with the rest as the last import of files with the same columns had it; None where there is none.

    All event files must have columns that one import had. Catalogues are read as another import of theirs, or guessed.

    Args:
        asked: names the files, and perhaps how text is written and a key; nothing else of it is heeded.
        all_known: None too where a catalogue has columns that no import had.
        sealed: as in `core.data.preview.preview`.
    """
    for one, files in _readings(known, asked, sealed):
        items = [file for file in files if _is_items(file, one, known, asked)]
        events = [file for file in files if file not in items]
        if any(_header(file) not in one.events for file in events) or not (events or items):
            continue
        named = _items_columns(known, one, items)
        if items and named is None and (all_known or not events):
            continue
        return replace(
            one.settings,
            **_told(asked, one.settings),
            files=tuple(file.path for file in events),
            items_files=tuple(file.path for file in items),
            items_columns=named,
            pseudonym_key=asked.pseudonym_key,
        )
    return None


def _readings(
    known: Sequence[Remembered], asked: ImportSettings, sealed: bool
) -> Iterator[tuple[Remembered, Sequence[FilePreview]]]:
    """Each way with the beginnings of the files, where these can be read so; the same look serves several ways."""
    seen: dict[tuple[object, ...], Sequence[FilePreview]] = {}
    for one in known:
        told = _told(asked, one.settings)
        reading = tuple(told.values())
        if reading not in seen:
            try:
                seen[reading] = preview(asked.files, asked.items_files, ImportSettings(**told), sealed).files
            except SeqlensError:  # written in another way
                seen[reading] = ()
        yield one, seen[reading]


def _told(asked: ImportSettings, former: ImportSettings) -> dict[str, Any]:
    """How text is written: as it is asked for where it is, or else as it was."""
    chosen = former if (asked.encoding, asked.delimiter, asked.header) == (None, None, None) else asked
    return {"encoding": chosen.encoding, "delimiter": chosen.delimiter, "header": chosen.header}


def _header(file: FilePreview) -> Header:
    return frozenset(file.columns)


def _is_items(file: FilePreview, one: Remembered, known: Sequence[Remembered], asked: ImportSettings) -> bool:
    """Whether a file is a catalogue: by where it was named, by what files of its columns were, or as it is guessed."""
    if file.path in asked.items_files:
        return True
    header = _header(file)
    if header in one.events or any(header in other.events for other in known):
        return False
    return any(header in other.items for other in known) or file.kind == "items"


def _items_columns(
    known: Sequence[Remembered], one: Remembered, items: Sequence[FilePreview]
) -> Mapping[str, str] | None:
    """The roles of catalogues' columns in the last import that had all of theirs; None where there is none."""
    headers = {_header(file) for file in items}
    ways = (one, *known)
    return next((way.settings.items_columns for way in ways if headers and headers <= way.items), None)


def other_columns(files: Sequence[Path]) -> SeqlensError:
    """What is told of files that nobody watches over, and that no import had the like of."""
    return SeqlensError(
        "{files}: no file with these columns was imported into this workspace before, so nobody has said what they "
        "are. Nothing was imported. Import it by hand once (Import more files).",
        files=", ".join(file.name for file in files),
    )
