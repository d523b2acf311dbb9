"""Brings in what takes seconds to import, after the first paint and without making the window wait.

To import torch takes the interpreter's lock for most of a second while the system links its libraries, and for as long
again in garbage collections that go through all that it has made. So libraries are linked beforehand (`linking`), and
`collector` collects nothing meanwhile.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable
from itertools import islice
from pkgutil import iter_modules

from core.progress import Progress
from desktop_app import dialogs
from desktop_app.pages import PAGES

# In the order of their use: a first list needs torch and scipy.
LIGHT = ("numpy", "duckdb", "pyarrow.compute", "scipy.sparse")
HEAVY = ("torch", "core.models.ensemble", "safetensors.numpy", "core.talking")  # the first holds the window up
PATTERNS = 8  # of the grammar that are compiled at a time


def prepare(first: str, *, progress: Progress) -> None:
    """Import what the `first` page needs, while a workspace is opened; more at that time would hold both up."""
    importlib.import_module("pyarrow.compute")  # makes a function of each of its hundreds: the timeline filters by them
    import_page(first, progress)


def import_page(name: str, progress: Progress) -> None:
    """Import the module of a page: it takes tenths of a second, so this is no work for the window's thread."""
    progress.check()
    importlib.import_module(PAGES[name][0])


def has_page(name: str) -> bool:
    """Whether the module of a page is imported, and whole."""
    return hasattr(sys.modules.get(PAGES[name][0]), PAGES[name][1])


def warm_up(progress: Progress) -> None:
    """Import what the pages and dialogs need and what the window does not feel, a step at a time."""
    for name in PAGES:
        import_page(name, progress)
    _bring_in(LIGHT, progress)
    _bring_in([f"{dialogs.__name__}.{module.name}" for module in iter_modules(dialogs.__path__)], progress)


def warm_up_models(progress: Progress) -> None:
    """Import what trains and makes lists: best while the analyst does nothing."""
    _bring_in(HEAVY, progress)


def _bring_in(modules: Iterable[str], progress: Progress) -> None:
    for module in modules:
        progress.check()
        importlib.import_module(module)


def compile_patterns(progress: Progress) -> bool:
    """Compile some patterns of the grammar, which takes some hundredths of a second; whether there may be more."""
    from core.dialogue.patterns import compile_all

    done = 0
    for _ in islice(compile_all(), PATTERNS):
        progress.check()
        done += 1
    return done == PATTERNS
