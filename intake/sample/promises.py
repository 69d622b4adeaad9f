"""What follows a decision in the sample: what was promised is reported and confirmed, and a use ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from intake.domain.acts.kinds import Office
from intake.sample.content import SampleStep
from intake.services.filing import committing, retiring
from intake.services.installation.installation import Installation, PersonWithKey

LEFT = {
    "data": "What it proposed was deleted; what archivists wrote stays.",
    "access": "The accounts were closed.",
    "model": "",
    "contract": "It ends with the year.",
}
"""What becomes of what a retired use of the sample leaves behind, as its owner writes it."""


def keep(
    installation: Installation,
    signers: Mapping[str, PersonWithKey],
    officer: Callable[[str], PersonWithKey],
    case: str,
    step: SampleStep,
) -> None:
    """One step of a story: everybody reports what the terms in force ask of them, what they reported is confirmed, or the owner
    retires the use.

    ``signers`` are people by id, ``officer`` gives who holds an office. Raises KeyError for any other step.
    """
    match step.do:
        case "report":
            _report(installation, signers, case, step.text)
        case "confirm":
            _confirm(installation, officer, case)
        case "retire":
            retiring.retire(installation, signers[step.by], case, step.text, LEFT)
        case _:
            raise KeyError(step.do)


def _report(installation: Installation, signers: Mapping[str, PersonWithKey], case: str, text: str) -> None:
    for item in installation.state(case).commitments:
        if item.waits_for_report:
            committing.report(installation, signers[item.commitment.owner], case, item.commitment.id, text)


def _confirm(installation: Installation, officer: Callable[[str], PersonWithKey], case: str) -> None:
    """The office that asked; of what either may confirm, the CIO."""
    for item in installation.state(case).commitments:
        if item.reports:
            committing.confirm(
                installation, officer((item.commitment.office or Office.CIO).value), case, item.commitment.id
            )
