"""The pictures of the help page on filing: one small use case and one that weighs much, each from template to check page.

Run ``python -m ui.pictures.filing_pictures --out resources/help/pictures`` after the guide or the playbook has changed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

import resources
from intake.domain.playbook.answer_checks import Typed
from intake.domain.playbook.answers import Answer
from intake.sample.building import build_sample
from intake.services.filing import filing
from intake.services.installation.installation import Installation
from intake.services.installation.workspace import Session, Workspace, open_installation
from ui.app import Desktop, Options, default_wiring
from ui.application import application
from ui.guide.page import GuidePage
from ui.guide.stops import GuideStop, View
from ui.guide.work import sign_and_file
from ui.jobs import JobTask
from ui.pictures.demo import _now
from ui.pictures.screenshots import grab
from ui.pictures.tour import settle
from ui.theme import Scheme

SIZE = QSize(1280, 800)
SMALL = 960
"""Pixels of a picture's width in the help."""

COMMON: Mapping[str, Typed | Answer] = {
    "purpose.owner": "Grace Hopper",
    "people.grants": "Head of the unit",
    "system.provider": "Our own computing centre",
    "system.model": "Whisper and a language model",
    "system.version": "large-v3",
    "data.regions": ("own",),
    "law.places": ("eu",),
    "law.body": "private",
    "law.role": ("own",),
    "oversight.person": "Katherine Johnson",
    "security.supplier": ("own",),
}
NOTES: Mapping[str, Typed | Answer] = {
    **COMMON,
    "purpose.title": "Minutes of the weekly treasury meeting",
    "purpose.unit": "Treasury",
    "purpose.problem": "Minutes are written by hand for two hours after each meeting, and half of them come late.",
    "purpose.benefit": "Six hours a week for other work, and minutes on the same day.",
    "people.groups": "Treasury team\nIts assistants",
    "people.number": "14",
    "data.dpia": "unneeded",
    "data.training": Answer(None, ask="Margaret Hamilton"),
}
APPLICANTS: Mapping[str, Typed | Answer] = {
    **COMMON,
    "purpose.unit": "Human resources",
    "purpose.problem": "Four recruiters read nine hundred applications a month, and good people wait for weeks.",
    "purpose.benefit": "Every applicant has an answer within ten days.",
    "people.groups": "Recruiters",
    "people.number": "4",
    "system.autonomy": "suggests",
    "system.access": "write",
    "law.number": Answer(None, ask="Dorothy Vaughan"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Take the pictures; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m ui.pictures.filing_pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/screens"), help="where the pictures are put")
    out = parser.parse_args(argv).out.absolute()
    out.mkdir(parents=True, exist_ok=True)
    app = application()
    with TemporaryDirectory(prefix="countersign-pictures-") as scratch:
        sample = build_sample(Path(scratch), read=resources.read, names=resources.names, clock=_now)
        workspace = Workspace(sample.people[sample.owner])
        installation = open_installation(workspace, resources.read, resources.names)
        notes = _draft(installation, sample.owner, "meeting-notes", NOTES)
        people = _draft(installation, sample.owner, "cv-screening", APPLICANTS)
        done = sign_and_file(
            JobTask(),
            Session(workspace, installation),
            sample.passphrase,
            _draft(installation, sample.owner, "meeting-notes", NOTES),
        )
        installation.close()
        stops: tuple[tuple[str, str, object, str], ...] = (
            ("filing-new", "new", None, ""),
            ("filing-notes-list", "guide", GuideStop(notes, View.TASKS), ""),
            ("filing-notes-question", "guide", GuideStop(notes, View.QUESTIONS, "data.where", "data.training"), ""),
            ("filing-notes-check", "guide", GuideStop(notes, View.CHECK), ""),
            ("filing-notes-filed", "guide", done, ""),
            ("filing-cv-list", "guide", GuideStop(people, View.TASKS), ""),
            ("filing-cv-question", "guide", GuideStop(people, View.QUESTIONS, "system.work", "system.access"), ""),
            ("filing-cv-panel", "guide", GuideStop(people, View.QUESTIONS, "people.output"), "panel"),
            ("filing-cv-check", "guide", GuideStop(people, View.CHECK), ""),
        )
        desktop = Desktop(app, Options(workspace.root, sample=True), replace(default_wiring(), first_place="drafts"))
        desktop.window.resize(SIZE)
        desktop.show()
        for scheme in (Scheme.LIGHT, Scheme.DARK):
            desktop.theme.set_scheme(scheme)
            for name, place, argument, extra in stops:
                desktop.context.go(place, argument)
                settle(desktop)
                _open_panel(desktop, extra == "panel")
                picture = grab(desktop.window, SIZE).scaledToWidth(SMALL, Qt.TransformationMode.SmoothTransformation)
                picture = picture.convertToFormat(QImage.Format.Format_RGB888)
                if not picture.save(str(out / f"{name}-{scheme.value}.png")):
                    raise OSError(f"could not write {name}")
        desktop.close()
    return 0


def _draft(installation: Installation, person: str, template: str, given: Mapping[str, Typed | Answer]) -> str:
    """A draft from a template, with what only the person knows, every answer confirmed."""
    draft = filing.start_from_template(installation, person, template)
    for question, said in given.items():
        filing.put(installation, draft, question, said)
    for page in filing.view(installation, draft).guide.pages:
        answers = filing.view(installation, draft).guide.answers
        known = {item.id: answers[item.id] for item in page.questions if item.id in answers}
        filing.accept(installation, draft, page.id, known)
    return draft


def _open_panel(desktop: Desktop, wanted: bool) -> None:
    page = desktop.window.pages.page
    if not isinstance(page, GuidePage):
        return
    if page.questions.live.is_open != wanted:
        page.questions.live.fold.click()
    for key in ("drivers", "doubts", "asks"):
        head = page.questions.live.part(key).head
        head.setChecked(wanted and key == "asks")
    settle(desktop)


if __name__ == "__main__":
    sys.exit(main())
