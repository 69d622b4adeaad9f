"""Acts as a later version of the app would sign them: real keys and streams, kinds and forms that this one lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from intake.domain.base.canonical import Json
from intake.services.installation.installation import Installation, PersonWithKey
from intake.trust.acts import VerifiedAct, sign_act


def sign_later(
    installation: Installation,
    signer: PersonWithKey,
    kind: str,
    body: Mapping[str, Json],
    *,
    case: str = "",
    after: Iterable[str] = (),
    files: Mapping[str, bytes] | None = None,
) -> VerifiedAct:
    """Sign an act of any kind at the next place of the signer's stream, and store it with its files by SHA-256."""
    link = installation.register.installation.next_link(signer.key.fingerprint, case)
    made = sign_act(
        signer.key,
        org=installation.register.org,
        kind=kind,
        case=case,
        stream=link.stream,
        seq=link.seq,
        prev=link.prev,
        after=after,
        roster=installation.rosters.in_force[0].id,
        person=signer.person,
        at=installation.clock(),
        app="countersign 9.0.0",
        body=body,
    )
    assert not installation.register.append([made], files or {}).refused
    return made
