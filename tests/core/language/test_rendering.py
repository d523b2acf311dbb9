"""Sequences as text: what is written, and which events have room."""

from __future__ import annotations

import functools
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import SeqlensError
from core.language.encoder import TextEncoder
from core.language.rendering import TEMPLATE, Renderer, item_names, special_tokens
from core.progress import Progress
from core.sequences.log import EventLog
from tests.core.language.models import small_model
from tests.logs import catalogue_of, log_of, logs

TITLES = ["red shoe", "blue tea pot", "lamp", "", "tea, 2 tea, 2 tea, 2 tea", "red"]


@functools.cache
def encoder() -> TextEncoder:
    return TextEncoder.open(str(small_model(Path(tempfile.mkdtemp()) / "model")), "cpu")


def renderer(longest: int = 64, template: str = TEMPLATE) -> Renderer:
    names = ("view", "dislike")
    return Renderer(encoder().tokenizer, template, names, TITLES, ["c"] * len(TITLES), longest)


def test_an_event_is_a_sentence_of_the_template() -> None:
    assert renderer().text(0, 0) == "viewed red shoe;"
    assert renderer(template="{title} ({category}) {behaviour}").text(1, 1) == "blue tea pot (c) disliked"
    assert renderer().text(0, -1) == "viewed ;"


def plainly(log: EventLog, user: int, longest: int) -> list[int]:
    """As one would render one user: whole events from the newest on, as long as there is room."""
    tokenizer: Any = encoder().tokenizer
    before, after = special_tokens(tokenizer)
    room, found = longest - len(before) - len(after), []
    for event in reversed(range(log.offsets[user], log.offsets[user + 1])):
        text = renderer().text(int(log.behaviour[event]), int(log.item[event]))
        tokens = tokenizer(text, add_special_tokens=False)["input_ids"]
        if found and len(found) + len(tokens) > room:
            break
        found = tokens[:room] + found
        if len(found) >= room:
            break
    return [*before, *found, *after]


@settings(max_examples=40)
@given(logs(items=6, users=4, longest=12), st.integers(5, 40))
def test_the_newest_events_are_kept_whole(log: EventLog, longest: int) -> None:
    found = renderer(longest).render(log)
    assert len(found.offsets) == log.users + 1
    for user in range(log.users):
        text = found.tokens[found.offsets[user] : found.offsets[user + 1]]
        assert text.tolist() == plainly(log, user, longest)
        assert len(text) <= longest


@settings(max_examples=40)
@given(logs(items=6, users=3, longest=12), st.integers(5, 30), st.data())
def test_what_is_left_out_makes_no_other_event_fall_out(log: EventLog, longest: int, data: st.DataObject) -> None:
    shown = renderer(longest).shown(log)
    kept = shown & np.array(data.draw(st.lists(st.booleans(), min_size=log.events, max_size=log.events)), np.bool_)
    assert renderer(longest).shown(log.take(kept)).all()


def test_tokens_are_read_as_the_text_would_be() -> None:
    log = log_of([[0, 1], [2]], len(TITLES))
    tokens = renderer().render(log)
    read = np.zeros((2, encoder().dimensions), np.float32)
    for rows, vectors in encoder().token_batches(tokens.tokens, tokens.offsets, Progress()):
        read[rows] = vectors
    plain = encoder().encode(["viewed red shoe; viewed blue tea pot;", "viewed lamp;"], Progress())
    assert read == pytest.approx(plain, abs=1e-5)


def test_items_without_a_title_have_another_text() -> None:
    import pyarrow as pa

    catalogue = replace(
        catalogue_of(3),
        titles=pa.array(["Lamp", None, None]),
        descriptions=pa.array(["bright", "warm", None]),
        categories=pa.array([None, "Light", "Light"]),
    )
    assert item_names(catalogue) == (["Lamp", "warm", "Light"], ["", "Light", "Light"])
    empty = pa.array([None] * 3, pa.string())
    with pytest.raises(SeqlensError, match="No item has a title"):
        item_names(replace(catalogue, titles=empty, descriptions=empty, categories=empty))
