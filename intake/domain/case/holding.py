"""What is in force: the decision on the latest revision, once it is accepted, and until then what was before (rules R6 and R11)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.case import newer_engines
from intake.domain.case.acceptance import Acceptance, Acceptances
from intake.domain.case.agreements import Agreements
from intake.domain.case.decision import Decision
from intake.domain.case.fates import Fate, Pair
from intake.domain.case.gate import Pasts
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Judge
from intake.domain.case.pairs import Opinions
from intake.domain.case.phases import Outcome, RecordState
from intake.domain.case.records import Records
from intake.domain.terms.inside import inside_both
from intake.domain.terms.terms import Terms


class Holding:
    """Asked by ``fold`` once the pairs of all revisions are weighed."""

    def __init__(
        self,
        graph: Graph,
        judge: Judge,
        opinions: Opinions,
        agreements: Agreements,
        acceptances: Acceptances,
        records: Records,
        pairs: Sequence[Pair],
        pasts: Pasts,
    ) -> None:
        self._graph, self._judge, self._opinions, self._agreements = graph, judge, opinions, agreements
        self._acceptances, self._records, self._pairs, self._pasts = acceptances, records, pairs, pasts

    def acceptance(self, revision: str) -> Acceptance | None:
        """Whether what both offices decided on a revision is accepted; None while nothing stands there."""
        return self._acceptances.of(self._standing(revision))

    def awaited(self, revision: str) -> Acceptance | None:
        """The same with what was in force before, where that is what goes on, and whose turn that makes it."""
        found = self.acceptance(revision)
        if found is None or not found.awaits:
            return found
        before = self._pasts.before_both(self._graph, found.pair.opinions)
        return replace(found, before=before.terms if before else None, waits_for=self._acceptances.turn(found))

    def in_force(self, revisions: Collection[str]) -> Decision | None:
        """The approval in force now: that of the latest revision on which both offices agreed, once it is accepted.

        What they agreed on later had taken the place of what was before, so that does not come back whatever became of it: it is
        suspended, contested or on hold, or only another version can read or judge it, and it may allow less. Two such revisions
        beside each other are a doubt, and doubt never approves. Only while it waits for the owner what was before goes on.
        """
        newer = partial(newer_engines.decided, self._graph, self._judge)
        agreed = [name for name in revisions if self._agreements.agreed(name) or newer(name)]
        latest = [name for name in agreed if not any(self._graph.descends(other, name) for other in agreed)]
        if len(latest) != 1 or any(pair.fate is Fate.UNJUDGED and pair.revision == latest[0] for pair in self._pairs):
            return None
        found = self.acceptance(latest[0])
        if found is None or not found.awaits:
            return self.approved(latest[0])
        return self._meanwhile(found)

    def approved(self, revision: str) -> Decision | None:
        """What both offices decided on a revision, accepted or not."""
        pairs = self._standing(revision)
        return self._decision(pairs, self._opinions.bodies[pairs[0].cio].terms) if pairs else None

    def _standing(self, revision: str) -> list[Pair]:
        return [pair for pair in self._pairs if pair.revision == revision and pair.fate is Fate.IN_FORCE]

    def _meanwhile(self, found: Acceptance) -> Decision | None:
        """What was in force before a decision that nobody has accepted, as far as it is inside that too, and only so long.

        It is asked of the past of both opinions, so that nothing accepted later begins to run; and it goes on only while nothing
        that came since speaks against it.
        """
        before = self._pasts.before_both(self._graph, found.pair.opinions)
        given = self._opinions.bodies[found.pair.cio].terms
        if before is None or before.terms is None or given is None:
            return None
        pairs, terms = self._going_on(before, found.pair), inside_both(before.terms, given)
        if terms is None or not any(map(self._acceptances.by, pairs)):
            return None
        return self._decision(pairs, _at_most(terms, found.until)) if terms.begins <= found.until else None

    def _going_on(self, before: Decision, given: Pair) -> list[Pair]:
        """The pairs that made what was in force before ``given`` and are what they were: in force, or left only for later terms."""
        fates = (Fate.IN_FORCE, Fate.SUPERSEDED if before.revision == given.revision else Fate.IN_FORCE)
        same = {(pair.revision, pair.terms) for pair in self._pairs if pair.opinions == before.opinions}
        return [pair for pair in self._pairs if (pair.revision, pair.terms) in same and pair.fate in fates]

    def _decision(self, pairs: Sequence[Pair], terms: Terms | None) -> Decision:
        pair, state, record, sealed_by = pairs[0], RecordState.OPEN, None, ""
        named = {name: self._graph.bodies[name] for name in self._records.sealing(pairs)}
        seals = {name: body for name, body in named.items() if isinstance(body, SealedBody)}
        if len(seals) == 1:
            ((sealed_by, body),) = seals.items()
            pair = next(item for item in pairs if set(item.opinions) == set(body.opinions))
            state, record = RecordState.SEALED, body.record
        elif seals:
            state = RecordState.CONTRADICTED
        rivals = tuple(body.record for body in seals.values()) if len(seals) > 1 else ()
        pair, copies = self._records.open(pairs) if state is RecordState.OPEN else (pair, ())
        revision, opinions = pair.revision, pair.opinions
        return Decision(
            Outcome.APPROVED, revision, terms, pair.assessment, opinions, state, record, sealed_by, rivals, copies
        )


def _at_most(terms: Terms, until: date) -> Terms:
    return replace(terms, expires=min(terms.expires, until))
