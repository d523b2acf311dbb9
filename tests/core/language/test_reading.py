"""How a language model is to read: pooling, words before, cutting, 8 bits; and what its files tell of it."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SeqlensError
from core.language import wording
from core.language.cards import BGE, BGE_CHINESE, card_of
from core.language.encoder import TextEncoder, most_tokens
from core.language.reading import Reading
from core.language.rendering import Renderer
from core.language.scripts import chinese_share, is_chinese
from core.language.wording import worded
from core.progress import Progress
from core.sequences.log import Catalogue
from tests.core.language.models import small_decoder, small_model
from tests.logs import log_of

TEXTS = ["red shoe", "blue tea pot, 2", "lamp", "red lamp red lamp red shoe"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(small_model(tmp_path_factory.mktemp("models") / "small"))


@pytest.fixture(scope="module")
def decoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(small_decoder(tmp_path_factory.mktemp("models") / "decoder"))


def _plainly(folder: str, text: str) -> np.ndarray:
    """The last layer's vector of each token, by transformers alone."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer, network = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    with torch.inference_mode():
        inputs = tokenizer(text, return_tensors="pt", return_token_type_ids=False)
        return np.asarray(network(**inputs).last_hidden_state[0].numpy())


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)


@pytest.mark.parametrize(("pooling", "place"), [("cls", 0), ("last", -1)])
@pytest.mark.parametrize("kind", ["folder", "decoder"])
def test_one_token_stands_for_a_text_where_it_is_to(
    kind: str, pooling: str, place: int, request: pytest.FixtureRequest
) -> None:
    model = request.getfixturevalue(kind)
    vectors = TextEncoder.open(Reading(model, pooling), "cpu").encode(TEXTS, Progress())
    for text, vector in zip(TEXTS, vectors, strict=True):
        np.testing.assert_allclose(vector, _unit(_plainly(model, text)[place]), atol=1e-5)


def test_a_decoder_reads_from_left_to_right_and_its_files_say_so(decoder: str) -> None:
    card = card_of(decoder)
    assert card.decoder
    assert card.guess.pooling == "last"
    assert card.guess.query.startswith("Instruct: ")
    first, second = TextEncoder.open(Reading(decoder, "cls"), "cpu").encode(["red shoe", "red lamp"], Progress())
    np.testing.assert_allclose(first, second, atol=1e-6)  # the first token sees nothing of what follows it


def test_words_stand_before_items_and_before_what_is_asked(folder: str) -> None:
    encoder = TextEncoder.open(Reading(folder, prefix="tea ", query="lamp "), "cpu")
    plain = TextEncoder.open(folder, "cpu")
    np.testing.assert_allclose(encoder.encode(["red"], Progress()), plain.encode(["tea red"], Progress()), atol=1e-6)
    asked = encoder.encode(["red"], Progress(), asked=True)
    np.testing.assert_allclose(asked, plain.encode(["lamp red"], Progress()), atol=1e-6)


def test_words_stand_before_a_sequence_and_count_among_its_tokens(folder: str) -> None:
    tokenizer = TextEncoder.open(folder, "cpu").tokenizer
    words = (["view"], ["red shoe", "lamp"], ["", ""])
    log = log_of([[0, 1]], items=2)
    rendered = Renderer(tokenizer, "{title}", *words, 6, "tea pot ").render(log)
    assert tokenizer.decode(rendered.tokens) == "[CLS] tea pot lamp [SEP]"


def test_settings_that_change_vectors_change_their_identifier_and_no_other(folder: str) -> None:
    plain = Reading(folder)
    differing = [Reading(folder, "cls"), Reading(folder, prefix="tea "), Reading(folder, tokens=8)]
    differing += [Reading(folder, bits=bits) for bits in (8, 4)]
    assert plain.mark == ""
    assert len({reading.mark for reading in [plain, *differing]}) == 6
    assert Reading(folder, query="lamp ", items="{title}", sequence="{title}").mark == ""
    assert TextEncoder.open(differing[0], "cpu").identifier == TextEncoder.open(plain).identifier + differing[0].mark


def test_a_text_is_cut_by_tokens(folder: str) -> None:
    encoder = TextEncoder.open(Reading(folder, tokens=8), "cpu")
    long, cut = encoder.encode(["red " * 40, "red " * 6], Progress())
    np.testing.assert_allclose(long, cut, atol=1e-6)


@pytest.mark.parametrize("bits", [8, 4])
def test_fewer_bits_are_near_the_full_model(bits: int) -> None:
    texts = ["running shoes", "espresso machine with milk frother", "jasmine tea, 200 g"]
    full = TextEncoder.open("", "cpu").encode(texts, Progress())
    less = TextEncoder.open(Reading(bits=bits), "cpu").encode(texts, Progress())
    cosine = np.sum(full * less, axis=1)
    assert np.all(cosine > 0.93)
    assert np.all(cosine < 0.9999)


