"""What to train and how: the model, the device, and the rest with good defaults behind "Advanced"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, Qt, QTimeZone, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDateTimeEdit,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.models.available import MODELS
from desktop_app.translation import translate_core
from desktop_app.widgets import runs_table
from desktop_app.widgets.fields import Fields, inset
from desktop_app.widgets.model_settings import ModelSettings
from desktop_app.widgets.start_from import StartFrom

if TYPE_CHECKING:
    from core.fitting import TrainSettings

DEFAULT = "hybrid"
WITH_NETWORKS = ("hybrid", "transformer")  # models that can start from another run's networks
GIB = 1 << 30
ROWS = 5  # models that are added to the form in one go


class Sentence(QLabel):
    """A wrapped, muted sentence; a click on it chooses the button that it belongs to."""

    def __init__(self, text: str, button: QRadioButton) -> None:
        super().__init__(text)
        self._button = button
        self.setWordWrap(True)
        self.setIndent(24)
        self.setProperty("role", "muted")

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._button.click()


class TrainingForm(QWidget):
    """The choices for a new training. `changed` says that one of them changed.

    Args:
        at_once: whether it is whole when it was constructed; else whoever made it goes through its `steps`.

    Attributes:
        steps: makes the next part each time it is advanced.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, at_once: bool = True) -> None:
        super().__init__(parent)
        self.steps = self._make()
        if at_once:
            for _ in self.steps:
                pass

    def _make(self) -> Iterator[None]:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self._timed = True
        self._buttons: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        heading = QLabel(self.tr("Model"))
        heading.setProperty("role", "heading")
        layout.addWidget(heading)
        models = (DEFAULT, *(name for name in MODELS if name != DEFAULT))  # or the chosen one is out of sight
        for place, model in enumerate(models):
            if place % ROWS == ROWS - 1:
                yield
            sentence = translate_core(MODELS[model])
            button = QRadioButton(runs_table.model_name(model))
            button.setObjectName(f"model.{model}")
            button.setAccessibleDescription(sentence)
            button.toggled.connect(self._choose)
            self._buttons[model] = button
            self._group.addButton(button)
            layout.addWidget(button)
            layout.addWidget(Sentence(sentence, button))
        yield
        layout.addSpacing(8)
        layout.addLayout(self._basics())
        layout.addWidget(self._advanced_switch())
        yield
        self.advanced = QWidget(self)
        self.advanced.hide()
        layout.addWidget(self.advanced)
        yield from self._fill_advanced(QVBoxLayout(self.advanced))
        layout.addStretch(1)
        self._buttons[DEFAULT].setChecked(True)
        for button in self._buttons.values():  # Tab goes to the chosen one; Qt sees to that at later choices alone
            policy = Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def _basics(self) -> Fields:
        form = Fields()
        self.name = QLineEdit()
        self.name.setObjectName("training_name")
        self.name.setMaxLength(120)
        self.name.setPlaceholderText(self.tr("the model's name and a number"))
        self.device = QComboBox()
        self.device.setObjectName("device")
        self.device.addItem(self.tr("Automatic"), "auto")
        self.device.setToolTip(self.tr("Automatic takes the GPU with the most free memory, or else the processor."))
        _narrow(self.device)
        self.budget = QComboBox()
        self.budget.setObjectName("budget")
        for text, effort in (
            (self.tr("Quick, about a minute"), "quick"),
            (self.tr("Standard, about 12 minutes"), "standard"),
            (self.tr("Thorough, about an hour"), "thorough"),
        ):
            self.budget.addItem(text, effort)
        self.budget.setCurrentIndex(1)
        self.budget.setToolTip(
            self.tr(
                "For 200,000 events on two processor cores. More time trains more networks, which err less together."
            )
        )
        _narrow(self.budget)
        form.add(self.tr("Name"), self.name)
        form.add(self.tr("Time"), self.budget)
        form.add(self.tr("Device"), self.device)
        return form

    def _advanced_switch(self) -> QToolButton:
        self.advanced_switch = QToolButton()
        self.advanced_switch.setObjectName("advanced")
        self.advanced_switch.setText(self.tr("Advanced"))
        self.advanced_switch.setCheckable(True)
        self.advanced_switch.setAutoRaise(True)
        self.advanced_switch.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.advanced_switch.setArrowType(Qt.ArrowType.RightArrow)
        self.advanced_switch.toggled.connect(self._fold)
        return self.advanced_switch

    def _fold(self, open_: bool) -> None:
        self.advanced_switch.setArrowType(Qt.ArrowType.DownArrow if open_ else Qt.ArrowType.RightArrow)
        self.advanced.setVisible(open_)

    def _fill_advanced(self, layout: QVBoxLayout) -> Iterator[None]:
        layout.setContentsMargins(0, 0, 0, 0)
        form = Fields()
        layout.addLayout(form)
        self._add_split(form)
        yield
        self.hide_seen = QComboBox()
        self.hide_seen.setObjectName("test_hide_seen")
        for text, value in (
            (self.tr("As the data suggest"), None),
            (self.tr("Leave them out"), True),
            (self.tr("They may come again"), False),
        ):
            self.hide_seen.addItem(text, value)
        _narrow(self.hide_seen)
        self.hide_seen.setToolTip(self.tr("Whether items that a user already has stay out of that user's list."))
        self.k = _number(self.tr("How many items the tested lists have."), 1, 1000, 10)
        self.k.setObjectName("test_k")
        self.seed = _number(self.tr("The same seed gives the same training again."), 0, 2**31 - 1, 0)
        self.seed.setObjectName("seed")
        form.add(self.tr("Items already seen"), self.hide_seen)
        form.add(self.tr("List length"), self.k)
        form.add(self.tr("Seed"), self.seed)
        self.start_from = StartFrom()
        self.start_from.changed.connect(self.changed)
        self._start_label = form.add(self.tr("Start from"), self.start_from, top=True)
        self.options = ModelSettings()
        self.options.changed.connect(self.changed)
        layout.addWidget(self.options)
        self._follow_protocol()
        yield

    def _add_split(self, form: Fields) -> None:
        """Which events are held out, and the number or time that the choice asks for."""
        self.protocol = QComboBox()
        self.protocol.setObjectName("protocol")
        for text, name in (
            (self.tr("Each last event"), "leave-one-out"),
            (self.tr("Events after a time"), "time"),
            (self.tr("Each user's last events"), "leave-last-n"),
            (self.tr("Users held out whole"), "users"),
        ):
            self.protocol.addItem(text, name)
        self.protocol.setToolTip(self.tr("Which events are held out from training, to test the model on."))
        _narrow(self.protocol)
        self.protocol.currentIndexChanged.connect(self._follow_protocol)
        self.cut = inset(QDateTimeEdit())
        self.cut.setObjectName("cut")
        self.cut.setTimeZone(QTimeZone.utc())
        self.cut.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.cut.setCalendarPopup(True)
        self.last = _number(self.tr("How many of each user's last events are tested."), 1, 1000, 3)
        self.last.setObjectName("last")
        self.folds = _number(self.tr("Into how many parts the users are dealt; one of them is tested."), 2, 100, 5)
        self.folds.setObjectName("folds")
        self.fold = _number(self.tr("Which of the parts is tested."), 1, 5, 1)
        self.fold.setObjectName("fold")
        self.folds.valueChanged.connect(self.fold.setMaximum)
        form.add(self.tr("Test on"), self.protocol)
        fields = {"cut": self.tr("Test after (UTC)"), "last": self.tr("Events of each user")}
        fields |= {"folds": self.tr("Parts of the users"), "fold": self.tr("Part to test")}
        owners = {"cut": "time", "last": "leave-last-n", "folds": "users", "fold": "users"}
        self._of_protocol: list[tuple[QWidget, str]] = []
        for name, label in fields.items():
            field = getattr(self, name)
            self._of_protocol += [(form.add(label, field), owners[name]), (field, owners[name])]

    @property
    def model(self) -> str:
        return next(model for model, button in self._buttons.items() if button.isChecked())

    def _choose(self, chosen: bool) -> None:
        if chosen:
            self.options.show_model(self.model)
            for widget in (self._start_label, self.start_from):
                widget.setVisible(self.model in WITH_NETWORKS)
            self.changed.emit()

    def choose_private(self) -> None:
        """Choose the one model that can be trained privately, and show where its privacy budget is set."""
        self._buttons["transformer"].setChecked(True)
        self.advanced_switch.setChecked(True)
        self.options.show_private()

    def _follow_protocol(self) -> None:
        for widget, protocol in self._of_protocol:
            widget.setVisible(self.protocol.currentData() == protocol)
        self.changed.emit()

    def set_span(self, start: int | None, end: int | None, cut: int | None) -> None:
        """The time of the data (microseconds since 1970 UTC, None where they have none) and where a split would cut."""
        self._timed = start is not None and end is not None
        place = self.protocol.findData("time")
        self.protocol.model().item(place).setEnabled(self._timed)  # type: ignore[attr-defined]
        if not self._timed:
            self.protocol.setCurrentIndex(0)
        elif start is not None and end is not None:
            self.cut.setDateTimeRange(_moment(start), _moment(end))
            self.cut.setDateTime(_moment(cut if cut is not None else start + (end - start) * 9 // 10))

    def set_devices(self, devices: Sequence[tuple[str, str, int]]) -> None:
        """What can compute here: (key, name, free bytes) of each; "Automatic" stays the first choice."""
        chosen = self.device.currentData()
        while self.device.count() > 1:
            self.device.removeItem(1)
        for key, name, free in devices:
            text = self.tr("{0} ({1} GiB free)").format(name, f"{free / GIB:.1f}") if free else name
            self.device.addItem(text, key)
            self.device.setItemData(self.device.count() - 1, text, Qt.ItemDataRole.ToolTipRole)
        self.device.setCurrentIndex(max(0, self.device.findData(chosen)))

    def set_defaults(self, defaults: Mapping[str, Mapping[str, object]]) -> None:
        """The default settings of each model, by the model's name."""
        self.options.set_defaults(defaults)
        self.options.show_model(self.model)

    def settings(self) -> TrainSettings:
        """What was chosen."""
        from core.fitting import TrainSettings

        timed = self.protocol.currentData() == "time"
        return TrainSettings(
            model=self.model,
            protocol=self.protocol.currentData(),
            cut=self.cut.dateTime().toMSecsSinceEpoch() * 1000 if timed else None,
            last=self.last.value(),
            folds=self.folds.value(),
            fold=self.fold.value() - 1,
            seed=self.seed.value(),
            device=self.device.currentData(),
            name=self.name.text().strip(),
            k=self.k.value(),
            hide_seen=self.hide_seen.currentData(),
            options=self.options.options(),
            budget=self.budget.currentData(),
            leave_core=True,
            start_from=self.start_from.named if self.model in WITH_NETWORKS else "",
            zero_shot=self.start_from.zero_shot and self.model in WITH_NETWORKS,
        )


def _narrow(box: QComboBox) -> None:
    """Let the box be narrower than its longest choice."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(10)


def _number(hint: str, low: int, high: int, value: int) -> QSpinBox:
    field = inset(QSpinBox())
    field.setRange(low, high)
    field.setValue(value)
    field.setToolTip(hint)
    return field


def _moment(microseconds: int) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(microseconds // 1000, QTimeZone.utc())
