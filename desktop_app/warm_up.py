"""Brings in what takes seconds to import, after the first paint and without making the window wait.

Importing torch holds the interpreter's lock for most of a second while the system links its libraries, and for as
long again in garbage collections that go through all that it has made. So the libraries are linked beforehand by a
call that lets go of the lock, and `collector` collects nothing meanwhile.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from core.progress import Progress
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
)


def link(progress: Progress) -> None:
    """Link the libraries without holding the interpreter's lock; one that fails is left to Python."""
    for package, patterns in LIBRARIES:
        found = find_spec(package)
        if found is not None and found.origin is not None:
            folder = Path(found.origin).parent
            for path in (path for pattern in patterns for path in sorted(folder.glob(pattern))):
                progress.check()
                if path.is_file() and path.suffix != ".lib":
                    _link(path)


def prepare(progress: Progress) -> None:
    """What can be done while a workspace is opened: the libraries are linked and the pages imported."""
    link(progress)
    importlib.import_module("pyarrow.compute")  # makes a function of each of its hundreds: the timeline filters by them
    for module, _ in PAGES.values():
        progress.check()
        importlib.import_module(module)


def warm_up(progress: Progress) -> None:
    """Import everything that the pages need, a step at a time."""
    prepare(progress)
    for module in MODULES:
        progress.check()
        importlib.import_module(module)


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
