"""Files as they may come, made by hypothesis: what is written is what is read, and every row is accounted for."""

from __future__ import annotations

import codecs
import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.data.settings import MISSING
from core.files import harmless
from tests.core.data.importing import bring, check_counts, check_tables, database, events, everything, rows, write

LETTERS = st.sampled_from(list("ab01 ,;\"'\n\t|中文语é=-"))
IDS = st.text(LETTERS, min_size=1, max_size=8).map(str.strip).filter(lambda text: text and text not in {*MISSING, "-1"})
ROWS = st.lists(
    st.tuples(IDS, IDS, st.sampled_from(["view", "buy", "收藏"]), st.integers(1_500_000_000, 1_700_000_000)),
    min_size=1,
    max_size=45,
    unique=True,
)
COLUMNS = {"user": "user", "item": "item", "behaviour": "behaviour", "time": "time"}
# An import takes as long for many rows as for few: rather these.
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def as_csv(table: list[tuple[object, ...]], delimiter: str = ",", line_end: str = "\n") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in table)
    return out.getvalue()


@FEW
@given(
    table=ROWS,
    delimiter=st.sampled_from([",", "\t", ";", "|"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
)
def test_what_is_written_is_what_is_read(
    table: list[tuple[str, str, str, int]], delimiter: str, line_end: str, encoding: str
) -> None:
    if encoding == "gb18030":
        table = [(user, item.replace("é", "e"), behaviour, time) for user, item, behaviour, time in table]
        table = list(dict.fromkeys((user.replace("é", "e"), *rest) for user, *rest in table))
    connection = database()
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder, "x.csv"), as_csv(table, delimiter, line_end).encode(encoding))
        told = {"encoding": "gb18030"} if encoding == "gb18030" else {}
        report = bring(
            connection, path, columns=COLUMNS, delimiter=delimiter, time_format="seconds", header=True, **told
        )
    expected = sorted(table, key=lambda row: (row[0], row[3]))
    assert events(connection) == [(*row[:3], row[3] * 1_000_000) for row in expected]
    check_tables(connection)
    check_counts(report, connection)


CELLS = st.one_of(IDS, st.sampled_from(["", " ", "nan", "-1", '"', "x,y", "1700000000", "9999999999999"]))
LINES = st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=40)


@FEW
@given(lines=LINES, quoted=st.booleans(), blanks=st.booleans())
def test_every_row_is_accounted_for(lines: list[list[str]], quoted: bool, blanks: bool) -> None:
    good = [["u", "a", "view", "1700000000"], ["u", "b", "buy", "1700000001"]]
    out = io.StringIO()
    if quoted:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([list(COLUMNS), *good, *lines, *good])
    else:
        plain = [[cell.replace('"', "").replace("\n", "").replace(",", "") for cell in line] for line in lines]
        out.write("\n".join(",".join(line) for line in [list(COLUMNS), *good, *plain, *good]) + "\n")
    if blanks:
        out.write("\n\n")
    connection = database()
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder, "x.csv"), out.getvalue())
        report = bring(connection, path, columns=COLUMNS, delimiter=",", time_format="seconds")
    physical = out.getvalue().split("\n")
    check_counts(report, connection)
    check_tables(connection)
    read = sum(1 for record in csv.reader(io.StringIO(out.getvalue())) if record) - 1
    assert report.read == read
    for rejection in report.rejections:
        assert rejection.line is not None
        if rejection.value and rejection.rule != "duplicate" and '"' not in rejection.value:
            assert rejection.value.split("\n")[0].strip() in "\n".join(
                physical[rejection.line - 1 : rejection.line + 8]
            )


@FEW
@given(table=ROWS, cut=st.integers(0, 30), again=st.integers(0, 30))
def test_two_files_in_turn_are_as_good_as_both_at_once(
    table: list[tuple[str, str, str, int]], cut: int, again: int
) -> None:
    first, second = table[: max(cut, 1)], table[max(min(cut, again), 0) :] or table[-1:]
    together, in_turn = database(), database()
    with tempfile.TemporaryDirectory() as folder:
        one = write(Path(folder, "one.csv"), as_csv(first))
        two = write(Path(folder, "two.csv"), as_csv(second) + "\n")
        options = {"columns": COLUMNS, "time_format": "seconds", "delimiter": ",", "header": True}
        bring(together, one, two, **options)
        bring(in_turn, one, **options)
        codes = rows(in_turn, "SELECT id, code FROM users")
        bring(in_turn, two, **options)
    assert set(codes) <= set(rows(in_turn, "SELECT id, code FROM users"))
    assert sorted(events(together)) == sorted(events(in_turn))
    assert len(events(together)) == len(set(table) & {*first, *second})
    for table_name in ("users", "items"):
        ranked = f"SELECT id, rank FROM {table_name} ORDER BY id"
        assert rows(together, ranked) == rows(in_turn, ranked)
    check_tables(in_turn)


@FEW
@given(table=ROWS)
def test_the_same_import_twice_is_the_same(table: list[tuple[str, str, str, int]]) -> None:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder, "x.csv"), as_csv(table))
        for _ in range(2):
            connection = database()
            bring(connection, path, columns=COLUMNS, time_format="seconds", delimiter=",", header=True)
            found.append(everything(connection))
    assert found[0] == found[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "cp1252"])
@pytest.mark.parametrize("packed", [False, True])
def test_encodings_are_found(tmp_path: Path, encoding: str, packed: bool) -> None:
    import gzip

    title = "Café à la crème" if encoding == "cp1252" else "红色的鞋，42码"
    content = f"user_id,item_id,timestamp,title\n007,a,1700000000,{title}\n".encode(encoding)
    assert encoding != "utf-8-sig" or content.startswith(codecs.BOM_UTF8)
    path = tmp_path / ("x.csv.gz" if packed else "x.csv")
    connection = database()
    bring(connection, write(path, gzip.compress(content) if packed else content))
    assert rows(connection, "SELECT title FROM items") == [(title,)]
    assert rows(connection, "SELECT id FROM users") == [("007",)]


def test_an_encoding_that_only_shows_far_down(tmp_path: Path) -> None:
    plain = "".join(f"u{n},item number {n},1700000000\n" for n in range(60_000))
    content = ("user,item,time\n" + plain + "u,红色的鞋,1700000000\n").encode("gb18030")
    connection = database()
    report = bring(connection, write(tmp_path / "x.csv", content))
    assert report.files[0].encoding == "gb18030"
    assert rows(connection, "SELECT count(*) FROM items WHERE id = '红色的鞋'") == [(1,)]
