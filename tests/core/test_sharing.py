"""Who makes something for several threads knows whether another one waits for it."""

from __future__ import annotations

import threading
import time

import pytest

from core.sharing import Shared, is_awaited


def _until(condition: object, seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.001)


def test_one_after_the_other_and_the_waiting_is_known() -> None:
    lock, order = Shared(), list[str]()

    def second() -> None:
        assert not is_awaited()  # it holds nothing
        with lock:
            order.append("second")
            assert not is_awaited()

    other = threading.Thread(target=second)
    with lock:
        assert not is_awaited()
        other.start()
        _until(is_awaited)
        with lock:  # again, by the same thread
            assert is_awaited()
        assert is_awaited()
        order.append("first")
    other.join(10)
    assert order == ["first", "second"]
    assert not lock.awaited
    assert not is_awaited()


def test_what_fails_lets_the_next_one_in() -> None:
    lock = Shared()
    with pytest.raises(ValueError, match="x"), lock:
        raise ValueError("x")
    got: list[bool] = []
    other = threading.Thread(target=lambda: lock.__enter__() or got.append(is_awaited()))
    other.start()
    other.join(10)
    assert got == [False]


def test_who_waits_for_another_lock_is_not_waited_for() -> None:
    mine, others = Shared(), Shared()
    begun, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with others:
            begun.set()
            assert go_on.wait(10)

    holding, waiting = threading.Thread(target=hold), threading.Thread(target=lambda: others.__enter__())
    holding.start()
    assert begun.wait(10)
    waiting.start()
    _until(lambda: others.awaited)
    with mine:
        assert not is_awaited()
    go_on.set()
    holding.join(10)
    waiting.join(10)
