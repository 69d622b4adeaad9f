"""One act of a use case for every answer that ``verify`` has on its kind: each row builds its story and says the answer.

A story is told on a ``Site``, where acts are made without cryptography: what is judged here is what they mean. It gives the
act to judge and the acts that the sentence names, ``{0}``, ``{1}`` … by the first digits of their ids.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from intake.domain.acts import kinds
from intake.domain.acts.envelope import Act, Attachment
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.organisation.roster import Role
from intake.domain.terms.terms import Stage
from intake.services.proving.judged import Result
from tests.domain.case.test_horizon import cio_leaves, follow, key_stolen, others
from tests.domain.world import Site, person, roster, terms

PASSED, FAILED, OPEN = Result.PASSED, Result.FAILED, Result.INDETERMINATE
ABSENT = Attachment("ab" * 32, 1, "application/pdf", "file")
DECLINE, CHANGES = Position.DECLINE, Position.CHANGES


class Row(NamedTuple):
    story: Callable[[Site], tuple[Act | str, ...]]
    result: Result
    sentence: str


def filed(site: Site) -> tuple[Act, ...]:
    return (site.revision(),)


def revised(site: Site) -> tuple[Act, ...]:
    first = site.revision()
    return first, site.revision(case=first.id)


def withdrawn(site: Site) -> tuple[Act, ...]:
    first = site.revision()
    return first, site.withdraw("ada", first.id)


def conflict(site: Site) -> tuple[Act, ...]:
    first = site.revision()
    beside = site.fork("beside")
    one, other = site.revision(case=first.id), beside.revision(case=first.id, title="Other")
    site.take(beside)
    return one, other


def somebody_revises(site: Site) -> tuple[Act, ...]:
    return (site.revision("cleo", site.revision().id),)


def revises_no_revision(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return (site.revision(case=case, revises=(site.comment("ada", case).id,)),)


def revision_forked(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    one = site.revision(case=case, revises=(case,))
    site.act(
        "ada", kinds.REVISION.name, {**one.body, "title": "Other"}, case=case, seq=one.seq, prev=one.prev, after=[case]
    )
    return (one,)


def revision_incomplete(site: Site) -> tuple[Act | str, ...]:
    return site.revision(attachments=(ABSENT,)), ABSENT.sha256


def revision_by_absent_roster(site: Site) -> tuple[Act | str, ...]:
    first = site.revision()
    return site.act("ada", kinds.REVISION.name, first.body, roster="cd" * 32), "cd" * 32


def case_absent(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    made = site.revision(case=case)
    del site.acts[case]
    return (made,)


REVISION = {
    "filed": Row(filed, PASSED, "Signed by Ada, and it counts in its use case."),
    "revised": Row(revised, PASSED, "Signed by Ada. It counted until Ada filed revision 2 ({0})."),
    "withdrawn": Row(withdrawn, PASSED, "Signed by Ada. It counted until Ada withdrew the use case ({0})."),
    "conflict": Row(
        conflict,
        OPEN,
        "It cannot be said whether it counts: another revision claims to be the newest as well ({0}).",
    ),
    "of somebody else": Row(
        somebody_revises,
        FAILED,
        "It is signed by Cleo and counts for nothing: only the owner, the submitter or a rostered successor may do this.",
    ),
    "revises a comment": Row(
        revises_no_revision,
        FAILED,
        "It is signed by Ada and counts for nothing: it revises something that is not a revision.",
    ),
    "forked": Row(
        revision_forked,
        FAILED,
        "It is signed by Ada and counts for nothing: its stream is forked: two acts claim the same place.",
    ),
    "incomplete": Row(revision_incomplete, OPEN, "It waits: something it names is not here yet ({0})."),
    "roster absent": Row(
        revision_by_absent_roster, OPEN, "It waits: the roster it names is not here or does not count ({0})."
    ),
    "case absent": Row(
        case_absent,
        OPEN,
        "Its use case is not at hand: whose case it is, and what was decided there, cannot be said.",
    ),
}


# --------------------------------------------------------------------------------------------------------- opinions
def one_approves(site: Site) -> tuple[Act, ...]:
    return (site.ciso(site.revision().id),)


def both_approve(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    first = site.ciso(case)
    site.cio(case)
    return (first,)


def one_declines(site: Site) -> tuple[Act, ...]:
    return (site.ciso(site.revision().id, position=DECLINE),)


def decline_incomplete(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return (site.ciso(case, position=DECLINE, after=["ab" * 32]),)


def decline_of_former(site: Site) -> tuple[Act, ...]:
    """Cleo objected after the checkpoint at which her role ended, by the roster of before."""
    case = site.revision().id
    checkpoint, before = site.checkpoint().id, site.roster
    cio_leaves(site, checkpoint)
    return (site.cio(case, position=DECLINE, roster=before),)


def other_terms(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return site.ciso(case), site.ciso(case, users=5)


def then_declined(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return site.ciso(case), site.ciso(case, position=DECLINE)


def changes_then_approved(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return site.ciso(case, position=CHANGES), site.ciso(case)


def approved_before_revision(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return site.ciso(case), site.revision(case=case)


def approved_before_withdrawal(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    site.cio(case)
    return site.ciso(case), site.withdraw("ada", case)


def pilot_goes_on(site: Site) -> tuple[Act, ...]:
    """A later revision is only filed: the decision on the one before stays in force."""
    case = site.revision().id
    site.cio(case)
    made = site.ciso(case)
    site.revision(case=case)
    return (made,)


def decided_again_later(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    site.cio(case)
    made = site.ciso(case)
    later = site.revision(case=case).id
    return made, site.cio(case, later), site.ciso(case, later)


def suspended_later(site: Site) -> tuple[Act, ...]:
    """A pause on the newest revision does not bring the decision before it back."""
    made, cio, ciso = decided_again_later(site)
    site.ciso(made.case, str(cio.body["revision"]), DECLINE)
    return made, cio, ciso


def replaced_terms(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    made, _ = site.ciso(case), site.cio(case)
    later = site.ciso(case, users=5)
    site.cio(case, users=5)
    return made, later


def proposed_since(site: Site) -> tuple[Act, ...]:
    """Other terms are only a proposal until both agree on them."""
    case = site.revision().id
    made, _ = site.ciso(case), site.cio(case)
    site.ciso(case, users=5)
    return (made,)


def objected_since(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    made, _ = site.ciso(case), site.cio(case)
    return made, site.cio(case, position=DECLINE)


def void(site: Site) -> tuple[Act, ...]:
    """Cleo countersigns what Dan has given up, as she knows."""
    case = site.revision().id
    site.ciso(case)
    later = site.ciso(case, users=5)
    return site.cio(case), later


def void_and_revised(site: Site) -> tuple[Act, ...]:
    made, _ = void(site)
    site.revision(case=made.case)
    return (made,)


def given_up(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    made, later = site.ciso(case), site.ciso(case, users=5)
    site.cio(case)
    return made, later


def contested(site: Site) -> tuple[Act, ...]:
    """Dan moves on while Cleo countersigns, apart from each other."""
    case = site.revision().id
    site.ciso(case)
    apart = site.fork("apart")
    later, made = site.ciso(case, users=5), apart.cio(case)
    site.take(apart)
    return made, later


def second_holder(site: Site) -> tuple[Act, ...]:
    """Two holders of one office, each with other terms: the office has no position."""
    follow(site, [*others(), person("don", Role.CISO)])
    case = site.revision().id
    made = site.ciso(case, after=[case])
    return made, site.opinion("don", Office.CISO, case, case, given=terms(5), after=[case])


def held(site: Site) -> tuple[Act, ...]:
    """Somebody with a say signed a kind of act that this version does not know."""
    case = site.revision().id
    unknown = site.act("ada", "novelty", {}, case=case, after=[case])
    site.cio(case)
    return site.ciso(case), unknown


def between_rival_rosters(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    rivals(site)
    site.cio(case)
    return (site.ciso(case),)


def rivals(site: Site, *, checkpoint: bool = False) -> tuple[Act, Act]:
    """Two versions 2, both endorsed by both administrators; what a ``checkpoint`` of Bob lists is not here."""
    beside = site.fork("beside")
    before = site.roster
    one = site.publish(roster(version=2, previous=(before,)), "bob", "finn")
    if checkpoint:
        del site.blobs[site.checkpoint().body["heads"]["sha256"]]  # type: ignore[call-overload, index]
    other = beside.publish(roster(version=2, previous=(before,), cutoffs={"9" * 64: "9" * 64}), "bob", "finn")
    site.take(beside)
    site.roster = before
    return one, other


def by_the_owner(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return (site.opinion("ada", Office.CIO, case, case),)


def by_a_party(site: Site) -> tuple[Act, ...]:
    return (site.cio(site.revision(owner="cleo").id),)


def by_a_stranger(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return (site.opinion("mallory", Office.CIO, case, case),)


def forked(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    made = site.cio(case)
    site.cio(case, users=5, seq=made.seq, prev=made.prev, after=made.after)
    return (made,)


def larger_step(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return (site.opinion("dan", Office.CISO, case, case, given=terms(stage=Stage.SCALED)),)


def delegated(site: Site) -> tuple[Act, ...]:
    made = site.cio(site.revision().id)
    return (site.act("cleo", kinds.OPINION.name, {**made.body, "delegation": "ab" * 32}, case=made.case),)


def other_playbook(site: Site) -> tuple[Act, ...]:
    made = site.cio(site.revision().id)
    return (site.act("cleo", kinds.OPINION.name, {**made.body, "playbook": "ab" * 32}, case=made.case),)


def expired_roster(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    site.clock = site.clock.replace(year=2030)
    return (site.cio(case),)


def beyond_the_end(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    checkpoint = site.checkpoint().id
    made = site.cio(case)
    cio_leaves(site, checkpoint)
    return (made,)


def beyond_the_cut(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    checkpoint = site.checkpoint().id
    made = site.cio(case)
    key_stolen(site, checkpoint)
    return (made,)


def below_the_end(site: Site) -> tuple[Act, ...]:
    made = site.cio(site.revision().id)
    cio_leaves(site, site.checkpoint().id)
    return (made,)


def end_unlisted(site: Site) -> tuple[Act, ...]:
    made = below_the_end(site)
    _lose_listings(site)
    return made


def cut_unlisted(site: Site) -> tuple[Act, ...]:
    made = site.cio(site.revision().id)
    key_stolen(site, site.checkpoint().id)
    _lose_listings(site)
    return (made,)


def _lose_listings(site: Site) -> None:
    for act in site.acts.values():
        if act.kind == kinds.CHECKPOINT.name:
            site.blobs.pop(act.body["heads"]["sha256"], None)  # type: ignore[call-overload, index]


def nothing_by(who: str, reason: str) -> str:
    return f"It is signed by {who} and counts for nothing: {reason}."


def so_far(who: str) -> str:
    return f"Signed by {who}, and it decides nothing so far: "


UNTIL = "Signed by Dan. It counted until "
UNSAID = "It cannot be said whether it counts: "
OPINION = {
    "approves": Row(one_approves, PASSED, "Signed by Dan, and it counts as the opinion of the CISO."),
    "decides": Row(both_approve, PASSED, "Signed by Dan, and it counts: it makes the decision in force."),
    "declines": Row(one_declines, PASSED, "Signed by Dan, and it counts as the opinion of the CISO."),
    "declines, incomplete": Row(decline_incomplete, PASSED, "Signed by Dan, and it counts as the opinion of the CISO."),
    "declines by a roster of before": Row(
        decline_of_former,
        PASSED,
        "Signed by Cleo, and it counts as an objection only: its signer's role or key ended before a checkpoint had "
        "seen it.",
    ),
    "other terms since": Row(other_terms, PASSED, UNTIL + "Dan gave another opinion for the CISO ({0})."),
    "declined since": Row(then_declined, PASSED, UNTIL + "Dan gave another opinion for the CISO ({0})."),
    "asked for changes, then approved": Row(
        changes_then_approved, PASSED, UNTIL + "Dan gave another opinion for the CISO ({0})."
    ),
    "revised since": Row(approved_before_revision, PASSED, UNTIL + "Ada filed revision 2 ({0})."),
    "withdrawn since": Row(approved_before_withdrawal, PASSED, UNTIL + "Ada withdrew the use case ({0})."),
    "in force beside a later revision": Row(
        pilot_goes_on, PASSED, "Signed by Dan, and it counts: it makes the decision in force."
    ),
    "decided on a later revision": Row(
        decided_again_later, PASSED, UNTIL + "both offices agreed on later terms ({0})."
    ),
    "suspended on a later revision": Row(suspended_later, PASSED, UNTIL + "both offices agreed on later terms ({0})."),
    "decided on other terms": Row(replaced_terms, PASSED, UNTIL + "Dan gave another opinion for the CISO ({0})."),
    "in force beside a proposal": Row(
        proposed_since, PASSED, "Signed by Dan, and it counts: it makes the decision in force."
    ),
    "objected since": Row(objected_since, PASSED, UNTIL + "Cleo suspended the use case for the CIO ({0})."),
    "void": Row(void, OPEN, so_far("Cleo") + "one office had already changed its position ({0})."),
    "void, and the case moved on": Row(
        void_and_revised, FAILED, nothing_by("Cleo", "one office had already changed its position")
    ),
    "given up before it was countersigned": Row(
        given_up, PASSED, UNTIL + "Dan gave another opinion for the CISO ({0})."
    ),
    "contested": Row(contested, OPEN, so_far("Cleo") + "the offices changed their positions while apart ({0})."),
    "contradicts a colleague": Row(
        second_holder, OPEN, so_far("Dan") + "the CISO has given opinions that contradict each other ({0})."
    ),
    "on hold": Row(
        held, OPEN, so_far("Dan") + "somebody with a say signed a kind of act this version does not know ({0})."
    ),
    "between rival rosters": Row(between_rival_rosters, OPEN, UNSAID + "two rosters claim to be the newest."),
    "by the owner": Row(by_the_owner, FAILED, nothing_by("Ada", "its signer does not hold the role this needs")),
    "by a party": Row(
        by_a_party, FAILED, nothing_by("Cleo", "its signer has a part in this case and cannot decide on it")
    ),
    "by a stranger": Row(
        by_a_stranger, FAILED, nothing_by("mallory", "the roster does not list its signer with this key")
    ),
    "forked": Row(forked, FAILED, nothing_by("Cleo", "its stream is forked: two acts claim the same place")),
    "larger step": Row(larger_step, FAILED, nothing_by("Dan", "it grants a larger step than the revision asks for")),
    "delegated": Row(
        delegated, FAILED, nothing_by("Cleo", "it rests on a delegation, which this version does not know")
    ),
    "other playbook": Row(
        other_playbook,
        FAILED,
        nothing_by("Cleo", "it judges by another playbook than the one the revision was filed with"),
    ),
    "roster expired": Row(
        expired_roster, FAILED, nothing_by("Cleo", "the roster it names had expired when it was given")
    ),
    "beyond the end": Row(
        beyond_the_end, FAILED, nothing_by("Cleo", "its signer's role or key ended before a checkpoint had seen it")
    ),
    "beyond the cut-off": Row(
        beyond_the_cut, FAILED, nothing_by("Cleo", "its key was cut off, and it is beyond the cut-off")
    ),
    "below the end": Row(below_the_end, PASSED, "Signed by Cleo, and it counts as the opinion of the CIO."),
    "end not listed": Row(
        end_unlisted,
        OPEN,
        UNSAID + "its signer's role or key was ended, and what the checkpoint at its end lists is not here.",
    ),
    "cut-off not listed": Row(
        cut_unlisted,
        OPEN,
        UNSAID + "its signer's role or key was ended, and what the checkpoint at its end lists is not here.",
    ),
}


# ------------------------------------------------------------------------------------------ withdrawals and comments
def withdraws(site: Site) -> tuple[Act, ...]:
    return (site.withdraw("ada", site.revision().id),)


def withdraws_incomplete(site: Site) -> tuple[Act, ...]:
    return (site.withdraw("ada", site.revision().id, after=["ab" * 32]),)


def reopened(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return site.withdraw("ada", case), site.revision(case=case)


def somebody_withdraws(site: Site) -> tuple[Act, ...]:
    return (site.withdraw("cleo", site.revision().id),)


def suspended(site: Site) -> tuple[Act, ...]:
    return (site.suspend("dan", site.revision().id),)


def suspended_and_lifted(site: Site) -> tuple[Act, ...]:
    (made,) = suspended(site)
    _, second = site.lift("dan", made.case), site.lift("cleo", made.case)
    return made, second


def suspended_by_nobody(site: Site) -> tuple[Act, ...]:
    return (site.suspend("eve", site.revision().id),)


SUSPEND = {
    "suspends": Row(suspended, PASSED, "Signed by Dan, and it counts in its use case."),
    "lifted": Row(suspended_and_lifted, PASSED, "Signed by Dan. It counted until both offices have lifted it ({0})."),
    "of no office": Row(suspended_by_nobody, FAILED, nothing_by("Eve", "its signer does not hold the role this needs")),
}


WITHDRAW = {
    "withdraws": Row(withdraws, PASSED, "Signed by Ada, and it counts in its use case."),
    "incomplete": Row(withdraws_incomplete, PASSED, "Signed by Ada, and it counts in its use case."),
    "reopened": Row(
        reopened,
        PASSED,
        "Signed by Ada. It counted until Ada filed revision 2, which opened the use case again ({0}).",
    ),
    "of somebody else": Row(
        somebody_withdraws,
        FAILED,
        nothing_by("Cleo", "only the owner, the submitter or a rostered successor may do this"),
    ),
}


def comments(site: Site) -> tuple[Act, ...]:
    return (site.comment("eve", site.revision().id),)


def stranger_comments(site: Site) -> tuple[Act, ...]:
    return (site.comment("mallory", site.revision().id),)


def comment_forked(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    made = site.comment("eve", case)
    site.comment("eve", case, seq=made.seq, prev=made.prev, after=[made.id])
    return (made,)


def comment_waits(site: Site) -> tuple[Act | str, ...]:
    return site.comment("eve", site.revision().id, after=["ab" * 32]), "ab" * 32


COMMENT = {
    "counts": Row(comments, PASSED, "Signed by Eve, and it counts in its use case."),
    "stranger": Row(
        stranger_comments, FAILED, nothing_by("mallory", "the roster does not list its signer with this key")
    ),
    "forked": Row(comment_forked, FAILED, nothing_by("Eve", "its stream is forked: two acts claim the same place")),
    "waits": Row(comment_waits, OPEN, "It waits: something it names is not here yet ({0})."),
}


def resolves(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return (site.resolve("ada", case, site.comment("dan", case)),)


def resolves_of_nobody(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return (site.resolve("bob", case, site.comment("dan", case)),)


def resolves_answered(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    remark = site.comment("dan", case)
    made = site.resolve("ada", case, remark)
    site.comment("dan", case, remark.id)
    return (made,)


def stranger_resolves(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return (site.resolve("mallory", case, site.comment("dan", case)),)


RESOLVED = {
    "resolves": Row(resolves, PASSED, "Signed by Ada. It decides nothing; a remark of its use case is resolved by it."),
    "without a part": Row(
        resolves_of_nobody,
        OPEN,
        "It is a note signed by Bob. It decides nothing, and no remark here is resolved by it.",
    ),
    "answered since": Row(
        resolves_answered,
        OPEN,
        "It is a note signed by Ada. It decides nothing, and no remark here is resolved by it.",
    ),
    "stranger": Row(
        stranger_resolves, FAILED, nothing_by("mallory", "the roster does not list its signer with this key")
    ),
}


# ------------------------------------------------------------------------------------------------------------ seals
def pair(site: Site, users: int = 20) -> tuple[str, Act, Act]:
    case = site.revision().id
    return case, site.ciso(case, users=users), site.cio(case, users=users)


def seals_(site: Site) -> tuple[Act, ...]:
    case, ciso, cio = pair(site)
    return (site.seal("cleo", case, ciso, cio),)


def seals_again(site: Site) -> tuple[Act, ...]:
    """The other office seals the very same file."""
    case, ciso, cio = pair(site)
    first = site.seal("cleo", case, ciso, cio)
    return (site.act("dan", kinds.SEALED.name, first.body, case=case),)


def seals_other_file_later(site: Site) -> tuple[Act | str, ...]:
    case, ciso, cio = pair(site)
    first = site.seal("cleo", case, ciso, cio)
    return site.seal("dan", case, ciso, cio, salt="later"), _file(first)


def seals_apart(site: Site) -> tuple[Act | str, ...]:
    case, ciso, cio = pair(site)
    apart = site.fork("apart")
    one, other = site.seal("cleo", case, ciso, cio), apart.seal("dan", case, ciso, cio, salt="apart")
    site.take(apart)
    return one, *sorted((_file(one), _file(other)))


def seal_objected(site: Site) -> tuple[Act, ...]:
    (seal,) = seals_(site)
    return seal, site.ciso(seal.case, position=DECLINE)


def seal_superseded(site: Site) -> tuple[Act, ...]:
    (seal,) = seals_(site)
    later = site.ciso(seal.case, users=5), site.cio(seal.case, users=5)
    site.accept("ada", seal.case)
    return seal, min(later, key=lambda act: act.id)


def seal_withdrawn(site: Site) -> tuple[Act, ...]:
    (seal,) = seals_(site)
    return seal, site.withdraw("ada", seal.case)


def seal_contested(site: Site) -> tuple[Act, ...]:
    """Dan moves on apart from the others, who have decided and sealed by then."""
    case = site.revision().id
    ciso = site.ciso(case)
    apart = site.fork("apart")
    seal = site.seal("cleo", case, ciso, site.cio(case))
    later = apart.ciso(case, users=5)
    site.take(apart)
    return seal, later


def seal_between_rivals(site: Site) -> tuple[Act, ...]:
    (seal,) = seals_(site)
    rivals(site)
    return (seal,)


def seals_void(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    first = site.ciso(case)
    site.ciso(case, users=5)
    return (site.seal("cleo", case, first, site.cio(case)),)


def seals_no_pair(site: Site) -> tuple[Act, ...]:
    """The first of the two opinions lost its favour since: it is forked."""
    case, ciso, cio = pair(site)
    seal = site.seal("cleo", case, ciso, cio)
    site.ciso(case, users=5, seq=ciso.seq, prev=ciso.prev, after=ciso.after)
    return (seal,)


def seal_waits(site: Site) -> tuple[Act | str, ...]:
    (seal,) = seals_(site)
    opinion = next(act for act in site.acts.values() if act.kind == kinds.OPINION.name and act.person == "dan")
    name = str(opinion.body["record"]["sha256"])  # type: ignore[call-overload, index]
    del site.blobs[name]
    return seal, name


def seal_file_absent(site: Site) -> tuple[Act | str, ...]:
    (seal,) = seals_(site)
    del site.blobs[_file(seal)]
    return seal, _file(seal)


def seals_junk(site: Site) -> tuple[Act, ...]:
    case, ciso, cio = pair(site)
    return (site.seal("cleo", case, ciso, cio, record=site.attach(b"junk", "application/pdf")),)


def seals_text(site: Site) -> tuple[Act, ...]:
    case, ciso, cio = pair(site)
    return (site.seal("cleo", case, ciso, cio, record=site.attach(b"junk", "text/plain")),)


def seals_half(site: Site) -> tuple[Act, ...]:
    case, ciso, cio = pair(site)
    return (site.seal("cleo", case, ciso, cio, record=site.record_file("dan")),)


def seals_other_pages(site: Site) -> tuple[Act, ...]:
    case, ciso, cio = pair(site)
    return (site.seal("cleo", case, ciso, cio, base="e" * 64),)


def outsider_seals(site: Site) -> tuple[Act, ...]:
    case, ciso, cio = pair(site)
    return (site.seal("eve", case, ciso, cio),)


def seals_different_terms(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return (site.seal("cleo", case, site.ciso(case), site.cio(case, users=5)),)


def _file(seal: Act) -> str:
    return str(seal.body["record"]["sha256"])  # type: ignore[call-overload, index]


SEALS = "Signed by Cleo. It counted until "
SEALED = {
    "seals": Row(seals_, PASSED, "Signed by Cleo, and it seals the record of a decision that both signed."),
    "the same file again": Row(
        seals_again, PASSED, "Signed by Dan, and it seals the record of a decision that both signed."
    ),
    "another file later": Row(
        seals_other_file_later, OPEN, UNSAID + "the record had been sealed before, in another file (SHA-256 {0:file})."
    ),
    "apart": Row(
        seals_apart,
        OPEN,
        UNSAID
        + "the record was sealed in different files, apart from each other (SHA-256 {0:file}, SHA-256 {1:file}).",
    ),
    "objected since": Row(seal_objected, PASSED, SEALS + "Dan suspended the use case for the CISO ({0})."),
    "other terms since": Row(seal_superseded, PASSED, SEALS + "both offices agreed on later terms ({0})."),
    "withdrawn since": Row(seal_withdrawn, PASSED, SEALS + "Ada withdrew the use case ({0})."),
    "contested since": Row(
        seal_contested, PASSED, SEALS + "Dan said something else for the CISO, without knowing of it ({0})."
    ),
    "between rival rosters": Row(seal_between_rivals, OPEN, UNSAID + "two rosters claim to be the newest."),
    "void": Row(
        seals_void,
        FAILED,
        nothing_by("Cleo", "it seals what was never decided, for one office had already changed its position"),
    ),
    "no pair": Row(
        seals_no_pair, FAILED, nothing_by("Cleo", "it seals a record of opinions that make no decision together")
    ),
    "opinion waits": Row(seal_waits, OPEN, "It waits: something it names is not here yet ({0})."),
    "file absent": Row(seal_file_absent, OPEN, "It waits: something it names is not here yet ({0})."),
    "junk": Row(seals_junk, FAILED, nothing_by("Cleo", "the file it names is not the record it describes")),
    "no PDF": Row(seals_text, FAILED, nothing_by("Cleo", "it seals something other than a PDF")),
    "half signed": Row(
        seals_half, FAILED, nothing_by("Cleo", "the file it names does not carry the signatures of both offices")
    ),
    "other pages": Row(
        seals_other_pages, FAILED, nothing_by("Cleo", "it seals other pages than those the other office signed")
    ),
    "by an outsider": Row(
        outsider_seals, FAILED, nothing_by("Eve", "its signer gave neither, or both, of the opinions it seals")
    ),
    "different terms": Row(
        seals_different_terms, FAILED, nothing_by("Cleo", "it seals something other than two opinions that agree")
    ),
}
