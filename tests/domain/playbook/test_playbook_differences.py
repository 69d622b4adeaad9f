"""What is said about another playbook before it is accepted: every part, every move, and nothing when nothing differs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

import resources
from intake.domain.playbook.answers import Move
from intake.domain.playbook.differences import PlaybookDifference, PlaybookPart, counted, playbook_differences
from intake.domain.playbook.reading.playbook import from_json
from intake.domain.playbook.whole import Playbook
from intake.services.installation.playbook_files import read_playbook

CORE = read_playbook(resources.read, resources.names)

LISTED: dict[PlaybookPart, Callable[[Playbook], Playbook]] = {
    PlaybookPart.ROUTE: lambda made: replace(made, routes=made.routes[1:]),
    PlaybookPart.RULE: lambda made: replace(made, rules=made.rules[1:]),
    PlaybookPart.PATH: lambda made: replace(made, paths=made.paths[1:]),
    PlaybookPart.CLASSIFICATION: lambda made: replace(made, classifications=made.classifications[1:]),
    PlaybookPart.THREAT: lambda made: replace(made, threats=made.threats[1:]),
    PlaybookPart.CONTROL: lambda made: replace(made, controls=made.controls[1:]),
    PlaybookPart.DUTY: lambda made: replace(made, duties=made.duties[1:]),
    PlaybookPart.CONTRADICTION: lambda made: replace(made, contradictions=made.contradictions[1:]),
    PlaybookPart.CHAPTER: lambda made: replace(made, chapters=made.chapters[1:]),
    PlaybookPart.QUESTION: lambda made: replace(made, sections=made.sections[:-1]),
}


def test_the_same_playbook_does_not_differ_from_itself() -> None:
    assert playbook_differences(CORE, from_json(CORE.as_json())) == ()


@pytest.mark.parametrize("part", PlaybookPart)
def test_what_one_has_and_the_other_has_not_is_added_or_removed(part: PlaybookPart) -> None:
    less = LISTED[part](CORE)

    removed, added = playbook_differences(CORE, less), playbook_differences(less, CORE)

    assert removed
    assert {(item.part, item.move) for item in removed} == {(part, Move.REMOVED)}
    assert added == tuple(replace(item, move=Move.ADDED) for item in removed)
    assert all(item.title for item in removed)


def test_a_changed_item_is_told_by_its_new_name() -> None:
    threat = replace(CORE.threats[3], title="It leaks")

    (found,) = playbook_differences(CORE, replace(CORE, threats=(*CORE.threats[:3], threat, *CORE.threats[4:])))

    assert found == PlaybookDifference(PlaybookPart.THREAT, threat.id, "It leaks", Move.CHANGED)


def test_the_order_of_items_is_no_difference() -> None:
    assert playbook_differences(CORE, replace(CORE, controls=tuple(reversed(CORE.controls)))) == ()


def test_they_are_counted_what_was_added_first() -> None:
    less = LISTED[PlaybookPart.THREAT](LISTED[PlaybookPart.QUESTION](CORE))

    assert list(counted(playbook_differences(less, CORE)).items()) == [
        ((Move.ADDED, PlaybookPart.QUESTION), len(CORE.questions) - len(less.questions)),
        ((Move.ADDED, PlaybookPart.THREAT), 1),
    ]
