"""Sections that two readers would read differently, one trick each, with the refusal each one meets.

Every trick works on the last section of an honest record, which is then signed again by the office that made it: what
is wrong is the trick alone. Most of them show another first page (``evil``) to some reader.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from intake.records.reading import parts, sections
from intake.records.reading.grammar import Ref
from intake.trust.keys import SigningKey
from tests.records.sections import Draft, draft, resigned

Trick = Callable[[Draft, "Target"], "Draft | bytes"]


@dataclass(frozen=True)
class Target:
    """What the attacker would like to be read: numbers in the base and where they are."""

    page: int
    contents: int
    twin: int
    honest: int
    root: int
    table: int
    size: int


def first_words(pdf: bytes) -> int:
    """The number of the stream with the words of the first page."""
    read = sections.read(pdf)
    reference = read.base.objects[parts.pages_of(read)[0]].value["Contents"]
    assert isinstance(reference, Ref)
    return reference.number


def target(pdf: bytes) -> Target:
    """The target in a signed record."""
    return replace(target_of_base(pdf), table=sections.read(pdf).all[-2].table)


def target_of_base(pdf: bytes) -> Target:
    read = sections.read(pdf)
    words = first_words(pdf)
    return Target(
        parts.pages_of(read)[0],
        words,
        twin_number(pdf),
        read.base.objects[words].offset,
        read.base.root,
        read.base.table,
        read.base.size,
    )


def twin_number(pdf: bytes) -> int:
    """The number of the attached twin."""
    read = sections.read(pdf)
    specification = read.base.objects[read.base.objects[read.base.root].value["AF"][0].number]
    return int(specification.value["EF"]["F"].number)


EVIL = b"BT /F1+0 1 Tf ET"


def evil(number: int, body: bytes = EVIL) -> bytes:
    """An object that would take the place of the first page's words."""
    return b"%d 0 obj\n<<\n/Length %d\n>>\nstream\n%s\nendstream\nendobj\n" % (number, len(body), body)


def hiding(made: Draft, raw: bytes) -> Draft:
    """The section with ``raw`` behind the letters of an embedded font, where no reader comes across it by itself."""

    def change(was: bytes) -> bytes:
        found = re.search(rb"/Length (\d+)\n/Length1 (\d+)\n>>\nstream\n", was)
        assert found
        body = was[found.end() : found.end() + int(found[1])] + b"\n" + raw
        head = was[: was.index(b" ")] + b" 0 obj\n<<\n/Length %d\n/Length1 %s\n>>\n" % (len(body), found[2])
        return head + b"stream\n%s\nendstream\nendobj\n" % body

    return _first(made, change, rb"/Length1")


# --------------------------------------------------------------------------------------- two tables, two trailers
def two_trailers(made: Draft, at: Target) -> Draft:
    """Readers take the first trailer, whose /Prev leads to a table with another first page; we once took the last."""
    made = _other_table(made, at)
    return replace(made, trailers=(_to_other(made).rstrip(b"\n"), made.trailers[0]))


def honest_trailer_first(made: Draft, at: Target) -> Draft:
    made = _other_table(made, at)
    return replace(made, trailers=(made.trailers[0].rstrip(b"\n"), _to_other(made)))


def other_table(made: Draft, at: Target) -> Draft:
    """One trailer, which leads past the honest table to a hidden one."""
    made = _other_table(made, at)
    return replace(made, trailers=(_to_other(made),))


def _other_table(made: Draft, at: Target) -> Draft:
    made = hiding(made, evil(at.contents))
    place = len(made.before) + b"".join(raw for _, raw in made.objects).index(evil(at.contents))
    # Offsets before the table grow by nothing that comes after it, so the place holds.
    table = b"xref\n0 1\n0000000000 65535 f \n%d 1\n%010d 00000 n \n" % (at.contents, place)
    return hiding(made, b"%% OTHER\n" + table + made.trailers[0])


def leading(made: Draft, previous: bytes) -> bytes:
    """The trailer with another ``/Prev``."""
    return re.sub(rb"/Prev \d+", b"/Prev " + previous, made.trailers[0])


def _to_other(made: Draft) -> bytes:
    """The trailer, leading to the hidden table."""
    place = len(made.before) + b"".join(raw for _, raw in made.objects).index(b"%% OTHER\n") + len(b"%% OTHER\n")
    return leading(made, b"%d" % place)


