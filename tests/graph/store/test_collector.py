"""The collector of cycles runs less often inside, and as before afterwards."""

import gc

import pytest

from graph.store.collector import AT_LEAST, seldom_collected


def test_it_runs_less_often_inside_and_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with seldom_collected():
        assert gc.get_threshold() == (AT_LEAST, *before[1:])
        with pytest.raises(RuntimeError), seldom_collected():
            raise RuntimeError
        assert gc.get_threshold() == (AT_LEAST, *before[1:])
    assert gc.get_threshold() == before


@pytest.mark.parametrize("own", [(0, 10, 10), (AT_LEAST * 2, 5, 5)])
def test_what_a_program_has_set_higher_or_off_stays(own: tuple[int, int, int]) -> None:
    before = gc.get_threshold()
    try:
        gc.set_threshold(*own)
        with seldom_collected():
            assert gc.get_threshold() == own
        assert gc.get_threshold() == own
    finally:
        gc.set_threshold(*before)
