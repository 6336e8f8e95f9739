"""The cast of an article: who its people are, told once and then known by a short name.

"Polish Foreign Minister Zbigniew Rau" is later "Rau", then "the minister", then "he". Full names are
gathered first with all that is said beside them; what follows is read with that in mind.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from graph.model import Actor, ActorId, ActorKind, International, PlaceSpan, Span
from ingest.coders.raw_mention import WordRange
from ingest.language.annotation import AnnotatedArticle, Name, Sentence
from ingest.resolve.actors import ActorResolver
from ingest.resolve.home_country import HomeCountries

_SURE_SECTOR = 0.5
"""Probability from which the event head's sector is taken where the words tell none."""

_MAIN_COUNTRY = 0.6
"""Share of an article's place names that lie in a country from which the article is set there."""

SURE_LINK = 0.3
"""Probability from which the antecedent of a noun is believed."""

_LONGEST_PHRASE = 14
_DASHES = frozenset("— – - --".split())
_JOINING = frozenset("of to for and the 's ’s".split())
_NOT_ORGANISED = (ActorKind.COUNTRY, ActorKind.PERSON, ActorKind.ROLE)
_INTERNATIONAL = frozenset(International)
_SET_THERE = (ActorKind.ROLE, ActorKind.PERSON)


class Cast:
    """Who the phrases of one article mean.

    Args:
        annotated: The article.
        resolver: Reads a phrase by itself.
        places: The article's places: where most of them lie, unnamed police and crowds are at home.
    """

    def __init__(
        self, annotated: AnnotatedArticle, resolver: ActorResolver, places: Sequence[PlaceSpan]
    ) -> None:
        self._annotated = annotated
        self._resolver = resolver
        article = annotated.article
        self._day: date | None = article.published.date() if article.published else None
        self._context = f"{article.title or ''}\n{article.text[:4000]}"
        self._country = _main_country(places)
        self._homes = HomeCountries(
            [resolver.countries_named(s.span.quote(article.text)) for s in annotated.sentences],
            resolver.countries_named(article.title) if article.title else Counter(),
        )
        self._sectors = {
            WordRange(a.sentence, a.first, a.last): a.sectors
            for sentence in annotated.sentences
            for trigger in sentence.triggers
            for a in trigger.arguments
            if a.sectors
        }
        self._people: dict[str, Actor] = {}
        self._organisations: dict[str, Actor] = {}
        self._links = {(s.index, link.word): link for s in annotated.sentences for link in s.antecedents}
        for sentence in annotated.sentences:
            for name in sentence.names:
                if name.kind == "person" and name.last > name.first:
                    self._introduce(sentence, name)
                elif name.kind == "organization":
                    self._introduce_organisation(sentence, name)

    def actor(self, phrase: WordRange) -> Actor | None:
        """Return whom a phrase means, or ``None`` when it names nobody."""
        sentence = self._annotated.sentences[phrase.sentence]
        if _is_credit(sentence, phrase):
            return None
        known = self._by_short_name(phrase) or self._by_antecedent(phrase)
        if known is not None:
            return known
        # The whole article as context is right more often than the sentence (79 against 66 in 100 of the
        # phrases that name no country, on the written events).
        home = self._homes.of(phrase.sentence)
        text = self._quote(phrase)
        actor = self._resolver.resolve(text, context=self._context, day=self._day, home=home)
        if actor is None:
            return None
        actor = self._with_sectors(actor, phrase)
        settled = self._at_home(actor)
        return actor if settled is not actor and self._resolver.tells_states(text) else settled

    def by_its_words(self, phrase: WordRange) -> Actor | None:
        """Return whom a phrase means by itself, its country left open where its own words tell none."""
        actor = self._resolver.resolve(self._quote(phrase), day=self._day)
        return self._with_sectors(actor, phrase) if actor else None

    def _quote(self, phrase: WordRange) -> str:
        sentence = self._annotated.sentences[phrase.sentence]
        words = sentence.words[phrase.first : phrase.last + 1]
        if phrase.first > 0 and sentence.words[phrase.first - 1].text.lower() == "the":
            # "The Russians" are Russia, Russians are its people.
            words = (sentence.words[phrase.first - 1], *words)
        return self._annotated.article.text[words[0].span.start : words[-1].span.end]

    def _introduce(self, sentence: Sentence, name: Name) -> None:
        text = name.span.quote(self._annotated.article.text)
        surname = text.split()[-1]
        phrase = _phrase_around(sentence, name)
        if phrase == name.span:
            wider = _words_before(sentence, name)
            if self._resolver.tells_role(wider.quote(self._annotated.article.text)):
                phrase = wider
        actor = self._resolver.resolve(
            phrase.quote(self._annotated.article.text),
            context=self._context,
            day=self._day,
            home=self._homes.of(sentence.index),
        )
        if actor is not None and actor.kind in (ActorKind.COUNTRY, ActorKind.ROLE) and phrase != name.span:
            # "An Australian, Anna Smith", "U.S. ambassador to Germany Anna Smith": the phrase's head tells
            # where the person is from.
            sectors = actor.sectors if actor.kind is ActorKind.ROLE else ()
            person = self._resolver.resolve(text, context=self._context, day=self._day)
            if person is None or person.id.startswith("PER-"):
                actor = person
            else:
                actor = replace(person, country=actor.country, sectors=person.sectors or sectors)
        if actor is not None and actor.kind is ActorKind.ORGANISATION and actor.id.startswith("NAM-"):
            actor = replace(actor, kind=ActorKind.PERSON)
        if actor is None or actor.kind not in (ActorKind.PERSON, ActorKind.UNKNOWN):
            return
        for key in (text, surname):
            before = self._people.get(key)
            if before is None or (before.country is None and actor.country is not None):
                self._people[key] = actor

    def _introduce_organisation(self, sentence: Sentence, name: Name) -> None:
        """Keep whose an organisation is where the words beside its name tell it, and its initials.

        "Iranian airline Mahan Air" is later "Mahan Air"; "the National Telecommunications Commission" is
        later "NTC", whatever else goes by these letters.
        """
        text = name.span.quote(self._annotated.article.text)
        phrase = _phrase_around(sentence, name).quote(self._annotated.article.text)
        actor = self._resolver.resolve(text, day=self._day)
        if actor is None or actor.kind in _NOT_ORGANISED:
            return
        if not actor.country and not actor.international:
            beside = self._resolver.resolve(phrase, day=self._day)
            if beside is not None and (beside.country or beside.international):
                actor = replace(actor, country=beside.country, international=beside.international)
                self._organisations.setdefault(text, actor)
        initials = "".join(word[0] for word in text.split() if word[0].isupper())
        if len(initials) > 2:
            whose = self._homes.of(sentence.index)
            if not actor.country and not actor.international and whose is not None:
                actor = replace(actor, country=whose.country)
            self._organisations.setdefault(initials, actor)

    def _by_antecedent(self, phrase: WordRange) -> Actor | None:
        """Return whom "the accused" or "the airline" takes up, where its own words tell no country."""
        sentence = self._annotated.sentences[phrase.sentence]
        inside = range(phrase.first, phrase.last + 1)
        head = next((i for i in inside if sentence.words[i].head not in inside), phrase.last)
        link = self._links.get((phrase.sentence, head))
        if link is None or link.score < SURE_LINK or sentence.words[head].upos == "PROPN":
            return None
        before = self._annotated.sentences[link.sentence]
        name = next((n for n in before.names if n.first <= link.at <= n.last), None)
        if name is None:
            return None
        if name.kind == "person":
            return self._by_short_name(WordRange(link.sentence, name.first, name.last))
        text = name.span.quote(self._annotated.article.text)
        meant = self._resolver.resolve(text, day=self._day)
        return meant if meant is not None and (meant.country or meant.international) else None

    def _by_short_name(self, phrase: WordRange) -> Actor | None:
        """Return the person whose name the phrase holds, when the article told who that is."""
        sentence = self._annotated.sentences[phrase.sentence]
        for name in sentence.names:
            if name.last < phrase.first or name.first > phrase.last:
                continue
            text = name.span.quote(self._annotated.article.text)
            if name.kind == "organization" and name.last == phrase.last and text in self._organisations:
                return self._organisations[text]
            if name.kind != "person":
                continue
            known = self._people.get(text) or self._people.get(text.split()[-1])
            # "Lavrov's ministry" is not Lavrov.
            possessive = sentence.words[name.last].head in range(phrase.first, phrase.last + 1) and (
                sentence.words[name.last].deprel == "nmod:poss"
            )
            if known is not None and not possessive:
                return self._at_home(known)
        return None

    def _with_sectors(self, actor: Actor, phrase: WordRange) -> Actor:
        if actor.sectors or actor.kind is ActorKind.COUNTRY:
            return actor
        likely = [code for code, chance in self._sectors.get(phrase, ()) if chance >= _SURE_SECTOR]
        kinds = [code for code in likely if code in _INTERNATIONAL]
        sectors = tuple(code for code in likely if code not in _INTERNATIONAL)
        if kinds and actor.international is None and actor.country is None:
            return replace(actor, sectors=sectors, international=International(kinds[0]))
        return replace(actor, sectors=sectors)

    def _at_home(self, actor: Actor) -> Actor:
        """Give an actor of no known country the country that the article is set in."""
        if actor.country or actor.international or actor.kind not in _SET_THERE or not self._country:
            return actor
        if actor.kind is ActorKind.ROLE and actor.sectors:
            return replace(actor, id=ActorId(f"{self._country}-{actor.sectors[0]}"), country=self._country)
        return replace(actor, country=self._country)


