"""Signed acts as files, for people who check them with other tools."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from intake.files import make_folder, not_written, write_whole
from intake.services.installation.act_files import needed_by
from intake.services.installation.installation import Installation
from intake.trust.acts import verify_act

CERTIFICATES = "org.pem"


def write_acts(installation: Installation, folder: Path, *cases: str) -> int:
    """Write one ``<blob id>.p7m`` per act, of everything or of some cases with the acts of the organisation.

    ``org.pem`` holds the certificates the rosters list for signing, ``<sha256>.heads`` what a checkpoint had seen,
    ``<sha256>.people`` whom a roster lists. Gives the number of acts. Raises NotWritten; the acts before are whole then.
    """
    with not_written(folder):
        make_folder(folder)
    count = 0
    for _, blob_id, blob in installation.register.queries.every_act():
        verified = verify_act(blob)
        if cases and verified.act.case_id and verified.act.case_id not in cases:
            continue
        write_whole(folder / f"{blob_id}.p7m", blob)
        for ending, digest in needed_by(verified.act):
            if beside := installation.register.queries.blob(digest):
                write_whole(folder / f"{digest}{ending}", beside)
        count += 1
    certificates = {
        item.der for person in installation.rosters.everybody() for item in person.certificates if item.signs
    }
    pem = b"".join(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM) for der in sorted(certificates))
    write_whole(folder / CERTIFICATES, pem)
    return count
