"""The headless commands: arguments in, workflow, text out.

Results go to standard output, messages and progress to standard error. The exit code is 0, 1 for a failure or a stop,
2 for wrong arguments.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core import __version__, cli_beside, cli_compare, cli_feedback, cli_import, cli_privacy
from core.console import (
    Bar,
    natural,
    needs_workspace,
    positive,
    say,
    split_agrees,
    split_of,
    stoppable,
    takes_budget,
    takes_split,
    write_json,
)
from core.errors import SeqlensError, lost_contact
from core.files import draft, harmless_table
from core.privacy.groups import LEAST, is_small
from core.progress import Cancelled

if TYPE_CHECKING:
    from core.language.pictures import Decode
    from core.runs import Run
    from core.trained import Evaluated
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

WINDOW_HELP = """\
without a command, the window:
  main.py                     opens what was open last, or the sample data at the first start
  main.py --sample            opens the sample data
  main.py FILE...             opens files of events
  main.py --workspace W       opens a workspace

  main.py test                runs the tests
"""


def run(words: Sequence[str], decode: Decode | None = None) -> int:
    """Carry out one command line; the exit code. `decode` reads picture files, which core cannot do by itself."""
    _settle_streams()
    try:
        arguments = parser().parse_args(words)
        arguments.decode = decode
        arguments.agree(arguments)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 2
    try:
        cli_privacy.unlock(arguments)
        with stoppable() as progress:
            arguments.command(arguments, progress)
    except SeqlensError as error:
        say(f"Error: {error}")
    except Cancelled:
        say("Stopped.")
    except BrokenPipeError:  # whoever read the output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        say(f"Error: {error.filename or ''} {error.strerror or error}".replace("  ", " "))
    except Exception as error:
        told = lost_contact(error)
        if told is None:
            raise
        say(f"Error: {told}")
    else:
        return 0
    return 1


def _settle_streams() -> None:
    """UTF-8 into files and pipes on every system; a terminal that cannot show a character gets a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


