"""Every stored organisation is read again by today's program, in every way it may arrive, and means what it meant.

Red when the fold, the assessment, the terms, a record or the order of arrival makes something else of acts that people have:
put it back. What a later version says beside that is free.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import resources
from intake.domain.acts.kinds import KINDS
from intake.domain.base.canonical import sha256
from intake.records.proof.verdict import Indication
from intake.services.exchanging.exchanging import import_package
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.installation.installation import Installation
from intake.services.installation.workspace import press_of
from intake.services.proving import verifying
from tests.corpus.organisation.said import records, said_by
from tests.corpus.organisation.stored import (
    EXCHANGE,
    FOLDER,
    NUMBERS,
    PACKAGE,
    archive,
    carried,
    opened_from,
    said_file,
    said_then,
    unpack,
)
from tests.corpus.organisation.story import CASES, NOTE, NOTED
from tests.services.anchoring import anchor_of_acts
from tests.services.offices import READ

LIMIT = 1_500_000
"""Bytes that one archive may have: it stays in the repository for good."""


@pytest.fixture(scope="session", params=NUMBERS)
def number(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="session")
def laid_out(number: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("organisation")
    unpack(number, made)
    return made


@pytest.fixture(scope="session")
def reader(number: int, laid_out: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Today's program with what the folder brought; nothing here changes it."""
    said = said_then(number)
    home = tmp_path_factory.mktemp("reader")
    with opened_from(home, said["org"], datetime.fromisoformat(said["now"])) as made:
        from_folder(made, laid_out)
        yield made


def from_folder(reader: Installation, laid_out: Path) -> None:
    # Sending writes nothing there: the reader has made no acts.
    report = FolderExchange(reader, laid_out / EXCHANGE).run()
    assert (report.refused, report.problems, report.sent) == (0, (), 0)


def from_package(reader: Installation, laid_out: Path) -> None:
    report = import_package(reader, laid_out / PACKAGE)
    assert (report.refused, report.problems, report.missing.acts) == (0, (), 0)


def backwards(reader: Installation, laid_out: Path) -> None:
    """The newest first, and every file only after all acts."""
    acts, files = carried(laid_out / EXCHANGE)
    for act in sorted(acts, key=lambda item: item.act.at, reverse=True):
        reader.register.append([act])
    reader.register.append((), files)


def one_by_one(reader: Installation, laid_out: Path) -> None:
    """Act by act in an order by lot, each with those files that are asked for by then."""
    acts, files = carried(laid_out / EXCHANGE)
    random.Random(2026).shuffle(acts)
    for act in acts:
        reader.register.append([act])
        reader.register.append((), {name: files[name] for name in reader.register.receipts.wanted() if name in files})


def assert_whole(reader: Installation) -> None:
    """Nothing was refused, nothing waits, nothing is asked for, and a rebuilt register says the same."""
    assert reader.register.quarantine.items() == ()
    assert reader.register.queries.waiting_room() == ()
    assert reader.register.receipts.wanted() == ()
    assert reader.register.rebuild(check=True).identical


def then(number: int) -> dict[str, Any]:
    """What was said of the acts; the rest of what is stored says how to read them."""
    return {name: value for name, value in said_then(number).items() if name not in ("org", "now", "names")}


def test_there_is_an_archive_with_what_was_said_about_it() -> None:
    assert tuple(range(1, len(NUMBERS) + 1)) == NUMBERS
    assert NUMBERS
    for number in NUMBERS:
        assert archive(number).stat().st_size < LIMIT
        assert said_file(number).is_file()
    assert len(list(FOLDER.glob("organisation-*"))) == 2 * len(NUMBERS)


@pytest.mark.slow("it judges every signed record there is")
def test_it_means_what_it_meant(reader: Installation, number: int) -> None:
    assert differences(then(number), said_by(reader)) == []
    assert list(reader.register.audit()) == []
    assert_whole(reader)


@pytest.mark.exhaustive
def test_it_means_the_same_whichever_way_it_comes(
    reader: Installation, laid_out: Path, number: int, tmp_path: Path
) -> None:
    digest, said = reader.register.rebuild(check=True).after, said_then(number)
    without_verdicts = said_by(reader, judged=False)

    for way in (from_package, backwards, one_by_one):
        with opened_from(tmp_path / way.__name__, said["org"], datetime.fromisoformat(said["now"])) as other:
            way(other, laid_out)
            assert differences(without_verdicts, said_by(other, judged=False)) == []
            assert_whole(other)
            assert other.register.rebuild(check=True).after == digest


def test_the_list_shows_what_each_case_came_to(reader: Installation, number: int) -> None:
    rows = {row.case: row.phase for row in reader.register.queries.page().rows}

    assert rows == {case: CASES[name] for name, case in said_then(number)["names"].items()}


@pytest.mark.exhaustive
def test_its_records_pass_by_files_alone(reader: Installation, laid_out: Path, number: int) -> None:
    """Without a register: the acts and the files beside them, and the organisation's id."""
    said = said_then(number)
    acts, files = carried(laid_out / EXCHANGE)
    press = press_of(READ, resources.names, laid_out / EXCHANGE)
    anchor = anchor_of_acts(said["org"], (act.blob for act in acts), files.values(), press)

    for name in ("decided", "declined", "withdrawn", "retired"):
        act, digest = records(reader.state(said["names"][name]))[-1]
        pdf = reader.register.queries.blob(digest)
        assert pdf is not None
        verdict = verifying.verify_record(pdf, anchor)
        assert verdict.indication is Indication.PASSED, (name, act.kind, verdict.sentence)
        assert verdict.unchecked == ()


def test_it_holds_what_a_corpus_is_for(reader: Installation, number: int) -> None:
    said = said_then(number)
    kinds = {act.kind for case in ("", *said["cases"]) for act in reader.register.queries.acts(case)}
    rosters = reader.rosters

    assert tuple(said["names"]) == tuple(sorted(CASES))
    # Of the newest archive: an older one has the kinds of its day.
    assert kinds == {*KINDS.names, NOTE}
    assert sorted(listed.roster.version for listed in rosters.chain.values()) == [1, 2, 3, 4, 5]
    eve = rosters.person("eve")
    assert eve is not None
    (ended,) = (grant for grant in eve.grants if not grant.period.open)
    assert ended.period.end in {act.id for act in reader.register.queries.organisation_acts("checkpoint")}
    assert reader.register.queries.blob(sha256(NOTED)) == NOTED
    assert reader.register.queries.blob(rosters.in_force[0].roster.playbooks[0].sha256) is not None


def differences(then: Any, now: Any, where: str = "") -> list[str]:
    """Where something is not said any more, or otherwise. A key more than there was is none."""
    if isinstance(then, dict) and isinstance(now, dict):
        return [found for key in then for found in differences(then[key], now.get(key, "nothing"), f"{where}/{key}")]
    return [] if then == now else [f"{where}: {then!r} became {now!r}"]


def test_a_difference_is_seen() -> None:
    assert differences({"a": {"b": 1}}, {"a": {"b": 1, "c": 2}}) == []
    assert differences({"a": {"b": [1]}}, {"a": {"b": [2]}}) == ["/a/b: [1] became [2]"]
    assert differences({"a": 1}, {}) == ["/a: 1 became 'nothing'"]
