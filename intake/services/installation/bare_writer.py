"""Writing acts: one writer signs one or more acts that belong together, and stores them in one transaction.

Who reads what was signed is not its business: that is for ``act_writer``, which everybody but the giving of access itself uses.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from contextlib import suppress
from typing import Any

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds import CHECKPOINT, ROSTER, ActKind, Body, Place
from intake.domain.base.canonical import sha256
from intake.domain.base.refusals import Refusal
from intake.domain.case.fold import CaseState
from intake.domain.case.naming import named_next, shown
from intake.register.own import Own
from intake.register.refusals import PlaceTaken
from intake.register.store.unsigned import SignedParts
from intake.services.installation.installation import APP, Installation, PersonWithKey
from intake.trust.acts import VerifiedAct, sign_act

_TRIES = 5
"""How often it is signed when other programs on this home keep storing first."""


class NotListed(Refusal):
    what = "You cannot sign yet: the roster does not list you with this key."
    why = "Others accept a signature only when the roster says whose key it is."
    next = "Send your enrolment to an administrator. Your drafts are kept until you are listed."


class CaseMoved(Refusal):
    what = "This use case has changed while you were looking at it."
    why = "You sign only what you have seen, and another window or command may have written meanwhile."
    next = "Look at what is new, then decide again. What you wrote is kept, and nothing was stored."


class OrganisationMoved(Refusal):
    what = "Something else about the organisation was stored while you were signing."
    why = "Another window or command of yours has written meanwhile, and what you signed did not know of it."
    next = "Nothing of it was stored. Look at what is new, then repeat the step."


class SameActStored(Refusal):
    what = "You signed the very same a moment ago, and it is stored."
    why = "What one person signs twice with the same words in the same second is one act, so there is no second one."
    next = "Nothing was stored again. If you mean two, change what tells them apart, or repeat the step in a moment."


def require_unmoved(state: CaseState, seen: tuple[str, ...] | None) -> None:
    """Raise CaseMoved when ``seen`` is not what is ``shown`` of the case now; None is that nothing else was looked at."""
    if seen is not None and shown(state) != seen:
        raise CaseMoved


def stored_behind(sign: Callable[[], VerifiedAct]) -> VerifiedAct:
    """Sign and store what agrees to nothing: again, behind whatever others stored first; CaseMoved when somebody always does."""
    for _ in range(_TRIES - 1):
        with suppress(CaseMoved):
            return sign()
    return sign()


def require_listed(installation: Installation, person: str, fingerprint: str, kind: ActKind[Any]) -> None:
    """Raise NotListed when the roster in force does not list this key for the person, and the kind of act asks for that."""
    rosters, who = installation.rosters, (person, fingerprint)
    # Which roster is in force is told by the records team before it, whatever the rosters say of them.
    settling = kind is CHECKPOINT and rosters.settles(*who)
    if kind.under_roster and not settling and not rosters.listed(*who):
        raise NotListed


class BareWriter:
    """Signs acts one after another; nothing is stored, and nobody sees anything, before ``store``.

    What is signed of a case rests on what was looked at: it is stored only while nothing with a say has come since. What of
    it the act names, ``case.naming`` says. A comment rests on nothing but its place in the stream.

    ``roster`` is the version the acts name, the one in force when empty.
    """

    def __init__(self, installation: Installation, signer: PersonWithKey, roster: str = "") -> None:
        self._installation = installation
        self._signer = signer
        self._written: list[VerifiedAct] = []
        self._blobs: dict[str, bytes] = {}
        self._seen: dict[str, tuple[str, ...]] = {}
        self._org = installation.register.org
        newest = installation.rosters.in_force
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
        self,
        kind: ActKind[Any],
        body: Body,
        *,
        case: str = "",
        seen: tuple[str, ...] | None = None,
        unread: Container[str] = (),
    ) -> VerifiedAct:
        """Sign one act. Acts written before with this writer are named by it when they are of the same case.

        ``seen`` are the acts that were ``shown`` of the case when it was looked at; those of now when nothing else was.
        ``unread`` are remarks among them that the signer has not read: the act does not name these.
        Raises NotListed when the roster in force does not list the signer's key, and TooManyAtOnce.
        """
        require_listed(self._installation, self._signer.person, self._signer.key.fingerprint, kind)
        opening = kind.place is Place.OPENING and not case
        own = [] if opening else [item.act.id for item in self._written if item.act.case_id == case]
        register = self._installation.register
        link = (
            register.installation.opening_link()
            if opening
            else register.installation.next_link(self._signer.key.fingerprint, case)
        )
        after = set(own[-1:])
        if case and not own:
            state = self._installation.folded(case)
            after = set(named_next(state, kind, body, unread=unread))
            if kind.moves:
                self._seen[case] = shown(state) if seen is None else seen
        founding = kind is ROSTER and not self._org
        made = sign_act(
            self._signer.key,
            org="" if founding else self._org,
            kind=kind.name,
            case=case,
            stream=link.stream,
            seq=link.seq,
            prev=own[-1] if own else link.prev,
            after=after,
            roster=self._roster if kind.under_roster else "",
            person=self._signer.person,
            at=self._installation.clock(),
            app=APP,
            body=body.as_json(),
        )
        if founding:
            self._org = made.act.id
        self._written.append(made)
        return made

    def store(
        self, still: Callable[[], None] = lambda: None, *, draft: str = "", signed: SignedParts | None = None
    ) -> tuple[VerifiedAct, ...]:
        """Put all that was written into the register at once, or nothing of it.

        ``still`` looks again at what else it rests on, within the transaction; ``draft`` is gone when it is stored, and so is
        what was written and is ``signed`` by it.
        Raises CaseMoved or OrganisationMoved when others wrote since, SameActStored, or a refusal of the register.
        """
        founds = self._org if self._org != self._installation.register.org else ""

        def unmoved() -> None:
            still()
            if any(shown(self._installation.folded(case)) != seen for case, seen in self._seen.items()):
                raise CaseMoved

        try:
            own = Own(still=unmoved, founds=founds, draft=draft, signed=signed)
            self._installation.register.append(self._written, self._blobs, own=own)
        except PlaceTaken:
            # Only what begins a stream can come out the same twice: everything else names what is before it.
            if any(self._installation.register.queries.has_act(item.act.id) for item in self._written):
                raise SameActStored from None
            raise (CaseMoved if any(item.act.case for item in self._written) else OrganisationMoved) from None
        return tuple(self._written)
