"""A DuckDB apart from that of a workspace leaves nothing readable on the disk, and nothing at all in the end."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from core.data import extensions
from core.data.database import Database, apart


@pytest.mark.parametrize("key", [None, "a key"])
def test_what_it_spills_is_kept_as_the_workspace_is(tmp_path: Path, key: str | None) -> None:
    path = tmp_path / "x.seqlens"
    with Database(path, key) as database, database.cursor() as cursor:
        with apart(cursor) as reading:
            reading.execute("SET memory_limit = '90MB'; SET threads = 1")
            reading.execute("CREATE TEMP TABLE t AS SELECT range, 'secretword' || range AS s FROM range(3000000)")
            spilled = [file.read_bytes() for file in tmp_path.glob("x.seqlens.tmp2/*")]
            assert spilled
            assert any(b"secretword1" in content for content in spilled) == (key is None)
        assert not list(tmp_path.glob("*.tmp*"))
    left = tmp_path / "x.seqlens.tmp2"
    left.mkdir()
    (left / "of a killed process").touch()
    with Database(path, key):
        assert not left.exists()


def test_two_at_once_spill_into_folders_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "x.seqlens"
    with Database(path) as database, database.cursor() as cursor:
        with apart(cursor, "90MB") as one, apart(cursor, "90MB") as other:
            for reading in (one, other):
                reading.execute("SET threads = 1")
                reading.execute("CREATE TEMP TABLE t AS SELECT range, 'a word ' || range AS s FROM range(3000000)")
            assert all(list(tmp_path.glob(f"x.seqlens.tmp{number}/*")) for number in (2, 3))
            for reading in (one, other):
                wrong = "SELECT count(*) FROM t WHERE s <> 'a word ' || range"
                assert reading.execute(wrong).fetchall() == [(0,)]
        with apart(cursor) as again:
            assert again.execute("SELECT current_setting('temp_directory')").fetchall() == [(f"{path}.tmp2",)]
    for number in ("", 2, 3):
        left = tmp_path / f"x.seqlens.tmp{number}"
        left.mkdir()
        (left / "of a killed process").touch()
    (tmp_path / "x.seqlens.tmp.csv").touch()  # somebody else's
    with Database(path):
        assert [one.name for one in tmp_path.glob("x.seqlens.tmp*")] == ["x.seqlens.tmp.csv"]


def test_a_folder_that_does_not_tell_its_names_holds_a_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refused)
    with Database(tmp_path / "x.seqlens") as database, database.cursor() as cursor, apart(cursor) as reading:
        assert reading.execute("SELECT 1").fetchall() == [(1,)]


def test_it_takes_extensions_on_trust_and_only_those_that_are_named(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "w")) as connection, apart(connection) as reading:
        with pytest.raises(duckdb.Error, match="not in the catalog"):  # it is neither fetched nor looked for
            reading.execute("FROM sqlite_scan('a.db', 'events')")
        reading.execute("SET TimeZone = 'UTC'")
        extensions.load(reading, "encodings")
        trust = "SELECT current_setting('allow_unsigned_extensions')"
        assert reading.execute(trust).fetchall() == [(True,)]  # or DuckDB hashes 350 MB for each such file
        assert connection.execute(trust).fetchall() == [(False,)]
