"""Letting the people of the sample act: every step is the same service call a person would make, on a real register.

There are two registers while the story is told: the ``hall``, where people see each other's acts, and ``far``, where
somebody works apart until they meet. What comes of it is a set of signed acts like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from intake.domain.acts.kinds import KINDS, REVISION
from intake.domain.acts.kinds.opinion import Position
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base.canonical import Json, sha256
from intake.domain.guide.guide import Guide
from intake.domain.organisation.roster import Role
from intake.domain.playbook.answers import Answer, Answers
from intake.domain.terms.terms import Condition, Stage, Terms
from intake.domain.terms.terms import terms as agreed
from intake.domain.terms.waivers import Waiver
from intake.sample import promises
from intake.sample.content import SampleCase, SampleContent, SampleFile, SampleStep
from intake.sample.files import made
from intake.services.deciding import accepting, deciding, recording, remarks, reviewing
from intake.services.filing import filing
from intake.services.installation.act_writer import ActWriter
from intake.services.installation.installation import APP, Installation, PersonWithKey
from intake.services.organisation import literacy, people
from intake.trust.acts import VerifiedAct, sign_act, verify_act

FOUNDED = 280
"""Days ago on which the organisation was founded."""
TRAINED = 275
"""Days ago on which the owners of the beginning read why things are as they are; others read it when they join."""
CHECKPOINTS = (240, 190, 120, 75, 40, 10, 1)
"""Days ago on which the records team listed everything it knew."""
STRANGE_KIND = "handover"
"""A kind of act that this version does not know."""


class Time:
    """A clock that is set to a day in the past and goes on a little with every look."""

    def __init__(self, now: datetime) -> None:
        self._today = now.replace(hour=8, minute=0, second=0, microsecond=0)
        self._day = 0
        self._moment = self._today - timedelta(days=FOUNDED + 1)

    def __call__(self) -> datetime:
        self._moment += timedelta(seconds=47)
        return self._moment

    def go_to(self, ago: int) -> None:
        """Eight o'clock on that day, or some minutes on when it is that day already."""
        wanted = self._today - timedelta(days=ago)
        self._moment = max(wanted, self._moment + timedelta(minutes=11))

    def later(self, days: int) -> datetime:
        return self._moment + timedelta(days=days)


