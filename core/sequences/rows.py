"""One user's events as the rows of a CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.files import BOM, draft, harmless_table

if TYPE_CHECKING:
    import pyarrow as pa

    from core.sequences.store import UserEvents


def write_rows(path: Path, events: UserEvents) -> None:
    """Write a user's events to a CSV file with a header, in their order.

    Columns: user_id, step (from 1), time (ISO 8601, UTC; left out without times), behavior, item_id, title, category,
    price, value, text. The file starts with a byte order mark, without which spreadsheets misread Chinese; `'` stands
    before a text that a spreadsheet would take for a formula. The file is whole or not there.

    Raises:
        SeqlensError: the file cannot be written.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv

    names = pa.array([behaviour.name for behaviour in events.behaviours], pa.string())
    columns: dict[str, pa.Array] = {
        "user_id": pa.repeat(pa.scalar(events.user_id), events.events),
        "step": pa.array(range(1, events.events + 1), pa.int64()),
    }
    if events.timed:
        whole = not (events.time % 1_000_000).any()  # then without the zeros of a fraction
        moments = pa.array(events.time).cast(pa.timestamp("us")).cast(pa.timestamp("s" if whole else "us"))
        columns["time"] = pc.strftime(moments, format="%Y-%m-%dT%H:%M:%SZ")
    columns |= {
        "behavior": names.take(pa.array(events.behaviour)),
        "item_id": events.ids,
        "title": events.titles,
        "category": events.categories,
        "price": pa.array(events.price, from_pandas=True),
        "value": pa.array(events.value, from_pandas=True),
        "text": events.texts,
    }
    with draft(path) as beside, beside.open("wb") as file:
        file.write(BOM)
        csv.write_csv(harmless_table(pa.table(columns)), file)
