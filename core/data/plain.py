"""The first pass over files that are plain: UTF-8, with ids, a word for the behaviour, a number for the time.

Arrow reads such a file in half the time that DuckDB takes, and of cells that need no cleaning only the different ones
are looked at. Whatever is not plain, anywhere in a file, leaves all of it to `core.data.staging`, which makes the same
of a plain file too.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.data import columns
from core.data.arrow import filled, flags
from core.data.gathering import Gathered
from core.data.plan import Planned
from core.data.reader import Source
from core.data.scan import Scan
from core.data.settings import ImportSettings
from core.data.staging import RULE_CODES, Staged, Taking, invalid_codes, roles_of
from core.data.texts import characters, integers
from core.progress import Progress

if TYPE_CHECKING:
    import pyarrow as pa

ROLES = frozenset(("user", "item", "behaviour", "time", "value"))
BLOCK = 1 << 20
"""Bytes that are read at once; what becomes of them stays in the processor's cache."""
AHEAD = 4  # blocks that are read before they are asked for
SAMPLE = 1000  # rows that are looked at before a file is tried
MOST_WORDS = 1000  # different behaviours in a block
EXACT, MOST_TIME = 1 << 53, 9 * 10**18  # microseconds; DuckDB computes them as doubles


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
        for block in _ahead(_blocks(planned.source, planned.column("value"))):
            rule, events = cleaning.clean(block)
            taking.take(events, rule, cleaning.wrong)
            progress.step(min(taking.records, total), total, "Reading {file}", file=planned.source.path.name)
    except (NotPlain, pa.ArrowInvalid, OSError):
        gathered.back_to(mark, file)
        return None
    return taking.staged(roles_of(planned, settings, timed))


def _may_be(planned: Planned, scan: Scan, settings: ImportSettings, timed: bool) -> bool:
    """Whether a file is plain as far as its beginning tells."""
    source, rules = planned.source, settings.rules
    if source.kind != "events" or source.format == "parquet" or source.compressed or scan.encoding != "utf-8":
        return False
    if len(source.delimiter) != 1 or source.delimiter == " " or not scan.alike or not _has_plain_header(source):
        return False
    if not roles_of(planned, settings, timed) <= ROLES or planned.column("item") is None:
        return False
    if "behaviour" in settings.fill or not (rules.missing_user and rules.missing_item and rules.invalid_behaviour):
        return False
    # Ids of digits are not compared with these.
    return not any(token.isdigit() for token in settings.missing) and _has_plain_sample(planned, settings, timed)


def _has_plain_header(source: Source) -> bool:
    """Whether the header ends with its line: a quoted name may have a line break."""
    try:
        with source.path.open("rb") as content:
            lines = [content.readline(BLOCK) for _ in range(source.skip + source.header)]
    except OSError:
        return False
    return not source.quote or all(line.count(source.quote.encode()) % 2 == 0 for line in lines)


def _has_plain_sample(planned: Planned, settings: ImportSettings, timed: bool) -> bool:
    source = planned.source
    if timed and (name := planned.column("time")):
        if planned.time_format not in columns.MICROSECONDS:
            return False
        if not all(value.removeprefix("-").isdigit() for value in source.values(name)[:SAMPLE]):
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


def _blocks(source: Source, value: str | None) -> Iterator[pa.RecordBatch]:
    """The rows of a file, a block at a time: values as floats, all other columns as texts, null where they are empty.

    Raises:
        pyarrow.ArrowInvalid: a row has more or fewer cells than others or is too long, or a value is no number.
    """
    import pyarrow as pa
    from pyarrow import csv

    kinds = {name: pa.float32() if name == value else pa.string() for name in source.columns}
    yield from csv.open_csv(
        source.path,
        read_options=csv.ReadOptions(
            block_size=BLOCK, skip_rows=source.skip + source.header, column_names=list(source.columns)
        ),
        # Quotation marks are looked at where they stand: each cell must have none or be one between two.
        parse_options=csv.ParseOptions(delimiter=source.delimiter, quote_char=False),
        # Texts that may be no UTF-8 are looked at later: of digits it is known.
        convert_options=csv.ConvertOptions(
            column_types=kinds, null_values=[""], strings_can_be_null=True, check_utf8=False
        ),
    )


