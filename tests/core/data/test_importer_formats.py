"""Times, numbers and files in the formats in which they come."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from core.data.database import Database
from core.data.preview import preview
from core.data.reader import open_source
from core.data.settings import ImportSettings
from core.errors import SeqlensError
from tests.core.data.importing import bring, database, events, rows, write

LOG = """user_id,item_id,behavior,timestamp
007,a,view,1700000000
007,b,buy,1700000100
8,a,view,1700000050
"""


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ("1700000000.5", 1_700_000_000_500_000),
        ("1700000000123", 1_700_000_000_123_000),
        ("1700000000123456", 1_700_000_000_123_456),
        ("2023-11-14T22:13:20Z", 1_700_000_000_000_000),
        ("2023-11-15 06:13:20+08:00", 1_700_000_000_000_000),
        ("2023-11-14 22:13:20.25", 1_700_000_000_250_000),
        ("2023/11/14 22:13:20", 1_700_000_000_000_000),
        ("20231114", 1_699_920_000_000_000),
        ("14.11.2023 22:13", 1_699_999_980_000_000),
        ("2023年11月14日 22:13:20", 1_700_000_000_000_000),
        ("11/14/2023", 1_699_920_000_000_000),
        ("Nov 14, 2023 10:13:20 PM", 1_700_000_000_000_000),
        ("14/Nov/2023:22:13:20 +0000", 1_700_000_000_000_000),
    ],
)
def test_formats_of_time(tmp_path: Path, times: str, expected: int) -> None:
    connection = database()
    bring(connection, write(tmp_path / "log.csv", f'user,item,time\nu,a,"{times}"\n'))
    assert [time for (time,) in events(connection, ["time"])] == [expected]


def test_a_format_of_time_that_the_analyst_types(tmp_path: Path) -> None:
    connection = database()
    path = write(tmp_path / "log.csv", "user,item,time\nu,a,03-02-2024\nu,b,2024\n")
    report = bring(connection, path, time_format="%d-%m-%Y")
    assert [time for (time,) in events(connection, ["time"])] == [1_706_918_400_000_000]
    assert report.rules == {"unreadable_time": 1}


def test_days_and_months_that_cannot_be_told_apart_are_noted(tmp_path: Path) -> None:
    report = bring(database(), write(tmp_path / "log.csv", "user,item,time\nu,a,03/02/2024\n"))
    assert "%m/%d/%Y, but they could also be %d/%m/%Y" in str(report.notes[0])


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        (["1,5", "2"], [1.5, 2.0]),
        (["1.234,50", "3,00"], [1234.5, 3.0]),
        (["1,234.50", "7"], [1234.5, 7.0]),
        (["¥12.50", "$ 3"], [12.5, 3.0]),
        (["1e2", "inf"], [100.0, None]),
    ],
)
def test_decimal_signs(tmp_path: Path, prices: list[str], expected: list[float | None]) -> None:
    connection = database()
    content = "user;item;time;price\n" + "".join(f"u;i{n};1700000000;{price}\n" for n, price in enumerate(prices))
    columns = {"user": "user", "item": "item", "time": "time", "price": "price"}
    bring(connection, write(tmp_path / "log.csv", content), columns=columns)
    assert [price for (price,) in rows(connection, "SELECT price FROM items ORDER BY id")] == expected


def test_gzip_and_parquet(tmp_path: Path) -> None:
    write(tmp_path / "log.csv.gz", gzip.compress(LOG.encode()))
    one, two, three = database(), database(), database()
    bring(one, tmp_path / "log.csv.gz")
    one.execute(
        "COPY (SELECT user_id, item_id, behavior, to_timestamp(timestamp) AS timestamp FROM "
        f"read_csv('{tmp_path / 'log.csv.gz'}', types={{'user_id': 'VARCHAR'}})) TO '{tmp_path / 'log.parquet'}'"
    )
    report = bring(two, tmp_path / "log.parquet")
    assert report.files[0].format == "parquet"
    assert events(two) == events(one)
    write(tmp_path / "log.parquet.gz", gzip.compress((tmp_path / "log.parquet").read_bytes()))
    bring(three, tmp_path / "log.parquet.gz")
    assert events(three) == events(one)


def test_nothing_is_unpacked_in_plain_for_an_encrypted_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    database().execute(f"COPY (SELECT 'u' AS user, 'a' AS item, 1700000000 AS time) TO '{tmp_path / 'log.parquet'}'")
    packed = write(tmp_path / "log.parquet.gz", gzip.compress((tmp_path / "log.parquet").read_bytes()))
    with Database(tmp_path / "sealed.duckdb", key="k"):
        for look in (lambda: preview([packed]), lambda: open_source(packed, "items", ImportSettings())):
            with pytest.raises(SeqlensError, match=r"log\.parquet\.gz would have to be unpacked"):
                look()
        assert not list(place.iterdir())
    with pytest.raises(SeqlensError, match="would have to be unpacked"):
        preview([packed], sealed=True)  # one that is not open yet
    assert preview([packed]).files[0].format == "parquet"


def test_types_of_parquet(tmp_path: Path) -> None:
    connection = database()
    connection.execute(
        "COPY (SELECT 7.0::DOUBLE AS user_id, 12 AS item_id, DATE '2023-11-14' AS date, ['toys', 'games'] AS genres, "
        f"2.5::DECIMAL(9,2) AS price, 'x' AS title) TO '{tmp_path / 'log.parquet'}'"
    )
    report = bring(connection, tmp_path / "log.parquet")
    assert events(connection, ["user", "item", "time"]) == [("7", "12", 1_699_920_000_000_000)]
    assert rows(connection, "SELECT category, price FROM items") == [("toys games", 2.5)]
    assert report.timed


ZONED = """
import sys
from pathlib import Path
from tests.core.data.importing import bring, database, rows
connection = database()
bring(connection, Path(sys.argv[1]))
print([time for (time,) in rows(connection, "SELECT time FROM events")])
"""


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_times_without_a_zone_are_those_of_utc_wherever_the_machine_is(tmp_path: Path, zone: str) -> None:
    path = write(tmp_path / "x.csv", "user,item,time\n1,2,2024-01-01 00:00:00\n3,2,2024-01-01T08:00:00+08:00\n")
    words = [sys.executable, "-c", ZONED, str(path)]
    root = Path(__file__).parents[3]
    ran = subprocess.run(words, env={**os.environ, "TZ": zone}, capture_output=True, text=True, check=True, cwd=root)
    assert ran.stdout.strip() == str([1_704_067_200_000_000] * 2)
