"""What the timeline reads of a workspace beside the events."""

from __future__ import annotations

from pathlib import Path

from core.progress import Progress
from desktop_app.parts import timeline_work
from tests.shop import open_shop


def test_categories_are_read_by_their_tags(tmp_path: Path) -> None:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        with workspace.cursor() as cursor:
            names = "['Comedy|Drama', 'Drama', 'Comedy', 'Comedy|War', 'War|Drama', '']"
            cursor.execute(f"UPDATE items SET category = {names}[1 + code % 6]")
        assert timeline_work.read_tags(workspace, Progress()) == {
            "Comedy": ("Comedy|Drama", "Comedy", "Comedy|War"),
            "Drama": ("Comedy|Drama", "Drama", "War|Drama"),
            "War": ("Comedy|War", "War|Drama"),
        }
