"""Keys, keys handed to people, and what nobody here can read: kept, counted, bounded, and taken out when it can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.register.register import Register
from intake.register.store.confidential import Confidential, UnreadLimits, UnreadTotals
from intake.register.store.receipts import ItemKind, Proof
from intake.trust.encryption.case_key import CaseKey
from tests.register.helpers import NOW, open_register

ORG, CASE = "ab" * 32, "cd" * 32
KEY, OTHER = CaseKey(bytes(32), ORG, CASE), CaseKey(bytes([1] * 32), ORG, "")
READER = "ef" * 32


@pytest.fixture
def kept(register: Register) -> Confidential:
    return register.confidential


def name(number: int) -> str:
    return f"{number:064x}"


def test_keys_are_found_by_tag_and_by_use_case(kept: Confidential) -> None:
    kept.keep_keys([KEY, OTHER])
    kept.keep_keys([KEY])

    assert kept.keys() == {KEY.tag: KEY, OTHER.tag: OTHER}
    assert kept.keys_of(CASE) == {KEY.tag: KEY}
    assert kept.keys_of("") == {OTHER.tag: OTHER}


def test_keys_are_there_when_the_register_is_opened_again(tmp_path: Path) -> None:
    first = open_register(tmp_path)
    first.confidential.keep_keys([KEY])
    first.close()

    again = open_register(tmp_path)
    assert again.confidential.keys() == {KEY.tag: KEY}
    again.close()


def test_a_handed_key_is_tried_once_by_each_reader(kept: Confidential) -> None:
    kept.keep_handed({name(1): b"one", name(2): b"two"})

    assert dict(kept.handed_untried(READER)) == {name(1): b"one", name(2): b"two"}
    kept.note_tried([name(1)], READER)
    assert dict(kept.handed_untried(READER)) == {name(2): b"two"}
    # With another key of the same person everything is tried again.
    assert set(dict(kept.handed_untried("12" * 32))) == {name(1), name(2)}
    assert kept.knows_handed(name(1))
    assert not kept.knows_handed(name(3))


def test_what_cannot_be_read_is_counted_and_given_back_once_it_can(kept: Confidential) -> None:
    assert kept.keep_unread({name(1): ("1" * 32, b"one"), name(2): ("2" * 32, b"three")}) == ()

    assert kept.unread() == UnreadTotals(files=2, size=8, keys=2)
    assert set(kept.tags_unread()) == {"1" * 32, "2" * 32}
    assert kept.unread_under("1" * 32) == (name(1),)
    assert kept.unread_bytes(name(1)) == ("1" * 32, b"one")
    assert kept.unread_names() == {name(1), name(2)}
    kept.drop_unread([name(1)])
    assert kept.unread() == UnreadTotals(files=1, size=5, keys=1)
    assert kept.unread_names() == {name(2)}


@pytest.mark.attack("a share filled with files that nobody can read", refusal="left")
def test_what_cannot_be_read_takes_up_no_more_than_its_room(register: Register) -> None:
    small = Confidential(register._database, lambda: NOW, UnreadLimits(files=2, size=10, handed=1))

    assert small.keep_unread({name(1): ("1" * 32, b"12345"), name(2): ("1" * 32, b"123456")}) == (name(2),)
    assert small.keep_unread({name(3): ("1" * 32, b"123"), name(4): ("1" * 32, b"1")}) == (name(4),)
    assert small.keep_handed({name(5): b"one", name(6): b"two"}) == (name(6),)


def test_the_name_of_an_encrypted_file_is_found_by_what_it_holds(kept: Confidential) -> None:
    kept.note_names([(name(1), ItemKind.ACT, name(9), KEY.tag), (name(2), ItemKind.ACT, name(9), OTHER.tag)])

    asked = [(ItemKind.ACT, name(9)), (ItemKind.BLOB, name(9))]
    assert kept.names_of(asked) == {asked[0]: {KEY.tag: name(1), OTHER.tag: name(2)}}
    assert list(kept.every_name()) == [(name(1), *asked[0]), (name(2), *asked[0])]
    assert kept.stored() == frozenset()
    assert kept.held_by(name(1)) == (ItemKind.ACT, name(9))
    assert kept.held_by(name(3)) is None


def test_what_is_passed_on_goes_out_once(register: Register) -> None:
    kept = register.confidential
    kept.keep_handed({name(1): b"key"})
    kept.keep_unread({name(2): ("1" * 32, b"file")})

    assert list(kept.relayed("stick")) == [(True, name(1), b"key"), (False, name(2), b"file")]
    register.receipts.note("stick", [(ItemKind.KEY, name(1)), (ItemKind.ENCRYPTED, name(2))], Proof.WRITTEN)
    assert list(kept.relayed("stick")) == []
    assert len(list(kept.relayed("share"))) == 2
