"""Patterns are compiled by whoever needs them first, and then are those of the `re` module."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from core.dialogue.patterns import compile_all, late

ROOT = Path(__file__).parents[3]


def test_a_late_pattern_is_the_one_that_the_re_module_makes() -> None:
    text = "no Horror, no comedies"
    for flags in (0, re.IGNORECASE):
        found, meant = late(r"no (?P<what>h\w+)|no \w+", flags), re.compile(r"no (?P<what>h\w+)|no \w+", flags)
        assert [match.groupdict() for match in found.finditer(text)] == [m.groupdict() for m in meant.finditer(text)]
        assert found.search(text, 3) is not None
        assert found.fullmatch(text) is meant.fullmatch(text) is None
        assert found.sub("x", text) == meant.sub("x", text)
        assert found.split(text) == meant.split(text)
        assert dict(found.groupindex) == dict(meant.groupindex)
        assert found.pattern == meant.pattern


def test_a_wrong_pattern_fails_once_it_is_used() -> None:
    wrong = late("(")
    with pytest.raises(re.error):
        wrong.search("")
    with pytest.raises(re.error):
        list(compile_all())  # everything that others made before is compiled by now
    list(compile_all())


def test_the_grammar_is_imported_without_compiling_and_all_of_it_compiles() -> None:
    code = """
import re
made = []
compile = re.compile
re.compile = lambda pattern, flags=0: made.append(pattern) or compile(pattern, flags)
import core.seeking, core.talking
from core.dialogue.patterns import compile_all
before = sum(map(len, made))
steps = sum(1 for _ in compile_all())
print(before < 20_000, steps > 500, sum(map(len, made)) - before > 500_000)
"""
    answered = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=ROOT)
    assert answered.split() == ["True"] * 3
