"""Work that is killed: what is done, what it says is done, and whether that is there afterwards.

Each victim prepares a folder once with work that is never interrupted, from which it knows what must come out. `work`
then runs in a process that is killed, and calls `tell` with what is acknowledged; `check` runs in another process.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from core import keeping, listing, migrations, rewriting, workflow
from core.data import importer
from core.data.database import Database, is_encrypted
from core.data.settings import ImportSettings
from core.fitting import TrainSettings
from core.privacy import passphrase
from core.progress import Progress
from core.recommend.feedback import Entry
from core.rescue import rescue
from core.workspace import Workspace
from tests.faults.version_1 import make_version_1
from tests.shop import open_shop, read_before

Tell = Callable[[Any], None]
WORDS, OTHER_WORDS = "long green boats", "seven quiet rivers"


def _fingerprint(workspace: Workspace) -> list[object]:
    """All events, users and items in two numbers and the fingerprint of the data."""
    with workspace.cursor() as cursor:
        found = cursor.execute(
            "SELECT (SELECT count(*) FROM events), (SELECT sum(hash(e)::HUGEINT) FROM events e)::VARCHAR, "
            "(SELECT sum(hash(u)::HUGEINT) FROM users u)::VARCHAR, (SELECT sum(hash(i)::HUGEINT) FROM items i)::VARCHAR"
        ).fetchall()[0]
    return [*found, workspace.fingerprint]


class Import:
    """Files are read one after the other, beside what is there."""

    name = "import"
    rows = (6000, 6000, 6000, 6000, 6000)  # of each file
    append_from = importer.APPEND_FROM

    def prepare(self, folder: Path) -> None:
        rng = np.random.default_rng(0)
        for number, many in enumerate(self.rows):
            users, items = rng.integers(0, 400, many), rng.integers(0, 300, many)
            times = 1_700_000_000 + number * 80_000 + rng.integers(0, 90_000, many)
            rows = [f"u{user},i{item},{time}" for user, item, time in zip(users, items, times, strict=True)]
            (folder / f"{number}.csv").write_text("user,item,timestamp\n" + "\n".join(rows) + "\n")
        self._read(folder, 0)
        twin = folder / "twin"
        twin.mkdir()
        states = []
        with Workspace.create(twin / "w.seqlens") as workspace:
            for number in range(len(self.rows)):
                self._bring(workspace, folder, number)
                states.append(_fingerprint(workspace))
        (folder / "states.json").write_text(json.dumps(states))

    def _read(self, folder: Path, number: int) -> None:
        with Workspace.at(folder / "w.seqlens") as workspace:
            self._bring(workspace, folder, number)

    def _bring(self, workspace: Workspace, folder: Path, number: int) -> None:
        importer.APPEND_FROM = self.append_from  # type: ignore[misc]  # this process does nothing else
        workflow.import_files(workspace, ImportSettings(files=(folder / f"{number}.csv",)), Progress())

    def work(self, folder: Path, tell: Tell) -> None:
        for number in range(1, len(self.rows)):
            self._read(folder, number)
            tell(number)

    def check(self, folder: Path, told: list[Any]) -> list[str]:
        states = json.loads((folder / "states.json").read_text())
        least = told[-1] if told else 0
        with Workspace.open(folder / "w.seqlens") as workspace:
            found = _fingerprint(workspace)
            losses = [] if found in states[least : least + 2] else [f"{found} is none of {states[least : least + 2]}"]
            for number in range(1, len(self.rows)):  # and it can be gone on with
                self._bring(workspace, folder, number)
            if _fingerprint(workspace)[:4] != states[-1][:4]:
                losses.append("the import does not end as one that was not killed")
            log = workspace.log()
            if len(log.time) != states[-1][0] or np.any((np.diff(log.time) < 0) & (np.diff(log.user) == 0)):
                losses.append("the events do not stand in their order")
        return losses


class Appending(Import):
    """Small files are put behind the events of a workspace that is large beside them."""

    name = "appending"
    rows = (24_000, 1500, 1500, 1500, 1500)
    append_from = 1


class Creation:
    """New workspaces are made, plain and encrypted."""

    name = "new workspace"

    def prepare(self, folder: Path) -> None:
        pass

    def work(self, folder: Path, tell: Tell) -> None:
        for number in range(4):
            words = WORDS if number % 2 else None
            with Workspace.create(folder / f"{number}.seqlens", words) as workspace:
                workspace.set_setting("number", number)
            tell(number)

    def check(self, folder: Path, told: list[Any]) -> list[str]:
        losses = [f"workspace {number} is gone" for number in told if not (folder / f"{number}.seqlens").exists()]
        for path in folder.glob("*.seqlens"):
            with Workspace.open(path, WORDS) as workspace:
                if int(path.stem) in told and workspace.setting("number", None) != int(path.stem):
                    losses.append(f"{path.name} lost its setting")
        for number in range(4):  # and no name is blocked
            if not (path := folder / f"{number}.seqlens").exists():
                Workspace.create(path, WORDS).close()
        return losses


class Training:
    """A network is trained; what is left is resumed, and must end with the same bits."""

    name = "training"
    settings = TrainSettings(
        model="transformer",
        device="cpu",
        seed=3,
        options={"transformer": {"width": 16, "blocks": 1, "epochs": 6, "patience": 6, "members": 1, "batch": 256}},
    )

    def prepare(self, folder: Path) -> None:
        with open_shop(folder / "w.seqlens") as workspace:
            read_before(workspace)
            workflow.train(workspace, TrainSettings(model="transitions", name="before"), Progress())
        twin = folder / "twin"
        twin.mkdir()
        with open_shop(twin / "w.seqlens") as workspace:
            read_before(workspace)
            run = workflow.train(workspace, self.settings, Progress())
            (folder / "twin.json").write_text(json.dumps(self._outcome(workspace, run.id)))

    @staticmethod
    def _outcome(workspace: Workspace, run: str) -> list[object]:
        """Metrics and a digest of every number of both models."""
        digests = []
        for fit in ("evaluation", "serving"):
            tensors, _ = workspace.runs.model(run, fit)
            digest = hashlib.sha256()
            for name in sorted(tensors):
                digest.update(name.encode() + np.ascontiguousarray(tensors[name]).tobytes())
            digests.append(digest.hexdigest())
        return [workspace.runs.get(run).metrics, digests]

    def work(self, folder: Path, tell: Tell) -> None:
        with Workspace.open(folder / "w.seqlens") as workspace:
            tell(workflow.train(workspace, self.settings, Progress()).id)

    def check(self, folder: Path, told: list[Any]) -> list[str]:
        losses = []
        with Workspace.open(folder / "w.seqlens") as workspace:
            runs = {run.name: run for run in workspace.runs.all()}
            before = runs.pop("before", None)
            if before is None or before.status != "done":
                return ["the run that was there before is gone"]
            self._outcome(workspace, before.id)
            for run in runs.values():
                if run.id in told and run.status != "done":
                    losses.append(f"run {run.id} was done and is {run.status}")
                if run.status == "stopped":
                    run = workflow.resume(workspace, run.id, Progress())
                if json.loads(json.dumps(self._outcome(workspace, run.id))) != json.loads(
                    (folder / "twin.json").read_text()
                ):
                    losses.append(f"run {run.id} does not end as one that was not killed")
            losses += [f"run {run} is gone" for run in told if run not in {one.id for one in runs.values()}]
        return losses


class Export:
    """Lists are written again and again in the place of other lists."""

    name = "export"
    suffixes = (".csv", ".json", ".parquet", ".xlsx")

    def prepare(self, folder: Path) -> None:
        with open_shop(folder / "w.seqlens") as workspace:
            workflow.train(workspace, TrainSettings(model="transitions"), Progress())
            digests = set()
            for suffix in self.suffixes:
                for k in (20, 10):
                    listing.export(workspace, folder / f"lists{suffix}", Progress(), k=k)
                    digests.add(self._digest(folder / f"lists{suffix}"))
        (folder / "whole.json").write_text(json.dumps(sorted(digests)))

    @staticmethod
    def _digest(path: Path) -> str:
        if path.suffix != ".xlsx":
            return hashlib.sha256(path.read_bytes()).hexdigest()
        with zipfile.ZipFile(path) as book:  # which tells when it was written, too
            return str({one.filename: one.CRC for one in book.infolist() if one.filename != "docProps/core.xml"})

    def work(self, folder: Path, tell: Tell) -> None:
        with Workspace.open(folder / "w.seqlens") as workspace:
            for _ in range(5):
                for suffix in self.suffixes:
                    for k in (20, 10):
                        listing.export(workspace, folder / f"lists{suffix}", Progress(), k=k)
                        tell([suffix, k])

    def check(self, folder: Path, told: list[Any]) -> list[str]:  # noqa: ARG002  what was told must only not be half
        whole = json.loads((folder / "whole.json").read_text())
        Workspace.open(folder / "w.seqlens").close()
        return [
            f"lists{suffix} is neither the old file nor the new one"
            for suffix in self.suffixes
            if self._damaged(folder / f"lists{suffix}", whole)
        ]

    def _damaged(self, path: Path, whole: list[str]) -> bool:
        try:
            return self._digest(path) not in whole
        except zipfile.BadZipFile:
            return True


class Feedback:
    """Thumbs are given and taken back."""

    name = "feedback"

    def prepare(self, folder: Path) -> None:
        open_shop(folder / "w.seqlens").close()

    def work(self, folder: Path, tell: Tell) -> None:
        with Workspace.open(folder / "w.seqlens") as workspace:
            for number in range(300):
                user, item = f"user {number % 60:02d}", f"i{number % 24}"
                verdict = ("up", "down", "later", "note")[number // 24 % 4]
                workspace.feedback.put([Entry(user, item, verdict, note=f"note {number}", time=number)])
                tell(number)

    def check(self, folder: Path, told: list[Any]) -> list[str]:
        with Workspace.open(folder / "w.seqlens") as workspace:
            last = workspace.feedback.last()
            notes = {(entry.user, entry.item): entry.note for entry in workspace.feedback.all()}
        expected: dict[tuple[str, str], str] = {}
        for number in range(last):
            expected[(f"user {number % 60:02d}", f"i{number % 24}")] = f"note {number}"
        if len(told) <= last <= len(told) + 1 and notes == expected:
            return []
        return [f"{len(told)} were acknowledged, {last} are there"]


class Writing:
    """Settings and named documents are kept, which is also how the window saves its state."""

    name = "settings"

    def prepare(self, folder: Path) -> None:
        open_shop(folder / "w.seqlens").close()

    def work(self, folder: Path, tell: Tell) -> None:
        with Workspace.open(folder / "w.seqlens") as workspace:
            for number in range(300):
                workspace.set_setting("user", number)
                workspace.saved.put("segment", f"segment {number}", {"number": number})
                tell(number)

    def check(self, folder: Path, told: list[Any]) -> list[str]:
        with Workspace.open(folder / "w.seqlens") as workspace:
            user, saved = workspace.setting("user", -1), workspace.saved.all("segment")
        least = len(told)
        losses = [] if user in (least - 1, least) else [f"{least} settings were acknowledged, the last is {user}"]
        if not least <= len(saved) <= least + 1 or any(saved[f"segment {n}"] != {"number": n} for n in range(least)):
            losses.append(f"{least} documents were acknowledged, {len(saved)} are there")
        return losses


class Rewriting:
    """A workspace is encrypted, gets another passphrase, and is made plain again."""

    name = "encryption"

    def prepare(self, folder: Path) -> None:
        with open_shop(folder / "w.seqlens") as workspace:
            (folder / "state.json").write_text(json.dumps(_fingerprint(workspace)))

    def work(self, folder: Path, tell: Tell) -> None:
        path = folder / "w.seqlens"
        for _ in range(3):
            rewriting.encrypt(path, WORDS, Progress())
            tell("first")
            rewriting.encrypt(path, OTHER_WORDS, Progress())
            tell("second")
            rewriting.decrypt(path, Progress())
            tell("plain")

    def check(self, folder: Path, told: list[Any]) -> list[str]:
        path = folder / "w.seqlens"
        last = told[-1] if told else "plain"
        follows = {"plain": "first", "first": "second", "second": "plain"}
        found = ""
        for name, words in (("plain", None), ("first", WORDS), ("second", OTHER_WORDS)):
            passphrase.tell(path, None)
            try:
                with Workspace.open(path, words) as workspace:
                    same = _fingerprint(workspace) == json.loads((folder / "state.json").read_text())
                    found = "plain" if not is_encrypted(path) else name
                    if not same:
                        return ["the data are others"]
            except passphrase.PassphraseNeeded:
                continue
            break
        return [] if found in (last, follows[last]) else [f"after {last} it opens as {found or 'nothing'}"]


class Forgetting:
    """Users are forgotten, one after the other, in a workspace and its backup."""

    name = "forgetting"
    users = 3

    def prepare(self, folder: Path) -> None:
        path = folder / "w.seqlens"
        with open_shop(path) as workspace:
            workspace.feedback.put([Entry(self._user(number), "i1", "up") for number in range(self.users + 2)])
        shutil.copy(path, migrations.backup(path, 1))
        assert all(self._user(self.users) in one.read_bytes().decode("latin-1") for one in folder.iterdir())
        twin = folder / "twin"
        twin.mkdir()
        shutil.copy(path, twin)
        for number in range(self.users):
            keeping.forget_users(twin / path.name, [self._user(number)], Progress())
        with Workspace.open(twin / path.name) as workspace:
            (folder / "twin.json").write_text(json.dumps(_fingerprint(workspace)[:4]))
        shutil.rmtree(twin)

    @staticmethod
    def _user(number: int) -> str:
        return f"user {number:02d}"

    def work(self, folder: Path, tell: Tell) -> None:
        for number in range(self.users):
            keeping.forget_users(folder / "w.seqlens", [self._user(number)], Progress())
            tell(number)

    def check(self, folder: Path, told: list[Any]) -> list[str]:
        path, losses = folder / "w.seqlens", []
        with Workspace.open(path) as workspace:
            there = set(workspace.users().ids.to_pylist())
            spoken_of = {entry.user for entry in workspace.feedback.all()}
            events = workspace.counts().events
        gone = [number for number in range(self.users) if self._user(number) not in there]
        if gone not in (told, [*told, len(told)]):
            losses.append(f"{told} were forgotten, {gone} are gone")
        if events != 12 * len(there) or len(spoken_of) != self.users + 2 - len(gone):
            losses.append("a user is forgotten by half")
        for number in gone:
            left = [one.name for one in folder.iterdir() if self._user(number).encode() in one.read_bytes()]
            losses += [f"{self._user(number)} can be read in {name}" for name in left]
        for number in range(len(gone), self.users):  # and it can be gone on with
            keeping.forget_users(path, [self._user(number)], Progress())
        with Workspace.open(path) as workspace:
            if _fingerprint(workspace)[:4] != json.loads((folder / "twin.json").read_text()):
                losses.append("what is left is not what it would be without the kill")
        return losses


class Migration:
    """Workspaces of an older version are opened, and get their new tables after a backup."""

    name = "older version"
    files = 8

    def prepare(self, folder: Path) -> None:
        for number in range(self.files):
            make_version_1(folder / f"{number}.seqlens")

    def work(self, folder: Path, tell: Tell) -> None:
        for number in range(self.files):
            with Workspace.open(folder / f"{number}.seqlens") as workspace:
                workspace.set_setting("number", number)
                tell(number)

    def check(self, folder: Path, told: list[Any]) -> list[str]:
        losses = []
        for number in range(self.files):
            path = folder / f"{number}.seqlens"
            with Workspace.open(path) as workspace:
                if workspace.counts().events != 3 or len(workspace.runs.all()) != 1:
                    losses.append(f"workspace {number} lost its events or its run")
                if number in told and workspace.setting("number", None) != number:
                    losses.append(f"workspace {number} lost its setting")
            with Database(migrations.backup(path, 1), read_only=True) as former:
                if migrations.version_of(former) != 1:
                    losses.append(f"the backup of workspace {number} is not of the older version")
        losses += [f"{one.name} is left" for one in folder.glob(".*")]
        return losses


class Rescuing:
    """What can be read of a damaged workspace is written into a new one, twice."""

    name = "rescue"

    def prepare(self, folder: Path) -> None:
        open_shop(folder / "w.seqlens").close()

    def work(self, folder: Path, tell: Tell) -> None:
        for number in range(2):
            rescue(folder / "w.seqlens", folder / f"{number}.seqlens", Progress())
            tell(number)

    def check(self, folder: Path, told: list[Any]) -> list[str]:
        there = [number for number in range(2) if (folder / f"{number}.seqlens").exists()]
        losses = [] if there in (told, [*told, len(told)]) else [f"{told} were told, {there} are there"]
        for path in (folder / "w.seqlens", *(folder / f"{number}.seqlens" for number in there)):
            with Workspace.open(path) as workspace:
                if workspace.counts().events != 720:
                    losses.append(f"{path.name} is not whole")
        for left in folder.glob(".seqlens-*"):
            os.utime(left, (0, 0))  # as after a minute
        Workspace.open(folder / "w.seqlens").close()
        return [*losses, *(f"{one.name} is left" for one in folder.glob(".*"))]


class Copies:
    """Copies of a plain and of an encrypted workspace are put over each other."""

    name = "copies"

    def prepare(self, folder: Path) -> None:
        for number, words in enumerate((None, WORDS, OTHER_WORDS)):
            with Workspace.create(folder / f"{number}.seqlens", words) as workspace:
                workspace.set_setting("number", number)
        with Workspace.open(folder / "0.seqlens") as workspace:
            workspace.save_as(folder / "copy.seqlens")

    def work(self, folder: Path, tell: Tell) -> None:
        for _ in range(3):
            for number, words in ((1, WORDS), (2, OTHER_WORDS), (0, None)):
                with Workspace.open(folder / f"{number}.seqlens", words) as workspace:
                    workspace.save_as(folder / "copy.seqlens")
                tell(number)

    def check(self, folder: Path, told: list[Any]) -> list[str]:
        last = told[-1] if told else 0
        for words in (None, WORDS, OTHER_WORDS):
            passphrase.tell(folder / "copy.seqlens", None)
            try:
                with Workspace.open(folder / "copy.seqlens", words) as workspace:
                    found = workspace.setting("number", None)
            except passphrase.PassphraseNeeded:
                continue
            return [] if found in (last, (last + 1) % 3) else [f"after {last} it is the copy of {found}"]
        return [f"after {last} the copy does not open"]


VICTIMS = (
    Import(),
    Training(),
    Export(),
    Feedback(),
    Writing(),
    Creation(),
    Rewriting(),
    Appending(),
    Forgetting(),
    Copies(),
    Rescuing(),
    Migration(),
)
