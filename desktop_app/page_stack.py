"""The pages of the window, which are made when they are first shown, in steps that hold nothing up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from desktop_app import layout
from desktop_app.courtesy import making_page
from desktop_app.pages import PAGES
from desktop_app.painting import paint_in_parts
from desktop_app.turns import counted, take_turn
from desktop_app.warm_up import has_page, import_page

if TYPE_CHECKING:
    from desktop_app.background import Background
    from desktop_app.page import Page
    from desktop_app.state import AppState


class PageStack(QStackedWidget):
    """Shows one page at a time, or another widget where there is nothing to show on a page.

    Signals:
        came: a page or something else is to be seen now.
        navigated(str): a page asks for the page of this name.
        import_asked: a page asks for files to import.
        private_training_asked: a page asks for the form of a private training.

    Attributes:
        made: the pages that are whole, by their names.
    """

    came = Signal()
    navigated = Signal(str)
    import_asked = Signal()
    private_training_asked = Signal()

    def __init__(self, state: AppState, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._background = state, background
        self.made: dict[str, Page] = {}
        self._begun: dict[str, Iterator[None]] = {}
        self._wanted = ""
        self._awaited: list[Callable[[Any], object]] = []  # what is done with the wanted page when it is shown
        self._left: QWidget | None = None  # which had the keys on the page before, until the wanted one is shown
        self._note = QWidget()  # blank: the first widget of a stack is shown, and no page is before it is asked for
        self.addWidget(self._note)

    def show_page(self, name: str) -> None:
        """Show the page of this name: at once if it is whole, else as soon as it is, unless another is asked for."""
        self._wanted, self._awaited = name, []
        if name in self.made:
            with counted():
                self._show(self.made[name])
            return
        self._leave()
        if has_page(name):
            take_turn(self, lambda: self._go_on(name), alone=True, later=True)
        else:
            self._background.ask("page", import_page, name, done=lambda _: self._go_on(name))

    def when_shown(self, do: Callable[[Any], object]) -> None:
        """Do something with the page that was asked for last, once it is shown, if no other is asked for meanwhile."""
        page = self.made.get(self._wanted)
        if page is not None and page is self.currentWidget():
            do(page)
        else:
            self._awaited.append(do)

    @property
    def awaits_page(self) -> bool:
        """Whether there is nothing to see yet of what was asked for."""
        return bool(self._wanted) and self.made.get(self._wanted) is not self.currentWidget()

    def show_note(self, note: QWidget) -> None:
        """Show something else than a page; what was shown so before is deleted."""
        self._wanted, self._awaited = "", []
        former, self._note = self._note, note
        self.addWidget(note)
        self._show(note)
        self.removeWidget(former)
        former.deleteLater()

    def page(self, name: str) -> Page:
        """The page of this name, whole now, however long that takes."""
        while name not in self.made:
            self.step(name)
        return self.made[name]

    def prepare(self, name: str) -> None:
        """Make the page of this name soon, a part in each beat, whether or not it is shown."""
        if name not in self.made:
            self.step(name)
            take_turn(self, lambda: self.prepare(name), alone=True, later=True)

    def step(self, name: str) -> None:
        """Make the next part of a page that is not whole."""
        steps = self._begun.setdefault(name, self._make(name))
        with making_page():
            try:
                next(steps)
            except Exception:
                del self._begun[name]  # which begins anew when it is asked for again
                raise

    def take_apart(self) -> bool:
        """Delete one of the widgets; whether there was one."""
        self._wanted = ""
        widget = self.widget(0)
        if widget is None:
            return False
        self.removeWidget(widget)
        widget.deleteLater()
        return True

    def _go_on(self, name: str) -> None:
        """Make the next part of a page, and the others in beats to come; show it when it is whole."""
        if self._wanted != name or not isValid(self._state):
            return  # the analyst went on meanwhile, or ends all; it is left as it is until it is asked for again
        if name in self.made:
            page = self.made[name]
            self._show(page)
            while self._awaited:
                self._awaited.pop(0)(page)
            return
        self.step(name)
        take_turn(self, lambda: self._go_on(name), alone=True)

    def _leave(self) -> None:
        """Have keys that are meant for the page to come do nothing to the one that is in view until then."""
        focus, page = self.window().focusWidget(), self.currentWidget()
        if focus is not None and page is not None and (focus is page or page.isAncestorOf(focus)):
            self._left = focus
            self.setFocus()

    def _show(self, widget: QWidget) -> None:
        """Show one of the widgets; Qt takes the keys there from the one before, where they are given back to it."""
        left, self._left = self._left, None
        if left is not None and isValid(left) and self.window().focusWidget() is self:
            left.setFocus()
        if widget is not self.currentWidget():
            self.setCurrentWidget(widget)
            paint_in_parts(widget)
        self.came.emit()

    def _make(self, name: str) -> Iterator[None]:
        """Make a page.

        Qt styles a widget that is put into another one anew, with all that is in it. So a page begins in its place,
        and puts the areas that hold much in theirs before it fills them, which takes half the time.
        """
        module, kind = PAGES[name]
        page: Page = getattr(import_module(module), kind)(self._state, self._background, self, at_once=False)
        page.hide()  # or it would come into view, half-made, where the window does so meanwhile
        try:
            for _ in page.steps:
                yield
        except Exception:
            page.deleteLater()  # or its parts would go on answering
            raise
        for asks in ("navigated", "import_asked", "private_training_asked"):
            if hasattr(page, asks):
                getattr(page, asks).connect(getattr(self, asks))
        if name != "timeline":  # which keeps its layout in the workspace
            layout.remember(page, name)
        self.addWidget(page)
        yield
        page.resize(self.size())
        for part in reversed(page.findChildren(QWidget)):
            part.ensurePolished()
        yield
        if (laid_out := page.layout()) is not None:
            laid_out.activate()
        self.made[name] = page
        del self._begun[name]
        yield
