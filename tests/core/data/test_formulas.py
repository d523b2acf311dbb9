"""What a spreadsheet would compute is written harmlessly, and is what it was when it is imported again."""

from __future__ import annotations

import csv
from pathlib import Path

from core import keeping, workflow
from core.data.settings import ImportSettings
from core.progress import Progress
from core.sequences.rows import write_rows
from core.workspace import Workspace

NASTY = ("=cmd()", "+1", "-7", "@SUM(A1)", "'=1", "''-7", "'plain", "' =1", "plain")


def brought(path: Path, *files: Path, key: bytes | None = None) -> Workspace:
    workspace = Workspace.create(path)
    workflow.import_files(workspace, ImportSettings(files=files, pseudonym_key=key), Progress())
    return workspace


def told(workspace: Workspace) -> list[tuple[object, ...]]:
    """All events in words."""
    query = (
        'SELECT u.id, i.id, i.title, b.name, t.text FROM events e JOIN users u ON u.code = e."user" '
        "JOIN items i ON i.code = e.item JOIN behaviours b ON b.code = behaviour LEFT JOIN texts t ON t.code = e.text"
    )
    with workspace.cursor() as cursor:
        return sorted(cursor.execute(query).fetchall(), key=str)


def write(path: Path, who: str) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(("user_id", "item_id", "title", "behavior", "text", "timestamp"))
        lines.writerows((who, name, name, name, name, 1_700_000_000 + n) for n, name in enumerate(NASTY))


def test_an_export_that_is_imported_again_is_the_same(tmp_path: Path) -> None:
    # Texts that look as if an export had written them lose their apostrophe: exports are where they come from.
    write(tmp_path / "a.csv", "=me")
    with brought(tmp_path / "a.seqlens", tmp_path / "a.csv") as first:
        stripped = {name[1:] if name.startswith(("'=", "''-")) else name for name in NASTY}
        assert {row[1] for row in told(first)} == stripped
        assert {row[0] for row in told(first)} == {"=me"}
        write_rows(tmp_path / "b.csv", first.user_events(0))
        with brought(tmp_path / "b.seqlens", tmp_path / "b.csv") as second:
            assert told(second) == told(first)
            write_rows(tmp_path / "c.csv", second.user_events(0))
    assert (tmp_path / "c.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    rows = csv.reader((tmp_path / "b.csv").read_text("utf-8-sig").splitlines())
    assert not any(cell[:1] in set("=+-@") for row in rows for cell in row if cell)


def test_the_pseudonym_is_that_of_the_id_itself(tmp_path: Path) -> None:
    key = bytes(32)
    write(tmp_path / "a.csv", "=me")
    write(tmp_path / "b.csv", "'=me")
    with brought(tmp_path / "a.seqlens", tmp_path / "a.csv", tmp_path / "b.csv", key=key) as workspace:
        (name,) = workspace.users().ids.to_pylist()
        assert keeping.reidentify(workspace, [name], key, "a test") == {name: "=me"}
