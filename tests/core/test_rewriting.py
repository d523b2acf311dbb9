"""A new workspace and the salt of its key come together: killed at any step, no name is blocked and no salt is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

import core.workspace
from core import rewriting
from core.data.database import Database, is_held, unfinished
from core.errors import SeqlensError
from core.files import sweep
from core.migrations import back_up
from core.privacy import passphrase
from core.progress import Progress
from core.rescue import rescue
from core.workspace import Workspace
from tests.shop import open_shop

WORDS, OTHER = "long green boats", "seven quiet rivers"
ROOT = Path(__file__).parents[2]

# Of each kind of work, a process for each of its steps, which dies just before it renames or removes a file.
DYING = """
import os, shutil, signal, sys
from itertools import count
from pathlib import Path
from core import rewriting
from core.privacy.passphrase import Salt
from core.workspace import Workspace
Salt.__init__.__defaults__ = (Salt.__init__.__defaults__[0], 1, 32, 4)

def new(path):
    with Workspace.create(path, sys.argv[3]) as workspace:
        workspace.set_setting("mark", 3)

def arriving(path):
    with Workspace.arriving(path, sys.argv[3]) as workspace:
        workspace.set_setting("mark", 3)

def copy(path):
    with Workspace.open(path.with_name("from"), sys.argv[3]) as workspace:
        workspace.save_as(path)

def withdrawn(path):
    rewriting.withdraw(path)

def dying(work, path, steps):
    def counted(step):
        def instead(self, *arguments, **options):
            nonlocal steps
            steps -= self.exists()
            if not steps:
                os.kill(os.getpid(), signal.SIGKILL)
            return step(self, *arguments, **options)
        return instead
    Path.replace, Path.unlink = counted(Path.replace), counted(Path.unlink)
    work(path)

work, base = globals()[sys.argv[1]], Path(sys.argv[2])
for steps in count(1):
    folder = shutil.copytree(base, base.with_name(str(steps)))
    if not (child := os.fork()):
        dying(work, folder / "w.seqlens", steps)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if not os.WIFSIGNALED(status):
        sys.exit(status)
