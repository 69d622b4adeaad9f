"""Makes the corpus of record files under ``data``: what files prove, as the first reader of their kind answered.

``python -m tests.records.make_corpus``. A corpus that exists is not made again, because it represents files that people
have. When files are to be read in another way, its answers and ``register.record_files.READING`` change together: two
installations that read one file differently see different records (decision 0017). Before the first release, delete it first.
"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf

import resources
from intake.domain.base.canonical import sha256
from intake.records.editions.printer import Printer
from intake.records.proof import seals
from intake.records.signatures.timestamps import HttpTimestamps
from intake.register.store.record_files import READING
from intake.trust.keys import KeyAlgorithm, SigningKey, create_key, open_keys
from tests.records import attacks, attacks_structure, contents
from tests.records.conftest import AT, NAMES, Installation
from tests.records.tsa import Tsa, serving

DATA = Path(__file__).parent / "data"
FILES = DATA / "record-files.tar.xz"
ANSWERS = DATA / "record-files.json"


def main() -> None:
    if FILES.exists():
        raise SystemExit(f"{FILES.name} represents what people have and is not made again")
    DATA.mkdir(exist_ok=True)
    made = dict(corpus())
    with tarfile.open(FILES, "w:xz", preset=9) as archive:
        for name, pdf in made.items():
            entry = tarfile.TarInfo(f"{name}.pdf")
            entry.size = len(pdf)
            archive.addfile(entry, io.BytesIO(pdf))
    found = {name: seals.record_file(pdf) for name, pdf in made.items()}
    files = {
        name: {
            "sha256": sha256(made[name]),
            "base": item.base,
            "size": item.size,
            "keys": list(item.keys),
            "edition": item.edition,
        }
        for name, item in found.items()
    }
    ANSWERS.write_text(json.dumps({"reading": READING, "files": files}, indent=2) + "\n", "utf-8")


def corpus() -> Iterator[tuple[str, bytes]]:
    """Records of every kind, and files that are nearly records."""
    keys = {name: key(name, KeyAlgorithm.EC_P256) for name in NAMES}
    keys["cio"] = key("cio", KeyAlgorithm.RSA_3072)
    installation = Installation(Printer(resources.read), keys)
    base = installation.base()
    first = installation.sign(base, "CISO")
    both = installation.sign(first, "CIO")
    yield "unsigned", base
    yield "one-signature", first
    yield "two-signatures", both
    yield "declined", installation.sign(installation.base(contents.declined()), "CISO")
    yield "withdrawn", installation.sign(installation.base(contents.withdrawn()), "OWNER")
    with serving(Tsa()) as address:
        stamps = HttpTimestamps(address, timeout=10)
        yield "timestamps", installation.sign(installation.sign(base, "CISO", tsa=stamps), "CIO", "other", tsa=stamps)
    yield "changed-page", both[:5000] + bytes([both[5000] ^ 1]) + both[5001:]
    yield "other-signature-value", attacks.other_value(first)
    yield "one-byte-more", both + b"\n"
    yield "two-trailers", attacks_structure.tampered(first, attacks_structure.two_trailers, keys["other"])
    saved = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(both)) as opened:
        opened.save(saved)
    yield "saved-by-another-program", saved.getvalue()
    yield "no-record", b"%PDF-1.7 junk"


def key(name: str, algorithm: KeyAlgorithm) -> SigningKey:
    made = create_key(NAMES[name], "correct horse", at=AT, algorithm=algorithm, rounds=1000)
    return open_keys(made, "correct horse").signing


if __name__ == "__main__":
    main()
