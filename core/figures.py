"""What was counted over all events, kept in the workspace: to count again takes seconds where there are millions."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from core.errors import SeqlensError
from core.sequences.statistics import DataStatistics, data_statistics, of_counts
from core.sequences.store import load_behaviours

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.data.counts import Counts
    from core.progress import Progress
    from core.workspace import Workspace

FORM = 1  # of what is kept; another one is counted anew

Counted = TypeVar("Counted")


def figures(workspace: Workspace, progress: Progress, counts: Counts | None = None) -> DataStatistics:
    """The figures of all imported events.

    Args:
        counts: of these events, where they were just imported.

    Raises:
        Cancelled: the analyst pressed stop, or went on.
    """

    def count() -> DataStatistics:
        with workspace.cursor() as cursor, progress.interrupting(cursor.interrupt):
            if counts is not None:
                return of_counts(cursor, counts, load_behaviours(cursor))
            return data_statistics(cursor, workspace.log(), progress)

    return counted(workspace, "figures", count, DataStatistics.to_dict, DataStatistics.from_dict)


def counted(
    workspace: Workspace,
    name: str,
    count: Callable[[], Counted],
    told: Callable[[Counted], dict[str, object]],
    read: Callable[[dict[str, object]], Counted],
) -> Counted:
    """What was kept under a name, or is counted and kept if the data changed since.

    Args:
        name: of the setting. Whoever takes users or events out of the data deletes it (`core.privacy.forgetting`).
        told: what is counted, for JSON.
        read: the inverse; raises KeyError, TypeError or ValueError for something else.
    """
    import duckdb

    stamp = f"{FORM} {workspace.fingerprint}"
    kept = workspace.setting(name, None)
    if isinstance(kept, dict) and kept.get("of") == stamp:
        with suppress(KeyError, TypeError, ValueError):
            return read(kept["counted"])
    found = count()
    # Of data that changed meanwhile nobody knows which of them these are.
    if workspace.fingerprint and stamp == f"{FORM} {workspace.fingerprint}":
        with suppress(SeqlensError, duckdb.Error):  # where nothing can be written it is counted again the next time
            workspace.set_setting(name, {"of": stamp, "counted": told(found)})
    return found
