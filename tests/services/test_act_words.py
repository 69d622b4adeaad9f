"""What somebody did, in words: every kind of act that belongs to a use case has its own."""

from __future__ import annotations

import dataclasses
from collections import Counter
from types import SimpleNamespace
from typing import Any, cast, get_type_hints

import pytest

from intake.domain.acts.kinds import KINDS, OPINION, ActKind, Office
from intake.domain.acts.kinds.description import Place
from intake.domain.base.wording import words
from intake.domain.case.event import Event
from intake.services.deciding.act_words import called, did

OF_A_CASE = [kind for kind in KINDS if kind.place is not Place.ORGANISATION and kind.name != OPINION.name]
"""What an opinion is called depends on the case; the journeys read that."""


def of_kind(kind: ActKind[Any]) -> Event:
    body_type = get_type_hints(kind.make)["return"]
    body = object.__new__(body_type)
    for field in dataclasses.fields(body_type):
        object.__setattr__(body, field.name, Office.CISO if field.name == "office" else "")
    return cast(Event, SimpleNamespace(act=SimpleNamespace(kind=kind.name, id="a" * 64), body=body, kind=kind))


@pytest.mark.parametrize("kind", OF_A_CASE, ids=lambda kind: kind.name)
def test_every_kind_of_act_says_who_did_what(kind: ActKind[Any]) -> None:
    said = did(of_kind(kind), "Dan", {"a" * 64: 1}, {})

    assert said.code != "NewsSigned"
    assert words(said).startswith("Dan (CISO) " if "office" in dict(said.facts) else "Dan ")


def test_a_kind_that_only_a_later_version_knows_is_named_as_it_is() -> None:
    event = cast(Event, SimpleNamespace(act=SimpleNamespace(kind="note-weather", id="a" * 64), body=None))

    assert words(did(event, "Dan", {}, {})) == "Dan signed something (note-weather)"


def test_every_kind_of_act_is_called_something_else() -> None:
    names = [called(kind.name) for kind in KINDS]

    assert [name for name, count in Counter(names).items() if count > 1 or name in KINDS.names] == []
    assert called("note-weather") == "note-weather"
