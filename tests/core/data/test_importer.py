from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from core.data import importer
from core.data.importer import import_files
from core.data.report import ImportReport, load_reports
from core.data.settings import ImportSettings, Rules
from core.progress import Progress
from tests.core.data.importing import LOG, bring, check_counts, check_tables, database, events, everything, rows, write


def test_movielens_with_its_catalogue(shared_data: Path) -> None:
    connection = database()
    folder = shared_data / "ml-100k"
    report = bring(connection, folder / "ml-100k.inter", items_files=(folder / "ml-100k.item",))
    assert (report.users, report.items, report.events) == (943, 1682, 100_000)
    assert report.behaviours == ("rating",)
    assert report.timed
    assert report.files[0].format == "recbole"
    assert rows(connection, "SELECT title, category, description FROM items WHERE id = '1'") == [
        ("Toy Story", "Animation Children's Comedy", "1995")
    ]
    assert rows(connection, "SELECT min(value), max(value), count(value) FROM events") == [(1.0, 5.0, 100_000)]
    check_tables(connection)
    check_counts(report, connection)


def test_beauty_by_its_steps(shared_data: Path) -> None:
    connection = database()
    folder = shared_data / "amazon-beauty"
    report = bring(connection, folder / "events.csv", folder / "items.csv")
    assert (report.users, report.items, report.events) == (22_363, 12_101, 198_502)
    assert not report.timed
    first = rows(
        connection,
        'SELECT i.id FROM events JOIN items i ON code = item WHERE "user" = (SELECT code FROM users WHERE id = '
        "'A1YJEY40YUW4SE') ORDER BY time",
    )
    assert [name for (name,) in first] == ["B004756YJA", "B004ZT0SSG", "B0020YLEYK", "7806397051", "B002WLWX82"]
    check_tables(connection)
    check_counts(report, connection)


def test_taobao_with_items_on_its_events(shared_data: Path) -> None:
    connection = database()
    report = bring(connection, shared_data / "taobao-zh" / "UserBehavior.csv")
    assert (report.users, report.items, report.events) == (3_990, 165, 40_000)
    assert set(report.behaviours) == {"pv", "fav", "cart", "buy"}
    assert rows(connection, "SELECT min(epoch_us(TIMESTAMP '2017-11-24')) < min(time), count(value) FROM events") == [
        (True, 0)
    ]
    assert rows(connection, "SELECT title, category, price FROM items WHERE id = '4073737'") == [
        ("VIVOX100 Pro 128GB 蓝色", "电子产品", pytest.approx(6329.2))
    ]
    assert set(report.files[0].unused) == {"品牌ID", "商品类目ID"}
    check_tables(connection)
    check_counts(report, connection)


def test_ids_are_text_and_events_are_ordered(tmp_path: Path) -> None:
    connection = database()
    report = bring(connection, write(tmp_path / "log.csv", LOG))
    assert events(connection) == [
        ("007", "a", "view", 1_700_000_000_000_000),
        ("007", "b", "buy", 1_700_000_100_000_000),
        ("8", "a", "view", 1_700_000_050_000_000),
    ]
    assert ImportReport.from_json(report.to_json()) == report
    assert load_reports(connection) == [report]


def test_equal_times_keep_the_order_of_the_file(tmp_path: Path) -> None:
    connection = database()
    lines = "".join(f"u,i{place % 7}x{place},{1_700_000_000}\n" for place in range(500))
    bring(connection, write(tmp_path / "log.csv", "user,item,time\n" + lines))
    assert [item for (item,) in events(connection, ["item"])] == [f"i{place % 7}x{place}" for place in range(500)]


def test_a_second_file_keeps_codes_and_drops_what_is_there(tmp_path: Path) -> None:
    connection = database()
    bring(connection, write(tmp_path / "one.csv", LOG))
    before = rows(connection, "SELECT code, id FROM users"), rows(connection, "SELECT code, id FROM items")
    more = LOG + "1,aa,view,1700000000\n8,c,share,1600000000\n"
    report = bring(connection, write(tmp_path / "two.csv", more))
    assert report.rules == {"duplicate": 3}
    assert (report.new_users, report.new_items, report.new_events) == (1, 2, 2)
    assert rows(connection, "SELECT code, id FROM users")[:2] == before[0]
    assert rows(connection, "SELECT code, id FROM items")[:2] == before[1]
    assert rows(connection, "SELECT name FROM behaviours ORDER BY code") == [("buy",), ("view",), ("share",)]
    assert [row[:2] for row in events(connection)] == [
        ("007", "a"),
        ("007", "b"),
        ("8", "c"),
        ("8", "a"),
        ("1", "aa"),
    ]
    assert [r.line for r in report.rejections] == [2, 3, 4]
    check_tables(connection)
    check_counts(report, connection)
    assert len(load_reports(connection)) == 2


def test_the_same_content_twice_adds_nothing_and_says_so(tmp_path: Path) -> None:
    connection = database()
    bring(connection, write(tmp_path / "one.csv", LOG))
    before = everything(connection)
    report = bring(connection, write(tmp_path / "copy.csv", LOG))
    assert report.unchanged
    assert report.new_events == 0
    assert "copy.csv has been imported before" in str(report.notes[0])
    assert everything(connection) == before
    again = bring(connection, tmp_path / "one.csv", tmp_path / "copy.csv", replace=True)
    assert [file.repeated for file in again.files] == [False, True]
    assert again.events == 3


def test_replace_starts_afresh(tmp_path: Path) -> None:
    connection = database()
    bring(connection, write(tmp_path / "one.csv", LOG))
    other = write(tmp_path / "two.csv", "user,item,time\nz,y,2024-01-01\n")
    report = bring(connection, other, replace=True)
    assert (report.users, report.items, report.events, report.new_events) == (1, 1, 1, 1)
    assert rows(connection, "SELECT code, id FROM users") == [(0, "z")]
    check_tables(connection)


def test_untimed_files_that_grow_are_not_doubled(tmp_path: Path) -> None:
    connection = database()
    bring(connection, write(tmp_path / "one.csv", "user,item\nu,a\nu,a\nv,b\n"))
    report = bring(connection, write(tmp_path / "two.csv", "user,item\nu,a\nu,a\nu,c\nv,x\nw,a\n"))
    assert report.rules == {"duplicate": 2}
    assert events(connection, ["user", "item", "time"]) == [
        ("u", "a", 0),
        ("u", "a", 1),
        ("u", "c", 2),
        ("v", "b", 0),
        ("v", "x", 1),
        ("w", "a", 0),
    ]
    check_tables(connection)
    check_counts(report, connection)


def test_steps_order_events_and_tell_duplicates(tmp_path: Path) -> None:
    connection = database()
    report = bring(connection, write(tmp_path / "log.csv", "user,item,step\nu,c,10\nu,a,2\nu,b,9\nu,a,2\nu,a,\n"))
    assert report.rules == {"duplicate": 1}
    assert [item for (item,) in events(connection, ["item"])] == ["a", "b", "c", "a"]
    check_tables(connection)


def test_the_order_of_the_file_instead_of_times(tmp_path: Path) -> None:
    connection = database()
    report = bring(
        connection, write(tmp_path / "log.csv", "user,item,time\nu,a,1700000009\nu,b,1700000001\n"), order="file"
    )
    assert not report.timed
    assert events(connection, ["item", "time"]) == [("a", 0), ("b", 1)]


def test_times_and_no_times_do_not_mix(tmp_path: Path) -> None:
    connection = database()
    timed = write(tmp_path / "one.csv", LOG)
    untimed = write(tmp_path / "two.csv", "user,item\nu,a\n")
    with pytest.raises(Exception, match=r"two.csv has no column with times"):
        bring(connection, timed, untimed)
    bring(connection, timed)
    with pytest.raises(Exception, match="The events in this workspace have times"):
        bring(connection, untimed)
    bring(connection, untimed, replace=True)
    with pytest.raises(Exception, match="ordered without times"):
        bring(connection, timed)


