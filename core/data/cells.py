"""Rows of short cells, taken apart by numpy, a block at a time: that takes a quarter of what Arrow takes.

The eight bytes that end with a cell are fetched as one number of 64 bits, and its digits are added up inside of it:
two, then four, then eight neighbours.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

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
_PLACE_BITS = 14
_PLACES = 1 << _PLACE_BITS
_SEEN = 32  # every such row is looked at to find the words of a column


class Unfit(Exception):
    """A block holds something that others have to read."""


def _u(value: int) -> np.uint64:
    return np.uint64(value)


_LAST = np.array([((1 << 64) - 1) ^ ((1 << 8 * (WORD - length)) - 1) for length in range(WORD + 1)], np.uint64)
"""By length of a cell, the bits of its bytes: they are the last in memory, so the highest."""
_PAIRS = (
    (2, _u(1 + (10 << 8)), 8, _u(0x00FF00FF00FF00FF)),
    (4, _u(1 + (100 << 16)), 16, _u(0x0000FFFF0000FFFF)),
    (8, _u(1 + (10_000 << 32)), 32, _u(0xFFFFFFFF)),
)
"""Digits that are one number after a step; what adds each part to the one after it, times a power of ten; how far the
sum is above its place, in bits; and what is kept of it."""
_ODD = _u(0x9E3779B97F4A7C15)  # different numbers times this are different
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
        self._ends, self._line_end = ends.reshape(-1, columns), 1  # bytes that end a line
        last = self._ends[:, -1]
        if (self._signs.take(last, mode="clip") != ord("\n")).any():
            raise Unfit
        if b"\r" in content:
            if self.count("\r") != self.rows or (self._signs[last - 1] != ord("\r")).any():
                raise Unfit
            last -= 1
            self._line_end = 2

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
        shortest, longest = int(length.min(initial=LONGEST)), int(length.max(initial=0))
        if (more := longest - WORD) <= 0:
            found = _number(self._words(ends), _span(length, shortest, longest), longest)
        else:
            before, near = self._pairs(ends)
            found = _number(before, _span(np.maximum(length - WORD, 0), max(shortest - WORD, 0), more), more)
            found *= 10**WORD
            found += _number(near, _span(np.minimum(length, WORD), min(shortest, WORD), WORD), WORD)
        if canonical and (found < _LEAST.take(_span(length, shortest, longest), mode="clip")).any():
            raise Unfit
        if not shortest:
            found[length == 0] = -1
        return found

    def moments(self, column: int) -> NDArray[np.int64]:
        """Microseconds since 1970 of times as `2024-02-29 23:59:59`, with a T or a blank, int64 [rows]; `NO_TIME` for
        empty ones.

        Raises:
            Unfit: a cell is written otherwise, or there is no such day or time.
        """
        ends, length = self._ends[:, column], self._length(column)
        missing = length == 0
        if (length[~missing] != _MOMENT).any():
            raise Unfit
        ends = ends[~missing]
        date, day, clock = (self._windows("<u8")[ends - back] for back in (_MOMENT, _MOMENT - 8, 8))
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
        shortest, longest = int(length.min(initial=LONGEST)), int(length.max(initial=0))
        if longest <= WORD:
            key = near = self._words(ends)
            near &= _LAST.take(_span(length, shortest, longest), mode="clip")
        else:
            before, near = self._pairs(ends)
            before &= _LAST.take(np.maximum(length - WORD, 0), mode="clip")
            near &= _LAST.take(np.minimum(length, WORD), mode="clip")
            key = before * _ODD
            key ^= near
        codes, row = _encoded(key)
        if longest > WORD and not all(np.array_equal(half, half[row].take(codes)) for half in (before, near)):
            raise Unfit  # two texts have one key
        texts = self._texts(ends[row], length[row])
        if None in texts:
            empty = texts.index(None)
            missing = codes == empty
            codes -= codes > empty
            del texts[empty]
            return pa.DictionaryArray.from_arrays(pa.array(codes, mask=missing), pa.array(texts, pa.string()))
        return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(texts, pa.string()))

    def texts(self, column: int, rows: NDArray[np.int64]) -> list[str | None]:
        """What stands in some rows, None where it is empty."""
        return self._texts(self._ends[rows, column], self._length(column)[rows])

    def _texts(self, ends: NDArray[np.int64], length: NDArray[np.int64]) -> list[str | None]:
        cells = zip((ends - length).tolist(), ends.tolist(), strict=True)
        return [self._content[start:end].decode() or None for start, end in cells]

    def _of(self, column: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        length = self._length(column)
        if length.max(initial=0) > LONGEST:
            raise Unfit
        return self._ends[:, column], length

    def _length(self, column: int) -> NDArray[np.int64]:
        if column:
            length = self._ends[:, column] - self._ends[:, column - 1]
            length -= 1
        else:
            length = self._ends[:, 0].copy()
            length[:1] -= LONGEST
            length[1:] -= self._ends[:-1, -1]
            length[1:] -= self._line_end
        return length

    def _words(self, ends: NDArray[np.int64]) -> NDArray[np.uint64]:
        """The eight bytes before `ends`."""
        found: NDArray[np.uint64] = self._windows("<u8")[ends - WORD]
        return found

    def _pairs(self, ends: NDArray[np.int64]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """The sixteen bytes before `ends`, as two words: to fetch them at once takes no more than to fetch eight."""
        found = self._windows("V16")[ends - LONGEST].view("<u8").reshape(-1, 2)
        return found[:, 0].copy(), found[:, 1].copy()

    def _windows(self, kind: str) -> NDArray[Any]:
        """What stands from each place on."""
        return np.ndarray((len(self._content) - np.dtype(kind).itemsize + 1,), kind, self._content, 0, (1,))


def _span(length: NDArray[np.int64], shortest: int, longest: int) -> NDArray[np.int64]:
    """Lengths, or the one that all have."""
    return length if shortest < longest else np.array([longest])


def _number(found: NDArray[np.uint64], length: NDArray[np.int64], longest: int) -> NDArray[np.int64]:
    """What the last `length` bytes of words say, all of which must be digits; `longest` is the most of them."""
    last = _LAST.take(length, mode="clip")
    found &= last
    last &= _u(0x3030303030303030)
    found ^= last  # the first digit is the lowest byte of those that are left
    over = found + _u(0x7676767676767676)
    over |= found
    if np.bitwise_or.reduce(over, initial=0) & _u(0x8080808080808080):
        raise Unfit
    for digits, scale, above, kept in _PAIRS:
        found *= scale
        if longest <= digits:  # they are in the highest place
            found >>= _u(8 * (WORD - digits) + above)
            break
        found >>= _u(above)
        found &= kept
    return found.view(np.int64)


def _encoded(key: NDArray[np.uint64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Numbers as codes, int32, and a row in which each of them stands.

    Mostly they are few, and to be found in some of the rows: then their codes are looked up in a table, which takes a
    third of what Arrow takes.

    Raises:
        Unfit: there are more than `MOST_WORDS`.
    """
    import pyarrow as pa

    words, row = np.unique(key[::_SEEN], return_index=True)
    place = _place(words)
    word, code = np.zeros(_PLACES, np.uint64), np.zeros(_PLACES, np.int32)
    word[0] = 1  # 0 has the place 0 and may be none of the words; in the other places it is never looked for
    word[place], code[place] = words, np.arange(len(words))
    place = _place(key)
    if (word.take(place, mode="clip") == key).all():
        return code.take(place, mode="clip"), row * _SEEN
    coded = pa.array(key).dictionary_encode()
    if len(coded.dictionary) > MOST_WORDS:
        raise Unfit
    codes = np.array(numbers(coded.indices))
    row = np.empty(len(coded.dictionary), np.int64)
    row[codes] = np.arange(len(key))
    return codes, row


def _place(key: NDArray[np.uint64]) -> NDArray[np.int64]:
    """A place for each number, below `_PLACES`, that is mostly another one for another number."""
    place = key * _ODD
    place >>= _u(64 - _PLACE_BITS)
    return place.view(np.int64)


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
