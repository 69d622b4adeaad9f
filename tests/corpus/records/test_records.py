"""Every edition that was released is printed again: the stored records, from the stored acts, byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

import resources
from intake.domain.assessment.engines import ENGINES
from intake.domain.playbook.reading.playbook import from_blob
from intake.records.editions.e1.edition import E1
from intake.records.editions.edition import Edition
from intake.records.editions.printer import Printer
from intake.records.editions.table import EDITIONS
from intake.records.proof import rebuild
from intake.records.reading import claims, structure
from intake.services.installation.press import Press
from intake.services.proving import verifying
from intake.services.proving.anchors import Anchor
from tests.corpus.records.make import FOLDER, Stored, archive, read
from tests.services.anchoring import anchor_of_acts

NOTICES = ("notice-suspend", "notice-lift", "notice-hand-over", "notice-retire")
KINDS = ("decided", "declined", "withdrawn", *NOTICES)
STORED = {number: read(number) for number in EDITIONS}


def anchor(stored: Stored, editions: Mapping[int, Edition] = EDITIONS) -> Anchor:
    playbook = from_blob(stored.playbook)
    press = Press(Printer(resources.read, editions), {playbook.digest: playbook}.__getitem__, ENGINES, lambda _: None)
    return anchor_of_acts(stored.org, stored.acts, stored.files, press)


def test_every_edition_has_stored_records_and_keeps_its_number() -> None:
    assert [edition.number for edition in EDITIONS.values()] == list(EDITIONS) == list(range(1, len(EDITIONS) + 1))
    assert sorted(FOLDER.glob("*.tar.xz")) == sorted(map(archive, EDITIONS))
    assert {number: sorted(stored.records) for number, stored in STORED.items()} == dict.fromkeys(
        EDITIONS, sorted(KINDS)
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", EDITIONS)
@pytest.mark.exhaustive
def test_a_stored_record_is_printed_again_from_its_acts(number: int, kind: str) -> None:
    """Red when a word, a measure or a font of a released edition changed: put it back, and make the next edition."""
    stored = STORED[number]
    pdf = stored.records[kind]
    shape = structure.scan(pdf)

    made = verifying.known_of(pdf, anchor(stored)).evidence.reprint
    verdict = verifying.verify_record(pdf, anchor(stored))

    assert claims.claimed_edition(shape.twin) == number
    assert made is not None
    assert made.why_not is None
    if made.exact:
        assert made.base == pdf[: shape.base_length]
    else:
        assert rebuild.same_base(pdf[: shape.base_length], made.base)
    assert verdict.passed, verdict.sentence
    assert verdict.unchecked == ()


def test_a_later_edition_changes_nothing_about_an_earlier_one() -> None:
    stored = STORED[1]
    later = {
        1: E1,
        2: replace(E1, number=2, decision=lambda case_file, terms: replace(E1.decision(case_file, terms), title="x")),
    }

    made = verifying.known_of(stored.records["decided"], anchor(stored, later)).evidence.reprint

    assert made is not None
    assert stored.records["decided"].startswith(made.base or b"nothing")


def test_one_changed_word_is_seen() -> None:
    stored = STORED[1]
    changed = {
        1: replace(E1, decision=lambda case_file, terms: replace(E1.decision(case_file, terms), subtitle="Other"))
    }

    verdict = verifying.verify_record(stored.records["decided"], anchor(stored, changed))

    assert not verdict.passed


def test_the_stored_texts_need_every_font_of_the_edition() -> None:
    for number, stored in STORED.items():
        files = EDITIONS[number].font_files
        names = (files.regular, files.bold, *files.fallbacks)

        assert [name for name in names if f"+{Path(name).stem}".encode() not in stored.records["declined"]] == []
