"""A use case begun with what a supplier says about a model: an ML-BOM becomes answers to check, and stays as evidence.

Only what the supplier can know is taken over; what the model is to be used for here is the owner's to say. Which
question takes what follows from the roles of the playbook, so any other playbook works as well.
"""

from __future__ import annotations

from collections.abc import Iterable

from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording, source
from intake.domain.playbook.answer_checks import MAX_ENTRIES, MAX_LINE, MAX_LONG_TEXT, fits, typed
from intake.domain.playbook.answers import Answer, Answers, Carried, Origin
from intake.domain.playbook.questions import Question, QuestionKind, QuestionRole
from intake.domain.playbook.whole import Playbook
from intake.formats import mlbom
from intake.formats.bom_unread import listed
from intake.formats.mlbom import BomModel as BomModel  # noqa: PLC0414 - screens import it from here
from intake.formats.mlbom import Concern, Metric, MlBom
from intake.services.filing import evidence, filing
from intake.services.installation.installation import Installation

MEDIA_TYPE = "application/vnd.cyclonedx+json"

_LEAD = "From the supplier’s model card:"
_FILES = (QuestionRole.MODEL_CARD, QuestionRole.SUPPLIER_DOCS, QuestionRole.EVIDENCE)


_NOT_TAKEN = Wording("BomNotTaken", "in the file, and in no answer: {places}")
_FILE_NOT_TAKEN = Wording("BomFileNotTaken", "beside the models, and in no answer: {places}")
_OTHERS = Wording("BomOtherComponents", "{count} components that are no models, and no data that a model names")
source("BomOtherComponents.one", "a component that is no model, and no data that a model names")
_SHORTENED = Wording("BomShortened", "longer than is taken, and cut: {places}")


class NoSuchModel(Refusal):
    what = "This bill of materials has no model number {number}; it describes {count}."
    why = "A use case is about one model, and it has to be one that the file describes."
    next = "Choose one of the models listed."


def models_of(installation: Installation, data: bytes) -> tuple[BomModel, ...]:
    """The models an ML-BOM describes, in its order. Raises what ``mlbom.read`` raises."""
    return described(installation, data).models


def described(installation: Installation, data: bytes) -> MlBom:
    """The models, and notes on what of the file was not understood. Raises what ``mlbom.read`` raises."""
    return mlbom.read(data, installation.bom_schemas)


def not_taken(installation: Installation, found: MlBom, model_index: int) -> tuple[Reason, ...]:
    """What the file says of a model, and beside it, that is in none of the answers begun with, or not whole."""
    return not_taken_by(installation.shelf.current, found, model_index)


def not_taken_by(playbook: Playbook, found: MlBom, model_index: int) -> tuple[Reason, ...]:
    """The same for the answers to a playbook."""
    left, cut = _left(playbook, found.models[model_index])
    said: list[Reason] = [_SHORTENED(places=listed(cut))] if cut else []
    if left:
        said.append(_NOT_TAKEN(places=listed(left)))
    if found.unread:
        said.append(_FILE_NOT_TAKEN(places=listed(found.unread)))
    if found.others:
        said.append(_OTHERS(count=found.others))
    return tuple(said)


def start_from_bom(installation: Installation, person: str, name: str, data: bytes, model_index: int = 0) -> str:
    """A draft begun with the answers an ML-BOM gives, each to be checked, with the file itself attached.

    ``model_index`` counts ``models_of`` from 0. Raises what ``mlbom.read`` raises, EmptyFile,
    or NoSuchModel; then nothing was begun.
    """
    found = models_of(installation, data)
    if not 0 <= model_index < len(found):
        raise NoSuchModel(number=model_index + 1, count=len(found))
    shown, _ = evidence.judge(name, data)
    playbook = installation.shelf.current
    draft = filing.start_with(installation, person, answers(playbook, found[model_index]), Carried(Origin.MODEL, shown))
    place = next((question for role in _FILES if (question := playbook.role(role))), "")
    if place:
        filing.keep_file(installation, draft, place, shown, MEDIA_TYPE, data)
    return draft


def answers(playbook: Playbook, model: BomModel) -> Answers:
    """What the model card says, as answers to the questions this playbook has for it."""
    made: dict[str, Answer] = {}
    for role, lines in _said_to(playbook, model).items():
        name = playbook.role(role)
        answer = _fitting(playbook.question(name), lines) if name and lines else None
        if answer is not None:
            made[name] = answer
    return Answers(made)


def _said_to(playbook: Playbook, model: BomModel) -> dict[QuestionRole, list[str]]:
    said = _said(model)
    licence = playbook.role(QuestionRole.LICENCE)
    if not licence or _fitting(playbook.question(licence), said[QuestionRole.LICENCE]) is None:
        # Whether a licence covers the use is for the owner to say; its name must not get lost on the way.
        said[QuestionRole.LIMITS] = _labelled("Licence", *model.licences) + said[QuestionRole.LIMITS]
    return said


def _said(model: BomModel) -> dict[QuestionRole, list[str]]:
    return {
        QuestionRole.PROVIDER: _lines(model.supplier),
        QuestionRole.MODEL: _lines(model.name),
        QuestionRole.VERSION: _lines(model.version),
        QuestionRole.LICENCE: _lines(*model.licences),
        # A use the supplier does not name is none it vouches for; the task alone is better than nothing.
        QuestionRole.INTENDED_USE: _lines(*model.use_cases) or _lines(model.task),
        QuestionRole.LIMITS: [
            *_labelled("Limit", *model.limitations),
            *_labelled("Trade-off", *model.tradeoffs),
            *_labelled("Ethics", *map(_concern, model.ethics)),
            *_labelled("Fairness", *map(_concern, model.fairness)),
            *_labelled("Measured", *map(_metric, model.metrics)),
        ],
        QuestionRole.TRAINING_DATA: [
            *_labelled("Data set", *model.datasets),
            *_labelled("Sensitive data in it", *model.sensitive),
        ],
    }


