"""What an act points to: the files it carries or needs, and the acts it names."""

from __future__ import annotations

from collections.abc import Mapping

from intake.domain.acts import KINDS, Act, Attachment, Kind, MalformedAct, is_id
from intake.domain.bodies import (
    Body,
    CheckpointBody,
    EndorseBody,
    OpinionBody,
    RevisionBody,
    SealedBody,
    WithdrawBody,
    read_body,
)
from intake.domain.body_reader import BodyReader
from intake.domain.kinds import is_note


def carried(act: Act) -> frozenset[str]:
    """SHA-256 of every blob that travels with this act: its attachments, or a roster's people and accepted playbooks.

    A playbook that only the administrators have is of no use to those who are to answer it.
    """
    if act.kind == Kind.ROSTER:
        listed, people = act.body.get("playbooks"), act.body.get("people")
        entries = [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []
        entries += [people] if isinstance(people, Mapping) else []
        return frozenset(str(item["sha256"]) for item in entries if is_id(item.get("sha256")))
    return needed(act, read_body(act))


def needed(act: Act, body: Body | None) -> frozenset[str]:
    """SHA-256 of every blob without which the act does not count, for a body that was read already."""
    files = frozenset(item.sha256 for item in attached(act, body))
    return files | {body.playbook} if isinstance(body, RevisionBody) else files


def attached(act: Act, body: Body | None) -> tuple[Attachment, ...]:
    """The files this act carries. Unknown kinds may use the same ``attachments`` list, so that they can be relayed."""
    if isinstance(body, RevisionBody):
        return body.attachments
    if isinstance(body, OpinionBody | WithdrawBody):
        return (body.record,) if body.record else ()
    if isinstance(body, SealedBody):
        return (body.record,)
    if isinstance(body, CheckpointBody):
        return (body.heads, body.token) if body.token else (body.heads,)
    if (act.kind not in KINDS or is_note(act.kind)) and isinstance(act.body.get("attachments"), list):
        try:
            return BodyReader(act).attachments("attachments")
        except MalformedAct:
            return ()
    return ()


def named(act: Act, body: Body | None) -> frozenset[str]:
    """Act ids this act depends on, in its envelope and in its body."""
    names = act.names
    if isinstance(body, RevisionBody):
        return names | frozenset(body.revises)
    if isinstance(body, OpinionBody):
        return names | {body.revision}
    if isinstance(body, SealedBody):
        return names | frozenset(body.opinions)
    if isinstance(body, EndorseBody):
        return names | {body.roster}
    return names
