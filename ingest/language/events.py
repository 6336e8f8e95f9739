"""The event heads: which words trigger an event, of what type, with whom and where."""

from collections.abc import Iterator

import numpy as np

from ingest.language.annotation import Argument, Trigger
from ingest.language.decode import Floats, bio_spans, softmax
from ingest.language.heads import EVENT_ROLES, MODALITIES, MODES, PROPBANK_ROLES, SECTORS, TYPES
from ingest.language.windows import Window

LEAST = 0.15
"""Least probability of being an event at which a word is reported; the coder decides at its own threshold."""

LEAST_ARGUMENT = 0.05
"""Least probability at which a participant, place or time is reported."""

OUTSIDE = {"role": 0.02, "propbank_role": 1.0}
"""What the probability of "no participant" is multiplied by: each mention has one nearly always, so the
likeliest words are given with their probability and the coder decides (chosen on development gold)."""

ADJUNCTS = {"TMP": "time", "LOC": "location"}
"""PropBank roles that are reported beside the event's own: what time and what place hang on the trigger."""


class EventHeads:
    """Scores of the encoder → triggers with their arguments.

    Args:
        heads: The small layers by name, as ``training/export.py`` writes them.
    """

    def __init__(self, heads: dict[str, Floats]) -> None:
        self._heads = heads

    def triggers(self, window: Window, scores: dict[str, Floats]) -> list[Trigger]:
        """Return the triggers among the window's own words, in order."""
        probabilities = softmax(scores["trigger"])
        found = []
        for word in range(window.own, len(window.words)):
            event = 1.0 - float(probabilities[word, 0])
            if event >= LEAST:
                found.append(self._trigger(window, scores, word, probabilities[word]))
        return found

    def _trigger(self, window: Window, scores: dict[str, Floats], word: int, types: Floats) -> Trigger:
        best = int(types[1:].argmax())
        name = TYPES[best]
        sentence, position = window.locate(word)
        labels = [number for number, mode in enumerate(MODES) if mode.startswith(name + ".")]
        modes = softmax(scores["mode"][word][labels])
        modalities = softmax(scores["modality"][word])
        ranked = sorted(zip(labels, modes.tolist(), strict=True), key=lambda pair: -pair[1])
        return Trigger(
            sentence=sentence,
            word=position,
            type=name,
            type_score=float(types[1 + best]),
            event_score=1.0 - float(types[0]),
            modes=tuple((MODES[n].split(".")[1] or None, p) for n, p in ranked),
            modalities=tuple(
                sorted(zip(MODALITIES, modalities.tolist(), strict=True), key=lambda pair: -pair[1])
            ),
            reciprocal=float(softmax(scores["reciprocal"][word])[1]),
            arguments=tuple(self._arguments(window, scores, word)),
        )

    def _arguments(self, window: Window, scores: dict[str, Floats], word: int) -> Iterator[Argument]:
        distance = np.clip(np.arange(len(window.words)) - word, -16, 16) + 16
        added = scores["role_trigger"][word] + scores["role_word"] + self._heads["role_distance"][distance]
        product = scores["product_trigger"][word] * scores["product_word"]
        features = np.concatenate([np.maximum(added, 0), product], axis=1)
        for layer, names in (("role", EVENT_ROLES), ("propbank_role", PROPBANK_ROLES)):
            probabilities = softmax(features @ self._heads[f"{layer}.weight"] + self._heads[f"{layer}.bias"])
            weighed = probabilities.copy()
            weighed[:, 0] *= OUTSIDE[layer]
            for kind, first, last in bio_spans(weighed.argmax(axis=1)):
                role = names[kind] if layer == "role" else ADJUNCTS.get(names[kind], "")
                if not role or first == word == last:
                    continue
                start, end = window.locate(first), window.locate(last)
                if start[0] != end[0] or start[0] < 0:
                    continue
                score = float(probabilities[first : last + 1, 1 + 2 * kind : 3 + 2 * kind].sum(axis=1).mean())
                if score < LEAST_ARGUMENT:
                    continue
                yield Argument(
                    role=role,
                    sentence=start[0],
                    first=start[1],
                    last=end[1],
                    sectors=self._sectors(scores["words"][first : last + 1].mean(axis=0))
                    if role in ("initiator", "recipient")
                    else (),
                    score=score,
                )

    def _sectors(self, vector: Floats) -> tuple[tuple[str, float], ...]:
        inner = vector @ self._heads["sector_inner.weight"] + self._heads["sector_inner.bias"]
        gelu = 0.5 * inner * (1 + np.tanh(0.7978845608 * (inner + 0.044715 * inner**3)))
        logits = gelu @ self._heads["sector.weight"] + self._heads["sector.bias"]
        chances = 1 / (1 + np.exp(-logits))
        order = np.argsort(-chances)[:4]
        return tuple((SECTORS[int(i)], float(chances[i])) for i in order if chances[i] > 0.1)
