"""Points of the map by name and by keys: a search, marks without a mouse, and the way from an item to its users."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from desktop_app.parts import map_work as work
from desktop_app.widgets import readable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from desktop_app.parts.map_side import MapSide
    from desktop_app.state import AppState


class MapPoints(QObject):
    """Lets the analyst find points, mark them one by one or with those nearest to them, and go on to an item's users.

    Signals:
        users_wanted: the map of users is to be shown, where the users of an item will be marked.
    """

    users_wanted = Signal()

    def __init__(self, state: AppState, side: MapSide) -> None:
        super().__init__(side)
        self._state, self._side, self.search = state, side, side.search
        self._expected: tuple[str, NDArray[np.int32]] | None = None  # an item, and its users
        self._space: object = None  # whose points the search found
        self.search.asked.connect(self._search)
        self.search.chosen.connect(self._find)
        near = side.near
        side.scatter.addAction(near.mark_action)  # which has the keys where the points have the focus
        near.mark_asked.connect(self._turn)
        near.mark_near_asked.connect(self._mark_near)
        near.users_asked.connect(self._ask_users)
        side.shown.connect(self._follow)

    def _follow(self) -> None:
        """Other points are on the map."""
        mapped, expected = self._side.mapped, self._expected
        self._expected = None
        if mapped is None:
            return
        self.search.seek(users=mapped.choice.of == "users")
        if mapped.space is not self._space:
            self._space = mapped.space
            self.search.show_chosen("")  # the rows that it found are of other points
        if expected is not None and mapped.choice.of == "users":
            name, users = expected
            self._side.mark_users(users)
            here = readable.count(int(np.isin(users, mapped.space.codes).sum()))
            words = self.tr("{0} of {1} users of “{2}” are on this map, and marked.")
            self._side.tell(words.format(here, readable.count(len(users)), name))

    # ---------------------------------------------------------------- by name

    def _search(self, text: str) -> None:
        mapped = self._side.mapped
        if self._state.workspace is None or mapped is None:
            return

        def show(found: list[tuple[str, int]]) -> None:
            if self._side.mapped is not None and self._side.mapped.space is mapped.space:
                self._side.tell("" if found else self.tr("No point of this map is called “{0}”.").format(text))
                self.search.offer(found)

        self._side.ask("search", work.find_points, self._state.workspace, mapped, text, done=show)

    def _find(self, row: int) -> None:
        if self._side.mapped is not None and row < len(self._side.mapped.space.codes):
            self._side.choose(row)
            self.search.show_chosen("")
            self._side.scatter.setFocus()

    # ---------------------------------------------------------------- marks

    def _turn(self) -> None:
        scatter = self._side.scatter
        if scatter.row >= 0:
            scatter.turn(scatter.row)

    def _mark_near(self, count: int) -> None:
        """Mark the chosen point and those nearest to it."""
        mapped, row = self._side.mapped, self._side.scatter.row
        if mapped is None or row < 0:
            return

        def mark(found: work.Near) -> None:
            if self._side.mapped is not None and self._side.mapped.space is mapped.space:
                self._side.scatter.add(np.append(found.rows, found.row))

        self._side.ask("mark near", work.near, mapped, row, count, done=mark)

    # ---------------------------------------------------------------- from an item to its users

    def _ask_users(self) -> None:
        mapped, row = self._side.mapped, self._side.scatter.row
        if self._state.workspace is None or mapped is None or row < 0 or mapped.choice.of != "items":
            return
        name = str(mapped.names[row].as_py())

        def show(users: NDArray[np.int32]) -> None:
            if self._side.mapped is mapped and len(users):
                self._expected = (name, users)
                self.users_wanted.emit()
            elif self._side.mapped is mapped:
                self._side.tell(self.tr("Nobody chose “{0}”.").format(name))

        self._side.ask("users of the item", work.users_of, self._state.workspace, mapped.space.codes[[row]], done=show)
