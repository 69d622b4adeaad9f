"""What happened in the stored organisation: every kind of act of this version, and what a case can come to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds import ACCESS
from intake.domain.acts.kinds.access import AccessBody
from intake.domain.acts.kinds.figures import FiguresBody
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.canonical import sha256
from intake.domain.case.commitment import condition_of
from intake.domain.organisation.roster import Role
from intake.domain.terms.terms import Condition
from intake.services.deciding import accepting, deciding, disowning, figures, remarks, suspending
from intake.services.filing import committing, filing, handing, retiring
from intake.services.installation.bare_writer import BareWriter
from intake.services.organisation import literacy, people
from tests.people import person
from tests.services.later import sign_later
from tests.services.offices import Offices, founded

NOTE = "note-archive"
"""A kind that this version does not know and that never binds anybody."""
NOTED = b"Box 7, shelf 3."
"""The file of a note."""

CASES = {
    **dict.fromkeys(("decided", "accepted", "lifted"), "decided"),
    **{
        name: name
        for name in (
            "acceptance", "declined", "withdrawn", "retired", "suspended", "terms-differ", "contested", "review",
        )
    },
}  # fmt: skip
"""What each case came to, by its name in the archive."""
TRAIN = Condition(date(2026, 12, 24), "ada", "Train the team.", "The list of who came", "ciso")
LEFT = {"data": "Deleted.", "access": "Taken back.", "model": "", "contract": "Ended."}


@contextmanager
def told(folder: Path) -> Iterator[tuple[Offices, dict[str, str]]]:
    """The organisation on registers under ``folder``, everything at Bob's, and the cases by name. The clock is a fixed one."""
    offices = founded(folder)
    try:
        _organise(offices)
        cases = _decide(offices)
        _live(offices, cases)
        _disown(offices, cases)
        yield offices, cases
    finally:
        offices.close()


def _organise(offices: Offices) -> None:
    """Version 2 lists Eve as an owner and an auditor; she is no auditor any more by version 3."""
    bob, finn = (offices.installations[name] for name in ("bob", "finn"))
    offices.open("eve")
    eve = offices.installations["eve"]
    eve.register.join(bob.register.org)
    offices.travel("bob", "eve")
    asked = people.enrol(eve, offices.signer("eve"), name="Eve", unit="Finance").act
    offices.travel("eve", "bob")
    change = people.list_person(bob, offices.signer("bob"), asked.id, (Role.OWNER, Role.AUDITOR))
    offices.travel("bob", "finn")
    people.endorse(finn, offices.signer("finn"), change.roster)
    offices.travel("finn", *offices.installations)
    change = people.end_role(bob, offices.signer("bob"), "eve", Role.AUDITOR)
    offices.travel("bob", "finn")
    people.endorse(finn, offices.signer("finn"), change.roster)
    offices.travel("finn", *offices.installations)
    for name in ("ada", "eve"):
        here = offices.installations[name]
        literacy.acknowledge(here, offices.signer(name), [item.id for item in literacy.chapters(here)])
        offices.travel(name, "bob")


def _decide(offices: Offices) -> dict[str, str]:
    everybody = tuple(offices.installations)
    cases = {name: offices.file("eve" if name == "review" else "ada") for name in CASES}
    for owner in ("ada", "eve"):
        offices.travel(owner, *everybody)
    for name, users in (
        *(("decided", None), ("suspended", None), ("lifted", None), ("retired", None)),
        *(("accepted", 15), ("acceptance", 15)),
    ):
        given = offices.terms("dan", cases[name], users=users)
        given = replace(given, conditions=(TRAIN,)) if name == "accepted" else given
        offices.decide("dan", cases[name], given=given)
        offices.travel("dan", "cleo")
        offices.decide("cleo", cases[name], given=given)
    offices.travel("cleo", *everybody)
    # Fifteen users are less than Ada filed: she answers both cases, and accepts one of them all the same.
    ada = offices.installations["ada"]
    for name in ("accepted", "acceptance"):
        accepting.answer(
            ada, offices.signer("ada"), cases[name], "user_permissions.max_users", "Two teams have to wait."
        )
    offices.accept(cases["accepted"])
    offices.decide("cleo", cases["suspended"], Position.CHANGES, reason="Stop until the supplier has answered.")
    offices.decide("dan", cases["declined"], Position.DECLINE, reason="Not with these data.")
    here = offices.installations["ada"]
    filing.withdraw(here, offices.signer("ada"), cases["withdrawn"], "No longer needed.")
    offices.decide("dan", cases["terms-differ"])
    offices.travel("dan", "cleo")
    offices.decide("cleo", cases["terms-differ"], given=offices.terms("cleo", cases["terms-differ"], users=10))
    # Dan thinks better of it while Cleo, who has not heard, countersigns.
    offices.decide("dan", cases["contested"])
    offices.travel("dan", "cleo")
    offices.decide("dan", cases["contested"], Position.CHANGES, reason="Who answers for the results?")
    offices.decide("cleo", cases["contested"], given=offices.terms("cleo", cases["contested"]))
    _remark(offices, cases)
    for name in everybody:
        offices.travel(name, "bob")
    people.checkpoint(offices.installations["bob"], offices.signer("bob"))
    return cases


