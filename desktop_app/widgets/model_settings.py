"""Fields for the settings of the models that an analyst may change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLabel, QLineEdit, QSpinBox, QWidget

from desktop_app.widgets import runs_table
from desktop_app.widgets.fields import Fields, inset
from desktop_app.widgets.model_options import CONTEXT, PRIVATE, SETTINGS, Setting, suited

Field: TypeAlias = QSpinBox | QDoubleSpinBox | QComboBox | QLineEdit


class ModelSettings(QWidget):
    """Fields for the settings of one model; only what differs from the model's defaults is told."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = Fields()
        self.setLayout(self._form)
        self._defaults: Mapping[str, Mapping[str, object]] = {}
        self._fields: dict[tuple[str, str], Field] = {}

    def set_defaults(self, defaults: Mapping[str, Mapping[str, object]]) -> None:
        """The default settings of each model, by the model's name; a None is chosen from the data."""
        self._defaults = defaults

    def show_model(self, model: str) -> None:
        """Show the fields of what a training of `model` uses, with their defaults."""
        self._form.clear()
        self._fields = {}
        for part in suited(model):
            settings = [each for each in SETTINGS if each.model == part and each.name in self._defaults.get(part, {})]
            if part != model:  # a sum counts events, which is not private
                settings = [each for each in settings if not each.name.startswith(PRIVATE)]
            if settings and part != model:
                self._form.add_heading(runs_table.model_name(part))
            for setting in settings:
                field = self._field(setting)
                self._fields[part, setting.name] = field
                label = self._form.add(QCoreApplication.translate(CONTEXT, setting.label), field)
                label.setToolTip(field.toolTip())
            if part == model == "transformer" and settings and "private_epsilon" not in self._defaults[part]:
                self._tell_what_is_missing()

    def show_private(self) -> None:
        """Go to the privacy budget, where the shown model has one here."""
        field = self._fields.get(("transformer", "private_epsilon"))
        if field is not None:
            field.setFocus()

    def _tell_what_is_missing(self) -> None:
        """Say what private training needs, in the place of its settings."""
        note = QLabel(
            self.tr("Private training needs Opacus. Install it with: {0}").format(
                "pip install -c constraints.txt -e .[private]"
            )
        )
        note.setObjectName("private.missing")
        note.setWordWrap(True)
        note.setProperty("role", "muted")
        note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._form.addWidget(note, self._form.rowCount(), 0, 1, 2)

    def _field(self, setting: Setting) -> Field:
        default = self._defaults[setting.model][setting.name]
        field: Field
        if setting.choices:
            field = _choice(setting.choices, str(default))
            field.currentIndexChanged.connect(lambda _: self.changed.emit())
        elif setting.words:
            field = QLineEdit(str(default))
            field.setPlaceholderText(self.tr("automatic"))
            field.textChanged.connect(lambda _: self.changed.emit())
        else:
            field = self._number(setting, default)
            field.valueChanged.connect(lambda _: self.changed.emit())
        field.setObjectName(f"{setting.model}.{setting.name}")
        field.setToolTip(QCoreApplication.translate(CONTEXT, setting.hint))
        field.setAccessibleName(QCoreApplication.translate(CONTEXT, setting.label))
        return field

    def _number(self, setting: Setting, default: object) -> QSpinBox | QDoubleSpinBox:
        field: QSpinBox | QDoubleSpinBox
        if setting.digits:
            field = inset(QDoubleSpinBox())
            field.setDecimals(setting.digits)
            step: float = setting.step
            low: float = setting.low
        else:
            field = inset(QSpinBox())
            step, low = int(setting.step), int(setting.low)
        # Where the model chooses by the data, one step below the lowest value means "automatic".
        field.setRange(low - step if default is None else low, type(low)(setting.high))  # type: ignore[arg-type]
        field.setSingleStep(step)  # type: ignore[arg-type]
        if default is None:
            field.setSpecialValueText(self.tr("automatic"))
            field.setValue(field.minimum())  # type: ignore[arg-type]
        else:
            field.setValue(type(low)(default))  # type: ignore[arg-type, call-overload]
        if setting.none:
            field.setSpecialValueText(QCoreApplication.translate(CONTEXT, setting.none))
        field.setLocale(QLocale())
        return field

    def options(self) -> dict[str, dict[str, object]]:
        """What differs from the defaults, by the model's name."""
        found: dict[str, dict[str, object]] = {}
        for (model, name), field in self._fields.items():
            default = self._defaults[model][name]
            value = _value(field)
            if value != default and not (default is None and value == _least(field)):
                found.setdefault(model, {})[name] = value
        return found


def _choice(choices: tuple[tuple[str, str], ...], chosen: str) -> QComboBox:
    box = QComboBox()
    for value, name in choices:
        box.addItem(QCoreApplication.translate(CONTEXT, name), value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(10)
    return box


def _value(field: Field) -> object:
    if isinstance(field, QComboBox):
        return field.currentData()
    return field.text() if isinstance(field, QLineEdit) else field.value()


def _least(field: Field) -> object:
    """What a field shows that is left to the model: a number's minimum."""
    return field.minimum() if isinstance(field, QSpinBox | QDoubleSpinBox) else None
