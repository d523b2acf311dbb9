"""Parquet data sets: many files that are one table, in a folder, under a pattern or in an object store.

They are read where they lie. What folders are called (`date=2026-11-24`, `user=17`) is a column of all rows below them.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from core.data import extensions
from core.data.sql import one_file, text
from core.errors import SeqlensError
from core.files import unreadable

if TYPE_CHECKING:
    import duckdb

SUFFIXES = (".parquet", ".parq", ".pq")
MOST_PARTS = 50_000
S3, GOOGLE, AZURE, WEB = ("s3", "s3a"), ("gs", "gcs"), ("az", "azure", "abfs", "abfss"), ("http", "https")
STORES = (*S3, *GOOGLE, *AZURE, *WEB)
KEYS = {
    S3: "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY",
    GOOGLE: "GS_ACCESS_KEY_ID, GS_SECRET_ACCESS_KEY",
    AZURE: "AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_ACCOUNT, AZURE_STORAGE_KEY",
}
"""Where keys of a store are looked for, in the environment."""

AZURE_CHAIN = "cli;workload_identity;managed_identity;env"  # what is tried one after the other where there is no key
_ADDRESS = re.compile(rf"({'|'.join(STORES)}):[/\\]+(.+)", re.DOTALL)
_OTHER_ADDRESS = re.compile(r"([a-z][a-z0-9+]{1,}):[/\\]")
_SCHEME = re.compile(r"\A[A-Za-z0-9+]+(?=:)")
_PATTERN = re.compile(r"[*?\[]")
_KEY = re.compile(r"([^=/\\]+)=([^=/\\]*)")
_SLACK = 2.0  # seconds by which clocks of disks differ


@dataclass(frozen=True)
class Known:
    """What an earlier import told of a file.

    Attributes:
        sha256: see `fingerprint`.
        bytes: its size.
        imported: when, seconds since 1970.
    """

    sha256: str
    bytes: int
    imported: float


def address(path: PurePath | str) -> str | None:
    """The address of what lies in an object store or on the web; None for what lies on a disk.

    A `Path` may hold one: it makes `s3:/bucket` of `s3://bucket`, which is undone here.
    """
    found = _ADDRESS.fullmatch(str(path))
    return f"{found[1]}://{found[2]}".replace("\\", "/") if found else None


def of_address(told: str) -> Path:
    """What stands for an address that somebody typed; nothing is asked of it.

    Raises:
        SeqlensError: it is none, or of a kind that cannot be read.
    """
    path = Path(_SCHEME.sub(lambda found: found[0].lower(), told.strip(), count=1))
    place = address(path)
    if place is None and (other := _OTHER_ADDRESS.match(str(path))) and other[1] not in (*STORES, "file"):
        raise _other_kind(other[1])
    if place is None or not urlsplit(place).netloc:
        raise SeqlensError(
            "This is no address. One begins with {kinds} and goes on with the bucket or the server and what lies "
            "there, as s3://shop/events. What lies on this machine is opened by Open files or Open folder.",
            kinds=", ".join(f"{store}://" for store in STORES),
        )
    return path


def _other_kind(kind: str) -> SeqlensError:
    return SeqlensError(
        "{kind} addresses cannot be read. Those that can begin with {kinds}.",
        kind=kind,
        kinds=", ".join(f"{store}://" for store in STORES),
    )


def is_set(path: Path) -> bool:
    """Whether a path names what is read as a data set: a folder, a pattern, or an address."""
    if address(path) is not None or path.is_dir():
        return True
    told = _PATTERN.search(str(path)) or _OTHER_ADDRESS.match(str(path))
    return told is not None and not path.exists()


def parts_of(path: Path) -> tuple[tuple[str, ...], int]:
    """The files of a data set in the order of their names, and their bytes.

    Files and folders whose names begin with `_` or a point are left out: other programs put marks there.

    Raises:
        SeqlensError: there is no Parquet file, one is no file, there are too many, or a store cannot be reached.
    """
    if address(path) is None and (other := _OTHER_ADDRESS.match(str(path))):
        raise _other_kind(other[1])
    place = address(path)
    found = _stored(place) if place is not None else _on_disk(path)
    if not found:
        raise SeqlensError(
            "There is no Parquet file in {folder}. Choose a folder with Parquet files, or the files inside it.",
            folder=path if place is None else place,
        )
    if len(found) > MOST_PARTS:
        raise SeqlensError(
            "{folder} holds {count} files; at most {most} can be read at once. Choose a part of them.",
            folder=path if place is None else place,
            count=len(found),
            most=MOST_PARTS,
        )
    return tuple(found), sum(found.values())


def _on_disk(path: Path) -> dict[str, int]:
    """Size by absolute path."""
    found = {}
    if path.is_dir():
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
            for name in names:
                if not name.startswith((".", "_")) and name.lower().endswith(SUFFIXES):
                    found[str(Path(folder, name).absolute())] = 0
    else:
        root = Path(path.anchor) if path.is_absolute() else Path()
        pattern = str(path.relative_to(path.anchor) if path.is_absolute() else path)
        matches = (match for match in root.glob(pattern) if match.name.lower().endswith(SUFFIXES))
        found = {str(match.absolute()): 0 for match in matches}
    return {name: size_of(Path(name)) for name in sorted(found)}


def size_of(path: Path) -> int:
    """Bytes of a file on a disk.

    Raises:
        SeqlensError: it cannot be read, or is none.
    """
    try:
        told = path.stat()
    except OSError as error:
        raise unreadable(path, error) from error
    if not stat.S_ISREG(told.st_mode):
        raise SeqlensError("{file} is no file but a pipe or device. Save what it holds as a file.", file=path)
    return told.st_size


def _stored(place: str) -> dict[str, int]:
    """Size by address."""
    if urlsplit(place).scheme in WEB:  # it has no folders
        return {place: size for place, size, _ in _told([place])}
    pattern = place if _PATTERN.search(place) or place.lower().endswith(SUFFIXES) else f"{place.rstrip('/')}/**"
    names = {name: size for name, size, _ in _told([pattern]) if name.lower().endswith(SUFFIXES)}
    beside = len(pattern.split("*")[0])
    return {name: size for name, size in names.items() if not re.search(r"(^|/)[._]", name[beside:])}


def _told(places: Sequence[str]) -> list[tuple[str, int, str]]:
    """Address, size and time of the last change of what lies at addresses, without reading it.

    Raises:
        SeqlensError: the store cannot be reached, or does not let anyone read.
    """
    import duckdb

    asked = f"[{', '.join(map(text, places))}]"
    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            connect(connection, places)
            found = connection.execute(
                f"SELECT filename, size, last_modified::VARCHAR FROM read_blob({asked}) ORDER BY filename"
            ).fetchall()
    except duckdb.Error as error:
        raise unreachable(places[0], error) from error
    return [(name, size or 0, changed or "") for name, size, changed in found]


def unreachable(place: str, error: Exception) -> SeqlensError:
    """What an analyst is told of an object store that does not answer, or lets nobody read."""
    scheme, why = urlsplit(place).scheme, str(error).splitlines()[0]
    keys = next((names for schemes, names in KEYS.items() if scheme in schemes), "")
    if not keys:
        return SeqlensError(
            "{place} cannot be read: {error}. Check the address and the network.", place=place, error=why
        )
    return SeqlensError(
        "{place} cannot be read: {error}. Check the address, the network, and the keys in the environment: {keys}.",
        place=place,
        error=why,
        keys=keys,
    )


def connect(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
    """Let DuckDB read the addresses among `names`, with the keys that the environment holds; none is stored.

    Raises:
        SeqlensError: DuckDB's extension for Azure is not here.
        duckdb.Error: another extension is not here.
    """
    schemes = {urlsplit(place).scheme for name in names if (place := address(name)) is not None}
    told = os.environ
    if schemes & {*S3, *GOOGLE, *WEB}:
        extensions.load(connection, "httpfs")
    if schemes & {*AZURE}:
        _load_azure(connection)
        _let_in(connection, "azure", azure_secret(told))
    if schemes & {*S3}:
        secret = {
            "KEY_ID": told.get("AWS_ACCESS_KEY_ID"),
            "SECRET": told.get("AWS_SECRET_ACCESS_KEY"),
            "SESSION_TOKEN": told.get("AWS_SESSION_TOKEN"),
            "REGION": told.get("AWS_REGION") or told.get("AWS_DEFAULT_REGION"),
        }
        if where := told.get("AWS_ENDPOINT_URL_S3") or told.get("AWS_ENDPOINT_URL"):
            split = urlsplit(where)
            secret |= {"ENDPOINT": split.netloc, "URL_STYLE": "path", "USE_SSL": str(split.scheme == "https").lower()}
        _let_in(connection, "s3", secret)
    if schemes & {*GOOGLE}:
        _let_in(connection, "gcs", {"KEY_ID": told.get("GS_ACCESS_KEY_ID"), "SECRET": told.get("GS_SECRET_ACCESS_KEY")})


def azure_secret(told: Mapping[str, str]) -> dict[str, str | None]:
    """What DuckDB is told of an account of Azure: the connection string, a key or a signature, a program's own login,
    or else where to look for a login, with the names that Azure's own programs read in the environment.

    An address that names its account, as `az://ACCOUNT.blob.core.windows.net/CONTAINER/...`, is open to all without.
    """
    if whole := told.get("AZURE_STORAGE_CONNECTION_STRING"):
        return {"CONNECTION_STRING": whole}
    account = told.get("AZURE_STORAGE_ACCOUNT") or told.get("AZURE_STORAGE_ACCOUNT_NAME")
    if not account:
        return {}
    key, signature = told.get("AZURE_STORAGE_KEY"), told.get("AZURE_STORAGE_SAS_TOKEN")
    if key or signature:
        own = f"AccountKey={key}" if key else f"SharedAccessSignature={str(signature).removeprefix('?')}"
        where = f"BlobEndpoint=https://{account}.blob.core.windows.net/;EndpointSuffix=core.windows.net"
        return {"CONNECTION_STRING": f"DefaultEndpointsProtocol=https;AccountName={account};{own};{where}"}
    program = {name: told.get(f"AZURE_{name}") for name in ("TENANT_ID", "CLIENT_ID", "CLIENT_SECRET")}
    if all(program.values()):
        return {"PROVIDER": "service_principal", "ACCOUNT_NAME": account, **program}
    return {"PROVIDER": "credential_chain", "CHAIN": AZURE_CHAIN, "ACCOUNT_NAME": account}


def _load_azure(connection: duckdb.DuckDBPyConnection) -> None:
    import duckdb

    try:
        extensions.load(connection, "azure")
    except duckdb.Error as error:
        raise SeqlensError(
            "Addresses of Azure need DuckDB's extension for it, which does not load: {error}. Install the package "
            "{package}, or download the files and import them.",
            error=str(error).splitlines()[0],
            package="duckdb-extension-azure",
        ) from error
    if sys.platform == "linux":  # the other one looks for the system's certificates in one place alone
        connection.execute("SET azure_transport_option_type = 'curl'")


def _let_in(connection: duckdb.DuckDBPyConnection, kind: str, secret: Mapping[str, str | None]) -> None:
    options = ", ".join(f"{name} {text(value)}" for name, value in secret.items() if value)
    if options:
        connection.execute(f"CREATE OR REPLACE TEMPORARY SECRET of_{kind} (TYPE {kind}, {options})")


def keys(part: str) -> dict[str, str]:
    """What the folders of a file say, by column."""
    folders = re.split(r"[/\\]", part)[:-1]
    return {found[1]: found[2] for folder in folders if (found := _KEY.fullmatch(folder))}


def listed(parts: Sequence[str]) -> str:
    """SQL for the list of the files."""
    return f"[{', '.join(one_file(Path(part)) if address(part) is None else text(part) for part in parts)}]"


def relation(parts: Sequence[str]) -> str:
    """SQL for a FROM clause that reads the files one after the other as one table.

    What folders say is text: `007` stays `007`. A column that some files lack is null there.
    """
    told = {tuple(keys(part)) for part in parts}
    partitioned = len(told) == 1 and told != {()}
    hive = "hive_partitioning = true, hive_types_autocast = false" if partitioned else "hive_partitioning = false"
    return f"read_parquet({listed(parts)}, union_by_name = true, {hive})"


def same_as(part: str, known: Known | None) -> bool:
    """Whether a file on a disk was not touched since it was imported, so that it need not be read to know it."""
    if known is None or address(part) is not None:
        return False
    told = Path(part).stat()
    return told.st_size == known.bytes and max(told.st_mtime, told.st_ctime) + _SLACK < known.imported


def fingerprint(part: str, content: str) -> str:
    """What tells a file of a data set from others: its content and what its folders say.

    Args:
        content: SHA-256 of its content.
    """
    told = keys(part)
    return hashlib.sha256(f"{content} {sorted(told.items())}".encode()).hexdigest() if told else content


def stored(parts: Sequence[str]) -> tuple[list[str], list[int]]:
    """The same for files in an object store, which are not read for it (of their address, size and time of change),
    and their sizes.

    Raises:
        SeqlensError: the store cannot be reached.
    """
    found = {name: (size, changed) for name, size, changed in _told(parts)}
    marks = [hashlib.sha256(f"{part} {found.get(part)}".encode()).hexdigest() for part in parts]
    return marks, [found[part][0] if part in found else 0 for part in parts]


def seconds(moment: datetime) -> float:
    """A time that the workspace keeps without a zone, which is UTC, in seconds since 1970."""
    return moment.replace(tzinfo=UTC).timestamp()
