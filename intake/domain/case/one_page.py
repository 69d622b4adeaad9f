"""The decision on one page, as rows: what it is, for whom, its limits, what it brings and risks, what each office says.

The summary of a review, the page of the use case and the signing sheet draw these rows. A row holds codes and facts and what
people wrote; ``said`` puts it into words. Nothing is shortened here: who draws decides what scrolls or folds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.visible import told_apart
from intake.domain.base.wording import Caption, Sentence, Wording, enumerated, on_day, worded, words
from intake.domain.base.words import short
from intake.domain.case.carrying import Tracked
from intake.domain.case.filed import Revision
from intake.domain.case.positions import OfficePosition
from intake.domain.playbook.answer_checks import in_words
from intake.domain.playbook.answers import Answers
from intake.domain.playbook.judged import TierPath
from intake.domain.playbook.questions import QuestionRole
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.boundaries import Boundaries, Boundary
from intake.domain.terms.in_lines import (
    apart,
    changes,
    condition_line,
    fields_of,
    fits_in_line,
    in_line,
    stage_named,
    waiver_line,
)
from intake.domain.terms.terms import Stage, Terms


class RowTopic(StrEnum):
    """What a row is about."""

    CASE = "case"
    AGAINST_OTHER = "against-other"
    AGAINST_OWN = "against-own"
    AGAINST_ASKED = "against-asked"
    GRANTED = "granted"
    BOUNDARIES = "boundaries"
    CONDITIONS = "conditions"
    WHAT = "what"
    VALUE = "value"
    RISK = "risk"
    OFFICES = "offices"
    OPEN = "open"
    DIGESTS = "digests"

    @property
    def heading(self) -> str:
        """What the rows of this topic are headed with, in words."""
        return words(_TITLES[self]())


_TITLES = worded(
    Caption,
    {
        RowTopic.CASE: ("TopicCase", "What is decided, and for whom"),
        RowTopic.AGAINST_OTHER: ("TopicAgainstOther", "Compared with what the other office signed"),
        RowTopic.AGAINST_OWN: ("TopicAgainstOwn", "Compared with what your office signed before"),
        RowTopic.AGAINST_ASKED: ("TopicAgainstAsked", "Compared with what was asked for"),
        RowTopic.GRANTED: ("TopicGranted", "Judged as asked, and as granted"),
        RowTopic.BOUNDARIES: ("TopicBoundaries", "The four boundaries"),
        RowTopic.CONDITIONS: ("TopicConditions", "Conditions"),
        RowTopic.WHAT: ("TopicWhat", "What it is"),
        RowTopic.VALUE: ("TopicValue", "Value"),
        RowTopic.RISK: ("TopicRisk", "Risk"),
        RowTopic.OFFICES: ("TopicOffices", "What the offices say"),
        RowTopic.OPEN: ("TopicOpen", "Open points"),
        RowTopic.DIGESTS: ("TopicDigests", "The record"),
    },
)


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """``key`` says which row of its topic it is, such as ``data_access`` or ``cio``; rows of one list share it.

    ``label`` and ``value`` are facts to say. ``is_digest``: the value is a whole digest, to be shown short.
    """

    topic: RowTopic
    key: str
    label: Fact
    value: Fact
    is_digest: bool = False


@dataclass(frozen=True, slots=True)
class UnsettledPoint:
    """A question answered “I don’t know” with who will know, or one for evidence that is ``expected`` and not there."""

    question: str
    ask: str
    expected: bool


@dataclass(frozen=True, slots=True)
class DecisionBasis:
    """What the page is made of. ``terms`` are those it shows the limits of, None for a page without.

    ``path`` and ``drivers`` (what raises the tier, in the words of the playbook) are missing where this program makes no
    assessment, ``playbook`` and ``answers`` where the playbook of the revision is not here. ``names`` are people by id.
    ``unfiled`` tells why the guide would never have filed the revision, so that its tier says nothing.
    ``positions`` has both offices, None for one that has said nothing. ``barred`` are offices that the owner holds and cannot
    act in, as somebody else filed this in their name. ``commitments`` are what both offices had agreed on before.
    """

    reference: str
    revision: Revision
    names: Mapping[str, str]
    terms: Terms | None
    positions: Mapping[Office, OfficePosition | None]
    playbook: Playbook | None = None
    answers: Answers | None = None
    path: TierPath | None = None
    unfiled: Reason | None = None
    drivers: tuple[str, ...] = ()
    open_points: tuple[UnsettledPoint, ...] = ()
    barred: tuple[Office, ...] = ()
    commitments: tuple[Tracked, ...] = ()


_USE_CASE = Caption("LineUseCase", "Use case")
_FOR = Caption("LineForWhom", "For")
_OWNER_OF = Caption("OwnerOfUnit", "{owner}, {unit}")
_FILED_BY = Caption("LineFiledBy", "Filed by")
_IN_NAME = Caption("FiledInNameOf", "{author}, in the name of {owner}, who did not sign it")
_FORMER = Caption("FiledByFormerOwner", "{author}, whose use case it was then")
_OF_NOBODY = Caption("OwnedByNobody", "nobody at present")
_BARRED = Caption("LineOwnerBarred", "Cannot decide")
_AS_OWNER = Caption("OwnerBarredFrom", "{owner} ({office}), as this names them as the owner")
_REVISION = Caption("LineRevision", "Revision")
_ASKED = Caption("LineStageAsked", "Stage asked for")
_TIER = Caption("LineTier", "Tier")
_TIER_SAID = Caption("TierAndLane", "{tier} ({lane})")
_NOT_ASSESSED = Caption("NotAssessedHere", "Not assessed by this version")
_NO_TIER = Caption("NoTierAsFiled", "None, as this revision cannot be approved: {reason}")
_PURPOSE = Caption("LinePurpose", "What it is for")
_MODEL = Caption("LineModel", "Model and provider")
_DATA = Caption("LineData", "Data")
_USERS = Caption("LineUsers", "Users")
_ASKED_FOR = Caption("LineAskedFor", "Asked for")
_NOTHING_SAID = Caption("NothingSaid", "Nothing is said about it")
_PROBLEM = Caption("LineProblem", "What is not good enough today")
_BENEFIT = Caption("LineBenefit", "What it brings")
_PEOPLE = Caption("LinePeople", "Who is touched")
_INFLUENCE = Caption("LineInfluence", "What it decides or influences")
_WHY_TIER = Caption("LineWhyTier", "What drives it")
_NO_CONDITIONS = Caption("NoConditions", "None")
_CONDITION = Caption("LineCondition", "Condition")
_COMMITMENTS = Caption("LineCommitments", "Commitments before")
_COMMITTED = Caption("CommitmentsSettled", "{done} of {count} confirmed or given up")
_STILL_OPEN = Caption("CommitmentsOpen", "{settled}; open: {open}")
_CONDITIONS_LINE = Caption("LineConditions", "Conditions")
_WAIVED = Caption("LineWaived", "Waived")
_FROM = Caption("LineFrom", "From")
_UNTIL = Caption("LineUntil", "Until")
_STAGE = Caption("LineStageGranted", "Stage granted")
_OFFICE_BY = Caption("OfficeAndHolder", "{office} · {holder}")
_REASON_OF = Caption("LineReasonOf", "Reason of the {office}")
_SILENT = Wording("PositionNone", "has not said anything yet")
_APPROVES = Wording("PositionSaidApprove", "approves on terms")
_APPROVES_NEWER = Wording("PositionSaidNewer", "approves on boundaries of a newer version, which permit nothing here")
_ASKS = Wording("PositionSaidChanges", "asks for changes")
_DECLINES = Wording("PositionSaidDecline", "declines")
_POSITION_SAID = Caption("PositionGivenOn", "{position} · given on revision {number} · {day}")
_OUTDATED_SAID = Caption("PositionOutdated", "{position} · given on revision {number}, which is outdated · {day}")
_WILL_KNOW = Caption("OpenPointAsk", "Not known; {ask} will know")
_UNKNOWN = Caption("OpenPointUnknown", "Not known")
_EXPECTED = Caption("OpenPointExpected", "Not attached yet")
_SAME_AS_OTHER = Sentence("SameAsOther", "The very same terms.")
_AS_ASKED = Sentence("SameAsAsked", "Nothing is changed.")
_OTHER_SILENT = Sentence("OtherOfficeSilent", "The {office} has signed no terms on this revision.")
_SHOWN = {
    Position.APPROVE: _APPROVES,
    Position.CHANGES: _ASKS,
    Position.DECLINE: _DECLINES,
}
_DATA_FIELDS = ("data_access.highest_class", "data_access.categories", "data_access.personal_data")
_USER_FIELDS = ("user_permissions.max_users", "user_permissions.groups")


def decision_rows(basis: DecisionBasis) -> tuple[DecisionRow, ...]:
    """Every row of the page, in its order."""
    return (
        *_case_rows(basis),
        *(limit_rows(basis.terms, basis.names) if basis.terms else ()),
        *_commitment_rows(basis.commitments),
        *_what_rows(basis),
        *_value_rows(basis),
        *_risk_rows(basis),
        *_office_rows(basis),
        *_open_rows(basis),
    )


def limit_rows(terms: Terms, names: Mapping[str, str]) -> tuple[DecisionRow, ...]:
    """What is waived, stage, first and last day, the four boundaries in four lines, and every condition with person and date."""
    conditions = tuple(
        DecisionRow(RowTopic.CONDITIONS, "condition", _CONDITION(), condition_line(item, names))
        for item in terms.conditions
    )
    return (
        *(DecisionRow(RowTopic.BOUNDARIES, "waiver", _WAIVED(), waiver_line(item, names)) for item in terms.waivers),
        DecisionRow(RowTopic.BOUNDARIES, "stage", _STAGE(), stage_named(terms.stage)),
        DecisionRow(RowTopic.BOUNDARIES, "from", _FROM(), on_day(terms.begins)),
        DecisionRow(RowTopic.BOUNDARIES, "until", _UNTIL(), on_day(terms.expires)),
        *boundary_rows(terms.boundaries),
        *(conditions or (DecisionRow(RowTopic.CONDITIONS, "none", _CONDITIONS_LINE(), _NO_CONDITIONS()),)),
    )


def _commitment_rows(commitments: tuple[Tracked, ...]) -> Iterator[DecisionRow]:
    """How far what both had agreed on is met, and the conditions and duties with a day that are not."""
    if commitments:
        settled = _COMMITTED(done=sum(not item.open for item in commitments), count=len(commitments))
        due = [item.commitment.text for item in commitments if item.open and item.commitment.due]
        value = _STILL_OPEN(settled=settled, open=enumerated(due)) if due else settled
        yield DecisionRow(RowTopic.CONDITIONS, "commitments", _COMMITMENTS(), value)


def boundary_rows(limits: Boundaries) -> tuple[DecisionRow, ...]:
    """The four boundaries in four lines."""
    return tuple(
        row
        for boundary in Boundary
        for row in _line_rows(RowTopic.BOUNDARIES, boundary.value, boundary.named, fields_of(limits, boundary))
    )


def against_other(
    given: Terms, theirs: Terms | None, other: Office, names: Mapping[str, str], reason: str = ""
) -> tuple[DecisionRow, ...]:
    """Where ``given`` parts from what the other office signed on this revision; one row says that nothing does. Then why it
    signed that, in its own words, where it gave a ``reason``.
    """
    if theirs is None:
        return (DecisionRow(RowTopic.AGAINST_OTHER, "silent", other.label, _OTHER_SILENT(office=other.label)),)
    found = _changed(RowTopic.AGAINST_OTHER, theirs, given, names) or (
        DecisionRow(RowTopic.AGAINST_OTHER, "same", other.label, _SAME_AS_OTHER()),
    )
    why = DecisionRow(RowTopic.AGAINST_OTHER, "reason", _REASON_OF(office=other.label), reason)
    return (*found, why) if reason else found


def against_own(given: Terms, before: Terms | None, names: Mapping[str, str]) -> tuple[DecisionRow, ...]:
    """Where ``given`` parts from what the same office signed on this revision before; nothing where it does not."""
    return _changed(RowTopic.AGAINST_OWN, before, given, names) if before is not None else ()


def against_asked(given: Terms, stage: Stage, limits: Boundaries) -> tuple[DecisionRow, ...]:
    """Where ``given`` parts from the stage asked for and the ``limits`` that follow from the answers.

    Nobody asks for a last day or a condition: those are told for themselves.
    """
    asked = replace(given, stage=stage, boundaries=limits.moved_to(given.boundaries.table))
    return _changed(RowTopic.AGAINST_ASKED, asked, given, {}) or (
        DecisionRow(RowTopic.AGAINST_ASKED, "same", _ASKED_FOR(), _AS_ASKED()),
    )


def digest_rows(*pairs: tuple[Reason, str]) -> tuple[DecisionRow, ...]:
    """The digests a signature covers, for the end of a sheet."""
    return tuple(
        DecisionRow(RowTopic.DIGESTS, label.code, label, digest, is_digest=True) for label, digest in pairs if digest
    )


def _changed(topic: RowTopic, before: Terms, now: Terms, names: Mapping[str, str]) -> tuple[DecisionRow, ...]:
    return tuple(DecisionRow(topic, item.path, item.label, item.said) for item in changes(before, now, names))


def _case_rows(basis: DecisionBasis) -> Iterator[DecisionRow]:
    body = basis.revision.body
    owner = basis.names.get(body.owner, body.owner)
    # Of a revision that names somebody who cannot be its owner the name is shown as it was filed, beside why that cannot be.
    answers = body.owner if basis.revision.misnamed else basis.revision.owner
    whose: Fact = basis.names.get(answers, answers) if answers else _OF_NOBODY()
    yield DecisionRow(RowTopic.CASE, "title", _USE_CASE(), f"{basis.reference} {body.title}")
    yield DecisionRow(RowTopic.CASE, "for", _FOR(), _OWNER_OF(owner=whose, unit=body.unit) if body.unit else whose)
    author = basis.names.get(basis.revision.author, basis.revision.author)
    if basis.revision.author != body.owner:
        yield DecisionRow(RowTopic.CASE, "filed", _FILED_BY(), _IN_NAME(author=author, owner=owner))
    elif answers != body.owner:
        yield DecisionRow(RowTopic.CASE, "filed", _FILED_BY(), _FORMER(author=author))
    for office in basis.barred:
        yield DecisionRow(RowTopic.CASE, "barred", _BARRED(), _AS_OWNER(owner=owner, office=office.label))
    yield DecisionRow(RowTopic.CASE, "revision", _REVISION(), f"{basis.revision.number} ({short(basis.revision.id)})")
    yield DecisionRow(RowTopic.CASE, "asked", _ASKED(), stage_named(body.stage))


def _what_rows(basis: DecisionBasis) -> Iterator[DecisionRow]:
    if basis.playbook is None or basis.answers is None:
        return
    yield DecisionRow(
        RowTopic.WHAT, "purpose", _PURPOSE(), _by_role(basis, QuestionRole.INTENDED_USE) or _NOTHING_SAID()
    )
    roles = (QuestionRole.MODEL, QuestionRole.VERSION, QuestionRole.PROVIDER)
    asking = {item.boundary: item.id for item in basis.playbook.questions}
    for key, label, questions in (
        ("model", _MODEL(), [basis.playbook.role(role) for role in roles]),
        ("data", _DATA(), [asking.get(path, "") for path in _DATA_FIELDS]),
        ("users", _USERS(), [asking.get(path, "") for path in _USER_FIELDS]),
    ):
        given = [(basis.playbook.question(name).label, text) for name in questions if (text := _answered(basis, name))]
        yield from _line_rows(RowTopic.WHAT, key, label, given)


def _line_rows(topic: RowTopic, key: str, label: Reason, pairs: Sequence[tuple[Fact, Fact]]) -> Iterator[DecisionRow]:
    """One line of named values; a value that could be taken for the end of one field and another has a row alone."""
    line = in_line([pair for pair in pairs if fits_in_line(pair[1])])
    if line or not pairs:
        yield DecisionRow(topic, key, label, line or _NOTHING_SAID())
    for name, value in pairs:
        if not fits_in_line(value):
            yield DecisionRow(topic, key, apart(label, name), value)


def _value_rows(basis: DecisionBasis) -> Iterator[DecisionRow]:
    for role, label in (
        (QuestionRole.PROBLEM, _PROBLEM()),
        (QuestionRole.BENEFIT, _BENEFIT()),
        (QuestionRole.PEOPLE, _PEOPLE()),
        (QuestionRole.INFLUENCE, _INFLUENCE()),
    ):
        value = _by_role(basis, role)
        if value:
            yield DecisionRow(RowTopic.VALUE, role.value, label, value)


def _risk_rows(basis: DecisionBasis) -> Iterator[DecisionRow]:
    path = basis.path
    tier: Fact = _TIER_SAID(tier=path.label, lane=path.lane_label) if path else _NOT_ASSESSED()
    if basis.unfiled:
        tier = _NO_TIER(reason=basis.unfiled)
    yield DecisionRow(RowTopic.RISK, "tier", _TIER(), tier)
    for driver in basis.drivers:
        yield DecisionRow(RowTopic.RISK, "driver", _WHY_TIER(), driver)


def _office_rows(basis: DecisionBasis) -> Iterator[DecisionRow]:
    for office in Office:
        held = basis.positions.get(office)
        if held is None:
            yield DecisionRow(RowTopic.OFFICES, office.value, office.label, _SILENT())
            continue
        holder = basis.names.get(held.person, held.person)
        yield DecisionRow(
            RowTopic.OFFICES, office.value, _OFFICE_BY(office=office.label, holder=holder), position_said(held)
        )
        if held.reason:
            yield DecisionRow(RowTopic.OFFICES, f"{office.value} reason", _REASON_OF(office=office.label), held.reason)


def position_said(held: OfficePosition) -> Reason:
    """What an office says, on which revision, and when."""
    position = _APPROVES_NEWER() if held.newer is not None else _SHOWN[held.position]()
    said = _OUTDATED_SAID if held.outdated else _POSITION_SAID
    return said(position=position, number=held.given_on or "?", day=on_day(held.day))


def _open_rows(basis: DecisionBasis) -> Iterator[DecisionRow]:
    for point in basis.open_points:
        label = basis.playbook.question(point.question).label if basis.playbook else point.question
        value = _EXPECTED() if point.expected else _WILL_KNOW(ask=point.ask) if point.ask else _UNKNOWN()
        yield DecisionRow(RowTopic.OPEN, point.question, label, value)


def _by_role(basis: DecisionBasis, role: QuestionRole) -> Fact:
    return _answered(basis, basis.playbook.role(role)) if basis.playbook else ""


def _answered(basis: DecisionBasis, question: str) -> str:
    if basis.playbook is None or basis.answers is None or question not in basis.answers:
        return ""
    lines = in_words(basis.playbook.question(question), basis.answers[question]).split("\n")
    # Entries that could be taken for others have a row alone, one below the other.
    return (", " if told_apart(lines) else "\n").join(lines)
