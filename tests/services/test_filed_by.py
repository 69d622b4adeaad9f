"""A record says beside the accountable owner who filed: the two may be different people."""

from __future__ import annotations

from dataclasses import replace

from intake.records import preview
from intake.records.case_file import CaseFile
from intake.records.content import KeyValues
from intake.records.editions.e1 import composing
from tests.services.offices import Offices


def test_a_record_names_who_filed_beside_the_owner(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", "dan")
    dan = offices.installations["dan"]
    state = dan.state(case)
    assert state.current is not None
    made: CaseFile = dan.case_file(state, state.current)
    # As if Ada had named Bob.
    revision = replace(made.revision, body=replace(made.revision.body, owner="bob"))

    content = composing.withdrawn(replace(made, revision=revision), "Not needed.")

    (said,) = [dict(block.rows) for block in content.summary if isinstance(block, KeyValues)]
    assert (said["Accountable owner"], said["Filed by"]) == ("Bob", "Ada on 2026-11-22, as revision 1")


def test_the_pages_say_it(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", "dan")
    offices.decide("dan", case)
    dan = offices.installations["dan"]
    data = next(
        found
        for event in dan.state(case).events
        for file in (getattr(event.body, "record", None),)
        if file and (found := dan.register.queries.blob(file.sha256))
    )

    text = " ".join("\n".join(preview.text(data, 0, 1)).split())

    assert "Accountable owner Ada Filed by Ada" in text
