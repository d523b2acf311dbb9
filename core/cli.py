"""The headless commands: arguments in, workflow, text out.

Results go to standard output, messages and progress to standard error. The exit code is 0, 1 for a failure or a stop,
2 for wrong arguments.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from core import __version__
from core.commands import (
    beside,
    comparing,
    evaluating,
    features,
    feedback,
    importing,
    privacy,
    recommending,
    telling,
    training,
)
from core.commands.console import say, stoppable
from core.errors import SeqlensError, lost_contact
from core.progress import Cancelled

if TYPE_CHECKING:
    from core.language.pictures import Decode

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
        privacy.unlock(arguments)
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
    importing.add_arguments(commands.add_parser("import", help="read files into a workspace, beside what it has"))
    training.add_arguments(commands.add_parser("train", help="train a recommender"))
    evaluating.add_arguments(commands.add_parser("evaluate", help="score the held-out events of a run again"))
    comparing.add_arguments(commands.add_parser("compare", help="test several models on the same events"))
    recommending.add_arguments(commands.add_parser("recommend", help="write ranked lists"))
    features.add_arguments(commands.add_parser("features", help="write a table of what each user is like"))
    feedback.add_arguments(commands.add_parser("feedback", help="read or write what was said of recommendations"))
    beside.add_vectors(commands.add_parser("vectors", help="read vectors of items that were made elsewhere"))
    beside.add_relations(commands.add_parser("relations", help="read how items are related to each other"))
    beside.add_pictures(commands.add_parser("pictures", help="look at the pictures of the items"))
    privacy.add_commands(commands.add_parser)
    telling.add_arguments(commands.add_parser("info", help="tell what is in a workspace"))
    return whole
