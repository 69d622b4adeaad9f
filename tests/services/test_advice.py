"""Advice that needs the register, and similar cases as the guide asks for them: on real installations."""

from __future__ import annotations

from intake.domain.acts.kinds.opinion import Position
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import Kind, Role
from intake.services.filing import filing
from intake.services.filing.advice import advice
from intake.services.filing.similar import similar
from intake.services.installation.installation import Desk
from tests.filled import filled
from tests.services.offices import Offices

PROBLEM = (
    "Borescope pictures of engines pile up for weeks, because three people look at each of them by eye; the assistant "
    "sorts out the pictures without any damage, so that inspectors begin with those that show a crack."
)
OTHER = (
    "Customers wait two days for an answer on opening hours. A bot on the website answers what stands on our pages and "
    "hands everything else over to the service desk, with the whole conversation so far."
)


def filed(offices: Offices, title: str, problem: str) -> str:
    desk = offices.desks["ada"]
    draft = begun(desk, title, problem)
    return filing.file(desk, offices.signer("ada"), draft).case


def begun(desk: Desk, title: str, problem: str, **roles: str) -> str:
    playbook = desk.shelf.current
    given = {playbook.role(Role.TITLE): title, playbook.role(Role.PROBLEM): problem}
    given |= {playbook.role(Role(role)): text for role, text in roles.items()}
    guide = filled(playbook, given)
    draft = filing.start(desk, "ada")
    answers = {name: answer.as_json() for name, answer in guide.answers.items()}
    answers |= {name: Answer(value).as_json() for name, value in given.items()}
    desk.register.drafts.answers(draft, answers)
    return draft


def test_a_copied_answer_says_where_it_stands(offices: Offices) -> None:
    case = filed(offices, "Borescope pictures", PROBLEM)
    desk = offices.desks["ada"]
    draft = begun(desk, "Engine checks", "In our depot: " + PROBLEM)

    hints = {hint.question: hint.text for hint in advice(desk, draft)}

    row = desk.register.queries.row(case)
    problem = desk.shelf.current.role(Role.PROBLEM)
    assert hints[problem] == (
        f"Much of this stands word for word in {row.reference}, “Borescope pictures”. Say what is different in your case."
    )
    assert filing.file(desk, offices.signer("ada"), draft).case


def test_a_copy_is_seen_though_the_other_case_is_about_something_else(offices: Offices) -> None:
    desk = offices.desks["ada"]
    problem = desk.shelf.current.role(Role.PROBLEM)
    texts = {question.id for question in filled(desk.shelf.current).known.shown if question.kind is Kind.LONG_TEXT}
    other = min(texts - {problem})
    written = begun(desk, "Borescope pictures", PROBLEM)
    desk.register.drafts.answers(written, {other: Answer(OTHER).as_json()})
    case = filing.file(desk, offices.signer("ada"), written).case
    for number in range(6):
        filed(offices, f"Translation of contracts {number}", f"Contracts wait for translators in office {number}.")
    draft = begun(desk, "Translation of contracts", "Contracts wait for translators in our office, too.")
    desk.register.drafts.answers(draft, {other: Answer(OTHER).as_json()})

    hints = {hint.question: hint.text for hint in advice(desk, draft)}

    assert f"{desk.register.queries.row(case).reference}, “Borescope pictures”" in hints[other]
    assert problem not in hints


def test_a_text_of_ones_own_and_the_next_revision_get_no_such_advice(offices: Offices) -> None:
    case = filed(offices, "Borescope pictures", PROBLEM)
    desk = offices.desks["ada"]
    problem = desk.shelf.current.role(Role.PROBLEM)

    own = advice(desk, begun(desk, "Customer chatbot", OTHER))
    again = advice(desk, filing.start(desk, "ada", case=case))

    assert problem not in {hint.question for hint in own}
    assert again == ()


def test_a_title_that_is_only_the_product_is_pointed_out(offices: Offices) -> None:
    desk = offices.desks["ada"]
    title = desk.shelf.current.role(Role.TITLE)

    product = advice(desk, begun(desk, "Copilot Enterprise", OTHER, provider="Microsoft", model="Copilot"))
    use = advice(desk, begun(desk, "Answers for customers with Copilot", OTHER, provider="Microsoft", model="Copilot"))

    assert [hint.question for hint in product] == [title]
    assert use == ()


def test_an_empty_draft_gets_no_advice(offices: Offices) -> None:
    desk = offices.desks["ada"]

    assert advice(desk, filing.start(desk, "ada")) == ()


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
    desk = offices.desks["ada"]

    (first, *_) = similar(desk, "Engine inspection: borescope pictures are looked at by eye")
    (second, *_) = similar(desk, "A bot that answers customers on opening hours")

    terms = desk.state(decided).in_force.terms
    row = desk.register.queries.row(decided)
    assert (first.case, first.title, first.reference) == (decided, "Borescope pictures", row.reference)
    assert first.outcome.startswith("Approved for ")
    assert first.outcome.endswith(f", until {terms.expires.isoformat()}.")
    assert first.conditions == tuple(item.text for item in terms.conditions)
    assert (second.case, second.outcome[:12]) == (declined, "Declined on ")
    assert similar(desk, "borescope pictures", but=decided) == ()
