"""Rows of short cells, taken apart by numpy, a block at a time: that takes a quarter of what Arrow takes.

The eight bytes that end with a cell are fetched as one number of 64 bits, and its digits are added up inside of it:
two, then four, then eight neighbours.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.data.arrow import numbers

if TYPE_CHECKING:
    import pyarrow as pa

WORD = 8  # bytes that are fetched at once
LONGEST = 2 * WORD
"""Bytes of a cell that can be taken apart."""
BEFORE = bytes(LONGEST)
"""What stands before the cells of a block: all of them are fetched with as many bytes."""
NO_TIME = np.iinfo(np.int64).min
_MOMENT = len("2024-02-29 23:59:59")
MOST_WORDS = 1 << 12  # different cells of a column of words in a block


class Unfit(Exception):
    """A block holds something that others have to read."""


def _u(value: int) -> np.uint64:
    return np.uint64(value)


_LAST = np.array([((1 << 64) - 1) ^ ((1 << 8 * (WORD - length)) - 1) for length in range(WORD + 1)], np.uint64)
"""By length of a cell, the bits of its bytes: they are the last in memory, so the highest."""
_PAIRS = tuple(
    (_u(10**digits), _u(8 * digits), _u(kept))
    for digits, kept in ((1, 0x00FF00FF00FF00FF), (2, 0x0000FFFF0000FFFF), (4, 0xFFFFFFFF))
)
_LEAST = np.array([0, 0, *(10**power for power in range(1, LONGEST))], np.int64)
"""By length, the least number that is written with so many digits, and no zero before it."""


class Cells:
    """Rows of a block, all with the same number of cells."""

    def __init__(self, content: bytes, columns: int, delimiter: str) -> None:
        """Find where cells end.

        Args:
            content: `BEFORE`, then whole lines, each with its end; no cell holds a delimiter or a line end.
            columns: how many cells each has.
            delimiter: one ASCII character.

        Raises:
            Unfit: rows differ in that, or in how they end, or there is a byte 0.
        """
        self._content = content
        self._signs = np.frombuffer(self._content, np.uint8)
        feeds = self._signs == ord("\n")
        self.rows = int(np.count_nonzero(feeds))
        feeds |= self._signs == ord(delimiter)
        ends = np.flatnonzero(feeds)
        if len(ends) != self.rows * columns or content.find(0, LONGEST) >= 0:
            raise Unfit
        length = np.empty_like(ends)
        length[:1] = ends[:1] - LONGEST
        np.subtract(ends[1:], ends[:-1], out=length[1:])
        length[1:] -= 1
        self._ends, self._length = ends.reshape(-1, columns), length.reshape(-1, columns)
        last = self._ends[:, -1]
        if (self._signs[last] != ord("\n")).any():
            raise Unfit
        if b"\r" in content:
            if self.count("\r") != self.rows or (self._signs[last - 1] != ord("\r")).any():
                raise Unfit
            last -= 1
            self._length[:, -1] -= 1

    def count(self, sign: str) -> int:
        """How often an ASCII character occurs."""
        # To look whether it does takes less than a tenth of counting.
        return int(np.count_nonzero(self._signs == ord(sign))) if sign.encode() in self._content else 0

    def check_utf8(self) -> None:
        """Raise `Unfit` if the rows are no UTF-8."""
        if not self._content.isascii():
            try:
                self._content.decode()
            except UnicodeDecodeError:
                raise Unfit from None

    def whole(self, column: int, canonical: bool = False) -> NDArray[np.int64]:
        """What cells of digits say, int64 [rows], -1 for empty ones.

        Args:
            canonical: refuse zeros before other digits, with which a text is another one.

        Raises:
            Unfit: a cell has another sign, or more than 16.
        """
        ends, length = self._of(column)
        longest = int(length.max(initial=0))
        if longest <= WORD:
            found = self._number(ends, length)
        else:
            found = self._number(ends - WORD, np.maximum(length - WORD, 0))
            found *= 10**WORD
            found += self._number(ends, np.minimum(length, WORD))
        if canonical and (found < _LEAST.take(length, mode="clip")).any():
            raise Unfit
        if not length.all():
            found[length == 0] = -1
        return found

    def moments(self, column: int) -> NDArray[np.int64]:
        """Microseconds since 1970 of times as `2024-02-29 23:59:59`, with a T or a blank, int64 [rows]; `NO_TIME` for
        empty ones.

        Raises:
            Unfit: a cell is written otherwise, or there is no such day or time.
        """
        ends, length = self._ends[:, column], self._length[:, column]
        missing = length == 0
        if (length[~missing] != _MOMENT).any():
            raise Unfit
        ends = ends[~missing]
        date, day, clock = (self._windows()[ends - back] for back in (_MOMENT, _MOMENT - 8, 8))
        marks = [(date, 4, "-"), (date, 7, "-"), (clock, 2, ":"), (clock, 5, ":")]
        if any((_byte(word, place) != ord(sign)).any() for word, place, sign in marks):
            raise Unfit
        between = _byte(day, 2)
        if ((between != ord(" ")) & (between != ord("T"))).any():
            raise Unfit
        month = (_two(date, 0) * 100 + _two(date, 2)) * 12 + _two(date, 5) - 1
        hour, minute, second = (_two(clock, place) for place in (0, 3, 6))
        starts = _month_starts()
        if (
            (_two(date, 5) < 1) | (_two(date, 5) > 12) | (month < 12) | (hour > 23) | (minute > 59) | (second > 59)
        ).any():
            raise Unfit
        first, days = starts[month - 12], _two(day, 0)
        if ((days < 1) | (days > starts[month - 11] - first)).any():
            raise Unfit
        found = np.full(self.rows, NO_TIME, np.int64)
        found[~missing] = ((((first + days - 1) * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000
        return found

    def words(self, column: int) -> pa.DictionaryArray:
        """Texts as codes of a dictionary, null where they are empty.

        Raises:
            Unfit: one is longer than 16 bytes, or there are more than `MOST_WORDS`.
        """
        import pyarrow as pa

        ends, length = self._of(column)
        far = int(length.max(initial=0)) > WORD
        near = self._word(ends, np.minimum(length, WORD) if far else length)
        key = near
        if far:
            before = self._word(ends - WORD, np.maximum(length - WORD, 0))
            key = before * _u(0x9E3779B97F4A7C15)  # odd: different ones stay different
            key ^= near
        coded = pa.array(key).dictionary_encode()
        codes, many = numbers(coded.indices), len(coded.dictionary)
        if many > MOST_WORDS:
            raise Unfit
        row = np.empty(many, np.int64)
        row[codes] = np.arange(self.rows)  # one in which it stands
        if far and not (np.array_equal(near, near[row][codes]) and np.array_equal(before, before[row][codes])):
            raise Unfit  # two texts have one key
        texts = self.texts(column, row)
        indices = coded.indices
        if None in texts:
            empty = texts.index(None)
            indices = pa.array(codes - (codes > empty), mask=codes == empty)
            del texts[empty]
        return pa.DictionaryArray.from_arrays(indices, pa.array(texts, pa.string()))

    def texts(self, column: int, rows: NDArray[np.int64]) -> list[str | None]:
        """What stands in some rows, None where it is empty."""
        ends, length = self._ends[rows, column], self._length[rows, column]
        cells = zip((ends - length).tolist(), ends.tolist(), strict=True)
        return [self._content[start:end].decode() or None for start, end in cells]

    def _of(self, column: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        length = np.ascontiguousarray(self._length[:, column])
        if length.max(initial=0) > LONGEST:
            raise Unfit
        return self._ends[:, column], length

    def _number(self, ends: NDArray[np.int64], length: NDArray[np.int64]) -> NDArray[np.int64]:
        """What the last `length` of the eight bytes before `ends` say, all of which must be digits."""
        found = self._word(ends, length)
        zeros = _LAST.take(length, mode="clip")
        zeros &= _u(0x3030303030303030)
        found ^= zeros  # the first digit is the lowest byte of those that are left
        over = found + _u(0x7676767676767676)
        over |= found
        over &= _u(0x8080808080808080)
        if over.any():
            raise Unfit
        for scale, bits, kept in _PAIRS:
            right = found >> bits
            found *= scale
            found += right
            found &= kept
        return found.view(np.int64)

    def _word(self, ends: NDArray[np.int64], length: NDArray[np.int64]) -> NDArray[np.uint64]:
        """The last `length` of the eight bytes before `ends`, the others 0."""
        found: NDArray[np.uint64] = self._windows()[ends - WORD]
        found &= _LAST.take(length, mode="clip")
        return found

    def _windows(self) -> NDArray[np.uint64]:
        """The eight bytes from each place on."""
        return np.ndarray((len(self._content) - WORD + 1,), "<u8", self._content, 0, (1,))


def _byte(word: NDArray[np.uint64], place: int) -> NDArray[np.int64]:
    return ((word >> _u(8 * place)) & _u(255)).view(np.int64)


def _two(word: NDArray[np.uint64], place: int) -> NDArray[np.int64]:
    """What two digits say, the first of which is at a place."""
    tens, ones = _byte(word, place) - ord("0"), _byte(word, place + 1) - ord("0")
    if (np.minimum(tens, ones) < 0).any() or (np.maximum(tens, ones) > 9).any():
        raise Unfit
    return tens * 10 + ones


@functools.cache
def _month_starts() -> NDArray[np.int64]:
    """Days from 1970 to the first of each month from the year 1 to 9999, and of the one after."""
    return np.arange("0001-01", "10000-02", dtype="datetime64[M]").astype("datetime64[D]").astype(np.int64)
