"""The command `features`."""

from __future__ import annotations

import argparse

from core.commands.console import FORMATS, Bar, needs_workspace, positive, say, table_file
from core.errors import SeqlensError
from core.privacy.groups import LEAST, is_small


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
    command.add_argument("--watermark", action="store_true", help="with a last row that says of which data it is")
    command.add_argument(
        "--suppress-small",
        action="store_true",
        help=f"write nothing where a row would be of fewer than {LEAST} users, since each could be recognised",
    )
    command.set_defaults(command=_features)


def _features(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import workflow
    from core.workspace import Workspace

    with Workspace.open(arguments.workspace) as workspace:
        _warn_of_few(workspace.counts().users, arguments.together, arguments.suppress_small)
        written = workflow.features(
            workspace, arguments.out, progress, arguments.dimensions, arguments.together, arguments.watermark
        )
    progress.close()
    rows = "groups of users" if arguments.together else "users"
    say(f"{written.rows} {rows} with {len(written.names)} features written to {arguments.out}")
    for number, share in enumerate(written.explained, 1):
        print(f"component {number:<3} explains {share:.4f} of the variance")
    if written.explained:
        print(f"all {len(written.explained):<9} explain  {sum(written.explained):.4f}")


def _warn_of_few(users: int, together: int, suppress: bool) -> None:
    """Say before anything is written that rows, or the table, are of so few users that each can be recognised."""
    if suppress and (is_small(together or 1) or is_small(users)):
        raise SeqlensError(
            "Rows would be of fewer than {least} users, and each could be recognised. Nothing was written; take "
            "--together {least} or more, or leave out --suppress-small.",
            least=LEAST,
        )
    if is_small(users) or is_small(together):
        say("The rows are of so few users that each can be recognised. Give them to nobody.")
