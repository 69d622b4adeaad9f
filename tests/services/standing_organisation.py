"""One act of the organisation for every answer that ``verify`` has on its kind; see ``standing_cases``."""

from __future__ import annotations

from dataclasses import replace

from intake.domain.acts import kinds
from intake.domain.acts.checkpoint import ListedHead, write_heads
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.checkpoint import CheckpointBody
from intake.domain.acts.kinds.enrol import EnrolBody
from intake.domain.acts.kinds.training import TrainingBody
from intake.domain.base.canonical import sha256
from intake.domain.organisation.roster import Role
from tests.domain.case.test_horizon import cio_leaves, follow, key_stolen, others
from tests.domain.organisation.test_roster_rivals import quarrel
from tests.domain.world import PEOPLE, PLAYBOOK, Site, certificate, person, roster
from tests.services.standing_cases import FAILED, OPEN, PASSED, UNSAID, Row, nothing_by, rivals

ROLE = "its signer does not hold the role this needs"
STRANGER = "the roster does not list its signer with this key"
CUT_OFF = "Its key was cut off, and it cannot be said whether it was signed before."


def first(site: Site) -> tuple[Act, ...]:
    return (site.acts[site.org],)


def second_in_force(site: Site) -> tuple[Act, ...]:
    return (follow(site, PEOPLE),)


def first_followed(site: Site) -> tuple[Act, ...]:
    follow(site, PEOPLE)
    return first(site)


def not_endorsed(site: Site) -> tuple[Act, ...]:
    return (site.publish(roster(version=2, previous=(site.org,)), "bob"),)


def skipping(site: Site) -> tuple[Act, ...]:
    return (site.publish(roster(version=3, previous=(site.org,)), "bob", "finn"),)


def ends_at_no_checkpoint(site: Site) -> tuple[Act, ...]:
    cutoffs = {sha256(certificate("dan")): "a" * 64}
    return (site.publish(roster(version=2, previous=(site.org,), cutoffs=cutoffs), "bob", "finn"),)


def no_roster(site: Site) -> tuple[Act, ...]:
    return (site.act("bob", kinds.ROSTER.name, {"version": 2}, roster=""),)


def rival(site: Site) -> tuple[Act, ...]:
    return (rivals(site)[0],)


def before_rivals(site: Site) -> tuple[Act, ...]:
    rivals(site)
    return first(site)


def rival_unlisted(site: Site) -> tuple[Act, ...]:
    one, _ = rivals(site, checkpoint=True)
    assert not site.history().late
    return (one,)


def late(site: Site) -> tuple[Act, ...]:
    made = quarrel()
    act = made.rival()
    _become(site, made.site.take(made.late))
    return (act,)


def _become(site: Site, other: Site) -> None:
    site.org, site.roster, site.acts, site.blobs = other.org, other.roster, other.acts, other.blobs


RIVAL = "It is roster version 2 of Sample, and it cannot be said whether it counts: two rosters claim to be the newest."
ROSTER = {
    "in force": Row(second_in_force, PASSED, "It is roster version 2 of Sample, and counts."),
    "the first": Row(first, PASSED, "It is roster version 1 of Sample, and counts."),
    "followed": Row(
        first_followed,
        PASSED,
        "It is roster version 1 of Sample. It was in force until version 2 took its place.",
    ),
    "before rivals": Row(
        before_rivals,
        PASSED,
        "It is roster version 1 of Sample. It was in force until two rosters followed that both claim version 2.",
    ),
    "rival": Row(rival, OPEN, RIVAL),
    "rival, and a list is missing": Row(
        rival_unlisted,
        OPEN,
        RIVAL + " Bob of the records team signed a checkpoint that may tell, but what it lists is not here.",
    ),
    "not endorsed": Row(
        not_endorsed,
        OPEN,
        "This roster version does not count: a majority of the administrators before it has not endorsed it.",
    ),
    "waits for a checkpoint": Row(
        ends_at_no_checkpoint,
        OPEN,
        "This roster version does not count: no checkpoint aaaaaaaaaaaaaaaa is here, at which it ends something.",
    ),
    "skips a version": Row(skipping, OPEN, "This roster version does not count: it skips a version."),
    "no roster": Row(
        no_roster,
        FAILED,
        "Nothing of it counts, because it has not the form of a roster. This file is not a Countersign act: its "
        "field “previous” is missing.",
    ),
    "late": Row(late, OPEN, "This roster version does not count: the records team had seen another before it."),
}


# --------------------------------------------------------------------------------------------------- endorsements
def endorses(site: Site) -> tuple[Act, ...]:
    return (_endorsement(site, site.org, "finn"),)