def _left(playbook: Playbook, model: BomModel) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The places of a model that are in no answer, and what is cut in one: places of texts, and names of questions."""
    given, said = answers(playbook, model), _said_to(playbook, model)
    left, cut = [place for place, there in _unused(model) if there], [*model.cut]
    for role, lines in said.items():
        name = playbook.role(role)
        licence_elsewhere = role is QuestionRole.LICENCE and playbook.role(QuestionRole.LIMITS) in given
        if lines and name not in given and not licence_elsewhere:
            left += [place for place, there in _places(role, model) if there]
        elif lines and name in given and not _whole(playbook.question(name), lines):
            cut.append(playbook.question(name).label)
    return tuple(dict.fromkeys((*left, *model.unread))), tuple(dict.fromkeys(cut))


def _unused(model: BomModel) -> tuple[tuple[str, object], ...]:
    """What no question has a role for, by its place in the file, and whether it is there."""
    return (
        ("description", model.description),
        ("purl", model.purl),
        ("hashes", model.hashes),
        ("task", model.task and model.use_cases),
        ("approach", model.approach),
        ("architectureFamily", model.family),
        ("modelArchitecture", model.architecture),
        ("inputs", model.inputs),
        ("outputs", model.outputs),
        ("users", model.users),
    )


def _places(role: QuestionRole, model: BomModel) -> tuple[tuple[str, object], ...]:
    """Where what a question takes is in the file, and whether it is there."""
    return {
        QuestionRole.PROVIDER: (("supplier", model.supplier),),
        QuestionRole.MODEL: (("name", model.name),),
        QuestionRole.VERSION: (("version", model.version),),
        QuestionRole.LICENCE: (("licenses", model.licences),),
        QuestionRole.INTENDED_USE: (("useCases", model.use_cases), ("task", model.task)),
        QuestionRole.LIMITS: (
            ("technicalLimitations", model.limitations),
            ("performanceTradeoffs", model.tradeoffs),
            ("ethicalConsiderations", model.ethics),
            ("fairnessAssessments", model.fairness),
            ("performanceMetrics", model.metrics),
        ),
        QuestionRole.TRAINING_DATA: (("datasets", model.datasets), ("sensitiveData", model.sensitive)),
    }[role]


def _whole(question: Question, lines: list[str]) -> bool:
    """Whether ``_fitting`` leaves nothing of the lines out."""
    match question.kind:
        case QuestionKind.TEXT | QuestionKind.PERSON:
            return len(", ".join(lines)) <= min(MAX_LINE, question.most or MAX_LINE)
        case QuestionKind.LONG_TEXT:
            return len("\n".join([_LEAD, *lines])) <= min(MAX_LONG_TEXT, question.most or MAX_LONG_TEXT)
        case QuestionKind.TEXTS:
            longest = max(map(len, lines), default=0)
            return longest <= question.item_most and len(lines) <= min(MAX_ENTRIES, question.most or MAX_ENTRIES)
    options = {name for option in question.options for name in (option.id, option.label.casefold())}
    return options.issuperset(line.casefold() for line in lines) and (
        question.kind is not QuestionKind.CHOICE or len(lines) == 1
    )


def _fitting(question: Question, lines: list[str]) -> Answer | None:
    """The lines as an answer of the kind this question takes, cut to its limits; None where they do not fit at all."""
    match question.kind:
        case QuestionKind.TEXT | QuestionKind.PERSON:
            raw: str | list[str] = _cut(", ".join(lines), min(MAX_LINE, question.most or MAX_LINE))
        case QuestionKind.LONG_TEXT:
            raw = _cut("\n".join([_LEAD, *lines]), min(MAX_LONG_TEXT, question.most or MAX_LONG_TEXT))
        case QuestionKind.TEXTS:
            raw = [_cut(line, question.item_most) for line in lines][: min(MAX_ENTRIES, question.most or MAX_ENTRIES)]
        case QuestionKind.CHOICE | QuestionKind.CHOICES:
            wanted = {line.casefold() for line in lines}
            named = [option.id for option in question.options if {option.id, option.label.casefold()} & wanted]
            raw = named[0] if named and question.kind is QuestionKind.CHOICE else named
        case _:
            return None
    answer = typed(question, raw)
    return answer if answer is not None and answer.value is not None and fits(question, answer.value) else None


def _lines(*texts: str) -> list[str]:
    return [line for text in texts if (line := " ".join(text.split()))]


def _labelled(label: str, *texts: str) -> list[str]:
    return [f"{label}: {line}" for line in _lines(*texts)]


def _concern(found: Concern) -> str:
    return f"{found.text.rstrip('.')}. What is done: {found.mitigation}" if found.mitigation else found.text


def _metric(found: Metric) -> str:
    bounds = f" ({found.lower or '…'} to {found.upper or '…'})" if found.lower or found.upper else ""
    return _joined((found.name, found.value + bounds, f"on {found.slice}" if found.slice else ""))


def _joined(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
