"""Signing a record: an appended revision that fills one signature field and leaves every earlier byte as it was.

The first signer certifies with DocMDP level 2 (form filling and signing stay allowed), the second approves; either
office may be first. Level is PAdES B-T with a timestamp service and B-B without (ETSI EN 319 142-1). The CMS is made
by ``intake.trust.cms``; pyHanko places it, because it knows how to append to a PDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import cms as asn1_cms
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils import generic, layout
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import StaticContentStamp, StaticStampStyle

from intake.records.content import SignatureField
from intake.records.editions.edition import Look, Signing
from intake.records.editions.printer import Printer
from intake.records.reading import structure
from intake.records.reading.structure import SignedRevision, Structure
from intake.records.refusals import AlreadySigned, NoSuchField, SignatureTooLarge
from intake.records.signatures import timestamps
from intake.records.signatures.timestamps import TimestampService
from intake.trust import cms
from intake.trust.algorithms import Family
from intake.trust.keys import SigningKey

_ROOM_FOR_TIMESTAMP = 16 * 1024
_ROOM_BESIDE_CERTIFICATE = 448
"""Structure and fixed attributes, in bytes of DER."""

_ROOM_FOR_VALUE = {Family.ECDSA: 144, Family.RSA: 1024, Family.ED25519: 64}
"""The largest signature value: P-521 and RSA 8192."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Which fields a record has and which of them are signed, in the order of the form."""

    fields: tuple[SignatureField, ...]
    signed: tuple[SignatureField, ...]

    @property
    def empty(self) -> tuple[SignatureField, ...]:
        return tuple(name for name in self.fields if name not in self.signed)


def placed(pdf: bytes) -> Placed:
    """The signature fields of a record. Raises NotARecord or BrokenRecord. Says nothing about validity."""
    return _placed(structure.scan(pdf))


def _placed(found: Structure) -> Placed:
    signed = {revision.field for revision in found.revisions}
    return Placed(found.fields, tuple(name for name in found.fields if name in signed))


def sign_record(
    pdf: bytes,
    field: SignatureField,
    key: SigningKey,
    *,
    person: str,
    at: datetime,
    printer: Printer,
    reason: str | None = None,
    tsa: TimestampService | None = None,
) -> bytes:
    """Append the signature of ``field``; the result starts with ``pdf``.

    ``at`` is what the signer's clock says, ``person`` and ``reason`` are what the appearance shows, which is drawn in the edition of
    the record. Raises NotARecord, UnknownEdition, BrokenRecord, NoSuchField, AlreadySigned, SignatureTooLarge, or a TimestampFailed when ``tsa`` is given and fails.
    """
    before = structure.scan(pdf)
    state = _placed(before)
    if field not in state.fields:
        raise NoSuchField(field=field.value)
    if field in state.signed:
        raise AlreadySigned(field=field.value)
    signer = _Signer(key, tsa)
    facts = Signing(person, key.fingerprint, at, reason)
    look = printer.look(printer.edition_of(before.twin), field, facts)
    signed = _appended(pdf, field, signer, facts.at, look, certify=not state.signed, digest=key.digest.name)
    structure.scan(signed, before)
    return signed


def written_again(pdf: bytes, revision: SignedRevision, *, person: str, reason: str | None, printer: Printer) -> bytes:
    """The section that holds ``revision``, as this app writes it around the signature it has.

    ``pdf`` is the file; what comes before the section must be a record, and the signature must hold. ``person`` and
    ``reason`` are what its look should show. Two sections that differ in nothing but the identity of the file look the same.
    """
    before = pdf[: revision.start]
    held = cms.read(revision.signature, detached_digest=lambda name: revision.digest(pdf, name))
    signer = _Repeating(held.certificate_der, revision)
    facts = Signing(person, held.fingerprint, revision.at, reason)
    shape = structure.scan(before)
    look = printer.look(printer.edition_of(shape.twin), revision.field, facts)
    certify = not shape.revisions
    made = _appended(before, revision.field, signer, facts.at, look, certify=certify, digest=held.digest_algorithm)
    return made[len(before) :]


