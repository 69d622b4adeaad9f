"""A sealed record that was handed out stays good, whatever one party signs afterwards.

Each attack is made with the attacker's own listed key and a patched client; everybody has every act.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.acts import kinds
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.case.fates import Fate
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase, RecordState
from intake.domain.organisation.roster import Role
from intake.domain.terms.terms import terms
from intake.records.proof.verdict import Indication
from intake.services.deciding import recording
from intake.services.deciding.records_at_hand import at_hand
from intake.services.filing import filing
from intake.services.installation.act_writer import ActWriter
from intake.services.installation.installation import PersonWithKey
from intake.services.organisation import people
from intake.services.proving import verifying
from intake.trust.acts import sign_act
from tests.filled import filled
from tests.people import person
from tests.services.offices import Offices, fill
from tests.services.stages import filed_with_both
from tests.services.test_pages_and_acts import approved, signed, verdicts
from tests.services.test_seals import decided, first_signed

MADE_AGAIN = "The pages are, byte for byte, those that the acts make."
SEALED = "It is the file that was sealed."


def handed_out(offices: Offices, case: str) -> bytes:
    decision = offices.installations["bob"].state(case).decision
    assert decision is not None
    assert decision.record_state is RecordState.SEALED
    found = at_hand(offices.installations["bob"], case, verifying.verify)
    assert not found.words
    return found.data


def still_good(offices: Offices, case: str, pdf: bytes, *, words: str = "") -> None:
    """It passes by the register and by the acts alone, with everything that was checked before, and is handed out."""
    for verdict in verdicts(offices, pdf):
        assert verdict.indication is Indication.PASSED, verdict.sentence
        assert {MADE_AGAIN, SEALED} <= set(verdict.checked)
        assert verdict.unchecked == ()
    found = at_hand(offices.installations["bob"], case, verifying.verify)
    assert found.data == pdf
    assert found.words == words


def opinion_of(offices: Offices, name: str, case: str) -> tuple[Act, OpinionBody]:
    """The newest approval of a person, as Bob has it."""
    return next(
        (event.act, event.body)
        for event in reversed(offices.installations["bob"].state(case).events)
        if isinstance(event.body, OpinionBody) and event.act.person == name
    )


def approve(
    offices: Offices,
    installation: str,
    signer: PersonWithKey,
    body: OpinionBody,
    case: str,
    *,
    pdf: bytes,
    below: str = "",
) -> str:
    """An approval by any client that brings a file; with ``below``, one whose act id is smaller, signed as often as that
    takes.
    """
    while True:
        writer = ActWriter(offices.installations[installation], signer)
        brought = replace(body, record=writer.attach(pdf, "record.pdf", recording.PDF))
        made = writer.write(kinds.OPINION, brought, case=case)
        if not below or made.act.id < below:
            writer.store()
            return made.act.id


def decline(offices: Offices, installation: str, body: OpinionBody, case: str) -> None:
    """Dan declines at ``installation`` what he approved with ``body``."""
    writer = ActWriter(offices.installations[installation], offices.signer("dan"))
    declined = replace(body, position=Position.DECLINE, terms=None, base="", record=None, attestations=(), reason="No.")
    writer.write(kinds.OPINION, declined, case=case)
    writer.store()


def sealed_by_dan(offices: Offices) -> str:
    """A case that Cleo approved first."""
    case = filed_with_both(offices)
    offices.decide("cleo", case)
    offices.travel("cleo", "dan")
    offices.decide("dan", case)
    offices.travel("dan", "cleo", "bob")
    return case


def fork(offices: Offices, act: Act) -> None:
    """Its author signs another act with the same place in the stream, as a restored backup would."""
    twin = sign_act(
        person(act.person).key,
        org=act.org,
        kind=kinds.COMMENT.name,
        case=act.case_id,
        stream=act.stream,
        seq=act.seq,
        prev=act.prev,
        after=[act.case_id],
        roster=act.roster,
        person=act.person,
        at=act.at,
        app="patched",
        body={"text": "Hello.", "about": ""},
    )
    for installation in offices.installations.values():
        installation.register.append([twin])


def second_installation(offices: Offices, name: str, copy: str, source: str) -> None:
    """Another installation of the same person, with what ``source`` has by now."""
    offices.open(copy)
    offices.installations[copy].register.join(offices.installations[name].register.org)
    offices.travel(source, copy)


def listed_again(offices: Offices, name: str, roles: tuple[Role, ...], number: int = 1) -> PersonWithKey:
    """A newcomer in an office, or a second key of somebody who is there; the key to sign with."""
    signer = PersonWithKey(name, person(name, number=number).key)
    if name not in offices.installations:
        offices.open(name)
        asked = people.enrol(offices.installations[name], signer, name=name.title(), unit="Finance")
        offices.installations["bob"].register.append([asked])
        offices.installations[name].register.join(offices.installations["bob"].register.org)
    else:
        asked = people.enrol(offices.installations[name], signer, name=name.title(), unit="Finance")
        offices.travel(name, "bob")
    change = people.list_person(offices.installations["bob"], offices.signer("bob"), asked.act.id, roles)
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", *offices.installations)
    if (
        not change.in_force
        and name not in ("bob", "finn")
        and not offices.installations[name].rosters.listed(name, signer.key.fingerprint)
    ):
        # A new key of somebody in office needs their own word, with the key they have.
        people.endorse(offices.installations[name], offices.signer(name), change.roster)
        offices.travel(name, *offices.installations)
    return signer


def answered_apart(offices: Offices) -> tuple[str, bytes]:
    """Dan proposed other terms before he accepted Cleo's. His second installation knows the request only."""
    case = filed_with_both(offices)
    second_installation(offices, "dan", "dan2", "ada")
    his, hers = offices.terms("dan", case, users=7), offices.terms("cleo", case)
    offices.decide("dan", case, given=his)
    offices.travel("dan", "cleo")
    offices.decide("cleo", case, given=hers)
    offices.travel("cleo", "dan")
    offices.decide("dan", case, given=hers)
    offices.travel("dan", "cleo", "bob", "ada")
    return case, handed_out(offices, case)


