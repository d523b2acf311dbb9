"""Later files are read as earlier ones with the same columns were, whatever would be guessed of them now."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import cli, workflow
from core.commands import importing
from core.commands.console import stoppable
from core.data.remembered import Remembered, as_before, remembered
from core.data.settings import ImportSettings, Rules
from core.data.watching import Watch
from core.privacy import pseudonyms
from core.progress import Progress
from core.workspace import Workspace

HEADER = "buyer,client,article,deed,comment,day\n"
FIRST = HEADER + "ann,shop-1,a,buy,a secret,2024-01-01\nbob,shop-1,b,look,another,2024-01-02\n"
SECOND = HEADER + "ann,shop-2,b,buy,a third secret,2024-02-01\ncay,shop-2,a,look,a fourth,2024-02-02\n"
COLUMNS = {"buyer": "user", "article": "item", "deed": "behaviour", "day": "time"}
CHOSEN = ImportSettings(columns=COLUMNS, negative=("look",), rules=Rules(duplicate=False), pseudonym_key=bytes(32))


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def settings_of(workspace: Workspace, *files: Path, **asked: object) -> ImportSettings | None:
    with workspace.cursor() as cursor:
        known = remembered(cursor)
    return as_before(known, ImportSettings(files=files), **asked)  # type: ignore[arg-type]


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    workspace = Workspace.create(tmp_path / "w.seqlens")
    first = write(tmp_path / "first.csv", FIRST)
    items = write(tmp_path / "items.csv", "article,name,brand\na,Lamp,X\nb,Sofa,Y\n")
    roles = {"article": "item", "name": "title"}
    chosen = {"files": (first,), "items_files": (items,), "columns": COLUMNS, "items_columns": roles}
    workflow.import_files(workspace, ImportSettings(**chosen, negative=("look",)), Progress())  # type: ignore[arg-type]
    return workspace


def test_files_of_the_same_columns_are_read_as_before(shop: Workspace, tmp_path: Path) -> None:
    columns = ["day", "buyer", "client", "article", "deed", "comment"]
    moved = write(tmp_path / "moved.csv", ",".join(columns) + "\n2024-02-01,ann,shop-2,b,buy,a secret\n")
    items = write(tmp_path / "more items.csv", "article,name,brand\nc,Desk,Z\n")
    with shop:
        found = settings_of(shop, moved, items)
        assert found is not None
        assert found.columns == COLUMNS
        assert (found.files, found.items_files) == ((moved,), (items,))
        assert found.items_columns == {"article": "item", "name": "title"}
        assert found.negative == ("look",)
        assert not found.replace
        report = workflow.import_files(shop, found, Progress())
        assert report.new_users == 0
        assert shop.users().ids.to_pylist() == ["ann", "bob"]
        assert shop.event_texts() == []


@pytest.mark.parametrize("text", [FIRST.replace("client,", ""), FIRST.replace("comment", "remark"), "a,b\n1,2\n"])
def test_files_of_other_columns_are_not(shop: Workspace, tmp_path: Path, text: str) -> None:
    with shop:
        assert settings_of(shop, write(tmp_path / "other.csv", text)) is None


def test_a_catalogue_with_other_columns_is_guessed_only_where_that_is_allowed(shop: Workspace, tmp_path: Path) -> None:
    events = write(tmp_path / "second.csv", SECOND)
    items = write(tmp_path / "items 2.csv", "item_id,title\na,Lamp\n")
    with shop:
        found = settings_of(shop, events, items)
        assert found is not None
        assert (found.columns, found.items_columns) == (COLUMNS, None)
        assert settings_of(shop, events, items, all_known=True) is None


def test_the_last_import_of_such_files_counts_and_neither_its_key_nor_its_replacing(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        for number, client in enumerate(("client", "buyer")):
            path = write(tmp_path / f"{number}.csv", FIRST.replace("2024", str(2020 + number)))
            columns = {client: "user", "article": "item", "day": "time"}
            asked = ImportSettings(files=(path,), columns=columns, replace=True, pseudonym_key=bytes(32))
            workflow.import_files(workspace, asked, Progress())
        other = write(tmp_path / "other.csv", "user,item,time\nu,a,2024-01-01\n")
        workflow.import_files(workspace, ImportSettings(files=(other,), pseudonym_key=bytes(32)), Progress())
        found = settings_of(workspace, write(tmp_path / "second.csv", SECOND))
        assert found is not None
        assert (found.columns or {})["buyer"] == "user"
        assert found.pseudonym_key is None
        assert not found.replace


def test_a_way_of_writing_that_was_told_is_told_again(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        told = ImportSettings(columns=COLUMNS, delimiter=";", encoding="gb18030")
        for number, text in enumerate((FIRST, SECOND)):
            path = tmp_path / f"{number}.csv"
            path.write_bytes(text.replace(",", ";").replace("ann", "安").encode("gb18030"))
            if number == 0:
                workflow.import_files(
                    workspace, ImportSettings.from_dict({**told.to_dict(), "files": [path]}), Progress()
                )
        found = settings_of(workspace, path)
        assert found is not None
        assert (found.delimiter, found.encoding) == (";", "gb18030")
        workflow.import_files(workspace, found, Progress())
        assert sorted(workspace.users().ids.to_pylist()) == ["bob", "cay", "安"]


TEXTS = st.text(max_size=6)
SETTINGS = st.builds(
    ImportSettings,
    columns=st.none() | st.dictionaries(TEXTS, st.sampled_from(["user", "item", "time", "text"])),
    drop=st.lists(TEXTS, max_size=3).map(tuple),
    behaviours=st.dictionaries(TEXTS, st.none() | TEXTS),
    negative=st.none() | st.lists(TEXTS, max_size=3).map(tuple),
    default_behaviour=st.none() | TEXTS,
    keep_text_events=st.booleans(),
    missing=st.lists(TEXTS, max_size=3).map(tuple),
    pseudonym_key=st.none() | st.binary(min_size=16, max_size=32),
    replace=st.booleans(),
)


@given(SETTINGS, st.lists(st.tuples(st.lists(TEXTS, unique=True), st.sampled_from(["events", "items"])), max_size=3))
def test_a_report_remembers_all_but_files_and_secrets(
    settings: ImportSettings, files: list[tuple[list[str], str]]
) -> None:
    told = [{"kind": kind, "columns": dict.fromkeys(c[:1], "user"), "unused": c[1:]} for c, kind in files]
    found = Remembered.from_report({"settings": settings.to_dict(), "files": told})
    assert found.settings == ImportSettings(
        **{**vars(settings), "pseudonym_key": None, "replace": False, "files": (), "items_files": ()}
    )
    assert found.events == {frozenset(columns) for columns, kind in files if kind == "events"}
    assert found.items == {frozenset(columns) for columns, kind in files if kind == "items"}


def test_a_way_is_tried_once_however_many_files_were_read_so(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        for number in range(3):  # one way, thrice
            path = write(tmp_path / f"{number}.csv", f"user,item,time\nu{number},a,2024-01-01\n")
            workflow.import_files(workspace, ImportSettings(files=(path,)), Progress())
        with workspace.cursor() as cursor:
            assert len(remembered(cursor)) == 1


def test_the_command_reads_later_files_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    work, first, second = tmp_path / "w.seqlens", tmp_path / "first.csv", tmp_path / "second.csv"
    write(first, FIRST)
    write(second, SECOND)
    roles = [f"{role}={column}" for column, role in COLUMNS.items()]
    words = ["import", str(first), "--workspace", str(work), "--map", *roles, "--drop", "comment", "client"]
    assert cli.run([*words, "--negative", "look"]) == 0
    assert cli.run(["import", str(second), "--workspace", str(work), "--invalid", "look"]) == 0
    assert "as in an earlier import" in capsys.readouterr().err
    with Workspace.open(work) as workspace:
        assert workspace.users().ids.to_pylist() == ["ann", "bob"]
        assert workspace.event_texts() == []
        assert {one.name: one.negative for one in workspace.log().behaviours} == {"buy": False, "look": True}


def test_the_command_that_watches_imports_no_other_columns(
    shop: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.close()
    other = write(tmp_path / "other.csv", SECOND.replace("comment", "remark"))
    words = ["import", str(tmp_path), "--watch", "--workspace", str(shop.path)]
    arguments = cli.parser().parse_args(words)
    with stoppable() as progress:
        assert importing._take_in(arguments, [other], Watch(tmp_path), progress) == []
        assert "other.csv: no file with these columns" in capsys.readouterr().err
        same = write(tmp_path / "second.csv", SECOND)
        assert importing._take_in(arguments, [other, same], Watch(tmp_path), progress) == []
    with Workspace.open(shop.path) as workspace:
        assert workspace.users().ids.to_pylist() == ["ann", "bob", "cay"]
        assert workspace.event_texts() == []


def test_the_command_that_watches_tries_again_when_the_key_of_the_pseudonyms_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, work, key, away = tmp_path / "in", tmp_path / "w.seqlens", tmp_path / "key", tmp_path / "away"
    folder.mkdir()
    words = ["import", str(folder), "--watch", "--workspace", str(work), "--pseudonyms", str(key)]
    arguments = cli.parser().parse_args(words)
    plain = "user_id,item_id,behavior,timestamp\nann,a,buy,1700000000\nbob,b,buy,1700000100\n"
    write(folder / "first.csv", plain)
    watch = Watch(folder)
    with stoppable() as progress:
        watch.arrived()
        assert importing._take_in(arguments, watch.arrived(), watch, progress) == []
        key.rename(away)
        second = write(folder / "second.csv", plain.replace("bob", "cay").replace("17000", "17001"))
        watch.arrived()
        for _ in range(2):
            assert watch.arrived() == [second]
            assert importing._take_in(arguments, [second], watch, progress) == []
            assert "There is no file" in capsys.readouterr().err
            assert not key.exists()  # another one would give the same users other pseudonyms
        away.rename(key)
        assert importing._take_in(arguments, watch.arrived(), watch, progress) == []
        assert watch.arrived() == []
    with Workspace.open(work) as workspace:
        told = workspace.users().ids.to_pylist()
    assert sorted(told) == sorted(pseudonyms.of(["ann", "bob", "cay"], bytes.fromhex(key.read_text())))
