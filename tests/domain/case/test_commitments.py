"""What both offices committed to (rule R14): one life for conditions, controls and duties, and who may say what of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import ANSWER, Office
from intake.domain.acts.kinds.answer import AnswerBody
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import words
from intake.domain.case.carrying import CommitmentProgress, Tracked, against_carrying
from intake.domain.case.commitment import condition_of
from intake.domain.case.gate import Before, Pasts
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Force
from intake.domain.case.status import status
from intake.domain.organisation.roster import Grant, Period, Role
from intake.domain.terms.terms import Condition, Stage, Terms
from intake.domain.terms.waivers import Waiver
from intake.domain.terms.waivers import commitment as waived
from tests.domain.world import PEOPLE, SINCE, Site, organisation, person, roster, terms

TRAIN = Condition(date(2026, 12, 24), "ada", "Train the team", "The list of who came", "ciso")
LOGS = Condition(date(2027, 3, 1), "eve", "Keep the logs")
TRAINING, LOGGING = condition_of(TRAIN).id, condition_of(LOGS).id
OPEN, REPORTED, CONFIRMED, WAIVED = (
    CommitmentProgress.OPEN,
    CommitmentProgress.REPORTED,
    CommitmentProgress.CONFIRMED,
    CommitmentProgress.WAIVED,
)


@pytest.fixture
def site() -> Site:
    return organisation()


def asking(*conditions: Condition, **changes: object) -> Terms:
    return replace(terms(), conditions=tuple(sorted(conditions)), **changes)  # type: ignore[arg-type]


def both(site: Site, case: str, revision: str, given: Terms) -> list[Act]:
    offices = (("dan", Office.CISO), ("cleo", Office.CIO))
    return [site.opinion(who, office, case, revision, given=given) for who, office in offices]


def decided(site: Site, *conditions: Condition, **answers: str) -> str:
    case = site.revision(answers=answers or {"purpose": "Notes"}).id
    both(site, case, case, asking(*(conditions or (TRAIN,))))
    site.accept("ada", case)
    assert site.state(case).in_force is not None
    return case


def tracked(site: Site, case: str, commitment: str = TRAINING) -> Tracked:
    return next(item for item in site.state(case).commitments if item.commitment.id == commitment)


def progress(site: Site, case: str, commitment: str = TRAINING) -> CommitmentProgress:
    return tracked(site, case, commitment).progress


def refused(site: Site, case: str, act: Act) -> str:
    judgement = site.state(case).event(act.id).judgement
    assert judgement.force is Force.IGNORED
    assert judgement.reason is not None
    return judgement.reason.code


def test_a_condition_is_open_reported_sent_back_reported_and_confirmed(site: Site) -> None:
    case = decided(site)
    assert tracked(site, case) == Tracked(condition_of(TRAIN), OPEN, since=case)

    first = site.report("ada", case, TRAINING)
    assert (progress(site, case), tracked(site, case).reports) == (REPORTED, (first.id,))
    back = site.send_back("dan", case, first)
    assert (progress(site, case), tracked(site, case).returned) == (OPEN, back.id)
    second = site.report("ada", case, TRAINING)
    assert (progress(site, case), tracked(site, case).returned) == (REPORTED, "")
    last = site.confirm("dan", case, second)

    assert progress(site, case) is CONFIRMED
    assert tracked(site, case).acts == (first.id, back.id, second.id, last.id)


def test_other_words_other_evidence_or_another_office_are_another_commitment() -> None:
    others = [replace(TRAIN, text="Train"), replace(TRAIN, evidence=""), replace(TRAIN, office=""), TRAIN]
    same = [replace(TRAIN, owner="eve"), replace(TRAIN, due=date(2027, 1, 1)), TRAIN]

    assert len({condition_of(item).id for item in others}) == len(others)
    assert {condition_of(item).id for item in same} == {TRAINING}


def test_nothing_is_a_commitment_before_both_have_agreed(site: Site) -> None:
    case = site.revision().id
    site.opinion("dan", Office.CISO, case, case, given=asking(TRAIN))
    early = site.report("ada", case, TRAINING)

    assert site.state(case).commitments == ()
    assert refused(site, case, early) == "CommitmentUnknown"


def test_a_condition_without_an_office_is_confirmed_by_either(site: Site) -> None:
    case = decided(site, LOGS)
    report = site.report("eve", case, LOGGING)
    for who in ("cleo", "dan"):
        beside = site.fork(who)
        beside.confirm(who, case, report)
        assert progress(beside, case, LOGGING) is CONFIRMED


# ------------------------------------------------------------------------------------------------------- who may not


@pytest.mark.attack("a commitment reported by somebody else than its owner", refusal="CommitmentNotTheirs")
def test_only_its_owner_reports_a_commitment(site: Site) -> None:
    case = decided(site, TRAIN, LOGS)
    for who, commitment in (("eve", TRAINING), ("ada", LOGGING), ("dan", TRAINING), ("bob", TRAINING)):
        assert refused(site, case, site.report(who, case, commitment)) == "CommitmentNotTheirs"
    assert progress(site, case) is OPEN


@pytest.mark.attack("a commitment confirmed by its owner, who holds the office", refusal="ConfirmsOwnReport")
def test_nobody_confirms_what_they_have_to_meet(site: Site) -> None:
    mine = replace(TRAIN, owner="dan")
    case = decided(site, mine)
    report = site.report("dan", case, TRAINING)

    assert refused(site, case, site.confirm("dan", case, report)) == "ConfirmsOwnReport"
    assert progress(site, case) is REPORTED


@pytest.mark.attack("a commitment confirmed by the office that did not ask", refusal="OfficeNotAsking")
def test_the_other_office_neither_confirms_nor_sends_back(site: Site) -> None:
    case = decided(site)
    report = site.report("ada", case, TRAINING)

    assert refused(site, case, site.confirm("cleo", case, report)) == "OfficeNotAsking"
    assert refused(site, case, site.send_back("cleo", case, report)) == "OfficeNotAsking"
    assert progress(site, case) is REPORTED


@pytest.mark.attack("a commitment confirmed by the report on another", refusal="NamesNoReport")
def test_the_report_on_another_commitment_confirms_nothing(site: Site) -> None:
    case = decided(site, TRAIN, LOGS)
    other = site.report("eve", case, LOGGING)

    assert refused(site, case, site.confirm("dan", case, other, TRAINING)) == "NamesNoReport"
    assert refused(site, case, site.send_back("dan", case, other, TRAINING)) == "NamesNoReport"
    assert progress(site, case) is OPEN


@pytest.mark.attack("a confirmation of a report that was replaced", refusal="ReportReplaced")
def test_an_older_report_is_not_confirmed_once_the_newer_one_was_seen(site: Site) -> None:
    case = decided(site)
    first = site.report("ada", case, TRAINING)
    site.report("ada", case, TRAINING)

    assert refused(site, case, site.confirm("dan", case, first)) == "ReportReplaced"
    assert progress(site, case) is REPORTED


@pytest.mark.attack("a confirmation replayed on another use case", refusal="it waits for a report that is not there")
def test_a_confirmation_of_another_case_waits_for_ever(site: Site) -> None:
    one, other = decided(site), decided(site)
    report = site.report("ada", one, TRAINING)
    replayed = site.confirm("dan", other, report)

    state = site.state(other)
    assert state.event(replayed.id).judgement.force is Force.WAITS
    assert state.missing == (report.id,)
    assert progress(site, other) is OPEN


@pytest.mark.attack("an owner in office confirms a commitment of their own use case", refusal="SignerIsParty")
def test_who_has_a_part_in_the_case_confirms_nothing() -> None:
    site = Site("office")
    cio = Grant(Role.CIO, "", False, Period(SINCE, None, ""))
    site.publish(roster([*(one for one in PEOPLE if one.id != "ada"), person("ada", Role.OWNER, cio)]), "bob", "finn")
    case = decided(site, LOGS)
    report = site.report("eve", case, LOGGING)

    assert refused(site, case, site.confirm("ada", case, report)) == "SignerIsParty"
    assert progress(site, case, LOGGING) is REPORTED


def test_a_rostered_successor_reports_what_the_owner_has_to_meet(site: Site) -> None:
    case = decided(site, controls="masking")
    masking = site.state(case).commitments[1].commitment
    assert (masking.owner, masking.name) == ("ada", "masking")
    grant = Grant(Role.OWNER, case, False, Period(SINCE, None, ""))
    people = [*(one for one in PEOPLE if one.id != "eve"), person("eve", grant)]
    site.publish(roster(people, version=2, previous=[site.roster]), "bob", "finn")

    report = site.report("eve", case, masking.id)

    assert tracked(site, case, masking.id).reports == (report.id,)
    assert refused(site, case, site.report("eve", case, TRAINING)) == "CommitmentNotTheirs"


# ----------------------------------------------------------------------------------------- what is apart, and in any order


def test_a_return_counts_at_once_and_a_confirmation_waits(site: Site) -> None:
    case = decided(site)
    report = site.report("ada", case, TRAINING)
    left, right = site.fork("left"), site.fork("right")
    confirmed, returned = left.confirm("dan", case, report), right.send_back("dan", case, report)
    for wing in (left, right):
        del wing.acts[report.id]

    assert left.state(case).event(confirmed.id).judgement.force is Force.WAITS
    assert right.state(case).event(returned.id).judgement.force is Force.OBJECTS
    assert (progress(left, case), progress(right, case)) == (OPEN, OPEN)


def test_a_report_waits_for_its_evidence(site: Site) -> None:
    case = decided(site)
    paper = site.attach(b"who came")
    report = site.report("ada", case, TRAINING, paper)
    confirmed = site.confirm("dan", case, report)
    assert progress(site, case) is CONFIRMED

    del site.blobs[paper.sha256]

    assert progress(site, case) is OPEN
    assert site.state(case).event(confirmed.id).judgement.force is Force.WAITS


@pytest.mark.attack("a commitment confirmed and sent back by one office, apart", refusal="it is open")
def test_heads_that_contradict_each_other_are_open_in_any_order(site: Site) -> None:
    case = decided(site)
    report = site.report("ada", case, TRAINING)
    wings = [site.fork(name) for name in ("left", "middle", "right")]
    wings[0].confirm("dan", case, report)
    wings[1].send_back("dan", case, report)
    wings[2].report("ada", case, TRAINING)

    merged = [site.fork("reader").take(*order).state(case).commitments for order in permutations(wings)]

    assert {item for found in merged for item in found} == {merged[0][0]}
    assert merged[0][0].progress is OPEN
    settled = site.fork("later").take(*wings)
    settled.confirm("dan", case, settled.report("ada", case, TRAINING))
    assert progress(settled, case) is CONFIRMED


# ---------------------------------------------------------------------------------------------------- carried, or waived


def again(site: Site, case: str, given: Terms, **changes: object) -> list[Act]:
    """The next revision, and what both say of it."""
    later = site.revision(case=case, title=f"Version {len(site.acts)}", **changes).id  # type: ignore[arg-type]
    return both(site, case, later, given)


def why(site: Site, case: str, said: list[Act]) -> set[str]:
    return {refused(site, case, act) for act in said}


GIVEN_UP = Waiver(waived(TRAINING), "The team left.")


@pytest.mark.attack("new terms that leave out an open commitment", refusal="TermsLeaveOut")
def test_new_terms_contain_what_is_open_or_count_for_nothing(site: Site) -> None:
    case = decided(site)

    assert why(site, case, again(site, case, asking())) == {"TermsLeaveOut"}
    assert site.state(case).in_force.terms == asking(TRAIN)  # type: ignore[union-attr]
    assert why(site, case, again(site, case, asking(replace(TRAIN, text="Train")))) == {"TermsLeaveOut"}

    again(site, case, asking(replace(TRAIN, owner="eve", due=date(2027, 2, 1))))
    assert site.state(case).decision.terms.conditions[0].owner == "eve"  # type: ignore[union-attr]
    assert (progress(site, case), tracked(site, case).commitment.owner) == (OPEN, "eve")


@pytest.mark.parametrize(
    ("count", "said"), [(2, "Step 0, Step 1"), (3, "Step 0, Step 1, Step 2"), (5, "Step 0, Step 1, Step 2, and 2 more")]
)
def test_a_reason_names_the_first_few_of_what_is_left_out(site: Site, count: int, said: str) -> None:
    steps = [Condition(date(2026, 12, 24), "ada", f"Step {number}.") for number in range(count)]
    case = decided(site, *steps)

    reason = against_carrying(asking(), (), site.state(case).commitments, terms().begins)

    assert words(reason) == f"it leaves out what both had agreed on and nobody has confirmed: {said}"


def test_so_do_other_terms_on_the_same_revision(site: Site) -> None:
    case = decided(site)

    assert why(site, case, both(site, case, case, asking(LOGS))) == {"TermsLeaveOut"}


def test_what_was_confirmed_need_not_be_carried(site: Site) -> None:
    case = decided(site)
    site.confirm("dan", case, site.report("ada", case, TRAINING))

    again(site, case, asking())

    assert site.state(case).in_force.terms == asking()  # type: ignore[union-attr]
    assert progress(site, case) is CONFIRMED


def test_both_may_give_up_a_condition_with_a_reason(site: Site) -> None:
    case = decided(site)
    again(site, case, asking(waivers=(GIVEN_UP,)))

    assert (progress(site, case), tracked(site, case).waiver) == (WAIVED, "The team left.")
    again(site, case, asking())
    assert (progress(site, case), site.state(case).in_force.terms) == (WAIVED, asking())  # type: ignore[union-attr]


def test_one_office_alone_gives_up_nothing(site: Site) -> None:
    case = decided(site)
    later = site.revision(case=case, title="Another").id
    site.opinion("dan", Office.CISO, case, later, given=asking(waivers=(GIVEN_UP,)))
    site.opinion("cleo", Office.CIO, case, later, given=asking(TRAIN))

    assert progress(site, case) is OPEN


def test_what_was_suspended_keeps_its_commitments(site: Site) -> None:
    """Nothing is in force then; what both had agreed on is owed all the same."""
    case = decided(site)
    site.suspend("dan", case)

    assert site.state(case).in_force is None
    assert site.state(case).bound == asking(TRAIN)
    assert why(site, case, again(site, case, asking())) == {"TermsLeaveOut"}


def test_terms_that_never_were_agreed_on_bind_nobody(site: Site) -> None:
    case = site.revision().id
    site.opinion("dan", Office.CISO, case, case, given=asking(TRAIN))
    site.opinion("cleo", Office.CIO, case, case, given=asking())
    site.opinion("dan", Office.CISO, case, case, given=asking())

    assert site.state(case).in_force.terms == asking()  # type: ignore[union-attr]
    assert site.state(case).commitments == ()


@pytest.mark.attack("a waiver of what the law demands", refusal="WaivesLaw")
def test_nobody_gives_up_what_the_law_demands(site: Site) -> None:
    case = decided(site, law="literacy")
    literacy = next(item.commitment for item in site.state(case).commitments if item.commitment.law)
    giving_up = asking(TRAIN, waivers=(Waiver(waived(literacy.id), "No time."),))

    assert why(site, case, again(site, case, giving_up, answers={"law": "literacy"})) == {"WaivesLaw"}
    # Once the playbook does not ask for it any more, the law demands it no more.
    again(site, case, giving_up, answers={"purpose": "Notes"})
    site.accept("ada", case)
    assert progress(site, case, literacy.id) is WAIVED


@pytest.mark.attack("scaled use dated back to before a promise was due", refusal="GateUnmet")
def test_a_first_day_dated_back_makes_nothing_due_later(site: Site) -> None:
    due = terms().begins + timedelta(days=10)
    case = decided(site, replace(TRAIN, due=due))
    site.clock += timedelta(days=20)
    scaled = asking(replace(TRAIN, due=due), stage=Stage.SCALED)

    assert scaled.begins < due
    assert why(site, case, again(site, case, scaled, stage=Stage.SCALED)) == {"GateUnmet"}


@pytest.mark.attack("a promise given up in terms that nobody accepted", refusal="OPEN")
def test_what_nobody_accepted_gives_nothing_up_and_binds_nobody(site: Site) -> None:
    case = decided(site, controls="masking")
    masking = next(item.commitment for item in site.state(case).commitments if item.commitment.name)
    giving_up = asking(TRAIN, waivers=(Waiver(waived(masking.id), "No time."),))
    again(site, case, giving_up, answers={"controls": "masking"})
    assert progress(site, case, masking.id) is OPEN

    site.accept("ada", case)

    assert progress(site, case, masking.id) is WAIVED


def test_what_only_terms_bring_that_wait_does_not_bar_the_same_terms(site: Site) -> None:
    """The owner answers, and both say the same again: what these terms bring themselves was promised by nobody yet."""
    case = decided(site)
    site.confirm("dan", case, site.report("ada", case, TRAINING))
    scaled = asking(TRAIN, stage=Stage.SCALED)
    first = again(site, case, scaled, stage=Stage.SCALED, answers={"controls": "masking"})
    revision = str(first[0].body["revision"])
    body = AnswerBody(revision, scaled.digest, condition_of(TRAIN).id, "It costs us a branch")
    site.act("ada", ANSWER.name, body.as_json(), case=case)

    both(site, case, revision, scaled)
    site.accept("ada", case)

    assert site.state(case).in_force.terms == scaled  # type: ignore[union-attr]


@pytest.mark.attack("scaled use before what is due by then is confirmed", refusal="GateUnmet")
def test_scaled_use_finds_confirmed_what_is_due_by_then(site: Site) -> None:
    case = decided(site, replace(TRAIN, due=terms().begins), LOGS, controls="masking")
    masking = next(item.commitment for item in site.state(case).commitments if item.commitment.name)
    scaled = asking(replace(TRAIN, due=terms().begins), LOGS, stage=Stage.SCALED)
    asked = {"stage": Stage.SCALED, "answers": {"controls": "masking"}}

    assert why(site, case, again(site, case, scaled, **asked)) == {"GateUnmet"}
    site.confirm("dan", case, site.report("ada", case, TRAINING))
    assert why(site, case, again(site, case, scaled, **asked)) == {"GateUnmet"}
    either = replace(scaled, waivers=(Waiver(waived(masking.id), "Masked by the provider."),))
    waiving, confirming = site.fork("waiving"), site.fork("confirming")
    again(waiving, case, either, **asked)
    confirming.confirm("dan", case, confirming.report("ada", case, masking.id))
    again(confirming, case, scaled, **asked)

    assert waiving.state(case).decision.terms == either  # type: ignore[union-attr]
    assert confirming.state(case).decision.terms == scaled  # type: ignore[union-attr]
    # Not due before scaled use begins.
    assert progress(confirming, case, LOGGING) is OPEN


def test_what_only_scaled_use_brings_is_due_on_its_first_day(site: Site) -> None:
    case = decided(site)
    site.confirm("dan", case, site.report("ada", case, TRAINING))
    again(site, case, asking(TRAIN, stage=Stage.SCALED), stage=Stage.SCALED, answers={"controls": "masking"})
    assert site.state(case).commitments[-1].commitment.due is None, "nothing is scaled before it is accepted"

    site.accept("ada", case)

    (masking,) = (item for item in site.state(case).commitments if item.commitment.name == "masking")
    begins = terms().begins
    assert (masking.progress, masking.commitment.due) == (OPEN, begins)
    assert [masking.overdue(day) for day in (begins, begins + timedelta(days=1))] == [False, True]
    assert status(site.state(case), begins + timedelta(days=1)).overdue == (masking.commitment,)


def test_what_arrives_later_confirms_nothing_for_the_gate(site: Site) -> None:
    case = decided(site, replace(TRAIN, due=terms().begins))
    later = site.revision(case=case, stage=Stage.SCALED).id
    away = site.fork("away")
    away.confirm("dan", case, away.report("ada", case, TRAINING))
    scaled = asking(replace(TRAIN, due=terms().begins), stage=Stage.SCALED)
    said = both(site, case, later, scaled)

    site.take(away)

    assert why(site, case, said) == {"GateUnmet"}
    both(site, case, later, scaled)
    assert site.state(case).decision.terms == scaled  # type: ignore[union-attr]


def test_an_owner_who_forks_his_stream_loses_no_commitment(site: Site) -> None:
    case = decided(site)
    opening = site.acts[case]
    site.report("ada", case, TRAINING, seq=2, prev=opening.id, stream=opening.stream)
    site.report("ada", case, TRAINING, seq=2, prev=opening.id, stream=opening.stream)

    assert site.state(case).forks
    assert progress(site, case) is OPEN


def test_an_objection_of_an_office_leaves_what_was_confirmed(site: Site) -> None:
    case = decided(site)
    site.confirm("dan", case, site.report("ada", case, TRAINING))
    site.opinion("dan", Office.CISO, case, case, Position.CHANGES)

    assert progress(site, case) is CONFIRMED


@pytest.mark.attack("terms that call confirmed what no office confirmed", refusal="TermsCallConfirmed")
def test_terms_call_confirmed_only_what_an_office_had_confirmed(site: Site) -> None:
    case = decided(site)
    calling = asking(TRAIN, confirmed=(TRAINING,))
    report = site.report("ada", case, TRAINING)

    assert why(site, case, again(site, case, calling)) == {"TermsCallConfirmed"}
    site.confirm("dan", case, report)
    again(site, case, calling)
    assert site.state(case).decision.terms == calling  # type: ignore[union-attr]


def test_a_first_decision_calls_nothing_confirmed(site: Site) -> None:
    case = site.revision().id

    assert why(site, case, both(site, case, case, asking(confirmed=(TRAINING,)))) == {"TermsCallConfirmed"}


# ------------------------------------------------------------------------------------------------------- what it costs


@pytest.mark.attack(
    "one office writes the approvals of the other beside its own, to make every past be folded",
    refusal="IGNORED, and no past is looked into",
)
@pytest.mark.parametrize("forger", ["cleo", "eve", "stranger"])
def test_who_writes_the_name_of_the_other_office_makes_nobody_look_into_pasts(
    forger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = organisation()
    case = site.revision().id
    last = case
    for users in range(30, 36):
        given = replace(terms(users), waivers=(Waiver(waived("f" * 64), "Not needed"),))
        forged = site.opinion(forger, Office.CISO, case, case, given=given, after=[last])
        assert refused(site, case, forged)
        last = site.opinion("cleo", Office.CIO, case, case, given=given, after=[last]).id
    looked = pasts_looked_into(monkeypatch)

    assert site.state(case).pairs == ()
    assert looked == []


@pytest.mark.attack(
    "one office approves two terms in turn that both had agreed on", refusal="no past is looked into again and again"
)
def test_who_goes_back_and_forth_between_what_asks_for_the_same_makes_nobody_look_into_pasts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each past is folded whole: a case of 600 such approvals took minutes on every installation."""
    site = organisation()
    case = site.revision().id
    ways = (asking(TRAIN), replace(terms(15), conditions=(TRAIN,)))
    for given in ways:
        both(site, case, case, given)
    for number in range(8):
        site.opinion("dan", Office.CISO, case, case, given=ways[number % 2])
    looked = pasts_looked_into(monkeypatch)

    assert site.state(case).pairs
    assert looked == []


