"""Pseudonyms: their key, which the system keeps or a file, and the ids behind them, sealed with it.

A pseudonym is HMAC-SHA-256 of the id under the key, so the same user has the same one in every file that is imported
with the key, and nobody who lacks the key can tell whose it is or try ids. A hash cannot be turned back; so each id is
also kept, encrypted with a key that is derived from the same one (AES-256-GCM, HKDF), for the day when somebody must
be found again.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import SeqlensError
from core.files import draft, write_surely

if TYPE_CHECKING:
    import duckdb
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SERVICE = "Seqlens pseudonyms"  # under which the system's keyring keeps keys
KEY_NAME = "default"  # of the key there that the window makes and looks for
NONCE = 12  # bytes


class KeyMissing(SeqlensError):
    """The key of a workspace's pseudonyms is needed, and nobody is there to give it."""


def keyring_key(name: str, create: bool = True) -> bytes:
    """The key that the system's keyring keeps under `name`; a new one where it has none.

    Raises:
        SeqlensError: there is no keyring here, or it has no such key and none is to be made.
    """
    import keyring
    from keyring.errors import KeyringError

    try:
        found = keyring.get_password(SERVICE, name)
        if found is None and create:
            found = secrets.token_hex(32)
            keyring.set_password(SERVICE, name, found)
    except KeyringError as error:
        raise SeqlensError(
            "This system has no keyring that could keep the key ({error}). Name a file for it instead.", error=error
        ) from error
    if found is None:
        raise SeqlensError("The system's keyring has no key named {name}.", name=name)
    return bytes.fromhex(found)


def has_keyring() -> bool:
    """Whether the system keeps secrets."""
    import keyring
    from keyring.backends.fail import Keyring

    return not isinstance(keyring.get_keyring(), Keyring)


def write_key(path: Path, key: bytes) -> None:
    """Write a key into a file, which only who wrote it may read, and which is there whole or not at all.

    Raises:
        SeqlensError: the file cannot be written.
    """
    with draft(path) as beside:
        write_surely(beside, key.hex() + "\n")


def file_key(path: Path, create: bool = True) -> tuple[bytes, bool]:
    """The key in a file, and whether it was made just now.

    Raises:
        SeqlensError: the file holds no key, or is not there and none is to be made.
    """
    made = create and not path.exists()
    if made:
        write_key(path, secrets.token_bytes(32))
    try:
        return bytes.fromhex(path.read_text(encoding="ascii")), made
    except FileNotFoundError as error:
        raise SeqlensError("There is no file {path} with a key.", path=path) from error
    except ValueError as error:
        raise SeqlensError("{path} holds no key: it must be hexadecimal digits.", path=path) from error


def of(ids: Sequence[str], key: bytes) -> list[str]:
    """The pseudonyms that an import with this key gives to ids (`core.data.codes.pseudonym`, which SQL computes)."""
    from core.data.codes import PSEUDONYM_DIGITS

    return [hmac.new(key, name.encode(), hashlib.sha256).hexdigest()[:PSEUDONYM_DIGITS] for name in ids]


def check_key(cursor: duckdb.DuckDBPyConnection, key: bytes | None) -> None:
    """Look whether users who come with this key, or None, belong beside those of the workspace.

    Raises:
        SeqlensError: ids would come beside pseudonyms, or the same users would have others.
    """
    users, some = cursor.execute(
        "SELECT (SELECT count(*) FROM users), (SELECT min(pseudonym) FROM sealed_ids)"
    ).fetchall()[0]
    if users and some is None and key is not None:
        raise SeqlensError(
            "The users of this workspace have their own ids. To give them pseudonyms, import all files into a new "
            "workspace."
        )
    if users and some is not None:
        if key is None:
            raise SeqlensError(
                "The users of this workspace have pseudonyms, and these files would bring ids beside them. Name the "
                "key of the pseudonyms, or import the files into another workspace."
            )
        opened(cursor, key, [some])


def kept_for(cursor: duckdb.DuckDBPyConnection) -> bytes | None:
    """The key of a workspace's pseudonyms, which the system's keyring keeps; None where users have their own ids.

    Raises:
        SeqlensError: users have pseudonyms, and the keyring has not their key.
    """
    some = cursor.execute("SELECT min(pseudonym) FROM sealed_ids").fetchall()[0][0]
    if some is None:
        return None
    try:
        key = keyring_key(KEY_NAME, create=False)
        opened(cursor, key, [some])
    except SeqlensError as error:
        raise KeyMissing(
            "The users of this workspace have pseudonyms, and the system's keyring does not keep the key of these. "
            "Nothing was imported. Import the files by hand and give the key (Import more files)."
        ) from error
    return key


def seal(connection: duckdb.DuckDBPyConnection, key: bytes | None, replaces: bool = False) -> None:
    """Fill `sealed_ids` with the users of `raw_users` (raw, id) that it lacks; without a key there are none to seal.

    Called inside an import, where the raw ids still are; each is sealed by itself, so that one can be forgotten without
    the key. Where the import `replaces` what there was, so it does here.
    """
    if replaces:
        connection.execute("DELETE FROM sealed_ids")
    if key is None:
        return
    import pyarrow as pa

    from core.data.columns import trimmed

    found = connection.execute(
        f"SELECT id, min({trimmed('raw')}) AS raw FROM raw_users "
        "WHERE id NOT IN (SELECT pseudonym FROM sealed_ids) GROUP BY id"
    ).to_arrow_table()
    cipher = _cipher(key)
    sealed = []
    for pseudonym, raw in zip(found["id"].to_pylist(), found["raw"].to_pylist(), strict=True):  # no cipher takes many
        nonce = os.urandom(NONCE)
        sealed.append(nonce + cipher.encrypt(nonce, raw.encode(), pseudonym.encode()))
    connection.register("sealed_now", pa.table({"pseudonym": found["id"], "sealed": pa.array(sealed, pa.binary())}))
    connection.execute("INSERT INTO sealed_ids SELECT * FROM sealed_now")
    connection.unregister("sealed_now")


def opened(cursor: duckdb.DuckDBPyConnection, key: bytes, pseudonyms: Sequence[str]) -> dict[str, str]:
    """The ids behind pseudonyms; those that are unknown are left out.

    Raises:
        SeqlensError: the key is another one.
    """
    from cryptography.exceptions import InvalidTag

    rows = cursor.execute(
        "SELECT pseudonym, sealed FROM sealed_ids WHERE pseudonym IN (SELECT unnest(?::VARCHAR[]))", [list(pseudonyms)]
    ).fetchall()
    cipher = _cipher(key)
    try:
        return {name: cipher.decrypt(data[:NONCE], data[NONCE:], name.encode()).decode() for name, data in rows}
    except InvalidTag as error:
        raise SeqlensError("This is not the key with which the pseudonyms were made.") from error


def _cipher(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return AESGCM(HKDF(SHA256(), length=32, salt=None, info=b"seqlens sealed ids").derive(key))
