"""Full disks, folders that cannot be written to, damage, other versions, work that raises: told, and nothing lost."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core import listing, migrations, rewriting, workflow
from core.data.settings import ImportSettings
from core.data.tables import VERSION
from core.errors import SeqlensError
from core.fitting import TrainSettings
from core.progress import Progress
from core.recommend.feedback import Entry
from core.rescue import rescue
from core.workspace import Workspace
from tests.faults import disks
from tests.faults.kills import apart
from tests.faults.version_1 import make_version_1
from tests.shop import open_shop, read_before

DISK = 24 << 20


@dataclass
class Mishap:
    """One thing that went wrong, and how it was borne.

    Attributes:
        failure: what was not as promised; empty if all was.
        skipped: why it could not be tried here; empty if it was.
    """

    name: str
    failure: str = ""
    skipped: str = ""


class _Skip(Exception):
    pass


def _refused(work: Callable[[], object], *words: str) -> None:
    """The work must be refused in the analyst's words, with one of `words` in them."""
    try:
        work()
    except SeqlensError as error:
        if not any(word in str(error) for word in words):
            raise AssertionError(f"told {error}") from error
        return
    raise AssertionError("nothing was told")


def _shop(folder: Path) -> Path:
    path = folder / "w.seqlens"
    with open_shop(path) as workspace:
        read_before(workspace)
        workflow.train(workspace, TrainSettings(model="transitions", name="before"), Progress())
    return path


def _large_file(folder: Path) -> Path:
    path = folder / "large.csv"
    rows = (f"u{n % 5000},item number {n % 2000},{1_700_000_000 + n * 7}\n" for n in range(200_000))
    path.write_text("user,item,timestamp\n" + "".join(rows))
    return path


def _is_sound(workspace: Workspace) -> None:
    assert workspace.counts().events == 720
    assert len(listing.recommend(workspace, 1, Progress()).items) == 10
    assert any(run.name == "before" and run.status == "done" for run in workspace.runs.all())


def full_disk(folder: Path) -> None:
    """Each kind of work on a disk without room; then room is made, and everything goes on in the same process."""
    large = _large_file(folder)
    disk = folder / "disk"
    disk.mkdir()
    if not disks.small_disk(disk, DISK):
        raise _Skip("no memory disk can be mounted here; files that must not grow stand for it")
    workspace = Workspace.open(_shop(disk))
    network = {"transformer": {"width": 128, "epochs": 2, "members": 1, "batch": 256}}
    for leave in (0, 1 << 20):
        filler = disks.fill_up(disk, leave)
        _every_work_is_refused(workspace, large, disk, network)
        filler.unlink()
        workspace.set_setting("room", leave)
        _is_sound(workspace)
        workspace.close()
        workspace = Workspace.open(disk / "w.seqlens")
        assert workspace.setting("room", None) == leave
        _is_sound(workspace)
    workspace.close()
    left = sorted(one.name for one in disk.iterdir())
    assert left == ["w.seqlens"], f"left behind: {left}"


def _every_work_is_refused(
    workspace: Workspace, large: Path, disk: Path, network: dict[str, dict[str, object]]
) -> None:
    full = ("disk is full", "No space left", "cannot be written")
    _refused(lambda: workflow.import_files(workspace, ImportSettings(files=(large,)), Progress()), *full)

    def thumbs() -> None:
        for number in range(20_000):
            workspace.feedback.put([Entry("user 01", "i1", "up", note="n" * 500, time=number)])

    _refused(thumbs, *full)
    _refused(lambda: workspace.saved.put("segment", "s", {"text": "x" * (DISK // 2)}), *full)
    settings = TrainSettings(model="transformer", device="cpu", options=network)
    _refused(lambda: workflow.train(workspace, settings, Progress()), *full)
    _refused(lambda: listing.export(workspace, disk / "lists.csv", Progress(), k=24), *full)
    _refused(lambda: workspace.save_as(disk / "copy.seqlens"), *full)


def no_file_grows(folder: Path) -> None:
    """As on a full disk, where none can be mounted: writing fails at a size."""
    large = _large_file(folder)
    with Workspace.open(_shop(folder)) as workspace:
        with disks.no_room_beyond((folder / "w.seqlens").stat().st_size + 4096):
            _refused(
                lambda: workflow.import_files(workspace, ImportSettings(files=(large,)), Progress()), "disk is full"
            )
            _refused(lambda: workspace.save_as(folder / "x" / "copy.seqlens"), "cannot be written")
        _is_sound(workspace)
    with Workspace.open(folder / "w.seqlens") as workspace:
        _is_sound(workspace)


def full_disk_at_encryption(folder: Path) -> None:
    """A workspace is written anew without room for the copy: the old one stays."""
    disk = folder / "disk"
    disk.mkdir()
    if not disks.small_disk(disk, DISK):
        raise _Skip("no memory disk can be mounted here")
    path = _shop(disk)
    filler = disks.fill_up(disk, 100_000)
    _refused(lambda: rewriting.encrypt(path, "long green boats", Progress()), "No space left")
    filler.unlink()
    with Workspace.open(path) as workspace:
        assert not workspace.encrypted
        _is_sound(workspace)


def read_only_folder(folder: Path) -> None:
    """A folder that cannot be written to: told; a copy elsewhere works."""
    disk = folder / "disk"
    disk.mkdir()
    if not disks.small_disk(disk, DISK):
        raise _Skip("no memory disk can be mounted here")
    path = _shop(disk)
    assert disks.make_read_only(disk)
    _refused(lambda: Workspace.open(path), "cannot be written")
    _refused(lambda: Workspace.create(disk / "new.seqlens"), "cannot be written")
    copied = Path(shutil.copy(path, folder / "copy.seqlens"))
    with Workspace.open(copied) as workspace:
        _refused(lambda: listing.export(workspace, disk / "lists.csv", Progress()), "cannot be written")
        _is_sound(workspace)


def removed_drive(folder: Path) -> None:
    """The drive is taken away while the workspace is open: told at each writing; what is open is saved elsewhere."""
    disk = folder / "disk"
    disk.mkdir()
    if not disks.small_disk(disk, DISK):
        raise _Skip("no memory disk can be mounted here; a folder that moves away stands for it")
    workspace = Workspace.open(_shop(disk))
    assert disks.take_away(disk)
    _every_writing_is_told(workspace, folder)
    workspace.save_as(folder / "saved.seqlens")
    workspace.close()
    with Workspace.open(folder / "saved.seqlens") as saved:
        _is_sound(saved)


def moved_folder(folder: Path) -> None:
    """The folder of an open workspace is moved away and comes back: told meanwhile, then everything goes on."""
    place, away = folder / "place", folder / "away"
    place.mkdir()
    with Workspace.open(_shop(place)) as workspace:
        place.rename(away)
        _every_writing_is_told(workspace, folder)
        away.rename(place)
        workspace.feedback.put([Entry("user 01", "i1", "up")])
        _is_sound(workspace)
    with Workspace.open(place / "w.seqlens") as workspace:
        assert len(workspace.said().users) == 1
        assert [run.name for run in workspace.runs.all()] == ["before"]
        _is_sound(workspace)


def _every_writing_is_told(workspace: Workspace, folder: Path) -> None:
    gone = "is not there any more"
    _refused(lambda: workspace.feedback.put([Entry("user 01", "i1", "up")]), gone)
    _refused(lambda: workspace.saved.put("segment", "s", {}), gone)
    _refused(lambda: workspace.set_setting("s", 1), gone)
    _refused(lambda: workflow.train(workspace, TrainSettings(model="popularity"), Progress()), gone)
    small = folder / "small.csv"
    small.write_text("user,item\nu1,i1\n")
    _refused(lambda: workflow.import_files(workspace, ImportSettings(files=(small,)), Progress()), gone)
    assert len(listing.recommend(workspace, 1, Progress()).items) == 10  # what only reads goes on
    assert listing.export(workspace, folder / "lists.csv", Progress(), k=3) == 180


def opened_twice(folder: Path) -> None:
    """Another process is told, in every way of opening; the first goes on."""
    path = _shop(folder)
    code = (
        "import sys; from pathlib import Path; from core import rewriting, rescue; from core.progress import Progress\n"
        "from core.workspace import Workspace; from core.errors import SeqlensError\n"
        "path = Path(sys.argv[1])\n"
        "for work in (lambda: Workspace.open(path), lambda: rewriting.encrypt(path, 'long green boats', Progress())):\n"
        "    try: work()\n"
        "    except SeqlensError as error: print(error)\n"
    )
    with Workspace.open(path) as workspace:
        root = Path(__file__).parents[2]
        told = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, cwd=root)
        assert told.stdout.count("is open in another window") == 2, told.stdout + told.stderr
        _is_sound(workspace)
    with Workspace.open(path) as workspace:
        _is_sound(workspace)


class _Raising(Progress):
    """Fails inside the work, after so many reports."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self._left = after

    def report(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:  # noqa: ARG002
        self._left -= 1
        if self._left < 0:
            raise ZeroDivisionError(message)


def work_that_raises(folder: Path) -> None:
    """Import and training fail in the middle with an error of the program: the workspace is as it was."""
    path, large = _shop(folder), _large_file(folder)
    with Workspace.open(path) as workspace:
        for after in range(0, 12, 2):
            try:
                workflow.import_files(workspace, ImportSettings(files=(large,)), _Raising(after))
            except ZeroDivisionError:
                _is_sound(workspace)
            else:
                break
        for after in (0, 3, 6):
            try:
                workflow.train(workspace, TrainSettings(model="popularity", name=f"fails {after}"), _Raising(after))
            except ZeroDivisionError:
                run = next(run for run in workspace.runs.all() if run.name == f"fails {after}")
                assert run.status == "failed", run.status
        workflow.train(workspace, TrainSettings(model="popularity"), Progress())


def older_version(folder: Path) -> None:
    """A workspace of version 1 gets its new tables after a backup; killed or not, one of the two is whole."""
    path = make_version_1(folder / "old.seqlens")
    before = path.read_bytes()
    with Workspace.open(path) as workspace:
        assert workspace.counts().events == 3
        assert workspace.saved.all("segment") == {}
        assert workspace.setting("version", None) == VERSION
        assert [run.name for run in workspace.runs.all()] == ["first"]
    place = migrations.backup(path, 1)
    assert place.read_bytes() == before
    with Workspace.open(path) as workspace:
        workspace.set_setting("version", VERSION + 1)
    _refused(lambda: Workspace.open(path), "newer Seqlens")


def damage(folder: Path, files: int) -> None:
    """Files with garbled blocks or cut ends: opened, or told and rescued; never a crash, and never touched."""
    with Workspace.create(folder / "w.seqlens") as workspace:
        workflow.import_files(workspace, ImportSettings(files=(_large_file(folder),)), Progress())
    whole, rng = (folder / "w.seqlens").read_bytes(), random.Random(0)
    events = rescued = 0
    for number in range(files):
        data, where = bytearray(whole), rng.randrange(12_288, len(whole) - 4096)
        if number % 3:
            data[where : where + 1 + 4095 * (number % 3 - 1)] = rng.randbytes(1 + 4095 * (number % 3 - 1))
        else:
            del data[len(whole) - rng.randrange(1, len(whole) // 2) :]
        path, saved = folder / f"damaged {number}.seqlens", folder / f"rescued {number}.seqlens"
        path.write_bytes(data)
        try:
            found = rescue(path, saved, Progress())
        except SeqlensError:
            assert not saved.exists()
        else:
            with Workspace.open(saved) as workspace:
                assert workspace.log().events == workspace.counts().events == found.rows["events"]
                assert workspace.users().users == workspace.counts().users
            rescued += 1
            events += found.rows["events"]
        assert path.read_bytes() == data, "the damaged file was changed"
        try:
            Workspace.open(path).close()
        except SeqlensError as error:
            if not any(words in str(error) for words in ("damaged", "not a Seqlens")):
                raise AssertionError(f"told {error}") from error
        for left in folder.glob("*ed [0-9]*"):
            left.unlink()
    assert rescued >= files // 3, f"only {rescued} of {files} could be rescued"


MISHAPS: dict[str, Callable[[Path], None]] = {
    "full disk": full_disk,
    "no room for a larger file": no_file_grows,
    "full disk while encrypting": full_disk_at_encryption,
    "read-only folder": read_only_folder,
    "removed drive": removed_drive,
    "folder that moves away": moved_folder,
    "opened twice": opened_twice,
    "work that raises": work_that_raises,
    "workspace of an older version": older_version,
}


def all_mishaps(said: Callable[[str], None], damaged: int) -> list[Mishap]:
    """Try each in a process of its own, and so many damaged files."""
    found = []
    for name, work in (MISHAPS | {"damaged files": partial(damage, files=damaged)}).items():
        found.append(Mishap(name, *apart(lambda work=work: _tried(work))))  # type: ignore[misc]
        said(f"{name}: {found[-1].failure or found[-1].skipped or 'held'}")
    return found


def _tried(work: Callable[[Path], None]) -> tuple[str, str]:
    """Failure and why it was skipped."""
    with tempfile.TemporaryDirectory(prefix="seqlens-faults-", ignore_cleanup_errors=True) as folder:
        try:
            work(Path(folder))
        except _Skip as why:
            return "", str(why)
        except Exception as error:
            import traceback

            traceback.print_exc()
            return f"{type(error).__name__}: {error}", ""
    return "", ""
