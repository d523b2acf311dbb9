"""The command `features`."""

from __future__ import annotations

import argparse

from core.commands.console import FORMATS, Bar, needs_workspace, positive, say, table_file


def add_arguments(command: argparse.ArgumentParser) -> None:
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
        "--out", metavar="FILE", type=table_file, required=True, help=f"the file to write: {' '.join(FORMATS)}"
    )
    command.set_defaults(command=_features)


def _features(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import workflow
    from core.workspace import Workspace

    with Workspace.open(arguments.workspace) as workspace:
        written = workflow.features(workspace, arguments.out, progress, arguments.dimensions, arguments.together)
    progress.close()
    rows = "groups of users" if arguments.together else "users"
    say(f"{written.rows} {rows} with {len(written.names)} features written to {arguments.out}")
    for number, share in enumerate(written.explained, 1):
        print(f"component {number:<3} explains {share:.4f} of the variance")
    if written.explained:
        print(f"all {len(written.explained):<9} explain  {sum(written.explained):.4f}")