def table_within(made: Draft, at: Target) -> Draft:
    """A whole second end in front of the table: some readers look for the last one, some for the first."""
    return replace(made, between=b"xref\n0 1\n0000000000 65535 f \n" + made.trailers[0] + b"startxref\n0\n%%EOF\n")


def two_ends(made: Draft, at: Target) -> Draft:
    return replace(made, ending=b"startxref\n%d\n%%%%EOF\nstartxref\nPLACE\n%%%%EOF\n" % at.table)


def startxref_elsewhere(made: Draft, at: Target) -> Draft:
    return replace(made, ending=b"startxref\n%d\n%%%%EOF\n" % at.table)


def listed_twice_evil_first(made: Draft, at: Target) -> Draft:
    """One number twice in one table: some readers take the first entry, some the last."""
    made = hiding(made, evil(at.contents))
    return replace(made, extra=((at.contents, evil(at.contents)), (at.contents, at.honest)))


def listed_twice_evil_last(made: Draft, at: Target) -> Draft:
    made = hiding(made, evil(at.contents))
    return replace(made, extra=((at.contents, at.honest), (at.contents, evil(at.contents))))


def listed_but_hidden(made: Draft, at: Target) -> Draft:
    """The page replaced by an object inside a stream."""
    return replace(hiding(made, evil(at.contents)), extra=((at.contents, evil(at.contents)),))


def written_twice(made: Draft, at: Target) -> Draft:
    """One object twice under its number: a repaired file would show the later one."""
    return replace(made, objects=(*made.objects, made.objects[-1]))


def not_listed(made: Draft, at: Target) -> Draft:
    """An object the table does not know: only readers that search the file find it."""
    return replace(listed_and_replaced(made, at), unlisted=(at.contents,))


def listed_and_replaced(made: Draft, at: Target) -> Draft:
    """The plain shadow attack: the page's words replaced, everything written as it should be."""
    return replace(made, objects=tuple(sorted([*made.objects, (at.contents, evil(at.contents))])))


def twin_replaced(made: Draft, at: Target) -> Draft:
    body = b"<<\n/Type /EmbeddedFile\n/Length 2\n>>\nstream\n{}\nendstream"
    return made.with_object(at.twin, body)


def page_taken_out(made: Draft, at: Target) -> Draft:
    return replace(made, extra=((at.contents, "0000000000 00001 f"),))


def next_generation(made: Draft, at: Target) -> Draft:
    raw = evil(at.contents).replace(b" 0 obj", b" 1 obj")
    return replace(made, objects=tuple(sorted([*made.objects, (at.contents, raw)])))


def another_line_end(made: Draft, at: Target) -> bytes:
    end = len(made.before)
    return made.before + made.written()[end:].replace(b" 00000 n \n", b" 00000 n\r\n")


def skips_a_revision(made: Draft, at: Target) -> Draft:
    """/Prev past the first signature: for some readers it never happened."""
    base = re.search(rb"startxref\n(\d+)\n", made.before)
    assert base
    return _trailer(made, rb"/Prev \d+", b"/Prev " + base.group(1))


def previous_is_itself(made: Draft, at: Target) -> Draft:
    return _trailer(made, rb"/Prev \d+", b"/Prev PLACE")


def no_previous(made: Draft, at: Target) -> Draft:
    return _trailer(made, rb"/Prev \d+\n", b"")


def hybrid(made: Draft, at: Target) -> Draft:
    return _trailer(made, rb"/Prev ", b"/XRefStm %d\n/Prev " % at.table)


def encrypted(made: Draft, at: Target) -> Draft:
    return _trailer(made, rb"/Prev ", b"/Encrypt 1 0 R\n/Prev ")


def another_root(made: Draft, at: Target) -> Draft:
    return _trailer(made, rb"/Root \d+", b"/Root %d" % at.page)


def another_title(made: Draft, at: Target) -> Draft:
    return _trailer(made, rb"/Info \d+", b"/Info %d" % at.page)


def another_identity(made: Draft, at: Target) -> Draft:
    return _trailer(made, rb"/ID \[ <..", b"/ID [ <00")


def too_small(made: Draft, at: Target) -> Draft:
    """A /Size below the new numbers: strict readers leave those objects out."""
    return made.sized(at.size)


def too_large(made: Draft, at: Target) -> Draft:
    """Numbers kept free for a later section."""
    return made.sized(9999)


