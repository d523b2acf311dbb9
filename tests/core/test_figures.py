"""The figures that a workspace keeps are always those of the data that it has."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from core import figures as module
from core import keeping, rescue, telling, workflow
from core.data import importer
from core.data.settings import ImportSettings
from core.errors import SeqlensError
from core.figures import figures
from core.progress import Progress
from core.sequences.statistics import DataStatistics, data_statistics
from core.telling import everybody, item_tags
from core.workspace import Workspace

START, DAY = 1_600_000_000, 86_400
TAGS = {"i0": ("Comedy",), "i1": ("Comedy", "Drama"), "i4": (), "i7": ("Drama",), "new": ("War",)}


def bring(workspace: Workspace, path: Path, rows: list[tuple[str, str, str, int]], **how: object) -> None:
    told = "".join(f"{user},{item},{'|'.join(TAGS[item])},{kind},{START + time}\n" for user, item, kind, time in rows)
    path.write_text("user_id,item_id,category,behavior,timestamp\n" + told, encoding="utf-8")
    workflow.import_files(workspace, ImportSettings(files=(path,), **how), Progress())  # type: ignore[arg-type]


def first_days() -> list[tuple[str, str, str, int]]:
    kinds = ("view", "remove", "buy")
    return [(f"u{n % 6}", f"i{n * n % 9}", kinds[n % 3], n * n % 20 * DAY // 2) for n in range(120)]


def check(workspace: Workspace) -> DataStatistics:
    """What is given is what is counted, twice."""
    with workspace.cursor() as cursor:
        counted = data_statistics(cursor, workspace.log(), Progress())
    for _ in range(2):
        found = figures(workspace, Progress())
        assert found.to_dict() == counted.to_dict()
        for name, value in vars(counted).items():
            if isinstance(value, np.ndarray):
                assert getattr(found, name).dtype == value.dtype, name
    log = workspace.log()
    liked = log.item[log.positive]
    for _ in range(2):
        everyone = everybody(workspace)
        assert everyone.had.tolist() == item_tags(workspace).counted(liked).tolist()
        assert (everyone.tags, everyone.events) == (item_tags(workspace).names, len(liked))
        assert (everyone.start, everyone.end) == (log.time.min(), log.time.max())
        workspace.keep("everybody", "other", lambda: None)  # what is in memory goes, and what is kept comes back
    return found


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = Workspace.create(tmp_path / "w.seqlens")
    bring(workspace, tmp_path / "first.csv", first_days())
    return workspace


@pytest.fixture
def uncounted(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is counted any more once there is the workspace."""
    assert workspace.counts().events

    def failing(*_: object) -> None:
        raise AssertionError("they are counted")

    monkeypatch.setattr(module, "data_statistics", failing)
    monkeypatch.setattr(telling, "_liked", failing)


@pytest.mark.usefixtures("uncounted")
def test_an_import_counts_ahead_and_they_come_back(workspace: Workspace, tmp_path: Path) -> None:
    found = check(workspace)
    assert item_tags(workspace).names == ("Comedy", "Drama")
    assert 0 < everybody(workspace).events < found.events, "who removes an item does not like it"
    assert (found.users, found.events > 30, len(found.behaviours)) == (6, True, 3)
    workspace.close()
    with Workspace.open(workspace.path) as again:
        assert figures(again, Progress()).to_dict() == found.to_dict()
        again.save_as(tmp_path / "copy.seqlens")
    with Workspace.open(tmp_path / "copy.seqlens") as copy:
        assert figures(copy, Progress()).to_dict() == found.to_dict()


@pytest.mark.parametrize("append_from", [1, 1 << 60])
def test_they_follow_further_files(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, append_from: int
) -> None:
    monkeypatch.setattr(importer, "APPEND_FROM", append_from)
    before = check(workspace)
    bring(workspace, tmp_path / "more.csv", [("u1", "new", "cart", 30 * DAY), ("u9", "i1", "view", 1)])
    after = check(workspace)
    assert (after.events, after.users, after.catalogue) == (before.events + 2, 7, before.catalogue + 1)
    assert len(after.behaviours) == 4
    bring(workspace, tmp_path / "again.csv", [("u1", "new", "cart", 30 * DAY), ("u9", "i1", "view", 1)])
    assert check(workspace).to_dict() == after.to_dict()
    bring(workspace, tmp_path / "instead.csv", [("u1", "i1", "view", 5)], replace=True)
    assert check(workspace).events == 1


def test_how_many_events_there_were_is_forgotten_too(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "APPEND_FROM", 1)
    bring(workspace, tmp_path / "more.csv", [("u9", "i1", "view", 1)])
    with workspace.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM data_facts WHERE name = 'grown'").fetchall() == [(1,)]
    workspace.close()
    keeping.forget_users(workspace.path, ["u2"], Progress())
    with Workspace.open(workspace.path) as again, again.cursor() as cursor:
        facts = cursor.execute("SELECT name FROM data_facts ORDER BY name").fetchall()
        assert facts == [("fingerprint",), ("timed",)]
        bring(again, tmp_path / "later.csv", [("u9", "i4", "view", 7)])
        check(again)


