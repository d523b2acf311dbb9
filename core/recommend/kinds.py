"""The categories of items as numbers, for lists that are made by them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from core.language.tags import ItemTags


@dataclass(frozen=True)
class Kinds:
    """Which categories each item has: one or several, of which each has an equal share in the item.

    Attributes:
        row: int32 [items], the row of `table` that an item has.
        table: int32 [rows, t], numbers of categories from 0 to `count` - 1, none twice in a row; -1 fills up. Each row
            has at least one.
        count: of the categories.
    """

    row: NDArray[np.int32]
    table: NDArray[np.int32]
    count: int

    @classmethod
    def of_tags(cls, tags: ItemTags, items: int) -> Self:
        """The tags of the first `items` of a catalogue; those without one have a last number of their own."""
        table = tags.table.copy()
        table[table[:, 0] < 0, 0] = len(tags.names)
        return cls(tags.row[:items], table, len(tags.names) + 1)

    def of(self, items: NDArray[np.integer]) -> NDArray[np.int32]:
        """The categories of each of `items` (any shape), int32 [..., t]; -1 fills up."""
        return np.asarray(self.table[self.row[items]], dtype=np.int32)


def shares(categories: NDArray[np.int32]) -> NDArray[np.float64]:
    """The share p(g|i) that each category has in its item, float64 [..., t]: equal ones, 0 where there is none.

    Args:
        categories: int32 [..., t] as `Kinds.of` gives them.
    """
    there = categories >= 0
    return np.asarray(there / np.maximum(there.sum(axis=-1, keepdims=True), 1), dtype=np.float64)
