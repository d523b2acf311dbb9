"""What is asked of core about an item that is not in a list, on worker threads; nothing here touches a widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.unlisted import standing
from desktop_app.parts.recommendation_work import Listed
from desktop_app.widgets.not_listed_words import Answer
from desktop_app.widgets.recommendation_table import RankedItem

if TYPE_CHECKING:
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.parts.recommendation_work import Choice


def answer(workspace: Workspace, choice: Choice, item: int, progress: Progress) -> Answer:
    """How an item (its code) stands to the list of what is chosen.

    Raises:
        SeqlensError: as `core.listing.recommend`.
    """
    found = standing(workspace, choice.user, item, progress, choice.request)
    catalogue = workspace.catalogue()

    def title(code: int) -> str:
        return "" if code < 0 else str(catalogue.titles[code].as_py() or catalogue.ids[code].as_py())

    return Answer(found, title(item), title(found.last), float(catalogue.prices[item]))


def as_listed(workspace: Workspace, choice: Choice, found: Answer, progress: Progress) -> Listed:
    """The item as the one row of a list, as which it can be explained."""
    progress.check()
    catalogue, told = workspace.catalogue(), found.standing
    name, title, category = (
        str(column[told.item].as_py() or "") for column in (catalogue.ids, catalogue.titles, catalogue.categories)
    )
    figures = float(told.scores[0]), float(told.base[0]), tuple(told.shares[0].tolist())
    return Listed(choice, [RankedItem(told.item, name, title, category, found.price, *figures)], told.components)
