"""From the tables of an older Seqlens to those of this one, after a backup."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from core.data.database import Database, cannot_write, write_ahead_log
from core.data.sql import text
from core.data.tables import VERSION
from core.errors import SeqlensError
from core.privacy import passphrase
from core.privacy.records import TABLES as PRIVACY_TABLES
from core.recommend.feedback import TABLES as FEEDBACK_TABLES
from core.saved import TABLES as SAVED_TABLES

if TYPE_CHECKING:
    import duckdb


def _to_2(cursor: duckdb.DuckDBPyConnection) -> None:
    """What the analyst names, feedback, and what was done with personal data."""
    for statement in (*SAVED_TABLES, *FEEDBACK_TABLES, *PRIVACY_TABLES):
        cursor.execute(statement)


# What leads from each version to the next one, by the version that it leads from.
STEPS: dict[int, Callable[[duckdb.DuckDBPyConnection], None]] = {1: _to_2}


def version_of(database: Database) -> int:
    """The version of the tables.

    Raises:
        SeqlensError: it is no workspace, or one of a newer Seqlens.
    """
    import duckdb

    path = database.path
    try:
        with database.cursor() as cursor:
            row = cursor.execute("SELECT value FROM settings WHERE key = 'version'").fetchone()
        version = json.loads(row[0]) if row else None
    except (duckdb.CatalogException, ValueError) as error:
        raise SeqlensError("{path} is not a Seqlens workspace. Import it as data instead.", path=path) from error
    if not isinstance(version, int) or version > VERSION:
        raise SeqlensError("{path} was made by a newer Seqlens. Update Seqlens to open it.", path=path)
    return version


def backup(path: Path, version: int) -> Path:
    """Where the backup of a workspace of an older version is kept."""
    return path.with_name(f"{path.name}.version{version}")


def backups(path: Path) -> list[Path]:
    """The backups of a workspace that are there."""
    return [one for version in STEPS if (one := backup(path, version)).is_file()]


def migrate(database: Database) -> Database:
    """The database with the tables of this version; where that changes them, a backup is made before.

    Raises:
        SeqlensError: it is no workspace, it is of a newer version, or the backup or the new tables cannot be written.
    """
    import duckdb

    version, path = version_of(database), database.path
    if version == VERSION:
        return database
    database.close()  # so that all of it is in the one file
    back_up(path, version)
    database = passphrase.open_database(path)
    try:
        with database.cursor() as cursor:
            cursor.begin()
            for step in range(version, VERSION):
                STEPS[step](cursor)
            cursor.execute(f"UPDATE settings SET value = {text(json.dumps(VERSION))} WHERE key = 'version'")
            cursor.commit()
    except duckdb.Error as error:
        database.close()
        raise cannot_write(path, error) from error
    return database


def back_up(path: Path, version: int) -> Path:
    """Copy a workspace that is closed; the copy is whole or not there. One that is there already stays as it is.

    Raises:
        SeqlensError: there is no room for it.
    """
    place = backup(path, version)
    if place.exists():
        return place
    beside = place.with_name(f".{place.name}.part")
    try:
        shutil.copyfile(path, beside)
        if write_ahead_log(path).exists():  # what there was no room for in the file itself
            shutil.copyfile(write_ahead_log(path), write_ahead_log(place))
        if passphrase.has_salts(path):
            passphrase.write_salts(place, passphrase.read_salts(path))
        beside.replace(place)
    except (OSError, SeqlensError) as error:
        for left in (beside, write_ahead_log(place), passphrase.salt_file(place)):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
        if isinstance(error, SeqlensError):
            raise
        raise SeqlensError(
            "{path} is of an older Seqlens, and a backup of it must be made first, which fails: {error}. Make room on "
            "the disk, or copy the workspace into a folder that you may write to.",
            path=path,
            error=error.strerror or error,
        ) from error
    return place
