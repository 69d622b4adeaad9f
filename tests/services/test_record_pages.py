"""What the pages of a record say beyond its terms: why each office agreed, and what was said before."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.case.phases import RecordState
from intake.domain.organisation.paper import PAPER_RULE, Paper
from intake.domain.organisation.roster import People
from intake.records.content import Paragraph, PrintedTable, RecordContent
from intake.records.editions.e1 import history
from intake.records.editions.e1.edition import E1
from intake.services.deciding import deciding, recording
from intake.services.filing import answers_copy
from intake.services.installation.installation import Installation
from intake.services.lists import paper_list
from intake.services.lists.table_file import ListedCases
from intake.services.organisation import paper, people
from intake.services.proving import verifying
from tests.records.pages_read import ReadRecord
from tests.services.offices import Offices
from tests.services.stages import filed_with_both

pytestmark = pytest.mark.exhaustive

CHANGES = "Removing mail without anybody looking is too much for a pilot."
WHY = {"dan": "Prompts stay with us.", "cleo": "It saves three days a week."}


def revised(offices: Offices) -> str:
    """The CISO asks for changes, and Ada files again."""
    case = filed_with_both(offices)
    offices.decide("dan", case, Position.CHANGES, reason=CHANGES)
    offices.travel("dan", "ada", "cleo")
    offices.file("ada", case)
    offices.travel("ada", "dan", "cleo", "bob")
    return case


def content(installation: Installation, offices: Offices, case: str) -> RecordContent:
    state, terms = installation.state(case), offices.terms("dan", case)
    assert state.current is not None
    return E1.decision(installation.case_file(state, state.current, terms), terms)


def told(printed: RecordContent) -> list[tuple[str, ...]]:
    """The rows of its history."""
    (section,) = [part for part in printed.sections if part.title == "History of opinions"]
    return [row for block in section.blocks if isinstance(block, PrintedTable) for row in block.rows]


def test_both_reasons_stand_on_the_first_page_of_a_record_that_holds(offices: Offices) -> None:
    case = filed_with_both(offices)
    offices.travel("ada", "bob")
    given = offices.terms("dan", case)
    offices.decide("dan", case, given=given, reason=WHY["dan"])
    offices.travel("dan", "cleo")
    offices.decide("cleo", case, given=given, reason=WHY["cleo"])
    offices.travel("cleo", "bob")
    bob = offices.installations["bob"]
    decision = bob.state(case).decision
    assert decision is not None
    assert decision.record is not None
    pdf = bob.register.queries.blob(decision.record.sha256)
    assert pdf is not None

    verdict = verifying.verify(bob, pdf)

    assert all(reason in ReadRecord(pdf).texts[0] for reason in WHY.values())
    assert verdict.passed
    assert verdict.unchecked == ()


def test_who_completes_a_record_shows_the_reason_of_the_own_opinion(offices: Offices) -> None:
    case = filed_with_both(offices)
    given = offices.terms("dan", case)
    for name, reason in WHY.items():
        offices.decide(name, case, given=given, reason=reason)
    offices.travel("dan", "cleo")
    offices.travel("cleo", "dan")
    decision = offices.installations["dan"].state(case).decision
    assert decision is not None
    assert decision.record_state is RecordState.OPEN
    (name,) = [name for name in WHY if offices.installations[name].state(case).completes(name)]
    installation = offices.installations[name]

    record = recording.complete(installation, offices.signer(name), case)

    pdf = installation.register.queries.blob(record.sha256)
    assert pdf is not None
    assert all(reason in ReadRecord(pdf).texts[0] for reason in WHY.values())
    assert verifying.verify(installation, pdf).unchecked == ()


def test_what_was_said_before_is_told_and_is_the_same_for_both(offices: Offices) -> None:
    case = revised(offices)
    dan, cleo = offices.installations["dan"], offices.installations["cleo"]

    rows = told(content(dan, offices, case))

    assert [row[1:] for row in rows] == [
        ("Ada, owner’s side", "Filed revision 1, for the stage “pilot”", ""),
        ("Dan, CISO", "Asked for changes", CHANGES),
    ]
    assert told(content(cleo, offices, case)) == rows


def test_what_is_said_afterwards_changes_no_page(offices: Offices) -> None:
    """Else the second office could not make what the first one signed."""
    case = revised(offices)
    dan = offices.installations["dan"]
    before = content(dan, offices, case)

    deciding.comment(dan, offices.signer("dan"), case, "Any news?")
    offices.decide("dan", case, Position.CHANGES, reason="Not yet.")

    assert content(dan, offices, case) == before


def test_nobody_speaks_for_an_office_in_the_history_who_did_not_hold_it(offices: Offices) -> None:
    case = revised(offices)
    dan = offices.installations["dan"]
    state, terms = dan.state(case), offices.terms("dan", case)
    assert state.current is not None
    # As if Ada, or a key that is not Dan’s, had signed in the name of the CISO.
    for changed in ({"person": "ada", "signer": offices.signer("ada").key.fingerprint}, {"signer": "0" * 64}):
        events = tuple(
            replace(event, act=replace(event.act, **changed)) if isinstance(event.body, OpinionBody) else event
            for event in state.events
        )
        made = E1.decision(dan.case_file(replace(state, events=events), state.current, terms), terms)

        assert [row[2] for row in told(made)] == ["Filed revision 1, for the stage “pilot”"]


@pytest.mark.attack("the officer of another unit in the history of a record", refusal="no row")
@pytest.mark.parametrize(("scope", "rows"), [("", 2), ("Another unit", 1), ("the case", 2), ("the unit", 2)])
def test_nobody_speaks_in_the_history_for_the_office_of_another_unit(offices: Offices, scope: str, rows: int) -> None:
    case = revised(offices)
    dan = offices.installations["dan"]
    state, terms = dan.state(case), offices.terms("dan", case)
    assert state.current is not None
    named = {"the case": case, "the unit": state.current.body.unit}.get(scope, scope)
    file = dan.case_file(state, state.current, terms)
    chain = {}
    for name, listed in file.rosters.chain.items():
        listing = [
            replace(item, grants=tuple(replace(grant, scope=named) for grant in item.grants))
            if item.id == "dan"
            else item
            for item in listed.roster.people
        ]
        chain[name] = replace(listed, roster=replace(listed.roster, people=People(listing)))

    made = E1.decision(replace(file, rosters=replace(file.rosters, chain=chain)), terms)

    assert len(told(made)) == rows


def test_a_first_revision_says_that_nothing_was_said_before(offices: Offices) -> None:
    case = filed_with_both(offices)
    (section,) = [
        part
        for part in content(offices.installations["dan"], offices, case).sections
        if part.title == "History of opinions"
    ]

    assert section.blocks == (
        Paragraph(f"This is the first revision; nothing was said before it. {history.AFTERWARDS}"),
    )


def test_of_a_long_history_the_newest_entries_are_printed_and_counted(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = revised(offices)
    monkeypatch.setattr(history, "MOST", 1)
    monkeypatch.setattr(history, "REASON", 20)
    printed = content(offices.installations["dan"], offices, case)

    assert [row[3] for row in told(printed)] == [f"{CHANGES[:20].rstrip()} … (in full in the signed act)"]
    assert Paragraph("The newest 1 of 2 entries; the signed acts hold them all.") in printed.sections[-1].blocks


@pytest.mark.parametrize(("rule", "wanted"), [("letter", Paper.LETTER), ("a4", Paper.A4), ("foolscap", Paper.A4)])
def test_the_paper_is_the_one_of_the_organisation(offices: Offices, rule: str, wanted: Paper) -> None:
    case = filed_with_both(offices)
    dan = offices.installations["dan"]
    state, terms = dan.state(case), offices.terms("dan", case)
    assert state.current is not None
    made = dan.case_file(state, state.current, terms)
    listed = dan.rosters.chain[made.act.roster]
    chain = {
        **dan.rosters.chain,
        made.act.roster: replace(listed, roster=replace(listed.roster, policy={PAPER_RULE: rule})),
    }

    printed = E1.decision(replace(made, rosters=replace(dan.rosters, chain=chain)), terms)

    assert printed.paper is wanted
    assert content(dan, offices, case).paper is Paper.A4


def test_what_is_filed_under_a_roster_is_printed_on_its_paper_and_what_nobody_signs_on_that_of_the_newest(
    offices: Offices,
) -> None:
    before = filed_with_both(offices)
    bob = offices.installations["bob"]
    change = paper.choose(bob, offices.signer("bob"), Paper.LETTER)
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", "ada", "bob", "cleo", "dan")
    after = offices.file()
    offices.travel("ada", "dan")
    ada, dan = offices.installations["ada"], offices.installations["dan"]
    current = ada.state(before).current
    assert current is not None

    prints = {case: deciding.prepare(dan, "dan", case, Position.DECLINE, reason="No.").pdf for case in (before, after)}

    assert paper.in_force(dan) is Paper.LETTER
    assert size(prints[before]) == (595, 842)
    assert size(prints[after]) == (612, 792)
    assert size(answers_copy.of_revision(ada, before, current.id)) == (612, 792)
    listed = paper_list.pages_of(ada, ListedCases(), "Use cases", {}, lambda tier, phase: (tier, phase))
    assert size(listed) == (612, 792)


def size(pdf: bytes) -> tuple[int, int]:
    """Of the first page, in whole points."""
    document = pypdfium2.PdfDocument(pdf)
    width, height = document.get_page_size(0)
    document.close()
    return round(width), round(height)
