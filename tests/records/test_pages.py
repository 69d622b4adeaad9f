"""The pages of ten different decisions, read back: what stands on the first one, that nothing is torn apart, and how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest

from intake.domain.base.canonical import sha256
from intake.domain.organisation.paper import Paper
from intake.domain.terms.terms import Stage
from intake.records.content import Heading, KeyValues, Paragraph, PrintedTable, RecordContent, RecordSection
from intake.records.editions.e1 import assessing, columns, stationery, wording
from intake.records.editions.e1.edition import E1
from intake.records.editions.e1.labels import BOUNDARIES
from intake.services.installation.installation import Installation as Home
from tests.records import contents
from tests.records.cases import CASES, LONG, Printed, of_sample
from tests.records.pages_read import Element, ReadRecord
from tests.services.offices import Offices, founded

pytestmark = pytest.mark.exhaustive

REASONS = {"CIO": "It saves three days of search a week.", "CISO": "Prompts stay in our own tenant."}
LIMITED = ("grants-chat", "phishing", "tickets", "gemini", "copilot", "redaction", "summaries", "emission-chat")
MOST = 8
"""Pages of a limited-risk pilot."""
OFTEN = 6
"""So often a column would say one thing."""


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, str]]:
    """An organisation with one case, in whose place others are printed."""
    offices: Offices = founded(tmp_path_factory.mktemp("ground"))
    case = offices.file()
    yield offices.installations["ada"], case
    offices.close()


@pytest.fixture(scope="module")
def printed(ground) -> dict[str, Printed]:
    return {name: make(*ground) for name, make in CASES.items()}


def content_of(found: Printed, paper: Paper = Paper.A4) -> RecordContent:
    return replace(E1.decision(found.case_file, found.terms), paper=paper)


def read(installation, found: Printed, paper: Paper = Paper.A4) -> ReadRecord:
    return ReadRecord(installation.base(content_of(found, paper)))


def headed(record: ReadRecord, heading: Element) -> Element:
    """What a heading heads: behind a sentence that only introduces a table, its header."""
    found = record.after(heading)
    return record.after(found) if " of each: " in found.text else found


def flat(text: str) -> str:
    return " ".join(text.split())


# ------------------------------------------------------------------------------------------------------- torn apart
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("name", CASES)
def test_no_row_breaks_no_heading_stands_alone_or_twice(installation, printed, name, paper):
    record = read(installation, printed[name], paper)

    assert [row.text for row in record.rows if len(row.pages) != 1] == []
    tables = [item.kids for item in record.tree.all() if item.role == "Table" and len(item.kids) > 1]
    alone = [pair[0].text for rows in tables for pair in (rows[:2], rows[-2:]) if pair[0].pages != pair[1].pages]
    assert alone == [], "neither the first row nor the last one is left alone on a page"
    assert [item.text for item in record.headings if headed(record, item).pages[:1] != item.pages] == []
    assert [text for text, times in Counter(item.text for item in record.headings).items() if times > 1] == []
    assert [place for place, text in enumerate(record.texts) if len(text) < 200] == []


@pytest.mark.parametrize("name", CASES)
def test_no_column_says_the_same_in_every_row_or_its_state_six_times(printed, name):
    said = content_of(printed[name])
    every = [*said.summary, *(block for section in said.sections for block in section.blocks)]
    tables = [block for block in every if isinstance(block, PrintedTable) and block.header]
    facts = [block.rows for block in every if isinstance(block, KeyValues)]

    assert len(tables) > 2
    for table in tables:
        for head, column in zip(table.header[1:], list(zip(*table.rows, strict=True))[1:], strict=True):
            assert len(set(column)) > 1 or len(column) == 1, head
            assert head != "State" or Counter(column).most_common(1)[0][1] < OFTEN
    for rows in facts:
        assert max(Counter(value for _, value in rows if value in ("Yes", "No")).values(), default=0) < OFTEN


# ------------------------------------------------------------------------------------------------------- first page
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("name", [name for name in CASES if name != "conditions"])
def test_the_first_page_is_the_decision(installation, printed, name, paper):
    found = printed[name]
    case_file, terms, granted = found.case_file, found.terms, found.case_file.granted
    page = read(installation, found, paper).texts[0]
    body, tier = case_file.revision.body, case_file.assessment.path.label

    for said in (body.unit, "Accountable owner Ada", "Filed by Ada on 2026-11-22", f"Tier {tier}"):
        assert said in page
    assert f"Stage granted {terms.stage.value.capitalize()}, as asked for" in page
    assert f"from {terms.begins.isoformat()} to {terms.expires.isoformat()}" in page
    assert granted is not None
    for item in (item for _, group in BOUNDARIES for item in group if item.path in granted.by_path):
        told = f"{item.label} {item.said(terms.boundaries[item.path])} {item.said(granted.wanted[item.path])}"
        assert flat(told) in page
    for condition in terms.conditions:
        assert flat(condition.text) in page
        assert condition.due.isoformat() in page
    for waiver in terms.waivers:
        assert flat(waiver.reason) in page
    assert {"Chief Information Officer", "Chief Information Security Officer"} <= {
        item.text for item in read(installation, found, paper).tree.all() if item.pages == (0,)
    }


def test_a_tier_that_other_terms_change_is_told_both_ways(installation, printed):
    page = read(installation, printed["moved"]).texts[0]

    assert "Tier Limited risk (Joint review), on what was asked for: High risk" in page


def test_a_decision_that_does_not_fit_goes_on_and_says_so(installation, printed):
    found = printed["conditions"]
    record = read(installation, found)
    shown = [row for row in record.rows if "Repeat test" in row.text]

    assert f"Conditions: {len(found.terms.conditions)}, all to be met" in record.texts[0]
    assert wording.GOES_ON in record.texts[0]
    assert wording.GOES_ON not in "".join(record.texts[1:])
    assert {row.pages for row in shown} == {(0,), (1,)}
    assert f"Page 1 of {len(record.texts)}" in record.texts[0]
    assert len(shown) == len(found.terms.conditions)


def test_a_decision_that_fits_says_nothing_of_the_next_page(installation, printed):
    assert wording.GOES_ON not in "".join(read(installation, printed["minimal"]).texts)


def test_evidence_that_is_not_there_stands_on_the_first_page_unless_it_is_waived(installation, printed):
    assert "Not attached yet Contract terms; Text of the notice" in read(installation, printed["limited"]).texts[0]
    waived = read(installation, printed["waived"])

    assert "Not attached yet" not in waived.texts[0]
    assert "Evidence: Contract terms It comes in spring." in waived.texts[0]
    assert "Expected, and waived by both: Contract terms; Text of the notice." in " ".join(waived.texts)


# ---------------------------------------------------------------------------------------------------------- reasons
def signed(installation, base: bytes, reasons: dict[str, str | None]) -> ReadRecord:
    pdf = base
    for office, reason in reasons.items():
        pdf = installation.sign(pdf, office, reason=reason)
    assert pdf.startswith(base)
    return ReadRecord(pdf)


@pytest.mark.parametrize("first", ["CIO", "CISO"])
def test_each_reason_stands_beside_its_signature_and_in_no_base(installation, printed, first):
    base = installation.base(content_of(printed["limited"]))
    order = (first, "CISO" if first == "CIO" else "CIO")

    record = signed(installation, base, {office: REASONS[office] for office in order})

    for reason in REASONS.values():
        assert reason in record.texts[0]
        assert reason not in " ".join(ReadRecord(base).texts)
    assert installation.base(content_of(printed["limited"])) == base


def test_a_long_reason_is_cut_and_says_where_the_whole_is(installation, base):
    page = signed(installation, base, {"CIO": "Words without an end. " * 400, "CISO": "ก" * 2000}).texts[0]

    assert page.count("(in full in the signed opinion)") == 2
    assert page.count("Words without an end.") > 3


def test_an_office_that_gives_no_reason_is_said_to_give_none(installation, base):
    page = signed(installation, base, {"CIO": "", "CISO": REASONS["CISO"]}).texts[0]

    assert page.count(wording.NO_REASON) == 1


def test_a_record_that_says_its_reason_itself_says_it_once(installation):
    declined = installation.base(contents.declined())

    assert wording.NO_REASON not in signed(installation, declined, {"CISO": None}).texts[0]


# ------------------------------------------------------------------------------------------------------------ pages
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("name", LIMITED)
def test_a_limited_risk_pilot_takes_eight_pages_at_most(installation, ground, name, paper):
    home, case = ground
    found = of_sample(home, case, name)

    assert (found.case_file.assessment.tier.value, found.terms.stage) == ("limited", Stage.PILOT)
    assert len(read(installation, found, paper).texts) <= MOST


@pytest.mark.parametrize("paper", Paper)
def test_the_check_takes_one_page_also_where_characters_are_missing(installation, printed, paper):
    record = read(installation, printed["scripts"], paper)

    assert record.headings[-4].text == wording.CHECK
    assert [item.pages for item in record.headings[-4:]] == [(len(record.texts) - 1,)] * 4
    assert "could not be drawn" in record.texts[-1]
    assert wording.STEP_KEY in record.texts[-1]


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (595.28, 841.89)), (Paper.LETTER, (612, 792))])
def test_pages_have_the_size_of_their_paper_and_one_width_is_set(installation, printed, paper, size):
    base = installation.base(content_of(printed["minimal"], paper))
    document = pypdfium2.PdfDocument(base)
    sizes = {tuple(round(edge, 2) for edge in document.get_page_size(number)) for number in range(len(document))}
    document.close()

    assert sizes == {size}
    assert stationery.SHEETS[paper].left * 2 + stationery.WIDTH == pytest.approx(size[0], abs=0.01)


@pytest.mark.parametrize("paper", Paper)
def test_a_record_on_either_paper_is_signed_by_both(installation, printed, paper):
    base = installation.base(content_of(printed["minimal"], paper))
    record = signed(installation, base, REASONS)

    assert all(reason in record.texts[0] for reason in REASONS.values())
    assert sha256(record.pdf[: len(base)]) == sha256(base)


# ------------------------------------------------------------------------------------------------------------ blocks
def test_an_answer_too_long_for_a_row_is_set_as_text_under_its_name(installation, printed):
    record = read(installation, printed["long"])
    whole = " ".join(item.text for item in record.tree.all() if item.role == "P")

    assert len(LONG) > 3000
    assert flat(LONG) in whole
    assert "Not a valid answer" not in " ".join(record.texts)


@pytest.mark.parametrize("paper", Paper)
def test_a_row_that_no_page_could_hold_is_torn_by_nobody(installation, paper):
    block = PrintedTable(
        ("Name", "Words"), (("one", "short"), ("two", "Many words. " * 1500), ("three", "short")), (1, 3)
    )
    section = RecordSection("Section", (Paragraph("Text."), Heading("Heading"), block))
    record = ReadRecord(installation.base(contents.decision(sections=(section,), paper=paper)))

    assert [row.text for row in record.rows if len(row.pages) != 1] == []
    assert len(record.texts) > 4


@pytest.mark.parametrize("lines", range(0, 60, 4))
def test_a_heading_is_kept_with_what_it_heads_wherever_a_page_ends(installation, lines):
    blocks = (
        Paragraph("\n".join(["Line."] * (100 + lines))),
        Heading("Facts"), KeyValues((("Label", "Value\n" * 5), ("Other", "Value"))),
        Heading("Table"), Paragraph("State of each: Open."), PrintedTable(("One", "Two"), (("Cell", "Cell\n" * 7), ("Cell", "Other")), (1, 2)),
        Heading("Many"), KeyValues((("A", "1"), ("B", "2"), ("C", "Long. " * 40)), many=True),
        Heading("Text"), Paragraph("Words. " * 100),
    )  # fmt: skip
    record = ReadRecord(installation.base(contents.decision(sections=(RecordSection("Section", blocks),))))

    assert [item.text for item in record.headings if headed(record, item).pages[:1] != item.pages] == []


def test_of_many_facts_the_short_ones_stand_two_in_a_row(installation):
    facts = KeyValues((("A", "1"), ("Long", "Words of an answer. " * 20), ("B", "2"), ("C", "3")), many=True)
    record = ReadRecord(installation.base(contents.decision(sections=(RecordSection("Section", (facts,)),))))
    rows = [row.text for row in record.rows if 1 in row.pages]

    assert rows[0] == "A 1 B 2"
    assert rows[1].startswith("Long Words")
    assert rows[2] == "C 3"


@pytest.mark.parametrize(
    ("heads", "widths"),
    [(("Control", "What is done", "Owner"), (8, 20, 6)), (("Duty", "Who", "By when"), (7, 2, 3))],
)
def test_the_state_of_a_commitment_is_one_word_on_one_line(installation, heads, widths):
    rows = [
        ("Keep the logs", "What the model is given and what it answers is kept for a year", "CISO", "Confirmed"),
        ("Train the team", "Everybody who uses it has read the chapters that explain it", "Owner", "To be met"),
        ("Measure it", "What it gets wrong is counted once a month and told to both", "CIO", "Confirmed"),
    ]
    blocks = assessing.with_state(heads, rows, widths)
    record = ReadRecord(installation.base(contents.decision(sections=(RecordSection("Section", blocks),))))

    found = [row.text for row in record.rows if row.text.startswith(("Keep", "Train", "Measure"))]
    assert sum("Confirmed" in row for row in found) == 2
    assert not any("Confirm ed" in row or "Confirme d" in row for row in found)


def test_a_column_that_hardly_changes_is_a_sentence():
    header, widths = ("What", "Who", "State"), (5, 3, 2)
    alike = [(f"Item {number}", "CIO", "To be met") for number in range(7)]

    assert columns.table(header, alike, widths, marks=("State",)) == (
        Paragraph("Who of each: CIO. State of each: To be met."),
        PrintedTable(("What",), tuple((row[0],) for row in alike), (5,)),
    )
    one = [*alike, ("Last", "CISO", "Confirmed")]
    said, table = columns.table(header, one, widths, marks=("State",))
    assert said == Paragraph("State of each: To be met, where its name does not say otherwise.")
    assert table.header == ("What", "Who")
    assert table.rows[-1] == ("Last (Confirmed)", "CISO")
    few = one[-3:]
    assert columns.table(header, few, widths, marks=("State",)) == (PrintedTable(header, tuple(few), widths),)
    assert columns.table(header, alike[:1], widths) == (PrintedTable(header, tuple(alike[:1]), widths),)


@pytest.mark.parametrize(("made", "figures"), [("decision", 1), ("declined", 1), ("withdrawn", 0)])
def test_the_ring_of_both_offices_is_on_no_page_that_the_owner_signs(installation, made, figures):
    record = ReadRecord(installation.base(getattr(contents, made)()))

    assert sum(item.role == "Figure" for item in record.tree.all()) == figures
