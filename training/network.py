"""The network: a six-layer encoder of word pieces and the heads that stand on its words."""

import json
import math
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ingest.language.heads import (
    EVENT_ROLES,
    KINDS,
    MODALITIES,
    MODES,
    PROPBANK_ROLES,
    RELATIONS,
    SECTORS,
    SHAPES,
    TYPES,
    UPOS,
    XPOS,
)

WIDTH = 384
DISTANCES = 33
"""Buckets of the distance between a word and its predicate: -16 … 16, clipped."""


class Dropout(nn.Module):
    """Dropout with masks cut from one long random tape: drawing fresh numbers costs more than a layer."""

    def __init__(self, share: float, tape: int = 1 << 23) -> None:
        super().__init__()
        self.share = share
        kept = torch.rand(tape) >= share
        self.tape = kept.to(torch.float32) / (1 - share)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.share == 0:
            return x
        size = x.numel()
        if x.is_cuda or size >= len(self.tape):
            return F.dropout(x, self.share, True)
        start = int(torch.randint(0, len(self.tape) - size, ()).item())
        return x * self.tape[start : start + size].view(x.shape)


class Layer(nn.Module):
    """One transformer layer, post-norm, as in BERT."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.joined = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape
        size = width // self.heads

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, self.heads, size).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(size) + bias, dim=-1)
        y = (weights @ v).transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self.dropout(self.joined(y)))
        y = self.outer(F.gelu(self.inner(x)))
        return self.norm2(x + self.dropout(y))


class Encoder(nn.Module):
    """MiniLM with a case embedding added to each piece's embedding; words are the mean of their pieces."""

    def __init__(self, *, vocabulary: int = 30522, layers: int = 6, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(WIDTH, 12, 1536, dropout) for _ in range(layers))
        self.dropout = Dropout(dropout)

    def forward(self, pieces: Tensor, shapes: Tensor, pool: Tensor) -> Tensor:
        """Return word vectors (batch, words, 384) of pieces (batch, pieces), 0 being padding.

        ``pool`` (batch, words, pieces) has each word's share of each piece.
        """
        length = pieces.shape[1]
        x = self.pieces(pieces) + self.positions.weight[:length] + self.segment + self.shapes(shapes)
        x = self.dropout(self.norm(x))
        bias = (pieces == 0).to(x.dtype)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return pool @ x

    def load_minilm(self, folder: Path) -> None:
        """Start from ``all-MiniLM-L6-v2`` in the format of sentence-transformers."""
        from safetensors.torch import load_file

        weights = load_file(str(folder / "model.safetensors"))
        config = json.loads((folder / "config.json").read_text())
        assert config["hidden_size"] == WIDTH, "the starting point has another width"
        with torch.no_grad():
            self.pieces.weight.copy_(weights["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(weights["embeddings.position_embeddings.weight"])
            self.segment.copy_(weights["embeddings.token_type_embeddings.weight"][0])
            self._copy(self.norm, weights, "embeddings.LayerNorm")
            for number, layer in enumerate(self.layers):
                base = f"encoder.layer.{number}."
                for module, name in (
                    (layer.query, "attention.self.query"),
                    (layer.key, "attention.self.key"),
                    (layer.value, "attention.self.value"),
                    (layer.joined, "attention.output.dense"),
                    (layer.norm1, "attention.output.LayerNorm"),
                    (layer.inner, "intermediate.dense"),
                    (layer.outer, "output.dense"),
                    (layer.norm2, "output.LayerNorm"),
                ):
                    self._copy(module, weights, base + name)

    @staticmethod
    def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
        module.weight.copy_(weights[name + ".weight"])
        module.bias.copy_(weights[name + ".bias"])


class Heads(nn.Module):
    """All heads. Everything here is small; the encoder is nearly all of the cost."""

    def __init__(self, dropout: float = 0.3) -> None:
        super().__init__()
        self.dropout = Dropout(dropout)
        self.upos = nn.Linear(WIDTH, len(UPOS))
        self.xpos = nn.Linear(WIDTH, len(XPOS))
        self.arc_dependent = nn.Linear(WIDTH, 256)
        self.arc_head = nn.Linear(WIDTH, 256)
        self.arc = nn.Linear(256, 256, bias=False)
        self.arc_bias = nn.Linear(256, 1)
        self.relation_dependent = nn.Linear(WIDTH, 256)
        self.relation_head = nn.Linear(WIDTH, 256)
        self.relation = nn.Linear(256, len(RELATIONS))
        self.name_inner = nn.Linear(WIDTH, 256)
        self.name = nn.Linear(256, 1 + 2 * len(KINDS))
        self.trigger_inner = nn.Linear(WIDTH, 256)
        self.trigger = nn.Linear(256, 1 + len(TYPES))
        self.predicate = nn.Linear(WIDTH, 2)
        self.mode = nn.Linear(256, len(MODES))
        self.modality_inner = nn.Linear(WIDTH, 128)
        self.modality = nn.Linear(128, len(MODALITIES))
        self.reciprocal = nn.Linear(256, 2)
        self.role_trigger = nn.Linear(WIDTH, 256)
        self.role_word = nn.Linear(WIDTH, 256)
        self.role_distance = nn.Embedding(DISTANCES, 256)
        self.product_trigger = nn.Linear(WIDTH, 128)
        self.product_word = nn.Linear(WIDTH, 128)
        self.role = nn.Linear(256 + 128, 1 + 2 * len(EVENT_ROLES))
        self.propbank_role = nn.Linear(256 + 128, 1 + 2 * len(PROPBANK_ROLES))
        self.antecedent_word = nn.Linear(WIDTH, 128)
        self.antecedent_earlier = nn.Linear(WIDTH, 128)
        self.antecedent_none = nn.Linear(WIDTH, 1)
        self.sector_inner = nn.Linear(WIDTH, 128)
        self.sector = nn.Linear(128, len(SECTORS))

    def arcs(self, words: Tensor, sentences: Tensor) -> Tensor:
        """Scores (batch, dependents, heads); a word that heads itself is the root."""
        dependents, heads = F.gelu(self.arc_dependent(words)), F.gelu(self.arc_head(words))
        scores = self.arc(dependents) @ heads.transpose(-1, -2) / 16 + self.arc_bias(heads).transpose(-1, -2)
        apart = (sentences[:, :, None] != sentences[:, None, :]).to(scores.dtype)
        return scores - 1e4 * apart

    def antecedents(self, words: Tensor) -> Tensor:
        """Scores (batch, words, words) of each earlier word being what a word stands for; itself: nothing."""
        length = words.shape[1]
        scores = self.antecedent_word(words) @ self.antecedent_earlier(words).transpose(-1, -2) / 11
        later = torch.ones(length, length, dtype=scores.dtype, device=scores.device).triu(1)
        same = torch.eye(length, dtype=scores.dtype, device=scores.device)
        return scores * (1 - same) + self.antecedent_none(words) * same - 1e4 * later

    def relation_parts(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """What a word brings to its relation as dependent and as head, to be added and ReLU-ed."""
        return self.relation_dependent(words), self.relation_head(words)

    def relations(self, words: Tensor, arcs: Tensor) -> Tensor:
        """Scores (batch, words, relations) of each word's relation to the head that ``arcs`` gives it."""
        dependent, head = self.relation_parts(words)
        chosen = torch.gather(head, 1, arcs.clamp(min=0)[:, :, None].expand(-1, -1, head.shape[-1]))
        return self.relation(self.dropout(F.relu(dependent + chosen)))

    def names(self, words: Tensor) -> Tensor:
        return self.name(F.gelu(self.name_inner(words)))

    def trigger_vectors(self, words: Tensor) -> Tensor:
        return F.gelu(self.trigger_inner(words))

    def modalities(self, words: Tensor) -> Tensor:
        return self.modality(F.gelu(self.modality_inner(words)))

    def role_parts(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """What a word brings to roles as trigger and as participant: added part, product part."""
        return (
            self.role_trigger(words),
            self.role_word(words),
            self.product_trigger(words),
            self.product_word(words),
        )

    def role_features(self, words: Tensor, batch: Tensor, position: Tensor) -> Tensor:
        """Features (predicates, words, 384) of every word of the window for each predicate."""
        t_add, w_add, t_product, w_product = self.role_parts(words)
        distance = torch.arange(words.shape[1], device=words.device)[None, :] - position[:, None]
        near = self.role_distance(distance.clamp(-16, 16) + 16)
        added = F.relu(t_add[batch, position][:, None, :] + w_add[batch] + near)
        product = t_product[batch, position][:, None, :] * w_product[batch]
        return self.dropout(torch.cat([added, product], dim=-1))

    def sectors(self, words: Tensor) -> Tensor:
        return self.sector(F.gelu(self.sector_inner(words)))


class Network(nn.Module):
    """The encoder and its heads."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.heads = Heads()

    def words(self, pieces: Tensor, shapes: Tensor, pool: Tensor) -> Tensor:
        return self.heads.dropout(self.encoder(pieces, shapes, pool))