RULED = """user_id,item_id,behavior,timestamp,rating
u,a,view,1700000000,1
,a,view,1700000000,1
nan,a,view,1700000000,1
u, ,view,1700000000,1
u,a,-1,1700000000,1
u,a,,1700000000,1
u,a,view,soon,1
u,a,view,,1
u,a,view,-5,1
u,a,view,9999999999,1
u,a,view
u,a,view,1700000000,1
u,a,view,1700000000,2
u,a,view,1700000001,many
"""


def test_each_rule_has_its_count_line_column_and_value(tmp_path: Path) -> None:
    connection = database()
    report = bring(connection, write(tmp_path / "log.csv", RULED))
    assert report.rules == {
        "malformed_row": 1,
        "missing_user": 2,
        "missing_item": 1,
        "invalid_behaviour": 2,
        "unreadable_time": 2,
        "impossible_time": 2,
        "duplicate": 1,
    }
    assert (report.read, report.kept) == (14, 3)
    assert events(connection, ["value", "time"])[:2] == [(1.0, 1_700_000_000_000_000), (2.0, 1_700_000_000_000_000)]
    found = sorted((r.line or 0, r.rule, r.column, r.value) for r in report.rejections)
    assert found == [
        (3, "missing_user", "user_id", "a"),
        (4, "missing_user", "user_id", "a"),
        (5, "missing_item", "item_id", " "),
        (6, "invalid_behaviour", "behavior", "-1"),
        (7, "invalid_behaviour", "behavior", None),
        (8, "unreadable_time", "timestamp", "soon"),
        (9, "unreadable_time", "timestamp", None),
        (10, "impossible_time", "timestamp", "-5"),
        (11, "impossible_time", "timestamp", "9999999999"),
        (12, "malformed_row", None, "u,a,view"),
        (13, "duplicate", "item_id", "a"),
    ]
    assert "1 values of column rating are no numbers" in str(report.notes[0])
    check_tables(connection)
    check_counts(report, connection)


def test_rules_can_be_off(tmp_path: Path) -> None:
    connection = database()
    off = Rules(False, False, False, False, False)
    report = bring(connection, write(tmp_path / "log.csv", RULED), rules=off)
    assert report.rules == {"malformed_row": 1, "unreadable_time": 2}
    assert rows(connection, "SELECT count(*) FROM users WHERE id = 'unknown'") == [(1,)]
    assert rows(connection, "SELECT count(*) FROM events WHERE item IS NULL") == [(1,)]
    assert set(report.behaviours) == {"view", "-1", "unknown"}
    check_counts(report, connection)


def test_the_span_of_times_can_be_chosen(tmp_path: Path) -> None:
    connection = database()
    path = write(tmp_path / "log.csv", "user,item,time\nu,a,2019-12-31\nu,b,2020-06-01\nu,c,2021-01-02\n")
    report = bring(connection, path, rules=Rules(earliest="2020-01-01", latest="2020-12-31"))
    assert report.rules == {"impossible_time": 2}
    tomorrow = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    with pytest.raises(Exception, match="lies outside the allowed span"):
        bring(database(), write(tmp_path / "late.csv", f"user,item,time\nu,a,{tomorrow}\n"))


def test_missing_values_are_filled_and_counted(tmp_path: Path) -> None:
    connection = database()
    path = write(
        tmp_path / "log.csv",
        "user,item,behavior,time,rating,category,price\n"
        "u,a,view,1700000000,,toys,2.5\n"
        "u,b,,1700000001,4,,\n"
        "u,c,view,1700000002,2,,4.5\n"
        "u,d,view,1700000003,,NULL,6.5\n",
    )
    fill = {"behaviour": "seen", "value": "mean", "category": "other", "price": "median"}
    report = bring(connection, path, fill=fill)
    assert report.filled == {"behaviour": 1, "value": 2, "category": 3, "price": 1}
    assert events(connection, ["behaviour", "value"]) == [("view", 3.0), ("seen", 4.0), ("view", 2.0), ("view", 3.0)]
    assert rows(connection, "SELECT category, price FROM items ORDER BY id") == [
        ("toys", 2.5),
        ("other", 4.5),
        ("other", 4.5),
        ("other", 6.5),
    ]


