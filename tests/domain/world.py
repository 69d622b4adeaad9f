"""A small organisation without cryptography, for testing what acts mean.

Signatures are proven elsewhere; here an act is made straight from its fields. A ``Site`` is one installation: it sees
only the acts that reached it, which is what makes partitions and merges easy to write down.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from intake.domain.acts.capabilities import Capabilities
from intake.domain.acts.checkpoint import Heads, listed, read_heads, write_heads
from intake.domain.acts.envelope import Act, Attachment
from intake.domain.acts.kinds import (
    ACCEPT,
    ANSWER,
    CHECKPOINT,
    COMMENT,
    CONFIRM,
    DISOWN,
    ENDORSE,
    FIGURES,
    HAND_OVER,
    KINDS,
    LIFT,
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
    WITHDRAW,
    Office,
)
from intake.domain.acts.kinds.accept import AcceptBody
from intake.domain.acts.kinds.answer import AnswerBody
from intake.domain.acts.kinds.checkpoint import CheckpointBody
from intake.domain.acts.kinds.coding import decode, encode
from intake.domain.acts.kinds.comment import CommentBody
from intake.domain.acts.kinds.confirm import ConfirmBody
from intake.domain.acts.kinds.disown import DisownBody
from intake.domain.acts.kinds.endorse import EndorseBody
from intake.domain.acts.kinds.figures import FiguresBody
from intake.domain.acts.kinds.hand_over import HandOverBody, HandsAs
from intake.domain.acts.kinds.lift import LiftBody
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.report import ReportBody
from intake.domain.acts.kinds.resolved import ResolvedBody
from intake.domain.acts.kinds.retire import RetireBody
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.acts.kinds.roster import AcceptedPlaybook, PeopleFile
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.acts.kinds.send_back import ReturnBody
from intake.domain.acts.kinds.suspend import SuspendBody
from intake.domain.acts.kinds.take_over import TakeOverBody
from intake.domain.acts.kinds.withdraw import WithdrawBody
from intake.domain.assessment.engines import ENGINES
from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.domain.base.reasons import Reason, reason_of
from intake.domain.base.refusals import Refusal
from intake.domain.case.commitment import Commitment, CommitmentSource, asked_of
from intake.domain.case.fold import CaseState, fold_case
from intake.domain.case.playbook_rules import PlaybookRules
from intake.domain.case.seals import BLANK, RecordFile
from intake.domain.organisation.chain import fold_rosters
from intake.domain.organisation.document import roster_body, with_people
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.people import PeopleOf, PeopleReader
from intake.domain.organisation.roster import Grant, ListedCertificate, People, Period, Person, Role, Roster
from intake.domain.playbook.judged import ControlStage
from intake.domain.terms import terms as agreed
from intake.domain.terms.boundaries import Boundaries, FieldTables
from intake.domain.terms.field_tables import FIELD_TABLES, TABLE_1
from intake.domain.terms.terms import Stage, Terms

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SINCE = date(2026, 1, 1)
PLAYBOOK_BYTES = b"a playbook"
PLAYBOOK = canonical.sha256(PLAYBOOK_BYTES)
ASSESSMENT = "c" * 64
BASE = "d" * 64
UNLISTED = ("2" * 64, "7" * 64, "8" * 64, "9" * 64)
_READER = PeopleReader()
"""What bytes say does not depend on the site that has them."""


def certificate(name: str) -> bytes:
    """The least DER that has a subjectPublicKeyInfo in the right place; ``name`` makes it somebody's."""

    def element(tag: int, content: bytes) -> bytes:
        return bytes([tag, len(content)]) + content

    key = element(0x30, element(0x03, b"\x00" + name.encode()))
    blank = element(0x30, b"")
    tbs = element(0x30, element(0xA0, b"") + element(0x02, b"\x01") + blank * 4 + key)
    return element(0x30, tbs)


