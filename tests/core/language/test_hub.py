"""A model of the hub is asked for by its name alone, measured before it is fetched, and found where it was put.

The hub is a server on this machine, to which a process of its own is sent: the hub's library reads the address when
it is imported.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.core.language.models import small_model

ROOT = Path(__file__).resolve().parents[3]
NAME, COMMIT = "some/tiny", "0123456789abcdef0123456789abcdef01234567"
CHILD = """
import json, sys
from core.language import hub
from core.progress import Progress

told = {"before": hub.fetched(sys.argv[1]) is None, "size": hub.size_of(sys.argv[1])}
print(json.dumps(told), flush=True)
sys.stdin.readline()
folder = hub.fetch(sys.argv[1], Progress())
found = {file.name: file.read_bytes().hex() for file in folder.iterdir()}
told = {"found": found, "again": hub.fetched(sys.argv[1]) == folder}
print(json.dumps(told), flush=True)
"""


class Hub:
    """What a server was asked for, and the folder that it hands out."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked = folder, list[tuple[str, str]]()
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hub.answer(self, True)

            def do_HEAD(self) -> None:
                hub.answer(self, False)

            def log_message(self, *_: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def answer(self, request: BaseHTTPRequestHandler, whole: bool) -> None:
        path = request.path.partition("?")[0]
        self.asked.append((request.command, path))
        headers = {"X-Repo-Commit": COMMIT}
        if path.startswith("/api/models/"):
            files = [{"rfilename": file.name, "size": file.stat().st_size} for file in self.folder.iterdir()]
            body = json.dumps({"id": NAME, "modelId": NAME, "sha": COMMIT, "siblings": files}).encode()
            headers["Content-Type"] = "application/json"
        else:
            file = self.folder / Path(path).name
            if not file.is_file():
                request.send_error(404)
                return
            body = file.read_bytes()
            headers["ETag"] = f'"{len(body):040x}"'
        request.send_response(200)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            request.send_header(name, value)
        request.end_headers()
        if whole:
            request.wfile.write(body)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Hub]:
    folder = tmp_path / "served"
    small_model(folder)
    (folder / "weights.bin").write_bytes(b"not wanted" * 1000)
    hub = Hub(folder)
    yield hub
    hub.server.shutdown()
    hub.server.server_close()


def test_its_size_is_told_before_a_file_is_fetched_and_nothing_else_is_sent(served: Hub, tmp_path: Path) -> None:
    away = {"HF_ENDPOINT": served.address, "HF_HOME": str(tmp_path / "home"), "HF_HUB_DISABLE_TELEMETRY": "1"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, NAME],
        cwd=ROOT,
        env={**kept, **away},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        wanted = [file for file in served.folder.iterdir() if file.suffix != ".bin"]
        assert json.loads(child.stdout.readline()) == {"before": True, "size": sum(f.stat().st_size for f in wanted)}
        assert {path for _, path in served.asked} == {f"/api/models/{NAME}"}  # its name and nothing else
        child.stdin.write("fetch\n")
        child.stdin.flush()
        told = json.loads(child.stdout.readline())
    assert child.returncode == 0
    assert told == {"found": {file.name: file.read_bytes().hex() for file in wanted}, "again": True}
    fetched = {path.rpartition("/")[2] for method, path in served.asked if method == "GET" and "/resolve/" in path}
    assert fetched == {file.name for file in wanted}
