"""How a language model is to read: what becomes of its token vectors, the words before texts, and the templates."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from core.errors import SeqlensError
from core.language.reading import LEAST_TOKENS, Reading
from core.language.rendering import FIELDS as EVENT_FIELDS
from core.language.rendering import TEMPLATE, check_template
from core.language.wording import FIELDS as ITEM_FIELDS
from core.language.wording import check_wording
from desktop_app.translation import error_text
from desktop_app.widgets.fields import Fields, inset

USUAL = "{title}. {category}. {description}"  # what is read where no template is given
PAUSE_MS = 300  # after a key, before what was typed is taken


class ReadingForm(QWidget):
    """Shows and changes a `Reading`.

    Attributes:
        changed: with the reading, once it is one that can be used.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading = Reading()
        self._showing = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._take)
        self._make_fields()
        form = Fields()
        form.add(self.tr("A text's vector"), self.pooling)
        form.add(self.tr("Before an item's text"), self.prefix)
        form.add(self.tr("Before what is asked"), self.query)
        form.add(self.tr("Tokens of a text"), self.tokens)
        form.add(self.tr("Weights"), self.bits)
        form.addWidget(self.cosine, form.rowCount(), 1)
        form.add(self.tr("Text of an item"), self.items)
        form.add(self.tr("Text of an event"), self.sequence)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(form)
        layout.addWidget(self.problem)

    def _make_fields(self) -> None:
        self.pooling = QComboBox()
        for key, name in (
            ("mean", self.tr("the mean of its tokens")),
            ("cls", self.tr("its first token, [CLS]")),
            ("last", self.tr("its last token")),
        ):
            self.pooling.addItem(name, key)
        tip = self.tr("As the model was trained; guessed from its files. Decoders need the last token.")
        self.pooling.setToolTip(tip)
        self.prefix, self.query, self.items, self.sequence = (QLineEdit() for _ in range(4))
        none = self.tr("nothing")
        self.prefix.setPlaceholderText(none)
        self.query.setPlaceholderText(none)
        self.prefix.setToolTip(self.tr("Words that the model was trained to see before a text, as “passage: ” for E5"))
        self.query.setToolTip(self.tr("Words before a request or a user's sequence: “query: ” or an instruction"))
        self.items.setPlaceholderText(USUAL)
        self.items.setToolTip(
            self.tr("Words and {0}. Words before a field are left out with it.").format(_braced(ITEM_FIELDS))
        )
        self.sequence.setPlaceholderText(TEMPLATE)
        self.sequence.setToolTip(
            self.tr("Words and {0}, for language-model regression, which reads sequences.").format(
                _braced(EVENT_FIELDS)
            )
        )
        self.tokens = inset(QSpinBox())
        self.tokens.setRange(LEAST_TOKENS, LEAST_TOKENS)
        self.tokens.setToolTip(self.tr("Longer texts are cut after so many tokens, never inside one"))
        self.bits = QComboBox()
        for bits, name in (
            (32, self.tr("32 bits, as they are")),
            (8, self.tr("8 bits: layers a quarter as large")),
            (4, self.tr("4 bits: layers an eighth as large")),
        ):
            self.bits.addItem(name, bits)
        self.bits.setToolTip(
            self.tr(
                "With 8 bits the processor is faster, too; the table of words stays as it is. The vectors are a little "
                "different: their cosine is told."
            )
        )
        self.cosine, self.problem = QLabel(), QLabel()
        self.cosine.setProperty("role", "muted")
        self.problem.setProperty("role", "error")
        for label in (self.cosine, self.problem):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.hide()
        for name, field, words in (
            ("pooling", self.pooling, self.tr("A text's vector")),
            ("prefix", self.prefix, self.tr("Before an item's text")),
            ("query", self.query, self.tr("Before what is asked")),
            ("tokens", self.tokens, self.tr("Tokens of a text")),
            ("items", self.items, self.tr("Text of an item")),
            ("sequence", self.sequence, self.tr("Text of an event")),
            ("bits", self.bits, self.tr("Weights")),
        ):
            field.setObjectName(f"reading_{name}")
            field.setAccessibleName(words)
        for line in (self.prefix, self.query, self.items, self.sequence):
            line.setMaxLength(500)
            line.textEdited.connect(lambda _: self._pause.start())
            line.editingFinished.connect(self._take)
        self.pooling.currentIndexChanged.connect(self._take)
        self.tokens.valueChanged.connect(lambda _: self._pause.start())
        self.bits.currentIndexChanged.connect(self._take)

    @property
    def reading(self) -> Reading:
        """What is set now."""
        return self._reading

    def show_reading(self, reading: Reading, most: int) -> None:
        """Show a reading of a model that can take `most` tokens."""
        self._showing = True
        self._pause.stop()
        self._reading = reading
        self.pooling.setCurrentIndex(self.pooling.findData(reading.pooling))
        self.tokens.setRange(LEAST_TOKENS, max(LEAST_TOKENS, most))
        self.tokens.setValue(reading.tokens)
        for line, text in (
            (self.prefix, reading.prefix),
            (self.query, reading.query),
            (self.items, reading.items),
            (self.sequence, "" if reading.sequence == TEMPLATE else reading.sequence),
        ):
            if line.text() != text:
                line.setText(text)
        self.bits.setCurrentIndex(self.bits.findData(reading.bits))
        self.show_cosine("")
        self._complain("")
        self._showing = False

    def show_cosine(self, text: str) -> None:
        """Tell how near fewer bits are to the full model."""
        self.cosine.setText(text)
        self.cosine.setVisible(bool(text))

    def _take(self, *_: object) -> None:
        self._pause.stop()
        if self._showing:
            return
        items, sequence = self.items.text().strip(), self.sequence.text().strip() or TEMPLATE
        try:
            if items:
                check_wording(items)
            check_template(sequence)
        except SeqlensError as error:
            self._complain(error_text(error))
            return
        self._complain("")
        reading = replace(
            self._reading,
            pooling=str(self.pooling.currentData()),
            prefix=self.prefix.text(),
            query=self.query.text(),
            tokens=self.tokens.value(),
            bits=self.bits.currentData(),
            items=items,
            sequence=sequence,
        )
        if reading != self._reading:
            self._reading = reading
            self.changed.emit(reading)

    def _complain(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))


def _braced(fields: tuple[str, ...]) -> str:
    return ", ".join(f"{{{field}}}" for field in fields)
