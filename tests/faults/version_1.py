"""A workspace as version 1 wrote it: its tables, frozen."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

STATEMENTS = """
CREATE TABLE files (file INTEGER, path VARCHAR, sha256 VARCHAR, bytes BIGINT, imported TIMESTAMP, report VARCHAR);
CREATE TABLE users (code INTEGER, id VARCHAR, rank INTEGER);
CREATE TABLE items (code INTEGER, id VARCHAR, rank INTEGER, title VARCHAR, category VARCHAR, description VARCHAR,
    price FLOAT);
CREATE TABLE behaviours (code UTINYINT, name VARCHAR, negative BOOLEAN);
CREATE TABLE texts (code INTEGER, text VARCHAR);
CREATE TABLE events ("user" INTEGER, time BIGINT, item INTEGER, behaviour UTINYINT, value FLOAT, text INTEGER,
    file INTEGER, record BIGINT);
CREATE TABLE user_figures ("user" INTEGER, events INTEGER, first BIGINT, last BIGINT);
CREATE TABLE rejections (file INTEGER, rule VARCHAR, record BIGINT, line BIGINT, column_name VARCHAR, value VARCHAR,
    reason VARCHAR);
CREATE TABLE data_facts (name VARCHAR, value VARCHAR);
CREATE TABLE runs (id VARCHAR PRIMARY KEY, created TIMESTAMP, run VARCHAR);
CREATE TABLE blobs (owner VARCHAR, part INTEGER, data BLOB);
CREATE TABLE vectors (model VARCHAR, hash BLOB, vector FLOAT[]);
CREATE TABLE settings (key VARCHAR PRIMARY KEY, value VARCHAR);
INSERT INTO settings VALUES ('version', '1'), ('user', '0');
INSERT INTO users VALUES (0, 'ann', 0), (1, 'bob', 1);
INSERT INTO items VALUES (0, 'lamp', 0, 'A lamp', 'light', NULL, 9.5), (1, 'sofa', 1, 'A sofa', 'seat', NULL, NULL);
INSERT INTO behaviours VALUES (0, 'view', false);
INSERT INTO events VALUES (0, 1, 0, 0, NULL, NULL, 0, 1), (0, 2, 1, 0, NULL, NULL, 0, 2),
    (1, 1, 1, 0, NULL, NULL, 0, 3);
INSERT INTO user_figures VALUES (0, 2, 1, 2), (1, 1, 1, 1);
INSERT INTO data_facts VALUES ('timed', 'true'), ('fingerprint', '"abc"');
"""


def make_version_1(path: Path) -> Path:
    """Write it to `path`, with one run."""
    run = {"id": "a", "name": "first", "model": "popularity", "created": "2026-01-01T10:00:00", "status": "stopped"}
    with duckdb.connect(str(path)) as connection:
        connection.execute(STATEMENTS)
        connection.execute("INSERT INTO runs VALUES ('a', '2026-01-01 10:00:00', ?)", [json.dumps(run)])
    return path
