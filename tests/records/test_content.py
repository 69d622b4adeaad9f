"""What a record may say, and its machine-readable twin."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from intake.domain.base import canonical
from intake.records.content import Paragraph, RecordKind, SignatureField
from intake.records.editions.e1.twin import twin
from tests.records import contents


def test_twin_is_canonical_and_holds_the_text_as_it_was_written():
    content = contents.hostile()

    data = twin(content, edition=7, made_with={"qpdf": "1"})

    read: Any = canonical.parse(data)
    assert read["sections"][0]["blocks"][0]["text"] == contents.HOSTILE[0]
    assert (read["edition"], read["language"], read["made_with"]) == (7, "en-GB", {"qpdf": "1"})
    assert json.loads(data) == read


@pytest.mark.attack("marks that turn the text of a record around", refusal="NotCanonical")
def test_a_direction_override_is_refused():
    content = contents.decision(summary=(Paragraph("approve\u202edeny"),))

    with pytest.raises(canonical.NotCanonical):
        twin(content, edition=1, made_with={})


@pytest.mark.parametrize(
    "changed",
    [
        {"signers": ()},
        {"signers": (SignatureField.CIO, SignatureField.CIO)},
        {"signers": (SignatureField.CISO,)},
        {"kind": RecordKind.DECISION, "signers": (SignatureField.CIO, SignatureField.OWNER)},
        {"dated": datetime(2026, 11, 22)},  # noqa: DTZ001 - the missing zone is the point
    ],
)
def test_a_record_nobody_could_rightly_sign_cannot_be_made(changed):
    with pytest.raises(ValueError):
        contents.decision(**changed)
