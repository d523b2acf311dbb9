"""What the tests of language share: a small language model on disk, and a store in memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "red", "blue", "shoe", "tea", "pot", "lamp", ",", "2")


class MemoryStore:
    """Vectors by model and hash (`core.language.vectors.VectorStore`).

    Attributes:
        kept: the vectors.
        puts: how many texts each `put` brought.
    """

    def __init__(self) -> None:
        self.kept: dict[tuple[str, bytes], NDArray[np.float32]] = {}
        self.puts: list[int] = []

    def get(self, identifier: str, hashes: list[bytes]) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
        found = [self.kept.get((identifier, key)) for key in hashes]
        vectors = [vector for vector in found if vector is not None]
        known = np.array([vector is not None for vector in found], dtype=np.bool_)
        return known, np.stack(vectors) if vectors else np.zeros((0, 0), dtype=np.float32)

    def put(self, identifier: str, hashes: list[bytes], vectors: NDArray[np.float32]) -> None:
        self.puts.append(len(hashes))
        self.kept.update({(identifier, key): vector for key, vector in zip(hashes, vectors, strict=True)})


def small_model(folder: Path) -> Path:
    """Write a BERT of two layers with random weights that knows eight words."""
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder.mkdir(parents=True)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    BertTokenizerFast(vocab={word: code for code, word in enumerate(WORDS)}, model_max_length=64).save_pretrained(
        folder
    )
    return folder


def small_decoder(folder: Path) -> Path:
    """Write a Llama of two layers with random weights that reads from left to right and ends each text with a sign."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    folder.mkdir(parents=True)
    torch.manual_seed(0)
    words = {word: code for code, word in enumerate((*WORDS, "<end>"))}
    own = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    own.pre_tokenizer = pre_tokenizers.Whitespace()
    own.post_processor = processors.TemplateProcessing(single="$A <end>", special_tokens=[("<end>", words["<end>"])])
    PreTrainedTokenizerFast(
        tokenizer_object=own, unk_token="[UNK]", eos_token="<end>", model_max_length=64
    ).save_pretrained(folder)
    config = LlamaConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder
