"""Whether the owner has accepted what both offices decided, and what each tightening cost (rule R11).

A pair is accepted by the signature of the accountable owner under the revision, where the terms are what he proposed by it; else
by his act ``accept``, or that of a rostered successor, which has seen both opinions. An ``answer`` that neither saw such an act nor
was seen by it is a doubt: then it is not accepted. Nothing here has a clock; the days are those that acts were signed on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.accept import AcceptBody
from intake.domain.acts.kinds.answer import AnswerBody
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base.days import days_after
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.case.fates import Fate, Pair
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Judge
from intake.domain.case.pairs import Opinions
from intake.domain.case.turns import unanswered
from intake.domain.organisation.history import RosterHistory
from intake.domain.terms.boundaries import Boundaries
from intake.domain.terms.proposed import PartedPoint, parted_points
from intake.domain.terms.terms import Terms

ACCEPTANCE_DAYS = "acceptance-days"
"""The setting of the roster’s policy: for how many days what was in force before goes on while the owner has not accepted."""
_NOT_DECIDED = Wording("AcceptsNothingDecided", "both offices had not decided this when it was signed")
_BESIDE_ANSWER = Wording(
    "AcceptsBesideAnswer", "the owner’s side answered the same terms, and neither act had seen the other"
)
_USUAL_DAYS, _MOST_DAYS = 14, 365


@dataclass(frozen=True, slots=True)
class OwnerAnswer:
    """What the owner’s side says that a point costs: ``about`` is a boundary field, the stage, or the digest of a condition."""

    act: str
    person: str
    day: date
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Of the decision on the newest revision. ``by`` is the act that accepts it: an acceptance, or the revision itself where the
    owner proposed these terms; empty while it is not accepted.

    ``since`` is the day of the later of its two opinions, ``until`` the last on which what was in force before may go on.
    ``points`` are where it parts from what was ``proposed``, ``answers`` what the owner’s side said of it. ``before`` are the terms that
    were in force before, while it is not accepted, ``waits_for`` those whose turn that makes it: the owner, or offices that have not
    answered them.
    """

    pair: Pair
    by: str
    since: date
    until: date
    points: tuple[PartedPoint, ...]
    answers: tuple[OwnerAnswer, ...]
    proposed: Boundaries | None
    before: Terms | None = None
    waits_for: tuple[str, ...] = ()

    @property
    def awaits(self) -> bool:
        return not self.by


@dataclass(frozen=True, slots=True)
class TighteningPrice:
    """What it cost that ``office`` proposed less than was asked for, or a condition, with this ``reason``, and both decided so.

    ``points`` are where, ``answers`` the owner’s words, ``accepted`` the day on which it was accepted; None while it was not.
    """

    revision: str
    terms: str
    office: Office
    opinion: str
    reason: str
    points: tuple[PartedPoint, ...]
    answers: tuple[OwnerAnswer, ...]
    since: date
    accepted: date | None

    @property
    def days(self) -> int | None:
        """How many days it took; None while nobody knows. A clock that was wrong makes it no less than none."""
        return None if self.accepted is None else max(0, (self.accepted - self.since).days)


def acceptance_days(rosters: RosterHistory) -> int:
    """What the rosters in force allow, the shortest of them; what is no number of days means the usual ones."""
    given = [listed.roster.policy.get(ACCEPTANCE_DAYS) for listed in rosters.in_force]
    return min(
        (item if isinstance(item, int) and 0 <= item <= _MOST_DAYS else _USUAL_DAYS for item in given),
        default=_USUAL_DAYS,
    )


