"""A patched owner files what no guide files: the offices are told, and nothing of it is ever decided.

Every revision here is signed with the owner's own key, so that only the rule about what was filed can meet it.
"""

from __future__ import annotations

from functools import cache

import pytest

from intake.domain.acts.envelope import Act, Attachment
from intake.domain.acts.kinds import KINDS
from intake.domain.acts.kinds.opinion import Position
from intake.domain.assessment.assessment import assess
from intake.domain.assessment.engines import FiledOtherwise
from intake.domain.base.wording import said, words
from intake.domain.case.judge import Force
from intake.domain.case.one_page import RowTopic
from intake.domain.case.phases import Phase
from intake.domain.playbook.answers import Answer, Answers
from intake.domain.playbook.questions import Question, QuestionKind, QuestionRole
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.terms import Stage
from intake.domain.terms.tier import Tier
from intake.register.views.projector import NoteSort
from intake.services.deciding import deciding, reviewing
from intake.services.deciding.reviewing import Action
from intake.services.filing import filing
from intake.services.proving.act_standing import Worth, standing
from intake.services.proving.anchors import anchor_of_acts, anchor_of_register
from intake.trust.acts import verify_act
from tests.core import CORE
from tests.filled import filled
from tests.services import patched
from tests.services.offices import Offices, fill

INVENTED = Attachment("ab" * 32, 123456, "application/pdf", "Penetration test, passed.pdf")


@cache
def prohibited() -> tuple[Question, Answers, Answers]:
    """A question with the answers that make a use case prohibited, and with the label in the place of the option."""
    base = filled(CORE).filed()
    for question in CORE.questions:
        if question.id not in base or question.kind not in (QuestionKind.CHOICE, QuestionKind.CHOICES):
            continue
        several = question.kind is QuestionKind.CHOICES
        for option in question.options:
            honest = base.given(question.id, Answer((option.id,) if several else option.id))
            if tier(CORE, honest) is Tier.PROHIBITED:
                return question, honest, base.given(question.id, Answer((option.label,) if several else option.label))
    raise AssertionError("nothing is prohibited")


def names_of(acts: list[Act]) -> set[str]:
    return {name for act in acts for name in KINDS.files(act, KINDS.read(act))}


def tier(playbook: Playbook, answers: Answers) -> Tier:
    return assess(playbook, answers).tier


def refused(offices: Offices, case: str, name: str = "cleo") -> str:
    """What the approval of an honest office meets, at the button and again before it signs."""
    offices.travel("ada", "cleo", "dan")
    installation = offices.installations[name]
    view = reviewing.look(installation, case, name)
    choices = {item.action: item for item in view.choices}
    assert not choices[Action.CHANGES].blocked
    assert not choices[Action.DECLINE].blocked
    with pytest.raises(FiledOtherwise) as found:
        deciding.prepare(installation, name, case, Position.APPROVE, given=view.proposal)
    assert choices[Action.APPROVE].blocked == choices[Action.PROPOSE].blocked == words(found.value.whole)
    assert found.value.next == "Ask for changes, so that the owner files it again."
    return words(installation.state(case).unfiled)


@pytest.mark.attack(
    "a prohibited practice filed by the label of its answer",
    refusal="FiledOtherwise: the answer is missing or cannot be used",
)
def test_a_prohibited_practice_by_its_label_is_not_approved_as_minimal_risk(offices: Offices) -> None:
    question, honest, lie = prohibited()
    assert (tier(CORE, honest), tier(CORE, lie)) == (Tier.PROHIBITED, Tier.MINIMAL)

    case = patched.file(offices, lie)

    assert refused(offices, case) == f"the answer to “{question.label}” is missing or cannot be used"
    cleo = offices.installations["cleo"]
    rows = {row.key: said(row.value) for row in reviewing.look(cleo, case, "cleo").rows if row.topic is RowTopic.RISK}
    assert rows["tier"] == (
        f"None, as this revision cannot be approved: the answer to “{question.label}” is missing or cannot be used"
    )
    row = cleo.register.queries.row(case)
    assert row is not None
    assert row.tier == "", "no list calls it harmless"


