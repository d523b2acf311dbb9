"""Libraries are linked before they are imported, and imports wait for that; in processes of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(code: str) -> list[str]:
    return subprocess.check_output([sys.executable, "-c", code], text=True, cwd=ROOT).split()


@pytest.mark.skipif(sys.platform != "linux", reason="reads the list of linked libraries from /proc")
def test_libraries_are_linked_before_anything_is_imported() -> None:
    code = """
import sys
from desktop_app import linking
for package in linking.LIBRARIES:
    linking.link(package)
maps = open("/proc/self/maps").read()
print("libtorch_cpu" in maps, "_duckdb" in maps, "libarrow" in maps)
print("torch" in sys.modules, "duckdb" in sys.modules, "pyarrow" in sys.modules)
"""
    assert run(code) == ["True", "True", "True", "False", "False", "False"]


def test_whoever_imports_a_library_first_has_it_linked_and_others_wait_for_it() -> None:
    code = """
import sys, threading, time
from desktop_app import courtesy, linking
courtesy.ask()
order, began = [], threading.Event()
link = linking._link
def slowly(path):
    began.set()
    time.sleep(1)
    link(path)
    order.append("linked")
linking._link = slowly
first = threading.Thread(target=lambda: (__import__("duckdb"), order.append("duckdb")))
second = threading.Thread(target=lambda: (began.wait(), __import__("colorsys"), order.append("colorsys")))
for thread in (first, second):
    thread.start()
began.wait()
__import__("graphlib")  # the window's own thread never waits
order.append("own")
for thread in (first, second):
    thread.join()
print(*order[:2], sorted(order[2:]))
"""
    assert run(code) == ["own", "linked", "['colorsys',", "'duckdb']"]
