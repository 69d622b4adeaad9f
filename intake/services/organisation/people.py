"""Who may do what: enrolling with a key, founding an organisation, listing people, ending roles, endorsing.

Administrators write roster versions; a version counts only when enough of them endorsed it. Writing one endorses it for
its author in the same step, because nobody writes a version they do not want.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias

from intake.domain.acts.checkpoint import ListedHead, write_heads
from intake.domain.acts.kinds import CHECKPOINT, ENDORSE, ROSTER
from intake.domain.acts.kinds.checkpoint import CheckpointBody
from intake.domain.acts.kinds.endorse import EndorseBody
from intake.domain.acts.kinds.roster import PeopleFile
from intake.domain.base.refusals import Refusal
from intake.domain.organisation import changes
from intake.domain.organisation.accepted_playbooks import entry
from intake.domain.organisation.document import roster_body
from intake.domain.organisation.exchange_rule import EXCHANGE_RULE, Reading
from intake.domain.organisation.following import Listed, several_keys, too_few
from intake.domain.organisation.gaining import with_new_keys
from intake.domain.organisation.history import Pending
from intake.domain.organisation.people import write_people
from intake.domain.organisation.roster import Role, Roster
from intake.domain.playbook.reading.playbook import to_blob
from intake.domain.playbook.whole import Playbook
from intake.services.installation.act_writer import ActWriter, OrganisationMoved
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation import telling
from intake.services.organisation.enrolling import Enrolment as Enrolment  # noqa: PLC0414 - many import it from here
from intake.services.organisation.enrolling import asking_among as asking_among  # noqa: PLC0414 - as above
from intake.services.organisation.enrolling import enrol as enrol  # noqa: PLC0414 - as above
from intake.services.organisation.enrolling import enrolments as enrolments  # noqa: PLC0414 - as above
from intake.services.organisation.enrolling import newcomer
from intake.services.organisation.refusals import NobodyToEndorse, SecondNewKey
from intake.services.organisation.settling import settlement
from intake.services.organisation.unread_rosters import require_people_read
from intake.trust.acts import VerifiedAct

ROSTER_LASTS = timedelta(days=365)
"""How long a roster version is good for new approvals unless its author says otherwise."""
UNSIGNED = "0" * 64
"""The placeholder for a checkpoint that is not signed yet, where a version is only previewed."""

KnownHeads: TypeAlias = tuple[ListedHead, ...]
"""The tips of every stream that were known at some moment."""


class NotFounded(Refusal):
    what = "There is no organisation here yet."
    why = "Its first roster needs the endorsement of every administrator it lists."
    next = "Send the roster to the other administrators and fetch their endorsements."


class AlreadyFounded(Refusal):
    what = "This register already belongs to an organisation."
    why = "One register keeps the acts of one organisation, so that nothing of another can slip in."
    next = "Use another data folder for another organisation."


class NotAnAdministrator(Refusal):
    what = "Only an administrator can change who may do what."
    why = "The roster decides whose signatures count."
    next = "Ask one of the administrators on the people page."


class NotAnEnrolment(Refusal):
    what = "This file is not an enrolment."
    why = "Listing somebody needs the proof that the key is theirs."
    next = "Ask the person to send the enrolment file the app made for them."


class AlreadyWritten(Refusal):
    what = "Version {version} with exactly this is signed already, and waits for endorsements."
    why = "A second one would be its rival: the other administrators could only agree to one of the two."
    next = "Ask the other administrators to endorse it. What else is to change goes into the version after it."


class UnknownRoster(Refusal):
    what = "This roster version is not here."
    why = "Only what can be read can be endorsed."
    next = "Fetch from the exchange and try again."


class NoRivals(Refusal):
    what = "There is nothing to settle: one roster is in force."
    why = "Only two versions that both claim to be the newest need one that names both."
    next = "Look at the people page for what waits."


@dataclass(frozen=True, slots=True)
class RosterChange:
    """A roster version that was written: what it waits for, or that it is in force."""

    roster: str
    in_force: bool
    pending: Pending | None


Founders: TypeAlias = Iterable[tuple[str, tuple[Role, ...]]]
"""Ids of enrol acts that are here, each with the roles to give."""


def found_organisation(
    installation: Installation,
    signer: PersonWithKey,
    name: str,
    people: Founders,
    *,
    expires: date | None = None,
    reading: Reading = Reading.OPEN,
) -> RosterChange:
    """Write and endorse version 1. Raises AlreadyFounded, NotAnEnrolment, NotAnAdministrator or a refusal of ``changes``."""
    document = to_found(installation, signer.person, name, people, expires=expires, reading=reading)
    # From the first day on only playbooks count that the administrators agreed on.
    return publish_accepting(installation, signer, document, installation.shelf.core)


def to_found(
    installation: Installation,
    author: str,
    name: str,
    people: Founders,
    *,
    expires: date | None = None,
    reading: Reading = Reading.OPEN,
) -> Roster:
    """Version 1 as ``author`` would write it, but for the playbook of this program. Raises as ``found_organisation``."""
    if installation.register.org:
        raise AlreadyFounded
    today = installation.clock().date()
    newcomers = []
    asked = {item.act: item for item in enrolments(installation)}
    for act, roles in people:
        if act not in asked:
            raise NotAnEnrolment
        newcomers.append(newcomer(asked[act], roles))
    policy = {EXCHANGE_RULE: str(reading)}
    document = changes.first(
        name.strip(), newcomers, today=today, expires=expires or today + ROSTER_LASTS, policy=policy
    )
    if author not in document.administrators:
        raise NotAnAdministrator
    return document


def list_person(
    installation: Installation, signer: PersonWithKey, enrolment: str, roles: tuple[Role, ...]
) -> RosterChange:
    """Write and endorse the next version with one more person. Raises what ``to_list`` and ``publish`` raise."""
    return publish(installation, signer, to_list(installation, signer.person, enrolment, roles))


def to_list(installation: Installation, author: str, enrolment: str, roles: tuple[Role, ...]) -> Roster:
    """The next version with one more person or key, as ``author`` would write it. Raises NotAnEnrolment, and as ``admitting``."""
    asked = {item.act: item for item in enrolments(installation)}
    if enrolment not in asked:
        raise NotAnEnrolment
    current = in_force(installation, author)
    today = installation.clock().date()
    following = changes.following(current, expires=today + ROSTER_LASTS)
    return changes.admitting(following, newcomer(asked[enrolment], roles), today=today)


def grant_role(
    installation: Installation,
    signer: PersonWithKey,
    person: str,
    role: Role,
    *,
    scope: str = "",
    until: date | None = None,
) -> RosterChange:
    """Write and endorse the next version with one more role. Raises what ``to_grant`` and ``publish`` raise."""
    return publish(installation, signer, to_grant(installation, signer.person, person, role, scope=scope, until=until))


def to_grant(
    installation: Installation, author: str, person: str, role: Role, *, scope: str = "", until: date | None = None
) -> Roster:
    """The next version with one more role. Raises NobodyThere, RoleExists, DayIsPast or RoleHoldsEverywhere."""
    following = changes.following(in_force(installation, author))
    return changes.granting(following, person, role, today=installation.clock().date(), scope=scope, until=until)


def known_heads(installation: Installation) -> KnownHeads:
    """What is known here at this moment, as a checkpoint lists it."""
    return installation.register.queries.heads()


def end_role(
    installation: Installation, signer: PersonWithKey, person: str, role: Role, known: KnownHeads | None = None
) -> RosterChange:
    """Write a checkpoint of what is ``known`` (now, else), and the next version in which the role ends there.

    What the person signed so far and is known then keeps its force. A caller that asks a person first gives what was known at that moment:
    an act that comes in while they type a passphrase is not one they were told of. Raises what ``to_end`` and ``publish`` raise.
    """
    require_publishable(installation, to_end(installation, signer.person, person, role))
    writer = ActWriter(installation, signer)
    return publish(
        installation,
        signer,
        to_end(installation, signer.person, person, role, _checkpoint(installation, writer, known)),
        writer,
    )


def to_end(installation: Installation, author: str, person: str, role: Role, checkpoint: str = UNSIGNED) -> Roster:
    """The next version without a role. Raises NobodyThere or TooFewAdministrators."""
    following = changes.following(in_force(installation, author))
    today = installation.clock().date()
    return changes.ending_role(following, person, role, checkpoint=checkpoint, today=today)


def cut_off_key(
    installation: Installation, signer: PersonWithKey, certificate: str, known: KnownHeads | None = None
) -> RosterChange:
    """As ``end_role``, for a key that may be in other hands: beyond the checkpoint it counts for nothing at all."""
    require_publishable(installation, to_cut_off(installation, signer.person, certificate))
    writer = ActWriter(installation, signer)
    return publish(
        installation,
        signer,
        to_cut_off(installation, signer.person, certificate, _checkpoint(installation, writer, known)),
        writer,
    )


def to_cut_off(installation: Installation, author: str, certificate: str, checkpoint: str = UNSIGNED) -> Roster:
    """The next version without a key. Raises NobodyThere, AlreadyCutOff or TooFewAdministrators."""
    following = changes.following(in_force(installation, author))
    return changes.cutting_off(following, certificate, checkpoint=checkpoint, today=installation.clock().date())


def settle_rivals(installation: Installation, signer: PersonWithKey, shown: Roster | None = None) -> RosterChange:
    """Write the version that names the rivals: the very one that was ``shown``, where one was.

    Raises OrganisationMoved when it would be another by now, and what ``to_settle`` and ``publish`` raise.
    """
    document = to_settle(installation, signer.person)
    if shown is not None and document != shown:
        raise OrganisationMoved
    return publish(installation, signer, document)


def to_settle(installation: Installation, author: str) -> Roster:
    """The version that names both rivals. Raises NotFounded, NoRivals or NotAnAdministrator, and as ``telling.told``."""
    in_force(installation, author)
    if not installation.rosters.rivals:
        raise NoRivals
    document = settlement(installation)[0]
    telling.told(installation, document)
    return document


def endorse(installation: Installation, signer: PersonWithKey, roster: str) -> RosterChange:
    """Endorse a version that waits. Raises what ``require_endorsing`` raises."""
    require_endorsing(installation, signer.person, roster)
    writer = ActWriter(installation, signer)
    writer.write(ENDORSE, EndorseBody(roster))
    writer.store(lambda: require_people_read(installation.rosters))
    return _change(installation, roster)


def require_endorsing(installation: Installation, person: str, roster: str) -> Roster:
    """The version this person may endorse. Raises RosterUnread, UnknownRoster, NotAnAdministrator, or what ``telling.told``,
    ``telling.require_sound`` and ``_require_agreeable`` raise.
    """
    rosters = installation.rosters
    require_people_read(rosters)
    waiting = {item.listed.id: item.listed for item in rosters.pending}
    if roster not in waiting:
        raise UnknownRoster
    new, before = waiting[roster].roster, tuple(item.roster for item in rosters.in_force)
    administrators = new.administrators.union(*(item.administrators for item in before))
    # Who is trusted agrees to a new key in their own entry, whether they administer or not.
    if person not in administrators | with_new_keys(new, before):
        raise NotAnAdministrator
    telling.told(installation, new)
    _require_agreeable(installation, new)
    telling.require_sound(installation, new)
    return new


def checkpoint(installation: Installation, signer: PersonWithKey) -> VerifiedAct:
    """Sign a listing of everything known here: time evidence, and how fresh everybody's picture is."""
    writer = ActWriter(installation, signer)
    _checkpoint(installation, writer)
    return writer.store()[-1]


