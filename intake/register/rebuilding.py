"""Throwing every projection away and folding again: the proof that nothing in the register is more than its acts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from intake.domain.base.refusals import Refusal
from intake.register import rejudging
from intake.register.refusals import StoredActDamaged
from intake.register.store import record_files
from intake.register.store.database import Database
from intake.register.store.reading import StoredFiles, roster_input
from intake.register.store.schema import installation, use_case
from intake.register.store.statements import Statement
from intake.register.views import projections
from intake.register.views.digest import content_digest
from intake.register.views.projector import Projector
from intake.trust.acts import VerifiedAct

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """``before`` and ``after`` are digests over all projections.

    ``files`` are record files, by SHA-256, that prove something else than was remembered of them.
    """

    before: str
    after: str
    cases: int
    files: tuple[str, ...] = ()

    @property
    def identical(self) -> bool:
        return self.before == self.after and not self.files


def rebuild(
    database: Database, projector: Projector, *, check: bool, progress: Callable[[int, int], None] | None = None
) -> Rebuilt:
    """Fold everything again in one transaction, taken back at the end when only checking.

    The files that records rest on are read again, not remembered.
    """
    with database.write(keep=not check) as connection:
        before = content_digest(connection)
        projections.clear(connection)
        known = record_files.forget(connection)
        cases = _project_all(connection, projector, progress)
        read_again = record_files.remembering(connection, projector.record_file)
        changed = tuple(name for name in sorted(known) if read_again(name) not in (None, known[name]))
        return Rebuilt(before, content_digest(connection), cases, changed)


def _project_all(connection: Connection, projector: Projector, progress: Callable[[int, int], None] | None) -> int:
    org = _ORG.run(connection).scalar() or ""
    while True:
        made_of = roster_input(connection)
        view = projector.organisation(org, made_of.acts, made_of.heads, StoredFiles(connection))
        # Checkpoints may say which of two rosters is in force, and rosters say whose checkpoints can.
        if not projections.index_what_matters(connection, view, _LONG_AGO):
            break
    projections.project_organisation(connection, view)
    projections.project_seen_of_organisation(connection, projector, view)
    projections.project_waiting_room(connection, view)
    rows = _CASES.run(connection).all()
    for done, (case_pk, case_id) in enumerate(rows, start=1):
        projections.project_case(connection, projector, view, case_pk, case_id)
        if progress:
            progress(done, len(rows))
    rejudging.done_all(connection)
    return len(rows)


def audited(
    stored: Iterable[tuple[str, str, bytes]], verify: Callable[[bytes], VerifiedAct]
) -> Iterator[tuple[str, Refusal]]:
    """Of the stored acts (act id, blob id, blob) those whose signature does not hold, with the refusal."""
    for act_id, _, data in stored:
        try:
            found = verify(data)
        except Refusal as refusal:
            yield act_id, refusal
        else:
            if found.act.id != act_id:
                yield act_id, StoredActDamaged(act=act_id)


_ORG = Statement(select(installation.c.value).where(installation.c.name == "org"))
_CASES = Statement(select(use_case.c.pk, use_case.c.case_id).order_by(use_case.c.pk))
