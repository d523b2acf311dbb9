"""Names of files that are patterns to DuckDB."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.core.data.importing import bring, database, events, write


@pytest.mark.parametrize(("name", "like"), [("shop[1].csv", "shop1.csv"), ("shop?.csv", "shopx.csv")])
def test_a_file_whose_name_is_a_pattern_is_read_alone(tmp_path: Path, name: str, like: str) -> None:
    write(tmp_path / like, "user_id,item_id,timestamp\nwrong,a,1700000000\n")
    chosen = write(tmp_path / name, "user_id,item_id,timestamp\nright,a,1700000000\nright,b,1700000100\n")
    connection = database()
    report = bring(connection, chosen)
    assert report.kept == 2
    assert events(connection, ("user", "item")) == [("right", "a"), ("right", "b")]


def test_so_is_a_parquet_file_in_such_a_folder(tmp_path: Path) -> None:
    for name, user in (("[1]", "right"), ("1", "wrong")):
        (tmp_path / name).mkdir()
        rows = f"SELECT '{user}' AS user_id, 'a' AS item_id, 1700000000 AS \"timestamp\""
        duckdb.sql(f"COPY ({rows}) TO '{tmp_path / name / 'shop.parquet'}'")
    connection = database()
    bring(connection, tmp_path / "[1]" / "shop.parquet")
    assert events(connection, ("user",)) == [("right",)]
