"""What ``verify`` says of an act is what the fold says of it: every kind, and every reason the fold knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import (
    ACCEPT,
    ACCESS,
    ACKNOWLEDGED,
    ANSWER,
    CHECKPOINT,
    COMMENT,
    CONFIRM,
    DISOWN,
    ENDORSE,
    ENROL,
    FIGURES,
    HAND_OVER,
    KINDS,
    LIFT,
    NOTICE,
    OPINION,
    REPORT,
    RESOLVED,
    RETIRE,
    RETURN,
    REVISION,
    ROSTER,
    SEALED,
    SUSPEND,
    TAKE_OVER,
    TRAINING,
    WITHDRAW,
)
from intake.domain.acts.kinds.description import ActKind
from intake.services.proving import judging
from intake.services.proving.anchors import Anchor
from intake.services.proving.judged import Judged
from tests.domain.world import Site, organisation
from tests.services import (
    standing_cases,
    standing_commitments,
    standing_figures,
    standing_lifts,
    standing_organisation,
    standing_owner,
)
from tests.services.standing_cases import Row

EVERY_KIND = {
    REVISION.name: standing_cases.REVISION,
    OPINION.name: standing_cases.OPINION | standing_lifts.OPINION,
    SUSPEND.name: standing_cases.SUSPEND,
    LIFT.name: standing_lifts.LIFT,
    REPORT.name: standing_commitments.REPORT,
    CONFIRM.name: standing_commitments.CONFIRM,
    RETURN.name: standing_commitments.RETURN,
    FIGURES.name: standing_figures.FIGURES,
    ACCEPT.name: standing_owner.ACCEPT,
    ANSWER.name: standing_owner.ANSWER,
    RETIRE.name: standing_owner.RETIRE,
    ACCESS.name: standing_owner.ACCESS_ROWS,
    ACKNOWLEDGED.name: standing_owner.ACKNOWLEDGED_ROWS,
    HAND_OVER.name: standing_owner.HAND_OVER,
    TAKE_OVER.name: standing_owner.TAKE_OVER,
    DISOWN.name: standing_owner.DISOWN,
    NOTICE.name: standing_owner.NOTICES,
    WITHDRAW.name: standing_cases.WITHDRAW,
    COMMENT.name: standing_cases.COMMENT,
    RESOLVED.name: standing_cases.RESOLVED,
    SEALED.name: standing_cases.SEALED,
    ROSTER.name: standing_organisation.ROSTER,
    ENDORSE.name: standing_organisation.ENDORSE,
    CHECKPOINT.name: standing_organisation.CHECKPOINT,
    TRAINING.name: standing_organisation.TRAINING,
    ENROL.name: standing_organisation.ENROL,
}


def anchor_of(site: Site) -> Anchor:
    """Everything this site has, with every file."""

    def including(*_acts: Act, listings: object = ()) -> Anchor:
        return found

    found = Anchor(
        org=site.org,
        rosters=site.history(),
        case=lambda case, _pdf=b"": site.state(case),
        including=including,
        attachments=True,
        listing=site.blobs.get,
        checkpoints=lambda: tuple(act for act in site.acts.values() if act.kind == CHECKPOINT.name),
        acts_among=lambda names: frozenset((site.acts[name].case_id, name) for name in names if name in site.acts),
    )
    return found


def judged(site: Site, act: Act) -> Judged:
    return judging.of_act(act, "", anchor_of(site))


class _Named(str):
    """The first digits of an id; whole as a file."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return str(self) if spec == "file" else self[:16]


@pytest.mark.parametrize(
    ("kind", "row"),
    [pytest.param(kind, row, id=f"{kind}: {name}") for kind, rows in EVERY_KIND.items() for name, row in rows.items()],
)
def test_an_act_is_worth_what_the_fold_says(kind: str, row: Row) -> None:
    site = organisation()
    act, *others = row.story(site)
    assert isinstance(act, Act)
    named = [_Named(other.id if isinstance(other, Act) else other) for other in others]

    found = judged(site, act)

    assert act.kind == kind
    assert (found.sentence, found.result) == (row.sentence.format(*named), row.result)


