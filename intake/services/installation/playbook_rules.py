"""What folding a case asks of playbooks: whether a revision is what the guide files, whether an approval grants what was judged,
and which boundaries a revision proposes. Worked out once for each, then remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, TypeVar

from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.assessment.engines import THIS_VERSION, Engine, Engines
from intake.domain.assessment.granting import against_granting
from intake.domain.assessment.owed import owed
from intake.domain.base.canonical import sha256
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.domain.case.commitment import Commitment
from intake.domain.case.playbook_rules import PlaybookRules
from intake.domain.playbook.answers import from_json
from intake.domain.playbook.reading.playbook import from_blob
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.boundaries import Boundaries
from intake.domain.terms.terms import Terms

Fetch = Callable[[str], bytes | None]
Weaker = Callable[[Playbook], Reason | None]
"""Why a playbook counts for nothing; None for one that asks and demands what the core does."""

_NO_PLAYBOOK = Wording("FiledByNoPlaybook", "what it names as its playbook cannot be read as one")

_K = TypeVar("_K")
_V = TypeVar("_V")


class PlaybookRuleReader:
    """``engines`` say by their number what is asked of a revision, ``weaker`` of its playbook. An act id is the digest of the
    whole act.
    """

    MOST = 20_000
    """Answers to each rule that are remembered at once, some hundred bytes each; then it begins from the start."""
    MOST_OWED = 1_000
    """The same of what is committed to: some ten thousand bytes each."""

    MOST_ASKED = 2_000
    """Of boundaries fewer: each is some kilobytes."""

    def __init__(self, engines: Engines = THIS_VERSION.engines, weaker: Weaker = lambda _: None) -> None:
        self._engines = engines
        self.weaker = weaker
        self._filed = _Remembered[tuple[str, int], Reason](self.MOST)
        self._granted = _Remembered[tuple[str, int, str, str], Reason](self.MOST)
        self._asked = _Remembered[tuple[str, int], Boundaries](self.MOST_ASKED)
        self._owed = _Remembered[tuple[str, int, str, str], tuple[Commitment, ...]](self.MOST_OWED)

    def over(self, fetch: Fetch) -> PlaybookRules:
        """What ``fold_case`` is handed: the playbooks are those whose bytes ``fetch`` gives, by SHA-256."""
        return PlaybookRules(
            partial(self._against_filed, fetch),
            partial(self._against_granted, fetch),
            partial(self._asked_for, fetch),
            partial(self._committed, fetch),
        )

    def _against_filed(self, fetch: Fetch, revision: str, body: RevisionBody, engine: int) -> Reason | None:
        return self._filed.of(
            (revision, engine), fetch, body.playbook, lambda data: self._filed_by(self._engines[engine], data, body)
        )

    def _against_granted(
        self, fetch: Fetch, revision: str, body: RevisionBody, engine: int, opinion: OpinionBody
    ) -> Reason | None:
        key = (revision, engine, opinion.terms_digest, opinion.assessment)
        return self._granted.of(
            key, fetch, body.playbook, lambda data: _granted(self._engines[engine], data, body, opinion)
        )

    def _committed(
        self, fetch: Fetch, revision: str, body: RevisionBody, engine: int, given: Terms, owner: str
    ) -> tuple[Commitment, ...]:
        key = (revision, engine, given.digest, owner)
        found = self._owed.of(
            key, fetch, body.playbook, lambda data: _owed(self._engines[engine], data, body, given, owner)
        )
        return found or ()

    def _asked_for(self, fetch: Fetch, revision: str, body: RevisionBody, engine: int) -> Boundaries | None:
        key = (revision, engine)
        return self._asked.of(key, fetch, body.playbook, lambda data: _proposed(self._engines[engine], data, body))

    def _filed_by(self, engine: Engine, playbook: bytes, body: RevisionBody) -> Reason | None:
        try:
            return self.against(engine, from_blob(playbook), body)
        except Refusal:
            return _NO_PLAYBOOK()

    def against(self, engine: Engine, playbook: Playbook, body: RevisionBody) -> Reason | None:
        """Why a revision by this playbook, which it names, cannot be approved for what was filed."""
        return self.weaker(playbook) or engine.against_filed(playbook, body)


@dataclass(slots=True)
class _Remembered(Generic[_K, _V]):
    most: int
    known: dict[_K, _V | None] = field(default_factory=dict)

    def of(self, key: _K, fetch: Fetch, playbook: str, work_out: Callable[[bytes], _V | None]) -> _V | None:
        """What is known for a key, or what is worked out; None, and nothing is remembered, without the bytes."""
        known = self.known  # read once: several threads ask
        if key in known:
            return known[key]
        data = fetch(playbook)
        if data is None or sha256(data) != playbook:
            return None
        if len(known) >= self.most:
            known = self.known = {}
        found = known[key] = work_out(data)
        return found


def _proposed(engine: Engine, playbook: bytes, body: RevisionBody) -> Boundaries | None:
    """The boundaries of the assessment as filed: the guide shows them before the owner signs."""
    try:
        return engine.assess(from_blob(playbook), from_json(body.answers)).boundaries
    except Refusal:
        return None


def _granted(engine: Engine, playbook: bytes, body: RevisionBody, opinion: OpinionBody) -> Reason | None:
    assert opinion.terms is not None  # the fold asks about approvals that can be read here
    try:
        whole = from_blob(playbook)
        judged = engine.assess_granted(whole, from_json(body.answers), opinion.terms)
    except Refusal:
        return _NO_PLAYBOOK()
    return against_granting(judged.on_terms, opinion.terms, opinion.assessment, whole.labels)


def _owed(engine: Engine, playbook: bytes, body: RevisionBody, given: Terms, owner: str) -> tuple[Commitment, ...]:
    try:
        judged = engine.assess_granted(from_blob(playbook), from_json(body.answers), given)
        return owed(judged.on_terms, given, owner)
    except Refusal:
        return ()  # nobody can approve anything on it either