def _checkpoint(installation: Installation, writer: ActWriter, known: KnownHeads | None = None) -> str:
    heads = known_heads(installation) if known is None else known
    listing = writer.attach(write_heads(heads), "heads.json", "application/json")
    return writer.write(CHECKPOINT, CheckpointBody(listing, None)).act.id


def in_force(installation: Installation, person: str) -> Listed:
    """The one roster in force, which this person administers. Raises NotFounded or NotAnAdministrator."""
    rosters = installation.rosters
    if not rosters.founded:
        raise NotFounded
    if not rosters.holds(person, Role.ADMINISTRATOR):
        raise NotAnAdministrator
    return rosters.in_force[0]


def publish(
    installation: Installation, signer: PersonWithKey, document: Roster, writer: ActWriter | None = None
) -> RosterChange:
    """Write and endorse a roster version, with what ``writer`` has written before it.

    Raises MalformedPeople for too many, AlreadyWritten, NobodyToEndorse for an office that nobody is left to agree to, and RosterUnread
    where it would only be the rival of a version that is signed already.
    """
    require_publishable(installation, document)
    writer = writer or ActWriter(installation, signer)
    people = writer.attach(write_people(document.people), "people.json", "application/json")
    made = writer.write(ROSTER, roster_body(document, PeopleFile(people.sha256, people.size)))
    writer.write(ENDORSE, EndorseBody(made.act.id))

    def still_following() -> None:
        require_people_read(installation.rosters)
        if tuple(sorted(item.id for item in installation.rosters.in_force)) != document.previous:
            raise OrganisationMoved

    writer.store(still_following)
    return _change(installation, made.act.id)


