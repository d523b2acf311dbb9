"""Users and old events taken out of every table of a workspace.

The rows go, and codes close up, so that nothing tells that somebody was there; texts that only these users searched for
become empty, and their language vectors go. DuckDB leaves deleted bytes in the file: `core.rewriting` writes it anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.data.sql import text
from core.data.tables import EVENT_ORDER
from core.language.vectors import content_hash
from core.privacy.records import note
from core.runs import OVERVIEW, TESTED, Run

if TYPE_CHECKING:
    import duckdb

MANY = 1000  # users above which malformed rows are not searched for each, but lose their text altogether


@dataclass(frozen=True)
class Forgotten:
    """What went.

    Attributes:
        users: who are no longer known.
        events: theirs, and old ones of others.
        feedback: rows about them.
        documents: notes, changed histories and the like about them.
    """

    users: int
    events: int
    feedback: int = 0
    documents: int = 0


def forget(cursor: duckdb.DuckDBPyConnection, ids: Sequence[str] = (), before: int | None = None) -> Forgotten:
    """Take users, and events before a time, out of every table; all of it is one transaction of the caller's.

    Args:
        cursor: inside a transaction; tables that a workspace of an earlier version lacks are passed over.
        ids: of users; unknown ones are passed over.
        before: microseconds since 1970 UTC. Users who have no event left are forgotten too.
    """
    tables = {name for (name,) in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    listed = ", ".join(map(text, ids)) or "NULL"
    late = "true" if before is None else f"time >= {int(before)}"
    left = 'SELECT "user" FROM events WHERE ' + late
    none_left = "false" if before is None else f"code NOT IN ({left})"
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE gone AS SELECT code, id FROM users WHERE id IN ({listed}) OR {none_left}"
    )
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE kept AS SELECT code AS old, (row_number() OVER (ORDER BY code) - 1)::INTEGER "
        "AS new FROM users WHERE code NOT IN (SELECT code FROM gone)"
    )
    users, events = cursor.execute(
        "SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM events WHERE "
        f'"user" IN (SELECT code FROM gone) OR NOT ({late}))'
    ).fetchall()[0]
    if not users and not events:
        return Forgotten(0, 0)
    names = [name for (name,) in cursor.execute("SELECT id FROM gone").fetchall()]
    cursor.execute(
        f'CREATE OR REPLACE TEMP TABLE shortened AS SELECT DISTINCT id FROM users JOIN events ON code = "user" '
        f"WHERE NOT ({late})"
    )
    _forget_texts(cursor, late)
    _forget_events(cursor, late)
    _forget_rows(cursor, names, before)
    feedback = _forget_feedback(cursor, late) if "feedback" in tables else 0
    documents = _forget_documents(cursor, set(names), before) if "saved" in tables else 0
    _mark_runs(cursor, users, events)
    _change_fingerprint(cursor, users, events)
    if "sealed_ids" in tables:
        cursor.execute("DELETE FROM sealed_ids WHERE pseudonym IN (SELECT id FROM gone)")
    if "privacy_records" in tables:
        note(cursor, "forget" if before is None else "retain", users=users, events=events)
    cursor.execute("DROP TABLE temp.gone; DROP TABLE temp.kept; DROP TABLE temp.shortened")
    return Forgotten(users, events, feedback, documents)


def _forget_texts(cursor: duckdb.DuckDBPyConnection, late: str) -> None:
    """Empty what nobody else searched for; the codes of texts stay, since models know texts by them."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE silent AS SELECT code, text FROM texts WHERE code NOT IN (SELECT text FROM "
        f'events WHERE text IS NOT NULL AND {late} AND "user" NOT IN (SELECT code FROM gone))'
    )
    found = cursor.execute("SELECT text FROM silent WHERE text <> ''").fetchall()
    if found:
        hashes = ", ".join(f"'{content_hash(one).hex()}'" for (one,) in found)
        cursor.execute(f"DELETE FROM vectors WHERE lower(hex(hash)) IN ({hashes})")
    cursor.execute("UPDATE texts SET text = '' WHERE code IN (SELECT code FROM silent); DROP TABLE temp.silent")


def _forget_events(cursor: duckdb.DuckDBPyConnection, late: str) -> None:
    """New tables with new codes take the old ones' places."""
    columns = 'new AS "user", time, item, behaviour, value, text, file, record'
    cursor.execute(
        f'CREATE TABLE fewer_events AS SELECT {columns} FROM events JOIN kept ON old = "user" WHERE {late} '
        f"ORDER BY {EVENT_ORDER}; DROP TABLE events; ALTER TABLE fewer_events RENAME TO events; "
        "DELETE FROM data_facts WHERE name IN ('ordered', 'grown')"  # all stand in their order, and grew from nothing
    )
    cursor.execute(
        "CREATE TABLE fewer_users AS SELECT new AS code, id, (row_number() OVER (ORDER BY id) - 1)::INTEGER AS rank "
        "FROM users JOIN kept ON old = code ORDER BY new; DROP TABLE users; ALTER TABLE fewer_users RENAME TO users"
    )
    cursor.execute(
        'DELETE FROM user_figures; INSERT INTO user_figures SELECT code, count(e."user"), min(time), max(time) '
        'FROM users LEFT JOIN events e ON e."user" = code GROUP BY code ORDER BY code'
    )


