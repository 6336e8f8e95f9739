"""The floor that a coder must beat: one keyword, one type, the nearest names on either side."""

from collections.abc import Sequence

from graph.model import Modality
from ingest.coders.raw_mention import RawMention, WordRange
from ingest.language.annotation import AnnotatedArticle, Sentence

KEYWORDS = {
    "AGREE": "agree promise pledge vow",
    "CONSULT": "meet talk talks visit negotiate discuss call summit",
    "SUPPORT": "support endorse praise recognise recognize approve sign ratify",
    "CONCEDE": "concede ease lift",
    "COOPERATE": "cooperate extradite trade drill",
    "AID": "aid supply donate give send",
    "RETREAT": "withdraw release retreat resign surrender",
    "REQUEST": "urge ask demand request call appeal",
    "ACCUSE": "accuse blame condemn criticise criticize investigate allege",
    "REJECT": "reject refuse deny veto dismiss",
    "THREATEN": "threaten warn",
    "PROTEST": "protest demonstrate march rally strike",
    "SANCTION": "sanction expel suspend convict fine halt",
    "MOBILIZE": "deploy mobilise mobilize mass amass move",
    "COERCE": "arrest detain ban seize raid deport",
    "ASSAULT": "attack kill bomb shell shoot invade wound hit",
}
_TYPES = {word: kind for kind, words in KEYWORDS.items() for word in words.split()}


class NaiveCoder:
    """Takes every keyword for an event between the names before and after it."""

    def code(self, annotated: AnnotatedArticle) -> list[RawMention]:
        """Return a mention for every keyword."""
        return [
            self._mention(sentence, word.index, _TYPES[word.lemma.lower()])
            for sentence in annotated.sentences
            for word in sentence.words
            if word.lemma.lower() in _TYPES
        ]

    @staticmethod
    def _mention(sentence: Sentence, word: int, kind: str) -> RawMention:
        def ranges(names: Sequence[tuple[int, int]]) -> tuple[WordRange, ...]:
            return tuple(WordRange(sentence.index, first, last) for first, last in names)

        before = [(n.first, n.last) for n in sentence.names if n.last < word]
        after = [(n.first, n.last) for n in sentence.names if n.first > word]
        return RawMention(
            sentence=sentence.index,
            trigger=(word,),
            type=kind,
            mode=None,
            cameo=None,
            contexts=(),
            modality=Modality.ASSERTED,
            reciprocal=False,
            initiators=ranges(before[-1:]),
            recipients=ranges(after[:1]),
            places=(),
            times=(),
            quantities=(),
            score=0.5,
            rule="keyword",
        )
