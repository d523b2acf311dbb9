"""Which words are English, by the vocabulary of the bundled language model."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from core.language.encoder import BUNDLED_PACKAGE


@cache
def ranks() -> dict[str, int]:
    """Common English words, and their places in the vocabulary of all-MiniLM-L6-v2: about 23,000 in lower case, of
    which the more frequent come first. Empty where that model is not installed.

    It was made of English texts (WordPiece, Wu et al. 2016), so that a slip of the pen is mostly not among them.
    """
    spec = importlib.util.find_spec(BUNDLED_PACKAGE)
    file = Path(spec.origin).parent / "model" / "vocab.txt" if spec is not None and spec.origin else None
    if file is None or not file.is_file():
        return {}
    words = file.read_text("utf-8").splitlines()
    return {word: place for place, word in enumerate(words) if word.isascii() and word.isalpha()}
