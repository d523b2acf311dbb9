"""Every text can be read on what it stands on, in both schemes."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import theme


def luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in colour.getRgbF()[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(qapp: QApplication, scheme: theme.Scheme) -> None:
    assert qapp is not None
    theme.choose(scheme)
    inks = ("text", "muted", "accent", "positive", "negative")
    papers = ("surface", "panel", "raised")
    for ink, paper in [*itertools.product(inks, papers), ("text", "selection"), ("on_accent", "accent")]:
        ratio = contrast(theme.colour(ink), theme.colour(paper))
        assert ratio >= 4.5, f"{ink} on {paper} in {scheme}: {ratio:.2f}"
    assert contrast(theme.colour("handle"), theme.colour("panel")) >= 3
    for index in range(8):
        assert contrast(theme.categorical(index), theme.colour("panel")) >= 3, index  # graphics: WCAG 1.4.11


def test_choosing_a_scheme_tells_everyone(qtbot: QtBot, qapp: QApplication) -> None:
    theme.choose("light")
    with qtbot.waitSignal(theme.changed, timeout=1000):
        theme.choose("dark")
    assert theme.is_dark()
    assert qapp.palette().window().color() == theme.colour("surface")
    theme.choose("light")
