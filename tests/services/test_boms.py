"""From an ML-BOM to a filed request: answers to check, the file kept as it came."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from intake.domain.base.canonical import sha256
from intake.domain.playbook.answers import Answer, Answers
from intake.domain.playbook.questions import QuestionKind, QuestionRole
from intake.domain.playbook.whole import Playbook
from intake.formats import mlbom
from intake.services.filing import boms, filing
from intake.services.filing.boms import NoSuchModel
from tests.filled import filled
from tests.services.offices import Offices

DATA = Path(__file__).parent.parent / "data" / "mlbom"
FILES = sorted(DATA.glob("*.json"))
RESNET = (DATA / "resnet-1.5.cdx.json").read_bytes()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_request_begun_with_a_bom_is_filed_with_it(offices: Offices, path: Path) -> None:
    installation = offices.installations["ada"]
    data = path.read_bytes()

    draft = boms.start_from_bom(installation, "ada", path.name, data)
    begun = filing.view(installation, draft)
    playbook = begun.guide.playbook
    said = {name: answer for name, answer in begun.guide.answers.items() if not answer.files}
    rest = filled(playbook, {name: answer.value for name, answer in said.items() if answer.value is not None})
    installation.register.drafts.answers(
        draft, {name: answer.as_json() for name, answer in rest.answers.items() if not answer.files}
    )
    installation.register.drafts.answers(draft, {name: Answer(answer.value).as_json() for name, answer in said.items()})
    case = filing.file(installation, offices.signer("ada"), draft).case

    assert said
    assert all(answer.check for answer in said.values())
    body = installation.state(case).current.body
    asked = filing.view(installation, filing.start(installation, "ada", case=case)).guide.known.shown
    for question in asked:
        if question.id in said:
            assert body.answers[question.id] == {"value": Answer(said[question.id].value).as_json()["value"]}
    kept = {item.name: item for item in body.attachments}
    if playbook.role(QuestionRole.MODEL_CARD) in {question.id for question in asked}:
        assert kept[path.name].media_type == boms.MEDIA_TYPE
        assert installation.register.queries.blob(kept[path.name].sha256) == data


def test_the_file_is_kept_under_the_question_for_model_cards(offices: Offices) -> None:
    installation = offices.installations["ada"]

    draft = boms.start_from_bom(installation, "ada", "damage.cdx.json", RESNET)

    (file,) = installation.register.drafts.get(draft).files
    assert file.question == installation.shelf.current.role(QuestionRole.MODEL_CARD)
    assert file.attachment.sha256 == sha256(RESNET)
    assert filing.view(installation, draft).guide.answers[file.question].files == (file.attachment,)


def test_each_role_takes_what_the_card_says(offices: Offices) -> None:
    installation = offices.installations["ada"]
    playbook = installation.shelf.current
    (model,) = boms.models_of(installation, RESNET)

    made = boms.answers(playbook, model)

    assert _said(playbook, made, QuestionRole.PROVIDER) == "Example Vision GmbH"
    assert _said(playbook, made, QuestionRole.MODEL) == "example-vision / damage-classifier"
    assert _said(playbook, made, QuestionRole.VERSION) == "1.3.0"
    assert "Photographs taken at night are graded too mildly." in _said(playbook, made, QuestionRole.LIMITS)
    assert "Parts 2024" in _said(playbook, made, QuestionRole.TRAINING_DATA)
    assert playbook.role(QuestionRole.TITLE) not in made
    assert playbook.role(QuestionRole.STAGE) not in made


def test_the_second_model_is_taken_when_asked_for(offices: Offices) -> None:
    installation = offices.installations["ada"]
    data = (DATA / "screening-1.7.cdx.json").read_bytes()

    draft = boms.start_from_bom(installation, "ada", "bom.json", data, 1)

    answers = filing.view(installation, draft).guide.answers
    assert answers[installation.shelf.current.role(QuestionRole.MODEL)].value == "cv-parser"


@pytest.mark.parametrize("index", [-1, 3])
def test_a_model_that_is_not_there_is_refused_and_nothing_begun(offices: Offices, index: int) -> None:
    installation = offices.installations["ada"]
    data = (DATA / "screening-1.7.cdx.json").read_bytes()

    with pytest.raises(NoSuchModel):
        boms.start_from_bom(installation, "ada", "bom.json", data, index)

    assert installation.register.drafts.listed() == ()


def test_a_file_that_is_refused_begins_nothing(offices: Offices) -> None:
    installation = offices.installations["ada"]

    with pytest.raises(mlbom.NotJson):
        boms.start_from_bom(installation, "ada", "bom.json", b"{")

    assert installation.register.drafts.listed() == ()


def test_answers_are_cut_to_what_their_question_takes(offices: Offices) -> None:
    installation = offices.installations["ada"]
    playbook = installation.shelf.current
    card = {
        "modelParameters": {"task": "t" * 5000},
        "considerations": {"technicalLimitations": ["l" * 5000] * 100, "useCases": ["<b>u</b>\u202e" * 900] * 100},
    }
    part = {"type": "machine-learning-model", "name": "n" * 5000, "version": "v" * 1000, "modelCard": card}
    data = json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [part]}).encode()

    made = boms.answers(playbook, boms.models_of(installation, data)[0])

    for name, answer in made.items():
        question = playbook.question(name)
        assert question.kind is not QuestionKind.FILES
        assert "\u202e" not in str(answer.value)
        assert len(str(answer.value)) <= 20_000
    assert str(made[playbook.role(QuestionRole.MODEL)].value).endswith("…")


def _said(playbook: Playbook, made: Answers, role: QuestionRole) -> str:
    value = made[playbook.role(role)].value
    return "\n".join(map(str, value)) if isinstance(value, tuple) else str(value)
