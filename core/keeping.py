"""What is done with a workspace's file as a whole: forgetting, encryption, pseudonyms turned back.

The workspace must not be open: its file is written anew. Backups beside it are treated like it, and before it, so that
a process that is killed on the way can be started again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core import rewriting
from core.data.database import is_encrypted
from core.data.sql import text
from core.data.tables import REWRITE_DUE
from core.errors import SeqlensError
from core.migrations import backups
from core.privacy import forgetting, passphrase, pseudonyms, records
from core.privacy.forgetting import Forgotten
from core.privacy.records import Record
from core.progress import Progress
from core.workspace import Workspace

if TYPE_CHECKING:
    import duckdb

Erase = Callable[["duckdb.DuckDBPyConnection"], Forgotten]


def forget_users(path: Path, ids: Sequence[str], progress: Progress, key: bytes | None = None) -> Forgotten:
    """Forget users: their events, feedback and all that was kept of them, in the workspace and its backups.

    Runs that learned from them are marked. The files that were imported are not touched.

    Args:
        key: of the pseudonyms, where `ids` are those behind them.

    Raises:
        SeqlensError: a user is unknown, the key is another one, the workspace does not open, or there is no room for a
            second copy.
    """
    with Workspace.open(path) as workspace:
        names = ids if key is None else _pseudonyms_of(workspace, ids, key)
        workspace.user_codes(names)
    return _erase(path, lambda cursor: forgetting.forget(cursor, names), progress)


def _pseudonyms_of(workspace: Workspace, ids: Sequence[str], key: bytes) -> list[str]:
    with workspace.cursor() as cursor:
        some = cursor.execute("SELECT min(pseudonym) FROM sealed_ids").fetchall()[0][0]
        if some is None:
            raise SeqlensError("The users of this workspace have no pseudonyms. Name them by their ids, without a key.")
        names = pseudonyms.of(ids, key)
        found = pseudonyms.opened(cursor, key, [some, *names])
    for name, pseudonym in zip(ids, names, strict=True):
        if pseudonym not in found:
            raise SeqlensError("There is no user {user} in this workspace.", user=name)
    return names


def retain(path: Path, before: int, progress: Progress) -> Forgotten:
    """Forget the events before a time (microseconds since 1970 UTC), and users who have none left.

    Raises:
        SeqlensError: the events have no times or all lie before it, the workspace does not open, or there is no room.
    """
    with Workspace.open(path) as workspace:
        counts = workspace.counts()
        if not counts.timed or counts.end is None:
            raise SeqlensError("The events of this workspace have no times, so none can be told to be old.")
        if counts.end < before:
            raise SeqlensError("All events lie before this time. To forget everything, remove the workspace.")
    return _erase(path, lambda cursor: forgetting.forget(cursor, before=before), progress)


def encrypt(path: Path, words: str, progress: Progress) -> None:
    """Encrypt a workspace and its backups, or change the passphrase; plain bytes are in neither afterwards.

    Raises:
        SeqlensError: the passphrase is too short, the workspace does not open, or there is no room for a second copy.
    """
    passphrase.check_strength(words)
    passphrase.open_database(path).close()  # before a backup has words that open nothing else
    for place in backups(path):
        if not _opens_with(place, words):  # as it does where this was killed before it came to the workspace
            _same_words(path, place)
            rewriting.encrypt(place, words, progress.part(0.0, 0.4))
    rewriting.encrypt(path, words, progress.part(0.4, 1.0))
    _note(path, "encrypt")


def decrypt(path: Path, progress: Progress) -> None:
    """Take the encryption off a workspace and its backups.

    Raises:
        SeqlensError: it is not encrypted, it does not open, or there is no room for a second copy.
    """
    if not is_encrypted(path):
        raise SeqlensError("{path} is not encrypted.", path=path)
    passphrase.open_database(path).close()
    for place in backups(path):
        if is_encrypted(place):
            _same_words(path, place)
            rewriting.decrypt(place, progress.part(0.0, 0.4))
    rewriting.decrypt(path, progress.part(0.4, 1.0))
    _note(path, "decrypt")


def reidentify(workspace: Workspace, names: Sequence[str], key: bytes, reason: str) -> dict[str, str]:
    """The ids behind pseudonyms; that it was done, for how many and why is written down first.

    Raises:
        SeqlensError: no reason is given, a pseudonym is unknown, or the key is another one.
    """
    if not reason.strip():
        raise SeqlensError("Say why the ids are needed; it is written down.")
    workspace.check_there()  # ids are told only if that can be written down
    with workspace.cursor() as cursor:
        found = pseudonyms.opened(cursor, key, names)
        for name in names:
            if name not in found:
                raise SeqlensError("There is no id behind {name} in this workspace.", name=name)
        records.note(cursor, "reidentify", users=len(names), reason=reason.strip())
    return {name: found[name] for name in names}


@dataclass(frozen=True)
class Stored:
    """What a workspace keeps of people, and where.

    Attributes:
        workspace: its file.
        encrypted: whether nobody reads it without the passphrase.
        bytes: its size.
        backups: files that an earlier version's workspace was copied into.
        users, events: how many.
        pseudonyms: users who have a pseudonym behind which the id is sealed.
        texts: searches and other texts of events.
        feedback: rows of feedback.
        documents: notes, segments and the like.
        runs: trainings.
        start: of the first event, microseconds since 1970 UTC; None without times.
        records: what was done with personal data, the newest first.
    """

    workspace: str
    encrypted: bool
    bytes: int
    backups: tuple[str, ...]
    users: int
    events: int
    pseudonyms: int
    texts: int
    feedback: int
    documents: int
    runs: int
    start: int | None
    records: tuple[Record, ...]

    def to_dict(self) -> dict[str, object]:
        """Ready for JSON."""
        return asdict(self)


def stored(workspace: Workspace) -> Stored:
    """What an open workspace keeps of people."""
    counts = workspace.counts()
    with workspace.cursor() as cursor:
        sealed, texts, feedback, documents, runs = cursor.execute(
            "SELECT (SELECT count(*) FROM sealed_ids), (SELECT count(*) FROM texts WHERE text <> ''), "
            "(SELECT count(*) FROM feedback), (SELECT count(*) FROM saved), (SELECT count(*) FROM runs)"
        ).fetchall()[0]
        done = records.records(cursor)
    return Stored(
        workspace=str(workspace.path),
        encrypted=workspace.encrypted,
        bytes=workspace.path.stat().st_size,
        backups=tuple(map(str, backups(workspace.path))),
        users=counts.users,
        events=counts.events,
        pseudonyms=sealed,
        texts=texts,
        feedback=feedback,
        documents=documents,
        runs=runs,
        start=counts.start,
        records=tuple(done),
    )


def _erase(path: Path, erase: Erase, progress: Progress) -> Forgotten:
    for place in backups(path):
        _same_words(path, place)
        _erase_in(place, erase)
        rewriting.rewrite(place, progress.part(0.0, 0.3))
    progress.step(0.3, 1, "Forgetting")
    forgotten = _erase_in(path, erase)
    rewriting.rewrite(path, progress.part(0.4, 1.0))
    return forgotten


def _erase_in(path: Path, erase: Erase) -> Forgotten:
    """Delete, and leave word that the file must be written anew, which the next opening sees if this is killed."""
    with passphrase.open_database(path) as database, database.cursor() as cursor:
        cursor.begin()
        forgotten = erase(cursor)
        cursor.execute(f"INSERT OR REPLACE INTO settings VALUES ({text(REWRITE_DUE)}, {text(json.dumps(True))})")
        cursor.commit()
    return forgotten


def _opens_with(place: Path, words: str) -> bool:
    if not is_encrypted(place):
        return False
    try:
        passphrase.open_database(place, words, read_only=True).close()
    except passphrase.PassphraseNeeded:
        return False
    return True


def _same_words(path: Path, place: Path) -> None:
    passphrase.tell(place, passphrase.told(path))


def _note(path: Path, action: str) -> None:
    with Workspace.open(path) as workspace, workspace.cursor() as cursor:
        records.note(cursor, action)
