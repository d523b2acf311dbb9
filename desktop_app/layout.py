"""Splitters begin with sizes that suit their parts, and stay where the analyst put them, also at the next start.

And how what was laid out goes again.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QSplitter, QWidget


def remember(page: QWidget, name: str) -> None:
    """Put the splitters of a page where they were last, and keep each move from now on."""
    settings = QSettings()
    for number, splitter in enumerate(page.findChildren(QSplitter)):
        key = f"layout/{name}/{number}"
        kept = settings.value(key)
        if isinstance(kept, QByteArray):
            splitter.resize(splitter.size().expandedTo(page.size()))  # before it is laid out it would have no room
            splitter.restoreState(kept)
        splitter.splitterMoved.connect(partial(_keep, splitter, key))


def share(splitter: QSplitter, *sizes: int) -> None:
    """Give the parts of a splitter these sizes, in pixels, which it has until it is laid out."""
    along, across = sum(sizes) + splitter.handleWidth() * (len(sizes) - 1), splitter.height()
    if splitter.orientation() == Qt.Orientation.Horizontal:
        splitter.resize(along, across)  # or they would be cut down to the little room that it has yet
    else:
        splitter.resize(splitter.width(), along)
    splitter.setSizes(sizes)


def discard(widget: QWidget) -> None:
    """Delete a widget that was taken out of a layout: it is gone at once, not when there is time.

    It keeps its parent until then. Without one it would come up as a window of its own and take the keys, as Qt shows
    what was put into a layout a little later; and Qt would dress it anew.
    """
    widget.hide()
    widget.setObjectName("")  # another one may have its name by now
    widget.deleteLater()


def _keep(splitter: QSplitter, key: str, *_: int) -> None:
    QSettings().setValue(key, splitter.saveState())
