"""Bytes nobody chose: whatever is done to a signed act, it is refused, or it is the same act."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.base.refusals import Refusal
from intake.trust import acts, certificates, cms, der, refusals, timestamps
from tests import people
from tests.trust import forging

ADA = people.person("ada")
ACT = ADA.act("enrol", {"name": "Ada"})
BLOB = ACT.blob
PDF = cms.build(None, hashlib.sha256(b"ranges").digest(), ADA.key, at=None)


def digest_of(name: str) -> bytes:
    return hashlib.new(name, b"ranges").digest()


@pytest.mark.attack("a changed byte in an act", refusal="a SignatureRefused")
@pytest.mark.parametrize("bit", range(8))
def test_no_byte_of_an_act_can_be_changed(bit):
    for at in range(len(BLOB)):
        damaged = bytearray(BLOB)
        damaged[at] ^= 1 << bit

        with pytest.raises(Refusal):
            acts.verify_act(bytes(damaged))


@pytest.mark.attack("a changed byte in an act", refusal="a SignatureRefused")
@given(st.integers(0, len(BLOB) - 1), st.integers(1, 255))
def test_a_changed_byte_is_refused(at, change):
    damaged = bytearray(BLOB)
    damaged[at] ^= change

    with pytest.raises(Refusal):
        acts.verify_act(bytes(damaged))


@given(st.integers(0, len(PDF) - 1), st.integers(1, 255))
def test_a_changed_byte_of_a_detached_signature_is_refused(at, change):
    damaged = bytearray(PDF)
    damaged[at] ^= change

    with pytest.raises(Refusal):
        cms.read(bytes(damaged), detached_digest=digest_of)


@pytest.mark.attack("an act cut short", refusal="a SignatureRefused")
def test_no_act_can_be_cut_short():
    for size in range(len(BLOB)):
        with pytest.raises(refusals.SignatureRefused):
            acts.verify_act(BLOB[:size])


@given(st.data())
def test_a_cut_a_repeat_or_an_insertion_is_refused(data):
    start = data.draw(st.integers(0, len(BLOB)))
    stop = data.draw(st.integers(start, len(BLOB)))
    filling = data.draw(st.one_of(st.binary(max_size=40), st.just(BLOB[start:stop] * 2), st.just(BLOB)))
    changed = BLOB[:start] + filling + BLOB[stop:]

    if changed == BLOB:
        return
    with pytest.raises(Refusal):
        acts.verify_act(changed)


@given(st.binary(max_size=600))
def test_any_bytes_give_a_refusal_and_nothing_else(data):
    with pytest.raises(Refusal):
        acts.verify_act(data)
    with suppress(Refusal):
        certificates.read(data)
    with suppress(Refusal):
        timestamps.check(data, over=b"")


@given(
    st.lists(st.tuples(st.sampled_from([0x02, 0x03, 0x04, 0x05, 0x06, 0x30, 0x31, 0xA0, 0xA1]), st.binary(max_size=9)))
)
def test_well_formed_rubbish_gives_a_refusal_and_nothing_else(elements):
    rubbish = b"".join(der.tlv(tag, content) for tag, content in elements)
    inside = der.tlv(der.SEQUENCE, forging.SIGNED_DATA, der.tlv(0xA0, der.tlv(der.SEQUENCE, rubbish)))

    with pytest.raises(refusals.SignatureRefused):
        acts.verify_act(inside)


@given(st.binary(max_size=300))
def test_a_signed_payload_of_any_bytes_gives_a_refusal_and_nothing_else(payload):
    with pytest.raises(Refusal):
        acts.verify_act(forging.forge(ADA.key, payload))


@given(st.integers(0, len(ADA.certificate_der) - 1), st.binary(max_size=3))
def test_a_damaged_certificate_gives_a_refusal_and_nothing_else(at, filling):
    damaged = ADA.certificate_der[:at] + filling + ADA.certificate_der[at + len(filling) :]

    with suppress(Refusal):
        assert certificates.read(damaged).der == damaged


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("0" * 64),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(json.loads(forging.content(BLOB)))), JSON)
@pytest.mark.exhaustive
def test_a_signed_act_with_anything_in_a_field_is_refused_or_read(field, value):
    changed = {**json.loads(forging.content(BLOB)), field: value}
    payload = json.dumps(changed, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "replace")

    with suppress(Refusal):
        assert acts.verify_act(forging.forge(ADA.key, payload)).act.id == hashlib.sha256(payload).hexdigest()


# -------------------------------------------------------------------------------------------------------- encoding


def elements(blob: bytes, start: int = 0, end: int | None = None) -> list[tuple[int, int, int]]:
    """(tag offset, content start, end) of every element, parents first."""
    found = []
    at = start
    end = len(blob) if end is None else end
    while at < end:
        inner, stop = der.span(blob, at, end)
        found.append((at, inner, stop))
        if blob[at] & 0x20:
            found += elements(blob, inner, stop)
        at = stop
    return found


def replaced(blob: bytes, target: int, change, start: int = 0, end: int | None = None) -> bytes:
    """``blob`` with the element at ``target`` replaced by ``change(tag, content)``, lengths of its parents corrected."""
    out = []
    at = start
    end = len(blob) if end is None else end
    while at < end:
        inner, stop = der.span(blob, at, end)
        if at == target:
            out.append(change(blob[at], blob[inner:stop]))
        elif at < target < stop:
            out.append(der.tlv(blob[at], replaced(blob, target, change, inner, stop)))
        else:
            out.append(blob[at:stop])
        at = stop
    return b"".join(out)


def longer_length(tag: int, content: bytes) -> bytes:
    return bytes((tag, 0x84)) + len(content).to_bytes(4, "big") + content


def indefinite(tag: int, content: bytes) -> bytes:
    return bytes((tag, 0x80)) + content + b"\x00\x00"


def in_pieces(tag: int, content: bytes) -> bytes:
    return der.tlv(tag | 0x20, der.tlv(tag, content[:1]), der.tlv(tag, content[1:]))


def padded_number(tag: int, content: bytes) -> bytes:
    return der.tlv(tag, b"\x00" + content)


EVERYWHERE = elements(BLOB)
CONSTRUCTED = [item for item in EVERYWHERE if BLOB[item[0]] & 0x20]
STRINGS = [item for item in EVERYWHERE if BLOB[item[0]] in {der.OCTET_STRING, der.BIT_STRING}]
NUMBERS = [item for item in EVERYWHERE if BLOB[item[0]] == der.INTEGER]


@pytest.mark.parametrize(
    ("where", "change"),
    [(EVERYWHERE, longer_length), (CONSTRUCTED, indefinite), (STRINGS, in_pieces), (NUMBERS, padded_number)],
    ids=["longer length", "indefinite length", "string in pieces", "padded number"],
)
def test_no_part_of_an_act_can_be_encoded_in_another_way(where, change):
    for at, _, _ in where:
        with pytest.raises(refusals.SignatureRefused):
            acts.verify_act(replaced(BLOB, at, change))


@pytest.mark.attack("an act in another encoding than DER", refusal="LengthNotMinimal, IndefiniteLength")
@pytest.mark.parametrize(
    ("where", "change", "refusal"),
    [
        (0, longer_length, refusals.LengthNotMinimal),
        (0, indefinite, refusals.IndefiniteLength),
        (EVERYWHERE[3][0], longer_length, refusals.LengthNotMinimal),
        (EVERYWHERE[3][0], indefinite, refusals.IndefiniteLength),
    ],
)
def test_another_encoding_of_the_frame_is_named(where, change, refusal):
    with pytest.raises(refusal):
        acts.verify_act(replaced(BLOB, where, change))


def test_a_padded_serial_number_is_named():
    serial = next(at for at, start, stop in NUMBERS if stop - start > 10)

    with pytest.raises(refusals.ValueNotMinimal):
        acts.verify_act(replaced(BLOB, serial, padded_number))


@pytest.mark.attack("an act in another encoding than DER", refusal="ConstructedString")
def test_content_in_pieces_is_named():
    content = next(at for at, start, stop in STRINGS if BLOB[start:stop] == forging.content(BLOB))

    with pytest.raises(refusals.ConstructedString):
        acts.verify_act(replaced(BLOB, content, in_pieces))


def test_deep_nesting_is_refused_without_exhausting_anything():
    deep = b""
    for _ in range(3000):
        deep = der.tlv(der.SEQUENCE, deep)

    with pytest.raises(refusals.EncodingNestedTooDeep):
        certificates.read(deep)


@given(st.integers(0, 2**64), st.integers(0, 39), st.lists(st.integers(0, 2**40), max_size=5))
def test_object_identifiers_are_written_and_shown(big, second, rest):
    dotted = ".".join(str(number) for number in (1, second, *rest))
    element = der.oid(dotted)

    assert der.oid_text(element[2:]) == dotted
    assert der.oid(f"2.{second}.{big}")[0] == der.OID


@given(st.integers(0, 255), st.binary(max_size=70_000))
def test_what_is_written_is_read_back(tag, content):
    element = der.tlv(tag, content)

    start, stop = der.span(element, 0, len(element))

    assert element[start:stop] == content
    assert stop == len(element)


@given(st.binary(max_size=200))
def test_names_of_algorithms_never_fail_to_show(content):
    assert isinstance(der.oid_text(content), str)
