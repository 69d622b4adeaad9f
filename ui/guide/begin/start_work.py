"""The jobs behind the ways to begin: listing what there is, and beginning a draft each way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from intake.causes import cause
from intake.domain.base.wording import sentence
from intake.reading import TooLong, read_file
from ui.guide.refusals import FileNotReadable
from ui.jobs import JobTask

if TYPE_CHECKING:
    from intake.services.filing.boms import BomModel
    from intake.services.installation.templates import Template
    from intake.services.installation.workspace import Session


@dataclass(frozen=True, slots=True)
class Offers:
    """What a draft can begin with. ``earlier`` counts the use cases this register knows."""

    templates: tuple[Template, ...]
    earlier: int


@dataclass(frozen=True, slots=True)
class Several:
    """An ML-BOM to look at before it is used: it describes several models, or not all of it was understood or is taken.

    ``models`` are their names and one line each; ``notes`` say what was left out, or is missing. ``not_taken`` says for each
    model what of the file is in no answer.
    """

    path: Path
    data: bytes
    models: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()
    not_taken: tuple[tuple[str, ...], ...] = ()


def look(_: JobTask, session: Session) -> Offers:
    from intake.services.lists import cases

    return Offers(session.installation.templates, cases.counts(session.installation).total)


def begin_template(_: JobTask, session: Session, template: str) -> str:
    """A draft begun with the answers of a template, each marked “check this”."""
    from intake.services.filing import filing

    return filing.start_from_template(session.installation, session.person, template)


def begin_bom(task: JobTask, session: Session, path: Path) -> str | Several:
    """A draft begun with what an ML-BOM says about its only model, or what to look at before one is begun.

    Raises FileNotReadable, FileTooLarge or a refusal of ``boms.described``.
    """
    from intake.services.filing import boms

    task.progress(0, 2, path.name)
    data = _read(path)
    task.check()
    task.progress(1, 2, path.name)
    found = boms.described(session.installation, data)
    left = tuple(
        tuple(map(sentence, boms.not_taken(session.installation, found, index))) for index in range(len(found.models))
    )
    if len(found.models) > 1 or found.notes or left[0]:
        models = tuple((model.name, _line(model)) for model in found.models)
        return Several(path, data, models, tuple(map(sentence, found.notes)), left)
    return begin_bom_model(task, session, path.name, data, 0)


def begin_bom_model(_: JobTask, session: Session, name: str, data: bytes, index: int) -> str:
    """A draft begun with the chosen model of an ML-BOM."""
    from intake.services.filing import boms

    return boms.start_from_bom(session.installation, session.person, name, data, model_index=index)


def _line(model: BomModel) -> str:
    """What tells two models apart, as far as it is given."""
    parts = (model.version, model.supplier, model.task, model.description)
    return " · ".join(" ".join(part.split())[:120] for part in parts if part)


def _read(path: Path) -> bytes:
    """The bytes of a file of a size that could be attached. Raises FileTooLarge or FileNotReadable."""
    from intake.services.filing import filing

    try:
        return read_file(path, filing.MAX_FILE)
    except TooLong as error:
        raise filing.FileTooLarge(name=path.name, size=-(-error.size >> 20), limit=filing.MAX_FILE >> 20) from None
    except (OSError, ValueError) as error:
        raise FileNotReadable(name=path.name, detail=cause(error, reading=True)) from None
