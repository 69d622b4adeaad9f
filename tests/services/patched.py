"""What a patched client signs: with the right key and the right form, and against what this program would do."""

from __future__ import annotations

from collections.abc import Callable

from intake.domain.acts.kinds import OPINION, SEALED
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.sealed import SealedBody
from intake.services.deciding import deciding, recording
from intake.services.installation.act_writer import ActWriter
from tests.services.offices import Offices


def seal(offices: Offices, name: str, case: str, data: bytes, *, base: str = "") -> str:
    """Seal any bytes for the decision that is there, as a patched client would; gives the act id."""
    installation = offices.installations[name]
    decision = installation.state(case).decision
    assert decision is not None
    writer = ActWriter(installation, offices.signer(name))
    record = writer.attach(data, "record.pdf", recording.PDF)
    pages = base or installation.state(case).opinion(decision.opinions[0]).base
    made = writer.write(SEALED, SealedBody(tuple(sorted(decision.opinions)), pages, record), case=case)
    writer.store()
    return made.act.id


def countersign(offices: Offices, case: str, sealed: Callable[[bytes], bytes]) -> None:
    """Cleo countersigns with a patched client, which seals what ``sealed`` makes of the finished record."""
    installation, signer = offices.installations["cleo"], offices.signer("cleo")
    prepared = deciding.prepare(installation, "cleo", case, Position.APPROVE, given=offices.terms("cleo", case))
    assert prepared.sheet is not None
    assert prepared.sheet.beside
    writer = ActWriter(installation, signer)
    finished = recording.sign_sheet(installation, signer, prepared.sheet, prepared.office)
    record = writer.attach(finished, "record.pdf", recording.PDF)
    body = OpinionBody(
        prepared.revision, prepared.office, Position.APPROVE, prepared.terms, prepared.playbook, prepared.assessment,
        prepared.sheet.base, record, "", deciding.ATTESTATIONS, "",
    )  # fmt: skip
    made = writer.write(OPINION, body, case=case, seen=prepared.seen)
    junk = writer.attach(sealed(finished), "record.pdf", recording.PDF)
    pair = tuple(sorted((made.act.id, prepared.sheet.beside)))
    writer.write(SEALED, SealedBody(pair, prepared.sheet.base, junk), case=case)
    writer.store()
