"""Filing a use case: drafts that keep every answer as it is given, and the signed revision that comes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds import REVISION, WITHDRAW
from intake.domain.acts.kinds.forms import MAX_LINE
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.acts.kinds.withdraw import WithdrawBody
from intake.domain.assessment.assessment import Assessment
from intake.domain.assessment.engines import Engine, NotAssessed
from intake.domain.base.canonical import clean, sha256
from intake.domain.base.refusals import Refusal
from intake.domain.case.fold import CaseState
from intake.domain.case.naming import shown
from intake.domain.case.phases import Phase
from intake.domain.case.summary import reference
from intake.domain.guide.guide import Guide, Step, new_questions, started_from
from intake.domain.organisation import roster
from intake.domain.playbook import answers as said
from intake.domain.playbook.answer_checks import Typed
from intake.domain.playbook.answers import Answer, Answers
from intake.domain.playbook.questions import Question, Role
from intake.domain.playbook.reading.playbook import to_blob
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.terms import Stage
from intake.records.case_file import Matter
from intake.records.content import SignatureField
from intake.records.signatures.sign import sign_record
from intake.register.store.drafts import Draft, DraftRow
from intake.services.filing import evidence
from intake.services.filing.evidence import MAX_FILE as MAX_FILE  # noqa: PLC0414 - screens know these by this door
from intake.services.filing.evidence import EmptyFile as EmptyFile  # noqa: PLC0414
from intake.services.filing.evidence import FileTooLarge as FileTooLarge  # noqa: PLC0414
from intake.services.filing.evidence import Taken
from intake.services.installation.act_writer import Pen
from intake.services.installation.installation import Desk, Signer
from intake.services.installation.templates import NoSuchTemplate, suited


class NotYours(Refusal):
    what = "You cannot change this use case."
    why = "Only its owner, whoever submitted it or a rostered successor files or withdraws it."
    next = "Ask the owner named on the case page, or leave a comment."


class AlreadyWithdrawn(Refusal):
    what = "This use case was withdrawn already."
    why = "One withdrawal ends it."
    next = "File it again if the business wants it after all."


class DraftMoved(Refusal):
    what = "This draft was changed while it was being signed."
    why = "What is filed is what you have read; another window or command has written to it meanwhile."
    next = "Read it again, then file it. Nothing was stored, and every answer is kept."


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as the guide shows it, assessed by ``engine`` while it changes.

    ``newer`` are questions a newer playbook asks beside those of this draft.
    """

    row: DraftRow
    guide: Guide
    engine: Engine
    assessment: Assessment
    saved: datetime
    newer: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Filed:
    """What the confirmation page shows."""

    case: str
    revision: str
    number: int
    reference: str
    title: str
    tier: str
    lane: str
    days: int
    turn: tuple[str, ...]


def start(desk: Desk, person: str, *, case: str = "") -> str:
    """A new draft, empty or (for a filed case) with the answers of its newest revision; gives the draft's id.

    Raises EngineNotHere, as all that begin a draft do, when this program cannot judge by any accepted playbook.
    """
    playbook = _in_use(desk)
    if not case:
        return desk.register.drafts.begin(person=person, playbook=playbook.digest)
    state = desk.state(case)
    _own(desk, state, person)
    current = state.current
    assert current is not None  # desk.state refuses a case without one
    return _begin_with(desk, person, case, said.from_json(current.body.answers))


def start_from(desk: Desk, person: str, case: str) -> str:
    """A draft for another use case, begun with the answers of an earlier one, each to be checked."""
    state = desk.state(case)
    current = state.current
    assert current is not None  # desk.state refuses a case without one
    return start_with(desk, person, said.from_json(current.body.answers))


def start_from_template(desk: Desk, person: str, template: str) -> str:
    """A draft begun with the answers of a template, each to be checked. Raises NoSuchTemplate."""
    found = next((item for item in desk.templates if item.id == template), None)
    if found is None:
        raise NoSuchTemplate(name=template)
    return start_with(desk, person, suited(desk.shelf.current, found))


def start_with(desk: Desk, person: str, given: Answers) -> str:
    """A draft for a new use case, begun with answers from elsewhere; gives its id.

    Each is marked “check this”; files, and what the current playbook does not ask for, are left out.
    """
    playbook = _in_use(desk)
    carried = started_from(playbook, given).answers
    return desk.register.drafts.begin(
        person=person,
        playbook=playbook.digest,
        title=_said(playbook, carried, Role.TITLE)[:MAX_LINE],
        answers={name: answer.as_json() for name, answer in carried.items() if not answer.files},
    )


