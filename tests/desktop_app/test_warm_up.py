"""Importing brings what the pages need; in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(code: str) -> list[str]:
    head = "import sys\nfrom core.progress import Progress\nfrom desktop_app import warm_up\n"
    return subprocess.check_output([sys.executable, "-c", head + code], text=True, cwd=ROOT).split()


def test_everything_but_pandas_and_transformers_is_imported() -> None:
    code = """
warm_up.warm_up(Progress())
print(*(name in sys.modules for name in ("duckdb", "pyarrow", "desktop_app.dialogs.palette", "torch")))
warm_up.warm_up_models(Progress())
print(*(name in sys.modules for name in ("torch", "core.models.transformer", "pandas", "transformers")))
"""
    assert run(code) == ["True", "True", "True", "False", "True", "True", "False", "False"]  # torch comes last


def test_the_grammar_is_compiled_a_little_at_a_time() -> None:
    code = """
warm_up.warm_up(Progress())
warm_up.warm_up_models(Progress())
from core.dialogue.patterns import compile_all
rounds = 1
while warm_up.compile_patterns(Progress()):
    rounds += 1
print(rounds > 50, list(compile_all()))
"""
    assert run(code) == ["True", "[]"]
