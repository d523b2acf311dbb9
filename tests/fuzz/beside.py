"""Files beside the events that are wrong in every way that is known: feedback, relations, vectors and pictures."""

from __future__ import annotations

import io
import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.fuzz.inputs import LARGE, mutated
from tests.fuzz.models import _other

if TYPE_CHECKING:
    from core.workspace import Workspace

USERS, ITEMS = 6, 7
FEEDBACK = "user,item,verdict,time,note\n" + "".join(
    f"u{n % USERS},i{n % ITEMS},{('up', 'down', 'later', 'note')[n % 4]},{1_700_000_000 + n},said {n}\n"
    for n in range(30)
)
TRIPLES = "head,relation,tail\n" + "".join(f"i{n % ITEMS},made by,maker {n % 3}\n" for n in range(30))
VECTORS = "item_id,a,b,c\n" + "".join(f"i{n},{n}.5,-1,{n * n}\n" for n in range(ITEMS))
PICTURES = "item_id,picture\n" + "".join(f"i{n},some.png\n" for n in range(ITEMS))


def _said(**more: object) -> list[dict[str, object]]:
    row = {"user": "u1", "item": "i1", "verdict": "up", "time": "2024-01-01 00:00:00", "note": ""}
    return [row, {**row, "item": "i2", **more}]


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _npy(matrix: Any, **options: Any) -> bytes:
    out = io.BytesIO()
    np.save(out, matrix, **options)
    return out.getvalue()


def _header(text: str) -> bytes:
    """A NumPy file whose header says this, whatever follows."""
    told = text.encode("latin-1").ljust(118) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(told).to_bytes(2, "little") + told + bytes(84)


def _table(**columns: list[object]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out)
    return out.getvalue()


