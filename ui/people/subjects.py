"""What the signing dialog shows for each act of the people page: the consequence in words, and what is signed."""

from __future__ import annotations

from collections.abc import Sequence

from intake.domain.base.directions import isolated
from intake.domain.organisation.exchange_rule import Reading
from intake.domain.organisation.gaining import OFFICES
from ui.exchange.access_words import reading_name
from ui.people.asking import key_acts
from ui.people.reading import Asking, Dispute, Organisation, PersonDetail
from ui.people.versions import Rival, SettlementTold, VersionTold, WaitingRoster
from ui.playbook.words import named_moves
from ui.texts import Texts, filled
from ui.widgets.signing_sheet import SignedLine, Subject
from ui.words import cases

MOST_BOXES = 3
"""Confirmations of keys that fit below a sheet on the smallest screen with the largest text."""


def listing(found: Organisation, item: Asking, roles: tuple[str, ...]) -> Subject:
    named = key_acts(item) if item.known else ", ".join(cases.role_words(role) for role in roles)
    return _subject(
        found,
        filled(PeopleSubjectTexts.tr("List {name}"), name=item.name),
        _next(
            found, filled(PeopleSubjectTexts.tr("From then on what {name} signs with this key counts."), name=item.name)
        ),
        (
            SignedLine(PeopleSubjectTexts.tr("Person"), f"{isolated(item.name)} ({item.person})"),
            SignedLine(PeopleSubjectTexts.tr("Unit"), item.unit),
            SignedLine(PeopleSubjectTexts.tr("Roles"), named),
            SignedLine(PeopleSubjectTexts.tr("Key"), item.fingerprint, is_digest=True),
            SignedLine(PeopleSubjectTexts.tr("Key in words"), item.words),
        ),
        PeopleSubjectTexts.tr("Sign the new roster"),
        attestations=(
            filled(PeopleSubjectTexts.tr("I compared the words of the key with {name} by voice"), name=item.name),
        ),
    )


def granting(found: Organisation, person: PersonDetail, role: str) -> Subject:
    named = cases.role_words(role)
    alone = PeopleSubjectTexts.tr("You gain an office by it, so every other administrator has to endorse it.")
    return _subject(
        found,
        filled(PeopleSubjectTexts.tr("{name} becomes {role}"), name=person.name, role=named),
        _next(found, filled(PeopleSubjectTexts.tr("{name} may then act as {role}."), name=person.name, role=named)),
        (
            SignedLine(PeopleSubjectTexts.tr("Person"), f"{isolated(person.name)} ({person.id})"),
            SignedLine(PeopleSubjectTexts.tr("Role given"), named),
            _roles_then([*_held(person), role]),
        ),
        PeopleSubjectTexts.tr("Sign the new roster"),
        warnings=(alone,) if person.id == found.me.person and role in OFFICES else (),
    )


def ending(found: Organisation, person: PersonDetail, role: str) -> Subject:
    named = cases.role_words(role)
    return _subject(
        found,
        filled(PeopleSubjectTexts.tr("{name} is no longer {role}"), name=person.name, role=named),
        _next(
            found,
            filled(
                PeopleSubjectTexts.tr(
                    "What {name} signed as {role} and is known here keeps its force. What was signed elsewhere and has not "
                    "arrived loses it, so fetch from the exchange first."
                ),
                name=person.name,
                role=named,
            ),
        ),
        (
            SignedLine(PeopleSubjectTexts.tr("Person"), f"{isolated(person.name)} ({person.id})"),
            SignedLine(PeopleSubjectTexts.tr("Role ended"), named),
            _roles_then([held for held in _held(person) if held != role]),
            SignedLine(
                PeopleSubjectTexts.tr("Also signed"), PeopleSubjectTexts.tr("a checkpoint of everything known here")
            ),
        ),
        PeopleSubjectTexts.tr("Sign the new roster"),
    )


def _held(person: PersonDetail) -> list[str]:
    """The roles somebody holds now for everything; one for a unit or a use case alone stays as it is."""
    return [item.role for item in person.roles if item.open and not item.scope]


def _roles_then(roles: Sequence[str]) -> SignedLine:
    words = ", ".join(cases.role_words(role) for role in dict.fromkeys(roles))
    return SignedLine(PeopleSubjectTexts.tr("Roles from then on"), words or PeopleSubjectTexts.tr("none"))


