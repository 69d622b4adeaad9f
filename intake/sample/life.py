"""The life of one use case, from its pilot to its retirement, by people who share nothing but a folder.

The owner, the CIO and the CISO each have a home of their own. In every step somebody also tries what must not work; each
attempt and the exact name of its refusal are kept, so that the table of them can be read and compared. The days lie in the
past and the last one is today, so nothing in it claims a day that is still to come.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.case.phases import EXPIRED, Phase
from intake.domain.case.status import status
from intake.domain.case.summary import reference
from intake.domain.terms.terms import Condition, Stage, Terms
from intake.domain.terms.terms import terms as agreed
from intake.files import make_folder, not_written, write_whole
from intake.sample.content import SampleCase
from intake.sample.files import made
from intake.sample.journey import CIO, CISO, OWNER, RECORDS, STEPS, FolderNotEmpty, JourneyBroken, JourneyPlace
from intake.sample.story import begin_draft
from intake.services.deciding import deciding, reviewing, suspending
from intake.services.deciding.deciding import Prepared
from intake.services.deciding.reviewing import CaseView
from intake.services.exchanging import exchanging
from intake.services.filing import filing
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.installation.workspace import Workspace, open_installation
from intake.trust.acts import VerifiedAct, verify_act

CASE = "city-pairs"
"""Which use case of the sample lives its life; its answers are those of a real entry of the inventory."""
_LEFT = "left.json"
"""What the steps leave to each other: attempts and phases, in the order in which they were met."""
_PILOT_DAYS = 150


@dataclass(frozen=True, slots=True)
class Attempt:
    """Something that must not work. ``refusal`` is the exact name it met, ``detail`` that of the reason within it, if any."""

    attempt: str
    refusal: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Lived:
    """What a life left: its PDFs, the phases it went through, the attempts that were refused, and whether all registers agree."""

    organisation: str
    case: str
    reference: str
    phases: tuple[str, ...]
    pdfs: tuple[str, ...]
    refused: tuple[Attempt, ...]
    identical_after_merge: bool


def live(
    root: Path,
    *,
    read: Callable[[str], bytes],
    names: Callable[[str], tuple[str, ...]],
    clock: Callable[[], datetime],
    say: Callable[[str], None] = lambda _line: None,
    run: Callable[[str], tuple[str, ...]] | None = None,
) -> Lived:
    """Live the whole life in the empty folder ``root``; ``say`` is told what happens, line by line.

    ``run`` does one step by its name and gives its lines: in this process when None. Raises FolderNotEmpty,
    JourneyBroken, or the refusal that stopped a step.
    """
    place = JourneyPlace(root, read, names, clock)
    if root.exists() and any(root.iterdir()):
        raise FolderNotEmpty(folder=root)
    for folder in (place.stick, place.shared):
        with not_written(folder):
            make_folder(folder)
    write_whole(root / _LEFT, json.dumps({"refused": [], "phases": []}).encode())
    for number, (name, step) in enumerate(LIFE.items(), start=1):
        say(f"{number}. {step.title}")
        for line in run(name) if run else take(place, name):
            say(f"   {line}")
    found = json.loads(place.summary.read_bytes())
    return Lived(
        organisation=found["organisation"],
        case=found["case"],
        reference=found["reference"],
        phases=tuple(found["phases"]),
        pdfs=tuple(found["pdfs"]),
        refused=tuple(Attempt(**item) for item in found["refused"]),
        identical_after_merge=found["identical_after_merge"],
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """``ago`` is how many days before today it happens."""

    title: str
    ago: int
    act: Callable[[JourneyPlace], Iterator[str]]


def take(place: JourneyPlace, name: str) -> tuple[str, ...]:
    """Take one step, on its day; gives what there is to tell. Raises KeyError for a step there is not."""
    step = LIFE[name]
    now = place.clock
    return tuple(step.act(replace(place, clock=lambda: now() - timedelta(days=step.ago))))


# ------------------------------------------------------------------------------------------ what the steps share
@dataclass(frozen=True, slots=True)
class _Desk:
    """One person at their own home, who has fetched what the others sent."""

    place: JourneyPlace
    installation: Installation
    signer: PersonWithKey

    @property
    def case(self) -> str:
        return self.place.filed(self.installation)

    @property
    def today(self) -> date:
        return self.place.clock().date()

    def look(self) -> CaseView:
        return reviewing.look(self.installation, self.case, self.signer.person)

    def prepare(self, given: Terms, reason: str = "") -> Prepared:
        return deciding.prepare(
            self.installation, self.signer.person, self.case, Position.APPROVE, given=given, reason=reason
        )

    def approve(self, given: Terms, reason: str = "") -> str:
        done = deciding.give(self.installation, self.signer, self.prepare(given, reason))
        return f"Signed; now {done.phase.value}" + (f", next: {', '.join(done.turn).upper()}" if done.turn else "")

    def tries(self, attempt: str, act: Callable[[], object]) -> str:
        """Do what must not work, and keep the name of its refusal. Raises JourneyBroken when it works."""
        try:
            act()
        except Refusal as refusal:
            reasons = (fact for name, fact in refusal.facts.items() if name in ("reason", "detail") and isinstance(fact, Reason))
            met = Attempt(attempt, refusal.code, next((reason.code for reason in reasons), ""))
        else:
            raise JourneyBroken(detail=f"this should have been refused: {attempt}")
        _leave(self.place, refused=asdict(met))
        return f"Refused: {attempt} ({met.detail or met.refusal})"

    def notes(self) -> str:
        """Keep the phase the case is in now."""
        state = self.installation.state(self.case)
        over = state.phase is Phase.DECIDED and status(state, self.today).expired
        phase = EXPIRED if over else state.phase.value
        _leave(self.place, phases=phase)
        return f"Now {phase}"


@contextmanager
def _desk(place: JourneyPlace, person: str) -> Iterator[_Desk]:
    """What is signed at it is sent when the person leaves."""
    with place.installation(person) as (installation, signer):
        if not installation.register.org:
            installation.register.join(exchanging.founding_roster(place.stick / "organisation.countersign")[0])
        place.exchange(installation)
        yield _Desk(place, installation, signer)
        place.exchange(installation)


def _leave(place: JourneyPlace, **given: object) -> None:
    left = json.loads((place.root / _LEFT).read_bytes())
    for name, value in given.items():
        left[name].append(value)
    write_whole(place.root / _LEFT, json.dumps(left, indent=2).encode())


def _case(place: JourneyPlace) -> SampleCase:
    return next(case for case in place.content().cases if case.id == CASE)


# ------------------------------------------------------------------------------------------------------ the steps
def _file(place: JourneyPlace) -> Iterator[str]:
    case = _case(place)
    with _desk(place, OWNER) as desk:
        draft = begin_draft(desk.installation, case)
        for file in case.files:
            filing.attach(desk.installation, draft, file.question, file.name, *made(file))
        done = filing.file(desk.installation, desk.signer, draft)
        yield f"{done.reference} “{done.title}”, revision {done.number}: {done.tier}, {done.lane}"
        yield desk.tries("the owner approves the own use case", lambda: desk.prepare(desk.look().proposal))
        yield desk.notes()


def _tighten(place: JourneyPlace) -> Iterator[str]:
    with _desk(place, CISO) as desk:
        asked = desk.look().proposal
        wide = asked.boundaries.replaced(
            {"data_access.personal_data": "special", "model_scope.autonomy": "acts_alone"}
        )
        yield desk.tries("more is granted than was asked for, without a reason", lambda: desk.prepare(replace(asked, boundaries=wide)))
        yield desk.tries("a permission until 2046", lambda: desk.prepare(replace(asked, expires=date(2046, 1, 1))))
        yield desk.tries("a larger step is granted than was asked for", lambda: desk.prepare(replace(asked, stage=Stage.SCALED)))
        limits = asked.boundaries.replaced({"user_permissions.max_users": 10})
        due = desk.today + timedelta(days=45)
        wanted = Condition(due, OWNER, "Compare three months of forecasts with what was bought")
        given = agreed(asked.stage, limits, (wanted,), asked.begins, desk.today + timedelta(days=_PILOT_DAYS), asked.waivers)
        yield desk.approve(given)


def _agree(place: JourneyPlace) -> Iterator[str]:
    with _desk(place, CIO) as desk:
        yield desk.approve(desk.look().proposal)
        yield desk.notes()


def _suspend(place: JourneyPlace) -> Iterator[str]:
    with _desk(place, CISO) as desk:
        suspending.suspend(desk.installation, desk.signer, desk.case, "The share where the forecasts lie was open to everybody.")
        yield desk.notes()


def _lift(place: JourneyPlace) -> Iterator[str]:
    for person in (CISO, CIO):
        with _desk(place, person) as desk:
            suspending.lift(desk.installation, desk.signer, desk.case, "The share is closed, and nobody had opened it.")
            yield desk.notes()


def _scale(place: JourneyPlace) -> Iterator[str]:
    case = _case(place)
    with _desk(place, OWNER) as desk:
        step = next(step for step in case.story if step.do == "revise")
        draft = filing.start(desk.installation, OWNER, case=desk.case)
        desk.installation.register.drafts.answers(draft, {name: answer.as_json() for name, answer in step.answers.items()})
        for file in step.files:
            filing.attach(desk.installation, draft, file.question, file.name, *made(file))
        done = filing.file(desk.installation, desk.signer, draft)
        yield f"Revision {done.number} asks for scaled use"
    with _desk(place, CIO) as desk:
        yield desk.approve(desk.look().proposal)
    with _desk(place, CISO) as desk:
        yield desk.approve(desk.look().proposal)
        yield desk.notes()


LIFE: Mapping[str, _Step] = {
    **{name: _Step(title, 400, act) for name, (title, act) in STEPS.items() if name in ("enrol", "found", "endorse")},
    "file": _Step("The owner files a use case and asks for a pilot", 398, _file),
    "tighten": _Step("The CISO tightens the boundaries, adds a condition and approves", 395, _tighten),
    "agree": _Step("The CIO agrees", 394, _agree),
    "suspend": _Step("The CISO suspends", 330, _suspend),
    "lift": _Step("Both lift", 320, _lift),
    "scale": _Step("The owner files for scaled use, and both pass it through the gate", 300, _scale),
}
"""The steps by name, in the order of the life."""
