"""No pattern of the grammar takes long on a hostile line: each is tried on repeats that it might split in many ways.

An exponential pattern would hold a worker thread for minutes, and nothing could stop it. So every pattern is given 200
characters of each hostile kind within `LIMIT` of processor time, in a process of its own; one that takes a tenth of
that gets `LONG` characters as well, within `LONG_LIMIT`, which a pattern that grows with the cube of a line would miss.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SHORT, LIMIT, LONG, LONG_LIMIT = 200, 0.2, 2000, 1.5
PIECES = (
    *(" ", "a", "1", "的", "天", "no ", "the ", "and ", "the last ", "had ", "if ", "she has ", "today "),
    *(
        "cutoff ",
        "article ",
        "cannot ",
        "do not ",
        "book ",
        "不要",
        "啊",
        "最近",
        "，",
        ", ",
        "刚",
        "十",
        "她天",
        "买了",
    ),
    *("凑", "只", "\ue000", "太", "就", "都", "看看", "来点", "她的", "she ", "or ", "of the ", "too "),
)
AFTER = ("the ", "if ", "add ", "had ", "price ", "看", "价格", "从")  # before a run of blanks


CHILD = """
import importlib, json, pkgutil, signal, sys, time
import core.dialogue
from core.dialogue import patterns

for module in pkgutil.walk_packages(core.dialogue.__path__, "core.dialogue."):
    importlib.import_module(module.name)
given = json.loads(sys.stdin.read())


class Over(Exception):
    pass


def stop(*_):
    raise Over


def taken(pattern, text, limit):
    start = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, limit)
        pattern.search(text)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except Over:
        pass
    return time.process_time() - start


signal.signal(signal.SIGVTALRM, stop)  # the engine looks for signals every few thousand steps
slow, tried = [], 0
for pattern in list(patterns._waiting):
    pattern.compile()
    tried += 1
    for text in given["texts"]:
        spent = taken(pattern, text[: given["short"]] + "!", 2 * given["limit"])
        if spent > given["limit"] / 10 and spent <= given["limit"]:
            spent = taken(pattern, text[: given["long"]] + "!", 2 * given["long limit"])
            if spent > given["long limit"]:
                slow.append([pattern.pattern[:120], text[:12], len(text), round(spent, 2)])
        elif spent > given["limit"]:
            slow.append([pattern.pattern[:120], text[:12], given["short"], round(spent, 2)])
print(json.dumps([tried, slow]))
"""


def hostile() -> list[str]:
    """Lines of `LONG` characters."""
    return [*(piece * (LONG // len(piece) + 1) for piece in PIECES), *(f"{word}{' ' * LONG}" for word in AFTER)]


def test_no_pattern_takes_long_on_a_hostile_line() -> None:
    given = {"texts": [text[:LONG] for text in hostile()], "short": SHORT, "limit": LIMIT}
    given |= {"long": LONG, "long limit": LONG_LIMIT}
    told = subprocess.run(
        [sys.executable, "-c", CHILD], cwd=ROOT, input=json.dumps(given), capture_output=True, text=True, timeout=300
    )
    assert told.returncode == 0, told.stderr
    tried, slow = json.loads(told.stdout)
    assert tried > 500, "all patterns of the grammar are made by `late`"
    assert not slow, "\n".join(map(str, slow))
