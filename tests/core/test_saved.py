"""What the analyst named is kept in the workspace, and survives its closing."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import SeqlensError
from core.workspace import Workspace


def test_documents_survive_closing_and_save_as(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "a.seqlens") as workspace:
        workspace.saved.put("segment", "买家 'A'", {"at least": 3, "names": ["x", "é"]})
        workspace.saved.put("policy", "买家 'A'", {"n": 1})
        workspace.saved.put("segment", "买家 'A'", {"at least": 4})
        workspace.save_as(tmp_path / "b.seqlens")
    for name in ("a", "b"):
        with Workspace.open(tmp_path / f"{name}.seqlens") as workspace:
            assert workspace.saved.all("segment") == {"买家 'A'": {"at least": 4}}
            assert workspace.saved.get("policy", "买家 'A'") == {"n": 1}
            assert workspace.saved.get("policy", "other") is None


def test_renaming_never_overwrites(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "a.seqlens") as workspace:
        saved = workspace.saved
        saved.put("segment", "one", {"n": 1})
        saved.put("segment", "two", {"n": 2})
        with pytest.raises(SeqlensError, match="two is taken"):
            saved.rename("segment", "one", "two")
        with pytest.raises(SeqlensError, match="nothing named three"):
            saved.rename("segment", "three", "four")
        with pytest.raises(SeqlensError, match="name"):
            saved.put("segment", " ", {})
        saved.rename("segment", "one", "three")
        saved.remove("segment", "nobody")
        assert saved.all("segment") == {"two": {"n": 2}, "three": {"n": 1}}
        saved.remove("segment", "two")
        assert list(saved.all("segment")) == ["three"]


def test_names_and_changes_of_a_kind(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "a.seqlens") as workspace:
        saved = workspace.saved
        stamps = [saved.changed("segment")]
        for change in (
            lambda: saved.put("segment", "乙", {"n": 1}),
            lambda: saved.put("segment", "a", {"n": 1}),
            lambda: saved.put("segment", "a", {"n": 2}),
            lambda: saved.remove("segment", "乙"),
        ):
            change()
            stamps.append(saved.changed("segment"))
        assert len(set(stamps)) == len(stamps)
        saved.put("policy", "b", {})
        assert saved.changed("segment") == stamps[-1]
        saved.put("segment", "B", {})
        assert saved.names("segment") == ["B", "a"]


def test_a_free_name_is_much_like_the_wanted_one(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "a.seqlens") as workspace:
        saved = workspace.saved
        assert saved.free("policy", "春") == "春"
        for name in ("春", "春 (2)", "春 (4)"):
            saved.put("policy", name, {})
        assert saved.free("policy", "春") == "春 (3)"
        assert saved.free("policy", "春 (2)") == "春 (2) (2)"
        assert saved.free("segment", "春") == "春"
