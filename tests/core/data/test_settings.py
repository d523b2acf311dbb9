from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.data.settings import ImportSettings, Rules
from core.errors import SeqlensError


def test_settings_survive_json() -> None:
    settings = ImportSettings(
        files=(Path("a.csv"),),
        columns={"u": "user", "i": "item"},
        drop=("phone",),
        behaviours={"1": "view", "-1": None},
        negative=("dislike",),
        rules=Rules(duplicate=False, latest="2030-01-01"),
        fill={"price": "median", "category": "other"},
        pseudonym_key=b"\0secret",
    )
    whole = json.loads(json.dumps(settings.to_dict(with_key=True)))
    assert ImportSettings.from_dict(whole) == settings
    assert "pseudonym_key" not in settings.to_dict()
    assert "secret" not in repr(settings)
    assert ImportSettings.from_dict({"files": ["a.csv"], "of a later version": 1}).files == (Path("a.csv"),)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"columns": {"u": "usr"}}, "has the role usr"),
        ({"items_columns": {"u": "user"}}, "has the role user"),
        ({"time_format": "yesterday"}, "is no time format"),
        ({"order": "random"}, "is no order"),
        ({"decimal": ";"}, "is no decimal sign"),
        ({"fill": {"user": "x"}}, "user cannot be filled"),
        ({"fill": {"price": "cheap"}}, "cheap cannot fill price"),
    ],
)
def test_wrong_settings_are_told(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(SeqlensError, match=message):
        ImportSettings(**wrong)
    with pytest.raises(SeqlensError, match="is no date"):
        Rules(latest="tomorrow")


def test_what_is_mapped_takes_the_place_of_the_guess() -> None:
    guessed = ImportSettings(columns={"a": "user", "b": "item", "c": "description"})
    mapped = guessed.mapped({"user": "d", "behavior": "b", "description": "e"}, ["a", "b", "c", "d", "e"])
    assert mapped.columns == {"c": "description", "d": "user", "b": "behaviour", "e": "description"}
    with pytest.raises(SeqlensError, match="No file has a column z"):
        guessed.mapped({"user": "z"}, ["a", "b"])
    with pytest.raises(SeqlensError, match="owner is no role"):
        guessed.mapped({"owner": "a"}, ["a", "b"])
