"""What is known of items beside events: it is kept in the workspace, becomes a part of the hybrid, and is explained."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import duckdb
import numpy as np
import pytest
from numpy.typing import NDArray

from core import adding, cli, keeping, listing, workflow
from core.data import outside, pictures, triples
from core.data.guarded import Guard
from core.data.settings import ImportSettings
from core.errors import SeqlensError
from core.fitting import TrainSettings
from core.language.pictures import PictureEncoder
from core.listing import ListRequest
from core.models.beside import NOTHING
from core.models.relations import Step
from core.progress import Cancelled, Progress
from core.workspace import Workspace
from desktop_app.decoding import decode
from tests.core.language.vision import save_model, save_picture
from tests.shop import ITEMS, open_shop, read_before

QUICK: dict[str, dict[str, object]] = {"hybrid": {"components": ["popularity", "transitions", "vectors"]}}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        yield workspace


def ring(tmp_path: Path) -> Path:
    """Vectors in which each item of the shop is near the next ones, which is what its users do."""
    angle = 2 * np.pi * np.arange(ITEMS) / ITEMS
    np.save(tmp_path / "sound.npy", np.stack((np.cos(angle), np.sin(angle)), axis=1))
    (tmp_path / "sound.txt").write_text("\n".join(f"i{item}" for item in range(ITEMS)))
    return tmp_path / "sound.npy"


def test_vectors_stay_in_the_workspace_until_they_are_removed(shop: Workspace, tmp_path: Path) -> None:
    assert shop.beside.load(ITEMS) == NOTHING
    taken = adding.add_vectors(shop, ring(tmp_path), Progress())
    assert (taken.items, dict(taken.figures)) == (ITEMS, {"dimensions": 2})
    shop.close()
    with Workspace.open(shop.path) as again:
        assert again.beside.taken() == {"vectors": taken}
        found = again.beside.load(ITEMS + 2)  # items that came in later
        assert found.vectors is not None
        np.testing.assert_allclose(np.linalg.norm(found.vectors, axis=1), [*[1.0] * ITEMS, 0.0, 0.0], atol=1e-6)
        again.beside.remove("vectors")
        assert again.beside.load(ITEMS) == NOTHING
        assert again.runs.blob("beside/vectors") is None


def test_the_hybrid_has_a_part_for_them_and_says_what_it_gave(shop: Workspace, tmp_path: Path) -> None:
    read_before(shop)
    without: dict[str, dict[str, object]] = {"hybrid": {"components": ["popularity", "transitions"]}}
    plain = workflow.train(shop, TrainSettings(options=without), Progress())
    assert "vectors" not in plain.weights
    adding.add_vectors(shop, ring(tmp_path), Progress())
    weighed = {"popularity": 0.2, "transitions": 0.3, "vectors": 0.5}  # chosen on the few events, it could be nothing
    options = {**QUICK, "hybrid": {**QUICK["hybrid"], "weights": weighed}}
    run = workflow.train(shop, TrainSettings(options=options), Progress())
    assert run.weights["vectors"] == 0.5
    listed = listing.recommend(shop, 0, Progress(), ListRequest(run.id, k=3, hide_seen=False))
    assert listed.components == ("popularity", "transitions", "vectors")
    np.testing.assert_allclose(listed.base + listed.shares.sum(1), listed.scores, atol=1e-4)
    found = listing.explain(shop, 0, listed.items, Progress(), ListRequest(run.id))
    np.testing.assert_allclose(found.event_base + found.event_shares.sum(1), found.scores, atol=1e-4)
    shop.beside.remove("vectors")  # the run keeps what it learned from
    again = listing.recommend(shop, 0, Progress(), ListRequest(run.id, k=3, hide_seen=False))
    np.testing.assert_array_equal(again.scores, listed.scores)


FATAL: dict[str, tuple[Callable[[Workspace, Path], object], str]] = {
    "feedback": (
        lambda shop, path: workflow.import_feedback(shop, path, Progress()),
        "user,item,verdict,other,note,price\nuser 00,i1,up,1,?,1\n",
    ),
    "vectors": (lambda shop, path: adding.add_vectors(shop, path, Progress()), "item_id,x,y,ids\ni1,1,?,1\n"),
    "relations": (
        lambda shop, path: adding.add_relations(shop, path, Progress()),
        "head,relation,other,tail,price\ni1,made by,1,?,1\n",
    ),
    "pictures": (
        lambda shop, path: adding.add_pictures(shop, path, Progress(), path, decode),
        "item_id,other,picture,price\ni1,1,?,1\n",
    ),
}
"""Windows-1252 files in which `?`, what no character is, makes DuckDB 1.5 fail for good: an unused column follows."""


@pytest.mark.parametrize("kind", FATAL)
def test_a_file_that_makes_duckdb_fail_for_good_takes_no_workspace_with_it(
    shop: Workspace, tmp_path: Path, kind: str
) -> None:
    add, content = FATAL[kind]
    path = tmp_path / "x.csv"
    path.write_bytes(content.encode().replace(b"?", b"\x90"))
    with pytest.raises(SeqlensError, match=r"x\.csv cannot be read: INTERNAL Error"):
        add(shop, path)
    assert shop.counts().events == 720
    shop.set_setting("mark", 1)
    assert adding.add_vectors(shop, ring(tmp_path), Progress()).items == ITEMS


@pytest.mark.parametrize("kind", FATAL)
def test_beginnings_are_looked_at_in_a_process_with_limits(
    shop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(FATAL[kind][1], "utf-8")
    monkeypatch.setattr(Guard, "_ask", lambda *_: None)  # as of one that was ended
    with pytest.raises(SeqlensError, match=r"x\.csv was given up"):
        FATAL[kind][0](shop, path)


@pytest.mark.parametrize(("kind", "module"), [("vectors", outside), ("relations", triples), ("pictures", pictures)])
def test_what_reading_spills_is_as_sealed_as_the_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, module: ModuleType
) -> None:
    path, found = tmp_path / "x.csv", []

    def asked(connection: duckdb.DuckDBPyConnection, *_: object) -> None:
        settings = "current_setting('temp_directory'), current_setting('temp_file_encryption')"
        found.extend(connection.execute(f"SELECT {settings}").fetchall())
        raise SeqlensError("That was all.")

    monkeypatch.setattr(module, "_from_cells", asked)
    with open_shop(tmp_path / "plain.seqlens") as plain:
        plain.close()
        keeping.encrypt(plain.path, "long green boats", Progress())
    path.write_text(FATAL[kind][1].replace("?", "1"), "utf-8")
    with Workspace.open(plain.path, "long green boats") as shop, pytest.raises(SeqlensError, match="That was all"):
        FATAL[kind][0](shop, path)
    assert found == [(f"{plain.path}.tmp2", True)]


FILMS = """head,relation,tail
i0,made by,Ann
i1,made by,Ann
i1,"goes
 with",i2
