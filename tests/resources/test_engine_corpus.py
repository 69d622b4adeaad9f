"""Every engine still makes of kept answers what it made of them when they were kept, to the last byte."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from intake.domain.assessment.engines import ENGINES
from intake.domain.playbook import answers
from intake.domain.playbook.reading import playbook

FILES = sorted((Path(__file__).parent / "engines").glob("engine-*.json.xz"))


def test_there_is_a_corpus_of_every_engine() -> None:
    assert [path.name for path in FILES] == [f"engine-{number}.json.xz" for number in sorted(ENGINES)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_engine_gives_what_it_always_gave(path: Path) -> None:
    number = int(path.name.split("-")[1].split(".")[0])
    kept = json.loads(lzma.decompress(path.read_bytes()))
    made_for = playbook.from_json(kept["playbook"])

    found = [
        ENGINES[number].assess(made_for, answers.from_json(case["answers"], draft=True)).digest
        for case in kept["cases"]
    ]

    assert len(found) > 100
    assert found == [case["assessment"] for case in kept["cases"]]
