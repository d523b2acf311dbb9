"""A DuckDB apart from that of a workspace leaves nothing readable on the disk, and nothing at all in the end."""

from __future__ import annotations

from pathlib import Path

import pytest

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
