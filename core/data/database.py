"""The one file of a workspace, open: plain or encrypted, and copied whole into another."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shutil
import sys
import threading
import time
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from core.data import extensions
from core.data.failures import is_full
from core.data.sql import identifier, text
from core.errors import SeqlensError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

NAME = "workspace"  # of an encrypted file inside DuckDB
MAGIC = b"DUCK"
PATIENCE = 2.0  # seconds that a closing database waits for statements that it has broken off


class Cursors(Protocol):
    """What gives each thread a connection of its own: a `Database`, or a connection of DuckDB's."""

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection for one thread."""


class WrongKey(Exception):
    """The file is encrypted under another key."""


class Damaged(SeqlensError):
    """The file does not open any more, and what is sound of it can be rescued (`core.rescue`)."""


class AlreadyOpen(SeqlensError):
    """Another process has the file open."""


class Database:
    """A DuckDB file that this process has open, and no other.

    Every thread takes a `cursor` of its own. What DuckDB has no memory for it spills into a folder beside the file,
    encrypted if the file is.

    Attributes:
        path: the file.
        key: what it is encrypted under; None for a plain file.
    """

    def __init__(self, path: Path, key: str | None = None, read_only: bool = False) -> None:
        """Open the file, or make it where there is none.

        Raises:
            SeqlensError: it cannot be opened; the message says why.
            WrongKey: it is encrypted under another key.
        """
        self.path, self.key = path, key
        with _told(path):
            self._connection = _plain(path, read_only) if key is None else _encrypted(path, key, read_only)
        self._given: weakref.WeakSet[duckdb.DuckDBPyConnection] = weakref.WeakSet()
        self._guard = threading.Lock()
        self._closed = False
        self._file = _identity(path)
        _here.setdefault(self._file, []).append(self)
        if not read_only:
            _sweep_spill(path)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection for one thread; close it, or use it in `with`.

        Raises:
            duckdb.ConnectionException: the database is closed.
        """
        import duckdb

        with self._guard:
            if self._closed:
                raise duckdb.ConnectionException("The workspace is closed.")
            cursor = self._connection.cursor()
            self._given.add(cursor)
        if self.key is not None:
            cursor.execute(f"USE {NAME}")
        return cursor

    def close(self) -> None:
        """Write everything into the one file and let go of it.

        What other threads ask meanwhile is broken off, and waited for: DuckDB closes their connections too, and a
        thread that is just using one would end the process.
        """
        with self._guard:
            self._closed = True
        end = time.monotonic() + PATIENCE
        while sum(map(_break_off, self._given)) and time.monotonic() < end:
            time.sleep(0.005)
        self._connection.close()
        if self in (others := _here.get(self._file, [])):
            others.remove(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def copy_to(self, path: Path, key: str | None) -> None:
        """Copy all that can be seen into a new file at `path`: what was deleted is not in the copy.

        Raises:
            SeqlensError: the file cannot be written.
        """
        import duckdb

        remove(path)
        with self.cursor() as cursor:
            source = cursor.execute("SELECT current_database()").fetchall()[0][0]
            try:
                if key is not None:
                    extensions.load(cursor, "httpfs")
                cursor.execute(f"ATTACH {text(str(path))} AS copy_of_all{_encryption(key)}")
                try:
                    cursor.execute(f"COPY FROM DATABASE {identifier(source)} TO copy_of_all")
                finally:
                    cursor.execute("DETACH copy_of_all")  # or the next copy would find it there
            except (duckdb.Error, OSError) as error:
                remove(path)
                raise cannot_write(path, error) from error


def _break_off(cursor: duckdb.DuckDBPyConnection) -> bool:
    """End the statement that runs on a connection; whether that is open still."""
    import duckdb

    try:
        cursor.interrupt()
    except duckdb.ConnectionException:
        return False
    return True


@contextlib.contextmanager
def at_once(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Statements of which all happen or none, and which wait for the disk together and not each."""
    import duckdb

    connection.begin()
    try:
        yield
    except BaseException:
        with contextlib.suppress(duckdb.Error):  # what went wrong before is what matters
            connection.rollback()
        raise
    connection.commit()  # if it fails, nothing has happened, and there is nothing to roll back


def beside(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """One more connection to what a connection reads; close it, or use it in `with`."""
    name = connection.execute("SELECT current_database()").fetchall()[0][0]
    cursor = connection.cursor()
    cursor.execute(f"USE {identifier(name)}")
    return cursor


@contextlib.contextmanager
def apart(connection: duckdb.DuckDBPyConnection, memory: str = "") -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB of its own that may take what that of a connection may, to read files from outside.

    A file can hold what makes DuckDB fail for good: then it serves nobody any more. The workspace goes on. What it has
    no memory for it spills beside the workspace, encrypted if that is.

    It takes extensions on trust, and only those that are named: they lie in Python packages, like the program. DuckDB
    would hash all 350 MB of that for encodings again for every file that needs it, which takes two seconds.

    Args:
        memory: what it may take, in DuckDB's words, where that is another amount.
    """
    import duckdb

    names = ("memory_limit", "temp_directory", "temp_file_encryption")
    limit, spill, sealed = connection.execute(
        f"SELECT {', '.join(f'current_setting({text(name)})' for name in names)}"
    ).fetchall()[0]
    with _own_spill(spill) as folder:
        options = {"memory_limit": memory or limit, "temp_directory": folder}
        options |= {"temp_file_encryption": str(sealed).lower()}
        options |= {"allow_unsigned_extensions": "true", "autoload_known_extensions": "false"}
        with duckdb.connect(config={name: value for name, value in options.items() if value}) as found:
            if sealed:
                extensions.load(found, "httpfs")  # its OpenSSL
            yield found


_spilling: set[str] = set()  # folders of what is apart now: two cannot share one
_spilling_guard = threading.Lock()


@contextlib.contextmanager
def _own_spill(spill: str) -> Iterator[str]:
    """A folder beside that of a workspace, for one that is apart; none where the workspace has none."""
    if not spill:
        yield ""
        return
    with _spilling_guard:
        folder = next(name for number in itertools.count(2) if (name := f"{spill}{number}") not in _spilling)
        _spilling.add(folder)
    try:
        yield folder
    finally:
        with _spilling_guard:
            _spilling.discard(folder)


def _sweep_spill(path: Path) -> None:
    """Remove what a killed process spilled, and what was apart in it."""
    pattern = re.compile(re.escape(spill_folder(path).name) + r"\d*")
    try:
        with os.scandir(path.parent) as entries:
            left = [entry.path for entry in entries if pattern.fullmatch(entry.name)]
    except OSError:  # a folder whose files may be opened need not tell their names
        left = [str(spill_folder(path))]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)


# What this process has open. Where a system keeps locks for processes (POSIX), a process that closes a file loses its
# locks on it, however often it has the file open: to look at the first bytes of an open workspace would let another
# process open it too, and both write.
_here: dict[tuple[int, int], list[Database]] = {}


def _identity(path: Path) -> tuple[int, int]:
    """What tells a file from others, whatever its path is called."""
    found = path.stat()
    return found.st_dev, found.st_ino


def any_encrypted() -> bool:
    """Whether this process has an encrypted file open: then nothing of anybody's data may lie on the disk in plain."""
    open_here = list(_here.values())  # as they are at one moment: other threads open and close files meanwhile
    return any(database.key is not None for databases in open_here for database in tuple(databases))


def is_encrypted(path: Path) -> bool:
    """Whether a file is a DuckDB file that only a key opens."""
    try:
        if open_here := _here.get(_identity(path)):
            return open_here[0].key is not None
        with path.open("rb") as file:
            head = file.read(32)
    except OSError:
        return False
    # A checksum of eight bytes, "DUCK", the version of the format in eight bytes, then flags: the first is encryption.
    return head[8:12] == MAGIC and len(head) > 20 and bool(head[20] & 1)


def remove(path: Path) -> None:
    """Remove a file of DuckDB's with its log of what is not in it yet."""
    for left in (path, write_ahead_log(path)):
        with contextlib.suppress(OSError):
            left.unlink(missing_ok=True)


def is_held(path: Path) -> bool:
    """Whether this process or another one has a file of DuckDB's open to write.

    Windows refuses to remove what another process has open, so it need not be asked there.
    """
    try:
        if _here.get(_identity(path)):
            return True
        if sys.platform != "win32":
            import fcntl

            with path.open("r+b") as file:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # it is not there, or nobody may write it
        return False
    return False


def write_ahead_log(path: Path) -> Path:
    """Where DuckDB keeps what was committed and is not in the file yet."""
    return path.with_name(path.name + ".wal")


def unfinished(path: Path) -> Path:
    """Where a new file is written before it takes the place of `path`."""
    return path.with_name(f".{path.name}.part")


def spill_folder(path: Path) -> Path:
    """Where DuckDB puts what it has no memory for."""
    return path.with_name(path.name + ".tmp")


def cannot_write(path: Path, error: Exception) -> SeqlensError:
    """What an analyst is told where a file cannot be written."""
    why = "No space left on device" if is_full(error) else str(error).splitlines()[0]
    return SeqlensError(
        "{path} cannot be written: {error}. Choose a folder that you may write to, on a disk with space.",
        path=path,
        error=why,
    )


def _plain(path: Path, read_only: bool) -> duckdb.DuckDBPyConnection:
    import duckdb

    return duckdb.connect(str(path), read_only=read_only)


def _encrypted(path: Path, key: str, read_only: bool) -> duckdb.DuckDBPyConnection:
    import duckdb

    spill: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(spill_folder(path)),
        "temp_file_encryption": "true",
    }
    connection = duckdb.connect(config=spill)
    try:
        extensions.load(connection, "httpfs")  # its OpenSSL: without it DuckDB refuses to write an encrypted file
        options = _encryption(key) if not read_only else _encryption(key)[:-1] + ", READ_ONLY)"
        connection.execute(f"ATTACH {text(str(path))} AS {NAME}{options}")
    except BaseException:
        connection.close()
        raise
    return connection


def _encryption(key: str | None) -> str:
    return "" if key is None else f" (ENCRYPTION_KEY {text(key)})"


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell in the analyst's words why a file does not open."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        message = str(error)
        if "encryption key" in message or "without a key" in message:
            raise WrongKey from error
        if "not a valid DuckDB database" in message:
            raise SeqlensError("{path} is not a Seqlens workspace. Import it as data instead.", path=path) from error
        if "could not set lock" in message.lower() or "already attached" in message:
            raise AlreadyOpen(
                "{path} is open in another window or program. Close it there, then try again.", path=path
            ) from error
        if isinstance(error, duckdb.IOException) and not _speaks_of_damage(message):
            raise cannot_write(path, error) from error
        raise damaged(path, error) from error


def damaged(path: Path, error: Exception) -> Damaged:
    """What an analyst is told of a file that does not open any more."""
    return Damaged(
        "{path} is damaged: {error}. What can be read of it can be written into a new workspace: Rescue in the window, "
        "or `main.py rescue`.",
        path=path,
        error=str(error).splitlines()[0],
    )


def _speaks_of_damage(message: str) -> bool:
    return any(word in message.lower() for word in ("corrupt", "checksum", "could not read", "serializ"))
