"""Which copy an open record is completed on, and whose turn that makes it: the same on every installation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.envelope import Act
from intake.domain.case.fold import CaseState
from intake.domain.case.phases import RecordState
from tests.domain.world import Site, organisation

OTHER = "e" * 64


@pytest.fixture
def site() -> Site:
    return organisation()


def apart(site: Site, *, cio: int, ciso: int, base: str = OTHER) -> tuple[str, Act, Act]:
    """Both approve before they meet, each in another edition."""
    case = site.revision().id
    away = site.fork("away")
    opinions = site.cio(case, edition=cio), away.ciso(case, edition=ciso, base=base)
    site.take(away)
    return case, *opinions


def digest(act: Act) -> str:
    return str(act.body["record"]["sha256"])  # type: ignore[call-overload, index]


def copies(state: CaseState) -> tuple[str, ...]:
    assert state.decision is not None
    assert state.decision.record_state is RecordState.OPEN
    return state.decision.copies


@given(cio=st.integers(1, 3), ciso=st.integers(1, 3), salt=st.text(max_size=3))
def test_the_lowest_edition_is_completed_then_the_smallest_file(cio: int, ciso: int, salt: str) -> None:
    site = organisation()
    case, one, other = apart(site, cio=cio, ciso=ciso, base=salt.encode().hex().ljust(64, "0"))

    first = one if (cio, digest(one)) < (ciso, digest(other)) else other

    assert copies(site.state(case)) == (first.id, (other if first is one else one).id)
    assert site.state(case).turn == (("ciso",) if first is one else ("cio",))


@pytest.mark.attack("a copy that names no edition, or one nobody made", refusal="the other office's copy comes first")
@pytest.mark.parametrize("odd", [0, 9, 2**53 - 1])
def test_a_copy_that_names_no_edition_comes_after_one_that_does(site: Site, odd: int) -> None:
    case, _, honest = apart(site, cio=odd, ciso=2)

    assert copies(site.state(case))[0] == honest.id
    assert site.state(case).turn == ("cio",)


@pytest.mark.parametrize("editions", [(1, 2), (2, 1), (1, 1)])
def test_a_copy_the_other_office_had_and_did_not_sign_comes_behind(site: Site, editions: tuple[int, int]) -> None:
    """It could not use it, whatever the copy says of itself; so it is the first office that goes on, with the fresh one."""
    case = site.revision().id
    site.ciso(case, edition=editions[0])
    fresh = site.cio(case, edition=editions[1], base=OTHER)

    assert copies(site.state(case))[0] == fresh.id
    assert site.state(case).turn == ("ciso",)


@pytest.mark.attack("approving again, to take the turn from the other office", refusal="nothing changes")
def test_saying_it_again_passes_nothing_over(site: Site) -> None:
    case, cio, ciso = apart(site, cio=1, ciso=2)
    before = site.state(case)

    for number in range(8):  # some of these files have a smaller digest than the first
        site.ciso(case, edition=1, base=OTHER)
        site.cio(case, edition=1)
        state = site.state(case)
        assert (state.turn, state.in_force) == (before.turn, before.in_force), number

    assert copies(state) == (cio.id, ciso.id)


def test_only_who_signed_the_decision_completes_it(site: Site) -> None:
    case, _, _ = apart(site, cio=1, ciso=2)
    state = site.state(case)

    assert [state.signed_for(name) for name in ("cleo", "dan", "ada")] == ["cio", "ciso", None]
    assert [state.completes(name) for name in ("cleo", "dan", "ada")] == [None, "ciso", None]
