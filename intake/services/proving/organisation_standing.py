"""What an act of the organisation is worth: rosters and their endorsements, checkpoints, training, enrolments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from intake.domain.acts.checkpoint import read_heads
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import CHECKPOINT, ENDORSE, ENROL, TRAINING
from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence, enumerated, together, words
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
from intake.services.proving import organisation_sentences as say
from intake.services.proving.anchors import Anchor


@dataclass(frozen=True, slots=True)
class ActStanding:
    """``step`` is None where nothing better can be said than for every act of that worth."""

    worth: Worth
    said: Reason
    step: Reason | None = None
    unseen: tuple[Reason, ...] = ()

    @property
    def sentence(self) -> str:
        return words(self.said)

    @property
    def next_step(self) -> str:
        return words(self.step)

    @property
    def unchecked(self) -> tuple[str, ...]:
        return tuple(map(words, self.unseen))


def roster(act: Act, anchor: Anchor) -> ActStanding:
    rosters = anchor.rosters
    listed = rosters.chain.get(act.id)
    if listed:
        return _in_chain(listed, anchor)
    refused = dict(rosters.refused).get(act.id)
    if refused:
        return nothing(say.ROSTER_NOT_ITS_FORM(refusal=refused))
    if act.id in rosters.late:
        return unsaid(say.ROSTER_LATE(), say.LATE_NEXT())
    if unread := rosters.unread.get(act.id):
        if not unread.waits_for:
            return unsaid(say.ROSTER_WAITS(reason=unread.problem))
        return unsaid(say.ROSTER_WAITS_FOR(reason=unread.problem, file=unread.waits_for[:16]))
    waiting = next((item for item in rosters.pending if item.listed.id == act.id), None)
    if waiting is None:
        return unsaid(say.ROSTER_WAITS(reason=say.PLACE_UNKNOWN()))
    said = say.ROSTER_WAITS(reason=waiting.problem or "")
    if awaited := waiting.waits_for:
        return unsaid(said, say.FETCH_CHECKPOINT(checkpoint=awaited[:16]))
    names = _names(rosters, waiting.agreement.missing)
    return unsaid(said, say.GIVE_BEFORE(names=names) if names else None)


def _in_chain(listed: Listed, anchor: Anchor) -> ActStanding:
    rosters = anchor.rosters
    said = say.IS_ROSTER(version=listed.roster.version, organisation=listed.roster.organisation)
    if listed in rosters.in_force:
        if rosters.rivals:
            return between_rivals(say.ROSTER_UNSURE(roster=said, reason=RIVALS()), anchor)
        return counts(say.ROSTER_COUNTS(roster=said))
    place = listed.roster.version + 1
    after = [item for item in rosters.chain.values() if item.roster.version == place]
    if len(after) > 1 and rosters.rivals:
        return counted(say.ROSTER_UNTIL_TWO(roster=said, next=place), say.NOW())
    return counted(say.ROSTER_UNTIL(roster=said, next=place), say.NOW())


def _endorsement(act: Act, anchor: Anchor) -> ActStanding:
    rosters, name = anchor.rosters, ENDORSE.read(act).roster
    if name in rosters.late:
        return unsaid(say.ENDORSED_LATE(), say.LATE_NEXT())
    versions = {item.id: item for item in (*rosters.chain.values(), *(item.listed for item in rosters.pending))}
    listed = versions.get(name)
    before = [versions.get(item) for item in listed.roster.previous] if listed else []
    if listed is None or None in before:
        return _of_unread(rosters, name)
    who, version = rosters.name(act.person), listed.roster.version
    known = tuple(item for item in before if item)
    older = tuple(item.roster for item in known)
    ruled, listed_now = any(administers(item, act) for item in older), administers(listed.roster, act)
    renewing = renews(listed.roster, older, act)
    if not (ruled or listed_now or renewing):
        return nothing(say.ADMINISTERS_NEITHER(who=who, version=version))
    if known and act.person in gaining(listed.roster, older):
        return nothing(say.GAINS(who=who, version=version))
    counting = name in rosters.chain
    if not counting and (never := hopeless(listed.roster, known)):
        return nothing(say.NEVER_COUNTS(who=who, version=version, reason=never))
    if not counting and known and not (ruled or renewing):
        return nothing(say.ONLY_BY_IT(who=who, version=version))
    if rosters.is_cut_off(act.signer):
        return unsaid(say.CUT_OFF())
    if not (ruled or listed_now):
        said = say.BY_NEW_KEY(who=who, version=version)
    elif known or counting:
        said = say.BY_ADMINISTRATOR(who=who, version=version)
    else:
        said = say.BY_SOMEBODY(who=who, version=version)
    if not counting:
        problem = next(item.problem for item in rosters.pending if item.listed.id == name)
        return unsaid(say.ENDORSES_PENDING(signed=said, reason=problem or ""), say.PENDING_NEXT())
    if rosters.rivals and listed in rosters.in_force:
        return between_rivals(say.ENDORSES_UNSURE(signed=said, reason=RIVALS()), anchor)
    return counts(say.ENDORSES(signed=said))


def _of_unread(rosters: RosterHistory, name: str) -> ActStanding:
    """An endorsement of a version that is not here, or whose people are not."""
    unread = rosters.unread.get(name)
    if unread is None:
        return unsaid(say.ENDORSED_NOT_HERE())
    return unsaid(say.ENDORSED_UNREAD(reason=unread.problem), say.PENDING_NEXT())


def between_rivals(said: Reason, anchor: Anchor) -> ActStanding:
    """What two rosters hang on, and who has to give it: a list that is missing, a checkpoint, or a version for both."""
    rosters = anchor.rosters
    silent = listings.unlisted(anchor.checkpoints(), rosters.settlers, lambda name: anchor.listing(name) is not None)
    if silent:
        return unsaid(together(said, listings.nothing_told(silent, rosters)), listings.list_to_give(silent, rosters))
    names = _names(rosters, frozenset(person for person, _ in rosters.settlers))
    if not names:
        return unsaid(said, say.SETTLE())
    return unsaid(said, say.TELL_OR_SETTLE(names=names))


# -------------------------------------------------------------------------------------------------- what they sign
def _checkpoint(act: Act, anchor: Anchor) -> ActStanding:
    rosters = anchor.rosters
    told = _by_roster(act, anchor, frozenset({Role.RECORDS}), say.BY_RECORDS)
    behind = [late for late in rosters.late.values() if late.checkpoint == act.id]
    if behind:
        # Judged by the roster before both: what a rival says of its signer does not matter.
        number = behind[0].listed.roster.version
        told = counts(say.TOLD_BETWEEN(who=rosters.name(act.person), version=number))
    if told.worth is not Worth.COUNTS:
        return told
    (name,) = listing_of(act)
    data = anchor.listing(name)
    if data is None:
        said = say.LIST_NOT_HERE(who=rosters.name(act.person))
        return unsaid(said, listings.list_to_give([act], rosters))
    try:
        heads = read_heads(data)
    except Refusal:
        return nothing(say.LIST_UNREADABLE(who=rosters.name(act.person)))
    named = frozenset((case, head) for case, listed in heads.by_case.items() for head in listed)
    absent = named - anchor.acts_among(tuple(sorted({head for _, head in named})))
    if absent:
        return _absent(act, absent, len(named), rosters)
    return told


def _absent(act: Act, absent: frozenset[tuple[str, str]], every: int, rosters: RosterHistory) -> ActStanding:
    who, cases = rosters.name(act.person), {case for case, _ in absent if case}
    if every == 1:
        said = say.ABSENT_ONLY_IN_CASE(who=who) if cases else say.ABSENT_ONLY(who=who)
    elif cases:
        said = say.ABSENT_IN_CASES(who=who, absent=len(absent), every=every, count=len(cases))
    else:
        said = say.ABSENT(who=who, count=len(absent), every=every)
    return unsaid(said, say.ASK_ABSENT(who=who))


def _training(act: Act, anchor: Anchor) -> ActStanding:
    told = _by_roster(act, anchor, frozenset(), say.BY_READER)
    if told.worth is not Worth.COUNTS:
        return told
    body, who = TRAINING.read(act), anchor.rosters.name(act.person)
    if body.playbook not in accepted(anchor.rosters):
        return unsaid(say.NOT_ACCEPTED(who=who, playbook=body.playbook[:16]), say.NOT_ACCEPTED_NEXT())
    unread = say.CHAPTERS_UNCHECKED()
    if anchor.press is None:
        return replace(told, unseen=(unread,))
    try:
        strange = literacy.strange_chapters(body, literacy.digests(anchor.press.playbook(body.playbook)))
    except Refusal:
        return replace(told, unseen=(unread,))
    if strange:
        return unsaid(say.NO_SUCH_CHAPTER(who=who, chapters=enumerated(strange)), say.NO_SUCH_CHAPTER_NEXT())
    return told


def note(act: Act, anchor: Anchor) -> ActStanding:
    """A note of a newer version: who left it can be said, and what it says cannot."""
    told = _by_roster(act, anchor, frozenset(), say.BY_NOTER)
    return unsaid(say.NOTE(who=anchor.rosters.name(act.person))) if told.worth is Worth.COUNTS else told


def _by_roster(act: Act, anchor: Anchor, roles: frozenset[Role], signed: Sentence) -> ActStanding:
    # Whether a checkpoint covers an act of the organisation is not known here, and what is not known favours nobody.
    rosters = anchor.rosters
    right = rosters.right(act, roles, lambda _checkpoint: None)
    who = rosters.name(act.person)
    if right.strength is Strength.FULL:
        return counts(signed(who=who))
    if right.unlisted:
        return unsaid(say.ROLE_OR_KEY_ENDED(who=who), say.ASK_SIGNED())
    if right.strength is Strength.NONE or right.reason == OUTLIVED():
        return nothing(say.COUNTS_FOR_NOTHING(who=who, reason=right.reason or ""))
    return unsaid(say.UNSURE(reason=right.reason or ""))


def _enrolment(act: Act, anchor: Anchor) -> ActStanding:
    """An enrolment proves that somebody has a key. Whose it is, only a roster says."""
    rosters = anchor.rosters
    if rosters.is_cut_off(act.signer):
        return unsaid(say.CUT_OFF())
    for listed in rosters.chain.values():
        person = listed.roster.person(act.person)
        if person and person.certificate(act.signer):
            if rosters.rivals and not rosters.listed(act.person, act.signer):
                return between_rivals(say.KEY_UNSURE(name=person.name, reason=RIVALS()), anchor)
            if not rosters.listed(act.person, act.signer):
                return counted(say.HAD_KEY(name=person.name), say.SEE_KEYS())
            return counts(say.HAS_KEY(name=person.name))
    return unsaid(say.WHOSE_KEY(), say.WHOSE_KEY_NEXT())


def package_signer(certificate: str, anchor: Anchor) -> ActStanding:
    """What the signature of this key under a package that is whole is worth: that somebody vouches for its being so."""
    rosters = anchor.rosters
    found = (listed.roster.signer(certificate) for listed in rosters.chain.values())
    person = next((person for person in found if person), None)
    if person is None:
        return unsaid(say.PACKAGE_UNLISTED(), say.PACKAGE_UNLISTED_NEXT())
    if rosters.is_cut_off(certificate):
        return unsaid(say.PACKAGE_CUT_OFF(name=person.name), say.PACKAGE_CUT_OFF_NEXT(name=person.name))
    if rosters.listed(person.id, certificate):
        return counts(say.PACKAGE_WHOLE(name=person.name))
    if rosters.rivals:
        return between_rivals(say.PACKAGE_UNSURE(reason=RIVALS()), anchor)
    return counted(say.PACKAGE_KEY_ENDED(name=person.name), say.PACKAGE_KEY_ENDED_NEXT())


def without_listing(reason: Reason | None, checkpoint: str, anchor: Anchor) -> ActStanding:
    """Of an act whose signer has lost a role or key at a checkpoint, of which nobody here knows what it covers."""
    said = say.UNSURE(reason=reason or "")
    act = next((item for item in anchor.checkpoints() if item.id == checkpoint), None)
    if act is None:
        return unsaid(said, say.FETCH_FROM_RECORDS(checkpoint=checkpoint[:16]))
    return unsaid(said, listings.list_to_give([act], anchor.rosters))


def _names(rosters: RosterHistory, people: frozenset[str]) -> Fact:
    return enumerated(sorted({rosters.name(person) for person in people}))


def counts(said: Reason) -> ActStanding:
    return ActStanding(Worth.COUNTS, said)


def counted(said: Reason, step: Reason) -> ActStanding:
    """It counted until something ended it, which is said."""
    return ActStanding(Worth.ENDED, said, step)


def nothing(said: Reason) -> ActStanding:
    return ActStanding(Worth.NOTHING, said)


def unsaid(said: Reason, step: Reason | None = None) -> ActStanding:
    """It waits, or it cannot be said; without ``step`` what it belongs to has to be given."""
    return ActStanding(Worth.OPEN, said, step)


OF_KIND: Mapping[str, Callable[[Act, Anchor], ActStanding]] = {
    ENDORSE.name: _endorsement,
    ENROL.name: _enrolment,
    CHECKPOINT.name: _checkpoint,
    TRAINING.name: _training,
}
