"""Keys and enrolment: what one person does before signing anything."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from intake.commands.context import CommandContext
from intake.commands.files import read_file, shown
from intake.commands.offering import Reply
from intake.commands.parameters import Argument, Flag
from intake.commands.saying import coded_or_none
from intake.domain.base.wording import words
from intake.files import write_whole

_MAX_KEY_FILE = 1 << 20


def new_key(
    given: CommandContext,
    name: Annotated[str, Argument("The name to put into the certificate.")],
    person: Annotated[str, Flag("The person id to use from now on, such as ada.byron.")],
) -> Reply:
    """Make a key in this home and use it from now on."""
    _check_person(person)
    key = given.workspace.make_key(name, given.passphrase("New passphrase", confirm=True))
    given.workspace.change_settings(person=person, key=key.fingerprint)
    return Reply(
        (f"Key {key.fingerprint} made for {name}. A lost passphrase means enrolling again; drafts are kept.",),
        {"person": person, "name": key.common_name, "fingerprint": key.fingerprint},
    )


def use_key(
    given: CommandContext,
    key_file: Annotated[Path, Argument("A PKCS#12 file.")],
    person: Annotated[str, Flag("The person id it belongs to.")],
) -> Reply:
    """Keep a key file you bring, and use it from now on."""
    _check_person(person)
    data = read_file(key_file, limit=_MAX_KEY_FILE)
    key = given.workspace.bring_key(data, given.passphrase("Passphrase"))
    given.workspace.change_settings(person=person, key=key.fingerprint)
    note = key.certificate.appearance.note(datetime.now(UTC))
    return Reply(
        (f"Key {key.fingerprint} of {key.common_name or 'nobody named'} is in use.", *((words(note),) if note else ())),
        {
            "person": person,
            "name": key.common_name,
            "fingerprint": key.fingerprint,
            "note": coded_or_none(note),
        },
    )


def enrol(
    given: CommandContext,
    name: Annotated[str, Flag("Your name as others know it.")],
    unit: Annotated[str, Flag("Your unit.")] = "",
    out: Annotated[Path | None, Flag("Where to write the file for the administrator.")] = None,
) -> Reply:
    """Ask to be listed. Send the file to an administrator and compare the fingerprint by voice."""
    from intake.domain.base.words import spoken
    from intake.services.exchanging import delivery
    from intake.services.organisation import people as service

    given.say_boxes([("Your name", name), ("Your unit", unit)])
    made = service.enrol(given.installation, given.signer(), name=name, unit=unit)
    if out:
        write_whole(out, made.blob)
        delivery.note_handed_over(given.installation, [made.blob_id], out.name)
    key = spoken(made.act.signer)
    return Reply(
        (f"Enrolment {made.act.id[:16]} signed. Your key in words: {key}",),
        {
            "act": made.act.id,
            "person": made.act.person,
            "fingerprint": made.act.signer,
            "words": key,
            "file": shown(out) if out else None,
        },
    )


def _check_person(person: str) -> None:
    """Before a key is made: an id that cannot be used would only be found out at the enrolment."""
    from intake.domain.base.names import is_person_id
    from intake.services.organisation.refusals import PersonIdNotUsable

    if not is_person_id(person):
        raise PersonIdNotUsable(person=person)
