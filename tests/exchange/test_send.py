"""Sending into an exchange folder: what appears there, and what never does."""

from __future__ import annotations

import pytest

from intake.exchange.entries import Entry, EntryKind
from intake.exchange.folder.folder import FOUNDING, FolderCarrier
from intake.exchange.refusals import (
    EntryTooLarge,
    FolderBlocked,
    FolderMissing,
    FolderVanished,
    InTheWay,
    NotAFolder,
    WrongHash,
)
from tests.exchange.helpers import ORG, act, blob, done_before, fetched, put, some, wrongly_named
from tests.languages import in_words


def test_entries_lie_where_the_format_says(tmp_path):
    one, paper = act(1), blob(1)

    report = FolderCarrier(tmp_path, ORG).send([paper, one])

    assert report.sent == 2
    assert (tmp_path / ORG / "ev" / one.id[:2] / f"{one.id}.p7m").read_bytes() == one.data
    assert (tmp_path / ORG / "blob" / paper.id[:2] / paper.id).read_bytes() == paper.data
    assert not list(tmp_path.rglob("*.part"))


def test_acts_before_the_organisation_meet_in_the_founding_folder(tmp_path):
    FolderCarrier(tmp_path, "").send([act(1)])

    entries, problems = fetched(FolderCarrier(tmp_path, ""))

    assert (tmp_path / FOUNDING / "ev").is_dir()
    assert entries == {act(1)}
    assert not problems


def test_sending_again_writes_nothing(tmp_path):
    carrier = FolderCarrier(tmp_path, ORG)
    carrier.send(some())
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}

    report = carrier.send(some())

    assert (report.sent, report.already_there) == (0, 5)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_the_same_entry_twice_in_one_run_is_written_once(tmp_path):
    report = FolderCarrier(tmp_path, ORG).send([act(1), act(1)])

    assert (report.sent, report.already_there) == (1, 1)


def test_a_truncated_file_there_is_kept_and_a_good_copy_put_beside_it(tmp_path):
    damaged = put(tmp_path, act(1).path, act(1).data[:5])

    report = FolderCarrier(tmp_path, ORG).send([act(1)])

    entries, problems = fetched(FolderCarrier(tmp_path, ORG))
    assert (report.sent, report.repaired) == (1, 1)
    assert in_words(report.notes) == ("1 file was damaged there, and a good copy was put beside.",)
    assert not report.problems
    assert damaged.read_bytes() == act(1).data[:5]
    assert entries == {act(1)}
    assert not problems
    assert FolderCarrier(tmp_path, ORG).send([act(1)]).already_there == 1


def test_a_file_of_the_right_size_is_only_doubted_when_asked_to(tmp_path):
    put(tmp_path, act(1).path, b"x" * len(act(1).data))
    carrier = FolderCarrier(tmp_path, ORG)

    assert carrier.send([act(1)]).already_there == 1
    assert carrier.send([act(1)], doubted=lambda _: True).repaired == 1
    assert carrier.send([act(1)], doubted=lambda _: True).already_there == 1


def test_a_conflict_copy_there_counts_as_there(tmp_path):
    put(tmp_path, f"ev/{act(1).id[:2]}/{act(1).id} (1).p7m", act(1).data)

    assert FolderCarrier(tmp_path, ORG).send([act(1)]).already_there == 1


def test_an_entry_damaged_at_home_never_leaves(tmp_path):
    report = FolderCarrier(tmp_path, ORG).send([Entry(EntryKind.ACT, act(1).id, b"something else"), act(2)])

    assert (report.sent, report.left) == (1, 1)
    assert type(report.problems[0].refusal) is WrongHash
    assert not wrongly_named(tmp_path)


def test_an_entry_beyond_the_limit_is_told_and_the_rest_is_sent(tmp_path):
    report = FolderCarrier(tmp_path, ORG, max_blob=100).send([blob(1, 101), blob(2, 100)])

    assert report.sent == 1
    assert type(report.problems[0].refusal) is EntryTooLarge


def test_cancelling_ends_cleanly_with_what_was_done(tmp_path):
    asked = iter([False, False, True])

    report = FolderCarrier(tmp_path, ORG).send(some(), cancelled=lambda: next(asked))

    assert report.cancelled
    assert report.sent == 2
    assert not list(tmp_path.rglob("*.part"))


def test_progress_counts_up_to_the_total(tmp_path):
    seen = []

    FolderCarrier(tmp_path, ORG).send(some(), total=5, progress=lambda done, total, text: seen.append((done, total)))

    assert seen[0] == (0, 5)
    assert seen[-1] == (5, 5)