def _forget_rows(cursor: duckdb.DuckDBPyConnection, names: Sequence[str], before: int | None) -> None:
    """Rejected rows that show a user; they have no code, so they are searched. Nobody knows how old they are."""
    if len(names) > MANY or before is not None:
        cursor.execute("UPDATE rejections SET value = NULL WHERE rule IN ('malformed_row', 'missing_user')")
    elif names:
        cursor.execute("UPDATE rejections SET value = NULL WHERE EXISTS (SELECT 1 FROM gone WHERE contains(value, id))")


def _forget_feedback(cursor: duckdb.DuckDBPyConnection, late: str) -> int:
    theirs = f'"user" IN (SELECT id FROM gone) OR NOT ({late})'
    found = cursor.execute(f"SELECT count(*) FROM feedback WHERE {theirs}").fetchall()[0][0]
    cursor.execute(f"DELETE FROM feedback WHERE {theirs}")
    return int(found)


def _forget_documents(cursor: duckdb.DuckDBPyConnection, names: set[str], before: int | None) -> int:
    """What the analyst named: documents about a user or an old event go, lists of users lose theirs; how many went.

    A changed history goes where events of its user went, as it tells them by their numbers.
    """
    codes = dict(cursor.execute("SELECT old, new FROM kept").fetchall())
    shortened = {name for (name,) in cursor.execute("SELECT id FROM shortened").fetchall()}
    went = 0
    for kind, name, body in cursor.execute("SELECT kind, name, body FROM saved").fetchall():
        stored = json.loads(body)
        where = f"kind = {text(kind)} AND name = {text(name)}"
        old = before is not None and isinstance(stored.get("time"), int) and stored["time"] < before
        if stored.get("user") in names or name in names or old or ("history" in stored and stored["user"] in shortened):
            cursor.execute(f"DELETE FROM saved WHERE {where}")
            went += 1
            continue
        changed = _without(kind, stored, names, codes)
        if changed != stored:
            cursor.execute(
                f"UPDATE saved SET body = {text(json.dumps(changed))}, changed = now()::TIMESTAMP WHERE {where}"
            )
    row = cursor.execute("SELECT value FROM settings WHERE key = 'user'").fetchone()
    if row is not None:
        chosen = codes.get(json.loads(row[0]), -1)
        cursor.execute(f"UPDATE settings SET value = '{chosen}' WHERE key = 'user'")
    return went


def _without(kind: str, body: dict[str, object], names: set[str], codes: Mapping[int, int]) -> dict[str, object]:
    """A document whose lists of users, by codes or by ids, have only those who are left."""
    if kind == "clusters":
        return {label: _recoded(found, codes) for label, found in body.items()}
    conditions = body.get("conditions")
    if kind != "segment" or not isinstance(conditions, list):
        return body
    changed = []
    for one in conditions:
        condition = dict(one)
        if "codes" in condition:
            condition["codes"] = _recoded(condition["codes"], codes)
        if "ids" in condition:
            condition["ids"] = [name for name in condition["ids"] if name not in names]
        changed.append(_without(kind, condition, names, codes))  # a group has conditions of its own
    return {**body, "conditions": changed}


def _recoded(found: object, codes: Mapping[int, int]) -> object:
    return [codes[code] for code in found if code in codes] if isinstance(found, list) else found


def _mark_runs(cursor: duckdb.DuckDBPyConnection, users: int, events: int) -> None:
    """Runs learned from what is forgotten: they say so; what resumes them, and what was measured of them, goes."""
    for name, stored in cursor.execute("SELECT id, run FROM runs").fetchall():
        run = Run.from_json(stored)
        told: dict[str, str | int | float] = {"users": users, "events": events}
        marked = run.noted(
            "{users} users and {events} events that it learned from were forgotten since",
            told,
            forgotten=run.forgotten + 1,
        )
        cursor.execute(f"UPDATE runs SET run = {text(marked.to_json())} WHERE id = {text(name)}")
    measured = " OR ".join(f"owner IN (SELECT id || '/{part}' FROM runs)" for part in (TESTED, OVERVIEW))
    cursor.execute(f"DELETE FROM blobs WHERE contains(owner, '/checkpoint') OR {measured}")


def _change_fingerprint(cursor: duckdb.DuckDBPyConnection, users: int, events: int) -> None:
    former = cursor.execute("SELECT value FROM data_facts WHERE name = 'fingerprint'").fetchone()
    mark = hashlib.sha256(f"{former} without {users} {events}".encode()).hexdigest()[:32]
    cursor.execute(
        f"UPDATE data_facts SET value = {text(json.dumps(mark))} WHERE name = 'fingerprint'; "
        "DELETE FROM settings WHERE key IN ('figures', 'everybody')"  # what was counted of them
    )
