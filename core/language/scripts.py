"""Which script texts are written in, as far as it decides what can read them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

SAMPLE = 2000  # texts that are looked at
CHINESE = 0.2  # from this share of Han characters among the letters on, texts are taken for Chinese
# First and last code points: the unified ideographs with extension A, the compatibility ones, and the later planes.
HAN = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
KANA = (0x3040, 0x30FF)


def chinese_share(texts: Sequence[str]) -> float:
    """Share of Han characters among the letters of a sample of `texts`, 0 to 1; 0 where there is Japanese kana beside.

    Digits, blanks and signs are no letters: "iPhone 15 手机壳" has three of nine.
    """
    step = max(1, len(texts) // SAMPLE)
    letters = "".join(letter for letter in "".join(texts[::step]) if letter.isalpha())
    if not letters:
        return 0.0
    points = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    han = np.zeros(len(points), dtype=np.bool_)
    for first, last in HAN:
        han |= (points >= first) & (points <= last)
    kana = float(np.mean((points >= KANA[0]) & (points <= KANA[1])))
    return 0.0 if kana > 0.05 else float(han.mean())


def is_chinese(texts: Sequence[str]) -> bool:
    """Whether a catalogue is one of Chinese texts, at least in good part."""
    return chinese_share(texts) >= CHINESE
