"""Which package brings a system library that Qt looks for in vain (Linux brings few of them by default)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

# Library (without its version) -> package of Debian and Ubuntu, package of Fedora and RHEL.
PACKAGES: dict[str, tuple[str, str]] = {
    "libEGL": ("libegl1", "libglvnd-egl"),
    "libGL": ("libgl1", "libglvnd-glx"),
    "libOpenGL": ("libopengl0", "libglvnd-opengl"),
    "libxkbcommon": ("libxkbcommon0", "libxkbcommon"),
    "libxkbcommon-x11": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libdbus-1": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig": ("libfontconfig1", "fontconfig"),
    "libfreetype": ("libfreetype6", "freetype"),
    "libglib-2.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0": ("libglib2.0-0", "glib2"),
    "libX11": ("libx11-6", "libX11"),
    "libX11-xcb": ("libx11-xcb1", "libX11-xcb"),
    "libSM": ("libsm6", "libSM"),
    "libICE": ("libice6", "libICE"),
    "libxcb": ("libxcb1", "libxcb"),
    "libxcb-cursor": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr": ("libxcb-randr0", "libxcb"),
    "libxcb-render": ("libxcb-render0", "libxcb"),
    "libxcb-render-util": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape": ("libxcb-shape0", "libxcb"),
    "libxcb-shm": ("libxcb-shm0", "libxcb"),
    "libxcb-sync": ("libxcb-sync1", "libxcb"),
    "libxcb-util": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xinerama": ("libxcb-xinerama0", "libxcb"),
    "libxcb-xkb": ("libxcb-xkb1", "libxcb"),
    "libwayland-client": ("libwayland-client0", "libwayland-client"),
    "libwayland-cursor": ("libwayland-cursor0", "libwayland-cursor"),
    "libwayland-egl": ("libwayland-egl1", "libwayland-egl"),
}


def explain_fatal_errors() -> None:
    """From now on, when Qt finds no way to show a window, it says what to install and the process ends with 1."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    def handle(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        if kind == QtMsgType.QtFatalMsg and "platform plugin" in text:
            print(advice(text), file=sys.stderr, flush=True)
            os._exit(1)  # Qt would abort, and a desktop would offer to report a crash
        print(text, file=sys.stderr)

    qInstallMessageHandler(handle)


def advice(failure: str) -> str:
    """What to install, told from Qt's or Python's own words and from what the loader does not find.

    `failure` is an ImportError's text ("libEGL.so.1: cannot open shared object file ...") or Qt's last words when it
    finds no way to show a window.
    """
    lost = sorted({*re.findall(r"\b(lib[\w.+-]+\.so[.\d]*)", failure), *_not_found()})
    if not lost:
        return (
            "Qt cannot show a window here: no screen was found. Start Seqlens from a desktop session, or use the "
            "commands that need no window (main.py --help lists them)."
        )
    known = [PACKAGES[name.split(".so")[0]] for name in lost if name.split(".so")[0] in PACKAGES]
    lines = [f"The window needs system libraries that are not installed: {', '.join(lost)}."]
    if known:
        debian, fedora = (" ".join(sorted(set(names))) for names in zip(*known, strict=True))
        lines += [
            f"  Debian, Ubuntu, Mint:  sudo apt install {debian}",
            f"  Fedora, RHEL:          sudo dnf install {fedora}",
        ]
    lines.append("Then start Seqlens again. The commands that need no window work without them.")
    return "\n".join(lines)


def _not_found() -> set[str]:
    """Libraries that Qt's own files are linked with and the loader does not find; empty where `ldd` is missing."""
    spec = find_spec("PySide6")
    if spec is None or spec.origin is None:
        return set()
    folder = Path(spec.origin).parent
    files = [*folder.glob("QtGui*.so"), *folder.glob("QtWidgets*.so"), folder / "Qt/plugins/platforms/libqxcb.so"]
    try:
        told = subprocess.run(["ldd", *map(str, files)], capture_output=True, text=True, check=False).stdout
    except OSError:
        return set()
    return set(re.findall(r"(\S+) => not found", told))
