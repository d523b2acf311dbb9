"""The arrows of the design hold, and what must be imported late is imported late."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import main

ROOT = Path(__file__).parents[1]
HEAVY = ("torch", "transformers", "pandas", "sklearn", "scipy", "pyarrow")


def test_arrows_between_folders() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)  # it silences loggers
    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize("module", ["main", "core.cli", "core.workflow", "core.listing", "core.workspace"])
def test_what_opens_a_workspace_imports_nothing_heavy(module: str) -> None:
    code = f"import {module}, sys; print(*[name for name in {HEAVY} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.split() == []


def test_packages_of_core_import_nothing() -> None:
    for path in (ROOT / "core").glob("*/__init__.py"):
        assert "import" not in path.read_text(encoding="utf-8").split('"""')[-1], path


def test_the_quick_look_for_packages_names_every_dependency() -> None:
    """`main.MODULES` stands for the dependencies of pyproject.toml: one module of each, and nothing else."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    owners = packages_distributions()

    def named(modules: list[str]) -> set[str]:
        return {_plain(name) for module in modules for name in owners[module]}

    def required(requirements: list[str]) -> set[str]:
        return {_plain(text.split(">=")[0].split("==")[0]) for text in requirements}

    assert required(project["dependencies"]) <= named(main.MODULES)
    stubs = {"pandas_stubs", "scipy_stubs"}
    assert required(project["optional-dependencies"]["test"]) - stubs <= named(main.TEST_MODULES)


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = {_plain(line.split("==")[0]) for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()}
    for text in project["dependencies"] + project["optional-dependencies"]["test"]:
        assert _plain(text.split(">=")[0].split("==")[0]) in pins, text


def _plain(name: str) -> str:
    return name.strip().lower().replace("-", "_")
