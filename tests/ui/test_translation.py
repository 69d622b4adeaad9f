"""Every text of the screens can be translated: the toolkit's own tool finds it, and English has its plural forms."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import PySide6
import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from intake.domain.base import wording
from intake.domain.case.allowed import NotYours
from intake.domain.organisation.rights import OUTLIVED
from tests.ui.calls import bases, calls, other_words, sources
from tests.ui.pseudo import Pseudo, pseudo
from ui import formatting
from ui.language import ENGLISH, locale_of, speak
from ui.texts import Texts

CATALOGUE = Path(__file__).parents[2] / "resources" / "i18n" / "countersign_en.ts"
TOOLS = Path(PySide6.__file__).parent

NOT_TRANSLATED = {
    ("application.py", "Fusion"): "a style of Qt",
    ("app.py", "Countersign"): "the product's name",
    ("shell/navigation.py", "Countersign"): "the product's name",
    ("shell/window.py", "Countersign"): "the product's name",
    ("help/about.py", "Apache-2.0, BSD-3-Clause"): "names of licences",
    ("help/about.py", "Noto fonts, SIL Open Font License 1.1"): "a name and its licence",
    ("help/about.py", "CycloneDX schemas, Apache-2.0"): "a name and its licence",
    ("help/about.py", "Version"): "a key in a package's metadata",
    ("widgets/labels.py", "Noto Sans Mono"): "a font",
    ("widgets/labels.py", "DejaVu Sans Mono"): "a font",
    ("guide/evidence/evidence.py", "yyyy-MM-dd HH.mm.ss"): "a file name",
    ("guide/stops.py", "go on"): "a value, never shown",
    ("jobs.py", "a job was submitted after shutdown"): "a bug, for its log",
    ("app.py", "the window did not paint in time"): "for the terminal that asked",
    ("context.py", "it is not written as such a file is"): "a fact of a refusal, which is English in this half",
    ("app.py", "Decide together about AI use cases."): "the command line",
    ("app.py", "folder of the register (default: your user data)"): "the command line",
    ("app.py", "open the sample organisation"): "the command line",
    ("app.py", "with --sample: whose installation to open"): "the command line",
    ("app.py", "open the window without showing it, then end"): "the command line",
}


@dataclass(frozen=True, slots=True)
class Message:
    context: str
    text: str
    counted: bool
    forms: tuple[str, ...]


def messages(path: Path) -> list[Message]:
    found = []
    for context in ET.parse(path).getroot().iter("context"):
        for item in context.iter("message"):
            forms = tuple(form.text or "" for form in item.iter("numerusform"))
            found.append(
                Message(
                    context.findtext("name") or "", item.findtext("source") or "", item.get("numerus") == "yes", forms
                )
            )
    return found


def extract(target: Path, *options: str) -> None:
    tool = shutil.which("lupdate", path=str(TOOLS))
    assert tool is not None
    languages = ("-source-language", "en", "-target-language", "en")
    settings = ("-silent", "-no-obsolete", "-locations", "none", *languages, *options)
    subprocess.run([tool, *settings, *map(str, sources()), "-ts", str(target)], check=True, timeout=60)


# --------------------------------------------------------------------------------------------------- what is extracted
def test_every_call_gives_one_literal() -> None:
    assert [call.where for call in calls() if call.text is None] == []


def test_the_tool_finds_exactly_what_the_source_says(tmp_path: Path) -> None:
    extract(tmp_path / "all.ts")

    said = {(call.context, call.text, call.counted) for call in calls()}
    assert {(item.context, item.text, item.counted) for item in messages(tmp_path / "all.ts")} == said


def test_a_text_outside_a_widget_has_a_context_of_its_own() -> None:
    named = [name for name, above in bases().items() if "Texts" in above]

    assert {name for name in named if not name.endswith("Texts")} == set()
    assert {call.context for call in calls()} >= set(named)


def test_what_is_shown_and_not_translated_is_listed_with_its_reason() -> None:
    assert set(other_words()) == set(NOT_TRANSLATED)


# ----------------------------------------------------------------------------------------------------- plural forms
def test_a_count_is_in_the_text_and_is_given() -> None:
    wrong = [call.where for call in calls() if not call.counted and re.search(r"%L?n", call.text or "")]
    assert wrong == []
    # "%n" writes 12345 where every other number is 12,345.
    assert [call.where for call in calls() if "%n" in (call.text or "")] == []


def test_no_count_is_said_by_a_class_that_others_derive_from() -> None:
    """A widget's ``tr`` asks its own class first, and takes what comes back with the number in it for an answer."""
    derived = {above for names in bases().values() for above in names}
    counting = {call.context for call in calls() if call.counted}

    assert counting & derived == set()


