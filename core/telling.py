"""What is told of a user: the figures of a profile, and where the sequence turns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from core.chosen import reading_of
from core.errors import SeqlensError
from core.figures import counted
from core.language.tags import ItemTags
from core.progress import Progress

if TYPE_CHECKING:
    import duckdb

    from core.analysis.profiles import Everybody, Profile
    from core.analysis.turns import Turn
    from core.data.counts import Counts
    from core.sequences.store import UserEvents
    from core.workspace import Workspace

Floats = NDArray[np.float32]
Source = Literal["language", "characters", "categories", "none"]


@dataclass(frozen=True)
class Turns:
    """Where one user's sequence turns.

    Attributes:
        found: the turns.
        source: what they were found by: a language model's vectors, the characters of the texts where no training has
            left such vectors or the model does not read them, or categories where items have no texts.
    """

    found: tuple[Turn, ...] = ()
    source: Source = "none"


def turns_of(workspace: Workspace, events: UserEvents, progress: Progress) -> Turns:
    """Where the sequence of one user turns; nothing is computed but for this user.

    Raises:
        Cancelled: another user is looked at.
    """
    from core.analysis.naming import vocabulary_of
    from core.analysis.profiles import positive
    from core.analysis.turns import LEAST, turns

    told = positive(events)
    if int(told.sum()) < 2 * LEAST:
        return Turns()
    items, place = np.unique(events.item[told], return_inverse=True)
    item = np.full(events.events, -1, dtype=np.int64)
    item[told] = place
    progress.check()
    catalogue = workspace.catalogue()
    titles = [str(catalogue.titles[code].as_py() or "") for code in items.tolist()]
    vectors, source = _vectors(workspace, items, any(titles), progress)
    terms = vocabulary_of(titles, item_tags(workspace).of(items))
    found = turns(events.time, events.timed, item, vectors, terms, progress)
    return Turns(tuple(found), source)


def item_tags(workspace: Workspace) -> ItemTags:
    """The tags of all items; read once and kept until the data change."""
    return workspace.keep("tags", workspace.fingerprint, lambda: ItemTags(workspace.catalogue().categories))


@dataclass(frozen=True)
class Portrait:
    """What is told of one user: the figures, and where the sequence turns."""

    profile: Profile
    turns: Turns


def portrait(workspace: Workspace, events: UserEvents, progress: Progress) -> Portrait:
    """What is told of the user with these events.

    Raises:
        Cancelled: another user is looked at.
    """
    from core.analysis.profiles import positive, profile

    progress.check()
    had = item_tags(workspace).counted(events.item[positive(events)])
    return Portrait(
        profile(events, had, everybody(workspace), workspace.utc_offset), turns_of(workspace, events, progress)
    )


def everybody(workspace: Workspace, counts: Counts | None = None) -> Everybody:
    """What users are compared with; counted once and kept until the data change.

    Args:
        counts: of all events, where they were just imported.
    """
    from core.analysis.profiles import Everybody

    def count() -> Everybody:
        with workspace.cursor() as cursor:
            items, events = _liked(workspace, cursor, counts)
            start, end = cursor.execute("SELECT min(first), max(last) FROM user_figures WHERE events > 0").fetchall()[0]
        had = item_tags(workspace).counted(items, events)
        return Everybody(item_tags(workspace).names, had, int(events.sum()), int(start or 0), int(end or 0))

    def told(found: Everybody) -> dict[str, object]:
        return {"had": found.had.tolist(), "events": found.events, "start": found.start, "end": found.end}

    def read(kept: dict[str, Any]) -> Everybody:
        names, had = item_tags(workspace).names, np.array(kept["had"], np.float64)
        if had.shape != (len(names),):
            raise ValueError("not a figure for each tag")
        return Everybody(names, had, int(kept["events"]), int(kept["start"]), int(kept["end"]))

    load = partial(counted, workspace, "everybody", count, told, read)
    return workspace.keep("everybody", workspace.fingerprint, load)


def _liked(
    workspace: Workspace, cursor: duckdb.DuckDBPyConnection, counts: Counts | None
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Items that events speak for, and how many do."""
    negative = cursor.execute("SELECT count(*) FROM behaviours WHERE negative").fetchall()[0][0]
    if counts is not None and not negative:
        return np.arange(len(counts.item_events), dtype=np.int32), counts.item_events.astype(np.float64)
    if workspace.keeps("log"):
        log = workspace.log()
        events = np.bincount(log.item[log.positive], minlength=log.items)
        return np.arange(log.items, dtype=np.int32), events.astype(np.float64)
    found = cursor.execute(  # a list of users needs no log in memory, and so this does not either
        "SELECT item, count(*) AS events FROM events WHERE item IS NOT NULL AND behaviour IN "
        "(SELECT code FROM behaviours WHERE NOT negative) GROUP BY item"
    ).fetchnumpy()
    return np.asarray(found["item"]), np.asarray(found["events"], dtype=np.float64)


def _vectors(workspace: Workspace, items: NDArray[np.int32], titled: bool, progress: Progress) -> tuple[Floats, Source]:
    """Vectors of length one of some items, float32 [items, d], and what they are made of."""
    from core.language.ngrams import CharacterNgrams
    from core.language.vectors import stored_vectors

    if not titled:
        return _of_tags(item_tags(workspace).of(items)), "categories"
    reading = reading_of(workspace, workspace.active_run())
    everything = reading.texts(workspace.catalogue())
    texts = [everything[item] for item in items.tolist()]
    try:
        found = stored_vectors(texts, reading, workspace.vectors)
    except SeqlensError:  # the language model is no longer where it was
        found = None
    if found is not None:
        return found, "language"
    return CharacterNgrams().vectors(texts, progress), "characters"


def _of_tags(tags: list[list[str]]) -> Floats:
    """Vectors of length one with an axis for each tag, float32 [items, tags]; zero rows for items without one."""
    names = sorted({tag for own in tags for tag in own})
    column = {name: number for number, name in enumerate(names)}
    vectors = np.zeros((len(tags), len(names)), dtype=np.float32)
    for row, own in enumerate(tags):
        vectors[row, [column[tag] for tag in own]] = 1.0 / np.sqrt(max(len(own), 1))
    return vectors
