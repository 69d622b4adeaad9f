"""What the register's tests share: a register on a fresh file, and acts in a signed file without cryptography.

The signature is proven in ``tests/trust``; here an act only has to be inside a file as it is in a signed one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import coding as wire
from intake.domain.base.canonical import sha256
from intake.register.arrivals import Appended
from intake.register.register import Register
from intake.register.store.database import open_database
from intake.register.strangers import WaitingLimits
from intake.register.views.projector import DomainProjector
from intake.trust.acts import VerifiedAct
from tests.domain.world import Site, believed, certificate, record_file
from tests.once import made_once

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def pack(act: Act, *, salt: bytes = b"") -> VerifiedAct:
    """The act inside an octet string, as in a signed file; another ``salt`` is another signature over the same act."""
    content = wire.encode(
        org=act.org,
        kind=act.kind,
        case=act.case,
        stream=act.stream,
        seq=act.seq,
        prev=act.prev,
        after=act.after,
        roster=act.roster,
        person=act.person,
        signer=act.signer,
        at=act.at,
        app=act.app,
        body=act.body,
    )
    size = len(content)
    length = bytes([size]) if size < 0x80 else b"\x82" + size.to_bytes(2, "big")
    if size > 0xFFFF:
        length = b"\x83" + size.to_bytes(3, "big")
    before = b"\x30\x80signed" + b"\x04" + length
    blob = before + content + b"signature" + salt
    return VerifiedAct(act, sha256(blob), blob, certificate(act.person), (len(before), size))


def open_register(folder: Path, name: str = "register.sqlite", **options: object) -> Register:
    """Opened where there is one. In a folder that is there a new one begins as a copy of an empty one, for it is most of the
    work to make its tables; in one that is not, all is done by the program.
    """
    if folder.is_dir() and not (folder / name).exists():
        shutil.copy(made_once("empty-register", _make_empty) / "register.sqlite", folder / name)
    settings: dict[str, object] = {
        "projector": DomainProjector(lambda state: None, record_file, lambda _: believed),
        "clock": lambda: NOW,
        "place": "here",
    }
    return Register.open(folder / name, **(settings | options))  # type: ignore[arg-type]


def _make_empty(folder: Path) -> None:
    open_database(folder / "register.sqlite").close()


def take(register: Register, site: Site, acts: Iterable[Act] | None = None) -> Appended:
    """Join the site's organisation and take its acts and files in."""
    register.join(site.org)
    chosen = site.acts.values() if acts is None else acts
    return register.append([pack(act) for act in chosen], site.blobs)


class Counted:
    """The statements that run on a register's connections while this is open."""

    def __init__(self, register: Register) -> None:
        database = register._database
        self._engines = (database.writer, database.reader)
        self.seen: list[str] = []

    def __enter__(self) -> list[str]:
        for engine in self._engines:
            event.listen(engine, "before_cursor_execute", self._note)
        return self.seen

    def __exit__(self, *_: object) -> None:
        for engine in self._engines:
            event.remove(engine, "before_cursor_execute", self._note)

    def _note(self, _c: object, _k: object, statement: str, _p: object, _x: object, _many: bool) -> None:
        self.seen.append(statement)


__all__ = ["NOW", "Counted", "WaitingLimits", "open_register", "pack", "take"]
