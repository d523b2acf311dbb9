"""Learning from thumbs while browsing: the recommendations page changes a hybrid's weights for one user."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop_app.widgets import readable
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.list_choices import SERVING
from desktop_app.widgets.runs_table import model_name

if TYPE_CHECKING:
    from core.recommend.bandit import Bandit
    from core.runs import Run
    from desktop_app.parts.recommendation_work import Listed, Weights
    from desktop_app.state import AppState
    from desktop_app.widgets.recommendation_table import RankedItem

HYBRID = "hybrid"


class Learning(QObject):
    """A switch, the weights that the thumbs have made of the trained ones, and the way back to these.

    What is learned is of one user and one run, and is forgotten with the window: the run that is stored stays as it is.

    Attributes:
        bar: the line; hidden where the list is of no hybrid's serving fit.

    Signals:
        changed(): the list is to be made with other weights.
    """

    changed = Signal()

    def __init__(self, page: QWidget, state: AppState, listed: Callable[[], Listed | None]) -> None:
        super().__init__(page)
        self._listed = listed
        self._bandits: dict[tuple[str, int], Bandit] = {}
        self._of: tuple[Run, int] | None = None
        tip = self.tr("Each thumb shifts the weights of the model's parts for this user; the stored model stays")
        name = self.tr("Learn from thumbs while browsing")
        self.action = make_action(page, "recommendations.learn", name, self._switched, "Ctrl+Shift+B", tip)
        self.action.setCheckable(True)
        tip = self.tr("Forget what this user's thumbs have taught; the thumbs themselves are kept")
        self.reset_action = make_action(
            page, "recommendations.unlearn", self.tr("Trained weights"), self._reset, tip=tip
        )
        self.words = QLabel()
        self.words.setObjectName("learned_weights")
        self.words.setProperty("role", "muted")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.bar = QWidget()
        line = QHBoxLayout(self.bar)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(action_button(self.action))
        line.addWidget(self.words, 1)
        line.addWidget(action_button(self.reset_action))
        self._show()
        state.workspace_changed.connect(self._forget)

    def weights(self, run: Run | None, user: int, fit: str) -> Weights:
        """With which weights the list is to be made; none for the trained ones."""
        able = run is not None and run.model == HYBRID and len(run.weights) > 1 and fit == SERVING and user >= 0
        self._of = (run, user) if able and run is not None else None
        self._show()
        bandit = self._bandit
        return tuple(bandit.drawn().items()) if bandit is not None and bandit.thumbs else ()

    @property
    def _bandit(self) -> Bandit | None:
        """What is learned of the user who is looked at; None while nothing is to be learned."""
        if self._of is None or not self.action.isChecked():
            return None
        from core.recommend.bandit import Bandit

        run, user = self._of
        key = run.id, user
        if key not in self._bandits:
            self._bandits[key] = Bandit(run.weights, seed=user)
        return self._bandits[key]

    def hear(self, verdict: str, item: RankedItem) -> None:
        """A verdict was kept, of an item of the list; one that is no thumb takes the item's former thumb back."""
        bandit, listed = self._bandit, self._listed()
        if bandit is None or listed is None or self._of is None:
            return
        from core.recommend.bandit import Thumb, given

        run, user = self._of
        codes = [row.code for row in listed.rows]
        if verdict not in ("up", "down"):
            bandit = bandit.without(item.code)
        elif item.code in codes and (listed.choice.run, listed.choice.user) == (run.id, user):
            places = {name: place for place, name in enumerate(listed.components) if name in run.weights}
            if not places:
                return
            now = dict(listed.choice.weights) or run.weights
            # A part without weight is none of the list's, and gave nothing.
            ratio = {name: run.weights[name] / now[name] if now[name] > 0 else 0.0 for name in run.weights}
            shares = [
                [row.shares[places[name]] * each if name in places else 0.0 for name, each in ratio.items()]
                for row in listed.rows
            ]
            bandit = bandit.told(Thumb(item.code, given(shares, codes.index(item.code)), verdict == "up"))
        self._bandits[run.id, user] = bandit

    def take_back(self) -> None:
        """The last verdict does not hold any more."""
        bandit = self._bandit
        if bandit is not None and bandit.thumbs and self._of is not None:
            run, user = self._of
            self._bandits[run.id, user] = bandit.without(bandit.thumbs[-1].item)

    def _switched(self) -> None:
        self._show()
        self.changed.emit()

    def _reset(self) -> None:
        if self._of is not None:
            run, user = self._of
            self._bandits.pop((run.id, user), None)
        self._show()
        self.changed.emit()

    def _forget(self) -> None:
        self._bandits, self._of = {}, None
        self._show()

    def _show(self) -> None:
        self.bar.setVisible(self._of is not None)
        self.action.setEnabled(self._of is not None)
        bandit = self._bandit
        self.reset_action.setEnabled(bandit is not None and bool(bandit.thumbs))
        if bandit is None:
            self.words.setText("")
        elif not bandit.thumbs:
            self.words.setText(self.tr("The weights are as trained until there is a thumb."))
        else:
            now = bandit.drawn()
            each = self.tr("{0} {1} (trained {2})")
            told = [
                each.format(model_name(name), readable.percent(now[name]), readable.percent(trained))
                for name, trained in bandit.weights.items()
            ]
            thumbs = self.tr("Weights after %Ln thumb(s): {0}", "", len(bandit.thumbs))
            self.words.setText(thumbs.format(readable.listed(told)))