def test_behaviours_are_named_and_some_are_negative(tmp_path: Path) -> None:
    connection = database()
    content = "user,item,behavior,time\nu,a,1,1700000000\nu,b,2,1700000001\nu,b,remove_from_cart,1700000002\n"
    names = {"1": "view", "2": "cart"}
    report = bring(connection, write(tmp_path / "log.csv", content), behaviours=names)
    assert report.behaviours == ("cart", "remove_from_cart", "view")
    assert report.negative == ("remove_from_cart",)
    report = bring(connection, tmp_path / "log.csv", behaviours=names, negative=("cart",), replace=True)
    assert report.negative == ("cart",)


def test_more_behaviours_than_can_be_told_apart(tmp_path: Path) -> None:
    content = "user,item,action,time\n" + "".join(f"u,a,act{n},{1_700_000_000 + n}\n" for n in range(300))
    columns = {"user": "user", "item": "item", "action": "behaviour", "time": "time"}
    with pytest.raises(Exception, match="There are 300 different behaviours"):
        bring(database(), write(tmp_path / "log.csv", content), columns=columns)


SEARCHES = (
    "user,item,behavior,query,time\nu,,search,红色 鞋,1700000000\nu,a,click,红色 鞋,1700000001\nu,,view,,1700000002\n"
)


def test_events_with_a_text_and_no_item(tmp_path: Path) -> None:
    connection = database()
    path = write(tmp_path / "log.csv", SEARCHES)
    report = bring(connection, path)
    assert report.rules == {"missing_item": 1}
    assert events(connection, ["item", "text"]) == [(None, "红色 鞋"), ("a", "红色 鞋")]
    assert rows(connection, "FROM texts") == [(0, "红色 鞋")]
    report = bring(connection, path, keep_text_events=False, replace=True)
    assert report.rules == {"missing_item": 2}


def test_later_texts_get_later_codes(tmp_path: Path) -> None:
    connection = database()
    bring(connection, write(tmp_path / "one.csv", SEARCHES))
    bring(
        connection, write(tmp_path / "two.csv", "user,item,query,time\nu,,a first,1700000005\nu,,红色 鞋,1700000006\n")
    )
    assert rows(connection, "FROM texts ORDER BY code") == [(0, "红色 鞋"), (1, "a first")]
    assert [text for (text,) in events(connection, ["text"])] == ["红色 鞋", "红色 鞋", "a first", "红色 鞋"]


def test_a_catalogue_alone_adds_to_the_items(tmp_path: Path) -> None:
    connection = database()
    bring(connection, write(tmp_path / "log.csv", LOG))
    items = write(tmp_path / "items.csv", "item_id,title,price\na,Apple,1.5\nz,Zebra,\n,Nothing,2\na,,2.5\n")
    report = bring(connection, items_files=(items,))
    assert (report.items, report.new_items, report.events, report.new_events) == (3, 1, 3, 0)
    assert rows(connection, "SELECT id, title, price FROM items ORDER BY code") == [
        ("a", "Apple", 2.5),
        ("b", None, None),
        ("z", "Zebra", None),
    ]
    assert report.files[0].rejected == {"missing_item": 1}
    assert report.read == 0
    assert report.timed
    check_tables(connection)


def test_the_last_word_about_an_item_counts(tmp_path: Path) -> None:
    connection = database()
    log = write(
        tmp_path / "log.csv",
        "user,item,time,title,price\nu,a,1700000000,Old,1\nu,a,1700000001,New,\nv,a,1600000000,,3\n",
    )
    bring(connection, log)
    assert rows(connection, "SELECT title, price FROM items") == [("New", 3.0)]
    bring(connection, items_files=(write(tmp_path / "items.csv", "item,title,price\na,Newest,\n"),))
    assert rows(connection, "SELECT title, price FROM items") == [("Newest", 3.0)]


