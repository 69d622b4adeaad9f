"""What the register stores of reasons: codes and facts, the same in every language."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from intake.domain.acts.kinds import ACCESS, ACKNOWLEDGED, COMMENT, KINDS, NOTICE, OPINION, Office
from intake.domain.acts.kinds.access import AccessBody
from intake.domain.acts.kinds.description import Place
from intake.domain.acts.kinds.hand_over import HandsAs
from intake.domain.acts.kinds.notice import NoticeBody
from intake.domain.base.canonical import sha256
from intake.domain.base.reasons import Reason, of_text, read_reason
from intake.domain.base.wording import ENGLISH, fields, sentences, sources, words
from intake.domain.case.asks import TodoKind
from intake.domain.case.commitment import condition_of
from intake.domain.organisation.roster import Role
from intake.domain.terms.terms import Condition
from intake.exchange.entries import OTHER_DIGEST
from intake.exchange.refusals import WrongHash
from intake.register.register import Register
from intake.register.views.projector import NoteSort
from intake.trust.acts import verify_act
from intake.trust.refusals import SignatureRefused
from tests.domain.world import PEOPLE, Site, organisation, person, roster, terms
from tests.languages import FOREIGN, spoken
from tests.register.helpers import open_register, pack, take
from tests.register.test_rebuild import STORIES
from tests.resources.make_reasons import load_everything

LANGUAGES = {"English": ENGLISH, "made up": FOREIGN}
TRAIN = Condition(date(2026, 12, 24), "ada", "Train the team", "The list of who came", "ciso")


def _lives() -> Site:
    """Every kind of act of a case, and what may be asked of somebody: each use case has come to something else."""
    site = organisation()
    given = replace(terms(), conditions=(TRAIN,))

    def decided(title: str) -> str:
        case = site.revision(title=title).id
        for who, office in (("dan", Office.CISO), ("cleo", Office.CIO)):
            site.opinion(who, office, case, case, given=given)
        site.accept("ada", case)
        return case

    runs = decided("Runs")
    site.figures(runs, 900, "EUR 20000")
    reported, met, unmet = decided("Reported"), decided("Met"), decided("Not met")
    reports = {case: site.report("ada", case, condition_of(TRAIN).id) for case in (reported, met, unmet)}
    site.confirm("dan", met, reports[met])
    site.send_back("dan", unmet, reports[unmet])
    halted = decided("Suspended")
    site.suspend("cleo", halted)
    site.suspend("dan", halted)
    site.lift("dan", halted)
    lifted = decided("Lifted")
    stop = site.suspend("cleo", lifted)
    for who in ("cleo", "dan"):
        site.lift(who, lifted)
    site.disown("cleo", lifted, stop.id)
    narrowed = site.revision(title="Narrowed").id
    site.ciso(narrowed, users=5)
    site.cio(narrowed, users=5)
    site.answer("ada", narrowed, users=5)
    waits = site.revision(title="Waits for its owner").id
    site.ciso(waits, users=5)
    site.cio(waits, users=5)
    ended = decided("Retired")
    retired = site.retire("ada", ended)
    site.act("dan", ACKNOWLEDGED.name, {"office": "ciso", "retirement": retired.id}, case=ended)
    page = NoticeBody(retired.id, ended, "", "5" * 64, site.record_file("ada"))
    site.act("ada", NOTICE.name, page.as_json(), case=ended)
    site.hand_over("ada", decided("Handed over"), "eve")
    passed = decided("Taken over")
    site.hand_over("ada", passed, "eve")
    site.take_over("eve", passed)
    spoken_of = site.revision(title="Remarks").id
    site.resolve("ada", spoken_of, site.comment("cleo", spoken_of))
    sealed = site.revision(title="Sealed").id
    site.seal("dan", sealed, site.ciso(sealed), site.cio(sealed))
    site.withdraw("ada", site.revision(title="Withdrawn").id)
    left, given_on = (site.revision("eve", owner="eve", title=title).id for title in ("Left", "Given on"))
    horizon = site.checkpoint()
    people = [item for item in PEOPLE if item.id != "eve"]
    people.append(person("eve", Role.OWNER, ends={Role.OWNER: horizon.id}))
    site.publish(roster(people, version=2, previous=[site.roster]), "bob", "finn")
    site.comment("cleo", left)
    site.hand_over("bob", given_on, "ada", HandsAs.ADMINISTRATOR)
    site.act("cleo", ACCESS.name, AccessBody("12" * 16, (), ("34" * 32,)).as_json(), case=given_on)
    return site


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


@pytest.fixture(scope="module")
def everything() -> None:
    """A wording is known once its module is loaded; a clause of any of them must not be a fact."""
    load_everything()


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
        for column, table in (("said", "case_ask"), ("stop", "case_row")):
            for (kept,) in connection.exec_driver_sql(f"SELECT {column} FROM {table} WHERE {column} <> ''"):
                yield of_text(kept) or Reason("")


LIVES = "every kind of act"
OFFICES = {office.label for office in Office}
TOLD = {**STORIES, LIVES: _lives()}


def test_the_story_has_every_kind_of_act_of_a_case_and_asks_everything(tmp_path: Path) -> None:
    register = filled(tmp_path / "register", TOLD[LIVES])
    with register._database.read() as connection:
        asked = {kind for (kind,) in connection.exec_driver_sql("SELECT kind FROM case_ask")}
    register.close()

    told = {act.kind for act in TOLD[LIVES].acts.values()}
    assert {kind.name for kind in KINDS if kind.place is not Place.ORGANISATION} <= told
    # The rest is said from the row of a use case whenever it is read, and stored nowhere.
    said_from_rows = {
        *(TodoKind.CHANGES, TodoKind.CONFLICT, TodoKind.DECIDE, TodoKind.DECIDED, TodoKind.EXPIRED),
        *(TodoKind.EXPIRING, TodoKind.EXPIRING_SOON, TodoKind.NOBODY_DECIDES, TodoKind.SUSPENDED),
    }
    assert set(TodoKind) - asked == said_from_rows


@pytest.mark.parametrize("story", TOLD)
def test_a_register_is_the_same_in_every_language(tmp_path: Path, story: str) -> None:
    dumps = {}
    for name, language in LANGUAGES.items():
        with spoken(language):
            filled(tmp_path / name, TOLD[story]).close()
        dumps[name] = dump(tmp_path / name)

    assert dumps["English"] == dumps["made up"]


@pytest.mark.parametrize("story", TOLD)
def test_another_language_rebuilds_what_english_wrote(tmp_path: Path, story: str) -> None:
    register = filled(tmp_path / "register", TOLD[story])
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


@pytest.mark.parametrize("story", TOLD)
@pytest.mark.usefixtures("everything")
def test_what_is_stored_of_a_reason_is_its_code_and_the_facts_of_its_words(tmp_path: Path, story: str) -> None:
    register = filled(tmp_path / "register", TOLD[story])

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
            # No clause of ours: a number, an id, a name, what a stranger wrote, or how an office is called everywhere.
            assert value not in sources().values() or value in OFFICES, found


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
