"""The envelope of an act: each field that is not as it must be has its own words."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts import envelope
from intake.domain.acts.envelope import MalformedAct, NotAnAct
from intake.domain.acts.kinds import COMMENT
from intake.domain.acts.kinds.coding import decode, encode
from intake.domain.base import canonical
from intake.domain.base.canonical import NotCanonical
from intake.domain.base.refusals import Refusal

HEX = "0123456789abcdef"
ids = st.text(HEX, min_size=64, max_size=64)
GOOD: dict[str, Any] = {
    "format": envelope.FORMAT,
    "org": "a" * 64,
    "kind": "comment",
    "case": "b" * 64,
    "stream": "c" * 32,
    "seq": 2,
    "prev": "d" * 64,
    "after": ["e" * 64, "f" * 64],
    "roster": "1" * 64,
    "person": "ada.l-1",
    "signer": "2" * 64,
    "at": "2026-11-22T09:30:00Z",
    "app": "test 1.0",
    "body": {"text": "Hello", "about": ""},
}


def written(**changes: object) -> bytes:
    return canonical.dump(GOOD | changes)  # type: ignore[arg-type]


def test_a_good_act_is_read_and_named_by_the_digest_of_its_bytes() -> None:
    encoded = written()

    act = decode(encoded)

    assert act.id == canonical.sha256(encoded)
    assert act.at == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    assert act.names == {"d" * 64, "e" * 64, "f" * 64, "1" * 64}
    assert act.stream_key == ("2" * 64, "c" * 32, "b" * 64)


def test_a_first_revision_belongs_to_the_case_it_opens() -> None:
    act = decode(written(kind="revision", case="", seq=1, prev=""))

    assert act.case_id == act.id


@given(
    after=st.sets(ids, max_size=4),
    seq=st.integers(1, canonical.MAX_INTEGER),
    at=st.integers(0, 250_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    text=st.text(max_size=40).map(canonical.clean),
)
def test_what_is_encoded_is_decoded_unchanged(after, seq, at, text) -> None:
    values = {
        name: GOOD[name] for name in ("org", "kind", "case", "stream", "prev", "roster", "person", "signer", "app")
    }

    act = decode(encode(**values, after=tuple(after), seq=seq, at=at, body={"text": text}))  # type: ignore[arg-type]

    assert act.after == tuple(sorted(after))
    assert (act.seq, act.body) == (seq, {"text": text})
    assert act.at == at


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"org": "A" * 64}, "“org”"),
        ({"org": "a" * 63}, "“org”"),
        ({"org": None}, "“org”"),
        ({"kind": "Comment"}, "“kind”"),
        ({"kind": ""}, "“kind”"),
        ({"kind": "x" * 41}, "“kind”"),
        ({"kind": "comment\n"}, "“kind”"),
        ({"case": "b" * 65}, "“case”"),
        ({"case": ["b" * 64]}, "“case”"),
        ({"stream": ""}, "“stream”"),
        ({"stream": "c" * 31}, "“stream”"),
        ({"seq": 0}, "sequence number"),
        ({"seq": -1}, "sequence number"),
        ({"seq": True}, "sequence number"),
        ({"seq": "1"}, "sequence number"),
        ({"prev": "d"}, "“prev”"),
        ({"roster": 7}, "“roster”"),
        ({"person": "Ada"}, "“person”"),
        ({"person": ""}, "“person”"),
        ({"person": "-ada"}, "“person”"),
        ({"person": "a" * 65}, "“person”"),
        ({"person": "ada\n"}, "“person”"),
        ({"signer": ""}, "“signer”"),
        ({"signer": "2" * 64 + "\n"}, "“signer”"),
        ({"after": None}, "list of earlier acts"),
        ({"after": {}}, "list of earlier acts"),
        ({"after": ["e"]}, "list of earlier acts"),
        ({"after": ["f" * 64, "e" * 64]}, "not sorted and free of repeats"),
        ({"after": ["e" * 64, "e" * 64]}, "not sorted and free of repeats"),
        ({"after": sorted(f"{n:064x}" for n in range(1001))}, "list of earlier acts"),
        ({"at": "2026-11-22T09:30:00"}, "time is not written"),
        ({"at": "2026-11-22T09:30:00+00:00"}, "time is not written"),
        ({"at": "2026-11-22T09:30:00.0Z"}, "time is not written"),
        ({"at": "٢٠٢٦-11-22T09:30:00Z"}, "time is not written"),
        ({"at": 1}, "time is not written"),
        ({"at": "2026-02-30T09:30:00Z"}, "does not exist in the calendar"),
        ({"at": "2026-11-22T24:30:00Z"}, "does not exist in the calendar"),
        ({"at": "0000-11-22T09:30:00Z"}, "does not exist in the calendar"),
        ({"app": "x" * 81}, "program that wrote it"),
        ({"app": None}, "program that wrote it"),
        ({"body": []}, "body is not an object"),
        ({"body": None}, "body is not an object"),
        ({"kind": "roster"}, "belongs to the organisation and names no case"),
        ({"kind": "checkpoint"}, "belongs to the organisation and names no case"),
        ({"case": ""}, "must name its case"),
        ({"kind": "opinion", "case": ""}, "must name its case"),
        ({"kind": "revision", "case": ""}, "starts its stream"),
        ({"kind": "revision", "case": "", "seq": 1}, "starts its stream"),
        ({"kind": "revision", "case": "", "prev": ""}, "starts its stream"),
    ],
)
def test_each_malformed_field_is_named(changes: dict[str, object], why: str) -> None:
    with pytest.raises(MalformedAct) as refusal:
        decode(written(**changes))

    assert type(refusal.value) is MalformedAct
    assert why in refusal.value.what_happened


@pytest.mark.parametrize("missing", sorted(GOOD.keys() - {"format"}))
def test_no_field_may_be_missing(missing: str) -> None:
    with pytest.raises(MalformedAct, match=missing):
        decode(canonical.dump({key: value for key, value in GOOD.items() if key != missing}))  # type: ignore[arg-type]


def test_no_field_may_be_added() -> None:
    with pytest.raises(MalformedAct, match="urgent"):
        decode(written(urgent=True))


@pytest.mark.parametrize(
    "content", [b"[]", b"{}", b"null", b'"act"', b'{"format":"countersign/act/2"}', b'{"format":["countersign/act/1"]}']
)
def test_something_else_that_was_signed_is_not_an_act(content: bytes) -> None:
    with pytest.raises(NotAnAct):
        decode(content)


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"Content-Type: text/plain\r\n\r\nI approve", b"\x30\x82\x01\x00"])
def test_a_signed_document_or_mail_is_not_an_act(content: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(content)


def test_an_act_is_not_written_when_it_could_not_be_read() -> None:
    values = {
        name: GOOD[name] for name in ("org", "case", "stream", "prev", "roster", "person", "signer", "app", "seq")
    }

    with pytest.raises(MalformedAct, match="must name its case"):
        encode(**(values | {"case": ""}), kind=COMMENT.name, after=(), at=datetime.now(UTC), body={})  # type: ignore[arg-type]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_and_never_crash(content: bytes) -> None:
    with suppress(Refusal):
        decode(content)


def test_an_unknown_kind_is_read_with_and_without_a_case() -> None:
    assert decode(written(kind="suspend")).case_id == "b" * 64
    assert decode(written(kind="charter", case="")).case_id == ""
