"""How files are cleaned when they are imported: behaviours, time, rules, missing values, privacy."""

from __future__ import annotations

import secrets
from dataclasses import replace

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from core.data.settings import FILLABLE, ImportSettings, Rules
from core.errors import SeqlensError
from desktop_app.widgets.behaviour_table import BehaviourTable
from desktop_app.widgets.key_field import KeyField

CONTEXT = "ImportOptions"

# Words for the roles that a missing value can have, and for the rules. Sources of translation.
FILL_WORDS = {
    "behaviour": QT_TRANSLATE_NOOP("ImportOptions", "Behaviour"),
    "value": QT_TRANSLATE_NOOP("ImportOptions", "Value"),
    "title": QT_TRANSLATE_NOOP("ImportOptions", "Title"),
    "category": QT_TRANSLATE_NOOP("ImportOptions", "Category"),
    "description": QT_TRANSLATE_NOOP("ImportOptions", "Description"),
    "price": QT_TRANSLATE_NOOP("ImportOptions", "Price"),
}
RULE_WORDS = {
    "missing_user": QT_TRANSLATE_NOOP("ImportOptions", "Without a user id"),
    "missing_item": QT_TRANSLATE_NOOP("ImportOptions", "Without an item id"),
    "invalid_behaviour": QT_TRANSLATE_NOOP("ImportOptions", "With a missing or invalid behaviour"),
    "duplicate": QT_TRANSLATE_NOOP("ImportOptions", "That repeat an earlier row"),
    "impossible_time": QT_TRANSLATE_NOOP("ImportOptions", "With a time outside these days (UTC)"),
}
FORMAT_WORDS = {
    "auto": QT_TRANSLATE_NOOP("ImportOptions", "Detect"),
    "seconds": QT_TRANSLATE_NOOP("ImportOptions", "Seconds since 1970"),
    "milliseconds": QT_TRANSLATE_NOOP("ImportOptions", "Milliseconds since 1970"),
    "microseconds": QT_TRANSLATE_NOOP("ImportOptions", "Microseconds since 1970"),
    "iso": QT_TRANSLATE_NOOP("ImportOptions", "ISO 8601, as 2026-11-24 18:00"),
}
EXAMPLES = ("%d.%m.%Y %H:%M", "%m/%d/%Y %H:%M", "%Y/%m/%d %H:%M:%S")


def _words(source: str) -> str:
    return QCoreApplication.translate(CONTEXT, source)


