"""The open data sets of the benchmarks, imported as the window does it."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core import workflow
from core.data.settings import ImportSettings
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog
from core.workspace import Workspace

DATA = Path(os.environ.get("SEQLENS_DATA", Path(__file__).parents[3] / "shared" / "data"))
SETS = {
    "amazon-beauty": ("amazon-beauty/events.csv", "amazon-beauty/items.csv"),
    "ml-100k": ("ml-100k/ml-100k.inter", "ml-100k/ml-100k.item"),
}


@contextmanager
def opened(name: str) -> Iterator[Workspace]:
    """A workspace with this set, kept for as long as it is open; ends the program with 1 where the set is not here."""
    events, items = (DATA / file for file in SETS[name])
    if not events.is_file():
        print(f"{events} is not here; set SEQLENS_DATA to the folder of the data sets", file=sys.stderr)
        raise SystemExit(1)
    with tempfile.TemporaryDirectory() as folder, Workspace.create(Path(folder) / "w.seqlens") as workspace:
        workflow.import_files(workspace, ImportSettings(files=(events,), items_files=(items,)), Progress())
        yield workspace


def load(name: str) -> tuple[EventLog, Catalogue]:
    """Events and items of a set."""
    with opened(name) as workspace:
        return workspace.log(), workspace.catalogue()
