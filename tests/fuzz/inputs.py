"""Files that are wrong in every way that is known, and mutations of these."""

from __future__ import annotations

import codecs
import gzip
import io
import random
from collections.abc import Callable, Iterator

HEADER = "user,item,behavior,timestamp,query,price\n"
ROWS = "".join(f"u{n % 5},i{n % 7},view,{1_700_000_000 + n},,{n}.5\n" for n in range(60))


def _table(*rows: str) -> bytes:
    return (HEADER + "\n".join(rows) + "\n" + ROWS).encode("utf-8", "surrogatepass")


def _parquet(**columns: list[object]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out)
    return out.getvalue()


def _with_metadata() -> bytes:
    """Parquet whose schema metadata is hostile: pandas and Arrow schemas that lie, a key without end."""
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table({"user": ["a", "b"], "item": ["x", "y"], "timestamp": [1_700_000_000, 1_700_000_001]})
    lies = {b"pandas": b'{"columns": [' + b"[" * 5000, b"ARROW:schema": b"A" * 10_000, b"\xff": b"\0" * 1000}
    out = io.BytesIO()
    parquet.write_table(table.replace_schema_metadata(lies), out)
    return out.getvalue()


LARGE = 200_000  # bytes
SLOW = ("bomb of rows.csv.gz",)  # small, and more than a second of processor time: measured

