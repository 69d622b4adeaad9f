"""Signed statements of standing: the JSON of ``intake.domain.case.statement`` inside one CMS signature, and back again.

The signature has the same strict form as that of an act, and the content another one: what begins as a statement is refused as
an act, and what begins as an act is refused here. Cryptography and form only; whose key it is, the rosters say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from intake.domain.base import canonical
from intake.domain.case import statement as form
from intake.domain.case.statement import StandingStatement, read_statement, write_statement
from intake.trust import cms, refusals
from intake.trust.keys import SigningKey

ENDING = ".p7m"
_OPENS = b"{"


@dataclass(frozen=True, slots=True)
class VerifiedStatement:
    """A statement whose signature holds; ``blob`` is the signed file as received."""

    statement: StandingStatement
    blob: bytes
    blob_id: str


class StatementSignerNotNamed(refusals.SignatureRefused):
    what = "This statement names {named} as its signing certificate, but is signed with {found}."
    why = (
        "Names and issuers inside certificates are never believed; only the certificate a statement names may sign it."
    )


def sign_statement(key: SigningKey, statement: StandingStatement) -> VerifiedStatement:
    """Write, sign and read back; ``signer`` of what is signed is that of the key. Raises MalformedStatement or NotCanonical."""
    payload = write_statement(replace(statement, signer=key.fingerprint))
    return verify_statement(cms.build(payload, key.digest.new(payload).digest(), key, at=None))


def verify_statement(blob: bytes) -> VerifiedStatement:
    """The statement in ``blob``, a signed file of any origin. Never raises anything but a Refusal."""
    signed = cms.read(blob)
    payload = signed.payload
    assert payload is not None
    if not payload.startswith(_OPENS):
        raise form.NotAStatement(detail=form.NOT_BEGUN_AS_STATEMENT())
    statement = read_statement(payload)
    if statement.signer != signed.fingerprint:
        raise StatementSignerNotNamed(named=statement.signer[:16], found=signed.fingerprint[:16])
    return VerifiedStatement(statement, blob, canonical.sha256(blob))
