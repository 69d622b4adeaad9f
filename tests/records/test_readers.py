"""Random sections that look legal: either we refuse them, or every reader shows the same pages and the same data.

The claim is about readers, so four of them are asked: poppler, MuPDF, qpdf and pdfium. That they can see the difference
at all is shown by tricks that we refuse and that they read in different ways.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from intake.domain.base.canonical import sha256
from intake.records.editions.printer import Printer
from intake.records.reading import parts, structure
from intake.records.refusals import RecordRefused
from intake.trust.keys import SigningKey, create_key, open_keys
from tests.records import attacks_structure as attacks
from tests.records import contents, sections
from tests.records.conftest import AT, NAMES, Installation
from tests.records.readers import Shown, shown
from tests.records.sections import Draft

pytestmark = pytest.mark.exhaustive

TOKENS = (
    b"%\n", b"% trailer\n", b" ", b"\n", b"\r", b"\t", b"\x00", b"\x0c", b"trailer\n", b"xref\n", b"startxref\n0\n",
    b"%%EOF\n", b"endobj\n", b"endstream", b"stream\n", b">>", b"<<", b"[", b"]", b"(", b")", b"null ", b"/", b"#20",
    b"5 0 R ", b"0 0 obj\n<<\n>>\nendobj\n", b"trailer\n<<\n/Size 1\n>>\n", b"obj", b"R", b"1", b"-", b".",
)  # fmt: skip
"""What readers look for, and what they skip."""


@dataclass(frozen=True, repr=False)
class Honest:
    """A record and the key that made its last signature; ``shown`` is what each reader makes of it."""

    pdf: bytes
    key: SigningKey
    draft: Draft
    target: attacks.Target
    shown: dict[str, Shown]


@cache
def honest() -> tuple[Honest, Honest]:
    """One with the first signature and one with both."""
    keys = {
        name: open_keys(create_key(NAMES[name], "correct horse", at=AT, rounds=1000), "correct horse").signing
        for name in ("cio", "ciso")
    }
    installation = Installation(Printer(resources.read), keys)
    first = installation.sign(installation.base(contents.decision(sections=(), summary=())), "CISO")
    return (_honest(first, keys["ciso"]), _honest(installation.sign(first, "CIO"), keys["cio"]))


def _honest(pdf: bytes, key: SigningKey) -> Honest:
    return Honest(pdf, key, sections.draft(pdf), attacks.target(pdf), shown_of(pdf))


def shown_of(pdf: bytes) -> dict[str, Shown]:
    with tempfile.TemporaryDirectory() as folder:
        return shown(pdf, Path(folder))


def disagreeing(pdf: bytes, record: Honest) -> list[str]:
    """The readers that do not show the pages and the data of the honest record."""
    found = shown_of(pdf)
    return sorted(name for name in found if found[name] != record.shown[name])


# ------------------------------------------------------------------------------------------------------ the changes
@st.composite
def changed(draw, made: Draft, at: attacks.Target) -> Draft | bytes:
    """The section with one or two changes, each as an attacker might try it."""
    for _ in range(draw(st.integers(1, 2))):
        kind = draw(st.sampled_from(KINDS))
        made = draw(kind(made, at))
        if isinstance(made, bytes):
            break
    return made


@st.composite
def trick(draw, made: Draft, at: attacks.Target) -> Draft | bytes:
    chosen = draw(st.sampled_from([attacks.harmless, *attacks.REFUSALS]))
    try:
        return chosen(made, at)
    except (AssertionError, ValueError, IndexError):
        return made  # another change has taken away what this one works on


@st.composite
def token(draw, made: Draft, at: attacks.Target) -> Draft:
    """A token somewhere in an object, between two bytes of it."""
    index = draw(st.integers(0, len(made.objects) - 1))
    number, raw = made.objects[index]
    place = draw(st.integers(0, len(raw)))
    raw = raw[:place] + draw(st.sampled_from(TOKENS)) + raw[place:]
    return replace(made, objects=(*made.objects[:index], (number, raw), *made.objects[index + 1 :]))


@st.composite
def in_stream(draw, made: Draft, at: attacks.Target) -> Draft:
    """Anything in a stream whose length is right."""
    hidden = b"".join(draw(st.lists(st.sampled_from(TOKENS), max_size=8)))
    try:
        return attacks.hiding(made, hidden)
    except AssertionError:
        return made  # another change has taken away the lengths that this one mends


@st.composite
def in_trailer(draw, made: Draft, at: attacks.Target) -> Draft:
    raw = made.trailers[0]
    place = draw(st.integers(0, len(raw)))
    return replace(made, trailers=(raw[:place] + draw(st.sampled_from(TOKENS)) + raw[place:], *made.trailers[1:]))


@st.composite
def more_trailers(draw, made: Draft, at: attacks.Target) -> Draft:
    """The trailer again, with another /Prev, before or behind the honest one."""
    previous = draw(st.sampled_from([b"0", b"PLACE", b"%d" % at.table, b"%d" % at.honest]))
    again = attacks.leading(made, previous)
    order = draw(st.permutations([again.rstrip(b"\n"), *made.trailers]))
    return replace(made, trailers=tuple(order))


@st.composite
def more_entries(draw, made: Draft, at: attacks.Target) -> Draft:
    """Entries for any number, at any offset, with any generation, free or not."""
    number = draw(st.one_of(st.just(at.contents), st.just(at.twin), st.just(at.page), st.integers(0, at.size + 40)))
    offset = draw(st.one_of(st.just(at.honest), st.just(at.table), st.integers(0, len(made.before))))
    spelled = draw(
        st.sampled_from(["{:010d} 00000 n", "{:010d} 00001 n", "{:010d} 00000 f", "{:010d} 65535 f", "{} 0 n"])
    )
    return replace(made, extra=(*made.extra, (number, spelled.format(offset))))


@st.composite
def more_objects(draw, made: Draft, at: attacks.Target) -> Draft:
    number = draw(st.sampled_from([at.contents, at.twin, at.page, at.root, at.size, made.fresh, made.fresh + 1]))
    raw = attacks.evil(number)
    place = draw(st.integers(0, len(made.objects)))
    made = replace(made, objects=(*made.objects[:place], (number, raw), *made.objects[place:]))
    if draw(st.booleans()):
        made = made.sized(max(made.fresh, number + 1))
    return replace(made, unlisted=(number,)) if draw(st.booleans()) else made


@st.composite
def own_values(draw, made: Draft, at: attacks.Target) -> Draft:
    """What is the signer's to choose and changes no word: the weight of a stem, the moment, the names of fonts."""
    pattern, new = draw(
        st.sampled_from(
            [
                (rb"/StemV \d+", b"/StemV %d" % draw(st.integers(-999, 9999))),
                (rb"/M \(D.072\d+", b"/M (D\\072%014d" % draw(st.integers(0, 10**14 - 1))),
                (rb"/AAAAAA[+]", b"/%s+" % draw(st.sampled_from([b"BBBBBB", b"trailer", b"xref", b"R", b"obj"]))),
            ]
        )
    )
    return replace(made, objects=tuple((number, re.sub(pattern, new, raw)) for number, raw in made.objects))


