"""The roster: who may do what with which key, and how an organisation begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from intake.commands.agreeing import ask_agreement
from intake.commands.context import CommandContext
from intake.commands.offering import Reply
from intake.commands.parameters import Argument, Flag
from intake.commands.saying import coded, coded_each, coded_or_none
from intake.commands.terminal import tell
from intake.domain.acts.kinds import CHECKPOINT
from intake.domain.acts.kinds.roster import POLICY
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.domain.case.acceptance import ACCEPTANCE_DAYS
from intake.domain.organisation.exchange_rule import EXCHANGE_RULE, Reading
from intake.domain.organisation.paper import PAPER_RULE
from intake.domain.organisation.roster import Role, setting_text
from intake.domain.organisation.working_days import CALENDAR_RULES

if TYPE_CHECKING:
    from intake.domain.base.reasons import Reason
    from intake.domain.organisation.history import Pending
    from intake.domain.organisation.roster import Roster
    from intake.services.organisation.people import Enrolment, RosterChange

PersonId = Annotated[str, Argument("The id of a person: countersign roster show lists them.", value="PERSON")]
OneRole = Annotated[Role, Argument("The role.", value="ROLE")]


class KeyNotCompared(Refusal):
    what = "{name} was not listed, because the words of the key were not confirmed."
    why = "Anybody can enrol under any name; only the words of the key tell whose it is."
    next = "Call the person, have the ten words read to you, and list them when they are the same."


class SeveralEnrolments(Refusal):
    what = "{count} enrolments wait under the person id “{person}”."
    why = "They are of different keys, and one of them may be somebody else’s."
    next = "Compare the words of each key, and name the enrolment by its id: countersign roster show lists them."


class NotAPersonAndRoles(Refusal):
    what = "“{entry}” does not name a person and roles."
    why = "A person is written as id=role,role with the roles {roles}."
    next = "Correct it, for example: bob=administrator,records."


def show(given: CommandContext) -> Reply:
    """Show who may do what, who asked to be listed, and which versions wait."""
    from intake.domain.base.words import spoken
    from intake.services.organisation import offices, settling
    from intake.services.organisation import people as service
    from intake.services.organisation.unread_rosters import roster_unread
    from intake.services.proving import listings

    installation = given.installation
    rosters = installation.rosters
    newest = rosters.newest
    of_offices = offices.truths(installation)
    people = installation.register.queries.people()
    asking = [item for item in service.enrolments(installation) if not item.listed]
    lines = []
    if newest:
        lines.append(f"{newest.organisation}, roster version {newest.version}, good until {newest.expires.isoformat()}")
        lines.append(f"In words: {spoken(rosters.org)}")
        lines += [f"  {item.person:20} {item.name:28} {', '.join(map(_role, item.roles))}" for item in people]
        lines += [
            f"  a rule of a newer version, without effect here: {name} = {setting_text(value)}"
            for name, value in sorted(newest.policy.items())
            if name not in (*CALENDAR_RULES, PAPER_RULE, ACCEPTANCE_DAYS, EXCHANGE_RULE)
        ]
    else:
        lines.append("No roster is in force here.")
    lines += [f"Note: {words(line)}" for line in of_offices]
    if rosters.rivals:
        lines.append("Two versions claim to be the newest. Run: countersign roster settle")
        lines.append("or, in the records team before them: countersign roster checkpoint --for ROSTER")
        lines += [f"  {item.id}, written by {rosters.name(item.author)}" for item in rosters.in_force]
        lines += [f"  they differ: {settling.told(item, rosters)}" for item in settling.settlement(installation)[1]]
        if silent := listings.unlisted_in(installation, rosters.settlers):
            lines += [f"  {listings.untold(silent, rosters)}", f"  {listings.to_give(silent, rosters)}"]
    for bare in rosters.uncovered:
        names = ", ".join(sorted(bare.people)) or "nobody"
        lines.append(f"  version {bare.listed.roster.version} has no checkpoint of the records team; can sign: {names}")
        if silent := listings.unlisted_in(installation, bare.keys):
            lines += [f"    {listings.untold(silent, rosters)}", f"    {listings.to_give(silent, rosters)}"]
    for late in rosters.late.values():
        lines.append(
            f"  version {late.listed.roster.version} came too late and does not count; in force: {late.behind}"
        )
        lines.append(f"    {late.listed.id}")
    lines += [
        f"  asks to be listed: {item.person} ({item.name}), {item.act}, key in words: {spoken(item.fingerprint)}"
        for item in asking
    ]
    if missing_people := roster_unread(rosters):
        lines.append(missing_people.sentence)
    for name, unread in rosters.unread.items():
        lines.append(
            f"  version {unread.document.version} cannot be read ({words(unread.problem)}): {unread.waits_for}".rstrip(
                ": "
            )
        )
        lines.append(f"    {name}")
    for waiting in rosters.pending:
        missing = ", ".join(sorted(waiting.agreement.missing)) or "nobody"
        lines.append(
            f"  version {waiting.listed.roster.version} waits ({words(waiting.problem)}); can endorse: {missing}"
        )
        lines.append(f"    {waiting.listed.id}")
        lines += [f"      {words(line)}" for line in _told(given, waiting)]
    return Reply(
        tuple(lines),
        {
            "organisation": rosters.org,
            "words": spoken(rosters.org) if rosters.org else "",
            "name": newest.organisation if newest else "",
            "version": newest.version if newest else 0,
            "expires": newest.expires.isoformat() if newest else None,
            "policy": POLICY.write(newest.policy) if newest else {},
            "in_force": [item.id for item in rosters.in_force],
            "rivals": rosters.rivals,
            "offices": coded_each(of_offices),
            "uncovered": [
                {"roster": item.listed.id, "version": item.listed.roster.version, "can_sign": sorted(item.people)}
                for item in rosters.uncovered
            ],
            "late": [
                {
                    "roster": item.listed.id,
                    "version": item.listed.roster.version,
                    "behind": item.behind,
                    "checkpoint": item.checkpoint,
                }
                for item in rosters.late.values()
            ],
            "people": [
                {
                    "person": item.person,
                    "name": item.name,
                    "unit": item.unit,
                    "roles": list(item.roles),
                    "certificates": list(item.certificates),
                }
                for item in people
            ],
            "unread": [
                {
                    "roster": name,
                    "version": item.document.version,
                    "problem": coded(item.problem),
                    "waits_for": item.waits_for,
                    "may_count": item.may_count,
                }
                for name, item in rosters.unread.items()
            ],
            "asking": [
                {"act": item.act, "person": item.person, "name": item.name, "fingerprint": item.fingerprint}
                for item in asking
            ],
            "pending": [
                {
                    "roster": item.listed.id,
                    "version": item.listed.roster.version,
                    "problem": coded_or_none(item.problem),
                    "missing": sorted(item.agreement.missing),
                    "changes": [words(line) for line in _told(given, item)],
                }
                for item in rosters.pending
            ],
        },
    )


def endorse(
    given: CommandContext,
    roster: Annotated[str, Argument("The id of the waiting version.")],
    yes: Annotated[bool, Flag("It was read and its keys compared already; do not ask.")] = False,
) -> Reply:
    """Endorse a roster version that waits, after reading all it changes and comparing the words of its keys."""
    from intake.services.organisation import people as service

    document = service.require_endorsing(given.installation, given.who(), roster)
    ask_agreement(given, document, yes=yes)
    return changed(service.endorse(given.installation, given.signer(), roster))


def found(
    given: CommandContext,
    name: Annotated[str, Argument("The organisation’s name.", value="NAME")],
    person: Annotated[list[str], Flag("A person and roles, such as bob=administrator,records; repeat for everybody.")],
    exchange: Annotated[
        Reading, Flag("Who can read what travels: those who need it, or everybody who has the folder.")
    ] = Reading.OPEN,
    yes: Annotated[bool, Flag("The words of all keys were compared already; do not ask.")] = False,
) -> Reply:
    """Write the first roster from the enrolments that are here, after comparing the words of every key.

    It counts when every administrator endorsed it.
    """
    from intake.domain.base.words import spoken
    from intake.services.organisation import people as service

    named = []
    for entry in person:
        who, roles = _person_and_roles(entry)
        named.append((_enrolment(given, who), roles))
    chosen = [(item.act, roles) for item, roles in named]
    given.say_boxes([("The organisation", name), *(("Names of people", item.name) for item, _ in named)])
    ask_agreement(given, service.to_found(given.installation, given.who(), name, chosen, reading=exchange), yes=yes)
    change = service.found_organisation(given.installation, given.signer(), name, chosen, reading=exchange)
    reply = changed(change)
    words = spoken(change.roster)
    first = (f"Organisation {change.roster}", f"In words: {words}")
    return Reply((*first, *reply.lines), {**reply.data, "organisation": change.roster, "words": words})


def list_person(
    given: CommandContext,
    enrolment: Annotated[str, Argument("The person id or the id of the enrolment.")],
    role: Annotated[
        list[Role] | None, Flag("A role to give; repeat for several. None for a new key of somebody listed.")
    ] = None,
    yes: Annotated[bool, Flag("The words of the key were compared already; do not ask.")] = False,
) -> Reply:
    """Write the next version with one more person, or one more key for somebody listed, after comparing the key's words."""
    from intake.domain.base.words import spoken
    from intake.services.organisation import people as service

    item, roles = _enrolment(given, enrolment), tuple(role or ())
    _publishable(given, service.to_list(given.installation, given.who(), item.act, roles))
    given.say_boxes([("Person", item.name), ("Unit", item.unit)])
    if not yes:
        tell(f"{item.name} ({item.person}) asks with this key: {spoken(item.fingerprint)}")
        if not given.confirm("Are these the words this person reads to you?"):
            raise KeyNotCompared(name=item.name)
    return changed(service.list_person(given.installation, given.signer(), item.act, roles))


