"""ML-BOMs: three versions read, and every way a file can be wrong or hostile answered with its own refusal."""

from __future__ import annotations

import copy
import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion, _res
from cyclonedx.validation.json import JsonValidator

import resources
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import said, words
from intake.formats import mlbom
from intake.formats.cyclonedx_schema import BomSchemas
from intake.formats.mlbom import (
    BomNotValid,
    BomTooDeep,
    BomTooLarge,
    BomTooLong,
    BomVersionNotSupported,
    Concern,
    DuplicateKeyInBom,
    Metric,
    NoModel,
    NotCycloneDx,
    NotJson,
)
from tests.counting import calls

SCHEMAS = BomSchemas(resources.read)
DATA = Path(__file__).parent.parent / "data" / "mlbom"
FILES = {path.name: path.read_bytes() for path in sorted(DATA.glob("*.json"))}
MODEL = {"type": "machine-learning-model", "name": "m", "modelCard": {"modelParameters": {"task": "t"}}}


def bom(*components: Any, **changes: Any) -> dict[str, Any]:
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [*components]} | changes


def read(data: bytes) -> mlbom.MlBom:
    return mlbom.read(data, SCHEMAS)


def many_models(count: int) -> dict[str, Any]:
    """A document that compares each part with every other, if somebody does."""
    return bom(*(MODEL | {"bom-ref": f"{number}"} for number in range(count)))


def encoded(document: object) -> bytes:
    return json.dumps(document).encode()


def test_a_model_of_version_1_5() -> None:
    found = read(FILES["resnet-1.5.cdx.json"])

    assert (found.spec, found.serial) == ("1.5", "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79")
    (model,) = found.models
    assert (model.name, model.version, model.supplier) == (
        "example-vision / damage-classifier",
        "1.3.0",
        "Example Vision GmbH",
    )
    assert (model.task, model.approach, model.family, model.architecture) == (
        "image classification",
        "supervised",
        "convolutional neural network",
        "ResNet-50",
    )
    assert model.licences == ("Apache-2.0",)
    assert model.hashes == (("SHA-256", "a74f733635a19aefb1f73e5947cef59cd7440c6952ef0f03d09d974274cbd6df"),)
    assert model.datasets == ("Parts 2024 (company confidential)", "Open Parts (40,000 labelled photographs)")
    assert model.sensitive == ("faces of depot staff in the background",)
    assert (model.inputs, model.outputs) == (("image/jpeg",), ("string",))
    assert model.metrics[0] == Metric("accuracy", "0.94", "metal parts", "0.92", "0.96")
    assert model.users == ("Depot staff who check returned parts",)
    assert model.use_cases == ("A second look at the grade a person has given",)
    assert len(model.limitations) == 2
    assert model.tradeoffs == ("A smaller model runs on the hand scanner and misses hairline cracks.",)
    assert model.ethics == (
        Concern("Staff could be blamed for a grade the model gave", "Grades are never kept with the name of a person"),
    )
    assert model.fairness == (
        Concern(
            "Group at risk: Depots with old cameras. Harms: More parts are scrapped than necessary",
            "Thresholds are set for each camera",
        ),
    )


def test_a_model_of_version_1_6_that_the_document_is_about() -> None:
    (model,) = read(FILES["assistant-1.6.cdx.json"]).models

    assert (model.name, model.version, model.supplier) == ("lingua-minutes-8b", "2026.06", "Lingua Modelworks")
    assert model.licences == ("Apache-2.0 OR LicenseRef-Lingua-Commercial",)
    assert model.datasets == (
        "Web text until 2025 (Filtered web pages in 24 languages)",
        "Minutes of public councils (public)",
    )
    assert model.sensitive == ("personal data in web pages",)


def test_models_of_version_1_7_within_another_component() -> None:
    found = read(FILES["screening-1.7.cdx.json"])

    assert [(model.name, model.supplier) for model in found.models] == [
        ("cv-ranker", "TalentSift Inc."),
        ("cv-parser", "TalentSift Inc."),
        ("no-card", ""),
    ]
    assert found.models[0].licences == ("TalentSift subscription terms",)