@st.composite
def other_objects(draw, made: Draft, at: attacks.Target) -> Draft:
    """The values of one dictionary in another order."""
    index = draw(st.integers(0, len(made.objects) - 1))
    number, raw = made.objects[index]
    lines = re.findall(rb"\n(/[A-Z][A-Za-z0-9]* (?![<\[])[^\n]*)(?=\n)", raw.partition(b"stream\n")[0])
    if len(lines) < 2:
        return made
    one, other = draw(st.sampled_from(lines)), draw(st.sampled_from(lines))
    swapped = raw.replace(one, b"\0").replace(other, one).replace(b"\0", other)
    return replace(made, objects=(*made.objects[:index], (number, swapped), *made.objects[index + 1 :]))


KINDS = (
    trick,
    token,
    in_stream,
    in_trailer,
    more_trailers,
    more_entries,
    more_objects,
    own_values,
    own_values,
    other_objects,
    in_stream,
)


class Hostile:
    """A file and the honest one it was made from, whose failure report fits on a screen: of a dataclass Hypothesis prints every
    field, and refuses to print 600 kB instead of saying what failed.
    """

    def __init__(self, pdf: bytes, record: Honest) -> None:
        self.pdf, self.record = pdf, record

    def __repr__(self) -> str:
        target = Path(tempfile.gettempdir()) / f"countersign-{sha256(self.pdf)[:12]}.pdf"
        target.write_bytes(self.pdf)
        return f"a file of {len(self.pdf)} bytes, kept in {target}"


@st.composite
def hostile(draw) -> Hostile:
    record = honest()[draw(st.integers(0, 1))]
    made = draw(changed(record.draft, record.target))
    return Hostile(signed(made, record), record)


def signed(made: Draft | bytes, record: Honest) -> bytes:
    try:
        return sections.resigned(made, record.key) if isinstance(made, bytes) else made.signed(record.key)
    except (IndexError, ValueError):
        return b""  # there is no place for a signature any more


def test_what_we_accept_every_reader_shows_alike():
    accepted = 0

    @settings(max_examples=1200, deadline=None, database=None)
    @given(hostile())
    def every(file: Hostile) -> None:
        nonlocal accepted
        try:
            structure.scan(file.pdf)
        except RecordRefused:
            return
        accepted += 1
        read = structure.scan(file.pdf)
        assert disagreeing(file.pdf, file.record) == []
        assert {item.twin for item in file.record.shown.values()} == {read.twin}
        assert len(parts.pages_of(read.sections)) == len(file.record.shown["qpdf"].pages or ())

    every()
    # Were everything refused, the property would hold for nothing.
    assert accepted > 150


def test_every_reader_shows_an_honest_record():
    for record in honest():
        pages = len(parts.pages_of(structure.scan(record.pdf).sections))
        for name, found in record.shown.items():
            # The two that print text end each page with a form feed.
            shown_pages = len(found.pages or ()) - (name in {"poppler", "mupdf"})
            assert (name, shown_pages) == (name, pages)
            assert found.twin == structure.scan(record.pdf).twin


def test_the_readers_see_what_we_refuse():
    """The tricks that worked once: readers do show other pages for some of them, so agreeing means something."""
    record = honest()[1]
    fooled: dict[str, list[str]] = {}
    for chosen in attacks.REFUSALS:
        found = disagreeing(signed(chosen(record.draft, record.target), record), record)
        if found:
            fooled[chosen.__name__] = found

    assert {"two_trailers", "listed_twice_evil_first", "listed_twice_evil_last", "listed_and_replaced"} <= set(fooled)
    assert any(0 < len(readers) < 4 for readers in fooled.values())
