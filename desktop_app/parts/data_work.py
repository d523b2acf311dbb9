"""What the Data page asks of the workspace, away from the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.data.report import ImportReport, load_reports
from core.figures import figures
from core.files import draft

if TYPE_CHECKING:
    from core.progress import Progress
    from core.sequences.statistics import DataStatistics
    from core.workspace import Workspace


@dataclass(frozen=True)
class Facts:
    """Everything on the page."""

    workspace: Workspace
    statistics: DataStatistics
    reports: list[ImportReport]


def facts(workspace: Workspace, progress: Progress) -> Facts:
    """Find what the page shows."""
    counted = figures(workspace, progress)
    with workspace.cursor() as cursor, progress.interrupting(cursor.interrupt):
        return Facts(workspace, counted, load_reports(cursor))


def save_reports(reports: list[ImportReport], path: Path, progress: Progress) -> Path:
    """Write all import reports as one JSON list, whole or not at all."""
    progress.check()
    with draft(path) as beside:
        beside.write_text("[" + ",\n".join(report.to_json() for report in reports) + "]\n", encoding="utf-8")
    return path
