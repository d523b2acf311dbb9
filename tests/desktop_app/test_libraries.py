"""What is said where the system lacks a library that Qt needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app import libraries

ROOT = Path(__file__).parents[2]


def test_a_missing_library_is_named_with_its_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    told = "\tlibEGL.so.1 => not found\n\tlibz.so.1 => /lib/libz.so.1 (0x0)\n\tlibxkbcommon.so.0 => not found\n"
    monkeypatch.setattr(
        subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1, stdout=told, stderr="")
    )
    text = libraries.advice("libGL.so.1: cannot open shared object file: No such file or directory")
    assert "libEGL.so.1, libGL.so.1, libxkbcommon.so.0" in text
    assert "sudo apt install libegl1 libgl1 libxkbcommon0" in text
    assert "sudo dnf install libglvnd-egl libglvnd-glx libxkbcommon" in text


def test_an_unknown_library_is_named_all_the_same() -> None:
    assert "libnovel.so.3" in libraries.advice("libnovel.so.3: cannot open shared object file")


@pytest.mark.skipif(sys.platform != "linux", reason="only there can Qt lack a screen")
def test_no_screen_is_said_in_words_and_not_by_a_crash() -> None:
    code = (
        "from desktop_app.libraries import explain_fatal_errors; explain_fatal_errors()\n"
        "from PySide6.QtWidgets import QApplication; QApplication([])"
    )
    hidden = ("DISPLAY", "WAYLAND_DISPLAY")
    environment = {name: value for name, value in os.environ.items() if name not in hidden} | {"QT_QPA_PLATFORM": "xcb"}
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ran.returncode == 1
    assert "Qt cannot show a window here" in ran.stderr or "The window needs system libraries" in ran.stderr
