"""A generated shop whose items have categories, prices and words in common, for the analyst who says a price.

4,800 items, 600 of each of eight categories (those of `tests/benchmarks/encoders.py`): a title is an adjective that all
categories share, one of a category's ten nouns, and a number. A noun has a usual price of 8 to 400, an item one around
it (log-normal, a deviation of 0.5). 2,000 users take twelve items each: they stay with a category for a while, and in
it they mostly go from an item to one of the ten that come next by price, or to any of that category.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core import workflow
from core.data.settings import ImportSettings
from core.progress import Progress
from core.workspace import Workspace
from tests.benchmarks.encoders import ADJECTIVES, THEMES

NAME = "generated"  # beside the names of the open data sets
EACH, USERS, EVENTS = 600, 2000, 12  # items of a category, users, events of each
CHEAPEST, DEAREST, SPREAD = 8.0, 400.0, 0.5
STAYS, ONWARD, STEPS = 0.85, 0.7, 10  # how likely a user stays, and goes on to one of so many next items
START, HOUR = 1_750_000_000, 3600


@contextmanager
def opened() -> Iterator[Workspace]:
    """A workspace with the shop, imported as the window does it, and kept for as long as it is open."""
    with tempfile.TemporaryDirectory() as name, Workspace.create(Path(name) / "w.seqlens") as workspace:
        events, items = Path(name) / "events.csv", Path(name) / "items.csv"
        rng = np.random.default_rng(0)
        _write(items, ("item_id", "title", "category", "price"), _items(rng))
        _write(events, ("user_id", "item_id", "timestamp"), _events(rng))
        workflow.import_files(workspace, ImportSettings(files=(events,), items_files=(items,)), Progress())
        yield workspace


def _write(path: Path, header: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])


def _items(rng: np.random.Generator) -> list[tuple[object, ...]]:
    """Rows of the catalogue, those of a category one after the other and by price."""
    rows: list[tuple[object, ...]] = []
    for category, nouns in THEMES.items():
        usual = CHEAPEST * (DEAREST / CHEAPEST) ** rng.random(len(nouns))
        noun = rng.integers(0, len(nouns), EACH)
        prices = usual[noun] * np.exp(SPREAD * rng.normal(size=EACH))
        words = list(nouns.values()), list(ADJECTIVES.values())
        first = rng.integers(0, len(words[1]), EACH)
        for place in np.argsort(prices, kind="stable"):
            title = f"{words[1][first[place]]} {words[0][noun[place]]} {len(rows)}"
            rows.append((f"p{len(rows):04d}", title, category, f"{prices[place]:.2f}"))
    return rows


def _events(rng: np.random.Generator) -> list[tuple[object, ...]]:
    moved = np.where(rng.random((USERS, EVENTS)) < STAYS, 0, rng.integers(1, len(THEMES), (USERS, EVENTS))).cumsum(1)
    category = (rng.integers(0, len(THEMES), (USERS, 1)) + moved) % len(THEMES)
    place: NDArray[np.int64] = rng.integers(0, EACH, USERS)
    rows: list[tuple[object, ...]] = []
    for event in range(EVENTS):
        onward = (place + rng.integers(1, STEPS + 1, USERS)) % EACH
        place = np.where(rng.random(USERS) < ONWARD, onward, rng.integers(0, EACH, USERS))
        items = category[:, event] * EACH + place
        rows += [
            (f"u{user:04d}", f"p{item:04d}", START + (event * USERS + user) * HOUR) for user, item in enumerate(items)
        ]
    return rows
