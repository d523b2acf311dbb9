"""The workspace file: what it keeps, what it refuses, and what survives a kill."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from core.data.database import AlreadyOpen, is_encrypted, write_ahead_log
from core.errors import SeqlensError
from core.runs import Run
from core.workspace import Workspace


def test_settings_and_runs_come_back(tmp_path: Path) -> None:
    path = tmp_path / "工作 1.seqlens"
    with Workspace.create(path) as workspace:
        workspace.set_setting("selection", {"user": 7})
        workspace.runs.save(Run("a", "first", "transitions", "2026-01-01T10:00:00", status="done"))
        workspace.runs.save(Run("b", "second", "hybrid", "2026-01-02T10:00:00", status="done", curve=({"epoch": 1},)))
    with Workspace.open(path) as workspace:
        assert workspace.setting("selection", None) == {"user": 7}
        assert [run.id for run in workspace.runs.all()] == ["b", "a"]
        assert workspace.runs.get("b").curve == ({"epoch": 1},)
        newest = workspace.active_run()
        assert newest is not None
        assert newest.id == "b"
        workspace.set_active_run("a")
        chosen = workspace.active_run()
        assert chosen is not None
        assert chosen.id == "a"
        workspace.use_run("b")
        workspace.keep_run("a")  # a write of an earlier choice, which comes late
        used = workspace.active_run()
        assert used is not None
        assert used.id == "b"
    with Workspace.open(path) as workspace:
        kept = workspace.active_run()
        assert kept is not None
        assert kept.id == "a"


def test_a_model_is_published_with_its_run_and_deleted_with_it(tmp_path: Path) -> None:
    from core.runs import pack

    weights = {"w": np.arange(6, dtype=np.float16).reshape(2, 3)}
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        run = Run("a", "first", "transitions", "2026-01-01T10:00:00")
        workspace.runs.save(run)
        workspace.runs.checkpoint("a", "evaluation").save(weights, {"epoch": 3})
        loaded = workspace.runs.checkpoint("a", "evaluation").load()
        assert loaded is not None
        assert loaded[1] == {"epoch": 3}
        workspace.runs.save(run, {"serving": pack(weights, {"k": "值"})})
        assert workspace.runs.checkpoint("a", "evaluation").load() is None
        tensors, settings = workspace.runs.model("a", "serving")
        np.testing.assert_array_equal(tensors["w"], weights["w"])
        assert settings == {"k": "值"}
        workspace.runs.delete("a")
        with pytest.raises(SeqlensError, match="no trained model"):
            workspace.runs.model("a", "serving")


@pytest.mark.parametrize("words", [None, "several words"])
@pytest.mark.parametrize("room", [True, False])
def test_a_model_goes_into_the_file_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str | None, room: bool
) -> None:
    path, size = tmp_path / "w.seqlens", 4 << 20
    there = shutil.disk_usage(tmp_path)
    with Workspace.create(path, words) as workspace:
        if not room:
            monkeypatch.setattr(shutil, "disk_usage", lambda _: there._replace(free=size))
        run = Run("a", "first", "transitions", "2026-01-01T10:00:00", status="done")
        workspace.runs.save(run, {"serving": os.urandom(size)})
        log = write_ahead_log(path)
        assert ((log.stat().st_size if log.exists() else 0) < size) == room
        assert (path.stat().st_size > size) == room
        workspace.set_setting("after", True)
        assert len(workspace.runs.blob("a/serving") or b"") == size


def test_large_blobs_are_cut_and_joined(tmp_path: Path) -> None:
    weights = {"w": np.random.default_rng(0).normal(size=3_000_000).astype(np.float32)}
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        workspace.runs.save(Run("a", "first", "transitions", "2026-01-01T10:00:00"))
        place = workspace.runs.checkpoint("a", "evaluation")
        place.save(weights, {})
        loaded = place.load()
    assert loaded is not None
    np.testing.assert_array_equal(loaded[0]["w"], weights["w"])


def test_vectors_are_found_by_hash(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        workspace.vectors.put("m", [b"a", b"b"], np.array([[1, 2], [3, 4]], dtype=np.float32))
        known, vectors = workspace.vectors.get("m", [b"b", b"x", b"a"])
        assert known.tolist() == [True, False, True]
        assert vectors.tolist() == [[3, 4], [1, 2]]
        known, vectors = workspace.vectors.get("other", [b"b"])
        assert not known.any()
        assert len(vectors) == 0


def test_save_as_copies_everything_and_the_copy_opens(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        workspace.set_setting("x", [1, "二"])
        workspace.save_as(tmp_path / "copy's.seqlens")
    with Workspace.open(tmp_path / "copy's.seqlens") as copy:
        assert copy.setting("x", None) == [1, "二"]
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.endswith(".part")] == []


def test_a_workspace_with_a_quote_in_its_name_is_copied_as_often_as_asked(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / 'the "best".seqlens') as workspace:
        workspace.set_setting("x", 1)
        with pytest.raises(SeqlensError, match="cannot be written"):
            workspace.save_as(tmp_path / "absent" / "copy.seqlens")
        for name in ("copy.seqlens", "another.seqlens"):
            workspace.save_as(tmp_path / name)
    for name in ("copy.seqlens", "another.seqlens"):
        with Workspace.open(tmp_path / name) as copy:
            assert copy.setting("x", None) == 1


def test_a_run_keeps_the_name_that_it_is_given_while_it_trains(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        run = workspace.runs.save(Run("a", "hybrid 1", "hybrid", "2026-01-01T10:00:00"))
        workspace.runs.rename("a", "For Monday")
        kept = workspace.runs.save(run.noted("Training goes on"))  # what the training knows has the former name
        assert kept == workspace.runs.get("a")
        assert (kept.name, len(kept.log)) == ("For Monday", 1)
        with pytest.raises(SeqlensError, match="no run zzz"):
            workspace.runs.rename("zzz", "x")


def test_what_is_no_workspace_is_refused_kindly(tmp_path: Path) -> None:
    text = tmp_path / "events.csv"
    text.write_text("user,item\n1,2\n" * 1000)
    with pytest.raises(SeqlensError, match="not a Seqlens workspace"):
        Workspace.open(text)
    with pytest.raises(SeqlensError, match="no workspace"):
        Workspace.open(tmp_path / "absent.seqlens")
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        workspace.set_setting("version", 99)
    with pytest.raises(SeqlensError, match="newer"):
        Workspace.open(tmp_path / "w.seqlens")


HOLDER = """
import sys, time
from pathlib import Path
from core.runs import Run
from core.workspace import Workspace
workspace = Workspace.create(Path(sys.argv[1]))
workspace.runs.save(Run("a", "first", "hybrid", "2026-01-01T10:00:00"))
workspace.set_setting("thumb", "up")
print("ready", flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL does not exist on Windows")
def test_a_second_process_is_told_and_a_killed_one_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "w.seqlens"
    root = Path(__file__).parents[2]
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, cwd=root)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"ready"
    with pytest.raises(SeqlensError, match="open in another"):
        Workspace.open(path)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with Workspace.open(path) as workspace:
        assert workspace.setting("thumb", None) == "up"
        assert workspace.runs.get("a").status == "stopped"


