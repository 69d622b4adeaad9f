"""Each rule of a record by a file that breaks it alone: without the rule the file would be taken.

Where a library must see something else than our reader, the file is one that our grammar reads and whose sections our rules of
change would refuse: so it is the comparison itself that is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from intake.records.proof import crossreading, library, rebuild, seals
from intake.records.proof.crossreading import ReadsDifferently
from intake.records.proof.findings import OTHER_PAGES
from intake.records.proof.validate import validate_record
from intake.records.proof.verdict import Indication, SubIndication
from intake.records.reading import sections as reading
from intake.records.reading import structure
from intake.records.reading.sections import FileSections
from intake.records.refusals import BrokenRecord, ForeignChange
from tests.records import attacks
from tests.records.attacks_structure import first_words
from tests.records.last_section import changed
from tests.records.refused import code_of
from tests.records.sections import Draft, draft, respelled


def edited(pdf: bytes, old: bytes, new: bytes) -> Draft:
    """The last section with what ``old`` (a pattern) finds in one of its objects replaced."""
    made = draft(pdf)
    number, raw = next((number, raw) for number, raw in made.objects if re.search(old, raw))
    spelled = re.sub(old, lambda _: new, raw, count=1)
    assert spelled != raw
    return replace(made, objects=tuple((name, spelled if name == number else item) for name, item in made.objects))


# ------------------------------------------------------------------------------------------------ the parts of a base
@pytest.mark.attack("a twin attached twice, under other names, or under another name", refusal="BrokenRecord")
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (rb"/EF << /F (\d+) 0 R /UF \d+ 0 R >>", b"/EF << /F 10 0 R /UF OTHER 0 R >>", "PartsTwoFilesAreAttachedUnderOneName"),
        (rb"/EF << /F (\d+) 0 R /UF \d+ 0 R >>", b"/EF << /F 10 0 R >>", "PartsTwoFilesAreAttachedUnderOneName"),
        (rb"/UF \(decision-record.json\)", b"/UF (another-record.json)", "PartsItsMachinereadableTwinHasAnotherName"),
        (rb"/F \(decision-record.json\)", b"/F (another-record.json)", "PartsItsMachinereadableTwinHasAnotherName"),
        (rb"/Names \[ \(decision-record.json\)", b"/Names [ (another-record.json)", "PartsItsMachinereadableTwinIsNotAttachedInThe"),
        (rb"/Names \[ \(decision-record.json\) 3 0 R \]", b"/Names [ (decision-record.json) OTHER 0 R ]", "PartsItsMachinereadableTwinIsNotAttachedInThe"),
        (rb"/AF \[ 3 0 R \]", b"/AF [ 3 0 R OTHER 0 R ]", "PartsItsMachinereadableTwinIsNotAttachedInThe"),
    ],
)  # fmt: skip
def test_a_twin_has_one_place_and_one_name(base, old, new, code):
    fresh = draft(base).fresh
    body = b"<< /Type /EmbeddedFile /Length 2 >>\nstream\n{}\nendstream"
    pdf = edited(base, old, new.replace(b"OTHER", b"%d" % fresh)).with_object(fresh, body).sized(fresh + 1).written()

    with pytest.raises(BrokenRecord) as refused:
        structure.scan(pdf)

    assert code_of(refused.value) == code


@pytest.mark.attack("a base that counts its pages wrong", refusal="BrokenRecord")
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (rb"/Count 3 ", b"/Count 2 ", "PartsItDoesNotHaveAsManyPagesAs"),
        (rb"/Kids \[ (\d+) 0 R ", b"/Kids [ 15 0 R ", "PartsAPageIsInItTwice"),
    ],
)
def test_a_base_has_as_many_pages_as_it_says(base, old, new, code):
    pdf = edited(base, old, new).written()

    with pytest.raises(BrokenRecord) as refused:
        structure.scan(pdf)

    assert code_of(refused.value) == code


@pytest.mark.attack("a signature in the base itself", refusal="BrokenRecord: another program changed it")
def test_a_base_has_no_signature(base):
    fresh = draft(base).fresh
    signed = edited(base, rb"/T \(CIO\)", b"/T (CIO) /V %d 0 R" % fresh).with_object(fresh, b"<< /Type /Sig >>")
    pdf = signed.sized(fresh + 1).written()

    with pytest.raises(BrokenRecord) as refused:
        structure.scan(pdf)

    assert code_of(refused.value) == "StructureAnotherProgramChangedItAfterItWasSigned"


@pytest.mark.attack("a fourth section behind both signatures", refusal="BrokenRecord: data after the last signature")
def test_behind_both_signatures_is_nothing(both):
    with pytest.raises(BrokenRecord) as refused:
        reading.read(attacks.appended(both, attacks.touch))

    assert code_of(refused.value) == "SectionsThereIsDataAfterTheLastSignatureIt"


# ------------------------------------------------------------------------------------------------- the first signature
@pytest.mark.attack("a first signature that does not close the record", refusal="ForeignChange")
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (rb"/Perms <<\n/DocMDP \d+ 0 R\n>>\n", b"", "IncrementsTheFirstSignatureDoesNotCloseItAgainst"),
        (rb"/Perms <<\n/DocMDP \d+ 0 R\n>>\n", b"/Perms <<\n/DocMDP 3 0 R\n>>\n", "IncrementsTheFirstSignatureDoesNotCloseItAgainst"),
        (rb"(?s)/Reference \[ <<\n.*>> \]\n", b"", "IncrementsEntryNotInForm"),
        (rb"/P 2\n", b"/P 3\n", "IncrementsEntryNotInForm"),
    ],
)  # fmt: skip
def test_the_first_signature_closes_the_record(first, keys, old, new, code):
    pdf = edited(first, old, new).signed(keys["ciso"])

    with pytest.raises(ForeignChange) as refused:
        structure.scan(pdf)

    assert code_of(refused.value) == code
    assert not seals.record_file(pdf).keys


@pytest.mark.attack("a second signature that closes the record as well", refusal="ForeignChange")
def test_the_second_signature_closes_nothing(first, both, keys):
    closing = re.search(rb"(?s)/Reference \[ <<\n.*?>> \]\n", first)
    assert closing
    pdf = changed(both, keys["cio"], rb"/M \(", closing[0] + b"/M (")

    with pytest.raises(ForeignChange) as refused:
        structure.scan(pdf)

    assert code_of(refused.value) == "IncrementsEntryNotInForm"


@pytest.mark.attack("a first signature that closes nothing for a PDF library", refusal="SIG_CONSTRAINTS_FAILURE")
@pytest.mark.parametrize("which", [0, 1])
def test_a_library_must_see_the_first_signature_close_and_the_second_not(installation, base, both, monkeypatch, which):
    seen = library.read(both, ())
    other = tuple(replace(item, certifies=item.certifies is not (n == which)) for n, item in enumerate(seen))
    monkeypatch.setattr(library, "read", lambda *_: other)

    verdict = validate_record(both, installation.evidence(base))

    assert (verdict.indication, verdict.sub_indication) == (Indication.FAILED, SubIndication.SIG_CONSTRAINTS_FAILURE)
    assert verdict.said.code == "RecordFirstCloses"


# ------------------------------------------------------------------------------------------------- two bases compared
@pytest.mark.attack("another page with the right data attached", refusal="not the same base")
def test_a_changed_page_of_the_same_length_is_seen(base):
    number = first_words(base)
    words = draft(base).stream(number)
    other = words.replace(b"BT", b"BX", 1)
    assert len(other) == len(words)
    pdf = draft(base).with_object(number, b"<< /Length %d >>\nstream\n%s\nendstream" % (len(other), other)).written()

    assert rebuild.same_base(respelled(base), base)
    assert not rebuild.same_base(pdf, base)


@pytest.mark.attack("an object of the acts' own pages left out of the base", refusal="not the same base")
def test_an_object_that_only_the_rebuilt_base_has_is_missed(base):
    made = draft(base)
    more = made.with_object(made.fresh, b"<< /Length 6 >>\nstream\nhidden\nendstream").sized(made.fresh + 1).written()

    assert not rebuild.same_base(respelled(base), more)


# ---------------------------------------------------------------------------------------- what other libraries read
def elsewhere(pdf: bytes, other: bytes) -> FileSections:
    """What our reader found in ``pdf``, over bytes that say something else."""
    return FileSections(other, reading.read(pdf).all)


def one_letter(pdf: bytes, old: bytes, new: bytes) -> FileSections:
    assert len(old) == len(new)
    assert old in pdf
    return elsewhere(pdf, pdf.replace(old, new, 1))


def with_page(pdf: bytes, key, change) -> FileSections:  # type: ignore[no-untyped-def]
    """A file whose signer changed the pages as well: the grammar reads it, the rules of change are not asked."""
    return reading.read(attacks.signed(pdf, "CISO", key, change=change, certify=True))


@pytest.mark.attack("a file that another program reads otherwise", refusal="ReadsDifferently, with what differs")
@pytest.mark.parametrize(
    ("compare", "found", "code"),
    [
        (crossreading.compare_revisions, lambda first, both, key: elsewhere(first, both), "ReadsRevisionsOtherwise"),
        (crossreading.compare_revisions, lambda first, both, key: elsewhere(first, b"%PDF-1.7\n"), "ReadsNotAtAll"),
        (crossreading.compare_revisions, lambda first, both, key: one_letter(first, b"0000000015 00000 n", b"0000000016 00000 n"), "ReadsObjectElsewhere"),
        (crossreading.compare_objects, lambda first, both, key: one_letter(first, b"(CIO)", b"(CEO)"), "ReadsObjectOtherwise"),
        (crossreading.compare_objects, lambda first, both, key: elsewhere(first, b"%PDF-1.7\n"), "ReadsNotAtAll"),
        (crossreading.compare_pages, lambda first, both, key: with_page(rebuild.base_of(first), key, attacks.replace_page), "ReadsOtherWords"),
        (crossreading.compare_pages, lambda first, both, key: with_page(rebuild.base_of(first), key, attacks.hide_page), "ReadsOtherCount"),
        (crossreading.compare_pages, lambda first, both, key: elsewhere(first, b"%PDF-1.7\n"), "ReadsNotShown"),
    ],
)  # fmt: skip
def test_what_a_library_reads_otherwise_is_told(
    first: bytes, both: bytes, keys, compare: Callable[[FileSections], None], found, code: str
) -> None:
    with pytest.raises(ReadsDifferently) as refused:
        compare(found(first, both, keys["ciso"]))

    assert refused.value.detail.code == code


def test_a_record_is_read_alike_by_all(both):
    for compare in (crossreading.compare_revisions, crossreading.compare_objects, crossreading.compare_pages):
        compare(reading.read(both))


@pytest.mark.parametrize("name", ["compare_revisions", "compare_objects", "compare_pages"])
def test_every_library_is_asked_about_a_record(both, monkeypatch, name):
    def differs(_sections: FileSections) -> None:
        raise ReadsDifferently(OTHER_PAGES())

    crossreading.compare.forget()
    crossreading.compare(both)
    crossreading.compare.forget()
    monkeypatch.setattr(crossreading, name, differs)

    with pytest.raises(ReadsDifferently):
        crossreading.compare(both)


@pytest.mark.attack("a file that another program reads otherwise", refusal="ReadsDifferently, with what differs")
def test_a_record_that_is_read_otherwise_fails(installation, base, both, monkeypatch):
    def differs(_pdf: bytes) -> None:
        raise ReadsDifferently(OTHER_PAGES())

    monkeypatch.setattr(crossreading, "compare", differs)

    verdict = validate_record(both, installation.evidence(base))

    assert (verdict.indication, verdict.sub_indication) == (Indication.FAILED, SubIndication.FORMAT_FAILURE)
    assert verdict.said.code == "RecordReadsDifferently"
    assert "it has other pages for another program" in verdict.sentence
    assert "RecordReadAlike" not in {item.code for item in verdict.holds}
