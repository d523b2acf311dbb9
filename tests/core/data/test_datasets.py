"""Parquet data sets are read where they lie: folders, patterns, and a store that speaks S3."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from core.data import importer, scan
from core.data.datasets import address, is_set
from core.data.guarded import guard
from core.data.preview import preview
from core.data.report import load_reports
from core.errors import SeqlensError
from core.progress import Progress
from tests.core.data.importing import bring, check_counts, check_tables, database, events, everything, rows

DAY = 86_400
START = 1_700_006_400  # midnight


def part(path: Path, users: list[str], day: int = 0, **more: list[object]) -> Path:
    """A file with an event an hour, of the user's item."""
    path.parent.mkdir(parents=True, exist_ok=True)
    times = [START + day * DAY + 3600 * place for place in range(len(users))]
    columns: dict[str, list[object]] = {"user_id": [*users], "item_id": [f"i{user}" for user in users]}
    pq.write_table(pa.table({**columns, "timestamp": times, **more}), path)
    return path


def by_date(folder: Path, days: int = 3) -> Path:
    for day in range(days):
        part(folder / f"date=2023-11-{15 + day}" / "part-0.parquet", ["a", "b", "c"], day)
    return folder


def test_a_folder_by_date_is_one_table_and_each_file_is_known(tmp_path: Path) -> None:
    connection = database()
    folder = by_date(tmp_path / "events")
    (folder / "_SUCCESS").write_bytes(b"")
    part(folder / "_temporary" / "half.parquet", ["x"])
    part(folder / ".hidden.parquet", ["x"])
    report = bring(connection, folder)
    assert report.new_events == 9
    assert [file.path for file in report.files] == [str(folder)]
    assert report.files[0].columns == {"user_id": "user", "item_id": "item", "timestamp": "time"}
    assert report.files[0].unused == ("date",)
    found = events(connection, ("user", "item", "time", "file", "record"))
    assert found[0] == ("a", "ia", START * 1_000_000, 0, 1)
    assert sorted(row[3:] for row in found) == [(file, record) for file in range(3) for record in (1, 2, 3)]
    paths = rows(connection, "SELECT path FROM files ORDER BY file")
    assert paths == [(str(folder / f"date=2023-11-{15 + day}" / "part-0.parquet"),) for day in range(3)]
    assert [known.to_json() for known in load_reports(connection)] == [report.to_json()]
    check_tables(connection)
    check_counts(report, connection)


def test_the_names_of_folders_are_columns(tmp_path: Path) -> None:
    connection = database()
    for user in ("007", "7", "张 三"):
        pq.write_table(
            pa.table({"item_id": ["x", "y"], "timestamp": [START, START + 1]}),
            part(tmp_path / "set" / f"user_id={quote(user)}" / "a.parquet", []),
        )
    report = bring(connection, tmp_path / "set")
    assert report.rejected == 0
    assert {user for user, _ in events(connection, ("user", "item"))} == {"007", "7", "张 三"}
    assert report.new_events == 6  # the files are the same, byte for byte, and their users are not


def test_a_day_in_the_name_is_the_time_where_there_is_no_other(tmp_path: Path) -> None:
    for day in (16, 15):
        path = tmp_path / "set" / f"date=2023-11-{day}" / "a.parquet"
        path.parent.mkdir(parents=True)
        pq.write_table(pa.table({"user_id": ["a"], "item_id": [f"i{day}"]}), path)
    connection = database()
    assert bring(connection, tmp_path / "set").timed
    assert [item for (item,) in events(connection, ("item",))] == ["i15", "i16"]


def test_only_new_files_of_a_set_that_grew_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "APPEND_FROM", 1)
    connection = database()
    folder = by_date(tmp_path / "events", 12)
    bring(connection, folder)
    before = everything(connection)
    again = bring(connection, folder)
    assert again.unchanged
    assert everything(connection) == before

    part(folder / "date=2023-11-27" / "part-0.parquet", ["a", "d"], 12)
    report = bring(connection, folder)
    assert (report.read, report.new_events) == (2, 2)
    check_counts(report, connection)


def test_files_that_were_not_touched_are_known_without_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = database()
    folder = by_date(tmp_path / "events")
    bring(connection, folder)
    connection.execute("UPDATE files SET imported = imported + INTERVAL 1 HOUR")  # as if an hour had passed before it
    new = part(folder / "date=2023-11-18" / "part-0.parquet", ["a", "d"], 3)
    read: list[Path] = []
    digest = scan._digest

    def noted(path: Path, progress: Progress, done: int, total: int) -> str:
        read.append(path)
        return digest(path, progress, done, total)

    monkeypatch.setattr(scan, "_digest", noted)
    report = bring(connection, folder)
    assert read == [new]
    assert (report.read, report.new_events) == (2, 2)
    assert "3 of 4 files had been imported before and were not read" in str(report.notes[0])
    assert rows(connection, "SELECT count(*) FROM files") == [(4,)]
    assert len(load_reports(connection)) == 2
    check_tables(connection)


def test_a_file_written_anew_is_read_and_only_what_is_new_is_added(tmp_path: Path) -> None:
    connection = database()
    folder = by_date(tmp_path / "events")
    bring(connection, folder)
    part(folder / "date=2023-11-16" / "part-0.parquet", ["a", "b", "c", "d"], 1)
    report = bring(connection, folder)
    assert (report.read, report.new_events, report.files[0].known) == (4, 1, 3)
    check_counts(report, connection)


