"""Two versions that differ in the kinds of acts they know, and in nothing else: what an update brings reaches old cases too."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import resources
from intake.domain.acts.capabilities import Capabilities
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import KINDS, ActKind, ActKinds, Effect, Signers
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import DigestForm, TextForm
from intake.domain.assessment.engines import ENGINES
from intake.domain.base.canonical import Json, sha256
from intake.domain.base.wording import Caption
from intake.domain.case.phases import Phase
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.installation.workspace import Workspace, open_installation
from tests.domain.acts.later_kinds import DISMANTLE, DismantleBody
from tests.people import person
from tests.services.later import sign_later
from tests.services.offices import READ, Offices
from tests.services.test_mixed_versions import PLAN, listed

_CALLED = Caption("TestCalledHandIn", "HandIn")


@dataclass(frozen=True, slots=True)
class HandOverBody:
    """``protocol`` is the SHA-256 of a file; nothing else of the body says that it is one."""

    reason: str
    protocol: str

    def as_json(self) -> dict[str, Json]:
        return HandOver.fields.write(self)


class HandOver(ActKind[HandOverBody]):
    name = "hand-in"
    called = _CALLED()
    effect = Effect.CLOSES
    signers = Signers.OWN_CASE
    fields = Fields({"reason": TextForm(), "protocol": DigestForm()})

    def make(self, _act: Act, values: dict[str, Any]) -> HandOverBody:
        return HandOverBody(**values)

    def objects(self, _body: HandOverBody) -> bool:
        return True

    def files(self, body: HandOverBody) -> frozenset[str]:
        return frozenset({body.protocol})


HAND_OVER = HandOver()
NEWER = Capabilities(ENGINES, kinds=ActKinds((*KINDS, DISMANTLE, HAND_OVER)))


def update(offices: Offices, name: str) -> None:
    offices.installations[name].register.close()
    home = Workspace(offices.root / name)
    made = open_installation(home, READ, resources.names, clock=offices.clock, capabilities=NEWER)
    made.register.rejudge()
    offices.installations[name] = made


@pytest.fixture
def case(offices: Offices, tmp_path: Path) -> str:
    """Ada's version is newer. She handed a use case over and sent it through a folder; Dan has fetched it."""
    made = offices.file()
    update(offices, "ada")
    here = offices.installations["ada"]
    body = HandOverBody("Another department has it now.", sha256(PLAN)).as_json()
    sign_later(
        here, offices.signer("ada"), HAND_OVER.name, body, case=made, after=here.heads(made), files={sha256(PLAN): PLAN}
    )
    (tmp_path / "share").mkdir()
    for name in ("ada", "dan"):
        FolderExchange(offices.installations[name], tmp_path / "share").run()
    return made


def test_an_update_folds_again_what_hung_on_an_unknown_kind(offices: Offices, case: str) -> None:
    before = offices.installations["dan"].register.queries.row(case)

    update(offices, "dan")

    after = offices.installations["dan"].register.queries.row(case)
    assert before is not None
    assert after is not None
    assert (before.phase, after.phase) == ("review", "withdrawn")


def test_after_an_update_files_are_asked_for_that_nobody_knew_to_be_files(
    offices: Offices, case: str, tmp_path: Path
) -> None:
    assert offices.installations["dan"].register.receipts.wanted() == ()

    update(offices, "dan")

    dan = offices.installations["dan"]
    assert dan.register.receipts.wanted() == (sha256(PLAN),)
    FolderExchange(dan, tmp_path / "share").run()
    assert dan.register.queries.blob(sha256(PLAN)) == PLAN
    assert dan.state(case).phase is Phase.WITHDRAWN
    assert dan.register.receipts.wanted() == ()
    assert dan.register.rebuild(check=True).after == offices.installations["ada"].register.rebuild(check=True).after


def test_a_file_that_any_field_of_an_unknown_kind_describes_is_passed_on(offices: Offices, tmp_path: Path) -> None:
    made = offices.file()
    update(offices, "ada")
    here = offices.installations["ada"]
    body = DismantleBody("Nobody uses it.", listed(PLAN, "plan.txt")).as_json()
    sign_later(here, offices.signer("ada"), DISMANTLE.name, body, case=made, files={sha256(PLAN): PLAN})
    for place, names in {"one": ("ada", "dan"), "other": ("dan", "cleo")}.items():
        (tmp_path / place).mkdir()
        for name in names:
            FolderExchange(offices.installations[name], tmp_path / place).run()

    assert offices.installations["cleo"].register.queries.blob(sha256(PLAN)) == PLAN


@pytest.mark.parametrize(
    "value",
    [{"sha256": "x"}, {"sha256": "7" * 64}, [["7" * 64]], {"deeper": listed(PLAN, "plan.txt").as_json()}, 3, None],
)
def test_what_describes_no_file_is_none(value: Any) -> None:
    assert KINDS.carried(act_with({"plan": value})) == frozenset()


def test_files_in_several_fields_are_found_up_to_the_limit() -> None:
    described = [listed(str(number).encode(), "x.txt").as_json() for number in range(51)]

    assert len(KINDS.carried(act_with({"one": described[0], "more": described[1:50]}))) == 50
    assert KINDS.carried(act_with({"one": described[0], "more": described[1:]})) == frozenset()


def act_with(body: dict[str, Any]) -> Act:
    return person("ada").act(kind="something-new", body=body, org="1" * 64, case="2" * 64, roster="3" * 64).act