class Command(argparse.ArgumentParser):
    """A parser that takes no abbreviated option, whose meaning the next version could change."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)


def parser() -> argparse.ArgumentParser:
    """All commands with their arguments."""
    whole = Command(
        prog="main.py",
        description="Read user behaviour sequences, train a recommender, and see why it recommends what it does.",
        epilog=WINDOW_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"Seqlens {__version__}")
    whole.set_defaults(agree=lambda _: None)
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Command)
    cli_import.add_arguments(commands.add_parser("import", help="read files into a workspace, beside what it has"))
    _train_arguments(commands.add_parser("train", help="train a recommender"))
    _evaluate_arguments(commands.add_parser("evaluate", help="score the held-out events of a run again"))
    cli_compare.add_arguments(commands.add_parser("compare", help="test several models on the same events"))
    _recommend_arguments(commands.add_parser("recommend", help="write ranked lists"))
    _features_arguments(commands.add_parser("features", help="write a table of what each user is like"))
    cli_feedback.add_arguments(commands.add_parser("feedback", help="read or write what was said of recommendations"))
    cli_beside.add_vectors(commands.add_parser("vectors", help="read vectors of items that were made elsewhere"))
    cli_beside.add_relations(commands.add_parser("relations", help="read how items are related to each other"))
    cli_beside.add_pictures(commands.add_parser("pictures", help="look at the pictures of the items"))
    cli_privacy.add_commands(commands.add_parser)
    info = commands.add_parser("info", help="tell what is in a workspace")
    info.add_argument("--json", metavar="FILE", help="write it as JSON; - for standard output")
    needs_workspace(info)
    info.set_defaults(command=_info)
    return whole


# ------------------------------------------------------------------------------------------------ train


def _train_arguments(command: argparse.ArgumentParser) -> None:
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
    cli_privacy.takes_privacy(command)
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
    cli_privacy.privacy_agrees(arguments)
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
        return model, setting, json.loads(value)
    except ValueError:
        return model, setting, value


def _train(arguments: argparse.Namespace, progress: Bar) -> None:
    """Train; where `torchrun` started several processes, the first has the workspace and the others help it."""
    from core.training import processes

    if not processes.started_together():
        _train_first(arguments, progress)
        return
    with processes.joined(arguments.device) as group:
        if group.rank:
            from core.models.transformer import assist

            assist(group, arguments.device)
        else:
            _train_first(arguments, progress)
    processes.leave()


def _train_first(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import workflow
    from core.fitting import TrainSettings, settled

    options: dict[str, dict[str, object]] = {}
    for model, setting, value in arguments.set:
        options.setdefault(model, {})[setting] = value
    if private := cli_privacy.privacy_of(arguments):
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
    with opened(arguments.workspace) as workspace:
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
    _print_metrics(done.metrics)


def _fetch(model: str, progress: Bar) -> None:
    from core.language import hub

    if not Path(model).expanduser().is_dir() and hub.fetched(model) is None:
        hub.fetch(model, progress)


def _stopped_run(workspace: Workspace, model: str | None) -> Run | None:
    runs = (run for run in workspace.runs.all() if run.status in ("stopped", "failed") and model in (None, run.model))
    return next(runs, None)


def _print_metrics(metrics: dict[str, float]) -> None:
    for name, figure in metrics.items():
        print(f"  {name:<14} {figure:.4f}")


# ------------------------------------------------------------------------------------------------ evaluate


def _evaluate_arguments(command: argparse.ArgumentParser) -> None:
    needs_workspace(command)
    command.add_argument("--run", metavar="ID", help="default: the active run, or else the newest")
    command.add_argument("--json", metavar="FILE", help="write the figures as JSON; - for standard output")
    command.add_argument("--lists", metavar="FILE", type=Path, help="write the lists that were scored as CSV")
    command.set_defaults(command=_evaluate)


def _evaluate(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import workflow

    with opened(arguments.workspace) as workspace:
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
        "slices": [asdict(part) for part in result.slices],
    }
    if arguments.json:
        write_json(arguments.json, facts)
    if arguments.json != "-":
        print(f"run {run.id} {run.model} ({run.name}): {facts['users']} users, {facts['items']} items, {run.protocol}")
        _print_metrics(result.figures)


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


# ------------------------------------------------------------------------------------------------ recommend

FORMATS = (".csv", ".xlsx", ".json", ".parquet")


def _recommend_arguments(command: argparse.ArgumentParser) -> None:
    needs_workspace(command)
    whom = command.add_mutually_exclusive_group(required=True)
    whom.add_argument("--user", metavar="ID", nargs="+", action="extend", help="for these users")
    whom.add_argument("--segment", metavar="NAME", help="for the users of a segment that was saved in the window")
    whom.add_argument("--all", action="store_true", help="for every user")
    whom.add_argument(
        "--likes",
        metavar="ITEM,ITEM,...",
        help="for somebody new who likes these items, by their ids or titles; without --out, the list is printed",
    )
    command.add_argument("-k", type=positive, default=10, help="items for each user (default: 10)")
    command.add_argument("--explain", action="store_true", help="with the parts of each score")
    command.add_argument("--policy", metavar="NAME", help="in the order of a policy that was saved in the window")
    command.add_argument("--run", metavar="ID", help="default: the active run, or else the newest")
    command.add_argument("--out", metavar="FILE", type=_table, help=f"the file to write: {' '.join(FORMATS)}")
    command.add_argument("--watermark", action="store_true", help="with a last row that says of which data it is")
    command.add_argument(
        "--suppress-small",
        action="store_true",
        help=f"write nothing for fewer than {LEAST} users, since each could be recognised",
    )
    command.add_argument(
        "--ray",
        metavar="ADDRESS",
        nargs="?",
        const="",
        help="with --all: made in parts by a Ray cluster; without an address that of RAY_ADDRESS, or this machine",
    )
    command.set_defaults(command=_recommend, agree=_recommend_agrees, wrong=command.error)


def _recommend_agrees(arguments: argparse.Namespace) -> None:
    if arguments.ray is not None and not arguments.all:
        arguments.wrong("argument --ray: needs --all")


def _table(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in FORMATS:
        raise argparse.ArgumentTypeError(f"{text} ends in none of {' '.join(FORMATS)}")
    return path


def _recommend(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import listing

    if arguments.likes is not None:
        _recommend_new(arguments, progress)
        return
    if arguments.out is None:
        raise SeqlensError("Say which file to write: --out FILE.")
    with opened(arguments.workspace) as workspace:
        users = workspace.user_codes(arguments.user) if arguments.user else None
        if arguments.segment is not None:
            users = workspace.segment(arguments.segment)
        _warn_of_few(workspace.counts().users if users is None else len(set(users.tolist())), arguments.suppress_small)
        policy = None if arguments.policy is None else listing.policy_named(workspace, arguments.policy)
        rows = listing.export(
            workspace,
            arguments.out,
            progress,
            users,
            arguments.run,
            arguments.k,
            breakdown=arguments.explain,
            policy=policy,
            watermark=arguments.watermark,
            cluster=arguments.ray,
        )
    progress.close()
    say(f"{rows} rows written to {arguments.out}")


def _warn_of_few(users: int, suppress: bool) -> None:
    """Say before anything is written that users are so few that each can be recognised."""
    if not is_small(users):
        return
    if suppress:
        raise SeqlensError(
            "The list would be of {users} users, and each could be recognised. Nothing was written; choose at least "
            "{least} users, or leave out --suppress-small.",
            users=users,
            least=LEAST,
        )
    say(f"The list is of {users} {'user' if users == 1 else 'users'}: each can be recognised. Give it to nobody.")


def _recommend_new(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import listing

    with opened(arguments.workspace) as workspace:
        policy = None if arguments.policy is None else listing.policy_named(workspace, arguments.policy)
        likes = listing.items_named(workspace, [name.strip() for name in arguments.likes.split(",") if name.strip()])
        found = listing.recommend_new(workspace, likes, progress, arguments.run, arguments.k, policy)
        progress.close()
        if arguments.out is not None:
            rows = listing.export_new(workspace, arguments.out, found, breakdown=arguments.explain)
            say(f"{rows} rows written to {arguments.out}")
            return
        catalogue = workspace.catalogue()
        ids, titles = (column.take(found.items).to_pylist() for column in (catalogue.ids, catalogue.titles))
    for place, (name, title) in enumerate(zip(ids, titles, strict=True)):
        print(f"{place + 1:>3}  {found.scores[place]:8.4f}  {name}  {title or ''}{'  (new)' * int(found.fresh[place])}")
        if arguments.explain:
            parts = zip(found.components, found.shares[place], strict=True)
            print("               " + "  ".join(f"{part} {share:+.4f}" for part, share in parts))


# ------------------------------------------------------------------------------------------------ features


def _features_arguments(command: argparse.ArgumentParser) -> None:
    needs_workspace(command)
    command.add_argument(
        "--dimensions", type=positive, default=0, metavar="N", help="with the first N principal components"
    )
    command.add_argument(
        "--together",
        type=positive,
        default=0,
        metavar="K",
        help="without ids, and with means of at least K users who are alike in the place of a row for each",
    )
    command.add_argument(
        "--out", metavar="FILE", type=_table, required=True, help=f"the file to write: {' '.join(FORMATS)}"
    )
    command.set_defaults(command=_features)


def _features(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import workflow

    with opened(arguments.workspace) as workspace:
        written = workflow.features(workspace, arguments.out, progress, arguments.dimensions, arguments.together)
    progress.close()
    rows = "groups of users" if arguments.together else "users"
    say(f"{written.rows} {rows} with {len(written.names)} features written to {arguments.out}")
    for number, share in enumerate(written.explained, 1):
        print(f"component {number:<3} explains {share:.4f} of the variance")
    if written.explained:
        print(f"all {len(written.explained):<9} explain  {sum(written.explained):.4f}")


# ------------------------------------------------------------------------------------------------ info


def _info(arguments: argparse.Namespace, _: Bar) -> None:
    from core import workflow

    with opened(arguments.workspace) as workspace:
        facts = workflow.info(workspace)
    if arguments.json:
        write_json(arguments.json, facts)
        return
    runs, segments = facts.pop("runs"), facts.pop("segments")
    for name, value in facts.items():
        print(f"{name:<12} {'-' if value is None else value}")
    assert isinstance(runs, list)
    assert isinstance(segments, dict)
    for name, users in segments.items():
        print(f"segment      {users} users  {name}")
    for record in runs:
        figures = "  ".join(f"{name} {figure:.4f}" for name, figure in list(record["metrics"].items())[:3])
        print(f"run          {record['run']}  {record['model']}  {record['status']}  {record['name']}  {figures}")


# ------------------------------------------------------------------------------------------------ all commands


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Workspace]:
    """The workspace at `path`, closed afterwards."""
    from core.workspace import Workspace

    with Workspace.open(path) as workspace:
        yield workspace
