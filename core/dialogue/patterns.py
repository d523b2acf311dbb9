"""Regular expressions that are compiled when they are first used.

The grammar has some seven hundred, a million characters, which take seconds of pure Python to compile: while a program
starts they would be in everybody's way. So each is compiled by the request that needs it, or by `compile_all` while
nobody waits.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "groupindex", "groups")
_waiting: deque[_Late] = deque()


class _Late:
    """Stands for a compiled pattern; once it is used, its methods are those of the compiled one."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self._flags = pattern, flags
        _waiting.append(self)

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        self.compile()
        return self.__dict__[name]

    def compile(self) -> None:
        """Compile it, if nobody did; two threads may do it at once, to the same effect."""
        if "search" not in self.__dict__:
            compiled = re.compile(self.pattern, self._flags)
            for name in reversed(_METHODS):  # `search` last, which says that all are there
                setattr(self, name, getattr(compiled, name))


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern as of `re.compile`, which is compiled, or found to be wrong (`re.error`), when it is first used."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


def compile_all() -> Iterator[None]:
    """Compile what was not used yet, one pattern a step, each of at most some hundredths of a second."""
    while _waiting:
        _waiting.popleft().compile()
        yield
