"""Writing acts: one pen signs one or more acts that belong together, and stores them in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from intake.domain.acts import Attachment, Kind
from intake.domain.canonical import Json, sha256
from intake.domain.refusals import Refusal
from intake.services.desk import APP, Desk, Signer
from intake.trust.acts import VerifiedAct, sign_act


class NotListed(Refusal):
    what = "You cannot sign yet: the roster does not list you with this key."
    why = "Others accept a signature only when the roster says whose key it is."
    next = "Send your enrolment to an administrator. Your drafts are kept until you are listed."


class NotStored(Refusal):
    what = "The register did not take what you signed: {detail}"
    why = "Something changed between signing and storing."
    next = "Nothing was lost. Look at the use case again and repeat the step."


class Pen:
    """Signs acts one after another; nothing is stored, and nobody sees anything, before ``store``.

    ``roster`` is the version the acts name, the one in force when empty.
    """

    def __init__(self, desk: Desk, signer: Signer, roster: str = "") -> None:
        self._desk = desk
        self._signer = signer
        self._written: list[VerifiedAct] = []
        self._blobs: dict[str, bytes] = {}
        self._org = desk.register.org
        newest = desk.rosters.in_force
        self._roster = roster or (newest[0].id if newest else "")

    @property
    def person(self) -> str:
        return self._signer.person

    def attach(self, data: bytes, name: str, media_type: str) -> Attachment:
        """Keep bytes to be stored with the acts; gives the description to put into a body."""
        digest = sha256(data)
        self._blobs[digest] = data
        return Attachment(digest, len(data), media_type, name)

    def write(
        self, kind: Kind, body: Mapping[str, Json], *, case: str = "", after: Iterable[str] | None = None
    ) -> VerifiedAct:
        """Sign one act. Acts written before with this pen are named by it when they are of the same case.

        Raises NotListed when the roster in force does not list the signer's key.
        """
        if kind not in (Kind.ENROL, Kind.ROSTER, Kind.ROSTER_ENDORSE):
            if not self._may_sign(kind):
                raise NotListed
        opening = kind is Kind.REVISION and not case
        own = [] if opening else [item.act.id for item in self._written if item.act.case_id == case]
        register = self._desk.register
        link = register.opening_link() if opening else register.next_link(self._signer.key.fingerprint, case)
        if after is None:
            after = self._desk.heads(case) if case else ()
        made = sign_act(
            self._signer.key,
            org="" if kind is Kind.ROSTER and not self._org else self._org,
            kind=kind,
            case=case,
            stream=link.stream,
            seq=link.seq,
            prev=own[-1] if own else link.prev,
            after={*after, *(own[-1:] if case else ())},
            roster="" if kind in (Kind.ENROL, Kind.ROSTER, Kind.ROSTER_ENDORSE) else self._roster,
            person=self._signer.person,
            at=self._desk.clock(),
            app=APP,
            body=body,
        )
        if kind is Kind.ROSTER and not self._org:
            self._org = made.act.id
        self._written.append(made)
        return made

    def _may_sign(self, kind: Kind) -> bool:
        rosters, who = self._desk.rosters, (self._signer.person, self._signer.key.fingerprint)
        # Which roster is in force is told by the records team before it, whatever the rosters say of them.
        return rosters.listed(*who) or (kind is Kind.CHECKPOINT and rosters.settles(*who))

    def store(self) -> tuple[VerifiedAct, ...]:
        """Put all that was written into the register at once. Raises NotStored or a refusal of the register."""
        result = self._desk.register.append(self._written, self._blobs)
        if result.refused:
            raise NotStored(detail=result.refused[0].refusal.sentence)
        return tuple(self._written)
