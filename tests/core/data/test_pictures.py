"""A column of pictures in an import: which file names them, and that nothing of it is read or fetched meanwhile."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from core import workflow
from core.data.pictures import named_by_import, read_places
from core.data.remembered import as_before, remembered
from core.data.settings import ImportSettings
from core.progress import Progress
from core.workspace import Workspace

EVENTS = "user_id,item_id,timestamp\nann,i1,1700000000\nann,i2,1700000100\nbob,i1,1700000200\n"
ITEMS = "item_id;title;图片;look\ni1;Lampe;a.png;b.png\ni2;Vase;https://example.org/x.png;b.png\n"


@pytest.fixture
def files(tmp_path: Path) -> ImportSettings:
    (tmp_path / "events.csv").write_text(EVENTS)
    (tmp_path / "items.csv").write_text(ITEMS, encoding="utf-8")
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(b"as if")
    return ImportSettings(files=(tmp_path / "events.csv",), items_files=(tmp_path / "items.csv",))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "shop.seqlens") as workspace:
        yield workspace


def test_the_import_notes_the_column_and_touches_no_picture(
    files: ImportSettings, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("nothing is fetched")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for picture in ("a.png", "b.png"):
        (files.items_files[0].parent / picture).chmod(0)  # nobody may read it
    report = workflow.import_files(workspace, files, Progress())
    items = next(file for file in report.files if file.kind == "items")
    assert items.columns == {"item_id": "item", "title": "title", "图片": "picture"}
    assert items.unused == ("look",)
    assert any("the column 图片 names pictures" in str(note) for note in items.notes)
    assert workspace.catalogue().titles.to_pylist() == ["Lampe", "Vase"]
    with workspace.cursor() as cursor:
        named = named_by_import(cursor)
    assert named is not None
    assert (named.path, named.item, named.picture) == (files.items_files[0], "item_id", "图片")


def test_the_column_that_was_chosen_is_read_as_the_import_read_it(files: ImportSettings, workspace: Workspace) -> None:
    chosen = {"item_id": "item", "title": "title", "look": "picture"}
    workflow.import_files(workspace, replace(files, items_columns=chosen), Progress())
    with workspace.cursor() as cursor:
        named = named_by_import(cursor)
    assert named is not None
    found = read_places(duckdb.connect(), named.path, pa.array(["i1", "i2"]), Progress(), named)
    assert [file.name for file in found.files] == ["b.png", "b.png"]
    guessed = read_places(duckdb.connect(), named.path, pa.array(["i1", "i2"]), Progress())
    assert [file.name for file in guessed.files] == ["a.png"]
    assert guessed.left == {"web_address": (1, 2, "https://example.org/x.png")}


def test_the_choice_is_remembered_for_later_files(files: ImportSettings, workspace: Workspace) -> None:
    chosen = {"item_id": "item", "title": "title", "look": "picture"}
    workflow.import_files(workspace, replace(files, items_columns=chosen), Progress())
    with workspace.cursor() as cursor:
        known = remembered(cursor)
    later = files.items_files[0].with_name("later.csv")
    later.write_text(ITEMS.replace("Lampe", "Leuchte"), encoding="utf-8")
    again = as_before(known, ImportSettings(items_files=(later,)))
    assert again is not None
    assert again.items_columns == chosen


def test_the_last_file_that_names_pictures_counts(files: ImportSettings, workspace: Workspace) -> None:
    plain = {"item_id": "item", "title": "title"}
    workflow.import_files(workspace, replace(files, items_columns=plain), Progress())
    with workspace.cursor() as cursor:
        assert named_by_import(cursor) is None
    more = files.items_files[0].with_name("more.csv")
    more.write_text("item_id,image\ni1,a.png\n")
    workflow.import_files(workspace, ImportSettings(items_files=(more,)), Progress())
    other = files.items_files[0].with_name("other.csv")
    other.write_text("item_id,title\ni1,Leuchte\n")
    workflow.import_files(workspace, ImportSettings(items_files=(other,)), Progress())
    with workspace.cursor() as cursor:
        named = named_by_import(cursor)
    assert named is not None
    assert named.path == more


def test_events_may_name_pictures_of_their_items_too(tmp_path: Path, workspace: Workspace) -> None:
    (tmp_path / "log.csv").write_text("user,item,time,img\nann,i1,1700000000,a.png\nbob,i1,1700000200,b.png\n")
    workflow.import_files(workspace, ImportSettings(files=(tmp_path / "log.csv",)), Progress())
    assert workspace.counts().events == 2
    with workspace.cursor() as cursor:
        named = named_by_import(cursor)
    assert named is not None
    (tmp_path / "b.png").write_bytes(b"as if")
    found = read_places(duckdb.connect(), named.path, pa.array(["i1"]), Progress(), named)
    assert [file.name for file in found.files] == ["b.png"]  # the last row of an item counts


def test_places_that_no_system_knows_are_counted(tmp_path: Path) -> None:
    table = tmp_path / "pictures.csv"
    table.write_bytes(
        b"item_id,picture\ni1,~no such user/x.png\ni2,a\x01b.png\ni3,/\ni4," + b"n" * 5000 + b"\ni5,a.png\n"
    )
    (tmp_path / "a.png").write_bytes(b"as if")
    found = read_places(duckdb.connect(), table, pa.array([f"i{number}" for number in range(1, 6)]), Progress())
    assert (found.read, found.codes, found.left["no_file"][0]) == (5, [4], 4)
