"""Filing a use case: drafts that keep every answer as it is given, and the signed revision that comes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds import REVISION
from intake.domain.acts.kinds.forms import MAX_LINE
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.assessment.assessment import Assessment
from intake.domain.assessment.engines import Engine
from intake.domain.base import canonical
from intake.domain.base.refusals import Refusal
from intake.domain.case.allowed import allowed
from intake.domain.case.fold import CaseState
from intake.domain.case.naming import bearing, shown
from intake.domain.case.summary import reference
from intake.domain.guide import as_filed
from intake.domain.guide.choosing import begun
from intake.domain.guide.guide import Guide, GuideStep, new_questions, started_from
from intake.domain.playbook import answers as said
from intake.domain.playbook.answer_checks import Typed
from intake.domain.playbook.answers import Answer, Answers, Carried, Origin
from intake.domain.playbook.questions import Question, QuestionKind, QuestionRole
from intake.domain.playbook.reading.playbook import to_blob
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.terms import Stage
from intake.formats import file_kinds
from intake.register.store.drafts import Draft, DraftFiles, DraftRow
from intake.services.filing import evidence, news
from intake.services.filing.comparing import competing
from intake.services.filing.evidence import MAX_FILE as MAX_FILE  # noqa: PLC0414 - screens import these from here
from intake.services.filing.evidence import EmptyFile as EmptyFile  # noqa: PLC0414
from intake.services.filing.evidence import FileTooLarge as FileTooLarge  # noqa: PLC0414
from intake.services.filing.evidence import Taken
from intake.services.filing.filed_files import files_here
from intake.services.filing.withdrawing import withdraw as withdraw  # noqa: PLC0414
from intake.services.installation.act_writer import ActWriter
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.installation.templates import NoSuchTemplate, suited


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
    """What the confirmation page shows. ``due`` is the day until which it is to be decided, ``days`` working days after it was signed."""

    case: str
    revision: str
    number: int
    reference: str
    title: str
    tier: str
    lane: str
    days: int
    due: date
    turn: tuple[str, ...]


def start(installation: Installation, person: str, *, case: str = "") -> str:
    """A new draft, empty or (for a filed case) with the answers of its newest revision; gives the draft's id.

    Raises EngineNotHere, as all that begin a draft do, when this program cannot judge by any accepted playbook.
    """
    playbook = _in_use(installation)
    if not case:
        return installation.register.drafts.begin(person=person, playbook=playbook.digest)
    state = installation.state(case)
    _require(allowed(state, installation.rosters, person).file_again)
    return _begin_again(installation, person, state)


def start_from(installation: Installation, person: str, case: str) -> str:
    """A draft for another use case, begun with the answers of an earlier one, each to be checked."""
    state = installation.state(case)
    current = state.current
    assert current is not None  # installation.state refuses a case without one
    given = said.from_json(current.body.answers)
    return start_with(installation, person, given, Carried(Origin.EARLIER, current.body.title))


def start_from_template(installation: Installation, person: str, template: str) -> str:
    """A draft begun with the answers of a template, each to be checked. Raises NoSuchTemplate."""
    found = next((item for item in installation.templates if item.id == template), None)
    if found is None:
        raise NoSuchTemplate(name=template)
    given = suited(installation.shelf.current, found)
    return start_with(installation, person, given, Carried(Origin.TEMPLATE, found.title))


def start_with(installation: Installation, person: str, given: Answers, source: Carried) -> str:
    """A draft for a new use case, begun with answers from ``source``; gives its id.

    Each is marked “check this”; files, and what the current playbook does not ask for, are left out.
    """
    playbook = _in_use(installation)
    carried = started_from(playbook, given, source).answers
    return installation.register.drafts.begin(
        person=person,
        playbook=playbook.digest,
        title=as_filed.said(playbook, carried, QuestionRole.TITLE)[:MAX_LINE],
        answers={name: answer.as_json() for name, answer in carried.items() if not answer.files},
    )


def view(installation: Installation, draft: str) -> DraftView:
    """The draft with the playbook it was made with. Raises NoSuchDraft, PlaybookMissing or EngineNotHere."""
    found = installation.register.drafts.get(draft)
    guide = guide_of(installation, found)
    playbook = guide.playbook
    engine = installation.engine(playbook.digest)
    newer = (
        new_questions(playbook, installation.shelf.current)
        if playbook.digest != installation.shelf.current.digest
        else ()
    )
    return DraftView(found.row, guide, engine, engine.judge(playbook, guide.known), found.row.changed, newer)


def put(installation: Installation, draft: str, question: str, given: Typed | Answer) -> DraftView:
    """Keep one answer as typed, right or wrong, durably. Taking an answer back is to give None."""
    return put_all(installation, draft, {question: given})


def put_all(installation: Installation, draft: str, given: Mapping[str, Typed | Answer]) -> DraftView:
    """Keep several answers as one. The draft is assessed once, as it is then.

    Raises KeyError for a question that its playbook does not have, after the others were kept.
    """
    before = guide_of(installation, installation.register.drafts.get(draft))
    after, unasked = before, ""
    for question, answer in given.items():
        try:
            after = after.put(question, answer)
        except KeyError:
            unasked = question
    _store(installation, draft, before, after)
    if unasked:
        raise KeyError(unasked)
    return view(installation, draft)


def accept(installation: Installation, draft: str, page: str, given: Mapping[str, Typed | Answer]) -> GuideStep:
    """Take a page: everything typed is kept, and the step says what is wrong and where to go."""
    before = guide_of(installation, installation.register.drafts.get(draft))
    step = before.accept(page, given)
    _store(installation, draft, before, step.guide)
    return step


def attach(installation: Installation, draft: str, question: str, name: str, media_type: str, data: bytes) -> Taken:  # noqa: ARG001
    """Attach a file to an answer; says where the same file is already. Raises what ``evidence.judge`` raises.

    What kind of file it is follows from its content; the ``media_type`` others give it decides nothing.
    """
    shown, found = evidence.judge(name, data)
    before = installation.register.drafts.get(draft)
    twins = evidence.duplicates(installation, before, installation.playbook(before.row.playbook), data)
    kept = keep_file(installation, draft, question, shown, found, data)
    return Taken(kept, twins, file_kinds.remarks(data, shown, found))


def keep_file(
    installation: Installation, draft: str, question: str, name: str, media_type: str, data: bytes
) -> Attachment:
    """Attach a file that was judged already, under the media type it was judged to have."""
    made = installation.register.drafts.attach(draft, question, name, media_type, data)
    _refresh_files(installation, draft, question)
    return made


def detach(installation: Installation, draft: str, question: str, sha256: str) -> None:
    installation.register.drafts.detach(draft, question, sha256)
    _refresh_files(installation, draft, question)


def use_newer_playbook(installation: Installation, draft: str) -> DraftView:
    """Go on with the newest playbook; answers it does not ask for stay in the draft."""
    installation.register.drafts.use_playbook(draft, _in_use(installation).digest)
    return view(installation, draft)


def require_filing(installation: Installation, person: str, draft: str) -> None:
    """Raise the refusal of this person filing a draft, except what only the signing itself can tell."""
    here = view(installation, draft)
    here.guide.filed()
    _require(here.assessment.overfull(here.guide.playbook))
    if here.row.case:
        state = installation.state(here.row.case)
        _require(allowed(state, installation.rosters, person).file_again)
        news.require_seen(installation, state, installation.register.drafts.get(draft))


def file(installation: Installation, signer: PersonWithKey, draft: str, *, read: str = "") -> Filed:
    """Sign the draft as a revision and store it; the draft is gone then. ``read`` is the ``content`` that was read before.

    Raises NotReadyToFile, StoppedByScreening, TooManyAttachments, AnswersTooLong, BoundaryOverfull, NotYours, NotListed, or NotSeenYet when
    something has come to the case that its owner has not confirmed to have seen; the draft stays.
    NoSuchDraft, DraftMoved or CaseMoved when another program filed it, or changed it or its case, meanwhile: since it was read, if
    that is said, else since this began.
    """
    found = installation.register.drafts.get(draft)
    here = view(installation, draft)
    answers = here.guide.filed()
    if read and read != content(here.guide):
        raise DraftMoved
    playbook = here.guide.playbook
    _require(here.assessment.overfull(playbook))
    case = found.row.case
    revises: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    looked: tuple[str, ...] | None = None
    owner = signer.person
    if case:
        state = installation.state(case)
        _require(allowed(state, installation.rosters, signer.person).file_again)
        news.require_seen(installation, state, found)
        revises, there, looked = tuple(sorted(state.heads)), bearing(state), shown(state)
        owner = _owner_named(installation, state, owner)
    writer = ActWriter(installation, signer)
    attachments = [
        writer.attach(installation.register.drafts.file(draft, item.sha256), item.name, item.media_type)
        for item in answers.attachments
    ]
    body = RevisionBody(
        revises=revises,
        title=as_filed.title_of(playbook, answers),
        unit=as_filed.unit_of(playbook, answers),
        owner=owner,
        stage=Stage(as_filed.stage_of(playbook, answers)),
        answers=answers.as_json(),
        playbook=playbook.digest,
        attachments=tuple(attachments),
    )
    # A comment that has come since stops nothing; the revision does not say that its owner had read it.
    unread = frozenset(there) - (found.seen or frozenset())
    made = writer.write(REVISION, body, case=case, seen=looked, unread=unread)

    def unchanged() -> None:
        if installation.register.drafts.get(draft) != found:
            raise DraftMoved

    writer.store(unchanged, draft=draft)
    return _filed(installation, made.act.case_id, made.act.id, here.assessment)


def content(guide: Guide) -> str:
    """A digest of what would be filed, answers and playbook, and so of what is shown before it is. Raises as ``Guide.filed`` does."""
    return canonical.digest([guide.filed().digest, guide.playbook.digest])


def _owner_named(installation: Installation, state: CaseState, person: str) -> str:
    """Whom the next revision names as owner: who answers for it, or a rostered successor where nobody present does."""
    if state.passed.ownerless and installation.rosters.succeeds(person, state.case):
        return person
    return state.current.owner if state.current else person


def _require(against: Refusal | None) -> None:
    if against is not None:
        raise against


def _in_use(installation: Installation) -> Playbook:
    """The playbook that drafts begin with, kept so that they open after another one came. Raises EngineNotHere."""
    playbook = installation.shelf.current
    installation.engine(playbook.digest)
    installation.register.keep(to_blob(playbook))
    return playbook


def guide_of(installation: Installation, draft: Draft) -> Guide:
    """The answers of a draft by the playbook it was made with, not assessed. Raises PlaybookMissing."""
    return Guide(installation.playbook(draft.row.playbook), _answers(draft))


def _answers(draft: Draft) -> Answers:
    return said.from_json(draft.answers, draft=True)


def _store(installation: Installation, draft: str, before: Guide, after: Guide) -> None:
    """Write what differs, in one commit."""
    changed = {
        name: (after.answers[name].as_json() if name in after.answers else None)
        for name in before.answers.keys() | after.answers.keys()
        if before.answers.get(name) != after.answers.get(name)
    }
    if changed:
        installation.register.drafts.answers(draft, changed)
    keep_title(installation, draft, before, after)


def keep_title(installation: Installation, draft: str, before: Guide, after: Guide) -> None:
    """Call a draft what its answers call it."""
    title = as_filed.title_of(after.playbook, after.answers)
    if title != as_filed.title_of(before.playbook, before.answers):
        installation.register.drafts.rename(draft, title)


def _refresh_files(installation: Installation, draft: str, question: str) -> None:
    """The answer to a question for files is what is attached to it now."""
    found = installation.register.drafts.get(draft)
    files = tuple(item.attachment for item in found.files if item.question == question)
    installation.register.drafts.answer(draft, question, Answer(files).as_json() if files else None)


def _begin_again(installation: Installation, person: str, state: CaseState) -> str:
    """A draft with the answers of the newest revision. Where several compete, what they differ in is to be chosen."""
    current = state.current
    assert current is not None  # installation.state refuses a case without one
    answers = dict(as_filed.for_the_next(current.body))
    found = competing(installation, state)
    if found is not None:
        answers |= begun(found.rows, [side.name for side in found.sides])
    guide = Guide(installation.shelf.current)
    known = {question.id for question in guide.playbook.questions}
    guide = guide.with_answers({name: answer for name, answer in answers.items() if name in known})
    return installation.register.drafts.begin(
        person=person,
        playbook=guide.playbook.digest,
        title=as_filed.title_of(guide.playbook, guide.answers),
        case=state.case,
        answers=guide.answers.as_json(),
        seen=bearing(state),
        files=files_of(installation, guide, guide.answers),
    )


def files_of(installation: Installation, guide: Guide, questions: Iterable[str]) -> DraftFiles:
    """The files of these questions as the answers of a draft name them, and those of no other question."""
    kinds = {question.id: question.kind for question in guide.playbook.questions}
    return files_here(
        installation,
        {
            name: guide.answers[name].files if name in guide.answers else ()
            for name in questions
            if kinds.get(name) is QuestionKind.FILES
        },
    )


def _filed(installation: Installation, case: str, revision: str, assessment: Assessment) -> Filed:
    state = installation.state(case)
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
        due=installation.workdays.after(state.event(revision).act.at.date(), path.days),
        turn=state.turn,
    )
