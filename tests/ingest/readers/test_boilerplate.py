"""What goes and what must stay. A line that stays here was once dropped, or nearly."""

import time

import pytest

from ingest.readers.boilerplate import clean, is_caption

BEFORE = "Envoys of the two neighbours ended a second day of talks in Lusaka on Tuesday."
AFTER = "Neither delegation said whether it would come back to the capital."

STAYS = [
    "Reporting by state media suggests that twelve people were killed in the strike.",
    "Copyright law was at the centre of the dispute between the two governments.",
    "This report was published a day after the ministers met in Geneva.",
    "This report contains allegations that both governments have denied.",
    "The decision was welcomed by the Environmental Protection Agency (EPA).",
    "The news was first carried by Agence France-Presse (AFP).",
    "By continuing its attacks, Russia has made clear that it does not accept the terms, he said.",
    "Video by a resident showed smoke over the port of Odesa.",
    "Related charges against two former ministers were dropped last year.",
    "More than 20 soldiers were killed in the shelling of the town.",
    "Share prices fell in Moscow after the sanctions were announced.",
    "Print workers went on strike in the capital on Friday.",
    "Follow-up talks are planned for February in Brussels.",
    "Watch posts along the river were destroyed by shell fire.",
    "Subscribe to the treaty or leave the union, the president told them.",
    "The photo was taken minutes before the bridge was shelled.",
    "Topics such as prisoners and grain were left for the next round.",
    "Updated weapons were delivered to the army, the minister said.",
    "Pope Francis covers his face in the picture that went round the world.",
    "New START covers deployed strategic warheads of both countries.",
    "Ukraine is the world's fifth largest exporter of wheat.",
    "The Kremlin reports to nobody, the dissident said before he was jailed.",
    "Jamal Khashoggi was a journalist who wrote for a newspaper in Washington.",
    "He wrote to the court at info desk level, and nobody answered.",
    "In 2014 Russia annexed Crimea; the war in the east has killed 14,000 people.",
    "(The ministers did not speak to reporters.)",
    "Turkey/Türkiye signed, and so did Hungary (with a reservation).",
]


@pytest.mark.parametrize("line", STAYS)
def test_sentences_of_the_story_stay(line: str) -> None:
    for lines in ([line, BEFORE, AFTER], [BEFORE, line, AFTER], [BEFORE, AFTER, line]):
        assert clean(lines) == lines


GOES = [
    "  •  16x9 Image  ",
    "ACCESSIBILITY LINKS",
    "Share:",
    "→ Read more",
    "No media source currently available",
    "Read more: Ten bridges to see",
    "READ: Ten bridges to see",
    "Some information for this report came from Reuters.",
    "Some information for this report was provided by The Associated Press, Reuters and Agence France-Presse.",
    "Jane Doe in Lusaka contributed to this report.",
    "Reporting by Jane Doe and John Roe; Editing by Ann Poe",
    "(Reporting by Jane Doe in Lusaka, writing by John Roe; editing by Ann Poe.)",
    "Additional reporting by Jane Doe",
    "© 2022 Harbour Wire",
    "Copyright 2022 The Harbour Wire. All rights reserved.",
    "The post Bridge talks end appeared first on Harbour Wire.",
    "FILE - A lorry waits at the closed bridge.",
    "FILE PHOTO: A lorry waits at the closed bridge.",
    "Photo: Jane Doe",
    "A lorry waits at the closed bridge. (AP Photo/Jane Doe)",
    "A lorry waits at the closed bridge. REUTERS/Jane Doe",
    "A lorry waits at the closed bridge. [Jane Doe/Reuters]",
    "A lorry waits at the closed bridge (Jane Doe/Harbour Wire)",
    "A lorry waits at the closed bridge. Photo: Jane Doe / Harbour Wire",
    "(Jane Doe/AFP via Getty Images)",
    "Jane Doe/AFP",
    "Sign up for our weekly newsletter to get more of this",
    "We use cookies to make this site better.",
    "5 min read",
    "Last updated: 13 January 2022, 10:12 GMT",
    "Tags: Zambia, bridges",
    "Follow us on Twitter and Telegram",
    "ⓘ",
    "***",
]


@pytest.mark.parametrize("line", GOES)
def test_what_surrounds_the_story_goes(line: str) -> None:
    assert clean([BEFORE, line, AFTER]) == [BEFORE, AFTER]


@pytest.mark.parametrize(
    "line",
    [
        "The Voice of the Harbour provides news and information in 12 languages to an estimated weekly audience of 4 million.",
        "Harbour Wire is an independent news agency that covers the river.",
        "Jane Doe is a correspondent based in Lusaka.",
        "Jane Doe covers bridges for Harbour Wire.",
        "Contact Jane Doe at jane@harbour.example",
        "jane@harbour.example",
    ],
)
def test_what_a_tail_says_of_its_makers_goes(line: str) -> None:
    assert clean([BEFORE, AFTER, line, "Harbour Wire News"]) == [BEFORE, AFTER]
    assert clean([BEFORE, AFTER, "Harbour Wire is read on both banks."], publisher="Harbour Wire") == [
        BEFORE,
        AFTER,
    ]


def test_what_is_printed_twice_in_a_row_is_a_caption() -> None:
    caption = "A lorry waits at the closed bridge over the river, March 2, 2022."
    assert clean([BEFORE, caption, caption, AFTER]) == [BEFORE, AFTER]
    assert clean([BEFORE, caption, "16x9 Image", caption, AFTER]) == [BEFORE, AFTER]
    assert clean([BEFORE, f"{caption} {caption}", AFTER]) == [BEFORE, AFTER]
    assert clean(["Bridge talks end", "Bridge talks end", BEFORE]) == ["Bridge talks end", BEFORE], "a title"
    assert clean([BEFORE, AFTER, BEFORE]) == [BEFORE, AFTER], "a text pasted twice"


def test_lists_of_other_stories_end_where_prose_goes_on() -> None:
    assert clean([BEFORE, "Related stories", "Ten bridges to see", "A toll too far", AFTER]) == [
        BEFORE,
        AFTER,
    ]
    assert clean([BEFORE, "What happens next", AFTER]) == [BEFORE, "What happens next", AFTER], (
        "a subheading stays"
    )


def test_a_story_run_together_into_one_paragraph_stays() -> None:
    story = "Photo: Jane Doe " + " ".join([BEFORE, AFTER] * 5)
    assert clean([story]) == [story]


def test_invisible_characters_go() -> None:
    assert clean(["\ufeffThe en\u00advoys\u200b met\u00a0in  Lusaka on\tTuesday."]) == [
        "The envoys met in Lusaka on Tuesday."
    ]


def test_cleaning_twice_changes_nothing() -> None:
    once = clean([BEFORE, *GOES, *STAYS, AFTER])
    assert clean(once) == once


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by " + "A.b" * 5000,
        "A" * 20_000,
        "A b " * 8000,
        "(" * 9000,
        "Photo by " * 3000,
        "Aa Bb " * 5000 + "is",
        "@" * 9000,
        "/ AP" * 5000,
    ],
)
def test_no_line_takes_long(line: str) -> None:
    start = time.process_time()
    clean([BEFORE, line, AFTER, line + "."])
    is_caption(line[:440])
    assert time.process_time() - start < 2
