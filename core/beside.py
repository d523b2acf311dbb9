"""What is known of items beside their events and texts, as a workspace keeps it."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.data.failures import full_disk_told
from core.data.sql import text
from core.data.taken import Taken
from core.errors import SeqlensError
from core.models.base import Tensors
from core.models.beside import Beside, Graph, names_of
from core.runs import RunStore, pack, replace_blob, unpack

if TYPE_CHECKING:
    from core.data.database import Cursors

KIND = "beside"  # of the documents that tell what came in


class BesideStore:
    """Arrays by the name of the component that reads them, each with what came of its file.

    Items are told by their codes, which never change. What is kept is replaced or removed as a whole.
    """

    def __init__(self, connection: Cursors, lock: threading.RLock, runs: RunStore) -> None:
        self._connection, self._lock, self._runs = connection, lock, runs

    def taken(self) -> dict[str, Taken]:
        """What came of the file of each kind that there is."""
        with self._connection.cursor() as cursor:
            rows = cursor.execute(f"SELECT name, body FROM saved WHERE kind = {text(KIND)} ORDER BY name").fetchall()
        return {name: Taken.from_dict(json.loads(body)) for name, body in rows}

    def put(self, name: str, tensors: Tensors, taken: Taken) -> None:
        """Keep the arrays of a kind in the place of those that there were, in one transaction."""
        data = pack(tensors, {})
        body = json.dumps(taken.to_dict())
        values = ", ".join(map(text, (KIND, name, body)))
        with full_disk_told(), self._lock, self._connection.cursor() as cursor:
            cursor.begin()
            replace_blob(cursor, f"{KIND}/{name}", data)
            cursor.execute(f"INSERT OR REPLACE INTO saved VALUES ({values}, now()::TIMESTAMP)")
            cursor.commit()

    def remove(self, name: str) -> None:
        """Forget a kind; runs that learned from it keep what they need."""
        with full_disk_told(), self._lock, self._connection.cursor() as cursor:
            cursor.begin()
            cursor.execute(f"DELETE FROM blobs WHERE owner = {text(f'{KIND}/{name}')}")
            cursor.execute(f"DELETE FROM saved WHERE kind = {text(KIND)} AND name = {text(name)}")
            cursor.commit()

    def load(self, items: int) -> Beside:
        """All there is, for a catalogue of so many items.

        Raises:
            SeqlensError: it is damaged.
        """
        there = self.taken()
        return Beside(
            vectors=self._rows("vectors", items) if "vectors" in there else None,
            relations=self._graph(items) if "relations" in there else None,
            pictures=self._rows("pictures", items) if "pictures" in there else None,
        )

    def _graph(self, items: int) -> Graph:
        tensors = self._arrays("relations")
        head, tail = (np.where(ends >= 0, ends, items - 1 - ends) for ends in (tensors["head"], tensors["tail"]))
        names = names_of(tensors["entities"]), names_of(tensors["relations"])
        return Graph(items, head.astype(np.int32), tensors["relation"], tail.astype(np.int32), *names)

    def _rows(self, name: str, items: int) -> NDArray[np.float32]:
        """Vectors of all items, float32 [items, d]; zeros where an item has none."""
        tensors = self._arrays(name)
        codes, vectors = tensors["codes"], tensors["vectors"]
        found = np.zeros((items, vectors.shape[1]), dtype=np.float32)
        known = codes < items
        found[codes[known]] = vectors[known]
        return found

    def _arrays(self, name: str) -> dict[str, Any]:
        data = self._runs.blob(f"{KIND}/{name}")
        if data is None:
            raise SeqlensError("What was imported as {name} is damaged. Import the file again.", name=name)
        return dict(unpack(data)[0])
