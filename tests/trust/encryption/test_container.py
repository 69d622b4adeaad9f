"""What lies inside an encrypted file: an archive that everybody can open, whose length tells a step and no more."""

from __future__ import annotations

import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.trust.encryption import container
from intake.trust.encryption.refusals import EncryptedContentChanged

NAME = f"ev/ab/{'ab' * 32}.p7m"


@given(st.binary(max_size=20_000))
def test_any_program_for_archives_opens_it(data):
    with tarfile.open(fileobj=io.BytesIO(container.pack(NAME, data))) as archive:
        [member] = archive.getmembers()
        file = archive.extractfile(member)

        assert member.name == NAME
        assert (member.mode, member.uid, member.gid, member.mtime) == (0o644, 0, 0, 0)
        assert file is not None
        assert file.read() == data


@given(st.binary(max_size=20_000))
def test_what_was_packed_comes_out(data):
    assert container.unpack(container.pack(NAME, data)) == (NAME, data)


@given(st.integers(1, 200 << 20))
def test_a_step_is_at_most_an_eighth_more_and_a_whole_number_of_blocks(size):
    step = container.step(size)

    assert size <= step <= max(container.LEAST, size + size // 8 + container.BLOCK)
    assert step % container.BLOCK == 0
    assert container.step(step) == step


def test_most_lengths_share_their_step():
    assert len({container.step(size) for size in range(1, 64 * 1024)}) == 1 + 3 * 8


@pytest.mark.parametrize("at", range(container.BLOCK), ids=lambda at: f"byte-{at}")
def test_no_byte_of_the_header_has_two_readings(at):
    made = bytearray(container.pack(NAME, b"text"))
    made[at] ^= 1

    with pytest.raises(EncryptedContentChanged):
        container.unpack(bytes(made))


@pytest.mark.parametrize(
    "archive",
    [
        b"",
        container.pack(NAME, b"text")[:-512],
        container.pack(NAME, b"text") + bytes(512),
        container.pack(NAME, b"text")[:-1] + b"x",
        container.pack(NAME, b"text")[:1024] + container.pack(NAME, b"more"),
    ],
    ids=["nothing", "shorter", "longer", "filled with something", "two files"],
)
def test_another_end_is_refused(archive):
    with pytest.raises(EncryptedContentChanged):
        container.unpack(archive)


def test_a_name_that_does_not_fit_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="1 to 100"):
        container.pack("x" * 101, b"")