def _main_country(places: Sequence[PlaceSpan]) -> str | None:
    counted = Counter(place.place.country for place in places if place.place.country)
    if not counted:
        return None
    country, count = counted.most_common(1)[0]
    return country if count >= _MAIN_COUNTRY * counted.total() else None


def _phrase_around(sentence: Sentence, name: Name) -> Span:
    """Return the name with its titles and appositions: "Poland's Foreign Minister, Zbigniew Rau"."""
    words = sentence.words
    inside = range(name.first, name.last + 1)
    head = next((i for i in inside if words[i].head not in inside), name.first)
    if words[head].deprel in ("appos", "flat", "compound") and words[head].head >= 0:
        head = words[head].head
    tree = [i for i in sentence.subtree(head) if not _is_clause(sentence, head, i)]
    first = last = name.first
    reach = {*tree, *inside}
    while first - 1 in reach:
        first -= 1
    while last + 1 in reach:
        last += 1
    if last - first >= _LONGEST_PHRASE:
        first = max(first, name.last - _LONGEST_PHRASE)
        last = min(last, first + _LONGEST_PHRASE)
    while words[last].upos == "PUNCT" and last > name.last:
        last -= 1
    while words[first].upos in ("PUNCT", "ADP", "CCONJ") and first < name.first:
        first += 1
    return Span(words[first].span.start, words[last].span.end)


