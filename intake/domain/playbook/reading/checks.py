"""Whether a playbook holds together: references, order, reasons and sources, kinds and boundary values.

Each thing that can be wrong has its own refusal. A playbook that passes can be asked, assessed and cited without any
further doubt, which is why neither the guide nor the assessment checks again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from graphlib import CycleError, TopologicalSorter

from intake.domain.base import canonical
from intake.domain.base.canonical import clean
from intake.domain.base.wording import Wording
from intake.domain.playbook import rules
from intake.domain.playbook.judged import Classification, Control, TierLane
from intake.domain.playbook.questions import (
    PlaybookSection,
    Question,
    QuestionKind,
    QuestionPage,
    QuestionRole,
    Route,
    Setting,
    Source,
)
from intake.domain.playbook.reading.places import At
from intake.domain.playbook.reading.refusals import (
    CircularQuestions,
    DanglingReference,
    MissingKey,
    RepeatedId,
    RestsOnOptional,
    UnfitBoundary,
    UnfitClassification,
    UnfitCondition,
    UnfitPage,
    UnfitQuestion,
    UnfitRoute,
    UnfitTiers,
    UnreadablePlaybook,
    UnresolvedSource,
)
from intake.domain.playbook.rules import Condition, FromTier, Operator, Says
from intake.domain.playbook.whole import Cited, Playbook
from intake.domain.terms import boundaries
from intake.domain.terms.boundaries import Form, UnreadableBoundary
from intake.domain.terms.field_tables import PLAYBOOK_TABLE
from intake.domain.terms.terms import GRANTABLE
from intake.domain.terms.tier import Tier

MAX_SCREENING = 6
MAX_ON_PAGE = 5


_OPTIONS = Wording("PlaybookOptionsHere", "options for a {kind}: {count}")
_MOST_BELOW_LEAST = Wording("PlaybookMostBelowLeast", "at most is less than at least")
_NOT_EXPECTED = Wording("PlaybookNotExpected", "only files that may be left out can be expected")
_NO_STAGE = Wording("PlaybookNoStage", "nobody asks for the stage “{stage}”")
_FIELD = Wording("PlaybookFieldHere", "the boundary field {path}")
_CANNOT_FILL = Wording("PlaybookCannotFill", "a {kind} cannot fill {path}")
_NO_CHOICE = Wording("PlaybookNoChoice", "an option is no choice of {path}")
_MAY_BE_LONGER = Wording("PlaybookMayBeLonger", "the answer may be longer than {path} can hold")
_ODD_ENTRY = Wording("PlaybookOddEntry", "an entry for {path} has odd characters")
_BOUNDARY_SAYS = Wording("PlaybookBoundarySays", "{path}: {refused}")
_NO_TIER_YET = Wording("PlaybookNoTierYet", "the tier is not known yet")
_QUESTION = Wording("PlaybookQuestionNamed", "the question “{name}”")
_UNKNOWN_DECIDES = Wording("PlaybookUnknownDecides", "“I don’t know” cannot decide this")
_OPERATOR = Wording("PlaybookOperatorOf", "“{operator}” of “{question}”, which is a {kind}")
_OPTION = Wording("PlaybookOptionOf", "the option “{option}” of “{question}”")
_IS_A = Wording("PlaybookQuestionIsA", "“{question}” is a {kind}")
_NOT_OPEN = Wording("PlaybookLastRouteNotOpen", "the last route must be open to everybody else")
_NO_WHEN = Wording("PlaybookRouteWithoutWhen", "only the last route has no condition")
_NO_INSTEAD = Wording("PlaybookStopWithoutInstead", "a stop says what to do instead and on what ground")
_NO_TIME = Wording("PlaybookRouteWithoutTime", "it does not say how long it takes and what to have at hand")
_ONE_PATH = Wording("PlaybookOnePathEach", "each tier has one path, in their order")
_STOPS = Wording("PlaybookOnlyProhibitedStops", "what is prohibited stops, and nothing else does")
_STAGES = Wording("PlaybookStagesAskedFor", "the stage asked for is idea, pilot or scaled")
_THREAT = Wording("PlaybookThreatNamed", "the threat “{name}”")
_LEVELS = Wording("PlaybookLevelsWithoutWhen", "every level but the last has a condition")


def checked(playbook: Playbook) -> Playbook:
    """``playbook`` with its digest when all of it holds together; else one exact refusal, derived from UnreadablePlaybook."""
    for refusal in problems(playbook):
        raise refusal
    return named(playbook)


def named(playbook: Playbook) -> Playbook:
    """``playbook`` with its digest, whether it holds together or not."""
    return replace(playbook, digest=canonical.digest(playbook.as_json()))


def problems(playbook: Playbook) -> Iterator[UnreadablePlaybook]:
    """Everything that keeps ``playbook`` from holding together: of each part what is wrong with it first."""
    for check in _checks(playbook):
        try:
            check()
        except UnreadablePlaybook as refusal:
            yield refusal


def _checks(playbook: Playbook) -> Iterator[Callable[[], None]]:
    for at in _repeated(playbook):
        yield partial(_refuse_repeated, at)
    for section in playbook.all_sections:
        yield partial(_check_section, section, screening=section is playbook.screening)
    for page in (page for section in playbook.all_sections for page in section.pages):
        yield partial(_check_page, page)
    for question in playbook.questions:
        yield partial(_check_question, question)
    questions = {question.id: question for question in playbook.questions}
    first = {question.id: question for question in playbook.screening.questions}
    for at, condition, kind in _conditions(playbook):
        yield partial(_check_condition, at, condition, kind, first if kind == "screening" else questions)
    yield partial(_check_order, playbook)
    yield partial(_check_last_route, playbook)
    for route in playbook.routes:
        yield partial(_check_route, route, last=route is playbook.routes[-1])
    yield partial(_check_tiers, playbook)
    threats = frozenset(threat.id for threat in playbook.threats)
    for control in playbook.controls:
        yield partial(_check_control, control, threats)
    for classification in playbook.classifications:
        yield partial(_check_levels, classification)
    known = frozenset(Source(item.id, ref.ref) for item in playbook.frameworks for ref in item.refs)
    for at, item in cited(playbook):
        yield partial(_check_sources, at, item, known)


def _repeated(playbook: Playbook) -> Iterator[At]:
    everything = [
        *(At("section", item.id) for item in playbook.all_sections),
        *(At("page", page.id) for item in playbook.all_sections for page in item.pages),
        *(at for at, _ in cited(playbook)),
        *(At("framework", item.id) for item in playbook.frameworks),
        *(
            At("option", item.id, of=At("question", question.id))
            for question in playbook.questions
            for item in question.options
        ),
    ]
    return (at for at, count in Counter(everything).items() if count > 1 and at.kind != "path")


def _refuse_repeated(at: At) -> None:
    raise RepeatedId(detail=at.id, where=at)


def _check_section(section: PlaybookSection, *, screening: bool) -> None:
    if not section.pages or (screening and len(section.questions) > MAX_SCREENING):
        raise UnfitPage(detail=len(section.questions), where=At("section", section.id))


def _check_page(page: QuestionPage) -> None:
    if not 1 <= len(page.questions) <= MAX_ON_PAGE:
        raise UnfitPage(detail=len(page.questions), where=At("page", page.id))


def _check_question(question: Question) -> None:
    where = At("question", question.id)
    choosing = question.kind in {QuestionKind.CHOICE, QuestionKind.CHOICES}
    if choosing != (len(question.options) >= 2) or (question.options and not choosing):
        raise UnfitQuestion(detail=_OPTIONS(count=len(question.options), kind=question.kind), where=where)
    if question.most is not None and question.most < question.least:
        raise UnfitQuestion(detail=_MOST_BELOW_LEAST(), where=replace(where, key="most"))
    for option in question.options:
        for setting in option.sets:
            _check_setting(setting, At("option", option.id, "sets", of=where))
    if question.boundary:
        _check_asked_limit(question, replace(where, key="boundary"))
    if question.expected_if and (question.kind is not QuestionKind.FILES or question.required):
        raise UnfitQuestion(detail=_NOT_EXPECTED(), where=replace(where, key="expected_if"))
    if question.needed not in GRANTABLE:
        raise UnfitQuestion(detail=_NO_STAGE(stage=question.needed), where=replace(where, key="needed"))


_FITTING = {
    Form.CHOICE: {QuestionKind.CHOICE},
    Form.SET: {QuestionKind.CHOICES, QuestionKind.TEXTS},
    Form.FLAG: {QuestionKind.YES_NO},
    Form.NUMBER: {QuestionKind.NUMBER},
    Form.MONEY: {QuestionKind.MONEY},
    Form.TEXT: {QuestionKind.TEXT, QuestionKind.PERSON, QuestionKind.CHOICE},
}


def _check_asked_limit(question: Question, where: At) -> None:
    if question.boundary not in PLAYBOOK_TABLE:
        raise DanglingReference(detail=_FIELD(path=question.boundary), where=where)
    field = PLAYBOOK_TABLE.field(question.boundary)
    if question.kind not in _FITTING[field.form]:
        raise UnfitBoundary(detail=_CANNOT_FILL(kind=question.kind, path=field.path), where=where)
    names = {option.id for option in question.options}
    if field.form is Form.CHOICE and not names <= {choice for choice, _ in field.choices}:
        raise UnfitBoundary(detail=_NO_CHOICE(path=field.path), where=where)
    long = (
        question.kind in {QuestionKind.TEXT, QuestionKind.PERSON}
        and (question.most or boundaries.MAX_TEXT + 1) > boundaries.MAX_TEXT
    )
    many = question.kind is QuestionKind.TEXTS and (question.most or boundaries.MAX_ITEMS + 1) > boundaries.MAX_ITEMS
    if long or many or question.item_most > boundaries.MAX_TEXT:
        raise UnfitBoundary(detail=_MAY_BE_LONGER(path=field.path), where=where)


def _check_setting(setting: Setting, where: At) -> None:
    path, limit = setting
    if path not in PLAYBOOK_TABLE:
        raise DanglingReference(detail=_FIELD(path=path), where=where)
    if isinstance(limit, frozenset) and any(clean(entry).strip() != entry for entry in limit):
        raise UnfitBoundary(detail=_ODD_ENTRY(path=path), where=where)
    try:
        PLAYBOOK_TABLE.boundaries({path: limit})
    except UnreadableBoundary as refusal:
        raise UnfitBoundary(detail=_BOUNDARY_SAYS(path=path, refused=refusal.given), where=where) from None


def _check_condition(place: At, condition: Condition | None, kind: str, known: Mapping[str, Question]) -> None:
    for leaf, negated in rules.leaves(condition):
        if isinstance(leaf, FromTier):
            if kind not in {"control", "duty"}:
                raise UnfitCondition(detail=_NO_TIER_YET(), where=place)
            continue
        where = replace(place, about=leaf.question)
        question = known.get(leaf.question)
        if question is None:
            raise DanglingReference(detail=_QUESTION(name=leaf.question), where=where)
        _check_leaf(leaf, question, where)
        if leaf.operator is Operator.UNKNOWN and (negated or kind in {"question", "screening"}):
            raise UnfitCondition(detail=_UNKNOWN_DECIDES(), where=where)
        optional = not question.required or question.required_if is not None
        if kind not in {"question", "expected"} and optional:
            raise RestsOnOptional(detail=question.id, where=where)


def _conditions(playbook: Playbook) -> Iterator[tuple[At, Condition | None, str]]:
    screening = set(playbook.screening.questions)
    for question in playbook.questions:
        kind = "screening" if question in screening else "question"
        yield At("question", question.id, "shown_if"), question.shown_if, kind
        yield At("question", question.id, "required_if"), question.required_if, kind
        yield At("question", question.id, "expected_if"), question.expected_if, "expected"
    for route in playbook.routes:
        yield At("route", route.id, "when"), route.when, "screening"
    for control in playbook.controls:
        yield At("control", control.id, "when"), control.when, "control"
    for duty in playbook.duties:
        yield At("duty", duty.id, "when"), duty.when, "duty"
    for rule in playbook.rules:
        yield At("rule", rule.id, "when"), rule.when, "judgement"
    for threat in playbook.threats:
        yield At("threat", threat.id, "when"), threat.when, "judgement"
    for contradiction in playbook.contradictions:
        yield At("contradiction", contradiction.id, "when"), contradiction.when, "judgement"
    for classification in playbook.classifications:
        for level in classification.levels:
            at = At("level", level.id, "when", of=At("classification", classification.id))
            yield at, level.when, "judgement"


def _check_leaf(leaf: Says, question: Question, where: At) -> None:
    fits = {
        Operator.IS: {QuestionKind.CHOICE, QuestionKind.YES_NO, QuestionKind.NUMBER},
        Operator.ONE_OF: {QuestionKind.CHOICE},
        Operator.INCLUDES: {QuestionKind.CHOICES},
        Operator.AT_LEAST: {QuestionKind.NUMBER, QuestionKind.DATE},
        Operator.AT_MOST: {QuestionKind.NUMBER, QuestionKind.DATE},
        Operator.ANSWERED: set(QuestionKind),
        Operator.UNKNOWN: set(QuestionKind) if question.may_be_unknown else set(),
    }
    if question.kind not in fits[leaf.operator]:
        detail = _OPERATOR(operator=leaf.operator, question=question.id, kind=question.kind)
        raise UnfitCondition(detail=detail, where=where)
    if leaf.operator in {Operator.ANSWERED, Operator.UNKNOWN}:
        return
    if question.options:
        for value in leaf.values:
            if question.option(str(value)) is None:
                raise DanglingReference(detail=_OPTION(option=str(value), question=question.id), where=where)
        return
    wanted = {QuestionKind.YES_NO: bool, QuestionKind.NUMBER: int, QuestionKind.DATE: str}[question.kind]
    if any(type(value) is not wanted for value in leaf.values):
        raise UnfitCondition(detail=_IS_A(question=question.id, kind=question.kind), where=where)


def _check_order(playbook: Playbook) -> None:
    graph = {question.id: set(rules.questions(question.shown_if)) for question in playbook.questions}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]
        raise CircularQuestions(detail=" → ".join(circle), where=At("question", circle[0], "shown_if")) from None


def _check_last_route(playbook: Playbook) -> None:
    if not playbook.routes or playbook.routes[-1].when is not None or playbook.routes[-1].stops:
        where = At("route", playbook.routes[-1].id) if playbook.routes else At("routes")
        raise UnfitRoute(detail=_NOT_OPEN(), where=where)


def _check_route(route: Route, *, last: bool) -> None:
    where = At("route", route.id)
    if route.when is None and not last:
        raise UnfitRoute(detail=_NO_WHEN(), where=where)
    if route.stops and not (route.instead and route.sources):
        raise UnfitRoute(detail=_NO_INSTEAD(), where=where)
    if not route.stops and not (route.minutes and route.have_ready):
        raise UnfitRoute(detail=_NO_TIME(), where=where)


def _check_tiers(playbook: Playbook) -> None:
    if [path.tier for path in playbook.paths] != list(Tier):
        raise UnfitTiers(detail=_ONE_PATH(), where=At("paths"))
    for path in playbook.paths:
        if (path.tier is Tier.PROHIBITED) != (path.lane is TierLane.STOP):
            where = At("path", path.tier, "lane")
            raise UnfitTiers(detail=_STOPS(), where=where)
    for role in (QuestionRole.TITLE, QuestionRole.STAGE):
        if not playbook.role(role):
            raise MissingKey(detail=role, where=At("roles"))
    known = {question.id: question for question in playbook.questions}
    for role, name in playbook.roles:
        if name not in known:
            raise DanglingReference(detail=_QUESTION(name=name), where=At("roles", key=role))
    stages = {option.id for option in known[playbook.role(QuestionRole.STAGE)].options}
    if not {"pilot", "scaled"} <= stages <= set(GRANTABLE):
        raise UnfitTiers(detail=_STAGES(), where=At("roles", key="stage"))


def _check_control(control: Control, threats: frozenset[str]) -> None:
    where = At("control", control.id)
    if not set(control.mitigates) <= threats:
        detail = _THREAT(name=min(set(control.mitigates) - threats))
        raise DanglingReference(detail=detail, where=replace(where, key="mitigates"))
    if not control.evidence:
        raise MissingKey(detail="evidence", where=where)
    for setting in control.proposes:
        _check_setting(setting, replace(where, key="proposes"))


def _check_levels(classification: Classification) -> None:
    conditions = [level.when for level in classification.levels]
    if conditions[-1:] != [None] or None in conditions[:-1]:
        where = At("classification", classification.id)
        raise UnfitClassification(detail=_LEVELS(), where=where)


def _check_sources(at: At, item: Cited, known: frozenset[Source]) -> None:
    for source in item.sources:
        if source not in known:
            raise UnresolvedSource(detail=f"{source.framework}: {source.ref}", where=replace(at, key="sources"))


def cited(playbook: Playbook) -> Iterator[tuple[At, Cited]]:
    """Everything that cites sources, and what it is called."""
    for kind, items in (
        ("question", playbook.questions),
        ("route", playbook.routes),
        ("rule", playbook.rules),
        ("threat", playbook.threats),
        ("control", playbook.controls),
        ("duty", playbook.duties),
        ("contradiction", playbook.contradictions),
        ("classification", playbook.classifications),
        ("chapter", playbook.chapters),
    ):
        for item in items:
            yield At(kind, item.id), item
    for path in playbook.paths:
        yield At("path", path.tier), path
    for classification in playbook.classifications:
        for level in classification.levels:
            yield At("level", level.id, of=At("classification", classification.id)), level
