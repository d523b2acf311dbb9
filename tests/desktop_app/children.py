"""What is in a widget as an analyst sees it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

Kind = TypeVar("Kind", bound=QWidget)


def children(widget: QWidget, kind: type[Kind]) -> list[Kind]:
    """The widgets of a kind in another one, without those that were taken out and wait to be deleted."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return widget.findChildren(kind)
