"""A commitment: something that somebody has to meet because both offices agreed on it (rule R14).

A condition of the terms, a control or a duty of the playbook. Its id is the digest of what is asked, by whom, and of what shows
that it is done: other words are another commitment. Who meets it, and until when, may change and it stays the same one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from intake.domain.acts.kinds import Office
from intake.domain.base import canonical
from intake.domain.playbook.judged import ControlStage
from intake.domain.terms.terms import Condition, Terms


class CommitmentSource(StrEnum):
    CONDITION = "condition"
    CONTROL = "control"
    DUTY = "duty"


BEFORE_SCALING = (ControlStage.BEFORE_PILOT, ControlStage.BEFORE_SCALE_UP)
"""The steps that are over once a use is scaled."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """Made by ``condition_of`` and ``asked_of``, which give it its ``id``.

    ``office`` confirms it; None where either office does. ``owner`` (person id) reports it, ``due`` is its day; where it has
    none, ``stage`` is the step before or in which it is due. ``name`` is the id of a control or duty, ``role`` who does it as
    the playbook says. ``law`` is whether the law demands it: no office gives that up.
    """

    id: str
    source: CommitmentSource
    text: str
    owner: str
    evidence: tuple[str, ...] = ()
    office: Office | None = None
    due: date | None = None
    stage: ControlStage | None = None
    name: str = ""
    detail: str = ""
    why: str = ""
    role: str = ""
    law: bool = False

    def due_for_scaling(self, begins: date) -> bool:
        """Whether it has to be met before scaled use begins on a day."""
        return self.due <= begins if self.due else self.stage in BEFORE_SCALING

    @property
    def order(self) -> tuple[str, int, str, str]:
        """Its place in a list: what has a day by its day, the rest by the step it belongs to."""
        step = list(ControlStage).index(self.stage) if self.stage else len(ControlStage)
        return (self.due.isoformat() if self.due else "9999", step, self.text, self.id)


def condition_of(item: Condition) -> Commitment:
    """The commitment that a condition is."""
    office = Office(item.office) if item.office else None
    evidence = (item.evidence,) if item.evidence else ()
    return asked_of(CommitmentSource.CONDITION, item.text, item.owner, evidence=evidence, office=office, due=item.due)


def asked_of(  # noqa: PLR0913 - a commitment has these fields
    source: CommitmentSource,
    text: str,
    owner: str,
    *,
    evidence: tuple[str, ...] = (),
    office: Office | None = None,
    due: date | None = None,
    stage: ControlStage | None = None,
    name: str = "",
    detail: str = "",
    why: str = "",
    role: str = "",
    law: bool = False,
) -> Commitment:
    """A commitment with its id."""
    found = canonical.digest(
        {
            "source": f"{source.value}:{name}" if name else source.value,
            "text": text,
            "detail": detail,
            "evidence": list(evidence),
            "office": office.value if office else "",
        }
    )
    return Commitment(found, source, text, owner, evidence, office, due, stage, name, detail, why, role, law)


def committed_by(terms: Terms, judged: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """All that terms commit to: their conditions, and what the playbook asks for on them. Of what is asked twice in the same
    words the first by its day counts.
    """
    found: dict[str, Commitment] = {}
    for item in (*map(condition_of, terms.conditions), *judged):
        found.setdefault(item.id, item)
    return tuple(sorted(found.values(), key=lambda item: item.order))
