"""What can be said about a record, and what must be known to say it: plain data, no PDF.

Indications and sub-indications carry the names of ETSI EN 319 102-1, 5.1.3. One difference is deliberate and part of
the policy: the standard calls a signature that contradicts a verifier's constraints INDETERMINATE, because another
verifier may hold others. Here the constraints (two offices, two people, pinned keys) are what makes a decision, so a
known contradiction is TOTAL-FAILED, and INDETERMINATE is kept for what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from intake.domain.base.reasons import Reason
from intake.domain.base.wording import words
from intake.domain.case.standing_said import StandsToday
from intake.records.content import SignatureField

# A verdict loads its words, so that every caller can show it.
from intake.records.proof.findings import POLICY_RULES
from intake.records.proof.findings import UPDATE as UPDATE  # noqa: PLC0414

POLICY = "countersign/record-policy/1"


class Indication(StrEnum):
    PASSED = "TOTAL-PASSED"
    FAILED = "TOTAL-FAILED"
    INDETERMINATE = "INDETERMINATE"


class SubIndication(StrEnum):
    """Why a record did not pass, in the standard's names."""

    FORMAT_FAILURE = "FORMAT_FAILURE"
    HASH_FAILURE = "HASH_FAILURE"
    SIG_CRYPTO_FAILURE = "SIG_CRYPTO_FAILURE"
    CRYPTO_CONSTRAINTS_FAILURE = "CRYPTO_CONSTRAINTS_FAILURE"
    SIG_CONSTRAINTS_FAILURE = "SIG_CONSTRAINTS_FAILURE"
    TIMESTAMP_ORDER_FAILURE = "TIMESTAMP_ORDER_FAILURE"
    NO_CERTIFICATE_CHAIN_FOUND = "NO_CERTIFICATE_CHAIN_FOUND"


@dataclass(frozen=True, slots=True)
class PinnedKey:
    """A key the roster gives an office. ``fingerprint`` is the SHA-256 of ``certificate_der`` in hexadecimal.

    ``person`` is the person id, never reused; ``name`` is what to show.
    """

    office: SignatureField
    fingerprint: str
    certificate_der: bytes
    person: str
    name: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A finished record as the sealing act names it; ``size`` is in bytes."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Reprint:
    """The base made again from signed acts; empty when it cannot be, and ``why_not`` says what prevents it.

    ``exact`` tells that the same versions of all libraries printed it, so that every byte must be equal. ``claimed`` tells
    that it is something the file or the acts claim which prevents it, and nothing the verifier lacks: who made them
    must not be able to switch the comparison off. ``why_not`` and ``step``, what helps then, where that is known, are sentences.
    """

    base: bytes = b""
    exact: bool = False
    why_not: Reason | None = None
    claimed: bool = False
    step: Reason | None = None


@dataclass(frozen=True, slots=True)
class Undecided:
    """Why both offices signed and yet did not decide; ``final`` when nothing that arrives later can change it."""

    reason: Reason
    final: bool


@dataclass(frozen=True, slots=True)
class VerifierKnowledge:
    """What the verifier knows, from his register or from acts beside the file.

    ``organisation`` is the id the verifier gave, or empty. ``keys`` are those of the opinions' signers under the
    rosters they name. ``bases`` are the base digests the opinions name, one for each. ``signers`` are the fields that
    must be signed. ``sealed`` are the files that are sealed as the record; several contradict each other. ``reprint`` are the
    pages as the acts have them, None when nobody asked. ``undecided`` is given when the acts make no decision of two
    opinions that name these pages. ``foreign_looks`` are fields that show
    something else than this version draws there. ``newer`` says why only a newer version can judge this; ``missing`` says what could not be found. Anything in
    either keeps a record from passing.
    ``timestamp_services`` are certificates (DER) of trusted services or their issuers.
    """

    organisation: str = ""
    keys: tuple[PinnedKey, ...] = ()
    bases: tuple[str, ...] = ()
    signers: tuple[SignatureField, ...] = (SignatureField.CIO, SignatureField.CISO)
    sealed: tuple[Sealed, ...] = ()
    reprint: Reprint | None = None
    undecided: Undecided | None = None
    foreign_looks: tuple[SignatureField, ...] = ()
    unread_rosters: tuple[int, ...] = ()
    """Numbers of roster versions that administrators signed and whose people are not here."""
    until: date | None = None
    """The last day of the terms that were decided."""
    newer: Reason | None = None
    missing: tuple[Reason, ...] = ()
    timestamp_services: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class TimestampFinding:
    """A timestamp that holds. ``trusted`` is None when the verifier named no services to compare with."""

    at: datetime
    service: str
    trusted: bool | None


@dataclass(frozen=True, slots=True)
class SignatureFinding:
    """One signature whose cryptography holds. ``name`` and ``person`` are empty when the key is not pinned.

    ``claimed_at`` is what the signer's clock said; only ``timestamp`` proves a time.
    """

    field: SignatureField
    fingerprint: str
    certificate_der: bytes
    person: str
    name: str
    pinned: bool
    claimed_at: datetime | None
    timestamp: TimestampFinding | None

    @property
    def level(self) -> str:
        """PAdES baseline level."""
        return "B-T" if self.timestamp else "B-B"


@dataclass(frozen=True, slots=True)
class RecordVerdict:
    """The answer. ``sub_indication`` is None exactly when the record passed; ``said`` is the answer and ``step`` what to do next.

    ``organisation`` is what the record says, not what is proven. ``holds`` lists what did hold, also when
    the whole does not pass, and ``unseen`` what could not be looked at here. ``base_sha256`` and ``signatures`` are empty when the file could not be taken apart.
    """

    indication: Indication
    sub_indication: SubIndication | None
    said: Reason
    step: Reason
    sha256: str
    signatures: tuple[SignatureFinding, ...] = ()
    holds: tuple[Reason, ...] = ()
    unseen: tuple[Reason, ...] = ()
    base_sha256: str = ""
    organisation: str = ""
    policy: str = POLICY
    stands: StandsToday | None = None
    """Whether what it says is so today; None where nobody asked. The signatures know nothing of it."""

    @property
    def passed(self) -> bool:
        return self.indication is Indication.PASSED

    @property
    def sentence(self) -> str:
        return words(self.said)

    @property
    def next_step(self) -> str:
        return words(self.step)

    @property
    def rules(self) -> str:
        """The rules of ``policy`` in words."""
        return words(POLICY_RULES())

    @property
    def checked(self) -> tuple[str, ...]:
        """What did hold, in words."""
        return tuple(map(words, self.holds))

    @property
    def unchecked(self) -> tuple[str, ...]:
        """What could not be looked at here, in words."""
        return tuple(map(words, self.unseen))
