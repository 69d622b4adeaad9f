"""The finished playbook is held to what an overlay may do: what overlays make passes, and whatever else takes from the core does not."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given

from intake.domain.base.canonical import Json
from intake.domain.base.located import RefusalCollector
from intake.domain.base.wording import words
from intake.domain.playbook.reading import playbook
from intake.domain.playbook.reading.content import read
from intake.domain.playbook.reading.never_weaker import CoreDemands
from intake.domain.playbook.reading.overlay import overlaid
from intake.domain.playbook.reading.refusals import WouldWeaken
from tests.domain.playbook.test_playbook_overlay import CORE, META, QUESTION, laid, overlays

DEMANDS = CoreDemands(CORE)
PLAIN = playbook.load(CORE).as_json()
ROUTE = (
    '[[routes]]\nid = "ours"\ntitle = "T"\nexplanation = "E"\nminutes = 5\nhave_ready = ["A pen"]\n'
    'when = { question = "start.stage", is = "pilot" }\n'
)


def said(document: Mapping[str, Json]) -> list[str]:
    """What is weaker in a document that is read as it stands, however odd it is."""
    return [words(reason) for reason in DEMANDS.weaknesses(read(document, RefusalCollector()))]


def changed(change: Callable[[Any], None]) -> list[str]:
    document = copy.deepcopy(PLAIN)
    change(document)
    return said(document)


def item(document: Any, kind: str, name: str) -> Any:
    key = "tier" if kind == "paths" else "id"
    return next(found for found in document[kind] if found[key] == name)


def question(document: Any, name: str) -> Any:
    sections = (document["screening"], *document["sections"])
    found = (one for section in sections for page in section["pages"] for one in page["questions"])
    return next(one for one in found if one["id"] == name)


def test_the_core_is_not_weaker_than_itself() -> None:
    assert said(PLAIN) == []


@given(overlays())
def test_whatever_an_overlay_makes_passes(overlay: Mapping[str, bytes]) -> None:
    try:
        made = overlaid(CORE, overlay)
    except WouldWeaken:
        return
    assert DEMANDS.weaknesses(made) == ()


@pytest.mark.parametrize(
    "texts",
    [
        {"screening": ROUTE},
        {"screening": '[[pages]]\nid = "start.page"' + QUESTION},
        {"work": '[[pages]]\nid = "house.page"\ntitle = "Ours"' + QUESTION},
        {"meta": META + 'roles = { benefit = "work.story" }\n[[paths]]\ntier = "limited"\nvalid_days = 30\n'},
        {"rules": "[thresholds]\nmany = 500\ncrowd = 800\nhandful = 3\n"},
        {"controls": '[[controls]]\nid = "terms"\nevidence = ["A contract", "A witness"]\n'},
    ],
)
def test_what_joins_the_core_or_makes_it_stricter_passes(texts: dict[str, str]) -> None:
    assert DEMANDS.weaknesses(laid(**texts)) == ()


CROWD, HANDFUL = 1, 2
"""The parts of the condition of “health” that rest on thresholds."""

WEAKER: dict[str, tuple[Callable[[Any], None], str]] = {
    "a rule less": (lambda d: d["rules"].pop(0), "it lacks the rule “bad”"),
    "a threat less": (lambda d: d["threats"].clear(), "it lacks the threat “leak”"),
    "a question less": (
        lambda d: d["screening"]["pages"][0]["questions"].pop(),
        "it lacks the section “start”, page “start.page”, question “start.bad”",
    ),
    "a milder tier": (
        lambda d: item(d, "rules", "bad").update(tier="high"),
        "of the rule “bad”, “high” is milder than “prohibited”",
    ),
    "another condition": (
        lambda d: item(d, "rules", "bad").update(when={"question": "start.bad", "is": False}),
        "it changes “when” of the rule “bad”",
    ),
    "other words": (
        lambda d: item(d, "rules", "bad").update(sentence="Fine."),
        "it changes “sentence” of the rule “bad”",
    ),
    "one option more": (
        lambda d: question(d, "work.data")["options"].append({"id": "secret", "label": "Secret"}),
        "it changes “options” of the section “work”, page “work.first”, question “work.data”",
    ),
    "a question that may be left out": (
        lambda d: question(d, "work.data").update(required=False),
        "of the section “work”, page “work.first”, question “work.data”, “required” can only become true",
    ),
    "a question that is hidden": (
        lambda d: question(d, "work.users").update(shown_if={"question": "start.bad", "is": True}),
        "it changes “shown_if” of the section “work”, page “work.second”, question “work.users”",
    ),
    "a later control": (
        lambda d: item(d, "controls", "terms").update(stage="in operation"),
        "of the control “terms”, “in operation” is later than “before pilot”",
    ),
    "no evidence": (
        lambda d: item(d, "controls", "terms").update(evidence=["A handshake"]),
        "of the control “terms”, “evidence” leaves out or changes “A contract”",
    ),
    "a boundary left out": (
        lambda d: item(d, "controls", "small").pop("proposes"),
        "of the control “small”, “proposes” leaves out or changes “user_permissions.max_users”",
    ),
    "a longer approval": (
        lambda d: item(d, "paths", "high").update(valid_days=900),
        "of the path “high”, “valid_days” is longer than 90",
    ),
    "another role": (
        lambda d: d["roles"].update(title="work.story"),
        "another question than the core’s gives the title",
    ),
    "a route before a stop": (
        lambda d: d["routes"].insert(
            0, {**d["routes"][1], "id": "ours", "when": {"question": "start.bad", "is": True}}
        ),
        "it puts the route “stop” in another place",
    ),
    "a route behind the last": (
        lambda d: d["routes"].append({**d["routes"][1], "id": "ours"}),
        "it puts the route “on” in another place",
    ),
    "a threshold on the mild side": (
        lambda d: item(d, "rules", "health")["when"]["any"][CROWD].update(at_least=901),
        "901 for “crowd” lets a rule of the law fire less often than 900",
    ),
    "a threshold on the mild side under “not”": (
        lambda d: item(d, "rules", "health")["when"]["any"][HANDFUL]["not"].update(at_least=1),
        "1 for “handful” lets a rule of the law fire less often than 2",
    ),
    "a number that is no threshold": (
        lambda d: item(d, "duties", "tell").update(when={"question": "work.users", "at_least": 1000}),
        "it changes “when” of the duty “tell”",
    ),
}


@pytest.mark.parametrize("case", WEAKER, ids=list(WEAKER))
@pytest.mark.attack("a playbook weaker than the core in a new roster", refusal="PlaybookWeaker")
def test_what_no_overlay_may_do_is_found_in_the_finished_playbook(case: str) -> None:
    change, sentence = WEAKER[case]

    assert sentence in changed(change)


def test_one_threshold_has_one_number() -> None:
    twice = {
        **CORE,
        "small/duties.toml": CORE["small/duties.toml"].replace(b"at_least = 10", b'at_least = { threshold = "many" }'),
    }
    document = copy.deepcopy(playbook.load(twice).as_json())
    item(document, "rules", "many")["when"].update(at_least=500)

    found = CoreDemands(twice).weaknesses(read(document, RefusalCollector()))

    assert [words(reason) for reason in found] == ["“many” is not the same number everywhere"]
