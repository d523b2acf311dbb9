"""Where the analyst says what a list is for: target, sliders, rules, and what that costs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.recommend.policy import ANYTHING, Policy
from desktop_app.widgets import readable
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.fields import Fields, inset
from desktop_app.widgets.figure_table import FigureTable, Table
from desktop_app.widgets.listed_items import ListedItems
from desktop_app.widgets.name_ticks import NameTicks
from desktop_app.widgets.reliability_plot import ReliabilityPlot

if TYPE_CHECKING:
    from core.recommend.costs import Cost
    from core.recommend.purpose import Purpose

REST_MS = 150  # a slider has rested for so long when the list follows
SLIDERS = {"diversity": 0, "novelty": 0, "popularity": -100, "tastes": 0}  # each with its lower end, in hundredths
NO_PRICE = -0.01  # the value of a price field that stands for no bound


class PolicyPanel(QWidget):
    """Makes a policy.

    Attributes:
        changed: another policy is to be used.
        kept: name under which it is to be saved.
        opened: name of a saved one that is to be used; empty for a new one.
        forgotten: name of a saved one that is to be removed.
        measured: its cost is to be measured.
        stock_wanted: a list of what is in stock is to be chosen.
        item_chosen: an item was found for "pinned" or "banned"; its code.
    """

    changed = Signal()
    kept = Signal(str)
    opened = Signal(str)
    forgotten = Signal(str)
    measured = Signal()
    stock_wanted = Signal()
    item_chosen = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("policy")
        self._policy = Policy()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.changed)
        # From the outside in: Qt styles what is put into another widget anew, with all that is in it.
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        heading = QLabel(self.tr("What is the list for?"), self)
        heading.setProperty("role", "heading")
        layout.addWidget(heading)
        layout.addLayout(self._name_line())
        area = QScrollArea(self)
        layout.addWidget(area, 1)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget(area)
        area.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        column.addLayout(self._target_fields())
        column.addLayout(self._slider_fields())
        column.addLayout(self._rule_fields())
        column.addWidget(self._cost_card())
        column.addStretch(1)
        self.setMinimumWidth(320)
        self.offer_behaviours(())
        self.offer_categories(())
        self.show_policy(Policy())

    # ---------------------------------------------------------------- building

    def _name_line(self) -> QHBoxLayout:
        self.saved = QComboBox()
        self.saved.setObjectName("saved_policies")
        self.saved.setAccessibleName(self.tr("Saved policies"))
        self.saved.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.saved.setMinimumContentsLength(10)
        self.saved.activated.connect(lambda: self.opened.emit(self.saved.currentData()))
        self.name = QLineEdit()
        self.name.setObjectName("policy_name")
        self.name.setPlaceholderText(self.tr("Name of the policy"))
        self.name.setAccessibleName(self.name.placeholderText())
        self.name.textChanged.connect(lambda text: self.keep_action.setEnabled(bool(text.strip())))
        keep, forget = self.tr("Save"), self.tr("Delete")
        self.keep_action = make_action(self, "policy.keep", keep, lambda: self.kept.emit(self.name.text().strip()))
        self.forget_action = make_action(self, "policy.forget", forget, self._forget)
        self.keep_action.setEnabled(False)
        self.forget_action.setEnabled(False)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.saved, 1)
        first.addWidget(action_button(self.forget_action))
        second.addWidget(self.name, 1)
        second.addWidget(action_button(self.keep_action))
        both = QVBoxLayout()
        both.setSpacing(6)
        both.addLayout(first)
        both.addLayout(second)
        line = QHBoxLayout()
        line.addLayout(both)
        return line

    def _forget(self) -> None:
        self.forgotten.emit(self.saved.currentData())

    def _target_fields(self) -> QVBoxLayout:
        self.target = QComboBox()
        self.target.setObjectName("policy_target")
        self.target.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.target.setMinimumContentsLength(12)
        self.target.activated.connect(lambda: self._set(target=self.target.currentData()))
        form = Fields()
        form.add(self.tr("Target"), self.target)
        self.plot = ReliabilityPlot()
        self.reliable = QLabel()
        self.reliable.setObjectName("reliability_words")
        self.reliable.setProperty("role", "muted")
        self.reliable.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(form)
        column.addWidget(self.plot)
        column.addWidget(self.reliable)
        return column

    def _slider_fields(self) -> Fields:
        names = {
            "diversity": self.tr("Diversity"),
            "novelty": self.tr("Novelty"),
            "popularity": self.tr("Popularity"),
            "tastes": self.tr("Mix of tastes"),
        }
        tips = {
            "diversity": self.tr("Less of what reads like an item that stands above it"),
            "novelty": self.tr("More of what is unlike the user's own past"),
            "popularity": self.tr("More of what many users have; to the left, less of it"),
            "tastes": self.tr("Categories in the shares that they have in the user's past"),
        }
        self.sliders: dict[str, QSlider] = {}
        self._figures: dict[str, QLabel] = {}
        form = Fields()
        for name, low in SLIDERS.items():
            slider = self.sliders[name] = QSlider(Qt.Orientation.Horizontal)
            slider.setObjectName(f"policy_{name}")
            slider.setRange(low, 100)
            slider.setPageStep(10)
            slider.setSingleStep(5)
            slider.setAccessibleName(names[name])
            slider.setToolTip(tips[name])
            figure = self._figures[name] = QLabel()
            figure.setMinimumWidth(38)
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            slider.valueChanged.connect(lambda value, name=name: self._slide(name, value))
            field = QWidget()
            line = QHBoxLayout(field)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(slider, 1)
            line.addWidget(figure)
            label = form.add(names[name], field)
            label.setToolTip(tips[name])
            label.setBuddy(slider)
        return form

    def _rule_fields(self) -> Fields:
        self.excluded = NameTicks(self.tr("Categories that are left out"))
        self.excluded.setObjectName("policy_excluded")
        self.excluded.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.excluded.ticked.connect(self._exclude)
        self.cheapest, self.dearest = self._price("policy_cheapest"), self._price("policy_dearest")
        self.cheapest.setAccessibleName(self.tr("Lowest price"))
        self.dearest.setAccessibleName(self.tr("Highest price"))
        self.most = inset(QSpinBox())
        self.most.setObjectName("policy_most")
        self.most.setRange(0, 1000)
        self.most.setSpecialValueText(self.tr("no limit"))
        self.most.valueChanged.connect(lambda value: self._set(most=value))
        self.stock = QLabel()
        choose, none = self.tr("Choose…"), self.tr("Clear")
        self.stock_action = make_action(self, "policy.stock", choose, self.stock_wanted.emit)
        self.stock_action.setToolTip(self.tr("A file with the ids of the items that are in stock, one a line"))
        clears = {
            "stock": lambda: self._set(stock=None),
            "pinned": lambda: self._set(pinned=()),
            "banned": lambda: self._set(banned=()),
        }
        self.clear_actions = {
            name: make_action(self, f"policy.clear_{name}", none, clear) for name, clear in clears.items()
        }
        prices = QWidget()
        line = QHBoxLayout(prices)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.cheapest, 1)
        line.addWidget(QLabel("–"))
        line.addWidget(self.dearest, 1)
        form = Fields()
        form.add_heading(self.tr("Rules"))
        form.add(self.tr("Without"), self.excluded)
        form.add(self.tr("Price"), prices)
        form.add(self.tr("Per category"), self.most)
        form.add(self.tr("In stock"), self._stock_line())
        for name, listed in self._make_lists().items():
            form.add(self.tr("Pinned") if name == "pinned" else self.tr("Banned"), listed)
        return form

    def _make_lists(self) -> dict[str, ListedItems]:
        """What is pinned and what is banned, with a search that reaches items outside the list on the screen."""
        words = {
            "pinned": (self.tr("Pinned"), self.tr("The item that is found stands on top of every list")),
            "banned": (self.tr("Banned"), self.tr("The item that is found is kept out of every list")),
        }
        self.lists = {
            name: ListedItems(f"policy_{name}", title, tip, self.clear_actions[name])
            for name, (title, tip) in words.items()
        }
        for name, listed in self.lists.items():
            listed.search.chosen.connect(partial(self.item_chosen.emit, name))
        return self.lists

    def _price(self, name: str) -> QDoubleSpinBox:
        field = inset(QDoubleSpinBox())
        field.setObjectName(name)
        field.setRange(NO_PRICE, 1e9)
        field.setSpecialValueText(self.tr("any"))
        field.setKeyboardTracking(False)
        field.setMinimumWidth(56)
        field.valueChanged.connect(self._set_prices)
        return field

    def _stock_line(self) -> QWidget:
        self.stock.setObjectName("policy_stock_words")
        area = QWidget()
        line = QHBoxLayout(area)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.stock, 1)
        line.addWidget(action_button(self.stock_action))
        line.addWidget(action_button(self.clear_actions["stock"], "×"))
        return area

    def _cost_card(self) -> QFrame:
        self.measure_action = make_action(self, "policy.measure", self.tr("Measure the cost"), self.measured.emit)
        self.measure_action.setToolTip(self.tr("Rank the run's test with and without the policy"))
        self.cost_words = QLabel()
        self.cost_words.setObjectName("policy_cost")
        self.cost_words.setWordWrap(True)
        self.cost_words.setTextFormat(Qt.TextFormat.PlainText)
        self.cost_table = FigureTable(self.tr("What the policy costs and buys"))
        self.cost_table.setObjectName("policy_figures")
        self.cost_table.setFixedHeight(150)
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self.cost_words)
        column.addWidget(self.cost_table)
        column.addWidget(action_button(self.measure_action), 0, Qt.AlignmentFlag.AlignLeft)
        return card

    # ---------------------------------------------------------------- what is offered

    def offer_behaviours(self, names: Sequence[str]) -> None:
        """Offer these behaviours as targets."""
        self.target.clear()
        self.target.addItem(self.tr("The model's own order"), "")
        self.target.addItem(self.tr("Anything next, with its chance"), ANYTHING)
        for name in names:
            self.target.addItem(name, name)
        self._show_target()

    def offer_categories(self, names: Sequence[str]) -> None:
        """Offer these categories to be left out."""
        self.excluded.offer(names)

    def offer_saved(self, names: Sequence[str], chosen: str = "") -> None:
        """Offer these saved policies; `chosen` is the one that is used."""
        self.saved.clear()
        self.saved.addItem(self.tr("New policy"), "")
        for name in names:
            self.saved.addItem(name, name)
        self.saved.setCurrentIndex(max(0, self.saved.findData(chosen)))
        self.forget_action.setEnabled(bool(self.saved.currentData()))
        self.name.setText(self.saved.currentData() or "")

    # ---------------------------------------------------------------- the policy

    @property
    def policy(self) -> Policy:
        """What is chosen now."""
        return self._policy

    def show_policy(self, policy: Policy) -> None:
        """Show a policy; `changed` is not emitted."""
        self._policy = policy
        fields = (*self.sliders.values(), self.cheapest, self.dearest, self.most)
        for field in fields:
            field.blockSignals(True)
        for name, slider in self.sliders.items():
            slider.setValue(round(100 * getattr(policy, name)))
            self._show_figure(name)
        self.cheapest.setValue(NO_PRICE if policy.cheapest is None else policy.cheapest)
        self.dearest.setValue(NO_PRICE if policy.dearest is None else policy.dearest)
        self.most.setValue(policy.most)
        for field in fields:
            field.blockSignals(False)
        self._show_target()
        self._show_rules()
        self.show_cost(None)

    def pin(self, item: str) -> None:
        """Put an item on top of every list, below those that are pinned already."""
        pinned = tuple(dict.fromkeys((*self._policy.pinned, item)))
        self._set(pinned=pinned, banned=tuple(name for name in self._policy.banned if name != item))

    def unpin(self, item: str) -> None:
        """Let an item stand where it stands on its merits."""
        self._set(pinned=tuple(name for name in self._policy.pinned if name != item))

    def ban(self, item: str) -> None:
        """Keep an item out of every list."""
        banned = tuple(dict.fromkeys((*self._policy.banned, item)))
        self._set(banned=banned, pinned=tuple(name for name in self._policy.pinned if name != item))

    def set_stock(self, items: Sequence[str]) -> None:
        """Only these items are in stock."""
        self._set(stock=tuple(items))

    def _set(self, **change: object) -> None:
        self._policy = replace(self._policy, **change)  # type: ignore[arg-type]
        self._show_rules()
        self.show_cost(None)
        if "target" in change:
            self.show_purpose(None)
        self._rest.start()

    def _slide(self, name: str, value: int) -> None:
        self._set(**{name: value / 100})
        self._show_figure(name)

    def _set_prices(self, *_: object) -> None:
        low = None if self.cheapest.value() < 0 else self.cheapest.value()
        high = None if self.dearest.value() < 0 else self.dearest.value()
        if low is not None and high is not None and low > high:
            low, high = high, low
        self._set(cheapest=low, dearest=high)

    def _exclude(self, name: str, on: bool) -> None:
        rest = tuple(other for other in self._policy.excluded if other != name)
        self._set(excluded=(*rest, name) if on else rest)

    # ---------------------------------------------------------------- what is shown

    def _show_figure(self, name: str) -> None:
        value = self.sliders[name].value() / 100
        text = readable.signed(value, 2) if SLIDERS[name] < 0 else readable.decimal(value, 2)
        self._figures[name].setText(text)

    def _show_target(self) -> None:
        place = self.target.findData(self._policy.target)
        if place < 0:  # of a saved policy whose behaviour is not there
            self.target.addItem(self._policy.target, self._policy.target)
            place = self.target.count() - 1
        self.target.setCurrentIndex(place)
        self.show_purpose(None)

    def show_purpose(self, purpose: Purpose | None) -> None:
        """Show how reliable the probabilities of the target are."""
        self.plot.show_purpose(purpose)
        self.plot.setVisible(purpose is not None)
        self.reliable.setVisible(bool(self._policy.target))
        if purpose is None:
            self.reliable.setText(self.tr("Fitting the chance of each item on the validation events …"))
            return
        words = self.tr(
            "Fitted on {0} validation cases, of which {1} were answered. Out of sample, chances are off by {2} of "
            "their mean."
        )
        figures = readable.count(purpose.cases), readable.count(purpose.followed), readable.percent(purpose.error)
        self.reliable.setText(words.format(*figures))

    def show_purpose_problem(self, text: str) -> None:
        """Tell why there are no probabilities."""
        self.plot.hide()
        self.reliable.setText(text)

    def _show_rules(self) -> None:
        policy = self._policy
        self.excluded.choose(policy.excluded)
        count = len(policy.excluded)
        words = self.tr("no category left out") if count == 0 else ", ".join(policy.excluded)
        self.excluded.setText(words if len(words) < 26 else self.tr("%Ln categories", "", count))
        self.excluded.setToolTip("\n".join(policy.excluded) or self.tr("Categories that are left out"))
        self.stock.setText(
            self.tr("all items") if policy.stock is None else self.tr("%Ln item(s)", "", len(policy.stock))
        )
        self.clear_actions["stock"].setEnabled(policy.stock is not None)
        self.lists["pinned"].show_items(policy.pinned)
        self.lists["banned"].show_items(policy.banned)

    def show_cost(self, cost: Cost | None) -> None:
        """Show what the policy costs and buys; None where that was not measured."""
        self.measure_action.setEnabled(cost is None and not self._policy.plain)
        self.cost_table.setVisible(cost is not None)
        if cost is None:
            plain = self.tr("The list is the model's own: nothing is asked of it yet.")
            self.cost_words.setText(plain if self._policy.plain else self.tr("Its cost was not measured yet."))
            return
        if cost.high < 0:
            words = self.tr("It costs {0} of NDCG@{1}: 95 % interval {2} to {3}, on {4} of {5} test cases.")
        elif cost.low > 0:
            words = self.tr("It gains {0} of NDCG@{1}: 95 % interval {2} to {3}, on {4} of {5} test cases.")
        else:
            words = self.tr("No clear cost: {0} of NDCG@{1}, 95 % interval {2} to {3}, on {4} of {5} test cases.")
        figures = (
            readable.signed(cost.difference, 4),
            cost.k,
            readable.signed(cost.low, 4),
            readable.signed(cost.high, 4),
        )
        self.cost_words.setText(words.format(*figures, readable.count(cost.cases), readable.count(cost.of)))
        self._show_figures(cost)

    def _show_figures(self, cost: Cost) -> None:
        rows = (
            (self.tr("NDCG@{0}").format(cost.k), cost.plain.ndcg, cost.policy.ndcg),
            (self.tr("Diversity"), cost.plain.diversity, cost.policy.diversity),
            (self.tr("Novelty, bits"), cost.plain.novelty, cost.policy.novelty),
            (self.tr("Off the tastes"), cost.plain.divergence, cost.policy.divergence),
        )
        texts = [
            [name, readable.decimal(before), readable.decimal(after)]
            for name, before, after in rows
            if not math.isnan(before)
        ]
        self.cost_table.show_table(
            Table((self.tr("Mean of lists"), self.tr("Without"), self.tr("With")), texts, left=(0,))
        )

    def show_cost_problem(self, text: str) -> None:
        """Tell why the cost could not be measured."""
        self.cost_table.hide()
        self.cost_words.setText(text)
        self.measure_action.setEnabled(True)

    def show_measuring(self) -> None:
        """The cost is being measured."""
        self.measure_action.setEnabled(False)
        self.cost_words.setText(self.tr("Measuring on the run's test …"))
