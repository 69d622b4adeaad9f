"""Reading a playbook: from the one document that ``document`` makes into frozen content.

What only shows when the whole is there (references, cycles, missing sources) is left to ``checks``.
"""

from __future__ import annotations

from dataclasses import replace

from intake.domain.base.located import RefusalCollector
from intake.domain.base.wording import Caption, Wording
from intake.domain.playbook import rules
from intake.domain.playbook.judged import (
    Area,
    Chapter,
    Classification,
    Contradiction,
    Control,
    ControlStage,
    Duty,
    Level,
    Threat,
    TierLane,
    TierPath,
    TierRule,
)
from intake.domain.playbook.questions import (
    Framework,
    Option,
    PlaybookSection,
    Question,
    QuestionKind,
    QuestionPage,
    QuestionRole,
    Reference,
    Route,
    Source,
)
from intake.domain.playbook.reading.places import At
from intake.domain.playbook.reading.refusals import MissingKey, UnreadablePlaybook
from intake.domain.playbook.reading.table import TableReader
from intake.domain.playbook.whole import FORMAT, Playbook
from intake.domain.terms.terms import Stage
from intake.domain.terms.tier import Tier

WHOLE = Caption("WholePlaybook", "the whole playbook")
_ANOTHER_FORM = Wording("PlaybookAnotherForm", "it is not in the form {form}")


def read(value: object, found: RefusalCollector) -> Playbook:
    """Read the document; references are not checked yet. Refuses UnreadablePlaybook or UnreadableCondition.

    What one item of a list refuses goes to ``found``; only what concerns the whole is raised whatever that does.
    """
    table = TableReader(value, WHOLE(), found)
    if table.text("format") != FORMAT:
        raise UnreadablePlaybook(detail=_ANOTHER_FORM(form=FORMAT), where="format")
    playbook = Playbook(
        id=table.name("id"),
        version=table.text("version"),
        language=table.text("language"),
        title=table.text("title"),
        roles=tuple(sorted((QuestionRole(key), name) for key, name in table.names("roles", QuestionRole).items())),
        screening=_section(table.table("screening")),
        routes=table.each("routes", _route),
        sections=table.each("sections", _section),
        rules=table.each("rules", _rule),
        paths=table.each("paths", _path),
        threats=table.each("threats", _threat),
        controls=table.each("controls", _control),
        duties=table.each("duties", _duty),
        frameworks=table.each("frameworks", _framework),
        contradictions=table.each("contradictions", _contradiction),
        classifications=table.each("classifications", _classification),
        chapters=table.each("chapters", _chapter),
    )
    table.done()
    return replace(playbook, frameworks=_only_cited(playbook))


def _section(table: TableReader) -> PlaybookSection:
    made = PlaybookSection(table.name("id"), table.text("title"), table.text("intro"), table.each("pages", _page))
    table.done()
    return made


def _page(table: TableReader) -> QuestionPage:
    made = QuestionPage(
        table.name("id"),
        table.text("title"),
        table.each("questions", _question),
        table.text("intro", ""),
    )
    table.done()
    return made


def _question(table: TableReader) -> Question:
    made = Question(
        id=table.name("id"),
        label=table.text("label"),
        text=table.text("text"),
        why=table.text("why"),
        kind=table.word("kind", QuestionKind),
        sources=table.sources(),
        help=table.text("help", ""),
        example=table.text("example", ""),
        unit=table.text("unit", ""),
        options=table.each("options", _option),
        required=table.flag("required", default=True),
        required_if=table.condition_or_none("required_if", rules.MAX_NESTING - 1),
        shown_if=table.condition_or_none("shown_if", rules.MAX_NESTING - 1),
        needed=table.word_or("needed", Stage.IDEA),
        expected_if=table.condition_or_none("expected_if", rules.MAX_NESTING - 1),
        may_be_unknown=table.flag("may_be_unknown", default=True),
        least=table.number("least", 0),
        most=table.number_or_none("most"),
        item_most=table.number("item_most", 200),
        boundary=table.text("boundary", ""),
    )
    table.done()
    return made


def _option(table: TableReader) -> Option:
    made = Option(
        table.name("id"),
        table.text("label"),
        table.text("hint", ""),
        table.flag("alone", default=False),
        table.settings("sets"),
    )
    table.done()
    return made


