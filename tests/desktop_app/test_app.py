"""The start of the window, measured by the program itself."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from core.errors import SeqlensError
from core.progress import Progress
from desktop_app import app
from desktop_app.app import Desk

HEAVY = {"torch", "transformers", "pandas", "pyarrow", "duckdb", "sklearn", "pyqtgraph"}
ROOT = Path(__file__).resolve().parents[2]
START = "from desktop_app.app import run; raise SystemExit(run(['--time-startup']))"


def test_the_first_paint_comes_before_the_heavy_imports(tmp_path: Path) -> None:
    home = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA")}
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", START],
        cwd=ROOT,
        env={**os.environ, **home, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert re.fullmatch(r"first paint \d+\.\d\d s\n", done.stdout)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if "|" in line}
    assert "PySide6.QtWidgets" in imported
    assert not imported & HEAVY


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no signal that is sent to one process alone")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_it_in_good_order_while_the_sample_is_imported(tmp_path: Path, number: signal.Signals) -> None:
    home = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA")}
    started = subprocess.Popen(
        [sys.executable, "-c", "from desktop_app.app import run; raise SystemExit(run(['--sample']))"],
        cwd=ROOT,
        env={**os.environ, **home, "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.PIPE,
        text=True,
    )
    end = time.monotonic() + 60
    while not any(tmp_path.rglob("seqlens.log")) and time.monotonic() < end:  # it is painted, and imports
        time.sleep(0.02)
    started.send_signal(number)
    _, told = started.communicate(timeout=60)
    assert started.returncode == 0
    assert "Traceback" not in told


@pytest.mark.parametrize(
    "words", [["trian"], ["trian", "--workspace", "w"], ["--sample", "f.csv"], ["--sample", "--workspace", "w"]]
)
def test_wrong_arguments_open_no_window(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        app.run(words)
    assert leaving.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_what_cannot_be_saved_at_the_end_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: told.append(words[-1]))

    def full() -> None:
        raise SeqlensError("The disk is full.")

    desk.background.write(full)
    desk.background.write(full)
    desk.background.write(int)
    desk.window.close()
    assert told == ["What you did last was not saved.\nThe disk is full."]


def test_a_signal_ends_it_though_the_window_asks_whether_to_quit(desk: Desk) -> None:
    asked: list[QWidget | None] = []

    def wait(progress: Progress) -> None:
        while True:
            progress.check()
            time.sleep(0.002)

    def end() -> None:
        asked.append(QApplication.activeModalWidget())
        desk._end()

    def give_up() -> None:
        if isinstance(box := QApplication.activeModalWidget(), QMessageBox):
            box.reject()

    desk.background.start(wait, title="Waiting")
    QTimer.singleShot(200, desk, end)
    QTimer.singleShot(5000, desk, give_up)
    desk.window.close()
    assert isinstance(asked[0], QMessageBox)
    assert not desk.window.isVisible()
    assert desk.leaving
