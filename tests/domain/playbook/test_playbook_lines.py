"""Whatever a folder of playbook files is refused for, the refusal names the file and the line to go to."""

from __future__ import annotations

import pytest

from intake.domain.base.located import FileLine, PlacedRefusal
from intake.domain.playbook.reading import playbook
from tests.domain.playbook.small_playbook import FILES, edited, files
from tests.domain.playbook.test_playbook import BROKEN

ELSEWHERE = {"a stage of another kind": "meta"}
"""The fault is in another file than the change."""


@pytest.mark.parametrize("case", BROKEN, ids=list(BROKEN))
def test_every_refusal_names_the_file_and_a_line_of_what_is_wrong(case):
    _, name, old, new = BROKEN[case]

    with pytest.raises(PlacedRefusal) as caught:
        playbook.load(edited(name, old, new))

    place = caught.value.place
    assert place is not None
    assert place.file == f"{ELSEWHERE.get(case, name)}.toml"
    assert str(caught.value).startswith(f"{place.file}, line {place.line}: ")


@pytest.mark.parametrize("case", BROKEN, ids=list(BROKEN))
def test_the_first_of_all_refusals_is_the_one_that_stops_reading(case):
    _, name, old, new = BROKEN[case]

    with pytest.raises(PlacedRefusal) as caught:
        playbook.load(edited(name, old, new))

    assert str(playbook.refusals(edited(name, old, new))[0]) == str(caught.value)


def line(name: str, text: str, after: str = "") -> int:
    """The line of ``name``.toml on which ``text`` is, the first one after ``after``."""
    whole = FILES[name]
    return whole.count("\n", 0, whole.index(text, whole.index(after))) + 1


EXACT = {
    "a key": ("work", 'most = 1000', 'most = "many"', line("work", "most = 1000")),
    "an item without a key": ("work", 'why = "Data leaks."\n', "", line("work", "[[pages.questions]]", 'id = "work.story"')),
    "an option": ("work", '"special"', '"very"', line("work", '{ id = "health"')),
    "a leaf of a condition": ("rules", '"work.kinds", includes', '"work.users", includes', line("rules", "when = { all")),
    "a named condition": ("rules", 'is = "restricted"', 'is = "secret"', line("rules", "restricted = {")),
    "a role": ("meta", '"start.stage"', '"start.step"', line("meta", "stage =")),
    "a table of words": ("sources", '"2" = "Second"', '"2" = 2', line("sources", "[frameworks.refs]")),
    "a path": ("meta", 'lane = "fast"', 'lane = "slow"', line("meta", 'lane = "fast"')),
    "a section": ("work", 'intro = "What it does."\n', "", 1),
    "no UTF-8": ("duties", "Tell them.", "Tell \udcff them.", line("duties", "Tell them.")),
    "a broken text": ("controls", '"A list"', '"A list', line("controls", '"A list"')),
}  # fmt: skip


@pytest.mark.parametrize("case", EXACT, ids=list(EXACT))
def test_the_line_is_that_of_the_key_or_item(case):
    name, old, new, wanted = EXACT[case]
    text = FILES[name].replace(old, new, 1).encode(errors="surrogateescape")

    with pytest.raises(PlacedRefusal) as caught:
        playbook.load({**files(), f"small/{name}.toml": text})

    assert caught.value.place == FileLine(f"{name}.toml", wanted)


def test_slips_in_several_items_are_told_at_once():
    broken = files(
        work=FILES["work"].replace("most = 1000", 'most = "x"').replace('kind = "date"', 'kind = "day"'),
        duties=FILES["duties"].replace("2026-08-02", "tomorrow"),
    )

    found = [refusal.place.file for refusal in playbook.refusals(broken) if refusal.place]

    assert found == ["work.toml", "work.toml", "duties.toml"]


def test_what_does_not_fit_together_is_told_at_once():
    broken = files(
        threats=FILES["threats"].replace("T1:2026", "T9"),
        duties=FILES["duties"].replace("work.users", "work.gone"),
        controls=FILES["controls"].replace('["leak"]', '["flood"]'),
    )

    assert {str(refusal.place) for refusal in playbook.refusals(broken)} == {
        "threats.toml, line 7",
        "duties.toml, line 10",
        "controls.toml, line 11",
    }


def test_a_file_that_cannot_be_read_is_not_also_missing():
    found = playbook.refusals(files(rules="[[rules"))

    assert [refusal.code for refusal in found] == ["NotToml"]


@pytest.mark.parametrize(
    ("text", "line"),
    [("conditions = 3\n", 1), ("\nthresholds = []\n", 2), ("[thresholds]\na = 1\nmany = 'few'\n", 3)],
)
def test_names_that_are_no_names_are_refused_although_nobody_uses_them(text, line):
    rules = text + FILES["rules"][FILES["rules"].index("[[rules]]") :].replace("{ named = ", "{ question = ")

    found = playbook.refusals(files(rules=rules))

    assert found[0].place == FileLine("rules.toml", line)


def test_a_key_beside_the_frameworks_is_refused():
    found = playbook.refusals(files(sources=FILES["sources"] + "\n[[framework]]\nid = 'x'\n"))

    assert [refusal.code for refusal in found] == ["UnknownKey"]


def test_what_travelled_has_no_lines():
    with pytest.raises(PlacedRefusal) as caught:
        playbook.from_json({"format": "countersign/playbook/1"})

    assert caught.value.place is None
