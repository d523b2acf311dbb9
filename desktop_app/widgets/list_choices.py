"""What a ranked list is made of: how long, which category, which fit, with or without what is known already."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from desktop_app.widgets.fields import inset
from desktop_app.widgets.flow_layout import FlowLayout
from desktop_app.widgets.name_box import NameBox

SERVING, EVALUATION = "serving", "evaluation"


class ListChoices(QWidget):
    """One line of choices. `changed` says that the analyst made another one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.k = inset(QSpinBox())
        self.k.setObjectName("k")
        self.k.setRange(1, 1000)
        self.k.setValue(10)
        self.k.setKeyboardTracking(False)
        self.k.setAccessibleName(self.tr("Length of the list"))
        self.hide_seen = QCheckBox(self.tr("Hide what the user already has"))
        self.hide_seen.setObjectName("hide_seen")
        self.category = NameBox(self.tr("Category"), self.tr("All categories"), letters=16)
        self.category.setObjectName("category")
        self.fit = QComboBox()
        self.fit.setObjectName("fit")
        self.fit.setAccessibleName(self.tr("Fit"))
        self.fit.addItem(self.tr("Serving fit"), SERVING)
        self.fit.addItem(self.tr("Evaluation fit"), EVALUATION)
        hint = Qt.ItemDataRole.ToolTipRole
        self.fit.setItemData(0, self.tr("Trained on all events: what to show the user next"), hint)
        self.fit.setItemData(1, self.tr("Trained without the test events: the list that the test saw"), hint)
        self.set_categories(())
        self._lay_out()
        self.k.valueChanged.connect(self.changed)
        self.hide_seen.clicked.connect(self.changed)
        self.category.activated.connect(self.changed)
        self.fit.activated.connect(self.changed)

    def _lay_out(self) -> None:
        flow = FlowLayout(self, spacing=8)  # a narrow window and large letters take a second line
        words = (self.tr("Show"), self.tr("Category"), self.tr("Made by"))
        for text, field in zip(words, (self.k, self.category, self.fit), strict=True):
            pair = QWidget(self)
            line = QHBoxLayout(pair)
            line.setContentsMargins(0, 0, 8, 0)
            line.setSpacing(8)
            label = QLabel(text)
            label.setBuddy(field)
            line.addWidget(label)
            line.addWidget(field)
            flow.addWidget(pair)
        flow.addWidget(self.hide_seen)

    def set_categories(self, names: Sequence[str]) -> None:
        """Offer these categories; the chosen one stays where it is among them."""
        self.category.offer(names)
        self.category.setEnabled(bool(names))

    @property
    def chosen_fit(self) -> str:
        return str(self.fit.currentData())

    @property
    def chosen_category(self) -> str | None:
        return self.category.chosen
