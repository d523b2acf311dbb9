"""A workspace written anew in the place of the old file, so that nothing of what was deleted stays on the disk.

DuckDB leaves the bytes of deleted rows in free blocks. A copy has none of them, and takes the old file's place once it
is whole. A process that is killed on the way leaves the old file, or the new one.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from core.data.database import (
    AlreadyOpen,
    Database,
    WrongKey,
    cannot_write,
    is_held,
    remove,
    unfinished,
    write_ahead_log,
)
from core.data.tables import REWRITE_DUE
from core.errors import SeqlensError
from core.privacy import passphrase
from core.privacy.passphrase import Salt
from core.progress import Cancelled, Progress


def copy(database: Database, path: Path) -> None:
    """Copy all of an open workspace into a file at `path`, which is whole or not there; one passphrase opens both.

    Raises:
        SeqlensError: the file cannot be written, another window has what stands at `path` open, or the salt of a
            workspace that was moved away stands there.
    """
    prepare(path)
    beside = unfinished(path)
    database.copy_to(beside, database.key)
    try:
        _close_log(path)
        salts = [] if database.key is None else [passphrase.salt_of(database.key)]
        take_place(beside, path, salts)
    finally:
        discard(path)
    passphrase.tell(path, passphrase.told(database.path) if salts else None)


def rewrite(path: Path, progress: Progress) -> None:
    """Write a workspace that nobody has open anew, under the key that it has.

    Raises:
        SeqlensError: it does not open, or there is no room for a second copy.
    """
    database = passphrase.open_database(path)
    salts = [] if database.key is None else [passphrase.salt_of(database.key)]
    _replace(database, database.key, salts, progress)


def encrypt(path: Path, words: str, progress: Progress) -> None:
    """Write a workspace that nobody has open anew under another passphrase, or its first.

    Raises:
        SeqlensError: the passphrase is too short, or the workspace does not open, or there is no room for a copy.
    """
    passphrase.check_strength(words)
    database = passphrase.open_database(path)
    salt = Salt()
    _replace(database, salt.key(words), [salt], progress)
    passphrase.tell(path, words)


def decrypt(path: Path, progress: Progress) -> None:
    """Write an encrypted workspace that nobody has open anew as a plain file.

    Raises:
        SeqlensError: it does not open, or there is no room for a copy.
    """
    database = passphrase.open_database(path)
    _replace(database, None, [], progress)
    passphrase.tell(path, None)


def _replace(database: Database, key: str | None, salts: list[Salt], progress: Progress) -> None:
    prepare(database.path)
    beside = unfinished(database.path)
    try:
        with database:
            progress.step(0.1, 1, "Writing the workspace anew")
            with database.cursor() as cursor:
                cursor.execute("CHECKPOINT")
            database.copy_to(beside, key)
            with Database(beside, key) as fresh, fresh.cursor() as cursor:
                cursor.execute(f"DELETE FROM settings WHERE key = '{REWRITE_DUE}'")
            progress.check()
        take_place(beside, database.path, salts)
    finally:
        discard(database.path)
    with contextlib.suppress(Cancelled):  # it is done, and too late to stop it
        progress.step(1, 1, "The workspace is written anew")


def prepare(path: Path) -> None:
    """Make way for what will be `unfinished` at `path`: what a killed process left of the like is removed.

    Raises:
        AlreadyOpen: a workspace of this name is being made, by another process or by a job that is not over yet.
        SeqlensError: the salt of a workspace that was moved away stands there, or that of the one at `path` is not in
            its place and cannot be put there.
    """
    passphrase.check_free(path)
    passphrase.settle(path)
    if is_held(unfinished(path)):
        raise AlreadyOpen("{path} is open in another window or program. Close it there, then try again.", path=path)
    discard(path)


def discard(path: Path) -> None:
    """Remove what is `unfinished` at `path`, its salt first: one that stands alone is that of a finished workspace."""
    if unfinished(path).exists():
        with contextlib.suppress(OSError):
            passphrase.salt_file(unfinished(path)).unlink(missing_ok=True)
    remove(unfinished(path))


def withdraw(path: Path) -> None:
    """Remove a workspace that nobody has open with its salt; after a kill both are there, or neither is missed."""
    with contextlib.suppress(OSError):
        if passphrase.salt_file(path).exists():
            passphrase.salt_file(path).replace(passphrase.salt_file(unfinished(path)))
        path.replace(unfinished(path))
    discard(path)


def _appear(beside: Path, path: Path, salts: list[Salt]) -> None:
    """Put a new file where there is none, and the salts of its key beside it."""
    place = unfinished(path)
    if beside != place:
        prepare(path)
    try:
        if beside != place:
            beside.replace(place)
        if salts:
            passphrase.write_salts(place, salts)
        place.replace(path)
    except SeqlensError:
        discard(path)
        raise
    except OSError as error:
        discard(path)
        raise cannot_write(path, error) from error
    with contextlib.suppress(SeqlensError):  # the next opening tries again
        passphrase.settle(path)


def take_place(beside: Path, path: Path, salts: list[Salt]) -> None:
    """Put a new file in the place of the one at `path`, and the salts of its key in the place of the former ones.

    While it is not told which file is there, the salts of both are: after a kill, either one opens.

    Raises:
        SeqlensError: it cannot be written, or the salt of a workspace that was moved away stands there.
    """
    if not path.exists():
        _appear(beside, path, salts)
        return
    former = passphrase.read_salts(path) if passphrase.has_salts(path) else []
    if salts:
        passphrase.write_salts(path, [*salts, *former])
    try:
        beside.replace(path)
    except OSError as error:
        passphrase.write_salts(path, former)
        raise cannot_write(path, error) from error
    if former:
        passphrase.write_salts(path, salts)


def _close_log(path: Path) -> None:
    """Have what stands at `path` in its file alone, so that its log is not taken for that of the file that replaces it.

    Raises:
        SeqlensError: another window has it open, and would go on writing into a file that is gone.
    """
    if not path.is_file():
        return
    try:
        Database(path).close()
    except AlreadyOpen:
        raise
    except (SeqlensError, WrongKey):  # encrypted, damaged, or no workspace at all: it goes as it is
        write_ahead_log(path).unlink(missing_ok=True)
