"""Acts as a later version of the app would sign them: real keys and streams, kinds and forms that this one lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from intake.domain.base.canonical import Json
from intake.services.installation.installation import Desk, Signer
from intake.trust.acts import VerifiedAct, sign_act


def sign_later(
    desk: Desk,
    signer: Signer,
    kind: str,
    body: Mapping[str, Json],
    *,
    case: str = "",
    after: Iterable[str] = (),
    files: Mapping[str, bytes] | None = None,
) -> VerifiedAct:
    """Sign an act of any kind at the next place of the signer's stream, and store it with its files by SHA-256."""
    link = desk.register.next_link(signer.key.fingerprint, case)
    made = sign_act(
        signer.key,
        org=desk.register.org,
        kind=kind,
        case=case,
        stream=link.stream,
        seq=link.seq,
        prev=link.prev,
        after=after,
        roster=desk.rosters.in_force[0].id,
        person=signer.person,
        at=desk.clock(),
        app="countersign 9.0.0",
        body=body,
    )
    assert not desk.register.append([made], files or {}).refused
    return made