@pytest.mark.attack("a void pair beside a sealed one, by the second signer", refusal="the record stays TOTAL-PASSED")
@pytest.mark.exhaustive
def test_who_signs_again_as_if_apart_does_not_spoil_what_was_sealed(offices: Offices) -> None:
    case, pdf = answered_apart(offices)
    _, body = opinion_of(offices, "dan", case)
    signer = offices.signer("dan")
    approve(offices, "dan2", signer, body, case, pdf=pdf)
    decline(offices, "dan2", body, case)
    offices.travel("dan2", "bob", "dan", "cleo", "ada")

    state = offices.installations["bob"].state(case)
    assert {pair.fate for pair in state.pairs} == {Fate.VOID, Fate.CONTESTED}
    assert state.phase is Phase.CONTESTED
    still_good(
        offices,
        case,
        pdf,
        words="It was decided on these terms, and the decision is not in force now: look at the use case.",
    )


@pytest.mark.attack(
    "a void pair in the place of a sealed one whose seal was forked",
    refusal="INDETERMINATE: it cannot be said that they decided",
)
@pytest.mark.exhaustive
def test_who_takes_back_a_sealed_record_by_a_fork_cannot_call_it_undecided(offices: Offices) -> None:
    case, pdf = answered_apart(offices)
    act, body = opinion_of(offices, "dan", case)
    approve(offices, "dan2", offices.signer("dan"), body, case, pdf=pdf)
    offices.travel("dan2", *offices.installations)
    fork(offices, act)

    state = offices.installations["bob"].state(case)
    assert {pair.fate for pair in state.pairs} == {Fate.VOID}
    assert state.event(act.id).judgement.force is Force.SPENT
    for verdict in verdicts(offices, pdf):
        assert verdict.indication is Indication.INDETERMINATE
        assert verdict.sentence == (
            "Both offices signed these pages, but it cannot be said that they decided: "
            "one office had already changed its position."
        )


@pytest.mark.attack(
    "the same approval by a colleague, with an act id ground to be smaller", refusal="the record stays TOTAL-PASSED"
)
@pytest.mark.exhaustive
def test_a_second_holder_of_the_office_does_not_take_the_place_of_who_signed(offices: Offices) -> None:
    carl = listed_again(offices, "carl", (Role.CIO,))
    case = sealed_by_dan(offices)
    pdf = handed_out(offices, case)
    offices.travel("bob", "carl")
    act, body = opinion_of(offices, "cleo", case)
    name = approve(offices, "carl", carl, body, case, pdf=pdf, below=act.id)
    offices.travel("carl", "bob", "dan", "cleo")

    state = offices.installations["bob"].state(case)
    assert state.event(name).judgement.force is Force.COUNTS
    assert {pair.cio for pair in state.pairs} == {act.id, name}
    still_good(offices, case, pdf)


@pytest.mark.attack(
    "the same approval with a second key, with an act id ground to be smaller", refusal="the record stays TOTAL-PASSED"
)
@pytest.mark.exhaustive
def test_a_second_key_of_the_signer_does_not_take_the_place_of_the_first(offices: Offices) -> None:
    renewed = listed_again(offices, "cleo", (), number=2)
    case = sealed_by_dan(offices)
    pdf = handed_out(offices, case)
    act, body = opinion_of(offices, "cleo", case)
    name = approve(offices, "cleo", renewed, body, case, pdf=pdf, below=act.id)
    offices.travel("cleo", "bob", "dan")

    assert offices.installations["bob"].state(case).event(name).judgement.force is Force.COUNTS
    still_good(offices, case, pdf)


