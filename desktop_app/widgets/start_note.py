"""What the window shows while nothing is open: where to begin."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

SHOWN = 4  # recent workspaces
WIDTH = 640  # of the column, in pixels
MNEMONIC = re.compile(r"\(&?\w\)")  # as Chinese texts end with: "打开文件(O)"


class StartNote(QWidget):
    """A title, the ways to begin as large buttons, and the workspaces that were open before.

    Signals:
        recent_chosen(object): the path of one of them.
    """

    recent_chosen = Signal(object)

    def __init__(self, actions: list[QAction], recent: list[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("What would you like to look at?"))
        title.setProperty("role", "title")
        sentence = QLabel(
            self.tr(
                "Open files of user behaviour – CSV, TSV, Parquet or RecBole – or drop them anywhere on this window.\n"
                "Everything stays on this computer."
            )
        )
        sentence.setProperty("role", "muted")
        sentence.setWordWrap(True)
        sentence.setFixedWidth(WIDTH)
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sentence.setMinimumHeight(sentence.heightForWidth(WIDTH))
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addStretch(2)
        layout.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(self._ways(actions))
        if recent:
            layout.addWidget(self._recent(recent[:SHOWN]), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def _ways(self, actions: list[QAction]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addStretch()
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setText(MNEMONIC.sub("", button.text()))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(32, 32))
            button.setFixedSize(200, 96)
            button.setStyleSheet("QToolButton { padding: 16px 8px 8px 8px; }")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAccessibleName(action.text())
            row.addWidget(button)
        row.addStretch()
        return row

    def _recent(self, paths: list[Path]) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(WIDTH)
        layout = QVBoxLayout(card)
        heading = QLabel(self.tr("Recent"))
        heading.setProperty("role", "heading")
        layout.addWidget(heading)
        for path in paths:
            button = QPushButton(f"{path.stem}    {path.parent}")
            button.setFlat(True)
            button.setStyleSheet("text-align: left")
            button.setToolTip(str(path))
            button.clicked.connect(lambda _=False, path=path: self.recent_chosen.emit(path))
            layout.addWidget(button)
        return card