def _ahead(blocks: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same blocks, read by a thread of its own while those before them are cleaned."""
    with ThreadPoolExecutor(1, "seqlens-reading") as reading:
        coming = deque(reading.submit(next, blocks, None) for _ in range(AHEAD))
        while (block := coming.popleft().result()) is not None:
            coming.append(reading.submit(next, blocks, None))
            yield block


class _Cleaning:
    """Finds which rows of a file break a rule, and what is kept of the others."""

    def __init__(self, planned: Planned, settings: ImportSettings, timed: bool) -> None:
        self._quote = planned.source.quote
        self._missing, self._invalid = settings.missing, {*invalid_codes(settings), *settings.missing}
        self._names = {role: name for role in ROLES if (name := planned.column(role)) and (role != "time" or timed)}
        self._unused = [name for name in planned.source.columns if name not in self._names.values()]
        self._unit = columns.MICROSECONDS.get(planned.time_format, 0)
        self._bounds = columns.bounds(settings.rules) if settings.rules.impossible_time else (-MOST_TIME, MOST_TIME)
        self._told: Mapping[int, pa.Array] = {}

    def wrong(self, rule: int, rows: NDArray[np.int64]) -> list[str | None]:
        """What stands where rows of the last block break a rule."""
        import pyarrow as pa

        texts: list[str | None] = self._told[rule].take(pa.array(rows)).to_pylist()
        return texts

    def clean(self, block: pa.RecordBatch) -> tuple[NDArray[np.uint8], pa.RecordBatch]:
        """The code of the rule that each row breaks, 0 for none, and the columns of `Gathered`.

        Raises:
            NotPlain: there is something that only DuckDB should clean.
        """
        import pyarrow as pa

        for name in self._unused:
            self._is_sound(block.column(name))
        texts = {role: self._plain(block.column(self._names[role])) for role in ("user", "item")}
        kept: dict[str, Any] = {}
        rule = np.zeros(block.num_rows, np.uint8)
        self._told = told = {RULE_CODES["missing_user"]: texts["item"], RULE_CODES["missing_item"]: texts["item"]}
        if "time" in self._names:  # the rule that counts is the first: it is written last
            told[RULE_CODES["unreadable_time"]] = told[RULE_CODES["impossible_time"]] = self._column(block, "time")
            kept["time"] = pa.array(self._times(self._column(block, "time"), rule))
        if "behaviour" in self._names:
            texts["behaviour"], invalid = self._words(self._column(block, "behaviour"))
            told[RULE_CODES["invalid_behaviour"]] = texts["behaviour"]
            rule[invalid] = RULE_CODES["invalid_behaviour"]
        for role in ("item", "user"):
            if texts[role].null_count:
                rule[_nulls(texts[role])] = RULE_CODES[f"missing_{role}"]
        if "value" in self._names:
            kept["value"] = self._column(block, "value")
            if not np.isfinite(filled(kept["value"], 0)).all():
                raise NotPlain
        if rule.any():
            texts = {role: _masked(column, rule == 0) for role, column in texts.items()}
        return rule, pa.RecordBatch.from_pydict({**texts, **kept})

    def _column(self, block: pa.RecordBatch, role: str) -> pa.Array:
        return block.column(self._names[role])

    def _times(self, texts: pa.Array, rule: NDArray[np.uint8]) -> NDArray[np.int64]:
        """Microseconds since 1970 UTC; notes rows without a time or outside of the bounds."""
        found = integers(texts)
        if found is None or np.abs(found).max(initial=0) >= MOST_TIME // self._unit:
            raise NotPlain
        time = found * self._unit
        if np.abs(time).max(initial=0) >= EXACT:
            time = np.rint(found.astype(np.float64) * self._unit).astype(np.int64)
        first, last = self._bounds
        rule[(time < first) | (time > last)] = RULE_CODES["impossible_time"]
        if texts.null_count:
            rule[_nulls(texts)] = RULE_CODES["unreadable_time"]
        return time

    def _words(self, texts: pa.Array) -> tuple[pa.Array, NDArray[np.bool_]]:
        """Behaviours as codes of a dictionary, and which of them are missing or invalid."""
        coded = self._unquoted(texts.dictionary_encode())
        words: list[str] = coded.dictionary.to_pylist()
        if len(words) > MOST_WORDS:
            raise NotPlain
        invalid = np.array([word in self._invalid for word in words] + [True])  # the last is for null
        for word, known in zip(words, invalid, strict=False):
            if not known and (word < "!" or word.startswith("'") or word.endswith(" ") or "\0" in word):
                raise NotPlain
        return coded, invalid[filled(coded.indices, -1)]

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