def grant_role(
    given: CommandContext,
    person: PersonId,
    role: OneRole,
    scope: Annotated[str, Flag("Only for this unit or use case (id); everywhere otherwise.")] = "",
    until: Annotated[str, Flag("Its last day, such as 2027-06-30; for good otherwise.", value="DAY")] = "",
) -> Reply:
    """Write the next version in which a person has one more role."""
    from intake.domain.terms.terms import day
    from intake.services.organisation import people as service

    last = day(until) if until else None
    wanted = service.to_grant(given.installation, given.who(), person, role, scope=scope, until=last)
    _publishable(given, wanted)
    return changed(service.grant_role(given.installation, given.signer(), person, role, scope=scope, until=last))


def end_role(given: CommandContext, person: PersonId, role: OneRole) -> Reply:
    """End a role. What the person signed so far keeps its force."""
    from intake.services.organisation import people as service

    _publishable(given, service.to_end(given.installation, given.who(), person, role))
    known = service.known_heads(given.installation)
    return changed(service.end_role(given.installation, given.signer(), person, role, known))


def cut_off(given: CommandContext, certificate: Annotated[str, Argument("Its SHA-256.")]) -> Reply:
    """Cut off a key that may be in other hands: nothing it signs from now on counts at all."""
    from intake.services.organisation import people as service

    _publishable(given, service.to_cut_off(given.installation, given.who(), certificate))
    known = service.known_heads(given.installation)
    return changed(service.cut_off_key(given.installation, given.signer(), certificate, known))


