"""What an article's mentions lend one another: who, where and when of the story they tell together.

Every part taken over keeps the words that tell it, in the sentence where they stand. The tables of types
come from the training articles: how often the part of the act before it is also that of the one without.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from graph.model import DateRange, DayBasis, EventMention, Modality, Participant, PlaceId, Span

NEWS_DAYS = 7
"""Days within which something is news and not background (ANNOTATION: "about a week")."""

RECIPIENTS_LAST = frozenset("ACCUSE SANCTION REQUEST PROTEST RETREAT REJECT CONCEDE AID".split())
"""Types whose recipients stay the same through a story (right for 6 in 10; initiators, all types: 8 in 10)."""

PLACES_LAST = frozenset("ASSAULT COERCE PROTEST MOBILIZE RETREAT".split())
"""Types whose place stays the same (right for 7 in 10)."""


def with_the_story(
    mentions: Sequence[EventMention], *, published: date | None, opening: int
) -> list[EventMention]:
    """Return the mentions in the text's order, with what others of the article tell of the same story.

    Args:
        published: The article's day.
        opening: Offset where the article's opening ends.
    """
    ordered = sorted(mentions, key=where)
    return _with_its_place(_with_its_sides(_with_its_day(ordered, published, opening)))


def where(mention: EventMention) -> tuple[int, str]:
    """Return what mentions are ordered by: where the trigger stands, then the type."""
    return (mention.evidence.trigger.start if mention.evidence else 0, mention.type)


def _with_its_day(
    mentions: Sequence[EventMention], published: date | None, opening: int
) -> list[EventMention]:
    """Give what is told without a day the day on which the story plays, where its opening tells one.

    "A man was stabbed on Saturday. … Police arrested him." was on Saturday, not when it was printed.
    Only news of a few days ago counts, so that no background lends its day.
    """
    for mention in mentions:
        day, evidence = mention.day, mention.evidence
        if day is None or evidence is None or evidence.day is None or published is None:
            continue
        age = (published - day.first).days
        if evidence.sentence.start > opening or mention.modality is not Modality.ASSERTED:
            continue
        if day.first == day.last and 0 <= age <= NEWS_DAYS:
            return [_on(day, evidence.day, other) for other in mentions]
    return list(mentions)


def _on(day: DateRange, span: Span, mention: EventMention) -> EventMention:
    if mention.day is None or mention.day.basis is not DayBasis.PUBLICATION or mention.evidence is None:
        return mention
    return replace(mention, day=day, evidence=replace(mention.evidence, day=span))


def _with_its_sides(mentions: Sequence[EventMention]) -> list[EventMention]:
    """Give a mention that names nobody on a side whom the same kind of act before it named there.

    "Two men attacked the embassy. … The attack killed three." was by the two men.
    """
    latest: dict[tuple[str, str], tuple[Participant, ...]] = {}
    filled = []
    for mention in mentions:
        initiators, recipients = mention.initiators, mention.recipients
        if not initiators:
            initiators = _others(latest.get((mention.type, "initiators"), ()), recipients)
        if not recipients and mention.type in RECIPIENTS_LAST:
            recipients = _others(latest.get((mention.type, "recipients"), ()), initiators)
        for side, people in (("initiators", initiators), ("recipients", recipients)):
            if people:
                latest[mention.type, side] = people
        filled.append(replace(mention, initiators=initiators, recipients=recipients))
    return filled


def _others(people: Sequence[Participant], but: Sequence[Participant]) -> tuple[Participant, ...]:
    taken = {participant.actor for participant in but}
    return tuple(participant for participant in people if participant.actor not in taken)


def _with_its_place(mentions: Sequence[EventMention]) -> list[EventMention]:
    """Give an act without a place the place of the same kind of act before it."""
    latest: dict[str, tuple[PlaceId, Span]] = {}
    filled = []
    for mention in mentions:
        evidence = mention.evidence
        if evidence is not None and mention.type in PLACES_LAST and mention.modality is Modality.ASSERTED:
            if mention.place is not None and evidence.place is not None:
                latest[mention.type] = mention.place, evidence.place
            elif mention.place is None and mention.type in latest:
                place, span = latest[mention.type]
                mention = replace(mention, place=place, evidence=replace(evidence, place=span))
        filled.append(mention)
    return filled
