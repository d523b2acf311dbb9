"""The file of a workspace written anew: stopped, killed on the way, or put over another one, nothing is locked out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core import keeping, migrations, rewriting
from core.data.database import unfinished
from core.data.tables import REWRITE_DUE
from core.errors import SeqlensError
from core.privacy import passphrase
from core.progress import Cancelled, Progress
from core.recommend.feedback import Entry
from core.runs import Run
from core.sequences.annotations import Annotation
from core.workspace import Workspace
from tests.shop import DAY, START, open_shop

WORDS, OTHER = "long green boats", "seven quiet rivers"
ROOT = Path(__file__).parents[3]


def made(path: Path, words: str | None = None, mark: int = 0) -> Path:
    with Workspace.create(path, words) as workspace:
        workspace.set_setting("mark", mark)
    return path


def mark_of(path: Path, words: str | None = None) -> object:
    passphrase.tell(path, None)
    with Workspace.open(path, words) as workspace:
        return workspace.setting("mark", None)


@pytest.mark.parametrize("first", [None, OTHER])
def test_a_stop_that_comes_too_late_locks_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str | None
) -> None:
    path, progress = made(tmp_path / "w.seqlens", first, mark=7), Progress()
    replace = Path.replace

    def then_stop(self: Path, target: Path) -> Path:
        if target == path:
            progress.cancel()
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", then_stop)
    rewriting.encrypt(path, WORDS, progress)
    assert mark_of(path, WORDS) == 7
    assert [one.name for one in sorted(tmp_path.iterdir())] == ["w.seqlens", "w.seqlens.key"]


def test_what_is_stopped_in_time_is_as_it_was(tmp_path: Path) -> None:
    path, progress = made(tmp_path / "w.seqlens", OTHER, mark=7), Progress()
    progress.cancel()
    for work in (lambda: rewriting.encrypt(path, WORDS, progress), lambda: rewriting.decrypt(path, progress)):
        with pytest.raises(Cancelled):
            work()
        assert mark_of(path, OTHER) == 7


def test_encryption_that_was_killed_between_backup_and_workspace_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path / "w.seqlens", OTHER)
    place = migrations.backup(path, 1)
    shutil.copy(path, place)
    shutil.copy(passphrase.salt_file(path), passphrase.salt_file(place))
    encrypt = rewriting.encrypt

    def killed(there: Path, words: str, progress: Progress) -> None:
        if there == path:
            raise KeyboardInterrupt
        encrypt(there, words, progress)

    with monkeypatch.context() as patch:
        patch.setattr(rewriting, "encrypt", killed)
        with pytest.raises(KeyboardInterrupt):
            keeping.encrypt(path, WORDS, Progress())
    passphrase.tell(place, None)  # another process tries again
    keeping.encrypt(path, WORDS, Progress())
    assert mark_of(path, WORDS) == mark_of(place, WORDS) == 0
    with Workspace.open(path) as workspace:
        assert [one.action for one in keeping.stored(workspace).records] == ["encrypt"]


def test_what_fails_is_not_written_down_as_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path / "w.seqlens")

    def full(*_: object) -> None:
        raise SeqlensError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(rewriting, "encrypt", full)
        with pytest.raises(SeqlensError):
            keeping.encrypt(path, WORDS, Progress())
    with Workspace.open(path) as workspace:
        assert keeping.stored(workspace).records == ()


@pytest.mark.parametrize(("own", "others"), [(None, None), (None, OTHER), (WORDS, OTHER), (WORDS, None)])
def test_a_copy_takes_the_place_of_a_workspace_with_all_that_belongs_to_it(
    tmp_path: Path, own: str | None, others: str | None
) -> None:
    made(tmp_path / "other.seqlens", others, mark=1)
    with Workspace.open(made(tmp_path / "w.seqlens", own, mark=2), own) as workspace:
        workspace.save_as(tmp_path / "other.seqlens")
    assert mark_of(tmp_path / "other.seqlens", own) == 2
    assert (tmp_path / "other.seqlens.key").exists() == (own is not None)


def test_a_copy_that_is_killed_leaves_a_workspace_that_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = made(tmp_path / "other.seqlens", OTHER, mark=1)
    replace = Path.replace

    def killed(self: Path, target: Path) -> Path:
        if target == other:
            raise KeyboardInterrupt
        return replace(self, target)

    with (
        Workspace.open(made(tmp_path / "w.seqlens", WORDS, mark=2), WORDS) as workspace,
        monkeypatch.context() as patch,
    ):
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            workspace.save_as(other)
    assert mark_of(other, OTHER) == 1


OPEN = """
import sys; from pathlib import Path; from core.workspace import Workspace
with Workspace.open(Path(sys.argv[1]), sys.argv[2] or None) as workspace:
    workspace.set_setting("mark", 9)
    print(flush=True)
    sys.stdin.readline()