# Name of the file, and what makes its bytes: each one found or feared to break a reader.
CORPUS: dict[str, Callable[[], bytes]] = {
    "plain.csv": lambda: _table(),
    "空 格 and spaces.csv": lambda: _table("用户,商品,view,1700000000,搜索,1"),
    "nulls.csv": lambda: _table(",,,,,", "NULL,NaN,nan,null,None,N/A", "\0,\0,view,1,,"),
    "open quote.csv": lambda: _table('"u1,i1,view,1700000000,,', "u2,i2,view,1700000001,,"),
    "open quote at the end.csv": lambda: (HEADER + ROWS + 'u,"i').encode(),
    "quotes.csv": lambda: _table('"u""1","i,2",view,1700000000,"a\nb",', "u'1,i\"2,view,1700000000,,"),
    "many columns.csv": lambda: (",".join(f"c{n}" for n in range(100_000)) + "\n" + "1," * 99_999 + "1\n").encode(),
    "a million columns.csv": lambda: b"user,item" + b"," * 999_998 + b"\n1,2" + b"," * 999_998 + b"\n",
    "same columns.csv": lambda: ("user,item," + "a," * 9000 + "a\n" + "1," * 9001 + "1\n").encode(),
    "wide words.csv": lambda: (
        ("user,item," + ",".join(f"c{n}" for n in range(9990)) + "\n").encode()
        + b"".join([b"u,i" + b",t123456" * 9990 + b"\n"] * 9)
    ),
    "long line.csv": lambda: _table("u1," + "i" * 3_000_000 + ",view,1700000000,,"),
    "no line end.csv": lambda: b"a," * 2_000_000,
    "long id.csv": lambda: _table("u" * 10_000 + "," + "i" * 10_000 + ",view,1700000000," + "q" * 10_000 + ","),
    "mixed encodings.csv": lambda: (
        _table() + "中文,商品,view,1700000000,,\n".encode("gb18030") + "é,ü,v,1,,\n".encode()
    ),
    "gb18030.csv": lambda: (
        HEADER + "".join(f"用户{n},商品{n},点击,{1_700_000_000 + n},,\n" for n in range(50))
    ).encode("gb18030"),
    "utf-16 le.csv": lambda: codecs.BOM_UTF16_LE + (HEADER + ROWS).encode("utf-16-le"),
    "utf-16 be.csv": lambda: codecs.BOM_UTF16_BE + (HEADER + ROWS).encode("utf-16-be"),
    "utf-16 odd.csv": lambda: codecs.BOM_UTF16_LE + (HEADER + ROWS).encode("utf-16-le")[:-1],
    "half characters.csv": lambda: _table() + b"\xf0\x9f\x98,\xc3,view,1700000000,,\n",
    "years.csv": lambda: (
        "user,item,timestamp\n"
        + "".join(f"u,i,{year}-01-01 00:00:00\n" for year in ("0000", "0001", "1969", "2024", "9999", "10000", "-044"))
        + "u,i,2024-02-30 25:61:61\nu,i,infinity\nu,i,epoch\n"
    ).encode(),
    "numbers.csv": lambda: _table(*(f"u1,i1,view,{n},,{n}" for n in ("nan", "inf", "-inf", "1e400", "-0", "9" * 400))),
    "directions.csv": lambda: _table("\u202eevil\u202c,شراء,view,1700000000,עברית,", "👩‍👩‍👧,🛒,view,1700000000,🤖,1"),
    "no character.csv": lambda: HEADER.encode() + b"u1,i1,x9,soon,\x90 \x93,1\n" * 30,
    "controls.csv": lambda: _table("u\x01\x02,i\x7f,view,1700000000,\x1b[31m,"),
    "surrogates.csv": lambda: _table("\ud800,\udfff,view,1700000000,,"),
    "formulas.csv": lambda: _table("=cmd()|'/c calc'!A1,@SUM(A1),view,1700000000,-1+1,", "+1,\t=1,view,1700000000,,"),
    "sql.csv": lambda: ("us\"er');DROP TABLE events;--,item,timestamp\n" + "a',b\",1700000000\n" * 5).encode(),
    "braces.csv": lambda: ("{user},{0},{item!r},timestamp\n" + "{},{1},%s,1700000000\n" * 5).encode(),
    "only header.csv": lambda: HEADER.encode(),
    "blank lines.csv": lambda: b"\n\r\n\n" + (HEADER + "\n\n" + ROWS + "\n\n").encode(),
    "returns.csv": lambda: (HEADER + ROWS).replace("\n", "\r").encode(),
    "mixed returns.csv": lambda: (HEADER + ROWS.replace("\n", "\r\n", 20)).encode() + b"u,i,view,1700000000,,\r",
    "empty.csv": lambda: b"",
    "blanks.csv": lambda: b" \n\t\n  ",
    "zeros.csv": lambda: bytes(100_000),
    "bomb.csv.gz": lambda: gzip.compress(HEADER.encode() + bytes(64 << 20)),
    "bomb of rows.csv.gz": lambda: gzip.compress((HEADER + "u,i,view,1700000000,,1\n" * 200_000).encode()),
    "line without end.csv.gz": lambda: gzip.compress(
        HEADER.encode() + ROWS.encode() + b"u," + bytes(b"x" * (64 << 20))
    ),
    "bomb in a bomb.csv.gz": lambda: gzip.compress(gzip.compress(bytes(16 << 20))),
    "parquet bomb.parquet.gz": lambda: gzip.compress(b"PAR1" + bytes(64 << 20)),
    "cut.csv.gz": lambda: gzip.compress((HEADER + ROWS).encode())[:-20],
    "wrong sum.csv.gz": lambda: gzip.compress((HEADER + ROWS).encode())[:-8] + bytes(8),
    "two members.csv.gz": lambda: gzip.compress((HEADER + ROWS).encode()) + gzip.compress(ROWS.encode()),
    "plain.parquet": lambda: _parquet(user=["a", "b"], item=["x", None], timestamp=[1_700_000_000, None]),
    "typed.parquet": lambda: _parquet(user=[1, 2], item=[[1], [2, 3]], timestamp=[float("nan"), float("inf")]),
    "nested.parquet": lambda: _parquet(user=[{"a": 1}], item=[[["x"]]], timestamp=[b"\xff\xfe"]),
    "metadata.parquet": _with_metadata,
    "cut.parquet": lambda: _parquet(user=["a"], item=["x"], timestamp=[1])[:-30],
    "long footer.parquet": lambda: b"PAR1" + bytes(100) + (2**31 - 1).to_bytes(4, "little") + b"PAR1",
    "ml.inter": lambda: ("user_id:token\titem_id:token\ttimestamp:float\n" + "1\t2\t1700000000\n" * 9).encode(),
    "bad.inter": lambda: b"user_id:token\titem_id:token_seq\ttimestamp:nothing\n1\t2\n3\t4\t5\t6\n",
    "archive.csv": lambda: b"PK\x03\x04" + bytes(200),
}


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Some bytes changed, removed, repeated or put in, as files are damaged and as attackers try."""
    found = bytearray(data[: 1 << 20])
    for _ in range(rng.randint(1, 8)):
        at, kind = rng.randrange(len(found) + 1), rng.randrange(7)
        if kind == 0:
            found[at : at + 1] = rng.randbytes(1)
        elif kind == 1:
            del found[at : at + rng.randint(1, 40)]
        elif kind == 2:
            found[at:at] = rng.choice(
                (b'"', b"\0", b"\r", b"\n", b",", b"\xff", b"\xef\xbb\xbf", b"\\", b"'", b"{}", b"\t")
            )
        elif kind == 3:
            found[at:at] = found[at : at + rng.randint(1, 200)] * rng.randint(1, 50)
        elif kind == 4:
            found[at : at + 8] = rng.choice((b"99999999", b"-1", b"nan", b"1e309", bytes(8), b"\xff" * 8))
        elif kind == 5:
            found[at:] = found[at:][::-1] if rng.random() < 0.2 else found[at:]
        else:
            found[at : at + 4] = rng.getrandbits(32).to_bytes(4, "little")
    return bytes(found)


def chance(name: str, data: bytes) -> float:
    """How often a mutation of this file is drawn, beside 1.0 for a small one: what is dear comes rarely.

    So the power schedules of fuzzers have it (Böhme et al. 2016, Coverage-based Greybox Fuzzing as Markov Chain): drawn
    evenly, the few giants take most of the time, and tell no more than they did the first time.
    """
    if len(data) > LARGE:
        return 1 / 50
    return 1 / 20 if name in SLOW else 1.0


def endless(rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """The corpus once, then mutations of it for ever, drawn by their `chance`: name of the file and its bytes."""
    made = {name: make() for name, make in CORPUS.items()}
    yield from made.items()
    names, chances = list(made), [chance(name, data) for name, data in made.items()]
    while True:
        name = rng.choices(names, chances)[0]
        yield name, mutated(made[name], rng)
