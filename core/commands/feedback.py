"""Feedback on the command line: files in, files out."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.commands.console import Bar, needs_workspace, say, write_text


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of `feedback`."""
    needs_workspace(command)
    ways = command.add_subparsers(title="ways", metavar="import | export", required=True)
    reads = ways.add_parser("import", help="take over a file with user, item, verdict (up, down, not now), time, note")
    reads.add_argument("file", metavar="FILE", type=Path, help="CSV, TSV, Parquet, .gz")
    reads.add_argument("--report", metavar="FILE", help="write the import report as JSON; - for standard output")
    reads.set_defaults(command=_import)
    writes = ways.add_parser("export", help="write all feedback that is in force")
    writes.add_argument("file", metavar="FILE", type=Path, help="the file to write: .csv .xlsx .json .parquet")
    writes.set_defaults(command=_export)


def _import(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import workflow
    from core.data.report import RULES
    from core.workspace import Workspace

    with Workspace.open(arguments.workspace) as workspace:
        report = workflow.import_feedback(workspace, arguments.file, progress)
    progress.close()
    if arguments.report:
        write_text(arguments.report, report.to_json())
    if arguments.report != "-":
        print(f"{report.read} rows read, {report.kept} kept, {report.rejected} rejected")
        for rule, count in report.rules.items():
            print(f"  {count:>9}  {RULES[rule]}")


def _export(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import workflow
    from core.workspace import Workspace

    with Workspace.open(arguments.workspace) as workspace:
        rows = workflow.export_feedback(workspace, arguments.file, progress)
    progress.close()
    say(f"{rows} rows written to {arguments.file}")