"""


def made(path: Path, words: str | None = None, mark: int = 0) -> Path:
    with Workspace.create(path, words) as workspace:
        workspace.set_setting("mark", mark)
    return path


def mark_of(path: Path, words: str | None) -> object:
    passphrase.tell(path, None)
    with Workspace.open(path, words) as workspace:
        return workspace.setting("mark", None)


def state(path: Path) -> tuple[bool, bool, bool]:
    """Whether the workspace has its name, whether its salt has, and whether a salt waits."""
    places = (path, passphrase.salt_file(path), passphrase.salt_file(unfinished(path)))
    return tuple(place.exists() for place in places)  # type: ignore[return-value]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
@pytest.mark.parametrize("kind", ["new", "arriving", "copy", "withdrawn"])
def test_killed_at_any_step_it_opens_or_its_name_is_free(tmp_path: Path, kind: str) -> None:
    base = tmp_path / "base"
    base.mkdir()
    if kind == "copy":
        made(base / "from", WORDS, 3)
    if kind == "withdrawn":
        made(base / "w.seqlens", WORDS, 3)
    subprocess.run([sys.executable, "-c", DYING, kind, str(base), WORDS], cwd=ROOT, check=True)
    states = set()
    for folder in tmp_path.glob("[0-9]*"):
        path = folder / "w.seqlens"
        states.add(state(path))
        for left in folder.glob(".*.part"):
            os.utime(left, (0, 0))  # as after a minute
        if path.exists():
            assert mark_of(path, WORDS) in (3, None)  # killed when it was there and nobody had written into it
        else:
            assert mark_of(made(path, OTHER, 4), OTHER) == 4
        assert passphrase.salt_file(path).exists()
        sweep(folder)  # as whatever is written next does
        assert not list(folder.glob(".*"))
    assert {(False, False, True), (True, False, True)} <= states  # on both sides of the workspace's own step
    assert (False, True, False) not in states


def waiting(path: Path) -> Path:
    """A workspace whose making was killed when it had its name and its salt had none yet."""
    with open_shop(path) as workspace:
        workspace.set_setting("mark", 3)
    rewriting.encrypt(path, WORDS, Progress())
    passphrase.salt_file(path).rename(passphrase.salt_file(unfinished(path)))
    return path


def test_a_salt_that_waits_is_read_where_it_stands_and_goes_along(tmp_path: Path) -> None:
    path = waiting(tmp_path / "w.seqlens")
    assert mark_of(back_up(path, 1), WORDS) == 3
    passphrase.tell(path, WORDS)
    rescue(path, tmp_path / "rescued.seqlens", Progress())
    assert mark_of(tmp_path / "rescued.seqlens", WORDS) == 3
    assert state(path) == (True, False, True)
    rewriting.encrypt(path, OTHER, Progress())
    assert mark_of(path, OTHER) == 3
    assert state(path) == (True, True, False)


def test_nothing_is_put_over_a_workspace_before_its_salt_has_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = waiting(tmp_path / "w.seqlens")
    take_place = rewriting.take_place

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with Workspace.open(made(tmp_path / "from.seqlens", OTHER, 1), OTHER) as workspace:
        monkeypatch.setattr(rewriting, "take_place", killed)
        with pytest.raises(KeyboardInterrupt):
            workspace.save_as(path)
        monkeypatch.setattr(rewriting, "take_place", take_place)
    assert mark_of(path, WORDS) == 3


@pytest.mark.parametrize("salt_waits", [False, True])
@pytest.mark.parametrize("words", [None, OTHER])
def test_the_salt_of_a_workspace_that_was_moved_is_never_lost(
    tmp_path: Path, words: str | None, salt_waits: bool
) -> None:
    path, away = tmp_path / "w.seqlens", tmp_path / "away.seqlens"
    (waiting(path) if salt_waits else made(path, WORDS, 3)).rename(away)
    place = passphrase.salt_file(unfinished(path) if salt_waits else path)
    kept = place.read_bytes()
    source = made(tmp_path / "from.seqlens", words)
    with Workspace.open(source, words) as workspace, pytest.raises(SeqlensError, match="moved or renamed"):
        workspace.save_as(path)
    with pytest.raises(SeqlensError, match="moved or renamed"):
        Workspace.create(path, words)
    with pytest.raises(SeqlensError, match="moved or renamed"), Workspace.arriving(path, words):
        pass
    passphrase.tell(source, words)
    with pytest.raises(SeqlensError, match="moved or renamed"):
        rescue(source, path, Progress())
    assert place.read_bytes() == kept
    place.rename(passphrase.salt_file(away))
    assert mark_of(away, WORDS) == 3
    assert mark_of(made(path, words, 4), words) == 4


@pytest.mark.parametrize("words", [None, WORDS])
def test_what_fails_before_it_arrives_leaves_nothing(tmp_path: Path, words: str | None) -> None:
    path = tmp_path / "folder" / "w.seqlens"
    with pytest.raises(ZeroDivisionError), Workspace.arriving(path, words) as workspace:
        workspace.set_setting("mark", 1 // 0)
    assert not list(path.parent.iterdir())
    with Workspace.arriving(path, words) as workspace:
        workspace.set_setting("mark", 5)
        assert not path.exists()
    assert mark_of(path, words) == 5
    with pytest.raises(SeqlensError, match="exists already"), Workspace.arriving(path, words):
        pass


@pytest.mark.parametrize("words", [None, WORDS])
def test_a_disk_that_is_full_when_it_is_made_is_told_and_left_as_it_was(
    tmp_path: Path, words: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_database: Database) -> None:
        raise duckdb.IOException("IO Error: Could not write all bytes to file: No space left on device")

    path = tmp_path / "w.seqlens"
    monkeypatch.setattr(core.workspace, "_make_tables", full)
    with pytest.raises(SeqlensError, match="cannot be written: No space left on device"):
        Workspace.create(path, words)
    assert not list(tmp_path.iterdir())


ARRIVING = """
import sys
from pathlib import Path
from core.workspace import Workspace
with Workspace.arriving(Path(sys.argv[1])) as workspace:
    workspace.set_setting("mark", 1)
    print("begun", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there the file of the other process cannot be removed at all")
def test_two_windows_that_make_workspaces_of_one_name_do_not_mix_them(tmp_path: Path) -> None:
    path = tmp_path / "w.seqlens"
    command = [sys.executable, "-c", ARRIVING, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "begun\n"
        assert is_held(unfinished(path))
        with pytest.raises(SeqlensError, match="open in another window"), Workspace.arriving(path):
            pass
        with (
            open_shop(tmp_path / "shop.seqlens") as shop,
            pytest.raises(SeqlensError, match="open in another window"),
        ):
            shop.save_as(path)
        other.communicate("go on\n", timeout=60)
    assert other.returncode == 0
    assert mark_of(path, None) == 1


def test_a_job_that_is_not_over_yet_keeps_its_unfinished_workspace(tmp_path: Path) -> None:
    path = tmp_path / "w.seqlens"
    with Workspace.arriving(path) as workspace:
        workspace.set_setting("mark", 1)
        with pytest.raises(SeqlensError, match="open in another window"):
            Workspace.create(path)
    assert mark_of(path, None) == 1
    assert not is_held(path)
