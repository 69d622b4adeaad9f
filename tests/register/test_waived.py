"""A waiver that both offices signed is counted, and what is counted is found: the same whatever arrived first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.terms.terms import Stage, Terms
from intake.domain.terms.waivers import PILOT, Waiver, evidence
from intake.register.register import Register
from intake.register.views.digest import content_digest
from intake.register.views.rows import Facet
from tests.domain.world import Site, organisation, terms
from tests.register.helpers import open_register, take

NO_PILOT = Waiver(PILOT, "The same tool has run for a year next door.")
NO_EVIDENCE = Waiver(evidence("evaluation.report"), "It is written by the provider.")


@pytest.fixture
def site() -> Site:
    return organisation()


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    found = open_register(tmp_path)
    yield found
    found.close()


def approve(site: Site, case: str, revision: str, given: Terms, *offices: Office) -> None:
    for office in offices or tuple(Office):
        site.opinion({Office.CISO: "dan", Office.CIO: "cleo"}[office], office, case, revision, given=given)


def scaled(*waivers: Waiver) -> Terms:
    return replace(terms(stage=Stage.SCALED), waivers=waivers)


def filed(site: Site, *waivers: Waiver) -> str:
    case = site.revision(title=f"Scaled {len(site.acts)}", stage=Stage.SCALED).id
    approve(site, case, case, scaled(*waivers))
    return case


def counted(register: Register) -> Mapping[str, int]:
    return {value: count for value, count in register.queries.counts().facets[Facet.WAIVED].items() if count}


def listed(register: Register, value: str) -> set[str]:
    return {row.case for row in register.queries.page(filters={Facet.WAIVED: value}).rows}


def test_each_waiver_of_both_offices_is_counted_once_and_found_by_its_value(site: Site, register: Register) -> None:
    skipped, both, bare = filed(site, NO_PILOT), filed(site, NO_EVIDENCE, NO_PILOT), site.revision().id
    approve(site, bare, bare, replace(terms(), waivers=(NO_EVIDENCE,)))
    plain = site.revision(title="With nothing waived").id
    approve(site, plain, plain, terms())
    take(register, site)

    assert counted(register) == {"pilot": 2, "evidence": 1, "": 1}
    assert (listed(register, "pilot"), listed(register, "evidence")) == ({skipped, both}, {bare})
    assert {row.case: row.waived for row in register.queries.page().rows} == {
        skipped: "pilot", both: "pilot", bare: "evidence", plain: "",
    }  # fmt: skip
    found = register.queries.search("Scaled", filters={Facet.WAIVED: "pilot"}, limit=9)
    assert {row.case for row in found.rows} == {skipped, both}


def test_what_one_office_alone_does_without_is_not_counted(site: Site, register: Register) -> None:
    case = site.revision(stage=Stage.SCALED).id
    approve(site, case, case, scaled(NO_PILOT), Office.CISO)
    take(register, site)
    before = counted(register)

    approve(site, case, case, scaled(NO_PILOT), Office.CIO)
    take(register, site)

    assert (before, counted(register)) == ({"": 1}, {"pilot": 1})


def test_a_newer_revision_under_review_leaves_the_count_as_it_is(site: Site, register: Register) -> None:
    case = filed(site, NO_PILOT)
    site.revision(case=case, stage=Stage.SCALED)
    take(register, site)

    assert (counted(register), register.queries.row(case).phase) == ({"pilot": 1}, "review")  # type: ignore[union-attr]


def test_what_is_not_in_force_any_more_is_not_counted(site: Site, register: Register) -> None:
    case, other, held = (filed(site, NO_PILOT) for _ in range(3))
    take(register, site)
    before = counted(register)

    site.retire("ada", other)
    site.ciso(held, position=Position.CHANGES)
    later = site.revision(case=case).id
    approve(site, case, later, terms())
    take(register, site)

    assert (before, counted(register)) == ({"pilot": 3}, {"": 3})
    assert listed(register, "pilot") == set()


def test_any_order_and_a_rebuild_give_the_same_counts(site: Site, register: Register, tmp_path: Path) -> None:
    filed(site, NO_PILOT)
    filed(site, NO_EVIDENCE, NO_PILOT)
    take(register, site)
    (tmp_path / "other").mkdir()
    other = open_register(tmp_path / "other")
    for act in (*reversed(site.acts.values()), *site.acts.values()):
        take(other, site, [act])

    assert counted(other) == counted(register) == {"pilot": 2}
    assert _digest(other) == _digest(register)
    with register._database.write() as connection:
        connection.exec_driver_sql("UPDATE case_row SET waived = ''")
    assert not register.rebuild(check=True).identical
    register.rebuild()
    assert (counted(register), _digest(register)) == ({"pilot": 2}, _digest(other))
    other.close()


def _digest(register: Register) -> str:
    with register._database.read() as connection:
        return content_digest(connection)