def _live(offices: Offices, cases: dict[str, str]) -> None:
    """What was decided runs: it is reported on, suspended, retired and handed over."""
    everybody = tuple(offices.installations)
    ada, cleo, dan, eve = (offices.installations[name] for name in ("ada", "cleo", "dan", "eve"))
    as_ada, as_cleo, as_dan, as_eve = (offices.signer(name) for name in ("ada", "cleo", "dan", "eve"))
    offices.travel("bob", *everybody)
    training = condition_of(TRAIN).id
    for text in ("Everybody was there.", "The list is attached."):
        files = (committing.ReportFile("list.txt", NOTED),) if text.startswith("The list") else ()
        committing.report(ada, as_ada, cases["accepted"], training, text, files)
        offices.travel("ada", "dan")
        if files:
            committing.confirm(dan, as_dan, cases["accepted"], training)
        else:
            committing.send_back(dan, as_dan, cases["accepted"], training, "Who came?")
        offices.travel("dan", "ada")
    figures.report_figures(ada, as_ada, cases["decided"], FiguresBody(offices.clock.now.date(), 12, "EUR 4000"))
    suspending.suspend(cleo, as_cleo, cases["suspended"], "A leak at the supplier.")
    suspending.suspend(cleo, as_cleo, cases["lifted"], "Has it been tested?")
    offices.travel("cleo", "dan")
    suspending.lift(dan, as_dan, cases["lifted"], "It has.")
    offices.travel("dan", "cleo")
    suspending.lift(cleo, as_cleo, cases["lifted"], "Now I have seen it.")
    retiring.retire(ada, as_ada, cases["retired"], "Another tool does it.", LEFT)
    offices.travel("ada", "dan", "eve")
    retiring.acknowledge(dan, as_dan, cases["retired"])
    handing.hand_over(eve, as_eve, cases["review"], "ada", "I move to another unit.")
    offices.travel("eve", "ada")
    handing.take_over(ada, as_ada, cases["review"])
    remark = ada.state(cases["decided"]).threads[0].remark
    remarks.resolve(cleo, as_cleo, cases["decided"], remark)
    # As where the exchange is confidential: who was given which key.
    given = BareWriter(cleo, as_cleo)
    given.write(ACCESS, AccessBody("12" * 16, (), (person("dan").reader.fingerprint,)), case=cases["decided"])
    given.store()
    for name in everybody:
        offices.travel(name, "bob")


def _disown(offices: Offices, cases: dict[str, str]) -> None:
    """Version 4 lists Carol as a second CIO, and version 5 cuts off her key, which somebody else then suspends with."""
    bob, cleo, finn = (offices.installations[name] for name in ("bob", "cleo", "finn"))
    offices.open("carol")
    carol = offices.installations["carol"]
    carol.register.join(bob.register.org)
    offices.travel("bob", *offices.installations)
    asked = people.enrol(carol, offices.signer("carol"), name="Carol", unit="Finance").act
    offices.travel("carol", "bob")
    change = people.list_person(bob, offices.signer("bob"), asked.id, (Role.CIO,))
    offices.travel("bob", "finn")
    people.endorse(finn, offices.signer("finn"), change.roster)
    offices.travel("finn", *offices.installations)
    change = people.cut_off_key(bob, offices.signer("bob"), offices.signer("carol").key.fingerprint)
    offices.travel("bob", "finn")
    people.endorse(finn, offices.signer("finn"), change.roster)
    suspending.suspend(carol, offices.signer("carol"), cases["lifted"], "Nobody shall use it.")
    offices.travel("carol", "cleo")
    offices.travel("finn", *offices.installations)
    disowning.disown(cleo, offices.signer("cleo"), cases["lifted"], "Her key was stolen.")
    offices.travel("cleo", "bob")
    people.checkpoint(bob, offices.signer("bob"))


def _remark(offices: Offices, cases: dict[str, str]) -> None:
    """Comments, and what a newer version has written beside a case and beside the organisation."""
    ada, bob = offices.installations["ada"], offices.installations["bob"]
    deciding.comment(ada, offices.signer("ada"), cases["decided"], "The pilot begins on Monday.")
    deciding.comment(ada, offices.signer("ada"), cases["review"], "Is anything missing?")
    listed = Attachment(sha256(NOTED), len(NOTED), "text/plain", "archive.txt").as_json()
    sign_later(
        bob,
        offices.signer("bob"),
        NOTE,
        {"attachments": [listed], "shelf": 3},
        case=cases["declined"],
        files={sha256(NOTED): NOTED},
    )
    sign_later(bob, offices.signer("bob"), NOTE, {"text": "The safe moved."})
