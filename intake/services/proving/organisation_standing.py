"""What an act of the organisation is worth: rosters and their endorsements, checkpoints, training, enrolments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from intake.domain.acts.checkpoint import read_heads
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import CHECKPOINT, ENDORSE, ENROL, TRAINING
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.domain.case.pairs import RIVALS
from intake.domain.case.standings import Worth
from intake.domain.organisation.accepted_playbooks import accepted
from intake.domain.organisation.following import Listed, administers, hopeless, renews
from intake.domain.organisation.gaining import gaining
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.rights import OUTLIVED, Strength
from intake.domain.organisation.roster import Role
from intake.services.installation.act_files import listing_of
from intake.services.organisation import literacy
from intake.services.proving import listings
from intake.services.proving.anchors import Anchor


@dataclass(frozen=True, slots=True)
class ActStanding:
    """``next_step`` is empty where nothing better can be said than for every act of that worth."""

    worth: Worth
    sentence: str
    next_step: str = ""
    unchecked: tuple[str, ...] = ()


def roster(act: Act, anchor: Anchor) -> ActStanding:
    rosters = anchor.rosters
    listed = rosters.chain.get(act.id)
    if listed:
        return _in_chain(listed, anchor)
    refused = dict(rosters.refused).get(act.id)
    if refused:
        return nothing(f"Nothing of it counts, because it has not the form of a roster. {words(refused)}")
    if act.id in rosters.late:
        return unsaid(f"This roster version does not count: {_LATE}", _LATE_NEXT)
    if unread := rosters.unread.get(act.id):
        file = f" ({unread.waits_for[:16]})" if unread.waits_for else ""
        return unsaid(f"This roster version does not count: {words(unread.problem)}{file}.")
    waiting = next((item for item in rosters.pending if item.listed.id == act.id), None)
    if waiting is None:
        return unsaid("This roster version does not count: its place is not known here.")
    if awaited := waiting.waits_for:
        ask = f"Fetch the checkpoint {awaited[:16]} from the exchange, or ask who wrote this version for it."
        return unsaid(f"This roster version does not count: {words(waiting.problem)}.", ask)
    names = _names(rosters, waiting.agreement.missing)
    ask = f"Give the roster before it and its endorsements; or it needs those of: {names}." if names else ""
    return unsaid(f"This roster version does not count: {words(waiting.problem)}.", ask)


def _in_chain(listed: Listed, anchor: Anchor) -> ActStanding:
    rosters, said = anchor.rosters, f"It is roster version {listed.roster.version} of {listed.roster.organisation}"
    if listed in rosters.in_force:
        if rosters.rivals:
            return between_rivals(f"{said}, and it cannot be said whether it counts: {words(RIVALS())}.", anchor)
        return counts(f"{said}, and counts.")
    place = listed.roster.version + 1
    after = [item for item in rosters.chain.values() if item.roster.version == place]
    if len(after) > 1 and rosters.rivals:
        return counted(f"{said}. It was in force until two rosters followed that both claim version {place}.", _NOW)
    return counted(f"{said}. It was in force until version {place} took its place.", _NOW)


def _endorsement(act: Act, anchor: Anchor) -> ActStanding:
    rosters, name = anchor.rosters, ENDORSE.read(act).roster
    if name in rosters.late:
        return unsaid(f"The roster version it endorses does not count: {_LATE}", _LATE_NEXT)
    versions = {item.id: item for item in (*rosters.chain.values(), *(item.listed for item in rosters.pending))}
    listed = versions.get(name)
    before = [versions.get(item) for item in listed.roster.previous] if listed else []
    if listed is None or None in before:
        unread = rosters.unread.get(name)
        why = f"does not count: {words(unread.problem)}." if unread else _NOT_HERE
        return unsaid(f"The roster version it endorses{'' if unread else ','} {why}", _PENDING_NEXT if unread else "")
    who, version = rosters.name(act.person), listed.roster.version
    known = tuple(item for item in before if item)
    older = tuple(item.roster for item in known)
    ruled, listed_now = any(administers(item, act) for item in older), administers(listed.roster, act)
    renewing = renews(listed.roster, older, act)
    if not (ruled or listed_now or renewing):
        return nothing(f"{who} endorses roster version {version} and administers neither it nor the one before.")
    if known and act.person in gaining(listed.roster, older):
        return nothing(f"{who} endorses roster version {version} and gains an office by it, so has no say in it.")
    counting = name in rosters.chain
    if not counting and (never := hopeless(listed.roster, known)):
        return nothing(f"{who} endorses roster version {version}, which can never count: {words(never)}.")
    if not counting and known and not (ruled or renewing):
        return nothing(
            f"{who} endorses roster version {version}, and only that version, which does not count, makes them an "
            "administrator."
        )
    if rosters.is_cut_off(act.signer):
        return unsaid(_CUT_OFF)
    if not (ruled or listed_now):
        said = f"Signed by {who}, for a new key that roster version {version} lists for them"
    elif known or counting:
        said = f"Signed by {who}, an administrator, for roster version {version}"
    else:
        said = f"Signed by {who} for roster version {version}"
    if not counting:
        problem = next(item.problem for item in rosters.pending if item.listed.id == name)
        return unsaid(f"{said}, which does not count yet: {words(problem)}.", _PENDING_NEXT)
    if rosters.rivals and listed in rosters.in_force:
        return between_rivals(f"{said}, and it cannot be said whether that counts: {words(RIVALS())}.", anchor)
    return counts(f"{said}.")


def between_rivals(said: str, anchor: Anchor) -> ActStanding:
    """What two rosters hang on, and who has to give it: a list that is missing, a checkpoint, or a version for both."""
    rosters = anchor.rosters
    silent = listings.unlisted(anchor.checkpoints(), rosters.settlers, lambda name: anchor.listing(name) is not None)
    if silent:
        return unsaid(f"{said} {listings.untold(silent, rosters)}", listings.to_give(silent, rosters))
    names = _names(rosters, frozenset(person for person, _ in rosters.settlers))
    if not names:
        return unsaid(said, "The administrators settle it with a version that names both.")
    return unsaid(
        said,
        f"{names} of the records team can tell by a checkpoint which one counts; or the administrators settle it with a "
        "version that names both.",
    )


# -------------------------------------------------------------------------------------------------- what they sign
def _checkpoint(act: Act, anchor: Anchor) -> ActStanding:
    rosters = anchor.rosters
    told = _by_roster(act, anchor, frozenset({Role.RECORDS}), "who keeps the records")
    behind = [late for late in rosters.late.values() if late.checkpoint == act.id]
    if behind:
        # Judged by the roster before both: what a rival says of its signer does not matter.
        number = behind[0].listed.roster.version
        told = counts(
            f"Signed by {rosters.name(act.person)}, who kept the records: it tells which version {number} counts."
        )
    if told.worth is not Worth.COUNTS:
        return told
    (name,) = listing_of(act)
    data = anchor.listing(name)
    if data is None:
        said = f"It is signed by {rosters.name(act.person)}, and what it lists is not here, so it says nothing yet."
        return unsaid(said, listings.to_give([act], rosters))
    try:
        heads = read_heads(data)
    except Refusal:
        return nothing(
            f"It is signed by {rosters.name(act.person)} and counts for nothing: what it lists cannot be read."
        )
    named = frozenset((case, head) for case, listed in heads.by_case.items() for head in listed)
    absent = named - anchor.acts_among(tuple(sorted({head for _, head in named})))
    if absent:
        return _absent(act, absent, len(named), rosters)
    return told


def _absent(act: Act, absent: frozenset[tuple[str, str]], every: int, rosters: RosterHistory) -> ActStanding:
    who, cases = rosters.name(act.person), {case for case, _ in absent if case}
    of = f" (of {len(cases)} use {'case' if len(cases) == 1 else 'cases'})" if cases else ""
    some = "the only act it lists is" if every == 1 else f"{len(absent)} of the {every} acts it lists are"
    return unsaid(
        f"It is signed by {who}, and {some} not here{of}: whether it lists only what there is cannot be said.",
        f"Fetch them from the exchange, or ask {who} for them. If nobody has them, somebody holds them back, or the list "
        "is false.",
    )


def _training(act: Act, anchor: Anchor) -> ActStanding:
    told = _by_roster(act, anchor, frozenset(), "who says what they have read")
    if told.worth is not Worth.COUNTS:
        return told
    body, who = TRAINING.read(act), anchor.rosters.name(act.person)
    if body.playbook not in accepted(anchor.rosters):
        return unsaid(
            f"It is signed by {who}, and it cannot be said what was read: no roster in force accepts the playbook "
            f"{body.playbook[:16]}.",
            "Give the roster that accepts it; or the chapters are read and signed again, of a playbook that is accepted.",
        )
    unread = "Whether its chapters are in the playbook as they were read could not be checked here."
    if anchor.press is None:
        return replace(told, unchecked=(unread,))
    try:
        strange = literacy.strange_chapters(body, literacy.digests(anchor.press.playbook(body.playbook)))
    except Refusal:
        return replace(told, unchecked=(unread,))
    if strange:
        return unsaid(
            f"It is signed by {who}, and it cannot be said what was read: the playbook has no such chapter as "
            f"{', '.join(strange)}.",
            "The chapters are read and signed again, as the playbook in use has them.",
        )
    return told


def note(act: Act, anchor: Anchor) -> ActStanding:
    """A note of a newer version: who left it can be said, and what it says cannot."""
    told = _by_roster(act, anchor, frozenset(), "who left a note")
    return unsaid(NOTE.format(who=anchor.rosters.name(act.person))) if told.worth is Worth.COUNTS else told


def _by_roster(act: Act, anchor: Anchor, roles: frozenset[Role], whose: str) -> ActStanding:
    # Whether a checkpoint covers an act of the organisation is not known here, and what is not known favours nobody.
    rosters = anchor.rosters
    right = rosters.right(act, roles, lambda _checkpoint: None)
    who = rosters.name(act.person)
    if right.strength is Strength.FULL:
        return counts(f"Signed by {who}, {whose}, with a key the roster lists.")
    if right.unlisted:
        return unsaid(f"It is signed by {who}, and it cannot be said whether it counts: {_ENDED}.", _ASK_SIGNED)
    if right.strength is Strength.NONE or right.reason == OUTLIVED():
        return nothing(f"It is signed by {who} and counts for nothing: {words(right.reason)}.")
    return unsaid(f"It cannot be said whether it counts: {words(right.reason)}.")


def _enrolment(act: Act, anchor: Anchor) -> ActStanding:
    """An enrolment proves that somebody has a key. Whose it is, only a roster says."""
    rosters = anchor.rosters
    if rosters.is_cut_off(act.signer):
        return unsaid(_CUT_OFF)
    for listed in rosters.chain.values():
        person = listed.roster.person(act.person)
        if person and person.certificate(act.signer):
            if rosters.rivals and not rosters.listed(act.person, act.signer):
                return between_rivals(f"Whether {person.name} has this key cannot be said: {words(RIVALS())}.", anchor)
            if not rosters.listed(act.person, act.signer):
                said = (
                    f"It proves that {person.name} had the key which the roster listed. The roster has ended it since."
                )
                return counted(said, "Look at the people page for the keys that are listed now.")
            return counts(f"It proves that {person.name} has the key which the roster lists.")
    return unsaid(
        "It proves that its signer has this key. Whose it is cannot be said: no roster here lists it for them.",
        "An administrator compares the key with its owner and lists it.",
    )


def package_signer(certificate: str, anchor: Anchor) -> ActStanding:
    """What the signature of this key under a package that is whole is worth: that somebody vouches for its being so."""
    rosters = anchor.rosters
    found = (listed.roster.signer(certificate) for listed in rosters.chain.values())
    person = next((person for person in found if person), None)
    if person is None:
        said = "The package is whole, but no roster here lists the key that signed it."
        return unsaid(said, "Ask the sender to export it again after they are listed.")
    if rosters.is_cut_off(certificate):
        said = (
            f"The package is whole, but nobody vouches for that: the key of {person.name} that signed it was cut off, "
            "and may be in other hands."
        )
        return unsaid(said, f"Ask {person.name} for a package that is signed with a key the roster lists now.")
    said = f"The package of {person.name} is whole, and unchanged since it was signed."
    if rosters.listed(person.id, certificate):
        return counts(said)
    if rosters.rivals:
        return between_rivals(
            f"The package is whole, but whether its signer may vouch for that is not clear: {words(RIVALS())}.", anchor
        )
    return counted(f"{said} The roster has ended the key since.", _ASK_PACKAGE)


def without_listing(reason: Reason | None, checkpoint: str, anchor: Anchor) -> ActStanding:
    """Of an act whose signer has lost a role or key at a checkpoint, of which nobody here knows what it covers."""
    said = f"It cannot be said whether it counts: {words(reason)}."
    act = next((item for item in anchor.checkpoints() if item.id == checkpoint), None)
    if act is None:
        ask = f"Fetch the checkpoint {checkpoint[:16]} from the exchange, or ask the records team for it and what it lists."
        return unsaid(said, ask)
    return unsaid(said, listings.to_give([act], anchor.rosters))


def _names(rosters: RosterHistory, people: frozenset[str]) -> str:
    return ", ".join(sorted({rosters.name(person) for person in people}))


def counts(sentence: str) -> ActStanding:
    return ActStanding(Worth.COUNTS, sentence)


def counted(sentence: str, next_step: str) -> ActStanding:
    """It counted until something ended it, which the sentence says."""
    return ActStanding(Worth.ENDED, sentence, next_step)


def nothing(sentence: str) -> ActStanding:
    return ActStanding(Worth.NOTHING, sentence)


def unsaid(sentence: str, next_step: str = "") -> ActStanding:
    """It waits, or it cannot be said; without ``next_step`` what it belongs to has to be given."""
    return ActStanding(Worth.OPEN, sentence, next_step)


_NOT_HERE = "or the one before that, is not here or cannot be read."
_NOW = "Go by the roster in force: look at the people page."
_LATE = "the records team had seen another before it."
_PENDING_NEXT = (
    "Give the version that follows, or the other endorsements; or ask the administrators whether they agree."
)
_LATE_NEXT = "If you expected it to count, ask the records team which version they were given first."
NOTE = (
    "It is a note of a newer version, signed by {who} with a key the roster lists. It decides nothing, and what it says "
    "cannot be judged here."
)
_CUT_OFF = "Its key was cut off, and it cannot be said whether it was signed before."
_ENDED = "its role or key was ended, and nothing shows whether it was signed before"
_ASK_SIGNED = "Ask for one that is signed with a key the roster lists now."
_ASK_PACKAGE = "Its acts are judged one by one. Ask for a newer package if it was made after the key had ended."
OF_KIND: Mapping[str, Callable[[Act, Anchor], ActStanding]] = {
    ENDORSE.name: _endorsement,
    ENROL.name: _enrolment,
    CHECKPOINT.name: _checkpoint,
    TRAINING.name: _training,
}
