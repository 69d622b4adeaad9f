"""Answers that name more than a boundary holds are neither filed nor approved, no matter who files them."""

from __future__ import annotations

from functools import cache

import pytest

import resources
from intake.domain.assessment.assessment import Assessment
from intake.domain.assessment.proposal import BoundaryOverfull
from intake.domain.playbook.reading.overlay import overlaid
from intake.domain.playbook.whole import Playbook
from intake.services.deciding.reviewing import Action
from intake.services.filing import filing
from intake.services.installation.playbook_files import core_files
from tests.core import CORE
from tests.filled import filled
from tests.services.offices import Offices, fill
from tests.services.test_playbooks import accept, choices

META = f'extends = "{CORE.id}"\nid = "house"\nversion = "1"\ntitle = "Our house"\norder = ["house"]\n'
HOUSE = """
id = "house"
title = "Our house"
intro = "What we need to know besides."

[[pages]]
id = "house.page"
title = "At our house"

[[pages.questions]]
id = "house.{one}"
label = "Systems of ours"
text = "Which of our own systems may it use?"
why = "They are reached as well."
kind = "list of texts"
sources = ["iso-42005: 6.6"]
required = false
most = 60
item_most = 20
boundary = "system_integration.systems"

[[pages.questions]]
id = "house.{two}"
label = "Systems of others"
text = "Which systems of others may it use?"
why = "They are reached as well."
kind = "list of texts"
sources = ["iso-42005: 6.6"]
required = false
most = 60
item_most = 20
boundary = "system_integration.systems"
"""


@cache
def house() -> Playbook:
    files = {"meta.toml": META.encode(), "house.toml": HOUSE.format(one="ours", two="theirs").encode()}
    return overlaid(core_files(resources.read, resources.names), files)


def begun(offices: Offices, count: int) -> str:
    """A draft of Ada's, whole but for the systems: 60 of ours, and ``count`` of others."""
    ada = offices.installations["ada"]
    draft = filing.start(ada, "ada")
    ours, theirs = (
        tuple(f"{name} {number:02}" for number in range(many)) for name, many in (("ours", 60), ("theirs", count))
    )
    fill(ada, draft, filled(house(), {"house.ours": ours, "house.theirs": theirs}))
    filing.put(ada, draft, "house.ours", ours)
    filing.put(ada, draft, "house.theirs", theirs)
    return draft


@pytest.mark.exhaustive
def test_what_names_more_than_a_boundary_holds_is_refused_before_it_is_signed(offices: Offices) -> None:
    accept(offices, house())
    ada = offices.installations["ada"]
    draft = begun(offices, 1)

    with pytest.raises(BoundaryOverfull) as refused:
        filing.require_filing(ada, "ada", draft)
    with pytest.raises(BoundaryOverfull):
        filing.file(ada, offices.signer("ada"), draft)

    assert refused.value.next_step.endswith("It is about: Systems of ours, Systems of others")
    filing.put(ada, draft, "house.theirs", ())
    assert filing.file(ada, offices.signer("ada"), draft).case


@pytest.mark.attack(
    "answers that name more than a boundary holds, filed by a patched client", refusal="BoundaryOverfull"
)
def test_what_a_patched_client_files_is_not_approved(offices: Offices) -> None:
    accept(offices, house())
    ada, dan = offices.installations["ada"], offices.installations["dan"]
    draft = begun(offices, 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Assessment, "overfull", lambda *_: None)
        case = filing.file(ada, offices.signer("ada"), draft).case
    offices.travel("ada", "dan")

    blocked = choices(dan, case, "dan")

    assert blocked[Action.APPROVE].startswith("Together the answers name more than the boundary")
    assert blocked[Action.PROPOSE] == blocked[Action.APPROVE]
    assert blocked[Action.DECLINE] == blocked[Action.CHANGES] == ""
