"""Categories that name several tags."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from core.language.tags import ItemTags

CATEGORIES = st.lists(
    st.none() | st.lists(st.sampled_from(["Comedy", "Sci-Fi", "剧情", "Drama"]), max_size=4).map("|".join), max_size=12
)


@given(CATEGORIES, st.data())
def test_tags_are_those_that_the_categories_name(categories: list[str | None], data: st.DataObject) -> None:
    tags = ItemTags(pa.array(categories, pa.string()))
    own = [list(dict.fromkeys(part for part in (name or "").split("|") if part)) for name in categories]
    assert tags.names == tuple(sorted({tag for each in own for tag in each}))
    everything = np.arange(len(categories))
    assert tags.of(everything) == own
    assert [[tags.names[tag] for tag in row if tag >= 0] for row in tags.table[tags.row].tolist()] == own
    items = data.draw(st.lists(st.integers(0, max(len(categories) - 1, 0)), max_size=20 if categories else 0))
    counted = tags.counted(np.array(items, dtype=np.int64))
    assert counted.tolist() == [sum(tag in own[item] for item in items) for tag in tags.names]
    for name in (*tags.names, *(name for name in categories if name), "nothing", ""):
        meant = [bool(name) and (name in each or name == whole) for each, whole in zip(own, categories, strict=True)]
        assert tags.named(name).tolist() == meant


def test_events_of_items_are_counted_by_tag() -> None:
    tags = ItemTags(pa.array(["Comedy|Romance", None, "Romance"], pa.string()))
    assert tags.counted(np.array([0, 1, 2]), np.array([3.0, 5.0, 4.0])).tolist() == [3.0, 7.0]
