"""What was understood, in words for the chips of a conversation."""

from __future__ import annotations

import pytest

from core.dialogue.structure import Price
from desktop_app.widgets.dialogue_words import words


@pytest.mark.usefixtures("qapp")
def test_large_prices_are_written_out() -> None:
    assert words(Price(None, 1_234_567)) == "Price at most 1,234,567"
    assert words(Price(2_500_000.5, None)) == "Price at least 2,500,000.5"
    assert words(Price(19.99, 30)) == "Price 19.99 – 30"
