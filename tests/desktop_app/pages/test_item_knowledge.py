"""Bringing in files that tell more of the items, as an analyst does on the Data page, and what the lists say of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from core import workflow
from core.data.settings import ImportSettings
from core.fitting import TrainSettings
from core.progress import Progress
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.pages.data import DataPage
from desktop_app.pages.recommendations import RecommendationsPage
from desktop_app.parts.item_knowledge import ItemKnowledge
from desktop_app.preferences import Preferences
from desktop_app.state import AppState
from tests.core.language.vision import save_model, save_picture
from tests.shop import ITEMS, open_shop, read_before

SOON = 20_000


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        yield workspace


@pytest.fixture
def part(qtbot: QtBot, workspace: Workspace) -> Iterator[ItemKnowledge]:
    """The part of a Data page that is shown."""
    background, state = Background(), AppState()
    page = DataPage(state, background)
    state.setParent(page)
    qtbot.addWidget(page)
    page.resize(1076, 740)
    page.show()
    state.open(workspace)
    qtbot.waitUntil(lambda: page.knowledge.adding[0].isEnabled() and not background.asking, timeout=SOON)
    yield page.knowledge
    background.close()


def answer(monkeypatch: pytest.MonkeyPatch, *files: Path) -> None:
    """What the analyst chooses in the dialogs to come."""
    names = [str(file) for file in files]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (names.pop(0), ""))


def click(qtbot: QtBot, part: ItemKnowledge, action: str) -> None:
    button = part.findChild(QPushButton, f"{action}.button")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def row(part: ItemKnowledge, place: int = 0) -> list[str]:
    return [part.table.item(place, column).text() for column in range(part.table.columnCount())]


def sounds(folder: Path) -> tuple[Path, Path]:
    np.save(folder / "sound.npy", np.random.default_rng(0).normal(size=(ITEMS + 1, 4)))
    (folder / "names.txt").write_text("\n".join([*(f"i{item}" for item in range(ITEMS)), "nobody"]))
    return folder / "sound.npy", folder / "names.txt"


def test_vectors_come_in_with_their_ids_and_go_again(
    qtbot: QtBot, part: ItemKnowledge, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert part.table.isHidden()
    assert not part.remove_action.isEnabled()
    answer(monkeypatch, *sounds(tmp_path))  # no ids lie beside the vectors, so they are asked for
    click(qtbot, part, "data.vectors")
    qtbot.waitUntil(lambda: part.table.rowCount() == 1, timeout=SOON)
    assert row(part)[:3] == ["Outside vectors", "sound.npy", "24"]
    assert row(part)[3].startswith("numbers for each item: 4, 1 row")
    assert "There is no such item in the workspace (first in row 25: nobody)" in part.told.text()
    assert "vectors" in workspace.beside.taken()
    part.table.selectRow(0)
    click(qtbot, part, "data.forget_knowledge")
    qtbot.waitUntil(lambda: part.table.rowCount() == 0, timeout=SOON)
    assert workspace.beside.taken() == {}


def test_a_file_that_cannot_be_used_is_told(
    qtbot: QtBot, part: ItemKnowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.csv").write_text("who,x\na,1\n")
    answer(monkeypatch, tmp_path / "bad.csv")
    click(qtbot, part, "data.vectors")
    qtbot.waitUntil(part.told.isVisible, timeout=SOON)
    assert "no column for the item" in part.told.text()
    assert part.table.isHidden()


def listed(qtbot: QtBot, part: ItemKnowledge, workspace: Workspace, component: str) -> RecommendationsPage:
    """The page with a list by popularity and a component that knows the items by what was brought in."""
    read_before(workspace)
    options: dict[str, dict[str, object]] = {"hybrid": {"components": ["popularity", component]}}
    workflow.train(workspace, TrainSettings(options=options, hide_seen=False), Progress())
    page = RecommendationsPage(part._state, part._background)
    qtbot.addWidget(page)
    page.show()
    part._state.select_user(3)
    qtbot.waitUntil(lambda: bool(page.breakdown.components.figures), timeout=SOON)
    return page


@pytest.mark.parametrize(
    ("name", "header", "comma"),
    [
        ("made.csv", "head,relation,tail", ","),
        ("made.kg", "head_id:token\trelation_id:token\ttail_id:token", "\t"),  # RecBole's
    ],
)
def test_relations_come_in_and_lists_tell_the_paths(
    qtbot: QtBot,
    part: ItemKnowledge,
    workspace: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    header: str,
    comma: str,
) -> None:
    rows = [comma.join((f"i{item}", "made by", f"maker {item % 3}")) for item in range(ITEMS)]
    (tmp_path / name).write_text("\n".join([header, *rows, ""]))
    answer(monkeypatch, tmp_path / name)
    click(qtbot, part, "data.relations")
    qtbot.waitUntil(lambda: part.table.rowCount() == 1, timeout=SOON)
    assert row(part) == ["Relations", name, "24", "relations: 24, kinds of relation: 1, other things: 3"]
    page = listed(qtbot, part, workspace, "relations")
    qtbot.waitUntil(lambda: bool(page.breakdown.why.lines), timeout=SOON)
    paths = [line for line in page.breakdown.why.lines if "–made by→ maker" in line]
    assert paths
    assert "←made by–" in paths[0]
    assert paths[0].endswith("\N{NO-BREAK SPACE}%)")
    assert "Relations" in page.breakdown.components.figures


def test_vectors_of_a_parquet_file_are_a_part_of_the_score(
    qtbot: QtBot, part: ItemKnowledge, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [f"i{item}" for item in range(ITEMS)]
    around = 2 * np.pi * np.arange(ITEMS) / ITEMS  # items that follow each other lie beside each other
    numbers = {"x": np.cos(around), "y": np.sin(around)}
    pq.write_table(pa.table({"item_id": ids, **numbers}), tmp_path / "sound.parquet")
    answer(monkeypatch, tmp_path / "sound.parquet")
    click(qtbot, part, "data.vectors")
    qtbot.waitUntil(lambda: part.table.rowCount() == 1, timeout=SOON)
    assert row(part)[:3] == ["Outside vectors", "sound.parquet", "24"]
    page = listed(qtbot, part, workspace, "vectors")
    assert "Outside vectors" in page.breakdown.components.figures
    run = workspace.active_run()
    assert run is not None
    assert run.weights["vectors"] > 0


def test_pictures_are_looked_at_by_the_model_of_the_settings(
    qtbot: QtBot, part: ItemKnowledge, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    model = save_model(tmp_path / "model", "clip")
    rows = ["item_id,picture"]
    for item in range(3):
        save_picture(tmp_path / f"{item}.png", (60 * item, 40, 90), seed=item)
        rows.append(f"i{item},{item}.png")
    (tmp_path / "items.csv").write_text("\n".join([*rows, "i4,https://example.org/a.png"]))
    answer(monkeypatch, tmp_path / "items.csv", tmp_path / "items.csv")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(model))
    click(qtbot, part, "data.pictures")
    qtbot.waitUntil(lambda: part.table.rowCount() == 1, timeout=SOON)
    assert row(part)[:3] == ["Pictures", "items.csv", "3"]
    assert "numbers for each item: 12" in row(part)[3]
    assert "nothing is fetched from the web (first in row 4: https://example.org/a.png)" in part.told.text()
    assert Preferences().picture_model == str(model)
    assert "Pictures" in listed(qtbot, part, workspace, "pictures").breakdown.components.figures
    workspace.beside.remove("pictures")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: pytest.fail("the settings have it"))
    part.told.hide()
    click(qtbot, part, "data.pictures")
    qtbot.waitUntil(part.told.isVisible, timeout=SOON)
    assert "pictures" in workspace.beside.taken()


def test_a_catalogue_that_names_pictures_offers_a_look_at_them(
    qtbot: QtBot, part: ItemKnowledge, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    model = save_model(tmp_path / "model", "clip")
    assert not part.named_line.isVisible()
    for item in range(3):
        save_picture(tmp_path / f"{item}.png", (60 * item, 40, 90), seed=item)
    rows = ["item_id,title,图片", *(f"i{item},Lamp,{item}.png" for item in range(3))]
    (tmp_path / "catalogue.csv").write_text("\n".join(rows), encoding="utf-8")
    files = ImportSettings(items_files=(tmp_path / "catalogue.csv",))
    workflow.import_files(workspace, files, Progress())
    part._state.data_changed.emit()
    qtbot.waitUntil(part.named_line.isVisible, timeout=SOON)
    assert part.named.text() == "The column 图片 of catalogue.csv names pictures of items."
    assert workspace.beside.taken() == {}  # none was looked at by itself
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    click(qtbot, part, "data.catalogue_pictures")
    assert workspace.beside.taken() == {}
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(model))
    click(qtbot, part, "data.catalogue_pictures")
    qtbot.waitUntil(lambda: part.table.rowCount() == 1, timeout=SOON)
    assert row(part)[:3] == ["Pictures", "catalogue.csv", "3"]
    assert not part.named_line.isVisible()
    part.table.selectRow(0)
    click(qtbot, part, "data.forget_knowledge")
    qtbot.waitUntil(part.named_line.isVisible, timeout=SOON)
