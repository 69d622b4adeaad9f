"""Overlays: an organisation adds to the core or makes it stricter; it can neither take out nor soften."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.assessment.assessment import assess
from intake.domain.base import canonical
from intake.domain.base.located import FileLine
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.judged import ControlStage, TierLane
from intake.domain.playbook.questions import QuestionRole
from intake.domain.playbook.reading import overlay as playbook_overlay
from intake.domain.playbook.reading import playbook, refusals
from intake.domain.playbook.reading.overlay import is_overlay, overlaid
from intake.domain.playbook.reading.refusals import AnotherCore, CoreName, MayNotChange, WouldWeaken
from intake.domain.playbook.rules import UnreadableCondition
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.tier import Tier
from tests.domain.playbook.small_playbook import FILES, RULES, complete, files, made

META = """
extends = "small"
id = "house"
version = "3"
title = "Our house"
"""

LIMITED = RULES.replace("at_least = 100", 'at_least = { threshold = "many" }') + "\n[thresholds]\nmany = 100\n"
CORE = files(
    rules=LIMITED.replace('tier = "high"', 'tier = "high"\n').replace(
        'when = { all = [{ named = "restricted" }, { question = "work.kinds", includes = ["health"] }] }',
        'when = { any = [{ all = [{ named = "restricted" }, { question = "work.kinds", includes = ["health"] }] },'
        ' { question = "work.users", at_least = { threshold = "crowd" } },'
        ' { not = { question = "work.users", at_least = { threshold = "handful" } } }] }',
    )
    + "crowd = 900\nhandful = 2\n"
)
QUESTION = """
[[pages.questions]]
id = "house.room"
label = "Room"
text = "Which room is it for?"
why = "Rooms differ."
kind = "choice"
sources = ["law: 1"]
options = [{ id = "cellar", label = "The cellar" }, { id = "attic", label = "The attic" }]
"""


def house(**texts: str) -> dict[str, bytes]:
    return {f"ours/{name}.toml": text.encode() for name, text in ({"meta": META} | texts).items()}


def laid(**texts: str) -> Playbook:
    return overlaid(CORE, house(**texts))


def refused(refusal: type[Exception], **texts: str) -> str:
    """The sentence with which an overlay is refused."""
    with pytest.raises(refusal) as caught:
        laid(**texts)
    assert type(caught.value) is refusal
    return str(caught.value)


def test_an_overlay_of_nothing_is_the_core_under_another_name():
    core, found = playbook.load(CORE), laid()

    assert (found.id, found.version, found.title) == ("house", "3", "Our house")
    assert found.digest != core.digest
    assert {**found.as_json(), "id": "small", "version": "1", "title": "Small"} == core.as_json()


def test_what_comes_out_is_a_playbook_that_travels_whole():
    found = laid(
        house='id = "house"\ntitle = "House"\nintro = "Ours."\n[[pages]]\nid = "house.p"\ntitle = "P"' + QUESTION,
        meta=META + 'order = ["house"]\n',
    )

    blob = playbook.to_blob(found)

    assert canonical.sha256(blob) == found.digest
    assert playbook.from_blob(blob) == found


def test_each_word_of_either_is_in_the_digest():
    changed = {**CORE, "small/duties.toml": FILES["duties"].replace("Tell them.", "Tell everybody.").encode()}

    digests = {laid().digest, overlaid(changed, house()).digest, laid(meta=META.replace('"3"', '"4"')).digest}

    assert len(digests) == 3


def test_a_section_of_its_own_comes_last():
    section = 'id = "house"\ntitle = "House"\nintro = "Ours."\n[[pages]]\nid = "house.p"\ntitle = "P"' + QUESTION

    found = laid(house=section, meta=META + 'order = ["house"]\n')

    assert [section.id for section in found.sections] == ["work", "house"]


def test_a_question_may_join_a_page_of_the_core_or_bring_a_page():
    joined = laid(work='[[pages]]\nid = "work.first"' + QUESTION)
    brought = laid(work='[[pages]]\nid = "house.page"\ntitle = "Ours"' + QUESTION)

    assert [question.id for question in joined.sections[0].pages[0].questions][-1] == "house.room"
    assert [page.id for page in brought.sections[0].pages] == ["work.first", "work.second", "house.page"]


def test_a_question_may_join_the_screening():
    found = laid(screening='[[pages]]\nid = "start.page"' + QUESTION)

    assert [question.id for question in found.screening.questions] == ["start.stage", "start.bad", "house.room"]


def test_a_route_of_its_own_never_passes_a_stop_of_the_core():
    route = '[[routes]]\nid = "ours"\ntitle = "T"\nexplanation = "E"\nminutes = 5\nhave_ready = ["A pen"]\nwhen = { question = "start.stage", is = "pilot" }\n'

    found = laid(screening=route)

    assert [route.id for route in found.routes] == ["stop", "ours", "on"]


def test_rules_threats_controls_and_duties_of_its_own_are_judged_with_the_core():
    found = laid(
        work='[[pages]]\nid = "work.first"' + QUESTION,
        rules="""
