"""The application around its window, with settings and folders of its own for each test."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_app import app, theme, translation
from desktop_app.app import Desk
from desktop_app.background import Background
from desktop_app.pages import PAGES
from desktop_app.window import Window


@pytest.fixture(autouse=True)
def _no_key_stays_down(qapp: QApplication) -> Iterator[None]:
    """Qt remembers the Ctrl of a click that a test makes, and a later test's selections would follow it."""
    yield
    if qapp.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.keyRelease(QWidget(), Qt.Key.Key_Control)


@pytest.fixture(autouse=True)
def _no_dialog_stays_open(qapp: QApplication) -> Iterator[None]:
    """A dialog or menu that a test leaves open would keep keys and the pointer from the windows of the next ones."""
    yield
    for widget in qapp.topLevelWidgets():
        if widget.isVisible() and (widget.isModal() or widget.windowType() == Qt.WindowType.Popup):
            widget.hide()


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All of the window works without a network, and it looks for none: what tries to leave this machine fails."""
    asked: list[object] = []
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def stays(host: object) -> bool:
        name = host.decode() if isinstance(host, bytes) else str(host)
        return name in ("None", "", "localhost", "::1") or name.startswith("127.")

    def refuse(host: object) -> None:
        asked.append(host)
        raise socket.gaierror(socket.EAI_AGAIN, "the network is down")

    def guarded(own: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not stays(address[0]):
            refuse(address[0])
        connect(own, address)

    def guarded_look_up(host: Any, *rest: Any, **more: Any) -> Any:
        return look_up(host, *rest, **more) if stays(host) else refuse(host)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield
    assert not asked, f"the window asked the network for {asked}"


@pytest.fixture(autouse=True)
def _settings_of_its_own(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What one test leaves, such as a hidden column, is not there for the next."""
    qapp.setApplicationName("Seqlens")
    qapp.setOrganizationName("Seqlens")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path_factory.mktemp("settings")))


@pytest.fixture
def background() -> Iterator[Background]:
    """The two lanes beside the window, without a window."""
    background = Background()
    yield background
    background.close()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The application with an empty window, in English and in the light scheme."""
    monkeypatch.setattr(app, "_sample_path", lambda: tmp_path / "sample.seqlens")
    monkeypatch.setattr(Desk, "folder", lambda _desk: tmp_path / "Seqlens")
    monkeypatch.setattr(QApplication, "quit", lambda: None)
    monkeypatch.setattr(QMessageBox, "warning", lambda *_: None)  # which waits for somebody, at the end of the window
    QSettings().setValue("language", "en")
    QSettings().setValue("scheme", "light")
    for module, _ in PAGES.values():  # as behind the first paint; a page of no module is shown a little later
        import_module(module)
    desk = Desk()
    desk.show()
    qtbot.waitExposed(desk.window)
    yield desk
    if not desk.leaving:
        desk.leaving = True
        desk.window.close()
    windows = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Window)]
    for former in (*windows, desk):  # or they are dressed again by every test to come
        former.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.choose("light")
    translation.choose("en")
