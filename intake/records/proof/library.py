"""What pyHanko says about the signatures of a file: which field each belongs to, and what changed after it.

A second pair of eyes. Bytes, objects and spelling are checked before (``structure``, ``trust.cms``), offices and keys
after (``validate``). The difference policy is pyHanko's own without
``GenericFieldModificationRule``, which lets a shadow-replace attack pass.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    FormUpdatingRule,
    GenericFieldModificationRule,
    ModificationLevel,
    StandardDiffPolicy,
)
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from intake.domain.base.reasons import Reason
from intake.records.proof import findings as say
from intake.records.proof.verdict import TimestampFinding
from intake.records.reading.remembered import Remembered
from intake.trust import certificates

# Every finding comes back as an exception or a status; pyHanko would also print hostile details to the log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class HostileFile(Exception):
    """The library could not read the file or objects to it; ``detail`` says why."""

    def __init__(self, detail: Reason) -> None:
        super().__init__(detail)
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Seen:
    """One signature as the library sees it; ``contents`` is the CMS with its padding."""

    field: str
    contents: bytes
    byte_range: tuple[int, ...]
    claimed_at: datetime | None
    certifies: bool
    timestamp: TimestampFinding | None


def read(pdf: bytes, services: Sequence[bytes]) -> tuple[Seen, ...]:
    """Read and judge a record; gives its signatures in the order they were made.

    ``services`` are certificates (DER) of trusted timestamp services or their issuers.

    Raises HostileFile for whatever is wrong with the file, and MemoryError where the process may not take more.
    """
    # Without a service to trust the answer depends on the bytes alone, and the same file is judged again and again.
    return _judge_file(pdf, services) if services else judged(pdf)


def _judge_file(pdf: bytes, services: Sequence[bytes] = ()) -> tuple[Seen, ...]:
    try:
        return asyncio.run(_read(pdf, services))
    except (HostileFile, MemoryError):
        # Out of memory says something about the limit, and nothing yet about the file.
        raise
    except Exception as error:
        # A hostile file can make a parser fail in any way; each way means that the file is not valid.
        raise HostileFile(say.NO_SIGNED_PDF(error=f"{type(error).__name__}: {error!s:.120}")) from error


judged: Remembered[tuple[Seen, ...]] = Remembered(_judge_file)


async def _read(pdf: bytes, services: Sequence[bytes]) -> tuple[Seen, ...]:
    reader = PdfFileReader(BytesIO(pdf), strict=True)
    everything = list(reader.embedded_signatures)
    last = everything[-1] if everything else None
    return tuple([await _judge(signature, services, is_last=signature is last) for signature in everything])


async def _judge(signature: EmbeddedPdfSignature, services: Sequence[bytes], *, is_last: bool) -> Seen:
    if signature.sig_object_type != "/Sig":
        raise HostileFile(say.OTHER_THAN_SIGNATURES())
    status = await async_validate_pdf_signature(
        signature,
        # Whose key it is, is decided by fingerprint elsewhere; the certificate itself is the explicit root here.
        ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False),
        ts_validation_context=ValidationContext(
            trust_roots=[x509.Certificate.load(der) for der in services], allow_fetching=False
        ),
        diff_policy=_policy(),
        key_usage_settings=KeyUsageConstraints(key_usage=set()),
    )
    _accept(status, is_last=is_last)
    return Seen(
        field=str(signature.field_name),
        contents=bytes(signature.pkcs7_content),
        byte_range=tuple(int(number) for number in signature.byte_range),
        claimed_at=signature.self_reported_timestamp,
        certifies=signature.docmdp_level is MDPPerm.FILL_FORMS,
        timestamp=_timestamp(status, services),
    )


def _accept(status: PdfSignatureStatus, *, is_last: bool) -> None:
    if not (status.intact and status.valid):
        raise HostileFile(say.SIGNATURE_MISMATCH())
    covered = SignatureCoverageLevel.ENTIRE_FILE if is_last else SignatureCoverageLevel.ENTIRE_REVISION
    if status.coverage is not covered:
        raise HostileFile(say.SIGNATURE_COVERS_LESS())
    allowed = ModificationLevel.NONE if is_last else ModificationLevel.FORM_FILLING
    if status.modification_level is None or status.modification_level > allowed or not status.docmdp_ok:
        raise HostileFile(say.CHANGED_BY_MORE())


def _timestamp(status: PdfSignatureStatus, services: Sequence[bytes]) -> TimestampFinding | None:
    found = status.timestamp_validity
    if found is None:
        return None
    if not (found.intact and found.valid):
        raise HostileFile(say.TIMESTAMP_UNTRUE())
    name = certificates.read(found.signing_cert.dump()).appearance.common_name
    return TimestampFinding(found.timestamp.astimezone(UTC), name, bool(found.trusted) if services else None)


@cache
def _policy() -> StandardDiffPolicy:
    form = DEFAULT_DIFF_POLICY.form_rule
    assert form is not None
    return StandardDiffPolicy(
        global_rules=DEFAULT_DIFF_POLICY.global_rules,
        form_rule=FormUpdatingRule(
            field_rules=[rule for rule in form.field_rules if not isinstance(rule, GenericFieldModificationRule)],
            ignored_acroform_keys=form.ignored_acroform_keys,
        ),
        reject_object_freeing=True,
    )