def test_pseudonyms_are_keyed_stable_and_all_that_is_kept(tmp_path: Path) -> None:
    import hashlib
    import hmac

    path = tmp_path / "workspace"
    connection = database(path)
    content = LOG.replace("007", "alice@example.org") + "alice@example.org,a\n,a,view,1700000000\n"
    bring(connection, write(tmp_path / "log.csv", content), pseudonym_key=b"secret")
    expected = hmac.new(b"secret", b"alice@example.org", hashlib.sha256).hexdigest()[:20]
    assert (expected,) in rows(connection, "SELECT id FROM users")
    long = b"k" * 100
    report = bring(connection, tmp_path / "log.csv", pseudonym_key=long, replace=True)
    expected = hmac.new(long, b"alice@example.org", hashlib.sha256).hexdigest()[:20]
    assert (expected,) in rows(connection, "SELECT id FROM users")
    assert "secret" not in report.to_json()
    assert "alice" not in report.to_json()
    connection.close()
    assert b"alice" not in path.read_bytes()


def test_columns_without_a_role_are_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "workspace"
    connection = database(path)
    content = "user,item,time,phone,title\nu,a,1700000000,5550123,Secret title\n"
    report = bring(connection, write(tmp_path / "log.csv", content), drop=("title",))
    assert report.files[0].unused == ("phone", "title")
    connection.close()
    assert b"5550123" not in path.read_bytes()
    assert b"Secret title" not in path.read_bytes()


def test_readers_see_the_state_before_until_the_end(tmp_path: Path) -> None:
    connection = database(tmp_path / "workspace")
    bring(connection, write(tmp_path / "one.csv", LOG))
    reader = connection.cursor()
    seen: list[int] = []

    class Watching(Progress):
        def report(self, fraction: float, *_: object) -> None:
            if fraction < 1:
                seen.append(reader.execute("SELECT count(*) FROM events").fetchall()[0][0])

    more = write(tmp_path / "two.csv", LOG.replace("17000", "16000"))
    import_files(connection.cursor(), ImportSettings((more,)), Watching())
    assert set(seen) == {3}
    assert len(seen) > 5
    assert reader.execute("SELECT count(*) FROM events").fetchall() == [(6,)]


def test_leftovers_of_a_killed_import_are_dropped(tmp_path: Path) -> None:
    connection = database(tmp_path / "workspace")
    connection.execute("CREATE TABLE incoming_events (x INTEGER)")
    bring(connection, write(tmp_path / "one.csv", LOG))
    check_tables(connection)


def test_the_same_files_give_the_same_tables(tmp_path: Path) -> None:
    one, two = database(), database()
    (tmp_path / "elsewhere").mkdir()
    bring(one, write(tmp_path / "log.csv", RULED))
    bring(two, write(tmp_path / "elsewhere" / "log.csv", RULED))
    assert everything(one) == everything(two)
    changed = database()
    bring(changed, tmp_path / "log.csv", rules=Rules(duplicate=False))
    assert rows(changed, "FROM data_facts") != rows(one, "FROM data_facts")


def test_the_database_can_be_opened_again(tmp_path: Path) -> None:
    connection = database(tmp_path / "workspace")
    bring(connection, write(tmp_path / "one.csv", LOG))
    before = everything(connection)
    connection.close()
    assert everything(duckdb.connect(str(tmp_path / "workspace"))) == before


@pytest.mark.parametrize("settings", [{}, {"order": "file"}, {"fill": {"value": "median"}}])
def test_what_does_not_fit_into_memory_gives_the_same_tables(tmp_path: Path, settings: dict[str, Any]) -> None:
    files = [
        write(tmp_path / "one.csv", RULED),
        write(tmp_path / "two.csv", RULED.replace("u,", "v,").replace("1700000001", "1700000009")),
    ]
    held, spilled = database(), database(tmp_path / "workspace")
    for connection, memory in ((held, importer.MEMORY), (spilled, 0)):
        for file in files:
            with connection.cursor() as cursor:
                importer.import_files(cursor, ImportSettings((file,), **settings), Progress(), memory=memory)
    assert everything(held) == everything(spilled)
    check_tables(spilled)
    assert rows(held, "FROM duckdb_settings() WHERE name = 'memory_limit'") == rows(
        database(), "FROM duckdb_settings() WHERE name = 'memory_limit'"
    )
