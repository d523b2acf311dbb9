"""A changed history and the list that it leads to, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from core.recommend.export import write_tables

if TYPE_CHECKING:
    import pyarrow as pa

    from core.recommend.what_if import ChangedHistory
    from core.sequences.log import Catalogue


class Ranked(Protocol):
    """A list with its components, as `core.listing.Recommendations` has it."""

    items: NDArray[np.int32]
    scores: NDArray[np.float32]
    components: tuple[str, ...]
    base: NDArray[np.float32]
    shares: NDArray[np.float32]


def write_what_if(
    path: Path,
    history: ChangedHistory,
    catalogue: Catalogue,
    texts: list[str],
    made: Ranked,
    former: NDArray[np.int32],
) -> None:
    """Write a row for each event of the history, then a row for each item of the list; the suffix names the format.

    Columns: part ("history" or "list"), place (from 1), change ("added", "moved", "behavior", joined by a plus),
    item_id, title, category, behavior, time (ISO 8601, UTC), text, score, former_rank (null where it had none), base
    and a column for each component.

    Args:
        texts: the events' own texts by their codes.
        former: int32 [k], ranks in the list of the unchanged history, from 1; 0 for none.

    Raises:
        SeqlensError: the format is unknown, or the file cannot be written.
    """
    import pyarrow as pa

    events, listed = _history(history, texts), _list(made, former)
    items = pa.chunked_array([pa.array(history.log.item, mask=history.log.item < 0), pa.array(made.items)])
    item = items.combine_chunks()
    columns: dict[str, Any] = {
        "part": pa.array(["history"] * history.events + ["list"] * len(made.items)),
        "place": pa.array([*range(1, history.events + 1), *range(1, len(made.items) + 1)], pa.int32()),
        "change": _column(events, listed, "change", pa.string()),
        "item_id": catalogue.ids.take(item),
        "title": catalogue.titles.take(item),
        "category": catalogue.categories.take(item),
    }
    for name in ("behavior", "time", "text"):
        columns[name] = _column(events, listed, name, pa.string())
    columns["score"] = _column(events, listed, "score", pa.float32())
    columns["former_rank"] = _column(events, listed, "former_rank", pa.int32())
    for name in ("base", *made.components):
        columns[name] = _column(events, listed, name, pa.float32())
    table = pa.table(columns)
    write_tables(path, [table], table.slice(0, 0))


def _column(events: pa.Table, listed: pa.Table, name: str, kind: pa.DataType) -> pa.Array:
    """A column of one part or of both; null where a part does not have it."""
    import pyarrow as pa

    pieces = [
        part[name].combine_chunks() if name in part.column_names else pa.nulls(part.num_rows)
        for part in (events, listed)
    ]
    return pa.concat_arrays([piece.cast(kind) for piece in pieces])


def _history(history: ChangedHistory, texts: list[str]) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    log = history.log
    marks = (
        ("added", history.origin < 0),
        ("moved", history.moved & (history.origin >= 0)),
        ("behavior", history.changed),
    )
    change = ["+".join(word for word, held in marks if held[place]) for place in range(history.events)]
    said = [texts[code] if 0 <= code < len(texts) else None for code in log.text.tolist()]
    columns = {
        "change": pa.array(change, pa.string()),
        "behavior": pa.array([log.behaviours[code].name for code in log.behaviour.tolist()], pa.string()),
        "text": pa.array(said, pa.string()),
    }
    if log.timed:
        moments = pa.array(log.time).cast(pa.timestamp("us")).cast(pa.timestamp("s"), safe=False)
        columns["time"] = pc.strftime(moments, format="%Y-%m-%dT%H:%M:%SZ")
    return pa.table(columns)


def _list(made: Ranked, former: NDArray[np.int32]) -> pa.Table:
    import pyarrow as pa

    columns = {
        "score": pa.array(made.scores, pa.float32()),
        "former_rank": pa.array(former, pa.int32(), mask=former == 0),
        "base": pa.array(made.base, pa.float32()),
    }
    for number, name in enumerate(made.components):
        columns[name] = pa.array(made.shares[:, number], pa.float32())
    return pa.table(columns)
