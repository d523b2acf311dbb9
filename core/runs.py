"""Trainings and what they leave behind: a run, its two fitted models, its checkpoint."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.data.database import write_ahead_log
from core.data.failures import full_disk_told
from core.data.tables import REWRITE_DUE
from core.errors import SeqlensError
from core.models.base import Settings, Tensors

if TYPE_CHECKING:
    import duckdb

    from core.data.database import Cursors

TABLES = (
    "CREATE TABLE IF NOT EXISTS runs (id VARCHAR PRIMARY KEY, created TIMESTAMP, run VARCHAR)",
    "CREATE TABLE IF NOT EXISTS blobs (owner VARCHAR, part INTEGER, data BLOB)",
    "CREATE TABLE IF NOT EXISTS vectors (model VARCHAR, hash BLOB, vector FLOAT[])",
)

TESTED = "test"  # the blob of a run that has the ranks of its test (`core.evaluation.held_out`)
OVERVIEW = "overview"  # the blob of a run that has what matters to it (`core.analysis.measured`)
PIECE = 4 << 20  # bytes of a blob in one row, so that no single value grows with the model


@dataclass(frozen=True)
class LogLine:
    """One line of a run's log.

    Attributes:
        at: ISO 8601, UTC.
        text: an English template with named fields, so that the window can translate it.
        values: what fills the fields.
    """

    at: str
    text: str
    values: dict[str, str | int | float] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.at[11:19]} {self.text.format(**self.values)}"


@dataclass(frozen=True)
class Run:
    """One training: what was asked, what came out.

    Attributes:
        id: short text, unique in the workspace.
        name: what the analyst calls it.
        model: name of the recommender.
        created: start, ISO 8601 in UTC.
        status: "running", "stopped" (can be resumed), "failed" or "done". A "running" run of a killed process is
            shown as "stopped" when the workspace is opened again.
        settings: all that is needed to train it again, the seed included.
        protocol: "leave-one-out", "leave-last-n", "time" or "users" (`core.evaluation.split`).
        cut: for "time", the time that splits, microseconds since 1970 UTC; else None.
        parts: numbers of the protocol: "last" of "leave-last-n"; "folds" and "fold" of "users".
        hide_seen: whether items that a user already has are left out of that user's lists.
        k: length of the lists that `metrics` speak of.
        metrics: name to figure, of the evaluation fit on the test events.
        intervals: 95 % bootstrap intervals over users of some of `metrics`, by the same names; empty for older runs.
        validation: name to figure, of the evaluation fit on the validation events.
        users: users that were tested; `users_skipped` had too few events.
        items: items in the catalogue when it was trained; all of them were ranked.
        behaviours: number of the data's own behaviours when it was trained.
        feedback: number of the newest feedback that it learned from, besides the data; 0 for none.
        forgotten: how often users or events that it learned from were forgotten since.
        seconds: duration of each part of the work.
        curve: one dict of figures an epoch (epoch, loss, ndcg, events_per_second, seconds).
        weights: weight of each component, for a sum of models.
        weight_intervals: bootstrap interval of each weight, where it was measured.
        private: of a private training, what it spent (`core.training.private.Budget`) and "ndcg_without", the NDCG@k
            of the same without noise; empty for others.
        audit: how well an attack tells who was learned from (`core.evaluation.membership.Membership`); empty until it
            was measured.
        fingerprint: of the data it was trained on.
        basis: of which files these came, so that events of later ones can be told (`core.workspace.Workspace.basis`);
            empty for older runs.
        versions: of the program and the libraries that made it.
        log: what happened.
        error: why it failed.
    """

    id: str
    name: str
    model: str
    created: str
    status: str = "running"
    settings: dict[str, object] = field(default_factory=dict)
    protocol: str = "leave-one-out"
    cut: int | None = None
    parts: dict[str, int] = field(default_factory=dict)
    hide_seen: bool = True
    k: int = 10
    metrics: dict[str, float] = field(default_factory=dict)
    intervals: dict[str, tuple[float, float]] = field(default_factory=dict)
    validation: dict[str, float] = field(default_factory=dict)
    users: int = 0
    users_skipped: int = 0
    items: int = 0
    behaviours: int = 0
    feedback: int = 0
    forgotten: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    curve: tuple[dict[str, float], ...] = ()
    weights: dict[str, float] = field(default_factory=dict)
    weight_intervals: dict[str, tuple[float, float]] = field(default_factory=dict)
    private: dict[str, float] = field(default_factory=dict)
    audit: dict[str, float] = field(default_factory=dict)
    fingerprint: str = ""
    basis: dict[str, int | str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    log: tuple[LogLine, ...] = ()
    error: str = ""

    def noted(self, text: str, values: dict[str, str | int | float] | None = None, **changes: object) -> Run:
        """The run with one more line in its log and with `changes`; `text` is a constant template for `values`."""
        line = LogLine(datetime.now(UTC).isoformat(timespec="seconds"), text, values or {})
        return replace(self, log=(*self.log, line), **changes)  # type: ignore[arg-type]

    def to_json(self) -> str:
        """Every attribute by its name."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Run:
        """The inverse of `to_json`; what this version does not know is left out."""
        values = json.loads(text)
        known = {entry.name for entry in fields(cls)}
        values["log"] = tuple(LogLine(**line) for line in values.get("log", ()))
        values["curve"] = tuple(values.get("curve", ()))
        for name in ("intervals", "weight_intervals"):
            values[name] = {figure: tuple(ends) for figure, ends in values.get(name, {}).items()}
        return cls(**{name: value for name, value in values.items() if name in known})