def test_english_has_both_forms_of_every_count(tmp_path: Path) -> None:
    again = tmp_path / CATALOGUE.name
    shutil.copy(CATALOGUE, again)
    extract(again, "-pluralonly")

    assert again.read_text() == CATALOGUE.read_text(), "make translations"
    assert "unfinished" not in CATALOGUE.read_text()
    for item in messages(CATALOGUE):
        one, more = item.forms
        assert more == item.text
        names = set(re.findall(r"\{\w+\}", item.text))
        # A sentence about one thing may name the one, but none that it was not given.
        assert set(re.findall(r"\{\w+\}", one)) == names
        assert "%Ln" in one or re.search(r"\b(one|the one|it)\b|^It ", one, re.IGNORECASE) or one == more, item.text


def test_the_catalogue_in_use_is_made_of_its_source() -> None:
    made = QTranslator()
    assert made.load(str(CATALOGUE.with_suffix(".qm")))

    wrong = [
        item
        for item in messages(CATALOGUE)
        for n, form in ((1, 0), (0, 1), (2, 1))
        if made.translate(item.context, item.text, "", n) != item.forms[form]
    ]
    assert wrong == [], "make translations"


def test_one_is_not_two() -> None:
    class HomeTexts(Texts):
        pass

    assert HomeTexts.tr("%Ln items wait", "", 1) == "One item waits"
    assert HomeTexts.tr("%Ln items wait", "", 2) == "2 items wait"
    assert HomeTexts.tr("%Ln items wait", "", 12345) == "12,345 items wait"


