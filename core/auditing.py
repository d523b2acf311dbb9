"""The audit of a run: how well an attack tells whom a model of its kind learned from (`core.evaluation.membership`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.errors import SeqlensError
from core.trained import model_of, split_of

if TYPE_CHECKING:
    from core.evaluation.membership import Membership
    from core.progress import Progress
    from core.runs import Run
    from core.workspace import Workspace

PAIRS = 2  # of models, unless told
ATTACKED = 5_000  # users at most
FEWEST = 20


def audit(workspace: Workspace, record: Run, progress: Progress, pairs: int = PAIRS, seed: int = 0) -> Membership:
    """Train the run's model anew on halves of its users, attack each of these models, and keep the outcome in the run.

    The models have the run's settings and choices and are thrown away. The figure speaks of this kind of training, and
    of half as many users as the run had, of whom each weighs more.

    Raises:
        SeqlensError: there are too few users, or the data changed since the run was trained.
        Cancelled: the analyst pressed stop.
    """
    from core.evaluation.membership import attacked, halves, losses
    from core.models.available import again
    from core.training.devices import torch_threads

    log, catalogue = split_of(workspace, record).train, workspace.catalogue()
    model, rng = model_of(workspace, record, "evaluation"), np.random.default_rng(seed)
    able = np.flatnonzero(np.bincount(log.user[log.target], minlength=log.users) > 1)
    if len(able) < FEWEST:
        raise SeqlensError("An audit needs {least} users who did at least two things.", least=FEWEST)
    drawn = halves(len(able), pairs, rng)
    some = np.sort(rng.choice(len(able), min(ATTACKED, len(able)), replace=False))
    surprise = np.empty((len(drawn), len(some)))
    with torch_threads(leave_one=True):
        for number, inside in enumerate(drawn):
            part = progress.part(number / len(drawn), (number + 1) / len(drawn))
            learned = np.zeros(log.users, dtype=np.bool_)
            learned[able[inside]] = True
            one = again(model)
            one.fit(log.take(learned[log.user]), catalogue, part.part(0.0, 0.8))
            surprise[number] = losses(one, log, able[some], part.part(0.8, 1.0))
    found = attacked(surprise, drawn[:, some])
    workspace.runs.save(
        workspace.runs.get(record.id).noted(
            "Audit: an attack tells users inside from others with an AUC of {auc} ({low} to {high})",
            {"auc": f"{found.auc:.3f}", "low": f"{found.auc_low:.3f}", "high": f"{found.auc_high:.3f}"},
            audit=found.figures(),
        )
    )
    return found