def test_what_is_kept_is_loaded_once_and_holds_up_nothing_else(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        started, go_on = threading.Event(), threading.Event()
        loads: list[str] = []

        def slow() -> str:
            loads.append("model")
            started.set()
            assert go_on.wait(20)
            return "read"

        readers = [threading.Thread(target=lambda: workspace.keep("model", "1", slow)) for _ in range(2)]
        for reader in readers:
            reader.start()
        assert started.wait(20)
        assert workspace.users().users == 0  # while the model is being read
        go_on.set()
        for reader in readers:
            reader.join(20)
        assert loads == ["model"]
        assert workspace.keep("model", "2", lambda: "another") == "another"


def test_a_segment_follows_its_definition_and_the_clusters(tmp_path: Path) -> None:
    from core.analysis.conditions import EventCount, InCluster, Segment
    from tests.shop import open_shop

    with open_shop(tmp_path / "shop.seqlens") as workspace:
        with pytest.raises(SeqlensError, match="no segment buyers"):
            workspace.segment("buyers")
        workspace.saved.put("segment", "buyers", Segment((EventCount("purchase", "灯具"),)).to_dict())
        log, categories = workspace.log(), workspace.catalogue().categories.to_pylist()
        bought = [
            user
            for user in range(log.users)
            if categories[log.item[log.offsets[user + 1] - 1]] == "灯具"  # a purchase ends each sequence
        ]
        found = workspace.segment("buyers")
        assert found.tolist() == bought
        assert workspace.segment("buyers") is found
        workspace.saved.put("clusters", "map", {"a": [3, 1], "b": [2]})
        workspace.saved.put("segment", "buyers", Segment((InCluster("map", "a"),)).to_dict())
        assert workspace.segment("buyers").tolist() == [1, 3]
        workspace.saved.put("clusters", "map", {"a": [3, 5], "b": [2]})
        assert workspace.segment("buyers").tolist() == [3, 5]


@pytest.mark.parametrize("words", [None, "long green boats"])
def test_to_look_at_an_open_workspace_lets_nobody_else_in(tmp_path: Path, words: str | None) -> None:
    """A process that closes a file loses its locks on it: the file must not be opened just to look."""
    code = (
        "import sys; from pathlib import Path; from core.errors import SeqlensError\n"
        "from core.workspace import Workspace\n"
        "try: Workspace.open(Path(sys.argv[1]), sys.argv[2] or None)\nexcept SeqlensError as error: print(error)"
    )
    path, link = tmp_path / "w.seqlens", tmp_path / "link.seqlens"
    with Workspace.create(path, words):
        link.symlink_to(path)
        for name in (path, link):
            assert is_encrypted(name) == (words is not None)
        if words is not None:
            shutil.copy(tmp_path / "w.seqlens.key", tmp_path / "link.seqlens.key")
            with pytest.raises(AlreadyOpen, match="is open in another window"):
                Workspace.open(link, words)
        else:
            Workspace.open(link).close()
        command = [sys.executable, "-c", code, str(path), words or ""]
        told = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2])
        assert "is open in another window" in told.stdout, told.stderr
    Workspace.open(path, words).close()