def _trailer(made: Draft, pattern: bytes, new: bytes) -> Draft:
    return replace(made, trailers=(re.sub(pattern, new, made.trailers[0], count=1),))


# --------------------------------------------------------------------------------------------------------- objects
def unused_number(made: Draft, at: Target) -> Draft:
    """The number each step leaves out, used after all."""
    return made.with_object(at.size, b"<<\n/Length 2\n>>\nstream\n{}\nendstream")


def object_of_nobody(made: Draft, at: Target) -> Draft:
    fresh = made.fresh
    return made.with_object(fresh, b"<<\n/Length 2\n>>\nstream\n{}\nendstream").sized(fresh + 1)


def comment_between(made: Draft, at: Target) -> Draft:
    return replace(made, before=made.before + b"% nothing to see\n")


def space_between(made: Draft, at: Target) -> Draft:
    return replace(made, between=b"\n")


def other_order(made: Draft, at: Target) -> Draft:
    return replace(made, objects=(*made.objects[1:], made.objects[0]))


def leading_zero(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: b"0" + raw)


def packed_stream(made: Draft, at: Target) -> Draft:
    """Four kilobytes that unpack to gigabytes."""
    bomb = zlib.compress(zlib.compress(bytes(1 << 20)))
    body = b"<<\n/Filter [ /FlateDecode /FlateDecode ]\n/Length %d\n>>\nstream\n%s\nendstream" % (len(bomb), bomb)
    return made.with_object(at.twin, body)


def objects_in_a_stream(made: Draft, at: Target) -> Draft:
    inner = b"%d 0 <<\n>>" % at.contents
    body = b"<<\n/Type /ObjStm\n/N 1\n/First 6\n/Length %d\n>>\nstream\n%s\nendstream" % (len(inner), inner)
    fresh = made.fresh
    return made.with_object(fresh, body).sized(fresh + 1)


def stream_elsewhere(made: Draft, at: Target) -> Draft:
    body = b"<<\n/F (/etc/passwd)\n/Length 0\n>>\nstream\n\nendstream"
    return made.with_object(at.twin, body)


def length_elsewhere(made: Draft, at: Target) -> Draft:
    """A length in another object: it could be another one in every revision."""
    return _first_stream(made, lambda raw: re.sub(rb"/Length \d+", b"/Length 5 0 R", raw, count=1))


def length_too_short(made: Draft, at: Target) -> Draft:
    """Readers that believe the length stop early, others go on to the keyword."""
    return _first_stream(made, lambda raw: re.sub(rb"/Length \d+", b"/Length 1", raw, count=1))


def key_twice(made: Draft, at: Target) -> Draft:
    """Two looks in one field: which one is shown depends on the reader."""
    return _first(made, lambda raw: raw.replace(b"/F 4\n", b"/F 4\n/F 2\n", 1), rb"/FT /Sig")


def key_in_disguise(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: raw.replace(b"/F 4\n", b"/F 4\n/#46 2\n", 1), rb"/FT /Sig")


def name_in_disguise(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: raw.replace(b"/FT /Sig", b"/FT /S#69g", 1), rb"/FT /Sig")


def comment_inside(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: raw.replace(b"/F 4\n", b"/F 4 % 2\n", 1), rb"/FT /Sig")


def tab_inside(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: raw.replace(b"/F 4\n", b"/F\t4\n", 1), rb"/FT /Sig")


def return_inside(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: raw.replace(b"/F 4\n", b"/F 4\r\n", 1), rb"/FT /Sig")


def text_over_two_lines(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: raw.replace(b"/T (C", b"/T (\\\nC", 1), rb"/FT /Sig")


def brackets_in_text(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: raw.replace(b"/T (C", b"/T (()C", 1), rb"/FT /Sig")


def deep(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: raw.replace(b"/F 4\n", b"/F " + b"[ " * 9000 + b"]" * 9000 + b"\n"), rb"/FT /Sig")


def deep_keys(made: Draft, at: Target) -> Draft:
    """Dictionaries in place of keys, nested without end."""
    return _first(made, lambda raw: raw.replace(b"/F 4\n", b"<<\n" * 5000 + b">>\n", 1), rb"/FT /Sig")


def endless_text(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: raw.replace(b"/T (C", b"/T (" + b"a" * 200_000 + b"C", 1), rb"/FT /Sig")


