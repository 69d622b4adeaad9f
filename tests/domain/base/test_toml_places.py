"""Where keys and items are: for every TOML the reader takes, each path has a line, and it is the right one."""

from __future__ import annotations

import tomllib
from pathlib import Path as File

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.base.toml_places import Path, line_of, places

RESOURCES = File(__file__).resolve().parents[3] / "resources"
SHIPPED = sorted(RESOURCES.rglob("*.toml"))


def paths_in(value: object, path: Path = ()) -> set[Path]:
    """Every path of a document as ``tomllib`` reads it."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path}.union(*(paths_in(entry, (*path, name)) for name, entry in inside))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.relative_to(RESOURCES).as_posix())
def test_every_path_of_a_shipped_file_has_a_line_that_names_it(file):
    text = file.read_text(encoding="utf-8")
    lines = text.split("\n")

    found = places(text)

    assert set(found) == paths_in(tomllib.loads(text))
    for path, line in found.items():
        if path and isinstance(path[-1], str):
            assert path[-1] in lines[line - 1]


KEYS = st.text("abcXYZ019_-", min_size=1, max_size=6)
ODD_KEYS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=6)
SCALARS = st.one_of(
    st.integers(-(2**60), 2**60).map(str),
    st.sampled_from(["true", "false", "1.5e3", "inf", "0xff", "1979-05-27", "1979-05-27 07:32:00Z", "07:32:00"]),
    st.sampled_from(
        ['""', "''", '"a # b"', '"\\"]}, [x]"', "'C:\\'", '"""a"""', '"""\n"" [x]\n"""""', "'''\n'' #\n'''''"]
    ),
)
GAPS = st.sampled_from(["", " ", "\t", "\n", " # ] } [[x]]\n", "\n\n"])
PLAIN_GAPS = st.sampled_from(["", " ", "\t "])
LINE_ENDS = st.sampled_from(["\n", " \n", "\t# a = [1\n", "\n\n", "\r\n"])


@st.composite
def keys(draw, taken: set[str]):
    """A key nobody used beside it, as written and as meant."""
    if draw(st.integers(0, 3)):
        name = draw(KEYS.filter(lambda item: item not in taken))
        written = draw(st.sampled_from([name, f'"{name}"', f"'{name}'"]))
    else:
        name = draw(ODD_KEYS.filter(lambda item: item not in taken))
        written = '"' + "".join(f"\\U{ord(letter):08X}" for letter in name) + '"'
    taken.add(name)
    return written, name


class Writer:
    """Writes TOML and notes on which line each thing was begun."""

    def __init__(self, draw) -> None:
        self._draw = draw
        self.text = ""
        self.lines: dict[Path, int] = {(): 1}

    def note(self, path: Path) -> None:
        self.lines.setdefault(path, self.text.count("\n") + 1)

    def value(self, path: Path, depth: int, *, inline: bool = False) -> None:
        sort = self._draw(st.sampled_from(["scalar", "list", "table"] if depth else ["scalar"]))
        self.note(path)
        if sort == "scalar":
            self.text += self._draw(SCALARS)
        elif sort == "list":
            self.text += "[" + self._draw(GAPS)
            for number in range(count := self._draw(st.integers(0, 3))):
                self.value((*path, number), depth - 1, inline=inline)
                self.text += self._draw(GAPS) + ("," if number < count - 1 else self._draw(st.sampled_from(["", ","])))
                self.text += self._draw(GAPS)
            self.text += "]"
        else:
            self.text += "{" + self._draw(PLAIN_GAPS)
            taken: set[str] = set()
            for number in range(count := self._draw(st.integers(0, 3))):
                self.entry(path, taken, depth - 1)
                self.text += self._draw(PLAIN_GAPS) + ("," + self._draw(PLAIN_GAPS) if number < count - 1 else "")
            self.text += "}"

    def entry(self, table: Path, taken: set[str], depth: int) -> None:
        written, name = self._draw(keys(taken))
        path = (*table, name)
        self.note(path)
        if self._draw(st.booleans()):
            more, inner = self._draw(keys(set()))
            written, path = f"{written} {self._draw(st.sampled_from(['.', '. ']))}{more}", (*path, inner)
            self.note(path)
        self.text += f"{written}{self._draw(PLAIN_GAPS)}={self._draw(PLAIN_GAPS)}"
        self.value(path, depth)

    def entries(self, table: Path, taken: set[str]) -> None:
        for _ in range(self._draw(st.integers(0, 3))):
            self.text += self._draw(PLAIN_GAPS)
            self.entry(table, taken, 2)
            self.text += self._draw(LINE_ENDS)

    def table(self, base: Path, above: str, taken: set[str], depth: int) -> None:
        """``[table]`` or several ``[[table]]`` under ``base``, with tables inside."""
        written, name = self._draw(keys(taken))
        path, title = (*base, name), f"{above}{written}"
        many = self._draw(st.booleans())
        for number in range(self._draw(st.integers(1, 3)) if many else 1):
            item = (*path, number) if many else path
            self.note(path)
            self.note(item)
            self.text += f"[[ {title} ]]" if many else f"[{title}]"
            self.text += self._draw(LINE_ENDS)
            inside: set[str] = set()
            self.entries(item, inside)
            if depth:
                self.table(item, f"{title}.", inside, depth - 1)


@st.composite
def documents(draw):
    writer, taken = Writer(draw), set()
    writer.entries((), taken)
    for _ in range(draw(st.integers(0, 3))):
        writer.table((), "", taken, 2)
    return writer.text, writer.lines


@given(documents())
@pytest.mark.exhaustive
def test_each_line_is_the_one_on_which_the_thing_was_written(document):
    text, written = document

    found = places(text)

    assert set(found) == paths_in(tomllib.loads(text))
    assert found == written


def test_what_does_not_stand_there_has_the_line_of_what_is_around_it():
    found = places("a = 1\n\n[[rules]]\nid = 'x'\n")

    assert line_of(found, ("rules", 0, "when", "all", 2)) == 3
    assert line_of(found, ("threats",)) == 1


def test_deep_lists_are_no_deeper_for_the_scanner_than_for_the_reader():
    deep = 300
    text = "a = " + "[" * deep + "]" * deep

    assert len(places(text)) == len(paths_in(tomllib.loads(text)))


def test_a_byte_order_mark_or_nothing_at_all_is_one_line():
    assert places("") == {(): 1}
