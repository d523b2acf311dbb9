"""Work that must not make the window wait. The only file that knows threads.

Two lanes and a writer: long jobs, one at a time; short questions, where a newer one of a kind takes the place of an
older; and commits, one after the other in the order given. Answers come back in the window's thread.
"""

from __future__ import annotations

import atexit
import itertools
import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance, Slot
from shiboken6 import isValid

from core.data.failures import is_broken_off
from core.errors import SeqlensError
from core.progress import Cancelled, Progress, Stood
from core.sharing import is_awaited
from desktop_app.turns import take_turn

REPORTS_A_SECOND = 10
QUESTION = "question"  # how names of threads begin that answer them
PATIENCE_MS = 700  # a stopped job that has not come back by then is let go
LAST = 1.0  # seconds for what is cleared away at the end
NICE = {"job": 10, "question": 5}  # of threads that work beside the window; somebody waits for the answer to a question
GOING = "going"  # a property of a window in whose place is another one: its widgets hear no answers any more
QUESTIONS = 2  # that are answered at once: a slow one leaves room for a quick one
REST = 2.0  # seconds that a job rests at most while somebody waits for an answer
RESTS = 4  # seconds of such rest that each second of work allows: questions without end leave a job a fifth of the time
LOOK = 0.05  # seconds between two looks of a resting job at whether it was stopped
SHOWN_MS = 50  # in which an answer is painted, before a job goes on

Done = Callable[[Any], object]
Failed = Callable[[Exception], object]


class _Reporting(Progress):
    """Passes at most ten reports a second on, and always the last one of a message.

    The work that it is given to rests, wherever it checks whether to stop, while somebody waits for an answer: both
    would share memory and interpreter. A rest changes nothing of what the work does, and is told to what measures how
    fast it is. It does not rest while it makes what the answer needs.
    """

    def __init__(self, reported: Callable[[float, str, dict[str, Any]], None], quiet: threading.Event) -> None:
        super().__init__()
        self._reported, self._quiet = reported, quiet
        self._next = 0.0
        self._message = ""
        self._rest, self._rested = REST, time.monotonic()  # seconds that it may rest, as of when
        self._stood = Stood()

    @property
    def stood(self) -> Stood:
        return self._stood

    def check(self) -> None:
        super().check()
        if not (self._quiet.is_set() or is_awaited()):
            began, worked = time.monotonic(), time.process_time()
            self._rest = min(REST, self._rest + RESTS * (began - self._rested))
            end = began + self._rest
            while not self.cancelled and not self._quiet.wait(min(LOOK, max(0.0, end - time.monotonic()))):
                if time.monotonic() >= end or is_awaited():
                    break
            self._rested = time.monotonic()
            self._rest = max(0.0, self._rest - (self._rested - began))
            seconds, processor = self._stood
            self._stood = Stood(seconds + self._rested - began, processor + time.process_time() - worked)
            super().check()

    def report(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
        now = time.monotonic()
        if now >= self._next or message != self._message or fraction >= 1.0:
            self._next, self._message = now + 1 / REPORTS_A_SECOND, message
            self._reported(fraction, message, figures)


class Job(QObject):
    """A long piece of work under way. It lives in the window's thread; the worker never touches it.

    Attributes:
        title: what it is, in the words of the screen.
        started: `time.monotonic()` at its start.
        ended: whether it has finished, failed or been stopped.
        complain: who hears of its failure; another page may take the place of the one that began it.

    Signals; exactly one of the last three ends the job:
        progressed: fraction done (0 to 1), message (English template), figures that fill it.
        finished: with what the function returned.
        failed: with the exception.
        cancelled: the analyst stopped it; whatever it still returns is dropped.
    """

    progressed = Signal(float, str, dict)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, title: str, progress: Progress) -> None:
        super().__init__()
        self.title = title
        self.progress = progress
        self.started = time.monotonic()
        self.ended = False
        self.complain: Failed | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self.let_go)

    def cancel(self) -> None:
        """Stop: the function is asked to, and the window is free of it within a second in any case."""
        if not self.ended:
            self.progress.cancel()
            self._patience.start()

    def seconds_left(self, fraction: float) -> float | None:
        """An estimate from the time that it has taken so far, None while there is too little to go by."""
        passed = time.monotonic() - self.started
        return passed * (1 - fraction) / fraction if fraction > 0.02 and passed > 1 else None

    def let_go(self) -> None:
        """End as cancelled, whether or not the function has come back."""
        self.end(None, Cancelled())

    def end(self, result: object, error: Exception | None) -> None:
        """Tell how it came out, once."""
        if self.ended:
            return
        self.ended = True
        self._patience.stop()
        if isinstance(error, Cancelled) or (error is not None and self.progress.cancelled):
            self.cancelled.emit()
        elif error is not None:
            self.failed.emit(error)
        else:
            self.finished.emit(result)