def flag_of_another_type(made: Draft, at: Target) -> Draft:
    """4.0 is 4 to some readers, and no number of flags to others."""
    return _first(made, lambda raw: raw.replace(b"/F 4\n", b"/F 4.0\n", 1), rb"/FT /Sig")


def date_as_a_name(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: re.sub(rb"/M \([^)]*\)", b"/M /D", raw, count=1), rb"/ByteRange")


def transparency_as_a_real(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: raw.replace(b"/CA 1\n", b"/CA 1.0\n", 1), rb"/BackgroundGS")


def range_with_gap(made: Draft, at: Target) -> Draft:
    """A second string in the hole of the signature."""
    return _first(made, lambda raw: raw.replace(b"\n/ByteRange", b"\n/Cert <00>\n/ByteRange", 1), rb"/ByteRange")


def script(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: raw.replace(b"/F 4\n", b"/F 4\n/AA <<\n>>\n", 1), rb"/FT /Sig")


def look_of_another_size(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: re.sub(rb"/BBox \[ 0 0 \S+ \S+ \]", b"/BBox [ 0 0 2 2 ]", raw), rb"/BackgroundGS")


def look_that_draws_the_page(made: Draft, at: Target) -> Draft:
    return _first(
        made, lambda raw: re.sub(rb"/Appearance \d+", b"/Appearance %d" % at.contents, raw), rb"/BackgroundGS"
    )


def points_nowhere(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: re.sub(rb"/FontFile2 \d+", b"/FontFile2 99999", raw), rb"/FontFile2")


def behind_the_end(made: Draft, at: Target) -> Draft:
    return replace(made, after=b"\n")


def _first(made: Draft, change: Callable[[bytes], bytes], holding: bytes = b"") -> Draft:
    """The section with the first object that holds ``holding`` changed. The change must change something."""
    for index, (number, raw) in enumerate(made.objects):
        if re.search(holding, raw):
            changed = change(raw)
            assert changed != raw
            return replace(made, objects=(*made.objects[:index], (number, changed), *made.objects[index + 1 :]))
    raise AssertionError(holding)


def _first_stream(made: Draft, change: Callable[[bytes], bytes]) -> Draft:
    return _first(made, change, rb"\nstream\n")


def harmless(made: Draft, at: Target) -> Draft:
    """What a stream holds is read by its length: an end, a table and another page in it are letters like any others."""
    end = b"endstream\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<<\n/Prev 0\n>>\nstartxref\n9\n%%EOF\n"
    return hiding(made, end + evil(at.contents))


def tampered(pdf: bytes, trick: Trick, key: SigningKey) -> bytes:
    """``pdf`` with ``trick`` in its last section, signed again so that nothing else is wrong."""
    made = trick(draft(pdf), target(pdf))
    return resigned(made, key) if isinstance(made, bytes) else made.signed(key)


REFUSALS: dict[Trick, str] = {
    two_trailers: "its table of contents does not end as it should",
    honest_trailer_first: "its table of contents does not end as it should",
    other_table: "a revision does not follow the one before it",
    table_within: "its table of contents does not list exactly its objects",
    two_ends: "its table of contents is not where its end says",
    startxref_elsewhere: "its table of contents is not where its end says",
    listed_twice_evil_first: "its table of contents does not list exactly its objects",
    listed_twice_evil_last: "its table of contents does not list exactly its objects",
    listed_but_hidden: "its table of contents does not list exactly its objects",
    written_twice: "its objects are not in order",
    not_listed: "its table of contents does not list exactly its objects",
    listed_and_replaced: "more was changed than one signature field",
    twin_replaced: "more was changed than one signature field",
    page_taken_out: "its table of contents does not list exactly its objects",
    next_generation: "there is something else where an object should begin",
    another_line_end: "its table of contents does not list exactly its objects",
    skips_a_revision: "a revision does not follow the one before it",
    previous_is_itself: "a revision does not follow the one before it",
    no_previous: "its table of contents does not end as it should",
    hybrid: "its table of contents does not end as it should",
    encrypted: "its table of contents does not end as it should",
    another_root: "a revision gives it another root, title or identity",
    another_title: "a revision gives it another root, title or identity",
    another_identity: "a revision gives it another root, title or identity",
    too_small: "the new objects of a revision are not numbered one after the other",
    too_large: "the new objects of a revision are not numbered one after the other",
    unused_number: "the new objects of a revision are not numbered one after the other",
    object_of_nobody: "it holds something that belongs to no signature",
    comment_between: "there is something else where an object should begin",
    space_between: "there is something else where an object should begin",
    other_order: "its objects are not in order",
    leading_zero: "there is something else where an object should begin",
    packed_stream: "a stream is packed, or is outside the file",
    objects_in_a_stream: "its table of contents is hidden in a stream",
    stream_elsewhere: "a stream is packed, or is outside the file",
    length_elsewhere: "a stream does not say how long it is",
    length_too_short: "a stream does not end where it should",
    key_twice: "it contains a dictionary that says one thing twice",
    key_in_disguise: "it contains a name that hides a letter behind its number",
    name_in_disguise: "it contains a name that hides a letter behind its number",
    comment_inside: "it contains white space that is not ours",
    tab_inside: "it contains white space that is not ours",
    return_inside: "it contains white space that is not ours",
    text_over_two_lines: "it contains something that is no value",
    brackets_in_text: "it contains something that is no value",
    deep: "it contains values nested too deeply",
    deep_keys: "it contains a dictionary whose key is no name",
    endless_text: "it contains something that is no value",
    flag_of_another_type: "a signature field was changed",
    date_as_a_name: "value of a signature is not in its form",
    transparency_as_a_real: "the look of a signature is not in its form",
    range_with_gap: "value of a signature is not in its form",
    script: "an object sends readers elsewhere, or makes them act",
    look_of_another_size: "the look of a signature has another box than its field",
    look_that_draws_the_page: "a signature points to something that is not its own",
    points_nowhere: "a signature points to something that is not its own",
    behind_the_end: "there is ",
}
"""The detail of the refusal each trick meets."""