def endorses_pending(site: Site) -> tuple[Act, ...]:
    (pending,) = not_endorsed(site)
    return (_endorsement(site, pending.id, "bob"),)


def endorses_rival(site: Site) -> tuple[Act, ...]:
    one, _ = rivals(site)
    return (_endorsement(site, one.id, "finn"),)


def endorses_late(site: Site) -> tuple[Act, ...]:
    (act,) = late(site)
    return (_endorsement(site, act.id, "finn"),)


def endorses_unknown(site: Site) -> tuple[Act, ...]:
    made = site.endorse("finn", site.publish(roster(version=2, previous=(site.org,))))
    del site.acts[str(made.body["roster"])]
    return (made,)


def somebody_endorses(site: Site) -> tuple[Act, ...]:
    return (site.endorse("cleo", site.acts[site.org]),)


def endorses_own_office(site: Site) -> tuple[Act, ...]:
    """Finn administers, and gains an office by the version."""
    made = follow(site, [*others("finn"), person("finn", Role.ADMINISTRATOR, Role.CIO)])
    return (_endorsement(site, made.id, "finn"),)


def endorses_what_leaves_out(site: Site) -> tuple[Act, ...]:
    return (_endorsement(site, follow(site, others("dan")).id, "finn"),)


def endorses_what_nobody_can(site: Site) -> tuple[Act, ...]:
    """Bob gains an office by it, and Finn is one of two."""
    made = follow(site, [*others("bob"), person("bob", Role.ADMINISTRATOR, Role.RECORDS, Role.CIO)])
    return (_endorsement(site, made.id, "finn"),)


def endorses_what_skips(site: Site) -> tuple[Act, ...]:
    return (_endorsement(site, skipping(site)[0].id, "finn"),)


def lists_herself(site: Site) -> tuple[Act, ...]:
    """Ada owns, and writes and endorses a version that makes her an administrator."""
    people = [*others("ada"), person("ada", Role.OWNER, Role.ADMINISTRATOR)]
    made = site.publish(roster(people, version=2, previous=(site.org,)), "ada", author="ada")
    return (_endorsement(site, made.id, "ada"),)


def listed_by_others(site: Site) -> tuple[Act, ...]:
    """As she did, and the others agreed."""
    (made,) = lists_herself(site)
    for who in ("bob", "finn"):
        site.endorse(who, site.acts[str(made.body["roster"])])
    return (made,)


def agrees_to_a_new_key(site: Site) -> tuple[Act, ...]:
    """Cleo is CIO and administers nothing."""
    return (_endorsement(site, _renewed(site, "bob", "finn", "cleo"), "cleo"),)


def agrees_alone_to_a_new_key(site: Site) -> tuple[Act, ...]:
    return (_endorsement(site, _renewed(site, "bob", "cleo"), "cleo"),)


def _renewed(site: Site, *endorsers: str) -> str:
    cleo = person("cleo", Role.CIO)
    both = sorted((*cleo.certificates, *person("cleo2").certificates), key=lambda item: item.sha256)
    people = [*others("cleo"), replace(cleo, certificates=tuple(both))]
    return site.publish(roster(people, version=2, previous=(site.org,)), *endorsers).id


def endorser_cut_off(site: Site) -> tuple[Act, ...]:
    people = [*others("eve"), person("eve", Role.ADMINISTRATOR)]
    cutoffs = {sha256(certificate("finn")): site.checkpoint().id}
    # Two of the three, because a key that a version cuts off endorses nothing in it.
    site.publish(roster(people, version=2, previous=[site.org], cutoffs=cutoffs), "bob", "finn", "eve")
    return (site.endorse("finn", site.acts[site.org]),)


def _endorsement(site: Site, name: str, who: str) -> Act:
    return next(
        act
        for act in site.acts.values()
        if act.kind == kinds.ENDORSE.name and act.person == who and act.body["roster"] == name
    )


