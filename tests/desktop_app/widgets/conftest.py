"""Widgets are tested in English, whatever the machine speaks."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app import translation


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> None:
    assert qapp is not None
    translation.choose("en")
