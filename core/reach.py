"""What a run's lists can hold: the items of its training and, by their texts, those that it has learned nothing of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.chosen import reading_of, texts
from core.errors import SeqlensError
from core.progress import Progress
from core.runs import Run
from core.trained import model_of

if TYPE_CHECKING:
    from core.models.base import Recommender
    from core.workspace import Workspace


@dataclass(frozen=True)
class Reach:
    """A run's model with the items that it can list.

    Attributes:
        record: the run, with as many items as `model` scores.
        model: what scores them.
        fresh: bool [items], those that the training has learned nothing of; they are scored by their texts.
        nameless: bool [items], those of them that have no text, and cannot be listed.
    """

    record: Run
    model: Recommender
    fresh: NDArray[np.bool_]
    nameless: NDArray[np.bool_]


def reach(workspace: Workspace, record: Run, fit: str, progress: Progress) -> Reach:
    """What a run can list: with the serving fit of a model that reads texts, all items of the catalogue.

    An item is fresh that came in after the training or that no event speaks for. The evaluation fit stays what was
    tested. Language vectors of items that came in later are computed at the first time.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    model = model_of(workspace, record, fit)
    if fit != "serving":
        return _plain(record, model)
    return workspace.keep(
        "reach", f"{workspace.fingerprint} {record.id}", lambda: _whole(workspace, record, model, progress)
    )


def follow(workspace: Workspace, progress: Progress) -> None:
    """Let the lists that were asked for in this process, where any were, be of the data of now without a wait."""
    record = workspace.active_run() if workspace.keeps("reach") else None
    if record is not None:
        reach(workspace, record, "serving", progress)


def _plain(record: Run, model: Recommender) -> Reach:
    none = np.zeros(record.items, dtype=np.bool_)
    return Reach(record, model, none, none)


def _whole(workspace: Workspace, record: Run, model: Recommender, progress: Progress) -> Reach:
    """With all items, where that can be; counts take in what came after the training (`core.models.counting`)."""
    from core.models.counting import Counting, Met

    if record.fingerprint == workspace.fingerprint or not isinstance(model, Counting):
        return _with_newcomers(workspace, record, model, progress) or _plain(record, model)
    log = workspace.told_log(record.feedback) if record.feedback else workspace.log()
    new = _came_later(workspace, record)
    counted = model.counted(log, new, progress)
    if isinstance(counted, Met):  # it is all that the run has
        silent = ~counted.met & (np.arange(log.items) >= record.items)
        return Reach(replace(record, items=log.items), counted, np.zeros(log.items, dtype=np.bool_), silent)
    found = _with_newcomers(workspace, record, counted, progress)
    if found is not None or log.items == record.items:
        return found or _plain(record, counted)
    known = log.item < record.items  # the other parts of the sum know no more
    fewer = replace(log.take(known), items=record.items)
    return _plain(record, model.counted(fewer, None if new is None else new[known], progress))


def _came_later(workspace: Workspace, record: Run) -> NDArray[np.bool_] | None:
    """Which events of the log came after the training; None where that cannot be told, or others are gone since."""
    files = record.basis.get("files")
    if record.feedback or not isinstance(files, int) or workspace.basis(files) != record.basis:
        return None
    return workspace.later(files)


def _with_newcomers(workspace: Workspace, record: Run, model: Recommender, progress: Progress) -> Reach | None:
    import pyarrow as pa

    from core.language.vectors import item_vectors
    from core.models.available import uses_vectors
    from core.models.growing import Newcomers, grown, without_events

    items = workspace.catalogue().items
    fresh = without_events(workspace.log())
    fresh[record.items :] = True
    if not uses_vectors(record.model) or not fresh.any() or fresh[: record.items].all():
        return None
    reading = reading_of(workspace, record)
    try:
        vectors = item_vectors(texts(workspace, reading), reading, workspace.vectors, progress).vectors
    except SeqlensError:  # the language model is no longer where it was: the lists are what they were without it
        return None
    if not vectors[:items].any():
        return None
    written = pa.array(workspace.catalogue().texts, pa.string())
    newcomers = Newcomers(record.items, fresh, vectors[:items], vectors[items:], written=written)
    found = grown(model, newcomers)
    if found is None:
        return None
    return Reach(replace(record, items=items), found, fresh, newcomers.nameless)


def language_vectors(workspace: Workspace, record: Run, progress: Progress | None) -> NDArray[np.float32] | None:
    """Language vectors of the items that a run knows; computed where `progress` is given and they are not there."""
    from core.language.vectors import item_vectors, stored_vectors

    reading = reading_of(workspace, record)
    everything = texts(workspace, reading)
    found = stored_vectors(everything, reading, workspace.vectors)
    if found is None and progress is not None:
        found = item_vectors(everything[: record.items], reading, workspace.vectors, progress).vectors
    return None if found is None else found[: record.items]
