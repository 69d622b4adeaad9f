"""One report of users and cost for every answer that ``verify`` has on it; see ``standing_cases``."""

from __future__ import annotations

from datetime import date

from intake.domain.acts.envelope import Act
from tests.domain.world import Site
from tests.services.standing_cases import FAILED, OPEN, PASSED, Row, nothing_by


def reported(site: Site) -> tuple[Act, ...]:
    return (site.figures(decided(site), 12, "EUR 40"),)


def decided(site: Site) -> str:
    case = site.revision().id
    site.ciso(case), site.cio(case)
    return case


def reported_of_nothing(site: Site) -> tuple[Act, ...]:
    return (site.figures(site.revision().id, 12, "EUR 40"),)


def reported_of_a_day_before(site: Site) -> tuple[Act, ...]:
    return (site.figures(decided(site), 12, day=date(2026, 1, 1)),)


def reported_by_nobody(site: Site) -> tuple[Act, ...]:
    return (site.figures(site.revision().id, 0, who="cleo"),)


_NOTHING_RAN = "It waits: both offices have decided nothing that was running on its day."
FIGURES = {
    "reports": Row(reported, PASSED, "Signed by Ada, and it counts in its use case."),
    "before anything is decided": Row(reported_of_nothing, OPEN, _NOTHING_RAN),
    "of a day before it began": Row(reported_of_a_day_before, OPEN, _NOTHING_RAN),
    "by whom it is not": Row(
        reported_by_nobody,
        FAILED,
        nothing_by("Cleo", "only the owner, the submitter or a rostered successor may do this"),
    ),
}
