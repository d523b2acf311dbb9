"""Lists of what is in stock as other programs write them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SeqlensError
from core.recommend.stock_files import read_stock

KNOWN = pa.array(["i1", "i2", "商品三", "4", 'five "5"'])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_encodings_and_delimiters_are_found(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [("商品ID", "数量"), ("i2", "4"), ("商品三", "1"), ("没有", "7"), ("i2", "1")]
    file = tmp_path / "stock.csv"
    file.write_text("\n".join(delimiter.join(row) for row in rows) + "\n", encoding=encoding)
    found = read_stock(file, KNOWN)
    assert (found.ids, found.unknown) == (("i2", "商品三"), ("没有",))


@pytest.mark.parametrize(
    ("text", "ids", "unknown"),
    [
        ("i1\ni2\n", ("i1", "i2"), ()),
        ("i1\r\nnone1\r\n\r\n4\r\n", ("i1", "4"), ("none1",)),
        ("in stock\ni1\n", ("i1",), ()),  # a name of the column that nobody knows
        ("x9\ni1\n", ("i1",), ("x9",)),  # an id
        ("number,item_id\n7,i2\n1,i1\n", ("i2", "i1"), ()),
        ('"five ""5""",1\n i1 ,2\n', ('five "5"', "i1"), ()),
        ("item\n4\n4.0\n", ("4",), ("4.0",)),
    ],
)
def test_lists_and_tables(tmp_path: Path, text: str, ids: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    file = tmp_path / "stock.txt"
    file.write_text(text, encoding="utf-8", newline="")
    found = read_stock(file, KNOWN)
    assert (found.ids, found.unknown) == (ids, unknown)
    file.write_bytes(gzip.compress(text.encode()))
    assert read_stock(file, KNOWN) == found


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    with pytest.raises(SeqlensError, match="There is no file"):
        read_stock(file, KNOWN)
    file.write_text("", encoding="utf-8")
    with pytest.raises(SeqlensError, match="holds no id"):
        read_stock(file, KNOWN)
    file.write_bytes(gzip.compress(b"i1\ni2\n" * 100)[:-12])
    with pytest.raises(SeqlensError, match="cut off gzip"):
        read_stock(file, KNOWN)
    file.write_bytes(b"PK\x03\x04" + bytes(200))
    with pytest.raises(SeqlensError, match="binary"):
        read_stock(file, KNOWN)
    with pytest.raises(SeqlensError, match="cannot be read"):
        read_stock(tmp_path, KNOWN)


@given(st.lists(st.sampled_from(["i1", "i2", "商品三", "4", "zz1", "yy2"]), min_size=1, max_size=30))
def test_every_id_is_known_or_told(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    file = tmp_path_factory.mktemp("stock") / "s.csv"
    file.write_text("item_id\n" + "\n".join([*names, "i1"]) + "\n", encoding="gbk")
    found = read_stock(file, KNOWN)
    assert set(found.ids) | set(found.unknown) == {*names, "i1"}
    assert set(found.ids) <= set(KNOWN.to_pylist())
    assert not set(found.unknown) & set(KNOWN.to_pylist())


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.mktemp("stock") / "s.csv"
    file.write_bytes(b"i1\n" + data)
    try:
        found = read_stock(file, KNOWN)
    except SeqlensError:
        return
    assert set(found.ids) <= set(KNOWN.to_pylist())