@pytest.mark.attack(
    "a second key in the place of one whose opinion was forked", refusal="INDETERMINATE: an opinion is missing"
)
@pytest.mark.parametrize("name", ["cleo", "dan"])
@pytest.mark.exhaustive
def test_a_second_key_does_not_make_a_stranger_of_the_first(offices: Offices, name: str) -> None:
    renewed = listed_again(offices, name, (), number=2)
    case = decided(offices)
    pdf = handed_out(offices, case)
    act, body = opinion_of(offices, name, case)
    approve(offices, name, renewed, body, case, pdf=pdf)
    offices.travel(name, *offices.installations)
    fork(offices, act)

    for verdict in verdicts(offices, pdf):
        assert verdict.indication is Indication.INDETERMINATE
        assert verdict.sentence == (
            f"The signatures hold, but something is missing: the opinion of the {'CIO' if name == 'cleo' else 'CISO'}."
        )


def filed_elsewhere(offices: Offices) -> str:
    """A case with two revisions, each filed on another computer of its owner."""
    case = offices.file()
    second_installation(offices, "ada", "ada2", "ada")
    installation = offices.installations["ada2"]
    draft = filing.start(installation, "ada", case=case)
    fill(installation, draft, filled(installation.shelf.current))
    filing.file(installation, offices.signer("ada"), draft)
    return case


@pytest.mark.attack(
    "the stream of an earlier revision forked after the decision", refusal="the record stays TOTAL-PASSED"
)
@pytest.mark.exhaustive
def test_an_earlier_revision_that_loses_its_worth_renumbers_nothing(offices: Offices) -> None:
    case = filed_elsewhere(offices)
    offices.travel("ada2", *offices.installations)
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    offices.decide("cleo", case)
    offices.travel("cleo", *offices.installations)
    pdf = handed_out(offices, case)
    fork(offices, offices.installations["bob"].state(case).event(case).act)

    state = offices.installations["bob"].state(case)
    assert state.event(case).judgement.force is Force.SPENT
    assert [revision.number for revision in state.revisions] == [2]
    assert state.phase is Phase.DECIDED
    still_good(offices, case, pdf)


@pytest.mark.attack("the stream of the revision a withdrawal shows forked", refusal="the record stays TOTAL-PASSED")
@pytest.mark.exhaustive
def test_a_withdrawal_shows_the_revision_it_showed(offices: Offices) -> None:
    case = filed_elsewhere(offices)
    offices.travel("ada2", "ada")
    filing.withdraw(offices.installations["ada"], offices.signer("ada"), case, "No longer needed.")
    offices.travel("ada", *offices.installations)
    pdf = at_hand(offices.installations["bob"], case, verifying.verify).data
    newest = offices.installations["bob"].state(case).current
    assert newest is not None
    fork(offices, offices.installations["bob"].state(case).event(newest.id).act)

    assert [revision.id for revision in offices.installations["bob"].state(case).revisions] == [case]
    for verdict in verdicts(offices, pdf):
        assert verdict.indication is Indication.PASSED, verdict.sentence
        assert MADE_AGAIN in verdict.checked


@pytest.mark.attack(
    "a decline in other words that names the pages of an earlier one", refusal="the record stays TOTAL-PASSED"
)
@pytest.mark.exhaustive
def test_a_decline_in_other_words_over_the_same_pages_spoils_nothing(offices: Offices) -> None:
    case = offices.file()
    second_installation(offices, "dan", "dan2", "ada")
    offices.travel("ada", "dan")
    offices.decide("dan", case, Position.DECLINE, reason="Not with these data.")
    offices.travel("dan", "bob")
    pdf = handed_out(offices, case)
    act, body = opinion_of(offices, "dan", case)
    name = approve(offices, "dan2", offices.signer("dan"), replace(body, reason="No."), case, pdf=pdf, below=act.id)
    offices.travel("dan2", *offices.installations)

    assert offices.installations["bob"].state(case).event(name).judgement.force is Force.COUNTS
    for verdict in verdicts(offices, pdf):
        assert verdict.indication is Indication.PASSED, verdict.sentence
        assert MADE_AGAIN in verdict.checked


