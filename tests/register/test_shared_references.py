"""Two use cases under one reference, made so on purpose: an alarm on both, whichever came first, and on neither once one is gone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.domain.case import summary
from intake.domain.case.summary import reference
from intake.register.register import Register
from intake.register.views.digest import content_digest
from intake.register.views.projector import NoteSort
from intake.register.views.shared_references import SHARED_REFERENCE
from tests.domain.world import Site
from tests.register.helpers import open_register, pack, take


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """References of one letter's room: what takes years with all their digits is at hand with the first alone."""
    monkeypatch.setattr(summary, "_DIGITS_SAID", 5)
    monkeypatch.setattr(summary, "_SAID", "01" * 16)


def pair(site: Site) -> tuple[str, str]:
    """File case after case until two of them bear one reference."""
    seen: dict[str, str] = {}
    for number in itertools.count():
        case = site.revision(title=f"Case {number}").id
        if (other := seen.setdefault(reference(case), case)) != case:
            return other, case
    raise AssertionError


def alarms(register: Register) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for note in register.queries.notes(NoteSort.ALARM):
        assert note.reason.code == SHARED_REFERENCE
        found.setdefault(note.case, []).append(dict(note.reason.facts))
    return found


def counted(register: Register) -> Iterator[int]:
    with register._database.read() as connection:
        yield from connection.exec_driver_sql("SELECT count FROM counter WHERE facet = 'alarms'").scalars()


@pytest.mark.attack("two use cases with one reference made on purpose", refusal="SharedReference")
def test_both_bear_the_alarm_and_name_each_other(register: Register, site: Site, short: None) -> None:
    one, other = pair(site)

    take(register, site)

    titles = {case: register.queries.row(case).title for case in (one, other)}  # type: ignore[union-attr]
    assert alarms(register) == {
        one: [{"title": titles[other], "other": other, "case": one}],
        other: [{"title": titles[one], "other": one, "case": other}],
    }
    assert [register.queries.row(case).alarms for case in (one, other)] == [1, 1]  # type: ignore[union-attr]
    assert list(counted(register)) == [2]
    assert {row.case for row in register.queries.by_reference(reference(one))} == {one, other}
    assert register.queries.shared_references({reference(one), "UC-0000"}) == {reference(one)}


def test_the_alarm_does_not_tell_which_came_first(tmp_path: Path, site: Site, short: None) -> None:
    pair(site)
    acts = list(site.acts.values())
    registers = [open_register(tmp_path, f"{number}.sqlite") for number in range(2)]
    digests = set()
    for register, order in zip(registers, (acts, acts[::-1]), strict=True):
        for act in order:
            register.append([pack(act)], site.blobs)
        with register._database.read() as connection:
            digests.add(content_digest(connection))
        assert register.rebuild(check=True).identical
        register.close()

    assert len(digests) == 1


def test_a_new_title_is_told_beside_the_other_and_the_alarm_is_counted_once(
    register: Register, site: Site, short: None
) -> None:
    one, other = pair(site)
    take(register, site)

    register.append([pack(site.revision(title="Renamed", case=one))], site.blobs)

    assert [facts["title"] for facts in alarms(register)[other]] == ["Renamed"]
    assert list(counted(register)) == [2]
    assert register.rebuild(check=True).identical


def test_three_name_each_other_all(register: Register, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary, "_SAID", "0" * 32)
    cases = {site.revision(title=f"Case {number}").id for number in range(3)}

    take(register, site)

    assert {case: {facts["other"] for facts in found} for case, found in alarms(register).items()} == {
        case: cases - {case} for case in cases
    }
    assert list(counted(register)) == [3]
    assert register.rebuild(check=True).identical