class ImportOptions(QWidget):
    """Three cards of choices.

    Signals:
        changed: the analyst changed something.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guessed: tuple[str, ...] | None = None
        self._shown: dict[str, str | bool] = {}  # by field, before the analyst changed any
        self._key_is_given = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for card in (self._behaviour_card(), self._rules_card(), self._fill_card()):
            row.addWidget(card, 1)

    def show_settings(
        self, settings: ImportSettings, behaviours: tuple[str, ...] = (), negative: tuple[str, ...] = ()
    ) -> None:
        """Show `settings`, with a row for each of the raw `behaviours` that the files hold.

        `negative` names those that are guessed to speak against an item, which counts where the settings do not say.
        What the analyst changed since other settings were shown stays.
        """
        own = {name: value for name, value in self._values().items() if value != self._shown.get(name, value)}
        self.show_behaviours(settings, behaviours, negative)
        self.default_behaviour.setText(settings.default_behaviour or "")
        self.keep_text_events.setChecked(settings.keep_text_events)
        self.show_time_format(settings.time_format)
        (self.by_file if settings.order == "file" else self.by_time).setChecked(True)
        for name, box in self.rules.items():
            box.setChecked(bool(getattr(settings.rules, name)))
        self.earliest.setText(settings.rules.earliest)
        self.latest.setText(settings.rules.latest or "")
        for role, field in self.fills.items():
            field.setText(str(settings.fill.get(role, "")))
        self._shown = self._values()
        for name, value in own.items():
            _put(self._fields()[name], value)
        if settings.pseudonym_key is not None:
            self.key.setText(settings.pseudonym_key.hex())
        # Who asked for pseudonyms, and perhaps typed their key, still wants them when the files are looked at again.
        if self._key_is_given or settings.pseudonym_key is not None:
            self.pseudonyms.setChecked(True)
        self._follow()

    def show_behaviours(self, settings: ImportSettings, behaviours: tuple[str, ...], negative: tuple[str, ...]) -> None:
        """Show these values of the behaviour column in place of others."""
        self._guessed = negative if settings.negative is None else None
        self.table.show_values(
            behaviours, settings.behaviours, negative if settings.negative is None else settings.negative
        )

    def show_time_format(self, time_format: str) -> None:
        """Show how times are written, in place of what was shown or chosen."""
        place = self.time_format.findData(time_format)
        if place >= 0:
            self.time_format.setCurrentIndex(place)
        else:
            self.time_format.setEditText(time_format)
        self._shown["time_format"] = self.time_format.currentText()

    @property
    def has_own_format(self) -> bool:
        """Whether the analyst said how times are written."""
        return self.time_format.currentText() != self._shown["time_format"]

    def need_key(self, needed: bool) -> None:
        """Whether users have pseudonyms already, whose key must be given; said before the settings are shown."""
        self._key_is_given = needed
        self.pseudonyms.setEnabled(not needed)
        if needed:
            self._key_note.setText(
                self.tr("The users of this workspace have pseudonyms. Give the key with which these were made.")
            )

    def set_roles(self, roles: set[str]) -> None:
        """Offer only what makes sense for files that have these roles."""
        self.table.setVisible("behaviour" in roles)
        self._one_behaviour.setVisible("behaviour" not in roles)
        self.keep_text_events.setEnabled("text" in roles)
        self.rules["impossible_time"].setEnabled("time" in roles)
        self.time_format.setEnabled("time" in roles and not self.by_file.isChecked())
        self.by_time.setText(self.tr("By time") if "time" in roles or "order" not in roles else self.tr("By step"))
        for role, field in self.fills.items():
            shown = role in roles
            self._fill_form.setRowVisible(field, shown)
        self._no_fill.setVisible(not any(role in roles for role in self.fills))

    def settings(self, base: ImportSettings) -> ImportSettings:
        """`base` with what was chosen here.

        Raises:
            SeqlensError: a date, a format, a number or the key cannot be read.
        """
        rules = Rules(
            **{name: box.isChecked() for name, box in self.rules.items()},
            earliest=self.earliest.text().strip() or Rules.earliest,
            latest=self.latest.text().strip() or None,
        )
        fills = {role: field.text().strip() for role, field in self.fills.items()}
        return replace(
            base,
            behaviours=self.table.names(),
            negative=self._negative(),
            default_behaviour=self.default_behaviour.text().strip() or None,
            time_format=self._format(),
            order="file" if self.by_file.isChecked() else "time",
            rules=rules,
            fill={role: text for role, text in fills.items() if text and not self.fills[role].isHidden()},
            keep_text_events=self.keep_text_events.isChecked(),
            pseudonym_key=self.key_field.key() if self.pseudonyms.isChecked() else None,
        )

    # ---------------------------------------------------------------- the cards

    def _behaviour_card(self) -> QFrame:
        self.table = BehaviourTable()
        self.table.changed.connect(self.changed)
        self._one_behaviour = QWidget()
        line = QFormLayout(self._one_behaviour)
        line.setContentsMargins(0, 0, 0, 0)
        self.default_behaviour = QLineEdit()
        self.default_behaviour.setObjectName("default_behaviour")
        self.default_behaviour.setPlaceholderText(self.tr("Detect"))
        self.default_behaviour.textEdited.connect(self.changed)
        line.addRow(self.tr("Every row is a"), self.default_behaviour)
        self.keep_text_events = self._check("keep_text_events", self.tr("Keep searches: a text and no item"))
        card, column = _card(self.tr("Behaviours"))
        column.addWidget(self.table, 1)
        column.addWidget(self._one_behaviour)
        column.addWidget(self.keep_text_events)
        column.addStretch(0)
        return card

    def _rules_card(self) -> QFrame:
        card, column = _card(self.tr("Order of events"))
        group = QButtonGroup(card)
        self.by_time, self.by_file = QRadioButton(self.tr("By time")), QRadioButton(self.tr("By place in the file"))
        both = QHBoxLayout()
        for name, button in (("order_time", self.by_time), ("order_file", self.by_file)):
            button.setObjectName(name)
            button.clicked.connect(self._chosen)
            group.addButton(button)
            both.addWidget(button)
        both.addStretch(1)
        column.addLayout(both)
        self.time_format = QComboBox()
        self.time_format.setObjectName("time_format")
        self.time_format.setEditable(True)
        self.time_format.setAccessibleName(self.tr("How times are written"))
        for key, words in FORMAT_WORDS.items():
            self.time_format.addItem(_words(words), key)
        for example in EXAMPLES:
            self.time_format.addItem(example, example)
        self.time_format.setToolTip(self.tr("Choose one, or write a format such as %d.%m.%Y %H:%M"))
        self.time_format.currentTextChanged.connect(lambda _: self.changed.emit())
        line = QHBoxLayout()
        line.addWidget(QLabel(self.tr("Times are")))
        line.addWidget(self.time_format, 1)
        column.addLayout(line)
        column.addSpacing(8)
        column.addWidget(_heading(self.tr("Reject rows")))
        self.rules = {name: self._check(f"rule.{name}", _words(words)) for name, words in RULE_WORDS.items()}
        for box in self.rules.values():
            column.addWidget(box)
        column.addLayout(self._span())
        column.addStretch(1)
        return card

    def _span(self) -> QHBoxLayout:
        self.earliest, self.latest = QLineEdit(), QLineEdit()
        self.earliest.setObjectName("earliest")
        self.earliest.setAccessibleName(self.tr("Earliest day"))
        self.latest.setObjectName("latest")
        self.latest.setAccessibleName(self.tr("Latest day"))
        self.latest.setPlaceholderText(self.tr("tomorrow"))
        line = QHBoxLayout()
        line.setContentsMargins(24, 0, 0, 0)
        for field in (self.earliest, QLabel("–"), self.latest):
            line.addWidget(field)
            if isinstance(field, QLineEdit):
                field.textEdited.connect(self.changed)
        return line

    def _fill_card(self) -> QFrame:
        card, column = _card(self.tr("Where a value is missing, put"))
        self._fill_form = QFormLayout()
        self._fill_form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.fills: dict[str, QLineEdit] = {}
        for role in FILLABLE:
            field = self.fills[role] = QLineEdit()
            field.setObjectName(f"fill.{role}")
            number = role in ("value", "price")
            field.setPlaceholderText(self.tr("a number, mean or median") if number else self.tr("nothing"))
            field.textEdited.connect(self.changed)
            self._fill_form.addRow(_words(FILL_WORDS[role]), field)
        column.addLayout(self._fill_form)
        self._no_fill = QLabel(self.tr("No column here can be filled."))
        self._no_fill.setProperty("role", "muted")
        column.addWidget(self._no_fill)
        column.addSpacing(8)
        column.addWidget(_heading(self.tr("Privacy")))
        self.pseudonyms = self._check("pseudonyms", self.tr("Replace user ids by pseudonyms"))
        self.pseudonyms.clicked.connect(self._follow)
        column.addWidget(self.pseudonyms)
        self.key_field = KeyField("pseudonym_key", hidden=False, saves=True)
        self.key_field.changed.connect(self.changed)
        self.key = self.key_field.line
        self._key_note = QLabel(
            self.tr("Keep this key apart and secret: with it, later files get the same pseudonyms. It is not stored.")
        )
        self._key_note.setWordWrap(True)
        self._key_note.setProperty("role", "muted")
        column.addWidget(self.key_field)
        column.addWidget(self._key_note)
        column.addStretch(1)
        return card

    def _check(self, name: str, words: str) -> QCheckBox:
        box = QCheckBox(words)
        box.setObjectName(name)
        box.clicked.connect(self._chosen)
        return box

    # ---------------------------------------------------------------- what was chosen

    def _fields(self) -> dict[str, QWidget]:
        """What the analyst fills in, without the table, by the names of the objects."""
        fields: tuple[QWidget, ...] = (
            *(self.default_behaviour, self.keep_text_events, self.by_time, self.by_file, self.time_format),
            *(*self.rules.values(), self.earliest, self.latest, *self.fills.values()),
        )
        return {field.objectName(): field for field in fields}

    def _values(self) -> dict[str, str | bool]:
        return {name: _value(field) for name, field in self._fields().items()}

    def _chosen(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        secret = self.pseudonyms.isChecked()
        if secret and not self.key.text():
            self._take_key()
        self.key_field.setVisible(secret)
        self._key_note.setVisible(secret)
        dated = self.rules["impossible_time"].isChecked()
        self.earliest.setEnabled(dated)
        self.latest.setEnabled(dated)
        self.time_format.setEnabled(not self.by_file.isChecked())

    def _take_key(self) -> None:
        """The key that the system keeps, so that later files get the same pseudonyms; a new one where it keeps none."""
        from core.privacy import pseudonyms

        if self._key_is_given:  # a new one would not be theirs
            return
        try:
            self.key.setText(pseudonyms.keyring_key(pseudonyms.KEY_NAME).hex())
        except SeqlensError:
            self.key.setText(secrets.token_hex(32))
        else:
            self._key_note.setText(
                self.tr("The system's keyring keeps this key under “default”: later files get the same pseudonyms.")
            )

    def _format(self) -> str:
        text = self.time_format.currentText().strip()
        place = self.time_format.findText(text, Qt.MatchFlag.MatchExactly)
        return str(self.time_format.itemData(place)) if place >= 0 else text

    def _negative(self) -> tuple[str, ...] | None:
        """None where the guess was left as it is: then values that only occur further down are guessed as well."""
        chosen = self.table.negative()
        return None if chosen == self._guessed else chosen


def _value(field: QWidget) -> str | bool:
    if isinstance(field, QAbstractButton):
        return field.isChecked()
    assert isinstance(field, QLineEdit | QComboBox)
    return field.text() if isinstance(field, QLineEdit) else field.currentText()


def _put(field: QWidget, value: str | bool) -> None:
    if isinstance(field, QAbstractButton):
        field.setChecked(bool(value))
    elif isinstance(field, QLineEdit):
        field.setText(str(value))
    elif isinstance(field, QComboBox):
        field.setEditText(str(value))


def _card(title: str) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(12, 10, 12, 12)
    column.setSpacing(6)
    column.addWidget(_heading(title))
    return card, column


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label
