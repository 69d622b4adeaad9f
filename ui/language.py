"""The language of the screens: which catalogue is loaded, and in whose manner numbers and days are written.

English is the source text; its own small catalogue only holds the plural forms. Another language is two files more in
``resources/i18n``: ``countersign_<language>.qm`` for the texts of the screens, and ``reasons_<language>.json`` for reasons and
refusals, by their codes; there is none yet.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

import resources
from intake.domain.base import wording
from intake.domain.base.plurals import rule_of
from ui.formatting import day_words, number_words

ENGLISH = "en"
_SPOKEN = "countersign-language"


def speak(app: QCoreApplication, wanted: str = "", *, catalogues: Path | None = None) -> str:
    """Load the catalogues for ``wanted``, else for what this computer speaks, and give the language: ``"en"``, ``"de"``.

    English stays below another language, so that a text not translated yet is still a right sentence. The first call of a
    run decides: screens that were built do not change their language.
    """
    spoken = app.property(_SPOKEN)
    if spoken:
        return str(spoken)
    folder = catalogues or resources.locate("i18n")
    system = QLocale.system()
    _load(app, folder, ENGLISH)
    names = _names((wanted,) if wanted else system.uiLanguages())
    language = next((name for name in names if name == ENGLISH or _load(app, folder, name)), ENGLISH)
    QLocale.setDefault(locale_of(language, system))
    wording.speak(_reasons(folder, language), rule_of(language), day_words, number_words)
    app.setProperty(_SPOKEN, language)
    return language


def locale_of(language: str, system: QLocale) -> QLocale:
    """The locale of this language in this computer's country: English on a German computer writes 1.234 and 3 May."""
    if system.language() == QLocale.Language.C:
        # A computer without a language: Qt's plain locale, with thousands set apart.
        plain = QLocale.c()
        plain.setNumberOptions(plain.numberOptions() & ~QLocale.NumberOption.OmitGroupSeparator)
        return plain
    spoken = QLocale(language).language()
    return system if system.language() == spoken else QLocale(spoken, system.territory())


def _names(wanted: Sequence[str]) -> Iterator[str]:
    """Each language as files are named, with its country and without: ``"de-AT"`` is ``"de_AT"``, then ``"de"``."""
    for item in wanted:
        name = item.replace("-", "_")
        if name.replace("_", "").isalnum():
            yield from dict.fromkeys((name, name.partition("_")[0]))


def _reasons(folder: Path, language: str) -> wording.Catalogue:
    file = folder.joinpath(f"reasons_{language}.json")
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else wording.ENGLISH


def _load(app: QCoreApplication, folder: Path, language: str) -> bool:
    file = folder.joinpath(f"countersign_{language}.qm")
    made = QTranslator(app)
    # Qt reads it by name.
    return file.is_file() and made.load(str(file)) and app.installTranslator(made)
