"""Two desks of one owner who files on both without exchanging: what makes two revisions compete."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass

from intake.domain.acts.envelope import Attachment
from intake.domain.base.canonical import sha256
from intake.domain.playbook.answers import Answer, Value
from intake.services.filing import filing
from intake.services.installation.installation import Installation
from tests.services.offices import Offices

DESK = "ada-at-home"
"""The second desk of Ada: the same key in another installation."""

PROBLEM = "purpose.problem"
PERSONAL = "data.personal"
"""A choice that asks more where it is not “none”: ``DPIA`` and a reference."""
DPIA = "data.dpia"
REFERENCE = "data.dpia_ref"
ONE = "Minutes take two hours after each meeting, eleven meetings a week, in all four teams."
OTHER = "Nobody reads the minutes that are written now, and two teams have stopped writing any."


@dataclass(frozen=True, slots=True)
class Competing:
    """``first`` is revision 1; ``here`` and ``there`` are both revision 2, filed apart; ``there`` a few minutes later."""

    case: str
    first: str
    here: str
    there: str


def second_desk(offices: Offices) -> Installation:
    """Ada’s second desk, as it was when the organisation was founded; made before the first one is used."""
    shutil.copytree(offices.root / "ada", offices.root / DESK)
    offices.installations[DESK] = offices.opened(DESK)
    return offices.installations[DESK]


def filed(installation: Installation, offices: Offices, case: str, given: Mapping[str, Value | None]) -> str:
    """File again with these answers instead; None takes one away. Gives the revision."""
    draft = filing.start(installation, "ada", case=case)
    filing.put_all(installation, draft, {name: Answer(value) for name, value in given.items() if value is not None})
    for name in (name for name, value in given.items() if value is None):
        filing.put(installation, draft, name, None)
    return filing.file(installation, offices.signer("ada"), draft).revision


def compete(
    offices: Offices,
    here: Mapping[str, Value | None],
    there: Mapping[str, Value | None],
) -> Competing:
    """A case of Ada with two revisions that were filed apart, both known at both desks; nothing of it went to the others."""
    second_desk(offices)
    case = offices.file()
    offices.travel("ada", DESK)
    first = offices.installations["ada"].state(case).heads[0]
    one = filed(offices.installations["ada"], offices, case, here)
    other = filed(offices.installations[DESK], offices, case, there)
    offices.travel(DESK, "ada")
    offices.travel("ada", DESK)
    return Competing(case, first, one, other)


def evidence(name: str, data: bytes) -> Attachment:
    return Attachment(sha256(data), len(data), "text/plain", name)