# By kind of file: names, and what makes the bytes.
CORPUS: dict[str, dict[str, Callable[[], bytes]]] = {
    "feedback": {
        "plain.csv": FEEDBACK.encode,
        "open quote.csv": lambda: (FEEDBACK + 'u1,i1,"up,1700000000,\n').encode(),
        "short rows.csv": lambda: (FEEDBACK + "u1,i1\nu1,i1,up,1,2,3,4\n").encode(),
        "words.csv": lambda: (FEEDBACK + "u1,i1,👍,nan,\nu2,i2,赞,infinity,\nu3,i3,\0,9e99,\n").encode(),
        "other.csv": lambda: FEEDBACK.replace("note", "备注").encode("gb18030") + b"u1,i1,up,\xff\xfe,\x80\n",
        "names.csv": lambda: FEEDBACK.replace("time", 'ti"me;--').encode(),
        "line ends.csv": lambda: FEEDBACK.encode() + b"\ru4,i2,up,1700000016,\n",
        "plain.json": lambda: _json(_said()),
        "surrogate.json": lambda: rb'[{"user": "\ud800", "item": "i1", "verdict": "up", "note": "\udfff"}]',
        "cases.json": lambda: _json(_said(USER="u2", User="u3", **{"": 1, "a\0b": 2})),
        "values.json": lambda: _json(_said(user=1, item=[1, {}], verdict=True, time=1e308, note={"a": None})),
        "times.json": lambda: _json(_said(time="0000-00-00") + _said(time=-(10**30)) + _said(time="10000-01-01")),
        "numbers.json": lambda: b'[{"user": NaN, "item": Infinity, "verdict": -1e999}]',
        "digits.json": lambda: b'[{"user": ' + b"9" * 10_000 + b', "item": "i1", "verdict": "up"}]',
        "deep.json": lambda: b"[" * 100_000,
        "deep value.json": lambda: b'[{"user": ' + b"[" * 900 + b"]" * 900 + b', "item": 1, "verdict": 1}]',
        "many names.json": lambda: _json([{f"c{n}": n for n in range(20_000)}]),
        "twice.json": lambda: b'[{"user": "u1", "user": "u2", "item": "i1", "verdict": "up"}, {}]',
        "none.json": lambda: b"[]",
        "nothing.json": lambda: b"[{}, {}]",
        "bytes.json": lambda: b"\xff\xfe[\0{\0",
        "plain.parquet": lambda: _table(user=["u1"], item=["i1"], verdict=["up"], time=[1_700_000_000]),
        "typed.parquet": lambda: _table(user=[1], item=[[1]], verdict=[True], time=[float("nan")], note=[{"a": 1}]),
    },
    "relations": {
        "plain.csv": TRIPLES.encode,
        "plain.kg": lambda: TRIPLES.replace(",", "\t").replace("head", "head_id:token").encode(),
        "open quote.csv": lambda: (TRIPLES + 'i1,"made by,x\n').encode(),
        "odd.csv": lambda: (TRIPLES + "i1,,x\n,,\ni1,same,i1\n\0,\0,\0\n" + "i1," + "r" * 9000 + ",t\n").encode(),
        "half.csv": lambda: TRIPLES.encode() + b"i1,\xff,\x80\n",
        "typed.parquet": lambda: _table(head=[1, 2], relation=[None, [1]], tail=[{"a": 1}, None]),
        "plain.parquet": lambda: _table(head=["i1"], relation=["made by"], tail=["x"]),
    },
    "vectors": {
        "plain.csv": VECTORS.encode,
        "odd.csv": lambda: (VECTORS + "i1,nan,inf,-inf\ni2,1e400,x,\n,,,\n").encode(),
        "lists.csv": lambda: b'item_id,vector\ni1,"[1, 2]"\ni2,"[1, x]"\ni3,"[]"\ni4,[[1]]\n',
        "plain.parquet": lambda: _table(item_id=["i1", "i2"], vector=[[1.0, 2.0], [2.0, 1.0]]),
        "odd.parquet": lambda: _table(item_id=["i1", "i2", "i3"], vector=[[1.0], None, [float("nan"), 2.0]]),
        "nested.parquet": lambda: _table(item_id=[["i1"]], vector=[[[1.0]]]),
        "plain.npy": lambda: _npy(np.arange(21, dtype=np.float32).reshape(ITEMS, 3)),
        "halves.npy": lambda: _npy(np.full((ITEMS, 3), np.inf, dtype=np.float16)),
        "columns.npy": lambda: _npy(np.asfortranarray(np.ones((ITEMS, 3)))),
        "objects.npy": lambda: _npy(np.array([[{}, 1]], dtype=object), allow_pickle=True),
        "records.npy": lambda: _npy(np.zeros(7, dtype=[("a", "f4"), ("b", "i8")])),
        "words.npy": lambda: _npy(np.array([["a", "b"]])),
        "large.npy": lambda: _header("{'descr': '<f4', 'fortran_order': False, 'shape': (1099511627776, 4096), }"),
        "negative.npy": lambda: _header("{'descr': '<f4', 'fortran_order': False, 'shape': (-7, -3), }"),
        "run.npy": lambda: _header("{'descr': __import__('os').system('true'), 'shape': (7, 3), }"),
        "type.npy": lambda: _header("{'descr': '<f999', 'fortran_order': 0, 'shape': (7, 3), }"),
        "shape.npy": lambda: _header("{'descr': '<f4', 'fortran_order': False, 'shape': (7, 3.0), }"),
        "true.npy": lambda: _header("{'descr': '<f4', 'fortran_order': False, 'shape': (True, 21), }"),
        "cut header.npy": lambda: _header("{'descr': '<f4', 'fortran_order': False, 'shape': (7, 3, "),
        "deep header.npy": lambda: _header("(" * 110),
        "second.npy": lambda: b"\x93NUMPY\x02\x00" + (2**32 - 1).to_bytes(4, "little") + b"{" * 200,
    },
    "pictures": {
        "plain.csv": PICTURES.encode,
        "places.csv": lambda: (
            PICTURES
            + "i1,~no such user/x.png\ni6,~nobody/x.png\ni2,~\ni3,file:///etc/passwd\ni4,../../../..\ni5,https://x/y.png\n"
        ).encode(),
        "controls.csv": lambda: (PICTURES + "i1,a\0b.png\ni2,\x01\ni3," + "n" * 5000 + "\n").encode(),
        "folders.csv": lambda: (PICTURES + "i1,/dev/zero\ni2,.\ni3,/\ni4,//\ni5,C:\\x\n").encode(),
        "half.csv": lambda: PICTURES.encode() + b"i1,\xff\xfe.png\n",
        "typed.parquet": lambda: _table(item_id=[1], picture=[b"\xff\xfe"]),
        "lists.parquet": lambda: _table(item_id=["i1"], picture=[["a.png"]]),
    },
}