def test_8_bits_are_packed_where_torch_has_no_whole_numbers(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["red shoe", "blue lamp and tea"]
    full = TextEncoder.open(folder, "cpu").encode(texts, Progress())
    monkeypatch.setitem(sys.modules, "torch.ao.quantization", None)
    less = TextEncoder.open(Reading(folder, bits=8), "cpu")
    assert any(type(part).__name__ == "PackedLinear" for part in less.network.modules())
    assert np.all(np.sum(full * less.encode(texts, Progress()), axis=1) > 0.999)


def test_a_choice_comes_back_from_json_and_a_wrong_one_is_refused() -> None:
    reading = Reading("model", "cls", "a ", "b ", 64, 8, "{title}", "{title};")
    assert Reading.from_dict(json.loads(json.dumps(reading.to_dict()))) == reading
    assert Reading.of({"language_model": "old"}) == Reading("old")
    assert Reading.of({"language_model": "x", "reading": reading.to_dict()}) == reading
    for body in ({"pooling": "most"}, {"tokens": "many"}, {"bits": 5}, {"tokens": 1}, {"items": "{colour}"}):
        with pytest.raises(SeqlensError):
            Reading.from_dict(body)


# ---------------------------------------------------------------- what the files tell


def test_the_bundled_model_tells_of_itself() -> None:
    card = card_of()
    assert (card.dimensions, card.languages, card.decoder) == (384, ("en",), False)
    assert card.guess == Reading()
    assert 80e6 < card.bytes < 120e6


@pytest.mark.parametrize(
    ("name", "pooling", "query", "prefix"),
    [
        ("e5-small-v2", "mean", "query: ", "passage: "),
        ("multilingual-e5-base", "mean", "query: ", "passage: "),
        ("bge-small-en-v1.5", "cls", BGE, ""),
        ("bge-small-zh-v1.5", "cls", BGE_CHINESE, ""),
        ("bge-m3", "cls", "", ""),
        ("something", "mean", "", ""),
    ],
)
def test_names_tell_how_a_model_was_trained(
    name: str, pooling: str, query: str, prefix: str, folder: str, tmp_path: Path
) -> None:
    shutil.copytree(folder, tmp_path / name)
    guess = card_of(str(tmp_path / name)).guess
    assert (guess.pooling, guess.query, guess.prefix) == (pooling, query, prefix)


def test_what_is_noted_beside_a_model_goes_before_its_name(folder: str, tmp_path: Path) -> None:
    own = tmp_path / "bge-e5"
    shutil.copytree(folder, own)
    (own / "1_Pooling").mkdir()
    (own / "1_Pooling" / "config.json").write_text('{"pooling_mode_mean_tokens": true}')
    (own / "config_sentence_transformers.json").write_text('{"prompts": {"query": "ask: ", "document": "text: "}}')
    (own / "sentence_bert_config.json").write_text('{"max_seq_length": 32}')
    (own / "README.md").write_text("---\nlanguage:\n- zh\n- en\n---\n# A model\n")
    card = card_of(str(own))
    assert (card.guess.pooling, card.guess.query, card.guess.prefix) == ("mean", "ask: ", "text: ")
    assert (card.guess.tokens, card.tokens, card.languages) == (32, 64, ("zh", "en"))


def test_a_damaged_card_says_nothing(folder: str, tmp_path: Path) -> None:
    own = tmp_path / "mine"
    shutil.copytree(folder, own)
    (own / "README.md").write_text("---\nlanguage: [zh\n---\n")
    (own / "config_sentence_transformers.json").write_text("[]")
    assert card_of(str(own)).languages == ()


def test_places_of_a_roberta_begin_behind_its_padding() -> None:
    assert most_tokens({"max_position_embeddings": 514, "model_type": "roberta"}, 1 << 30) == 512
    assert most_tokens({"max_position_embeddings": 512, "model_type": "bert"}, 128) == 128
    assert most_tokens({}, 64) == 64


# ---------------------------------------------------------------- templates and scripts


def _catalogue() -> Catalogue:
    import pyarrow as pa

    def column(*values: str | None) -> pa.StringArray:
        return pa.array(values, pa.string())

    titles = column("Lamp", None, "Tea {pot}", None)
    categories = column("Light", "Food", None, None)
    descriptions = column(None, "sweet", "of iron", None)
    return Catalogue(column("a", "b", "c", "d"), titles, categories, descriptions, np.array([9.5, 3, np.nan, np.nan]))


def test_words_before_a_field_go_with_it() -> None:
    template = "{title}. Kind: {category}. For {price} yuan. {description}!"
    assert worded(_catalogue(), template) == [
        "Lamp. Kind: Light. For 9.5!",
        "Kind: Food. For 3 yuan. sweet!",
        "Tea {pot} yuan. of iron!",
        "",
    ]
    assert Reading(items="{title}").texts(_catalogue()) == ["Lamp", "", "Tea {pot}", ""]
    assert Reading().texts(_catalogue()) == _catalogue().texts


def test_prices_stand_in_texts_as_they_are_written() -> None:
    priced = replace(_catalogue(), prices=np.array([12.99, 1_234_567, 0.05, np.nan], dtype=np.float32))
    assert worded(priced, "{price}") == ["12.99", "1234567", "0.05", ""]


@pytest.mark.parametrize("template", ["", "no field", "{colour}", "{title", "{title!r}", "{title:>5}", "{}"])
def test_a_template_of_something_else_is_refused(template: str) -> None:
    with pytest.raises(SeqlensError, match="must be made of words"):
        wording.check_wording(template)


def test_chinese_is_told_from_what_has_a_few_of_its_characters() -> None:
    assert is_chinese(["雅诗兰黛红石榴面霜", "iPhone 15 手机壳 256G"])
    assert not is_chinese(["Red lamp", "Tea 茶 from the old mountain road"])
    assert not is_chinese(["ひらがなとカタカナと漢字"])
    assert chinese_share(["", "12 30"]) == 0


@given(st.lists(st.text(max_size=12), max_size=20))
def test_a_share_is_a_share(texts: list[str]) -> None:
    assert 0 <= chinese_share(texts) <= 1
