"""The key that a passphrase becomes: dear to guess, and the same for ever."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from core.privacy.passphrase import Salt
from core.workspace import Workspace

WORDS = "long green boats"
ROOT = Path(__file__).parents[3]
DIGITS = "00112233445566778899aabbccddeeff"


def test_a_key_never_changes_or_no_workspace_opens_again() -> None:
    key = Salt(DIGITS, passes=3, kibibytes=65_536, lanes=4).key(WORDS)
    assert key == "m6gqWRSQBgl7cHpu2YkLxoxEUXIPqxolCHeWv/rwvdM="


def test_it_is_argon2id() -> None:
    argon2 = pytest.importorskip("cryptography.hazmat.primitives.kdf.argon2")
    salt = Salt(DIGITS, passes=2, kibibytes=64, lanes=4)
    found = argon2.Argon2id(salt=bytes.fromhex(DIGITS), length=32, iterations=2, lanes=4, memory_cost=64)
    assert salt.key(WORDS) == base64.b64encode(found.derive(WORDS.encode())).decode()


def test_a_workspace_gets_a_key_as_dear_as_the_rfc_asks(tmp_path: Path) -> None:
    """In a process of its own: in this one keys are cheap (tests/conftest.py)."""
    path = tmp_path / "w.seqlens"
    code = "import sys; from pathlib import Path; from core.workspace import Workspace"
    code += "; Workspace.create(Path(sys.argv[1]), sys.argv[2]).close()"
    subprocess.run([sys.executable, "-c", code, str(path), WORDS], cwd=ROOT, check=True)
    (salt,) = json.loads(Path(f"{path}.key").read_text("ascii"))["argon2id"]
    assert salt == asdict(Salt(salt["salt"], passes=3, kibibytes=65_536, lanes=4))
    with Workspace.open(path, WORDS) as workspace:
        assert workspace.encrypted
