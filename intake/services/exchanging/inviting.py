"""Inviting somebody: a package with the organisation's rosters and where to send the enrolment, and reading one.

An invitation proves nothing. Who gets one compares the ten words of its organisation by voice before joining, and who
gets the enrolment compares the words of its key. What is refused here could only confuse: an invitation that is
not whole, brings more than rosters, or is signed by nobody who administers what it brings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import ROSTER
from intake.domain.base.canonical import BYTES_OVER_LIMIT, sha256
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.domain.base.words import spoken
from intake.domain.organisation.invitation import MAX_RETURN_TO, Invitation, is_return_to, tidied
from intake.domain.organisation.roster import Role
from intake.exchange.entries import Entry, EntryKind
from intake.exchange.package.package import Package, read_package, save_package
from intake.exchange.package.signing import signer_of, signing_with
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation import people
from intake.services.proving.anchors import anchor_of_acts
from intake.trust.acts import verify_act

_MANY_ACTS = Wording("InvitationOfManyActs", "it holds more than {limit} acts")

MAX_INVITATION = 64 << 20
"""Bytes of the acts and files of an invitation: the rosters of some thousand people over some years."""
MAX_ACTS = 5_000
"""Acts of an invitation; verifying one takes about a millisecond."""


class NoReturnAddress(Refusal):
    what = "The invitation does not say where to send the enrolment."
    why = "The person who is invited has to know it, in one line of at most {limit} characters."
    next = "Write where the file reaches you, such as your mail address."


class InvitationTooLarge(Refusal):
    what = "This invitation is too large: {detail}."
    why = (
        "An invitation brings the rosters only; a larger one would fill the computer of somebody who knows nobody yet."
    )
    next = "Share the exchange folder, or a package of everything, instead."


class InvitationNotWhole(Refusal):
    what = "This invitation is not whole: {detail}"
    why = "What is missing or changed in it could be the roster that says who may sign."
    next = "Ask for it again. Your key, your enrolment and your drafts are kept."


class InvitationHoldsMore(Refusal):
    what = "This invitation holds more than an invitation: an act of a use case."
    why = "It brings the rosters and nothing else, so that nobody who is invited is made to read what was not decided."
    next = "Ask for a new invitation. If you expected more, import the file as a package after you joined."


class InvitationOfTwo(Refusal):
    what = "This invitation brings acts of more than one organisation."
    why = "Only one of them can be yours, and an invitation has one."
    next = "Ask an administrator for a new invitation, and compare its words by voice."


class InvitationWithoutRoster(Refusal):
    what = "This invitation does not bring a roster that counts of the organisation it names."
    why = "The ten words belong to the first roster; without it there is nothing to compare."
    next = "Ask an administrator for a new invitation."


class InvitedByNobody(Refusal):
    what = "This invitation is not signed by anybody who administers the organisation it brings."
    why = "Anybody who has the rosters can pack them and say where your enrolment should go."
    next = "Ask an administrator for an invitation, and do not send your enrolment where this one says."


@dataclass(frozen=True, slots=True)
class InvitationRead:
    """What an invitation says: nothing of it is true before ``words`` were compared by voice.

    ``org`` is an id, ``organisation`` the name it claims, ``inviter`` the administrator who signed it, ``return_to`` where
    the enrolment is to be sent.
    """

    org: str
    words: str
    organisation: str
    inviter: str
    return_to: str


def require_inviting(installation: Installation, person: str, return_to: str) -> str:
    """``return_to`` as it may be written. Raises NotFounded, NotAnAdministrator or NoReturnAddress."""
    people.in_force(installation, person)
    line = tidied(return_to)
    if not is_return_to(line):
        raise NoReturnAddress(limit=MAX_RETURN_TO)
    return line


def write_invitation(
    installation: Installation, signer: PersonWithKey, target: Path, return_to: str, *, replace: bool = False
) -> InvitationRead:
    """Write the invitation to a file and give what is in it.

    Raises what ``require_inviting`` raises, InvitationTooLarge, or a refusal of the package's target.
    """
    line = require_inviting(installation, signer.person, return_to)
    rosters = installation.rosters
    if not rosters.listed(signer.person, signer.key.fingerprint):
        raise people.NotAnAdministrator
    queries = installation.register.queries
    contents: dict[tuple[EntryKind, str], bytes] = {}
    named: set[str] = set()
    for act in queries.roster_input().acts:
        blob = queries.blob_of_act(act.id)
        if blob is not None:
            contents[EntryKind.ACT, sha256(blob)] = blob
            named |= _files(installation, act)
    _require_small(len(contents), sum(map(len, contents.values())))
    for name in queries.carried_among(tuple(sorted(named))):
        contents[EntryKind.BLOB, name] = queries.blob(name) or b""
        _require_small(0, sum(map(len, contents.values())))
    save_package(
        target,
        contents,
        lambda kind, name: contents[kind, name],
        org=rosters.org,
        heads={},
        made_at=installation.clock(),
        sign=signing_with(signer.key),
        invitation=Invitation(line),
        replace=replace,
    )
    newest = rosters.newest
    name = newest.organisation if newest else ""
    return InvitationRead(rosters.org, spoken(rosters.org), name, rosters.name(signer.person), line)


def read_invitation(installation: Installation, source: Path) -> InvitationRead | None:
    """What an invitation says; None for a package that invites nobody.

    Raises OtherOrganisation where this register belongs to one already, a PackageRefusal or SignatureRefused for the
    file, InvitationTooLarge, InvitationNotWhole, InvitationHoldsMore, InvitationOfTwo, InvitationWithoutRoster or
    InvitedByNobody.
    """
    package = read_package(source, verify=signer_of, org=installation.register.org or None)
    invitation = package.manifest.invitation
    if invitation is None:
        return None
    org = package.manifest.org
    acts, files = _contents(package)
    if any(act.org not in {"", org} or (act.kind == ROSTER.name and not act.org and act.id != org) for act in acts):
        raise InvitationOfTwo
    if any(act.case_id for act in acts):
        raise InvitationHoldsMore
    rosters = anchor_of_acts(org, acts, files).rosters
    if not org or not rosters.founded:
        raise InvitationWithoutRoster
    inviter = next((item.roster.signer(package.signer) for item in rosters.in_force), None)
    if inviter is None:
        raise InvitedByNobody
    # Who has ended since it was written is told by what is known here, if this is the register of the same organisation.
    known = (rosters, installation.rosters) if installation.register.org == org else (rosters,)
    for each in known:
        if not each.listed(inviter.id, package.signer) or not each.holds(inviter.id, Role.ADMINISTRATOR):
            raise InvitedByNobody
    newest = rosters.newest
    name = newest.organisation if newest else ""
    return InvitationRead(org, spoken(org), name, inviter.name, invitation.return_to)


def _contents(package: Package) -> tuple[Sequence[Act], dict[str, bytes]]:
    """The acts, verified, and the files by SHA-256. What is in a good invitation is good without exception."""
    acts: list[Act] = []
    files: dict[str, bytes] = {}
    size = 0
    for found in package.entries():
        if not isinstance(found, Entry):
            raise InvitationNotWhole(detail=found.refusal.what_happened)
        size += len(found.data)
        _require_small(len(acts), size)
        if found.kind is EntryKind.BLOB:
            files[found.id] = found.data
            continue
        try:
            acts.append(verify_act(found.data).act)
        except Refusal as refusal:
            raise InvitationNotWhole(detail=refusal.what_happened) from None
    return acts, files


def _require_small(acts: int, size: int) -> None:
    if acts > MAX_ACTS:
        raise InvitationTooLarge(detail=_MANY_ACTS(limit=MAX_ACTS))
    if size > MAX_INVITATION:
        raise InvitationTooLarge(detail=BYTES_OVER_LIMIT(bytes=size, limit=MAX_INVITATION))


def _files(installation: Installation, act: Act) -> frozenset[str]:
    try:
        return installation.capabilities.kinds.carried(act, installation.capabilities.tables)
    except Refusal:
        return frozenset()
