"""The settings of the models that an analyst may change: what each is called, its limits, a field to enter it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

from desktop_app.widgets import runs_table
from desktop_app.widgets.fields import Fields

CONTEXT = "ModelSettings"


@dataclass(frozen=True)
class Setting:
    """One number of a model's settings.

    Attributes:
        model: whose it is.
        name: the field of the model's settings.
        label, hint: English sources of what is shown.
        low, high: limits.
        digits: decimals, 0 for a whole number.
        step: of the arrows.
    """

    model: str
    name: str
    label: str
    hint: str
    low: float
    high: float
    digits: int = 0
    step: float = 1


SETTINGS = (
    Setting(
        "transformer",
        "epochs",
        QT_TRANSLATE_NOOP("ModelSettings", "Most epochs"),
        QT_TRANSLATE_NOOP("ModelSettings", "Passes over the data; fewer when validation gets no better."),
        1,
        1000,
    ),
    Setting(
        "transformer",
        "patience",
        QT_TRANSLATE_NOOP("ModelSettings", "Patience"),
        QT_TRANSLATE_NOOP("ModelSettings", "Epochs without a better validation figure after which training ends."),
        1,
        100,
    ),
    Setting(
        "transformer",
        "learning_rate",
        QT_TRANSLATE_NOOP("ModelSettings", "Learning rate"),
        QT_TRANSLATE_NOOP("ModelSettings", "Size of the steps. Lower it when the loss jumps about."),
        0.00001,
        1.0,
        5,
        0.0005,
    ),
    Setting(
        "transformer",
        "width",
        QT_TRANSLATE_NOOP("ModelSettings", "Width"),
        QT_TRANSLATE_NOOP("ModelSettings", "Length of an item's vector. Wider learns more and takes longer."),
        8,
        1024,
        0,
        8,
    ),
    Setting(
        "transformer",
        "blocks",
        QT_TRANSLATE_NOOP("ModelSettings", "Layers"),
        QT_TRANSLATE_NOOP("ModelSettings", "Attention layers, one on top of the other."),
        1,
        12,
    ),
    Setting(
        "transformer",
        "heads",
        QT_TRANSLATE_NOOP("ModelSettings", "Heads"),
        QT_TRANSLATE_NOOP("ModelSettings", "Attention heads of a layer. The width is divided among them."),
        1,
        16,
    ),
    Setting(
        "transformer",
        "longest",
        QT_TRANSLATE_NOOP("ModelSettings", "Events looked at"),
        QT_TRANSLATE_NOOP("ModelSettings", "The last events of a user that the model sees."),
        2,
        2048,
        0,
        16,
    ),
    Setting(
        "transformer",
        "dropout",
        QT_TRANSLATE_NOOP("ModelSettings", "Dropout"),
        QT_TRANSLATE_NOOP("ModelSettings", "Share of values dropped while training, against learning by heart."),
        0.0,
        0.9,
        2,
        0.05,
    ),
    Setting(
        "transformer",
        "batch",
        QT_TRANSLATE_NOOP("ModelSettings", "Events in a step"),
        QT_TRANSLATE_NOOP("ModelSettings", "More is faster on a GPU and takes more memory."),
        64,
        262144,
        0,
        1024,
    ),
)


def suited(model: str) -> list[str]:
    """The models whose settings a training of `model` uses: a sum uses those of its parts."""
    return ["transitions", "content", "transformer"] if model == "hybrid" else [model]


class ModelSettings(QWidget):
    """Fields for the settings of one model; only what differs from the model's defaults is told."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = Fields()
        self.setLayout(self._form)
        self._defaults: Mapping[str, Mapping[str, object]] = {}
        self._fields: dict[tuple[str, str], QSpinBox | QDoubleSpinBox] = {}

    def set_defaults(self, defaults: Mapping[str, Mapping[str, object]]) -> None:
        """The default settings of each model, by the model's name; a None is chosen from the data."""
        self._defaults = defaults

    def show_model(self, model: str) -> None:
        """Show the fields of what a training of `model` uses, with their defaults."""
        self._form.clear()
        self._fields = {}
        for part in suited(model):
            settings = [each for each in SETTINGS if each.model == part and each.name in self._defaults.get(part, {})]
            if settings and part != model:
                self._form.add_heading(runs_table.model_name(part))
            for setting in settings:
                field = self._field(setting)
                self._fields[part, setting.name] = field
                label = self._form.add(QCoreApplication.translate(CONTEXT, setting.label), field)
                label.setToolTip(field.toolTip())

    def _field(self, setting: Setting) -> QSpinBox | QDoubleSpinBox:
        default = self._defaults[setting.model][setting.name]
        field: QSpinBox | QDoubleSpinBox
        if setting.digits:
            field = QDoubleSpinBox()
            field.setDecimals(setting.digits)
            step: float = setting.step
            low: float = setting.low
        else:
            field = QSpinBox()
            step, low = int(setting.step), int(setting.low)
        # Where the model chooses by the data, one step below the lowest value means "automatic".
        field.setRange(low - step if default is None else low, type(low)(setting.high))  # type: ignore[arg-type]
        field.setSingleStep(step)  # type: ignore[arg-type]
        if default is None:
            field.setSpecialValueText(self.tr("automatic"))
            field.setValue(field.minimum())  # type: ignore[arg-type]
        else:
            field.setValue(default)  # type: ignore[arg-type]
        field.setLocale(QLocale())
        field.setObjectName(f"{setting.model}.{setting.name}")
        field.setToolTip(QCoreApplication.translate(CONTEXT, setting.hint))
        field.setAccessibleName(QCoreApplication.translate(CONTEXT, setting.label))
        field.valueChanged.connect(lambda _: self.changed.emit())
        return field

    def options(self) -> dict[str, dict[str, object]]:
        """What differs from the defaults, by the model's name."""
        found: dict[str, dict[str, object]] = {}
        for (model, name), field in self._fields.items():
            default = self._defaults[model][name]
            automatic = default is None and field.value() == field.minimum()
            if not automatic and field.value() != default:
                found.setdefault(model, {})[name] = field.value()
        return found
