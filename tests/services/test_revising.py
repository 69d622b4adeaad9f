"""What the owner is told before filing again: which remarks are open, at which question, and what would differ."""

from __future__ import annotations

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.services.deciding import deciding, remarks
from intake.services.filing import filing
from intake.services.filing.revising import revising
from tests.services.offices import Offices
from tests.services.stages import filed_with_both, filed_with_ciso


def test_a_fresh_revision_has_no_remarks(offices: Offices) -> None:
    case = offices.file()

    found = revising(offices.installations["ada"], case)

    assert (found.number, found.remarks) == (1, ())


def test_requested_changes_and_comments_stand_where_they_belong(offices: Offices) -> None:
    case = filed_with_both(offices)
    deciding.comment(offices.installations["dan"], offices.signer("dan"), case, "Which logs?", about="security.logs")
    offices.decide("dan", case, Position.CHANGES, reason="Say who may read the notes.")
    offices.travel("dan", "ada")

    found = revising(offices.installations["ada"], case)

    assert [(item.question, item.office, item.person, item.text, item.asks) for item in found.remarks] == [
        ("security.logs", Office.CISO, "Dan", "Which logs?", False),
        ("", Office.CISO, "Dan", "Say who may read the notes.", True),
    ]
    assert found.about("security.logs") == found.remarks[:1]


def test_what_the_owner_says_is_no_remark(offices: Offices) -> None:
    case = offices.file()
    deciding.comment(offices.installations["ada"], offices.signer("ada"), case, "More to come.")

    assert revising(offices.installations["ada"], case).remarks == ()


def test_a_remark_stays_open_under_the_next_revision_until_it_is_resolved(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    deciding.comment(offices.installations["dan"], offices.signer("dan"), case, "Which logs?", about="security.logs")
    offices.travel("dan", "ada")
    offices.file(case=case)
    offices.travel("ada", "dan")
    deciding.comment(offices.installations["dan"], offices.signer("dan"), case, "Thank you.")
    offices.travel("dan", "ada")

    found = revising(offices.installations["ada"], case)

    assert found.number == 2
    assert [(item.text, item.number) for item in found.remarks] == [("Which logs?", 1), ("Thank you.", 2)]

    remarks.resolve(offices.installations["ada"], offices.signer("ada"), case, found.remarks[0].act)
    assert [item.text for item in revising(offices.installations["ada"], case).remarks] == ["Thank you."]
    # The reason of “request changes” is another matter: filing again answers it.


def test_an_answer_of_the_owner_leaves_a_remark_where_it_belongs(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", "dan")
    remark = deciding.comment(
        offices.installations["dan"], offices.signer("dan"), case, "Which logs?", about="security.logs"
    ).act.id
    offices.travel("dan", "ada")
    deciding.comment(offices.installations["ada"], offices.signer("ada"), case, "Those of the gateway.", about=remark)

    found = revising(offices.installations["ada"], case)

    assert [(item.question, item.text) for item in found.remarks] == [("security.logs", "Which logs?")]


def test_a_remark_that_crossed_the_new_revision_on_its_way_stays_open(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    deciding.comment(offices.installations["dan"], offices.signer("dan"), case, "Which logs?", about="security.logs")
    offices.file(case=case)
    offices.travel("dan", "ada")

    assert [item.text for item in revising(offices.installations["ada"], case).remarks] == ["Which logs?"]


def test_only_sections_with_another_answer_or_a_remark_are_touched(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    installation = offices.installations["ada"]
    section = installation.shelf.current.sections[-1]
    about = section.questions[0].id
    deciding.comment(offices.installations["dan"], offices.signer("dan"), case, "Say more.", about=about)
    offices.travel("dan", "ada")
    draft = filing.start(installation, "ada", case=case)
    title = next(name for role, name in installation.shelf.current.roles if role.value == "title")
    filing.put(installation, draft, title, "Another title altogether")

    guide = filing.view(installation, draft).guide
    found = revising(installation, case)

    changes = found.changes(guide)
    assert [(item.id, item.after) for item in changes] == [(title, "Another title altogether")]
    touched = [item.id for item in guide.playbook.all_sections if found.touched(guide, item)]
    assert touched == [title.split(".")[0], section.id]
