from dataclasses import replace
from datetime import date

import pytest

from graph.model import (
    DateRange,
    DayBasis,
    EventMention,
    Evidence,
    Modality,
    Participant,
    Span,
)
from ingest.resolve.story import with_the_story

PUBLISHED = date(2022, 1, 13)
OPENING = 200


def people(*ids):
    return tuple(Participant(actor, Span(0, 5), actor) for actor in ids)


def mention(at, kind="ASSAULT", *, who=(), whom=(), day=None, place=None, modality=Modality.ASSERTED):
    told = (
        DateRange(day, day, DayBasis.RELATIVE)
        if day
        else DateRange(PUBLISHED, PUBLISHED, DayBasis.PUBLICATION)
    )
    return EventMention(
        id=f"m{at}",
        article_id="a",
        type=kind,
        mode=None,
        contexts=(),
        cameo=None,
        modality=modality,
        reciprocal=False,
        initiators=people(*who),
        recipients=people(*whom),
        day=told,
        place=place,
        quantities=(),
        evidence=Evidence(
            sentence=Span(at, at + 50),
            trigger=Span(at + 10, at + 16),
            day=Span(at + 20, at + 26) if day else None,
            place=Span(at + 30, at + 36) if place else None,
        ),
        score=0.9,
        coder="test",
        rule="test",
    )


def told(*mentions):
    return with_the_story(mentions, published=PUBLISHED, opening=OPENING)


def test_who_did_it_is_taken_from_the_same_act_told_before():
    first, second = told(mention(0, who=["UAF"], whom=["GBR"]), mention(100, whom=["GBR-CVL"]))
    assert second.initiators == first.initiators
    assert second.initiators[0].span == Span(0, 5)


def test_an_act_of_another_kind_lends_nobody():
    _, second = told(mention(0, who=["UAF"]), mention(100, "COERCE"))
    assert second.initiators == ()


def test_nobody_is_set_against_himself():
    _, second = told(mention(0, who=["RUS", "UAF"]), mention(100, whom=["RUS"]))
    assert [p.actor for p in second.initiators] == ["UAF"]


@pytest.mark.parametrize(("kind", "kept"), [("ACCUSE", ("RUS",)), ("SUPPORT", ()), ("ASSAULT", ())])
def test_recipients_last_for_some_kinds(kind, kept):
    _, second = told(mention(0, kind, who=["USA"], whom=["RUS"]), mention(100, kind, who=["GBR"]))
    assert tuple(p.actor for p in second.recipients) == kept


def test_the_place_of_an_attack_lasts_with_the_words_that_tell_it():
    first, second = told(mention(0, place=42), mention(100))
    assert second.place == 42
    assert second.evidence.place == first.evidence.place


def test_the_place_of_a_statement_or_a_plan_does_not():
    assert told(mention(0, "ACCUSE", place=42), mention(100, "ACCUSE"))[1].place is None
    assert told(mention(0, place=42), mention(100, modality=Modality.FUTURE))[1].place is None


def test_the_opening_lends_its_day_to_what_has_none():
    saturday = date(2022, 1, 8)
    _, second = told(mention(0, day=saturday), mention(100, "COERCE"))
    assert second.day.first == saturday
    assert second.evidence.day == Span(20, 26)


def test_background_lends_no_day():
    old = date(2021, 6, 1)
    _, second = told(mention(0, day=old), mention(100))
    assert second.day.basis is DayBasis.PUBLICATION


def test_what_stands_late_lends_no_day():
    late = replace(
        mention(0, day=date(2022, 1, 10)), evidence=Evidence(Span(300, 350), Span(310, 316), Span(320, 326))
    )
    assert told(late, mention(400))[1].day.basis is DayBasis.PUBLICATION


def test_mentions_come_in_the_order_of_the_text():
    assert [m.id for m in told(mention(100), mention(0))] == ["m0", "m100"]
