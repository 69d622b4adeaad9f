"""What a record says of commitments: each with its state when the terms were signed, as far as the terms themselves tell.

A record is printed again from signed acts for as long as it is kept, whatever becomes of rosters and reports. So nothing here is asked
of what an act is worth: both offices signed which commitments an office had confirmed, and which they give up.
"""

from __future__ import annotations

from collections.abc import Mapping

from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.assessment.owed import owed
from intake.domain.base.canonical import Json
from intake.domain.case.commitment import committed_by, condition_of
from intake.domain.terms.terms import Condition, Terms
from intake.records.case_file import CaseFile

OPEN, CONFIRMED, WAIVED = "To be met", "Confirmed", "Given up"
_CODES = {OPEN: "open", CONFIRMED: "confirmed", WAIVED: "waived"}


class Committed:
    """All that terms commit to, and what they settle of terms before them."""

    def __init__(self, case_file: CaseFile, terms: Terms) -> None:
        asked = owed(case_file.assessment, terms, case_file.revision.body.owner)
        self._terms = terms
        self._waived = {item.commitment: item.reason for item in terms.waivers if item.commitment}
        self._every = {item.id: item for item in committed_by(terms, asked)}
        self._by_name = {(item.source.value, item.name): item for item in asked}
        self._case_file = case_file

    def of_condition(self, item: Condition) -> str:
        return self._state(condition_of(item).id)

    def of_item(self, source: str, name: str) -> str:
        """The state of a control or duty, by its id in the playbook."""
        return self._state(self._by_name[source, name].id)

    def settled_before(self) -> tuple[tuple[str, str], ...]:
        """What these terms settle and do not ask for themselves: what it is, and what became of it."""
        texts = self._texts()
        left = [name for name in (*self._terms.confirmed, *sorted(self._waived)) if name not in self._every]
        return tuple((texts.get(name, name), self._state(name)) for name in dict.fromkeys(left))

    def text(self, name: str) -> str:
        """What a commitment is called; its id where nothing here has its words."""
        return self._texts().get(name, name)

    def as_json(self) -> list[Json]:
        made: list[Json] = [
            {
                "id": item.id,
                "source": item.source.value,
                "name": item.name,
                "text": item.text,
                "owner": item.owner,
                "office": item.office.value if item.office else "",
                "due": item.due.isoformat() if item.due else "",
                "stage": item.stage.value if item.stage else "",
                "state": _CODES[self._state(item.id)],
            }
            for item in self._every.values()
        ]
        return made

    def _state(self, name: str) -> str:
        if name in self._waived:
            return WAIVED
        return CONFIRMED if name in self._terms.confirmed else OPEN

    def _texts(self) -> Mapping[str, str]:
        """An id is the digest of the words, so the words are these, no matter who wrote them."""
        bodies = (event.body for event in self._case_file.state.events)
        said = (body.terms for body in bodies if isinstance(body, OpinionBody) and body.terms)
        conditions = (condition_of(item) for terms in said for item in terms.conditions)
        return {item.id: item.text for item in (*conditions, *self._every.values())}
