from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake.domain.case.masks import Masks

masks = st.lists(st.integers(min_value=0, max_value=1 << 9000), max_size=8)


@given(masks)
def test_a_mask_comes_back_as_it_was_put_in(every: list[int]) -> None:
    kept = Masks()
    for number, mask in enumerate(every):
        kept[str(number)] = mask

    assert [kept[str(number)] for number in range(len(every))] == every
    assert str(len(every)) not in kept


def test_masks_that_differ_in_one_place_share_the_rest() -> None:
    kept = Masks()
    past = 0
    for number in range(20_000):
        past |= 1 << number
        kept[str(number)] = past

    assert sum(map(len, kept._pieces)) < 20_000 * 300, "each brings one new piece, and not a whole mask"
