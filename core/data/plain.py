"""The first pass over files that are plain: UTF-8, with ids, a word for the behaviour, a number or moment for the time.

Blocks of short cells are taken apart by `core.data.cells`, others by Arrow, which takes half the time that DuckDB
takes; and of cells that need no cleaning only the different ones are looked at. Whatever is not plain, anywhere in a
file, leaves all of it to `core.data.staging`, which makes the same of a plain file too.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.data import columns
from core.data.arrow import filled, flags, whole
from core.data.cells import BEFORE, NO_TIME, Cells, Unfit
from core.data.gathering import Gathered
from core.data.lines import opened
from core.data.plan import Planned
from core.data.reader import Source
from core.data.scan import Scan
from core.data.settings import ImportSettings
from core.data.staging import RULE_CODES, Staged, Taking, invalid_codes, roles_of
from core.data.texts import MOST_WHOLE, characters, integers
from core.files import BOM
from core.progress import Progress

if TYPE_CHECKING:
    import pyarrow as pa

ROLES = frozenset(("user", "item", "behaviour", "time", "value"))
BLOCK = 1 << 21
"""Bytes that are read at once; what becomes of them stays in the processor's cache."""
AHEAD = 3  # blocks that wait for the thread that cleans them, before the other one helps it
MOST_AHEAD = 4  # blocks that are cleaned before they are gathered
MOST_UNFIT = 4  # blocks that cannot be taken apart before that is not tried any more
WHOLE = re.compile(r"-?[0-9]+")  # times that are read here
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d", re.ASCII)
NUMBER = re.compile(r"-?\d+(\.\d+)?")  # values that are surely read alike
SAMPLE = 1000  # rows that are looked at before a file is tried
MOST_WORDS = 1000  # different behaviours in a block
EXACT, MOST_TIME = 1 << 53, 9 * 10**18  # microseconds; DuckDB computes them as doubles


_MISSING = RULE_CODES["missing_user"], RULE_CODES["missing_item"]
_WRONG_TIME = RULE_CODES["unreadable_time"], RULE_CODES["impossible_time"]
_Told = Callable[[NDArray[np.int64]], list[str | None]]


class NotPlain(Exception):
    """The file holds something that is not plain."""


