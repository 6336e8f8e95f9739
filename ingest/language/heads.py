"""The label sets of the model's heads: what position stands for what.

The order is part of the model's file format: append, never reorder.
"""

_UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"
_XPOS = (
    "NN IN DT NNP JJ PRP . RB , NNS VB CC VBD VBP VBZ CD VBN VBG TO MD PRP$ UH : -RRB- -LRB- WDT WRB WP "
    "HYPH `` '' RP POS NNPS JJR JJS EX RBR SYM FW NFP $ XX ADD PDT RBS LS WP$"
)
_RELATIONS = (
    "root punct case det nsubj advmod amod obj obl conj nmod compound cc mark aux cop nmod:poss advcl xcomp "
    "flat acl:relcl ccomp acl parataxis nummod aux:pass appos nsubj:pass discourse obl:unmarked "
    "nmod:unmarked compound:prt expl fixed iobj list obl:agent reparandum dep nmod:desc csubj nsubj:outer "
    "det:predet advcl:relcl vocative cc:preconj goeswith orphan dislocated csubj:pass"
)
_SECTORS = (
    "GOV MIL CVL COP REB JUD OPP PTY BUS LEG LAB EDU CRM JRN SOC REL REF ELI MED PRE AGR SPY PRM UAF UNK "
    "IGO NGO IMG MNC"
)
_MODES = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": (
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial "
        "drone heavy-weapons crowd-control unconventional"
    ),
}

UPOS = _UPOS.split()
"""Universal parts of speech."""

XPOS = _XPOS.split()
"""Penn Treebank tags."""

RELATIONS = _RELATIONS.split()
"""Universal Dependencies relations; a subtype that is not here counts as its main type."""

KINDS = ["PERSON", "ORG", "LOC", "MISC"]
"""Kinds of names."""

KIND_NAMES = ["person", "organization", "place", "other"]
"""The same, as ``Name.kind`` spells them."""

TYPES = list(_MODES)
"""PLOVER event types; the trigger head's label 0 is none, label 1 + k is ``TYPES[k]``."""

MODES = [f"{kind}.{mode}" for kind, modes in _MODES.items() for mode in ("", *modes.split())]
"""``TYPE.mode``; ``TYPE.`` is that type without a mode."""

MODALITIES = ["asserted", "historical", "future", "hypothetical", "negation"]
"""PLOVER's auxiliary modes."""

SECTORS = _SECTORS.split()
"""PLOVER sectors and kinds of international actors."""

EVENT_ROLES = ["initiator", "recipient", "place"]
"""Roles of an event; BIO labels 1 + 2k and 2 + 2k, 0 is outside."""

PROPBANK_ROLES = ["ARG0", "ARG1", "ARG2", "ARG3", "ARG4", "TMP", "LOC", "NEG", "MOD", "ADV", "MNR", "PRP"]
"""PropBank roles that are learned; BIO labels as for ``EVENT_ROLES``."""

SHAPES = 9
"""Number of word shapes (see ``shape_of``)."""


def shape_of(word: str) -> int:
    """Return the shape of a word, from 0 to ``SHAPES`` - 1: how its letters are cased.

    The encoder's word pieces are lower case; names are told from other words by this alone.
    """
    if word.isalpha():
        if word.islower():
            return 1
        if word.isupper():
            return 2 if len(word) > 1 else 3
        if word[0].isupper() and word[1:].islower():
            return 4
        return 5
    if any(character.isdigit() for character in word):
        return 6 if not any(character.isalpha() for character in word) else 7
    if any(character.isalpha() for character in word):
        return 8
    return 0


FINE_OF_COARSE = {
    "VERB": "VB VBD VBG VBN VBP VBZ",
    "AUX": "VB VBD VBG VBN VBP VBZ MD",
    "NOUN": "NN NNS",
    "PROPN": "NNP NNPS",
}
"""Fine tags that a coarse one goes with; fine tags of this table go with no other coarse tag."""
