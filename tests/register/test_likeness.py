"""Similar cases: found by what they are called and what they are for, whatever is typed."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import resources
from intake.domain.base.canonical import sha256
from intake.domain.case.summary import CaseSummary, reference
from intake.register.register import Register
from intake.register.views import likeness, projections
from intake.register.views.projector import DomainProjector
from tests.domain.world import believed, organisation, record_file
from tests.register.helpers import Counted, open_register, take

CASES = {
    "Minutes of meetings": "Write minutes of internal meetings from recordings, so that teams spend less time on them.",
    "Invoice triage": "Sort incoming invoices by cost centre and point out those that look wrong.",
    "Candidate screening": "Rank applications for open positions by how well the CV fits the advertisement.",
    "Forecast of spare parts": "Forecast the demand for spare parts in each depot for the next quarter.",
    "Übersetzung von Verträgen": "Verträge ins Englische übersetzen, bevor ein Jurist sie prüft.",
    "会議の議事録": "会議の録音から議事録を作成して時間を節約する",
    "Customer chatbot": "Answer questions of customers on opening hours and deliveries.",
}


def fill(register: Register, texts: dict[str, str]) -> dict[str, str]:
    """Write cases as the fold would; gives title to case id."""
    made = {title: sha256(title.encode()) for title in texts}
    with register._database.write() as connection:
        for pk, (title, purpose) in enumerate(texts.items(), start=1):
            connection.exec_driver_sql("INSERT INTO use_case VALUES (?, ?)", (pk, made[title]))
            projections.write_row(connection, pk, summary(made[title], title, purpose, pk))
    return made


def summary(case: str, title: str, purpose: str, number: int = 0) -> CaseSummary:
    return CaseSummary(
        case=case, reference=reference(case), title=title, unit="Finance", owner="ada", tier="limited", lane="joint",
        stage="idea", phase="review", turn=("cio",), cio="open", ciso="open", revision=1, filed=date(2026, 1, 1),
        decided=None, expires=None, due=None, newest=datetime(2026, 1, 1, 0, number // 60 % 60, number % 60, tzinfo=UTC),
        alarms=0, waiting=0, asked="idea", since=date(2026, 1, 1), clock=None, due_what="", due_of="", due_text="", text=title, purpose=purpose, conditions=("Tell the staff",),
    )  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Register, dict[str, str]]]:
    register = open_register(tmp_path_factory.mktemp("likeness"))
    yield register, fill(register, CASES)
    register.close()


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Meeting notes: minutes of our internal meetings", "Minutes of meetings"),
        ("MINUTE of a Meeting", "Minutes of meetings"),
        ("invoices that look wrong", "Invoice triage"),
        ("rank CVs of candidates", "Candidate screening"),
        ("spare part demand", "Forecast of spare parts"),
        ("ubersetzung", "Übersetzung von Verträgen"),
        ("議事録の作成", "会議の議事録"),
        ("ｉｎｖｏｉｃｅ", "Invoice triage"),
        ("forec", "Forecast of spare parts"),
        ("in\u200bvoice", "Invoice triage"),
        ("re\u00adporting invoi\u00adces", "Invoice triage"),
    ],
)
def test_what_is_typed_finds_the_case_it_is_like(filled, typed: str, title: str) -> None:
    register, cases = filled

    found = register.likeness.alike(typed)

    assert found[0].row.case == cases[title]
    assert 0 < found[0].score <= 1
    assert found[0].conditions == ("Tell the staff",)


@pytest.mark.parametrize("typed", ["", " ", "the and of", "zeppelin", "!!", "\x00", "a"])
def test_nothing_is_like_a_text_that_says_nothing(filled, typed: str) -> None:
    register, _ = filled

    assert register.likeness.alike(typed) == ()


def test_the_case_itself_is_never_like_itself(filled) -> None:
    register, cases = filled

    found = register.likeness.alike("Invoice triage", but=cases["Invoice triage"])

    assert cases["Invoice triage"] not in {item.row.case for item in found}


@pytest.mark.parametrize(
    "hostile",
    [
        'invoice" OR "x',
        "invoice NEAR(triage, 5)",
        "invoice * ^ : - + ( ) { }",
        "title : invoice",
        "NOT AND OR NEAR invoice",
        "'; DROP TABLE case_words; -- invoice",
        "invoice\x00triage",
        "\u202einvoice\u2066",
        "invoice " * 5000,
        "".join(chr(0x4E00 + n) for n in range(3000)) + " invoice",
        "%_invoice_%",
        "\ud800 invoice",
    ],
)
@pytest.mark.exhaustive
def test_no_text_becomes_syntax(filled, hostile: str) -> None:
    register, cases = filled

    found = register.likeness.alike(hostile)

    assert {item.row.case for item in found} <= set(cases.values())
    assert register.likeness.alike("invoice")[0].row.case == cases["Invoice triage"]


def test_a_single_search_asks_a_bounded_number_of_times(filled) -> None:
    register, _ = filled

    with Counted(register) as seen:
        register.likeness.alike(" ".join(CASES) + " " + " ".join(CASES.values()))

    # Each word is counted with those of the same meaning, and by itself.
    assert len(seen) <= 2 * likeness._LOOKED_UP + 4


def test_words_that_every_case_has_still_find_cases_that_have_them_all(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(likeness, "BUDGET", 20)
    register = open_register(tmp_path)
    texts = {f"Report {number}": "Sort reports" if number % 2 else "Sort letters" for number in range(60)}
    cases = fill(register, texts)

    found = register.likeness.alike("sort letters")

    assert [item.row.case for item in found] == [cases[f"Report {number}"] for number in (58, 56, 54, 52, 50)]
    register.close()


def test_rare_words_weigh_more_than_common_ones(tmp_path: Path) -> None:
    register = open_register(tmp_path)
    texts = {f"Letters {number}": "Sort letters of customers" for number in range(30)}
    cases = fill(register, texts | {"Borescope": "Look into engines with a borescope and sort pictures"})

    found = register.likeness.alike("sort borescope letters")

    assert found[0].row.case == cases["Borescope"]
    register.close()


JUDGED = tomllib.loads((Path(__file__).parent / "data/alike.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def inventory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Register, dict[str, str]]]:
    """The register with the uses of the sample's inventory; case id to title."""
    rows = csv.DictReader(io.StringIO(resources.read("sample/inventory.csv").decode()))
    texts = {row["Use Case Name"]: row["Purpose and benefits"] for row in rows}
    register = open_register(tmp_path_factory.mktemp("inventory"))
    yield register, {case: title for title, case in fill(register, texts).items()}
    register.close()


