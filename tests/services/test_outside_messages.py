"""What crosses between the app and a worker: plain data by its type, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.base.wording import listed
from intake.records.content import SignatureField
from intake.records.preview import Pages, Picture
from intake.records.proof.findings import NOT_COMPARED, PASSED, UPDATE
from intake.records.proof.verdict import (
    Indication,
    PinnedKey,
    RecordVerdict,
    Sealed,
    SignatureFinding,
    SubIndication,
    TimestampFinding,
    VerifierKnowledge,
)
from intake.services.outside import protocol
from intake.services.outside.codec import NotOfThisType, decode, encode
from intake.services.proving.judged import FileSort, Judged, Result
from intake.services.proving.reading import ActRead
from tests.services.outside_tasks import TASKS

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
FINDING = SignatureFinding(
    SignatureField.CIO, "ab" * 32, b"\x30\x00", "ada", "Ada", True, AT, TimestampFinding(AT, "A service", None)
)
FAILS = NOT_COMPARED(why=UPDATE())
VALUES: list[Any] = [
    VerifierKnowledge(
        "ab" * 32, (PinnedKey(SignatureField.CISO, "cd" * 32, b"der", "dan", "Dan"),), ("ef",), sealed=(Sealed(3, "x"),)
    ),
    VerifierKnowledge(timestamp_services=(b"one", b"", b"two")),
    RecordVerdict(Indication.FAILED, SubIndication.HASH_FAILURE, FAILS, UPDATE(), "ab", (FINDING,), (FAILS, FAILS)),
    Judged(
        FileSort.ACT, Result.PASSED, "", PASSED(signers=listed(["Ada", "Dan"])), UPDATE(), signatures=(FINDING, FINDING)
    ),
    ActRead(Judged(FileSort.ACT, Result.FAILED, "", FAILS, UPDATE())),
    Pages(((595.0, 842.0), (1.0, 20_000.0)), 3),
    Picture(0, 1, 1, 4, b"\x00\x01\x02\x03"),
]


def across(value: Any, kind: Any = None) -> Any:
    """The value after a journey over a real stream."""
    chunks: list[bytes] = []
    stream = BytesIO()
    protocol.send(stream, encode(value, chunks), chunks)
    stream.seek(0)
    received = protocol.receive(stream)
    assert received is not None
    return decode(kind or type(value), *received)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_comes_across_unchanged(value):
    assert across(value) == value


@given(st.lists(st.binary()).map(tuple), st.text(), st.dictionaries(st.text(), st.text()))
def test_any_bytes_and_any_text_come_across(items, text, names):
    assert across(items, tuple[bytes, ...]) == items
    assert across(text) == text
    assert across(names, dict[str, str]) == names


def test_every_task_is_made_of_what_can_cross():
    from intake.services.outside.codec import hints

    # A type that cannot be decoded would be found by a user: each is looked up here once.
    assert all("return" in hints(task) for task in TASKS.values())


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (int, True),
        (int, "1"),
        (bool, 1),
        (str, None),
        (float, "1"),
        (bytes, [0, 5]),
        (bytes, [-1, 1]),
        (bytes, [0, -1]),
        (bytes, [True, 1]),
        (bytes, "AAAA"),
        (datetime, "yesterday"),
        (Indication, "TOTAL-PERFECT"),
        (tuple[str, ...], "text"),
        (tuple[str, ...], ["a", 1]),
        (tuple[float, float], [1.0]),
        (dict[str, str], {"a": 1}),
        (Sealed, {"size": 1}),
        (Sealed, {"size": 1, "sha256": "a", "more": 1}),
        (Sealed, {"size": 1.5, "sha256": "a"}),
        (Sealed, ["size", "sha256"]),
    ],
    ids=repr,
)
def test_what_does_not_have_the_type_is_refused(kind, value):
    with pytest.raises(NotOfThisType):
        decode(kind, value, memoryview(b"abc"))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.sampled_from([type(value) for value in VALUES]), json_values)
def test_any_json_is_of_the_type_or_refused(kind, value):
    with pytest.raises(NotOfThisType):
        decode(kind, value, memoryview(b""))


@given(st.binary(max_size=64))
def test_any_bytes_are_a_message_or_none(data):
    try:
        protocol.receive(BytesIO(data))
    except protocol.BadMessage:
        return


@pytest.mark.parametrize(
    "head",
    [
        protocol._HEAD.pack(protocol.MAX_JSON + 1, 0),
        protocol._HEAD.pack(2, protocol.MAX_RAW + 1),
        protocol._HEAD.pack(0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF),
    ],
)
@pytest.mark.attack("a taken-over reader that announces an endless answer", refusal="UNREADABLE: ReaderStopped")
def test_an_announced_flood_is_not_waited_for(head):
    with pytest.raises(protocol.BadMessage, match="too large"):
        protocol.receive(BytesIO(head + b"{}"))


def test_deep_json_is_no_message():
    deep = b"[" * 100_000

    with pytest.raises(protocol.BadMessage):
        protocol.receive(BytesIO(protocol._HEAD.pack(len(deep), 0) + deep))


@pytest.mark.parametrize(
    ("width", "height", "stride", "size"),
    [(0, 1, 0, 0), (-1, -1, 4, 4), (10, 10, 39, 390), (10, 10, 40, 399), (10, 10, 40, 401), (1 << 20, 1 << 20, 4, 4)],
)
def test_a_picture_that_does_not_fit_its_numbers_is_not_sound(width, height, stride, size):
    assert not Picture(0, width, height, stride, bytes(size)).is_sound