@pytest.mark.attack(
    "a prohibited practice filed by the label of its answer", refusal="IGNORED, for what was filed, with both approvals"
)
def test_two_patched_offices_decide_nothing_on_it_either(offices: Offices) -> None:
    _, _, lie = prohibited()
    case = patched.file(offices, lie)
    offices.travel("ada", "cleo", "dan")
    first = patched.approve(offices, "cleo", case)
    second = patched.approve(offices, "dan", case)
    for name in ("cleo", "dan"):
        offices.travel(name, *offices.installations)

    for installation in offices.installations.values():
        state = installation.state(case)
        assert (state.phase, state.decision, state.in_force) == (Phase.REVIEW, None, None)
        for act in (first, second):
            judgement = state.event(act).judgement
            assert judgement.force is Force.IGNORED
            assert words(judgement.reason).startswith("no guide files what it approves: the answer to “")
        assert installation.register.rebuild(check=True).identical
    bob = offices.installations["bob"]
    opinion = bob.state(case).event(first).act
    assert standing(opinion, anchor_of_register(bob)).worth is Worth.NOTHING
    verified = [verify_act(blob).act for _, _, blob in bob.register.queries.every_act()]
    files = {name: data for name in names_of(verified) if (data := bob.register.queries.blob(name)) is not None}
    assert CORE.digest in files
    told = anchor_of_acts(bob.register.org, verified, files)
    assert standing(opinion, told).worth is Worth.NOTHING, "also to who has nothing but the acts and their files"


@pytest.mark.attack("a pilot filed with the answers of an idea", refusal="FiledOtherwise: the stage it names")
def test_a_pilot_with_the_answers_of_an_idea_is_not_approved(offices: Offices) -> None:
    idea = filled(CORE, {CORE.role(QuestionRole.STAGE): "idea"}).filed()

    case = patched.file(offices, idea, stage=Stage.PILOT)

    assert refused(offices, case) == "the stage it names is “pilot”, and its answers say “idea”"


@pytest.mark.attack("a pilot filed with one single answer", refusal="FiledOtherwise: the answers that are missing")
def test_a_pilot_with_one_single_answer_is_not_approved(offices: Offices) -> None:
    only = Answers({CORE.role(QuestionRole.STAGE): Answer("pilot")})

    case = patched.file(offices, only)

    assert "answers are missing or cannot be used, the first of them the answer to “" in refused(offices, case)


@pytest.mark.attack("a title or a unit beside the answers", refusal="FiledOtherwise: the unit it names")
@pytest.mark.parametrize("field", ["title", "unit"])
def test_a_title_or_unit_that_the_answers_do_not_say_is_not_approved(offices: Offices, field: str) -> None:
    case = patched.file(offices, filled(CORE).filed(), **{field: "Something harmless"})

    assert refused(offices, case).startswith(f"the {field} it names is “Something harmless”, and its answers say “")


@pytest.mark.attack("evidence that is attached nowhere", refusal="FiledOtherwise: answers and files do not agree")
def test_evidence_that_is_attached_nowhere_is_not_approved(offices: Offices) -> None:
    answers = filled(CORE).filed()
    shown = filled(CORE).known.shown
    question = next(item for item in shown if item.kind is QuestionKind.FILES)

    case = patched.file(offices, answers.given(question.id, Answer((INVENTED,))))

    assert refused(offices, case) == (
        "its answers and its attached files do not agree, beginning with “Penetration test, passed.pdf”"
    )


@pytest.mark.attack("evidence under another name than it was attached by", refusal="FiledOtherwise: answers and files")
def test_evidence_by_another_name_is_not_approved(offices: Offices) -> None:
    guide = filled(CORE)
    question = next(item for item in guide.known.shown if item.kind is QuestionKind.FILES)
    named = Attachment(patched.sha256(patched.EVIDENCE), len(patched.EVIDENCE), "text/plain", "Passed.txt")
    attached = Attachment(named.sha256, named.size, named.media_type, "Draft of a test.txt")
    answers = guide.filed().given(question.id, Answer((named,)))

    case = patched.file(offices, answers, attachments=(attached,))

    assert refused(offices, case).startswith("its answers and its attached files do not agree, beginning with “")


@pytest.mark.attack("a use case filed in the name of somebody without a key", refusal="FiledOtherwise: whom it names")
def test_a_use_case_of_nobody_is_not_approved(offices: Offices) -> None:
    case = patched.file(offices, filled(CORE).filed(), owner="nobody-here")

    assert refused(offices, case) == "its roster lists no key of “nobody-here”, whom it names as owner"


@pytest.mark.attack("a use case given to somebody else by its submitter", refusal="FiledOtherwise: whom it names")
def test_a_use_case_given_to_another_is_not_approved_and_the_program_files_it_again_for_its_owner(
    offices: Offices,
) -> None:
    case = offices.file()
    patched.file(offices, filled(CORE).filed(), case=case, owner="finn")
    assert refused(offices, case) == (
        "it names “finn” as owner, but the use case belongs to “ada”, and no roster makes “finn” the successor"
    )

    ada = offices.installations["ada"]
    filing.file(ada, offices.signer("ada"), filing.start(ada, "ada", case=case))

    state = ada.state(case)
    assert state.current is not None
    assert (state.unfiled, state.current.body.owner) == (None, "ada")


