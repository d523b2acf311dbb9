"""Why items are recommended, for the report of a user: a sentence in plain words, and what past events gave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from core import listing
from core.evaluation.sheet import Part
from core.recommend.decisive import decisive
from core.recommend.sentence import statement
from desktop_app.widgets import readable
from desktop_app.widgets.event_shares import order
from desktop_app.widgets.feedback_table import verdict_name
from desktop_app.widgets.sentence_words import hanging_words, told_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.models.base import Breakdown
    from core.progress import Progress
    from core.runs import Run
    from core.sequences.store import UserEvents
    from core.workspace import Workspace

MOST = 8  # events with a line of their own; the rest shares one, so that the lines still sum to the score

Naming = Callable[[int], tuple[str, str, str]]  # of an event: what was done, what it was about, when


def why_parts(
    workspace: Workspace,
    run: Run,
    events: UserEvents,
    items: NDArray[np.int32],
    titles: list[str],
    progress: Progress,
) -> Iterator[Part]:
    """A part for each of the items (int32 [m]) of a user's list, with figures as sure as the page of lists has them.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    if not len(items):
        return
    explanation = listing.explanation(workspace, events.user, items, progress, listing.ListRequest(run.id))
    found = None
    while (surer := explanation.next(progress)) is not None:
        found = surer
        if not found.event_errors.any():
            break
    if found is not None:
        named = _naming(workspace, run, events, progress)
        for place, title in enumerate(titles):
            progress.check()
            yield _part(found, place, title, named)


def _naming(workspace: Workspace, run: Run, events: UserEvents, progress: Progress) -> Naming:
    """What tells of the columns of a breakdown: the user's events, then the thumbs that are heeded."""
    several, catalogue = len(events.behaviours) > 1, workspace.catalogue()
    items, up = listing.thumbs(workspace, events.user, progress, run.id)

    def name(event: int) -> tuple[str, str, str]:
        if event < events.events:
            done = events.behaviours[events.behaviour[event]].name if several else ""
            return done, events.label(event), readable.moment(int(events.time[event])) if events.timed else ""
        thumb = event - events.events
        title = catalogue.titles[int(items[thumb])].as_py() or catalogue.ids[int(items[thumb])].as_py()
        return verdict_name("up" if up[thumb] else "down"), str(title), ""

    return name


def _part(found: Breakdown, place: int, title: str, named: Naming) -> Part:
    shares, errors = found.event_shares[place], found.event_errors[place]
    told = statement(found.components, found.component_shares[place], shares, errors)
    said = [told_words(told, [named(event)[1] for event in told.events])]
    hangs = decisive(found, place)
    if hangs is not None:
        score = float(found.scores[place])
        said.append(hanging_words([named(event)[1] for event in hangs.events], score, score + hangs.moves))
    shown, rest = order(shares.tolist(), MOST)
    rows = [_row(named(event), float(shares[event]), float(errors[event])) for event in shown]
    if (shares != 0).sum() > len(shown):
        rows.append((QCoreApplication.translate("report", "All other events"), "", readable.signed(rest), ""))
    base = QCoreApplication.translate("report", "Base, with no event at all")
    rows.append((base, "", readable.signed(float(found.event_base[place])), ""))
    columns = (
        QCoreApplication.translate("report", "Past event"),
        QCoreApplication.translate("report", "When"),
        QCoreApplication.translate("report", "Gave"),
        "±",
    )
    heading = QCoreApplication.translate("report", "Why “{0}”").format(title)
    return Part(heading, columns=columns, rows=tuple(rows), figures=frozenset({2, 3}), note=readable.sentences(said))


def _row(named: tuple[str, str, str], share: float, error: float) -> tuple[str, str, str, str]:
    done, about, when = named
    return (
        f"{done}: {about}" if done else about,
        when,
        readable.signed(share),
        readable.decimal(error) if error > 0 else "",
    )
