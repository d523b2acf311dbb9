"""One user's events as the rows of a CSV file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.files import BOM, draft, harmless_table

if TYPE_CHECKING:
    import pyarrow as pa

    from core.sequences.annotations import Annotation
    from core.sequences.store import UserEvents


def write_rows(path: Path, events: UserEvents, notes: Sequence[Annotation] = ()) -> None:
    """Write a user's events to a CSV file with a header, in their order, with what was noted on them.

    Columns: user_id, step (from 1), time (ISO 8601, UTC; left out without times), behavior, item_id, title, category,
    price, value, text, note. A note on a moment, or on an event that is there no more, is a row of its own in the
    order of time, without a step. The file starts with a byte order mark, without which spreadsheets misread Chinese;
    `'` stands before a text that a spreadsheet would take for a formula. The file is whole or not there.

    Raises:
        SeqlensError: the file cannot be written.
    """
    from pyarrow import csv

    with draft(path) as beside, beside.open("wb") as file:
        file.write(BOM)
        csv.write_csv(harmless_table(_table(events, notes)), file)


def _table(events: UserEvents, notes: Sequence[Annotation]) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    names = pa.array([behaviour.name for behaviour in events.behaviours], pa.string())
    noted, alone = np.full(events.events, None, dtype=object), []
    for note in notes:
        event = note.event(events)
        if event >= 0:
            noted[event] = note.text
        else:
            alone.append(note)
    time = np.concatenate((events.time, np.array([note.time for note in alone], np.int64)))
    order = pa.array(np.argsort(time, kind="stable"))

    def filled(column: pa.Array, rows: list[str] | None = None) -> pa.Array:
        """The column, below it what stands in it for notes alone, in the order of time."""
        below = pa.nulls(len(alone), column.type) if rows is None else pa.array(rows, column.type)
        return pa.concat_arrays([column, below]).take(order)

    columns: dict[str, pa.Array] = {
        "user_id": pa.repeat(pa.scalar(events.user_id), len(time)),
        "step": filled(pa.array(range(1, events.events + 1), pa.int64())),
    }
    if events.timed:
        whole = not (time % 1_000_000).any()  # then without the zeros of a fraction
        moments = pa.array(time).cast(pa.timestamp("us")).cast(pa.timestamp("s" if whole else "us"))
        columns["time"] = pc.strftime(moments.take(order), format="%Y-%m-%dT%H:%M:%SZ")
    columns |= {
        "behavior": filled(names.take(pa.array(events.behaviour)), [note.behaviour for note in alone]),
        "item_id": filled(events.ids, [note.item for note in alone]),
        "title": filled(events.titles),
        "category": filled(events.categories),
        "price": filled(pa.array(events.price, from_pandas=True)),
        "value": filled(pa.array(events.value, from_pandas=True)),
        "text": filled(events.texts),
        "note": filled(pa.array(noted, pa.string()), [note.text for note in alone]),
    }
    return pa.table(columns)
