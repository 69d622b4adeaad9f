"""Every state of a record against other people's programs: veraPDF, qpdf, pdfsig, openssl and the record's last page.

A missing program fails the check; nothing is skipped.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import partial

import pytest

from intake.records.content import TWIN_NAME
from intake.records.editions.e1 import wording
from intake.records.reading import structure
from intake.trust import cms
from tests.conformance import verapdf
from tests.conformance.tools import run, tool
from tests.records.conftest import NAMES

pytestmark = pytest.mark.conformance

SIGNED = {
    "cio": 1,
    "ciso": 1,
    "cio-ciso": 2,
    "ciso-cio": 2,
    "stamped": 1,
    "stamped-both": 2,
    "mixed": 2,
    "declined-signed": 1,
    "withdrawn-signed": 1,
    "hostile-both": 2,
    "letter-both": 2,
    "notice-signed": 1,
}
"""States with signatures, and how many."""


@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_verapdf_passes_every_state(folder, flavour):
    assert verapdf.failures(sorted(folder.glob("*.pdf")), flavour) == []


def test_qpdf_finds_nothing_to_repair(folder):
    for path in sorted(folder.glob("*.pdf")):
        assert "No syntax or stream encoding errors found" in run(tool("qpdf"), "--check", path)


def test_pdfsig_finds_each_signature_valid(folder, tmp_path):
    # With a database that was never made, pdfsig calls valid files failed.
    run(tool("certutil"), "-N", "-d", f"sql:{tmp_path}", "--empty-password")

    for name, count in SIGNED.items():
        said = run(tool("pdfsig"), "-nssdir", f"sql:{tmp_path}", folder / f"{name}.pdf")

        assert said.count("Signature is Valid.") == count, said
        assert said.count("Signature Type: ETSI.CAdES.detached") == count
        assert said.count("  - Total document signed") == 1


@pytest.mark.parametrize("name", SIGNED)
def test_openssl_verifies_both_byte_ranges_as_the_last_page_says(folder, tmp_path, name, keys):
    known = {key.fingerprint for key in keys.values()}
    pdf = (folder / f"{name}.pdf").read_bytes()
    (tmp_path / "record.pdf").write_bytes(pdf)
    shutil.copy(folder / "org.pem", tmp_path)
    ranges = [found.groups() for found in re.finditer(rb"/ByteRange \[0 (\d+) (\d+) (\d+) *\]", pdf)]
    assert len(ranges) == SIGNED[name]
    for name_of_tool in ("xxd", "openssl"):
        tool(name_of_tool)

    for numbers in ranges:
        command = wording.STEP_SIGNATURE_COMMAND
        for letter, number in zip("ABC", numbers, strict=True):
            command = re.sub(rf"\b{letter}\b", number.decode(), command)
        said = run(tool("bash"), "-e", "-c", command, cwd=tmp_path)
        assert "CMS Verification successful" in said
        fingerprint = run(tool("bash"), "-e", "-c", wording.STEP_KEY_COMMAND, cwd=tmp_path)
        assert fingerprint.strip().rpartition("=")[2].replace(":", "").lower() in known


def test_openssl_refuses_the_signature_over_other_bytes(folder, tmp_path):
    pdf = (folder / "ciso.pdf").read_bytes()
    (revision,) = structure.scan(pdf).revisions
    (tmp_path / "signature.der").write_bytes(revision.signature)
    (tmp_path / "signed.bin").write_bytes(pdf[: revision.hole] + pdf[revision.resume :] + b" ")
    command = "cms -verify -binary -inform DER -in signature.der -content signed.bin -purpose any -partial_chain -no_check_time"

    said = subprocess.run(
        [tool("openssl"), *command.split(), "-CAfile", folder / "org.pem"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )

    assert said.returncode != 0


def test_openssl_verifies_the_timestamps(folder, tmp_path):
    pdf = (folder / "stamped-both.pdf").read_bytes()

    for revision in structure.scan(pdf).revisions:
        signed = cms.read(revision.signature, detached_digest=partial(revision.digest, pdf))
        assert signed.timestamp_token
        (tmp_path / "token.der").write_bytes(signed.timestamp_token)
        (tmp_path / "value").write_bytes(signed.signature)
        said = run(
            tool("openssl"), "ts", "-verify", "-token_in", "-in", "token.der", "-data", "value",
            "-CAfile", folder / "tsa.pem", "-partial_chain", cwd=tmp_path,
        )  # fmt: skip
        assert "Verification: OK" in said


def test_the_attached_data_has_the_digest_the_last_page_prints(folder, tmp_path):
    shutil.copy(folder / "ciso-cio.pdf", tmp_path / "record.pdf")
    tool("pdfdetach")

    said = run(tool("bash"), "-e", "-c", wording.STEP_TWIN_COMMAND.format(twin=TWIN_NAME), cwd=tmp_path)

    digest = re.findall(r"\b[0-9a-f]{64}\b", said)[-1]
    assert digest in run(tool("pdftotext"), "record.pdf", "-", cwd=tmp_path)


def test_other_programs_read_the_signers_and_the_text(folder):
    text = run(tool("pdftotext"), folder / "ciso-cio.pdf", "-")

    assert "Drafting replies to letters about pensions" in re.sub(r"\s+", " ", text)
    assert "How to check this record" in text
    assert NAMES["cio"] in text
