"""Several trainings tested on the same cases; those that are missing are trained first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.errors import SeqlensError
from core.fitting import Training, TrainSettings, settled, split_log
from core.runs import iso
from core.trained import evaluated, record_of, split_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.evaluation.comparison import Comparison, Contender
    from core.progress import Progress
    from core.runs import Run
    from core.workspace import Workspace

TRAINING = 0.9  # share of the progress that trainings take, where there are any


def compare(
    workspace: Workspace,
    runs: Sequence[str],
    wanted: Sequence[TrainSettings],
    progress: Progress,
    k: int = 10,
    against: str | None = None,
    skip: bool = False,
) -> Comparison:
    """Evaluate runs on the same cases and set them against each other.

    Args:
        runs: ids of finished runs.
        wanted: models that take part too, all under one protocol: for each its newest finished run with this split, or
            else its stopped training goes on, or a new one is made.
        against: id of the run that differences are to; None for the best.
        skip: leave out a wanted model that does not suit the data, instead of failing.

    Raises:
        SeqlensError: the runs were not tested on the same cases, or there is nothing to compare.
        Cancelled: the analyst pressed stop; finished trainings stay.
    """
    records = [record_of(workspace, run) for run in dict.fromkeys(runs)]
    if records and wanted:
        wanted = [_like(records[0], each) for each in wanted]
    left_out: dict[str, str] = {}
    places = _missing(workspace, wanted)
    begin = TRAINING if any(isinstance(each, TrainSettings) for each in places) else 0.0
    for number, place in enumerate(places):
        part = progress.part(begin * number / len(places), begin * (number + 1) / len(places))
        try:
            found = _trained(workspace, place, part) if isinstance(place, TrainSettings) else place
        except SeqlensError as error:
            if not skip:
                raise
            left_out[wanted[number].model] = str(error)
        else:
            records += [found] if found.id not in {each.id for each in records} else []
    if not records:
        why = "; ".join(left_out.values()) or "no model was named"
        raise SeqlensError("There is nothing to compare: {why}.", why=why.rstrip("."))
    _must_agree(records)
    return _compared(workspace, records, k, against, left_out, progress.part(begin, 1.0))


def _like(record: Run, settings: TrainSettings) -> TrainSettings:
    """The settings with the split of a run that they are to be compared with."""
    same = replace(settings, protocol=record.protocol, cut=record.cut, hide_seen=record.hide_seen)
    return replace(same, **record.parts)  # type: ignore[arg-type]


def _missing(workspace: Workspace, wanted: Sequence[TrainSettings]) -> list[Run | TrainSettings]:
    """For each wanted model the run that there is, or what is to be trained."""
    from core.evaluation.ranking import hides_seen

    if not wanted:
        return []
    first = wanted[0]
    split = split_log(workspace.log(), first.protocol, first.cut, first.parts)
    hide = hides_seen(split.train) if first.hide_seen is None else first.hide_seen
    split_facts = (workspace.fingerprint, first.protocol, split.cut, first.parts, hide)
    done = [run for run in workspace.runs.all() if run.status == "done" and _facts(run) == split_facts]
    return [next((run for run in done if run.model == each.model), each) for each in wanted]


def _facts(run: Run) -> tuple[object, ...]:
    """What must be equal for two runs to have been tested on the same cases in the same way."""
    return run.fingerprint, run.protocol, run.cut, run.parts, run.hide_seen


def _trained(workspace: Workspace, settings: TrainSettings, progress: Progress) -> Run:
    """A stopped training of the same settings goes on; where there is none, a new one is made."""
    settings = settled(workspace, settings)
    for run in workspace.runs.all():
        if run.status == "stopped" and run.model == settings.model and run.fingerprint == workspace.fingerprint:
            asked = TrainSettings(**run.settings)  # type: ignore[arg-type]
            if replace(asked, name=settings.name, leave_core=settings.leave_core) == settings:
                return Training.resumed(workspace, run.id).execute(progress)
    return Training.begun(workspace, settings).execute(progress)


def _must_agree(records: Sequence[Run]) -> None:
    for record in records[1:]:
        if _facts(record) != _facts(records[0]):
            raise SeqlensError(
                "The runs {first} and {second} were not tested on the same events in the same way (data, split or the "
                "hiding of seen items differ). Compare runs of one split.",
                first=records[0].id,
                second=record.id,
            )


def _compared(
    workspace: Workspace,
    records: Sequence[Run],
    k: int,
    against: str | None,
    left_out: dict[str, str],
    progress: Progress,
) -> Comparison:
    import numpy as np

    from core.evaluation.comparison import Comparison, ranked

    segments = workspace.segments()  # once: what the analyst changes meanwhile would set other parts side by side
    contenders = [
        _contender(workspace, record, k, segments, progress.part(number / len(records), (number + 1) / len(records)))
        for number, record in enumerate(records)
    ]
    reference, ordered = ranked(contenders, k, against)
    split, counts, first = split_of(workspace, records[0]), workspace.counts(), records[0]
    data: dict[str, object] = {
        "workspace": workspace.path.name,
        "fingerprint": first.fingerprint.strip('"'),
        "users": counts.users,
        "items": counts.items,
        "events": counts.events,
        "behaviors": counts.behaviours,
        "start": iso(counts.start),
        "end": iso(counts.end),
        "training_events": split.train.events,
        "validation_users": len(np.unique(split.validation.users)),
        "users_skipped": split.skipped,
    }
    return Comparison(
        k=k,
        protocol=first.protocol,
        cut=first.cut,
        parts=first.parts,
        hide_seen=first.hide_seen,
        cases=len(split.test.users),
        users=len(np.unique(split.test.users)),
        data=data,
        reference=reference,
        contenders=ordered,
        left_out=left_out,
        tested=np.unique(split.test.users).astype(np.int32),
    )


def _contender(
    workspace: Workspace, record: Run, k: int, segments: dict[str, NDArray[np.int32]], progress: Progress
) -> Contender:
    from core.evaluation import intervals, metrics
    from core.evaluation.comparison import Contender

    found = evaluated(workspace, record, k, progress, segments)
    return Contender(
        run=record.id,
        name=record.name,
        model=record.model,
        figures=found.figures,
        intervals=found.intervals,
        slices=found.slices,
        gains=intervals.of_users(metrics.gains(found.evaluation.ranks, k), found.split.test.users),
        seconds=record.seconds,
        curve=record.curve,
        weights=record.weights,
        weight_intervals=record.weight_intervals,
        settings=record.settings,
        versions=record.versions,
    )


@dataclass(frozen=True)
class SideBySide:
    """What two runs would show one user, by their serving fits and with the user's feedback heeded.

    Attributes:
        user: the user's code.
        items: int32 [m], every item of either list, in the order of the first, then those of the second alone.
        ranks: int64 [m, 2], the place of each item among all that the run ranks, from 1; 0 where it is left out.
        k: length of the lists.
        overlap: items that are in both lists.
    """

    user: int
    items: NDArray[np.int32]
    ranks: NDArray[np.int64]
    k: int
    overlap: int


def side_by_side(workspace: Workspace, runs: tuple[str, str], user: int, k: int, progress: Progress) -> SideBySide:
    """Rank all items for one user by two runs, as their lists do (`core.listing.recommend`).

    Raises:
        SeqlensError: one of the runs is not there or not finished.
        Cancelled: another user is asked for.
    """
    import numpy as np

    scores = []
    for place, run in enumerate(runs):
        progress.step(place, 2, "Ranking items for both runs")
        scores.append(_scores(workspace, run, place, user, progress))
    items = max(len(each) for each in scores)  # one of the runs may know fewer, and leaves the others out
    both = np.stack([np.pad(each, (0, items - len(each)), constant_values=-np.inf) for each in scores])
    best = [np.lexsort((np.arange(items), -each))[:k] for each in both]
    best = [each[np.isfinite(both[place, each])] for place, each in enumerate(best)]
    listed = np.concatenate((best[0], best[1][~np.isin(best[1], best[0])])).astype(np.int32)
    # An item's rank is one more than the items above it; equal ones stand in the order of their codes, as in a list.
    ranks = [
        np.where(np.isfinite(each[listed]), np.argsort(np.lexsort((np.arange(items), -each)))[listed] + 1, 0)
        for each in both
    ]
    overlap = len(best[0]) + len(best[1]) - len(listed)
    return SideBySide(user, listed, np.stack(ranks, axis=1).astype(np.int64), k, overlap)


def _scores(workspace: Workspace, run: str, place: int, user: int, progress: Progress) -> NDArray[np.float32]:
    """Scores of all items that a run can list, float32 [items]; -inf for those that its list leaves out."""
    import numpy as np

    from core.reach import reach
    from core.recommend.lists import blocked
    from core.serving import hear_one

    record = record_of(workspace, run)
    # Kept beside the model that makes the lists, or the two would be read anew for every other user.
    reached = workspace.keep(
        f"compared run {place}",
        f"{workspace.fingerprint} {run}",
        lambda: reach(workspace, record, "serving", progress),
    )
    heard = hear_one(workspace, reached, user, "serving", workspace.log().block(user, user + 1))
    scores = np.array(heard.model.score(heard.read)[0], dtype=np.float32)
    scores[blocked(heard.read, np.zeros(1, np.int32), record.hide_seen)[0] | reached.nameless] = -np.inf
    out = heard.out[1]
    scores[out[out < len(scores)]] = -np.inf
    return scores