@pytest.mark.attack(
    "endorse a roster version that can never count",
    refusal="TOTAL-FAILED: it can never count, or lists its signer alone",
)
@pytest.mark.parametrize(
    "story", ["leaves somebody out", "gives an office to one of two", "endorses what skips a version"]
)
def test_an_endorsement_that_counts_for_nothing_is_not_passed(story: str) -> None:
    site = organisation()
    act, *_ = standing_organisation.ENDORSE[story].story(site)
    assert isinstance(act, Act)

    found = judged(site, act)

    assert found.result == standing_cases.FAILED
    assert "Signed by" not in found.sentence


@pytest.mark.attack(
    "an act that names nothing real, or does nothing, shown as one that counts",
    refusal="TOTAL-FAILED: it lifts, disowns, answers or hands over nothing",
)
@pytest.mark.parametrize(
    ("kind", "story"),
    [
        (LIFT, "an approval"),
        (LIFT, "the revision"),
        (LIFT, "a seal"),
        (DISOWN, "an approval"),
        (ANSWER, "about nothing"),
        (HAND_OVER, "to themselves"),
        (OPINION, "decline of a comment"),
        (REPORT, "of what nobody asked for"),
        (CONFIRM, "a comment"),
        (RETURN, "a comment"),
    ],
)
def test_an_act_that_does_nothing_is_not_passed(kind: ActKind[Any], story: str) -> None:
    site = organisation()
    act, *_ = EVERY_KIND[kind.name][story].story(site)
    assert isinstance(act, Act)

    found = judged(site, act)

    assert found.result == standing_cases.FAILED
    assert "counts for nothing" in found.sentence


def test_the_table_knows_every_kind_with_what_passes_and_what_does_not() -> None:
    assert EVERY_KIND.keys() == KINDS.names
    for rows in EVERY_KIND.values():
        assert len({row.result for row in rows.values()}) >= 2


def test_a_rival_and_a_checkpoint_say_who_has_to_give_what() -> None:
    site = organisation()
    (rival,) = standing_organisation.rival_unlisted(site)
    other = organisation()
    (undisputed,) = standing_organisation.rival(other)
    checkpoint = max((act for act in site.acts.values() if act.kind == CHECKPOINT.name), key=lambda act: act.at)
    name = checkpoint.body["heads"]["sha256"]  # type: ignore[call-overload, index]

    asked = (
        f"Fetch it from the exchange, or ask Bob for what the checkpoint of 2026-11-22 lists (as a file: {name}.heads)."
    )

    assert judged(site, rival).next_step == asked
    assert judged(site, checkpoint).next_step == asked
    assert judged(other, undisputed).next_step == (
        "Bob of the records team can tell by a checkpoint which one counts; or the administrators settle it with a "
        "version that names both."
    )


def test_an_ended_role_whose_end_is_not_listed_says_who_has_to_give_the_list() -> None:
    site = organisation()
    act, *_ = standing_cases.end_unlisted(site)
    assert isinstance(act, Act)

    assert judged(site, act).next_step.startswith("Fetch it from the exchange, or ask Bob for what the checkpoint of ")


@pytest.mark.parametrize(
    ("story", "next_step"),
    [
        (standing_cases.conflict, "It is the turn of the owner."),
        (standing_cases.contested, "It is the turn of the CIO and the CISO."),
        (standing_cases.seals_apart, "Show it to both offices: they know how it came to be."),
        (standing_cases.void, "It is the turn of the CISO."),
        (standing_cases.other_terms, "Go by what counts now: look at the use case."),
    ],
)
def test_what_to_do_next_is_said(story: Callable[[Site], tuple[Act, ...]], next_step: str) -> None:
    site = organisation()

    assert judged(site, story(site)[0]).next_step == next_step
