from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from graph.model import ActorKind, International
from graph.ontology import codebook
from ingest.resolve.actor_tables import bodies, countries, day_of, people, plural_of, slug
from ingest.resolve.actors import ActorResolver, default_resolver
from ingest.resolve.offices import by_surname, holder, status
from ingest.resolve.phrases import fold, listed, table, tokenize

CASES = yaml.safe_load(Path(__file__).with_name("actors.yaml").read_text(encoding="utf-8"))
SECTORS = frozenset(codebook.sectors())
TABLES = ("organisations", "groups", "parties", "seats", "peoples", "roles", "offices")


def cases() -> Iterator[Any]:
    for topic, rows in CASES.items():
        for row in rows:
            yield pytest.param(row, id=f"{topic}: {row['phrase']} {row.get('day', '')}")


@pytest.fixture(scope="module")
def resolver() -> ActorResolver:
    return ActorResolver({"Lyon": "FRA"}.get)


@pytest.mark.parametrize("case", cases())
def test_phrase(resolver: ActorResolver, case: dict[str, Any]) -> None:
    actor = resolver.resolve(case["phrase"], context=case.get("context", ""), day=case.get("day"))
    if "actor" in case:
        assert (actor and actor.id) == case["actor"]
    if case.get("actor", "") is None:
        return
    assert actor is not None
    if "country" in case:
        assert actor.country == case["country"]
    if "international" in case:
        assert actor.international == case["international"]
    if "sectors" in case:
        assert list(actor.sectors) == case["sectors"]
    if "kind" in case:
        assert actor.kind == case["kind"]


def test_the_same_id_is_always_the_same_actor(resolver: ActorResolver) -> None:
    phrases = ("Russian soldiers", "Russia's army", "troops of Russia")
    assert len({resolver.resolve(phrase) for phrase in phrases}) == 1


def test_without_a_gazetteer_cities_are_names() -> None:
    actor = default_resolver().resolve("Lyon")
    assert actor is not None
    assert (actor.id, actor.kind, actor.country) == ("NAM-lyon", ActorKind.UNKNOWN, None)


def test_an_office_changes_hands_on_its_day() -> None:
    before = holder(("president",), "USA", date(2021, 1, 19))
    after = holder(("president",), "USA", date(2021, 1, 20))
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("Donald Trump", "Joe Biden")
    assert holder(("president",), "USA", date(1900, 1, 1)) is None


def test_status_is_what_a_person_is_on_a_day() -> None:
    trump = people()["PER-donald-trump"]
    assert [status(trump, date(year, 6, 1))[1] for year in (2010, 2018, 2022)] == [(), ("GOV",), ("ELI",)]


def test_common_surnames_need_support() -> None:
    johnson = tokenize("Johnson")
    assert by_surname(johnson, date(2020, 6, 1)) is None
    found = by_surname(johnson, date(2020, 6, 1), spoken_of=frozenset({"GBR"}))
    assert found is not None
    assert found.name == "Boris Johnson"


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_read(phrase: str, context: str) -> None:
    actor = default_resolver().resolve(phrase, context=context, day=date(2020, 1, 1))
    assert actor is None or (actor.id and actor.name)


@pytest.mark.parametrize("name", TABLES)
def test_table_uses_known_countries_and_sectors(name: str) -> None:
    for row in table(name):
        assert set(listed(row["sectors"])) <= SECTORS, row
        for column in ("country", "iso3"):
            assert not row.get(column) or row[column] in countries(), row
        if row.get("international"):
            International(row["international"])


def test_offices_are_held_of_something_known_and_end_after_they_begin() -> None:
    for row in table("offices"):
        assert row["holder_of"] in countries() or row["holder_of"] in bodies(), row
        first, last = day_of(row["first"], end=False), day_of(row["last"], end=True)
        assert first is not None, row
        assert last is None or first <= last, row


def test_a_name_means_one_person() -> None:
    owners: dict[str, str] = {}
    for row in table("offices"):
        for name in [row["person"], *listed(row["other_names"])]:
            assert owners.setdefault(name, row["person"]) == row["person"]


def test_ids_of_bodies_are_unique() -> None:
    seen: set[str] = set()
    for name in ("organisations", "parties"):
        for row in table(name):
            assert row["id"] not in seen, row
            seen.add(row["id"])


@pytest.mark.parametrize(
    ("noun", "plural"), [("party", "parties"), ("coach", "coaches"), ("boy", "boys"), ("soldier", "soldiers")]
)
def test_plural(noun: str, plural: str) -> None:
    assert plural_of(noun) == plural


def test_fold_and_slug() -> None:
    assert fold("Thaçi Løkke") == "thaci lokke"
    assert slug("Côte d'Ivoire") == "cote-divoire"


def test_tokens_keep_what_punctuation_says() -> None:
    tokens = tokenize("the U.S.-led coalition's chief, Bob")
    assert [token.key for token in tokens] == ["us", "led", "coalition", "chief", "bob"]
    assert [token.joined for token in tokens] == [True, False, False, False, False]
    assert tokens[2].owner
    assert tokens[3].after == ","
    assert tokens[0].capitals
    assert not tokens[3].capital


def test_days_of_partial_dates() -> None:
    assert day_of("2004-02", end=True) == date(2004, 2, 29)
    assert day_of("2004", end=True) == date(2004, 12, 31)
    assert day_of("2004-02", end=False) == date(2004, 2, 1)
    assert day_of("", end=True) is None
