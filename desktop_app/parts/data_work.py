"""What the Data page asks of the workspace, away from the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.data.report import ImportReport, load_reports
from core.files import draft
from core.sequences.statistics import DataStatistics, data_statistics

if TYPE_CHECKING:
    from core.progress import Progress
    from core.workspace import Workspace


@dataclass(frozen=True)
class Facts:
    """Everything on the page."""

    workspace: Workspace
    statistics: DataStatistics
    reports: list[ImportReport]


def facts(workspace: Workspace, progress: Progress) -> Facts:
    """Compute what the page shows."""
    with workspace.cursor() as cursor, progress.interrupting(cursor.interrupt):
        return Facts(workspace, data_statistics(cursor, workspace.log(), progress), load_reports(cursor))


def save_reports(reports: list[ImportReport], path: Path, progress: Progress) -> Path:
    """Write all import reports as one JSON list, whole or not at all."""
    progress.check()
    with draft(path) as beside:
        beside.write_text("[" + ",\n".join(report.to_json() for report in reports) + "]\n", encoding="utf-8")
    return path
