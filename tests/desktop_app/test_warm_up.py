"""Linking comes before importing, and importing brings what the pages need; in processes of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(code: str) -> list[str]:
    head = "import sys\nfrom core.progress import Progress\nfrom desktop_app import warm_up\n"
    return subprocess.check_output([sys.executable, "-c", head + code], text=True, cwd=ROOT).split()


@pytest.mark.skipif(sys.platform != "linux", reason="reads the list of linked libraries from /proc")
def test_libraries_are_linked_before_anything_is_imported() -> None:
    code = """
warm_up.link(Progress())
maps = open("/proc/self/maps").read()
print("libtorch_cpu" in maps, "_duckdb" in maps, "libarrow" in maps)
print("torch" in sys.modules, "duckdb" in sys.modules, "pyarrow" in sys.modules)
"""
    assert run(code) == ["True", "True", "True", "False", "False", "False"]


def test_everything_but_pandas_and_transformers_is_imported() -> None:
    code = """
warm_up.warm_up(Progress())
print(*(name in sys.modules for name in ("torch", "duckdb", "pyarrow", "core.models.transformer")))
print("pandas" in sys.modules, "transformers" in sys.modules)
"""
    assert run(code) == [*["True"] * 4, "False", "False"]
