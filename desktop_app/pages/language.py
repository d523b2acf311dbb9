"""The page of language models: which one reads the texts of the workspace, how, and what it is worth here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from core.chosen import choose
from core.language.reading import Reading
from core.trying import Tried
from desktop_app import theme
from desktop_app.layout import share
from desktop_app.page import Page
from desktop_app.parts import language_work as work
from desktop_app.parts.language_generator import GeneratorChoice
from desktop_app.parts.language_models import AddedModels, Words
from desktop_app.parts.language_preview import ReadingPreview
from desktop_app.parts.language_words import told
from desktop_app.translation import error_text
from desktop_app.widgets import readable
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.encoder_table import NGRAMS, Encoder, EncoderTable
from desktop_app.widgets.flow_layout import FlowLayout
from desktop_app.widgets.reading_form import ReadingForm

if TYPE_CHECKING:
    from core.language.cards import Card


class LanguagePage(Page):
    """Encoders and generators at the left; how the selected encoder reads, and real rows as it gets them, at the right.

    Signals:
        navigated(str): the analyst asks for the page of this name.
    """

    icon = "language"
    navigated = Signal(str)

    def _make(self) -> Iterator[None]:
        state, background = self._state, self._background
        self._facts = work.Facts((), {})
        self._own: dict[str, Reading] = {}  # as changed here, by the model
        self._speeds: dict[Reading, float] = {}
        self._tried: dict[Reading | None, Tried] = {}
        self._fresh = True  # whether other data are open, whose model is to be selected
        self.setObjectName("language-page")
        self._make_actions()
        yield from self._lay_out()
        yield
        state.workspace_changed.connect(self._forget)
        state.data_changed.connect(self._forget)
        state.user_changed.connect(self._preview)
        background.job_started.connect(self._enable)
        background.job_ended.connect(self._enable)
        self._reload()

    def title(self) -> str:
        return self.tr("Language models")

    # ---------------------------------------------------------------- building

    def _make_actions(self) -> None:
        says = Words(
            self.tr("A folder with a Hugging Face model in the safetensors format"),
            self.tr("A decoder in one GGUF file, whose last token stands for a text"),
            self.tr("A model of the Hugging Face hub by its name; you are asked before anything is fetched"),
            self.tr("Take the model off this list; its files stay"),
            self.tr("Folder of a language model"),
            self.tr("GGUF file of a language model"),
        )
        look = work.looked_at
        self.models = AddedModels(self, self._background, self._start, "language", "encoders", look, says)
        self.models.added.connect(self._added)
        self.models.removed.connect(self._reload)
        self.models.failed.connect(self._complain_of)
        tip = self.tr("Let the next training of this workspace read with it, as set at the right")
        self.use_action = make_action(self, "language.use", self.tr("Use it"), self._use, tip=tip)
        tip = self.tr("How many texts it reads in a second on this machine")
        self.speed_action = make_action(self, "language.speed", self.tr("Measure speed"), self._measure, tip=tip)
        tip = self.tr("What its vectors alone reach on validation events of a sample of the open data")
        self.try_action = make_action(self, "language.try", self.tr("Try on a sample"), self._try, "Ctrl+Return", tip)

    def _lay_out(self) -> Iterator[None]:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        layout.addWidget(splitter)
        splitter.setObjectName("language_splitter")
        splitter.setChildrenCollapsible(False)
        lists = QSplitter(Qt.Orientation.Vertical, splitter)
        lists.setObjectName("language_lists")
        lists.setChildrenCollapsible(False)
        self._fill_encoders(QWidget(lists))
        yield
        self.generator = GeneratorChoice(self, self._state, self._background, self._start)
        yield
        lists.addWidget(self.generator.panel)
        share(lists, 360, 400)
        yield
        self._fill_side(QScrollArea(splitter))
        yield
        share(splitter, 700, 440)
        splitter.setStretchFactor(0, 1)

    def _fill_encoders(self, left: QWidget) -> None:
        heading = QLabel(self.title())
        heading.setProperty("role", "title")
        self.note = self._label("language_note")
        self.problem = self._label("language_problem", "error")
        self.problem.hide()
        self.table = EncoderTable(left)
        self.table.selected.connect(self._select)
        buttons = QWidget(left)
        flow = FlowLayout(buttons)
        for action in (self.use_action, self.try_action, self.speed_action, *self.models.actions):
            button = action_button(action)
            button.setProperty("primary", action is self.use_action)
            flow.addWidget(button)
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 12, 8, 12)
        column.setSpacing(theme.SPACING)
        column.addWidget(heading)
        column.addWidget(self.note)
        column.addWidget(buttons)
        column.addWidget(self.problem)
        column.addWidget(self.table, 1)

    def _fill_side(self, scroll: QScrollArea) -> None:
        inner = QWidget(scroll)
        scroll.setWidget(inner)
        self.form = ReadingForm(inner)
        self.form.changed.connect(self._changed)
        self.preview = ReadingPreview(self._state, self._background)
        self.side = QVBoxLayout(inner)
        self.side.setContentsMargins(8, 12, 16, 12)
        self.side.setSpacing(2 * theme.SPACING)
        self.how = self._card(self.tr("How it reads"), self.form)
        self.side.addWidget(self.how)
        self.gets = self._card(self.tr("What it gets"), self.preview)
        self.side.addWidget(self.gets)
        self.side.addStretch(1)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(360)

    def _card(self, title: str, *parts: QWidget) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(16, 14, 16, 14)
        inner.setSpacing(theme.SPACING)
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        for part in (heading, *parts):
            inner.addWidget(part)
        return card

    def _label(self, name: str, role: str = "") -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        if role:
            label.setProperty("role", role)
        return label

    # ---------------------------------------------------------------- what there is

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.generator.enable()
        self._enable()  # the settings may have forbidden the hub meanwhile

    def _forget(self) -> None:
        self._own.clear()
        self._tried.clear()
        self._fresh = True
        self._reload()

    def _reload(self, *_: object, select: str | None = None) -> None:
        def show(facts: work.Facts) -> None:
            self._show(facts)
            if select is not None:
                self.table.select_model(select)

        self._background.ask("language facts", work.facts, self._state.workspace, self.models.models, done=show)

    def _show(self, facts: work.Facts) -> None:
        self._facts = facts
        if facts.choice is not None:
            self._own.setdefault(facts.choice.model, facts.choice)
        self._list()
        if self._fresh and facts.choice is not None:
            self._fresh = False
            self.table.select_model(facts.choice.model)
        self.note.setText(told(facts, "" if facts.choice is None else self._name(facts.choice.model)))
        row = self.table.current
        if row is not None:
            self._select(row.model)

    def _list(self) -> None:
        facts, choice = self._facts, self._facts.choice
        chosen = None if choice is None else choice.model
        reads = facts.reads or {}
        rows = [
            Encoder(
                card.model,
                card,
                chosen=card.model == chosen,
                reads=reads.get(card.model),
                speed=self._speeds.get(work.key(self._reading(card.model))),
                tried=self._tried.get(work.key(self._reading(card.model))),
            )
            for card in facts.cards
        ]
        rows += [
            Encoder(name, problem=error_text(error), chosen=name == chosen) for name, error in facts.missing.items()
        ]
        rows.append(Encoder(NGRAMS, tried=self._tried.get(None)))
        self.table.show_rows(rows)
        self._enable()

    def _name(self, model: str) -> str:
        card = self._card_of(model)
        return card.name if card is not None else model

    def _card_of(self, model: str) -> Card | None:
        return next((card for card in self._facts.cards if card.model == model), None)

    def _reading(self, model: str) -> Reading:
        """How a model is to read: as changed here, or as its files say with the templates that were chosen."""
        if model in self._own:
            return self._own[model]
        card, choice = self._card_of(model), self._facts.choice or Reading()
        guess = Reading(model=model) if card is None else card.guess
        return replace(guess, items=choice.items, sequence=choice.sequence)

    # ---------------------------------------------------------------- the selected model

    def _select(self, model: str) -> None:
        card = self._card_of(model)
        self.how.setEnabled(card is not None)
        self.gets.setVisible(card is not None)
        if card is not None:
            self.form.show_reading(self._reading(model), card.tokens)
            if self._reading(model).bits < 32:
                self._hold_against(self._reading(model))
        self._enable()
        self._preview()

    def _changed(self, reading: Reading) -> None:
        before = self._reading(reading.model)
        self._own[reading.model] = reading
        self._list()
        self._preview()
        if reading.bits == 32:
            self.form.show_cosine("")
        elif (before.bits, before.pooling) != (reading.bits, reading.pooling):
            self._hold_against(reading)

    def _hold_against(self, reading: Reading) -> None:
        self.form.show_cosine(self.tr("Held against the full model …"))

        def show(text: str) -> None:
            if (self.form.reading.bits, self.form.reading.model) == (reading.bits, reading.model):
                self.form.show_cosine(text)

        def tell(found: tuple[float, float]) -> None:
            text = self.tr("Cosine to the full model, over texts of the open data: {0} on average, {1} at worst")
            show(text.format(*(readable.decimal(one, 3) for one in found)))

        def fail(error: Exception) -> None:
            show(error_text(error))

        asked = work.closeness, self._state.workspace, reading
        self._background.ask("language cosine", *asked, done=tell, failed=fail)

    def _preview(self, *_: object) -> None:
        row = self.table.current
        self.preview.ask(None if row is None or row.card is None else self._reading(row.model))

    def _enable(self, *_: object) -> None:
        row, opened = self.table.current, self._state.workspace is not None
        there = row is not None and row.card is not None
        idle = self._background.job is None
        self.use_action.setEnabled(
            opened and there and row is not None and self._reading(row.model) != self._facts.choice
        )
        self.speed_action.setEnabled(there and idle)
        stands_in = row is not None and row.model == NGRAMS
        self.try_action.setEnabled(opened and idle and (there or stands_in) and self._facts.texts > 0)
        self.models.enable(NGRAMS if row is None else row.model)

    # ---------------------------------------------------------------- deeds

    def _added(self, model: str) -> None:
        self._complain("")
        self._reload(select=model)

    def _use(self) -> None:
        workspace, row = self._state.workspace, self.table.current
        if workspace is not None and row is not None:
            self._background.write(
                choose, workspace, self._reading(row.model), done=lambda _: self._reload(), failed=self._complain_of
            )

    def _measure(self) -> None:
        row = self.table.current
        if row is None:
            return
        reading = self._reading(row.model)

        def show(found: float) -> None:
            self._speeds[work.key(reading)] = found
            self._list()

        title = self.tr("Measuring {0}").format(self._name(row.model))
        self._start(partial(work.speed, self._state.workspace, reading), title, show)

    def _try(self) -> None:
        workspace, row = self._state.workspace, self.table.current
        if workspace is None or row is None:
            return
        reading = None if row.model == NGRAMS else self._reading(row.model)

        def show(found: Tried) -> None:
            self._tried[None if reading is None else work.key(reading)] = found
            self._list()

        title = self.tr("Trying {0}").format(self.table.rows.name(row))
        self._start(partial(work.try_out, workspace, reading), title, show)

    def _start(
        self,
        function: Callable[..., object],
        title: str,
        done: Callable[[Any], object],
        complain: Callable[[str], object] | None = None,
    ) -> None:
        """Begin a long job, which the status bar shows and stops; `complain` shows what goes wrong."""
        complain = complain or self._complain
        if self._background.job is not None:
            running = self._background.job.title
            complain(self.tr("{0} is still running. Wait for it or stop it first.").format(running))
            return
        complain("")
        workspace = self._state.workspace

        def show(answer: Any) -> None:
            if self._state.workspace is workspace:
                done(answer)

        def fail(error: Exception) -> None:
            complain(error_text(error))

        self._background.start(function, done=show, failed=fail, title=title)

    def _complain_of(self, error: Exception) -> None:
        self._complain(error_text(error))

    def _complain(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
