"""The decision on one page and the rows of the signing sheet, over real registers: what is there, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import said
from intake.domain.case.one_page import DecisionRow, RowTopic
from intake.domain.playbook.answers import DONT_KNOW
from intake.domain.terms.boundaries import Boundary
from intake.domain.terms.terms import Condition
from intake.services.deciding import deciding, reviewing
from intake.services.deciding.on_one_page import rows_of
from intake.services.filing import filing, handing
from intake.services.installation.installation import PlaybookMissing
from tests.filled import filled
from tests.services.offices import Offices
from tests.services.stages import filed_with_ciso

T = RowTopic


def told(rows: tuple[DecisionRow, ...], topic: RowTopic) -> dict[str, str]:
    return {row.key: said(row.value) for row in rows if row.topic is topic}


def topics(rows: tuple[DecisionRow, ...]) -> list[RowTopic]:
    """The topics in their order, each once."""
    return list(dict.fromkeys(row.topic for row in rows))


@pytest.fixture
def case(offices: Offices) -> str:
    """Filed for 20 users; the CISO signed for 15, with a condition."""
    found = filed_with_ciso(offices)
    limited = offices.terms("dan", found, users=15)
    given = replace(limited, conditions=(Condition(date(2026, 12, 1), "ada", "Measure what is left out."),))
    offices.decide("dan", found, given=given, reason="Small first.")
    offices.travel("dan", "cleo")
    return found


def test_the_page_says_what_it_is_and_for_whom_its_limits_and_what_the_offices_say(offices: Offices, case: str) -> None:
    rows = reviewing.look(offices.installations["cleo"], case, "cleo").rows

    assert topics(rows) == [T.CASE, T.BOUNDARIES, T.CONDITIONS, T.WHAT, T.VALUE, T.RISK, T.OFFICES]
    assert told(rows, T.CASE)["for"] == "Ada, Unit of finance"
    assert list(told(rows, T.BOUNDARIES)) == ["stage", "from", "until", *Boundary]
    assert told(rows, T.CONDITIONS) == {"condition": "Measure what is left out. (Ada, until 2026-12-01)"}
    assert list(told(rows, T.WHAT)) == ["purpose", "model", "data", "users"]
    assert "Number of users: 20 people" in told(rows, T.WHAT)["users"]
    assert told(rows, T.OFFICES)["cio"] == "has not said anything yet"
    assert told(rows, T.OFFICES)["ciso"].startswith("approves on terms · given on revision 1")
    assert told(rows, T.OFFICES)["ciso reason"] == "Small first."


def test_the_sheet_tells_the_differences_before_the_limits_and_digests_last(offices: Offices, case: str) -> None:
    cleo = offices.installations["cleo"]
    held = reviewing.look(cleo, case, "cleo").proposal
    wider = replace(held, boundaries=held.boundaries.replaced({"user_permissions.max_users": 30}), conditions=())

    rows = deciding.prepare(cleo, "cleo", case, Position.APPROVE, given=wider, reason="More testers.").rows

    assert topics(rows)[:6] == [T.CASE, T.AGAINST_OTHER, T.AGAINST_ASKED, T.GRANTED, T.BOUNDARIES, T.CONDITIONS]
    assert topics(rows)[-1] is T.DIGESTS
    assert told(rows, T.AGAINST_OTHER) == {
        "user_permissions.max_users": "30 people instead of 15 people: allows more",
        "conditions": "left out: Measure what is left out. (Ada, until 2026-12-01)",
        "reason": "Small first.",
    }
    assert told(rows, T.AGAINST_ASKED)["user_permissions.max_users"] == "30 people instead of 20 people: allows more"
    assert "Users at most: 30 people" in told(rows, T.BOUNDARIES)["user_permissions"]
    assert told(rows, T.CONDITIONS) == {"none": "None"}
    assert [row.is_digest for row in rows if row.topic is T.DIGESTS][-3:] == [True, True, True]


def test_the_very_same_terms_are_said_to_be_the_same(offices: Offices, case: str) -> None:
    cleo = offices.installations["cleo"]
    held = reviewing.look(cleo, case, "cleo").proposal

    rows = deciding.prepare(cleo, "cleo", case, Position.APPROVE, given=held).rows

    assert told(rows, T.AGAINST_OTHER) == {"same": "The very same terms.", "reason": "Small first."}


def test_while_the_other_office_is_silent_that_is_said(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    dan = offices.installations["dan"]

    rows = deciding.prepare(dan, "dan", case, Position.APPROVE, given=reviewing.look(dan, case, "dan").proposal).rows

    assert told(rows, T.AGAINST_OTHER) == {"silent": "The CIO has signed no terms on this revision."}
    # A control of the playbook draws the proposal in, and that is said like any other difference.
    assert told(rows, T.AGAINST_ASKED) == {"user_permissions.training_needed": "Yes instead of No: tighter"}
    assert told(rows, T.GRANTED) == {
        "tier": "Minimal risk, as asked and as granted", "longest": "365 days from the first, as “Minimal risk”",
    }  # fmt: skip


def test_terms_of_an_earlier_revision_are_not_compared_with(offices: Offices, case: str) -> None:
    offices.travel("dan", "ada")
    offices.file(case=case)
    offices.travel("ada", "cleo")
    cleo = offices.installations["cleo"]

    rows = deciding.prepare(cleo, "cleo", case, Position.APPROVE, given=offices.terms("cleo", case)).rows

    assert list(told(rows, T.AGAINST_OTHER)) == ["silent"]


def test_an_objection_shows_no_limits_and_its_reason(offices: Offices, case: str) -> None:
    rows = deciding.prepare(
        offices.installations["cleo"], "cleo", case, Position.CHANGES, reason="Say who checks it."
    ).rows

    assert told(rows, T.CASE)["reason"] == "Say who checks it."
    assert not {T.BOUNDARIES, T.CONDITIONS, T.AGAINST_OTHER, T.AGAINST_ASKED} & set(topics(rows))


def test_open_points_say_who_will_know(offices: Offices) -> None:
    ada = offices.installations["ada"]
    draft = filing.start(ada, "ada")
    answers = {key: answer.as_json() for key, answer in filled(ada.shelf.current).answers.items()}
    asked = replace(DONT_KNOW, ask="Mona of legal")
    ada.register.drafts.answers(draft, answers | {"oversight.stop": asked.as_json()})
    case = filing.file(ada, offices.signer("ada"), draft).case

    rows = reviewing.look(ada, case, "ada").rows

    assert told(rows, T.OPEN)["oversight.stop"] == "Not known; Mona of legal will know"


@pytest.mark.attack("a limit whose words look like another limit", refusal="it stands on a row alone")
def test_a_limit_that_looks_like_two_has_a_row_of_its_own(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    dan = offices.installations["dan"]
    held = reviewing.look(dan, case, "dan").proposal
    spoken = "Acme · Users at most: 5 people"
    given = replace(held, boundaries=held.boundaries.replaced({"model_scope.provider": spoken}))

    rows = deciding.prepare(dan, "dan", case, Position.APPROVE, given=given, reason="As bought.").rows
    found = [(said(row.label), said(row.value)) for row in rows if row.topic is T.BOUNDARIES]

    assert ("Model scope: Provider", spoken) in found
    assert [value for _, value in found if spoken in value] == [spoken]


def test_without_its_playbook_the_page_still_says_whose_it_is_and_its_limits(
    offices: Offices, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleo = offices.installations["cleo"]
    state = cleo.state(case)
    assert state.current is not None
    held = reviewing.look(cleo, case, "cleo").proposal

    def gone(_: object, __: str) -> None:
        raise PlaybookMissing

    monkeypatch.setattr(type(cleo), "playbook", gone)
    rows = rows_of(cleo, state, state.current, held)

    assert topics(rows) == [T.CASE, T.BOUNDARIES, T.CONDITIONS, T.RISK, T.OFFICES]
    assert told(rows, T.RISK) == {"tier": "Not assessed by this version"}


def test_the_page_names_who_answers_for_it_now_and_who_filed_it(offices: Offices, case: str) -> None:
    ada, finn = offices.installations["ada"], offices.installations["finn"]
    handing.hand_over(ada, offices.signer("ada"), case, "finn", "I move on.")
    offices.travel("ada", "finn")
    handing.take_over(finn, offices.signer("finn"), case)
    offices.travel("finn", "dan", "cleo")
    cleo = offices.installations["cleo"]
    view = reviewing.look(cleo, case, "cleo")

    sheet = deciding.prepare(cleo, "cleo", case, Position.APPROVE, given=view.proposal)
    for rows in (view.rows, sheet.rows):
        whose = told(rows, T.CASE)
        assert whose["for"] == "Finn, Unit of finance"
        assert whose["filed"] == "Ada, whose use case it was then"