def person(name: str, *roles: Role | Grant, end: str = "", ends: Mapping[Role, str] | None = None) -> Person:
    grants = [
        item if isinstance(item, Grant) else Grant(item, "", False, Period(SINCE, None, (ends or {}).get(item, "")))
        for item in roles
    ]
    der = certificate(name)
    return Person(
        name,
        name.title(),
        "",
        (ListedCertificate(canonical.sha256(der), der, Period(SINCE, None, end)),),
        tuple(grants),
    )


PEOPLE = (
    person("ada", Role.OWNER),
    person("bob", Role.ADMINISTRATOR, Role.RECORDS),
    person("cleo", Role.CIO),
    person("dan", Role.CISO),
    person("eve"),
    person("finn", Role.ADMINISTRATOR),
)


def roster(
    people: Iterable[Person] = PEOPLE,
    *,
    version: int = 1,
    previous: Iterable[str] = (),
    cutoffs: Mapping[str, str] | None = None,
    expires: date = date(2027, 12, 31),
    playbooks: Iterable[AcceptedPlaybook] = (AcceptedPlaybook(PLAYBOOK, len(PLAYBOOK_BYTES), 1),),
) -> Roster:
    listed = People(sorted(people, key=lambda item: item.id))
    return Roster(
        version, tuple(sorted(previous)), "Sample", expires, {}, tuple(playbooks), listed, dict(cutoffs or {})
    )


def people_bytes(document: Roster) -> bytes:
    """The file of its people as anybody could write it, good or bad."""
    return canonical.dump_large([item.as_json() for item in document.people])


def terms(users: int = 20, stage: Stage = Stage.PILOT) -> Terms:
    return agreed.terms(
        stage, TABLE_1.boundaries({"user_permissions.max_users": users}), (), date(2026, 11, 22), date(2027, 6, 30)
    )


def office_of(who: str) -> Office:
    return Office.CISO if who in ("dan", "dora") else Office.CIO


_NAMED = {
    item.name
    for item in (
        REVISION, OPINION, WITHDRAW, SEALED, SUSPEND, LIFT, DISOWN, RETIRE, HAND_OVER, TAKE_OVER,
        REPORT, CONFIRM, RETURN, FIGURES, ACCEPT, ANSWER,
    )
}  # fmt: skip


def passed_by(act: Act) -> bool:
    """Whether nobody names it: a remark, or what this version does not know."""
    return act.kind not in _NAMED


def hands_on(act: Act) -> bool:
    """Whether who names it has seen what it had seen: not so for objections, nor for what is passed by."""
    return (
        not passed_by(act)
        and act.kind not in (WITHDRAW.name, SUSPEND.name, RETIRE.name, RETURN.name, ANSWER.name)
        and act.body.get("position") not in ("changes", "decline")
    )


def named(act: Act) -> set[str]:
    return {*KINDS.named(act, KINDS.read(act)), act.case} - {""}


def record_file(data: bytes) -> RecordFile:
    """Reads the files that ``Site.record_file`` writes; any other is no record."""
    try:
        said = json.loads(data)
        return RecordFile(said["base"], len(data), tuple(said["keys"]), said.get("edition", 0))
    except (ValueError, KeyError, TypeError):
        return BLANK


def _filed(_revision: str, _body: RevisionBody, _engine: int) -> None: ...


def _granted(_revision: str, _body: RevisionBody, _engine: int, _opinion: OpinionBody) -> None: ...


def asked_rule(_revision: str, body: RevisionBody, _engine: int) -> Boundaries:
    """What a revision of this world proposes: twenty users, or as many as it answers."""
    return TABLE_1.boundaries({"user_permissions.max_users": int(str(body.answers.get("users", 20)))})


believed = PlaybookRules(_filed, _granted, asked_rule)
"""For folding by acts alone, whatever the playbooks say."""


def filed_rule(_revision: str, body: RevisionBody, _engine: int) -> Reason | None:
    """What the guide of this world asks of a revision: that no answer is a misfit."""
    return reason_of("Misfit", {}) if "misfit" in body.answers else None


