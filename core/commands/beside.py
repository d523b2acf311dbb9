"""What is known of items beside events and texts, on the command line: files in, what came of them out."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from core.commands.console import Bar, needs_workspace, write_json
from core.errors import SeqlensError

if TYPE_CHECKING:
    from core.data.taken import Taken


def add_vectors(command: argparse.ArgumentParser) -> None:
    """The arguments of `vectors`."""
    needs_workspace(command)
    command.add_argument("file", metavar="FILE", nargs="?", type=Path, help="Parquet, CSV, or .npy with ids beside it")
    command.add_argument("ids", metavar="IDS", nargs="?", type=Path, help="the ids of a .npy file, in its order")
    _finishes(command)
    command.set_defaults(command=_vectors)


def add_relations(command: argparse.ArgumentParser) -> None:
    """The arguments of `relations`."""
    needs_workspace(command)
    command.add_argument("file", metavar="FILE", nargs="?", type=Path, help="head, relation, tail: CSV, TSV, .kg ...")
    command.add_argument("link", metavar="LINK", nargs="?", type=Path, help="which entities of a .kg file are items")
    _finishes(command)
    command.set_defaults(command=_relations)


def add_pictures(command: argparse.ArgumentParser) -> None:
    """The arguments of `pictures`."""
    needs_workspace(command)
    told = "a table with the columns item_id, picture (default: the one that was imported with a column of pictures)"
    command.add_argument("file", metavar="FILE", nargs="?", type=Path, help=told)
    command.add_argument("--model", metavar="FOLDER", type=Path, help="of a CLIP or SigLIP model on this machine")
    command.add_argument("--device", default="cpu", help="cpu, cuda:0, mps ... (default: cpu)")
    _finishes(command)
    command.set_defaults(command=_pictures)


def _finishes(command: argparse.ArgumentParser) -> None:
    command.add_argument("--remove", action="store_true", help="forget what was imported, in the place of a file")
    command.add_argument("--json", metavar="FILE", help="write what came of the file as JSON; - for standard output")


def _vectors(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import adding
    from core.workspace import Workspace

    with Workspace.open(arguments.workspace) as workspace:
        if _removed(arguments, workspace.beside.remove, "vectors"):
            return
        taken = adding.add_vectors(workspace, arguments.file, progress, arguments.ids)
    progress.close()
    _tell(arguments, taken)


def _relations(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import adding
    from core.workspace import Workspace

    with Workspace.open(arguments.workspace) as workspace:
        if _removed(arguments, workspace.beside.remove, "relations"):
            return
        taken = adding.add_relations(workspace, arguments.file, progress, arguments.link)
    progress.close()
    _tell(arguments, taken)


def _pictures(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import adding
    from core.workspace import Workspace

    with Workspace.open(arguments.workspace) as workspace:
        if arguments.remove and _removed(arguments, workspace.beside.remove, "pictures"):
            return
        if arguments.model is None or arguments.decode is None:
            raise SeqlensError("Name the folder of a model that reads pictures: --model FOLDER.")
        given = arguments.model, arguments.decode, arguments.device
        taken = adding.add_pictures(workspace, arguments.file, progress, *given)
    progress.close()
    _tell(arguments, taken)


def _removed(arguments: argparse.Namespace, remove: Callable[[str], None], name: str) -> bool:
    if arguments.remove == (arguments.file is not None):
        raise SeqlensError("Name a file, or say --remove.")
    if arguments.remove:
        remove(name)
        print(f"The {name} are forgotten; the next training does without them.")
    return bool(arguments.remove)


def _tell(arguments: argparse.Namespace, taken: Taken) -> None:
    from core.data.taken import LEFT_OUT

    if arguments.json:
        write_json(arguments.json, taken.to_dict())
    if arguments.json != "-":
        figures = "".join(f", {count} {name}" for name, count in taken.figures.items())
        print(f"{taken.read} rows read, {taken.kept} kept, of {taken.items} items{figures}")
        for reason, count in taken.left_out.items():
            row, value = taken.first.get(reason, (0, ""))
            where = f" (first in row {row}: {value})" if row else ""
            print(f"  {count:>9}  {LEFT_OUT[reason]}{where}")
        print("The next training of a hybrid reads them.")
