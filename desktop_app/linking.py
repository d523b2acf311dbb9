"""Links libraries without the interpreter's lock, before whoever imports them first.

To import torch holds that lock for most of a second while the system links its libraries, and the window waits. So the
libraries are linked beforehand by a call that lets go of the lock. The system links one library at a time: whoever
imports another one meanwhile would wait for it with the lock, so imports wait for the linking too.
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

# Package, and the files of it that are linked, in the order in which they need each other.
LIBRARIES: dict[str, tuple[str, ...]] = {
    "_duckdb": ("_duckdb*",),
    "pyarrow": ("libarrow.*", "arrow.dll", "libarrow_compute.*", "arrow_compute.dll", "libarrow_python.*"),
    "torch": ("lib/libc10.*", "lib/c10.dll", "lib/libtorch_cpu.*", "lib/torch_cpu.dll", "lib/libtorch_python.*"),
}
_one_at_a_time = threading.RLock()
_linked: set[str] = set()


def link(package: str) -> None:
    """Link the libraries of a package, if nobody did; one that fails is left to Python."""
    with _one_at_a_time:
        if package in _linked:
            return
        _linked.add(package)
        found = find_spec(package)
        if found is not None and found.origin is not None:
            folder = Path(found.origin).parent
            for path in (path for pattern in LIBRARIES[package] for path in sorted(folder.glob(pattern))):
                if path.is_file() and path.suffix != ".lib":
                    _link(path)


def before_import(name: str) -> None:
    """What a thread beside the window does before it imports a module."""
    if name in LIBRARIES:
        link(name)
    else:
        with _one_at_a_time:
            pass


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
