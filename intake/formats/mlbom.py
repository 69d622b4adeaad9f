"""Reading an ML-BOM: what a supplier says about a model, in CycloneDX JSON 1.5 to 1.7, with a ``modelCard`` or without one.

What is taken is valid by the official schema; what is not understood is left out and said (``bom_repair``), and parts of the
document that are about something else are not judged. It is read from the JSON itself: the object model of
cyclonedx-python-lib drops model cards without a word. Everything given back is cleaned text; markup in it is text like any
other, and no address in it is ever opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from intake.domain.base.canonical import clean
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording, words
from intake.formats import bom_unread, foreign_json
from intake.formats.bom_repair import Located, understood
from intake.formats.cyclonedx_schema import VERSIONS, BomSchemas

_NO_CARD = Wording(
    "BomModelWithoutCard",
    "“{name}” has no model card, so what it is for, its limits and its training data are not in this file",
)
_NO_SUCH_DATA = Wording(
    "BomDataNotDescribed", "the data set “{name}” that “{model}” refers to is not described in this file"
)
_MORE_MODELS = Wording("BomMoreModels", "it describes {count} models; only the first {limit} are read")
_OF_NO_VERSION = Wording("MlbomOfNoVersion", "of no known version")
_IT_BEGINS_AS_XML_DOES = Wording("MlbomItBeginsAsXmlDoes", "it begins as XML does ({lead})")

MAX_BYTES = 10 << 20
MAX_DEPTH = 64
MAX_VALUES = 200_000
MAX_MODELS = 50
MAX_TEXT = 4000
"""Characters kept of one text; longer ones end with an ellipsis. The whole file goes along as evidence."""

_MODEL = "machine-learning-model"
_LEAD = 40
_NAMED = 80


class BomTooLarge(Refusal):
    what = "This file is too large for an ML-BOM: {size} megabytes, at most {limit} are read."
    why = "A bill of materials is read whole, and a hostile one could exhaust the machine."
    next = "Ask the supplier for the ML-BOM of this model alone, without the training data in it."


class NotJson(Refusal):
    what = "This file is not readable JSON: {detail}."
    why = "An ML-BOM is read only in CycloneDX JSON; a repaired file would no longer be the supplier's."
    next = "Ask the supplier for the original file in CycloneDX JSON."


class BomTooDeep(Refusal):
    what = "This file is nested too deep: at most {limit} levels are read."
    why = "No real bill of materials needs more, and a hostile one could exhaust the machine."
    next = "Ask the supplier for a plain ML-BOM of this model."


class BomTooLong(Refusal):
    what = "This file holds too much: at most {limit} values are read."
    why = "A bill of materials is checked value by value, and a hostile one could keep the machine busy for hours."
    next = "Ask the supplier for the ML-BOM of this model alone."


class DuplicateKeyInBom(Refusal):
    what = "This file cannot be trusted: {detail}."
    why = "Two programs would read two different things from it, and one of them is what you would sign."
    next = "Ask the supplier for a correct file."


class NotCycloneDx(Refusal):
    what = "This file is JSON, but not a CycloneDX bill of materials."
    why = "A CycloneDX file says so in its field “bomFormat”; other forms cannot be read here."
    next = "Ask the supplier for CycloneDX JSON, or attach the file as evidence and answer by hand."


class BomVersionNotSupported(Refusal):
    what = "This bill of materials is written in CycloneDX {found}; versions {known} are read."
    why = "Model cards exist since version 1.5, and a version nobody here knows could mean something else."
    next = "Ask the supplier to export it in version 1.6, or attach the file as evidence and answer by hand."


class BomNotValid(Refusal):
    what = "This bill of materials breaks the rules of CycloneDX {version}. At {pointer}: {detail}"
    why = "What does not follow the standard could be read in two ways."
    next = "Send this message to the supplier and ask for a correct file."


class NoModel(Refusal):
    what = "This bill of materials describes no machine-learning model."
    why = "A use case begins with what the supplier says about one; other components say nothing of that."
    next = "Ask the supplier for the ML-BOM of the model, or answer by hand."


@dataclass(frozen=True, slots=True)
class Metric:
    """One measured value, as the supplier wrote it; ``slice`` is the part of the data it was measured on."""

    name: str
    value: str
    slice: str = ""
    lower: str = ""
    upper: str = ""


@dataclass(frozen=True, slots=True)
class Concern:
    """Something to look after, and what the supplier does about it."""

    text: str
    mitigation: str = ""


@dataclass(frozen=True, slots=True)
class BomModel:
    """One model, with its card where it is ``carded``. Empty text or nothing where the supplier says nothing.

    ``hashes`` are (algorithm, hexadecimal digits); ``datasets`` names with their contents' description, if any. ``unread`` are
    the places (``bom_unread``) of which nothing here is made, ``cut`` those of texts beyond ``MAX_TEXT``.
    """

    name: str
    version: str = ""
    supplier: str = ""
    description: str = ""
    purl: str = ""
    licences: tuple[str, ...] = ()
    hashes: tuple[tuple[str, str], ...] = ()
    task: str = ""
    approach: str = ""
    family: str = ""
    architecture: str = ""
    datasets: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    metrics: tuple[Metric, ...] = ()
    users: tuple[str, ...] = ()
    use_cases: tuple[str, ...] = ()
    limitations: tuple[str, ...] = ()
    tradeoffs: tuple[str, ...] = ()
    ethics: tuple[Concern, ...] = ()
    fairness: tuple[Concern, ...] = ()
    carded: bool = True
    unread: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MlBom:
    """``spec`` is the CycloneDX version; ``serial`` the document's own name, if it has one.

    ``notes`` say what of the file was not understood, or is not there, for the person who is about to use it; ``unread`` are its
    places beside the models, ``others`` counts the components that are no models and no data of theirs.
    """

    spec: str
    serial: str
    models: tuple[BomModel, ...]
    notes: tuple[Reason, ...] = ()
    unread: tuple[str, ...] = ()
    others: int = 0


def read(data: bytes, schemas: BomSchemas) -> MlBom:
    """The models in a CycloneDX file, in its order (at most ``MAX_MODELS``). Raises one class per fault."""
    document = _document(data)
    version = document.get("specVersion")
    if version not in VERSIONS:
        number = isinstance(version, str) and re.fullmatch(r"[0-9.]{1,10}", version)
        raise BomVersionNotSupported(found=version if number else _OF_NO_VERSION(), known=", ".join(VERSIONS))
    parts = list(_components(document))
    every = [one for one in parts if one.part.get("type") == _MODEL]
    if not every:
        raise NoModel
    models = every[:MAX_MODELS]
    named = {one.part["bom-ref"]: one for one in parts if isinstance(one.part.get("bom-ref"), str)}
    beside = [named[ref] for ref in dict.fromkeys(ref for one in models for ref in _refs(one.part)) if ref in named]
    try:
        kept = understood([*models, *beside], str(version), schemas)
    except RecursionError:
        raise BomTooDeep(limit=MAX_DEPTH) from None
    if kept.beyond:
        fault = kept.beyond
        raise BomNotValid(version=version, pointer=fault.pointer, detail=_sentence(clean(fault.text)))
    read_beside = {str(part["bom-ref"]): part for part in kept.parts[len(models) :] if part and "bom-ref" in part}
    made = [_model(part, read_beside) for part in kept.parts[: len(models)] if part]
    if not made:
        raise BomNotValid(version=version, pointer=models[0].at, detail=_sentence(words(kept.notes[0])))
    notes = [*kept.notes, *(_NO_CARD(name=one.name) for one in made if not one.carded)]
    for part in filter(None, kept.parts[: len(models)]):
        lost = dict.fromkeys(ref for ref in _refs(part) if ref not in read_beside)
        notes += [_NO_SUCH_DATA(name=_line(ref)[:_NAMED], model=_line(part.get("name"))[:_NAMED]) for ref in lost]
    if len(every) > MAX_MODELS:
        notes.append(_MORE_MODELS(count=len(every), limit=MAX_MODELS))
    return MlBom(
        str(version),
        _text(document.get("serialNumber")),
        tuple(made),
        tuple(notes),
        bom_unread.unread(document, bom_unread.OF_FILE),
        len(parts) - len(every) - len(beside),
    )


def _document(data: bytes) -> Mapping[str, Any]:
    if len(data) > MAX_BYTES:
        raise BomTooLarge(size=-(-len(data) >> 20), limit=MAX_BYTES >> 20)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise NotJson(detail=_IT_BEGINS_AS_XML_DOES(lead=_lead(data)))
    try:
        document = foreign_json.parse(data, depth=MAX_DEPTH, values=MAX_VALUES)
    except foreign_json.JsonNestedTooDeep:
        raise BomTooDeep(limit=MAX_DEPTH) from None
    except foreign_json.TooManyValues:
        raise BomTooLong(limit=f"{MAX_VALUES:,}") from None
    except foreign_json.DoubledKey as error:
        raise DuplicateKeyInBom(detail=error.said) from None
    except foreign_json.NotReadable as error:
        raise NotJson(detail=error.said) from None
    if not isinstance(document, Mapping) or document.get("bomFormat") != "CycloneDX":
        raise NotCycloneDx
    return document


def _components(document: Mapping[str, Any]) -> Iterator[Located]:
    """Every component, the one the document is about first, then in order, each before those inside it."""
    metadata = document.get("metadata")
    about = metadata.get("component") if isinstance(metadata, Mapping) else None
    waiting = [*reversed(_inside("", document))]
    if isinstance(about, Mapping):
        waiting.append(Located("/metadata/component", about))
    while waiting:
        one = waiting.pop()
        yield one
        waiting += reversed(_inside(one.at, one.part))


def _inside(at: str, holder: Mapping[str, Any]) -> list[Located]:
    listed = holder.get("components")
    if not isinstance(listed, list):
        return []
    return [
        Located(f"{at}/components/{number}", part) for number, part in enumerate(listed) if isinstance(part, Mapping)
    ]


def _refs(part: Mapping[str, Any]) -> Iterator[str]:
    """The components that describe the data sets of a model."""
    holder: Any = part
    for step in ("modelCard", "modelParameters", "datasets"):
        holder = holder.get(step) if isinstance(holder, Mapping) else None
    for entry in holder if isinstance(holder, list) else ():
        if isinstance(entry, Mapping) and isinstance(entry.get("ref"), str):
            yield entry["ref"]


def _model(part: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]]) -> BomModel:
    card = part.get("modelCard") or {}
    parameters = card.get("modelParameters") or {}
    about = card.get("considerations") or {}
    data = [_dataset(entry, named) for entry in parameters.get("datasets") or ()]
    return BomModel(
        name=" / ".join(filter(None, (_line(part.get("group")), _line(part.get("name"))))),
        version=_line(part.get("version")),
        supplier=_supplier(part),
        description=_text(part.get("description")),
        purl=_line(part.get("purl")),
        licences=tuple(filter(None, map(_licence, part.get("licenses") or ()))),
        hashes=tuple((_line(entry["alg"]), _line(entry["content"])) for entry in part.get("hashes") or ()),
        task=_line(parameters.get("task")),
        approach=_line((parameters.get("approach") or {}).get("type")),
        family=_line(parameters.get("architectureFamily")),
        architecture=_line(parameters.get("modelArchitecture")),
        datasets=tuple(filter(None, (name for name, _ in data))),
        sensitive=tuple(dict.fromkeys(text for _, texts in data for text in texts)),
        inputs=tuple(filter(None, (_line(entry.get("format")) for entry in parameters.get("inputs") or ()))),
        outputs=tuple(filter(None, (_line(entry.get("format")) for entry in parameters.get("outputs") or ()))),
        metrics=tuple(map(_metric, (card.get("quantitativeAnalysis") or {}).get("performanceMetrics") or ())),
        users=_texts(about.get("users")),
        use_cases=_texts(about.get("useCases")),
        limitations=_texts(about.get("technicalLimitations")),
        tradeoffs=_texts(about.get("performanceTradeoffs")),
        ethics=tuple(
            Concern(_text(entry.get("name")), _text(entry.get("mitigationStrategy")))
            for entry in about.get("ethicalConsiderations") or ()
        ),
        fairness=tuple(_fairness(entry) for entry in about.get("fairnessAssessments") or ()),
        carded=bool(card),
        unread=(*_other_suppliers(part), *_unread(part, named)),
        cut=bom_unread.too_long(part, bom_unread.OF_MODEL, MAX_TEXT),
    )


def _unread(part: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield from bom_unread.unread(part, bom_unread.OF_MODEL)
    for ref in dict.fromkeys(_refs(part)):
        for place in bom_unread.unread(named.get(ref, {}), bom_unread.OF_DATA):
            yield f"{_line(named[ref].get('name'))[:_NAMED]}.{place}"


def _suppliers(part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Who it may be from, with the place that says so; the first counts."""
    for name in ("supplier", "manufacturer"):
        yield name, _line((part.get(name) or {}).get("name"))
    yield "publisher", _line(part.get("publisher"))
    yield "authors", ", ".join(filter(None, (_line(one.get("name")) for one in part.get("authors") or ())))
    yield "author", _line(part.get("author"))


