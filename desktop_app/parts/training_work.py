"""What the training page asks of core on worker threads; nothing here touches a widget."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from core import workflow
from core.progress import Part, Progress

if TYPE_CHECKING:
    from core.comparing import SideBySide
    from core.evaluation.comparison import Comparison
    from core.fitting import TrainSettings
    from core.runs import Run
    from core.workspace import Workspace

LISTED = 10  # items of the lists of two runs that stand side by side


@dataclass(frozen=True)
class Facts:
    """What the page shows of a workspace.

    Attributes:
        events: number of events; 0 where nothing was imported.
        start, end: span of the data, microseconds since 1970 UTC; None without times.
        runs: all runs, the newest first.
        active: id of the run that makes the lists, empty for none.
    """

    events: int
    start: int | None
    end: int | None
    runs: tuple[Run, ...]
    active: str


@dataclass(frozen=True)
class Machine:
    """What can train here, and what the models' settings are unless told.

    Attributes:
        devices: key, name and free bytes of each device.
        defaults: settings of each model, by the model's name.
    """

    devices: tuple[tuple[str, str, int], ...]
    defaults: dict[str, dict[str, object]]


def facts(workspace: Workspace, progress: Progress) -> Facts:
    """Read what the page shows."""
    counts = workspace.counts()
    progress.check()
    runs = workspace.runs.all()
    progress.check()
    active = workspace.active_run()
    return Facts(counts.events, counts.start, counts.end, tuple(runs), "" if active is None else active.id)


def machine(progress: Progress) -> Machine:
    """Look for devices; this imports torch, so it is asked for after the page is shown."""
    from core.training.devices import devices

    progress.check()
    found = tuple((device.key, device.name, device.free) for device in devices())
    return Machine(found, _defaults())


def _defaults() -> dict[str, dict[str, object]]:
    from core.models.bilinear import BilinearSettings
    from core.models.regression import RegressionSettings
    from core.models.transformer import TransformerSettings
    from core.training.private import available

    network = asdict(TransformerSettings())
    if not available():
        network = {name: value for name, value in network.items() if not name.startswith("private_")}
    return {
        "transformer": network,
        "bilinear": asdict(BilinearSettings()),
        "language-regression": asdict(RegressionSettings()),
    }


class Watched(Part):
    """Hands everything on to another progress and keeps the figures of each epoch that was validated.

    The window's progress may leave out messages that come too fast; a curve must not lose a point to that.
    """

    def __init__(self, whole: Progress, curve: list[dict[str, float]]) -> None:
        super().__init__(whole, 0.0, 1.0)
        self._curve = curve

    def report(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
        if "ndcg" in figures:
            self._curve.append({name: float(value) for name, value in figures.items() if not isinstance(value, str)})
        super().report(fraction, message, figures)


def train(workspace: Workspace, settings: TrainSettings, curve: list[dict[str, float]], progress: Progress) -> Run:
    """Train, adding the figures of each epoch to `curve`."""
    return workflow.train(workspace, settings, Watched(progress, curve))


def resume(workspace: Workspace, run: str, finish: bool, curve: list[dict[str, float]], progress: Progress) -> Run:
    """Go on with a stopped run, or `finish` it with its best state, adding the figures of each epoch to `curve`."""
    return workflow.resume(workspace, run, Watched(progress, curve), finish)


def compare(workspace: Workspace, runs: list[str], k: int, progress: Progress) -> Comparison:
    """Test finished runs of one split again and tell their differences to the first of them."""
    return workflow.compare(workspace, progress, runs, k=k, against=runs[0])


@dataclass(frozen=True)
class UserLists:
    """What two runs list for one user: the user's id, the lists, and the titles of their items."""

    name: str
    lists: SideBySide
    titles: list[str]


def user_lists(workspace: Workspace, runs: tuple[str, str], user: int, progress: Progress) -> UserLists:
    """Both lists for the user with this code; beyond the last user comes the first one again."""
    import pyarrow.compute as pc

    from core.comparing import side_by_side

    users, catalogue = workspace.users(), workspace.catalogue()
    found = side_by_side(workspace, runs, user % max(users.users, 1), LISTED, progress)
    titles = pc.coalesce(catalogue.titles, catalogue.ids).take(found.items).to_pylist()
    return UserLists(str(users.ids[found.user]), found, titles)


def find_users(workspace: Workspace, text: str, progress: Progress) -> list[tuple[str, int]]:
    """(id, code) of the first users whose id contains `text`, of all users."""
    from desktop_app.parts.recommendation_work import find_users as find

    return find(workspace, None, text, progress)


def delete(workspace: Workspace, runs: list[str]) -> None:
    """Remove runs with all that belongs to them; where one of them made the lists, the newest that is left does."""
    if workspace.setting("active_run", None) in runs:
        workspace.set_active_run(None)
    for run in runs:
        workspace.runs.delete(run)
