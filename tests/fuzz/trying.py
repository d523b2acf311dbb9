"""One input after the other, each in a process with little memory and time."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import resource
import select
import shutil
import signal
import subprocess
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from tests.fuzz.inputs import endless
from tests.fuzz.models import hostile_models

MEMORY = 2 << 30  # bytes that may really be used
ADDRESSES = 8 << 30  # beyond what the process has when it begins; DuckDB asks for gigabytes that it never touches
SECONDS = 10.0
TOLD = 500  # files after which it is said how far they are
MEMORY_DISK = next(filter(os.path.isdir, ("/dev/shm",)), None)  # where to write a small file does not wait for a disk
IDLE = 20.0  # seconds that may pass while nothing of the process wants a processor; longer than any of its own limits


@dataclass
class Tried:
    """How inputs were borne.

    Attributes:
        outcomes: how many were read, and how many refused.
        findings: what went wrong with which input.
        slowest: seconds of processor time, and of what.
    """

    what: str
    outcomes: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    def __str__(self) -> str:
        told = ", ".join(f"{count} {name}" for name, count in sorted(self.outcomes.items()))
        slow = f"slowest {self.slowest[0]:.1f} s ({self.slowest[1]})"
        return f"{self.what}: {sum(self.outcomes.values())} inputs, {told}; {slow}; {len(self.findings)} findings"


def in_a_process(work: Callable[[], str]) -> tuple[str, float, str]:
    """The outcome of `work`, the processor time that it took, and what is wrong with that, if anything is."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        code = 1
        try:
            used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (used + ADDRESSES, used + ADDRESSES))
            resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS), int(SECONDS) + 1))
            os.write(writing, json.dumps({"outcome": work()}).encode())
            code = 0
        except BaseException:
            os.write(writing, json.dumps({"failed": traceback.format_exc()[-2000:]}).encode())
        finally:
            os._exit(code)
    os.close(writing)
    _wait(reading, child)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _, status, usage = os.wait4(child, 0)
    seconds = usage.ru_utime + usage.ru_stime
    if os.WIFSIGNALED(status) or not told:
        return "", seconds, f"died of signal {os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0}"
    if usage.ru_maxrss * 1024 > MEMORY:
        return "", seconds, f"used {usage.ru_maxrss >> 10} MiB"
    answer = json.loads(told)
    if "failed" in answer:
        return "", seconds, answer["failed"]
    return answer["outcome"], seconds, ""


def _wait(reading: int, child: int) -> None:
    """Wait until the child answers or ends; end it if it only waits for too long.

    One that works is ended by its limit of processor time, however long a busy machine lets it wait for a processor.
    """
    idle = 0.0
    while idle < IDLE:
        if select.select([reading], [], [], 1.0)[0]:
            return
        idle = idle + 1.0 if _states(child) <= {"S"} else 0.0
    os.kill(child, signal.SIGKILL)


def _states(process: int) -> set[str]:
    """Letters of what its threads do: S where one waits for something else than a processor or a disk."""
    found = set()
    for path in Path(f"/proc/{process}/task").glob("*/stat"):
        with contextlib.suppress(OSError):  # a thread that has just ended
            found.add(path.read_text().rpartition(")")[2].split()[0])
    return found


def try_files(rng: random.Random, until: float, inputs: int, keep: Path) -> Tried:
    """Import each file into a new workspace: the corpus, then mutations until the time is up or so many were tried."""
    from core.data.guarded import guard
    from core.workspace import Workspace

    _load_once()
    tried = Tried("files")
    with tempfile.TemporaryDirectory(prefix="seqlens-fuzz-", dir=MEMORY_DISK) as folder:
        base, empty = Path(folder, "空 base"), Path(folder, "empty.seqlens")
        base.mkdir()
        Workspace.create(empty).close()
        for number, (name, data) in enumerate(endless(rng)):
            if number >= len(_corpus()) + inputs and time.monotonic() >= until:
                break
            if number and number % TOLD == 0:
                print(tried, flush=True)
            path = base / name
            path.write_bytes(data)
            shutil.copy(empty, base / "w.seqlens")
            target = path
            if number % 10 == 3:
                target = base / f"link to {name}"
                target.unlink(missing_ok=True)
                target.symlink_to(path)
            found = len(tried.findings)
            guard.warm()
            _note(tried, name, data, keep, lambda target=target: _import(target, base / "w.seqlens"))  # type: ignore[misc]
            if len(tried.findings) > found:
                guard.close()  # which may hold an answer that nobody took
            for left in base.iterdir():
                left.unlink()
    return tried