@pytest.mark.attack(
    "a use case filed in the name of somebody who signed nothing", refusal="the sheet names who filed it"
)
def test_the_sheet_says_who_filed_in_whose_name(offices: Offices) -> None:
    assert case_rows(offices, "bob") == {"filed": "Ada, in the name of Bob, who did not sign it"}
    assert case_rows(offices, "ada") == {}


@pytest.mark.attack(
    "an office holder barred by a use case filed in their name", refusal="the sheet says who cannot decide"
)
def test_the_sheet_says_who_cannot_decide_as_they_are_named_as_owner(offices: Offices) -> None:
    assert case_rows(offices, "cleo") == {
        "filed": "Ada, in the name of Cleo, who did not sign it",
        "barred": "Cleo (CIO), as this names them as the owner",
    }


def case_rows(offices: Offices, owner: str) -> dict[str, str]:
    """What the sheet of the CISO says of who filed a use case in the name of ``owner``."""
    case = patched.file(offices, filled(CORE).filed(), owner=owner)
    offices.travel("ada", "dan")
    given = offices.terms("dan", case)
    rows = deciding.prepare(offices.installations["dan"], "dan", case, Position.APPROVE, given=given).rows
    return {row.key: said(row.value) for row in rows if row.topic is RowTopic.CASE and row.key in ("filed", "barred")}


@pytest.mark.exhaustive
def test_the_owner_files_again_as_asked_and_the_case_goes_on(offices: Offices) -> None:
    case = patched.file(offices, prohibited()[2])
    offices.travel("ada", "cleo", "dan")

    asked = offices.decide("cleo", case, Position.CHANGES, reason="Answer what is asked.")

    assert asked.phase is Phase.CHANGES_REQUESTED
    offices.travel("cleo", "ada", "dan")
    ada = offices.installations["ada"]
    draft = filing.start(ada, "ada", case=case)
    fill(ada, draft, filled(CORE))
    filing.file(ada, offices.signer("ada"), draft)
    offices.travel("ada", "cleo", "dan")
    offices.decide("cleo", case)
    offices.travel("cleo", "dan")
    assert offices.decide("dan", case).phase is Phase.DECIDED


def test_a_decline_of_it_counts_at_once_and_prints_no_pages_that_would_call_it_harmless(offices: Offices) -> None:
    case = patched.file(offices, prohibited()[2])
    offices.travel("ada", "cleo", "dan")

    prepared = deciding.prepare(offices.installations["dan"], "dan", case, Position.DECLINE, reason="Forbidden.")
    given = deciding.give(offices.installations["dan"], offices.signer("dan"), prepared)

    assert (given.phase, prepared.base, prepared.assessment) == (Phase.DECLINED, b"", "")


@pytest.mark.attack("answers that cannot be read, so that no office can object", refusal="FiledOtherwise; declined")
def test_answers_that_nobody_can_read_are_looked_at_and_declined(offices: Offices) -> None:
    answers = filled(CORE).filed()
    marked = {**answers.as_json(), CORE.role(QuestionRole.UNIT): {"value": "Finance", "check": True}}

    case = patched.file(offices, answers, answers=marked)

    assert refused(offices, case) == "its answers cannot be read"
    assert offices.decide("dan", case, Position.DECLINE, reason="Nobody can read it.").phase is Phase.DECLINED


@pytest.mark.exhaustive
def test_what_was_decided_before_stays_and_the_later_revision_is_not_approved(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", "cleo", "dan")
    offices.decide("cleo", case)
    offices.travel("cleo", "dan")
    offices.decide("dan", case)
    offices.travel("dan", *offices.installations)
    before = offices.installations["ada"].state(case).in_force
    assert before is not None

    patched.file(offices, prohibited()[2], case=case)

    refused(offices, case)
    assert offices.installations["cleo"].state(case).in_force == before
    notes = offices.installations["cleo"].register.queries.notes_of(case)
    (alarm,) = (words(note.reason) for note in notes if note.sort is NoteSort.ALARM)
    assert alarm.startswith(
        f"no guide files this revision, so nobody can approve it: the answer to “{prohibited()[0].label}”"
    )


def test_a_draft_begun_from_it_has_the_files_that_are_here_and_no_others(offices: Offices) -> None:
    guide = filled(CORE)
    question = next(item for item in guide.known.shown if item.kind is QuestionKind.FILES)
    case = patched.file(offices, guide.filed().given(question.id, Answer((INVENTED,))))
    ada = offices.installations["ada"]

    draft = filing.start(ada, "ada", case=case)

    assert question.id not in filing.view(ada, draft).guide.answers
    filing.file(ada, offices.signer("ada"), draft)
    assert ada.state(case).unfiled is None
