"""What the files of a generator tell of it before it is loaded. (Those of encoders: `test_reading`, `test_gguf`.)"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.errors import SeqlensError
from core.language import encoder, hub
from core.language.cards import generator_card
from tests.core.language.models import small_model
from tests.core.language.test_generator import tiny_generator


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    tiny_generator(folder / "base")
    tiny_generator(folder / "chat", chats=True)
    small_model(folder / "reader")
    return folder


def test_a_folder_tells_its_size_its_languages_and_whether_it_chats(
    folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_: object) -> str:
        raise AssertionError("weights of a generator are gigabytes: they are not read to list it")

    monkeypatch.setattr(encoder, "digest", read)
    (folders / "base" / "README.md").write_text("---\nlanguage: zh\n---\n", encoding="utf-8")
    base, chat = generator_card(str(folders / "base")), generator_card(str(folders / "chat"))
    files = [file for file in (folders / "base").rglob("*") if file.is_file()]
    assert base.bytes == sum(file.stat().st_size for file in files)
    assert (base.name, base.tokens, base.languages, base.chats) == ("base", 256, ("zh",), False)
    assert (chat.name, chat.languages, chat.chats, chat.decoder) == ("chat", (), True, True)


def test_a_template_may_stand_in_the_description_of_the_tokenizer(folders: Path, tmp_path: Path) -> None:
    for file in (folders / "base").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    words = json.loads((tmp_path / "tokenizer_config.json").read_text("utf-8"))
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(words | {"chat_template": "{{ messages }}"}), "utf-8")
    assert generator_card(str(tmp_path)).chats


@pytest.mark.parametrize("change", [{"architectures": ["BertModel"]}, {"is_encoder_decoder": True}])
def test_what_only_reads_or_reads_apart_is_none(folders: Path, tmp_path: Path, change: dict[str, object]) -> None:
    for file in (folders / "base").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    config = json.loads((tmp_path / "config.json").read_text("utf-8"))
    (tmp_path / "config.json").write_text(json.dumps(config | change), "utf-8")
    with pytest.raises(SeqlensError, match="writes none"):
        generator_card(str(tmp_path))
    with pytest.raises(SeqlensError, match="writes none"):
        generator_card(str(folders / "reader"))


def test_a_model_of_the_hub_keeps_its_name(folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "fetched", {"some/chat": folders / "chat"}.get)
    card = generator_card("some/chat")
    assert (card.model, card.name, card.chats) == ("some/chat", "some/chat", True)
    with pytest.raises(SeqlensError, match="was not fetched yet"):
        generator_card("some/other")


def test_a_gguf_file_tells_the_same(tmp_path: Path) -> None:
    pytest.importorskip("gguf", reason="a GGUF file needs the package gguf")
    from tests.core.language.test_gguf import write_gguf

    base, chat = (write_gguf(tmp_path / f"{name}.gguf", chats=name == "chat") for name in ("base", "chat"))
    card = generator_card(chat)
    assert (card.name, card.tokens, card.languages, card.chats) == ("chat.gguf", 64, ("en",), True)
    assert not generator_card(base).chats
