"""What changed since an office's own last look: what others sign in its name is no look of its."""

from __future__ import annotations

import pytest

from intake.domain.acts.kinds import OPINION, Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.playbook.questions import QuestionRole
from intake.services.deciding import reviewing
from intake.services.filing import filing
from intake.services.installation.act_writer import ActWriter
from tests.services.offices import Offices


@pytest.mark.attack(
    "an opinion in an office's name, to hide what changed since its look", refusal="IGNORED, all is shown"
)
def test_an_opinion_that_counts_for_nothing_hides_no_change(offices: Offices) -> None:
    ada, dan = offices.installations["ada"], offices.installations["dan"]
    case = offices.file()
    offices.travel("ada", "dan")
    offices.decide("dan", case, Position.CHANGES, reason="Fewer users.")
    offices.travel("dan", "ada")
    draft = filing.start(ada, "ada", case=case)
    filing.put(ada, draft, ada.shelf.current.role(QuestionRole.PURPOSE), "Something else: rank applicants.")
    filing.file(ada, offices.signer("ada"), draft)
    current = ada.state(case).current
    assert current is not None
    writer = ActWriter(ada, offices.signer("ada"))
    body = OpinionBody(
        current.id, Office.CISO, Position.CHANGES, None, current.body.playbook, "", "", None, "", (), "x"
    )
    writer.write(OPINION, body, case=case)
    writer.store()
    offices.travel("ada", "dan")

    view = reviewing.look(dan, case, "dan")

    assert view.changed_since == 1
    assert [item.id for item in view.changes] == [ada.shelf.current.role(QuestionRole.PURPOSE)]
