"""The self-test: what a fresh installation must be able to do, done once in a throw-away folder.

It runs on the frozen build too, where a missing library or resource would otherwise be found by a user. The window is
opened by the other program of the same folder, because nothing here knows Qt.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from intake import __version__
from intake.commands.context import CommandContext
from intake.commands.offering import Reply
from intake.commands.parameters import Flag
from intake.commands.programs import window_program
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording

if TYPE_CHECKING:
    from intake.records.proof.verdict import RecordVerdict, VerifierKnowledge
    from intake.services.installation.installation import Installation, PersonWithKey

_PASSPHRASE = "only for this test"  # noqa: S105  # the keys live for a second in a folder nobody else can read
_WINDOW_SECONDS = 120
_NOT_FOUNDED = Wording("SelfTestNotFounded", "the organisation could not be founded")
_REBUILT_OTHERWISE = Wording("SelfTestRebuiltOtherwise", "rebuilding gave another result")
_NO_BOM = Wording("SelfTestNoBom", "an ML-BOM in CycloneDX {version} was not read")
_NOT_PASSED = Wording("SelfTestNotPassed", "a record just signed did not pass: {verdict}")
_OTHER_VERDICT = Wording("SelfTestOtherVerdict", "another process gave another verdict")
_NOT_SHOWN = Wording("SelfTestNotShown", "the record could not be shown")
_NOT_USED_AGAIN = Wording("SelfTestNotUsedAgain", "the other process was not used again")
_NO_WINDOW = Wording("SelfTestNoWindow", "the window did not open: {printed}")


class SelfTestFailed(Refusal):
    what = "The self-test failed: {detail}."
    why = "This copy of Countersign is incomplete or does not fit this computer."
    next = "Install it again from its original source; report it if it happens again."
    exit_code = 1


def selftest(
    given: CommandContext,
    window: Annotated[bool, Flag("Also open the window, without showing it.")] = True,
) -> Reply:
    """Check that this copy works: register, keys, signatures, record, verification, window.

    Exit code 1 when something does not.
    """
    done: list[str] = []

    def say(line: str) -> None:
        given.say(f"  {line}")
        done.append(line)

    with tempfile.TemporaryDirectory(prefix="countersign-selftest-") as folder:
        _engine(Path(folder), given.read, given.names, say)
        if window:
            _window(Path(folder))
            say("The window opened and painted")
    return Reply(("The self-test passed.",), {"version": __version__, "steps": done})


def _engine(
    root: Path,
    read: Callable[[str], bytes],
    names: Callable[[str], tuple[str, ...]],
    say: Callable[[str], None],
) -> None:
    from intake.domain.organisation.roster import Role
    from intake.services.installation.workspace import Workspace, open_installation
    from intake.services.organisation import people

    workspace = Workspace(root / "data")
    installation = open_installation(workspace, read, names)
    say("An empty register was made and migrated")
    signers = {}
    for person in ("first", "second"):
        key = workspace.make_key(person.title(), _PASSPHRASE)
        signers[person] = workspace.signer(person, key.fingerprint, _PASSPHRASE)
        people.enrol(installation, signers[person], name=person.title(), unit="Test")
    say("Two keys were made, saved and opened")
    roles = {"first": (Role.ADMINISTRATOR, Role.CIO), "second": (Role.ADMINISTRATOR, Role.CISO)}
    asked = [(item.act, roles[item.person]) for item in people.enrolments(installation)]
    change = people.found_organisation(installation, signers["first"], "Self-test", asked)
    people.endorse(installation, signers["second"], change.roster)
    _expect(installation.rosters.founded, _NOT_FOUNDED())
    _record(installation, signers["first"], signers["second"])
    say("A record was printed, signed by two keys, verified and shown by another process")
    _expect(installation.register.rebuild(check=True).identical, _REBUILT_OTHERWISE())
    say("Everything computed could be rebuilt identically")
    _bill_of_materials(installation)
    say("Bills of materials were checked against their schemas")
    installation.close()


def _bill_of_materials(installation: Installation) -> None:
    """Read the least ML-BOM in every version: the schemas have to be there."""
    from intake.formats.cyclonedx_schema import VERSIONS
    from intake.services.filing.boms import models_of

    for version in VERSIONS:
        least = f"""{{"bomFormat": "CycloneDX", "specVersion": "{version}", "version": 1, "components": [
            {{"type": "machine-learning-model", "name": "m", "version": "1", "modelCard": {{"bom-ref": "c"}}}}]}}"""
        _expect(len(models_of(installation, least.encode())) == 1, _NO_BOM(version=version))


def _record(installation: Installation, cio: PersonWithKey, ciso: PersonWithKey) -> None:
    """Print a record, sign it twice and judge it."""
    from intake.domain.base.canonical import sha256
    from intake.records.content import Paragraph, RecordContent, RecordKind, SignatureField
    from intake.records.proof.validate import validate_record
    from intake.records.proof.verdict import PinnedKey, VerifierKnowledge
    from intake.records.signatures.sign import sign_record

    content = RecordContent(
        kind=RecordKind.DECISION,
        reference="UC-SELF-TEST",
        title="Self-test",
        subtitle="",
        organisation=installation.register.org,
        organisation_name="Self-test",
        organisation_words="",
        dated=installation.clock(),
        digests=(),
        summary=(Paragraph("Nothing is decided here."),),
        sections=(),
    )
    printer = installation.printer
    base = printer.base(printer.newest, content)
    pdf = base
    pinned = []
    for field, signer in ((SignatureField.CISO, ciso), (SignatureField.CIO, cio)):
        pdf = sign_record(pdf, field, signer.key, person=signer.person, at=installation.clock(), printer=printer)
        key = signer.key
        pinned.append(PinnedKey(field, key.fingerprint, key.certificate_der, signer.person, signer.person))
    evidence = VerifierKnowledge(installation.register.org, tuple(pinned), (sha256(base), sha256(base)))
    verdict = validate_record(pdf, evidence)
    _expect(verdict.passed, _NOT_PASSED(verdict=verdict.said))
    _read_outside(pdf, evidence, verdict)


def _read_outside(pdf: bytes, evidence: VerifierKnowledge, verdict: RecordVerdict) -> None:
    """Have the process for files from outside judge the record and draw its first page."""
    from intake.services.outside.pool import Pool
    from intake.services.proving import show, tasks

    with Pool() as pool:
        with pool.one_file() as file:
            _expect(file.ask(tasks.judge_record, pdf, evidence) == verdict, _OTHER_VERDICT())
        first = pool.workers[0].pid
        _expect(show.draw(pool, pdf, 0, 400).width == 400, _NOT_SHOWN())
        _expect(pool.workers[0].pid == first not in {None, os.getpid()}, _NOT_USED_AGAIN())


def _window(root: Path) -> None:
    """Open the window in the program beside this one, and wait until it has painted."""
    done = subprocess.run(  # noqa: S603  # our own program, no foreign words
        [*window_program(), "--selftest", "--home", str(root / "window")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        timeout=_WINDOW_SECONDS,
        check=False,
    )
    _expect(done.returncode == 0, _NO_WINDOW(printed=done.stderr.decode(errors="replace")[-500:]))


def _expect(holds: bool, detail: Reason) -> None:
    if not holds:
        raise SelfTestFailed(detail=detail)