def settle(
    given: CommandContext,
    yes: Annotated[bool, Flag("It was read and its keys compared already; do not ask.")] = False,
) -> Reply:
    """Write the version that names both of two rivals and so ends their dispute."""
    from intake.services.organisation import people as service

    document = service.to_settle(given.installation, given.who())
    service.require_publishable(given.installation, document)
    ask_agreement(given, document, yes=yes)
    return changed(service.settle_rivals(given.installation, given.signer(), document))


def checkpoint(
    given: CommandContext,
    chosen: Annotated[
        str, Flag("Of two rival versions, the id of the one that counts.", name="--for", value="ROSTER")
    ] = "",
) -> Reply:
    """Sign a listing of everything known here; with --for, one that tells which of two rosters is in force."""
    from intake.services.organisation import covering
    from intake.services.organisation import people as service

    signed = covering.tell(given.installation, given.signer(CHECKPOINT), chosen) if chosen else None
    act = (signed or service.checkpoint(given.installation, given.signer(CHECKPOINT))).act
    return Reply((f"Checkpoint {act.id}",), {"act": act.id, "at": act.at.isoformat()})


def _publishable(given: CommandContext, document: Roster) -> None:
    """Raise what prevents a version, and say what it makes of the offices, before anybody types a passphrase."""
    from intake.services.organisation import offices, people

    people.require_publishable(given.installation, document)
    for warning in offices.warnings(given.installation, document):
        tell(f"Note: {words(warning)}")


def _told(given: CommandContext, waiting: Pending) -> tuple[Reason, ...]:
    """What a version changes and what that makes of the offices; that it cannot be told, where it cannot."""
    from intake.services.organisation import telling

    try:
        told = telling.told(given.installation, waiting.listed.roster)
        return (*told.lines, *told.warnings)
    except Refusal as refusal:
        return (refusal.given,)


def _role(name: str) -> str:
    return name if name in list(Role) else f"a role of a newer version: {name}"


def _enrolment(given: CommandContext, name: str) -> Enrolment:
    """The one enrolment that is meant by a person id or by its own id. Raises NotAnEnrolment or SeveralEnrolments."""
    from intake.services.organisation import people as service

    asked = [item for item in service.enrolments(given.installation) if name in (item.act, item.person)]
    if not asked:
        raise service.NotAnEnrolment
    waiting = [item for item in asked if not item.listed] or asked
    if len(waiting) > 1:
        raise SeveralEnrolments(person=name, count=len(waiting))
    return waiting[0]


def _person_and_roles(entry: str) -> tuple[str, tuple[Role, ...]]:
    who, _, listed = entry.partition("=")
    try:
        roles = tuple(Role(role.strip()) for role in listed.split(",") if role.strip())
    except ValueError:
        roles = ()
    if not who or not roles:
        raise NotAPersonAndRoles(entry=entry, roles=", ".join(Role))
    return who, roles


def changed(change: RosterChange) -> Reply:
    """What became of a roster version that somebody wrote or endorsed."""
    data: dict[str, Any] = {"roster": change.roster, "in_force": change.in_force, "problem": None, "missing": []}
    if change.in_force:
        return Reply((f"Roster {change.roster} is in force.",), data)
    if change.pending:
        missing = sorted(change.pending.agreement.missing)
        data |= {"problem": coded_or_none(change.pending.problem), "missing": missing}
        line = (
            f"Roster {change.roster} waits: {words(change.pending.problem)}. Can still endorse: {', '.join(missing)}."
        )
        return Reply((line,), data)
    return Reply((f"Roster {change.roster} does not follow the one in force.",), data)