"""


@pytest.mark.parametrize("words", [None, OTHER])
def test_no_copy_is_put_over_what_another_window_has_open(tmp_path: Path, words: str | None) -> None:
    other = made(tmp_path / "other.seqlens", words)
    command = [sys.executable, "-c", OPEN, str(other), words or ""]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        with (
            Workspace.open(made(tmp_path / "w.seqlens")) as workspace,
            pytest.raises(SeqlensError, match="is open in another window"),
        ):
            workspace.save_as(other)
    finally:
        process.kill()
        process.communicate()
    assert mark_of(other, words) == 9
    assert not list(tmp_path.glob(".*"))


def kill_while_open(path: Path) -> None:
    """Leave what a process does that is killed with a workspace open and written to."""
    command = [sys.executable, "-c", OPEN, str(path), ""]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.communicate()


def test_the_log_of_a_killed_process_is_not_taken_for_that_of_the_copy(tmp_path: Path) -> None:
    other = made(tmp_path / "other.seqlens")
    kill_while_open(other)
    assert (tmp_path / "other.seqlens.wal").exists()
    with Workspace.open(made(tmp_path / "w.seqlens", mark=3)) as workspace:
        workspace.save_as(other)
    assert not (tmp_path / "other.seqlens.wal").exists()
    assert mark_of(other) == 3


def test_a_backup_has_what_was_not_in_the_file_yet(tmp_path: Path) -> None:
    path = made(tmp_path / "w.seqlens")
    kill_while_open(path)
    assert mark_of(migrations.back_up(path, 1)) == 9
    assert mark_of(path) == 9


def replaced(path: Path, folder: Path) -> None:
    shutil.copy(path, folder / "copy")
    (folder / "copy").replace(path)


def removed(path: Path, folder: Path) -> None:
    del folder
    path.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody replace an open file")
@pytest.mark.parametrize("what", [replaced, removed])
def test_nothing_is_written_into_a_file_that_another_took_the_place_of(
    tmp_path: Path, what: Callable[[Path, Path], None]
) -> None:
    with Workspace.open(made(tmp_path / "w.seqlens")) as workspace:
        what(workspace.path, tmp_path)
        with pytest.raises(SeqlensError, match="is not there any more"):
            workspace.set_setting("mark", 1)
        workspace.save_as(tmp_path / "saved.seqlens")


def test_drafts_of_backups_that_were_killed_are_removed(tmp_path: Path) -> None:
    path = made(tmp_path / "w.seqlens")
    shutil.copy(path, migrations.backup(path, 1))
    unfinished(migrations.backup(path, 1)).write_text("plain")
    Workspace.open(path).close()
    assert not list(tmp_path.glob(".*"))


def test_old_feedback_notes_and_changed_histories_go_with_old_events(tmp_path: Path) -> None:
    day = START + 3 * DAY
    with open_shop(tmp_path / "w.seqlens") as workspace:
        ids = workspace.users().ids.to_pylist()
        log = workspace.log()
        first = [int(log.time[start]) for start in log.offsets[:-1]]
        some, others = ids[first.index(min(first))], ids[first.index(max(first))]
        assert min(first) < day < max(first)
        workspace.feedback.put(
            [Entry(some, "i1", "up", "old words", time=day - 1), Entry(others, "i2", "up", time=day)]
        )
        for time, text in ((day - 1, "old note"), (day, "new note")):
            note = Annotation(others, time, "", "", text)
            workspace.saved.put("annotation", note.name, note.body())
        for user in (some, others):
            workspace.saved.put("what-if", f"of {user}", {"user": user, "history": {"item": [1]}})
        with workspace.cursor() as cursor:
            cursor.execute("INSERT INTO rejections VALUES (0, 'malformed_row', NULL, 3, NULL, 'an old row', '')")
            cursor.execute("INSERT INTO data_facts VALUES ('ordered', '700')")
    keeping.retain(tmp_path / "w.seqlens", day, Progress())
    data = (tmp_path / "w.seqlens").read_bytes()
    assert not any(secret in data for secret in (b"old words", b"old note", b"an old row"))
    with Workspace.open(tmp_path / "w.seqlens") as workspace:
        assert [entry.user for entry in workspace.feedback.all()] == [others]
        assert [body["text"] for body in workspace.saved.all("annotation").values()] == ["new note"]
        assert list(workspace.saved.all("what-if")) == [f"of {others}"]
        log = workspace.log()
        assert not np.any((np.diff(log.time) < 0) & (np.diff(log.user) == 0))
        assert log.time.min() >= day


def test_of_a_run_that_learned_from_the_forgotten_no_byte_stays_when_it_is_removed(tmp_path: Path) -> None:
    path, mark = tmp_path / "w.seqlens", b"a mark that is in its model"
    with open_shop(path) as workspace:
        run = workspace.runs.save(Run("a", "first", "popularity", "2026-01-01T10:00:00"), {"serving": mark * 4000})
        other = workspace.runs.save(Run("b", "second", "popularity", "2026-01-01T10:00:00"), {"serving": b"other"})
    keeping.forget_users(path, ["user 01"], Progress())
    assert mark in path.read_bytes()
    with Workspace.open(path) as workspace:
        workspace.runs.delete(run.id)
    Workspace.open(path).close()
    assert mark not in path.read_bytes()
    with Workspace.open(path) as workspace:
        assert [one.id for one in workspace.runs.all()] == [other.id]
        assert workspace.setting(REWRITE_DUE, False) is False


def test_an_encrypted_workspace_whose_drive_is_gone_is_saved_elsewhere(tmp_path: Path) -> None:
    place = tmp_path / "drive"
    place.mkdir()
    made(place / "w.seqlens", WORDS, mark=5)
    with Workspace.open(place / "w.seqlens", WORDS) as workspace:
        place.rename(tmp_path / "away")
        workspace.save_as(tmp_path / "saved.seqlens")
    assert mark_of(tmp_path / "saved.seqlens", WORDS) == 5


def refusing(monkeypatch: pytest.MonkeyPatch, *targets: Path) -> None:
    """Let no file take the place of any of `targets`."""
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target in targets:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)


@pytest.mark.parametrize("words", [None, WORDS])
def test_a_workspace_that_cannot_take_its_place_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str | None
) -> None:
    path = tmp_path / "w.seqlens"
    with monkeypatch.context() as patch:
        refusing(patch, path)
        with pytest.raises(SeqlensError, match="No space left"):
            Workspace.create(path, words)
    assert not list(tmp_path.iterdir())
    assert mark_of(made(path, words, mark=3), words) == 3  # nor is its name taken


def test_a_copy_that_cannot_take_its_place_leaves_nothing_and_another_one_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, new, other = made(tmp_path / "w.seqlens", WORDS), tmp_path / "new.seqlens", tmp_path / "other.seqlens"
    made(other, OTHER, mark=4)
    kept = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    with monkeypatch.context() as patch:
        refusing(patch, new, other)
        with Workspace.open(path, WORDS) as workspace:
            for place in (new, other):
                with pytest.raises(SeqlensError, match="No space left"):
                    workspace.save_as(place)
    assert {one.name for one in tmp_path.iterdir()} == set(kept)
    assert passphrase.salt_file(other).read_bytes() == kept["other.seqlens.key"]
    assert mark_of(other, OTHER) == 4


@pytest.mark.parametrize("failing", ["w.seqlens.version1", "w.seqlens.version1.key"])
def test_a_backup_that_cannot_be_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    path = made(tmp_path / "w.seqlens", WORDS, mark=5)
    kept = {one.name for one in tmp_path.iterdir()}
    with monkeypatch.context() as patch:
        refusing(patch, tmp_path / failing)
        with pytest.raises(SeqlensError):
            migrations.back_up(path, 1)
    assert {one.name for one in tmp_path.iterdir()} == kept
    assert mark_of(path, WORDS) == 5
    assert mark_of(migrations.back_up(path, 1), WORDS) == 5