class Story:
    """Tells the story of an organisation. ``cases`` maps the names of the content to case ids, as they are filed."""

    def __init__(
        self,
        content: SampleContent,
        hall: Installation,
        far: Installation,
        signers: Mapping[str, PersonWithKey],
        time: Time,
    ) -> None:
        self._content = content
        self._hall = hall
        self._far = far
        self._signers = signers
        self._time = time
        self._parted: set[str] = set()
        self.cases: dict[str, str] = {}
        self.lost: set[str] = set()
        self.late: list[VerifiedAct] = []

    def steps(self) -> Iterator[Callable[[], object]]:
        """Everything that happens, in order; each is to be called once, before the next is asked for."""
        moments: list[tuple[int, Callable[[], object]]] = [(FOUNDED, self._found)]
        moments += [(ago, self._checkpoint) for ago in CHECKPOINTS]
        for person in self._content.people:
            if person.joins:
                moments.append((person.joins, partial(self._list, self._hall, person.id)))
            if Role.OWNER in person.roles and not person.asks:
                moments.append((person.joins or TRAINED, partial(self._train, person.id)))
            if person.ends:
                moments.append((person.ends, partial(self._end, person.id)))
            if person.asks:
                moments.append((person.asks, partial(self._enrol, self._hall, person.id)))
        told = ((case, step) for case, step in self._content.steps if step.do != "draft")
        moments += [(step.ago, partial(self._live, case, step)) for case, step in told]
        for ago, act in sorted(moments, key=lambda item: -item[0]):
            self._time.go_to(ago)
            yield act

    # ----------------------------------------------------------------------------------------------------- people
    def _found(self) -> None:
        """Version 1 by the first administrator, endorsed by the second."""
        founders = [person for person in self._content.people if not (person.joins or person.asks)]
        enrolled = [(self._enrol(self._hall, person.id), person.roles) for person in founders]
        first, second = [person.id for person in founders if Role.ADMINISTRATOR in person.roles][:2]
        done = people.found_organisation(
            self._hall,
            self._signers[first],
            self._content.organisation,
            enrolled,
            expires=self._time.later(FOUNDED + 120).date(),
        )
        people.endorse(self._hall, self._signers[second], done.roster)
        self._far.register.join(done.roster)

    def _enrol(self, installation: Installation, person: str) -> str:
        entry = self._content.person(person)
        return people.enrol(installation, self._signers[person], name=entry.name, unit=entry.unit).act.id

    def _list(self, installation: Installation, person: str) -> None:
        asked = {item.person: item.act for item in people.enrolments(installation) if not item.listed}
        first, second = self._administrators()
        entry = self._content.person(person)
        change = people.list_person(
            installation, first, asked.get(person) or self._enrol(installation, person), entry.roles or (Role.OWNER,)
        )
        people.endorse(installation, second, change.roster)

    def _train(self, person: str) -> None:
        literacy.acknowledge(self._hall, self._signers[person], [item.id for item in literacy.chapters(self._hall)])

    def _end(self, person: str) -> None:
        first, second = self._administrators()
        (role,) = self._content.person(person).roles
        change = people.end_role(self._hall, first, person, role)
        people.endorse(self._hall, second, change.roster)

    def _administrators(self) -> tuple[PersonWithKey, PersonWithKey]:
        first, second = [item.id for item in self._content.people if Role.ADMINISTRATOR in item.roles][:2]
        return self._signers[first], self._signers[second]

    def _checkpoint(self) -> None:
        records = next(item.id for item in self._content.people if Role.RECORDS in item.roles)
        people.checkpoint(self._hall, self._signers[records])

    def _speak_too_early(self, case: SampleCase, step: SampleStep) -> None:
        """Somebody is listed where the others do not see it yet, and comments: that act has to wait for its roster."""
        pass_on(self._hall, self._far, self.cases[case.id])
        self._list(self._far, step.by)
        self.late.append(deciding.comment(self._far, self._signers[step.by], self.cases[case.id], step.text))

    # ------------------------------------------------------------------------------------------------------ cases
    def _live(self, case: SampleCase, step: SampleStep) -> None:
        """One step; then the owner signs what both offices decided by it otherwise than he filed."""
        self._do(case, step)
        if step.do in ("approve", "agree", "meet", "complete") and not step.unaccepted:
            found = self._hall.folded(self.cases[case.id]).acceptance
            if found is not None and found.awaits:
                accepting.accept(self._hall, self._signers[case.owner], self.cases[case.id])

    def _do(self, case: SampleCase, step: SampleStep) -> None:
        installation = self._far if step.apart else self._hall
        if step.apart and case.id not in self._parted:
            self._parted.add(case.id)
            pass_on(self._hall, self._far, self.cases[case.id])
        match step.do:
            case "file":
                self.cases[case.id] = self._file_outside(case) if case.outside else self._file(case)
            case "revise":
                self._revise(installation, case, step)
            case "approve" | "agree":
                self._approve(installation, case, step)
            case "changes" | "decline":
                self._give(installation, case, step, Position(step.do), None)
            case "comment" | "answer" | "resolve":
                self._talk(installation, case, step)
            case "withdraw":
                filing.withdraw(installation, self._signers[case.owner], self.cases[case.id], step.text)
            case "complete":
                self._complete(installation, case)
            case "unknown":
                self._write_strange(installation, step.by, self.cases[case.id])
            case "comment before listed":
                self._speak_too_early(case, step)
            case "meet":
                pass_on(self._far, self._hall, self.cases[case.id])
            case _:
                promises.keep(
                    installation, self._signers, partial(self._officer, installation), self.cases[case.id], step
                )

    def _talk(self, installation: Installation, case: SampleCase, step: SampleStep) -> None:
        """A comment, or an answer to the remark made last, or the word that it is resolved."""
        name, signer = self.cases[case.id], self._signers[step.by]
        about = "" if step.do == "comment" else installation.state(name).threads[-1].remark
        if step.do == "resolve":
            remarks.resolve(installation, signer, name, about)
        else:
            deciding.comment(installation, signer, name, step.text, about=about)

    def _file(self, case: SampleCase) -> str:
        draft = begin_draft(self._hall, case)
        self._attach(self._hall, draft, case.files)
        return filing.file(self._hall, self._signers[case.owner], draft).case

    def _file_outside(self, case: SampleCase) -> str:
        """As another program would file it that does not stop at a forbidden practice."""
        playbook = self._hall.shelf.current
        shown = {item.id for item in Guide(playbook, Answers(case.answers)).known.shown}
        writer = ActWriter(self._hall, self._signers[case.owner])
        body = RevisionBody(
            revises=(),
            title=case.inventory,
            unit=case.unit,
            owner=case.owner,
            stage=Stage.PILOT,
            answers=_json({name: answer for name, answer in case.answers.items() if name in shown}),
            playbook=playbook.digest,
            attachments=(),
        )
        writer.write(REVISION, body)
        return writer.store()[0].act.case_id

    def _revise(self, installation: Installation, case: SampleCase, step: SampleStep) -> None:
        draft = filing.start(installation, case.owner, case=self.cases[case.id])
        installation.register.drafts.answers(draft, _json(step.answers))
        self._attach(installation, draft, step.files)
        filing.file(installation, self._signers[case.owner], draft)

    def _attach(self, installation: Installation, draft: str, files: tuple[SampleFile, ...]) -> None:
        for file in files:
            media_type, data = made(file)
            filing.attach(installation, draft, file.question, file.name, media_type, data)
            if file.lost:
                self.lost.add(sha256(data))

    def _approve(self, installation: Installation, case: SampleCase, step: SampleStep) -> None:
        """The terms in question with what this office wants changed; exactly those terms for ``agree``."""
        signer = self._officer(installation, step.by)
        view = reviewing.look(installation, self.cases[case.id], signer.person)
        asked = view.proposal
        if step.do == "approve":
            wanted = tuple(
                Condition(self._time.later(item.days).date(), item.owner, item.text) for item in step.conditions
            )
            expires = self._time.later(step.days).date() if step.days else asked.expires
            limits = asked.boundaries.replaced(step.limits)
            asked = agreed(
                asked.stage, limits, (*asked.conditions, *wanted), asked.begins, expires, asked.waivers, asked.confirmed
            )
            if step.waive:
                missing = (Waiver(what, step.waive) for what, _ in view.missing(asked))
                asked = replace(asked, waivers=tuple(sorted(missing)))
        self._give(installation, case, step, Position.APPROVE, asked)

    def _give(
        self, installation: Installation, case: SampleCase, step: SampleStep, position: Position, given: Terms | None
    ) -> None:
        signer = self._officer(installation, step.by)
        prepared = deciding.prepare(
            installation, signer.person, self.cases[case.id], position, given=given, reason=step.text
        )
        deciding.give(installation, signer, prepared)

    def _officer(self, installation: Installation, office: str) -> PersonWithKey:
        """The person who holds the office on that day; the newest one while it is handed over."""
        newest = installation.rosters.newest
        holders = newest.holders(Role(office)) if newest else ()
        return self._signers[max(holders, key=lambda item: max(grant.period.since for grant in item.grants)).id]

    def _complete(self, installation: Installation, case: SampleCase) -> None:
        (office,) = (party for party in installation.state(self.cases[case.id]).turn if party != "owner")
        recording.complete(installation, self._officer(installation, office), self.cases[case.id])

    def _write_strange(self, installation: Installation, person: str, case: str) -> None:
        """An act of a kind that a later version knows, by somebody with a say."""
        signer = self._signers[person]
        link = installation.register.installation.next_link(signer.key.fingerprint, case)
        act = sign_act(
            signer.key,
            org=installation.register.org,
            kind=STRANGE_KIND,
            case=case,
            stream=link.stream,
            seq=link.seq,
            prev=link.prev,
            after=installation.heads(case),
            roster=installation.rosters.in_force[0].id,
            person=person,
            at=self._time(),
            app=APP,
            body={"to": "somebody.else"},
        )
        installation.register.append([act])


def begin_draft(installation: Installation, case: SampleCase) -> str:
    """A draft with every answer of the content, right or wrong, as if typed."""
    return installation.register.drafts.begin(
        person=case.owner, playbook=installation.shelf.current.digest, title=case.inventory, answers=_json(case.answers)
    )


def pass_on(source: Installation, target: Installation, case: str) -> None:
    """Everything of one case and of the organisation that the other register does not have, verified on the way."""
    queries = source.register.queries
    acts: list[VerifiedAct] = []
    blobs: dict[str, bytes] = {}
    for act in (*queries.acts(""), *queries.acts(case)):
        if target.register.queries.has_act(act.id):
            continue
        acts.append(verify_act(queries.blob_of_act(act.id) or b""))
        blobs |= {name: data for name in KINDS.carried(act) if (data := queries.blob(name)) is not None}
    target.register.append(acts, blobs)


def _json(answers: Mapping[str, Answer]) -> dict[str, Json]:
    return {name: answer.as_json() for name, answer in answers.items()}
