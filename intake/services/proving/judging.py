"""Who counts: the verdict on what was read of a file, by the rosters of the organisation that the verifier trusts.

Reading is in ``services.outside``. An act passes when its signature holds and it counts, or counted until something took
its place, in its case or in the organisation the verifier names, as ``act_standing`` says; a package passes when all of it is whole and a person listed
there signed that nothing is missing, with a key that was not cut off.
"""

from __future__ import annotations

from dataclasses import replace

from intake.domain.acts.envelope import Act
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence
from intake.records.proof.verdict import Indication, RecordVerdict
from intake.services.organisation.unread_rosters import roster_unread
from intake.services.proving.act_standing import ActStanding, Worth, standing
from intake.services.proving.anchors import Anchor
from intake.services.proving.judged import (
    DO_NOT_RELY,
    GIVE_ANCHOR,
    NOBODY_TRUSTED,
    NOTHING_TO_DO,
    FileSort,
    Judged,
    Result,
)
from intake.services.proving.organisation_standing import package_signer
from intake.services.proving.reading import PackageRead
from intake.trust.acts import verify_act

_GIVE_CASE = Sentence(
    "GiveActsItBelongsTo",
    "Give the acts it belongs to with it: fetch from the exchange, or judge it with --acts, then check it again.",
)
_KEY_MATCHES = Sentence("ActMatchesKey", "Its signature matches the key of its certificate.")
_ONE_FORM = Sentence("ActInOneForm", "Its content has the one exact form of an act.")


def of_verdict(found: RecordVerdict) -> Judged:
    """The verdict on a record in the words that all sorts share."""
    return Judged(
        FileSort.RECORD,
        _RESULTS[found.indication],
        found.sub_indication.value if found.sub_indication else "",
        found.said,
        found.step,
        found.sha256,
        found.organisation,
        found.policy,
        found.signatures,
        found.holds,
        found.unseen,
        stands=found.stands,
    )


def of_act(act: Act, sha256: str, anchor: Anchor) -> Judged:
    """The verdict on an act whose signature holds; ``sha256`` is that of its file."""
    if anchor.org:
        found = standing(act, anchor)
    else:
        found = ActStanding(Worth.OPEN, NOBODY_TRUSTED(), GIVE_ANCHOR())
    result = _WORTHS[found.worth]
    after = {Result.PASSED: NOTHING_TO_DO, Result.FAILED: DO_NOT_RELY}.get(result, _GIVE_CASE)
    return Judged(
        FileSort.ACT,
        result,
        "",
        found.said,
        found.step or after(),
        sha256,
        act.org,
        holds=(_KEY_MATCHES(), _ONE_FORM()),
        unseen=found.unseen,
        standing=found.worth.value,
    )


def of_package(read: PackageRead, anchor: Anchor) -> Judged:
    """The verdict on a package that is whole.

    The chain of rosters proves itself by the organisation's id, so what goes on with the verifier's own may come from
    the package.
    """
    whole = read.judged
    if not anchor.org:
        return whole
    acts = [act for blob in read.rosters if (act := _act(blob))]
    knowing = anchor.including(*acts, files=read.files)
    found = package_signer(read.signer, knowing)
    judged = whole.saying(_WORTHS[found.worth], found.said, found.step or NOTHING_TO_DO())
    newer = roster_unread(knowing.rosters)
    return replace(judged, standing=found.worth.value, unseen=(newer.given,) if newer else ())


def judged_by_importing(judged: Judged, *, refused: int) -> Result:
    """The answer on a file that was imported: as ``verify`` gives it, and failed when anything of it was refused then.

    So ``import`` never says yes to a file where ``verify`` says no.
    """
    return Result.FAILED if refused else judged.result


def _act(blob: bytes) -> Act | None:
    try:
        return verify_act(blob).act
    except Refusal:
        return None


_RESULTS = {
    Indication.PASSED: Result.PASSED,
    Indication.FAILED: Result.FAILED,
    Indication.INDETERMINATE: Result.INDETERMINATE,
}
_WORTHS = {
    Worth.COUNTS: Result.PASSED,
    # As the record of a decision that was replaced: genuine, and what is in force now is said beside it.
    Worth.ENDED: Result.PASSED,
    Worth.NOTHING: Result.FAILED,
    Worth.OPEN: Result.INDETERMINATE,
}
