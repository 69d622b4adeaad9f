"""What services compose — verdicts, the doctor, the report of an exchange — is codes with facts, and words only when it is read."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from intake.domain.base.reasons import Reason, as_object
from intake.domain.base.wording import words
from intake.exchange.report import ExchangeReport, FetchReport, MissingActs, SendReport
from intake.services.installation.workspace import Workspace
from intake.services.proving import anchors, judging, verifying
from intake.services.proving.judged import Judged
from intake.services.upkeep.diagnosing import Diagnosis, diagnose
from intake.trust.acts import verify_act
from tests.languages import FOREIGN, spoken
from tests.services.offices import Offices
from tests.services.test_reprinting import acts_of, decided, record


def outside(said: str) -> str:
    """What of a text the made-up language does not close around."""
    rest, depth = "", 0
    for sign in said:
        depth += (sign == "‹") - (sign == "›")
        rest += sign if depth == 0 and sign != "›" else ""
    return rest


def both(made: Callable[[], Sequence[Reason]]) -> Iterator[tuple[Reason, str]]:
    """The reasons that are made, which must be the same in English and in the made-up language, each with its foreign words."""
    english = made()
    with spoken(FOREIGN):
        foreign = made()
        said = [words(item) for item in foreign]
    assert json.dumps([*map(as_object, english)]) == json.dumps([*map(as_object, foreign)])
    assert english
    yield from zip(english, said, strict=True)


def of_verdict(found: Judged) -> tuple[Reason, ...]:
    return (found.said, found.step, *found.holds, *found.unseen)


def of_diagnosis(found: Diagnosis) -> tuple[Reason, ...]:
    told = tuple(item for finding in found.findings for item in (finding.said, finding.step))
    return (
        *told,
        *(label for label, _ in found.known),
        *(value for _, value in found.known if isinstance(value, Reason)),
    )


@pytest.mark.exhaustive
def test_what_is_verified_is_said_in_the_language_that_is_spoken(offices: Offices) -> None:
    case = decided(offices)
    bob = offices.installations["bob"]
    pdf, anchor = record(offices, "bob", case), anchors.anchor_of_register(bob)
    without = replace(anchor, org="")
    acts = [verify_act(blob).act for blob in acts_of(offices, "bob")]

    def verified() -> tuple[Reason, ...]:
        files = (pdf, pdf[:-9], pdf.replace(b"%PDF-1.7", b"%PDF-1.6"))
        found = [judging.of_verdict(verifying.verify_record(data, one)) for data in files for one in (anchor, without)]
        found += [judging.of_act(act, "", one) for act in acts for one in (anchor, without)]
        return tuple(item for verdict in found for item in of_verdict(verdict))

    assert [reason.code for reason, said in both(verified) if outside(said)] == []


@pytest.mark.exhaustive
def test_the_doctor_speaks_the_language_that_is_spoken(offices: Offices) -> None:
    decided(offices)
    bob = offices.installations["bob"]

    def found() -> tuple[Reason, ...]:
        return of_diagnosis(diagnose(Workspace(offices.root / "bob"), bob))

    assert [reason.code for reason, said in both(found) if outside(said)] == []


def test_a_report_of_an_exchange_is_said_in_the_language_that_is_spoken() -> None:
    notes = (*FetchReport(unfinished=1, reported_before=2, cancelled=True).notes, *SendReport(repaired=3).notes)

    def told() -> tuple[Reason, ...]:
        whole = ExchangeReport(1, 2, 3, 4, 5, 6, MissingActs(7, {}, ("a",)), notes=notes, cancelled=True, unsent=8)
        return (*whole.told, *ExchangeReport().told, *ExchangeReport(stopped=True).told)

    assert [reason.code for reason, said in both(told) if outside(said)] == []


def test_a_form_for_one_and_a_form_for_many_are_chosen_where_it_is_said() -> None:
    assert ExchangeReport(new=1).told[0].code == ExchangeReport(new=2).told[0].code
    with spoken({"ActsAreNew": "{count} Vorgänge neu", "ActsAreNew.one": "Ein Vorgang neu"}):
        assert ExchangeReport(new=1).summary == ("Ein Vorgang neu",)
        assert ExchangeReport(new=2).summary == ("2 Vorgänge neu",)


def test_who_has_a_verdict_has_its_words_and_loads_no_library_for_pdf() -> None:
    """What judges a record runs in another process; here only its codes arrive."""
    asked = (
        "import sys, intake.services.proving.verdicts; from intake.domain.base.wording import sources;"
        "print(*sources()); print(*sys.modules, file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60)

    from intake.records.proof import findings

    codes = {item.code for item in vars(findings).values() if hasattr(item, "english") or hasattr(item, "code")}
    assert codes <= set(run.stdout.split())
    assert not {"pikepdf", "pyhanko"} & set(run.stderr.split())
