"""Figures as people read them."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QLocale

from desktop_app.widgets import readable


@pytest.fixture(autouse=True)
def _english() -> object:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.36, "0.4 s"), (37.2, "37 s"), (59.7, "1 min 00 s"), (245, "4 min 05 s"), (7620, "2 h 07 min")],
)
def test_durations(seconds: float, text: str) -> None:
    assert readable.duration(seconds) == text


def test_signed_figures_have_true_signs_and_no_negative_zero() -> None:
    assert readable.signed(1234.5678) == "+1,234.568"
    assert readable.signed(-0.5) == "−0.500"
    assert readable.signed(-0.0001) == "0.000"
    assert readable.signed(0.0001) == "0.000"
    assert readable.decimal(math.nan) == "–"


def test_prices_and_times() -> None:
    assert readable.price(6329.2) == "6,329.20"
    assert readable.price(math.nan) == ""
    assert readable.moment(1_512_189_107_000_000) == "2017-12-02 04:31"


def test_values_have_the_decimals_that_they_need() -> None:
    assert [readable.value(amount) for amount in (4.0, 3.5, 1 / 3, 0.1 + 0.2, 1234567.0)] == [
        "4",
        "3.5",
        "0.33",
        "0.3",
        "1,234,567",
    ]
    assert readable.value(float("nan")) == ""
