"""The tables of imported data inside a workspace, and the one order in which events stand."""

from __future__ import annotations

VERSION = 2  # `core.migrations` leads here from the earlier ones
SUFFIX = ".seqlens"  # of a workspace file
REWRITE_DUE = "rewrite_due"  # the setting that says that what was deleted is to leave no byte: the file is written anew

TABLES: dict[str, str] = {
    # One row a file that was imported; `sha256` is of its content. `report` is the import report as JSON.
    "files": "file INTEGER, path VARCHAR, sha256 VARCHAR, bytes BIGINT, imported TIMESTAMP, report VARCHAR",
    # Codes are given once, 0 upwards without holes, and never reused. `rank` is the place of the id in text order.
    "users": "code INTEGER, id VARCHAR, rank INTEGER",
    "items": "code INTEGER, id VARCHAR, rank INTEGER, title VARCHAR, category VARCHAR, description VARCHAR, "
    "price FLOAT",
    "behaviours": "code UTINYINT, name VARCHAR, negative BOOLEAN",
    # Texts of events that carry one (a search); events point to them.
    "texts": "code INTEGER, text VARCHAR",
    # Stored sorted by "user", time, file, record; each file that was appended is sorted in itself and stands after the
    # others (see "ordered" below). `time` is microseconds since 1970 UTC, or the number of the event in
    # its user's sequence where the workspace is not timed. `item` is null for an event that only has a text.
    "events": '"user" INTEGER, time BIGINT, item INTEGER, behaviour UTINYINT, value FLOAT, text INTEGER, '
    "file INTEGER, record BIGINT",
    # One row a user, for lists: events, first and last time (null for a user whose events were all removed).
    "user_figures": '"user" INTEGER, events INTEGER, first BIGINT, last BIGINT',
    # The first 10,000 rejections of each rule of each file; all are counted in the file's report.
    "rejections": "file INTEGER, rule VARCHAR, record BIGINT, line BIGINT, column_name VARCHAR, value VARCHAR, "
    "reason VARCHAR",
    # Name and JSON value: "timed" (bool), "fingerprint" (text that changes with the data) and "ordered": how many of
    # the first events stand in their one order; all, where it is missing or more than there are. "grown": earlier
    # states to which events were only appended, how many events each fingerprint had, and the fingerprint of now.
    "data_facts": "name VARCHAR, value VARCHAR",
}

EVENT_ORDER = '"user", time, file, record'


def create_statements(prefix: str = "") -> list[str]:
    """SQL that creates every table of imported data, each name with `prefix` before it."""
    return [f'CREATE TABLE "{prefix}{name}" ({columns})' for name, columns in TABLES.items()]