ENDORSE = {
    "endorses": Row(endorses, PASSED, "Signed by Finn, an administrator, for roster version 1."),
    "endorses what others have to": Row(
        endorses_pending,
        OPEN,
        "Signed by Bob, an administrator, for roster version 2, which does not count yet: a majority of the "
        "administrators before it has not endorsed it.",
    ),
    "endorses a rival": Row(
        endorses_rival,
        OPEN,
        "Signed by Finn, an administrator, for roster version 2, and it cannot be said whether that counts: two rosters "
        "claim to be the newest.",
    ),
    "endorses a late one": Row(
        endorses_late,
        OPEN,
        "The roster version it endorses does not count: the records team had seen another before it.",
    ),
    "endorses what is not here": Row(
        endorses_unknown,
        OPEN,
        "The roster version it endorses, or the one before that, is not here or cannot be read.",
    ),
    "administers nothing": Row(
        somebody_endorses, FAILED, "Cleo endorses roster version 1 and administers neither it nor the one before."
    ),
    "gains an office": Row(
        endorses_own_office, FAILED, "Finn endorses roster version 2 and gains an office by it, so has no say in it."
    ),
    "leaves somebody out": Row(
        endorses_what_leaves_out,
        FAILED,
        "Finn endorses roster version 2, which can never count: it leaves out dan.",
    ),
    "gives an office to one of two": Row(
        endorses_what_nobody_can,
        FAILED,
        "Finn endorses roster version 2, which can never count: no more than 1 of 2 administrators can endorse it "
        "without gaining an office by it, and a majority of all must: list more administrators first.",
    ),
    "endorses what skips a version": Row(
        endorses_what_skips,
        FAILED,
        "Finn endorses roster version 3, which can never count: it skips a version.",
    ),
    "lists herself": Row(
        lists_herself,
        OPEN,
        "The roster version it endorses does not count: no administrator wrote or endorsed it.",
    ),
    "listed by others": Row(listed_by_others, PASSED, "Signed by Ada, an administrator, for roster version 2."),
    "agrees to a new key": Row(
        agrees_to_a_new_key, PASSED, "Signed by Cleo, for a new key that roster version 2 lists for them."
    ),
    "agrees alone to a new key": Row(
        agrees_alone_to_a_new_key,
        OPEN,
        "Signed by Cleo, for a new key that roster version 2 lists for them, which does not count yet: a majority of the "
        "administrators before it has not endorsed it.",
    ),
    "cut off": Row(endorser_cut_off, OPEN, CUT_OFF),
}


# ------------------------------------------------------------------------------- checkpoints, training, enrolments
def checkpoint(site: Site) -> tuple[Act, ...]:
    site.revision()
    return (site.checkpoint(),)


def tells(site: Site) -> tuple[Act, ...]:
    """It tells which version counts, though a rival took the role from its signer."""
    made = quarrel()
    rival_ = made.rival()
    _become(site, made.site.take(made.late))
    return (site.acts[site.history().late[rival_.id].checkpoint],)


def somebody_checks(site: Site) -> tuple[Act, ...]:
    return (site.checkpoint("ada"),)


def checkpoint_of_former(site: Site) -> tuple[Act, ...]:
    before, end = site.roster, site.checkpoint().id
    keeper = person("bob", Role.ADMINISTRATOR, Role.RECORDS, ends={Role.RECORDS: end})
    follow(site, [*others("bob"), keeper])
    site.roster = before
    return (site.checkpoint(),)


def checkpoint_unlisted(site: Site) -> tuple[Act | str, ...]:
    made = site.checkpoint()
    return made, _lose(site, made)


def _lose(site: Site, made: Act) -> str:
    name = str(made.body["heads"]["sha256"])  # type: ignore[call-overload, index]
    del site.blobs[name]
    return name


def checkpoint_junk(site: Site) -> tuple[Act, ...]:
    body = CheckpointBody(site.attach(b"[]"), None)
    return (site.act("bob", kinds.CHECKPOINT.name, body.as_json()),)


def _listing(site: Site, *entries: tuple[str, str]) -> tuple[Act, ...]:
    body = CheckpointBody(site.attach(write_heads(ListedHead(*item) for item in entries)), None)
    return (site.act("bob", kinds.CHECKPOINT.name, body.as_json()),)


def lists_absent(site: Site) -> tuple[Act, ...]:
    return _listing(site, ("", site.org), ("", "ab" * 32))


def lists_other_cases(site: Site) -> tuple[Act, ...]:
    return _listing(site, ("", site.org), ("cd" * 32, "ab" * 32), ("ef" * 32, "ef" * 32))


def lists_in_wrong_case(site: Site) -> tuple[Act, ...]:
    return _listing(site, ("cd" * 32, site.org))


def checkpoint_by_absent_roster(site: Site) -> tuple[Act, ...]:
    site.roster = "cd" * 32
    return (site.checkpoint(),)


def _absent(which: str) -> str:
    return f"It is signed by Bob, and {which}: whether it lists only what there is cannot be said."