class Acceptances:
    """The acceptances and answers of one case that count."""

    def __init__(self, graph: Graph, judge: Judge, opinions: Opinions, rosters: RosterHistory) -> None:
        self._graph, self._judge, self._opinions = graph, judge, opinions
        self._days = acceptance_days(rosters)
        self._accepts: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        self._answers: dict[tuple[str, str], int] = defaultdict(int)
        self._doubts: dict[str, bool] = {}
        self._parted: dict[tuple[str, str], tuple[PartedPoint, ...] | None] = {}
        for name in graph.order:
            body = graph.bodies[name]
            if isinstance(body, AcceptBody) and judge.counts(name):
                self._accepts[body.revision, body.terms, body.assessment].append(name)
            elif isinstance(body, AnswerBody) and judge.objects(name):
                self._answers[body.revision, body.terms] |= graph.mask((name,))

    def by(self, pair: Pair) -> str:
        """The act that accepts a pair; empty while none does."""
        if self._proposed(pair):
            return pair.revision
        both = self._graph.mask(pair.opinions)
        accepts = self._accepts.get((pair.revision, pair.terms, pair.assessment), ())
        return next(
            (
                name
                for name in accepts
                if not both & ~self._graph.past(name) and not self._doubted(name, (pair.revision, pair.terms))
            ),
            "",
        )

    def of(self, pairs: Iterable[Pair]) -> Acceptance | None:
        """Of the pairs in force on one revision, which are one decision; None where there are none."""
        every = sorted(pairs, key=self._place)
        if not every:
            return None
        first, since = every[0], self._since(every[0])
        until = days_after(since, self._days)
        by = next((found for pair in every if (found := self.by(pair))), "")
        return Acceptance(
            first, by, since, until, self._points(first) or (), self._said(first), self._judge.asked(first.revision)
        )

    def answers(self, revision: str, terms: str) -> int:
        """The mask of what the owner’s side answered to terms (by digest) on a revision."""
        return self._answers.get((revision, terms), 0)

    def turn(self, found: Acceptance) -> tuple[str, ...]:
        """Whose turn it is while a decision awaits acceptance: the owner’s, or that of the offices that have not answered him."""
        revision = found.pair.revision
        answers = self.answers(revision, found.pair.terms)
        heads = {office: self._opinions.heads(revision, office) for office in Office}
        waiting = tuple(
            office.value
            for office in Office
            if answers & ~self._graph.seen_by(self._graph.mask(self._opinions.on(revision, office)))
        )
        if waiting:
            return waiting
        moved = {self._opinions.terms[name] for names in heads.values() for name in names}
        if answers and len(moved) > 1:
            return unanswered(self._graph, *heads.values())
        return ("owner",)

    def idle(self, pairs: Iterable[Pair]) -> tuple[tuple[str, Reason], ...]:
        """(act, reason) of the acceptances that have every right, and accept nothing."""
        seen: dict[tuple[str, str, str], list[Pair]] = defaultdict(list)
        for pair in pairs:
            seen[pair.revision, pair.terms, pair.assessment].append(pair)
        found: dict[str, Reason] = {}
        for key, accepts in self._accepts.items():
            masks = [self._graph.mask(pair.opinions) for pair in seen[key]]
            for name in accepts:
                if not any(both & ~self._graph.past(name) == 0 for both in masks):
                    found[name] = _NOT_DECIDED()
                elif self._doubted(name, key[:2]):
                    found[name] = _BESIDE_ANSWER()
        return tuple(sorted(found.items(), key=lambda item: item[0]))

    def prices(self, pairs: Iterable[Pair]) -> tuple[TighteningPrice, ...]:
        """Of everything both offices decided otherwise than was proposed, in the order of the case."""
        found: dict[tuple[str, str], list[Pair]] = {}
        for pair in sorted(pairs, key=self._place):
            if pair.fate is not Fate.VOID:
                found.setdefault((pair.revision, pair.terms), []).append(pair)
        return tuple(price for same in found.values() if (price := self._price(same)) is not None)

    def _price(self, same: list[Pair]) -> TighteningPrice | None:
        """``same`` are the pairs on the same terms, the first of them first."""
        pair = same[0]
        points = tuple(item for item in self._points(pair) or () if item.tightened)
        if not points:
            return None
        opinion = self._graph.first(self._graph.mask(pair.opinions))
        said = self._opinions.bodies[opinion]
        by = next((found for item in same if (found := self.by(item))), "")
        day = self._graph.acts[by].at.date() if by else None
        return TighteningPrice(
            pair.revision,
            pair.terms,
            said.office,
            opinion,
            said.reason,
            points,
            self._said(pair),
            self._since(pair),
            day,
        )

    def _proposed(self, pair: Pair) -> bool:
        """Whether the accountable owner himself filed exactly these terms."""
        own = self._graph.acts[pair.revision].person == self._judge.accountable(pair.revision)
        return own and self._points(pair) == ()

    def _points(self, pair: Pair) -> tuple[PartedPoint, ...] | None:
        """Where a pair parts from what its revision proposes; None where nobody can tell."""
        key = (pair.revision, pair.terms)
        if key not in self._parted:
            body, terms = self._graph.bodies[pair.revision], self._opinions.bodies[pair.cio].terms
            asked = self._judge.asked(pair.revision)
            assert isinstance(body, RevisionBody)
            self._parted[key] = parted_points(body.stage, asked, terms) if terms and asked else None
        return self._parted[key]

    def _doubted(self, accept: str, decided: tuple[str, str]) -> bool:
        """Whether an answer on the same terms is beside an acceptance: neither has seen the other."""
        if accept not in self._doubts:
            graph, answers = self._graph, self.answers(*decided)
            beside = graph.among(answers & ~graph.past(accept))
            self._doubts[accept] = any(not graph.descends(name, accept) for name in beside)
        return self._doubts[accept]

    def _said(self, pair: Pair) -> tuple[OwnerAnswer, ...]:
        return tuple(self._owner_answers(self.answers(pair.revision, pair.terms)))

    def _owner_answers(self, mask: int) -> Iterator[OwnerAnswer]:
        for name in self._graph.among(mask):
            body, act = self._graph.bodies[name], self._graph.acts[name]
            assert isinstance(body, AnswerBody)
            yield OwnerAnswer(name, act.person, act.at.date(), body.about, body.text)

    def _since(self, pair: Pair) -> date:
        return max(self._graph.acts[name].at.date() for name in pair.opinions)

    def _place(self, pair: Pair) -> tuple[int, tuple[str, str]]:
        """Where a pair came about in the order of the case."""
        return self._graph.mask(pair.opinions).bit_length(), pair.opinions
