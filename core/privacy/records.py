"""What was done with personal data, written down in the workspace without naming anyone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.data.sql import text

if TYPE_CHECKING:
    import duckdb

TABLES = (
    # `action` is a key of `ACTIONS`; `facts` is JSON that holds counts and reasons, never an id.
    "CREATE TABLE IF NOT EXISTS privacy_records (number BIGINT, time TIMESTAMP, action VARCHAR, facts VARCHAR)",
    # The ids behind pseudonyms, sealed with the pseudonyms' key (`core.privacy.pseudonyms`).
    "CREATE TABLE IF NOT EXISTS sealed_ids (pseudonym VARCHAR, sealed BLOB)",
)

ACTIONS = {
    "forget": "Users were forgotten",
    "retain": "Old events were forgotten",
    "reidentify": "Pseudonyms were turned back into ids",
    "encrypt": "The workspace was encrypted, or its passphrase changed",
    "decrypt": "The encryption was taken off",
}


@dataclass(frozen=True)
class Record:
    """One thing that was done.

    Attributes:
        time: when, ISO 8601 in UTC.
        action: a key of `ACTIONS`.
        facts: counts and reasons.
    """

    time: str
    action: str
    facts: dict[str, object] = field(default_factory=dict)


def note(cursor: duckdb.DuckDBPyConnection, action: str, **facts: object) -> None:
    """Write down that `action`, a key of `ACTIONS`, was done."""
    told = text(json.dumps(facts, ensure_ascii=False))
    cursor.execute(
        "INSERT INTO privacy_records SELECT coalesce(max(number), 0) + 1, "
        f"(now() AT TIME ZONE 'UTC')::TIMESTAMP, {text(action)}, {told} FROM privacy_records"
    )


def records(cursor: duckdb.DuckDBPyConnection) -> list[Record]:
    """All that was done, the newest first."""
    rows = cursor.execute(
        "SELECT strftime(time, '%Y-%m-%dT%H:%M:%SZ'), action, facts FROM privacy_records ORDER BY number DESC"
    ).fetchall()
    return [Record(time, action, json.loads(facts)) for time, action, facts in rows]
