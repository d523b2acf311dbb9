"""The command `info`."""

from __future__ import annotations

import argparse

from core.commands.console import Bar, needs_workspace, write_json


def add_arguments(command: argparse.ArgumentParser) -> None:
    needs_workspace(command)
    command.add_argument("--json", metavar="FILE", help="write it as JSON; - for standard output")
    command.set_defaults(command=_info)


def _info(arguments: argparse.Namespace, _: Bar) -> None:
    from core import workflow
    from core.workspace import Workspace

    with Workspace.open(arguments.workspace) as workspace:
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
