"""The command `train`."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.commands.console import (
    Bar,
    natural,
    needs_workspace,
    print_metrics,
    say,
    split_agrees,
    split_of,
    takes_budget,
    takes_split,
)
from core.commands.privacy import privacy_agrees, privacy_of, takes_privacy
from core.progress import Cancelled

if TYPE_CHECKING:
    from core.runs import Run
    from core.workspace import Workspace

MODELS = (
    "popularity",
    "trend",
    "eras",
    "transitions",
    "ease",
    "repeats",
    "words",
    "content",
    "transformer",
    "hybrid",
    "bilinear",
    "language-regression",
)
BESIDE = ("vectors", "relations", "pictures")  # components that are there where a file tells of the items


def add_arguments(command: argparse.ArgumentParser) -> None:
    needs_workspace(command)
    command.add_argument("--model", choices=MODELS, help="default: hybrid")
    takes_split(command, "leave-one-out")
    command.add_argument("--seed", type=natural, default=0)
    command.add_argument(
        "--encoder",
        metavar="MODEL",
        default="",
        help="folder or Hugging Face name of the language model that reads texts (default: the workspace's choice)",
    )
    command.add_argument(
        "--download", action="store_true", help="with --encoder: fetch it from the Hugging Face hub if it is not here"
    )
    command.add_argument("--bits", type=int, choices=(32, 8, 4), help="of the language model's weights")
    command.add_argument("--device", default="auto", help="auto, cpu, cuda:0, mps ...")
    takes_budget(command)
    command.add_argument("--name", default="", help="what to call the run")
    command.add_argument(
        "--set",
        nargs="+",
        action="extend",
        default=[],
        type=_option,
        metavar="MODEL.SETTING=VALUE",
        help="a setting that differs from the model's default",
    )
    command.add_argument(
        "--start-from",
        metavar="W[:RUN]",
        default="",
        help="begin with the sequence networks of another workspace's run, carried over by the items' texts",
    )
    command.add_argument(
        "--zero-shot", action="store_true", help="with --start-from: use them as they are, trained on nothing here"
    )
    takes_privacy(command)
    command.add_argument(
        "--resume", action="store_true", help="go on with the newest stopped training; begin one if there is none"
    )
    command.add_argument(
        "--finish", action="store_true", help="with --resume: learn nothing more, take the best state so far"
    )
    command.set_defaults(command=_train, agree=_agree, wrong=command.error)


def _agree(arguments: argparse.Namespace) -> None:
    """Refuse what would be ignored without a word."""
    split_agrees(arguments)
    privacy_agrees(arguments)
    if arguments.zero_shot and not arguments.start_from:
        arguments.wrong("argument --zero-shot: needs --start-from")
    if arguments.start_from and arguments.resume:
        arguments.wrong("argument --start-from: a stopped training goes on from what it began with")
    if arguments.finish and not arguments.resume:
        arguments.wrong("argument --finish: needs --resume")
    if arguments.download and not arguments.encoder:
        arguments.wrong("argument --download: needs --encoder")
    if arguments.encoder and arguments.resume:
        arguments.wrong("argument --encoder: a stopped training goes on with its own language model")
    if arguments.bits and arguments.resume:
        arguments.wrong("argument --bits: a stopped training goes on with its own language model")


def _option(text: str) -> tuple[str, str, object]:
    name, equals, value = text.partition("=")
    model, dot, setting = name.partition(".")
    if not (equals and dot and model in (*MODELS, *BESIDE) and setting):
        raise argparse.ArgumentTypeError(f"{text} is not MODEL.SETTING=VALUE, such as transformer.epochs=5")
    try:
        return model, setting, json.loads(value, parse_constant=_no_number)
    except ValueError:
        return model, setting, value


def _no_number(text: str) -> None:
    """Of NaN and infinities, which Python reads as numbers and settings are not checked against."""
    raise ValueError(text)


def _train(arguments: argparse.Namespace, progress: Bar) -> None:
    """Train; where `torchrun` started several processes, the first has the workspace and the others help it.

    Raises:
        SeqlensError: several processes would train over an encrypted workspace.
    """
    from core.data.database import is_encrypted
    from core.training import processes

    if not processes.started_together():
        _train_first(arguments, progress)
        return
    if is_encrypted(arguments.workspace):  # before they meet, and the others wait in vain
        raise processes.refused()
    with processes.joined(arguments.device) as group:
        if group.rank:
            from core.models.transformer_fit import assist

            assist(group, arguments.device)
        else:
            _train_first(arguments, progress)
    processes.leave()


def _train_first(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import workflow
    from core.fitting import TrainSettings, settled
    from core.workspace import Workspace

    options: dict[str, dict[str, object]] = {}
    for model, setting, value in arguments.set:
        options.setdefault(model, {})[setting] = value
    if private := privacy_of(arguments):
        options.setdefault("transformer", {}).update(private)
    if arguments.download:
        _fetch(arguments.encoder, progress)
    settings = TrainSettings(
        model=arguments.model or "hybrid",
        **split_of(arguments),
        seed=arguments.seed,
        device=arguments.device,
        name=arguments.name,
        language_model=arguments.encoder,
        options=options,
        budget=arguments.budget,
        start_from=arguments.start_from,
        zero_shot=arguments.zero_shot,
    )
    with Workspace.open(arguments.workspace) as workspace:
        if arguments.bits:
            settings = settled(workspace, settings)
            settings = replace(settings, reading={**(settings.reading or {}), "bits": arguments.bits})
        stopped = _stopped_run(workspace, arguments.model) if arguments.resume else None
        try:
            if stopped is None:
                if arguments.resume:
                    say("There is no stopped training to go on with; a new one begins.")
                done = workflow.train(workspace, settings, progress)
            else:
                say(f"Going on with run {stopped.id} ({stopped.name}).")
                done = workflow.resume(workspace, stopped.id, progress, finish=arguments.finish)
        except Cancelled:
            say("The best state so far is kept: train --resume goes on from it, train --resume --finish makes it do.")
            raise
    progress.close()
    print(f"run {done.id} {done.model} ({done.name})")
    print_metrics(done.metrics)


def _fetch(model: str, progress: Bar) -> None:
    from core.language import hub

    if not Path(model).expanduser().is_dir() and hub.fetched(model) is None:
        hub.fetch(model, progress)


def _stopped_run(workspace: Workspace, model: str | None) -> Run | None:
    runs = (run for run in workspace.runs.all() if run.status in ("stopped", "failed") and model in (None, run.model))
    return next(runs, None)
