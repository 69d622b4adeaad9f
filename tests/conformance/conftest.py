"""One file for each state of a record, shared by the checks of all programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.domain.organisation.paper import Paper
from intake.records.signatures.timestamps import HttpTimestamps
from tests.conformance.tools import run, tool
from tests.records import contents
from tests.records.conftest import Installation, base, both, first, fonts, icc, installation, keys, printer  # noqa: F401 - fixtures
from tests.records.tsa import Tsa, serving


@pytest.fixture(scope="session")
def tsa() -> Tsa:
    return Tsa()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, installation: Installation, tsa: Tsa) -> Path:  # noqa: F811 - the fixture
    """One file for each state of a record, and ``org.pem`` with everybody's certificates."""
    place = tmp_path_factory.mktemp("records")
    plain, hostile = installation.base(), installation.base(contents.hostile())
    cio, ciso = installation.sign(plain, "CIO"), installation.sign(plain, "CISO")
    with serving(tsa) as address:
        service = HttpTimestamps(address)
        stamped = installation.sign(plain, "CIO", tsa=service)
        stamped_both = installation.sign(stamped, "CISO", tsa=service)
    letter = installation.base(contents.decision(paper=Paper.LETTER))
    reasons = "Prompts stay with us.", f"{contents.HOSTILE[0]} " * 60
    states = {
        "letter-both": installation.sign(
            installation.sign(letter, "CIO", reason=reasons[0]), "CISO", reason=reasons[1]
        ),
        "base": plain,
        "hostile": hostile,
        "declined": installation.base(contents.declined()),
        "withdrawn": installation.base(contents.withdrawn()),
        "cio": cio,
        "ciso": ciso,
        "cio-ciso": installation.sign(cio, "CISO"),
        "ciso-cio": installation.sign(ciso, "CIO"),
        "stamped": stamped,
        "stamped-both": stamped_both,
        "mixed": installation.sign(stamped, "CISO"),
        "declined-signed": installation.sign(installation.base(contents.declined()), "CISO"),
        "withdrawn-signed": installation.sign(installation.base(contents.withdrawn()), "OWNER"),
        "notice-signed": installation.sign(installation.base(contents.notice()), "CISO"),
        "hostile-both": installation.sign(installation.sign(hostile, "CISO"), "CIO"),
    }
    for name, pdf in states.items():
        (place / f"{name}.pdf").write_bytes(pdf)
    ders = [key.certificate_der for key in installation.keys.values()]
    (place / "org.pem").write_text("".join(_pem(place, der) for der in ders))
    (place / "tsa.pem").write_text(_pem(place, tsa.certificate))
    return place


def _pem(place: Path, der: bytes) -> str:
    (place / "one.der").write_bytes(der)
    run(tool("openssl"), "x509", "-inform", "DER", "-in", place / "one.der", "-out", place / "one.pem")
    return (place / "one.pem").read_text()
