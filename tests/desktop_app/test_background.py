"""Long jobs, questions and writes beside a living window."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.errors import SeqlensError
from core.progress import Progress, Stood
from desktop_app import background as module
from desktop_app import crash
from desktop_app.background import Background
from tests.shop import open_shop

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def background(qapp: object) -> Iterator[Background]:
    assert qapp is not None
    lanes = Background()
    yield lanes
    lanes.close()


def count_to(number: int, progress: Progress) -> int:
    for done in range(number):
        progress.step(done, number, "Counting to {number}", number=number)
        time.sleep(0.002)
    return number


def test_a_job_reports_and_returns_in_the_windows_thread(qtbot: QtBot, background: Background) -> None:
    reports: list[tuple[float, str, dict[str, object]]] = []
    results: list[tuple[int, threading.Thread]] = []
    job = background.start(count_to, 300, done=lambda value: results.append((value, threading.current_thread())))
    job.progressed.connect(lambda *report: reports.append(report))
    qtbot.waitUntil(lambda: bool(results), timeout=10_000)
    assert results == [(300, threading.main_thread())]
    assert background.job is None
    assert 2 <= len(reports) <= 20  # it took 0.6 s or more: ten a second, not three hundred
    assert reports[0][1:] == ("Counting to {number}", {"number": 300})


def test_only_one_job_at_a_time(qtbot: QtBot, background: Background) -> None:
    job = background.start(count_to, 5000, title="Counting")
    with pytest.raises(SeqlensError, match="Counting is still running"):
        background.start(count_to, 1)
    with qtbot.waitSignal(job.cancelled, timeout=1000):
        job.cancel()
    assert background.job is None
    background.start(count_to, 1)


def test_stop_frees_the_window_even_if_the_work_is_deaf(qtbot: QtBot, background: Background) -> None:
    results: list[object] = []
    deaf = threading.Event()

    def work(progress: Progress) -> str:
        del progress
        deaf.wait(5)
        return "late"

    job = background.start(work, done=results.append)
    start = time.monotonic()
    with qtbot.waitSignal(background.job_ended, timeout=1500):
        job.cancel()
    assert time.monotonic() - start < 1.0
    deaf.set()
    qtbot.wait(100)
    assert results == []


def test_a_failure_arrives_with_the_places_where_it_was(qtbot: QtBot, background: Background) -> None:
    def work(progress: Progress) -> None:
        progress.check()
        raise SeqlensError("{file} is empty.", file="a.csv")

    with qtbot.waitSignal(background.failed, timeout=5000) as caught:
        background.start(work)
    (error,) = caught.args
    assert str(error) == "a.csv is empty."
    assert " in work" in crash.outline(error)


@pytest.mark.parametrize("begin", [Background.start, lambda background, work: background.ask("any", work)])
def test_what_is_no_exception_arrives_too(
    qtbot: QtBot, background: Background, begin: Callable[[Background, Callable[..., None]], object]
) -> None:
    class PanicException(BaseException):  # as libraries made in Rust raise it
        pass

    def work(progress: Progress) -> None:
        progress.check()
        raise PanicException("no entry found for key")

    with qtbot.waitSignal(background.failed, timeout=5000) as caught:
        begin(background, work)
    (error,) = caught.args
    assert str(error) == "PanicException: no entry found for key"
    assert " in work" in crash.outline(error)


def test_a_newer_question_takes_the_place_of_an_older(qtbot: QtBot, background: Background) -> None:
    answers: list[str] = []
    started, stopped = threading.Event(), threading.Event()

    def slow(text: str, progress: Progress) -> str:
        started.set()
        try:
            count_to(2000, progress)
        finally:
            stopped.set()
        return text

    def quick(text: str, progress: Progress) -> str:
        progress.check()
        return text

    background.ask("search", slow, "old", done=answers.append)
    qtbot.waitUntil(started.is_set)
    background.ask("search", quick, "new", done=answers.append)
    background.ask("other", quick, "another kind", done=answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=5000)
    assert sorted(answers) == ["another kind", "new"]
    assert stopped.wait(2)  # the old one did not run to its end of four seconds


def test_questions_are_answered_while_a_job_runs(qtbot: QtBot, background: Background) -> None:
    answers: list[int] = []
    background.start(count_to, 5000)
    background.ask("count", count_to, 3, done=answers.append)
    qtbot.waitUntil(lambda: answers == [3], timeout=2000)
    assert background.job is not None


@pytest.mark.usefixtures("qapp")
def test_writes_are_done_in_order_and_before_closing() -> None:
    lanes = Background()
    written: list[int] = []
    for number in range(50):
        lanes.write(written.append, number)
    lanes.close()
    assert written == list(range(50))


@pytest.mark.usefixtures("qapp")
def test_a_question_after_the_end_is_dropped() -> None:
    lanes = Background()
    lanes.close()
    assert lanes.ask("count", count_to, 3).progress.cancelled


def through(inner: Callable[[str], object]) -> Callable[[str], object]:
    return lambda text: inner(text)


def test_answers_for_a_widget_that_is_gone_are_dropped(qtbot: QtBot, background: Background) -> None:
    gone, here = QLabel(), QLabel()
    qtbot.addWidget(here)
    told: list[str] = []
    go_on = threading.Event()

    def answer(progress: Progress) -> str:
        del progress
        assert go_on.wait(20)
        return "answer"

    def tell(label: QLabel, kind: str, text: str) -> None:
        label.setText(text)  # raises where the label is gone
        told.append(f"{kind} {label.text()}")

    def fail() -> None:
        raise SeqlensError("no")

    for label, name in ((gone, "gone"), (here, "here")):
        background.ask(f"method {name}", answer, done=label.setText)
        background.ask(f"partial {name}", answer, done=partial(tell, label, f"partial {name}"))
        background.ask(f"closure {name}", answer, done=through(partial(tell, label, f"closure {name}")))
        background.write(lambda: "written", done=through(partial(tell, label, f"write {name}")))
        background.write(fail, failed=through(lambda _, label=label: tell(label, "failed", "no")))
    shiboken6.delete(gone)
    go_on.set()
    qtbot.waitUntil(lambda: len(told) == 4 and here.text() in ("answer", "no"))
    assert sorted(told) == ["closure here answer", "failed no", "partial here answer", "write here written"]


def test_a_write_that_fails_is_told_though_its_page_is_gone(qtbot: QtBot, background: Background) -> None:
    gone, told = QLabel(), list[Exception]()
    background.failed.connect(told.append)
    go_on = threading.Event()

    def fail(**_: object) -> None:
        assert go_on.wait(20)
        raise SeqlensError("no room")

    for ask in (background.write, partial(background.ask, "view")):  # what was to be shown there matters no more
        ask(fail, failed=through(gone.setText))
    shiboken6.delete(gone)
    go_on.set()
    qtbot.waitUntil(lambda: not background.asking and bool(told))
    assert [str(error) for error in told] == ["no room"]


def test_a_job_whose_page_is_gone_ends_without_it_and_tells_what_failed(qtbot: QtBot, background: Background) -> None:
    told: list[Exception] = []
    background.failed.connect(told.append)
    for fail in (False, True):
        gone = QLabel()
        go_on = threading.Event()

        def work(progress: Progress, fail: bool = fail, go_on: threading.Event = go_on) -> str:
            del progress
            assert go_on.wait(20)
            if fail:
                raise SeqlensError("no")
            return "done"

        answer = through(lambda text, gone=gone: gone.setText(str(text)))  # raises where the label is gone
        background.start(work, done=answer, failed=answer)
        shiboken6.delete(gone)
        go_on.set()
        qtbot.waitUntil(lambda: background.job is None)
    assert [str(error) for error in told] == ["no"]


class Page:
    """What a callback belongs to."""

    def __init__(self) -> None:
        self.told: list[int] = []


def answered(qtbot: QtBot, background: Background) -> weakref.ref[Page]:
    page = Page()
    background.ask("page", count_to, 1, done=lambda number: page.told.append(number))
    qtbot.waitUntil(lambda: page.told == [1])
    return weakref.ref(page)


def test_an_answered_question_holds_nothing(qtbot: QtBot, background: Background) -> None:
    page = answered(qtbot, background)
    qtbot.waitUntil(lambda: gc.collect() >= 0 and page() is None)


def test_a_question_that_outlives_the_window_tells_nobody(qtbot: QtBot) -> None:
    lanes = Background()
    go_on, gone = threading.Event(), threading.Event()

    def answer(progress: Progress) -> str:
        del progress
        assert go_on.wait(20)
        gone.set()
        return "late"

    lanes.ask("late", answer)
    lanes.start(answer)
    lanes.close()
    shiboken6.delete(lanes)
    go_on.set()
    assert gone.wait(20)
    qtbot.wait(1000)  # longer than the patience with a stopped job, whose end finds nobody either


@pytest.mark.parametrize("busy", [True, False])
def test_the_process_ends_though_a_thread_goes_on(busy: bool) -> None:
    code = f"""
