"""What the analyst made and named: segments, policies, notes on events, changed histories."""

from __future__ import annotations

import json
import threading
from itertools import chain, count
from typing import TYPE_CHECKING

from core.data.failures import full_disk_told
from core.data.sql import text
from core.errors import SeqlensError

if TYPE_CHECKING:
    from core.data.database import Cursors

TABLES = (
    "CREATE TABLE IF NOT EXISTS saved "
    "(kind VARCHAR, name VARCHAR, body VARCHAR, changed TIMESTAMP, PRIMARY KEY (kind, name))",
)

Body = dict[str, object]


class SavedStore:
    """JSON documents by kind and name, in the workspace; every change is kept at once.

    `kind` is a word of the program ("segment", "policy"); `name` is the analyst's.
    """

    def __init__(self, connection: Cursors, lock: threading.RLock) -> None:
        self._connection, self._lock = connection, lock

    def all(self, kind: str) -> dict[str, Body]:
        """All documents of a kind by name, the one that was changed last at the end."""
        with self._connection.cursor() as cursor:
            rows = cursor.execute(f"SELECT name, body FROM saved WHERE kind = {text(kind)} ORDER BY changed, name")
            return {name: json.loads(body) for name, body in rows.fetchall()}

    def names(self, kind: str) -> list[str]:
        """The names of all documents of a kind, in text order."""
        with self._connection.cursor() as cursor:
            rows = cursor.execute(f"SELECT name FROM saved WHERE kind = {text(kind)} ORDER BY name").fetchall()
        return [name for (name,) in rows]

    def changed(self, kind: str) -> str:
        """A text that becomes another one with every document of the kind that is kept or removed."""
        with self._connection.cursor() as cursor:
            rows = cursor.execute(f"SELECT count(*), max(changed) FROM saved WHERE kind = {text(kind)}").fetchall()
        return str(rows[0])

    def get(self, kind: str, name: str) -> Body | None:
        """The document of this name, or None."""
        with self._connection.cursor() as cursor:
            where = f"kind = {text(kind)} AND name = {text(name)}"
            row = cursor.execute(f"SELECT body FROM saved WHERE {where}").fetchone()
        return None if row is None else json.loads(row[0])

    def put(self, kind: str, name: str, body: Body) -> None:
        """Keep a document, in the place of one of the same name.

        Raises:
            SeqlensError: the name is empty.
        """
        if not name.strip():
            raise SeqlensError("Give it a name first.")
        values = ", ".join(text(value) for value in (kind, name, json.dumps(body)))
        with full_disk_told(), self._lock, self._connection.cursor() as cursor:
            cursor.execute(f"INSERT OR REPLACE INTO saved VALUES ({values}, now()::TIMESTAMP)")

    def rename(self, kind: str, old: str, new: str) -> None:
        """Give a document another name.

        Raises:
            SeqlensError: the new name is empty or taken, or there is no such document.
        """
        with self._lock:
            body = self.get(kind, old)
            if body is None:
                raise SeqlensError("There is nothing named {name} any more.", name=old)
            if old != new and self.get(kind, new) is not None:
                raise SeqlensError("{name} is taken. Choose another name.", name=new)
            self.put(kind, new, body)
            if old != new:
                self.remove(kind, old)

    def free(self, kind: str, name: str) -> str:
        """A name much like this one that no document of the kind has: "spring", or "spring (2)"."""
        taken = set(self.names(kind))
        numbered = (f"{name} ({number})" for number in count(2))
        return next(one for one in chain([name], numbered) if one not in taken)

    def remove(self, kind: str, name: str) -> None:
        """Forget a document; nothing happens where there is none."""
        with full_disk_told(), self._lock, self._connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM saved WHERE kind = {text(kind)} AND name = {text(name)}")
