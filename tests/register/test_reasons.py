"""What the register stores of reasons: codes and facts, the same in every language."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from intake.domain.acts.kinds import COMMENT, OPINION
from intake.domain.base.canonical import sha256
from intake.domain.base.reasons import Reason, read_reason
from intake.domain.base.wording import ENGLISH, fields, sentences, sources, words
from intake.exchange.entries import OTHER_DIGEST
from intake.exchange.refusals import WrongHash
from intake.register.register import Register
from intake.register.views.projector import NoteSort
from intake.trust.acts import verify_act
from intake.trust.refusals import SignatureRefused
from tests.domain.world import Site, organisation
from tests.languages import FOREIGN, spoken
from tests.register.helpers import open_register, pack, take
from tests.register.test_rebuild import STORIES

LANGUAGES = {"English": ENGLISH, "made up": FOREIGN}


def filled(folder: Path, site: Site) -> Register:
    """A register with the acts of a site, acts that have not the form of their kind, and things that were refused."""
    folder.mkdir()
    register = open_register(folder)
    site = site.fork("filled")
    case = site.revision(title="Odd acts").id
    site.seal("dan", case, site.ciso(case), site.ciso(case))
    site.clock -= timedelta(days=400)
    site.comment("cleo", case)
    site.act("cleo", COMMENT.name, {"text": "", "about": 7}, case=case)
    site.act("dan", OPINION.name, {"position": "approve"}, case=case, after=())
    take(register, site)
    other = organisation().fork("elsewhere")
    other.org = "e" * 64
    register.append([pack(other.revision())], {"a" * 64: b"other bytes"})
    for name, data in (("short.p7m", b"0"), ("odd.p7m", b"\x30\x82\x01\x00" + b"\x02" * 256)):
        try:
            verify_act(data)
        except SignatureRefused as refusal:
            register.quarantine.put(data, refusal, name=name, source="share", as_act=True)
    wrong = WrongHash(name="an\udcff.p7m", detail=OTHER_DIGEST(digest=sha256(b"x")[:16]))
    register.quarantine.put(b"x", wrong, name="a.p7m", source="stick")
    return register


def dump(folder: Path) -> list[str]:
    """Every row of every table, as SQLite writes it.

    But for the random names a register gives itself, and for how a full-text index lies in its pages.
    """
    left_out = re.compile(r'INSERT INTO "(installation|case_(fts|words)_(data|idx))"')
    with closing(sqlite3.connect(folder / "register.sqlite")) as plain:
        return sorted(line for line in plain.iterdump() if not left_out.match(line))


def stored(register: Register) -> Iterator[Reason]:
    """Every reason that is stored, read from the tables themselves."""
    with register._database.read() as connection:
        for table in ("case_note", "quarantine"):
            for code, facts in connection.exec_driver_sql(f"SELECT code, facts FROM {table}"):
                yield read_reason(code, facts)


@pytest.mark.parametrize("story", STORIES)
def test_a_register_is_the_same_in_every_language(tmp_path: Path, story: str) -> None:
    dumps = {}
    for name, language in LANGUAGES.items():
        with spoken(language):
            filled(tmp_path / name, STORIES[story]).close()
        dumps[name] = dump(tmp_path / name)

    assert dumps["English"] == dumps["made up"]


@pytest.mark.parametrize("story", STORIES)
def test_another_language_rebuilds_what_english_wrote(tmp_path: Path, story: str) -> None:
    register = filled(tmp_path / "register", STORIES[story])
    register.close()
    before = dump(tmp_path / "register")

    with spoken(FOREIGN):
        register = open_register(tmp_path / "register")
        assert register.rebuild(check=False).identical
        said = [words(note.reason) for note in register.queries.notes(NoteSort.ALARM)]
        register.close()

    assert dump(tmp_path / "register") == before
    assert said
    assert all(text.startswith("‹") for text in said)


@pytest.mark.parametrize("story", STORIES)
def test_what_is_stored_of_a_reason_is_its_code_and_the_facts_of_its_words(tmp_path: Path, story: str) -> None:
    register = filled(tmp_path / "register", STORIES[story])

    found = list(stored(register))
    register.close()

    assert {"Fork", "NamedNotHere", "MalformedAct", "EarlierThanNamed"} <= {
        item.code for item in found
    } or story != EVERYTHING
    assert {"AnotherOrganisation", "WrongBytes", "WrongHash", "UnreadableBody"} <= {item.code for item in found}
    for item in found:
        exact(item)


def exact(found: Reason) -> None:
    """That a reason has words, that these need exactly its facts, and that so does every reason among them."""
    keys = [
        key for key in (found.code, *(f"{found.code}.{part}" for part in ("what", "why", "next"))) if key in sources()
    ]
    assert keys, found
    needed = {name for key in keys for name in fields(sources()[key])}
    assert {name for name, _ in found.facts} == needed, found
    for _, value in found.facts:
        if isinstance(value, Reason):
            exact(value)
        else:
            # No clause of ours: a number, an id, a name, or what a stranger wrote.
            assert value not in sources().values()


def test_a_refusal_is_said_again_from_what_was_stored_of_it(tmp_path: Path) -> None:
    register = filled(tmp_path / "register", STORIES[EVERYTHING])

    (item,) = (item for item in register.quarantine.items() if item.reason.code == "WrongHash")
    refusal = WrongHash(name="an\udcff.p7m", detail=OTHER_DIGEST(digest=sha256(b"x")[:16]))

    assert sentences(item.reason) == (refusal.what_happened, refusal.reason, refusal.next_step)
    with spoken(FOREIGN):
        assert sentences(item.reason)[0].startswith("‹")
    register.close()


def test_reasons_of_another_version_are_shown_as_such(tmp_path: Path) -> None:
    register = filled(tmp_path / "register", STORIES[EVERYTHING])
    with register._database.write() as connection:
        connection.exec_driver_sql("UPDATE case_note SET code = 'Invented', facts = 'no facts' WHERE sort = 'alarm'")

    note = register.queries.notes(NoteSort.ALARM)[0]
    register.close()

    assert note.reason == Reason("Invented")
    assert words(note.reason) == "for a reason that only another version of Countersign has words for (Invented)"


EVERYTHING = "a little of everything"
