"""Ten different decisions to print: real use cases of a published inventory, and what is hard about others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import resources
from intake.domain.acts.envelope import Attachment
from intake.domain.assessment.proposal import propose
from intake.domain.base.canonical import sha256
from intake.domain.guide.guide import Guide
from intake.domain.playbook.answers import Answer, Answers
from intake.domain.playbook.questions import QuestionKind, QuestionRole
from intake.domain.terms.boundaries import Value
from intake.domain.terms.terms import Condition, Stage, Terms, terms
from intake.domain.terms.waivers import PILOT, Waiver, evidence
from intake.records.case_file import CaseFile
from intake.sample.content import SampleCase, SampleFile, read_content
from intake.sample.files import made as file_made
from intake.services.installation.installation import Installation

DAY = date(2026, 11, 22)
TITLE = "Antworten: שלום עולם, سلام, ภาษาไทย, Απόφαση"
LONG = "\n".join(
    f"{number}. A clerk reads the letter, looks up the rule that applies to it, and writes down what was found and why. "
    "Where two rules could apply, a second clerk reads it too, and both sign what they agree on."
    for number in range(1, 26)
).strip()
REASON = "The provider has run it for two years, and nobody was hurt by it. " * 9


@dataclass(frozen=True)
class Printed:
    """A use case as it is filed, and the terms both offices agree on."""

    case_file: CaseFile
    terms: Terms


@cache
def _sample() -> dict[str, SampleCase]:
    content = read_content(resources.read, resources.names, today=DAY)
    return {case.id: case for case in content.cases}


def of_sample(
    ground: Installation,
    case: str,
    name: str,
    *,
    title: str = "",
    given: dict[str, Answer] | None = None,
    stage: Stage = Stage.PILOT,
    moved: dict[str, Value] | None = None,
    conditions: tuple[Condition, ...] = (),
    waivers: tuple[Waiver, ...] = (),
) -> Printed:
    """The use case ``name`` of the inventory, in the place of the one that was filed as ``case``; ``moved`` are boundaries the offices change."""
    sample, state = _sample()[name], ground.state(case)
    filed = state.current
    assert filed is not None
    playbook, engine = ground.playbook(filed.body.playbook), ground.engine_of(filed)
    files = {question: _attached(file) for file in sample.files for question in (file.question,)}
    every = {**sample.answers, **{question: Answer((file,)) for question, file in files.items()}, **(given or {})}
    shown = {item.id for item in Guide(playbook, Answers(every)).known.shown}
    answers = {key: answer for key, answer in every.items() if key in shown}
    body = replace(
        filed.body,
        title=title or sample.inventory,
        unit=sample.unit,
        stage=stage,
        answers={key: answer.as_json() for key, answer in answers.items()},
        attachments=tuple(files.values()),
    )
    known = engine.asked(playbook, Answers(answers))
    proposed, _ = propose(known, (item.control for item in engine.judge(playbook, known).controls))
    agreed = terms(stage, proposed.replaced(moved or {}), conditions, DAY, DAY + timedelta(days=90), waivers)
    judged = engine.assess_granted(playbook, Answers(answers), agreed)
    revision = replace(filed, body=body)
    return Printed(CaseFile(state, revision, ground.rosters, playbook, judged.on_terms, judged), agreed)


def _attached(file: SampleFile) -> Attachment:
    media_type, data = file_made(file)
    return Attachment(sha256(data), len(data), media_type, file.name)


def due(number: int, text: str = "", evidence: str = "", office: str = "ciso") -> Condition:
    said = text or f"Repeat test {number} with hostile questions, and write down what got through and why"
    return Condition(DAY + timedelta(days=10 + number), "ada" if number % 2 else "finn", said, evidence, office)


def _long(ground: Installation, case: str) -> Printed:
    filed = ground.state(case).current
    assert filed is not None
    playbook = ground.playbook(filed.body.playbook)
    long = [
        item.id
        for item in playbook.questions
        if item.kind is QuestionKind.LONG_TEXT and item.id in _sample()["grants-chat"].answers
    ]
    return of_sample(ground, case, "grants-chat", given={name: Answer(LONG) for name in long[:6]})


def _every_script(ground: Installation, case: str) -> Printed:
    filed = ground.state(case).current
    assert filed is not None
    playbook = ground.playbook(filed.body.playbook)
    problem = playbook.role(QuestionRole.PROBLEM)
    assert problem is not None
    return of_sample(ground, case, "city-pairs", title=TITLE, given={problem: Answer(f"{TITLE} <b>&amp; 😀")})


def _waived(ground: Installation, case: str) -> Printed:
    first = of_sample(ground, case, "grants-chat", stage=Stage.SCALED)
    lacking = first.case_file.assessment.expected
    waivers = (Waiver(PILOT, REASON.strip()), *(Waiver(evidence(name), "It comes in spring.") for name in lacking))
    return of_sample(ground, case, "grants-chat", stage=Stage.SCALED, waivers=waivers)


MOVED: dict[str, Value] = {
    "data_access.highest_class": "internal",
    "data_access.prompt_retention_days": 5,
    "data_access.output_retention_days": 7,
    "model_scope.autonomy": "drafts",
    "model_scope.versions": "2026-01 only",
    "system_integration.network": "internal",
    "user_permissions.max_users": 50,
    "user_permissions.budget": "USD 9000",
    "user_permissions.training_needed": True,
}

CASES: dict[str, Callable[[Installation, str], Printed]] = {
    "minimal": lambda ground, case: of_sample(ground, case, "literature"),
    "limited": lambda ground, case: of_sample(ground, case, "grants-chat", conditions=(due(1),)),
    "acts": lambda ground, case: of_sample(ground, case, "phishing"),
    "high": lambda ground, case: of_sample(ground, case, "discharge", conditions=(due(1), due(2))),
    "lending": lambda ground, case: of_sample(ground, case, "lending", moved={"user_permissions.max_users": 9}),
    "moved": lambda ground, case: of_sample(ground, case, "tickets", moved=MOVED, conditions=(due(1), due(2), due(3))),
    "conditions": lambda ground, case: of_sample(
        ground, case, "gemini", conditions=tuple(due(item, evidence=f"The report of test {item}") for item in range(24))
    ),
    "waived": _waived,
    "long": _long,
    "scripts": _every_script,
}
