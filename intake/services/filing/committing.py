"""Reporting that a commitment is met, confirming that, and sending it back: what is signed, and by whom (rule R14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds import CONFIRM, REPORT, RETURN
from intake.domain.acts.kinds.confirm import ConfirmBody
from intake.domain.acts.kinds.forms import MAX_ENTRIES
from intake.domain.acts.kinds.report import ReportBody
from intake.domain.acts.kinds.send_back import ReturnBody
from intake.domain.base.refusals import Refusal
from intake.domain.case.allowed import allowed
from intake.domain.case.answering import against_confirming, against_report, against_return
from intake.domain.case.carrying import Tracked
from intake.domain.case.fold import CaseState
from intake.domain.case.naming import shown
from intake.domain.case.writing import REPORTED, RETURNED
from intake.services.deciding.reasons import given_reason
from intake.services.deciding.unsigned import signed_words
from intake.services.filing.evidence import judge
from intake.services.installation.act_writer import ActWriter, require_unmoved
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation.unread_rosters import require_rosters_read

ID_SHOWN = 12
"""Characters of the id of a commitment that a line of text shows: enough to name one of a use case."""


class NoSuchCommitment(Refusal):
    what = "“{name}” is no commitment of this use case."
    why = "Each commitment has an id, made from its words, so that a report is about exactly one."
    next = "Look at the use case for its commitments, or list them with: countersign commitments."


class CommitmentsAlike(Refusal):
    what = "“{name}” is the beginning of more than one id."
    why = "A report or a confirmation is about exactly one commitment."
    next = "Give more characters of the id."


class TooMuchEvidence(Refusal):
    what = "{count} files are too many for one report: at most {limit} are possible."
    why = "An act has a fixed largest size, so that every office can receive it."
    next = "Join files, or report again with the rest once it was answered."


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file that shows what is reported, as somebody chose it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class CommitmentSaid:
    """The act that was signed, and the commitment as it is since."""

    act: str
    now: Tracked


def find(state: CaseState, name: str) -> Tracked:
    """A commitment by its id, or by the beginning of it. Raises NoSuchCommitment or CommitmentsAlike."""
    found = [item for item in state.commitments if name and item.commitment.id.startswith(name.lower())]
    if not found:
        raise NoSuchCommitment(name=name)
    if len(found) > 1:
        raise CommitmentsAlike(name=name)
    return found[0]


def require_reporting(installation: Installation, person: str, case: str, name: str) -> tuple[CaseState, Tracked]:
    """The state and the commitment that this person may report. Raises NotYoursToReport, CommitmentSettled or what ``find`` does."""
    state = installation.state(case)
    item = find(state, name)
    if against := against_report(state, installation.rosters, person, item):
        raise against
    return state, item


def require_answering(
    installation: Installation, person: str, case: str, name: str, *, confirming: bool
) -> tuple[CaseState, Tracked]:
    """The same for an office that confirms a report or sends it back. Raises a refusal of ``answering`` or what ``find`` does."""
    state = installation.state(case)
    item = find(state, name)
    may = allowed(state, installation.rosters, person)
    against = against_confirming(state, may, person, item) if confirming else against_return(may, item)
    if against:
        raise against
    return state, item


def report(
    installation: Installation,
    signer: PersonWithKey,
    case: str,
    name: str,
    text: str,
    files: Sequence[ReportFile] = (),
    *,
    seen: tuple[str, ...] | None = None,
) -> CommitmentSaid:
    """Report that a commitment is met. ``seen`` is what was ``shown`` of the case.

    Raises what ``require_reporting`` does, ReasonMissing without words, TooMuchEvidence or what ``evidence.judge`` raises of a
    file, CaseMoved, or a refusal of the right.
    """
    state, item = require_reporting(installation, signer.person, case, name)
    text = given_reason(text)
    if len(files) > MAX_ENTRIES:
        raise TooMuchEvidence(count=len(files), limit=MAX_ENTRIES)
    writer = ActWriter(installation, signer)
    attached = tuple(_attached(writer, file) for file in files)
    require_unmoved(state, seen)
    body = ReportBody(item.commitment.id, text, attached)
    made = writer.write(REPORT, body, case=case, seen=shown(state))
    writer.store(signed=signed_words(installation, signer.person, case, text, (f"{REPORTED}{item.commitment.id}",)))
    return _since(installation, made.act.id, case, item)


def confirm(
    installation: Installation, signer: PersonWithKey, case: str, name: str, *, seen: tuple[str, ...] | None = None
) -> CommitmentSaid:
    """Confirm that a commitment is met, by its newest report. Raises what ``require_answering`` does, or CaseMoved."""
    state, item = require_answering(installation, signer.person, case, name, confirming=True)
    office = allowed(state, installation.rosters, signer.person).office
    assert office is not None  # nobody else answers
    require_unmoved(state, seen)
    writer = ActWriter(installation, signer)
    body = ConfirmBody(office, item.commitment.id, item.reports[-1])
    made = writer.write(CONFIRM, body, case=case, seen=shown(state))
    writer.store(lambda: require_rosters_read(installation.rosters))
    return _since(installation, made.act.id, case, item)


def send_back(
    installation: Installation,
    signer: PersonWithKey,
    case: str,
    name: str,
    reason: str,
    *,
    seen: tuple[str, ...] | None = None,
) -> CommitmentSaid:
    """Send the newest report on a commitment back. Raises what ``require_answering`` does, ReasonMissing or CaseMoved."""
    state, item = require_answering(installation, signer.person, case, name, confirming=False)
    office = allowed(state, installation.rosters, signer.person).office
    assert office is not None  # nobody else answers
    reason = given_reason(reason)
    require_unmoved(state, seen)
    writer = ActWriter(installation, signer)
    body = ReturnBody(office, item.commitment.id, item.reports[-1], reason)
    made = writer.write(RETURN, body, case=case, seen=shown(state))
    writer.store(signed=signed_words(installation, signer.person, case, reason, (f"{RETURNED}{item.commitment.id}",)))
    return _since(installation, made.act.id, case, item)


def _attached(writer: ActWriter, file: ReportFile) -> Attachment:
    name, media_type = judge(file.name, file.data)
    return writer.attach(file.data, name, media_type)


def _since(installation: Installation, act: str, case: str, item: Tracked) -> CommitmentSaid:
    return CommitmentSaid(act, find(installation.folded(case), item.commitment.id))
