"""The headless comparison: models that are missing are trained, all are tested on the same cases, a table comes out."""

from __future__ import annotations

import argparse
import locale
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.commands.console import (
    Bar,
    natural,
    needs_workspace,
    say,
    split_agrees,
    split_of,
    takes_budget,
    takes_split,
    write_json,
)
from core.progress import Cancelled

if TYPE_CHECKING:
    from core.evaluation.comparison import Comparison, Contender
    from core.fitting import TrainSettings

COLUMNS = ("hit", "mrr", "coverage", "novelty", "diversity", "popularity_lift", "gini")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of `compare`."""
    needs_workspace(command)
    command.add_argument("--run", metavar="ID", nargs="+", action="extend", help="finished runs of one split")
    command.add_argument(
        "--models",
        metavar="NAME",
        nargs="+",
        action="extend",
        help="models, or all (the default without --run); one that has no finished run with this split is trained",
    )
    takes_split(command, None)
    command.add_argument("--seed", type=natural, default=0, help="of the trainings that are made")
    command.add_argument("--device", default="auto", help="auto, cpu, cuda:0, mps ...")
    takes_budget(command)
    command.add_argument("--html", metavar="FILE", type=Path, help="write a report with charts that needs nothing else")
    command.add_argument("--language", choices=("en", "zh_CN"), help="of the report (default: the system's)")
    command.add_argument("--json", metavar="FILE", help="write the figures as JSON; - for standard output")
    command.set_defaults(command=_compare, agree=_agree, wrong=command.error)


def _agree(arguments: argparse.Namespace) -> None:
    from core.models.available import MODELS

    for name in arguments.models or ():
        if name not in (*MODELS, "all"):
            arguments.wrong(f"argument --models: {name} is none of all, {', '.join(MODELS)}")
    if arguments.run and arguments.protocol:
        arguments.wrong("argument --protocol: the runs of --run have their own")
    if arguments.protocol is None and not arguments.run:
        arguments.protocol = "leave-one-out"
    split_agrees(arguments)


def _wanted(arguments: argparse.Namespace) -> list[TrainSettings]:
    """The settings of each model that was asked for."""
    from core.fitting import TrainSettings
    from core.models.available import MODELS

    named = arguments.models or ([] if arguments.run else ["all"])
    models = [name for name in MODELS if name in named or "all" in named]
    settings = TrainSettings(
        **split_of(arguments), seed=arguments.seed, device=arguments.device, budget=arguments.budget
    )
    return [replace(settings, model=model) for model in models]


def _compare(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import workflow
    from core.workspace import Workspace

    skip = "all" in (arguments.models or ["all"])
    with Workspace.open(arguments.workspace) as workspace:
        try:
            found = workflow.compare(workspace, progress, arguments.run or (), _wanted(arguments), skip=skip)
        except Cancelled:
            say("What is trained stays: the same command goes on from there.")
            raise
    progress.close()
    for model, why in found.left_out.items():
        say(f"{model} was left out: {why}")
    if arguments.json:
        write_json(arguments.json, found.facts())
    if arguments.html:
        workflow.write_report(found, arguments.html, arguments.language or _language())
        say(f"The report is written to {arguments.html}")
    if arguments.json != "-":
        _print(found)


def _language() -> str:
    spoken = (locale.getlocale()[0] or "").lower()
    return "zh_CN" if spoken.startswith(("zh", "chinese")) else "en"


def _print(found: Comparison) -> None:
    """A table, the best first; what no model has is left out."""
    print(f"{found.users} users, {found.data['items']} items, {found.protocol}")
    names = [f"{name}@{found.k}" for name in COLUMNS]
    names = [name for name in names if any(name in each.figures for each in found.contenders)]
    head = ["run", "model", f"ndcg@{found.k}", "95 % interval", *names, "seconds", "to the best", "95 % interval"]
    rows = [head, *(_cells(each, found, names) for each in found.contenders)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        texts = [text.ljust(width) for text, width in zip(row[:2], widths[:2], strict=True)]
        numbers = [text.rjust(width) for text, width in zip(row[2:], widths[2:], strict=True)]
        print("  ".join(texts + numbers).rstrip())


def _cells(each: Contender, found: Comparison, names: list[str]) -> list[str]:
    ndcg, change = f"ndcg@{found.k}", each.difference
    low, high = each.intervals[ndcg]
    other = each.run != found.reference
    return [
        *(each.run, each.model, f"{each.figures[ndcg]:.4f}", f"{low:.4f}-{high:.4f}"),
        *(f"{each.figures[name]:.4f}" if name in each.figures else "-" for name in names),
        f"{sum(each.seconds.values()):.1f}",
        f"{change.difference:+.4f}" if other else "-",
        f"{change.low:+.4f} {change.high:+.4f}" if other else "-",
    ]