def _supplier(part: Mapping[str, Any]) -> str:
    return next((found for _, found in _suppliers(part) if found), "")


def _other_suppliers(part: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(place for place, found in _suppliers(part) if found)[1:]


def _licence(entry: Mapping[str, Any]) -> str:
    licence = entry.get("license") or {}
    return _line(entry.get("expression")) or _line(licence.get("id")) or _line(licence.get("name"))


def _dataset(entry: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]]) -> tuple[str, tuple[str, ...]]:
    """A data set, described here or in a separate component: what it is, and the sensitive data in it."""
    if "ref" in entry:
        part = named.get(str(entry["ref"]), {})
        inside = part.get("data") or ()
        sensitive = tuple(text for one in inside for text in _texts(one.get("sensitiveData")))
        return _described(_line(part.get("name")), _text(part.get("description"))), sensitive
    kind = "" if entry.get("type") in {None, "dataset"} else f"{_line(entry['type'])}: "
    about = _line(entry.get("classification"))
    return _described(kind + _line(entry.get("name")), about), _texts(entry.get("sensitiveData"))


def _described(name: str, about: str) -> str:
    return f"{name} ({about})" if name and about else name or about


def _metric(entry: Mapping[str, Any]) -> Metric:
    bounds = entry.get("confidenceInterval") or {}
    return Metric(
        _line(entry.get("type")),
        _line(entry.get("value")),
        _line(entry.get("slice")),
        _line(bounds.get("lowerBound")),
        _line(bounds.get("upperBound")),
    )


def _fairness(entry: Mapping[str, Any]) -> Concern:
    parts = [("Group at risk", "groupAtRisk"), ("Benefits", "benefits"), ("Harms", "harms")]
    said = [f"{label}: {text}" for label, key in parts if (text := _text(entry.get(key)))]
    return Concern(". ".join(said), _text(entry.get("mitigationStrategy")))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(filter(None, map(_text, value))) if isinstance(value, list) else ()


def _text(value: object) -> str:
    """Clean text, cut at ``MAX_TEXT``; nothing for anything else."""
    if not isinstance(value, str):
        return ""
    found = clean(value[: MAX_TEXT * 4]).strip()
    return found if len(found) <= MAX_TEXT else found[: MAX_TEXT - 1].rstrip() + "…"


def _line(value: object) -> str:
    return " ".join(_text(value).split())


def _lead(data: bytes) -> str:
    return clean(data[:_LEAD].decode("utf-8", "replace")).strip()


def _sentence(text: str) -> str:
    return text if text.endswith((".", "…")) else text + "."
