"""A passphrase becomes the key of a workspace.

The key is Argon2id of the passphrase (RFC 9106: 3 passes over 64 MiB, its second choice) and a random salt, which
stands in a small file beside the workspace. The salt is no secret, but without it nobody opens the workspace again.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from core.data.database import Database, WrongKey, cannot_write, is_encrypted, unfinished
from core.errors import SeqlensError
from core.files import draft, write_surely

ENDING = ".key"  # of the file with the salt, behind the whole name of the workspace
VARIABLE = "SEQLENS_PASSPHRASE"  # of the environment, for work without a person
SHORTEST = 8  # characters
KEY_BYTES = 32


class PassphraseNeeded(SeqlensError):
    """The workspace is encrypted, and no passphrase was told, or a wrong one."""


@dataclass(frozen=True)
class Salt:
    """How a key is made of a passphrase.

    Attributes:
        salt: hexadecimal digits.
        passes, kibibytes, lanes: what Argon2id costs.
    """

    salt: str = field(default_factory=lambda: secrets.token_hex(16))
    passes: int = 3
    kibibytes: int = 65_536
    lanes: int = 4

    def key(self, passphrase: str) -> str:
        """The key, as text for DuckDB."""
        from argon2.low_level import Type, hash_secret_raw

        secret, salt = passphrase.encode(), bytes.fromhex(self.salt)
        raw = hash_secret_raw(secret, salt, self.passes, self.kibibytes, self.lanes, KEY_BYTES, Type.ID)
        key = base64.b64encode(raw).decode()
        _made[key] = self
        return key


_made: dict[str, Salt] = {}  # what the keys of this process were made with


def salt_of(key: str) -> Salt:
    """The salt of a key that this process made: the file with it may be gone with its drive."""
    return _made[key]


_told: dict[Path, str] = {}  # passphrases that this process was told


def tell(path: Path, passphrase: str | None) -> None:
    """Let the workspace at `path` be opened with this passphrase from now on; None forgets it."""
    _told.pop(path.resolve(), None)
    if passphrase is not None:
        _told[path.resolve()] = passphrase


def told(path: Path) -> str | None:
    """The passphrase that was told for a workspace, by a person or by the environment."""
    return _told.get(path.resolve(), os.environ.get(VARIABLE))


def check_strength(passphrase: str) -> None:
    """Refuse what is guessed at once.

    Raises:
        SeqlensError: it is too short.
    """
    if len(passphrase) < SHORTEST or len(set(passphrase)) < 4:
        raise SeqlensError(
            "This passphrase is too easy to guess. Take at least {length} characters; several words are best.",
            length=SHORTEST,
        )


def salt_file(path: Path) -> Path:
    """Where the salt of a workspace stands.

    That of a new one stands in the `salt_file` of the `unfinished` one until the workspace has its own name. A process
    that is killed in between leaves a salt beside an unfinished workspace, which is nobody's; or beside a finished one,
    of which it is (`settle`).
    """
    return path.with_name(path.name + ENDING)


def check_free(path: Path) -> None:
    """Refuse to make a workspace where the salt of another one stands, which would not open again without it.

    Raises:
        SeqlensError: there is such a file, and no workspace beside it.
    """
    if path.exists():
        return
    left = unfinished(path)
    for place in (salt_file(path), *(() if left.exists() else (salt_file(left),))):
        if place.exists():
            raise SeqlensError(
                "{file} belongs to an encrypted workspace that was moved or renamed, and nobody can open that one "
                "without it. Move it beside that one, or choose another name.",
                file=place,
            )


def settle(path: Path) -> None:
    """Give the salt of a workspace its place, where a kill prevented that; until then it is read where it stands.

    Raises:
        SeqlensError: it cannot be moved.
    """
    place = _waiting(path)
    if place is not None:
        try:
            place.replace(salt_file(path))
        except OSError as error:
            raise cannot_write(salt_file(path), error) from error


def has_salts(path: Path) -> bool:
    """Whether salts stand beside a workspace."""
    return salt_file(path).exists() or _waiting(path) is not None


def _waiting(path: Path) -> Path | None:
    """Where the salt of a workspace stands that took its name when a kill kept the salt from doing so."""
    left = unfinished(path)
    waits = path.exists() and not left.exists() and salt_file(left).exists() and not salt_file(path).exists()
    return salt_file(left) if waits else None


def read_salts(path: Path) -> list[Salt]:
    """The salts of a workspace, the newest first: two while a change of passphrase is under way.

    Raises:
        SeqlensError: the file with the salt is missing or damaged.
    """
    place = _waiting(path) or salt_file(path)
    try:
        found = json.loads(place.read_text(encoding="ascii"))
        return [Salt(**one) for one in found["argon2id"]]
    except FileNotFoundError as error:
        raise SeqlensError(
            "The file {file} is missing, without which no passphrase opens {path}. Put it back beside the workspace.",
            file=place.name,
            path=path,
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SeqlensError("{file} is damaged. Put a copy of it back.", file=place) from error


def write_salts(path: Path, salts: list[Salt]) -> None:
    """Keep salts beside a workspace, all or none; none removes the file.

    Raises:
        SeqlensError: the file cannot be written.
    """
    place = salt_file(path)
    if not salts:
        place.unlink(missing_ok=True)
        return
    with draft(place) as beside:
        write_surely(beside, json.dumps({"argon2id": [asdict(salt) for salt in salts]}) + "\n")


def open_database(path: Path, passphrase: str | None = None, read_only: bool = False) -> Database:
    """Open the file of a workspace, with the passphrase that is given or was told if it is encrypted.

    Raises:
        PassphraseNeeded: no passphrase was told, or it is wrong.
        SeqlensError: the file does not open.
    """
    if not is_encrypted(path):
        return Database(path, read_only=read_only)
    given = told(path) if passphrase is None else passphrase
    if given is None:
        raise PassphraseNeeded("{path} is encrypted. Its passphrase is needed.", path=path)
    for salt in read_salts(path):
        try:
            database = Database(path, salt.key(given), read_only)
        except WrongKey:
            continue
        tell(path, given)
        return database
    raise PassphraseNeeded("This passphrase does not open {path}.", path=path)
