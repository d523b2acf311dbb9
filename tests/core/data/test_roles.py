from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from core.data import values
from core.data.roles import guess_roles, is_catalogue, is_negative, plain_name


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("uid,sku,event_type,ts,amount", "1,2,view,1511544070,1.5", "user,item,behaviour,time,value"),
        ("visitorid,itemid,event,timestamp", "1,2,view,1433221332117", "user,item,behaviour,time"),
        ("用户编号,商品编号,动作,时间", "1,2,点击,2024-01-02 03:04:05", "user,item,behaviour,time"),
        ("event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session",
         "2019-10-01 00:00:00 UTC,view,1,2,a.b,x,3.5,4,abc",
         "time,behaviour,item,,category,description,price,user,"),
        ("userId,movieId,rating,timestamp", "1,2,3.5,964982703", "user,item,value,time"),
        ("customer_key,product_code,date", "7,8,31.12.2024", "user,item,time"),
        ("user,item,timestamp", "1,2,0", "user,item,order"),
        ("user_id,item_id,item_name,user_age,user_gender", "1,2,Ball,33,f", "user,item,title,,"),
        ("用户ID,搜索词,商品ID,评分,日期", "1,鞋,2,5,2024/1/2", "user,text,item,value,time"),
        ("item_id,title", "2,Ball", "item,title"),
        ("item_id,title,picture", "2,Ball,a.png", "item,title,picture"),
        ("item_id,Image,price", "2,https://example.org/a.png,3", "item,picture,price"),
        ("item_id,img,image", "2,a.png,b.png", "item,,picture"),
        ("item_id,img", "2,17", "item,"),
        ("商品ID,标题,图片", "2,球,a.png", "item,title,picture"),
        ("商品ID,图", "2,a.png", "item,picture"),
    ],
)  # fmt: skip
def test_roles_are_guessed_from_names_and_values(header: str, row: str, expected: str) -> None:
    columns = header.split(",")
    found = guess_roles(columns, [row.split(",")] * 20)
    assert [found.get(column, "") for column in columns] == expected.split(",")


def test_values_can_contradict_a_name() -> None:
    rows = [[str(n), "x", f"word {n}", "soon"] for n in range(100)]
    found = guess_roles(["user", "item", "rating", "time"], rows)
    assert found == {"user": "user", "item": "item"}


def test_files_without_names() -> None:
    columns = ["column1", "column2", "column3", "column4", "column5"]
    rows = [["1", "2268318", "2520377", word, "1511544070"] for word in ("pv", "buy", "pv", "cart") * 5]
    found = guess_roles(columns, rows, named=False)
    assert found == {"column1": "user", "column2": "item", "column4": "behaviour", "column5": "time"}
    assert "user" not in guess_roles(columns, rows).values()


def test_a_catalogue_names_items_and_no_user() -> None:
    assert is_catalogue(["item_id", "title"], [["1", "Ball"]])
    assert is_catalogue(["item_id", "image"], [["1", "a.png"]])
    assert not is_catalogue(["user_id", "item_id", "title"], [["1", "2", "Ball"]])
    assert not is_catalogue(["item_id", "time"], [["1", "1700000000"]])


def test_names_are_compared_without_their_dress() -> None:
    names = ["movie_title:token_seq", "Movie Title", "movieTitle", "movie-title", "MOVIE.TITLE"]
    assert {plain_name(name) for name in names} == {"movietitle"}


@pytest.mark.parametrize("name", ["remove_from_cart", "dislike", "Unfollow", "取消收藏", "退货"])
def test_negative_names(name: str) -> None:
    assert is_negative(name)


@pytest.mark.parametrize("name", ["view", "cart", "purchase", "like", "收藏", "buy"])
def test_positive_names(name: str) -> None:
    assert not is_negative(name)


def test_all_that_a_format_writes_looks_like_a_time() -> None:
    moment = datetime(2024, 5, 6, 17, 8, 9, tzinfo=UTC)
    for format_ in values.STRPTIME_FORMATS:
        assert values._LIKE_TIME.fullmatch(moment.strftime(format_)), format_
    assert not any(map(values._LIKE_TIME.fullmatch, ("u123456", "B00012345", "user 123456", "12345", "x" * 50)))


def test_times_without_a_name_are_sought_in_some_columns_alone() -> None:
    columns = ["user", "item", *(f"c{n}" for n in range(8000)), "late"]
    row = ["u", "i", *["t123456"] * 8000, "2024-05-06"]
    began = time.process_time()
    assert guess_roles(columns, [row] * 20) == {"user": "user", "item": "item"}
    assert time.process_time() - began < 5
    assert guess_roles(["user", "item", "late"], [["u", "i", "2024-05-06"]] * 3)["late"] == "time"
