"""Fetching from an exchange folder: what is read, what is skipped and with which words."""

from __future__ import annotations

import os
import shutil
from types import SimpleNamespace
from typing import Any

import pytest

from intake.exchange.entries import EntryKind, FileProblem
from intake.exchange.folder.folder import FolderCarrier
from intake.exchange.folder.listing import placeholder
from intake.exchange.refusals import (
    EntryTooLarge,
    FolderMissing,
    FolderVanished,
    LinkSkipped,
    NotAFolder,
    Placeholder,
    SpecialFile,
    TooDeep,
    TooManyFiles,
    UnknownFile,
    WrongHash,
)
from tests.exchange.helpers import ORG, act, blob, fetched, kinds, put, some
from tests.languages import in_words


def test_what_one_sends_another_fetches_acts_first(tmp_path):
    FolderCarrier(tmp_path, ORG).send(some())

    found = list(FolderCarrier(tmp_path, ORG).fetch())

    assert set(found) == set(some())
    assert [one.kind for one in found] == [EntryKind.ACT] * 3 + [EntryKind.BLOB] * 2


def test_an_organisation_without_a_folder_gives_nothing(tmp_path):
    assert list(FolderCarrier(tmp_path, ORG).fetch()) == []


@pytest.mark.attack("a conflict copy", refusal="read by its content")
@pytest.mark.parametrize(
    "name",
    [
        "{id} (1).p7m",
        "{id} - Copy.p7m",
        "{id}.sync-conflict-20261122-101010-ABCDEFG.p7m",
        "{id} (Bob's conflicted copy 2026-11-22).p7m",
        "{id}-DESKTOP-7.p7m",
        "x (1).p7m",
        "from Bob.P7M",
        "{ID}.P7M",
    ],
)
def test_a_conflict_copy_of_an_act_is_read_by_content(tmp_path, name):
    put(tmp_path, "ev/aa/" + name.format(id=act(1).id, ID=act(1).id.upper()), act(1).data)

    entries, problems = fetched(FolderCarrier(tmp_path, ORG))

    assert entries == {act(1)}
    assert not problems


def test_copies_of_one_act_arrive_once(tmp_path):
    put(tmp_path, act(1).path, act(1).data)
    put(tmp_path, f"ev/{act(1).id[:2]}/{act(1).id} (1).p7m", act(1).data)
    put(tmp_path, "ev/x (1).p7m", act(1).data)

    found = list(FolderCarrier(tmp_path, ORG).fetch())

    assert found == [act(1)]


def test_a_conflict_copy_of_a_blob_is_read_when_its_name_holds_its_hash(tmp_path):
    put(tmp_path, f"blob/{blob(1).id[:2]}/{blob(1).id} (1)", blob(1).data)

    assert fetched(FolderCarrier(tmp_path, ORG))[0] == {blob(1)}


def test_a_blob_whose_name_says_nothing_is_not_taken(tmp_path):
    put(tmp_path, "blob/aa/report.pdf", blob(1).data)

    entries, problems = fetched(FolderCarrier(tmp_path, ORG))

    assert not entries
    assert [type(problem.refusal) for problem in problems] == [UnknownFile]
    assert problems[0].quarantine


def test_a_foreign_file_is_told_once_while_the_app_runs(tmp_path):
    put(tmp_path, "blob/aa/report.pdf", blob(1).data)
    carrier = FolderCarrier(tmp_path, ORG)
    assert kinds(fetched(carrier)[1]) == ["UnknownFile"]

    fetch = carrier.fetch()

    assert list(fetch) == []
    assert fetch.report.reported_before == 1


def test_an_act_laid_among_the_blobs_is_still_an_act(tmp_path):
    put(tmp_path, f"blob/aa/{act(1).id}.p7m", act(1).data)

    assert fetched(FolderCarrier(tmp_path, ORG))[0] == {act(1)}