def endless(rng: random.Random) -> Iterator[tuple[str, str, bytes]]:
    """The corpus once, then mutations of it for ever: kind and name of the file, and its bytes."""
    made = {(kind, name): make() for kind, some in CORPUS.items() for name, make in some.items()}
    for (kind, name), data in made.items():
        yield kind, name, data
    names, chances = list(made), [1 / 50 if len(data) > LARGE else 1.0 for data in made.values()]
    while True:
        kind, name = rng.choices(names, chances)[0]
        data = made[kind, name]
        if name.endswith(".json") and rng.random() < 0.5 and b'"verdict"' in data:
            try:
                data = _json(_other(json.loads(data), rng))
            except (ValueError, RecursionError):  # numbers of more digits than Python reads
                data = mutated(data, rng)
        else:
            data = mutated(data, rng)
        yield kind, name, data


def prepare(path: Path) -> None:
    """A workspace with the users and items that the files speak of."""
    from core import workflow
    from core.data.settings import ImportSettings
    from core.progress import Progress
    from core.workspace import Workspace

    events = path.with_name("events.csv")
    rows = (f"u{n % USERS},i{n % ITEMS},{1_700_000_000 + n}" for n in range(60))
    events.write_text("user,item,timestamp\n" + "\n".join(rows) + "\n", encoding="utf-8")
    with Workspace.create(path) as workspace:
        workflow.import_files(workspace, ImportSettings(files=(events,)), Progress())
    events.unlink()


def read(kind: str, path: Path, into: Path) -> str:
    """Add what a file says to the workspace `into`, as the window does: "read" or "refused"."""
    from core.errors import SeqlensError
    from core.workspace import Workspace

    if path.suffix == ".npy":
        path.with_suffix(".txt").write_text("\n".join(f"i{n}" for n in range(ITEMS)), encoding="utf-8")
    with Workspace.open(into) as workspace:
        try:
            _add(kind, workspace, path)
        except SeqlensError:
            return "refused"
        return "read"


def _add(kind: str, workspace: Workspace, path: Path) -> None:
    from core import adding, workflow
    from core.progress import Progress
    from core.recommend import feedback_columns

    if kind == "feedback":
        feedback_columns.look(path)
        report = workflow.import_feedback(workspace, path, Progress())
        assert report.read == report.kept + report.rejected
    elif kind == "relations":
        taken = adding.add_relations(workspace, path, Progress())
        assert taken.read >= taken.kept > 0
        assert workspace.beside.load(ITEMS).relations is not None
    elif kind == "vectors":
        taken = adding.add_vectors(workspace, path, Progress())
        found = workspace.beside.load(ITEMS).vectors
        assert found is not None
        assert np.isfinite(found).all()
        assert taken.items == int(found.any(axis=1).sum())
    else:
        from core.data.pictures import read_places

        shutil.copy(Path(__file__), path.with_name("some.png"))  # no picture, but a file
        with workspace.cursor() as cursor:
            places = read_places(cursor, path, adding._known(workspace), Progress())
        assert len(places.codes) == len(places.files) <= places.read