def pasts_looked_into(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The acts whose past is asked for from now on."""
    looked: list[str] = []
    real = Pasts.before

    def before(self: Pasts, graph: Graph, name: str) -> Before:
        looked.append(name)
        return real(self, graph, name)

    monkeypatch.setattr(Pasts, "before", before)
    return looked


def test_what_both_approve_is_held_against_what_came_before(site: Site) -> None:
    case = decided(site)
    given = replace(terms(), waivers=(Waiver(waived(LOGGING), "Not needed"),))

    for act in both(site, case, case, given):
        assert refused(site, case, act) == "TermsLeaveOut"


@pytest.mark.attack(
    "both offices waive words that nobody has said, to say them once their record is handed out",
    refusal="WaivesUnasked",
)
def test_nobody_gives_up_what_nobody_asked_for(site: Site) -> None:
    """Its record would print an id for want of the words, and other pages as soon as anybody signs them."""
    case = site.revision().id
    given = asking(TRAIN, waivers=(Waiver(waived(LOGGING), "Not needed"),))

    assert why(site, case, both(site, case, case, given)) == {"WaivesUnasked"}

    both(site, case, case, asking(TRAIN, LOGS))
    site.accept("ada", case)
    assert {act.kind for act in both(site, case, case, given)} == {"opinion"}
    site.accept("ada", case, given)
    assert progress(site, case, LOGGING) is WAIVED