[conditions]
cellar = { question = "house.room", is = "cellar" }
both = { all = [{ named = "cellar" }, { named = "restricted" }] }
[thresholds]
few = 3
[[rules]]
id = "house.cellar"
tier = "high"
sentence = "It is kept in the cellar."
sources = ["ours: H1"]
when = { any = [{ named = "both" }, { all = [{ named = "cellar" }, { question = "work.users", at_least = { threshold = "few" } }] }] }
""",
        threats='[[threats]]\nid = "damp"\ntitle = "Damp"\nwhy = "It spoils."\narea = "governance"\nsources = ["ours: H1"]\nwhen = { named = "cellar" }\n',
        controls='[[controls]]\nid = "dry"\ntitle = "Dry it"\nwhy = "Dry is good."\narea = "governance"\nowner = "Owner"\nstage = "before pilot"\nevidence = ["A photo"]\nsources = ["ours: H1"]\nmitigates = ["damp"]\n',
        duties='[[duties]]\nid = "air"\ntext = "Air it."\nwhy = "Air dries."\nwho = "Owner"\ndue = "Daily"\nsources = ["ours: H1"]\nwhen = { named = "cellar" }\n',
        sources='[[frameworks]]\nid = "ours"\ntitle = "House rules"\npublisher = "Us"\nversion = "1"\nidentifier = "HR-1"\n[frameworks.refs]\nH1 = "Cellars"\n',
    )

    made_of = assess(found, {"house.room": Answer("cellar"), "work.users": Answer(3)})

    assert [item.rule.id for item in made_of.fired] == ["house.cellar"]
    assert [item.threat.id for item in made_of.threats] == ["damp"]
    assert "dry" in [item.control.id for item in made_of.controls]
    assert [item.duty.id for item in made_of.duties] == ["air"]
    assert found.cited(found.threats[-1].sources[0]) == "House rules, H1: Cellars"


def test_single_keys_of_the_core_may_be_said_anew_when_they_get_stricter():
    later = {**CORE, "small/controls.toml": FILES["controls"].replace("before pilot", "in operation").encode()}
    overlay = house(
        controls='[[controls]]\nid = "terms"\nstage = "before scale-up"\nevidence = ["A contract", "A witness"]\n',
        rules='[[rules]]\nid = "many"\ntier = "high"\n',
        work='[[pages]]\nid = "work.second"\nintro = "Ours."\n[[pages.questions]]\nid = "work.systems"\nhelp = "See the list."\nrequired = true\n',
        meta=META
        + 'roles = { benefit = "work.story" }\n[[paths]]\ntier = "limited"\nlane = "joint and board notice"\nvalid_days = 30\n',
    )

    found = overlaid(later, overlay)

    terms = found.controls[0]
    assert (terms.stage, terms.evidence, terms.title) == (
        ControlStage.BEFORE_SCALE_UP,
        ("A contract", "A witness"),
        "Terms",
    )
    assert found.controls[1].stage is ControlStage.IN_OPERATION
    assert found.rules[2].tier is Tier.HIGH
    assert found.question("work.systems").help == "See the list."
    assert found.question("work.systems").required
    assert found.role(QuestionRole.BENEFIT) == "work.story"
    assert (found.path(Tier.LIMITED).lane, found.path(Tier.LIMITED).valid_days) == (TierLane.JOINT_BOARD, 30)


def test_a_threshold_that_no_rule_of_the_law_rests_on_moves_freely():
    for number in (10, 500):
        found = laid(rules=f"[thresholds]\nmany = {number}\n")

        many = next(rule for rule in found.rules if rule.id == "many")
        assert many.when.values == (number,)


def test_a_threshold_under_a_rule_of_the_law_moves_to_the_strict_side_only():
    laid(rules="[thresholds]\ncrowd = 800\nhandful = 3\n")

    assert "rules.toml, line 2: " in refused(WouldWeaken, rules="[thresholds]\ncrowd = 901\n")
    assert "rules.toml, line 2: " in refused(WouldWeaken, rules="[thresholds]\nhandful = 1\n")


def test_a_threshold_that_shows_a_question_moves_to_the_strict_side_only():
    work = FILES["work"].replace(
        'shown_if = { question = "work.data", is = "restricted" }',
        'shown_if = { question = "work.users", at_least = { threshold = "shown" } }',
    )
    core = {**CORE, "small/work.toml": work.encode(), "small/rules.toml": CORE["small/rules.toml"] + b"shown = 5\n"}

    overlaid(core, house(rules="[thresholds]\nshown = 4\n"))

    with pytest.raises(WouldWeaken):
        overlaid(core, house(rules="[thresholds]\nshown = 6\n"))


FORBIDDEN = {
    "the condition of a rule": (
        MayNotChange,
        {"rules": '[[rules]]\nid = "bad"\nwhen = { question = "start.bad", is = false }\n'},
        "rules.toml, line 3",
    ),
    "the sentence of a rule": (
        MayNotChange,
        {"rules": '[[rules]]\nid = "bad"\n\nsentence = "Fine."\n'},
        "rules.toml, line 4",
    ),
    "a milder tier": (WouldWeaken, {"rules": '[[rules]]\nid = "bad"\ntier = "high"\n'}, "rules.toml, line 3"),
    "taking a rule out": (MayNotChange, {"rules": '[[rules]]\nid = "bad"\nremove = true\n'}, "rules.toml, line 3"),
    "a list of what to take out": (refusals.UnknownKey, {"rules": 'remove = ["bad"]\n'}, "rules.toml, line 1"),
    "a condition by the core’s name": (
        MayNotChange,
        {"rules": '[conditions]\nrestricted = { question = "work.data", is = "public" }\n'},
        "rules.toml, line 2",
    ),
    "the words of a question": (
        MayNotChange,
        {"screening": '[[pages]]\nid = "start.page"\n[[pages.questions]]\nid = "start.bad"\ntext = "Is it good?"\n'},
        "screening.toml, line 5",
    ),
    "when a question is asked": (
        MayNotChange,
        {
            "work": '[[pages]]\nid = "work.second"\n[[pages.questions]]\nid = "work.kinds"\nshown_if = { question = "start.bad", is = true }\n'
        },
        "work.toml, line 5",
    ),
    "the options of a question": (
        MayNotChange,
        {
            "work": '[[pages]]\nid = "work.first"\n[[pages.questions]]\nid = "work.data"\noptions = [{ id = "secret", label = "S" }]\n'
        },
        "work.toml, line 5",
    ),
    "a question made optional": (
        WouldWeaken,
        {"work": '[[pages]]\nid = "work.first"\n[[pages.questions]]\nid = "work.data"\nrequired = false\n'},
        "work.toml, line 5",
    ),
    "a question asked later": (
        WouldWeaken,
        {"work": '[[pages]]\nid = "work.first"\n[[pages.questions]]\nid = "work.data"\nneeded = "scaled"\n'},
        "work.toml, line 5",
    ),
    "a control that is due later": (
        WouldWeaken,
        {"controls": '[[controls]]\nid = "terms"\nstage = "in operation"\n'},
        "controls.toml, line 3",
    ),
    "less evidence": (
        WouldWeaken,
        {"controls": '[[controls]]\nid = "terms"\nevidence = ["A handshake"]\n'},
        "controls.toml, line 3",
    ),
    "a control tied to a threat": (
        WouldWeaken,
        {"controls": '[[controls]]\nid = "small"\nmitigates = ["leak"]\n'},
        "controls.toml, line 3",
    ),
    "a wider boundary": (
        WouldWeaken,
        {"controls": '[[controls]]\nid = "small"\nproposes = { "user_permissions.max_users" = 500 }\n'},
        "controls.toml, line 3",
    ),
    "the words of a duty": (
        MayNotChange,
        {"duties": '[[duties]]\nid = "tell"\ntext = "Do not tell."\n'},
        "duties.toml, line 3",
    ),
    "a milder lane": (WouldWeaken, {"meta": META + '[[paths]]\ntier = "high"\nlane = "fast"\n'}, "meta.toml, line 8"),
    "a longer approval": (
        WouldWeaken,
        {"meta": META + '[[paths]]\ntier = "high"\nvalid_days = 900\n'},
        "meta.toml, line 8",
    ),
    "another question in a role": (
        MayNotChange,
        {"meta": META + 'roles = { title = "work.story" }\n'},
        "meta.toml, line 6",
    ),
    "a section of the core put elsewhere": (MayNotChange, {"meta": META + 'order = ["work"]\n'}, "meta.toml, line 6"),
    "a section under another id": (MayNotChange, {"work": 'id = "ours"\n'}, "work.toml, line 1"),
    "the title of a source": (
        WouldWeaken,
        {"sources": '[[frameworks]]\nid = "law"\n[frameworks.refs]\n"1" = "Nothing"\n'},
        "sources.toml, line 3",
    ),
    "the same item twice": (
        refusals.RepeatedId,
        {"controls": '[[controls]]\nid = "terms"\nowner = "A"\n[[controls]]\nid = "terms"\nowner = "B"\n'},
        "controls.toml, line 4",
    ),
    "a question of the core on another page": (
        refusals.RepeatedId,
        {"work": '[[pages]]\nid = "work.second"' + QUESTION.replace("house.room", "work.data")},
        "work.toml, line 3",
    ),
    "a core that is not here": (AnotherCore, {"meta": META.replace("small", "core-1999")}, "meta.toml, line 2"),
    "the core’s own id": (CoreName, {"meta": META.replace("house", "small")}, "meta.toml, line 3"),
    "no version": (refusals.MissingKey, {"meta": META.replace('version = "3"\n', "")}, "meta.toml, line 1"),
    "a key nobody knows": (refusals.UnknownKey, {"meta": META + "colour = 1\n"}, "meta.toml, line 6"),
    "a file nobody names": (refusals.UnreadablePlaybook, {"extra": 'id = "x"\n'}, "extra.toml, line 1"),
    "a section that is not there": (
        refusals.UnreadablePlaybook,
        {"meta": META + 'order = ["gone"]\n'},
        "meta.toml, line 6",
    ),
    "not TOML": (refusals.NotToml, {"rules": "[[rules]]\nid = \n"}, "rules.toml, line 2"),
    "not a list": (refusals.UnreadablePlaybook, {"rules": "rules = 3\n"}, "rules.toml, line 1"),
    "a new rule without a reason": (
        refusals.MissingKey,
        {"rules": '\n[[rules]]\nid = "new"\ntier = "high"\nwhen = { named = "restricted" }\n'},
        "rules.toml, line 2",
    ),
    "a condition that is none": (
        UnreadableCondition,
        {
            "duties": '[[duties]]\nid = "new"\ntext = "T"\nwhy = "W"\nwho = "O"\ndue = "D"\nsources = ["law: 1"]\nwhen = { any = [\n    { question = "work.data", is = "public" },\n    { question = "work.data" },\n] }\n'
        },
        "duties.toml, line 10",
    ),
    "a named condition nobody made": (
        refusals.UnreadablePlaybook,
        {"duties": '[[duties]]\nid = "new"\nwhen = { any = [\n    { named = "gone" },\n] }\n'},
        "duties.toml, line 4",
    ),
    "a page of six": (
        refusals.UnfitPage,
        {"work": '[[pages]]\nid = "work.second"' + QUESTION},
        "work.toml, line 1",
    ),
}


@pytest.mark.parametrize("case", FORBIDDEN, ids=list(FORBIDDEN))
def test_what_an_overlay_may_not_do_is_refused_at_its_line(case):
    refusal, texts, place = FORBIDDEN[case]

    assert refused(refusal, **texts).startswith(f"{place}: ")


def test_several_slips_are_told_at_once():
    overlay = house(
        rules='[[rules]]\nid = "bad"\ntier = "high"\nsentence = "Fine."\n',
        controls='[[controls]]\nid = "terms"\nstage = "in operation"\n',
    )

    found = playbook_overlay.refusals(CORE, overlay)

    assert [refusal.place for refusal in found] == [
        FileLine("rules.toml", 3),
        FileLine("rules.toml", 4),
        FileLine("controls.toml", 3),
    ]
    assert playbook_overlay.refusals(CORE, house()) == ()


def test_an_overlay_says_what_it_extends():
    assert is_overlay(house())
    assert not is_overlay(CORE)
    assert made().id == "small"


# --------------------------------------------------------------------------- whatever is not refused, weakens nothing
TIERS = [tier.value for tier in Tier]


@st.composite
def overlays(draw):
    """An overlay that tries a few things; many of these are refused."""
    rules = "[thresholds]\n" + "".join(
        f"{name} = {draw(st.integers(0, 1000))}\n"
        for name in draw(st.sets(st.sampled_from(["many", "crowd", "handful"])))
    )
    rules += '[conditions]\nattic = { question = "house.room", is = "attic" }\n'
    for name in draw(st.sets(st.sampled_from(["bad", "health", "many"]))):
        rules += f'[[rules]]\nid = "{name}"\ntier = "{draw(st.sampled_from(TIERS))}"\n'
    rules += f'[[rules]]\nid = "house.attic"\ntier = "{draw(st.sampled_from(TIERS))}"\nsentence = "S"\nsources = ["law: 1"]\nwhen = {{ named = "attic" }}\n'
    question = (
        f'[[pages.questions]]\nid = "work.data"\nneeded = "{draw(st.sampled_from(["idea", "pilot", "scaled"]))}"\n'
    )
    work = '[[pages]]\nid = "work.first"' + QUESTION + (question if draw(st.booleans()) else "")
    return house(rules=rules, work=work)


CORE_PLAYBOOK = playbook.load(CORE)


@given(overlays(), complete(CORE_PLAYBOOK), st.sampled_from([None, "attic", "cellar"]))
def test_no_overlay_that_is_read_calls_anything_less_than_the_law_does(overlay, answers, room):
    try:
        over = overlaid(CORE, overlay)
    except WouldWeaken:
        return
    core = assess(CORE_PLAYBOOK, answers).tier

    found = assess(over, answers.given("house.room", Answer(room) if room else None)).tier

    assert found.rank >= core.rank or core in {Tier.MINIMAL, Tier.LIMITED}
