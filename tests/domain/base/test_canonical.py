"""Strict JSON: one value, one encoding, and everything else refused by name."""

from __future__ import annotations

import json
import unicodedata

import pytest
import rfc8785
from hypothesis import assume, given
from hypothesis import strategies as st

from intake.domain.base import canonical
from intake.domain.base.canonical import MAX_INTEGER, NotCanonical, TooLarge, clean, dump, dump_large, parse
from intake.domain.base.unassigned import VERSION, is_unassigned, open_ranges

keys = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=12)
texts = st.text(max_size=30).map(clean)
scalars = st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)


@given(values)
def test_canonical_form_is_that_of_rfc_8785(value) -> None:
    assert dump(value) == rfc8785.dumps(value)


@given(values)
def test_what_was_written_is_read_back(value) -> None:
    assert parse(dump(value)) == value


@given(values, st.data())
def test_every_other_encoding_of_the_same_value_is_refused(value, data) -> None:
    style = data.draw(
        st.sampled_from([{"indent": 1}, {"separators": (", ", ": ")}, {"ensure_ascii": True}, {"sort_keys": False}])
    )
    other = json.dumps(value, **({"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True} | style)).encode()
    assume(other != dump(value))

    with pytest.raises(NotCanonical):
        parse(other)


@given(st.text(max_size=50))
def test_cleaned_text_can_be_stored_and_cleaning_twice_changes_nothing(text) -> None:
    once = clean(text)

    assert parse(dump(once)) == once
    assert clean(once) == once


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Purpose of the system\x0bSorts the letters", "Purpose of the system\nSorts the letters"),
        ("page one\x0cpage two", "page one\npage two"),
        ("one\r\ntwo\rthree\x85four\u2028five", "one\ntwo\nthree\nfour\u2028five"),
        ("cell\x07cell", "cell\tcell"),
        ("non\x1ebreaking", "non-breaking"),
        ("some\x1ftimes", "some\u00adtimes"),
        ("it\x92s", "it\ufffds"),
        ("a\x00b", "a\ufffdb"),
        ("a\ud800b", "a\ufffdb"),
        ("\ufeffstart", "start"),
        ("\u202eevil\u202c \U000e0041", "evil "),
    ],
)
def test_what_separates_words_still_does_and_nothing_is_glued_together(pasted, kept) -> None:
    assert clean(pasted) == kept


@given(st.text(max_size=30), st.sampled_from("\x0b\x0c\x1c\x1d\x85\r\n"), st.text(max_size=30))
def test_the_lines_of_a_text_are_cleaned_one_by_one(before, end, after) -> None:
    assume(not (before.endswith("\r") or (end == "\r" and after.startswith("\n"))))

    assert clean(before + end + after) == f"{clean(before)}\n{clean(after)}"


@pytest.mark.attack("a duplicate key in JSON", refusal="NotCanonical")
@pytest.mark.attack("NaN and numbers no two programs read alike", refusal="NotCanonical")
@pytest.mark.attack("JSON nested without end", refusal="NotCanonical")
@pytest.mark.attack("half characters and marks that turn text around", refusal="NotCanonical")
@pytest.mark.parametrize(
    ("hostile", "why"),
    [
        pytest.param(b'{"a":1,"a":2}', "names the same key twice", id="duplicate key"),
        pytest.param(b'{"a":1,"\\u0061":2}', "names the same key twice", id="duplicate key, one escaped"),
        pytest.param(b'{"x":{"a":1,"a":1}}', "names the same key twice", id="duplicate key, same value, deeper"),
        pytest.param(b"NaN", "number NaN", id="NaN"),
        pytest.param(b'{"a":-Infinity}', "number -Infinity", id="minus infinity"),
        pytest.param(b"1e999", "number 1e999", id="overflowing float"),
        pytest.param(b"1.0", "number 1.0", id="float"),
        pytest.param(b"1E2", "number 1E2", id="exponent"),
        pytest.param(b"9007199254740992", "too large to be exact", id="2^53"),
        pytest.param(b"-9007199254740992", "too large to be exact", id="minus 2^53"),
        pytest.param(b"9" * 5000, "too large to be exact", id="5000 digits"),
        pytest.param(b"-0", "canonical order and form", id="minus zero"),
        pytest.param(b"01", "not JSON", id="leading zero"),
        pytest.param(b'"\\ud800"', "forbidden character U+D800", id="lone high surrogate"),
        pytest.param(b'"\\udc00x"', "forbidden character U+DC00", id="lone low surrogate"),
        pytest.param(b'"\xed\xa0\x80"', "not UTF-8", id="surrogate in UTF-8"),
        pytest.param(b'"\\ud83d\\ude00"', "canonical order and form", id="escaped emoji"),
        pytest.param(b'"\\u0041"', "canonical order and form", id="escaped letter"),
        pytest.param(b'"\\/"', "canonical order and form", id="escaped slash"),
        pytest.param(b'"\\u000a"', "canonical order and form", id="long escape for a new line"),
        pytest.param(b'"\\u0000"', "forbidden character U+0000", id="null character"),
        pytest.param(b'"\\r"', "forbidden character U+000D", id="carriage return"),
        pytest.param(b'"\\u007f"', "forbidden character U+007F", id="delete"),
        pytest.param('"e\u0301"'.encode(), "normal form C", id="not NFC"),
        pytest.param('"\u212b"'.encode(), "normal form C", id="Angstrom sign"),
        pytest.param('"a\u202eb"'.encode(), "forbidden character U+202E", id="right-to-left override"),
        pytest.param('"a\U000e0041b"'.encode(), "forbidden character U+E0041", id="letter that nobody sees"),
        pytest.param('"a\u2066b"'.encode(), "forbidden character U+2066", id="isolate"),
        pytest.param('"a\ufeffb"'.encode(), "forbidden character U+FEFF", id="byte order mark inside"),
        pytest.param(b"\xef\xbb\xbf{}", "not JSON", id="byte order mark first"),
        pytest.param("{}".encode("utf-16"), "not UTF-8", id="UTF-16"),
        pytest.param('{"é":1}'.encode(), "not ASCII", id="key beyond ASCII"),
        pytest.param(b'{"b":1,"a":2}', "canonical order and form", id="keys out of order"),
        pytest.param(b'{"a": 1}', "canonical order and form", id="space"),
        pytest.param(b"{} ", "canonical order and form", id="trailing space"),
        pytest.param(b"{}\n", "canonical order and form", id="trailing new line"),
        pytest.param(b"{}{}", "not JSON", id="second value"),
        pytest.param(b"{}\x00", "not JSON", id="trailing null byte"),
        pytest.param(b"", "not JSON", id="nothing"),
        pytest.param(b"{'a':1}", "not JSON", id="single quotes"),
        pytest.param(b"[1,]", "not JSON", id="trailing comma"),
        pytest.param(b"//x\n1", "not JSON", id="comment"),
        pytest.param("[١]".encode(), "not JSON", id="digits of another script"),
        pytest.param(b"[" * 17 + b"]" * 17, "nested deeper", id="17 levels"),
        pytest.param(b"[" * 200_000, "nested deeper", id="200,000 levels"),
        pytest.param(b'{"a":' * 17 + b"1" + b"}" * 17, "nested deeper", id="17 objects"),
    ],
)
def test_hostile_json_is_refused_in_words(hostile: bytes, why: str) -> None:
    with pytest.raises(NotCanonical) as refusal:
        parse(hostile)

    assert why in refusal.value.what_happened


def test_sixteen_levels_are_read() -> None:
    deepest = b"[" * 16 + b"1" + b"]" * 16

    assert dump(parse(deepest)) == deepest


def test_more_than_a_mebibyte_is_too_large_to_read_or_write() -> None:
    with pytest.raises(TooLarge):
        parse(b'"' + b"a" * canonical.MAX_BYTES + b'"')
    with pytest.raises(TooLarge):
        dump("a" * canonical.MAX_BYTES)


def test_a_listing_may_be_larger_than_an_act() -> None:
    assert len(dump_large("a" * canonical.MAX_BYTES)) > canonical.MAX_BYTES


@pytest.mark.parametrize("value", [1.5, b"x", {1: 2}, {"a": {1, 2}}, MAX_INTEGER + 1, "\ud800", "e\u0301"])
def test_what_has_no_canonical_form_is_not_written(value: object) -> None:
    with pytest.raises(NotCanonical):
        dump(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["שלום עולם", "مرحبا", "👩🏽‍💻", "a\u200fb", "한국어", "\U0001f600", "zero\u200dwidth"]
)
def test_honest_text_of_any_script_is_kept(text: str) -> None:
    assert unicodedata.is_normalized("NFC", text)
    assert parse(dump(text)) == text


# ------------------------------------------------------------------------------------------- versions of Unicode


@pytest.mark.attack(
    "words that two versions of Python read differently", refusal="NotCanonical: not every version knows"
)
@pytest.mark.parametrize("unknown", ["\U00010efd", "\u0cf3", "\U0001fae8", "\ufdd0"])
def test_a_character_that_some_version_does_not_know_is_refused_by_all(unknown: str) -> None:
    text = f"q\u0301{unknown}"

    with pytest.raises(NotCanonical, match=f"U\\+{ord(unknown):04X}, which not every version knows"):
        dump({"reason": text})
    with pytest.raises(NotCanonical, match="which not every version knows"):
        parse(json.dumps({"reason": text}, ensure_ascii=False, separators=(",", ":")).encode())
    assert clean(text) == "q\u0301\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("known", ["Zürich", "Ελλάδα", "漢字", "𝔄", "🙂", "\ue000", "\U000f0000", "\U0001f9ea"])
def test_what_every_version_knows_is_written(known: str) -> None:
    assert parse(dump(known)) == known


def test_what_is_open_is_what_the_oldest_python_leaves_open() -> None:
    open_here = {code for code in range(0x110000) if unicodedata.category(chr(code)) == "Cn"}
    listed = {code for first, last in open_ranges() for code in range(first, last + 1)}

    assert listed >= open_here, "a later Unicode assigns more, never less"
    if unicodedata.unidata_version == VERSION:
        assert listed == open_here
    assert all(is_unassigned(chr(code)) == (code in listed) for code in (*range(0x3000), 0x10EFD, 0x10FFFF))
