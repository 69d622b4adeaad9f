"""A decision on one revision: what two offices agreed on, or what one declined, and the record of it."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.acts.envelope import Attachment
from intake.domain.case.phases import Outcome, RecordState
from intake.domain.terms.terms import Terms


@dataclass(frozen=True, slots=True)
class Decision:
    """Exists when both offices approve the same terms, or when one declines (then ``terms`` is None).

    ``opinions`` are the act ids that make it, CIO first; ``record`` is the finished PDF once it is sealed. A decline has
    one when its file is the pages it names under the signature of its author. Where seals contradict each other there is
    none, and ``rivals`` are the files they name. ``copies`` are the opinions whose file can complete an open record, the
    one to complete first.
    """

    outcome: Outcome
    revision: str
    terms: Terms | None
    assessment: str
    opinions: tuple[str, ...]
    record_state: RecordState
    record: Attachment | None
    sealed_by: str
    rivals: tuple[Attachment, ...] = ()
    copies: tuple[str, ...] = ()
