"""What a roster version changes against the one before it, in sentences a person can agree to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake.domain.organisation.roster import setting_text
from ui.formatting import day_words
from ui.texts import Texts
from ui.words import cases

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from intake.domain.acts.kinds.roster import Setting
    from intake.domain.organisation.roster import Person, Roster


def differences(before: Roster | None, after: Roster) -> tuple[str, ...]:
    """One sentence per change; for a first version who is listed as what."""
    told: list[str] = []
    for person in after.people:
        known = before.person(person.id) if before else None
        told += _listed(person) if known is None else _changed(known, person)
    if before is not None:
        told += [
            PeopleDifferenceTexts.tr("The key {key} is cut off.").format(key=certificate[:12])
            for certificate in sorted(after.cutoffs.keys() - before.cutoffs.keys())
        ]
        if after.expires != before.expires:
            told.append(PeopleDifferenceTexts.tr("It is good until {day}.").format(day=day_words(after.expires)))
        if after.playbooks != before.playbooks:
            told.append(PeopleDifferenceTexts.tr("The accepted playbooks change."))
        if after.policy != before.policy:
            told += _rules(before.policy, after.policy)
        if after.organisation != before.organisation:
            told.append(PeopleDifferenceTexts.tr("The organisation is called {name}.").format(name=after.organisation))
    return tuple(told) or (PeopleDifferenceTexts.tr("It changes nothing that can be seen here."),)


def _rules(before: Mapping[str, Setting], after: Mapping[str, Setting]) -> list[str]:
    told = []
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            told.append(PeopleDifferenceTexts.tr("The rule “{name}” of a newer version ends.").format(name=name))
        elif after[name] != before.get(name):
            said = PeopleDifferenceTexts.tr(
                "The rule “{name}” of a newer version becomes “{value}”; it has no effect here."
            )
            told.append(said.format(name=name, value=setting_text(after[name])))
    return told


def _listed(person: Person) -> list[str]:
    roles = ", ".join(sorted({cases.role_words(grant.role) for grant in person.grants}))
    if not roles:
        return [PeopleDifferenceTexts.tr("{name} is listed without a role.").format(name=person.name)]
    return [PeopleDifferenceTexts.tr("{name} is listed as {roles}.").format(name=person.name, roles=roles)]


def _changed(before: Person, after: Person) -> list[str]:
    told: list[str] = []
    old = {grant.key: grant for grant in before.grants}
    for grant in after.grants:
        role = cases.role_words(grant.role)
        if grant.key not in old:
            until = grant.period.until
            said = (
                PeopleDifferenceTexts.tr("{name} becomes {role}, until {day}.")
                if until
                else PeopleDifferenceTexts.tr("{name} becomes {role}.")
            )
            told.append(said.format(name=after.name, role=role, day=day_words(until) if until else ""))
        elif old[grant.key].period.open and not grant.period.open:
            told.append(PeopleDifferenceTexts.tr("{name} is no longer {role}.").format(name=after.name, role=role))
        elif grant.period.open and old[grant.key].period.until != grant.period.until:
            told.append(_last_day(after.name, role, grant.period.until))
    for certificate in after.certificates:
        known = before.certificate(certificate.sha256)
        if known is None:
            use = cases.use_words(certificate.use)
            more = (
                PeopleDifferenceTexts.tr("{name} gets another key: {use}.")
                if use
                else PeopleDifferenceTexts.tr("{name} gets another key.")
            )
            told.append(more.format(name=after.name, use=use))
        elif known.period.open and not certificate.period.open:
            told.append(PeopleDifferenceTexts.tr("A key of {name} ends.").format(name=after.name))
        elif certificate.period.open and known.period.until != certificate.period.until:
            told.append(_last_day_of_key(after.name, certificate.period.until))
    told += [
        PeopleDifferenceTexts.tr("{name} no longer has the key {key}.").format(name=after.name, key=item.sha256[:12])
        for item in before.certificates
        if after.certificate(item.sha256) is None
    ]
    if (before.name, before.unit) != (after.name, after.unit):
        told.append(
            PeopleDifferenceTexts.tr("{before} is now called {after}, {unit}.").format(
                before=before.name, after=after.name, unit=after.unit
            )
        )
    return told


def _last_day(name: str, role: str, until: date | None) -> str:
    if until is None:
        return PeopleDifferenceTexts.tr("{name} is {role} without a last day.").format(name=name, role=role)
    return PeopleDifferenceTexts.tr("{name} is {role} until {day}.").format(name=name, role=role, day=day_words(until))


def _last_day_of_key(name: str, until: date | None) -> str:
    if until is None:
        return PeopleDifferenceTexts.tr("A key of {name} is good without a last day.").format(name=name)
    return PeopleDifferenceTexts.tr("A key of {name} is good until {day}.").format(name=name, day=day_words(until))


class PeopleDifferenceTexts(Texts):
    pass
