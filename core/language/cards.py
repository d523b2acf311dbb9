"""What the files of a language model tell of it before it is loaded: size, languages, and how it wants to be read."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.errors import SeqlensError
from core.language import gguf_files
from core.language.encoder import BUNDLED, GGUF, find_model, folder_name, gguf_file, model_folder, most_tokens
from core.language.reading import MAX_TOKENS, Reading

MOST = 512  # tokens that are read at first of a model that could read more: titles are short, and time is not
DECODERS = ("ForCausalLM", "LMHeadModel")
WRITERS = (*DECODERS, "ForConditionalGeneration")  # the last one also of models that look at pictures
INSTRUCTION = "Instruct: Given what a shopper likes, retrieve items that fit\nQuery: "
BGE = "Represent this sentence for searching relevant passages: "
BGE_CHINESE = "为这个句子生成表示以用于检索相关文章："


@dataclass(frozen=True)
class Card:
    """A language model on this machine: a text encoder or a generator.

    Attributes:
        model: as it was named; empty for the bundled one.
        name: what to call it.
        bytes: of its files.
        languages: codes from its model card, such as "en"; empty where it does not say.
        dimensions: of its vectors.
        tokens: of a text that it can read at most.
        decoder: whether it reads from left to right, so that its last token stands for a text.
        guess: how it wants to be read, as far as its files and its name tell.
        chats: whether it has a template for a conversation.
    """

    model: str
    name: str
    bytes: int
    languages: tuple[str, ...]
    dimensions: int
    tokens: int
    decoder: bool
    guess: Reading
    chats: bool = False


def card_of(model: str = "") -> Card:
    """Look at a model's files; nothing of it is loaded or run.

    Raises:
        SeqlensError: it is not there, is damaged, or is no model in the safetensors format.
    """
    files = find_model(model)
    if files.gguf:
        return _card_of_gguf(model, files.folder / files.gguf)
    named = model if model and not Path(model).expanduser().is_dir() else files.identifier.rsplit("@", 1)[0]
    return _card_of_folder("" if model == BUNDLED else model, named, files.folder)


def generator_card(model: str) -> Card:
    """Look at the files of a model that is to write; nothing of it is loaded or run, and its weights are not read.

    Raises:
        SeqlensError: it is not there, is damaged, or is made to read alone.
    """
    if model.endswith(GGUF):
        card = _card_of_gguf(model, gguf_file(model))
        writes = card.decoder
    else:
        folder = model_folder(model)
        card = _card_of_folder(model, folder_name(model, folder), folder)
        config = _json(folder / "config.json")
        kinds = [str(name) for name in config.get("architectures") or ()]
        writes = not kinds or any(name.endswith(WRITERS) for name in kinds)
        writes = writes and config.get("is_encoder_decoder") is not True
    if not writes:
        raise SeqlensError("{model} reads texts and writes none. Choose a model that is a decoder.", model=card.name)
    return card


def _card_of_folder(model: str, named: str, folder: Path) -> Card:
    config, words = _json(folder / "config.json"), _json(folder / "tokenizer_config.json")
    decoder = any(str(name).endswith(DECODERS) for name in config.get("architectures") or ())
    longest = words.get("model_max_length")
    own = _json(folder / "sentence_bert_config.json").get("max_seq_length")
    tokens = most_tokens(config, int(longest) if isinstance(longest, (int, float)) else 1 << 30)
    query, prefix = _words_before(named, folder, decoder)
    return Card(
        model=model,
        name=named,
        bytes=sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        languages=_languages(folder / "README.md"),
        dimensions=int(config.get("hidden_size") or config.get("d_model") or config.get("dim") or 0),
        tokens=tokens,
        decoder=decoder,
        guess=Reading(
            model=model,
            pooling=_pooling(folder, named, decoder),
            prefix=prefix,
            query=query,
            tokens=min(own if isinstance(own, int) and own > 0 else MOST, MAX_TOKENS if not model else MOST, tokens),
        ),
        chats=bool(words.get("chat_template")) or (folder / "chat_template.jinja").is_file(),
    )


def _card_of_gguf(model: str, file: Path) -> Card:
    facts = _facts_of_gguf(file, file.stat().st_mtime_ns)
    tokens = facts.tokens or MAX_TOKENS
    query = INSTRUCTION if facts.decoder else ""
    guess = Reading(model, "last" if facts.decoder else "mean", query=query, tokens=min(MOST, tokens))
    size, width = file.stat().st_size, facts.dimensions
    return Card(model, file.name, size, facts.languages, width, tokens, facts.decoder, guess, facts.chats)


@dataclass(frozen=True)
class _Facts:
    languages: tuple[str, ...]
    dimensions: int
    tokens: int
    decoder: bool
    chats: bool


@lru_cache(maxsize=16)
def _facts_of_gguf(file: Path, _changed: int) -> _Facts:
    """What stands at the beginning of a GGUF file; remembered until it changes: long vocabularies take a second."""
    try:
        fields = gguf_files.read(file).fields
        kind = str(fields["general.architecture"].contents())
        numbers = [fields.get(f"{kind}.{name}") for name in ("embedding_length", "context_length")]
        width, context = (0 if one is None else int(one.contents()) for one in numbers)
        told = fields.get("general.languages")
        languages = tuple(str(code) for code in told.contents()) if told is not None else ()
    except Exception as error:  # a stranger's file, and its reader has many ways to fail
        raise SeqlensError(
            "The language model {model} could not be loaded: {error}. Choose another model.",
            model=file.name,
            error=(str(error).strip() or type(error).__name__).splitlines()[0],
        ) from error
    return _Facts(languages, width, context, "bert" not in kind, "tokenizer.chat_template" in fields)


def guessed(model: str) -> Reading:
    """How a model wants to be read, by its files.

    Raises:
        SeqlensError: it is not there or is damaged.
    """
    return card_of(model).guess


def _pooling(folder: Path, name: str, decoder: bool) -> str:
    """What sentence-transformers noted beside the model; else by its kind: BGE and GTE were trained on [CLS]."""
    noted = _json(folder / "1_Pooling" / "config.json")
    mode = str(noted.get("pooling_mode", ""))
    for pooling, keys in (
        ("cls", ("cls", "pooling_mode_cls_token")),
        ("last", ("lasttoken", "pooling_mode_lasttoken")),
        ("mean", ("mean", "pooling_mode_mean_tokens")),
    ):
        if mode == keys[0] or noted.get(keys[1]) is True:
            return pooling
    return "last" if decoder else "cls" if _is(name, "bge") else "mean"


def _words_before(name: str, folder: Path, decoder: bool) -> tuple[str, str]:
    """The words before a question and before an item's text."""
    prompts = _json(folder / "config_sentence_transformers.json").get("prompts")
    if isinstance(prompts, dict) and any(prompts.values()):
        items = next((prompts[key] for key in ("document", "passage") if prompts.get(key)), "")
        return str(prompts.get("query") or ""), str(items)
    if _is(name, "e5") and not decoder and "instruct" not in name.lower():
        return "query: ", "passage: "
    if _is(name, "bge") and "m3" not in name.lower():
        return (BGE_CHINESE if _is(name, "zh") else BGE), ""
    return (INSTRUCTION, "") if decoder else ("", "")


def _is(name: str, word: str) -> bool:
    return re.search(rf"(^|[-_/.]){word}([-_/.]|$)", name.lower()) is not None


def _languages(readme: Path) -> tuple[str, ...]:
    if not readme.is_file():
        return ()
    from huggingface_hub import ModelCard

    try:
        found = ModelCard.load(readme).data.language
    except Exception:  # a stranger's text: whatever is wrong with it, it says nothing of languages
        return ()
    told = found if isinstance(found, list) else [found] if found else []
    return tuple(str(code) for code in told)


def _json(file: Path) -> dict[str, Any]:
    try:
        body = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return body if isinstance(body, dict) else {}
