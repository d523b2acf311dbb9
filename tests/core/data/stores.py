"""Data sets of Parquet files, and stand-ins for the stores that they lie in, on this machine."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

import pyarrow as pa
from pyarrow import parquet as pq

from core.data.guarded import guard

DAY = 86_400
START = 1_700_006_400  # midnight


def part(path: Path, users: list[str], day: int = 0, **more: list[object]) -> Path:
    """A file with an event an hour, of the user's item."""
    path.parent.mkdir(parents=True, exist_ok=True)
    times = [START + day * DAY + 3600 * place for place in range(len(users))]
    columns: dict[str, list[object]] = {"user_id": [*users], "item_id": [f"i{user}" for user in users]}
    pq.write_table(pa.table({**columns, "timestamp": times, **more}), path)
    return path


def by_date(folder: Path, days: int = 3) -> Path:
    for day in range(days):
        part(folder / f"date=2023-11-{15 + day}" / "part-0.parquet", ["a", "b", "c"], day)
    return folder


AZURE_KEY = base64.b64encode(bytes(64)).decode()


class Store(BaseHTTPRequestHandler):
    """As much of S3 as reading needs: objects of a bucket listed by prefix, and ranges of them."""

    objects: ClassVar[dict[str, bytes]] = {}
    asked: ClassVar[list[tuple[str, str, str]]] = []
    refuses: ClassVar[bool] = False
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        name = unquote(asked.path).removeprefix("/shop").strip("/")
        if self.refuses:
            self._answer(403, b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", {})
        elif not name:
            self._list(parse_qs(asked.query).get("prefix", [""])[0])
        elif name in self.objects:
            self._give(name)
        else:
            self._answer(404, b"", {})

    def _list(self, prefix: str) -> None:
        contents = "".join(
            f"<Contents><Key>{name}</Key><LastModified>2023-11-15T00:00:00.000Z</LastModified>"
            f'<ETag>"e{len(whole)}"</ETag><Size>{len(whole)}</Size></Contents>'
            for name, whole in sorted(self.objects.items())
            if name.startswith(prefix)
        )
        self._answer(
            200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{contents}</ListBucketResult>".encode(), {}
        )

    def _give(self, name: str) -> None:
        whole = self.objects[name]
        headers = {
            "Last-Modified": "Wed, 15 Nov 2023 00:00:00 GMT",
            "ETag": f'"e{len(whole)}"',
            "Accept-Ranges": "bytes",
        }
        if wanted := self.headers.get("Range"):
            first, last = wanted.removeprefix("bytes=").split("-")
            start, end = int(first), min(int(last or len(whole)), len(whole) - 1)
            headers["Content-Range"] = f"bytes {start}-{end}/{len(whole)}"
            self._answer(206, whole[start : end + 1], headers)
        else:
            self._answer(200, whole, headers)

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.asked.append((self.command, self.path, self.headers.get("Authorization", "")))
        self.send_response(status)
        for header, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(header, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Azure(Store):
    """The same of Azure's storage, of the container `shop` of an account that is a folder, as in its emulators."""

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        query = parse_qs(asked.query)
        name = unquote(asked.path).removeprefix("/account/shop").strip("/")
        if query.get("comp") == ["list"]:
            self._list(query.get("prefix", [""])[0])
        elif name in self.objects:
            self._give(name)
        else:
            self._answer(404, b"", {"x-ms-error-code": "BlobNotFound"})

    def _list(self, prefix: str) -> None:
        blobs = "".join(
            f"<Blob><Name>{name}</Name><Properties><Last-Modified>Wed, 15 Nov 2023 00:00:00 GMT</Last-Modified>"
            f"<Etag>e{len(whole)}</Etag><Content-Length>{len(whole)}</Content-Length><BlobType>BlockBlob</BlobType>"
            "</Properties></Blob>"
            for name, whole in sorted(self.objects.items())
            if name.startswith(prefix)
        )
        answer = f"<EnumerationResults><Blobs>{blobs}</Blobs><NextMarker/></EnumerationResults>"
        self._answer(200, answer.encode(), {"Content-Type": "application/xml"})

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        of_blob = {"x-ms-blob-type": "BlockBlob", "x-ms-server-encrypted": "true"}
        of_blob |= {f"x-ms-{name}": "Wed, 15 Nov 2023 00:00:00 GMT" for name in ("creation-time", "last-modified")}
        of_blob |= {"x-ms-version": "2020-02-10", "x-ms-lease-state": "available", "x-ms-lease-status": "unlocked"}
        super()._answer(status, body, {**of_blob, **headers})

    def _give(self, name: str) -> None:
        if wanted := self.headers.get("x-ms-range"):
            self.headers["Range"] = wanted
        super()._give(name)


@contextmanager
def serving(kind: type[Store], tmp_path: Path) -> Iterator[int]:
    """A store with the days of `by_date`; its port."""
    folder = by_date(tmp_path / "set")
    kind.asked, kind.refuses = [], False
    kind.objects = {
        f"set/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in folder.rglob("*.parquet")
    }
    kind.objects["set/_SUCCESS"] = b""
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    guard.close()  # the next has this environment
    yield server.server_port
    guard.close()
    server.shutdown()
    server.server_close()
