"""The part of the recommendations page that ranks for a purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from core import listing, workflow
from core.errors import SeqlensError
from core.recommend.costs import Cost
from core.recommend.policy import ANYTHING, KIND, Policy
from desktop_app.dialogs.name_taken import NameTaken
from desktop_app.translation import error_text
from desktop_app.widgets.actions import make_action
from desktop_app.widgets.finding import find_items, find_near
from desktop_app.widgets.passing import open_once
from desktop_app.widgets.place import Place
from desktop_app.widgets.policy_panel import PolicyPanel

if TYPE_CHECKING:
    from core.progress import Progress
    from core.recommend.purpose import Purpose
    from core.recommend.stock_files import Stock
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.state import AppState
    from desktop_app.widgets.recommendation_table import RankedItem
    from desktop_app.widgets.search_field import SearchField

Pairs = list[tuple[str, int]]
Find = Callable[..., Pairs]
UNKNOWN_TOLD = 5  # ids of a list of stock that are named where they are unknown
COSTS = "costs"  # in the document of a policy: what was measured, by the run's id


@dataclass(frozen=True)
class Offer:
    """What a policy can speak of: behaviours that are no dislikes, categories, and the names of saved policies."""

    behaviours: tuple[str, ...]
    categories: tuple[str, ...]
    names: list[str]


class Purposes(QObject):
    """Keeps the panel and the policy that lists are made by.

    Attributes:
        shown: whether the panel is to be seen.
        changed: lists are to be made anew.
    """

    shown = Signal(bool)
    changed = Signal()

    def __init__(
        self,
        page: QWidget,
        state: AppState,
        ask: Callable[..., None],
        background: Background,
        made: Callable[[], tuple[str, int] | None],
    ) -> None:
        """`made` gives the run that makes the lists and their length; None where there is no run."""
        super().__init__(page)
        self._page, self._state, self._ask, self._background, self._made = page, state, ask, background, made
        self._calibrated: tuple[str, str] | None = None  # run and target whose reliability is shown
        self.place = Place(self._make_panel)
        tip = self.tr("Rank for a target, with sliders and rules, and see what that costs")
        self.action = make_action(page, "recommendations.purpose", self.tr("Purpose"), lambda: None, "Ctrl+J", tip)
        self.action.setCheckable(True)
        self.action.toggled.connect(self._show)
        self._item: RankedItem | None = None  # of the list, which the analyst looks at
        self._ids: dict[int, str] = {}  # of what searches found, by codes
        self._measured: tuple[Policy, Cost] | None = None  # the last cost that is known, and whose it is
        self._opened = ""  # the saved policy that is being worked on
        self._as_saved = Policy()  # what that says, until it is saved again
        self.pin_action = make_action(page, "recommendations.pin", self._pin_words(False), self._pin)
        self.ban_action = make_action(page, "recommendations.ban", self.tr("Ban from every list"), self._ban)
        self.look_at(None)
        state.workspace_changed.connect(self._reset)

    def _make_panel(self, place: QWidget) -> PolicyPanel:
        panel = PolicyPanel(place)
        panel.changed.connect(self._follow)
        panel.opened.connect(self._open)
        panel.kept.connect(self._keep)
        panel.forgotten.connect(self._forget)
        panel.measured.connect(self._measure)
        panel.stock_wanted.connect(self._choose_stock)
        panel.item_chosen.connect(lambda rule, code: self._rule(rule, self._ids[code]))
        for listed in panel.lists.values():
            listed.search.asked.connect(partial(self._search, listed.search))
        return panel

    @property
    def panel(self) -> PolicyPanel:
        """Where the policy is made."""
        return self.place.part

    @property
    def policy(self) -> Policy | None:
        """What lists are to be made by; None for the model alone."""
        return self.panel.policy if self.action.isChecked() and not self.panel.policy.plain else None

    @property
    def name(self) -> str:
        """The saved policy that is being worked on, empty for none; it may be another one by now."""
        return str(self.panel.saved.currentData() or "")

    @property
    def exported(self) -> Policy | str:
        """What lists are to be made by: the name of a saved policy that is as it was saved, else the policy itself."""
        policy = self.policy
        if policy is None:
            return ""
        return self.name if self.name and (self.name, policy) == (self._opened, self._as_saved) else policy

    # ---------------------------------------------------------------- pinned and banned items

    def look_at(self, item: RankedItem | None) -> None:
        """The analyst looks at this item of the list: it is what is pinned and banned; None for no item."""
        self._item = item
        self._offer_rules()

    def add_to(self, menu: QMenu) -> None:
        """Offer to pin and to ban the item that is looked at."""
        menu.addSeparator()
        menu.addActions([self.pin_action, self.ban_action])

    def _offer_rules(self) -> None:
        self.pin_action.setText(self._pin_words(self._pinned))
        for action in (self.pin_action, self.ban_action):
            action.setEnabled(self._item is not None)

    @property
    def _pinned(self) -> bool:
        made, item = self.place.made, self._item
        return made is not None and item is not None and item.id in self.panel.policy.pinned

    def _pin_words(self, pinned: bool) -> str:
        return self.tr("Pin no more") if pinned else self.tr("Pin on top of every list")

    def _pin(self) -> None:
        if self._item is not None:
            self._rule("unpinned" if self._pinned else "pinned", self._item.id)

    def _ban(self) -> None:
        if self._item is not None:
            self._rule("banned", self._item.id)

    def _rule(self, rule: str, item: str) -> None:
        """Follow a rule about an item's id."""
        self.action.setChecked(True)
        changes = {"pinned": self.panel.pin, "unpinned": self.panel.unpin, "banned": self.panel.ban}
        changes[rule](item)
        self._offer_rules()

    def _search(self, field: SearchField, text: str) -> None:
        def offer(show: Callable[[Pairs], None], found: tuple[Pairs, dict[int, str]]) -> None:
            self._ids |= found[1]
            show(found[0])

        near = partial(field.offer_near, text)
        self._ask("policy item", _found, find_items, text, done=partial(offer, field.offer))
        self._ask("policy item near", _found, find_near, text, done=partial(offer, near))

    # ---------------------------------------------------------------- what is open

    def refresh(self) -> None:
        """The data or the run changed."""
        if self.action.isChecked():
            self._ask("policies", _offer, done=self._offered)
            self._calibrated = None
            self._calibrate()

    def _reset(self) -> None:
        self._ids.clear()
        self._measured, self._opened, self._as_saved = None, "", Policy()
        if self.place.made is not None:
            self.panel.show_policy(Policy())
            self.panel.offer_saved([])
            for listed in self.panel.lists.values():
                listed.search.show_chosen("")  # what it found are items of the other workspace
        self.refresh()

    def _show(self, on: bool) -> None:
        self.place.show_part(on)
        self.shown.emit(on)
        self.refresh()
        if self.place.made is not None and not self.panel.policy.plain:
            self.changed.emit()

    def _offered(self, offer: Offer) -> None:
        self.panel.offer_behaviours(offer.behaviours)
        self.panel.offer_categories(offer.categories)
        self._opened = self.name
        self.panel.offer_saved(offer.names, self.name)
        self._calibrated = None
        self._calibrate()

    def _follow(self) -> None:
        self._offer_rules()
        self._calibrate()
        self.changed.emit()

    def _calibrate(self) -> None:
        made, target = self._made(), self.panel.policy.target
        if not target or made is None or self._calibrated == (made[0], target):
            return
        self._calibrated = (made[0], target)
        behaviour = "" if target == ANYTHING else target
        self._ask("reliability", _calibrate, behaviour, made[0], done=self._show_purpose, failed=self._no_purpose)

    def _show_purpose(self, purpose: Purpose) -> None:
        self.panel.show_purpose(purpose)

    def _no_purpose(self, error: Exception) -> None:
        self.panel.show_purpose_problem(error_text(error))

    # ---------------------------------------------------------------- saved policies

    def _open(self, name: str) -> None:
        if not name:
            self._show_saved(("", Policy(), None))
        else:
            made = self._made()
            self._ask("policy", _saved, name, made[0] if made else "", done=self._show_saved, failed=self._complain)

    def _show_saved(self, saved: tuple[str, Policy, Cost | None]) -> None:
        name, policy, cost = saved
        self._measured = None if cost is None else (policy, cost)
        self._opened, self._as_saved = name, policy
        self.panel.show_policy(policy)
        self.panel.show_cost(cost)
        self.panel.name.setText(name)
        self.panel.forget_action.setEnabled(bool(name))
        self._calibrated = None
        self._follow()

    def _keep(self, name: str) -> None:
        policy, measured = self.panel.policy, self._measured
        cost = measured[1] if measured is not None and measured[0] == policy else None
        self._save(policy, cost, name, over=name == self._opened)  # which is what is being worked on

    def _save(self, policy: Policy, cost: Cost | None, name: str, over: bool = False) -> None:
        taken = partial(self._ask_whether, policy, cost, name)
        self._write(_keep, name, policy, cost, over, chosen=name, kept=policy, taken=taken)

    def _ask_whether(self, policy: Policy, cost: Cost | None, name: str, free: str) -> None:
        """Another policy has the name: nothing is written over it unasked."""
        box, save = NameTaken(name, free, self._page.window()), partial(self._save, policy, cost)
        box.replaced.connect(lambda: save(name, over=True))
        box.doubled.connect(lambda: save(free))
        open_once(box)

    def _forget(self, name: str) -> None:
        self._write(_forget, name, chosen="", kept=Policy())

    def _write(
        self,
        change: Callable[..., object],
        *values: object,
        chosen: str,
        kept: Policy,
        taken: Callable[[str], object] | None = None,
    ) -> None:
        def done(names: list[str] | str) -> None:
            if self._state.workspace is not workspace:
                return
            if isinstance(names, list):
                self._opened, self._as_saved = chosen, kept
                self.panel.offer_saved(names, chosen)
            elif taken is not None:
                taken(names)

        workspace = self._state.workspace
        if workspace is not None:
            self._background.write(change, workspace, *values, done=done, failed=self._complain)

    def _complain(self, error: Exception) -> None:
        self.panel.show_cost_problem(error_text(error))

    # ---------------------------------------------------------------- cost and stock

    def _measure(self) -> None:
        made, policy, workspace = self._made(), self.panel.policy, self._state.workspace
        if made is None or workspace is None:
            return
        name = self.name

        def done(cost: Cost) -> None:
            if self._state.workspace is not workspace:
                return
            for saved in {name, self.name} - {""}:  # it may have been saved meanwhile
                self._background.write(_add_cost, workspace, saved, policy, cost, failed=self._complain)
            if self.panel.policy == policy:
                self._measured = policy, cost
                self.panel.show_cost(cost)

        try:
            title = self.tr("Cost of a policy")
            wanted = workspace, policy, *made
            self._background.start(_measure, *wanted, done=done, failed=self._complain, title=title)
            self.panel.show_measuring()
        except SeqlensError as busy:
            self._complain(busy)

    def _choose_stock(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        some, everything = self.tr("Lists of ids"), self.tr("All files")
        kinds = f"{some} (*.csv *.txt);;{everything} (*)"
        name, _ = QFileDialog.getOpenFileName(self._page, self.tr("What is in stock"), folder, kinds)
        if name:
            self.read_stock(Path(name))

    def read_stock(self, path: Path) -> None:
        """Take the ids of what is in stock from a file, and tell which of them no item has."""
        self._ask("stock", _stock, path, done=partial(self._take_stock, path.name), failed=self._complain)

    def _take_stock(self, name: str, stock: Stock) -> None:
        self.panel.set_stock(stock.ids)
        if stock.unknown:
            count, first = len(stock.unknown), ", ".join(stock.unknown[:UNKNOWN_TOLD])
            words = self.tr("%Ln id(s) of {0} are unknown and left out, such as {1}.", "", count).format(name, first)
            self.panel.show_cost_problem(words)


def _offer(workspace: Workspace, progress: Progress) -> Offer:
    from core.telling import item_tags

    progress.check()
    behaviours = tuple(each.name for each in workspace.log().behaviours if not each.negative)
    return Offer(behaviours, item_tags(workspace).names, workspace.saved.names(KIND))


def _found(workspace: Workspace, find: Find, text: str, progress: Progress) -> tuple[Pairs, dict[int, str]]:
    """(name, code) of the items that a search finds, and their ids by code."""
    pairs = find(workspace, text, progress)
    ids = workspace.catalogue().ids
    return pairs, {code: str(ids[code].as_py()) for _, code in pairs}


def _calibrate(workspace: Workspace, behaviour: str, run: str, progress: Progress) -> Purpose:
    return workflow.calibrate(workspace, behaviour, run, progress)


def _saved(workspace: Workspace, name: str, run: str, progress: Progress) -> tuple[str, Policy, Cost | None]:
    progress.check()
    body = workspace.saved.get(KIND, name) or {}
    costs = body.get(COSTS, {})
    cost = costs.get(run) if isinstance(costs, dict) else None
    return name, listing.policy_named(workspace, name), None if cost is None else Cost.from_dict(cost)


def _keep(workspace: Workspace, name: str, policy: Policy, cost: Cost | None, over: bool) -> list[str] | str:
    """Save a policy with what was measured of it, now (None for nothing) and, if it is the same, before.

    Returns:
        The names of all that are saved; or, where another policy has this one and may not be written `over`, a free
        name like it, and nothing is saved.
    """
    body = workspace.saved.get(KIND, name)
    same = body is not None and Policy.from_dict(body) == policy
    if body is not None and not same and not over:
        return workspace.saved.free(KIND, name)
    costs = {COSTS: body[COSTS]} if body is not None and same and COSTS in body else {}
    workspace.saved.put(KIND, name, policy.to_dict() | costs)
    if cost is not None:
        _add_cost(workspace, name, policy, cost)
    return workspace.saved.names(KIND)


def _forget(workspace: Workspace, name: str) -> list[str]:
    workspace.saved.remove(KIND, name)
    return workspace.saved.names(KIND)


def _measure(workspace: Workspace, policy: Policy, run: str, k: int, progress: Progress) -> Cost:
    return workflow.policy_cost(workspace, policy, run, progress, k)


def _add_cost(workspace: Workspace, name: str, policy: Policy, cost: Cost) -> None:
    """Keep a figure with the policy of this name, if that is what was measured; a write, as it reads before."""
    body = workspace.saved.get(KIND, name)
    if body is not None and Policy.from_dict(body) == policy:
        former = body.get(COSTS, {})
        costs = (former if isinstance(former, dict) else {}) | {cost.run: cost.to_dict()}
        workspace.saved.put(KIND, name, body | {COSTS: costs})


def _stock(workspace: Workspace, path: Path, progress: Progress) -> Stock:
    """What a file says of the items that are in stock."""
    from core.recommend.stock_files import read_stock

    progress.check()
    return read_stock(path, workspace.catalogue().ids)
