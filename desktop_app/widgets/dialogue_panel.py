"""Where the analyst talks to the recommender: what was said, what was understood of it, and what was not."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.dialogue.conversation import Conversation, Turn
from desktop_app.layout import discard
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.answer_box import AnswerBox
from desktop_app.widgets.dialogue_words import words
from desktop_app.widgets.flow_layout import FlowLayout

CROSS = "✕"
LONGEST = 44  # characters of a chip; its tool tip has them all


class DialoguePanel(QWidget):
    """Shows a conversation and takes what is said next.

    Attributes:
        said: a request was written.
        changed: another conversation is to be in force.
    """

    said = Signal(str)
    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialogue")
        self._conversation = Conversation()
        self._listening = False
        heading = QLabel(self.tr("Talk about this list"))
        heading.setProperty("role", "heading")
        tip = self.tr("Take the last turn back")
        self.undo_action = make_action(self, "dialogue.undo", self.tr("Undo"), self._undo, "Alt+Z", tip)
        tip = self.tr("Forget all that was said about this user's list")
        self.reset_action = make_action(self, "dialogue.reset", self.tr("Start over"), self._reset, tip=tip)
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(action_button(self.undo_action))
        top.addWidget(action_button(self.reset_action))
        self._chips = QWidget()
        self._chips.setObjectName("dialogue_chips")
        self._chips.setAccessibleName(self.tr("What is in force"))
        self._flow = FlowLayout(self._chips)
        self._turns = QWidget()
        self._column = QVBoxLayout(self._turns)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(8)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._turns)
        self._scroll.setAccessibleName(self.tr("The conversation"))
        self.problem = QLabel()
        self.problem.setObjectName("dialogue_problem")
        self.problem.setProperty("role", "error")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self._chips)
        self.answer = AnswerBox()
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.answer)
        layout.addWidget(self.problem)
        layout.addLayout(self._entry())
        self.show_conversation(Conversation())

    def _entry(self) -> QHBoxLayout:
        self.entry = QLineEdit()
        self.entry.setObjectName("dialogue_entry")
        self.entry.setPlaceholderText(self.tr("Less of this, more like that, under 30 …"))
        self.entry.setAccessibleName(self.tr("What is to change in the list"))
        self.entry.setMaxLength(1000)
        self.entry.returnPressed.connect(self._send)
        self.send_button = QPushButton(self.tr("Say"))
        self.send_button.setObjectName("dialogue_send")
        self.send_button.setProperty("primary", True)
        self.send_button.clicked.connect(self._send)
        line = QHBoxLayout()
        line.addWidget(self.entry, 1)
        line.addWidget(self.send_button)
        return line

    @property
    def conversation(self) -> Conversation:
        """What is in force."""
        return self._conversation

    def show_conversation(self, conversation: Conversation) -> None:
        """Show what is in force and how it came to be."""
        self._conversation = conversation
        self.problem.hide()
        for layout in (self._flow, self._column):
            while (item := layout.takeAt(0)) is not None:
                gone = item.widget()
                if gone is not None:
                    discard(gone)
        for part in conversation.parts:
            text = words(part)
            short = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
            chip = QPushButton(f"{short}  {CROSS}")
            chip.setProperty("chip", True)
            chip.setAccessibleName(self.tr("Remove: {0}").format(text))
            chip.setToolTip(self.tr("Remove: {0}").format(text))
            chip.clicked.connect(partial(self._drop, part))
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(conversation.parts))
        for place, turn in enumerate(conversation.turns):
            self._column.addWidget(self._card(place, turn))
        if not conversation.turns:
            self._column.addWidget(self._examples())
        self._column.addStretch(1)
        self.undo_action.setEnabled(bool(conversation.turns))
        self.reset_action.setEnabled(bool(conversation.turns))
        QTimer.singleShot(0, self._to_end)

    def show_problem(self, text: str) -> None:
        """Tell why nothing follows."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _to_end(self) -> None:
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _card(self, place: int, turn: Turn) -> QWidget:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        if turn.dropped is not None:
            lines = [(self.tr("Removed: {0}").format(words(turn.dropped)), "muted")]
        else:
            lines = [(turn.said.text, "heading")]
            if turn.said.parts:
                understood = "  ·  ".join(map(words, turn.said.parts))
                lines.append((self.tr("Understood: {0}").format(understood), "muted"))
            if turn.said.missed or not turn.said.parts:
                missed = ", ".join(f"“{piece}”" for piece in turn.said.not_understood) or f"“{turn.said.text}”"
                lines.append((self.tr("Not understood: {0}").format(missed), "error"))
        for text, role in lines:
            label = QLabel(text)
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        back = QPushButton(self.tr("Take back"))
        back.setObjectName(f"dialogue_take_back_{place}")
        back.setAccessibleName(self.tr("Take back: {0}").format(lines[0][0]))
        back.setProperty("chip", True)
        back.clicked.connect(lambda: self._become(self._conversation.take_back(place)))
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(back)
        column.addLayout(line)
        return card

    def _examples(self) -> QWidget:
        """What can be said, to begin with."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        text = QLabel(
            self.tr(
                "Say in English or Chinese what the list should be like. It follows at once, and every turn can be "
                "taken back. No generator is needed, and nothing leaves this machine."
            )
        )
        text.setProperty("role", "muted")
        text.setWordWrap(True)
        column.addWidget(text)
        for example in (
            self.tr("At most two of each category"),
            self.tr("Cheaper, and something new for her"),
            self.tr("Use only the last 10 events"),
        ):
            button = QPushButton(example)
            button.setProperty("chip", True)
            button.clicked.connect(partial(self._try, example))
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        return box

    def _try(self, text: str) -> None:
        self.entry.setText(text)
        self.entry.setFocus()

    def _send(self) -> None:
        text = self.entry.text().strip()
        if text and not self._listening:
            self.show_problem("")
            self.said.emit(text)

    def listen(self, on: bool) -> None:
        """Whether a request is being read; the next one waits until that is done."""
        self._listening = on
        self.send_button.setEnabled(not on)

    def _drop(self, part: object) -> None:
        self._become(self._conversation.drop(part))  # type: ignore[arg-type]

    def _undo(self) -> None:
        self._become(self._conversation.undo())

    def _reset(self) -> None:
        self._become(Conversation())

    def _become(self, conversation: Conversation) -> None:
        self.show_conversation(conversation)
        self.changed.emit(conversation)
        self.entry.setFocus()
