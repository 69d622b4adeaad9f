"""One act that lifts, or that is about no revision, for every answer that ``verify`` has on it; see ``standing_cases``."""

from __future__ import annotations

from collections.abc import Callable

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.opinion import Position
from tests.domain.world import Site
from tests.services.standing_cases import FAILED, OPEN, PASSED, Row, nothing_by, suspended


def lifts(site: Site) -> tuple[Act, ...]:
    (made,) = suspended(site)
    return (site.lift("cleo", made.case),)


def lifted_by_nobody(site: Site) -> tuple[Act, ...]:
    (made,) = suspended(site)
    return (site.lift("eve", made.case),)


def lifts_something(site: Site) -> tuple[Act, ...]:
    """Each name counts alone, so one that suspends is enough."""
    (made,) = suspended(site)
    return (site.lift("cleo", made.case, made.id, site.comment("ada", made.case).id),)


def lifts_what_is_absent(site: Site) -> tuple[Act | str, ...]:
    return site.lift("cleo", site.revision().id, "ab" * 32), "ab" * 32


def lifts_the(named: Callable[[Site, str], Act]) -> Callable[[Site], tuple[Act, ...]]:
    def story(site: Site) -> tuple[Act, ...]:
        case = site.revision().id
        return (site.lift("cleo", case, named(site, case).id),)

    return story


def suspended_by_nobody(site: Site, case: str) -> Act:
    return site.suspend("eve", case)


def sealed(site: Site, case: str) -> Act:
    return site.seal("cleo", case, site.ciso(case), site.cio(case))


def about_no_revision(position: Position) -> Callable[[Site], tuple[Act, ...]]:
    def story(site: Site) -> tuple[Act, ...]:
        case = site.revision().id
        return (site.ciso(case, site.comment("ada", case).id, position),)

    return story


_LIFTS_NONE = nothing_by("Cleo", "it lifts nothing, for what it names suspends nothing")
LIFT = {
    "lifts": Row(lifts, PASSED, "Signed by Cleo, and it counts in its use case."),
    "lifts one of two": Row(lifts_something, PASSED, "Signed by Cleo, and it counts in its use case."),
    "an approval": Row(lifts_the(lambda site, case: site.cio(case)), FAILED, _LIFTS_NONE),
    "a decline of what nobody decided": Row(
        lifts_the(lambda site, case: site.cio(case, position=Position.DECLINE)), FAILED, _LIFTS_NONE
    ),
    "the revision": Row(lifts_the(lambda site, case: site.acts[case]), FAILED, _LIFTS_NONE),
    "a seal": Row(lifts_the(sealed), FAILED, _LIFTS_NONE),
    "a suspension that does not count": Row(lifts_the(suspended_by_nobody), FAILED, _LIFTS_NONE),
    "what is absent": Row(lifts_what_is_absent, OPEN, "It waits: something it names is not here yet ({0})."),
    "of no office": Row(lifted_by_nobody, FAILED, nothing_by("Eve", "its signer does not hold the role this needs")),
}
_NO_REVISION = nothing_by("Dan", "it is about something that is not a revision")
OPINION = {
    f"{position.value} of a comment": Row(about_no_revision(position), FAILED, _NO_REVISION) for position in Position
}
