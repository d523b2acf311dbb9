"""A file that cannot be reached any more is told of, whether the system says so or not."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from core import cli, workflow
from core.errors import SeqlensError, lost_contact
from core.progress import Progress
from core.recommend.feedback import Entry
from core.runs import RunStore
from core.workspace import Workspace
from tests.shop import open_shop


def test_what_the_database_says_of_a_drive_that_is_gone_is_told() -> None:
    told = lost_contact(duckdb.IOException("IO Error: Could not write file: Input/output error"))
    assert told is not None
    assert "connect it again" in str(told)
    assert "Input/output error" in str(told)
    ended = "FATAL Error: Failed: database has been invalidated because of a previous fatal error."
    for error in (duckdb.FatalException(ended), duckdb.InternalException(ended)):
        assert lost_contact(error) is not None
    broken = lost_contact(duckdb.IOException("Corrupt database file: computed checksum 1 does not match 2 in block 3"))
    assert broken is not None
    assert "rescue" in str(broken)
    others = duckdb.ParserException("x"), duckdb.IOException("No magic bytes found at end of file")
    for other in (*others, ValueError("database has been invalidated"), SeqlensError("x")):
        assert lost_contact(other) is None


def test_nothing_is_written_where_the_file_is_gone_and_all_goes_on_when_it_is_back(tmp_path: Path) -> None:
    place, away = tmp_path / "place", tmp_path / "away"
    place.mkdir()
    with open_shop(place / "shop.seqlens") as workspace:
        place.rename(away)
        with pytest.raises(SeqlensError, match="is not there any more"):
            workspace.set_setting("mark", 1)
        with pytest.raises(SeqlensError, match="is not there any more"):
            workspace.feedback.put([Entry("user 01", "i1", "up")])
        assert workspace.counts().events == 720
        workspace.save_as(tmp_path / "saved.seqlens")
        away.rename(place)
        workspace.set_setting("mark", 2)
    with Workspace.open(place / "shop.seqlens") as workspace:
        assert workspace.setting("mark", 0) == 2
    with Workspace.open(tmp_path / "saved.seqlens") as saved:
        assert (saved.counts().events, saved.setting("mark", 0)) == (720, 0)


def test_a_drive_that_does_not_answer_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_shop(tmp_path / "shop.seqlens") as workspace:

        def silent(self: Path, **_: object) -> bool:
            raise OSError(5, "Input/output error", str(self))

        with monkeypatch.context() as patch:
            patch.setattr(Path, "stat", silent)
            with pytest.raises(SeqlensError, match="is not there any more"):
                workspace.set_setting("mark", 1)
        workspace.set_setting("mark", 1)


def test_the_command_line_tells_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    open_shop(tmp_path / "shop.seqlens").close()

    def failing(*_: object) -> None:
        raise duckdb.IOException("IO Error: Could not read from file: Input/output error")

    monkeypatch.setattr(RunStore, "all", failing)
    monkeypatch.setattr(Workspace, "_settle", lambda _: None)
    assert cli.run(["info", "--workspace", str(tmp_path / "shop.seqlens")]) == 1
    assert "connect it again" in capsys.readouterr().err


def test_a_training_says_that_the_drive_is_gone(tmp_path: Path) -> None:
    from core.fitting import TrainSettings

    place = tmp_path / "place"
    place.mkdir()
    with open_shop(place / "shop.seqlens") as workspace:

        class Removes(Progress):
            def report(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
                del fraction, message, figures
                if place.exists():
                    place.rename(tmp_path / "away")

        with pytest.raises(SeqlensError, match="is not there any more"):
            workflow.train(workspace, TrainSettings(model="popularity"), Removes())
        (tmp_path / "away").rename(place)
        workflow.train(workspace, TrainSettings(model="popularity"), Progress())
        assert next(run.status for run in workspace.runs.all()) == "done"