class Request:
    """A question on its way.

    Attributes:
        kind: what sort of question; a newer one of a kind takes the place of an older.
    """

    def __init__(
        self,
        kind: str,
        done: Done | None,
        failed: Failed | None,
        let_go: Callable[[Request], object] = lambda _: None,
    ) -> None:
        self.kind = kind
        self.progress = Progress()
        self.done = done
        self.failed = failed
        self._let_go = let_go

    def cancel(self) -> None:
        """Nobody waits for the answer any more; in the window's thread."""
        self.progress.cancel()
        self._let_go(self)


class Background(QObject):
    """Runs functions beside the window.

    Attributes:
        job: the long job under way, or None.

    Signals:
        job_started: with the `Job`.
        job_ended: with the `Job`, after its own last signal.
        failed: with an exception that nobody else takes.
    """

    job_started = Signal(object)
    job_ended = Signal(object)
    failed = Signal(object)
    _answered = Signal(object, object, object)
    _reported = Signal(int, float, str, dict)
    _returned = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.job: Job | None = None
        self._closed = False
        self._gate = threading.Lock()  # nothing is told by a worker once `_closed` is set inside it
        self._jobs: dict[int, Job] = {}  # until their functions have come back, which may be long after their end
        self._numbers = itertools.count()
        self._worker: threading.Thread | None = None
        self._newest: dict[str, Request] = {}
        self._awaited: set[Request] = set()  # for whose answers somebody waits
        self._quiet = threading.Event()  # set while nobody waits for an answer
        self._quiet.set()
        self._shown = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._shown.timeout.connect(self._quiet.set)
        self._failed_writes: dict[Request, Exception] = {}  # until the window heard of them
        self._questions = ThreadPoolExecutor(
            QUESTIONS, thread_name_prefix=QUESTION, initializer=_give_way, initargs=("question",)
        )
        self._writes: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_all, name="writer", daemon=True)
        self._writer.start()
        self._answered.connect(self._arrive, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self._report, Qt.ConnectionType.QueuedConnection)
        self._returned.connect(self._return, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        done: Done | None = None,
        failed: Failed | None = None,
        title: str = "",
    ) -> Job:
        """Begin `function(*arguments, progress=...)` as the long job.

        `done` and `failed` are called only if the widget that they belong to is still there; a failure that nobody else
        hears of is told by `failed`, the signal.

        Raises:
            SeqlensError: another long job is under way.
        """
        if self.job is not None:
            raise SeqlensError("{title} is still running. Wait for it or stop it first.", title=self.job.title)
        number = next(self._numbers)
        progress = _Reporting(lambda *report: self._tell(self._reported, number, *report), self._quiet)
        job = self.job = self._jobs[number] = Job(title, progress)
        if done is not None:
            job.finished.connect(lambda result: None if _speaks_to_the_gone(done) else done(result))
        job.complain = failed
        job.failed.connect(lambda error: self._tell_failure(job, error))
        for signal in (job.finished, job.failed, job.cancelled):
            signal.connect(lambda *_: self._ended(job))
        self.job_started.emit(job)
        self._worker = threading.Thread(target=self._work, args=(number, progress, function, arguments), daemon=True)
        self._worker.start()
        return job

    def _work(self, number: int, progress: Progress, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        _give_way("job")
        try:
            result, error = function(*arguments, progress=progress), None
        except BaseException as caught:
            result, error = None, _exception(caught)
        self._tell(self._returned, number, result, error)

    @Slot(int, float, str, dict)
    def _report(self, number: int, fraction: float, message: str, figures: dict[str, Any]) -> None:
        job = self._jobs[number]
        if not job.ended:
            job.progressed.emit(fraction, message, figures)

    @Slot(int, object, object)
    def _return(self, number: int, result: object, error: Exception | None) -> None:
        job = self._jobs.pop(number)
        take_turn(self, partial(job.end, result, error))

    def _tell_failure(self, job: Job, error: Exception) -> None:
        complain = job.complain
        if complain is None or _speaks_to_the_gone(complain):
            self.failed.emit(error)
        else:
            complain(error)

    def _ended(self, job: Job) -> None:
        if self.job is job:
            self.job = None
        if not self._closed:
            self.job_ended.emit(job)

    def ask(
        self,
        kind: str,
        function: Callable[..., Any],
        *arguments: Any,
        done: Done | None = None,
        failed: Failed | None = None,
        awaited: bool = True,
    ) -> Request:
        """Answer `function(*arguments, progress=...)` soon; an older question of the same kind is dropped.

        `done` or `failed` is called in the window's thread, and only if no newer question of the kind was asked and the
        widget that it belongs to is still there. While somebody waits for the answer (`awaited`), a job rests.
        """
        older = self._newest.get(kind)
        if older is not None:
            older.cancel()
        request = self._newest[kind] = Request(kind, done, failed, self._wait_no_more)
        if self._closed:  # a view that asks while the window goes; nobody waits for the answer
            request.cancel()
        else:
            if awaited:
                self._awaited.add(request)
                self._shown.stop()
                self._quiet.clear()
            self._questions.submit(self._answer, request, function, arguments)
        return request

    def _wait_no_more(self, request: Request) -> None:
        self._awaited.discard(request)
        if not self._awaited and not self._quiet.is_set():
            self._shown.start()

    @property
    def asking(self) -> bool:
        """Whether a question waits for its answer."""
        return bool(self._newest)

    def write(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        done: Done | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Do `function(*arguments)` after all writes that were given before."""
        request = Request("", done, failed)

        def commit(*, progress: Progress) -> Any:
            progress.check()
            return function(*arguments)

        self._writes.put(lambda: self._answer(request, commit, ()))

    def _tell(self, signal: SignalInstance, *values: object) -> None:
        """Emit from a worker; never once the end has begun, after which the object behind the signal is destroyed."""
        with self._gate:
            if not self._closed:
                signal.emit(*values)

    def close(self) -> list[Exception]:
        """Stop the job and the questions, and finish every write that was given; why writes failed and nobody heard."""
        with self._gate:
            self._closed = True
        self._shown.stop()
        self._quiet.set()
        if self.job is not None:
            self.job.cancel()
        for request in self._newest.values():
            request.cancel()
        self._questions.shutdown(wait=False, cancel_futures=True)
        self._writes.put(None)
        self._writer.join()
        end = time.monotonic() + PATIENCE_MS / 1000
        asked = [thread for thread in threading.enumerate() if thread.name.startswith(QUESTION)]
        for thread in [*asked, *((self._worker,) if self._worker is not None else ())]:
            thread.join(max(0.0, end - time.monotonic()))
        return list(self._failed_writes.values())

    def _write_all(self) -> None:
        while (write := self._writes.get()) is not None:
            write()

    def _answer(self, request: Request, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        try:
            request.progress.check()
            result = function(*arguments, progress=request.progress)
        except BaseException as caught:
            error = _exception(caught)
            if request.kind and is_broken_off(error):  # another workspace is open by now, and nobody waits for this
                request.progress.cancel()
            elif not request.kind:  # it is a write
                self._failed_writes[request] = error
            self._tell(self._answered, request, None, error)
        else:
            self._tell(self._answered, request, result, None)

    @Slot(object, object, object)
    def _arrive(self, request: Request, result: object, error: Exception | None) -> None:
        take_turn(self, partial(self._deliver, request, result, error))

    def _deliver(self, request: Request, result: object, error: Exception | None) -> None:
        self._failed_writes.pop(request, None)
        self._wait_no_more(request)
        if request.kind and self._newest.get(request.kind) is not request:
            return
        self._newest.pop(request.kind, None)  # or it would keep what its callbacks hold, such as the pages of a window
        if request.progress.cancelled or isinstance(error, Cancelled):
            return
        callback = request.done if error is None else request.failed
        if callback is not None and not _speaks_to_the_gone(callback):
            callback(result if error is None else error)
        elif error is not None and (callback is None or not request.kind):  # a write matters, whoever asked for it
            self.failed.emit(error)


def _exception(error: BaseException) -> Exception:
    """What ended a piece of work. Libraries made in Rust raise what is no Exception, and somebody waits to hear it."""
    if isinstance(error, Exception):
        return error
    return RuntimeError(f"{type(error).__name__}: {error}").with_traceback(error.__traceback__)


def end_process(code: int) -> int:
    """The exit code, once everything is saved; where threads are left, the process ends here.

    Each of those imports a library or waits for a statement that nobody needs any more. The interpreter would wait for
    some of them, seconds long, and others it would unwind inside C++, which ends in an abort.
    """
    if threading.active_count() > 1:
        limit = threading.Timer(LAST, os._exit, (code,))
        limit.daemon = True
        limit.start()
        atexit._run_exitfuncs()  # unpacked copies of files go, among others
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # a window that no terminal started has none
                stream.flush()
        os._exit(code)
    return code


def _give_way(lane: str) -> None:
    """Let the system prefer the window's thread to this one and to those that it starts (Linux alone can)."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE[lane])


def _goes(one: QObject | None) -> bool:
    """Whether something is part of what is marked as `GOING`."""
    while one is not None:
        if one.property(GOING):
            return True
        one = one.parent()
    return False


def _speaks_to_the_gone(callback: object) -> bool:
    """Whether a callback is of a widget that is deleted or will be, as all of a window are when the language changes.

    Qt knows that of slots; a callback may be a method, a partial, or a function that was made inside a method.
    """
    held, seen = [callback], set[int]()
    while held:
        one = held.pop()
        if isinstance(one, QObject):
            if not isValid(one) or _goes(one):
                return True
        elif id(one) not in seen:
            seen.add(id(one))
            held += [getattr(one, "__self__", None), *(getattr(one, "__defaults__", None) or ())]
            held += [cell.cell_contents for cell in getattr(one, "__closure__", None) or ()]
            held += [one.func, *one.args] if isinstance(one, partial) else []
    return False
