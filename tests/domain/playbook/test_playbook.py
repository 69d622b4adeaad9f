"""Reading a playbook: whole, strict, and named by its digest."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.base import canonical
from intake.domain.playbook import rules
from intake.domain.playbook.judged import Area, ControlStage, TierLane
from intake.domain.playbook.questions import QuestionKind, QuestionRole, Source
from intake.domain.playbook.reading import playbook, refusals
from intake.domain.playbook.reading.refusals import UnreadablePlaybook
from intake.domain.playbook.whole import FORMAT
from intake.domain.terms.tier import Tier
from tests.domain.playbook.small_playbook import FILES, RULES, SOURCES, WORK, edited, files, made


def test_a_playbook_is_read_from_its_files():
    found = made()

    assert [section.id for section in found.all_sections] == ["start", "work"]
    assert found.question("work.users").unit == "people"
    assert found.question("work.kinds").kind is QuestionKind.CHOICES
    assert found.role(QuestionRole.TITLE) == "work.title"
    assert found.role(QuestionRole.BENEFIT) == ""
    assert found.path(Tier.HIGH).lane is TierLane.JOINT_BOARD
    assert found.threats[0].area is Area.DATA_ACCESS
    assert found.controls[0].stage is ControlStage.BEFORE_PILOT
    assert found.cited(Source("list", "T1:2026")) == "The list, T1:2026: Leaks"


def test_the_order_and_folder_of_files_do_not_matter():
    turned = {name.rsplit("/", 1)[-1]: data for name, data in reversed(files().items())}

    assert playbook.load(turned) == made()
    assert playbook.load(turned).digest == made().digest


def test_a_playbook_travels_as_a_blob_named_by_its_digest():
    found = made()

    blob = playbook.to_blob(found)

    assert canonical.sha256(blob) == found.digest
    assert playbook.from_blob(blob) == found
    assert playbook.from_blob(blob).digest == found.digest


def test_a_changed_word_is_another_playbook():
    changed = playbook.load(edited("work", "What is it called?", "What is its name?"))

    assert changed.digest != made().digest


def test_a_longer_catalogue_of_sources_is_the_same_playbook():
    longer = files(sources=SOURCES.replace('"3" = "Never cited"', '"3" = "Never cited"\n"4" = "Nor this"'))

    assert playbook.load(longer).digest == made().digest


def test_named_conditions_are_spelt_out_in_what_travels():
    blob = playbook.to_blob(made())

    assert b'"named"' not in blob
    assert b'{"is":"restricted","question":"work.data"}' in blob


def test_a_few_lines_cannot_stand_for_more_than_a_machine_holds():
    """Names that use each other ten times, ten deep, would make ten thousand million parts."""
    deep = [
        f"n{level} = {{ any = [{', '.join([f'{{ named = {chr(34)}n{level - 1}{chr(34)} }}'] * 10)}] }}"
        for level in range(1, 10)
    ]
    many = "\n".join(['[conditions]\nn0 = { question = "work.data", is = "restricted" }', *deep])

    with pytest.raises(UnreadablePlaybook, match="“n3” expands to more than 500 parts"):
        playbook.load(
            files(rules=RULES.replace("[conditions]", many, 1).replace('{ named = "restricted" }', '{ named = "n9" }'))
        )


def test_neither_can_many_uses_of_one_name():
    uses = ", ".join(['{ named = "wide" }'] * 900)
    wide = ", ".join(['{ question = "work.data", is = "restricted" }'] * 200)
    rule = RULES.replace("[conditions]", f"[conditions]\nwide = {{ any = [{wide}] }}", 1)

    with pytest.raises(UnreadablePlaybook, match="all named conditions together expand to more than 100,000"):
        playbook.load(files(rules=rule.replace('{ named = "restricted" }', f"{{ any = [{uses}] }}", 1)))


def test_a_named_condition_may_use_another_but_not_itself():
    circle = RULES.replace('{ question = "work.data", is = "restricted" }', '{ not = { named = "restricted" } }')

    with pytest.raises(UnreadablePlaybook, match="no condition named “restricted”"):
        playbook.load(files(rules=circle))


def test_a_blob_with_defaults_written_out_is_refused():
    document = canonical.parse(playbook.to_blob(made()))
    assert isinstance(document, dict)
    document["screening"]["pages"][0]["intro"] = ""

    with pytest.raises(UnreadablePlaybook, match="default"):
        playbook.from_blob(canonical.dump(document))


def test_another_format_is_refused():
    document = dict(made().as_json()) | {"format": FORMAT + "0"}

    with pytest.raises(UnreadablePlaybook, match="not in the form"):
        playbook.from_json(document)


def test_its_text_for_a_log_is_short():
    assert len(repr(made())) < 60


BROKEN = {
    "a key nobody knows": (refusals.UnknownKey, "work", 'label = "Users"', 'label = "Users"\nhint = "?"'),
    "a misspelt condition key": (refusals.UnknownKey, "work", "shown_if", "show_if"),
    "no reason": (refusals.MissingKey, "work", 'why = "Size matters."\n', ""),
    "an empty reason": (refusals.UnreadablePlaybook, "work", 'why = "Size matters."', 'why = ""'),
    "no source": (refusals.MissingKey, "threats", 'sources = ["list: T1:2026"]\n', ""),
    "an empty list of sources": (refusals.MissingKey, "threats", '["list: T1:2026"]', "[]"),
    "a source nobody lists": (refusals.UnresolvedSource, "duties", "law: 1", "law: 9"),
    "a framework nobody lists": (refusals.UnresolvedSource, "duties", "law: 1", "rumour: 1"),
    "not TOML": (refusals.NotToml, "rules", "[[rules]]", "[[rules"),
    "a kind of question nobody knows": (refusals.UnreadablePlaybook, "work", '"number"', '"integer"'),
    "hidden characters": (refusals.UnreadablePlaybook, "work", "Size matters.", "Size\\u202e matters."),
    "a number as a text": (refusals.UnreadablePlaybook, "work", "most = 1000", 'most = "1000"'),
    "a negative number": (refusals.UnreadablePlaybook, "work", "least = 1", "least = -1"),
    "an impossible day": (refusals.UnreadablePlaybook, "duties", "2026-08-02", "2026-02-30"),
    "a role nobody knows": (refusals.UnknownKey, "meta", "stage =", "boss ="),
    "an id with spaces": (refusals.UnreadablePlaybook, "threats", 'id = "leak"', 'id = "a leak"'),
    "the same question twice": (refusals.RepeatedId, "work", '"work.story"', '"work.title"'),
    "a question named like a screening question": (refusals.RepeatedId, "work", '"work.files"', '"start.bad"'),
    "the same option twice": (refusals.RepeatedId, "work", 'id = "health"', 'id = "staff"'),
    "a condition on a missing question": (refusals.DanglingReference, "rules", "work.users", "work.number"),
    "a condition on a missing option": (refusals.DanglingReference, "rules", '["health"]', '["wealth"]'),
    "a route on a later question": (
        refusals.DanglingReference,
        "screening",
        '{ question = "start.bad", is = true }',
        '{ question = "work.users", is = 3 }',
    ),
    "a control against a missing threat": (refusals.DanglingReference, "controls", '["leak"]', '["flood"]'),
    "a boundary that is not there": (refusals.DanglingReference, "work", ".max_users", ".users"),
    "an option setting a missing boundary": (refusals.DanglingReference, "work", ".personal_data", ".persons"),
    "a role for a missing question": (refusals.DanglingReference, "meta", '"work.title"', '"work.name"'),
    "a question that fills the wrong boundary": (
        refusals.UnfitBoundary,
        "work",
        "user_permissions.max_users",
        "user_permissions.granted_by",
    ),
    "an option that is no choice of its boundary": (
        refusals.UnfitBoundary,
        "work",
        'id = "restricted"',
        'id = "secret"',
    ),
    "an option that sets an impossible value": (refusals.UnfitBoundary, "work", '"special"', '"very"'),
    "a control that proposes an impossible value": (refusals.UnfitBoundary, "controls", "= 50", '= "few"'),
    "a list longer than its boundary holds": (refusals.UnfitBoundary, "work", "most = 5\n", "most = 61\n"),
    "an operator that does not suit": (
        refusals.UnfitCondition,
        "rules",
        '"work.users", at_least = 100',
        '"work.data", at_least = 100',
    ),
    "a number compared with a text": (refusals.UnfitCondition, "duties", "= 10", '= "10"'),
    "a yes or no compared with a number": (refusals.UnfitCondition, "rules", "is = true", "is = 1"),
    "a tier rule that asks for the tier": (
        refusals.UnfitCondition,
        "rules",
        '{ question = "work.users", at_least = 100 }',
        '{ tier = "high" }',
    ),
    "a doubt turned round": (
        refusals.UnfitCondition,
        "rules",
        '{ question = "work.users", at_least = 100 }',
        '{ not = { question = "work.users", unknown = true } }',
    ),
    "a doubt that shows a question": (
        refusals.UnfitCondition,
        "work",
        'shown_if = { question = "work.data", is = "restricted" }',
        'shown_if = { question = "work.data", unknown = true }',
    ),
    "a doubt that cannot be": (
        refusals.UnfitCondition,
        "duties",
        '{ question = "work.users", at_least = 10 }',
        '{ question = "start.stage", unknown = true }',
    ),
    "a rule on an optional question": (
        refusals.RestsOnOptional,
        "rules",
        '{ question = "work.users", at_least = 100 }',
        '{ question = "work.files", answered = true }',
    ),
    "a duty on a sometimes required question": (
        refusals.RestsOnOptional,
        "duties",
        '{ question = "work.users", at_least = 10 }',
        '{ question = "work.until", answered = true }',
    ),
    "a question that decides about itself": (
        refusals.CircularQuestions,
        "work",
        'shown_if = { question = "work.data", is = "restricted" }',
        'shown_if = { question = "work.kinds", includes = ["staff"] }',
    ),
    "a choice of one": (
        refusals.UnfitQuestion,
        "work",
        '[{ id = "public", label = "Public" }, { id = "restricted", label = "Restricted" }]',
        '[{ id = "restricted", label = "Restricted" }]',
    ),
    "options for a number": (
        refusals.UnfitQuestion,
        "work",
        'unit = "people"',
        'options = [{ id = "a", label = "A" }, { id = "b", label = "B" }]',
    ),
    "at most less than at least": (refusals.UnfitQuestion, "work", "least = 1\n", "least = 1001\n"),
    "a stop without advice": (refusals.UnfitRoute, "screening", 'instead = "Do something else."\n', ""),
    "a route without a time": (refusals.UnfitRoute, "screening", "minutes = 10\n", ""),
    "no route for everybody else": (
        refusals.UnfitRoute,
        "screening",
        "minutes = 10\n",
        'minutes = 10\nwhen = { question = "start.bad", is = false }\n',
    ),
    "a prohibited tier that goes on": (refusals.UnfitTiers, "meta", 'lane = "stop"', 'lane = "joint"'),
    "a tier left out": (refusals.UnfitTiers, "meta", 'tier = "high"', 'tier = "limited"'),
    "a stage of another kind": (refusals.UnfitTiers, "screening", 'id = "scaled"', 'id = "big"'),
    "no stage": (refusals.MissingKey, "meta", 'stage = "start.stage"\n', ""),
    "a control without evidence": (refusals.MissingKey, "controls", 'evidence = ["A contract"]\n', ""),
    "a condition with two operators": (
        rules.UnreadableCondition,
        "duties",
        "at_least = 10",
        "at_least = 10, at_most = 20",
    ),
    "a condition with an unknown operator": (rules.UnreadableCondition, "duties", "at_least", "matches"),
    "an empty list of conditions": (
        rules.UnreadableCondition,
        "duties",
        '{ question = "work.users", at_least = 10 }',
        "{ any = [] }",
    ),
    "answered = false": (rules.UnreadableCondition, "duties", "at_least = 10", "answered = false"),
    "a tier nobody knows": (rules.UnreadableCondition, "controls", '{ tier = "limited" }', '{ tier = "huge" }'),
    "a condition nested too deeply": (
        rules.UnreadableCondition,
        "duties",
        '{ question = "work.users", at_least = 10 }',
        "{ not = " * 5 + '{ question = "work.users", at_least = 10 }' + " }" * 5,
    ),
}


@pytest.mark.parametrize("case", BROKEN, ids=list(BROKEN))
def test_what_does_not_hold_together_is_refused_by_its_name(case):
    refusal, name, old, new = BROKEN[case]

    with pytest.raises(refusal) as caught:
        playbook.load(edited(name, old, new))

    assert type(caught.value) is refusal
    assert caught.value.sentence.count(".") >= 2


def test_a_missing_file_is_refused():
    short = {name: data for name, data in files().items() if "duties" not in name}

    with pytest.raises(UnreadablePlaybook, match=r"duties\.toml is missing"):
        playbook.load(short)


def test_a_file_nobody_names_is_refused():
    with pytest.raises(UnreadablePlaybook, match="extra"):
        playbook.load(files(extra=WORK))


def test_two_files_of_one_name_are_refused():
    with pytest.raises(UnreadablePlaybook, match="same name"):
        playbook.load({**files(), "other/work.toml": WORK.encode()})


def test_a_file_that_is_not_text_is_refused():
    with pytest.raises(refusals.NotToml):
        playbook.load({**files(), "small/rules.toml": b"\xff\xfe"})


def test_a_page_holds_at_most_five_questions():
    crowded = FILES["work"].replace('[[pages]]\nid = "work.second"\ntitle = "Second"\n', "")

    with pytest.raises(refusals.UnfitPage, match="number of questions: 8"):
        made(work=crowded)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8))  # fmt: skip
def test_any_other_json_is_refused_in_words(value):
    with pytest.raises(UnreadablePlaybook):
        playbook.from_json(value)


@given(st.data())
def test_a_playbook_with_any_part_taken_out_is_refused_or_another_one(data):
    document = dict(made().as_json())
    key = data.draw(st.sampled_from(sorted(document)))
    del document[key]

    try:
        found = playbook.from_json(document)
    except (UnreadablePlaybook, rules.UnreadableCondition):
        return

    assert found.digest != made().digest


def test_equal_content_has_an_equal_digest_whatever_the_object():
    found = made()

    assert replace(found, digest="") == found
