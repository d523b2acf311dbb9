"""Ids and pseudonyms never stand beside each other, and all pseudonyms of a workspace have one key."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import cli, keeping, rewriting, workflow
from core.data.settings import ImportSettings
from core.errors import SeqlensError
from core.privacy import pseudonyms
from core.progress import Progress
from core.workspace import Workspace

KEY, OTHER = bytes(range(32)), bytes(32)


def bring(workspace: Workspace, user: str, key: bytes | None, replace: bool = False) -> None:
    path = workspace.path.with_suffix(".csv")
    path.write_text(f"user,item,timestamp\n{user},item-3,{1_700_000_000 + len(user)}\n")
    settings = ImportSettings(files=(path,), pseudonym_key=key, replace=replace)
    workflow.import_files(workspace, settings, Progress())
    path.unlink()


def test_no_id_comes_beside_pseudonyms(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        bring(workspace, "first@example.org", KEY)
        for key, told in ((None, "Name the key"), (OTHER, "not the key")):
            with pytest.raises(SeqlensError, match=told):
                bring(workspace, "second@example.org", key)
        bring(workspace, "third@example.org", KEY)
        assert workspace.counts().users == 2
        items = tmp_path / "items.csv"
        items.write_text("item,title\nitem-3,Lamp\n")
        workflow.import_files(workspace, ImportSettings(items_files=(items,), files=()), Progress())
        assert workspace.catalogue().titles.to_pylist() == ["Lamp"]
    assert b"second@example.org" not in (tmp_path / "w.seqlens").read_bytes()


def test_no_pseudonym_comes_beside_ids(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        bring(workspace, "first@example.org", None)
        with pytest.raises(SeqlensError, match="import all files into a new workspace"):
            bring(workspace, "first@example.org", KEY)


def test_what_replaces_all_replaces_the_sealed_ids(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        bring(workspace, "first@example.org", KEY)
        bring(workspace, "second@example.org", OTHER, replace=True)
        (name,) = workspace.users().ids.to_pylist()
        assert keeping.stored(workspace).pseudonyms == 1
        assert keeping.reidentify(workspace, [name], OTHER, "a test") == {name: "second@example.org"}
        bring(workspace, "third@example.org", None, replace=True)
        assert keeping.stored(workspace).pseudonyms == 0


def test_a_user_is_forgotten_by_the_id_behind_the_pseudonym(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, names = tmp_path / "w.seqlens", ["first@example.org", "zweite@example.org", "第三"]
    (tmp_path / "key").write_text(KEY.hex())
    with Workspace.create(path) as workspace:
        for name in names:
            bring(workspace, name, KEY)
        assert sorted(pseudonyms.of(names, KEY)) == sorted(workspace.users().ids.to_pylist())
    command = ["forget", "--workspace", str(path), "--users", "第三", "--pseudonyms", str(tmp_path / "key")]
    assert cli.run(command) == 0
    assert "1 users" in capsys.readouterr().out
    with Workspace.open(path) as workspace:
        assert sorted(workspace.users().ids.to_pylist()) == sorted(pseudonyms.of(names[:2], KEY))
    capsys.readouterr()
    assert cli.run(command) == 1
    assert "no user 第三" in capsys.readouterr().err  # as it was asked for


def test_several_users_go_in_one_rewriting_or_none_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, names = tmp_path / "w.seqlens", ["first@example.org", "second@example.org", "third@example.org"]
    with Workspace.create(path) as workspace:
        for name in names:
            bring(workspace, name, KEY)
    for ids, key, told in (
        ([names[0], "nobody"], KEY, "no user nobody"),
        (names[:2], OTHER, "not the key"),
        (names[:2], None, "no user first@example.org"),
    ):
        with pytest.raises(SeqlensError, match=told):
            keeping.forget_users(path, ids, Progress(), key)
    rewritten: list[Path] = []
    rewrite = rewriting.rewrite
    monkeypatch.setattr(rewriting, "rewrite", lambda *asked: (rewritten.append(asked[0]), rewrite(*asked)))
    assert keeping.forget_users(path, names[:2], Progress(), KEY).users == 2
    assert rewritten == [path]
    with Workspace.open(path) as workspace:
        assert workspace.users().ids.to_pylist() == pseudonyms.of(names[2:], KEY)
    with Workspace.create(tmp_path / "plain.seqlens") as workspace:
        bring(workspace, names[0], None)
    with pytest.raises(SeqlensError, match="have no pseudonyms"):
        keeping.forget_users(tmp_path / "plain.seqlens", names[:1], Progress(), KEY)