def view(desk: Desk, draft: str) -> DraftView:
    """The draft with the playbook it was made with. Raises NoSuchDraft, PlaybookMissing or EngineNotHere."""
    found = desk.register.drafts.get(draft)
    playbook = desk.playbook(found.row.playbook)
    guide, engine = Guide(playbook, _answers(found)), desk.engine(playbook.digest)
    newer = new_questions(playbook, desk.shelf.current) if playbook.digest != desk.shelf.current.digest else ()
    return DraftView(found.row, guide, engine, engine.judge(playbook, guide.known), found.row.changed, newer)


def put(desk: Desk, draft: str, question: str, given: Typed | Answer) -> DraftView:
    """Keep one answer as typed, right or wrong, durably. Taking an answer back is to give None."""
    before = view(desk, draft)
    after = before.guide.put(question, given)
    _store(desk, draft, before.guide, after)
    return view(desk, draft)


def accept(desk: Desk, draft: str, page: str, given: Mapping[str, Typed | Answer]) -> Step:
    """Take a page: everything typed is kept, and the step says what is wrong and where to go."""
    before = view(desk, draft)
    step = before.guide.accept(page, given)
    _store(desk, draft, before.guide, step.guide)
    return step


def attach(desk: Desk, draft: str, question: str, name: str, media_type: str, data: bytes) -> Taken:  # noqa: ARG001
    """Attach a file to an answer; says where the same file is already. Raises what ``evidence.judge`` raises.

    What kind of file it is follows from its content; the ``media_type`` others give it decides nothing.
    """
    shown, found = evidence.judge(name, data)
    before = desk.register.drafts.get(draft)
    twins = evidence.duplicates(desk, before, desk.playbook(before.row.playbook), data)
    return Taken(keep_file(desk, draft, question, shown, found, data), twins)


def keep_file(desk: Desk, draft: str, question: str, name: str, media_type: str, data: bytes) -> Attachment:
    """Attach a file that was judged already, under the media type it was judged to have."""
    made = desk.register.drafts.attach(draft, question, name, media_type, data)
    _refresh_files(desk, draft, question)
    return made


def detach(desk: Desk, draft: str, question: str, sha256: str) -> None:
    desk.register.drafts.detach(draft, question, sha256)
    _refresh_files(desk, draft, question)


def use_newer_playbook(desk: Desk, draft: str) -> DraftView:
    """Go on with the newest playbook; answers it does not ask for stay in the draft."""
    desk.register.drafts.use_playbook(draft, _in_use(desk).digest)
    return view(desk, draft)


def file(desk: Desk, signer: Signer, draft: str) -> Filed:
    """Sign the draft as a revision and store it; the draft is gone then.

    Raises NotReadyToFile, StoppedByScreening, TooManyAttachments, AnswersTooLong, NotYours or NotListed; the draft stays.
    NoSuchDraft, DraftMoved or CaseMoved when another program filed it, or changed it or its case, meanwhile.
    """
    found = desk.register.drafts.get(draft)
    here = view(desk, draft)
    answers = here.guide.filed()
    playbook = here.guide.playbook
    case = found.row.case
    revises: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    owner = signer.person
    if case:
        state = desk.state(case)
        _own(desk, state, signer.person)
        revises, seen = tuple(sorted(state.heads)), shown(state)
        owner = state.current.body.owner if state.current else owner
    pen = Pen(desk, signer)
    attachments = [
        pen.attach(desk.register.drafts.file(draft, item.sha256), item.name, item.media_type)
        for item in answers.attachments
    ]
    body = RevisionBody(
        revises=revises,
        title=_title(playbook, answers),
        unit=_worded(playbook, answers, Role.UNIT),
        owner=owner,
        stage=Stage(_said(playbook, answers, Role.STAGE)),
        answers=answers.as_json(),
        playbook=playbook.digest,
        attachments=tuple(attachments),
    )
    made = pen.write(REVISION, body, case=case, seen=seen)

    def unchanged() -> None:
        if desk.register.drafts.get(draft) != found:
            raise DraftMoved

    pen.store(unchanged, draft=draft)
    return _filed(desk, made.act.case_id, made.act.id, here.assessment)


def withdraw(desk: Desk, signer: Signer, case: str, reason: str) -> str:
    """End a use case, with a record its withdrawer signs where this program can assess it. Gives the act id.

    Raises NotYours, AlreadyWithdrawn or CaseMoved.
    """
    state = _to_withdraw(desk, signer.person, case)
    current = state.current
    assert current is not None  # desk.state refuses a case without one
    pen = Pen(desk, signer)
    body = WithdrawBody(clean(reason).strip())
    if not isinstance(desk.judged(current), NotAssessed):
        body = _recorded(desk, signer, pen, desk.matter(state, current), body.reason)
    made = pen.write(WITHDRAW, body, case=case, seen=shown(state))
    pen.store()
    return made.act.id


