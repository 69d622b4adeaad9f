"""Where the pages of a record show an empty box for a character that no font here has, said before they are signed."""

from __future__ import annotations

from collections.abc import Iterator

from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.wording import Caption, enumerated
from intake.domain.case.filed import Revision
from intake.domain.case.fold import CaseState
from intake.domain.guide.asked import asked
from intake.domain.terms.terms import Terms
from intake.services.installation.installation import Installation
from intake.services.installation.unprinted import on_paper, places, unprinted

REASON = Caption("LineReason", "Reason")
_PLACEHOLDERS = Caption(
    "RecordPlaceholders",
    "the pages show an empty box for characters that cannot be drawn here, in: {where}; what is signed holds them exactly",
)
_CONDITIONS = Caption("RecordInConditions", "Conditions")
_WAIVERS = Caption("RecordInWaivers", "Reasons for what is waived")
_NAMES = Caption("RecordInNames", "Names of people")
_ORGANISATION = Caption("RecordInOrganisation", "Name of the organisation")


def boxes_on_pages(
    installation: Installation,
    state: CaseState,
    revision: Revision,
    person: str,
    reason: str,
    given: Terms | None = None,
) -> Reason | None:
    """What to say of the pages of a record that ``person`` is about to sign; None when they show everything.

    Raises what ``installation.case_file`` raises: a revision that is not assessed here is not printed either.
    """
    case_file = installation.case_file(state, revision, given)
    shown = asked(case_file.playbook, case_file.answers).shown
    where: list[Fact] = [item.question.label for item in unprinted(installation.printer, shown, case_file.answers)]
    where += places(installation.printer, _beside_answers(installation, revision, person, reason, given))
    return _PLACEHOLDERS(where=enumerated(where)) if where else None


def boxes_of_reason(installation: Installation, reason: str) -> Reason | None:
    """The same of a reason that is signed without pages, and may be printed one day."""
    return on_paper(installation.printer, [(REASON(), reason)])


def _beside_answers(
    installation: Installation, revision: Revision, person: str, reason: str, given: Terms | None
) -> Iterator[tuple[Fact, str]]:
    """What the pages show beside the answers, each with what its place is called."""
    name = installation.rosters.name
    yield REASON(), reason
    for limit, value in given.boundaries.items if given else ():
        yield limit.named, "".join(value) if isinstance(value, frozenset) else str(value)
    for condition in given.conditions if given else ():
        yield _CONDITIONS(), f"{condition.text}{name(condition.owner)}"
    for waiver in given.waivers if given else ():
        yield _WAIVERS(), waiver.reason
    yield _NAMES(), f"{name(person)}{name(revision.body.owner)}"
    newest = installation.rosters.newest
    yield _ORGANISATION(), newest.organisation if newest else ""