def require_publishable(installation: Installation, document: Roster) -> None:
    """Raise the refusal to publish a version, before anybody is asked for a passphrase.

    AlreadyWritten where one that says the same waits for endorsements, and what ``_require_agreeable`` raises.
    """
    _require_agreeable(installation, document)
    if any(_same(item.listed.roster, document) for item in installation.rosters.pending):
        raise AlreadyWritten(version=document.version)


def _require_agreeable(installation: Installation, document: Roster) -> None:
    """NobodyToEndorse for a version that gives offices to so many administrators that too few are left; SecondNewKey; RosterUnread."""
    require_people_read(installation.rosters)
    chain = installation.rosters.chain
    named = tuple(chain[name] for name in document.previous if name in chain)
    if problem := too_few(document, named):
        raise NobodyToEndorse(problem=problem)
    if problem := several_keys(document, named):
        raise SecondNewKey(problem=problem)


def _same(waiting: Roster, document: Roster) -> bool:
    """Whether a version that waits for endorsements says what another one would; until when it holds follows from its day."""
    return replace(waiting, expires=document.expires) == document


def publish_accepting(
    installation: Installation, signer: PersonWithKey, document: Roster, playbook: Playbook
) -> RosterChange:
    """As ``publish``, with one more playbook that counts; its bytes are a blob of this version.

    It is judged with the newest engine of this program, by everybody and for good.
    """
    writer = ActWriter(installation, signer)
    writer.attach(to_blob(playbook), "playbook.json", "application/json")
    return publish(
        installation,
        signer,
        changes.accepting(document, entry(playbook, max(installation.capabilities.engines))),
        writer,
    )


def _change(installation: Installation, roster: str) -> RosterChange:
    rosters = installation.rosters
    waiting = next((item for item in rosters.pending if item.listed.id == roster), None)
    return RosterChange(roster, any(item.id == roster for item in rosters.in_force), waiting)
