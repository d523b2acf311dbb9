"""A workspace written anew in the place of the old file, so that nothing of what was deleted stays on the disk.

DuckDB leaves the bytes of deleted rows in free blocks. A copy has none of them, and takes the old file's place once it
is whole. A process that is killed on the way leaves the old file, or the new one.
"""

from __future__ import annotations

from pathlib import Path

from core.data.database import Database, cannot_write, remove
from core.privacy import passphrase
from core.privacy.passphrase import Salt
from core.progress import Progress

DUE = "rewrite_due"  # the setting that says that something was deleted and the file was not yet written anew


def unfinished(path: Path) -> Path:
    """Where a new file is written before it takes the place of `path`."""
    return path.with_name(f".{path.name}.part")


def copy(database: Database, path: Path) -> None:
    """Copy all of an open workspace into a file at `path`, which is whole or not there; one passphrase opens both.

    Raises:
        SeqlensError: the file cannot be written.
    """
    beside = unfinished(path)
    database.copy_to(beside, database.key)
    try:
        if database.key is not None:
            passphrase.write_salts(path, passphrase.read_salts(database.path))
            passphrase.tell(path, passphrase.told(database.path))
        beside.replace(path)
    except OSError as error:
        remove(beside)
        raise cannot_write(path, error) from error


def rewrite(path: Path, progress: Progress) -> None:
    """Write a workspace that nobody has open anew, under the key that it has.

    Raises:
        SeqlensError: it does not open, or there is no room for a second copy.
    """
    database = passphrase.open_database(path)
    _replace(database, database.key, progress)


def encrypt(path: Path, words: str, progress: Progress) -> None:
    """Write a workspace that nobody has open anew under another passphrase, or its first.

    Raises:
        SeqlensError: the passphrase is too short, or the workspace does not open, or there is no room for a copy.
    """
    passphrase.check_strength(words)
    database = passphrase.open_database(path)
    salt = Salt()
    former = [] if database.key is None else passphrase.read_salts(path)
    key = salt.key(words)
    passphrase.write_salts(path, [salt, *former])  # either file opens, whichever is there after a kill
    try:
        _replace(database, key, progress)
    except BaseException:
        passphrase.write_salts(path, former)
        raise
    passphrase.tell(path, words)
    passphrase.write_salts(path, [salt])


def decrypt(path: Path, progress: Progress) -> None:
    """Write an encrypted workspace that nobody has open anew as a plain file.

    Raises:
        SeqlensError: it does not open, or there is no room for a copy.
    """
    database = passphrase.open_database(path)
    _replace(database, None, progress)
    passphrase.tell(path, None)
    passphrase.write_salts(path, [])


def _replace(database: Database, key: str | None, progress: Progress) -> None:
    beside = unfinished(database.path)
    try:
        with database:
            progress.step(0.1, 1, "Writing the workspace anew")
            with database.cursor() as cursor:
                cursor.execute("CHECKPOINT")
            database.copy_to(beside, key)
            with Database(beside, key) as fresh, fresh.cursor() as cursor:
                cursor.execute(f"DELETE FROM settings WHERE key = '{DUE}'")
            progress.check()
        beside.replace(database.path)
    except OSError as error:
        raise cannot_write(database.path, error) from error
    finally:
        remove(beside)
    progress.step(1, 1, "The workspace is written anew")