def test_rejected_rows_are_told_with_their_file_and_their_number_there(tmp_path: Path) -> None:
    connection = database()
    folder = tmp_path / "events"
    first = part(folder / "a.parquet", ["a", "", "b"])
    second = part(folder / "b.parquet", ["c", "d", "  "], 1)
    third = part(folder / "c.parquet", ["a"])  # the same as the first of the first
    report = bring(connection, folder)
    assert report.rules == {"missing_user": 2, "duplicate": 1}
    told = [(row.file, row.record, row.rule) for row in report.rejections]
    assert told == [
        (str(first), 2, "missing_user"),
        (str(second), 3, "missing_user"),
        (str(third), 1, "duplicate"),
    ]
    assert report.rejections[2].value == "ia"
    check_counts(report, connection)
    check_tables(connection)


def test_columns_that_some_files_lack_are_missing_there(tmp_path: Path) -> None:
    connection = database()
    part(tmp_path / "set" / "a.parquet", ["a"])
    part(tmp_path / "set" / "b.parquet", ["b"], 1, rating=[4.5])
    bring(connection, tmp_path / "set")
    assert events(connection, ("user", "value")) == [("a", None), ("b", 4.5)]


@pytest.mark.parametrize("pattern", ["date=2023-11-1[56]/*.parquet", "*-1[56]", "**/part-?.parquet"])
def test_patterns_choose_files(tmp_path: Path, pattern: str) -> None:
    folder = by_date(tmp_path / "events")
    if pattern == "*-1[56]":
        with pytest.raises(SeqlensError, match="no Parquet file in"):
            preview([folder / pattern])
        return
    many = 9 if pattern.startswith("**") else 6
    assert bring(database(), folder / pattern).new_events == many


def test_without_times_files_follow_each_other_by_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        pq.write_table(pa.table({"user_id": ["u", "u"], "item_id": [f"{name}1", f"{name}2"]}), tmp_path / f"{name}.pq")
    connection = database()
    bring(connection, tmp_path)
    assert [item for (item,) in events(connection, ("item",))] == ["a1", "a2", "b1", "b2"]


def test_a_damaged_file_of_a_set_is_named_and_nothing_changes(tmp_path: Path) -> None:
    connection = database()
    folder = by_date(tmp_path / "events")
    whole = (folder / "date=2023-11-16" / "part-0.parquet").read_bytes()
    (folder / "date=2023-11-16" / "part-0.parquet").write_bytes(whole[: len(whole) // 2])
    before = everything(connection)
    with pytest.raises(SeqlensError, match="date=2023-11-16"):
        bring(connection, folder)
    assert everything(connection) == before


@pytest.mark.skipif(os.name == "nt", reason="there are no pipes as files")
def test_a_pipe_in_a_set_is_refused(tmp_path: Path) -> None:
    os.mkfifo(by_date(tmp_path / "events") / "pipe.parquet")
    with pytest.raises(SeqlensError, match="pipe or device"):
        preview([tmp_path / "events"])


def test_addresses_survive_being_paths() -> None:
    assert address(Path("s3://shop/events/")) == "s3://shop/events"
    assert address(Path("https://example.org/a.parquet")) == "https://example.org/a.parquet"
    assert address(Path("/data/s3:/shop")) is None
    assert not is_set(Path("events.csv"))
    with pytest.raises(SeqlensError, match="abfss addresses cannot be read"):
        preview([Path("abfss://shop/events")])


class Store(BaseHTTPRequestHandler):
    """As much of S3 as reading needs: objects of a bucket listed by prefix, and ranges of them."""

    objects: ClassVar[dict[str, bytes]] = {}
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        name = unquote(asked.path).removeprefix("/shop").strip("/")
        if not name:
            self._list(parse_qs(asked.query).get("prefix", [""])[0])
        elif name in self.objects:
            self._give(name)
        else:
            self._answer(404, b"", {})

    def _list(self, prefix: str) -> None:
        contents = "".join(
            f"<Contents><Key>{name}</Key><LastModified>2023-11-15T00:00:00.000Z</LastModified>"
            f'<ETag>"e{len(whole)}"</ETag><Size>{len(whole)}</Size></Contents>'
            for name, whole in sorted(self.objects.items())
            if name.startswith(prefix)
        )
        self._answer(
            200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{contents}</ListBucketResult>".encode(), {}
        )

    def _give(self, name: str) -> None:
        whole = self.objects[name]
        headers = {
            "Last-Modified": "Wed, 15 Nov 2023 00:00:00 GMT",
            "ETag": f'"e{len(whole)}"',
            "Accept-Ranges": "bytes",
        }
        if wanted := self.headers.get("Range"):
            first, last = wanted.removeprefix("bytes=").split("-")
            start, end = int(first), min(int(last or len(whole)), len(whole) - 1)
            headers["Content-Range"] = f"bytes {start}-{end}/{len(whole)}"
            self._answer(206, whole[start : end + 1], headers)
        else:
            self._answer(200, whole, headers)

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for header, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(header, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Store]]:
    folder = by_date(tmp_path / "set")
    Store.objects = {
        f"set/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in folder.rglob("*.parquet")
    }
    Store.objects["set/_SUCCESS"] = b""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Store)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    guard.close()  # the next has this environment
    yield Store
    guard.close()
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("store")
def test_a_set_in_an_object_store_is_read_in_place() -> None:
    connection = database()
    report = bring(connection, Path("s3://shop/set"))
    assert report.new_events == 9
    assert rows(connection, "SELECT path FROM files ORDER BY file LIMIT 1") == [
        ("s3://shop/set/date=2023-11-15/part-0.parquet",)
    ]
    assert bring(connection, Path("s3://shop/set/")).unchanged
    assert bring(connection, Path("s3://shop/set/date=2023-11-15/part-0.parquet")).unchanged


def test_a_store_that_does_not_answer_is_told(store: type[Store]) -> None:
    store.objects = {}
    with pytest.raises(SeqlensError, match=r"(no Parquet file in|cannot be read)"):
        preview([Path("s3://shop/other")])