def iso(time: int | None) -> str | None:
    """Microseconds since 1970 UTC as ISO 8601."""
    return None if time is None else datetime.fromtimestamp(time / 1e6, UTC).isoformat()


def pack(tensors: Tensors, facts: Settings) -> bytes:
    """Arrays and their settings as the bytes of one safetensors file."""
    from safetensors.numpy import save

    contiguous = {name: np.ascontiguousarray(array) for name, array in tensors.items()}
    return bytes(save(contiguous, metadata={"settings": json.dumps(facts, ensure_ascii=False)}))


def unpack(data: bytes) -> tuple[Tensors, Settings]:
    """What `pack` was given.

    Raises:
        SeqlensError: the bytes are no safetensors file with settings.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        size = int.from_bytes(data[:8], "little")
        settings = json.loads(json.loads(data[8 : 8 + size])["__metadata__"]["settings"])
        if not isinstance(settings, dict):
            raise TypeError(settings)
        return load(data), settings
    except (SafetensorError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise SeqlensError("This model is damaged and cannot be read. Train it again.") from error


class RunStore:
    """The runs, models, checkpoints and language vectors of one workspace.

    Writes are serialised by the lock that the workspace hands in, each is one transaction.
    """

    def __init__(self, connection: Cursors, lock: threading.RLock) -> None:
        self._connection = connection
        self._lock = lock

    def all(self) -> list[Run]:
        """Every run, the newest first."""
        with self._connection.cursor() as cursor:
            rows = cursor.execute("SELECT run FROM runs ORDER BY created DESC, id").fetchall()
        return [Run.from_json(text) for (text,) in rows]

    def get(self, run: str) -> Run:
        """The run with the id `run`.

        Raises:
            SeqlensError: there is none.
        """
        with self._connection.cursor() as cursor:
            row = cursor.execute("SELECT run FROM runs WHERE id = ?", [run]).fetchone()
        if row is None:
            raise SeqlensError("There is no run {run} in this workspace. `info` lists the runs that exist.", run=run)
        return Run.from_json(row[0])

    def save(self, run: Run, models: dict[str, bytes] | None = None) -> Run:
        """Store `run` with its packed models, "evaluation" and "serving", all at once or not at all.

        With models, the run is complete and its checkpoint goes. The ranks of its test stand among them as `TESTED`.

        Returns:
            The run as it is kept: under the name that it has by now, which the analyst may change during the training.
        """
        with full_disk_told(), self._lock, self._connection.cursor() as cursor:
            cursor.begin()
            known = cursor.execute("SELECT run FROM runs WHERE id = ?", [run.id]).fetchone()
            if known is not None:
                run = replace(run, name=Run.from_json(known[0]).name)
            self._replace_run(cursor, run)
            for fit, data in (models or {}).items():
                replace_blob(cursor, f"{run.id}/{fit}", data)
            if models:
                cursor.execute("DELETE FROM blobs WHERE starts_with(owner, ?)", [f"{run.id}/checkpoint"])
            cursor.commit()
            if models:
                _write_through(cursor)
        return run

    def rename(self, run: str, name: str) -> None:
        """Call a run `name`; one that is under way keeps it.

        Raises:
            SeqlensError: there is no such run.
        """
        with full_disk_told(), self._lock, self._connection.cursor() as cursor:
            self._replace_run(cursor, replace(self.get(run), name=name))

    def delete(self, run: str) -> None:
        """Remove a run and all that belongs to it; no byte stays of what learned from somebody who was forgotten."""
        with full_disk_told(), self._lock, self._connection.cursor() as cursor:
            cursor.begin()
            row = cursor.execute("SELECT run FROM runs WHERE id = ?", [run]).fetchone()
            if row is not None and Run.from_json(row[0]).forgotten:
                cursor.execute("INSERT OR REPLACE INTO settings VALUES (?, 'true')", [REWRITE_DUE])
            cursor.execute("DELETE FROM runs WHERE id = ?", [run])
            cursor.execute("DELETE FROM blobs WHERE starts_with(owner, ?)", [f"{run}/"])
            cursor.commit()

    def model(self, run: str, fit: str) -> tuple[Tensors, Settings]:
        """The stored model of a run; `fit` is "evaluation" or "serving".

        Raises:
            SeqlensError: the run has no such model, or it is damaged.
        """
        data = self.blob(f"{run}/{fit}")
        if data is None:
            raise SeqlensError("Run {run} has no trained model. Resume it, or train a new one.", run=run)
        return unpack(data)

    def checkpoint(self, run: str, part: str) -> Checkpoint:
        """The place for the checkpoint of one part ("evaluation" or "serving") of a training."""
        return Checkpoint(self, run, f"checkpoint/{part}")

    def blob(self, owner: str) -> bytes | None:
        """The bytes that are kept for `owner`, None where there are none."""
        with self._connection.cursor() as cursor:
            rows = cursor.execute("SELECT data FROM blobs WHERE owner = ? ORDER BY part", [owner]).fetchall()
        return b"".join(data for (data,) in rows) if rows else None

    def keep_blob(self, run: str, part: str, data: bytes) -> None:
        """Keep bytes for a part of a run in the place of those that it had, in one transaction.

        Nothing is kept for a run that was removed meanwhile: whoever is forgotten later would stay in it.
        """
        with full_disk_told(), self._lock, self._connection.cursor() as cursor:
            cursor.begin()
            if cursor.execute("SELECT 1 FROM runs WHERE id = ?", [run]).fetchone():
                replace_blob(cursor, f"{run}/{part}", data)
            cursor.commit()

    @staticmethod
    def _replace_run(cursor: duckdb.DuckDBPyConnection, run: Run) -> None:
        created = datetime.fromisoformat(run.created).replace(tzinfo=None)
        cursor.execute("INSERT OR REPLACE INTO runs VALUES (?, ?, ?)", [run.id, created, run.to_json()])


def _write_through(cursor: duckdb.DuckDBPyConnection) -> None:
    """Bring a large model out of the log of changes into the file: the next small change would wait a second for it.

    Only where there is plenty of room: if the disk becomes full on the way, DuckDB serves nobody any more.
    """
    import duckdb

    with suppress(duckdb.Error, OSError):  # while somebody else writes it is left to a later change
        place = "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"
        path = Path(cursor.execute(place).fetchall()[0][0])
        needed = path.stat().st_size + write_ahead_log(path).stat().st_size
        if shutil.disk_usage(path.parent).free > 2 * needed:
            cursor.execute("CHECKPOINT")


def replace_blob(cursor: duckdb.DuckDBPyConnection, owner: str, data: bytes) -> None:
    """Keep bytes for `owner` in the place of those that it had, in pieces."""
    cursor.execute("DELETE FROM blobs WHERE owner = ?", [owner])
    pieces = [data[start : start + PIECE] for start in range(0, max(len(data), 1), PIECE)]
    for part, piece in enumerate(pieces):
        cursor.execute("INSERT INTO blobs VALUES (?, ?, ?)", [owner, part, piece])


class Checkpoint:
    """Where one training keeps its state after each epoch (`core.training.checkpoints.CheckpointStore`)."""

    def __init__(self, store: RunStore, run: str, part: str) -> None:
        self._store = store
        self._run, self._part = run, part

    def save(self, tensors: Tensors, info: Settings) -> None:
        """Put this state in the place of the last one, in one transaction."""
        self._store.keep_blob(self._run, self._part, pack(tensors, info))

    def load(self) -> tuple[Tensors, Settings] | None:
        """The last state that was saved, or None."""
        data = self._store.blob(f"{self._run}/{self._part}")
        return None if data is None else unpack(data)


class VectorTable:
    """Language vectors by model and content hash of the text (`core.language.vectors.VectorStore`)."""

    def __init__(self, connection: Cursors, lock: threading.RLock) -> None:
        self._connection = connection
        self._lock = lock

    def get(self, identifier: str, hashes: list[bytes]) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
        """Which of `hashes` are known (bool [n]) and the vectors of those, float32 [found, d], in their order."""
        import pyarrow as pa

        with self._connection.cursor() as cursor:
            cursor.register(
                "wanted", pa.table({"place": np.arange(len(hashes)), "hash": pa.array(hashes, pa.binary())})
            )
            found = cursor.execute(
                "SELECT place, vector FROM wanted JOIN vectors USING (hash) WHERE model = ? ORDER BY place",
                [identifier],
            ).to_arrow_table()
        known = np.zeros(len(hashes), dtype=np.bool_)
        known[found["place"].to_numpy()] = True
        vectors = found["vector"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
        width = len(vectors) // max(len(found), 1)
        return known, vectors.reshape(len(found), width).astype(np.float32)

    def put(self, identifier: str, hashes: Iterable[bytes], vectors: NDArray[np.float32]) -> None:
        """Keep `vectors` (float32 [n, d]) under the hashes of their texts."""
        import pyarrow as pa

        width = vectors.shape[1]
        flat = pa.array(np.ascontiguousarray(vectors, dtype=np.float32).ravel())
        column = pa.FixedSizeListArray.from_arrays(flat, width)
        with full_disk_told(), self._lock, self._connection.cursor() as cursor:
            cursor.register("fresh", pa.table({"hash": pa.array(list(hashes), pa.binary()), "vector": column}))
            cursor.execute(
                "INSERT INTO vectors SELECT ?, hash, vector FROM fresh "
                "WHERE hash NOT IN (SELECT hash FROM vectors WHERE model = ?)",
                [identifier, identifier],
            )
