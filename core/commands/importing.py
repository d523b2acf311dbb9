"""The headless import: files in, what was guessed and what became of each row out."""

from __future__ import annotations

import argparse
import contextlib
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.commands.console import Bar, needs_workspace, say, write_text
from core.commands.privacy import NEW_WORDS, key_of, passphrase_of_new, takes_key
from core.data.database import AlreadyOpen
from core.data.roles import EVENT_ROLES
from core.errors import SeqlensError
from core.privacy.pseudonyms import KeyMissing
from core.progress import Cancelled

if TYPE_CHECKING:
    from core.data.report import ImportReport
    from core.data.settings import ImportSettings
    from core.data.watching import Watch
    from core.workspace import Workspace


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of `import`."""
    needs_workspace(command)
    several: dict[str, Any] = {"nargs": "+", "action": "extend", "default": []}
    kinds = "events: CSV, TSV, Parquet, .gz, .inter; a folder, a quoted pattern or an s3:// address of Parquet files"
    command.add_argument("files", metavar="FILE", nargs="+", type=Path, help=kinds)
    command.add_argument("--items", metavar="FILE", type=Path, help="the catalogue", **several)
    command.add_argument(
        "--map",
        metavar="ROLE=COLUMN",
        type=_role,
        help=f"what a column is, where the guess is wrong; roles: {', '.join(EVENT_ROLES)}",
        **several,
    )
    command.add_argument("--order", choices=("time", "file"), help="file: the order of rows is the order of events")
    command.add_argument("--time-format", metavar="FORMAT", help="how times are written, such as %%d.%%m.%%Y %%H:%%M")
    command.add_argument("--negative", metavar="BEHAVIOUR", help="behaviours that speak against an item", **several)
    command.add_argument("--invalid", metavar="CODE", help="behaviour codes whose rows are rejected", **several)
    command.add_argument("--drop", metavar="COLUMN", help="columns that are not kept", **several)
    takes_key(command)
    command.add_argument(
        "--encrypt",
        action="store_true",
        help=f"encrypt the new workspace; the passphrase is asked for, or in {NEW_WORDS} or SEQLENS_PASSPHRASE",
    )
    command.add_argument(
        "--memory", metavar="GIB", type=_memory, help="memory to take at most, 3 if not told; the rest goes to disk"
    )
    command.add_argument(
        "--watch",
        metavar="SECONDS",
        type=_seconds,
        nargs="?",
        const=10.0,
        help="look into the folder every so often (10 s if not told), import what arrives, until Ctrl-C",
    )
    command.add_argument("--report", metavar="FILE", help="write the import report as JSON; - for standard output")
    command.set_defaults(command=_import, agree=_agree, wrong=command.error)


def _agree(arguments: argparse.Namespace) -> None:
    if arguments.watch is not None and (len(arguments.files) > 1 or arguments.report):
        arguments.wrong("argument --watch: takes one folder, and writes no report")


def _role(text: str) -> tuple[str, str]:
    role, equals, column = text.partition("=")
    role = "behaviour" if role == "behavior" else role
    if not (equals and column and role in EVENT_ROLES):
        raise argparse.ArgumentTypeError(f"{text} is not ROLE=COLUMN with one of the roles {', '.join(EVENT_ROLES)}")
    return role, column


def _memory(told: str) -> int:
    try:
        memory = float(told)
    except ValueError:
        memory = 0.0
    if not 0.75 <= memory < 2**20:
        raise argparse.ArgumentTypeError(f"{told} is no amount of memory in GiB; at least 0.75 is needed")
    return int(memory * 2**30)


def _seconds(told: str) -> float:
    try:
        seconds = float(told)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < 86_400:
        raise argparse.ArgumentTypeError(f"{told} is no number of seconds")
    return seconds


def _import(arguments: argparse.Namespace, progress: Bar) -> None:
    if arguments.watch is None:
        _bring(arguments, progress)
    else:
        _watch(arguments, progress)


def _watch(arguments: argparse.Namespace, progress: Bar) -> None:
    """Import what arrives in a folder, until Ctrl-C. Between imports the workspace is free for the window."""
    from core.data.watching import Watch

    watch = Watch(arguments.files[0])
    say(f"Watching {watch.folder}; Ctrl-C ends it.")
    left: list[Path] = []
    with contextlib.suppress(Cancelled):
        while True:
            if arrived := watch.arrived():
                left = _take_in(arguments, list(dict.fromkeys([*left, *arrived])), watch, progress)
            _wait(arguments.watch, progress)


def _take_in(arguments: argparse.Namespace, files: list[Path], watch: Watch, progress: Bar) -> list[Path]:
    """Import files, each alone where they do not go together; the catalogues that wait for events."""
    arguments.files = files
    try:
        _bring(arguments, progress)
    except (AlreadyOpen, KeyMissing) as error:
        say(f"{error} It is tried again.")
        watch.again(files)
    except SeqlensError as error:
        if len(files) > 1:
            return [file for one in files for file in _take_in(arguments, [one], watch, progress)]
        say(f"Error: {error}")
        return files if _is_catalogue(files[0], arguments.workspace) else []
    return []


def _is_catalogue(file: Path, workspace: Path) -> bool:
    from core.data.database import is_encrypted
    from core.data.preview import preview
    from core.data.roles import is_catalogue

    try:
        (seen,) = preview([file], sealed=is_encrypted(workspace)).files
    except SeqlensError:
        return False
    return is_catalogue(seen.columns, seen.rows)


def _wait(seconds: float, progress: Bar) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        progress.check()
        time.sleep(min(left, 0.1))


def _bring(arguments: argparse.Namespace, progress: Bar) -> None:
    from core import rewriting, workflow
    from core.privacy import passphrase
    from core.workspace import Workspace

    new = not arguments.workspace.exists()
    words = passphrase_of_new(arguments.workspace, arguments.encrypt)
    with Workspace.at(arguments.workspace, words) as workspace:
        if words is not None:  # whoever watches a folder opens it again for each file
            passphrase.tell(workspace.path, words)
        try:
            # Only now: what may be done with a file hangs on whether the workspace is encrypted.
            settings = _import_settings(arguments, workspace, progress)
            report = workflow.import_files(workspace, settings, progress, arguments.memory)
        except BaseException:
            if new:  # nothing came in, so nothing stays behind
                workspace.close()
                rewriting.withdraw(workspace.path)
            raise
    progress.close()
    if words is not None:
        say("The workspace is encrypted. Without the passphrase and the .key file beside it nobody can open it again.")
    if arguments.report:
        write_text(arguments.report, report.to_json())
    if arguments.report != "-":
        _print_report(report)


def _import_settings(arguments: argparse.Namespace, workspace: Workspace, progress: Bar) -> ImportSettings:
    """What the arguments say, and the guess for the rest, which is told on standard error."""
    from core.data.preview import preview

    asked = _asked(arguments, workspace)
    progress.check()
    seen = preview(asked.files, asked.items_files, asked)
    settings = replace(seen.mapped(dict(arguments.map)), time_format=asked.time_format)  # of the column named last
    for column in arguments.drop:
        if not any(column in file.columns for file in seen.files):
            raise SeqlensError("No file has a column {column} that could be dropped.", column=column)
    for file in seen.files:
        roles = settings.columns if file.kind == "events" else settings.items_columns
        used = {name: role for name, role in (roles or {}).items() if name in file.columns}
        say(f"{file.path.name} ({file.kind}, {file.format} {file.encoding}):".replace(" )", ")"))
        say("  " + ", ".join(f"{role} = {name}" for name, role in used.items()))
        unused = [name for name in file.columns if name not in used]
        if unused:
            say(f"  not used: {', '.join(unused)}")
    return settings


def _asked(arguments: argparse.Namespace, workspace: Workspace) -> ImportSettings:
    """What the arguments say; where they name no columns, the rest as files of the same columns were read before.

    Raises:
        SeqlensError: nobody watches over it, and the workspace has files of other columns alone.
    """
    from core.data.preview import preview
    from core.data.remembered import as_before, other_columns, remembered
    from core.data.settings import ImportSettings

    asked = ImportSettings(
        files=tuple(arguments.files),
        items_files=tuple(arguments.items),
        pseudonym_key=_key(arguments.pseudonyms, workspace) if arguments.pseudonyms else None,
    )
    if not arguments.map:
        with workspace.cursor() as cursor:
            known = remembered(cursor)
        former = as_before(known, asked, all_known=arguments.watch is not None)
        if former is not None:
            say("The columns are read as in an earlier import of such files.")
            asked = former
        elif known and arguments.watch is not None:
            preview(asked.files, asked.items_files, asked)  # tells why, where a file cannot be read
            raise other_columns(arguments.files)
    told: dict[str, Any] = {
        "negative": tuple(arguments.negative),
        "time_format": arguments.time_format,
        "order": arguments.order,
    }
    return replace(
        asked,
        behaviours={**asked.behaviours, **dict.fromkeys(arguments.invalid)},
        drop=tuple(dict.fromkeys((*asked.drop, *arguments.drop))),
        **{name: value for name, value in told.items() if value},
    )


def _key(told: str, workspace: Workspace) -> bytes:
    """The key of pseudonyms; a new one only where no user of the workspace has one yet.

    Raises:
        KeyMissing: it is not where it should be: a drive with it may not be there yet.
    """
    with workspace.cursor() as cursor:
        (some,) = cursor.execute("SELECT count(*) FROM sealed_ids").fetchall()[0]
    try:
        return key_of(told, create=not some)
    except SeqlensError as error:
        raise KeyMissing(error.template, **error.values) from error


def _print_report(report: ImportReport) -> None:
    from core.data.report import RULES

    if report.unchanged:
        print("Nothing was done: these files had been imported before.")
    print(f"{report.read} rows read, {report.kept} kept, {report.rejected} rejected")
    for rule, count in report.rules.items():
        print(f"  {count:>9}  {RULES[rule]}")
    for role, count in report.filled.items():
        print(f"  {count:>9}  missing {role} filled")
    for note in report.notes:
        print(f"  {note}")
    print(f"The workspace has {report.users} users, {report.items} items, {report.events} events")
