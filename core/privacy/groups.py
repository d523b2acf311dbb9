"""What a file that leaves the house should tell of itself, and when it speaks of too few people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core import __version__

if TYPE_CHECKING:
    from core.runs import Run

LEAST = 5  # users: of fewer, each can be recognised in what is said of the group (k-anonymity, Sweeney 2002)


def is_small(users: int, least: int = LEAST) -> bool:
    """Whether a group of people is so small that each can be recognised."""
    return 0 < users < least


def watermark(fingerprint: str, run: Run) -> str:
    """The line that says where a file came from: program, data, run, day. It names nobody."""
    day = datetime.now(UTC).date().isoformat()
    return f"Seqlens {__version__}, data {fingerprint.strip(chr(34))[:16]}, run {run.id}, {day}"
