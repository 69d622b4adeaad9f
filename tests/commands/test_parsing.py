"""What is typed becomes what a command is given: every kind of option and argument, and every way to write it wrongly."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from intake.commands.offering import Reply, offer
from intake.commands.parameters import Argument, Flag, parameters_of
from intake.commands.parsing import NotUnderstood


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def paint(
    context: object,
    wall: Annotated[Path, Argument("What to paint.")],
    more: Annotated[list[str] | None, Argument("And these.")] = None,
    *,
    by: Annotated[str, Flag("Who does it.")] = "",
    coats: Annotated[int, Flag("How often.", least=1, most=9)] = 2,
    litres: Annotated[int | None, Flag("How much.")] = None,
    colour: Annotated[Colour | None, Flag("Which.")] = None,
    layer: Annotated[list[Colour] | None, Flag("Below it.")] = None,
    note: Annotated[list[str] | None, Flag("What to know.")] = None,
    can: Annotated[Path | None, Flag("Where it is.", name="--from")] = None,
    label: Annotated[str, Flag("Text that may name a file.", in_file_names=True)] = "",
    two_sided: Annotated[bool, Flag("Both sides.")] = False,
    frame: Annotated[bool, Flag("The frame too.")] = True,
    rehearsal: Annotated[bool, Flag("", hidden=True)] = False,
) -> Reply:
    """Paint a wall."""
    return Reply()


def sign(
    context: object,
    case: Annotated[str, Argument("Which.")],
    text: Annotated[str, Argument("What.")],
    reason: Annotated[str, Flag("Why.")],
) -> Reply:
    """Sign something."""
    return Reply()


PAINT, SIGN = (offer(f"countersign {command.__name__}", command).parser for command in (paint, sign))


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("w", {}),
        ("w --by Ada", {"by": "Ada"}),
        ("w --by=Ada", {"by": "Ada"}),
        ("--by Ada w", {"by": "Ada"}),
        ("w --by=", {"by": ""}),
        ("w --by=-x", {"by": "-x"}),
        ("w --by -", {"by": "-"}),
        ("w --by=a=b", {"by": "a=b"}),
        ("w --by=--", {"by": "--"}),
        ("w --note=-- --note=--", {"note": ["--", "--"]}),
        ("w --coats 9", {"coats": 9}),
        ("w --litres 0", {"litres": 0}),
        ("w --litres=-3", {"litres": -3}),
        ("w --litres -3", {"litres": -3}),
        ("w --colour blue", {"colour": Colour.BLUE}),
        ("w --layer blue --layer red --layer blue", {"layer": [Colour.BLUE, Colour.RED, Colour.BLUE]}),
        ("w --note a --coats 1 --note b", {"note": ["a", "b"], "coats": 1}),
        ("w --from a/b", {"can": Path("a/b")}),
        ("w --two-sided", {"two_sided": True}),
        ("w --two-sided --two-sided", {"two_sided": True}),
        ("w --frame", {"frame": True}),
        ("w --no-frame", {"frame": False}),
        ("w --rehearsal", {"rehearsal": True}),
        ("w a b", {"more": ["a", "b"]}),
        ("w --by Ada a --coats 3 b", {"more": ["a", "b"], "by": "Ada", "coats": 3}),
        ("w -", {"more": ["-"]}),
        ("w -- --two-sided --", {"more": ["--two-sided", "--"]}),
        ("w a --two-sided -- b --help", {"two_sided": True, "more": ["a", "b", "--help"]}),
        ("w --json --as ada --home h", {"as_json": True, "person_id": "ada", "home": Path("h")}),
    ],
)
def test_every_way_to_write_it(words, wanted):
    assert PAINT.read(words.split()) == {"wall": Path("w"), **wanted}


def test_bytes_that_are_no_text_stay_a_path():
    words = ["a\udcff", "--from", "\udcfe", "--label", "b=\udcfd"]

    assert PAINT.read(words) == {"wall": Path("a\udcff"), "can": Path("\udcfe"), "label": "b=\udcfd"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "WALL is missing."),
        (["w", "--xyz"], "There is no option “--xyz”."),
        (["w", "--coat", "3"], "There is no option “--coat”. Did you mean --coats?"),
        (["w", "--coat=3"], "There is no option “--coat”. Did you mean --coats?"),
        (["w", "--not", "x"], "There is no option “--not”. Did you mean --note?"),
        (["w", "--noframe"], "There is no option “--noframe”. Did you mean --no-frame?"),
        (["w", "--rehearsa"], "There is no option “--rehearsa”."),
        (["w", "-x"], "There is no option “-x”."),
        (["w", "-5"], "There is no option “-5”."),
        (["w", "-x y"], "There is no option “-x y”."),
        (["w", "--two-sided=yes"], "--two-sided takes no value."),
        (["w", "--no-frame=1"], "--frame takes no value."),
        (["w", "--help=1"], "--help takes no value."),
        (["w", "--by"], "--by needs a value. One that begins with a dash is written --by=VALUE."),
        (["w", "--by", "--two-sided"], "--by needs a value. One that begins with a dash is written --by=VALUE."),
        (["w", "--by", "-x"], "--by needs a value. One that begins with a dash is written --by=VALUE."),
        (["w", "--by", "--", "x"], "--by needs a value. One that begins with a dash is written --by=VALUE."),
        (["w", "--by", "a", "--by", "a"], "--by is given 2 times, and only one can be meant."),
        (["w", "--home", "a", "--home=b"], "--home is given 2 times, and only one can be meant."),
        (["w", "--coats", "many"], "--coats takes a whole number from 1 to 9, not “many”."),
        (["w", "--coats", "0"], "--coats takes a whole number from 1 to 9, not “0”."),
        (["w", "--coats", "10"], "--coats takes a whole number from 1 to 9, not “10”."),
        (["w", "--coats", ""], "--coats takes a whole number from 1 to 9, not “”."),
        (["w", "--coats", "٣"], "--coats takes a whole number from 1 to 9, not “٣”."),
        (["w", "--coats", "1_0"], "--coats takes a whole number from 1 to 9, not “1_0”."),
        (["w", "--litres", "1.5"], "--litres takes a whole number, not “1.5”."),
        (["w", "--litres", "9" * 5000], f"--litres takes a whole number, not “{'9' * 60}…”."),
        (["w", "--colour", "Red"], "--colour takes one of red, blue, not “Red”."),
        (["w", "--layer", "red", "--layer", "x"], "--layer takes one of red, blue, not “x”."),
        (["w", "--by", "a\udcff"], "--by takes text, and “a?” is not text in the encoding of this system."),
        (["w", "b\udcff"], "MORE takes text, and “b?” is not text in the encoding of this system."),
        (["w", "--\x1b[31mred\n"], "There is no option “--\ufffd[31mred ”."),
    ],
)
def test_every_way_to_write_it_wrongly(words, said):
    with pytest.raises(NotUnderstood) as refused:
        PAINT.read(words)

    assert refused.value.what_happened == said
    assert refused.value.next_step == "See: countersign paint --help."
    assert refused.value.exit_code == 64


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("a b", "--reason is missing."),
        ("a --reason c", "TEXT is missing."),
        ("--reason c", "CASE is missing."),
        ("a b c --reason d", "“c” is one word too many. A text of several words needs quotation marks."),
        ("a --reason d -- b --", "“--” is one word too many. A text of several words needs quotation marks."),
    ],
)
def test_what_has_to_be_given(words, said):
    with pytest.raises(NotUnderstood) as refused:
        SIGN.read(words.split())

    assert refused.value.what_happened == said


@pytest.mark.parametrize("words", [["--help"], ["--help", "too", "many", "words"], ["--coats", "many", "--help"]])
def test_help_is_given_whatever_else_is_missing_or_wrong(words):
    assert PAINT.read(words) is None


def test_help_behind_two_dashes_is_a_word():
    assert SIGN.read(["--reason", "x", "--", "a", "--help"]) == {"reason": "x", "case": "a", "text": "--help"}


TEXT = st.text(st.characters(exclude_characters="\0"), max_size=8) | st.sampled_from(
    ["--", "-", "--json", "--by", "-x"]
)


@for_all(case=TEXT, text=TEXT, reason=TEXT)
def test_no_text_is_taken_for_anything_else(case, text, reason):
    assert SIGN.read([f"--reason={reason}", "--", case, text]) == {"case": case, "text": text, "reason": reason}


@for_all(st.data())
def test_where_options_are_does_not_matter(data):
    places = data.draw(st.lists(TEXT.filter(lambda text: not text.startswith("-")), min_size=1, max_size=4))
    notes = data.draw(st.lists(TEXT, max_size=3))
    words = list(places)
    for option in (["--two-sided"], *([f"--note={note}"] for note in reversed(notes)), ["--by", "Ada"]):
        # Those of one name keep their order: the later ones are put in first, the others before them.
        before = next((at for at, word in enumerate(words) if option[0][:6] == word[:6] == "--note"), len(words))
        at = data.draw(st.integers(0, before))
        if words[at - 1 : at] == ["--by"]:
            at -= 1
        words[at:at] = option

    wanted = {"wall": Path(places[0]), "two_sided": True, "by": "Ada"}
    wanted |= ({"more": places[1:]} if places[1:] else {}) | ({"note": notes} if notes else {})
    assert PAINT.read(words) == wanted


@for_all(st.lists(TEXT | st.sampled_from(["--by=", "--coats", "--help", "--frame", "--no-frame=", "--=", "a\udcff"])))
def test_whatever_is_typed_is_read_or_refused(words):
    for parser in (PAINT, SIGN):
        with suppress(NotUnderstood):
            parser.read(words)


def test_a_parameter_without_a_declaration_is_a_mistake_of_ours():
    def forgotten(context: object, case: Annotated[str, Argument("Which.")], text: str = "") -> None: ...

    def unknown(context: object, share: Annotated[float, Flag("How much.")] = 0.5) -> None: ...

    for command in (forgotten, unknown):
        with pytest.raises(TypeError):
            parameters_of(command)