def require_withdrawing(desk: Desk, person: str, case: str) -> None:
    """Raise what stands against a withdrawal by this person: NotYours or AlreadyWithdrawn."""
    _to_withdraw(desk, person, case)


def _to_withdraw(desk: Desk, person: str, case: str) -> CaseState:
    state = desk.state(case)
    _own(desk, state, person)
    if state.phase is Phase.WITHDRAWN:
        raise AlreadyWithdrawn
    return state


def _recorded(desk: Desk, signer: Signer, pen: Pen, matter: Matter, reason: str) -> WithdrawBody:
    edition = desk.printer.newest
    base = desk.printer.base(edition, edition.withdrawn(matter, reason))
    signed = sign_record(
        base,
        SignatureField.OWNER,
        signer.key,
        person=desk.rosters.name(signer.person),
        at=desk.clock(),
        printer=desk.printer,
        tsa=desk.tsa,
    )
    record = pen.attach(signed, f"{reference(matter.state.case)} withdrawn.pdf", "application/pdf")
    return WithdrawBody(reason, sha256(base), record)


def _in_use(desk: Desk) -> Playbook:
    """The playbook that drafts begin with, kept so that they open after another one came. Raises EngineNotHere."""
    playbook = desk.shelf.current
    desk.engine(playbook.digest)
    desk.register.keep(to_blob(playbook))
    return playbook


def _own(desk: Desk, state: CaseState, person: str) -> None:
    first = state.revision(state.case)
    if person not in {first.author, first.body.owner}:
        rosters = desk.rosters
        entry = rosters.person(person)
        if entry is None or not any(
            grant.role is roster.Role.OWNER and grant.scope == state.case and grant.period.open
            for grant in entry.grants
        ):
            raise NotYours


def _answers(draft: Draft) -> Answers:
    return said.from_json(draft.answers, draft=True)


def _store(desk: Desk, draft: str, before: Guide, after: Guide) -> None:
    """Write what differs, in one commit."""
    changed = {
        name: (after.answers[name].as_json() if name in after.answers else None)
        for name in before.answers.keys() | after.answers.keys()
        if before.answers.get(name) != after.answers.get(name)
    }
    if changed:
        desk.register.drafts.answers(draft, changed)
    title = _title(after.playbook, after.answers)
    if title != _title(before.playbook, before.answers):
        desk.register.drafts.rename(draft, title)


def _refresh_files(desk: Desk, draft: str, question: str) -> None:
    """The answer to a question for files is what is attached to it now."""
    found = desk.register.drafts.get(draft)
    files = tuple(item.attachment for item in found.files if item.question == question)
    desk.register.drafts.answer(draft, question, Answer(files).as_json() if files else None)


def _begin_with(desk: Desk, person: str, case: str, answers: Answers) -> str:
    draft = desk.register.drafts.begin(person=person, playbook=desk.shelf.current.digest, case=case)
    known = {question.id for question in desk.shelf.current.questions}
    for question, answer in answers.items():
        if question not in known:
            continue
        for item in answer.files:
            data = desk.register.queries.blob(item.sha256)
            if data is not None:
                desk.register.drafts.attach(draft, question, item.name, item.media_type, data)
        desk.register.drafts.answer(draft, question, answer.as_json())
    return draft


def _title(playbook: Playbook, answers: Answers) -> str:
    return _said(playbook, answers, Role.TITLE)[:MAX_LINE] or "Untitled"


def _said(playbook: Playbook, answers: Answers, role: Role) -> str:
    """The bare value of the answer to the question with a role; empty when there is none."""
    found = answers.get(playbook.role(role))
    return str(found.value).strip() if found and isinstance(found.value, str) else ""


def _worded(playbook: Playbook, answers: Answers, role: Role) -> str:
    """The answer to the question with a role in plain words, on one line."""
    question = playbook.role(role)
    found = answers.get(question)
    worded = playbook.question(question).said(found) if found else ""
    return " ".join(worded.split())[:MAX_LINE] or "Not named"


def _filed(desk: Desk, case: str, revision: str, assessment: Assessment) -> Filed:
    state = desk.state(case)
    made = state.revision(revision)
    path = assessment.path
    return Filed(
        case=case,
        revision=revision,
        number=made.number,
        reference=reference(case),
        title=made.body.title,
        tier=path.label,
        lane=path.lane_label,
        days=path.days,
        turn=state.turn,
    )