@pytest.mark.parametrize(
    ("judged", "whole", "precision", "recall", "first"),
    [
        # Of twenty drafts, as a title alone and with its problem: 0.85 and 0.96 of what is shown was judged alike. The rule
        # before (words of equal rarity, no stems) had 0.43 and 0.75, and put the right one first 14 and 16 times.
        ("drafts", False, 0.84, 0.7, 17),
        ("drafts", True, 0.95, 0.8, 20),
        # Of ten that the rule was not made with: 0.47 and 0.82, where the rule before had 0.41 and 0.56.
        ("later", False, 0.45, 0.6, 6),
        ("later", True, 0.8, 0.8, 8),
    ],
)
def test_what_is_shown_as_similar_was_judged_similar_by_hand(
    inventory, judged: str, whole: bool, precision: float, recall: float, first: int
) -> None:
    register, titles = inventory
    shown = good = wanted = right = 0
    for draft in JUDGED[judged]:
        assert set(draft["alike"]) <= set(titles.values())
        text = f"{draft['title']}\n{draft['problem']}" if whole else draft["title"]
        found = [titles[item.row.case] for item in register.likeness.alike(text, limit=3)]
        shown, wanted = shown + len(found), wanted + len(draft["alike"])
        good += sum(title in draft["alike"] for title in found)
        right += bool(found) and found[0] in draft["alike"]

    assert good / shown >= precision
    assert good / wanted >= recall
    assert right >= first


def test_a_case_that_was_found_by_the_title_is_still_found_after_a_sentence_more(inventory) -> None:
    register, titles = inventory
    title = "Minutes of internal meetings"
    more = f"{title}\nMinutes are written by hand for two hours after each meeting, and half of them come late. "

    for text in (title, more, more + "Nobody reads them any more, and what was agreed is asked again the week after."):
        assert titles[register.likeness.alike(text)[0].row.case] == "Transcribing Structured Interviews"


def test_what_is_much_less_like_the_text_than_the_best_is_not_shown_beside_it(tmp_path: Path) -> None:
    register = open_register(tmp_path)
    texts = {"Borescope pictures of engines": "Point out cracks.", "Pictures of the canteen": "Count trays."}
    cases = fill(register, texts | {f"Letters {number}": "Sort letters" for number in range(8)})

    found = register.likeness.alike("Borescope pictures of engine blades")

    assert [item.row.case for item in found] == [cases["Borescope pictures of engines"]]
    assert register.likeness.alike("pictures of trays")[0].row.case == cases["Pictures of the canteen"]
    register.close()


@dataclass(frozen=True)
class Assessed:
    tier: str = "limited"
    lane: str = "joint"
    days: int = 10
    purpose: str = "Sort the letters of customers"


def test_the_index_follows_from_the_acts_alone(tmp_path: Path) -> None:
    site = organisation()
    case = site.revision(title="Letters").id
    register = open_register(tmp_path, projector=DomainProjector(lambda _: Assessed(), record_file, lambda _: believed))
    take(register, site)
    site.revision(case=case, title="Letters and parcels")

    take(register, site)

    assert [item.row.title for item in register.likeness.alike("parcels of customers")] == ["Letters and parcels"]
    assert register.rebuild(check=True).identical
    assert register.rebuild().identical
    assert [item.row.case for item in register.likeness.alike("parcels")] == [case]
    register.close()


def test_a_file_is_found_in_the_cases_that_carry_it(tmp_path: Path) -> None:
    site = organisation()
    record_file = site.attach(b"the record")
    one = site.revision(title="One", attachments=(record_file,)).id
    other = site.revision(title="Other", attachments=(record_file,)).id
    site.revision(title="Neither")
    register = open_register(tmp_path)
    take(register, site)

    assert {row.case for row in register.likeness.filed_with(record_file.sha256)} == {one, other}
    assert {row.case for row in register.likeness.filed_with(record_file.sha256, but=one)} == {other}
    assert register.likeness.filed_with("0" * 64) == ()
    register.close()
