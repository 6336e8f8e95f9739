"""How text is cut into words and sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.words import split_sentences, split_words


def words(text: str) -> list[str]:
    return [span.quote(text) for span in split_words(text)]


def sentences(text: str) -> list[str]:
    return [span.quote(text) for span in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia's troops", "Russia 's troops"),
        ("They don't know", "They do n't know"),
        ("the U.S.-led coalition", "the U.S. - led coalition"),
        ("at 10:30 a.m. on Jan. 13, 2022", "at 10:30 a.m. on Jan. 13 , 2022"),
        ("about 1,000 people (OSCE)", "about 1,000 people ( OSCE )"),
        ("Mr. J. Smith cannot come", "Mr. J. Smith can not come"),
        ("the 1990s and the 21st", "the 1990s and the 21st"),
        ("wait... what?!", "wait ... what ? !"),
        ("see https://news.example/a?b=1 now", "see https://news.example/a?b=1 now"),
        ("O’Brien’s house", "O’Brien ’s house"),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert words(text) == expected.split()


@given(st.text(max_size=200))
def test_every_visible_character_belongs_to_one_word(text: str) -> None:
    spans = split_words(text)
    covered = [i for span in spans for i in range(span.start, span.end)]
    assert len(covered) == len(set(covered))
    assert covered == sorted(covered)
    left = set(range(len(text))) - set(covered)
    assert all(text[i].isspace() or not text[i].isprintable() or not text[i].strip() for i in left)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He came. She left.", ["He came.", "She left."]),
        ("Gov. Smith of the U.S. spoke. He left.", ["Gov. Smith of the U.S. spoke.", "He left."]),
        ("It fell in the U.S. The army said so.", ["It fell in the U.S.", "The army said so."]),
        ("On Jan. 13 talks began.", ["On Jan. 13 talks began."]),
        ("A headline\nThe story begins.", ["A headline", "The story begins."]),
        ("“We will fight.” He left.", ["“We will fight.”", "He left."]),
        ("J. R. Smith came.", ["J. R. Smith came."]),
        ("One.\n\n\nTwo.", ["One.", "Two."]),
        ("It rose 3.5 percent. Then it fell.", ["It rose 3.5 percent.", "Then it fell."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet="AB ab.!?\n\"'“”() 1", max_size=120))
def test_sentences_follow_each_other_and_are_trimmed(text: str) -> None:
    spans = split_sentences(text)
    for before, after in zip(spans, spans[1:], strict=False):
        assert before.end <= after.start
    for span in spans:
        quote = span.quote(text)
        assert quote == quote.strip()
