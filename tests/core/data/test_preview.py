from __future__ import annotations

from pathlib import Path

import pytest

from core.data.preview import ROWS, preview
from core.data.reader import guess_delimiter
from core.data.settings import ImportSettings
from tests.core.data.importing import bring, database, rows, write


def test_the_three_data_sets_need_no_click(shared_data: Path) -> None:
    movies = preview([shared_data / "ml-100k" / "ml-100k.inter", shared_data / "ml-100k" / "ml-100k.item"])
    assert [file.kind for file in movies.files] == ["events", "items"]
    assert movies.settings.time_format == "seconds"
    assert movies.files[0].roles["rating:float"] == "value"
    assert movies.files[1].roles["movie_title:token_seq"] == "title"
    assert movies.files[1].roles["class:token_seq"] == "category"
    beauty = preview([shared_data / "amazon-beauty" / "events.csv"], [shared_data / "amazon-beauty" / "items.csv"])
    assert dict(beauty.files[0].roles) == {"user_id": "user", "item_id": "item", "step": "order"}
    shop = preview([shared_data / "taobao-zh" / "UserBehavior.csv"])
    roles = shop.files[0].roles
    assert roles["商品类别"] == "category"
    assert roles["售价"] == "price"
    assert "商品类目ID" not in roles
    assert set(shop.behaviours) == {"pv", "fav", "cart", "buy"}
    assert len(shop.files[0].rows) == ROWS


def test_the_settings_of_a_preview_import_the_same(tmp_path: Path) -> None:
    log = write(tmp_path / "log.csv", "who,user_id,thing,timestamp\nx,u,a,1700000000\ny,u,b,1700000001\n")
    seen = preview([log])
    chosen = seen.mapped({"user": "who", "item": "thing"})
    connection = database()
    report = bring(connection, log, columns=chosen.columns)
    assert rows(connection, "SELECT id FROM users ORDER BY code") == [("x",), ("y",)]
    assert report.files[0].unused == ("user_id",)
    assert ImportSettings.from_dict(seen.settings.to_dict()) == seen.settings


def test_negative_behaviours_are_guessed_and_shown(tmp_path: Path) -> None:
    log = write(tmp_path / "log.csv", "user,item,event\nu,a,like\nu,a,dislike\nu,b,-1\n")
    seen = preview([log])
    assert seen.behaviours == ("like", "dislike", "-1")
    assert seen.negative == ("dislike",)
    assert seen.settings.negative is None
    assert preview([log], settings=ImportSettings(negative=("like",))).negative == ("like",)


def test_a_file_without_a_header(tmp_path: Path) -> None:
    log = write(tmp_path / "u.data", "196\t242\t3\t881250949\n186\t302\t3\t891717742\n")
    seen = preview([log]).files[0]
    assert not seen.header
    assert dict(seen.roles) == {"column1": "user", "column2": "item", "column3": "value", "column4": "time"}
    connection = database()
    assert bring(connection, log).events == 2
    assert preview([log], settings=ImportSettings(header=True)).files[0].columns == ("196", "242", "3", "881250949")


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n1,5;2,5;3\n", ";"),
        ("a\tb\nx, y and z\tu\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("1::2::3\n4::5::6\n", "::"),
        ('a,b\n"x;y;z",2\n"u;v;w",3\n', ","),
        ("a b\n1 2\n", " "),
    ],
)
def test_delimiters(content: str, delimiter: str) -> None:
    assert guess_delimiter(content) == delimiter


def test_a_delimiter_of_two_signs(tmp_path: Path) -> None:
    connection = database()
    report = bring(connection, write(tmp_path / "ratings.dat", "1::1193::5::978300760\n1::661::3::978302109\n\n1::x\n"))
    assert (report.read, report.kept, report.rules) == (3, 2, {"malformed_row": 1})
    assert [r.line for r in report.rejections] == [4]


def test_quotation_marks_are_plain_in_recbole_files(tmp_path: Path) -> None:
    connection = database()
    log = write(tmp_path / "x.inter", 'user_id:token\titem_id:token\nu\t"a" b\nu\tc"\n')
    bring(connection, log)
    assert rows(connection, "SELECT id FROM items ORDER BY id") == [('"a" b',), ('c"',)]


def test_backslashes_before_quotation_marks(tmp_path: Path) -> None:
    connection = database()
    bring(connection, write(tmp_path / "x.csv", 'user,item,title\nu,a,"a \\"big\\" ball"\n'))
    assert rows(connection, "SELECT title FROM items") == [('a "big" ball',)]
