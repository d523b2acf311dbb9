"""Vectors that were made elsewhere come in from every kind of file, and what cannot be used is counted and said."""

from __future__ import annotations

import io
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.data.outside import read_vectors
from core.errors import SeqlensError
from core.progress import Progress

KNOWN = pa.array(["a", "b", "图 3", "d"])
MATRIX = np.array([[3, 4, 0], [0, 0, 2], [1, 0, 0], [9, 9, 9], [0, 5, 0]], dtype=np.float64)
IDS = ["b", "a", "图 3", "nobody", "b"]  # the second "b" holds
WANTED = np.array([[0, 0, 1], [0, 1, 0], [1, 0, 0]], dtype=np.float32)  # of a, b and 图 3


def read(path: Path, ids: Path | None = None) -> tuple[NDArray[np.int32], NDArray[np.float32], dict[str, int]]:
    codes, vectors, taken = read_vectors(duckdb.connect(), path, ids, KNOWN, Progress())
    assert taken.read == taken.kept + sum(taken.left_out.values())
    assert taken.kept == taken.items == len(codes)
    return codes, vectors, dict(taken.left_out)


@pytest.fixture(
    params=["npy", "npy-csv", "npy-by-column", "parquet-list", "parquet-columns", "csv-columns", "csv-list"]
)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The same vectors in every way in which they may be written."""
    kind = str(request.param)
    lists = ["[" + ", ".join(map(str, row)) + "]" for row in MATRIX.tolist()]
    if kind.startswith("npy"):
        as_stored = np.asfortranarray(MATRIX.astype(">f4")) if kind == "npy-by-column" else MATRIX.astype(np.float16)
        np.save(tmp_path / "audio.npy", as_stored)
        text = "\n".join(IDS) if kind != "npy-csv" else "n,item_id\n" + "\n".join(f"{n},{i}" for n, i in enumerate(IDS))
        (tmp_path / ("audio.txt" if kind != "npy-csv" else "audio.csv")).write_text(text + "\n", "utf-8")
        return tmp_path / "audio.npy"
    if kind == "csv-list":
        rows = "".join(f'{i},"{text}"\n' for i, text in zip(IDS, lists, strict=True))
        (tmp_path / "audio.csv").write_text("item_id,vector\n" + rows, "utf-8")
        return tmp_path / "audio.csv"
    if kind == "csv-columns":
        rows = "".join(f"{i}," + ",".join(map(str, row)) + "\n" for i, row in zip(IDS, MATRIX.tolist(), strict=True))
        (tmp_path / "audio.csv").write_text("item_id,x,y,z\n" + rows, "utf-8")
        return tmp_path / "audio.csv"
    columns = {"title": pa.array(["t"] * 5), "item_id": pa.array(IDS)}
    if kind == "parquet-list":
        columns["embedding"] = pa.array(MATRIX.tolist(), pa.list_(pa.float64()))
    else:
        columns |= {name: pa.array(MATRIX[:, place]) for place, name in enumerate("xyz")}
    with duckdb.connect() as connection:
        connection.register("made", pa.table(columns))
        connection.execute(f"COPY made TO '{tmp_path / 'audio.parquet'}' (FORMAT parquet)")
    return tmp_path / "audio.parquet"


def test_every_kind_of_file_gives_the_same(made: Path) -> None:
    codes, vectors, left = read(made)
    assert codes.tolist() == [0, 1, 2]
    np.testing.assert_allclose(vectors, WANTED, atol=1e-6)
    assert left == {"unknown_item": 1, "superseded": 1}


def test_what_cannot_be_used_is_counted_with_its_place(tmp_path: Path) -> None:
    rows = ["item_id,vector", 'a,"[1, 0]"', 'b,"[1, 2, 3]"', 'd,"[0, 0]"', ',"[1, 1]"', '图 3,"[nan, 1]"', 'z,"[1, 1]"']
    (tmp_path / "v.csv").write_text("\n".join([*rows, 'a,"[0, 7]"']), "utf-8")
    codes, vectors, taken = read_vectors(duckdb.connect(), tmp_path / "v.csv", None, KNOWN, Progress())
    assert codes.tolist() == [0]
    assert vectors.tolist() == [[0, 1]]
    assert taken.left_out == {
        "other_length": 1,
        "no_direction": 1,
        "missing_item": 1,
        "not_finite": 1,
        "unknown_item": 1,
        "superseded": 1,
    }
    assert taken.first["other_length"] == (2, "b")
    assert taken.first["not_finite"] == (5, "图 3")
    assert taken.first["unknown_item"] == (6, "z")


def npy(array: NDArray[np.generic]) -> bytes:
    file = io.BytesIO()
    np.save(file, array, allow_pickle=True)
    return file.getvalue()


HUGE = npy(np.zeros((2, 3)))
HUGE = HUGE.replace(b"(2, 3)", b"(900000000000, 16000)"[:21])[: len(HUGE)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (npy(np.array([{"harm": 1}], dtype=object)), "no plain numbers"),
        (npy(np.zeros((2, 3)))[:-8], "cut off"),
        (npy(np.zeros(6)), "shape"),
        (npy(np.zeros((2, 20_000), dtype=np.float16)), "at most"),
        (npy(np.array(["a", "b"])), "no plain numbers"),
        (b"\x93NUMPY\x01\x00\xff\xff", "no NumPy file"),
        (b"not numpy at all", "no NumPy file"),
        (HUGE, "no NumPy file|not as long"),
        (npy(np.zeros((2, 3))).replace(b"(2, 3), }", b"(2, 3,   "), "no NumPy file"),  # a header without an end
        (npy(np.zeros((1, 3))).replace(b"(1, 3), }", b"(True, 3)}"), "shape"),
    ],
)
def test_a_file_that_is_damaged_or_made_to_do_harm_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "v.npy").write_bytes(data)
    (tmp_path / "v.txt").write_text("a\nb\n")
    with pytest.raises(SeqlensError, match=said):
        read_vectors(duckdb.connect(), tmp_path / "v.npy", None, KNOWN, Progress())


@given(st.binary(max_size=200))
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "v.npy")
        path.write_bytes(npy(np.zeros((2, 2)))[:8] + data)
        Path(folder, "v.txt").write_text("a\nb\n")
        with pytest.raises(SeqlensError):
            read_vectors(duckdb.connect(), path, None, KNOWN, Progress())


def test_ids_must_be_there_and_as_many(tmp_path: Path) -> None:
    np.save(tmp_path / "v.npy", np.ones((2, 3)))
    with pytest.raises(SeqlensError, match=r"v\.txt"):
        read(tmp_path / "v.npy")
    (tmp_path / "other.txt").write_text("item_id\na\nb\n")
    assert read(tmp_path / "v.npy", tmp_path / "other.txt")[0].tolist() == [0, 1]
    (tmp_path / "other.txt").write_text("a\nb\nd\n")
    with pytest.raises(SeqlensError, match="3 ids, and there are 2"):
        read(tmp_path / "v.npy", tmp_path / "other.txt")
    (tmp_path / "other.txt").write_text("x\ny\n")
    with pytest.raises(SeqlensError, match="row 1 is about x"):
        read(tmp_path / "v.npy", tmp_path / "other.txt")


def test_a_table_needs_an_item_and_numbers(tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text("who,x,y\na,1,2\n")
    with pytest.raises(SeqlensError, match="no column for the item"):
        read(tmp_path / "v.csv")
    (tmp_path / "v.csv").write_text("item_id,vector\na,long\nb,short\n")
    with pytest.raises(SeqlensError, match="no column of numbers"):
        read(tmp_path / "v.csv")