def _route(table: TableReader) -> Route:
    made = Route(
        id=table.name("id"),
        title=table.text("title"),
        explanation=table.text("explanation"),
        instead=table.text("instead", ""),
        stops=table.flag("stops", default=False),
        minutes=table.number("minutes", 0),
        have_ready=table.texts("have_ready"),
        sources=table.sources(needed=False),
        when=table.condition_or_none("when"),
    )
    table.done()
    return made


def _rule(table: TableReader) -> TierRule:
    made = TierRule(
        id=table.name("id"),
        tier=table.word("tier", Tier),
        sentence=table.text("sentence"),
        sources=table.sources(),
        when=table.condition("when"),
        lowered_by=table.text("lowered_by", ""),
        applies_from=table.day("applies_from"),
    )
    table.done()
    return made


def _path(table: TableReader) -> TierPath:
    made = TierPath(
        tier=table.word("tier", Tier),
        label=table.text("label"),
        lane=table.word("lane", TierLane),
        lane_label=table.text("lane_label"),
        sentence=table.text("sentence"),
        why=table.text("why"),
        sources=table.sources(),
        days=table.number("days", 0),
        valid_days=table.number("valid_days", 0),
    )
    table.done()
    return made


def _threat(table: TableReader) -> Threat:
    made = Threat(
        table.name("id"),
        table.text("title"),
        table.text("why"),
        table.word("area", Area),
        table.sources(),
        table.condition("when"),
    )
    table.done()
    return made


def _control(table: TableReader) -> Control:
    made = Control(
        id=table.name("id"),
        title=table.text("title"),
        why=table.text("why"),
        area=table.word("area", Area),
        owner=table.text("owner"),
        stage=table.word("stage", ControlStage),
        evidence=table.texts("evidence"),
        sources=table.sources(),
        text=table.text("text", ""),
        mitigates=table.texts("mitigates"),
        when=table.condition_or_none("when"),
        proposes=table.settings("proposes"),
    )
    table.done()
    return made


def _duty(table: TableReader) -> Duty:
    made = Duty(
        id=table.name("id"),
        text=table.text("text"),
        why=table.text("why"),
        who=table.text("who"),
        due=table.text("due"),
        sources=table.sources(),
        when=table.condition("when"),
        applies_from=table.day("applies_from"),
        by=table.word_or("by", ControlStage.BEFORE_PILOT) if table.has("by") else None,
    )
    table.done()
    return made


def _contradiction(table: TableReader) -> Contradiction:
    made = Contradiction(
        table.name("id"), table.text("sentence"), table.text("why"), table.sources(), table.condition("when")
    )
    table.done()
    return made


def _classification(table: TableReader) -> Classification:
    made = Classification(
        id=table.name("id"),
        title=table.text("title"),
        why=table.text("why"),
        sources=table.sources(),
        levels=table.each("levels", _level),
    )
    table.done()
    return made


def _level(table: TableReader) -> Level:
    made = Level(
        id=table.name("id"),
        label=table.text("label"),
        sentence=table.text("sentence"),
        sources=table.sources(needed=False),
        when=table.condition_or_none("when"),
    )
    table.done()
    return made


def _chapter(table: TableReader) -> Chapter:
    made = Chapter(table.name("id"), table.text("title"), table.texts("text"), table.sources())
    table.done()
    if not made.text:
        raise MissingKey(detail="text", where=At("chapters", made.id))
    return made


def _framework(table: TableReader) -> Framework:
    made = Framework(
        id=table.name("id"),
        title=table.text("title"),
        publisher=table.text("publisher"),
        version=table.text("version"),
        identifier=table.text("identifier"),
        refs=tuple(Reference(ref, title) for ref, title in sorted(table.names("refs").items())),
    )
    table.done()
    return made


def _only_cited(playbook: Playbook) -> tuple[Framework, ...]:
    """Frameworks cut down to what is cited, so that a longer catalogue does not rename an unchanged playbook."""
    cited = {source for item in playbook.items for source in item.sources}
    kept = (
        replace(item, refs=tuple(ref for ref in item.refs if Source(item.id, ref.ref) in cited))
        for item in sorted(playbook.frameworks, key=lambda item: item.id)
    )
    return tuple(item for item in kept if item.refs)
