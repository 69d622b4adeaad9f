"""What the signing dialog shows for each act of the people page: the consequence in words, and what is signed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from intake.domain.roster_gaining import OFFICES
from ui import words
from ui.people.look import Asking, Organisation, PersonDetail, Rival, Waiting
from ui.widgets.signing import Line, Subject


def listing(found: Organisation, item: Asking, roles: tuple[str, ...]) -> Subject:
    named = ", ".join(words.role_words(role) for role in roles) or _t("no new role")
    return _subject(
        found,
        _t("List {name}").format(name=item.name),
        _next(found, _t("From then on what {name} signs with this key counts.").format(name=item.name)),
        (
            Line(_t("Person"), f"{item.name} ({item.person})"),
            Line(_t("Unit"), item.unit),
            Line(_t("Roles"), named),
            Line(_t("Key"), item.fingerprint, is_digest=True),
            Line(_t("Key in words"), item.words),
        ),
        _t("Sign the new roster"),
        attestations=(_t("I compared the words of the key with {name} by voice").format(name=item.name),),
    )


def granting(found: Organisation, person: PersonDetail, role: str) -> Subject:
    named = words.role_words(role)
    alone = _t("You gain an office by it, so every other administrator has to endorse it.")
    return _subject(
        found,
        _t("{name} becomes {role}").format(name=person.name, role=named),
        _next(found, _t("{name} may then act as {role}.").format(name=person.name, role=named)),
        (Line(_t("Person"), f"{person.name} ({person.id})"), Line(_t("Role given"), named)),
        _t("Sign the new roster"),
        warnings=(alone,) if person.id == found.me.person and role in OFFICES else (),
    )


def ending(found: Organisation, person: PersonDetail, role: str) -> Subject:
    named = words.role_words(role)
    return _subject(
        found,
        _t("{name} is no longer {role}").format(name=person.name, role=named),
        _next(
            found,
            _t(
                "What {name} signed as {role} and is known here keeps its force. What was signed elsewhere and has not "
                "arrived loses it, so fetch from the exchange first."
            ).format(name=person.name, role=named),
        ),
        (
            Line(_t("Person"), f"{person.name} ({person.id})"),
            Line(_t("Role ended"), named),
            Line(_t("Also signed"), _t("a checkpoint of everything known here")),
        ),
        _t("Sign the new roster"),
    )


def cutting(found: Organisation, person: PersonDetail, fingerprint: str) -> Subject:
    return _subject(
        found,
        _t("Cut off a key of {name}").format(name=person.name),
        _next(
            found,
            _t(
                "For a key that may be in other hands. Whatever it signed that is not known here by now counts for "
                "nothing, objections included. The person enrols again with a new key."
            ),
        ),
        (
            Line(_t("Person"), f"{person.name} ({person.id})"),
            Line(_t("Key"), fingerprint, is_digest=True),
            Line(_t("Also signed"), _t("a checkpoint of everything known here")),
        ),
        _t("Cut off and sign"),
        warnings=(_t("A cut-off cannot be taken back."),),
    )


def endorsing(found: Organisation, item: Waiting) -> Subject:
    lines = [Line(_t("Version"), str(item.version)), Line(_t("Written by"), item.author)]
    lines += [Line(_t("It says") if not number else "", text) for number, text in enumerate(item.changes)]
    lines.append(Line(_t("Roster"), item.id, is_digest=True))
    return _subject(
        found,
        _t("Endorse roster version {version}").format(version=item.version),
        _t("A version counts when enough administrators endorsed it. You stand for who may decide here."),
        tuple(lines),
        _t("Endorse"),
    )


def settling(found: Organisation) -> Subject:
    lines = [
        Line(_t("Rival {number}").format(number=number), rival.id, is_digest=True)
        for number, rival in enumerate(found.rivals, start=1)
    ]
    return _subject(
        found,
        _t("Settle the two rosters"),
        _t(
            "The next version names both. It needs majorities of the administrators of each and of its own; then new "
            "approvals are possible again."
        ),
        tuple(lines),
        _t("Sign the version that names both"),
    )


def telling(found: Organisation, rival: Rival) -> Subject:
    lines = [Line(_t("Counts"), rival.id, is_digest=True), Line(_t("Written by"), rival.author)]
    lines += [Line(_t("It says") if not number else "", text) for number, text in enumerate(rival.changes)]
    lines += [Line(_t("Too late"), item.id, is_digest=True) for item in found.rivals if item.id != rival.id]
    return _subject(
        found,
        _t("Say which roster counts"),
        _t(
            "Your checkpoint covers this version and leaves the other out. It is in force then, and the other counts for "
            "nothing. What was signed under the other has to be signed again."
        ),
        tuple(lines),
        _t("Sign the checkpoint"),
        attestations=(_t("I know that the administrators in office want this version"),),
        warnings=(_t("It cannot be taken back: a checkpoint for the other as well makes them rivals for good."),),
    )


def accepting(found: Organisation) -> Subject:
    return _subject(
        found,
        _t("Accept {title}").format(title=found.playbook.offered),
        _next(found, _t("Requests are then asked and judged by this playbook. Drafts and decisions keep theirs.")),
        (
            Line(_t("Playbook"), found.playbook.offered),
            Line(_t("Digest"), found.playbook.offered_digest, is_digest=True),
            Line(_t("In use until then"), found.playbook.title),
        ),
        _t("Sign the new roster"),
    )


def checkpoint(found: Organisation) -> Subject:
    return _subject(
        found,
        _t("Sign a checkpoint"),
        _t("It lists everything known here. Others see how fresh your picture is, and nobody can backdate below it."),
        (Line(_t("Organisation"), found.name), Line(_t("Organisation in words"), found.words)),
        _t("Sign"),
    )


def _next(found: Organisation, consequence: str) -> str:
    return _t("You write and endorse roster version {version}. {consequence}").format(
        version=found.version + 1, consequence=consequence
    )


def _subject(
    found: Organisation,
    title: str,
    consequence: str,
    lines: tuple[Line, ...],
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


def _t(text: str) -> str:
    return QCoreApplication.translate("People", text)