def stage_plain(
    file: int,
    planned: Planned,
    scan: Scan,
    settings: ImportSettings,
    timed: bool,
    gathered: Gathered,
    progress: Progress,
) -> Staged | None:
    """Read a file if it is plain, as `core.data.staging.stage` reads any; None, and nothing is gathered, if it is not.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    import pyarrow as pa

    if not _may_be(planned, scan, settings, timed):
        return None
    mark = gathered.mark()
    taking = Taking(gathered, file, planned, scan, settings)
    cleaning = _Cleaning(planned, settings, timed)
    total = max(scan.rows, 1)
    try:
        for block in _ahead(planned.source, cleaning):
            taking.take(block.events, block.rule, block.wrong)
            progress.step(min(taking.records, total), total, "Reading {file}", file=planned.source.path.name)
    except (NotPlain, pa.ArrowInvalid, OSError, EOFError, zlib.error):
        gathered.back_to(mark, file)
        return None
    return taking.staged(roles_of(planned, settings, timed))


def _may_be(planned: Planned, scan: Scan, settings: ImportSettings, timed: bool) -> bool:
    """Whether a file is plain as far as its beginning tells."""
    source, rules = planned.source, settings.rules
    if source.kind != "events" or source.format == "parquet" or scan.encoding != "utf-8":
        return False
    if len(source.delimiter.encode()) != 1 or source.delimiter == " " or not scan.alike:
        return False
    if not roles_of(planned, settings, timed) <= ROLES or planned.column("item") is None:
        return False
    if not _has_plain_header(source):
        return False
    if "behaviour" in settings.fill or not (rules.missing_user and rules.missing_item and rules.invalid_behaviour):
        return False
    # Ids of digits are not compared with these.
    return not any(token.isdigit() for token in settings.missing) and _has_plain_sample(planned, settings, timed)


def _has_plain_header(source: Source) -> bool:
    """Whether the header ends with its line: a quoted name may have a line break."""
    try:
        with opened(source) as content:
            lines = [content.readline(BLOCK) for _ in range(source.skip + source.header)]
    except (OSError, EOFError, zlib.error):
        return False
    return not source.quote or all(line.count(source.quote.encode()) % 2 == 0 for line in lines)


def _has_plain_sample(planned: Planned, settings: ImportSettings, timed: bool) -> bool:
    source = planned.source
    if timed and (name := planned.column("time")):
        form = (
            MOMENT if planned.time_format == "iso" else WHOLE if planned.time_format in columns.MICROSECONDS else None
        )
        if form is None or not all(form.fullmatch(value) for value in source.values(name)[:SAMPLE]):
            return False
    if name := planned.column("value"):
        if columns.has_decimal_commas(source, name, settings.decimal):
            return False
        if not all(_is_number(value) for value in source.values(name)[:SAMPLE]):
            return False
    ids = [value for role in ("user", "item") for value in source.values(planned.column(role) or "")[:SAMPLE]]
    return not any(value in settings.missing or value <= " " or value.endswith(" ") for value in ids)


def _is_number(value: str) -> bool:
    try:
        return math.isfinite(float(value))
    except ValueError:
        return False


def _blocks(source: Source) -> Iterator[bytes]:
    """The lines after the header, some at a time, each with its end, and `BEFORE` before them.

    Raises:
        NotPlain: one is longer than a block.
        OSError: the file cannot be read.
    """
    with opened(source) as content:
        for _ in range(source.skip + source.header):
            content.readline()
        rest = b"" if content.tell() else content.read(len(BOM)).removeprefix(BOM)
        while piece := content.read(BLOCK):
            end = piece.rfind(b"\n") + 1
            if not end and len(piece) == BLOCK:
                raise NotPlain
            if end:
                yield b"".join((BEFORE, rest, memoryview(piece)[:end]))
                rest = b""
            rest += piece[end:]
        if rest:
            yield b"".join((BEFORE, rest, b"\n"))


def _ahead(source: Source, cleaning: _Cleaning) -> Iterator[_Clean]:
    """The blocks of a file, cleaned by a thread of its own while those before them are gathered, and by this one where
    the other is behind: a third thread would wait for the two at the interpreter."""
    with ThreadPoolExecutor(1, "seqlens-cleaning") as thread:
        coming: deque[Future[_Clean]] = deque()
        for rows in _blocks(source):
            if sum(not one.done() for one in coming) < AHEAD:
                coming.append(thread.submit(cleaning.clean, rows))
            else:
                coming.append(Future())
                coming[-1].set_result(cleaning.clean(rows))
            while coming and (coming[0].done() or len(coming) > MOST_AHEAD):
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()


@dataclass(frozen=True)
class _Clean:
    """A block.

    Attributes:
        events: columns of `Gathered`.
        rule: uint8 [rows], the code of the rule that each row breaks, 0 for none.
        told: by code of the rule, what stands where rows break it.
    """

    events: pa.RecordBatch
    rule: NDArray[np.uint8]
    told: Mapping[int, _Told]

    def wrong(self, rule: int, rows: NDArray[np.int64]) -> list[str | None]:
        """What stands where rows, all of which break one rule, break it."""
        return self.told[rule](rows)


class _Cleaning:
    """Finds which rows of a file break a rule, and what is kept of the others. Any thread may ask."""

    def __init__(self, planned: Planned, settings: ImportSettings, timed: bool) -> None:
        self._source = planned.source
        self._quote = planned.source.quote
        self._missing, self._invalid = settings.missing, {*invalid_codes(settings), *settings.missing}
        self._names = {role: name for role in ROLES if (name := planned.column(role)) and (role != "time" or timed)}
        self._places = {role: planned.source.columns.index(name) for role, name in self._names.items()}
        self._unused = [name for name in planned.source.columns if name not in self._names.values()]
        self._unit = columns.MICROSECONDS.get(planned.time_format, 0)
        self._bounds = columns.bounds(settings.rules) if settings.rules.impossible_time else (-MOST_TIME, MOST_TIME)
        self._unfit = 0

    def clean(self, content: bytes) -> _Clean:
        """Clean what `_blocks` gives.

        Raises:
            NotPlain: there is something that only DuckDB should clean.
            pyarrow.ArrowInvalid: a row has more or fewer cells than others, or a value is no number.
        """
        if self._unfit < MOST_UNFIT:
            try:
                return self._taken_apart(Cells(content, len(self._source.columns), self._source.delimiter))
            except Unfit:
                self._unfit += 1
        return self._cleaned(self._read(memoryview(content)[len(BEFORE) :]))

    def _taken_apart(self, cells: Cells) -> _Clean:
        """Clean rows whose ids are whole numbers and whose other cells are short."""
        import pyarrow as pa

        cells.check_utf8()
        place = self._places
        ids = {role: cells.whole(place[role], canonical=True) for role in ("user", "item")}
        if max(int(column.max(initial=0)) for column in ids.values()) >= MOST_WHOLE:
            raise Unfit
        told: dict[int, _Told] = dict.fromkeys(_MISSING, partial(cells.texts, place["item"]))
        rule, kept, quotes = np.zeros(cells.rows, np.uint8), dict[str, Any](), 0
        if "time" in place:
            told |= dict.fromkeys(_WRONG_TIME, partial(cells.texts, place["time"]))
            if self._unit:
                time = cells.whole(place["time"])
                time = self._times(time, time < 0, rule)
            else:
                time = cells.moments(place["time"])
                time = self._bounded(time, time == NO_TIME, rule)
            kept["time"] = pa.array(time)
        if "behaviour" in place:
            words = cells.words(place["behaviour"])
            kept["behaviour"], quotes = self._words(words, rule, told), self._count_quoted(words)
        for role in ("item", "user"):
            rule[ids[role] < 0] = RULE_CODES[f"missing_{role}"]
        if "value" in place:
            kept["value"] = _values(cells.words(place["value"]))
        if self._quote and cells.count(self._quote) != quotes:
            raise Unfit
        if len(broken := np.flatnonzero(rule)):
            for column in ids.values():
                column[broken] = -1
            if "behaviour" in kept:
                kept["behaviour"] = _masked(kept["behaviour"], rule == 0)
        return _Clean(pa.RecordBatch.from_pydict({**ids, **kept}), rule, told)

    def _count_quoted(self, words: pa.DictionaryArray) -> int:
        """How many quotation marks are around words."""
        quoted = [word.startswith(self._quote) for word in words.dictionary.to_pylist()] if self._quote else []
        return 2 * int(np.array([*quoted, False])[filled(words.indices, -1)].sum()) if any(quoted) else 0

    def _read(self, rows: memoryview) -> pa.RecordBatch:
        """Rows by Arrow: values as floats, all other columns as texts, null where they are empty."""
        import pyarrow as pa
        from pyarrow import csv

        names, value = list(self._source.columns), self._names.get("value")
        table = csv.read_csv(
            pa.BufferReader(pa.py_buffer(rows)),
            read_options=csv.ReadOptions(block_size=len(rows) + 1, column_names=names, use_threads=False),
            # Quotation marks are looked at where they stand: each cell must have none or be one between two.
            parse_options=csv.ParseOptions(delimiter=self._source.delimiter, quote_char=False),
            # Texts that may be no UTF-8 are looked at later: of digits it is known.
            convert_options=csv.ConvertOptions(
                column_types={name: pa.float32() if name == value else pa.string() for name in names},
                null_values=[""],
                strings_can_be_null=True,
                check_utf8=False,
            ),
        )
        return pa.RecordBatch.from_arrays([whole(column) for column in table.columns], names)

    def _cleaned(self, block: pa.RecordBatch) -> _Clean:
        """Clean rows of any plain texts."""
        import pyarrow as pa

        for name in self._unused:
            self._is_sound(block.column(name))
        texts = {role: self._plain(block.column(self._names[role])) for role in ("user", "item")}
        rule, kept = np.zeros(block.num_rows, np.uint8), dict[str, Any]()
        told = dict.fromkeys(_MISSING, _told(texts["item"]))
        if "time" in self._names:  # the rule that counts is the first: it is written last
            written = self._column(block, "time")
            told |= dict.fromkeys(_WRONG_TIME, _told(written))
            time = integers(written)
            if time is None:
                raise NotPlain
            kept["time"] = pa.array(self._times(time, _nulls(written), rule))
        if "behaviour" in self._names:
            texts["behaviour"] = self._words(self._column(block, "behaviour").dictionary_encode(), rule, told)
        for role in ("item", "user"):
            if texts[role].null_count:
                rule[_nulls(texts[role])] = RULE_CODES[f"missing_{role}"]
        if "value" in self._names:
            kept["value"] = _finite(self._column(block, "value"))
        if rule.any():
            texts = {role: _masked(column, rule == 0) for role, column in texts.items()}
        return _Clean(pa.RecordBatch.from_pydict({**texts, **kept}), rule, told)

    def _column(self, block: pa.RecordBatch, role: str) -> pa.Array:
        return block.column(self._names[role])

    def _times(
        self, found: NDArray[np.int64], missing: NDArray[np.bool_], rule: NDArray[np.uint8]
    ) -> NDArray[np.int64]:
        """Microseconds since 1970 UTC of numbers; notes rows without a time or outside of the bounds."""
        if not self._unit:
            raise NotPlain  # they are no numbers
        most = max(int(found.max(initial=0)), -int(found.min(initial=0)))
        if most >= MOST_TIME // self._unit:
            raise NotPlain
        time = found * self._unit
        if most * self._unit >= EXACT:
            time = np.rint(found.astype(np.float64) * self._unit).astype(np.int64)
        return self._bounded(time, missing, rule)

    def _bounded(
        self, time: NDArray[np.int64], missing: NDArray[np.bool_], rule: NDArray[np.uint8]
    ) -> NDArray[np.int64]:
        first, last = self._bounds
        if len(time) and (time.min() < first or time.max() > last):
            rule[(time < first) | (time > last)] = RULE_CODES["impossible_time"]
        rule[missing] = RULE_CODES["unreadable_time"]
        return time

    def _words(self, texts: pa.DictionaryArray, rule: NDArray[np.uint8], told: dict[int, _Told]) -> pa.DictionaryArray:
        """Behaviours; notes rows in which they are missing or invalid."""
        coded = self._unquoted(texts)
        words: list[str] = coded.dictionary.to_pylist()
        if len(words) > MOST_WORDS:
            raise NotPlain
        invalid = np.array([word in self._invalid for word in words] + [True])  # the last is for null
        for word, known in zip(words, invalid, strict=False):
            if not known and (word < "!" or word.startswith("'") or word.endswith(" ") or "\0" in word):
                raise NotPlain
        code = RULE_CODES["invalid_behaviour"]
        if invalid[:-1].any() or coded.null_count:
            rule[invalid[filled(coded.indices, -1)]] = code
        told[code] = _told(coded)
        return coded

    def _plain(self, texts: pa.Array) -> pa.Array:
        """Ids: as they are where they are digits, else as codes of a dictionary."""
        import pyarrow as pa
        import pyarrow.compute as pc

        written = characters(texts)
        if not len(written) or (written.min() >= ord("0") and written.max() <= ord("9")):
            return texts
        coded = self._unquoted(texts.dictionary_encode())
        ids = coded.dictionary
        sound = pc.and_not(pc.greater_equal(ids, "!"), pc.ends_with(ids, " "))
        sound = pc.and_not(sound, pc.is_in(ids, pa.array(self._missing, pa.string())))
        if len(ids) and (not pc.all(sound).as_py() or (characters(ids) == 0).any()):
            raise NotPlain
        return coded

    def _unquoted(self, coded: pa.DictionaryArray) -> pa.DictionaryArray:
        """Texts without the quotation marks around them."""
        import pyarrow as pa
        import pyarrow.compute as pc

        texts = coded.dictionary
        if not self._quote or not (characters(texts) == ord(self._quote)).any():
            self._is_sound(texts)
            return coded
        quoted = pc.and_(pc.starts_with(texts, self._quote), pc.ends_with(texts, self._quote))
        quoted = pc.and_(quoted, pc.greater(pc.binary_length(texts), 1))
        texts = pc.if_else(quoted, pc.utf8_slice_codeunits(texts, 1, -1), texts)
        self._is_sound(texts)
        return pa.DictionaryArray.from_arrays(coded.indices, texts)

    def _is_sound(self, texts: pa.Array) -> None:
        """Raise `NotPlain` if there is a quotation mark, and `pyarrow.ArrowInvalid` if a text is no UTF-8."""
        written = characters(texts)
        if self._quote and (written == ord(self._quote)).any():
            raise NotPlain
        if written.max(initial=0) >= 128:
            texts.validate(full=True)


def _told(texts: pa.Array) -> _Told:
    """What stands in some rows of a column."""

    def told(rows: NDArray[np.int64]) -> list[str | None]:
        import pyarrow as pa

        return [text or None for text in texts.take(pa.array(rows)).to_pylist()]  # "" is empty, too

    return told


def _values(words: pa.DictionaryArray) -> pa.Array:
    """Numbers of texts, as Arrow reads them."""
    import pyarrow as pa

    if not all(NUMBER.fullmatch(word) for word in words.dictionary.to_pylist() if word is not None):
        raise Unfit
    return _finite(words.dictionary.cast(pa.float32()).take(words.indices))


def _finite(values: pa.Array) -> pa.Array:
    if not np.isfinite(filled(values, 0)).all():
        raise NotPlain
    return values


def _nulls(texts: pa.Array) -> NDArray[np.bool_]:
    import pyarrow.compute as pc

    return flags(pc.is_null(texts))


def _masked(texts: pa.Array, sound: NDArray[np.bool_]) -> pa.Array:
    """The texts of sound rows, and null for the others."""
    import pyarrow as pa

    if pa.types.is_dictionary(texts.type):
        codes = pa.array(filled(texts.indices, 0), mask=~sound)
        return pa.DictionaryArray.from_arrays(codes, texts.dictionary)
    present = pa.py_buffer(np.packbits(sound, bitorder="little"))
    return pa.Array.from_buffers(texts.type, len(texts), [present, *texts.buffers()[1:]])
