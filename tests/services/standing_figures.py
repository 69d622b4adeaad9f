"""One report of users and cost for every answer that ``verify`` has on it; see ``standing_cases``."""

from __future__ import annotations

from intake.domain.acts.envelope import Act
from tests.domain.world import Site
from tests.services.standing_cases import FAILED, PASSED, Row, nothing_by


def reported(site: Site) -> tuple[Act, ...]:
    return (site.figures(site.revision().id, 12, "EUR 40"),)


def reported_by_nobody(site: Site) -> tuple[Act, ...]:
    return (site.figures(site.revision().id, 0, who="cleo"),)


FIGURES = {
    "reports": Row(reported, PASSED, "Signed by Ada, and it counts in its use case."),
    "by whom it is not": Row(
        reported_by_nobody,
        FAILED,
        nothing_by("Cleo", "only the owner, the submitter or a rostered successor may do this"),
    ),
}
