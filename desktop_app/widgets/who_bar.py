"""The line below a figure: how many users are behind it, and a name under which they become a segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.widgets import counted
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.elided_label import ElidedChoice, ElidedLabel


@dataclass(frozen=True)
class Behind:
    """Some of the users that a figure counts.

    Attributes:
        words: who they are, as a name for a segment of them.
        place: the figure, in the numbers of its flow.
    """

    words: str
    place: tuple[int, ...]


class WhoBar(QWidget):
    """Tells of the users behind the chosen figure.

    Signals:
        asked(Behind): it is to be told how many there are; answered with `show_count`.
        save_asked(str): the name under which they are to be kept.
    """

    asked = Signal(object)
    save_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("who")
        self.told = ElidedLabel()
        self.told.setObjectName("who_told")
        self.which = ElidedChoice()
        self.which.setSizeAdjustPolicy(ElidedChoice.SizeAdjustPolicy.AdjustToContents)
        self.which.setMaximumWidth(320)
        self.which.setObjectName("who_which")
        self.which.setAccessibleName(self.tr("Which of the users"))
        self.which.activated.connect(self._ask)
        self.name = QLineEdit()
        self.name.setObjectName("who_name")
        self.name.setPlaceholderText(self.tr("Name of the segment"))
        self.name.setAccessibleName(self.tr("Name of the segment"))
        self.name.setMaximumWidth(320)
        self.name.returnPressed.connect(self._save)
        tip = self.tr("Keep these users, as they are now, as a segment that lists, metrics and exports can be of")
        self.save_action = make_action(self, "flows.segment", self.tr("Keep as a segment"), self._save, tip=tip)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.which)
        line.addWidget(self.told, 1)
        line.addWidget(self.name, 1)
        line.addWidget(action_button(self.save_action))
        self._choices: Sequence[Behind] = ()
        self.offer(())

    @property
    def behind(self) -> Behind | None:
        """Which users are chosen; None where no figure is."""
        place = self.which.currentIndex()
        return self._choices[place] if 0 <= place < len(self._choices) else None

    def offer(self, choices: Sequence[Behind]) -> None:
        """Tell of one of these; of none where no figure with users is chosen."""
        self._choices = choices
        self.which.clear()
        for each in choices:
            self.which.addItem(each.words)
        self.which.setVisible(len(choices) > 1)
        self._ask()

    def show_count(self, users: int) -> None:
        """So many users are behind the figure that was asked about last."""
        chosen = self.behind
        if chosen is not None:
            words = counted.users(users) if len(self._choices) > 1 else f"{counted.users(users)}:  {chosen.words}"
            self.told.set_whole(words)
            self._allow(users > 0)

    def tell(self, text: str) -> None:
        """What became of them, until another figure is chosen."""
        self.told.set_whole(text)

    def _ask(self, *_: object) -> None:
        chosen = self.behind
        self._allow(False)
        self.name.setText("" if chosen is None else chosen.words)
        if chosen is None:
            self.told.set_whole(self.tr("Choose a figure to see how many users are behind it, and to keep them."))
        else:
            self.told.set_whole(self.tr("Counting …"))
            self.asked.emit(chosen)

    def _allow(self, save: bool) -> None:
        self.save_action.setEnabled(save)
        self.name.setEnabled(save)

    def _save(self) -> None:
        if self.save_action.isEnabled():
            self.save_asked.emit(self.name.text().strip())
