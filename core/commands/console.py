"""What all headless commands say and show, and how they are stopped."""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.evaluation.split import PROTOCOLS
from core.files import draft
from core.progress import Progress

if TYPE_CHECKING:
    from types import FrameType

FORMATS = (".csv", ".xlsx", ".json", ".parquet")  # of the tables that commands write


def needs_workspace(command: argparse.ArgumentParser) -> None:
    """Give a command the argument `--workspace`."""
    command.add_argument("--workspace", metavar="W", type=Path, required=True, help="the workspace file")


def takes_budget(command: argparse.ArgumentParser) -> None:
    """Give a command the argument `--budget`."""
    command.add_argument(
        "--budget",
        choices=("quick", "standard", "thorough"),
        default="standard",
        help="time to take: a minute, twelve or an hour for 200,000 events on two cores (default: standard)",
    )


def takes_split(command: argparse.ArgumentParser, default: str | None) -> None:
    """Give a command the arguments that choose which events are held out; `split_agrees` checks them."""
    command.add_argument(
        "--protocol",
        choices=PROTOCOLS,
        default=default,
        help="which events are held out: the last of each user (leave-one-out, the default), the last --last "
        "(leave-last-n), those after --cut (time), or all of some users (users)",
    )
    command.add_argument(
        "--cut", type=time_of, metavar="TIME", help="for time: train before it, test after it (default: 90 %% quantile)"
    )
    command.add_argument(
        "--last", type=positive, metavar="N", help="for leave-last-n: events of each user (default: 3)"
    )
    command.add_argument("--folds", type=positive, metavar="N", help="for users: parts they are dealt to (default: 5)")
    command.add_argument("--fold", type=natural, metavar="I", help="for users: the part that is tested (default: 0)")


def split_agrees(arguments: argparse.Namespace) -> None:
    """Refuse numbers of another protocol, which would be ignored without a word."""
    for name, protocol in (("cut", "time"), ("last", "leave-last-n"), ("folds", "users"), ("fold", "users")):
        if getattr(arguments, name) is not None and arguments.protocol != protocol:
            arguments.wrong(f"argument --{name}: needs --protocol {protocol}")


def split_of(arguments: argparse.Namespace) -> dict[str, Any]:
    """What was said of the split, by the names of `core.fitting.TrainSettings`."""
    names = ("protocol", "cut", "last", "folds", "fold")
    return {name: getattr(arguments, name) for name in names if getattr(arguments, name) is not None}


def positive(text: str) -> int:
    """A whole number from 1."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1 is needed")
    return number


def natural(text: str) -> int:
    """A whole number from 0."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("at least 0 is needed")
    return number


def time_of(text: str) -> int:
    """Microseconds since 1970 UTC of an ISO 8601 time (UTC unless it says otherwise) or of epoch seconds."""
    with contextlib.suppress(ValueError, OverflowError):
        if abs(found := round(float(text) * 1e6)) < 1 << 63:
            return found
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no time such as 2024-05-31 or 2024-05-31T18:00") from None
    return round((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1e6)


def write_json(path: str, facts: object) -> None:
    """Write to a file, whole or not at all; "-" is standard output."""
    write_text(path, json.dumps(facts, ensure_ascii=False, indent=2))


def write_text(path: str, text: str) -> None:
    """Write to a file, whole or not at all; "-" is standard output."""
    if path == "-":
        print(text)
        return
    with draft(Path(path)) as beside:
        beside.write_text(text + "\n", encoding="utf-8")


def say(text: str) -> None:
    """Tell on standard error, where it does not mix with results."""
    print(text, file=sys.stderr, flush=True)


class Bar(Progress):
    """A progress bar on standard error, if that is a terminal, drawn at most ten times a second."""

    def __init__(self) -> None:
        super().__init__()
        self._bar: Any = None  # tqdm, imported with the first report
        self._drawn = 0.0

    def report(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
        if time.monotonic() >= self._drawn + 0.1 and sys.stderr.isatty():
            self._drawn = time.monotonic()
            self._draw(fraction, message, figures)

    def _draw(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
        if self._bar is None:
            from tqdm import tqdm

            form = "{desc} |{bar}| {percentage:3.0f}% {elapsed}{postfix}"
            self._bar = tqdm(total=1.0, bar_format=form, dynamic_ncols=True, leave=False, delay=1e-9)
        self._bar.n = fraction
        self._bar.set_description_str(message.format(**figures), refresh=False)
        told = {name: value for name, value in figures.items() if f"{{{name}" not in message}
        short = {name: f"{value:.4g}" if isinstance(value, float) else value for name, value in told.items()}
        self._bar.set_postfix(short, refresh=False)
        self._bar.refresh()

    def close(self) -> None:
        """Wipe the bar away: results come next."""
        if self._bar is not None:
            self._bar.close()


@contextlib.contextmanager
def stoppable() -> Iterator[Bar]:
    """A progress that Ctrl-C (or a request to end the process) cancels; a second Ctrl-C ends at once."""
    progress = Bar()

    def stop(number: int, _: FrameType | None) -> None:
        signal.signal(number, before[signal.Signals(number)])
        say("\nStopping ... (again to stop at once)")
        progress.cancel()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield progress
    finally:
        progress.close()
        for number, handler in before.items():
            signal.signal(number, handler)


def print_metrics(metrics: dict[str, float]) -> None:
    for name, figure in metrics.items():
        print(f"  {name:<14} {figure:.4f}")


def table_file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in FORMATS:
        raise argparse.ArgumentTypeError(f"{text} ends in none of {' '.join(FORMATS)}")
    return path
