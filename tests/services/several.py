"""Use cases that the CISO has signed and the CIO may sign together, or not, over real registers."""

from __future__ import annotations

from intake.domain.acts.kinds import Office
from intake.domain.case.together import look_of
from intake.services.deciding import looks, several
from intake.services.deciding.several import SheetOfSeveral
from intake.services.filing import filing
from tests.filled import filled
from tests.people import person
from tests.services.offices import Offices, fill
from tests.services.stages import stage


@stage
def three_signed(offices: Offices) -> tuple[str, str, str]:
    """Three use cases of the lowest tier that the CISO has signed, known to the CIO, who has opened none."""
    cases = offices.file(), offices.file(), offices.file()
    offices.travel("ada", "dan", "cleo")
    for case in cases:
        offices.decide("dan", case)
    offices.travel("dan", "cleo")
    return cases


def opened(offices: Offices, *cases: str) -> None:
    """The CIO has opened these."""
    cleo = offices.installations["cleo"]
    for case in cases:
        looks.keep(cleo, "cleo", case, look_of(cleo.state(case), Office.CIO, "cleo"))


def sorted_out(offices: Offices, *cases: str) -> SheetOfSeveral:
    return several.sort_out(offices.installations["cleo"], "cleo", person("cleo").key.fingerprint, cases)


def codes(sheet: SheetOfSeveral) -> dict[str, str]:
    """Why each that is not signed is not."""
    return {item.case: item.reason.code for item in sheet.apart}


def file_risky(offices: Offices, influence: str = "decides") -> str:
    """A use case, filed: of the tier high where it decides, and limited where it "steers"."""
    ada = offices.installations["ada"]
    draft = filing.start(ada, "ada")
    fill(ada, draft, filled(ada.shelf.current, {"people.influence": influence}))
    return filing.file(ada, offices.signer("ada"), draft).case
