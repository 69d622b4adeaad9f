"""Where the acts are that were signed here: what every screen and command that tells of it asks.

The rule is the domain's (``case.delivery``); here it is asked for one use case, and counted for all.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from intake.domain.acts.envelope import Act
from intake.domain.case.delivery import (
    Delivery,
    DeliveryState,
    Sending,
    proving,
    proving_of_organisation,
    seen_by,
)
from intake.domain.case.summary import reference
from intake.register.refusals import RegisterRefusal
from intake.register.store.own_acts import Unsent
from intake.register.store.receipts import ItemKind, Proof
from intake.services.installation.installation import Installation

PACKAGE = "package/"
"""What receipts call a package begins with this; its file name follows. A folder is called by its path, which is absolute."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where all is that was signed here of one use case, or of the organisation: ``acts`` is how many acts that are.

    ``state`` is that of the newest act, unless one of them has not left (``unsent`` have not). ``signed`` is when the newest was
    signed, ``sent`` when the last of them went out, to a folder (``place``) or into a package (``package``); ``seen_by`` are
    the names of those who have seen the newest.
    """

    acts: int = 0
    unsent: int = 0
    state: DeliveryState = DeliveryState.SIGNED
    signed: datetime | None = None
    sent: datetime | None = None
    place: str = ""
    package: str = ""
    seen_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnsentAct:
    """An act that is not known to have left. ``reference`` and ``title`` are empty for acts of the organisation."""

    act: str
    kind: str
    case: str
    reference: str
    title: str
    at: datetime


def unsent(installation: Installation) -> Unsent:
    """How much was signed here that is not known to have left: the one number of this."""
    return installation.register.own_acts.unsent()


def unsent_acts(installation: Installation, *, limit: int = 100) -> tuple[UnsentAct, ...]:
    """The newest of it, newest first."""
    queries = installation.register.queries
    found = []
    for act in installation.register.own_acts.unsent_acts(limit=limit):
        row = queries.row(act.case_id) if act.case_id else None
        called = reference(act.case_id) if act.case_id else ""
        found.append(UnsentAct(act.id, act.kind, act.case_id, called, row.title if row else "", act.at))
    return tuple(found)


def whereabouts(installation: Installation, case: str) -> Whereabouts:
    """Where all is that was signed here of a use case (of the organisation when ``case`` is empty)."""
    own = installation.register.own_acts.of_case(case)
    if not own:
        return Whereabouts()
    known = [Delivery(item.act.id, item.sendings, item.seen) for item in own]
    unsent = sum(not item.state.left for item in known)
    last = max((item.sent for item in known if item.sent), default=None)
    package = _package(last) if last else ""
    rosters = installation.rosters
    people = _who_saw(installation, own[0].act) if own[0].seen else ()
    return Whereabouts(
        acts=len(known),
        unsent=unsent,
        state=DeliveryState.SIGNED if unsent else known[0].state,
        signed=own[0].act.at,
        sent=last.at if last else None,
        place=last.carrier.rpartition("/")[0] if last and not package else "",
        package=package,
        seen_by=tuple(rosters.name(person) for person in sorted(people)),
    )


def note_handed_over(installation: Installation, blobs: Iterable[str], name: str, *, files: Iterable[str] = ()) -> None:
    """Signed acts (blob ids) and the ``files`` they carry (SHA-256) have been written into a file with this name, for somebody
    to hand over.

    Where nothing can be stored the file is there all the same, and what is in it counts as not sent here.
    """
    with suppress(RegisterRefusal):
        items = [(ItemKind.BLOB, sha256) for sha256 in files] + [(ItemKind.ACT, blob) for blob in blobs]
        installation.register.receipts.note(f"{PACKAGE}{name}", items, Proof.WRITTEN)


def _who_saw(installation: Installation, act: Act) -> frozenset[str]:
    """Who is known to have seen an act; nobody by name where only a roster tells of it."""
    if act.case_id:
        state = installation.folded(act.case_id)
        acts, proofs = tuple(event.act for event in state.events), proving(state)
    elif (act.signer, act.stream) in (organisation := installation.register.organisation()).streams:
        # Only what makes the roster is answered by others.
        acts = installation.register.queries.roster_input().acts
        proofs = proving_of_organisation(acts, organisation.history)
    else:
        return frozenset()
    return seen_by(acts, proofs, installation.capabilities).get(act.id, frozenset())


def _package(sending: Sending) -> str:
    return sending.carrier.removeprefix(PACKAGE) if sending.carrier.startswith(PACKAGE) else ""