# ------------------------------------------------------------------------------------------------- another language
GERMAN = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="{language}" sourcelanguage="en">
<context><name>DueTexts</name>
<message><source>Ended; may not run</source><translation>beendet; darf nicht laufen</translation></message>
</context></TS>
"""


@pytest.fixture
def silent(qapp: QCoreApplication) -> object:
    """The application before any language was spoken, and as it was afterwards."""
    spoken, locale = qapp.property("countersign-language"), QLocale()
    before = qapp.findChildren(QTranslator)
    for one in before:
        qapp.removeTranslator(one)
    qapp.setProperty("countersign-language", "")
    yield None
    for one in qapp.findChildren(QTranslator):
        qapp.removeTranslator(one)
    for one in before:
        qapp.installTranslator(one)
    qapp.setProperty("countersign-language", spoken)
    QLocale.setDefault(locale)
    wording.speak(wording.ENGLISH)


def release(folder: Path, language: str) -> None:
    source = folder / f"countersign_{language}.ts"
    source.write_text(GERMAN.format(language=language), encoding="utf-8")
    tool = shutil.which("lrelease", path=str(TOOLS))
    assert tool is not None
    subprocess.run([tool, "-silent", str(source)], check=True, timeout=60)


@pytest.mark.parametrize("wanted", ["de", "de_AT", "de-CH"])
def test_a_catalogue_that_is_there_is_spoken_and_english_stays_below_it(
    wanted: str, tmp_path: Path, qapp: QCoreApplication, silent: None
) -> None:
    from ui.home.first import HomeTexts
    from ui.words.dues import DueTexts

    release(tmp_path, "de")
    shutil.copy(CATALOGUE.with_suffix(".qm"), tmp_path)

    assert speak(qapp, wanted, catalogues=tmp_path) == "de"
    assert DueTexts.tr("Ended; may not run") == "beendet; darf nicht laufen"
    assert HomeTexts.tr("%Ln alarms", "", 1) == "One alarm"


def test_reasons_and_refusals_are_said_in_the_language_of_the_screens(
    tmp_path: Path, qapp: QCoreApplication, silent: None
) -> None:
    release(tmp_path, "de")
    said = {
        "RightOutlived": "es wurde nach dem letzten Tag unterschrieben",
        "NotYours.what": "Dieser Fall ist nicht Ihrer.",
    }
    (tmp_path / "reasons_de.json").write_text(json.dumps(said), encoding="utf-8")

    speak(qapp, "de", catalogues=tmp_path)

    assert wording.words(OUTLIVED()) == "es wurde nach dem letzten Tag unterschrieben"
    assert NotYours().what_happened == "Dieser Fall ist nicht Ihrer."
    assert NotYours().next_step == NotYours.next


@pytest.mark.parametrize("wanted", ["fr", "", "../de", "en_GB"])
def test_without_a_catalogue_english_is_spoken(
    wanted: str, tmp_path: Path, qapp: QCoreApplication, silent: None
) -> None:
    release(tmp_path, "de")

    assert speak(qapp, wanted, catalogues=tmp_path) == ENGLISH


def test_a_language_is_spoken_for_the_whole_run(tmp_path: Path, qapp: QCoreApplication) -> None:
    release(tmp_path, "de")

    assert speak(qapp, "de", catalogues=tmp_path) == ENGLISH


# --------------------------------------------------------------------------------------------------- numbers and days
@pytest.fixture
def locale() -> object:
    before = QLocale()
    yield QLocale.setDefault
    QLocale.setDefault(before)


def test_english_on_a_german_computer_writes_german_numbers_and_english_months(locale) -> None:
    locale(locale_of("en", QLocale("de_DE")))

    assert formatting.number_words(1234567) == "1.234.567"
    assert formatting.day_words(date(2027, 3, 31)) == "31 Mar 2027"
    assert formatting.long_day(date(2027, 3, 31)) == "Wednesday, 31 March 2027"
    assert formatting.size_words(1536 << 10) == "1,5 MB"


def test_german_on_a_german_computer_is_that_computers_own(locale) -> None:
    locale(locale_of("de", QLocale("de_DE")))

    assert formatting.long_day(date(2027, 3, 31)) == "Mittwoch, 31. März 2027"


def test_without_a_locale_thousands_are_set_apart(locale) -> None:
    locale(locale_of("en", QLocale.c()))

    assert formatting.number_words(1234567) == "1,234,567"
    assert formatting.time_words(datetime(2027, 3, 31, 15, 5, tzinfo=UTC)) == "15:05"
    assert formatting.moment_words(datetime(2027, 3, 31, 15, 5, tzinfo=UTC)) == "31 Mar 2027, 15:05"


def test_a_time_is_written_as_the_locale_does(locale) -> None:
    locale(QLocale("en_US"))

    assert re.fullmatch(r"3:05\sPM", formatting.time_words(datetime(2027, 3, 31, 15, 5, tzinfo=UTC)))


def test_a_day_of_the_record_is_the_same_everywhere(locale) -> None:
    locale(QLocale("ar_EG"))

    assert formatting.exact_moment(datetime(2027, 3, 31, 15, 5, tzinfo=UTC)) == "2027-03-31 15:05 UTC"


def test_only_one_file_asks_the_locale() -> None:
    asking = Counter(path.name for path in sources() if re.search(r"\bQLocale\b|:,\}|strftime", path.read_text()))

    assert set(asking) == {"formatting.py", "language.py"}


# --------------------------------------------------------------------------------------------- the language of tests
@pytest.mark.parametrize("text", ["Stage", "Any stage", "&Sign and file…", "{count} of %Ln parts done, {answered}"])
def test_the_pseudo_language_is_longer_and_keeps_what_is_filled_in(text: str) -> None:
    said = pseudo(text)

    kept = re.findall(r"\{\w+\}|%Ln|&|…", text)
    assert re.findall(r"\{\w+\}|%Ln|&|…", said) == kept
    assert len(said) >= round(1.4 * (len(text) - sum(map(len, kept))))
    assert not re.search("[A-Za-z]", re.sub(r"\{\w+\}|%Ln", "", said))


def test_the_pseudo_language_knows_a_text_in_its_own_context_only() -> None:
    speaker = Pseudo()

    assert speaker.translate("HomeTexts", "%Ln alarms") == pseudo("%Ln alarms")
    assert speaker.translate("RecordTexts", "%Ln alarms") is None
    assert speaker.translate("HomeTexts", "Alarms") is None