def _words_before(sentence: Sentence, name: Name) -> Span:
    """Return the name with the unbroken run of nouns, adjectives and what joins them before it."""
    first = name.first
    while first > 0 and name.first - first < _LONGEST_PHRASE:
        before = sentence.words[first - 1]
        if before.upos not in ("NOUN", "PROPN", "ADJ") and before.text.lower() not in _JOINING:
            break
        first -= 1
    while first < name.first and sentence.words[first].text.lower() in _JOINING:
        first += 1
    return Span(sentence.words[first].span.start, name.span.end)


def _is_credit(sentence: Sentence, phrase: WordRange) -> bool:
    """Tell whether a phrase is the agency of a dateline: "VIENNA, Jan. 13 (Reuters) — Talks ended"."""
    around = [
        sentence.words[at].text if 0 <= at < len(sentence.words) else ""
        for at in (phrase.first - 1, phrase.last + 1, phrase.last + 2)
    ]
    return around[:2] == ["(", ")"] and around[2] in _DASHES


def _is_clause(sentence: Sentence, head: int, index: int) -> bool:
    """Tell whether a word of a phrase belongs to a clause that hangs on it."""
    while index != head and index >= 0:
        if sentence.words[index].deprel.split(":")[0] in ("acl", "advcl", "parataxis", "conj", "cc", "ccomp"):
            return True
        index = sentence.words[index].head
    return False
