"""ML-BOMs as they are published: nothing of one is left out without being named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from intake.domain.base.wording import sentence, words
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import QuestionRole
from intake.formats import bom_unread, mlbom
from intake.formats.cyclonedx_schema import VERSIONS, BomSchemas
from intake.formats.mlbom import MlBom
from intake.services.filing import boms
from tests.core import CORE
from tests.services.offices import Offices

DATA = Path(__file__).parent.parent / "data" / "mlbom"
SCHEMAS = BomSchemas(resources.read)


def read(*parts: dict[str, Any], version: str = "1.6", **document: object) -> MlBom:
    whole = {"bomFormat": "CycloneDX", "specVersion": version, "version": 1, "components": list(parts), **document}
    return mlbom.read(json.dumps(whole).encode(), SCHEMAS)


def model(**changed: object) -> dict[str, Any]:
    return {
        "type": "machine-learning-model",
        "name": "letters",
        "modelCard": {"modelParameters": {"task": "sorting"}},
        **changed,
    }


def left(found: MlBom, index: int = 0) -> list[str]:
    return [words(item) for item in boms.not_taken_by(CORE, found, index)]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_model_with_a_name_alone_leaves_nothing_out(version: str) -> None:
    found = read({"type": "machine-learning-model", "name": "letters"}, version=version)

    assert left(found) == []
    assert [words(item) for item in found.notes] == [
        "“letters” has no model card, so what it is for, its limits and its training data are not in this file"
    ]


def test_what_no_question_takes_is_named_by_its_place() -> None:
    card = {
        "modelParameters": {
            "task": "sorting",
            "approach": {"type": "supervised"},
            "architectureFamily": "transformer",
            "modelArchitecture": "letters-7",
            "inputs": [{"format": "text"}],
            "outputs": [{"format": "label"}],
            "datasets": [
                {
                    "type": "dataset",
                    "name": "Post",
                    "contents": {"url": "https://example.org/x"},
                    "governance": {"owners": []},
                }
            ],
        },
        "quantitativeAnalysis": {"graphics": {"description": "A curve"}},
        "considerations": {
            "users": ["Clerks"],
            "useCases": ["Sorting"],
            "environmentalConsiderations": {"properties": [{"name": "a", "value": "b"}]},
        },
        "properties": [{"name": "hub:likes", "value": "9"}],
    }
    found = read(
        model(
            modelCard=card,
            description="Sorts.",
            purl="pkg:huggingface/acme/letters@1",
            hashes=[{"alg": "SHA-256", "content": "a" * 64}],
            externalReferences=[{"type": "website", "url": "https://example.org"}],
            tags=["nlp"],
            supplier={"name": "Muster AI", "url": ["https://example.org"]},
            publisher="Somebody else",
        )
    )

    (only,) = left(found)

    assert set(only.removeprefix("in the file, and in no answer: ").split(", ")) == {
        *(
            "description",
            "purl",
            "hashes",
            "task",
            "approach",
            "architectureFamily",
            "modelArchitecture",
            "inputs",
            "outputs",
        ),
        *(
            "users",
            "publisher",
            "externalReferences",
            "tags",
            "supplier.url",
            "modelCard.modelParameters.datasets.contents",
        ),
        *("modelCard.modelParameters.datasets.governance", "modelCard.quantitativeAnalysis.graphics"),
        *("modelCard.considerations.environmentalConsiderations", "modelCard.properties"),
    }


def test_what_stands_beside_the_models_is_named_and_counted() -> None:
    library: dict[str, Any] = {"type": "library", "name": "numbers"}
    data = {"type": "data", "bom-ref": "post", "name": "Post", "data": [{"type": "dataset", "classification": "inner"}]}
    card = {"modelParameters": {"datasets": [{"ref": "post"}, {"ref": "nowhere"}]}}

    found = read(
        model(modelCard=card),
        library,
        data,
        library | {"name": "words"},
        dependencies=[{"ref": "post"}],
        metadata={"tools": {"components": []}, "timestamp": "2026-01-01T00:00:00Z"},
        compositions=[],
    )

    assert left(found) == [
        "in the file, and in no answer: Post.data.classification",
        "beside the models, and in no answer: dependencies, metadata.tools, metadata.timestamp",
        "2 components that are no models, and no data that a model names",
    ]
    assert "the data set “nowhere” that “letters” refers to is not described in this file" in [
        words(item) for item in found.notes
    ]


def test_what_is_cut_is_named_by_its_place_and_by_its_question() -> None:
    limits = [f"{number} " + "not for this " * 600 for number in range(4)]
    found = read(model(modelCard={"considerations": {"technicalLimitations": limits}}, version="v" * 400))

    (shortened,) = left(found)

    assert shortened.startswith("longer than is taken, and cut: modelCard.considerations.technicalLimitations, ")
    assert CORE.question(CORE.role(QuestionRole.VERSION)).label in shortened
    assert CORE.question(CORE.role(QuestionRole.LIMITS)).label in shortened


@pytest.mark.parametrize(
    ("interval", "shown"),
    [
        ({"lowerBound": "0.8"}, "(0.8 to …)"),
        ({"upperBound": "0.9"}, "(… to 0.9)"),
        ({"lowerBound": "0.8", "upperBound": "0.9"}, "(0.8 to 0.9)"),
    ],
)
def test_half_of_an_interval_is_not_dropped(interval: dict[str, str], shown: str) -> None:
    metric = {"type": "accuracy", "value": "0.85", "confidenceInterval": interval}
    found = read(model(modelCard={"quantitativeAnalysis": {"performanceMetrics": [metric]}}))

    answer = boms.answers(CORE, found.models[0])[CORE.role(QuestionRole.LIMITS)]

    assert f"accuracy 0.85 {shown}" in str(answer.value)


def test_letters_of_every_language_are_taken_as_they_are() -> None:
    found = read(model(name="\u624b\u7d19 \U0001f4e8 مرحبا", version="ⅷ·1", supplier={"name": "Müßter ΑΙ"}))

    made = boms.answers(CORE, found.models[0])

    assert made[CORE.role(QuestionRole.MODEL)] == Answer(
        "\u624b\u7d19 \U0001f4e8 مرحبا", check=made[CORE.role(QuestionRole.MODEL)].check
    )
    assert str(made[CORE.role(QuestionRole.PROVIDER)].value) == "Müßter ΑΙ"


def test_a_file_of_very_many_odd_keys_is_named_in_part_and_says_so() -> None:
    found = read(model(), **{f"x{number}\u202e\n": [1] for number in range(5000)})

    assert len(found.unread) == bom_unread.MOST + 1
    assert found.unread[-1] == "…"
    assert all(name.isprintable() for name in found.unread)


@pytest.mark.parametrize("path", sorted(DATA.glob("*.json")), ids=lambda path: path.name)
def test_each_sample_says_what_it_leaves_out(offices: Offices, path: Path) -> None:
    installation = offices.installations["ada"]
    found = boms.described(installation, path.read_bytes())

    for index, _ in enumerate(found.models):
        assert all(sentence(item).endswith(".") for item in boms.not_taken(installation, found, index))


LEAVES = st.text(min_size=1, max_size=6).filter(lambda text: text.strip() != "")


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["users", "useCases", "technicalLimitations", "performanceTradeoffs"]),
        st.lists(LEAVES, min_size=1, max_size=3),
    )
)
def test_every_text_of_a_card_is_in_an_answer_or_named(considerations: dict[str, list[str]]) -> None:
    found = read(model(modelCard={"considerations": considerations}))
    one = found.models[0]
    values = [answer.value for answer in boms.answers(CORE, one).values()]
    given_ = "\n".join("\n".join(map(str, value)) if isinstance(value, tuple) else str(value) for value in values)
    named = " ".join(left(found))

    for place, texts in {
        "users": one.users,
        "useCases": one.use_cases,
        "technicalLimitations": one.limitations,
    }.items():
        assert place in named or all(" ".join(text.split()) in given_ for text in texts)