def cutting(found: Organisation, person: PersonDetail, fingerprint: str) -> Subject:
    return _subject(
        found,
        filled(PeopleSubjectTexts.tr("Cut off a key of {name}"), name=person.name),
        _next(
            found,
            PeopleSubjectTexts.tr(
                "For a key that may be in other hands. Whatever it signed that is not known here by now counts for "
                "nothing, objections included. The person enrols again with a new key."
            ),
        ),
        (
            SignedLine(PeopleSubjectTexts.tr("Person"), f"{isolated(person.name)} ({person.id})"),
            SignedLine(PeopleSubjectTexts.tr("Key"), fingerprint, is_digest=True),
            SignedLine(
                PeopleSubjectTexts.tr("Also signed"), PeopleSubjectTexts.tr("a checkpoint of everything known here")
            ),
        ),
        PeopleSubjectTexts.tr("Cut off and sign"),
        warnings=(PeopleSubjectTexts.tr("A cut-off cannot be taken back."),),
    )


def endorsing(found: Organisation, item: WaitingRoster) -> Subject:
    lines = [
        SignedLine(PeopleSubjectTexts.tr("Version"), str(item.version)),
        SignedLine(PeopleSubjectTexts.tr("Written by"), item.author),
    ]
    lines += version_lines(item.told)
    lines.append(SignedLine(PeopleSubjectTexts.tr("Roster"), item.id, is_digest=True))
    return _subject(
        found,
        filled(PeopleSubjectTexts.tr("Endorse roster version {version}"), version=item.version),
        PeopleSubjectTexts.tr(
            "A version counts when enough administrators endorsed it. You vouch for who may decide here."
        ),
        tuple(lines),
        PeopleSubjectTexts.tr("Endorse"),
        attestations=compared(found, item.told),
        warnings=item.told.warnings,
    )


def settling(found: Organisation, made: SettlementTold) -> Subject:
    lines = [
        SignedLine(filled(PeopleSubjectTexts.tr("Rival {number}"), number=number), rival.id, is_digest=True)
        for number, rival in enumerate(found.rivals, start=1)
    ]
    lines += [
        SignedLine(PeopleSubjectTexts.tr("They differ") if not number else "", _dispute(item))
        for number, item in enumerate(found.disputes)
    ]
    lines += version_lines(made.told)
    return _subject(
        found,
        PeopleSubjectTexts.tr("Settle the two rosters"),
        PeopleSubjectTexts.tr(
            "The next version names both. It needs majorities of the administrators of each and of those it lists; then new "
            "approvals are possible again."
        ),
        tuple(lines),
        PeopleSubjectTexts.tr("Sign the version that names both"),
        attestations=compared(found, made.told),
        warnings=made.told.warnings,
    )


def _dispute(item: Dispute) -> str:
    key = item.key[:16]
    if item.names:
        return filled(
            PeopleSubjectTexts.tr("{name} keeps the key {key}, which is also listed for {others}."),
            name=item.name,
            key=key,
            others=", ".join(map(isolated, item.names)),
        )
    what = cases.role_words(item.role) if item.role else filled(PeopleSubjectTexts.tr("key {key}"), key=key)
    return filled(
        PeopleSubjectTexts.tr("{name}, {what}: ended at checkpoint {kept}, and not at {others}."),
        name=item.name,
        what=what,
        kept=item.kept[:16],
        others=", ".join(other[:16] for other in item.others),
    )


def telling(found: Organisation, rival: Rival) -> Subject:
    lines = [
        SignedLine(PeopleSubjectTexts.tr("Counts"), rival.id, is_digest=True),
        SignedLine(PeopleSubjectTexts.tr("Written by"), rival.author),
    ]
    lines += version_lines(rival.told)
    lines += [
        SignedLine(PeopleSubjectTexts.tr("Too late"), item.id, is_digest=True)
        for item in found.rivals
        if item.id != rival.id
    ]
    return _subject(
        found,
        PeopleSubjectTexts.tr("Say which roster counts"),
        PeopleSubjectTexts.tr(
            "Your checkpoint covers this version and leaves the other out. It is in force then, and the other counts for "
            "nothing. What was signed under the other has to be signed again."
        ),
        tuple(lines),
        PeopleSubjectTexts.tr("Sign the checkpoint"),
        attestations=(
            PeopleSubjectTexts.tr("I know that the administrators in office want this version"),
            *compared(found, rival.told),
        ),
        warnings=(
            *rival.told.warnings,
            PeopleSubjectTexts.tr(
                "It cannot be taken back: a checkpoint for the other as well makes them rivals for good."
            ),
        ),
    )


def accepting(found: Organisation) -> Subject:
    return _subject(
        found,
        filled(PeopleSubjectTexts.tr("Accept {title}"), title=found.playbook.offered),
        _next(
            found,
            PeopleSubjectTexts.tr(
                "Use cases are then asked and judged by this playbook. Drafts and decisions keep theirs."
            ),
        ),
        (
            SignedLine(PeopleSubjectTexts.tr("Playbook"), found.playbook.offered),
            SignedLine(PeopleSubjectTexts.tr("Digest"), found.playbook.offered_digest, is_digest=True),
            SignedLine(PeopleSubjectTexts.tr("In use until then"), found.playbook.title),
            *_playbook_changes(found),
        ),
        PeopleSubjectTexts.tr("Sign the new roster"),
    )