@pytest.mark.attack("changed content under the old name", refusal="WrongHash, quarantine")
def test_changed_content_is_a_wrong_hash_with_its_bytes_for_quarantine(tmp_path):
    put(tmp_path, act(1).path, b"changed")
    put(tmp_path, blob(1).path, b"changed too")
    put(tmp_path, act(2).path, act(2).data)

    entries, problems = fetched(FolderCarrier(tmp_path, ORG))

    assert entries == {act(2)}
    assert [type(problem.refusal) for problem in problems] == [WrongHash, WrongHash]
    assert {(problem.claimed, problem.data) for problem in problems} == {
        (act(1).id, b"changed"),
        (blob(1).id, b"changed too"),
    }


def test_a_damaged_file_is_told_once_and_again_when_it_changes(tmp_path):
    wrong = put(tmp_path, act(1).path, b"changed")
    carrier = FolderCarrier(tmp_path, ORG)
    first = fetched(carrier)[1]

    second = carrier.fetch()
    quiet = list(second)
    wrong.write_bytes(b"changed again, longer")
    third = fetched(carrier)[1]

    assert kinds(first) == kinds(third) == ["WrongHash"]
    assert not quiet
    assert second.report.reported_before == 1
    assert "as wrong as reported before" in in_words(second.report.notes)[0]


def test_known_entries_are_not_opened(tmp_path):
    FolderCarrier(tmp_path, ORG).send(some(acts=3, blobs=0))
    put(tmp_path, act(0).path.replace(".p7m", " (1).p7m"), b"never looked at")

    fetch = FolderCarrier(tmp_path, ORG).fetch(lambda kind, entry_id: entry_id != act(2).id)

    assert list(fetch) == [act(2)]
    assert (fetch.report.listed, fetch.report.known, fetch.report.read) == (4, 3, 1)
    assert fetch.report.bytes_read == len(act(2).data)


def test_a_nameless_copy_is_opened_only_once_while_the_app_runs(tmp_path):
    put(tmp_path, "ev/x (1).p7m", act(1).data)
    carrier = FolderCarrier(tmp_path, ORG)
    assert list(carrier.fetch()) == [act(1)]

    again = carrier.fetch(lambda kind, entry_id: entry_id == act(1).id)

    assert list(again) == []
    assert (again.report.read, again.report.known) == (0, 1)


@pytest.mark.attack("a file still being written", refusal="left alone, said")
def test_unfinished_files_are_left_alone_with_a_message(tmp_path):
    put(tmp_path, "ev/aa/.0123.part", act(1).data)
    put(tmp_path, f"ev/aa/{act(1).id}.p7m.part", act(1).data)
    put(tmp_path, f"ev/aa/.syncthing.{act(1).id}.p7m.tmp", act(1).data)

    fetch = FolderCarrier(tmp_path, ORG).fetch()

    assert list(fetch) == []
    assert fetch.report.unfinished == 3
    assert in_words(fetch.report.notes)[0].startswith("3 files are not finished yet")


def test_files_of_the_system_are_ignored(tmp_path):
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "~$x.p7m", f"._{act(1).id}.p7m", ".stversions/x.p7m"):
        put(tmp_path, f"ev/{name}", b"system")

    entries, problems = fetched(FolderCarrier(tmp_path, ORG))

    assert not entries
    assert not problems


@pytest.mark.attack("a placeholder without content", refusal="Placeholder")
@pytest.mark.parametrize(
    ("where", "data"),
    [
        (act(1).path, b""),
        (f"ev/aa/.{act(1).id}.p7m.icloud", b"stub"),
        (blob(1, 9000).path, bytes(9000)),
        ("ev/x (1).p7m", b""),
    ],
)
def test_cloud_placeholders_are_skipped_with_their_words(tmp_path, where, data):
    put(tmp_path, where, data)

    entries, problems = fetched(FolderCarrier(tmp_path, ORG))

    assert not entries
    assert [type(problem.refusal) for problem in problems] == [Placeholder]
    assert not problems[0].quarantine
    assert "Always keep on this device" in problems[0].refusal.next_step