@pytest.mark.attack(
    "an approval of other terms that names the pages of a copy", refusal="INDETERMINATE: a signature is missing"
)
@pytest.mark.exhaustive
def test_other_terms_that_name_the_pages_of_a_copy_do_not_make_them_wrong(offices: Offices) -> None:
    case = first_signed(offices)
    body, half = approved(offices, case)
    offices.travel("dan", "bob")
    assert body.terms is not None
    given = body.terms
    limits = given.boundaries.replaced({"user_permissions.max_users": 3})
    act, _ = opinion_of(offices, "dan", case)
    other = terms(given.stage, limits, given.conditions, given.begins, given.expires)
    # Cleo has Dan's opinion, and says that she does not: so hers may come first in the order of the case.
    second_installation(offices, "cleo", "cleo2", "ada")
    elsewhere = replace(body, office=Office.CIO, terms=other)
    approve(offices, "cleo2", offices.signer("cleo"), elsewhere, case, pdf=half, below=act.id)
    offices.travel("cleo2", *offices.installations)

    for verdict in verdicts(offices, half):
        assert verdict.indication is Indication.INDETERMINATE
        assert verdict.sentence == "The signature of the Chief Information Officer is missing."


@pytest.mark.attack("a seal over a void pair that names the record", refusal="the record stays TOTAL-PASSED")
@pytest.mark.exhaustive
def test_a_second_seal_over_a_void_pair_names_the_same_file_in_vain(offices: Offices) -> None:
    case, pdf = answered_apart(offices)
    state = offices.installations["bob"].state(case)
    decision = state.decision
    assert decision is not None
    assert decision.record is not None
    _, body = opinion_of(offices, "dan", case)
    signer = offices.signer("dan")
    name = approve(offices, "dan2", signer, body, case, pdf=pdf)
    decline(offices, "dan2", body, case)
    cleo = next(item for item in decision.opinions if state.event(item).act.person == "cleo")
    offices.travel("cleo", "dan2")
    writer = ActWriter(offices.installations["dan2"], signer)
    seal = SealedBody(tuple(sorted((name, cleo))), body.base, decision.record)
    made = writer.write(kinds.SEALED, seal, case=case)
    writer.store()
    offices.travel("dan2", "bob", "dan", "cleo", "ada")

    assert offices.installations["bob"].state(case).event(made.act.id).judgement.force is Force.COUNTS
    for verdict in verdicts(offices, pdf):
        assert verdict.indication is Indication.PASSED, verdict.sentence
        assert {MADE_AGAIN, SEALED} <= set(verdict.checked)


@pytest.mark.exhaustive
def test_what_both_signed_over_the_pages_of_a_sealed_record_is_no_second_record(offices: Offices) -> None:
    """A genuine file beside the sealed one is told from it, by the seal that names the other."""
    case = first_signed(offices)
    _, half = approved(offices, case)
    offices.decide("cleo", case)
    offices.travel("cleo", *offices.installations)
    beside = signed(offices, "cleo", half)

    for verdict in verdicts(offices, beside):
        assert verdict.indication is Indication.INDETERMINATE
        assert verdict.sentence.startswith("Its signatures hold, but another file was sealed as the record: ")


@pytest.mark.attack(
    "an objection under a roster kept back, answered before that comes", refusal="the record stays TOTAL-PASSED"
)
def test_a_roster_kept_back_changes_no_page_once_it_comes(offices: Offices) -> None:
    """Dan has roster 2 first. He objects under it, Ada answers, and the record is made where nobody else knows that roster."""
    case = filed_with_both(offices)
    bob, dan, ada = (offices.installations[name] for name in ("bob", "dan", "ada"))
    offices.carry("ada", "bob")
    change = people.grant_role(bob, offices.signer("bob"), "ada", Role.AUDITOR)
    offices.carry("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    current = dan.state(case).current
    assert current is not None
    body = OpinionBody(
        case, Office.CISO, Position.CHANGES, None, current.body.playbook, "", "", None, "", (), "Please change."
    )
    link = dan.register.installation.next_link(person("dan").key.fingerprint, case)
    objection = sign_act(
        person("dan").key,
        org=dan.register.org,
        kind=kinds.OPINION.name,
        case=case,
        stream=link.stream,
        seq=link.seq,
        prev=link.prev,
        after={case},
        roster=change.roster,
        person="dan",
        at=offices.clock(),
        app="patched",
        body=body.as_json(),
    )
    for name in ("dan", "ada", "cleo"):
        offices.installations[name].register.append([objection])
    assert ada.state(case).event(objection.act.id).judgement.force is Force.OBJECTS

    offices.file("ada", case=case)
    offices.carry("ada", "dan", "cleo")
    offices.decide("dan", case)
    offices.carry("dan", "cleo")
    offices.decide("cleo", case)
    offices.carry("finn", "bob", "cleo")
    offices.carry("cleo", "bob")
    assert bob.rosters.in_force[0].id == change.roster

    still_good(offices, case, handed_out(offices, case))
