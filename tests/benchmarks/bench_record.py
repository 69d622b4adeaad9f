"""Rendering, signing and judging a record, each against what other programs need for the same."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pikepdf
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from reportlab.pdfgen.canvas import Canvas

import resources
from intake.domain.base.canonical import sha256
from intake.records.content import RecordContent, SignatureField
from intake.records.editions.printer import Printer
from intake.records.fonts import Fonts
from intake.records.proof import crossreading, library
from intake.records.proof.validate import validate_record
from intake.records.proof.verdict import PinnedKey, Reprint, VerifierKnowledge
from intake.records.reading import structure
from intake.records.signatures.sign import sign_record
from intake.trust import cms
from tests.benchmarks.harness import Row, ratio
from tests.people import NOON, Person, person
from tests.records import contents

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def rows() -> Iterator[Row]:
    printer = Printer(resources.read)
    edition = printer.newest
    fonts = printer.fonts(edition)
    content = contents.decision()
    base = printer.base(edition, content)
    cleo, dan = person("cleo"), person("dan")
    found, seconds = ratio(lambda: printer.base(edition, content), lambda: _bare(fonts, content))
    yield Row("render the base, tagged", "the same text on a bare canvas", found, None, f"{seconds * 1e3:.0f} ms")
    one = _ours(base, SignatureField.CISO, dan, printer)
    found, seconds = ratio(lambda: _ours(base, SignatureField.CISO, dan, printer), lambda: _pyhanko(base, dan))
    yield Row("sign", "pyHanko as it comes, P-256", found, 0.5, f"{seconds * 1e3:.0f} ms")
    both = _ours(one, SignatureField.CIO, cleo, printer)
    evidence = _evidence(base, content.organisation, cleo, dan)
    assert validate_record(both, evidence).passed
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.pdf"
        path.write_bytes(both)
        found, seconds = ratio(lambda: _scanned(both), lambda: _opened(both))
        yield Row("read by the grammar", "pikepdf, every object", found, None, f"{seconds * 1e3:.1f} ms")
        found, seconds = ratio(lambda: _signatures(both), lambda: _pdfsig(path, Path(folder)))
        yield Row("grammar and two signatures", "pdfsig as a process", found, 1.5, f"{seconds * 1e3:.0f} ms")
        found, seconds = ratio(lambda: _cross_read(both), lambda: _pdftotext(path))
        yield Row("cross-read by three libraries", "pdftotext as a process", found, None, f"{seconds * 1e3:.0f} ms")
        made = Reprint(base, exact=True)
        found, seconds = ratio(
            lambda: (
                _scanned(both),
                printer.base(edition, content),
                validate_record(both, replace(evidence, reprint=made)),
            ),
            lambda: _pdfsig(path, Path(folder)),
        )
        yield Row("judge, pages made again", "pdfsig as a process", found, None, f"{seconds * 1e3:.0f} ms")


def _scanned(pdf: bytes) -> structure.Structure:
    """The structure of a file that nobody has read before."""
    for remembered in (structure.scanned, library.judged, crossreading.compare):
        remembered.forget()
    return structure.scan(pdf)


def _signatures(pdf: bytes) -> None:
    """What was measured before records were cross-read and made again."""
    shape = _scanned(pdf)
    for revision in shape.revisions:
        cms.read(revision.signature, detached_digest=partial(revision.digest, pdf))
    library.read(pdf, ())


def _cross_read(pdf: bytes) -> None:
    _scanned(pdf)
    crossreading.compare(pdf)


def _opened(pdf: bytes) -> None:
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as opened:
        for item in opened.objects:
            item.unparse()


def _pdftotext(path: Path) -> None:
    subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True)


def _ours(pdf: bytes, field: SignatureField, who: Person, printer: Printer) -> bytes:
    return sign_record(pdf, field, who.key, person=who.name, at=NOON, printer=printer)


def _pyhanko(base: bytes, who: Person) -> None:
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    private = who.key._private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(who.certificate_der),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )
    metadata = PdfSignatureMetadata(field_name="CISO", subfilter=SigSeedSubFilter.PADES, certify=True)
    PdfSigner(metadata, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(base)))


def _bare(fonts: Fonts, content: RecordContent) -> None:
    """The least work: every string of the record drawn once, untagged, with the same fonts."""
    canvas = Canvas(io.BytesIO(), initialFontName=fonts.regular.name)
    canvas.setFont(fonts.regular.name, 9)
    y = 800
    for text in _texts(content):
        for start in range(0, len(text), 90):
            canvas.drawString(50, y, text[start : start + 90])
            y -= 12
            if y < 50:
                canvas.showPage()
                canvas.setFont(fonts.regular.name, 9)
                y = 800
    canvas.save()


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple | list):
        return [text for item in value for text in _texts(item)]
    names = getattr(value, "__dataclass_fields__", {})
    return [text for name in names for text in _texts(getattr(value, name))]


def _pdfsig(path: Path, folder: Path) -> None:
    if not (folder / "nss").is_dir():
        (folder / "nss").mkdir()
        subprocess.run(["certutil", "-N", "-d", f"sql:{folder / 'nss'}", "--empty-password"], check=True)
    subprocess.run(["pdfsig", "-nssdir", str(folder / "nss"), str(path)], check=False, capture_output=True)


def _evidence(base: bytes, org: str, cleo: Person, dan: Person) -> VerifierKnowledge:
    pairs = ((SignatureField.CIO, cleo), (SignatureField.CISO, dan))
    keys = tuple(PinnedKey(field, who.fingerprint, who.certificate_der, who.id, who.name) for field, who in pairs)
    return VerifierKnowledge(org, keys, (sha256(base), sha256(base)))
