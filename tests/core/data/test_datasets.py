"""Parquet data sets are read where they lie: folders, patterns, and a store that speaks S3."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import duckdb
import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from core.data import extensions, importer, scan
from core.data.datasets import address, azure_secret, connect, is_set, of_address, parts_of, unreachable
from core.data.preview import preview
from core.data.report import load_reports
from core.errors import SeqlensError
from core.progress import Progress
from tests.core.data.importing import bring, check_counts, check_tables, database, events, everything, rows
from tests.core.data.stores import AZURE_KEY, START, Azure, Store, by_date, part, serving


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
    assert address(Path("abfss://shop@account.dfs.core.windows.net/a")) == "abfss://shop@account.dfs.core.windows.net/a"
    with pytest.raises(SeqlensError, match="hdfs addresses cannot be read"):
        preview([Path("hdfs://shop/events")])


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("s3://shop/events", "s3://shop/events"),
        ("  HTTPS://example.org/A.parquet ", "https://example.org/A.parquet"),
        ("az://shop", "az://shop"),
        ("hdfs://shop/events", "hdfs addresses cannot be read"),
        ("", "no address"),
        ("s3://", "no address"),
        ("shop/events", "no address"),
        ("/home/me/events", "no address"),
        ("C:\\events", "no address"),
        ("file:///home/me/events", "no address"),
    ],
)
def test_what_is_typed_is_an_address_or_it_is_said_what_one_is(told: str, place: str) -> None:
    if "://" in place:
        assert address(of_address(told)) == place
    else:
        with pytest.raises(SeqlensError, match=place):
            of_address(told)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Store]]:
    with serving(Store, tmp_path) as port:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        yield Store


@pytest.fixture
def azure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Store]]:
    pytest.importorskip("duckdb_extension_azure")
    with serving(Azure, tmp_path) as port:
        monkeypatch.setenv(
            "AZURE_STORAGE_CONNECTION_STRING",
            f"DefaultEndpointsProtocol=http;AccountName=account;AccountKey={AZURE_KEY};"
            f"BlobEndpoint=http://127.0.0.1:{port}/account",
        )
        yield Azure


def test_a_set_in_azure_is_read_in_place(azure: type[Store]) -> None:
    connection = database()
    assert bring(connection, Path("az://shop/set")).new_events == 9
    assert rows(connection, "SELECT path FROM files ORDER BY file LIMIT 1") == [
        ("az://shop/set/date=2023-11-15/part-0.parquet",)
    ]
    assert bring(connection, Path("az://account.blob.core.windows.net/shop/set")).new_events == 0
    assert {how for how, _, _ in azure.asked} == {"GET", "HEAD"}  # nothing is written
    assert all(signed.startswith("SharedKey account:") for _, _, signed in azure.asked)
    with pytest.raises(SeqlensError, match=r"(no Parquet file in|cannot be read)"):
        preview([Path("az://shop/other")])


ACCOUNT = {"AZURE_STORAGE_ACCOUNT": "shop"}
PROGRAM = {"AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "s"}


@pytest.mark.parametrize(
    ("told", "provider", "known"),
    [
        ({"AZURE_STORAGE_CONNECTION_STRING": "AccountName=a;AccountKey=b", **ACCOUNT}, "config", "AccountName=a"),
        ({**ACCOUNT, "AZURE_STORAGE_KEY": AZURE_KEY}, "config", "BlobEndpoint=https://shop.blob.core.windows.net/"),
        ({**ACCOUNT, "AZURE_STORAGE_SAS_TOKEN": "?sv=1&sig=x"}, "config", "SharedAccessSignature=sv=1&sig=x"),
        ({"AZURE_STORAGE_ACCOUNT_NAME": "shop", **PROGRAM}, "service_principal", "shop"),
        (ACCOUNT, "credential_chain", "shop"),
        (PROGRAM, "", ""),  # of no account: what is asked for names its own, and is open to all
    ],
)
def test_an_account_of_azure_is_opened_by_what_the_environment_tells(
    told: dict[str, str], provider: str, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("duckdb_extension_azure")
    for name in [name for name in os.environ if name.startswith("AZURE_")]:
        monkeypatch.delenv(name)
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    secret = azure_secret(told)
    with duckdb.connect() as connection:
        for path in ("az://shop/a", "abfss://shop@account.dfs.core.windows.net/a", "azure://shop/a", "abfs://shop/a"):
            connect(connection, [path])
        found = connection.execute("SELECT type, provider, persistent FROM duckdb_secrets()").fetchall()
    assert found == ([("azure", provider, False)] if provider else [])
    assert known in str(secret.get("CONNECTION_STRING") or secret.get("ACCOUNT_NAME") or "")


def test_without_the_extension_of_azure_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: object, name: str) -> None:
        raise duckdb.IOException(f'Extension "{name}" not found.')

    monkeypatch.setattr(extensions, "load", missing)
    with pytest.raises(SeqlensError, match="duckdb-extension-azure"):
        parts_of(Path("az://shop/events"))


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("s3://shop/a", "AWS_ACCESS_KEY_ID"),
        ("gs://shop/a", "GS_ACCESS_KEY_ID"),
        ("abfss://shop/a", "AZURE_STORAGE_ACCOUNT"),
        ("https://example.org/a.parquet", "address and the network."),
    ],
)
def test_who_is_not_let_in_is_told_where_keys_are_looked_for(place: str, names: str) -> None:
    assert names in str(unreachable(place, duckdb.HTTPException("HTTP 403")))


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


def test_a_store_that_lets_nobody_in_is_told_with_the_names_of_the_keys(store: type[Store]) -> None:
    store.refuses = True
    with pytest.raises(SeqlensError, match=r"403.*keys in the environment: AWS_ACCESS_KEY_ID"):
        preview([Path("s3://shop/set")])


def test_a_store_that_does_not_answer_is_told(store: type[Store]) -> None:
    store.objects = {}
    with pytest.raises(SeqlensError, match=r"(no Parquet file in|cannot be read)"):
        preview([Path("s3://shop/other")])
