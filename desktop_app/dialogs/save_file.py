"""Asks where to save a file, so that none is written over unasked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox

from core.files import there

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


def ask_where(parent: QWidget, title: str, start: str, suffixes: Sequence[str]) -> Path | None:
    """The file that the analyst chose, with a suffix that names its format; None for no file.

    Args:
        start: the path that is offered.
        suffixes: of the formats, each like ".csv", the usual one first. A name without one of them gets that of the
            chosen format. Where such a file exists, the analyst is asked: the system's dialog asked of another name.
    """
    kinds = {f"{suffix[1:].upper()} (*{suffix})": suffix for suffix in suffixes}
    chosen, kind = QFileDialog.getSaveFileName(parent, title, start, ";;".join(kinds))
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() in suffixes:
        return path
    path = path.with_name(path.name + kinds.get(kind, suffixes[0]))
    return path if not there(path) or may_replace(parent, title, path) else None


def may_replace(parent: QWidget, title: str, path: Path) -> bool:
    """Ask whether the file that exists there is to be replaced."""
    text = QCoreApplication.translate("save_file", "{0} exists already. Replace it?").format(path.name)
    buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
    return (
        QMessageBox.question(parent, title, text, buttons, QMessageBox.StandardButton.No)
        == QMessageBox.StandardButton.Yes
    )
