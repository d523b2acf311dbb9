"""Generators that there are, which one is used, and for what; without one everything else works."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QVBoxLayout, QWidget

from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.fields import Fields
from desktop_app.widgets.flow_layout import FlowLayout
from desktop_app.widgets.generator_table import GeneratorTable


class GeneratorPanel(QWidget):
    """Shows generators, and shows and changes the choice of one.

    Attributes:
        used: the selected generator is to be used, or none.
        tried: it is to read a request.
        measured: it is to be measured.
        changed: with which requests it reads ("all", "rest" or "") and whether it words answers.
    """

    used = Signal()
    tried = Signal()
    measured = Signal()
    changed = Signal(str, bool)

    def __init__(self, adding: Sequence[QAction], parent: QWidget | None = None) -> None:
        """`adding` are the actions by which the list changes; they stand behind those of the panel."""
        super().__init__(parent)
        self.setObjectName("generator_panel")
        heading = QLabel(self.tr("Generators"))
        heading.setProperty("role", "heading")
        self.told = self._label("generator_told", "muted")
        self.state = self._label("generator_state")
        self.table = GeneratorTable(self)
        self._make_choices()
        self._make_actions()
        form = Fields()
        form.add(self.tr("Requests"), self.reads)
        form.add(self.tr("Answers"), self.words)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for action in (self.use_action, self.try_action, self.speed_action, *adding):
            button = action_button(action)
            button.setProperty("primary", action is self.use_action)
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 8, 12)
        column.setSpacing(8)
        for part in (heading, self.told, buttons, self.state):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addLayout(form)

    def _make_actions(self) -> None:
        tip = self.tr("Let it read requests and word answers, as set below; the first row stands for none")
        self.use_action = make_action(self, "generator.use", self.tr("Use it"), self.used.emit, tip=tip)
        tip = self.tr("Let it read a request, and see how long that takes here")
        self.try_action = make_action(self, "generator.try", self.tr("Try it"), self.tried.emit, tip=tip)
        tip = self.tr("How many tokens it writes in a second on this machine")
        self.speed_action = make_action(self, "generator.speed", self.tr("Measure speed"), self.measured.emit, tip=tip)

    def _make_choices(self) -> None:
        self.reads = QComboBox()
        self.reads.setObjectName("generator_reads")
        for key, text in (
            ("rest", self.tr("what the grammar does not understand")),
            ("all", self.tr("all, in the place of the grammar")),
            ("", self.tr("none")),
        ):
            self.reads.addItem(text, key)
        self.reads.setAccessibleName(self.tr("Requests that it reads"))
        self.words = QCheckBox(self.tr("Say what a list has become"))
        self.words.setObjectName("generator_words")
        self.words.setToolTip(self.tr("Each number and title is checked; a sentence with another one is not shown"))
        self.reads.currentIndexChanged.connect(self._tell)
        self.words.toggled.connect(self._tell)

    def _label(self, name: str, role: str = "") -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        return label

    def show_choice(self, name: str, missing: list[str], reads: str, words: bool) -> None:
        """Show the generator called `name` (empty for none); packages that are `missing` keep it from being used."""
        if missing:
            text = self.tr(
                "A generator needs packages that are not installed: {0}. This installs them: "
                'pip install -c constraints.txt -e ".[generator]". Everything works without one.'
            )
            self.told.setText(text.format(", ".join(missing)))
        elif not name:
            self.told.setText(
                self.tr(
                    "None is chosen, and none is needed: requests are read by a grammar. A chat model of 0.5 billion "
                    "parameters or more that lies on this machine can read more of them and word answers."
                )
            )
        else:
            self.told.setText(self.tr("{0} is used, on this machine alone.").format(name))
        for field in (self.reads, self.words):
            field.blockSignals(True)
            field.setEnabled(bool(name) and not missing)
        self.reads.setCurrentIndex(self.reads.findData(reads))
        self.words.setChecked(words)
        for field in (self.reads, self.words):
            field.blockSignals(False)

    def say(self, text: str) -> None:
        """Tell how it went."""
        self.state.setText(text)
        self.state.setVisible(bool(text))

    def _tell(self, *_: object) -> None:
        self.changed.emit(str(self.reads.currentData()), self.words.isChecked())
