"""Makes the stored record of the newest edition: ``python -m tests.corpus.records.make``.

An archive holds a decision, a decline, a withdrawal and a notice of each kind as they were signed, and the acts and the playbook that their pages
follow from. One that exists is not made again, because it represents records that people have; until the tag v0.1 nobody
has any, and ``--again`` replaces it. A commit that does so says so.
"""

from __future__ import annotations

import io
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from intake.domain.acts.kinds.opinion import Position
from intake.domain.acts.kinds.retire import LEFT_BEHIND
from intake.domain.playbook.questions import QuestionKind, QuestionRole
from intake.domain.playbook.reading.playbook import to_blob
from intake.records.editions.table import EDITIONS
from intake.services.deciding import noticing, suspending
from intake.services.deciding.records_at_hand import at_hand
from intake.services.filing import filing, handing, retiring
from intake.services.installation.act_files import people_of
from intake.services.proving import verifying
from intake.trust.acts import verify_act
from tests.filled import filled
from tests.once import share_folder
from tests.records.contents import HOSTILE
from tests.services.offices import Offices, fill, founded

FOLDER = Path(__file__).parent
TEXTS = "\n".join((*HOSTILE, "𝔐𝔞𝔱𝔥 ∫ √ ⅔", "ภาษาไทย"))
"""Every script the fonts have, letters that join, both directions, characters that no font has, and what is no markup."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What an archive holds. ``records`` are PDFs by name, ``files`` the people of the rosters."""

    org: str
    acts: tuple[bytes, ...]
    files: tuple[bytes, ...]
    playbook: bytes
    records: dict[str, bytes]


def archive(edition: int) -> Path:
    return FOLDER / f"edition-{edition}.tar.xz"


def read(edition: int) -> Stored:
    with tarfile.open(archive(edition)) as opened:
        files = {entry.name: stream.read() for entry in opened if (stream := opened.extractfile(entry)) is not None}
    return Stored(
        files["org"].decode(),
        tuple(data for name, data in files.items() if name.endswith(".p7m")),
        tuple(data for name, data in files.items() if name.endswith(".people")),
        files["playbook.json"],
        {name.removesuffix(".pdf"): data for name, data in files.items() if name.endswith(".pdf")},
    )


def main(again: bool) -> None:
    target = archive(max(EDITIONS))
    if target.exists() and not again:
        raise SystemExit(f"{target.name} represents what people have and is not made again")
    share_folder()
    with tempfile.TemporaryDirectory() as folder, tarfile.open(target, "w:xz", preset=9) as opened:
        offices = founded(Path(folder))
        for name, data in _files(offices):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            opened.addfile(entry, io.BytesIO(data))
        offices.close()


def _files(offices: Offices) -> Iterator[tuple[str, bytes]]:
    bob = offices.installations["bob"]
    decided, declined, withdrawn = (_filed(offices) for _ in range(3))
    offices.decide("dan", decided)
    offices.travel("dan", "cleo")
    offices.decide("cleo", decided, given=offices.terms("dan", decided))
    offices.decide("dan", declined, Position.DECLINE, reason=f"Not with these data.\n{TEXTS}")
    filing.withdraw(offices.installations["ada"], offices.signer("ada"), withdrawn, "No longer needed.")
    for name in ("cleo", "dan", "ada"):
        offices.travel(name, "bob")
    yield "org", bob.register.org.encode()
    yield "playbook.json", to_blob(bob.shelf.core)
    for name, case in {"decided": decided, "declined": declined, "withdrawn": withdrawn}.items():
        found = at_hand(bob, case, verifying.verify)
        assert found.words == "", found.words
        yield f"{name}.pdf", found.data
    _notices(offices, decided)
    state = bob.state(decided)
    for about, page in noticing.notices(state):
        yield f"notice-{state.event(about).act.kind}.pdf", bob.register.queries.blob(page.sha256) or b""
    for number, (_, _, blob) in enumerate(bob.register.queries.every_act()):
        yield f"{number:03}.p7m", blob
        for file in people_of(verify_act(blob).act):
            yield f"{number:03}.people", bob.register.queries.blob(file) or b""


def _notices(offices: Offices, case: str) -> None:
    """What changes a record signs a page about it: each kind of such an act, with texts that are hard to print."""
    ada, cleo = (offices.installations[name] for name in ("ada", "cleo"))
    as_ada, as_cleo = (offices.signer(name) for name in ("ada", "cleo"))
    offices.travel("bob", *offices.installations)
    suspending.suspend(cleo, as_cleo, case, f"A leak.\n{TEXTS}")
    suspending.lift(cleo, as_cleo, case, "It is closed.")
    offices.travel("cleo", *offices.installations)
    handing.hand_over(ada, as_ada, case, "finn", "I move to another unit.")
    retiring.retire(ada, as_ada, case, "Nobody needs it.", dict.fromkeys(LEFT_BEHIND, "Deleted. שלום"))
    offices.travel("ada", "bob")


def _filed(offices: Offices) -> str:
    """A case whose title and first long answer are written in everything that is hard to print."""
    ada = offices.installations["ada"]
    core = ada.shelf.current
    title = core.role(QuestionRole.TITLE)
    assert title is not None
    answers = filled(core, {title: "Replies: שלום עולם, سلام 😀 <b>& Απόφαση"})
    long = next(item for item in core.questions if item.kind is QuestionKind.LONG_TEXT and item.id in answers.answers)
    draft = filing.start(ada, "ada")
    fill(ada, draft, filled(core, {title: "Replies: שלום עולם, سلام 😀 <b>& Απόφαση", long.id: TEXTS}))
    case = filing.file(ada, offices.signer("ada"), draft).case
    offices.travel("ada", *offices.installations)
    return case


if __name__ == "__main__":
    main("--again" in sys.argv[1:])
