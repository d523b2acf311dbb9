"""The command `evaluate`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from core.commands.console import Bar, needs_workspace, print_metrics, write_json
from core.files import draft, harmless_table

if TYPE_CHECKING:
    from core.trained import Evaluated
    from core.workspace import Workspace


def add_arguments(command: argparse.ArgumentParser) -> None:
    needs_workspace(command)
    command.add_argument("--run", metavar="ID", help="default: the active run, or else the newest")
    command.add_argument("--json", metavar="FILE", help="write the figures as JSON; - for standard output")
    command.add_argument("--lists", metavar="FILE", type=Path, help="write the lists that were scored as CSV")
    command.set_defaults(command=_evaluate)


def _evaluate(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import workflow
    from core.workspace import Workspace

    with Workspace.open(arguments.workspace) as workspace:
        result = workflow.evaluate(workspace, arguments.run, progress)
        if arguments.lists:
            _write_lists(arguments.lists, workspace, result)
    progress.close()
    run, evaluation = result.run, result.evaluation
    facts = {
        "protocol": run.protocol,
        "hide_seen": run.hide_seen,
        "k": evaluation.k,
        "users": run.users,
        "users_skipped": result.split.skipped,
        "items": result.split.train.items,
        "run": run.id,
        "model": run.model,
        "metrics": result.figures,
        "intervals": result.intervals,
        "slices": [part.facts() for part in result.slices],
    }
    if arguments.json:
        write_json(arguments.json, facts)
    if arguments.json != "-":
        print(f"run {run.id} {run.model} ({run.name}): {facts['users']} users, {facts['items']} items, {run.protocol}")
        print_metrics(result.figures)


def _write_lists(path: Path, workspace: Workspace, result: Evaluated) -> None:
    """The lists of an evaluation as CSV, a row an item; `truth_rank` is empty where the truth was hidden as seen."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv

    evaluation, cases = result.evaluation, result.split.test
    case, place = np.nonzero(evaluation.items[:, : evaluation.k] >= 0)
    users, items = workspace.users().ids, workspace.catalogue().ids
    ranks = pa.array(evaluation.ranks[case], mask=evaluation.ranks[case] == 0)
    table = pa.table(
        {
            "user_id": pc.take(users, pa.array(cases.users[case])),
            "rank": pa.array(place + 1),
            "item_id": pc.take(items, pa.array(evaluation.items[case, place])),
            "score": pa.array(evaluation.scores[case, place]),
            "truth": pc.take(items, pa.array(cases.truth[case])),
            "truth_rank": ranks,
        }
    )
    if len(np.unique(cases.users)) < len(cases.users):  # users with several cases: which one a row is of
        table = table.append_column("case", pa.array(case + 1))
    with draft(path) as beside, beside.open("wb") as file:
        csv.write_csv(harmless_table(table), file)
