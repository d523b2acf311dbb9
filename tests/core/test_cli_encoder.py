"""The headless choice of the language model that reads texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import cli
from core.chosen import choose, reading_of
from core.language import hub
from core.language.reading import Reading
from core.progress import Progress
from core.workspace import Workspace
from tests.core.language.models import small_model
from tests.shop import open_shop


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    open_shop(tmp_path / "shop.seqlens").close()
    return tmp_path / "shop.seqlens"


def _read_by(shop: Path) -> Reading:
    with Workspace.open(shop) as workspace:
        return reading_of(workspace, workspace.active_run())


def _train(shop: Path, *words: str) -> int:
    return cli.run(["train", "--workspace", str(shop), "--model", "content", *words])


def test_a_training_reads_with_a_folder_and_without_one_with_what_was_chosen(shop: Path, tmp_path: Path) -> None:
    folder = str(small_model(tmp_path / "e5-mine"))
    assert _train(shop, "--encoder", folder) == 0
    assert (_read_by(shop).model, _read_by(shop).prefix) == (folder, "passage: ")
    with Workspace.open(shop) as workspace:
        choose(workspace, Reading(folder, "cls"))
    assert _train(shop) == 0
    assert _read_by(shop) == Reading(folder, "cls")
    assert _train(shop, "--encoder", "all-MiniLM-L6-v2") == 0
    assert _read_by(shop) == Reading()


def test_fewer_bits_are_read_with(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _train(shop, "--bits", "4") == 0
    assert _read_by(shop) == Reading(bits=4)
    assert _train(shop, "--bits", "8", "--resume") == 2
    assert "its own language model" in capsys.readouterr().err


def test_a_name_is_fetched_only_where_that_is_said(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, here = small_model(tmp_path / "small"), dict[str, Path]()

    def fetch(name: str, progress: Progress) -> Path:
        progress.check()
        return here.setdefault(name, folder)

    monkeypatch.setattr(hub, "fetched", here.get)
    monkeypatch.setattr(hub, "fetch", fetch)
    assert _train(shop, "--encoder", "some/model") == 1
    assert "--download" in capsys.readouterr().err
    assert not here
    assert _train(shop, "--encoder", "some/model", "--download") == 0
    assert _read_by(shop).model == "some/model"


@pytest.mark.parametrize("words", [["--download"], ["--encoder", "x", "--resume"]])
def test_what_would_be_ignored_is_refused(shop: Path, words: list[str]) -> None:
    assert _train(shop, *words) == 2
