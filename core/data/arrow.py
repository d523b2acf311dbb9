"""Arrow's columns as numpy's. Its own `to_numpy` and `combine_chunks` import pandas, which takes 0.4 s."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray


def numbers(column: Any) -> NDArray[Any]:
    """A column of numbers without nulls, of one chunk or several, as a read-only array."""
    return np.from_dlpack(whole(column))


def room(size: int, kind: Any) -> NDArray[Any]:
    """A large array to be filled.

    Numpy and Arrow's own pool ask the system for huge pages. Those are mostly such that a virtual machine has to get
    from its host first, and to write into them for the first time takes three times as long.
    """
    import pyarrow as pa

    width = np.dtype(kind).itemsize
    return np.frombuffer(pa.allocate_buffer(max(size, 1) * width, pa.system_memory_pool()), kind)[:size]


def strings(table: pa.Table, name: str) -> pa.StringArray:
    """A column of texts as one array."""
    return whole(table.column(name))


def whole(column: Any) -> Any:
    """A column as one array."""
    import pyarrow as pa

    chunks = getattr(column, "chunks", [column])
    if len(chunks) == 1:
        return chunks[0]
    return pa.concat_arrays(chunks) if chunks else pa.nulls(0, column.type)


def filled(column: Any, value: float) -> NDArray[Any]:
    """A column of numbers with `value` in the place of nulls."""
    return numbers(column.fill_null(value) if column.null_count else column)


def flags(column: pa.Array) -> NDArray[np.bool_]:
    """A column of truths without nulls."""
    import pyarrow as pa

    return numbers(column.cast(pa.uint8())).view(np.bool_)


def masked(values: NDArray[Any], missing: NDArray[np.bool_]) -> pa.Array:
    """An Arrow column with nulls where `missing`."""
    import pyarrow as pa

    return pa.array(values, mask=missing) if missing.any() else pa.array(values)
