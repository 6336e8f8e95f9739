"""The lexicon's tables: they load, they are large enough, and they agree with the codebook."""

import pytest

from graph.model.event import Modality
from graph.ontology import codebook
from ingest.coders.lexicon import default_lexicon, fold, parse_condition

# Where ANNOTATION.md and PLOVER's manual leave the CAMEO→PLOVER map: sanctions are SANCTION (163 is mapped to
# COERCE), a conviction is SANCTION (116 is mapped to ACCUSE), a resignation offered is CONCEDE.
EXCEPTIONS = {"163", "116", "0831"}


def test_tables_are_as_large_as_promised() -> None:
    lexicon = default_lexicon()
    assert sum(map(len, lexicon.verbs.values())) >= 1_200
    assert sum(map(len, lexicon.nouns.values())) >= 450
    assert sum(map(len, lexicon.frames.values())) >= 200


def test_types_modes_contexts_and_modalities_are_known() -> None:
    types = codebook.types()
    for entry in default_lexicon().entries():
        assert not entry.type or entry.type in types, entry.name
        assert not entry.mode or entry.mode in types[entry.type].modes, entry.name
        assert all(context in codebook.contexts() for context in entry.contexts), entry.name
        assert not entry.modality or entry.modality in set(Modality), entry.name
        assert 0 <= entry.score <= 1, entry.name


def test_frames_and_operators_name_known_types() -> None:
    types = codebook.types()
    lexicon = default_lexicon()
    for frames in lexicon.frames.values():
        for frame in frames:
            assert frame.effect in ("carry", "inverse", "type", "none"), frame.name
            assert (frame.effect == "type") == bool(frame.type), frame.name
            assert not frame.mode or frame.mode in types[frame.type].modes, frame.name
    for kind, mode, _ in lexicon.operators.values():
        assert kind in types
        assert not mode or mode in types[kind].modes, (kind, mode)


def test_operators_of_entries_are_defined() -> None:
    lexicon = default_lexicon()
    for entry in lexicon.entries():
        assert not entry.operator or (entry.operator, "*") in lexicon.operators, entry.name


def test_cameo_codes_agree_with_the_map() -> None:
    codes = codebook.cameo()
    for entry in default_lexicon().entries():
        if not entry.cameo:
            continue
        assert entry.cameo in codes, entry.name
        mapped = codebook.plover_of_cameo(entry.cameo)
        if mapped is not None and entry.cameo not in EXCEPTIONS:
            assert mapped[0] == entry.type, (entry.name, entry.cameo, mapped)


@pytest.mark.parametrize(
    ("lemma", "key"),
    [("criticise", "criticize"), ("exercise", "exercise"), ("cease-fire", "ceasefire"), ("Labour", "labor")],
)
def test_spellings_fold_together(lemma: str, key: str) -> None:
    assert fold(lemma) == key


def test_an_unknown_class_is_refused() -> None:
    with pytest.raises(ValueError, match="no class"):
        parse_condition("obj=@nonsense", {})