import atexit, threading, time
from desktop_app.background import end_process
atexit.register(print, "cleared away")
if {busy}:
    threading.Thread(target=time.sleep, args=(600,)).start()
raise SystemExit(end_process(3))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 3
    assert done.stdout == "cleared away\n"


def test_a_question_that_a_closing_workspace_breaks_off_is_told_to_nobody(
    qtbot: QtBot, background: Background, tmp_path: Path
) -> None:
    workspace, told, begun = open_shop(tmp_path / "w.seqlens"), [], threading.Event()
    background.failed.connect(told.append)

    def endless(progress: Progress) -> None:
        del progress
        with workspace.cursor() as cursor:
            begun.set()
            cursor.execute("SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 7")

    background.ask("endless", endless, done=told.append)
    assert begun.wait(10)
    began = time.monotonic()
    workspace.close()
    assert time.monotonic() - began < 2
    background.ask("next", count_to, 7, done=told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert told == [7]


@pytest.mark.skipif(sys.platform != "linux", reason="no other system prefers some threads of a process to others")
def test_the_window_comes_before_its_questions_and_these_before_jobs(background: Background, qtbot: QtBot) -> None:
    def priority(progress: Progress) -> int:
        progress.check()
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    found: list[int] = [priority(Progress())]
    background.ask("priority", priority, done=found.append)
    qtbot.waitUntil(lambda: len(found) == 2, timeout=5000)
    background.start(priority, done=found.append)
    qtbot.waitUntil(lambda: len(found) == 3, timeout=5000)
    assert found[0] < found[1] < found[2]


def test_a_job_rests_while_somebody_waits_for_an_answer(qtbot: QtBot, background: Background) -> None:
    worked: list[float] = []
    answered: list[tuple[float, float]] = []

    def job(progress: Progress) -> None:
        while True:
            progress.part(0.2, 0.8).check()  # as a training does
            worked.append(time.monotonic())
            time.sleep(0.005)

    def question(progress: Progress) -> tuple[float, float]:
        progress.check()
        begun = time.monotonic()
        time.sleep(0.5)
        return begun, time.monotonic()

    def meanwhile() -> int:
        begun, ended = answered.pop()
        return sum(begun + 0.05 < when < ended for when in worked)

    training = background.start(job)
    qtbot.waitUntil(lambda: len(worked) > 20, timeout=5000)
    background.ask("explanation", question, done=answered.append)
    qtbot.waitUntil(lambda: bool(answered), timeout=5000)
    assert meanwhile() == 0
    before = len(worked)
    qtbot.waitUntil(lambda: len(worked) > before + 20, timeout=5000)  # it goes on by itself
    background.ask("warm up", question, done=answered.append, awaited=False)
    qtbot.waitUntil(lambda: bool(answered), timeout=5000)
    assert meanwhile() > 5
    training.cancel()


def test_a_job_does_not_rest_while_it_makes_what_the_answer_needs(
    qtbot: QtBot, background: Background, tmp_path: Path
) -> None:
    begun = threading.Event()

    def make(progress: Progress) -> float:
        begun.set()
        started, busy = time.monotonic(), 0.0
        while busy < 0.5:
            progress.check()
            time.sleep(0.01)
            busy += 0.01
        return time.monotonic() - started

    with open_shop(tmp_path / "shop.seqlens") as workspace:

        def needed(*, progress: Progress) -> float:
            return workspace.keep("names", "now", lambda: make(progress))

        took: list[float] = []
        background.start(needed)
        assert begun.wait(10)
        background.ask("list", needed, done=took.append)  # waits for what the job makes
        qtbot.waitUntil(lambda: bool(took), timeout=20_000)
        assert took[0] < 2.0  # with rests, four times what is left of the work, and two seconds
        qtbot.waitUntil(lambda: background.job is None)


def test_a_job_goes_on_when_nobody_waits_any_more(qtbot: QtBot, background: Background) -> None:
    """What is asked may hear late that it was stopped, as while it waits for the network."""
    worked: list[float] = []
    over = threading.Event()

    def job(progress: Progress) -> None:
        while not over.is_set():
            progress.check()
            worked.append(time.monotonic())
            time.sleep(0.005)

    background.start(job)
    qtbot.waitUntil(lambda: len(worked) > 20, timeout=5000)
    request = background.ask("hub", lambda **_: over.wait(20))
    qtbot.wait(200)
    before = len(worked)
    request.cancel()
    qtbot.wait(500)
    after = len(worked)
    over.set()
    qtbot.waitUntil(lambda: background.job is None, timeout=5000)
    assert after > before + 20


def test_how_long_a_job_has_rested_is_told_to_it(qtbot: QtBot, background: Background) -> None:
    told: list[tuple[float, float]] = []
    begun = threading.Event()

    def job(progress: Progress) -> Stood:
        part = progress.part(0.0, 0.5)
        assert part.stood == Stood()
        while part.stood.seconds < 0.3:
            begun.set()
            part.check()
            time.sleep(0.005)
        return part.stood

    def question(progress: Progress) -> None:
        del progress
        end = time.thread_time() + 0.5
        while time.thread_time() < end:
            pass

    background.start(job, done=told.append)
    assert begun.wait(10)
    background.ask("list", question)
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    seconds, processor = told[0]
    assert 0.3 <= seconds < 3
    assert processor > 0.2  # of the other thread


def test_questions_without_end_leave_a_job_its_share(
    qtbot: QtBot, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "REST", 0.2)
    worked: list[float] = []
    over = threading.Event()

    def job(progress: Progress) -> None:
        while True:
            progress.check()
            time.sleep(0.05)  # of work
            worked.append(0.05)

    training = background.start(job)
    qtbot.waitUntil(lambda: bool(worked), timeout=5000)
    background.ask("explanation", lambda progress: over.wait(60) and progress.check())
    began, before = time.monotonic(), len(worked)
    qtbot.wait(3000)
    share = sum(worked[before:]) / (time.monotonic() - began)
    assert 0.1 < share < 0.5  # a fifth, and what the first rest of 0.2 seconds takes of it
    over.set()
    training.cancel()


def test_a_job_that_rests_can_be_stopped(qtbot: QtBot, background: Background) -> None:
    ended: list[float] = []
    over = threading.Event()
    begun = threading.Event()

    def job(progress: Progress) -> None:
        begun.set()
        try:
            while True:
                progress.check()
                time.sleep(0.001)
        finally:
            ended.append(time.monotonic())

    training = background.start(job)
    qtbot.waitUntil(begun.is_set, timeout=5000)
    background.ask("explanation", lambda progress: over.wait(60) and progress.check())
    qtbot.wait(100)  # it rests by now
    began = time.monotonic()
    training.cancel()
    qtbot.waitUntil(lambda: bool(ended), timeout=5000)
    assert ended[0] - began < 0.5
    over.set()