@pytest.mark.parametrize(
    ("state", "hollow"),
    [
        ({"st_file_attributes": 0x1000}, True),
        ({"st_file_attributes": 0x40000}, True),
        ({"st_file_attributes": 0x400000 | 0x20}, True),
        ({"st_file_attributes": 0x20}, False),
        ({"st_flags": 0x40000000}, True),
        ({"st_flags": 0}, False),
        ({}, False),
    ],
)
def test_windows_and_macos_say_what_is_only_in_the_cloud(state, hollow):
    seen: Any = SimpleNamespace(**state)

    assert bool(placeholder(seen)) is hollow


def test_a_sparse_file_is_a_placeholder_and_is_read_when_it_fills(tmp_path):
    path = put(tmp_path, act(1).path, b"")
    os.truncate(path, len(act(1).data))
    carrier = FolderCarrier(tmp_path, ORG)
    assert kinds(fetched(carrier)[1]) == ["Placeholder"]

    path.write_bytes(act(1).data)

    assert fetched(carrier)[0] == {act(1)}


@pytest.mark.attack("files of any size that take no room, read in every exchange", refusal="Placeholder, read once")
def test_a_file_without_content_is_read_once_and_told_each_time(tmp_path):
    for number in range(3):
        os.truncate(put(tmp_path, blob(number).path, b""), 8 << 20)
    carrier = FolderCarrier(tmp_path, ORG)
    first = carrier.fetch()
    told = [one for one in first if isinstance(one, FileProblem)]

    again = carrier.fetch()

    assert [(one.where, one.refusal.what_happened) for one in again if isinstance(one, FileProblem)] == [
        (one.where, one.refusal.what_happened) for one in told
    ]
    assert (len(told), first.report.read, again.report.read, again.report.problems) == (3, 3, 0, 3)


@pytest.mark.skipif(os.name == "nt", reason="the time of the last change is told by POSIX only")
def test_what_is_filled_is_read_although_its_size_and_time_are_set_back(tmp_path):
    path = put(tmp_path, blob(1, 8192).path, bytes(8192))
    os.utime(path, ns=(1, 1))
    carrier = FolderCarrier(tmp_path, ORG)
    assert kinds(fetched(carrier)[1]) == ["Placeholder"]

    with path.open("r+b") as stream:
        stream.write(blob(1, 8192).data)
    os.utime(path, ns=(1, 1))

    assert fetched(carrier)[0] == {blob(1, 8192)}


def test_a_file_nobody_wants_is_not_opened_until_somebody_does(tmp_path):
    FolderCarrier(tmp_path, ORG).send(some())
    os.truncate(put(tmp_path, blob("of any size").path, b""), 100 << 20)
    carrier = FolderCarrier(tmp_path, ORG)

    first = carrier.fetch(wanted=lambda name: name == blob(0).id)
    found = list(first)
    then = list(carrier.fetch(lambda kind, name: kind is EntryKind.ACT, wanted=lambda name: name == blob(1).id))

    assert set(found) == {act(0), act(1), act(2), blob(0)}
    assert (first.report.read, first.report.unwanted) == (4, 2)
    assert then == [blob(1)]


def test_a_placeholder_of_something_known_is_no_trouble(tmp_path):
    put(tmp_path, f"ev/aa/.{act(1).id}.p7m.icloud", b"stub")

    assert list(FolderCarrier(tmp_path, ORG).fetch(lambda kind, entry_id: True)) == []


def test_an_empty_attachment_is_a_blob_like_any_other(tmp_path):
    FolderCarrier(tmp_path, ORG).send([empty := type(blob(1)).of(EntryKind.BLOB, b"")])

    assert fetched(FolderCarrier(tmp_path, ORG))[0] == {empty}


@pytest.mark.attack("links in a shared folder", refusal="LinkSkipped")
def test_links_are_not_followed(tmp_path):
    secret = tmp_path / "private.p7m"
    secret.write_bytes(act(1).data)
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "x.p7m").write_bytes(act(2).data)
    share = tmp_path / "share"
    put(share, "ev/aa/here", b"")
    (share / ORG / "ev" / "aa" / f"{act(1).id}.p7m").symlink_to(secret)
    (share / ORG / "ev" / "bb").symlink_to(tmp_path / "private")
    (share / ORG / "ev" / "aa" / "here").unlink()

    entries, problems = fetched(FolderCarrier(share, ORG))

    assert not entries
    assert [type(problem.refusal) for problem in problems] == [LinkSkipped, LinkSkipped]


