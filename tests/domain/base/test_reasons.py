"""Reasons as code and facts: what is stored of them comes back, and every code has its words in one place."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import intake
import resources
from intake.domain.base.reasons import Reason, facts_as_text, read_reason, reason_of
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import PARTS, Wording, fields, sentence, sentences, sources, words
from tests.languages import FOREIGN, spoken
from tests.resources import make_reasons
from tests.resources.make_reasons import load_everything


@pytest.fixture(scope="module", autouse=True)
def everything() -> None:
    """A wording or a refusal is known once its module is loaded."""
    load_everything()


INTAKE = Path(intake.__file__).parent

LATE = Wording("TestLate", "it came {days} days late, for {why}")


class TestRefused(Refusal):
    __test__ = False
    what = "{name} was refused."
    why = "It {detail}."
    next = "Ask {name}."


# --------------------------------------------------------------------------------------------------- stored and read
facts = st.dictionaries(
    st.text(max_size=8),
    st.recursive(
        st.text() | st.integers() | st.booleans(),
        lambda inner: st.builds(
            reason_of, st.text(max_size=8), st.dictionaries(st.text(max_size=8), inner, max_size=3)
        ),
        max_leaves=6,
    ),
    max_size=4,
)


@given(code=st.text(), given=facts)
def test_what_is_stored_of_a_reason_is_the_reason(code: str, given: dict[str, object]) -> None:
    made = reason_of(code, given)

    text = facts_as_text(made)

    assert text.isascii()
    assert read_reason(made.code, text) == made
    assert facts_as_text(read_reason(made.code, text)) == text


def test_the_same_facts_in_another_order_are_the_same_reason() -> None:
    one, other = reason_of("A", {"x": 1, "y": "two"}), reason_of("A", {"y": "two", "x": 1})

    assert one == other
    assert facts_as_text(one) == '{"x":1,"y":"two"}'


def test_text_of_any_kind_can_be_stored() -> None:
    """A file name may hold half a character, which no database takes as it is."""
    odd = reason_of("A", {"name": "a\udcff\x00\n{b}"})

    assert read_reason("A", facts_as_text(odd)) == odd


def test_other_facts_than_can_be_stored_become_text() -> None:
    assert reason_of("A", {"path": Path("/x"), "share": 0.5, "none": None}).facts == (
        ("none", "None"),
        ("path", "/x"),
        ("share", "0.5"),
    )


@pytest.mark.parametrize(
    "text", ["", "no", "[]", "3", '{"x":null}', '{"x":[1]}', '{"x":{"code":1,"facts":{}}}', "[" * 9999]
)
def test_facts_that_cannot_be_read_leave_the_code(text: str) -> None:
    assert read_reason("RightEnded", text) == Reason("RightEnded")


# ------------------------------------------------------------------------------------------------------------- words
def test_a_reason_within_a_reason_is_said_with_it() -> None:
    made = LATE(days=3, why=TestRefused(name="Ada", detail="slept").given)

    assert words(made) == "it came 3 days late, for Ada was refused."
    assert sentence(made) == "It came 3 days late, for Ada was refused."
    assert (words(None), sentence(None)) == ("", "")


def test_a_wording_takes_exactly_its_facts() -> None:
    with pytest.raises(TypeError, match="TestLate has the facts"):
        LATE(days=3)
    with pytest.raises(TypeError, match="TestLate has the facts"):
        LATE(days=3, why="", more="")
    with pytest.raises(ValueError, match="two reasons have the code TestLate"):
        Wording("TestLate", "something else")


def test_a_refusal_is_a_reason_with_three_sentences() -> None:
    refused = TestRefused(name="Ada", detail=LATE(days=1, why="x"))

    assert refused.given == Reason("TestRefused", (("detail", LATE(days=1, why="x")), ("name", "Ada")))
    assert sentences(refused.given) == ("Ada was refused.", "It it came 1 days late, for x.", "Ask Ada.")
    assert sentences(refused.given) == (refused.what_happened, refused.reason, refused.next_step)
    assert sentences(LATE(days=1, why="x")) == ("it came 1 days late, for x", "", "")


def test_what_only_another_version_knows_is_said_plainly() -> None:
    assert words(Reason("Invented", (("x", 1),))) == (
        "for a reason that only another version of Countersign has words for (Invented)"
    )
    assert words(Reason("TestLate", (("days", 2),))) == "it came 2 days late, for …"


def test_foreign_text_in_a_fact_is_never_a_field() -> None:
    assert words(LATE(days=1, why="{days} {0} {")) == "it came 1 days late, for {days} {0} {"


# ----------------------------------------------------------------------------------------------------- other languages
def test_a_catalogue_says_what_it_has_and_english_the_rest() -> None:
    refused = TestRefused(name="Ada", detail=LATE(days=2, why="x"))
    with spoken({"TestLate": "{days} Tage zu spät: {why}", "TestRefused.what": "{name} wurde abgewiesen."}):
        assert words(LATE(days=2, why="x")) == "2 Tage zu spät: x"
        assert sentences(refused.given) == ("Ada wurde abgewiesen.", "It 2 Tage zu spät: x.", "Ask Ada.")
        assert refused.what_happened == "Ada wurde abgewiesen."
    assert words(LATE(days=2, why="x")) == "it came 2 days late, for x"


@pytest.mark.parametrize("wrong", ["{tage} zu spät", "{days", "{0} {days}", "{}"])
def test_a_translation_with_other_facts_is_not_used(wrong: str) -> None:
    with spoken({"TestLate": wrong}):
        assert words(LATE(days=2, why="x")) == "it came 2 days late, for x"


def test_a_made_up_language_says_everything_otherwise() -> None:
    with spoken(FOREIGN):
        assert (
            words(LATE(days=2, why=LATE(days=1, why="x"))) == "‹it came 2 days late, for ‹it came 1 days late, for x››"
        )


def test_every_catalogue_has_keys_and_facts_that_are_in_the_source() -> None:
    for path in sorted((Path(resources.__file__).parent / "i18n").glob("reasons_*.json")):
        catalogue = json.loads(path.read_text(encoding="utf-8"))
        assert unfit(catalogue) == [], path.name


def test_a_catalogue_is_brought_up_to_date_with_what_it_says_already() -> None:
    again = json.loads(make_reasons.made({"RightOutlived": "zu spät", "Gone": "x"}))

    assert again["RightOutlived"] == "zu spät"
    assert again["KeyCutOff"] == "its key was cut off, and it is beyond the cut-off"
    assert unfit(again) == []


def test_a_key_that_nobody_gives_and_a_fact_that_is_not_there_are_found() -> None:
    assert unfit({"TestLate": "{days}: {why}", "Gone": "x", "TestRefused.what": "{nobody}"}) == [
        "Gone",
        "TestRefused.what",
    ]


def unfit(catalogue: dict[str, str]) -> list[str]:
    """The keys of a catalogue that say nothing, or need facts that the English has not."""
    known = sources()
    return sorted(key for key, text in catalogue.items() if key not in known or not fields(text) <= fields(known[key]))


# -------------------------------------------------------------------------------------------- the codes of the program
@dataclass(frozen=True, slots=True)
class Made:
    """One ``Wording`` in the source: its file and name there, its code and its English."""

    where: str
    name: str
    code: str
    english: str


@cache
def nodes() -> tuple[tuple[str, tuple[ast.AST, ...]], ...]:
    """Every file with all that is in it."""
    return tuple(
        (str(path.relative_to(INTAKE)), tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8")))))
        for path in sorted(INTAKE.rglob("*.py"))
    )


@cache
def wordings() -> tuple[Made, ...]:
    found = []
    for where, every in nodes():
        calls = 0
        for node in every:
            calls += isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Wording"
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                if (
                    isinstance(node.value.func, ast.Name)
                    and node.value.func.id == "Wording"
                    and isinstance(node.targets[0], ast.Name)
                ):
                    code, english = (ast.literal_eval(item) for item in node.value.args)
                    found.append(Made(where, node.targets[0].id, code, english))
                    calls -= 1
        assert calls == 0, f"{where}: a wording has a name in its module"
    return tuple(found)


def test_every_code_is_there_once_and_no_refusal_has_it() -> None:
    often = Counter(item.code for item in wordings())

    assert len(often) > 80
    assert [code for code, count in often.items() if count > 1] == []
    assert [code for code in often if f"{code}.what" in sources()] == []
    assert all(re.fullmatch(r"[A-Z][A-Za-z]+", code) for code in often)


def test_every_code_has_its_english_words() -> None:
    assert [item.code for item in wordings() if sources().get(item.code) != item.english] == []
    # A clause that follows "because" or a colon.
    assert [
        item.code
        for item in wordings()
        if item.english.endswith(".") or not (item.english[0].islower() or item.english[0] == "{")
    ] == []


def test_every_rule_gives_exactly_the_facts_of_its_words() -> None:
    """What ``Wording`` would refuse when it is called, found in every call without reaching it."""
    named = {(item.where, item.name): item for item in wordings()}
    given: dict[str, int] = Counter()
    called: set[int] = set()
    wrong = []
    for where, every in nodes():
        here = {name: item for (file, name), item in named.items() if file == where}
        for node in every:
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("intake."):
                file = node.module.removeprefix("intake.").replace(".", "/") + ".py"
                here |= {
                    alias.asname or alias.name: named[file, alias.name]
                    for alias in node.names
                    if (file, alias.name) in named
                }
        for node in every:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in here:
                item = here[node.func.id]
                called.add(id(node.func))
                if node.args or {keyword.arg for keyword in node.keywords} != fields(item.english):
                    wrong.append(f"{where}:{node.lineno}")
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in here:
                given[here[node.id].code] += 1
                # Handed on, to be called without facts where something is found wrong.
                if id(node) not in called and fields(here[node.id].english):
                    wrong.append(f"{where}:{node.lineno}")

    assert wrong == []
    assert sorted({item.code for item in wordings()} - given.keys()) == [], "no rule gives these"


STORED = (
    "domain/base",
    "domain/acts",
    "domain/organisation",
    "domain/case",
    "domain/terms",
    "trust",
    "exchange",
    "register",
)
"""The rooms whose refusals are stored or folded."""
SHOWN_ONLY = {"NeedsWriting", "CannotRestore"}
"""Refusals of these rooms that are about a whole register, and so never inside one."""
WORKED_OUT = {"domain/case/standings", "domain/case/allowed", "domain/case/naming", "domain/organisation/changes"}
"""What is worked out in these rooms for somebody who asks, and stored nowhere."""


def test_no_refusal_that_can_be_stored_is_given_english_as_a_fact() -> None:
    wrong = []
    for where, every in nodes():
        for node in every if where.startswith(STORED) else ():
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if f"{name}.what" in sources() and name not in SHOWN_ONLY:
                    wrong += [f"{where}:{node.lineno}" for item in node.keywords if _reads_like_words(item.value)]

    assert wrong == []


def test_whoever_shows_quarantine_has_the_words_of_all_that_can_lie_there() -> None:
    """In a fresh process, where nothing was refused yet."""
    asked = "import intake.services.lists.quarantine; from intake.domain.base.wording import sources; print(*sources())"
    run = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60)
    known = set(run.stdout.split())

    needed = {item.code: item.where for item in wordings()}
    needed |= {f"{item.__name__}.what": item.__module__ for item in _refusals(Refusal)}
    files = {key: where.removeprefix("intake.").replace(".", "/").removesuffix("/py") for key, where in needed.items()}
    unsaid = {where for key, where in files.items() if where.startswith(STORED) and key not in known}
    assert unsaid == WORKED_OUT


def _refusals(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in kind.__subclasses__():
        yield child
        yield from _refusals(child)


def _reads_like_words(value: ast.expr) -> bool:
    parts = [item.value for item in ast.walk(value) if isinstance(item, ast.Constant) and isinstance(item.value, str)]
    return not isinstance(value, ast.Call) and re.search(r"[A-Za-z]{2,} [a-z]", " ".join(parts)) is not None


def test_every_refusal_can_be_said_when_only_its_code_was_stored() -> None:
    waiting, known = [Refusal], set()
    while waiting:
        refusal = waiting.pop()
        waiting += refusal.__subclasses__()
        if refusal is not Refusal and refusal.__module__.startswith("intake."):
            known |= {f"{refusal.__name__}.{part}" for part in PARTS}

    assert known <= sources().keys()
