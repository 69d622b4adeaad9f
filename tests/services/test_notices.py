"""The signed notices of acts that change what a record says: printed, verified by anybody, and judged when somebody lies."""

from __future__ import annotations

import pytest

from intake.domain.acts.kinds import NOTICE
from intake.domain.acts.kinds.notice import NoticeBody
from intake.domain.base.canonical import parse, sha256
from intake.records.proof.verdict import Indication
from intake.records.reading import structure
from intake.records.refusals import WordsMissing
from intake.services.deciding import suspending
from intake.services.deciding.noticing import notices
from intake.services.deciding.records_at_hand import at_hand
from intake.services.filing import handing, retiring
from intake.services.installation.act_writer import ActWriter
from intake.services.proving.verifying import verify
from tests.services.offices import Offices
from tests.services.stages import decided_everywhere

EVERYBODY = ("ada", "bob", "cleo", "dan")
LEFT = {"data": "Deleted.", "access": "", "model": "Off.", "contract": "Ended."}


@pytest.fixture
def case(offices: Offices) -> str:
    return decided_everywhere(offices)


def pdf(offices: Offices, sha: str, who: str = "bob") -> bytes:
    data = offices.installations[who].register.queries.blob(sha)
    assert data is not None
    return data


def test_each_names_the_record_it_changes_and_its_act(offices: Offices, case: str) -> None:
    dan, cleo, ada = (offices.installations[name] for name in ("dan", "cleo", "ada"))
    decision = dan.state(case).in_force
    assert decision is not None
    assert decision.record is not None
    stopped = suspending.suspend(dan, offices.signer("dan"), case, "It leaked.")
    half = suspending.lift(dan, offices.signer("dan"), case, "Mended.")
    offices.travel("dan", *EVERYBODY)
    suspending.lift(cleo, offices.signer("cleo"), case, "Mended.")
    offices.travel("cleo", *EVERYBODY)
    given = handing.hand_over(ada, offices.signer("ada"), case, "bob", "I move on.")
    ended = retiring.retire(ada, offices.signer("ada"), case, "Replaced.", LEFT)
    offices.travel("ada", *EVERYBODY)

    for who, act, notice in (
        ("dan", stopped.acts[0], stopped.notices[0]),
        ("dan", half.acts[0], half.notices[0]),
        ("ada", given.act, given.notice),
        ("ada", ended.act, ended.notice),
    ):
        data = pdf(offices, notice)
        twin = parse(structure.scan(data).twin)
        assert isinstance(twin, dict)
        facts = twin["facts"]
        assert isinstance(facts, dict)
        assert (facts["act"], facts["changes"], twin["kind"]) == (act, decision.record.sha256, "notice")
        for reader in ("bob", "cleo"):
            verdict = verify(offices.installations[reader], data)
            assert (verdict.indication, [item.person for item in verdict.signatures]) == (Indication.PASSED, [who])
    assert len(notices(offices.installations["bob"].state(case))) == 5


def test_it_is_saved_by_its_digest_and_is_no_record(offices: Offices, case: str) -> None:
    dan = offices.installations["dan"]
    (notice,) = suspending.suspend(dan, offices.signer("dan"), case, "It leaked.").notices

    found = at_hand(dan, case, verify, notice)

    assert (sha256(found.data), found.said) == (notice, None)
    assert at_hand(dan, case, verify).attachment.sha256 != notice


def test_it_is_one_page_with_how_to_check_it(offices: Offices, case: str) -> None:
    dan = offices.installations["dan"]
    (notice,) = suspending.suspend(dan, offices.signer("dan"), case, "It leaked.").notices

    data = pdf(offices, notice, "dan")

    assert data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") == 1


@pytest.mark.attack("a notice of an act that somebody else signed", refusal="no notice, the true one PASSED")
def test_nobody_signs_a_notice_of_an_act_of_somebody_else(offices: Offices, case: str) -> None:
    dan, ada = offices.installations["dan"], offices.installations["ada"]
    stopped = suspending.suspend(dan, offices.signer("dan"), case, "It leaked.")
    offices.travel("dan", *EVERYBODY)
    true = next(event.body for event in ada.state(case).events if isinstance(event.body, NoticeBody))
    writer = ActWriter(ada, offices.signer("ada"))
    record = writer.attach(pdf(offices, stopped.notices[0], "ada") + b"\n", "false.pdf", "application/pdf")
    lie = NoticeBody(true.about, true.revision, "f" * 64, true.base, record)
    writer.write(NOTICE, lie, case=case)
    writer.store()

    assert [file.sha256 for _, file in notices(ada.state(case))] == [stopped.notices[0]]
    assert verify(ada, pdf(offices, stopped.notices[0], "ada")).indication is Indication.PASSED


def test_stopping_waits_for_no_paper(offices: Offices, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dan = offices.installations["dan"]

    class Broken:
        newest = dan.printer.newest

        def base(self, *_: object) -> bytes:
            raise WordsMissing(field="x")

    monkeypatch.setattr(type(dan), "printer", Broken(), raising=False)
    made = suspending.suspend(dan, offices.signer("dan"), case, "It leaked.")

    assert (made.notices, len(made.open)) == ((), 1)
