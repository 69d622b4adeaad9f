"""A draft keeps what its owner had seen: nothing of others is overruled by somebody who has not looked at it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.phases import Outcome, Phase
from intake.register.refusals import NoSuchDraft
from intake.services.deciding import deciding
from intake.services.filing import filing
from intake.services.filing.filing import DraftMoved
from intake.services.filing.news import NotKnownWhatWasSeen, NotSeenYet, confirm, news
from intake.services.filing.revising import revising
from intake.services.installation.installation import Installation
from tests.filled import filled
from tests.services.offices import Offices, fill
from tests.services.stages import filed_with_ciso
from tests.services.test_at_once import Pair, interrupted, pair_of
from tests.services.test_sealed_stays import second_installation

__all__ = ["pair_of"]


@pytest.fixture
def ada(offices: Offices) -> Installation:
    return offices.installations["ada"]


def begun(offices: Offices, case: str, name: str = "ada") -> str:
    """A whole draft of the next revision of a case."""
    installation = offices.installations[name]
    draft = filing.start(installation, "ada", case=case)
    fill(installation, draft, filled(installation.shelf.current))
    return draft


def decide(offices: Offices, case: str) -> None:
    """Both offices approve, and Ada has it."""
    offices.travel("ada", "dan", "cleo")
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    offices.decide("cleo", case)
    offices.travel("cleo", "ada")


def refused(offices: Offices, draft: str) -> str:
    """What the refusal to file says has happened; the draft is there as it was, and nothing was stored."""
    installation = offices.installations["ada"]
    before, acts = installation.register.drafts.get(draft), tuple(installation.register.queries.every_act())
    with pytest.raises(NotSeenYet):
        filing.require_filing(installation, "ada", draft)
    with pytest.raises(NotSeenYet) as told:
        filing.file(installation, offices.signer("ada"), draft)
    assert told.value.code == "NotSeenYet"
    assert installation.register.drafts.get(draft) == before
    assert tuple(installation.register.queries.every_act()) == acts
    return told.value.what_happened


def look_and_confirm(installation: Installation, draft: str) -> None:
    found = news(installation, draft)
    assert found is not None
    confirm(installation, draft, found.seen)


def named(installation: Installation, case: str, act: str) -> frozenset[str]:
    return frozenset(installation.state(case).event(act).act.after)


def test_nothing_new_is_no_question(offices: Offices, ada: Installation) -> None:
    case = offices.file()
    draft = begun(offices, case)

    assert news(ada, draft) is None
    filing.require_filing(ada, "ada", draft)
    assert filing.file(ada, offices.signer("ada"), draft).number == 2


def test_a_new_use_case_is_no_question(ada: Installation) -> None:
    assert news(ada, filing.start(ada, "ada")) is None


@pytest.mark.attack("a draft begun before the decision and filed after it", refusal="NotSeenYet, until its owner looks")
@pytest.mark.exhaustive
def test_a_decision_that_came_meanwhile_is_not_put_on_hold_unseen(offices: Offices, ada: Installation) -> None:
    case = offices.file()
    draft = begun(offices, case)
    decide(offices, case)

    assert refused(offices, draft) == "Both offices decided on revision 1 since you began this draft."
    assert ada.state(case).phase is Phase.DECIDED


@pytest.mark.exhaustive
def test_confirmed_it_is_filed_in_the_knowledge_of_the_decision(offices: Offices, ada: Installation) -> None:
    case = offices.file()
    draft = begun(offices, case)
    decide(offices, case)
    newest = frozenset(ada.state(case).newest)

    look_and_confirm(ada, draft)
    done = filing.file(ada, offices.signer("ada"), draft)

    state = ada.state(case)
    assert named(ada, case, done.revision) == newest
    assert state.in_force is not None
    assert (state.in_force.outcome, state.unseen) == (Outcome.APPROVED, ())


@pytest.mark.attack("a draft begun before the withdrawal and filed after it", refusal="NotSeenYet: it opens nothing")
def test_a_withdrawal_that_came_meanwhile_is_not_reopened_unseen(offices: Offices, ada: Installation) -> None:
    case = offices.file()
    draft = begun(offices, case)
    filing.withdraw(ada, offices.signer("ada"), case, "Not wanted.")

    assert refused(offices, draft) == "Ada withdrew the use case since you began this draft."
    assert ada.state(case).phase is Phase.WITHDRAWN

    look_and_confirm(ada, draft)
    filing.file(ada, offices.signer("ada"), draft)
    assert ada.state(case).phase is Phase.REVIEW


def test_a_withdrawal_at_another_computer_is_not_reopened_unseen(offices: Offices, ada: Installation) -> None:
    case = offices.file()
    draft = begun(offices, case)
    second_installation(offices, "ada", "ada2", "ada")
    filing.withdraw(offices.installations["ada2"], offices.signer("ada"), case, "Not wanted.")
    offices.travel("ada2", "ada")

    assert refused(offices, draft) == "Ada withdrew the use case since you began this draft."


def test_another_revision_is_not_replaced_unseen(offices: Offices, ada: Installation) -> None:
    case = offices.file()
    draft = begun(offices, case)
    second_installation(offices, "ada", "ada2", "ada")
    there = offices.installations["ada2"]
    filing.file(there, offices.signer("ada"), begun(offices, case, "ada2"))
    offices.travel("ada2", "ada")

    assert refused(offices, draft) == "Ada filed revision 2 since you began this draft."

    look_and_confirm(ada, draft)
    done = filing.file(ada, offices.signer("ada"), draft)
    assert done.number == 3


def test_of_two_drafts_of_one_case_the_second_asks(offices: Offices, ada: Installation) -> None:
    case = offices.file()
    first, second = begun(offices, case), begun(offices, case)
    filing.file(ada, offices.signer("ada"), first)

    assert refused(offices, second) == "Ada filed revision 2 since you began this draft."


@pytest.mark.parametrize(
    ("position", "said"),
    [
        (Position.CHANGES, "requested changes to revision 1"),
        (Position.DECLINE, "declined revision 1"),
        (Position.APPROVE, "approved revision 1 with their own terms"),
    ],
)
def test_one_opinion_is_told(offices: Offices, position: Position, said: str) -> None:
    case = offices.file()
    draft = begun(offices, case)
    offices.travel("ada", "dan")
    given = offices.terms("dan", case, users=15) if position is Position.APPROVE else None
    offices.decide("dan", case, position, given=given, reason="" if given else "Say more.")
    offices.travel("dan", "ada")

    assert refused(offices, draft) == f"Dan (CISO) {said} since you began this draft."


@pytest.mark.exhaustive
def test_much_that_happened_is_told_in_short(offices: Offices, ada: Installation) -> None:
    case = offices.file()
    draft = begun(offices, case)
    decide(offices, case)
    for _ in range(3):
        offices.file(case=case)
    filing.withdraw(ada, offices.signer("ada"), case, "Not wanted.")

    assert refused(offices, draft) == (
        "Both offices decided on revision 1; Ada filed revision 2; Ada filed revision 3; and 2 more since you began this "
        "draft."
    )


def test_a_comment_stops_nothing_and_stays_open_when_it_was_not_read(offices: Offices, ada: Installation) -> None:
    case = filed_with_ciso(offices)
    draft = begun(offices, case)
    deciding.comment(offices.installations["dan"], offices.signer("dan"), case, "Which logs?")
    offices.travel("dan", "ada")

    done = filing.file(ada, offices.signer("ada"), draft)

    assert named(ada, case, done.revision) == {case}
    assert [item.text for item in revising(ada, case).remarks] == ["Which logs?"]


def test_a_comment_read_before_is_named_as_seen(offices: Offices, ada: Installation) -> None:
    case = filed_with_ciso(offices)
    said = deciding.comment(offices.installations["dan"], offices.signer("dan"), case, "Which logs?")
    offices.travel("dan", "ada")

    done = filing.file(ada, offices.signer("ada"), begun(offices, case))

    assert named(ada, case, done.revision) == {case, said.act.id}


@pytest.mark.attack(
    "what comes between the look and the confirmation", refusal="NotSeenYet: only what was shown is seen"
)
def test_only_what_was_shown_is_confirmed(offices: Offices, ada: Installation) -> None:
    case = offices.file()
    draft = begun(offices, case)
    offices.travel("ada", "dan")
    offices.decide("dan", case, Position.CHANGES, reason="Say more.")
    offices.travel("dan", "ada")
    looked = news(ada, draft)
    assert looked is not None
    offices.decide("dan", case, Position.DECLINE, reason="No.")
    offices.travel("dan", "ada")

    confirm(ada, draft, looked.seen)

    assert refused(offices, draft) == "Dan (CISO) declined revision 1 since you began this draft."


def test_what_comes_between_confirming_and_storing_moves_the_case(
    offices: Offices, pair_of: Callable[[str], Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = filed_with_ciso(offices)
    pair = pair_of("ada")
    draft = begun(offices, case)
    offices.decide("dan", case, Position.DECLINE, reason="No.")
    interrupted(pair, monkeypatch, lambda at: at.travel("dan", "ada"))

    with pytest.raises(deciding.CaseMoved):
        filing.file(pair.installation, offices.signer("ada"), draft)

    assert pair.installation.register.drafts.get(draft).answers
    assert refused(offices, draft).startswith("Dan (CISO) declined revision 1")


def test_what_is_confirmed_while_the_draft_is_signed_is_not_signed(
    offices: Offices, pair_of: Callable[[str], Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = offices.file()
    pair = pair_of("ada")
    draft = begun(offices, case)
    interrupted(pair, monkeypatch, lambda at: confirm(at.installations["ada"], draft, ("f" * 64,)))

    with pytest.raises(DraftMoved):
        filing.file(pair.installation, offices.signer("ada"), draft)


def test_a_draft_that_an_earlier_version_began_asks_once(offices: Offices, ada: Installation) -> None:
    case = offices.file()
    draft = begun(offices, case)
    with ada.register._database.write() as connection:
        connection.exec_driver_sql("DELETE FROM draft_seen")

    with pytest.raises(NotKnownWhatWasSeen):
        filing.file(ada, offices.signer("ada"), draft)

    look_and_confirm(ada, draft)
    assert filing.file(ada, offices.signer("ada"), draft).number == 2


def test_confirming_for_a_draft_that_is_gone_is_refused(ada: Installation) -> None:
    with pytest.raises(NoSuchDraft):
        confirm(ada, "0" * 32, ("f" * 64,))
