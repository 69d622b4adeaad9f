"""What no approval may grant, whoever signs it (rule R10): what was not judged so, what is prohibited, and for too long.

It follows from signed bytes alone: the revision, the terms, and the playbook with its engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from intake.domain.assessment.assessment import Assessment
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording, enumerated
from intake.domain.terms.terms import Stage, Terms
from intake.domain.terms.tier import Tier

JUDGED_OTHERWISE = Wording(
    "GrantJudgedOtherwise", "its assessment is not what the playbook makes of this revision on these terms"
)
_PROHIBITED = Wording("GrantProhibited", "what it grants is prohibited")
_NO_PAPERS = Wording(
    "GrantWithoutPapers", "it grants scaled use without evidence that is expected, and does not waive it: {questions}"
)
_TOO_LONG = Wording("GrantTooLong", "it holds for {days} days, and as “{tier}” the playbook allows {limit} at most")
_NO_LABELS: Mapping[str, str] = MappingProxyType({})


def against_limits(on_terms: Assessment, given: Terms, labels: Mapping[str, str] = _NO_LABELS) -> Reason | None:
    """Why nobody can approve these terms, by their assessment; None when both offices can. ``labels`` are what questions are
    called, by id.
    """
    if on_terms.tier is Tier.PROHIBITED:
        return _PROHIBITED()
    if missing := evidence_missing(on_terms, given):
        return _NO_PAPERS(questions=enumerated([labels.get(name, name) for name in missing]))
    limit = on_terms.path.valid_days
    if given.days > limit:
        return _TOO_LONG(days=given.days, tier=on_terms.path.label, limit=limit)
    return None


def evidence_missing(on_terms: Assessment, given: Terms) -> tuple[str, ...]:
    """The questions whose evidence is expected for scaled use, and neither there nor waived by these terms (rule R13)."""
    if given.stage is not Stage.SCALED:
        return ()
    waived = {item.question for item in given.waivers}
    return tuple(name for name in on_terms.expected if name not in waived)


def against_granting(
    on_terms: Assessment, given: Terms, signed: str, labels: Mapping[str, str] = _NO_LABELS
) -> Reason | None:
    """Why an approval cannot count that names ``signed`` (a digest) as the assessment of these terms."""
    return against_limits(on_terms, given, labels) or (JUDGED_OTHERWISE() if on_terms.digest != signed else None)
