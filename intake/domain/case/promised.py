"""Who may report a commitment, and what an office may confirm or send back: asked of an act and of what its author had seen (rule R14).

Asked while acts are judged, so no pair is known yet. What an approval of each office says counts here, whatever became of it: that
somebody may report permits nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.confirm import ConfirmBody
from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.acts.kinds.report import ReportBody
from intake.domain.acts.kinds.send_back import ReturnBody
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.case.commitment import Commitment
from intake.domain.case.gate import signed_digest
from intake.domain.case.graph import Graph
from intake.domain.terms.terms import Terms

_UNKNOWN = Wording("CommitmentUnknown", "both offices had not agreed on what it names")
_NOT_OWNER = Wording("CommitmentNotTheirs", "only who has to meet the commitment reports that it is met")
_NOT_ASKING = Wording("OfficeNotAsking", "another office asked for the commitment, and answers reports on it")
_NO_REPORT = Wording("NamesNoReport", "it names no report on this commitment")
_OWN_REPORT = Wording("ConfirmsOwnReport", "nobody confirms what they reported or have to meet themselves")
_OLDER_REPORT = Wording("ReportReplaced", "its author had seen a newer report on this commitment than the one it names")


class Promised:
    """``heard`` is told of every opinion that has a say, before anything that has seen it is asked about."""

    def __init__(self, graph: Graph, committed: Callable[[str, Terms], tuple[Commitment, ...]]) -> None:
        self._graph, self._committed = graph, committed
        self._said: dict[tuple[str, str], dict[Office, int]] = {}
        self._terms: dict[tuple[str, str], Terms] = {}
        self._known: dict[tuple[str, str], Mapping[str, Commitment]] = {}
        self._reports: dict[str, list[str]] = defaultdict(list)

    def heard(self, name: str) -> None:
        """An approval has a say, or a report counts."""
        body = self._graph.bodies[name]
        if isinstance(body, OpinionBody) and body.terms is not None:
            key = (body.revision, signed_digest(self._graph.acts[name]))
            said = self._said.setdefault(key, dict.fromkeys(Office, 0))
            said[body.office] |= self._graph.mask((name,))
            self._terms[key] = body.terms
        elif isinstance(body, ReportBody):
            self._reports[body.commitment].append(name)

    def of(self, key: tuple[str, str], terms: Terms) -> Mapping[str, Commitment]:
        """All that terms commit to, by id; ``key`` is their revision and digest."""
        if key not in self._known:
            self._known[key] = {item.id: item for item in self._committed(key[0], terms)}
        return self._known[key]

    def before(self, name: str) -> Iterator[tuple[str, str]]:
        """The terms (revision, digest) that both offices had approved, as far as the author of an act had seen."""
        seen = self._graph.past(name)
        return (key for key, said in self._said.items() if all(mask & seen for mask in said.values()))

    def all_before(self, name: str) -> frozenset[str]:
        """The ids of all that the terms of ``before`` commit to."""
        return frozenset().union(*(self.of(key, self._terms[key]) for key in self.before(name)))

    def _asked(self, name: str, commitment: str) -> list[Commitment]:
        """A commitment as it was agreed on, as far as the author of an act had seen."""
        every = (self.of(key, self._terms[key]) for key in self.before(name))
        return [known[commitment] for known in every if commitment in known]

    def against_report(self, act: Act, body: ReportBody, *, former: Collection[str], succeeds: bool) -> Reason | None:
        """Why a report does not count. ``former`` are those from whom its signer has taken the case over: what they had to meet is
        theirs. ``succeeds`` is whether the roster gives it to them: then what its owner has to meet is.
        """
        asked = self._asked(act.id, body.commitment)
        if not asked:
            return _UNKNOWN()
        theirs = any(item.owner in {act.person, *former} or (succeeds and item.name) for item in asked)
        return None if theirs else _NOT_OWNER()

    def against_answer(self, act: Act, body: ConfirmBody | ReturnBody) -> Reason | None:
        """Why it is not for this office to confirm or to send back what is reported here."""
        asked = self._asked(act.id, body.commitment)
        if not asked:
            return _UNKNOWN()
        if any(item.office not in (None, body.office) for item in asked):
            return _NOT_ASKING()
        report = self._graph.bodies.get(body.report)
        if not isinstance(report, ReportBody) or report.commitment != body.commitment:
            return _NO_REPORT()
        return None

    def against_confirming(self, act: Act, body: ConfirmBody) -> Reason | None:
        """Why a confirmation does not count, of a report that is here."""
        if found := self.against_answer(act, body):
            return found
        owners = {item.owner for item in self._asked(act.id, body.commitment)}
        if act.person in {self._graph.acts[body.report].person, *owners}:
            return _OWN_REPORT()
        newer = (name for name in self._reports[body.commitment] if self._graph.descends(name, body.report))
        return _OLDER_REPORT() if any(self._graph.descends(act.id, name) for name in newer) else None
