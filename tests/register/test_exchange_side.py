"""What the exchange asks of the register: what to send, what is known, what was refused, and copies of it all."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from intake.domain.acts.checkpoint import listed
from intake.domain.base.canonical import sha256
from intake.domain.base.wording import sentences
from intake.exchange.refusals import WrongHash
from intake.files import NotWritten
from intake.register import refusals
from intake.register.register import Register
from intake.register.store import backup, quarantine
from intake.register.store.receipts import ItemKind, Proof
from intake.trust.refusals import SignatureRefused
from tests.domain.world import Site
from tests.register.helpers import open_register, pack, take


# --------------------------------------------------------------------------------------------------------- receipts
def test_everything_goes_out_once_files_first(register: Register, site: Site) -> None:
    site.ciso(site.revision().id)
    take(register, site)

    items = list(register.receipts.outgoing("share"))
    register.receipts.note("share", [(item.kind, item.id) for item in items], Proof.WRITTEN)

    kinds = [item.kind for item in items]
    assert kinds == sorted(kinds, key=lambda kind: kind is ItemKind.ACT)
    assert {item.id for item in items} == {pack(act).blob_id for act in site.acts.values()} | site.blobs.keys()
    assert all(sha256(item.data) == item.id for item in items)
    assert list(register.receipts.outgoing("share")) == []
    assert len(list(register.receipts.outgoing("stick"))) == len(items)


def test_noting_twice_and_noting_nothing_is_fine(register: Register) -> None:
    register.receipts.note("share", [(ItemKind.BLOB, "a"), (ItemKind.BLOB, "a")], Proof.WRITTEN)
    register.receipts.note("share", [(ItemKind.BLOB, "a")], Proof.WRITTEN)
    register.receipts.note("share", [], Proof.WRITTEN)

    assert register.receipts.has("share", ItemKind.BLOB, "a", Proof.WRITTEN)


def test_an_act_that_went_out_does_not_stand_for_the_same_bytes_as_a_file(register: Register, site: Site) -> None:
    take(register, site)
    items = list(register.receipts.outgoing("share"))
    other = {ItemKind.ACT: ItemKind.BLOB, ItemKind.BLOB: ItemKind.ACT}

    register.receipts.note("share", [(other[item.kind], item.id) for item in items], Proof.WRITTEN)
    assert list(register.receipts.outgoing("share")) == items

    register.receipts.note("share", [(item.kind, item.id) for item in items], Proof.WRITTEN)
    kept = {(item.kind, item.id) for item in items}
    lost = register.receipts.keep_only("share", lambda kind, name: (kind, name) in kept)
    assert lost == len(items)
    assert list(register.receipts.outgoing("share")) == []


def test_a_new_carrier_under_an_old_name_gets_everything_again(register: Register, site: Site) -> None:
    take(register, site)
    ids = [(item.kind, item.id) for item in register.receipts.outgoing("share")]
    register.receipts.note("share", ids, Proof.WRITTEN)

    register.receipts.forget("share")

    assert [(item.kind, item.id) for item in register.receipts.outgoing("share")] == ids


def test_a_carrier_may_be_called_by_a_path_that_is_no_text(register: Register) -> None:
    register.receipts.note("/media/\udcff", [(ItemKind.BLOB, "a")], Proof.WRITTEN)

    assert register.receipts.has("/media/\udcff", ItemKind.BLOB, "a", Proof.WRITTEN)
    assert list(register.receipts.outgoing("/media/\udcff")) == []


def test_a_kept_playbook_stays_here_until_an_act_names_it(register: Register) -> None:
    name = register.keep(b"playbook")

    assert register.keep(b"playbook") == name
    assert register.queries.blob(name) == b"playbook"
    assert list(register.receipts.outgoing("share")) == []


def test_what_is_stored_or_refused_for_good_is_known(register: Register, site: Site) -> None:
    act = pack(site.revision())
    take(register, site)
    register.quarantine.put(b"bad", SignatureRefused(), name="bad.p7m", source="share", as_act=True)

    assert register.receipts.known(ItemKind.ACT, act.blob_id)
    assert register.receipts.known(ItemKind.ACT, sha256(b"bad"))
    assert not register.receipts.known(ItemKind.BLOB, sha256(b"bad"))
    assert not register.receipts.known(ItemKind.ACT, "0" * 64)
    assert not register.receipts.known(ItemKind.BLOB, act.blob_id)


def test_heads_are_the_newest_act_of_each_stream(register: Register, site: Site) -> None:
    case = site.revision()
    site.comment("ada", case.id)
    last = site.comment("ada", case.id)
    other = site.comment("cleo", case.id)
    take(register, site)

    heads = [item for item in register.queries.heads() if item.case == case.id]

    assert sorted(item.act for item in heads) == sorted([last.id, other.id])


def test_heads_list_every_end_of_a_stream_that_forks_or_lacks_an_act(register: Register, site: Site) -> None:
    case = site.revision()
    first = site.comment("ada", case.id)
    missing = site.comment("ada", case.id)
    last = site.comment("ada", case.id)
    branch = site.act("ada", "comment", {"text": "again", "about": ""}, case=case.id, seq=9, prev=first.id)
    posing = site.act("cleo", "comment", {"text": "mine", "about": ""}, case=case.id, prev=branch.id)
    acts = [act for act in site.acts.values() if act.id != missing.id]
    take(register, site, acts)

    heads = [item for item in register.queries.heads() if item.case == case.id]

    assert {item.act: item.floor for item in heads} == {last.id: last.id, branch.id: "", posing.id: posing.id}
    assert set(heads) == {item for item in listed(acts) if item.case == case.id}


# ------------------------------------------------------------------------------------------------------- quarantine
def test_a_refused_file_is_kept_with_its_reason(register: Register) -> None:
    refusal = SignatureRefused()

    register.quarantine.put(b"\x00bad", refusal, name="<b>x\u202ey</b>.p7m", source="share")
    register.quarantine.put(b"\x00bad", refusal, name="again.p7m", source="stick")

    (item,) = register.quarantine.items()
    assert (item.reason.code, *sentences(item.reason)) == (
        refusal.code,
        refusal.what_happened,
        refusal.reason,
        refusal.next_step,
    )
    assert (item.name, item.source, item.size, item.kept) == ("<b>xy</b>.p7m", "share", 4, True)
    assert register.quarantine.bytes_of(item.pk) == b"\x00bad"


def test_a_file_too_large_to_keep_leaves_its_name_and_reason(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "MAX_ITEM", 3)

    register.quarantine.put(b"four", SignatureRefused(), name="x", source="")

    (item,) = register.quarantine.items()
    assert (item.kept, item.size, register.quarantine.bytes_of(item.pk)) == (False, 4, None)


def test_quarantine_is_bounded_and_keeps_no_good_act_out(
    register: Register, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "MAX_ITEMS", 1)
    take(register, site)
    register.quarantine.put(b"one", SignatureRefused(), name="x", source="")
    foreign = site.fork("elsewhere")
    foreign.org = "e" * 64

    assert not register.quarantine.put(b"two", SignatureRefused(), name="y", source="")
    done = register.append([pack(foreign.revision()), pack(site.revision())])

    assert (len(done.new), len(done.refused), register.quarantine.count()) == (1, 1, 1)


def test_a_removed_item_may_come_again(register: Register) -> None:
    register.quarantine.put(b"bad", SignatureRefused(), name="x", source="", as_act=True)
    (item,) = register.quarantine.items()

    register.quarantine.remove(item.pk)

    assert register.quarantine.items() == ()
    assert not register.receipts.known(ItemKind.ACT, sha256(b"bad"))


def test_what_was_refused_for_how_it_came_is_not_known(register: Register) -> None:
    register.quarantine.put(b"good", WrongHash(name="x", detail="y"), name="x", source="")
    assert not register.receipts.known(ItemKind.ACT, sha256(b"good"))
    assert not register.receipts.known(ItemKind.BLOB, sha256(b"good"))

    register.quarantine.put(b"good", WrongHash(name="x", detail="y"), name="x", source="", as_act=True)
    assert register.receipts.known(ItemKind.ACT, sha256(b"good"))


def test_quarantine_pages_newest_first(register: Register) -> None:
    for number in range(5):
        register.quarantine.put(bytes([number]), SignatureRefused(), name=str(number), source="")

    first = register.quarantine.items(limit=3)
    rest = register.quarantine.items(after=first[-1].pk)

    assert [item.name for item in (*first, *rest)] == ["4", "3", "2", "1", "0"]


# ----------------------------------------------------------------------------------------------------------- backup
def test_a_backup_holds_everything_and_is_made_while_the_register_is_open(tmp_path: Path, site: Site) -> None:
    register = open_register(tmp_path)
    site.ciso(site.revision().id)
    take(register, site)
    steps: list[tuple[int, int]] = []

    register.back_up(tmp_path / "copy.sqlite", progress=lambda *step: steps.append(step))

    copy = open_register(tmp_path, "copy.sqlite")
    assert copy.queries.page() == register.queries.page()
    assert copy.rebuild(check=True).identical
    assert steps[-1][0] == steps[-1][1] > 0
    copy.close()
    register.close()


def test_a_restored_backup_is_the_register_and_the_old_one_is_kept(tmp_path: Path, site: Site) -> None:
    register = open_register(tmp_path)
    take(register, site)
    register.back_up(tmp_path / "copy.sqlite")
    case = site.revision().id
    take(register, site)
    register.close()

    backup.restore(tmp_path / "copy.sqlite", tmp_path / "register.sqlite")

    restored = open_register(tmp_path)
    assert restored.queries.row(case) is None
    assert take(restored, site).new == (case,)
    assert backup.check(tmp_path / "register.sqlite.replaced") == ""
    restored.close()


@pytest.mark.parametrize(
    ("refused", "expected", "left"),
    [
        ({"register.sqlite.part"}, NotWritten, "register.sqlite"),
        ({"register.sqlite.part", "register.sqlite.replaced"}, refusals.RegisterSetAside, "register.sqlite.replaced"),
    ],
    ids=["the backup", "both ways"],
)
def test_a_restore_that_stops_halfway_puts_the_register_back_or_says_where_it_is(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, refused: set[str], expected: type, left: str
) -> None:
    register = open_register(tmp_path)
    register.back_up(tmp_path / "copy.sqlite")
    take(register, site)
    register.close()
    before = (tmp_path / "register.sqlite").read_bytes()
    rename = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.name in refused and target.name == "register.sqlite":
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(expected):
        backup.restore(tmp_path / "copy.sqlite", tmp_path / "register.sqlite")

    assert (tmp_path / left).read_bytes() == before
    assert [path.name for path in tmp_path.glob("register.sqlite*") if path.read_bytes() == before] == [left]


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\x01" * 4080])
def test_a_backup_that_is_none_replaces_nothing(tmp_path: Path, content: bytes) -> None:
    open_register(tmp_path).close()
    before = (tmp_path / "register.sqlite").read_bytes()
    (tmp_path / "copy.sqlite").write_bytes(content)

    with pytest.raises(refusals.CannotRestore):
        backup.restore(tmp_path / "copy.sqlite", tmp_path / "register.sqlite")

    assert (tmp_path / "register.sqlite").read_bytes() == before


def test_a_damaged_backup_replaces_nothing(tmp_path: Path, site: Site) -> None:
    register = open_register(tmp_path)
    site.revision()
    take(register, site)
    register.back_up(tmp_path / "copy.sqlite")
    register.close()
    data = bytearray((tmp_path / "copy.sqlite").read_bytes())
    for page in range(3, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xaa" * 64
    (tmp_path / "copy.sqlite").write_bytes(bytes(data))

    with pytest.raises(refusals.CannotRestore):
        backup.restore(tmp_path / "copy.sqlite", tmp_path / "register.sqlite")


def test_a_backup_onto_a_folder_that_is_not_there_is_refused(register: Register, tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="its folder is not there"):
        register.back_up(tmp_path / "missing" / "copy.sqlite")


@pytest.mark.attack("stored acts changed in the database", refusal="StoredActDamaged")
def test_an_act_changed_in_the_file_is_found(tmp_path: Path, site: Site) -> None:
    act = pack(site.revision())
    register = open_register(tmp_path)
    take(register, site)
    # This program has read it, and remembers it.
    assert register.queries.acts(act.act.id) == (act.act,)
    register.close()
    plain = sqlite3.connect(tmp_path / "register.sqlite")
    plain.execute("DROP TRIGGER act_never_changes")
    forged = act.blob.replace(b"Meeting notes", b"Meeting votes")
    plain.execute("UPDATE act SET blob = ? WHERE act_id = ?", (forged, act.act.id))
    plain.commit()
    plain.close()

    register = open_register(tmp_path)

    with pytest.raises(refusals.StoredActDamaged):
        register.queries.acts(act.act.id)
    with pytest.raises(refusals.StoredActDamaged):
        register.rebuild(check=True)
    register.close()