# -------------------------------------------------------------------------------------------------------- the base
def base_key_twice(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: raw.replace(b"/Lang (en-GB)", b"/Lang (en-GB) /Lang (de-DE)", 1), rb"/Lang")


def base_name_in_disguise(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: raw.replace(b"/Lang", b"/L#61ng", 1), rb"/Lang")


def base_comment(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: raw.replace(b"/Lang", b"% /Lang\n/Lang", 1), rb"/Lang")


def base_linearised(made: Draft, at: Target) -> Draft:
    """A reader that believes it looks for the first page elsewhere."""
    return _first(made, lambda raw: raw.replace(b"/Lang", b"/Linearized 1 /Lang", 1), rb"/Lang")


def base_packed(made: Draft, at: Target) -> Draft:
    packed = zlib.compress(EVIL)
    body = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)
    return made.with_object(at.contents, body)


def base_listed_twice(made: Draft, at: Target) -> Draft:
    return replace(made, extra=((at.contents, at.honest), (at.contents, at.honest + 1)))


def base_two_trailers(made: Draft, at: Target) -> Draft:
    return replace(made, trailers=(made.trailers[0].rstrip(b"\n"), made.trailers[0]))


def base_out_of_order(made: Draft, at: Target) -> Draft:
    return other_order(made, at)


def base_number_left_out(made: Draft, at: Target) -> Draft:
    """A number the base never uses, for a later section."""
    return replace(made, objects=tuple(item for item in made.objects if item[0] != 5))


def base_points_nowhere(made: Draft, at: Target) -> Draft:
    return _first(made, lambda raw: raw.replace(b"/Metadata 5 0 R", b"/Metadata 9999 0 R", 1), rb"/Lang")


def base_title_elsewhere(made: Draft, at: Target) -> Draft:
    return _trailer(made, rb"/Info \d+", b"/Info 9999")


def base_before_the_header(made: Draft, at: Target) -> bytes:
    return b"%PDF-1.4\n" + made.written()


BASE_REFUSALS: dict[Trick, str] = {
    base_key_twice: "it contains a dictionary that says one thing twice",
    base_name_in_disguise: "it contains a name that hides a letter behind its number",
    base_comment: "it contains a dictionary whose key is no name",
    base_linearised: "an object sends readers elsewhere, or makes them act",
    base_packed: "a stream is packed, or is outside the file",
    base_listed_twice: "its table of contents does not list exactly its objects",
    base_two_trailers: "its table of contents does not end as it should",
    base_out_of_order: "its objects are not in order",
    base_number_left_out: "its objects are not numbered one after the other",
    base_points_nowhere: "it points to something that is not there",
    base_title_elsewhere: "it points to something that is not there",
    base_before_the_header: "another program made it, or changed it after it was signed",
}
"""Tricks with the base itself, before anybody signs."""
