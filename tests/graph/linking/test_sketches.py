"""Sketches of many articles at once say what ``copies`` says of each two."""

import random

from hypothesis import given
from hypothesis import strategies as st

from graph.linking import copies
from graph.linking.sketches import Sketch, Sketches

SKETCHES = st.lists(
    st.builds(
        Sketch,
        id=st.sampled_from("abcdefgh"),
        sample=st.lists(st.integers(0, 60), unique=True, max_size=50),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)


def expected(held: list[Sketch], asked: list[Sketch]) -> set[tuple[str, str]]:
    pairs = set()
    for one in held:
        for other in asked:
            shared = len(set(one.sample) & set(other.sample))
            if shared >= copies.fewest_shared(min(len(one.sample), len(other.sample))) and one.id != other.id:
                pairs.add((one.id, other.id))
    return pairs


@given(batches=st.lists(SKETCHES, max_size=5), gone=st.sets(st.sampled_from("abcdefgh")), asked=SKETCHES)
def test_near_is_what_comparing_each_two_finds(
    batches: list[list[Sketch]], gone: set[str], asked: list[Sketch]
) -> None:
    sketches = Sketches()
    held: dict[str, Sketch] = {}
    for batch in batches:
        sketches.put(batch)
        held.update((one.id, one) for one in batch)
    sketches.drop(gone)
    held = {id: one for id, one in held.items() if id not in gone}
    assert len(sketches) == len(held)
    found = sketches.near(asked)
    assert len(found) == len(set(found))
    assert set(found) == expected(list(held.values()), asked)


def test_many_batches_stay_few_runs() -> None:
    draw = random.Random(1)
    sketches = Sketches()
    for batch in range(200):
        sketches.put([Sketch(f"{batch}-{n}", draw.sample(range(2**32), 20)) for n in range(10)])
    assert len(sketches) == 2000
    assert len(sketches._runs) <= 12
    sample = draw.sample(range(2**32), 20)
    sketches.put([Sketch("one", sample)])
    assert sketches.near([Sketch("other", sample[:10])]) == [("one", "other")]
