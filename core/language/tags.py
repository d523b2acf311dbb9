"""Which items have which tags: a category may name several, as "Comedy|Romance"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.language.item_features import tags_of

if TYPE_CHECKING:
    import pyarrow as pa


class ItemTags:
    """The tags of the categories of a catalogue.

    Args:
        categories: of the items, null where unknown.

    Attributes:
        names: of all tags, in order of their letters.
        row: int32 [items], the row of `table` that an item has.
        table: int32 [rows, t], places in `names` of the tags of each category, -1 fills up; the last row is of items
            without a category.
    """

    def __init__(self, categories: pa.StringArray) -> None:
        encoded = categories.dictionary_encode()
        self._words = [str(word) for word in encoded.dictionary.to_pylist()]
        self._tags = [*(list(dict.fromkeys(own)) for own in tags_of(self._words)), []]
        self.row = np.asarray(np.from_dlpack(encoded.indices.fill_null(len(self._words))), dtype=np.int32)
        self.names = tuple(sorted({tag for own in self._tags for tag in own}))
        number = {name: place for place, name in enumerate(self.names)}
        self._lengths = np.array([len(own) for own in self._tags], dtype=np.int64)
        self._numbers = np.array([number[tag] for own in self._tags for tag in own], dtype=np.int32)
        width = max(1, int(self._lengths.max()))
        self.table = np.full((len(self._tags), width), -1, dtype=np.int32)
        self.table[np.arange(width) < self._lengths[:, None]] = self._numbers

    def of(self, items: NDArray[np.integer]) -> list[list[str]]:
        """The tags of each of these items; none where its category is unknown."""
        return [self._tags[row] for row in self.row[items].tolist()]

    def counted(self, items: NDArray[np.integer], events: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """How many of these items (repeats allowed; `events` of each) have each tag, float64 [tags]."""
        counts = np.bincount(self.row[items], events, minlength=len(self._tags)).astype(np.float64)
        had = np.bincount(self._numbers, np.repeat(counts, self._lengths), minlength=len(self.names))
        return had.astype(np.float64)

    def named(self, category: str) -> NDArray[np.bool_]:
        """Which items have this tag or a category of this whole name, bool [items]; none where nothing is called so."""
        words = zip([*self._words, ""], self._tags, strict=True)
        meant = [bool(category) and (category in own or category == word) for word, own in words]
        return np.array(meant, dtype=np.bool_)[self.row]