def _appended(
    pdf: bytes,
    field: SignatureField,
    signer: _Signer | _Repeating,
    at: datetime,
    look: Look,
    *,
    certify: bool,
    digest: str,
) -> bytes:
    metadata = PdfSignatureMetadata(
        field_name=field.value,
        md_algorithm=digest,
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    signing = _PdfSigner(metadata, signer, at, _look(look))
    signed: bytes = signing.sign_pdf(
        _Writer(BytesIO(pdf)), existing_fields_only=True, bytes_reserved=2 * signer.room
    ).getvalue()
    return signed


def _look(drawn: Look) -> StaticStampStyle:
    return _Style(
        border_width=0,
        background=_Page(drawn),
        background_layout=layout.SimpleBoxLayoutRule(
            x_align=layout.AxisAlignment.ALIGN_MIN,
            y_align=layout.AxisAlignment.ALIGN_MIN,
            margins=layout.Margins(),
        ),
    )


class _Signer(Signer):
    """Gives pyHanko a CMS of our one shape, made with a key that is already loaded."""

    def __init__(self, key: SigningKey, tsa: TimestampService | None) -> None:
        super().__init__(signing_cert=asn1_x509.Certificate.load(key.certificate_der))
        self._key = key
        self._tsa = tsa
        certificate = key.certificate
        self.room = len(certificate.der) + len(certificate.sid) + len(certificate.ess[0])
        self.room += _ROOM_BESIDE_CERTIFICATE + _ROOM_FOR_VALUE[key.family] + (_ROOM_FOR_TIMESTAMP if tsa else 0)

    async def async_sign(self, data_digest: bytes, *_: Any, **__: Any) -> asn1_cms.ContentInfo:
        made = cms.build(None, data_digest, self._key, at=None)
        info = asn1_cms.ContentInfo.load(made)
        if self._tsa is not None:
            value: bytes = info["content"]["signer_infos"][0]["signature"].native
            made = cms.with_timestamp(made, timestamps.stamp(self._tsa, value))
            info = asn1_cms.ContentInfo.load(made)
        if len(made) > self.room:
            raise SignatureTooLarge(size=len(made), room=self.room)
        return info

    async def async_sign_raw(self, *_: Any, **__: Any) -> bytes:
        raise SigningError("the whole CMS is made in async_sign")


class _Repeating(Signer):
    """Puts a signature that was made before in its place."""

    def __init__(self, certificate_der: bytes, revision: SignedRevision) -> None:
        super().__init__(signing_cert=asn1_x509.Certificate.load(certificate_der))
        self._signature = revision.signature
        self.room = (revision.resume - revision.hole - 2) // 2

    async def async_sign(self, *_: Any, **__: Any) -> asn1_cms.ContentInfo:
        return asn1_cms.ContentInfo.load(self._signature)

    async def async_sign_raw(self, *_: Any, **__: Any) -> bytes:
        raise SigningError("the whole CMS is here already")


class _PdfSigner(PdfSigner):
    """Writes the moment it is given, instead of asking the machine's clock."""

    def __init__(self, metadata: PdfSignatureMetadata, signer: Signer, at: datetime, stamp: StaticStampStyle) -> None:
        super().__init__(metadata, signer, stamp_style=stamp)
        self._at = at

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self._at
        return session


class _Writer(IncrementalPdfFileWriter):
    """Appends the signature and nothing else.

    pyHanko would also rewrite title, dates and producer in each revision, with the present time: more that may change
    after signing, and more that a verifier has to allow.
    """

    def _update_meta(self) -> None:
        pass


class _Style(StaticStampStyle):
    def create_stamp(self, writer: BasePdfFileWriter, box: layout.BoxConstraints, *_: Any, **__: Any) -> _Look:
        return _Look(writer, self, box)


class _Look(StaticContentStamp):
    """A look with the box of the empty field; pyHanko would cut it to whole points and turn it upside down."""

    def as_form_xobject(self) -> generic.StreamObject:
        made = super().as_form_xobject()
        page = self.style.background
        assert isinstance(page, _Page)
        made["/BBox"] = generic.ArrayObject(map(generic.FloatObject, page.look.box))
        return made


class _Page(PdfContent):
    """The only page of a look, as the background of a stamp (pyHanko's own takes a file name)."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look

    def render(self) -> bytes:
        form = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self.look.pdf)))
        self.resources.xobject["/Appearance"] = form
        left, bottom, right, top = form.get_object()["/BBox"]
        self.box = layout.BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return b"/Appearance Do"
