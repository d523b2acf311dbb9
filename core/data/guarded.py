"""The beginnings of files are looked at in a process of their own, with hard limits on memory and time.

A file from a stranger may be made to take a reader's memory, its time or its life. Here it takes those of a small
process, which is ended and started again; the analyst is told. The process stays for the next file, since to start it
takes a tenth of a second.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

from core.data.database import any_encrypted
from core.data.reader import Source, Unpacked, open_source
from core.data.report import Note
from core.data.settings import ImportSettings
from core.errors import SeqlensError
from core.files import USED_BY

SECONDS = 10.0  # of processor time for one file
PATIENCE = 6  # times as many on the clock: other programs may have the processor
LOOKS = 0.1  # seconds between two looks at how long it took
MEMORY = 2 << 30  # bytes of address space
ROOT = Path(__file__).parents[2]


class Guard:
    """Asks a process of its own about files; safe to use from any thread."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def open(self, path: Path, kind: str, settings: ImportSettings, sealed: bool = False) -> Source:
        """What `open_source` gives.

        Args:
            sealed: whether nothing of the file may be written to the disk in plain, as while this process has an
                encrypted workspace open.

        Raises:
            SeqlensError: as `open_source`, or looking at the file took too much memory or time.
        """
        told = {"path": str(path), "kind": kind, "settings": settings.to_dict(), "sealed": sealed or any_encrypted()}
        asked = json.dumps(told)
        with self._lock:
            answer = self._ask(asked.encode() + b"\n")
        if answer is None:
            raise SeqlensError(
                "{file} was given up: to look at its beginning takes more than {seconds} s or {memory} GiB. It is "
                "damaged, or made to do harm. Write it again, or import another file.",
                file=path.name,
                seconds=int(self._seconds),
                memory=MEMORY >> 30,
            )
        if "error" in answer:
            raise SeqlensError(answer["error"], **answer["values"])
        return _source(answer)

    def warm(self) -> None:
        """Start the process, if there is none."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            if self._process is not None:
                self._process.kill()
                self._process.wait()
                self._process = None

    def _ask(self, asked: bytes) -> dict[str, Any] | None:
        process = self._process if self._process is not None and self._process.poll() is None else self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        answered = threading.Event()
        threading.Thread(target=self._watch, args=(process, answered), daemon=True).start()
        try:
            process.stdin.write(asked)
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = b""
        finally:
            answered.set()
        if not line.endswith(b"\n"):
            process.kill()
            process.wait()
            self._process = None
            return None
        found: dict[str, Any] = json.loads(line)
        return found

    def _watch(self, process: subprocess.Popen[bytes], answered: threading.Event) -> None:
        """End the process when it takes too long."""
        import psutil

        began = time.monotonic()
        with suppress(psutil.Error):  # it has ended by itself
            watched = psutil.Process(process.pid)
            before = sum(watched.cpu_times()[:2])
            while not answered.wait(min(LOOKS, self._seconds)):
                late = time.monotonic() - began > PATIENCE * self._seconds
                if late or sum(watched.cpu_times()[:2]) - before > self._seconds:
                    process.kill()
                    return

    def _start(self) -> subprocess.Popen[bytes]:
        paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        environment = {**os.environ, "PYTHONPATH": paths, USED_BY: str(os.getpid())}
        environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "core.data.guarded"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        assert self._process.stdout is not None
        self._process.stdout.readline()  # it is ready: its start does not count
        return self._process


guard = Guard()
atexit.register(guard.close)


def open_all(paths: Sequence[Path], kind: str, settings: ImportSettings, sealed: bool = False) -> list[Source]:
    """Look at the beginnings of files, one after the other; `sealed` as in `Guard.open`.

    Raises:
        SeqlensError: one cannot be read; see `Guard.open`.
    """
    return [guard.open(Path(path), kind, settings, sealed) for path in dict.fromkeys(paths)]


def _source(answer: dict[str, Any]) -> Source:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in answer.items()
    }
    values["path"] = Path(values["path"])
    values["rows"] = tuple(tuple(row) for row in values["rows"])
    values["notes"] = tuple(Note(**note) for note in values["notes"])
    values["unpacked"] = Unpacked(values["unpacked"]) if values["unpacked"] else None
    return Source(**values)


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    try:
        settings = ImportSettings.from_dict(asked["settings"])
        source = open_source(Path(asked["path"]), asked["kind"], settings, asked["sealed"])
    except SeqlensError as error:
        return {"error": error.template, "values": {name: str(value) for name, value in error.values.items()}}
    told = {field.name: getattr(source, field.name) for field in fields(source)}
    told["path"] = str(source.path)
    told["notes"] = [{"template": note.template, "values": dict(note.values)} for note in source.notes]
    told["unpacked"] = source.unpacked.hand_over() if source.unpacked else None
    return told


def _limit() -> None:
    if sys.platform == "win32":
        return  # it has no such limits; the time is limited there too
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Answer one question a line until nobody asks any more."""
    _limit()
    print(flush=True)
    for line in sys.stdin.buffer:
        told = json.dumps(_answer(json.loads(line)))
        sys.stdout.buffer.write(told.encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
