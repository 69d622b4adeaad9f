"""Playbooks nobody wrote: small ones by chance, to hold the engine against, and wide ones to measure it with.

Each is the small playbook with other questions and judgements, and passes the same checks as one read from files.
"""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from intake.domain.playbook.answers import DONT_KNOW, Answer
from intake.domain.playbook.judged import (
    Area,
    Classification,
    Contradiction,
    Control,
    ControlStage,
    Duty,
    Level,
    Threat,
    TierRule,
)
from intake.domain.playbook.questions import Option, PlaybookSection, Question, QuestionKind, QuestionPage, Source
from intake.domain.playbook.reading.checks import checked
from intake.domain.playbook.rules import All, AnyOf, Condition, FromTier, Not, Operator, Says
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.terms import Stage
from intake.domain.terms.tier import Tier
from tests.domain.playbook.small_playbook import made

FEW = settings(
    max_examples=settings.default.max_examples * 3 // 5,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # Tracing every line, to explain a failure, makes each example several times slower.
    phases=[phase for phase in Phase if phase is not Phase.explain],
)
"""For properties of whole playbooks, where one example is much work."""

SMALL = made()
CITED = (Source("law", "1"),)
STAGES = tuple(Option(name, name) for name in ("idea", "pilot", "scaled"))
KINDS = (QuestionKind.YES_NO, QuestionKind.CHOICE, QuestionKind.CHOICES, QuestionKind.NUMBER)


def question(name: str, kind: QuestionKind, **more) -> Question:
    options = {
        QuestionKind.CHOICE: (Option("a", "A"), Option("b", "B"), Option("c", "C")),
        QuestionKind.CHOICES: (Option("a", "A"), Option("b", "B"), Option("none", "None", alone=True)),
    }.get(kind, ())
    return Question(
        name, name, f"{name}?", "It matters.", kind, CITED, options=options, most=more.pop("most", None), **more
    )


def playbook_of(questions: list[Question], rules: list[TierRule], **more) -> Playbook:
    """The small playbook about other questions, five to a page, with the idea as a stage."""
    screening = SMALL.screening
    first = screening.pages[0]
    stage, bad = first.questions
    asked = (replace(stage, options=STAGES), bad)
    title = SMALL.sections[0].questions[0]
    all_of_them = [title, *questions]
    pages = tuple(
        QuestionPage(f"p{at}", "Page", tuple(all_of_them[at : at + 5])) for at in range(0, len(all_of_them), 5)
    )
    found = replace(
        SMALL,
        screening=replace(screening, pages=(replace(first, questions=asked),)),
        sections=(PlaybookSection("work", "Work", "What it does.", pages),),
        rules=tuple(rules),
        **{"threats": (), "controls": (), "duties": (), **more},
    )
    return checked(found)


def says(asked: Question) -> list[Says]:
    """Leaves that ask about a question."""
    match asked.kind:
        case QuestionKind.YES_NO:
            return [Says(asked.id, Operator.IS, (True,)), Says(asked.id, Operator.IS, (False,))]
        case QuestionKind.CHOICE:
            return [
                Says(asked.id, Operator.IS, (asked.options[0].id,)),
                Says(asked.id, Operator.ONE_OF, tuple(option.id for option in asked.options[1:])),
            ]
        case QuestionKind.CHOICES:
            return [Says(asked.id, Operator.INCLUDES, (option.id,)) for option in asked.options]
    return [Says(asked.id, Operator.AT_LEAST, (50,)), Says(asked.id, Operator.AT_MOST, (50,))]