def exchanging(found: Organisation, wanted: Reading) -> Subject:
    """Who can read what travels from then on."""
    confidential = wanted is Reading.CONFIDENTIAL
    keyless = found.exchange.keyless if confidential else ()
    without = filled(
        PeopleSubjectTexts.tr("They have no reader key, so they read nothing new before they enrol again: {names}"),
        names=", ".join(keyless),
    )
    return _subject(
        found,
        PeopleSubjectTexts.tr("Make the exchange confidential")
        if confidential
        else PeopleSubjectTexts.tr("Open the exchange to everybody"),
        _next(
            found,
            PeopleSubjectTexts.tr(
                "What leaves a computer is encrypted from then on. What was sent openly before stays readable where it is; "
                "choose a new folder if nobody else is to read it."
            )
            if confidential
            else PeopleSubjectTexts.tr(
                "Everybody who has the folder or a package can then read what is sent. A folder with encrypted files stays "
                "as it is, and nothing open is written into it: choose a new one."
            ),
        ),
        (
            SignedLine(PeopleSubjectTexts.tr("Exchange from then on"), reading_name(wanted)),
            SignedLine(PeopleSubjectTexts.tr("Until then"), reading_name(found.exchange.reading)),
        ),
        PeopleSubjectTexts.tr("Sign the new roster"),
        warnings=(without,) if keyless else (),
    )


def _playbook_changes(found: Organisation) -> tuple[SignedLine, ...]:
    lines = tuple(SignedLine(label, names) for label, names in named_moves(found.playbook.differences))
    none = PeopleSubjectTexts.tr("Nothing that is asked or judged.")
    return lines or (SignedLine(PeopleSubjectTexts.tr("It changes"), none),)


def checkpoint(found: Organisation) -> Subject:
    return _subject(
        found,
        PeopleSubjectTexts.tr("Sign a checkpoint"),
        PeopleSubjectTexts.tr(
            "It lists everything known here. Others see how fresh your picture is, and nobody can backdate below it."
        ),
        (
            SignedLine(PeopleSubjectTexts.tr("Organisation"), found.name),
            SignedLine(PeopleSubjectTexts.tr("Organisation in words"), found.words),
        ),
        PeopleSubjectTexts.tr("Sign"),
    )


def version_lines(told: VersionTold) -> list[SignedLine]:
    """Every sentence of what a version changes, and each key to compare as ten words under a heading of its own."""
    lines = [
        SignedLine(PeopleSubjectTexts.tr("It says") if not number else "", text, part=group.heading)
        for group in told.groups
        for number, text in enumerate(group.lines)
    ]
    part = PeopleSubjectTexts.tr("Have these words read to you by each person")
    return lines + [SignedLine(f"{isolated(key.name)} ({key.person})", key.words, part=part) for key in told.keys]


def compared(found: Organisation, told: VersionTold) -> tuple[str, ...]:
    """What is confirmed of the keys of others: each by itself, or all in one where there would be no room to read."""
    others = [key for key in told.keys if key.fingerprint != found.me.fingerprint]
    if len(others) > MOST_BOXES:
        return (
            PeopleSubjectTexts.tr(
                "I compared the words of all %Ln keys by voice, each with its person", "", len(others)
            ),
        )
    said = PeopleSubjectTexts.tr("I compared the words of {name}’s key by voice: {first} …")
    return tuple(filled(said, name=key.name, first=" ".join(key.words.split()[:3])) for key in others)


def _next(found: Organisation, consequence: str) -> str:
    others = [name for name in found.administrators if name != found.me.name]
    if others:
        # Nobody changes the roster alone: what follows comes only with the others.
        return filled(
            PeopleSubjectTexts.tr(
                "You write and endorse roster version {version}. Nothing changes before it counts, and for that other "
                "administrators have to endorse it too: {names}. Once it counts: {consequence}"
            ),
            version=found.version + 1,
            names=", ".join(others),
            consequence=consequence,
        )
    return filled(
        PeopleSubjectTexts.tr("You write and endorse roster version {version}. {consequence}"),
        version=found.version + 1,
        consequence=consequence,
    )


def _subject(
    found: Organisation,
    title: str,
    consequence: str,
    lines: tuple[SignedLine, ...],
    button: str,
    *,
    attestations: tuple[str, ...] = (),
    warnings: tuple[str, ...] = (),
) -> Subject:
    return Subject(
        title=title,
        consequence=consequence,
        signer=found.me.name,
        fingerprint=found.me.fingerprint,
        lines=lines,
        button=button,
        attestations=attestations,
        warnings=warnings,
    )


class PeopleSubjectTexts(Texts):
    pass
