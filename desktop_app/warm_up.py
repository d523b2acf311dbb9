"""Brings in what takes seconds to import, after the first paint and without making the window wait.

Importing torch holds the interpreter's lock for most of a second while the system links its libraries, and for as
long again in garbage collections that go through all that it has made. So the libraries are linked beforehand by a
call that lets go of the lock, and `collector` collects nothing meanwhile. The system links one library at a time:
whoever imports one during that waits for it with the interpreter's lock, so jobs wait for `linking` before they
begin.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from core.progress import Progress
from desktop_app.background import linking
from desktop_app.pages import PAGES

# Package, and the files of it that are linked, in the order in which they need each other.
LIBRARIES = (
    ("_duckdb", ("_duckdb*",)),
    ("pyarrow", ("libarrow.*", "arrow.dll", "libarrow_compute.*", "arrow_compute.dll", "libarrow_python.*")),
    ("torch", ("lib/libc10.*", "lib/c10.dll", "lib/libtorch_cpu.*", "lib/torch_cpu.dll", "lib/libtorch_python.*")),
)
# In the order of their use: a first list needs torch and scipy, language vectors need transformers.
MODULES = (
    "numpy",
    "duckdb",
    "pyarrow.compute",
    "scipy.sparse",
    "torch",
    "core.models.ensemble",
    "safetensors.numpy",
    "core.talking",
)
PAUSE = 0.002  # seconds between two patterns of the grammar


def link(progress: Progress, *packages: str) -> None:
    """Link the libraries of packages, by default all, without the interpreter's lock; Python does one that fails."""
    for package, patterns in LIBRARIES:
        found = find_spec(package) if package in packages or not packages else None
        if found is not None and found.origin is not None:
            folder = Path(found.origin).parent
            for path in (path for pattern in patterns for path in sorted(folder.glob(pattern))):
                progress.check()
                if path.is_file() and path.suffix != ".lib":
                    with linking:
                        _link(path)


def prepare(first: str = "", *, progress: Progress) -> None:
    """What can be done while a workspace is opened: link what that takes, and import the pages, the `first` before."""
    link(progress, "_duckdb", "pyarrow")
    importlib.import_module("pyarrow.compute")  # makes a function of each of its hundreds: the timeline filters by them
    for name in sorted(PAGES, key=lambda name: name != first):
        import_page(name, progress)


def import_page(name: str, progress: Progress) -> None:
    """Import the module of a page: it takes tenths of a second, so this is no work for the window's thread."""
    progress.check()
    importlib.import_module(PAGES[name][0])


def has_page(name: str) -> bool:
    """Whether the module of a page is imported, and whole."""
    return hasattr(sys.modules.get(PAGES[name][0]), PAGES[name][1])


def warm_up(progress: Progress) -> None:
    """Import everything that the pages need, a step at a time, and compile the grammar's patterns."""
    prepare(progress=progress)
    link(progress)
    for module in MODULES:
        progress.check()
        importlib.import_module(module)
    from core.dialogue.patterns import compile_all

    for _ in compile_all():
        progress.check()
        time.sleep(PAUSE)


def _link(path: Path) -> None:
    # A foreign function is called without the lock, which ctypes' own way of opening a library keeps.
    if sys.platform == "win32":
        loader = ctypes.WinDLL("kernel32").LoadLibraryExW
        loader.argtypes, loader.restype = [ctypes.c_wchar_p, ctypes.c_void_p, ctypes.c_uint32], ctypes.c_void_p
        loader(str(path), None, 0x1100)  # search beside the library and in the default folders
    else:
        loader = ctypes.CDLL(None).dlopen
        loader.argtypes, loader.restype = [ctypes.c_char_p, ctypes.c_int], ctypes.c_void_p
        loader(os.fsencode(path), os.RTLD_NOW)
