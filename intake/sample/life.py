"""The life of one use case, from its pilot to its retirement, by people who share nothing but a folder.

The owner, the CIO, the CISO and whoever else takes part have homes of their own. In every step somebody also tries what must
not work; each attempt and the exact name of its refusal are kept, so that they can be read as a table. The days lie in the past
and the last one is today, so nothing in it claims a day that is still to come. At the end every home, and two new registers that
are given all acts in opposite orders, must have come to the same.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds import KINDS
from intake.domain.acts.kinds.notice import NoticeBody
from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.base.canonical import Json
from intake.domain.case.summary import reference
from intake.files import make_folder, not_written, write_whole
from intake.sample import life_steps as steps
from intake.sample.journey import CIO, CISO, OWNER, RECORDS, FolderNotEmpty, JourneyBroken, JourneyPlace
from intake.sample.journey import STEPS as JOURNEY
from intake.sample.life_desk import LEFT, Attempt, LifeDesk, at_desk
from intake.services.deciding import stating
from intake.services.installation.installation import Installation
from intake.services.installation.workspace import Workspace, open_installation
from intake.services.organisation import people
from intake.services.proving import verifying
from intake.services.proving.proof import CERTIFICATES, write_acts
from intake.trust.acts import VerifiedAct, verify_act

STATEMENT = "standing.p7m"
MOMENTS = "moments"
"""The folder of homes as they were after some steps, for pictures of them."""


@dataclass(frozen=True, slots=True)
class Lived:
    """What a life left: the phases it went through, its signed PDFs, what was refused on the way, and whether all registers agree.

    ``record`` is that of the last decision, ``statement`` says what became of it; ``acts`` holds what both are verified by.
    """

    organisation: str
    case: str
    reference: str
    phases: tuple[str, ...]
    record: str
    statement: str
    acts: str
    certificates: str
    pdfs: tuple[str, ...]
    refused: tuple[Attempt, ...]
    identical_after_merge: bool


def live(
    root: Path,
    *,
    read: Callable[[str], bytes],
    names: Callable[[str], tuple[str, ...]],
    clock: Callable[[], datetime],
    say: Callable[[str], None] = lambda _line: None,
) -> Lived:
    """Live the whole life in the empty folder ``root``; ``say`` is told what happens, line by line.

    Raises FolderNotEmpty, JourneyBroken, or the refusal that stopped a step.
    """
    place = JourneyPlace(root, read, names, clock, steps.TAKING_PART)
    if root.exists() and any(root.iterdir()):
        raise FolderNotEmpty(folder=root)
    for folder in (place.stick, place.shared):
        with not_written(folder):
            make_folder(folder)
    write_whole(root / LEFT, json.dumps({"refused": [], "phases": []}).encode())
    for number, (name, step) in enumerate(LIFE.items(), start=1):
        say(f"{number}. {step.title}")
        for line in take(place, name):
            say(f"   {line}")
    (root / LEFT).unlink()
    found = json.loads(place.summary.read_bytes())
    lists = {
        "phases": tuple(found["phases"]),
        "pdfs": tuple(found["pdfs"]),
        "refused": tuple(Attempt(**item) for item in found["refused"]),
    }
    return Lived(**{**found, **lists})


@dataclass(frozen=True, slots=True)
class LifeStep:
    """``ago`` is how many days before today it happens; the homes of ``seen`` are kept as they are after it."""

    title: str
    ago: int
    act: Callable[[JourneyPlace], Iterator[str]]
    seen: tuple[str, ...] = ()


def take(place: JourneyPlace, name: str) -> tuple[str, ...]:
    """Take one step, on its day; gives what there is to tell. Raises KeyError for a step there is not."""
    step = LIFE[name]
    then = replace(place, clock=day_of(name, place.clock))
    lines = tuple(step.act(then))
    for person in step.seen:
        with at_desk(then, person):  # who has fetched sees it
            pass
        shutil.copytree(place.workspace(person).root, place.root / MOMENTS / name / person)
    return lines


def day_of(name: str, clock: Callable[[], datetime]) -> Callable[[], datetime]:
    """The clock of a step."""
    ago = timedelta(days=LIFE[name].ago)
    return lambda: clock() - ago


# ----------------------------------------------------------------------------------------- how it is found to be true
def _check(place: JourneyPlace) -> Iterator[str]:
    """The records team verifies everything that was signed, and all registers are compared."""
    with at_desk(place, RECORDS) as desk:
        people.checkpoint(desk.installation, desk.signer)
    for person in place.roles:  # what the last one sent has reached everybody
        with at_desk(place, person):
            pass
    with at_desk(place, RECORDS) as desk:
        pdfs = _write_pdfs(desk)
        yield f"{len(pdfs)} signed PDFs, and every one verifies"
        count = write_acts(desk.installation, place.acts)
        write_whole(place.root / CERTIFICATES, (place.acts / CERTIFICATES).read_bytes())
        what = stating.to_state(desk.installation, desk.case, verifying.verify, _last_record(desk).sha256)
        write_whole(place.root / STATEMENT, stating.state_standing(desk.installation, desk.signer, what).blob)
        yield f"{count} acts; what became of the last decision: {what.found.stands.standing.value}"
        write_whole(place.record, what.record.data)
        found = {
            "organisation": desk.installation.register.org,
            "case": desk.case,
            "reference": reference(desk.case),
            "record": str(place.record),
            "statement": str(place.root / STATEMENT),
            "acts": str(place.acts),
            "certificates": str(place.root / CERTIFICATES),
            "pdfs": [str(path) for path in pdfs],
        }
    identical = all_the_same(place)
    yield "All homes and two new registers agree" if identical else "The registers do not agree"
    left = json.loads((place.root / LEFT).read_bytes())
    summary: dict[str, Json] = {**found, **left, "identical_after_merge": identical}
    write_whole(place.summary, (json.dumps(summary, indent=2) + "\n").encode())


def _write_pdfs(desk: LifeDesk) -> list[Path]:
    """Write every page that somebody signed as a file, in the order of the life. Raises JourneyBroken for one that fails."""
    made: dict[str, Path] = {}
    folder = desk.place.root / "pdfs"
    with not_written(folder):
        make_folder(folder)
    for event in desk.state.events:
        body = event.body
        record: Attachment | None = body.record if isinstance(body, OpinionBody | SealedBody | NoticeBody) else None
        if record is None or record.sha256 in made:
            continue
        data = desk.installation.register.queries.blob(record.sha256)
        if data is None:
            raise JourneyBroken(detail=f"the pages {record.sha256} did not arrive")
        if not verifying.verify(desk.installation, data).passed and not isinstance(body, OpinionBody):
            raise JourneyBroken(detail=f"{record.name} does not verify")
        path = folder / f"{len(made) + 1:02}-{event.act.kind}.pdf"
        write_whole(path, data)
        made[record.sha256] = path
    return list(made.values())


def _last_record(desk: LifeDesk) -> Attachment:
    return [event.body.record for event in desk.state.events if isinstance(event.body, SealedBody)][-1]


def all_the_same(place: JourneyPlace) -> bool:
    """Whether every home, and two registers that are given all acts one by one in opposite orders, fold to the same."""
    found: set[str] = set()
    acts: list[VerifiedAct] = []
    blobs: dict[str, bytes] = {}
    org = ""
    for person in place.roles:
        with place.installation(person) as (installation, _):
            found.add(_folded(installation))
            if person == RECORDS:
                org = installation.register.org
                acts = [verify_act(blob) for _, _, blob in installation.register.queries.every_act()]
                for name in {name for verified in acts for name in KINDS.carried(verified.act)}:
                    if (data := installation.register.queries.blob(name)) is not None:
                        blobs[name] = data
    for name, order in (("forward", acts), ("backward", acts[::-1])):
        found.add(_merged(place, name, org, order, blobs))
    return len(found) == 1


def _merged(place: JourneyPlace, name: str, org: str, acts: Iterable[VerifiedAct], blobs: Mapping[str, bytes]) -> str:
    workspace = Workspace(place.root / "merged" / name)
    installation = open_installation(workspace, place.read, place.names, clock=place.clock)
    try:
        installation.register.join(org)
        for verified in acts:
            carried = {digest: blobs[digest] for digest in KINDS.carried(verified.act) if digest in blobs}
            installation.register.append([verified], carried)
        return _folded(installation)
    finally:
        installation.close()


def _folded(installation: Installation) -> str:
    """The digest of everything this register says. Raises JourneyBroken where folding again says something else."""
    rebuilt = installation.register.rebuild(check=True)
    if not rebuilt.identical:
        raise JourneyBroken(detail="a register says something else than its acts")
    return rebuilt.after


LIFE: Mapping[str, LifeStep] = {
    "enrol": LifeStep("Six people make keys and ask to be listed", 400, JOURNEY["enrol"][1]),
    "found": LifeStep(JOURNEY["found"][0], 400, JOURNEY["found"][1]),
    "endorse": LifeStep(JOURNEY["endorse"][0], 400, JOURNEY["endorse"][1]),
    "learn": LifeStep("The owners read why things are as they are", 399, steps.learn),
    "hurry": LifeStep("The owner asks for scaled use at once, and the CISO asks for a pilot", 398, steps.hurry),
    "ask": LifeStep("The owner files it as a pilot", 396, steps.ask),
    "tighten": LifeStep("The CISO tightens the terms and approves", 395, steps.tighten, (CIO,)),
    "agree": LifeStep("The CIO agrees", 394, steps.agree, (OWNER,)),
    "answer": LifeStep("The owner says what a limit costs", 393, steps.answer, (CISO,)),
    "reply": LifeStep("The CISO answers with another limit, and the CIO agrees", 392, steps.reply),
    "accept": LifeStep("The owner accepts, and the pilot begins", 391, steps.accept, (OWNER,)),
    "report": LifeStep("The owner reports that a condition is met", 345, steps.report, (CISO,)),
    "return": LifeStep("The CISO sends the report back", 344, steps.send_back, (OWNER,)),
    "count": LifeStep("The owner reports users and cost", 340, steps.count),
    "suspend": LifeStep("The CISO suspends", 330, steps.suspend, (CIO,)),
    "lift": LifeStep("Both lift, apart from each other", 320, steps.lift),
    "outgrow": LifeStep("The owner files for scaled use", 300, steps.outgrow, (CISO,)),
    "meet": LifeStep("The owner meets what was promised, and the offices confirm it", 298, steps.meet),
    "scale": LifeStep("Both pass it through the gate", 296, steps.scale),
    "hand-over": LifeStep(
        "The owner hands it over, and the successor takes it over", 280, steps.hand_over, (steps.SUCCESSOR,)
    ),
    "expire": LifeStep("Its last day passes", 170, steps.expire, (steps.SUCCESSOR,)),
    "retire": LifeStep("The owner retires it", 160, steps.retire, (CIO,)),
    "acknowledge": LifeStep("Both offices acknowledge that", 159, steps.acknowledge),
    "unite": LifeStep("An administrator gives both offices to one person", 150, steps.unite, (RECORDS,)),
    "check": LifeStep("The records team verifies everything, and all registers are compared", 0, _check),
}
"""The steps by name, in the order of the life."""