def _all_or_any(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return several.map(All) | several.map(AnyOf) | parts.map(Not)


_TREES = st.recursive(
    st.integers(0, 99).map(lambda number: Says(str(number), Operator.IS, ())), _all_or_any, max_leaves=4
)
"""Conditions over numbers. Made once, because to make a strategy that is recursive takes longer than to draw from it."""


def _planted(tree: Condition, leaves: list[Says]) -> Condition:
    """The same condition over these leaves."""
    match tree:
        case All(parts) | AnyOf(parts):
            return type(tree)(tuple(_planted(part, leaves) for part in parts))
        case Not(part):
            return Not(_planted(part, leaves))
    assert isinstance(tree, Says)
    return leaves[int(tree.question) % len(leaves)]


@st.composite
def conditions(draw: st.DrawFn, asked: list[Question], *, doubts: bool = False) -> Condition:
    """A condition over questions; with ``doubts`` it may ask for “I don't know”, never under a not."""
    made_ = _planted(draw(_TREES), [leaf for one in asked for leaf in says(one)])
    unknown = [Says(one.id, Operator.UNKNOWN, (True,)) for one in asked if one.may_be_unknown]
    if doubts and unknown and draw(st.integers(0, 3)) == 0:
        parts = (made_, draw(st.sampled_from(unknown)))
        made_ = All(parts) if draw(st.booleans()) else AnyOf(parts)
    return made_


@st.composite
def small_playbooks(draw: st.DrawFn, most: int = 4) -> Playbook:
    """Up to ``most`` questions that show each other and wait for stages, with judgements of every kind over them."""
    stage, bad = SMALL.screening.questions
    before = [replace(stage, options=STAGES), bad]
    asked: list[Question] = []
    for index in range(draw(st.integers(2, most))):
        shown_if = draw(st.none() | conditions([*before, *asked]))
        kind = draw(st.sampled_from(KINDS))
        needed = draw(st.sampled_from([Stage.IDEA, Stage.IDEA, Stage.PILOT, Stage.SCALED]))
        known = draw(st.booleans())
        asked.append(question(f"q{index}", kind, shown_if=shown_if, needed=needed, may_be_unknown=known))
    judged = conditions([*before, *asked], doubts=True)
    tiers = draw(st.lists(st.sampled_from([Tier.LIMITED, Tier.HIGH, Tier.PROHIBITED]), min_size=1, max_size=4))
    rules = [TierRule(f"r{at}", tier, "So.", CITED, draw(judged)) for at, tier in enumerate(tiers)]
    threats = tuple(Threat(f"t{at}", "T", "So.", Area.DATA_ACCESS, CITED, draw(judged)) for at in range(2))
    limits = judged | st.sampled_from([FromTier(tier) for tier in (Tier.LIMITED, Tier.HIGH, Tier.PROHIBITED)])
    controls = tuple(_control(f"c{at}", draw(st.none() | limits), draw(_some_threats())) for at in range(2))
    levels = (Level("one", "1", "So.", when=draw(judged)), Level("two", "2", "So.", when=draw(judged)))
    return playbook_of(
        asked,
        rules,
        threats=threats,
        controls=controls,
        duties=tuple(Duty(f"d{at}", "D", "So.", "Owner", "Soon", CITED, draw(limits)) for at in range(2)),
        contradictions=(Contradiction("x", "So.", "So.", CITED, draw(judged)),),
        classifications=(Classification("k", "K", "So.", CITED, (*levels, Level("none", "0", "So."))),),
    )


def _some_threats():
    return st.lists(st.sampled_from(["t0", "t1"]), unique=True).map(tuple)


def _control(name: str, when: Condition | None, mitigates: tuple[str, ...]) -> Control:
    evidence = ("A list",)
    return Control(
        name, "C", "So.", Area.GOVERNANCE, "Owner", ControlStage.BEFORE_PILOT, evidence, CITED, "", mitigates, when
    )


def every_answer(asked: Question, samples: tuple[Answer, ...]) -> list[Answer | None]:
    """The samples of a question, and no answer at all."""
    assert DONT_KNOW in samples or not asked.may_be_unknown
    return [*samples, None]


def wide(count: int, seed: int = 1) -> Playbook:
    """A playbook of ``count`` questions, half as many rules and threats together, like a large one of a real house."""
    chance = random.Random(seed)
    _, bad = SMALL.screening.questions
    asked: list[Question] = []
    for index in range(count - 3):
        shown_if = None
        if asked and chance.random() < 0.4:
            shown_if = _any_leaf(chance, asked[-12:])
        needed = chance.choice([Stage.IDEA, Stage.IDEA, Stage.PILOT])
        asked.append(question(f"s{index // 30}.q{index}", chance.choice(KINDS), shown_if=shown_if, needed=needed))
    roots = [bad, *(one for one in asked if one.shown_if is None)]

    def condition() -> Condition:
        return All(
            (
                _any_leaf(chance, roots),
                _any_leaf(chance, roots),
                AnyOf(tuple(_any_leaf(chance, roots) for _ in range(3))),
                Not(All((_any_leaf(chance, roots), _any_leaf(chance, roots)))),
            )
        )

    tiers = (Tier.LIMITED, Tier.LIMITED, Tier.HIGH, Tier.HIGH, Tier.PROHIBITED)
    threats = tuple(Threat(f"t{at}", "T", "So.", Area.DATA_ACCESS, CITED, condition()) for at in range(count // 6))
    return playbook_of(
        asked,
        [TierRule(f"r{at}", chance.choice(tiers), "So.", CITED, condition()) for at in range(count // 2)],
        threats=threats,
        controls=tuple(
            _control(f"c{at}", FromTier(Tier.LIMITED) if at % 2 else None, (threats[at % len(threats)].id,))
            for at in range(count // 6)
        ),
        duties=tuple(Duty(f"d{at}", "D", "So.", "Owner", "Soon", CITED, condition()) for at in range(count // 8)),
        contradictions=tuple(Contradiction(f"x{at}", "So.", "So.", CITED, condition()) for at in range(count // 12)),
    )


def _any_leaf(chance: random.Random, asked: list[Question]) -> Says:
    return chance.choice(says(chance.choice(asked)))
