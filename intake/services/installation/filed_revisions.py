"""Whether filed revisions are what the guide files, for folding a case: worked out once for each, then remembered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.assessment.engines import THIS_VERSION, Engine, Engines
from intake.domain.base.canonical import sha256
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.domain.case.filed_rule import FiledRule
from intake.domain.playbook.reading.playbook import from_blob
from intake.domain.playbook.whole import Playbook

Fetch = Callable[[str], bytes | None]
Weaker = Callable[[Playbook], Reason | None]
"""Why a playbook counts for nothing; None for one that asks and demands what the core does."""

_NO_PLAYBOOK = Wording("FiledByNoPlaybook", "what it names as its playbook cannot be read as one")


class FiledReader:
    """``engines`` say by their number what is asked of a revision, ``weaker`` of its playbook. An act id is the digest of the
    whole act.
    """

    MOST = 20_000
    """Revisions remembered at once, some hundred bytes each; then it begins from the start."""

    def __init__(self, engines: Engines = THIS_VERSION.engines, weaker: Weaker = lambda _: None) -> None:
        self._engines = engines
        self.weaker = weaker
        self._known: dict[tuple[str, int], Reason | None] = {}

    def over(self, fetch: Fetch) -> FiledRule:
        """What ``fold_case`` is handed: the playbooks are those whose bytes ``fetch`` gives, by SHA-256."""
        return partial(self._against, fetch)

    def _against(self, fetch: Fetch, revision: str, body: RevisionBody, engine: int) -> Reason | None:
        key = (revision, engine)
        known = self._known  # read once: several threads ask
        if key in known:
            return known[key]
        data = fetch(body.playbook)
        if data is None or sha256(data) != body.playbook:
            return None
        if len(known) >= self.MOST:
            known = self._known = {}
        found = known[key] = self._read_against(self._engines[engine], data, body)
        return found

    def _read_against(self, engine: Engine, playbook: bytes, body: RevisionBody) -> Reason | None:
        try:
            return self.against(engine, from_blob(playbook), body)
        except Refusal:
            return _NO_PLAYBOOK()

    def against(self, engine: Engine, playbook: Playbook, body: RevisionBody) -> Reason | None:
        """Why a revision by this playbook, which it names, cannot be approved for what was filed."""
        return self.weaker(playbook) or engine.against_filed(playbook, body)
