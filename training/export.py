"""A trained network → the files that ship: an int8 ONNX graph, the small heads, the tokenizer.

python -m training.export --network DIR --out ingest/language/model
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from ingest.language.heads import SHAPES
from training.network import WIDTH, Network

OUTPUTS = (
    "words upos xpos arcs relation_dependent relation_head names trigger mode modality reciprocal "
    "role_trigger role_word product_trigger product_word "
    "antecedent_word antecedent_earlier antecedent_none"
).split()


class Shipped(nn.Module):
    """What runs in ONNX: everything that costs; what is chosen per predicate stays in numpy."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor, pool: Tensor, sentences: Tensor) -> tuple[Tensor, ...]:
        heads = self.network.heads
        words = self.network.encoder(pieces, shapes, pool)
        vectors = heads.trigger_vectors(words)
        return (
            words,
            heads.upos(words),
            heads.xpos(words),
            heads.arcs(words, sentences),
            *heads.relation_parts(words),
            heads.names(words),
            heads.trigger(vectors),
            heads.mode(vectors),
            heads.modalities(words),
            heads.reciprocal(vectors),
            *heads.role_parts(words),
            heads.antecedent_word(words),
            heads.antecedent_earlier(words),
            heads.antecedent_none(words),
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--network", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="0.1")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    network = Network()
    network.load_state_dict(torch.load(args.network / "network.pt"), strict=False)
    network.eval()
    shipped = Shipped(network).eval()
    example = (
        torch.randint(5, 2000, (2, 12)),
        torch.randint(0, SHAPES, (2, 12)),
        torch.rand(2, 9, 12),
        torch.zeros(2, 9, dtype=torch.long),
    )
    names = ["pieces", "shapes", "pool", "sentences"]
    axes = {
        "pieces": {0: "batch", 1: "piece"},
        "shapes": {0: "batch", 1: "piece"},
        "pool": {0: "batch", 1: "word", 2: "piece"},
        "sentences": {0: "batch", 1: "word"},
        **{name: {0: "batch", 1: "word"} for name in OUTPUTS},
    }
    axes["arcs"] = {0: "batch", 1: "word", 2: "word"}
    full = args.network / "full.onnx"
    torch.onnx.export(
        shipped,
        example,
        str(full),
        input_names=names,
        output_names=OUTPUTS,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(full, args.out / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
    heads = network.heads
    kept = {
        name: getattr(heads, name) for name in ("relation", "role", "propbank_role", "sector_inner", "sector")
    }
    arrays = {}
    for name, layer in kept.items():
        arrays[f"{name}.weight"] = layer.weight.detach().numpy().T.astype(np.float16)
        arrays[f"{name}.bias"] = layer.bias.detach().numpy().astype(np.float16)
    arrays["role_distance"] = heads.role_distance.weight.detach().numpy().astype(np.float16)
    np.savez_compressed(args.out / "heads.npz", **arrays)
    vocabulary = json.loads((args.network / "tokenizer.json").read_text(encoding="utf-8"))
    (args.out / "tokenizer.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    (args.out / "model.json").write_text(
        json.dumps({"name": "diurna-en", "version": args.version, "width": WIDTH}) + "\n", encoding="utf-8"
    )
    for path in sorted(args.out.iterdir()):
        print(f"{path.stat().st_size / 1e6:8.2f} MB  {path.name}")


if __name__ == "__main__":
    main()
