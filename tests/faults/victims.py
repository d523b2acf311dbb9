"""Work that is killed: what is done, what it says is done, and whether that is there afterwards.

Each victim prepares a folder once with work that is never interrupted, from which it knows what must come out. `work`
then runs in a process that is killed, and calls `tell` with what is acknowledged; `check` runs in another process.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from core import rewriting, workflow
from core.data.database import is_encrypted
from core.data.settings import ImportSettings
from core.fitting import TrainSettings
from core.privacy import passphrase
from core.progress import Progress
from core.recommend.feedback import Entry
from core.workspace import Workspace
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
    files = 5

    def prepare(self, folder: Path) -> None:
        rng = np.random.default_rng(0)
        for number in range(self.files):
            users, items = rng.integers(0, 400, 6000), rng.integers(0, 300, 6000)
            times = 1_700_000_000 + number * 100_000 + rng.integers(0, 90_000, 6000)
            rows = [f"u{user},i{item},{time}" for user, item, time in zip(users, items, times, strict=True)]
            (folder / f"{number}.csv").write_text("user,item,timestamp\n" + "\n".join(rows) + "\n")
        self._read(folder, 0)
        twin = folder / "twin"
        twin.mkdir()
        states = []
        with Workspace.create(twin / "w.seqlens") as workspace:
            for number in range(self.files):
                settings = ImportSettings(files=(folder / f"{number}.csv",))
                workflow.import_files(workspace, settings, Progress())
                states.append(_fingerprint(workspace))
        (folder / "states.json").write_text(json.dumps(states))

    def _read(self, folder: Path, number: int) -> None:
        with Workspace.at(folder / "w.seqlens") as workspace:
            settings = ImportSettings(files=(folder / f"{number}.csv",))
            workflow.import_files(workspace, settings, Progress())

    def work(self, folder: Path, tell: Tell) -> None:
        for number in range(1, self.files):
            self._read(folder, number)
            tell(number)

    def check(self, folder: Path, told: list[Any]) -> list[str]:
        states = json.loads((folder / "states.json").read_text())
        least = told[-1] if told else 0
        with Workspace.open(folder / "w.seqlens") as workspace:
            found = _fingerprint(workspace)
            losses = [] if found in states[least : least + 2] else [f"{found} is none of {states[least : least + 2]}"]
            for number in range(1, self.files):  # and it can be gone on with
                settings = ImportSettings(files=(folder / f"{number}.csv",))
                workflow.import_files(workspace, settings, Progress())
            if _fingerprint(workspace)[:4] != states[-1][:4]:
                losses.append("the import does not end as one that was not killed")
        return losses


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
    suffixes = (".csv", ".json", ".parquet")

    def prepare(self, folder: Path) -> None:
        with open_shop(folder / "w.seqlens") as workspace:
            workflow.train(workspace, TrainSettings(model="transitions"), Progress())
            digests = set()
            for suffix in self.suffixes:
                for k in (20, 10):
                    workflow.export(workspace, folder / f"lists{suffix}", Progress(), k=k)
                    digests.add(self._digest(folder / f"lists{suffix}"))
        (folder / "whole.json").write_text(json.dumps(sorted(digests)))

    @staticmethod
    def _digest(path: Path) -> str:
        return hashlib.sha256(path.read_bytes()).hexdigest()

    def work(self, folder: Path, tell: Tell) -> None:
        with Workspace.open(folder / "w.seqlens") as workspace:
            for _ in range(5):
                for suffix in self.suffixes:
                    for k in (20, 10):
                        workflow.export(workspace, folder / f"lists{suffix}", Progress(), k=k)
                        tell([suffix, k])

    def check(self, folder: Path, told: list[Any]) -> list[str]:  # noqa: ARG002  what was told must only not be half
        whole = json.loads((folder / "whole.json").read_text())
        Workspace.open(folder / "w.seqlens").close()
        return [
            f"lists{suffix} is neither the old file nor the new one"
            for suffix in self.suffixes
            if self._digest(folder / f"lists{suffix}") not in whole
        ]


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


VICTIMS = (Import(), Training(), Export(), Feedback(), Writing(), Creation(), Rewriting())
