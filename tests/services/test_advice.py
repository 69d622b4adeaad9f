"""Advice that needs the register, and similar cases as the guide asks for them: on real installations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import words
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import QuestionKind, QuestionRole
from intake.domain.terms.terms import Condition
from intake.services.deciding import deciding
from intake.services.deciding.reviewing import look
from intake.services.filing import filing
from intake.services.filing.advice import advice
from intake.services.filing.similar import similar
from intake.services.installation.installation import Installation
from tests.filled import filled
from tests.services.offices import Offices

PROBLEM = (
    "Borescope pictures of engines pile up for weeks, because three people look at each of them by eye; the assistant "
    "sorts out the pictures without any damage, so that inspectors begin with those that show a crack."
)
OTHER = (
    "Customers wait two days for an answer on opening hours. A bot on the website answers from our pages and "
    "hands everything else over to the service desk, with the whole conversation so far."
)


def filed(offices: Offices, title: str, problem: str) -> str:
    installation = offices.installations["ada"]
    draft = begun(installation, title, problem)
    return filing.file(installation, offices.signer("ada"), draft).case


def begun(installation: Installation, title: str, problem: str, **roles: str) -> str:
    playbook = installation.shelf.current
    given = {playbook.role(QuestionRole.TITLE): title, playbook.role(QuestionRole.PROBLEM): problem}
    given |= {playbook.role(QuestionRole(role)): text for role, text in roles.items()}
    guide = filled(playbook, given)
    draft = filing.start(installation, "ada")
    answers = {name: answer.as_json() for name, answer in guide.answers.items()}
    answers |= {name: Answer(value).as_json() for name, value in given.items()}
    installation.register.drafts.answers(draft, answers)
    return draft


def test_a_copied_answer_says_where_it_stands(offices: Offices) -> None:
    case = filed(offices, "Borescope pictures", PROBLEM)
    installation = offices.installations["ada"]
    draft = begun(installation, "Engine checks", "In our depot: " + PROBLEM)

    hints = {hint.question: hint.text for hint in advice(installation, draft)}

    row = installation.register.queries.row(case)
    problem = installation.shelf.current.role(QuestionRole.PROBLEM)
    assert hints[problem] == (
        f"Much of this is word for word in {row.reference}, “Borescope pictures”. Say what is different in your case."
    )
    assert filing.file(installation, offices.signer("ada"), draft).case


def test_a_copy_is_seen_though_the_other_case_is_about_something_else(offices: Offices) -> None:
    installation = offices.installations["ada"]
    problem = installation.shelf.current.role(QuestionRole.PROBLEM)
    texts = {
        question.id
        for question in filled(installation.shelf.current).known.shown
        if question.kind is QuestionKind.LONG_TEXT
    }
    other = min(texts - {problem})
    written = begun(installation, "Borescope pictures", PROBLEM)
    installation.register.drafts.answers(written, {other: Answer(OTHER).as_json()})
    case = filing.file(installation, offices.signer("ada"), written).case
    for number in range(6):
        filed(offices, f"Translation of contracts {number}", f"Contracts wait for translators in office {number}.")
    draft = begun(installation, "Translation of contracts", "Contracts wait for translators in our office, too.")
    installation.register.drafts.answers(draft, {other: Answer(OTHER).as_json()})

    hints = {hint.question: hint.text for hint in advice(installation, draft)}

    assert f"{installation.register.queries.row(case).reference}, “Borescope pictures”" in hints[other]
    assert problem not in hints


def test_a_text_of_ones_own_and_the_next_revision_get_no_such_advice(offices: Offices) -> None:
    case = filed(offices, "Borescope pictures", PROBLEM)
    installation = offices.installations["ada"]
    problem = installation.shelf.current.role(QuestionRole.PROBLEM)

    own = advice(installation, begun(installation, "Customer chatbot", OTHER))
    again = advice(installation, filing.start(installation, "ada", case=case))

    assert problem not in {hint.question for hint in own}
    assert again == ()


def test_a_title_that_is_only_the_product_is_pointed_out(offices: Offices) -> None:
    installation = offices.installations["ada"]
    title = installation.shelf.current.role(QuestionRole.TITLE)

    product = advice(
        installation, begun(installation, "Copilot Enterprise", OTHER, provider="Microsoft", model="Copilot")
    )
    use = advice(
        installation,
        begun(installation, "Answers for customers with Copilot", OTHER, provider="Microsoft", model="Copilot"),
    )

    assert [hint.question for hint in product] == [title]
    assert use == ()


def test_an_empty_draft_gets_no_advice(offices: Offices) -> None:
    installation = offices.installations["ada"]

    assert advice(installation, filing.start(installation, "ada")) == ()


@pytest.mark.exhaustive
def test_similar_cases_come_with_what_became_of_them(offices: Offices) -> None:
    decided = filed(offices, "Borescope pictures", PROBLEM)
    offices.travel("ada", "cleo", "dan")
    offices.decide("dan", decided)
    offices.travel("dan", "cleo", "ada")
    offices.decide("cleo", decided, given=offices.terms("cleo", decided))
    offices.travel("cleo", "ada", "dan")
    declined = filed(offices, "Chatbot for customers", OTHER)
    offices.travel("ada", "cleo")
    offices.decide("cleo", declined, Position.DECLINE, reason="Not on the website.")
    offices.travel("cleo", "ada")
    installation = offices.installations["ada"]

    (first, *_) = similar(installation, "Engine inspection: borescope pictures are looked at by eye")
    (second, *_) = similar(installation, "A bot that answers customers on opening hours")

    terms = installation.state(decided).in_force.terms
    row = installation.register.queries.row(decided)
    assert (first.case, first.title, first.reference) == (decided, "Borescope pictures", row.reference)
    assert words(first.became).startswith("Approved for ")
    assert words(first.became).endswith(f", until {terms.expires.isoformat()}.")
    assert first.conditions == tuple(item.text for item in terms.conditions)
    assert (second.case, words(second.became)[:12]) == (declined, "Declined on ")
    assert similar(installation, "borescope pictures", but=decided) == ()


def test_what_paper_cannot_show_is_said_at_the_answer_before_it_is_signed(offices: Offices) -> None:
    installation = offices.installations["ada"]
    draft = begun(
        installation,
        "\u624b\u7d19\u3092\u5206\u985e (Sort letters, Zürich, Ελλάδα)",
        OTHER + " \U0001f468\u200d\U0001f469",
    )

    hints = [hint for hint in advice(installation, draft) if hint.on_paper]

    playbook = installation.shelf.current
    assert [hint.question for hint in hints] == [playbook.role(QuestionRole.TITLE), playbook.role(QuestionRole.PROBLEM)]
    assert "show an empty box instead: \u624b \u7d19 \u3092 \u5206 \u985e What" in hints[0].text
    assert "\U0001f468 \U0001f469 What" in hints[1].text
    assert filing.file(installation, offices.signer("ada"), draft).case


def test_an_office_is_told_before_it_signs_what_its_pages_cannot_show(offices: Offices) -> None:
    case = filed(offices, "\u624b\u7d19 letters", OTHER)
    offices.travel("ada", "dan")
    installation = offices.installations["dan"]
    wanted = installation.state(case).current
    assert wanted is not None
    given = look(installation, case, "dan").proposal
    asked = replace(given, conditions=(Condition(given.expires, "ada", "\u624b"),))

    prepared = deciding.prepare(installation, "dan", case, Position.APPROVE, given=asked)

    assert any(
        "an empty box for characters that cannot be drawn here, in: Name" in value for _, value in prepared.lines
    )
    assert any("Conditions" in value for _, value in prepared.lines)
