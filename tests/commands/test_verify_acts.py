"""``verify`` of one act: a signature that holds is not enough, the act has to count where it belongs.

Every attack is signed with a real key, so that nothing but the intended rule is left to refuse it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import resources
from intake.domain.acts.checkpoint import ListedHead, write_heads
from intake.domain.acts.envelope import Act, Attachment
from intake.domain.acts.kinds import OPINION, REVISION, ROSTER, SEALED, Office
from intake.domain.acts.kinds.checkpoint import CheckpointBody
from intake.domain.acts.kinds.comment import CommentBody
from intake.domain.acts.kinds.endorse import EndorseBody
from intake.domain.acts.kinds.enrol import EnrolBody
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.acts.kinds.training import TrainingBody
from intake.domain.acts.kinds.withdraw import WithdrawBody
from intake.domain.base.canonical import sha256
from intake.services.installation.workspace import read_playbook
from intake.services.organisation import literacy
from intake.services.proving import judging
from intake.services.proving.anchors import anchor_of_files
from intake.services.proving.judged import Result
from intake.trust.acts import VerifiedAct, verify_act
from tests.commands.conftest import copied
from tests.commands.house import House, called, document, run
from tests.people import person

PASSED, FAILED, OPEN = ("TOTAL-PASSED", 0), ("TOTAL-FAILED", 1), ("INDETERMINATE", 2)
NOTHING = Attachment("0" * 64, 1, "application/octet-stream", "heads")


class Scene:
    """A decided use case as files: its acts by kind, and what somebody who verifies says about one more."""

    def __init__(self, house: House, case: str, folder: Path) -> None:
        self.house, self.case, self.folder = house, case, folder
        self.acts = [verify_act(path.read_bytes()).act for path in sorted((house.root / "acts").glob("*.p7m"))]
        self.org = house.org

    def of(self, kind: str, who: str = "") -> Act:
        return next(act for act in self.acts if act.kind == kind and who in ("", act.person))

    def opinion(self, who: str) -> OpinionBody:
        return OPINION.read(self.of(OPINION.name, who))

    def signed(self, who: str, kind: str, body: object, **more: object) -> VerifiedAct:
        """An act of the case by anybody, after everything that is here and under the roster in force."""
        case = more.pop("case", self.case)
        given = {"org": self.org, "roster": self.org, "case": case, "after": [case] if case else [], **more}
        return person(who).act(kind, body.as_json(), **given)  # type: ignore[attr-defined]

    def write(self, act: VerifiedAct) -> Path:
        path = self.folder / f"{act.blob_id}.p7m"
        path.write_bytes(act.blob)
        return path

    def checkpoint(self, listing: bytes) -> VerifiedAct:
        """Bob, who keeps the records, lists this; the list is beside the acts."""
        name = sha256(listing)
        (self.house.root / "acts" / f"{name}.heads").write_bytes(listing)
        body = CheckpointBody(Attachment(name, len(listing), "application/json", "heads.json"), None)
        return self.signed("bob", "checkpoint", body, case="", seq=40)

    def verdict(self, act: VerifiedAct, *words: str | Path, home: str = "none") -> tuple[tuple[str, int], str]:
        """((indication, exit code), sentence), without a register by the acts beside it unless told otherwise."""
        place = self.house.home(home) if home != "none" else self.folder / "none"
        words = ("verify", self.write(act), *words, "--home", place, "--json")
        result = called(*words)
        found = document(result, "verify")["files"][0]
        return (found["indication"], result.exit_code), f"{found['said']['text']} {found['next']['text']}"

    def beside(self) -> tuple[str | Path, ...]:
        return "--org", self.org, "--acts", self.house.root / "acts"


@pytest.fixture
def scene(decided, tmp_path) -> Scene:
    return Scene(copied(decided[0], tmp_path / "house"), decided[1], tmp_path)


@pytest.fixture(params=["files", "register"])
def judge(scene: Scene, request: pytest.FixtureRequest) -> Callable[[VerifiedAct], tuple[tuple[str, int], str]]:
    """Both ways to know the case say the same."""
    if request.param == "files":
        return lambda act: scene.verdict(act, *scene.beside())
    return lambda act: scene.verdict(act, home="bob")


def test_every_act_that_counts_passes_by_the_register_too(scene):
    acts = sorted((scene.house.root / "acts").glob("*.p7m"))

    found = document(run("verify", *acts, "--home", scene.house.home("bob"), "--json"), "verify")

    assert {item["indication"] for item in found["files"]} == {"TOTAL-PASSED"}


# --------------------------------------------------------------------------------------------------------- in a case
@pytest.mark.attack("sign an opinion for an office one does not hold", refusal="TOTAL-FAILED: does not hold the role")
def test_an_owner_does_not_speak_as_cio(scene, judge):
    found, said = judge(scene.signed("ada", "opinion", scene.opinion("cleo")))

    assert found == FAILED
    assert "its signer does not hold the role this needs" in said


@pytest.mark.attack("approve one's own request", refusal="TOTAL-FAILED: has a part in this case")
def test_an_office_holder_who_submitted_it_does_not_decide_on_it(scene, judge):
    """Dan holds the office; the revision he wrote is his, so no approval of his counts on it."""
    before = REVISION.read(scene.of(REVISION.name))
    mine = scene.signed("dan", "revision", replace(before, owner="dan"), case="")
    own = replace(scene.opinion("dan"), revision=mine.act.id)
    scene.house.run("bob", "import", scene.write(mine))
    shutil.copy(scene.write(mine), scene.house.root / "acts")

    found, said = judge(scene.signed("dan", "opinion", own, case=mine.act.id))

    assert found == FAILED
    assert "has a part in this case" in said


@pytest.mark.attack("put another digest beside the terms of an opinion", refusal="TOTAL-FAILED: the form of its kind")
def test_terms_and_their_digest_belong_together(scene, judge):
    body = {**scene.opinion("cleo").as_json(), "terms_digest": "ab" * 32}
    act = scene.of(OPINION.name, "cleo")
    forged = person("cleo").act(
        "opinion", body, org=scene.org, case=scene.case, roster=act.roster, after=act.after, seq=7
    )

    found, said = judge(forged)

    assert found == FAILED
    assert "has not the form of its kind" in said


@pytest.mark.attack("approve by another playbook than the request", refusal="TOTAL-FAILED: another playbook")
def test_an_opinion_by_another_playbook_fails(scene, judge):
    found, said = judge(scene.signed("dan", "opinion", replace(scene.opinion("dan"), playbook="ab" * 32), seq=9))

    assert found == FAILED
    assert "another playbook" in said


@pytest.mark.attack("approve by another assessment", refusal="TOTAL-FAILED: not what the playbook makes of it")
def test_an_approval_by_another_assessment_fails(scene, judge):
    found, said = judge(scene.signed("dan", "opinion", replace(scene.opinion("dan"), assessment="ab" * 32), seq=9))

    assert found == FAILED
    assert "its assessment is not what the playbook makes of this revision on these terms" in said


def test_without_the_playbook_it_is_said_that_the_assessment_could_not_be_computed(scene):
    act = scene.of(OPINION.name, "dan")

    found = judging.of_act(act, "", anchor_of_files(scene.org, sorted((scene.house.root / "acts").iterdir())))

    assert found.result is Result.PASSED
    assert found.unchecked == ("Whether it names what the playbook makes of the answers could not be computed here.",)


@pytest.mark.attack("show an approval that its office has taken back", refusal="TOTAL-PASSED: it counted until …")
def test_an_opinion_that_was_replaced_says_until_when_it_counted(scene, tmp_path):
    no = replace(scene.opinion("dan"), position=Position.DECLINE, terms=None, record=None, reason="No", base="")
    seen = [scene.of(OPINION.name, who).id for who in ("cleo", "dan")]
    decline = scene.write(scene.signed("dan", "opinion", no, after=seen, seq=9))
    shutil.copy(decline, scene.house.root / "acts")
    scene.house.run("bob", "import", decline)
    later = verify_act(decline.read_bytes()).act.id[:16]
    before = [path for path in sorted((scene.house.root / "acts").glob("*.p7m")) if path.name != decline.name]
    (mine,) = (path for path in before if _is(path, OPINION.name) and verify_act(path.read_bytes()).act.person == "dan")
    (theirs,) = (path for path in before if _is(path, OPINION.name) and path != mine)
    (seal,) = (path for path in before if _is(path, SEALED.name))

    for words in (["--home", scene.house.home("bob")], [*scene.beside(), "--home", tmp_path / "none"]):
        found = document(run("verify", mine, theirs, decline, *words, "--json"), "verify")["files"]
        assert [item["indication"] for item in found] == ["TOTAL-PASSED"] * 3
        assert [item["standing"] for item in found] == ["ended", "ended", "counts"]
        assert [item["said"]["text"] for item in found] == [
            f"Signed by Dan. It counted until Dan gave another opinion for the CISO ({later}).",
            f"Signed by Cleo. It counted until Dan suspended the use case for the CISO ({later}).",
            "Signed by Dan, and it counts as the opinion of the CISO.",
        ]
    said = run("verify", seal, "--home", scene.house.home("bob")).stdout
    assert f"It counted until Dan suspended the use case for the CISO ({later})." in said


@pytest.mark.attack("replay an opinion on another use case", refusal="INDETERMINATE: it waits")
def test_an_opinion_on_the_revision_of_another_case_waits(scene, judge):
    again = replace(REVISION.read(scene.of(REVISION.name)), title="Something else")
    other = scene.signed("ada", "revision", again, case="")
    scene.house.run("bob", "import", scene.write(other))
    shutil.copy(scene.write(other), scene.house.root / "acts")

    found, said = judge(scene.signed("dan", "opinion", scene.opinion("dan"), case=other.act.id, seq=8))

    assert found == OPEN
    assert "It waits" in said
    assert scene.opinion("dan").revision[:16] in said


@pytest.mark.attack("approve a revision nobody has", refusal="INDETERMINATE: it waits")
def test_an_opinion_on_a_revision_that_is_not_here_waits(scene, judge):
    found, said = judge(scene.signed("dan", "opinion", replace(scene.opinion("dan"), revision="cd" * 32), seq=9))

    assert found == OPEN
    assert "cdcdcdcdcdcdcdcd" in said


@pytest.mark.parametrize(
    ("kind", "body"),
    [("comment", CommentBody("I was here", "")), ("withdraw", WithdrawBody("It is mine", "", None))],
    ids=["comment", "withdraw"],
)
@pytest.mark.attack("comment or withdraw without being listed", refusal="TOTAL-FAILED: not in the roster")
def test_what_a_stranger_writes_fails(scene, judge, kind, body):
    assert judge(scene.signed("mallory", kind, body))[0] == FAILED


@pytest.mark.attack("withdraw the request of somebody else", refusal="TOTAL-FAILED: only the owner")
def test_a_colleague_does_not_withdraw_it(scene, judge):
    found, said = judge(scene.signed("cleo", "withdraw", WithdrawBody("I do not like it", "", None)))

    assert found == FAILED
    assert "only the owner" in said


def test_what_the_owner_withdraws_passes_and_so_does_a_comment(scene, judge):
    assert judge(scene.signed("ada", "withdraw", WithdrawBody("It is over", "", None), seq=20))[0] == PASSED
    assert judge(scene.signed("bob", "comment", CommentBody("Seen", "")))[0] == PASSED


@pytest.mark.attack("seal a record one did not sign", refusal="TOTAL-FAILED: gave none of the opinions it seals")
@pytest.mark.parametrize("who", ["ada", "bob"])
def test_an_outsider_does_not_seal(scene, judge, who):
    found, said = judge(scene.signed(who, "sealed", SEALED.read(scene.of(SEALED.name)), seq=30))

    assert found[0] != "TOTAL-PASSED"
    assert found == FAILED
    assert "its signer gave neither, or both, of the opinions it seals" in said


@pytest.mark.attack("seal another document than was signed", refusal="TOTAL-FAILED: seals other pages")
def test_a_signer_does_not_seal_another_base(scene, judge):
    seal = scene.of(SEALED.name)
    other: SealedBody = replace(SEALED.read(seal), base="ab" * 32)

    found, said = judge(scene.signed(seal.person, "sealed", other, seq=30, after=[*seal.after]))

    assert found == FAILED
    assert "seals other pages than those the other office signed" in said


@pytest.mark.attack("show an act without its case", refusal="INDETERMINATE: its use case is not at hand")
def test_without_the_case_nothing_passes(scene, tmp_path):
    rosters = tmp_path / "rosters"
    rosters.mkdir()
    for path in (scene.house.root / "acts").glob("*.p7m"):
        if not verify_act(path.read_bytes()).act.case_id:
            shutil.copy(path, rosters)

    for kind in (OPINION.name, SEALED.name):
        path = next(path for path in (scene.house.root / "acts").glob("*.p7m") if _is(path, kind))
        found, said = scene.verdict(verify_act(path.read_bytes()), "--org", scene.org, "--acts", rosters)
        assert found == OPEN
        assert "use case is not at hand" in said
    for body in (CommentBody("Seen", ""), WithdrawBody("It is over", "", None)):
        said = "comment" if isinstance(body, CommentBody) else "withdraw"
        found, _ = scene.verdict(scene.signed("ada", said, body, after=[]), "--org", scene.org, "--acts", rosters)
        assert found == OPEN


@pytest.mark.attack("decline for an office without the case at hand", refusal="INDETERMINATE: not at hand")
def test_an_objection_does_not_pass_without_its_case_either(scene, tmp_path):
    (tmp_path / "few").mkdir()
    for path in (scene.house.root / "acts").glob("*.p7m"):
        if verify_act(path.read_bytes()).act.case_id == "":
            shutil.copy(path, tmp_path / "few")
    no = replace(scene.opinion("dan"), position=Position.DECLINE, terms=None, record=None, reason="No", base="")

    assert scene.verdict(scene.signed("dan", "opinion", no), "--org", scene.org, "--acts", tmp_path / "few")[0] == OPEN
    assert scene.verdict(scene.signed("dan", "opinion", no, seq=9), *scene.beside())[0] == PASSED


def test_an_act_that_is_not_in_the_folder_is_judged_with_its_case(scene, tmp_path):
    acts = tmp_path / "others"
    shutil.copytree(scene.house.root / "acts", acts)
    opinion = next(path for path in acts.glob("*.p7m") if _is(path, OPINION.name))
    blob = opinion.read_bytes()
    opinion.unlink()

    assert scene.verdict(verify_act(blob), "--org", scene.org, "--acts", acts)[0] == PASSED


def test_a_seal_is_not_taken_at_its_word(scene):
    seal = next(path for path in (scene.house.root / "acts").glob("*.p7m") if _is(path, SEALED.name))

    assert scene.verdict(verify_act(seal.read_bytes()), *scene.beside())[0] == OPEN


# ----------------------------------------------------------------------------------------------- of the organisation
@pytest.mark.attack("make a checkpoint without keeping the records", refusal="TOTAL-FAILED: does not hold the role")
@pytest.mark.parametrize("who", ["ada", "finn", "mallory"])
def test_a_checkpoint_of_somebody_else_fails(scene, judge, who):
    assert judge(scene.signed(who, "checkpoint", CheckpointBody(NOTHING, None), case=""))[0] == FAILED


def test_a_checkpoint_by_records_passes_with_what_it_lists(scene):
    made = scene.checkpoint(write_heads(ListedHead(act.case_id, act.id) for act in scene.acts))

    assert scene.verdict(made, *scene.beside()) == (
        PASSED,
        "Signed by Bob, who keeps the records, with a key the roster lists. Nothing needs to be done.",
    )
    scene.house.run("bob", "import", scene.write(made))
    assert scene.verdict(made, home="bob")[0] == OPEN


@pytest.mark.attack("a checkpoint whose list is not there", refusal="INDETERMINATE: what it lists is not here")
def test_a_checkpoint_without_its_list_is_open(scene, judge):
    found, said = judge(scene.signed("bob", "checkpoint", CheckpointBody(NOTHING, None), case="", seq=40))

    assert found == OPEN
    assert said == (
        "It is signed by Bob, and what it lists is not here, so it says nothing yet. Fetch it from the exchange, or ask "
        f"Bob for what the checkpoint of 2026-11-22 lists (as a file: {NOTHING.sha256}.heads)."
    )


@pytest.mark.attack("a checkpoint whose list is junk", refusal="TOTAL-FAILED: what it lists cannot be read")
def test_a_checkpoint_with_a_junk_list_fails(scene):
    found, said = scene.verdict(scene.checkpoint(b"{}"), *scene.beside())

    assert found == FAILED
    assert said.startswith("It is signed by Bob and counts for nothing: what it lists cannot be read.")


@pytest.mark.attack("a checkpoint that lists acts nobody has", refusal="INDETERMINATE: they are not here")
@pytest.mark.parametrize("case", ["", "cd" * 32])
def test_a_checkpoint_that_lists_what_is_not_there_is_open(scene, case):
    listed = [ListedHead(act.case_id, act.id) for act in scene.acts]

    found, said = scene.verdict(scene.checkpoint(write_heads([*listed, ListedHead(case, "ab" * 32)])), *scene.beside())

    assert found == OPEN
    of = " (of 1 use case)" if case else ""
    assert said.startswith(f"It is signed by Bob, and 1 of the {len(listed) + 1} acts it lists are not here{of}: ")


@pytest.mark.attack("a checkpoint that lists an act in another case", refusal="INDETERMINATE: it is not here")
def test_a_checkpoint_that_lists_an_act_where_it_is_not_is_open(scene):
    found, said = scene.verdict(scene.checkpoint(write_heads([ListedHead("cd" * 32, scene.case)])), *scene.beside())

    assert found == OPEN
    assert said.startswith("It is signed by Bob, and the only act it lists is not here (of 1 use case): ")


@pytest.mark.exhaustive
def test_a_checkpoint_under_a_roster_nobody_has_is_open(scene, judge):
    body = CheckpointBody(NOTHING, None)

    assert judge(scene.signed("bob", "checkpoint", body, case="", roster="ab" * 32))[0] == OPEN


@pytest.mark.attack("endorse a roster without administering", refusal="TOTAL-FAILED: administers neither")
@pytest.mark.parametrize("who", ["ada", "cleo", "mallory"])
def test_an_endorsement_of_somebody_else_fails(scene, judge, who):
    found, said = judge(scene.signed(who, "roster-endorse", EndorseBody(scene.org), case="", roster=""))

    assert found == FAILED
    assert "administers neither it nor the one before" in said


def test_an_endorsement_by_an_administrator_passes_and_of_an_unknown_version_is_open(scene, judge):
    known, unknown = EndorseBody(scene.org), EndorseBody("ab" * 32)

    assert judge(scene.signed("finn", "roster-endorse", known, case="", roster="", seq=40))[0] == PASSED
    assert judge(scene.signed("finn", "roster-endorse", unknown, case="", roster="", seq=41))[0] == OPEN


@pytest.mark.attack("sign the training record of somebody else", refusal="TOTAL-FAILED: not listed with this key")
def test_a_training_record_of_somebody_else_fails(scene, judge):
    core = read_playbook(resources.read, resources.names)
    body = TrainingBody(core.digest, literacy.digests(core))
    unknown = TrainingBody(core.digest, {"why": "ab" * 32})

    assert judge(scene.signed("dan", "training", body, case="", seq=50))[0] == PASSED
    assert judge(scene.signed("dan", "training", unknown, case="", seq=51))[0] == OPEN
    assert judge(scene.signed("dan", "training", body, case="", person="cleo"))[0] == FAILED
    assert judge(scene.signed("mallory", "training", body, case=""))[0] == FAILED


@pytest.mark.attack("enrol under the name of somebody listed", refusal="INDETERMINATE: proves the key only")
def test_an_enrolment_proves_a_key_and_nothing_else(scene, judge):
    def asked(who: str, **more: str) -> VerifiedAct:
        body = EnrolBody("Cleo", "", person(who).certificate_der)
        return scene.signed(who, "enrol", body, case="", roster="", **more)

    found, said = judge(asked("mallory", person="cleo"))
    assert found == OPEN
    assert "Whose it is cannot be said" in said
    assert judge(asked("cleo", seq=60))[0] == PASSED


def test_a_roster_of_one_administrator_does_not_count(scene, judge):
    first = scene.of(ROSTER.name)
    again = person("mallory").act("roster", first.body, org="", case="", after=[], roster="")

    assert judge(again)[0] == OPEN


def test_a_kind_of_a_later_version_is_open(scene, judge):
    assert judge(scene.signed("ada", "note-later", CommentBody("New", "")))[0] == OPEN


def _is(path: Path, kind: str) -> bool:
    return verify_act(path.read_bytes()).act.kind == kind


def test_offices_are_those_of_the_sample(scene):
    assert (scene.opinion("cleo").office, scene.opinion("dan").office) == (Office.CIO, Office.CISO)
