"""What a person writes about a case and has not signed: its parts, and what has come since it was begun.

A part is a change of terms, by its path, or words: a reason, a comment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intake.domain.acts.kinds import Office
from intake.domain.base.canonical import Json
from intake.domain.base.refusals import Refusal
from intake.domain.terms.boundaries import FieldTables
from intake.domain.terms.differences import TermsDifference, differences
from intake.domain.terms.edits import BEGINS, EXPIRES
from intake.domain.terms.terms import Terms, from_json

_WORDS = "words."

REASON_FOR_TERMS = f"{_WORDS}reason.terms"
REASON_FOR_CHANGES = f"{_WORDS}reason.changes"
REASON_TO_DECLINE = f"{_WORDS}reason.decline"
REASON_TO_SUSPEND = f"{_WORDS}reason.suspend"
REASON_TO_LIFT = f"{_WORDS}reason.lift"
REPORTED = f"{_WORDS}report."
"""What somebody reports; the id of the commitment follows."""
RETURNED = f"{_WORDS}return."
"""Why a report is sent back; the id of the commitment follows."""
REASON_TO_DISOWN = f"{_WORDS}reason.disown"
REASON_TO_RETIRE = f"{_WORDS}reason.retire"
LEFT = f"{_WORDS}left."
"""What becomes of something that a retired use leaves behind; its name follows."""
REASON_TO_HAND_OVER = f"{_WORDS}reason.hand-over"
COMMENT = f"{_WORDS}comment"
ABOUT = f"{_WORDS}about"
"""What the comment is about: the id of a question."""
REMARK = f"{_WORDS}remark"
"""A comment that is written on the page of the use case, where it is about no question."""
ANSWER = f"{_WORDS}answer."
"""The answer to a remark; the act id of the remark follows."""
CONDITION = f"{_WORDS}condition"
"""A condition that is still being written: its text, owner and day, each as far as it is given."""
WITHDRAWAL = f"{_WORDS}withdrawal"

_COST = f"{_WORDS}cost."


def cost_of(about: str) -> str:
    """The part with what the owner’s side says that a point of a decision costs, before it is signed."""
    return f"{_COST}{about}"


REASONS = (REASON_FOR_TERMS, REASON_FOR_CHANGES, REASON_TO_DECLINE)


def is_words(part: str) -> bool:
    """Whether a part is anything else than a change of terms."""
    return part.startswith(_WORDS)


@dataclass(frozen=True, slots=True)
class Began:
    """What changes of terms began from: the terms of an ``office``, or (None) what the playbook proposed for a revision."""

    revision: str
    number: int
    office: Office | None
    terms: Terms

    def as_json(self) -> Json:
        return {
            "revision": self.revision,
            "number": self.number,
            "office": self.office.value if self.office else "",
            "terms": self.terms.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What has come since changes of terms began: whether a revision, and where the terms in question part from what they began from."""

    began: Began
    revised: bool
    differences: tuple[TermsDifference, ...]


def began_from_json(value: Json, tables: FieldTables) -> Began | None:
    """Read what ``Began.as_json`` wrote; None for what cannot be read here."""
    if not isinstance(value, Mapping):
        return None
    revision, number, office = value.get("revision"), value.get("number"), value.get("office")
    try:
        terms = from_json(value.get("terms"), tables)
    except Refusal:
        return None
    if not isinstance(terms, Terms) or not isinstance(revision, str) or not isinstance(number, int):
        return None
    return Began(revision, number, next((item for item in Office if item.value == office), None), terms)


def meanwhile(began: Began, now: Began) -> Meanwhile | None:
    """What has come between; None when the same is in question ``now``.

    What the playbook proposes holds from today and ends so many days later: that alone is nothing new.
    """
    revised = began.revision != now.revision
    found = differences(began.terms, now.terms)
    if began.office is None and now.office is None:
        found = tuple(item for item in found if item.path not in (BEGINS, EXPIRES))
    same_office = began.office is now.office
    return None if not revised and not found and same_office else Meanwhile(began, revised, found)
