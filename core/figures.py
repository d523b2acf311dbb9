"""Figures of the data, kept in the workspace: to count them again takes seconds where there are millions of events."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from core.errors import SeqlensError
from core.sequences.statistics import DataStatistics, data_statistics

if TYPE_CHECKING:
    from core.progress import Progress
    from core.workspace import Workspace

KEPT = "figures"  # the setting; whoever takes users or events out of the data empties it
FORM = 1  # of what is kept; another one is counted anew
PER_EVENT = 24  # bytes that the log takes, and what is counted on it


def figures(workspace: Workspace, progress: Progress) -> DataStatistics:
    """The figures of all imported events: those that were kept, or counted and kept if the data changed since.

    Raises:
        Cancelled: the analyst pressed stop, or went on.
    """
    import duckdb

    stamp = f"{FORM} {workspace.fingerprint}"
    found = _read(workspace.setting(KEPT, None), stamp)
    if found is None:
        with workspace.cursor() as cursor, progress.interrupting(cursor.interrupt):
            found = data_statistics(cursor, workspace.log(), progress)
        # Where nothing can be written they are counted again the next time. Data that changed meanwhile are not these.
        if found.events and stamp == f"{FORM} {workspace.fingerprint}":
            with suppress(SeqlensError, duckdb.Error):
                workspace.set_setting(KEPT, {"of": stamp, "figures": found.to_dict()})
    return found


def count_ahead(workspace: Workspace, memory: int, progress: Progress) -> None:
    """After an import, count what the Data page shows, where that fits into the bytes that the import may take.

    Not after events were appended: those of before would have to be read again.
    """
    with workspace.cursor() as cursor:
        events, appended = cursor.execute(
            "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM data_facts WHERE name = 'grown')"
        ).fetchall()[0]
    if not appended and events * PER_EVENT <= memory:
        figures(workspace, progress)


def _read(kept: object, stamp: str) -> DataStatistics | None:
    """None where they are of other data, or cannot be read."""
    if not isinstance(kept, dict) or kept.get("of") != stamp:
        return None
    try:
        return DataStatistics.from_dict(kept["figures"])
    except (KeyError, TypeError, ValueError):
        return None
