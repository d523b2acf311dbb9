"""A small shop with times, titles, categories and prices, for tests that train for real in seconds."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path

import numpy as np

from core.language.encoder import find_model
from core.language.vectors import content_hash
from core.workspace import Workspace
from tests.filled import fill

USERS, ITEMS, EVENTS = 60, 24, 12
DAY = 86_400_000_000
START = 20_000 * DAY


def open_shop(path: Path) -> Workspace:
    """A new workspace with 60 users who mostly go from an item to the next one; a purchase ends each sequence."""
    shutil.copy(_filled(), path)
    return Workspace.open(path)


def read_before(workspace: Workspace, width: int = 32) -> None:
    """Put vectors of all items into the workspace as if a training had computed them: no language model is loaded."""
    texts = list(dict.fromkeys(workspace.catalogue().texts))
    vectors = np.random.default_rng(0).normal(size=(len(texts), width)).astype(np.float32)
    workspace.vectors.put(find_model().identifier, [content_hash(text) for text in texts], vectors)


@functools.cache
def _filled() -> Path:
    rng = np.random.default_rng(0)
    first = rng.integers(0, ITEMS, USERS)
    steps = rng.choice([1, 1, 1, 5], (USERS, EVENTS)).cumsum(axis=1)
    items = (first[:, None] + steps) % ITEMS
    events = [
        (
            user,
            START + user * DAY // 7 + place * DAY // 24,
            int(items[user, place]),
            int(place == EVENTS - 1),
            None,
            None,
        )
        for user in range(USERS)
        for place in range(EVENTS)
    ]
    catalogue = [
        (f"i{item}", f"第 {item} 号 Lamp number {item}", "灯具" if item % 2 else "Furniture", None, 9.5 + item)
        for item in range(ITEMS)
    ]
    path = Path(tempfile.mkdtemp()) / "shop.seqlens"
    with Workspace.create(path) as workspace, workspace.cursor() as cursor:
        users = [f"user {user:02d}" for user in range(USERS)]
        fill(cursor, users, catalogue, [("view", False), ("purchase", False)], events, create=False)
    return path
