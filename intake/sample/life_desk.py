"""What the steps of a use case's life share: somebody at a home of their own, and what the steps leave to each other.

Somebody comes to the desk, fetches what the others sent, does something, and sends it when they leave. What must not work is
tried there too, and the exact name of its refusal is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.case.allowed import allowed
from intake.domain.case.fold import CaseState
from intake.domain.case.phases import phase_said
from intake.domain.playbook.answers import Answer
from intake.domain.terms.terms import Terms
from intake.files import write_whole
from intake.sample.content import SampleFile
from intake.sample.files import made
from intake.sample.journey import JourneyBroken, JourneyPlace
from intake.services.deciding import deciding, reviewing
from intake.services.deciding.deciding import Given, Prepared
from intake.services.deciding.reviewing import CaseView
from intake.services.exchanging import exchanging
from intake.services.filing import filing
from intake.services.installation.installation import Installation, PersonWithKey

LEFT = "left.json"
"""The file of a life in which its steps keep what they met: attempts and phases, in order."""
PACKAGE = "organisation.countersign"


@dataclass(frozen=True, slots=True)
class Attempt:
    """Something that must not work, in words anybody understands; ``code`` is the name of the refusal it met, and ``reason_code``
    that of what the refusal gives as its reason, empty where its name says all.
    """

    attempt: str
    code: str
    reason_code: str = ""


@dataclass(frozen=True, slots=True)
class LifeDesk:
    """One person at their own home."""

    place: JourneyPlace
    installation: Installation
    signer: PersonWithKey

    @property
    def case(self) -> str:
        return self.place.filed(self.installation)

    @property
    def state(self) -> CaseState:
        return self.installation.state(self.case)

    @property
    def today(self) -> date:
        return self.place.clock().date()

    @property
    def office(self) -> Office | None:
        """The office that this person holds for the use case."""
        return allowed(self.state, self.installation.rosters, self.signer.person).office

    def in_days(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def look(self) -> CaseView:
        return reviewing.look(self.installation, self.case, self.signer.person)

    def prepare(self, given: Terms, reason: str = "") -> Prepared:
        return deciding.prepare(
            self.installation, self.signer.person, self.case, Position.APPROVE, given=given, reason=reason
        )

    def approve(self, given: Terms, reason: str = "") -> Given:
        return deciding.give(self.installation, self.signer, self.prepare(given, reason))

    def file(self, draft: str, files: Iterable[SampleFile]) -> str:
        """File a draft with its evidence; gives what to tell."""
        for file in files:
            filing.attach(self.installation, draft, file.question, file.name, *made(file))
        done = filing.file(self.installation, self.signer, draft)
        return f"{done.reference} “{done.title}”, revision {done.number}: {done.tier}, {done.lane}"

    def revise(self, answers: dict[str, Answer], files: Iterable[SampleFile] = ()) -> str:
        """File again with these answers; gives what to tell."""
        draft = filing.start(self.installation, self.signer.person, case=self.case)
        self.installation.register.drafts.answers(draft, {name: answer.as_json() for name, answer in answers.items()})
        return self.file(draft, files)

    def tries(self, attempt: str, act: Callable[[], object]) -> str:
        """Do what must not work, and keep the name of its refusal. Raises JourneyBroken when it works."""
        try:
            act()
        except Refusal as refusal:
            reason = refusal.facts.get("reason")
            met = Attempt(attempt, refusal.code, reason.code if isinstance(reason, Reason) else "")
        else:
            raise JourneyBroken(detail=f"this should have been refused: {attempt}")
        keep(self.place.root, "refused", asdict(met))
        return f"Refused ({met.reason_code or met.code}): {attempt}"

    def notes(self) -> str:
        """Keep the phase the case is in on this day, and tell it."""
        state = self.state
        terms = state.in_force.terms if state.in_force else None
        phase = phase_said(state.phase.value, terms.expires if terms else None, self.today)
        if _left(self.place.root)["phases"][-1:] != [phase]:
            keep(self.place.root, "phases", phase)
        return f"Now {phase}"


@contextmanager
def at_desk(place: JourneyPlace, person: str, *, fetches: bool = True, sends: bool = True) -> Iterator[LifeDesk]:
    """Somebody comes to their home and leaves it again. Who works apart fetches nothing first, or sends nothing yet."""
    with place.installation(person) as (installation, signer):
        if not installation.register.org:
            installation.register.join(exchanging.founding_roster(place.stick / PACKAGE)[0])
        if fetches:
            place.exchange(installation)
        yield LifeDesk(place, installation, signer)
        if sends:
            place.exchange(installation)


def keep(root: Path, what: str, value: object) -> None:
    """Add one to what the steps leave to each other."""
    left = _left(root)
    left[what].append(value)
    write_whole(root / LEFT, json.dumps(left, indent=2).encode())


def _left(root: Path) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = json.loads((root / LEFT).read_bytes())
    return found
