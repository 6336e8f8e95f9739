import pytest

from bench import tasks

NATO = {"country": None, "international": "IGO", "text": "NATO"}
RUSSIA = {"country": "RUS", "international": None, "text": "Russia"}
CHINA = {"country": "CHN", "international": None, "text": "China"}


def mention(kind, initiators, recipients, *, reciprocal=False, score=0.9):
    return {
        "type": kind,
        "initiators": initiators,
        "recipients": recipients,
        "reciprocal": reciprocal,
        "score": score,
    }


def gsr(kind, source, target, *, reciprocal=False):
    sides = [[{"code_norm": code}] if code else [] for code in (source, target)]
    return {"event": kind, "sources": sides[0], "targets": sides[1], "reciprocal": reciprocal}


def test_a_triple_counts_with_initiator_type_and_recipient():
    gold = [{"id": "1", "events": [gsr("ACCUSE", "RUS", "IGO")]}]
    right = {"1": {"mentions": [mention("ACCUSE", [RUSSIA], [NATO])]}}
    turned = {"1": {"mentions": [mention("ACCUSE", [NATO], [RUSSIA])]}}
    assert tasks.events(gold, right)["triple F1"] == 100
    figures = tasks.events(gold, turned)
    assert (figures["triple F1"], figures["type F1"]) == (0, 100)


def test_a_reciprocal_event_counts_each_way():
    gold = [{"id": "1", "events": [gsr("CONSULT", "RUS", "CHN", reciprocal=True)]}]
    one_way = {"1": {"mentions": [mention("CONSULT", [CHINA], [RUSSIA])]}}
    assert tasks.events(gold, one_way)["triple R"] == 50
    both = {"1": {"mentions": [mention("CONSULT", [CHINA], [RUSSIA], reciprocal=True)]}}
    assert tasks.events(gold, both)["triple F1"] == 100


def test_nothing_said_is_nothing_found():
    gold = [{"id": "1", "events": [gsr("ACCUSE", "RUS", "IGO")]}]
    figures = tasks.events(gold, {})
    assert (figures["triple P"], figures["triple R"]) == (0, 0)


def test_pairs_take_the_mention_with_both_marked_actors():
    gold = [{"id": "1", "source": "Russia", "target": "China", "event15": "YIELD"}]
    said = {
        "1": {
            "mentions": [
                mention("ACCUSE", [RUSSIA], [NATO], score=0.99),
                mention("RETREAT", [RUSSIA], [CHINA], score=0.4),
            ]
        }
    }
    assert tasks.pairs(gold, said)["accuracy"] == 100
    assert tasks.pairs(gold, {})["nothing coded"] == 100


def test_actors_need_country_and_sector():
    gold = [
        {"id": "1", "gold": {"country": "USA", "code1": "MIL"}},
        {"id": "2", "gold": {"country": "", "code1": "UNK"}},
        {"id": "3", "gold": {"country": "FRA"}, "not": True},
    ]
    said = {"1": {"country": "USA", "sectors": ["GOV"]}, "2": {"country": None, "sectors": []}}
    figures = tasks.actors(gold, said)
    assert figures["country right"] == 100
    assert figures["sector right"] == 50
    assert figures["all right"] == 50


def test_a_place_counts_within_a_hundred_miles():
    gold = [{"id": "1", "toponyms": [{"start": 0, "end": 5, "lat": 51.5, "lon": 0.0}]}]

    def said(latitude):
        return {"1": {"places": [{"start": 0, "end": 5, "latitude": latitude, "longitude": 0.0}]}}

    assert tasks.places(gold, said(52.5))["end-to-end recall within 161 km"] == 100
    assert tasks.places(gold, said(53.0))["end-to-end recall within 161 km"] == 0
    assert tasks.kilometres((0, 0), (0, 180)) == pytest.approx(20015, abs=1)


def test_times_count_strictly_and_by_value():
    gold = [{"id": "1", "timex": [{"start": 3, "end": 9, "value": "2022-01"}]}]
    said = {"1": {"times": [{"start": 0, "end": 9, "value": "2022-01"}]}}
    figures = tasks.times(gold, said)
    assert (figures["relaxed F1"], figures["strict F1"], figures["value F1"]) == (100, 0, 100)