def test_an_import_that_was_let_go_does_not_count_for_the_next_one(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is done for the lists may take so long that the analyst stops it and imports something else meanwhile."""
    others = [("next.csv", [("u8", "i4", "view", 3), ("u8", "i7", "buy", 9)])]

    def meanwhile(*_: object) -> None:
        if others:
            name, rows = others.pop()
            monkeypatch.setattr(importer, "APPEND_FROM", 1)  # of what is appended nothing is counted
            bring(workspace, tmp_path / name, rows)

    monkeypatch.setattr(workflow, "follow", meanwhile)
    bring(workspace, tmp_path / "let go.csv", [("u7", "i1", "view", 1)])
    assert not others
    assert check(workspace).users == 8


def test_they_forget_with_the_data(workspace: Workspace) -> None:
    before = check(workspace)
    workspace.close()
    keeping.forget_users(workspace.path, ["u2"], Progress())
    with Workspace.open(workspace.path) as again:
        assert not any(map(again.setting, ("figures", "everybody"), (None, None))), "nothing is left of them"
        fewer = check(again)
        assert (fewer.users, fewer.events < before.events) == (5, True)
        assert before.start is not None
    keeping.retain(workspace.path, before.start + 2 * DAY * 1_000_000, Progress())
    with Workspace.open(workspace.path) as again:
        assert not any(map(again.setting, ("figures", "everybody"), (None, None)))
        late = check(again)
        assert late.events < fewer.events
        assert late.start is not None
        assert late.start >= before.start + 2 * DAY * 1_000_000


def test_they_are_counted_anew_where_a_column_could_not_be_rescued(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert everybody(workspace).had.sum() > 0
    workspace.close()
    read = rescue._Rescue._piece

    def damaged(self: rescue._Rescue, table: str, columns: list[str], start: int, end: int) -> pa.Table | None:
        return None if (table, "category" in columns) == ("items", True) else read(self, table, columns, start, end)

    monkeypatch.setattr(rescue._Rescue, "_piece", damaged)
    found = rescue.rescue(workspace.path, tmp_path / "rescued.seqlens", Progress())
    assert found.partial["items"] == found.rows["items"]
    with Workspace.open(tmp_path / "rescued.seqlens") as again:
        assert not any(map(again.setting, ("figures", "everybody"), (None, None)))
        check(again)
        assert everybody(again).tags == ()


def test_everybody_is_counted_by_sql_where_no_log_is_in_memory(workspace: Workspace) -> None:
    check(workspace)
    found = everybody(workspace)
    workspace.set_setting("everybody", {"of": "other"})
    workspace.close()
    with Workspace.open(workspace.path) as again:
        counted = everybody(again)
        assert not again.keeps("log")
        assert (counted.had.tolist(), counted.events) == (found.had.tolist(), found.events)
        assert (counted.tags, counted.start, counted.end) == (found.tags, found.start, found.end)


@pytest.mark.parametrize("damage", [{}, {"counted": {}}, {"counted": {"events": 3}}, {"counted": 7}])
def test_what_cannot_be_read_is_counted_again(workspace: Workspace, damage: dict[str, object]) -> None:
    there = workspace.setting("figures", None)
    assert isinstance(there, dict)
    workspace.set_setting("figures", {"of": there["of"], **damage})
    check(workspace)
    assert workspace.setting("figures", None) == there


def test_where_nothing_can_be_written_they_are_counted_each_time(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise SeqlensError("The disk is full.")

    workspace.set_setting("figures", None)
    monkeypatch.setattr(workspace, "set_setting", full)
    check(workspace)
    assert workspace.setting("figures", None) is None


@pytest.mark.parametrize("memory", [1 << 29, 3 << 30])
def test_they_are_counted_while_events_are_ordered_in_memory_or_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: int
) -> None:
    def failing(*_: object) -> None:
        raise AssertionError("they are counted afterwards")

    with Workspace.create(tmp_path / "w.seqlens") as workspace, monkeypatch.context() as patch:
        patch.setattr(module, "data_statistics", failing)
        for number in range(2):  # the second time former and new events are ordered together
            path = tmp_path / f"{number}.csv"
            rows = first_days()[number::2]
            lines = [f"{user},{item},{kind},{START + time}" for user, item, kind, time in rows]
            lines.append(f"w{number},,view,{START}")  # rejected
            path.write_text("user_id,item_id,behavior,timestamp\n" + "\n".join(lines) + "\n", encoding="utf-8")
            workflow.import_files(workspace, ImportSettings(files=(path,)), Progress(), memory)
            figures(workspace, Progress())
        patch.undo()
        found = check(workspace)
        assert found.users == 6
        assert found.pairs < found.events


def test_without_times_they_are_counted_when_they_are_asked_for(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        path = tmp_path / "untimed.csv"
        path.write_text("user_id,item_id\nu1,i1\nu1,i2\nu2,i1\nu1,i1\n", encoding="utf-8")
        workflow.import_files(workspace, ImportSettings(files=(path,)), Progress())
        assert workspace.setting("figures", None) is None
        found = figures(workspace, Progress())
        assert (found.users, found.events, found.pairs, found.start, len(found.days)) == (2, 4, 3, None, 0)
        assert figures(workspace, Progress()).to_dict() == found.to_dict()


def test_an_empty_workspace_keeps_none(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "empty.seqlens") as empty:
        assert figures(empty, Progress()).events == 0
        assert empty.setting("figures", None) is None
