"""Files that other programs write into, replace or remove while they are imported."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from core.data.importer import import_files
from core.data.settings import ImportSettings
from core.data.steady import Changed, Steady
from core.data.watching import Watch
from core.errors import SeqlensError
from core.progress import Progress
from tests.core.data.importing import LOG, bring, check_tables, database, everything, rows, write

MORE = "9,c,view,1700000200\n"


class Meanwhile(Progress):
    """Does something when a step with a message begins."""

    def __init__(self, message: str, act: Callable[[], object]) -> None:
        super().__init__()
        self._message, self._act = message, act
        self.acted = False

    def report(self, _fraction: float, message: str, _figures: object) -> None:
        if message == self._message and not self.acted:
            self.acted = True
            self._act()


def append(path: Path, more: str = MORE) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(more)


def replace(path: Path, content: bytes) -> None:
    beside = path.with_name("beside")
    beside.write_bytes(content)
    beside.replace(path)


def brought(connection: duckdb.DuckDBPyConnection, path: Path, message: str, act: Callable[[], object]) -> None:
    progress = Meanwhile(message, act)
    try:
        with connection.cursor() as cursor:
            import_files(cursor, ImportSettings((path,)), progress)
    finally:
        assert progress.acted


CASES: dict[str, Callable[[Path], object]] = {
    "appended": append,
    "replaced": lambda path: replace(path, LOG.replace("b,buy", "z,buy").encode()),
    "written over": lambda path: path.write_text(LOG.replace("b,buy", "z,buy")),
    "cut": lambda path: os.truncate(path, len(LOG) // 2),
    "emptied": lambda path: os.truncate(path, 0),
}


@pytest.mark.parametrize("message", ["Looking at the files", "Checking {file}", "Reading {file}"])
@pytest.mark.parametrize("case", CASES)
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, case: str, message: str) -> None:
    connection = database(tmp_path / "workspace")
    bring(connection, write(tmp_path / "before.csv", LOG.replace("17000", "16000")))
    before = everything(connection)
    path = write(tmp_path / "grows.csv", LOG)
    if message == "Looking at the files":  # nothing was read before it: what is there then is what is imported
        brought(connection, path, message, lambda: append(path))
        assert rows(connection, "SELECT sha256 FROM files WHERE file = 1") == [(digest(path),)]
        return
    with pytest.raises(Changed, match=r"grows\.csv was changed while it was read"):
        brought(connection, path, message, lambda: CASES[case](path))
    assert everything(connection) == before
    check_tables(connection)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_it_is_imported_once_it_stays_as_it_is_and_its_fingerprint_is_that_of_what_was_read(tmp_path: Path) -> None:
    connection = database(tmp_path / "workspace")
    path = write(tmp_path / "grows.csv", LOG)
    with pytest.raises(Changed):
        brought(connection, path, "Reading {file}", lambda: append(path))
    report = bring(connection, path)
    assert (report.events, report.files[0].sha256) == (4, digest(path))
    assert rows(connection, "SELECT sha256, bytes FROM files") == [(digest(path), path.stat().st_size)]


@pytest.mark.parametrize("act", [append, Path.unlink])
def test_what_happens_to_a_file_after_it_was_read_is_no_matter(tmp_path: Path, act: Callable[[Path], object]) -> None:
    connection = database(tmp_path / "workspace")
    path = write(tmp_path / "grows.csv", LOG)
    was = digest(path)
    brought(connection, path, "Ordering events", lambda: act(path))
    assert rows(connection, "SELECT sha256 FROM files") == [(was,)]
    assert rows(connection, "SELECT count(*) FROM events") == [(3,)]
    check_tables(connection)


def test_lines_of_what_was_rejected_are_not_looked_for_in_another_file(tmp_path: Path) -> None:
    connection = database(tmp_path / "workspace")
    broken = LOG + ',"x\n\ny",view,1700000300\n'  # a line break in a cell: the lines are looked for
    path = write(tmp_path / "grows.csv", broken)
    with pytest.raises(Changed):
        brought(connection, path, "Ordering events", lambda: append(path))
    with pytest.raises(SeqlensError, match=r"cannot be read|can no longer be read"):
        brought(connection, path, "Ordering events", path.unlink)
    assert rows(connection, "SELECT count(*) FROM events") == [(0,)]
    check_tables(connection)


def test_a_packed_file_that_grows_is_refused_as_changed_and_not_as_damaged(tmp_path: Path) -> None:
    connection = database(tmp_path / "workspace")
    path = write(tmp_path / "grows.csv.gz", gzip.compress(LOG.encode()))
    with pytest.raises(Changed):
        brought(connection, path, "Checking {file}", lambda: append(path, "no gzip"))


def test_parquet_files_are_watched_too_alone_and_in_a_data_set(tmp_path: Path) -> None:
    connection = database(tmp_path / "workspace")
    folder = tmp_path / "set"
    folder.mkdir()
    log = write(tmp_path / "log.csv", LOG)
    for name in ("a", "b"):
        duckdb.execute(f"COPY (FROM read_csv('{log}', all_varchar = true)) TO '{folder / name}.parquet'")
    other = tmp_path / "other.parquet"
    duckdb.execute(f"COPY (SELECT * REPLACE ('z' AS item_id) FROM read_csv('{log}', all_varchar = true)) TO '{other}'")
    for place in (folder, folder / "b.parquet"):
        with pytest.raises(Changed, match=r"b\.parquet was changed"):
            brought(connection, place, "Reading {file}", lambda: shutil.copy(other, folder / "b.parquet"))
        shutil.copy(folder / "a.parquet", folder / "b.parquet")
    assert rows(connection, "SELECT count(*) FROM events") == [(0,)]
    assert bring(connection, folder).new_events == 3  # the two are alike


def test_marks_cost_no_pass_over_the_bytes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", LOG)
    steady = Steady([path, tmp_path / "none.csv", Path("s3://bucket/a.parquet"), tmp_path])
    path.chmod(0o200)  # nobody reads it
    steady.check([path, tmp_path / "none.csv", tmp_path])
    write(tmp_path / "none.csv", LOG)
    steady.check([tmp_path / "none.csv"])  # it was not there to be read
    path.chmod(0o600)
    append(path)
    with pytest.raises(Changed):
        steady.check([path])


def test_a_watched_folder_gives_a_file_again_that_was_refused_while_it_grew(tmp_path: Path) -> None:
    connection = database(tmp_path / "workspace")
    folder = tmp_path / "arriving"
    folder.mkdir()
    path, watch = write(folder / "grows.csv", LOG), Watch(folder)
    watch.arrived()
    assert watch.arrived() == [path]
    with pytest.raises(Changed):
        brought(connection, path, "Reading {file}", lambda: append(path))
    assert watch.arrived() == []  # it may grow still
    assert watch.arrived() == [path]
    assert bring(connection, path).events == 4
    assert watch.arrived() == []
