"""Texts of a column, numbered as they are first met."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.data.arrow import filled, flags, numbers

if TYPE_CHECKING:
    import pyarrow as pa

MOST_WHOLE = 1 << 24  # of texts that are looked up by what they say


class Texts:
    """Different texts, numbered from 0 as they are first met.

    While all of them are whole numbers as anyone writes them, not too large, their numbers are looked up in a table at
    that place, which takes a third of the time of looking texts up.
    """

    def __init__(self) -> None:
        self._known: list[pa.Array] = []
        self._many = 0
        self._table: NDArray[np.int32] | None = np.full(1, -1, np.int32)  # at one more than a text says: its number

    def __len__(self) -> int:
        return self._many

    def all(self) -> pa.Array:
        """The texts in the order of their numbers."""
        import pyarrow as pa

        if len(self._known) != 1:
            self._known = [pa.concat_arrays(self._known) if self._known else pa.array([], pa.string())]
        return self._known[0]

    def numbers(self, texts: pa.Array) -> NDArray[np.int32]:
        """The number of each text, int32; -1 for null. Texts may come as codes of a dictionary, of which those that are
        not used get no number, or as the whole numbers that they say, below `MOST_WHOLE`, -1 for null."""
        import pyarrow as pa

        if pa.types.is_dictionary(texts.type):
            return self._coded(filled(texts.indices, -1), texts.dictionary)
        if pa.types.is_integer(texts.type):
            said = numbers(texts)
            if self._table is not None:
                return self._looked_up(texts, said)
            texts = pa.array(said, mask=said < 0).cast(pa.string())
        if self._table is not None:
            whole = whole_numbers(texts)
            if whole is not None:
                return self._looked_up(texts, whole)
            self._table = None  # texts of both kinds are looked up in one place
        return self._found(texts)

    def _coded(self, codes: NDArray[np.int32], dictionary: pa.Array) -> NDArray[np.int32]:
        import pyarrow as pa

        number = np.full(len(dictionary) + 1, -1, np.int32)  # the last is that of null
        used = np.zeros(len(number), np.bool_)
        used[codes] = True
        rows = np.flatnonzero(used[:-1])
        number[rows] = self.numbers(dictionary.take(pa.array(rows)))
        return number.take(codes, mode="wrap")

    def _looked_up(self, texts: pa.Array, whole: NDArray[np.int64]) -> NDArray[np.int32]:
        import pyarrow as pa

        assert self._table is not None
        place = whole + 1
        if (need := int(place.max(initial=0)) + 1) > len(self._table):
            room = max(need, min(2 * len(self._table), MOST_WHOLE + 1)) - len(self._table)
            self._table = np.concatenate((self._table, np.full(room, -1, np.int32)))
        found = self._table.take(place, mode="clip")
        unknown = np.flatnonzero((found < 0) & (place > 0))
        if len(unknown):
            place = place[unknown]
            turn = np.arange(len(place), dtype=np.int32)
            self._table[place[::-1]] = turn[::-1]  # of several the one that is met first is written last
            first = self._table[place] == turn
            self._table[place[first]] = np.arange(len(self), len(self) + np.count_nonzero(first))
            self._add(texts.take(pa.array(unknown[first])).cast(pa.string()))
            found[unknown] = self._table[place]
        return found

    def _add(self, new: pa.Array) -> None:
        self._known.append(new)
        self._many += len(new)

    def _found(self, texts: pa.Array) -> NDArray[np.int32]:
        import pyarrow.compute as pc

        known = self.all()
        found = pc.index_in(texts, value_set=known)
        if found.null_count == texts.null_count:
            return filled(found, -1)
        missing = pc.and_(pc.is_null(found), pc.is_valid(texts))
        unknown = texts.filter(missing)
        new = pc.unique(unknown)
        places = np.array(filled(found, -1))
        places[flags(missing)] = len(known) + filled(pc.index_in(unknown, value_set=new), -1)
        self._add(new)
        return places

    def back_to(self, known: pa.Array) -> None:
        """Know only these, which are the first of the known ones."""
        self._known, self._many, self._table = [], 0, np.full(1, -1, np.int32)
        self.numbers(known)

    def number(self, text: str) -> int:
        """The number of one text."""
        import pyarrow as pa

        return int(self.numbers(pa.array([text], pa.string()))[0])


def integers(texts: pa.Array) -> NDArray[np.int64] | None:
    """What texts of digits say, int64, -1 for null; None if one of them says no integer. A sign and zeros may stand
    before the digits."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        found = filled(pc.cast(texts, pa.int64()), -1)
    except pa.ArrowInvalid:
        return None
    written = characters(texts)
    # Arrow reads 0x1F too.
    return found if not len(written) or written.max() <= ord("9") else None


def characters(texts: pa.Array) -> NDArray[np.uint8]:
    """The bytes of all texts, one after the other."""
    _, places, content = texts.buffers()
    if content is None or not len(texts):
        return np.zeros(0, np.uint8)
    ends = np.frombuffer(places, np.int32, len(texts) + 1, 4 * texts.offset)
    return np.frombuffer(content, np.uint8, int(ends[-1] - ends[0]), int(ends[0]))


def whole_numbers(texts: pa.Array) -> NDArray[np.int64] | None:
    """What texts say, int64, -1 for null; None if one of them is no whole number below `MOST_WHOLE`, or is not written
    as numbers are: `007`, `+7`, `7.0` and `0x7` are other texts than `7`."""
    found = integers(texts)
    if found is None or not len(found):
        return found
    written = characters(texts)
    if not len(written):
        return found
    if written.min() < ord("0") or found.max() >= MOST_WHOLE:
        return None
    # All are digits: that they are written as numbers are, only a zero before others can tell.
    ends = np.frombuffer(texts.buffers()[1], np.int32, len(texts) + 1, 4 * texts.offset)
    starts = ends[:-1] - ends[0]
    led = np.flatnonzero(written.take(starts, mode="clip") == ord("0"))  # of empty ones it is the next one's
    return None if (ends[led + 1] - ends[led] > 1).any() else found
