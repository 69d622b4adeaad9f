"""Two people who are called alike: wherever only a name is shown, the id that is theirs alone stands beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.domain.world import PEOPLE, Site, person, roster


def called(**names: str) -> dict[str, str]:
    """What these people are called, each listed beside the sample organisation under the name that is given."""
    site = Site("office")
    more = [replace(person(name), name=shown) for name, shown in names.items()]
    site.publish(roster([*PEOPLE, *more]), "bob", "finn")
    return {name: site.history().name(name) for name in ("ada", *names)}


@pytest.mark.attack("a second person of the same name", refusal="the id stands beside both names")
@pytest.mark.parametrize("name", ["Ada", "ADA", "\u0410da", "A\u200bda", "\uff21da", "\u0391\u0501\u0430"])
def test_who_looks_like_somebody_else_is_shown_with_the_id(name: str) -> None:
    assert called(ada2=name) == {"ada": "Ada (ada)", "ada2": f"{name} (ada2)"}


def test_who_is_called_like_nobody_else_is_shown_by_name() -> None:
    assert called(gina="Gina d’Arc-Müller Jr.", li="李小龙") == {
        "ada": "Ada",
        "gina": "Gina d’Arc-Müller Jr.",
        "li": "李小龙",
    }


@pytest.mark.attack("a second person of the same name", refusal="a name that looks like one with an id has its own")
@pytest.mark.parametrize("name", ["Ada (ada)", "Ada（ada）", "Ada, owner", "Ada: approved"])
def test_a_name_that_is_more_than_words_has_the_id_too(name: str) -> None:
    assert called(eve2=name) == {"ada": "Ada", "eve2": f"{name} (eve2)"}


def test_between_rivals_people_of_both_are_told_apart() -> None:
    site = Site("office")
    first = site.publish(roster(), "bob", "finn")
    other = site.fork("laptop")
    for at, name in ((site, "Gina"), (other, "gina")):
        new = replace(person(f"gina.{at.name}"), name=name)
        at.publish(roster([*PEOPLE, new], version=2, previous=(first.id,)), "bob", "finn")
    site.take(other)

    history = site.history()

    assert history.rivals
    assert [history.name(one) for one in ("gina.office", "gina.laptop", "ada")] == [
        "Gina (gina.office)",
        "gina (gina.laptop)",
        "Ada",
    ]
    assert history.name_alone("gina.laptop") == "gina"
