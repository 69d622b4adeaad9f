"""Every state of a record is silent in EU DSS; every attack is judged by it and by us, side by side.

DSS knows signatures and what changed after them. It knows nothing of offices, of the base the opinions name, or of the
one way a record is written, so its verdict on an attack is printed and not asserted: ours must refuse each one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.records.proof.validate import validate_record
from intake.records.proof.verdict import VerifierKnowledge
from intake.records.refusals import NotARecord
from tests.conformance import deceptions, dss
from tests.conformance.test_records import SIGNED
from tests.records.conftest import Installation
from tests.records.tsa import Tsa

pytestmark = pytest.mark.conformance

STAMPED = {"stamped": {"CIO"}, "stamped-both": {"CIO", "CISO"}, "mixed": {"CIO"}}
"""Which signatures of a state carry a timestamp."""

TABLE = dss.FOLDER / "attacks.txt"


@pytest.fixture(scope="module")
def trusted(installation: Installation, tsa: Tsa) -> list[bytes]:
    """The certificates of the organisation and of its timestamp service."""
    return [*(installation.keys[person].certificate_der for person in ("cio", "ciso", "owner")), tsa.certificate]


def test_dss_passes_every_state_and_says_nothing_else(folder: Path, trusted: list[bytes]) -> None:
    files = sorted(folder.glob("*.pdf"))

    reports = {report.file.stem: report for report in dss.judge(files, trusted)}

    assert len(reports) == 16
    for name, report in reports.items():
        assert len(report.signatures) == SIGNED.get(name, 0), name
        assert report.complaints == [], name
        assert report.passed or name not in SIGNED, name
        for signature in report.signatures:
            level = "T" if signature.field in STAMPED.get(name, ()) else "B"
            assert signature.level == f"PAdES-BASELINE-{level}", name
            assert (signature.infos, signature.annotations, signature.undefined) == ((), (), ()), name
            # Which the structure tree leads to; anything else met on that way would be a change of the tree.
            assert all(change.startswith("CREATION") and "/V" in change for change in signature.extensions), name
        assert all(report.signatures[-1].covers_whole_document for _ in report.signatures[:1]), name


def test_dss_does_not_pass_keys_it_was_not_told_to_trust(folder: Path, tsa: Tsa) -> None:
    (report,) = dss.judge([folder / "ciso-cio.pdf"], [tsa.certificate])

    assert {item.sub_indication for item in report.signatures} == {"NO_CERTIFICATE_CHAIN_FOUND"}


def test_each_attack_is_refused_and_the_verdict_of_dss_stands_beside_ours(
    installation: Installation, base: bytes, first: bytes, both: bytes, trusted: list[bytes], tmp_path: Path
) -> None:
    made = deceptions.all_of(installation, base, first, both)
    files = {name: tmp_path / f"{number}.pdf" for number, name in enumerate(made)}
    for name, path in files.items():
        path.write_bytes(made[name])

    theirs = dict(zip(files, dss.judge(list(files.values()), trusted), strict=True))
    ours = {name: _ours(pdf, installation.evidence(base)) for name, pdf in made.items()}

    TABLE.write_text("\n".join(_rows(ours, theirs)) + "\n", "utf-8")
    assert len(made) > 50
    assert theirs["a flipped letter"].summary.startswith("TOTAL_FAILED (HASH_FAILURE)")
    assert {name: said for name, said in ours.items() if "PASSED" in said} == {}


def _ours(pdf: bytes, evidence: VerifierKnowledge) -> str:
    try:
        verdict = validate_record(pdf, evidence)
    except NotARecord:
        return "unreadable"
    return f"{verdict.indication} ({verdict.sub_indication})"


def _rows(ours: dict[str, str], theirs: dict[str, dss.DssReport]) -> Iterator[str]:
    yield f"{'attack on a record':<58} {'Countersign':<44} EU DSS"
    for name, said in ours.items():
        yield f"{name:<58} {said:<44} {theirs[name].summary}"
    fooled = sum(report.passed for report in theirs.values())
    yield f"{len(ours)} attacks, none passed by Countersign, {fooled} by EU DSS."