def test_a_missing_folder_is_never_made(tmp_path):
    with pytest.raises(FolderMissing) as refused:
        FolderCarrier(tmp_path / "unplugged", ORG).send(some())

    assert type(refused.value) is FolderMissing
    assert not (tmp_path / "unplugged").exists()


def test_a_file_chosen_as_folder(tmp_path):
    (tmp_path / "file").write_text("no")

    with pytest.raises(NotAFolder):
        FolderCarrier(tmp_path / "file", ORG).send(some())


def test_a_file_where_a_folder_belongs_keeps_out_only_what_belongs_there(tmp_path):
    put(tmp_path, "ev", b"in the way")
    there: list[Entry] = []

    report = FolderCarrier(tmp_path, ORG).send([act(1), blob(1), act(2)], there=there.append)

    assert (report.sent, report.left, there) == (1, 2, [blob(1)])
    assert [(one.where, type(one.refusal)) for one in report.problems] == [("ev", InTheWay)]
    assert (tmp_path / ORG / "ev").read_bytes() == b"in the way"


@pytest.mark.attack(
    "plain files where the folders of a share belong", refusal="InTheWay for each, the rest is exchanged"
)
@pytest.mark.parametrize("kind", [EntryKind.ACT.folder, EntryKind.BLOB.folder])
def test_files_where_folders_belong_are_told_once_each_and_the_rest_is_sent(tmp_path, kind):
    entries = [one(number) for number in range(40) for one in (act, blob)]
    blocked = sorted({one.path.rpartition("/")[0] for one in entries if one.kind.folder == kind})[::2]
    for where in blocked:
        put(tmp_path, where, b"in the way")
    there: list[Entry] = []

    report = FolderCarrier(tmp_path, ORG).send(entries, there=there.append)

    free = [one for one in entries if one.path.rpartition("/")[0] not in blocked]
    assert there == free
    assert (report.sent, report.left) == (len(free), len(entries) - len(free))
    assert sorted(one.where for one in report.problems) == blocked
    assert {type(one.refusal) for one in report.problems} == {InTheWay}
    assert fetched(FolderCarrier(tmp_path, ORG))[0] == set(free)


def test_a_file_in_place_of_the_whole_folder_blocks(tmp_path):
    (tmp_path / ORG).write_bytes(b"in the way")

    with pytest.raises(FolderBlocked) as refused:
        FolderCarrier(tmp_path, ORG).send([blob(1), act(1)])

    assert done_before(refused.value).sent == 0
    assert (tmp_path / ORG).read_bytes() == b"in the way"


def test_a_link_where_a_folder_belongs_leads_nowhere(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "share"
    (root / ORG).mkdir(parents=True)
    (root / ORG / "ev").symlink_to(outside)

    report = FolderCarrier(root, ORG).send([act(1)])

    assert [(one.where, type(one.refusal)) for one in report.problems] == [("ev", InTheWay)]
    assert not list(outside.iterdir())


def test_a_folder_that_vanishes_midway_keeps_count(tmp_path):
    root = tmp_path / "share"
    root.mkdir()

    def unplugged():
        yield blob(1)
        yield act(1)
        root.rename(tmp_path / "elsewhere")
        yield act(2)

    with pytest.raises(FolderVanished) as refused:
        FolderCarrier(root, ORG).send(unplugged())

    assert done_before(refused.value).sent == 2
    assert not root.exists()
    assert not wrongly_named(tmp_path / "elsewhere")


def test_present_says_what_need_not_be_loaded(tmp_path):
    carrier = FolderCarrier(tmp_path, ORG)
    carrier.send([act(1), blob(1)])
    put(tmp_path, act(2).path, b"")
    put(tmp_path, f"ev/aa/.{act(3).id}.p7m.icloud", b"stub")
    put(tmp_path, f"ev/aa/{act(4).id}.p7m.part", b"half")

    present = carrier.present()

    assert present.has(EntryKind.ACT, act(1).id, len(act(1).data))
    assert present.has(EntryKind.BLOB, blob(1).id)
    assert not present.has(EntryKind.BLOB, act(1).id)
    assert not present.has(EntryKind.ACT, act(2).id, len(act(2).data))
    assert present.has(EntryKind.ACT, act(3).id, 10)
    assert not present.has(EntryKind.ACT, act(4).id)


def test_present_is_empty_before_anybody_sent(tmp_path):
    assert not FolderCarrier(tmp_path, ORG).present().sizes