i9,made by,"Bob, the other"
i1,made by,Ann
,made by,Ann
i3,like,i3
x,made by,y
"""


def test_relations_are_of_items_and_other_things(shop: Workspace, tmp_path: Path) -> None:
    (tmp_path / "films.csv").write_text(FILMS)
    taken = adding.add_relations(shop, tmp_path / "films.csv", Progress())
    assert (taken.read, taken.kept, taken.items) == (8, 4, 4)
    assert dict(taken.figures) == {"relations": 4, "kinds": 2, "entities": 2}
    assert dict(taken.left_out) == {"repeated": 1, "incomplete": 1, "itself": 1, "no_item": 1}
    assert taken.first["no_item"] == (8, "x made by y")
    graph = shop.beside.load(ITEMS).relations
    assert graph is not None
    assert (graph.entities, graph.relations) == (("Ann", "Bob, the other"), ("made by", "goes with"))
    assert graph.head.tolist() == [0, 1, 1, 9]
    assert graph.tail.tolist() == [ITEMS, ITEMS, 2, ITEMS + 1]


def test_a_graph_of_recbole_says_by_its_link_which_entities_are_items(shop: Workspace, tmp_path: Path) -> None:
    (tmp_path / "shop.kg").write_text(
        "head_id:token\trelation_id:token\ttail_id:token\nm.0\tfilm.by\tm.9\nm.9\tby\tm.1\ni5\tof\ti6\n"
    )
    (tmp_path / "shop.link").write_text("item_id:token\tentity_id:token\ni0\tm.0\ni1\tm.1\nnobody\tm.2\n")
    taken = adding.add_relations(shop, tmp_path / "shop.kg", Progress())
    graph = shop.beside.load(ITEMS).relations
    assert graph is not None
    assert (graph.head.tolist(), graph.tail.tolist(), graph.entities) == ([0, ITEMS], [ITEMS, 1], ("m.9",))
    assert dict(taken.left_out) == {"no_item": 1}, "with a link, what is not in it is no item"
    (tmp_path / "alone.kg").write_bytes((tmp_path / "shop.kg").read_bytes())
    assert adding.add_relations(shop, tmp_path / "alone.kg", Progress()).items == 2, "i5 and i6"
    again = adding.add_relations(shop, tmp_path / "alone.kg", Progress(), tmp_path / "shop.link")
    assert again.figures == taken.figures


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("r.csv", "head,kind,tail\na,b,c\n", "no column for the relation"),
        ("r.csv", "head,relation,tail\na,b,c\n", "row 1 is a b c"),
        ("r.csv", "head,relation,tail\na,b\n", "no rows that fit"),
        ("r.csv", 'head,relation,tail\ni1,b,c\ni2,b,c\ni3,"b\n', "cannot be read"),
        ("r.kg", "head_id:token\trelation_id:token\n1\t2\n", "no column for the tail"),
    ],
)
def test_a_file_of_relations_that_cannot_be_used_is_refused(
    shop: Workspace, tmp_path: Path, name: str, content: str, said: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(SeqlensError, match=said):
        adding.add_relations(shop, tmp_path / name, Progress())
    assert shop.beside.taken() == {}


def test_relations_are_a_part_of_the_hybrid_with_paths(shop: Workspace, tmp_path: Path) -> None:
    rows = [f"i{item},then,i{(item + 1) % ITEMS}\ni{item},of,kind {item % 3}\n" for item in range(ITEMS)]
    read_before(shop)
    (tmp_path / "r.tsv").write_text(("head,relation,tail\n" + "".join(rows)).replace(",", "\t"))
    adding.add_relations(shop, tmp_path / "r.tsv", Progress())
    options: dict[str, dict[str, object]] = {"hybrid": {"components": ["popularity", "relations"]}}
    run = workflow.train(shop, TrainSettings(options=options), Progress())
    assert run.weights["relations"] > 0.5, "users go from an item to the next one"
    listed = listing.recommend(shop, 0, Progress(), ListRequest(run.id, k=2, hide_seen=False))
    np.testing.assert_allclose(listed.base + listed.shares.sum(1), listed.scores, atol=1e-4)
    last = int(shop.log().item[shop.log().offsets[1] - 1])
    found = listing.why(shop, 0, (last + 1) % ITEMS, Progress(), ListRequest(run.id))
    assert (found.paths[0].start, found.paths[0].first, found.paths[0].via) == (last, Step("then", True), None)
    assert 0 < sum(path.share for path in found.paths) <= 1 + 1e-6


def pictured(folder: Path) -> Path:
    """A catalogue with pictures: even items are red, odd ones blue; some cannot be had."""
    (folder / "图").mkdir()
    rows = ["item_id,title,picture"]
    for item in range(ITEMS - 4):
        save_picture(folder / "图" / f"{item}.png", (30, 40, 210) if item % 2 else (220, 40, 40), seed=item)
        rows.append(f"i{item},Lamp,图/{item}.png")
    (folder / "broken.jpg").write_bytes(b"no picture")
    rows += [f"i{ITEMS - 4},,broken.jpg", f"i{ITEMS - 3},,https://example.org/a.png", f"i{ITEMS - 2},,gone.png"]
    rows += [f"i{ITEMS - 1},,", "nobody,,broken.jpg", f"i0,Lamp,{folder / '图' / '0.png'}"]
    (folder / "items.csv").write_text("\n".join(rows), "utf-8")
    return folder / "items.csv"


def test_pictures_are_looked_at_once_and_become_a_part(
    shop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, table = save_model(tmp_path / "model", "clip"), pictured(tmp_path)
    taken = adding.add_pictures(shop, table, Progress(), model, decode)
    reasons = ("unreadable_picture", "web_address", "no_file", "no_picture", "unknown_item", "superseded")
    assert dict(taken.left_out) == dict.fromkeys(reasons, 1)
    assert taken.first["web_address"] == (ITEMS - 2, "https://example.org/a.png")
    assert (taken.items, taken.read) == (ITEMS - 4, ITEMS + 2)
    found = shop.beside.load(ITEMS).pictures
    assert found is not None
    assert not found[ITEMS - 4 :].any()
    monkeypatch.setattr(PictureEncoder, "open", lambda *_: pytest.fail("all that can be seen was seen"))
    assert adding.add_pictures(shop, table, Progress(), model, decode).items == taken.items
    read_before(shop)
    parts: dict[str, object] = {"components": ["popularity", "pictures"], "weights": {"popularity": 1, "pictures": 1}}
    options: dict[str, dict[str, object]] = {"hybrid": parts}
    run = workflow.train(shop, TrainSettings(options=options, hide_seen=False), Progress())
    listed = listing.recommend_new(shop, np.array([0], dtype=np.int32), Progress(), run.id, k=5)
    np.testing.assert_allclose(listed.base + listed.shares.sum(1), listed.scores, atol=1e-4)
    given = listing.recommend_new(shop, np.array([0], dtype=np.int32), Progress(), run.id, k=ITEMS)
    own = given.shares[:, given.components.index("pictures")]
    assert own[given.items % 2 == 0].mean() > own[given.items % 2 == 1].mean()


def test_a_stopped_look_at_pictures_goes_on_where_it_was(shop: Workspace, tmp_path: Path) -> None:
    model, table = save_model(tmp_path / "model", "siglip_vision_model"), pictured(tmp_path)
    seen: list[Path] = []

    def counting(path: Path, longest: int) -> NDArray[np.uint8] | None:
        seen.append(path)
        return decode(path, longest)

    class Impatient(Progress):
        def report(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
            del fraction, message
            if "ready" in figures:
                self.cancel()

    with pytest.raises(Cancelled):
        adding.add_pictures(shop, table, Impatient(), model, counting)
    before = len(seen)
    assert shop.beside.taken() == {}
    assert 0 < before < ITEMS - 3
    adding.add_pictures(shop, table, Progress(), model, counting)
    assert len(seen) == ITEMS - 3, "each picture was decoded once"


def test_a_table_that_leads_to_no_picture_is_refused(shop: Workspace, tmp_path: Path) -> None:
    model = save_model(tmp_path / "model", "siglip_vision_model")
    (tmp_path / "a.csv").write_text("item_id,image\ni1,gone.png\n")
    with pytest.raises(SeqlensError, match=r"row 1 has gone\.png"):
        adding.add_pictures(shop, tmp_path / "a.csv", Progress(), model, decode)
    (tmp_path / "a.csv").write_text("item_id,colour\ni1,red\n")
    with pytest.raises(SeqlensError, match="no column for the picture"):
        adding.add_pictures(shop, tmp_path / "a.csv", Progress(), model, decode)


def test_pictures_of_an_imported_catalogue_need_no_other_table(
    shop: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, table = save_model(tmp_path / "model", "clip"), pictured(tmp_path)
    with pytest.raises(SeqlensError, match="No file was imported with a column of pictures"):
        adding.add_pictures(shop, None, Progress(), model, decode)
    workflow.import_files(shop, ImportSettings(items_files=(table,)), Progress())
    taken = adding.add_pictures(shop, None, Progress(), model, decode)
    assert (taken.file, taken.items) == ("items.csv", ITEMS - 4)
    shop.close()
    words = ["pictures", "--model", str(model), "--workspace", str(shop.path)]
    assert cli.run(words, decode) == 0
    assert "20 kept, of 20 items" in capsys.readouterr().out
    table.unlink()
    assert cli.run(words, decode) == 1
    assert "items.csv" in capsys.readouterr().err


def test_on_the_command_line(shop: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop.close()
    words = ["vectors", str(ring(tmp_path)), "--workspace", str(shop.path)]
    assert cli.run(words) == 0
    assert "24 rows read, 24 kept, of 24 items, 2 dimensions" in capsys.readouterr().out
    (tmp_path / "others.txt").write_text("\n".join(f"x{item}" for item in range(ITEMS)))
    assert cli.run([*words[:2], str(tmp_path / "others.txt"), *words[2:]]) == 1
    assert "row 1 is about x0" in capsys.readouterr().err
    assert cli.run(["vectors", "--remove", "--workspace", str(shop.path)]) == 0
    with Workspace.open(shop.path) as again:
        assert again.beside.taken() == {}
    assert cli.run(["vectors", "--workspace", str(shop.path)]) == 1
    (tmp_path / "films.csv").write_text(FILMS)
    words = ["pictures", str(pictured(tmp_path)), "--workspace", str(shop.path)]
    assert cli.run(words, decode) == 1
    assert "--model FOLDER" in capsys.readouterr().err
    assert cli.run([*words, "--model", str(save_model(tmp_path / "model", "siglip"))], decode) == 0
    assert "20 kept, of 20 items, 16 dimensions" in capsys.readouterr().out
    words = ["relations", str(tmp_path / "films.csv"), "--workspace", str(shop.path), "--json", "-"]
    capsys.readouterr()
    assert cli.run(words) == 0
    assert json.loads(capsys.readouterr().out)["figures"]["entities"] == 2