# ------------------------------------------------------------------------------------------------- exact refusals
REFUSED: dict[str, tuple[bytes, type[Refusal], dict[str, object]]] = {
    "nothing": (b"", NotJson, {}),
    "text": (b"model: x", NotJson, {"detail": "line 1, column 1: Expecting value"}),
    "xml": (b"<?xml version='1.0'?><bom/>", NotJson, {}),
    "not UTF-8": (b'{"bomFormat": "\xff"}', NotJson, {"detail": "it is not UTF-8 text (byte 15)"}),
    "cut": (FILES["resnet-1.5.cdx.json"][:-20], NotJson, {}),
    "not a number": (b'{"a": NaN}', NotJson, {"detail": "it holds NaN, which is no JSON"}),
    "endless number": (b'{"a": 1e999}', NotJson, {}),
    "very long number": (b'{"a": ' + b"9" * 100_000 + b"}", NotJson, {}),
    "two documents": (b"{}{}", NotJson, {}),
    "a list": (b"[]", NotCycloneDx, {}),
    "a number": (b"7", NotCycloneDx, {}),
    "SPDX": (encoded({"spdxVersion": "SPDX-2.3"}), NotCycloneDx, {}),
    "no version": (encoded({"bomFormat": "CycloneDX"}), BomVersionNotSupported, {"found": "of no known version"}),
    "version 1.4": (encoded(bom(MODEL, specVersion="1.4")), BomVersionNotSupported, {"found": "1.4"}),
    "version 1.8": (encoded(bom(MODEL, specVersion="1.8")), BomVersionNotSupported, {"found": "1.8"}),
    "version as number": (encoded(bom(MODEL, specVersion=1.6)), BomVersionNotSupported, {}),
    "version with markup": (encoded(bom(MODEL, specVersion="<b>1.6")), BomVersionNotSupported, {"found": "of no known version"}),
    "no model": (encoded(bom({"type": "library", "name": "x"})), NoModel, {}),
    "card of a library": (encoded(bom(MODEL | {"type": "library"})), NoModel, {}),
    "no components": (encoded(bom()), NoModel, {}),
    "wrong type of components": (encoded(bom() | {"components": {}}), NoModel, {}),
    "components that are none": (encoded(bom(1, None, "x", [MODEL])), NoModel, {}),
    "wrong kind": (encoded(bom(MODEL | {"type": "robot"})), NoModel, {}),
    "a model without a name": (encoded(bom({"type": "machine-learning-model"})), BomNotValid, {"pointer": "/components/0"}),
    "more faults than are left out": (
        encoded(bom(MODEL | {"tags": [*range(21)]})), BomNotValid, {"pointer": "/components/0/tags/0"}
    ),
    "more faults in one model inside another": (
        encoded(bom({"type": "library", "name": "x", "components": [MODEL | {"hashes": [{}] * 30}]})),
        BomNotValid,
        {"pointer": "/components/0/components/0/hashes/0"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "refusal", "facts"), REFUSED.values(), ids=REFUSED)
def test_each_fault_has_its_refusal(data: bytes, refusal: type[Refusal], facts: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refused:
        read(data)

    assert type(refused.value) is refusal, refused.value
    assert (
        facts.items()
        <= {
            name: said(value) if isinstance(value, Reason) else value for name, value in refused.value.facts.items()
        }.items()
    )


LEFT_OUT: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "card is a text": (
        bom(MODEL | {"modelCard": "x"}),
        ("/components/0/modelCard was left out: 'x' is not of type 'object'", "“m” has no model card"),
    ),
    "card of null": (
        bom(MODEL | {"modelCard": None}),
        ("/components/0/modelCard was left out: None is not of type 'object'", "“m” has no model card"),
    ),
    "unknown field": (
        bom(MODEL | {"modelcard": {}, "tag": 1, "version": "1"}),
        ("/components/0 was left out: Additional properties are not allowed ('modelcard', 'tag' were unexpected)",),
    ),
    "users as text": (
        bom(MODEL | {"modelCard": {"considerations": {"users": "all", "useCases": ["Sort letters"]}}}),
        ("/components/0/modelCard/considerations/users was left out: 'all' is not of type 'array'",),
    ),
    "field of a later version": (
        bom(MODEL | {"authors": []}, specVersion="1.5"),
        ("/components/0 was left out: Additional properties are not allowed ('authors' was unexpected)",),
    ),
    "twice the same": (bom(MODEL, MODEL), ()),
    "odd moment elsewhere": (bom(MODEL, metadata={"timestamp": "yesterday"}), ()),
    "faults of other components": (bom({"type": "robot"}, {"type": "library"}, MODEL), ()),
    "one number of many": (
        bom(MODEL | {"tags": ["a", 1, "b", 2]}),
        (
            "/components/0/tags/1 was left out: 1 is not of type 'string'",
            "/components/0/tags/3 was left out: 2 is not of type 'string'",
        ),
    ),
    "a model without a name beside one with a name": (
        bom({"type": "machine-learning-model"}, MODEL),
        ("/components/0 was left out: 'name' is a required property",),
    ),
    "a data set that is none": (
        bom(
            MODEL | {"modelCard": {"modelParameters": {"datasets": [{"ref": "d"}]}}},
            {"type": "data", "name": "Letters", "bom-ref": "d", "data": "x"},
        ),
        ("/components/1/data was left out: 'x' is not of type 'array'",),
    ),
}


@pytest.mark.parametrize(("document", "notes"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_is_not_understood_is_said_and_the_rest_is_read(document: dict[str, Any], notes: tuple[str, ...]) -> None:
    found = read(encoded(document))

    assert found.models[0].name == "m"
    assert len(found.notes) == len(notes)
    for told, note in zip(map(words, found.notes), notes, strict=True):
        assert told.startswith(note)


def test_what_is_beside_a_fault_is_read() -> None:
    card = {"considerations": {"users": "all", "useCases": ["Sort letters"]}, "modelParameters": {"task": 7}}

    (model,) = read(encoded(bom(MODEL | {"modelCard": card, "version": "2", "purl": 1}))).models

    assert (model.version, model.use_cases, model.users, model.task, model.purl) == ("2", ("Sort letters",), (), "", "")


@pytest.mark.parametrize(
    ("written", "licence", "note"),
    [
        ({"id": "Apache-2.0"}, "Apache-2.0", ""),
        ({"id": "apache-2.0"}, "Apache-2.0", "the licence “apache-2.0” was read as Apache-2.0"),
        ({"id": "llama3"}, "llama3", "the licence “llama3” is not one that SPDX lists; it was kept as a name"),
        ({"id": "llama3", "url": "https://example.org/l"}, "llama3", "the licence “llama3” is not one that SPDX lists; it was kept as a name"),
        ({"name": "Our terms"}, "Our terms", ""),
        ({"id": 7}, None, "/components/0/licenses was left out: [{'license': {'id': 7}}] is not valid"),
    ],
)  # fmt: skip
def test_licences_are_read_as_model_hubs_write_them(written: dict[str, Any], licence: str | None, note: str) -> None:
    found = read(encoded(bom(MODEL | {"licenses": [{"license": written}]})))

    assert found.models[0].licences == ((licence,) if licence else ())
    assert bool(found.notes) is bool(note)
    assert not note or words(found.notes[0]).startswith(note)


def test_a_model_without_a_card_says_what_it_says_and_what_is_missing() -> None:
    part = {"type": "machine-learning-model", "name": "clf", "version": "1.0", "supplier": {"name": "Muster AI"}}

    found = read(encoded(bom(part)))

    assert [(model.name, model.version, model.supplier, model.carded) for model in found.models] == [
        ("clf", "1.0", "Muster AI", False)
    ]
    assert [words(note) for note in found.notes] == [
        "“clf” has no model card, so what it is for, its limits and its training data are not in this file"
    ]


def test_models_beyond_the_most_that_are_read_are_counted() -> None:
    found = read(encoded(many_models(mlbom.MAX_MODELS + 2)))

    assert len(found.models) == mlbom.MAX_MODELS
    assert [words(note) for note in found.notes] == ["it describes 52 models; only the first 50 are read"]


@pytest.mark.parametrize(
    "data",
    [
        b'{"bomFormat": "CycloneDX", "bomFormat": "CycloneDX"}',
        FILES["resnet-1.5.cdx.json"].replace(
            b'"name": "damage-classifier",', b'"name": "x", "name": "damage-classifier",'
        ),
        FILES["resnet-1.5.cdx.json"].replace(b'"1.3.0"', b'"1.3.0", "modelCard": {}'),
        b'{"a\\u0062": 1, "ab": 2}',
    ],
)
def test_a_key_that_stands_twice_is_refused(data: bytes) -> None:
    with pytest.raises(DuplicateKeyInBom):
        read(data)


def test_a_huge_file_is_refused_unread() -> None:
    with pytest.raises(BomTooLarge) as refused:
        read(b" " * (mlbom.MAX_BYTES + 1))

    assert refused.value.facts == {"size": 11, "limit": 10}


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 1_000_000,
        b'{"a":' * 1_000_000,
        b'{"bomFormat": "CycloneDX", "x": ' + b"[" * 65 + b"]" * 65 + b"}",
    ],
)
def test_deep_nesting_is_refused_before_anything_recurses(data: bytes) -> None:
    with pytest.raises(BomTooDeep):
        read(data)


def test_brackets_within_texts_are_no_nesting() -> None:
    found = read(encoded(bom(MODEL | {"description": '[[[{{{"\\' * 500})))

    assert found.models[0].description.startswith("[[[{{{")


def test_components_nested_as_deep_as_allowed_are_read() -> None:
    part: dict[str, Any] = copy.deepcopy(MODEL)
    for _ in range(28):
        part = {"type": "library", "name": "x", "components": [part]}

    assert len(read(encoded(bom(part))).models) == 1


def test_very_many_values_are_refused() -> None:
    with pytest.raises(BomTooLong):
        read(b'{"bomFormat": "CycloneDX", "x": [' + b"1," * mlbom.MAX_VALUES + b"1]}")


def test_what_keeps_the_librarys_validator_busy_for_minutes_is_read_in_step_with_its_length() -> None:
    """Of the time that one call takes, ``tests/benchmarks`` sees more."""

    def look(count: int) -> None:
        assert len(read(encoded(many_models(count))).models) == mlbom.MAX_MODELS

    look(mlbom.MAX_MODELS)

    assert calls(partial(look, 800)) < 5 * calls(partial(look, 200)), "each part is not compared with every other"


def test_a_long_address_is_looked_over_once() -> None:
    def look(length: int) -> None:
        link = {"type": "website", "url": "https://example.org/" + "a" * length}
        assert read(encoded(bom(MODEL, externalReferences=[link]))).models

    look(10)

    assert calls(partial(look, 100_000)) < 2 * calls(partial(look, 10)), "no grammar walks over it"


def test_markup_is_text_and_hidden_characters_are_gone() -> None:
    hostile = MODEL | {
        "name": "<img src=x onerror=alert(1)>\u202egpj.exe",
        "description": "<b>bold</b> \x00\x07 &amp; \ud800 {0} %s",
        "supplier": {"name": "Evil\nCorp\u2066"},
    }

    (model,) = read(encoded(bom(hostile))).models

    assert model.name == "<img src=x onerror=alert(1)>gpj.exe"
    assert model.description == "<b>bold</b> \ufffd\t &amp; \ufffd {0} %s"
    assert model.supplier == "Evil Corp"


def test_a_long_text_is_cut_and_says_so() -> None:
    (model,) = read(encoded(bom(MODEL | {"description": "x" * 100_000}))).models

    assert len(model.description) == mlbom.MAX_TEXT
    assert model.description.endswith("…")


def test_a_dataset_that_refers_to_nothing_or_to_itself_says_nothing() -> None:
    card = {"modelParameters": {"datasets": [{"ref": "nowhere"}, {"ref": "m"}, {}]}}
    part = MODEL | {"bom-ref": "m", "modelCard": card}

    found = read(encoded(bom(part)))

    assert found.models[0].datasets == ("m",)


def test_words_of_a_refusal_are_short_whatever_the_file_holds() -> None:
    with pytest.raises(BomNotValid) as refused:
        read(encoded(bom(MODEL | {"tags": [{"x" * 50_000 + "\u202e": n} for n in range(21)]})))

    assert len(refused.value.what_happened) < 400
    assert "\u202e" not in refused.value.sentence


# ---------------------------------------------------------------------------------- compared with the library
JUDGED = (
    {name: json.loads(data) for name, data in FILES.items()}
    | {name: json.loads(data) for name, (data, refusal, _) in REFUSED.items() if refusal in {BomNotValid, NoModel}}
    | {name: document for name, (document, _) in LEFT_OUT.items()}
)


@pytest.mark.parametrize("name", JUDGED)
def test_the_librarys_own_validator_judges_the_same(name: str) -> None:
    document = JUDGED[name]
    validator = JsonValidator(SchemaVersion.from_version(document["specVersion"]))

    theirs = validator.validate_str(json.dumps(document))
    ours = next(SCHEMAS.errors(document, document["specVersion"]), None)

    assert (ours is None) == (theirs is None), (ours, theirs)


@pytest.mark.parametrize(
    "url", ["https://example.org/ä?x=1#y", "urn:x:y", "../a", "", "a b", "%zz", "<x>", "mailto:a@b"]
)
@pytest.mark.exhaustive
def test_an_address_is_judged_as_the_library_does(url: str) -> None:
    document = bom(MODEL, externalReferences=[{"type": "website", "url": url}])

    theirs = JsonValidator(SchemaVersion.V1_6).validate_str(json.dumps(document))
    ours = next(SCHEMAS.errors(document, "1.6"), None)

    assert (ours is None) == (theirs is None), (ours, theirs)


def test_the_schemas_are_those_that_the_library_ships() -> None:
    shipped = Path(_res.__file__).parent
    names = [name for name in resources.names("schema/cyclonedx") if name.endswith(".json")]

    assert len(names) == 6
    for name in names:
        assert resources.read(name) == (shipped / name.rsplit("/", 1)[1]).read_bytes()
