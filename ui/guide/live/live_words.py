"""What the live panel says, as lines: what drives the tier, what would lower it, what is open, what will be asked."""

from __future__ import annotations

from intake.domain.assessment.assessment import Called, Fired, MightBe
from intake.domain.assessment.lowering import Otherwise, lowered_by
from intake.domain.guide.facts import Fact
from intake.domain.playbook.judged import ControlStage
from intake.domain.terms.terms import Stage
from intake.domain.terms.tier import Tier
from ui.guide.live.panel_lines import LineLook, PanelLine
from ui.guide.shown import ShownDraft
from ui.texts import Texts

MOST = 4
"""Rules shown one by one; of more, only how many there are."""
QUESTIONS = 3
"""Controls the reviewers are expected to ask about first."""


def drivers(shown: ShownDraft) -> tuple[PanelLine, ...]:
    """The rules that fired with the answers that fired them, and what a doubt might still raise."""
    assessment = shown.assessment
    made: list[PanelLine] = []
    for item in assessment.fired[:MOST]:
        made += _fired(shown, item)
    if len(assessment.fired) > MOST:
        more = LiveTexts.tr("and %Ln more", "", len(assessment.fired) - MOST)
        made.append(PanelLine(more, LineLook.QUIET))
    if not assessment.fired:
        made.append(PanelLine(LiveTexts.tr("Nothing you answered raises it."), LineLook.QUIET))
    doubts = [item for item in assessment.might_be if item.unknown]
    if doubts:
        made.append(PanelLine(LiveTexts.tr("What might raise it"), LineLook.STRONG))
        made += [_doubt(shown, item) for item in doubts[:MOST]]
    if not assessment.complete and assessment.tier is not Tier.PROHIBITED:
        made.append(PanelLine(LiveTexts.tr("Questions not answered yet can still change this."), LineLook.QUIET))
    return tuple(made)


def lower(shown: ShownDraft) -> tuple[PanelLine, ...]:
    """What would lower the tier: in the words of its rules, then the answers that would do it."""
    made = [PanelLine(words) for words in lowered_by(shown.assessment)]
    for item in shown.lowering[:MOST]:
        words = LiveTexts.tr("{changes}: then it would be {tier}.")
        changes = LiveTexts.tr(" and ").join(_otherwise(one) for one in item.changes)
        made.append(PanelLine(words.format(changes=changes, tier=shown.playbook.path(item.tier).label), LineLook.QUIET))
    return tuple(made)


def classes(shown: ShownDraft) -> tuple[PanelLine, ...]:
    """What laws and standards call it."""
    made: list[PanelLine] = []
    for item in shown.assessment.classified:
        words = "{title}: {level}" if item.certain else LiveTexts.tr("{title}: perhaps {level}")
        made.append(PanelLine(words.format(title=item.classification.title, level=item.level.label), LineLook.STRONG))
        made.append(PanelLine(item.level.sentence, LineLook.QUIET))
    return tuple(made)


def doubts(shown: ShownDraft) -> tuple[PanelLine, ...]:
    """Answers that do not seem to fit together, each with a way to both."""
    made: list[PanelLine] = []
    for item in shown.assessment.contradictions:
        made.append(PanelLine(item.contradiction.sentence))
        made += [
            PanelLine(_facts(shown, (fact,)), LineLook.QUIET, fact.question, LiveTexts.tr("Go there"))
            for fact in {fact.question: fact for fact in item.facts}.values()
        ]
    return tuple(made)


def open_points(shown: ShownDraft) -> tuple[PanelLine, ...]:
    """What nobody could answer yet, with who will know."""
    return tuple(
        PanelLine(f"{item.question.label}: {who_will_know(item.ask)}", question=item.question.id)
        for item in shown.open_points
    )


def evidence(shown: ShownDraft) -> tuple[PanelLine, ...]:
    """Files somebody will look for that are not attached."""
    return tuple(PanelLine(shown.labels[name], question=name) for name in shown.assessment.expected)


def asks(shown: ShownDraft) -> tuple[PanelLine, ...]:
    """What the reviewers will probably ask, most pressing first."""
    made = [
        PanelLine(LiveTexts.tr("How does this fit together? {sentence}").format(sentence=item.contradiction.sentence))
        for item in shown.assessment.contradictions
    ]
    for point in shown.open_points:
        words = (
            LiveTexts.tr("{label}: what did {name} find out?")
            if point.ask
            else LiveTexts.tr("{label}: who can find out, and by when?")
        )
        made.append(PanelLine(words.format(label=point.question.label, name=point.ask)))
    made += [
        PanelLine(LiveTexts.tr("{label}: may we see it?").format(label=shown.labels[name]))
        for name in shown.assessment.expected
    ]
    made += [_control(item) for item in _pressing(shown)[:QUESTIONS]]
    return tuple(made)


def who_will_know(ask: str) -> str:
    return LiveTexts.tr("{name} will know").format(name=ask) if ask else LiveTexts.tr("nobody is named yet")


def _otherwise(item: Otherwise) -> str:
    after = LiveTexts.tr(" or ").join(f"“{' '.join(said.split())}”" for said in item.after[:MOST])
    return LiveTexts.tr("{label} {after} instead of “{before}”").format(
        label=item.label, after=after, before=" ".join(item.before.split())
    )


def _fired(shown: ShownDraft, item: Fired) -> tuple[PanelLine, ...]:
    return PanelLine(item.rule.sentence), PanelLine(_facts(shown, item.facts), LineLook.QUIET)


def _doubt(shown: ShownDraft, item: MightBe) -> PanelLine:
    labels = ", ".join(shown.labels[name] for name in item.unknown)
    words = LiveTexts.tr("You do not know yet: {labels}. If so: {sentence}")
    return PanelLine(words.format(labels=labels, sentence=item.rule.sentence), LineLook.QUIET)


def _facts(shown: ShownDraft, facts: tuple[Fact, ...]) -> str:
    return " · ".join(f"{shown.labels[fact.question]}: {', '.join(fact.said.splitlines())}" for fact in facts)


def _pressing(shown: ShownDraft) -> list[Called]:
    """The controls that have to work first at the stage asked for, those against the most threats first."""
    steps = [ControlStage.BEFORE_PILOT, ControlStage.BEFORE_SCALE_UP]
    reached = steps if shown.stage is Stage.SCALED else steps[:1]
    due = [item for item in shown.assessment.controls if item.control.stage in reached and item.threats]
    return sorted(due, key=lambda item: (not item.certain, -len(item.threats)))


def _control(item: Called) -> PanelLine:
    if item.control.evidence:
        words = LiveTexts.tr("“{control}”: who sees to it ({owner}), and what shows it ({evidence})?")
        return PanelLine(
            words.format(control=item.control.title, owner=item.control.owner, evidence=item.control.evidence[0])
        )
    return PanelLine(LiveTexts.tr("“{control}”: who sees to it?").format(control=item.control.title))


class LiveTexts(Texts):
    pass