CHECKPOINT = {
    "lists what is here": Row(checkpoint, PASSED, "Signed by Bob, who keeps the records, with a key the roster lists."),
    "tells": Row(tells, PASSED, "Signed by Rita, who kept the records: it tells which version 2 counts."),
    "of somebody else": Row(somebody_checks, FAILED, nothing_by("Ada", ROLE)),
    "of a former one": Row(
        checkpoint_of_former,
        OPEN,
        "It is signed by Bob, and it cannot be said whether it counts: its role or key was ended, and nothing shows "
        "whether it was signed before.",
    ),
    "list absent": Row(
        checkpoint_unlisted, OPEN, "It is signed by Bob, and what it lists is not here, so it says nothing yet."
    ),
    "list is junk": Row(
        checkpoint_junk,
        FAILED,
        nothing_by("Bob", "what it lists cannot be read"),
    ),
    "lists what is not here": Row(lists_absent, OPEN, _absent("1 of the 2 acts it lists are not here")),
    "lists cases that are not here": Row(
        lists_other_cases, OPEN, _absent("2 of the 3 acts it lists are not here (of 2 use cases)")
    ),
    "lists an act where it is not": Row(
        lists_in_wrong_case, OPEN, _absent("the only act it lists is not here (of 1 use case)")
    ),
    "roster absent": Row(
        checkpoint_by_absent_roster, OPEN, UNSAID + "the roster it names is not here or does not count."
    ),
}


def trains(site: Site) -> tuple[Act, ...]:
    return (_training(site, "ada"),)


def trains_by_nobodys_playbook(site: Site) -> tuple[Act, ...]:
    return (_training(site, "ada", playbook="b" * 64),)


def _training(site: Site, who: str, *, playbook: str = PLAYBOOK, **more: str) -> Act:
    return site.act(who, kinds.TRAINING.name, TrainingBody(playbook, {"why": "ab" * 32}).as_json(), **more)  # type: ignore[arg-type]


def stranger_trains(site: Site) -> tuple[Act, ...]:
    return (_training(site, "mallory"),)


def trained_with_cut_off_key(site: Site) -> tuple[Act, ...]:
    before = site.roster
    key_stolen(site, site.checkpoint().id)
    return (_training(site, "cleo", roster=before),)


TRAINING = {
    "counts": Row(trains, PASSED, "Signed by Ada, who says what they have read, with a key the roster lists."),
    "by a playbook nobody accepted": Row(
        trains_by_nobodys_playbook,
        OPEN,
        "It is signed by Ada, and it cannot be said what was read: no roster in force accepts the playbook "
        "bbbbbbbbbbbbbbbb.",
    ),
    "stranger": Row(stranger_trains, FAILED, nothing_by("mallory", STRANGER)),
    "cut off": Row(
        trained_with_cut_off_key,
        OPEN,
        "It is signed by Cleo, and it cannot be said whether it counts: its role or key was ended, and nothing shows "
        "whether it was signed before.",
    ),
}


def _enrol(site: Site, who: str) -> Act:
    return site.act(who, kinds.ENROL.name, EnrolBody(who.title(), "", certificate(who)).as_json(), roster="")


def enrols(site: Site) -> tuple[Act, ...]:
    return (_enrol(site, "cleo"),)


def enrols_unlisted(site: Site) -> tuple[Act, ...]:
    return (_enrol(site, "carol"),)


def enrols_with_closed_key(site: Site) -> tuple[Act, ...]:
    made = _enrol(site, "cleo")
    follow(site, [*others("cleo"), person("cleo", Role.CIO, end=site.checkpoint().id)])
    return (made,)


def enrols_with_cut_off_key(site: Site) -> tuple[Act, ...]:
    made = _enrol(site, "cleo")
    key_stolen(site, site.checkpoint().id)
    return (made,)


def enrols_with_ended_role(site: Site) -> tuple[Act, ...]:
    """An ended role takes no key away."""
    made = _enrol(site, "cleo")
    cio_leaves(site, site.checkpoint().id)
    return (made,)


ENROL = {
    "listed": Row(enrols, PASSED, "It proves that Cleo has the key which the roster lists."),
    "role ended": Row(enrols_with_ended_role, PASSED, "It proves that Cleo has the key which the roster lists."),
    "key ended": Row(
        enrols_with_closed_key,
        PASSED,
        "It proves that Cleo had the key which the roster listed. The roster has ended it since.",
    ),
    "not listed": Row(
        enrols_unlisted,
        OPEN,
        "It proves that its signer has this key. Whose it is cannot be said: no roster here lists it for them.",
    ),
    "cut off": Row(enrols_with_cut_off_key, OPEN, CUT_OFF),
}