@pytest.mark.attack("a pipe in place of a file", refusal="SpecialFile")
def test_a_pipe_does_not_hang(tmp_path):
    put(tmp_path, act(2).path, act(2).data)
    (tmp_path / ORG / "ev" / "aa").mkdir(exist_ok=True)
    os.mkfifo(tmp_path / ORG / "ev" / "aa" / f"{act(1).id}.p7m")

    entries, problems = fetched(FolderCarrier(tmp_path, ORG))

    assert entries == {act(2)}
    assert [type(problem.refusal) for problem in problems] == [SpecialFile]


def test_sizes_are_limited_per_kind(tmp_path):
    put(tmp_path, "ev/big.p7m", b"0" * ((2 << 20) + 1))
    put(tmp_path, blob(1, 101).path, blob(1, 101).data)
    put(tmp_path, blob(2, 100).path, blob(2, 100).data)

    entries, problems = fetched(FolderCarrier(tmp_path, ORG, max_blob=100))

    assert entries == {blob(2, 100)}
    assert [type(problem.refusal) for problem in problems] == [EntryTooLarge, EntryTooLarge]


def test_endless_depth_is_not_walked(tmp_path):
    put(tmp_path, "/".join("d" * 12) + "/x.p7m", act(1).data)

    entries, problems = fetched(FolderCarrier(tmp_path, ORG))

    assert not entries
    assert [type(problem.refusal) for problem in problems] == [TooDeep]


def test_the_number_of_files_is_limited(tmp_path):
    FolderCarrier(tmp_path, ORG).send(some())

    with pytest.raises(TooManyFiles):
        list(FolderCarrier(tmp_path, ORG, max_files=4).fetch())


def test_hostile_names_are_shown_safely(tmp_path):
    put(tmp_path, "blob/aa/a\u202efdp.exe", b"x")
    (tmp_path / ORG / "blob" / "aa" / os.fsdecode(b"b\xff\n\x1b[31m")).write_bytes(b"x")

    problems = fetched(FolderCarrier(tmp_path, ORG))[1]

    assert len(problems) == 2
    for problem in problems:
        assert problem.where.isprintable()
        assert problem.refusal.sentence.encode("utf-8").decode().isprintable()


def test_a_missing_folder_is_told_from_an_empty_one(tmp_path):
    with pytest.raises(FolderMissing) as refused:
        list(FolderCarrier(tmp_path / "gone", ORG).fetch())

    assert type(refused.value) is FolderMissing


def test_a_file_chosen_as_folder(tmp_path):
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(NotAFolder):
        list(FolderCarrier(tmp_path / "file", ORG).fetch())


def test_a_folder_that_vanishes_midway_keeps_count(tmp_path):
    root = tmp_path / "share"
    root.mkdir()
    FolderCarrier(root, ORG).send(some())
    fetch = FolderCarrier(root, ORG).fetch()
    taken = [next(fetch)]

    shutil.rmtree(root)

    with pytest.raises(FolderVanished) as refused:
        taken.extend(fetch)
    assert fetch.report.taken == len(taken) == 1
    assert refused.value.facts["done"] == 1


def test_one_file_tidied_away_midway_is_no_trouble(tmp_path):
    FolderCarrier(tmp_path, ORG).send([act(1), act(2)])
    fetch = FolderCarrier(tmp_path, ORG).fetch()
    first = next(fetch)
    other = act(1) if first == act(2) else act(2)

    (tmp_path / ORG / other.path).unlink()

    assert list(fetch) == []


def test_cancelling_ends_cleanly_with_what_was_read(tmp_path):
    FolderCarrier(tmp_path, ORG).send(some())
    asked = iter([False, False, True])

    fetch = FolderCarrier(tmp_path, ORG).fetch(cancelled=lambda: next(asked))
    found = list(fetch)

    assert len(found) == fetch.report.taken == 2
    assert fetch.report.cancelled