def granted_rule(_revision: str, _body: RevisionBody, _engine: int, opinion: OpinionBody) -> Reason | None:
    """What the playbook of this world computes: nothing but that an assessment of ones is none."""
    return reason_of("Misjudged", {}) if opinion.assessment == "1" * 64 else None


def committed_rule(
    _revision: str, body: RevisionBody, _engine: int, given: Terms, owner: str
) -> tuple[Commitment, ...]:
    """What the playbook of this world asks for: the controls and the duties of the law that an answer names."""
    controls, law = (str(body.answers.get(key, "")).split() for key in ("controls", "law"))
    stage = ControlStage.BEFORE_SCALE_UP
    return (
        *(
            asked_of(CommitmentSource.CONTROL, name, owner, stage=stage, name=name, office=Office.CISO)
            for name in controls
        ),
        *(asked_of(CommitmentSource.DUTY, name, owner, due=given.begins, name=name, law=True) for name in law),
    )


RULES = PlaybookRules(filed_rule, granted_rule, asked_rule, committed_rule)


@dataclass
class Site:
    """One installation: the acts and blobs that reached it, and the streams it writes."""

    name: str
    org: str = ""
    roster: str = ""
    acts: dict[str, Act] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=lambda: {PLAYBOOK: PLAYBOOK_BYTES})
    clock: datetime = START

    def act(
        self,
        who: str,
        kind: str,
        body: Mapping[str, Json],
        *,
        case: str = "",
        after: Iterable[str] | None = None,
        seq: int = 0,
        prev: str | None = None,
        roster: str | None = None,
        org: str | None = None,
        stream: str = "",
    ) -> Act:
        """Write one act as ``who`` here; what is not given follows from what this site has seen."""
        signer = canonical.sha256(certificate(who))
        stream = stream or canonical.sha256(self.name.encode())[:32]
        mine = [item for item in self.acts.values() if item.stream_key == (signer, stream, case) and case]
        last = max(mine, key=lambda item: item.seq, default=None)
        if not case and kind != REVISION.name:
            mine = [item for item in self.acts.values() if item.stream_key == (signer, stream, "")]
            last = max(mine, key=lambda item: item.seq, default=None)
        self.clock += timedelta(minutes=1)
        encoded = encode(
            org=self.org if org is None else org,
            kind=kind,
            case=case,
            stream=stream,
            seq=seq or (last.seq + 1 if last else 1),
            prev=prev if prev is not None else (last.id if last else ""),
            after=tuple(self.heads(case) if after is None else after),
            roster=self.roster if roster is None else roster,
            person=who,
            signer=signer,
            at=self.clock,
            app="test",
            body=body,
        )
        made = decode(encoded)
        self.acts[made.id] = made
        return made

    def heads(self, case: str) -> list[str]:
        """The newest acts of a case here, as an installation would name them."""
        if not case:
            return []
        mine = {item.id: item for item in self.acts.values() if item.case_id == case and not passed_by(item)}
        seen: set[str] = set()
        pending = [item for item in mine.values() if hands_on(item)]
        while pending:
            for name in named(pending.pop()) - seen:
                seen.add(name)
                pending += [mine[name]] if name in mine and hands_on(mine[name]) else []
        return sorted(mine.keys() - seen)

    def take(self, *others: Site) -> Site:
        """Merge what other sites have into this one."""
        for other in others:
            self.acts |= other.acts
            self.blobs |= other.blobs
        return self

    def fork(self, name: str) -> Site:
        """Another installation that has seen the same."""
        return Site(name, self.org, self.roster, dict(self.acts), dict(self.blobs), self.clock)

    def revision(
        self, who: str = "ada", case: str = "", *, after: Iterable[str] | None = None, **changes: object
    ) -> Act:
        state = self.state(case) if case else None
        current = state.current if state else None
        values: dict[str, object] = {
            "revises": tuple(state.heads) if state else (),
            "title": "Meeting notes",
            "unit": "Finance",
            "owner": current.owner if current else "ada",
            "stage": Stage.PILOT,
            "answers": {"purpose": "Write notes"},
            "playbook": PLAYBOOK,
            "attachments": (),
        }
        body = RevisionBody(**(values | changes))  # type: ignore[arg-type]
        return self.act(who, REVISION.name, body.as_json(), case=case, after=after)

    def opinion(
        self,
        who: str,
        office: Office,
        case: str,
        revision: str,
        position: Position = Position.APPROVE,
        given: Terms | None = None,
        **fields: object,
    ) -> Act:
        base, edition = str(fields.pop("base", BASE)), int(str(fields.pop("edition", 1)))
        salt = f"{who}{len(self.acts)}{fields.get('stream', '')}"
        record = self.record_file(who, base=base, salt=salt, edition=edition) if position is Position.APPROVE else None
        approved = (given or terms()) if position is Position.APPROVE else None
        reason = "" if position is Position.APPROVE else "Because"
        assessment = str(fields.pop("assessment", ASSESSMENT))
        playbook = str(fields.pop("playbook", PLAYBOOK))
        body = OpinionBody(
            revision, office, position, approved, playbook, assessment, base if record else "", record, "", (), reason
        )
        return self.act(who, OPINION.name, body.as_json(), case=case, **fields)  # type: ignore[arg-type]

    def cio(
        self, case: str, revision: str = "", position: Position = Position.APPROVE, users: int = 20, **f: object
    ) -> Act:
        return self.opinion("cleo", Office.CIO, case, revision or case, position, terms(users), **f)

    def ciso(
        self, case: str, revision: str = "", position: Position = Position.APPROVE, users: int = 20, **f: object
    ) -> Act:
        return self.opinion("dan", Office.CISO, case, revision or case, position, terms(users), **f)

    def comment(self, who: str, case: str, about: str = "", **f: object) -> Act:
        return self.act(who, COMMENT.name, CommentBody("Hello", about).as_json(), case=case, **f)  # type: ignore[arg-type]

    def resolve(self, who: str, case: str, *remarks: Act, **f: object) -> Act:
        """A note that remarks are resolved, with exactly these as read."""
        body = ResolvedBody(tuple(sorted(item.id for item in remarks)))
        return self.act(who, RESOLVED.name, body.as_json(), case=case, **f)  # type: ignore[arg-type]

    def withdraw(self, who: str, case: str, **f: object) -> Act:
        return self.act(who, WITHDRAW.name, WithdrawBody("Not needed").as_json(), case=case, **f)  # type: ignore[arg-type]

    def retire(self, who: str, case: str, **f: object) -> Act:
        body = RetireBody("Replaced", "Deleted", "", "Switched off", "Ended")
        return self.act(who, RETIRE.name, body.as_json(), case=case, **f)  # type: ignore[arg-type]

    def hand_over(self, who: str, case: str, to: str, by: HandsAs = HandsAs.OWNER, **f: object) -> Act:
        body = HandOverBody(by, to, "Moves on")
        return self.act(who, HAND_OVER.name, body.as_json(), case=case, **f)  # type: ignore[arg-type]

    def take_over(self, who: str, case: str, *given: Act, **f: object) -> Act:
        """Accept these, or what waits here for this person."""
        waiting = self.state(case).passed.to(who) if not given else None
        named = waiting.acts if waiting else [item.id for item in given]
        return self.act(who, TAKE_OVER.name, TakeOverBody(tuple(sorted(named))).as_json(), case=case, **f)  # type: ignore[arg-type]

    def disown(self, who: str, case: str, *suspensions: str, **f: object) -> Act:
        """Of everything beyond the cut-off of its key that suspends here when nothing is named."""
        named = suspensions or tuple(item.act for item in self.state(case).suspensions if item.open and item.cut_off)
        body = DisownBody(office_of(who), tuple(sorted(named)), "Stolen")
        return self.act(who, DISOWN.name, body.as_json(), case=case, **f)  # type: ignore[arg-type]

    def suspend(self, who: str, case: str, **f: object) -> Act:
        """Dan's office is the CISO's, that of everybody else here the CIO's."""
        body = SuspendBody(office_of(who), "A leak")
        return self.act(who, SUSPEND.name, body.as_json(), case=case, **f)  # type: ignore[arg-type]

    def lift(self, who: str, case: str, *suspensions: str, **f: object) -> Act:
        """One office's half; of everything that suspends here when nothing is named."""
        named = suspensions or tuple(item.act for item in self.state(case).suspensions if item.open)
        body = LiftBody(office_of(who), tuple(sorted(named)), "Mended")
        return self.act(who, LIFT.name, body.as_json(), case=case, **f)  # type: ignore[arg-type]

    def report(self, who: str, case: str, commitment: str, *attached: Attachment, **f: object) -> Act:
        body = ReportBody(commitment, "Done", attached)
        return self.act(who, REPORT.name, body.as_json(), case=case, **f)  # type: ignore[arg-type]

    def confirm(self, who: str, case: str, report: Act, commitment: str = "", **f: object) -> Act:
        body = ConfirmBody(office_of(who), commitment or str(report.body["commitment"]), report.id)
        return self.act(who, CONFIRM.name, body.as_json(), case=case, **f)  # type: ignore[arg-type]

    def send_back(self, who: str, case: str, report: Act, commitment: str = "", **f: object) -> Act:
        body = ReturnBody(office_of(who), commitment or str(report.body["commitment"]), report.id, "Not shown")
        return self.act(who, RETURN.name, body.as_json(), case=case, **f)  # type: ignore[arg-type]

    def figures(
        self, case: str, users: int, cost: str = "", *, who: str = "ada", day: date | None = None, **f: object
    ) -> Act:
        """What the owner reports of what runs, on the day on which it is signed when no other is given."""
        body = FiguresBody(day or self.clock.date(), users, cost)
        return self.act(who, FIGURES.name, body.as_json(), case=case, **f)  # type: ignore[arg-type]

    def accept(self, who: str, case: str, given: Terms | None = None, revision: str = "", **f: object) -> Act:
        """``who`` accepts what waits for it here, or these terms on a revision, decided or not."""
        found, assessment = self.state(case).acceptance, str(f.pop("assessment", ASSESSMENT))
        awaits = found is not None and given is None
        on, digest = (found.pair.revision, found.pair.terms) if found and awaits else (case, (given or terms()).digest)
        body = AcceptBody(revision or on, digest, assessment)
        return self.act(who, ACCEPT.name, body.as_json(), case=case, **f)  # type: ignore[arg-type]

    def answer(self, who: str, case: str, users: int = 20, revision: str = "", **f: object) -> Act:
        """``who`` says of these terms what the number of users costs."""
        body = AnswerBody(revision or case, terms(users).digest, "user_permissions.max_users", "It costs us a branch")
        return self.act(who, ANSWER.name, body.as_json(), case=case, **f)  # type: ignore[arg-type]

    def seal(
        self,
        who: str,
        case: str,
        *opinions: Act,
        base: str = BASE,
        record: Attachment | None = None,
        salt: str = "",
        **f: object,
    ) -> Act:
        """Seal what is signed by those who gave the opinions, or the file that is given."""
        made = record or self.record_file(*(item.person for item in opinions), base=base, salt=salt)
        body = SealedBody(tuple(sorted(item.id for item in opinions)), base, made)
        return self.act(who, SEALED.name, body.as_json(), case=case, **f)  # type: ignore[arg-type]

    def record_file(self, *signers: str, base: str = BASE, salt: str = "", edition: int = 1) -> Attachment:
        """A file that says of itself what the bytes of a record prove; another ``salt`` is another file."""
        keys = [canonical.sha256(certificate(name)) for name in signers]
        said = {"base": base, "keys": keys, "edition": edition, "salt": salt}
        return self.attach(json.dumps(said).encode(), "application/pdf")

    def read_record_file(self, sha256: str) -> RecordFile | None:
        return record_file(self.blobs[sha256]) if sha256 in self.blobs else None

    def checkpoint(self, who: str = "bob", *, without: Iterable[str] = ()) -> Act:
        """Lists the newest acts of each stream here, as if the acts ``without`` and those above them were not here."""
        heads = self.attach(write_heads(listed(self.acts.values(), without)))
        return self.act(who, CHECKPOINT.name, CheckpointBody(heads, None).as_json())

    def attach(self, data: bytes, media_type: str = "application/octet-stream") -> Attachment:
        digest = canonical.sha256(data)
        self.blobs[digest] = data
        return Attachment(digest, len(data), media_type, "file")

    def publish(self, document: Roster, *endorsers: str, author: str = "bob") -> Act:
        """Write a roster version and have it endorsed; the site then names it, when it counts."""
        first = document.version == 1
        made = self.act(author, ROSTER.name, self.body(document), roster="", org="" if first else self.org)
        if first and not self.org:
            self.org = made.id
        for name in endorsers:
            self.endorse(name, made)
        if made.id in self.history().chain:
            self.roster = made.id
        return made

    def body(self, document: Roster) -> dict[str, Json]:
        """What the act of a version says, with the file of its people here."""
        data = people_bytes(document)
        self.blobs[canonical.sha256(data)] = data
        return roster_body(document, PeopleFile.of(data)).as_json()

    def read(self, act: Act) -> Roster:
        """The version an act carries, with its people. Raises what is wrong with either."""
        document = ROSTER.read(act)
        people = self.people()(document.people)
        assert people is not None
        return with_people(document, people)

    def files(self, kind: str = ROSTER.name) -> dict[str, bytes]:
        """The files that the acts of one kind name."""
        names = {name for item in self.acts.values() if item.kind == kind for name in KINDS.carried(item)}
        return {name: self.blobs[name] for name in names if name in self.blobs}

    def people(self) -> PeopleOf:
        return _READER.over(self.blobs)

    def endorse(self, who: str, document: Act) -> Act:
        return self.act(who, ENDORSE.name, EndorseBody(document.id).as_json(), roster="")

    def history(self) -> RosterHistory:
        return fold_rosters(self.org, [*self.acts.values(), *self.unlisted()], self.listings(), self.people())

    def unlisted(self) -> list[Act]:
        """Checkpoints that are at every site of an organisation and whose listing nobody has: nothing is known to be
        below them."""
        some = next(iter(self.acts.values()), None)
        return [
            replace(some, id=name, kind=CHECKPOINT.name, org=self.org, case="", stream="f" * 32, seq=1, prev="")
            for name in UNLISTED
            if some
        ]

    def listings(self) -> dict[str, Heads]:
        found = {}
        for item in self.acts.values():
            if item.kind == CHECKPOINT.name:
                digest = str(item.body["heads"]["sha256"])  # type: ignore[call-overload, index]
                if digest in self.blobs:
                    with suppress(Refusal):
                        found[item.id] = read_heads(self.blobs[digest])
        return found

    def state(self, case: str, engines: Iterable[int] = ENGINES, tables: FieldTables = FIELD_TABLES) -> CaseState:
        """``engines`` and ``tables`` are what the version of the app that looks judges with and can read."""
        mine = [item for item in self.acts.values() if item.case_id == case]
        # Of an engine the fold asks nothing but whether there is one with this number.
        looking = Capabilities(tables=tables, engines=dict.fromkeys(engines, ENGINES[1]))
        return fold_case(mine, self.history(), self.blobs, self.listings(), self.read_record_file, RULES, looking)


def organisation() -> Site:
    """A founded organisation: Bob and Finn administer, Cleo is CIO, Dan is CISO, Ada owns, Eve is nobody."""
    site = Site("office")
    site.publish(roster(), "bob", "finn")
    return site