def _load_once() -> None:
    """Load here what each of the processes would load again: that takes longer than most files do."""
    import duckdb
    import pandas  # noqa: F401  pyarrow asks for it
    import psutil  # noqa: F401
    import pyarrow.dataset  # noqa: F401

    from core import workflow  # noqa: F401
    from core.data import cells, encodings, extensions, importer, plain, preview, staging  # noqa: F401
    from core.sequences import store  # noqa: F401

    with duckdb.connect(config={"allow_unsigned_extensions": "true"}) as connection:
        extensions.load(connection, "encodings")


class _Lent:
    """The process that looks at beginnings of files, in a fork of the process that started it and waits for it.

    `subprocess` takes every process that is not its own child for one that has ended, and would neither use it nor
    end it.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.pid, self.stdin, self.stdout = process.pid, process.stdin, process.stdout
        self._killed = False

    def poll(self) -> int | None:
        return -signal.SIGKILL if self._killed else None

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self._killed = True

    def wait(self) -> int:
        return -signal.SIGKILL


def _corpus() -> dict[str, object]:
    from tests.fuzz.inputs import CORPUS

    return dict(CORPUS)


def _import(path: Path, into: Path) -> str:
    """Look at the file, import it into the workspace `into`, and read its events and a user's, as the window does."""
    from core import workflow
    from core.data.guarded import guard
    from core.data.preview import preview
    from core.data.settings import ImportSettings
    from core.errors import SeqlensError
    from core.progress import Progress
    from core.workspace import Workspace

    if guard._process is not None:
        guard._process = cast("subprocess.Popen[bytes]", _Lent(guard._process))
    try:
        settings = preview([path]).settings
        with Workspace.open(into) as workspace:
            report = workflow.import_files(workspace, ImportSettings(files=settings.files), Progress())
            assert report.read == report.kept + report.rejected
            assert workspace.log().events == workspace.counts().events == report.events
            if report.users:
                workspace.user_events(0)
    except SeqlensError:
        return "refused"
    return "read"


def try_beside(rng: random.Random, until: float, inputs: int, keep: Path) -> Tried:
    """Add each file of feedback, relations, vectors or pictures to a workspace: the corpus, then mutations."""
    from core import adding, workflow  # noqa: F401
    from core.data import outside, pictures, triples  # noqa: F401
    from core.data.guarded import guard
    from core.recommend import feedback_files  # noqa: F401
    from tests.fuzz import beside

    _load_once()
    tried, known = Tried("beside"), sum(map(len, beside.CORPUS.values()))
    with tempfile.TemporaryDirectory(prefix="seqlens-fuzz-", dir=MEMORY_DISK) as folder:
        base, prepared = Path(folder, "空 base"), Path(folder, "prepared.seqlens")
        base.mkdir()
        beside.prepare(prepared)
        for number, (kind, name, data) in enumerate(beside.endless(rng)):
            if number >= known + inputs and time.monotonic() >= until:
                break
            path, into = base / name, base / "w.seqlens"
            path.write_bytes(data)
            shutil.copy(prepared, into)
            guard.warm()
            _note(tried, name, data, keep, lambda kind=kind, path=path, into=into: beside.read(kind, path, into))  # type: ignore[misc]
            for left in base.iterdir():
                left.unlink()
    return tried


def try_models(rng: random.Random, until: float, inputs: int, keep: Path) -> Tried:
    """Read models whose safetensors header, JSON, shapes, sizes or hashes are wrong."""
    tried = Tried("models")
    for number, (name, data, read) in enumerate(hostile_models(rng)):
        if number >= 60 + inputs and time.monotonic() >= until:
            break
        _note(tried, name, data, keep, lambda data=data, read=read: read(data))  # type: ignore[misc]
    return tried


def _note(tried: Tried, name: str, data: bytes, keep: Path, work: Callable[[], str]) -> None:
    outcome, seconds, wrong = in_a_process(work)
    tried.outcomes[outcome or "lost"] += 1
    tried.slowest = max(tried.slowest, (seconds, name))
    if wrong:
        keep.mkdir(parents=True, exist_ok=True)
        place = keep / f"{hashlib.sha256(data).hexdigest()[:12]} {name.replace('/', ' ')}"
        place.write_bytes(data)
        tried.findings.append(f"{place}: {wrong}")
