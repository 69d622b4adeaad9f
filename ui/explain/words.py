"""Words of the explain screen: what each topic is called, and the places in it."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.playbook.explained import Topic, key_of
from ui.texts import Texts


@dataclass(frozen=True, slots=True)
class ExplainTarget:
    """``go("explain", Look("question:purpose.title", playbook digest))``; without a digest the newest playbook."""

    key: str
    playbook: str = ""


def look_of(argument: object) -> ExplainTarget:
    """Understand what ``go`` was given: a ``ExplainTarget``, a key, or nothing."""
    if isinstance(argument, ExplainTarget):
        return argument
    return ExplainTarget(argument if isinstance(argument, str) else "")


def of_question(question: str, playbook: str) -> ExplainTarget:
    """Where a question of the playbook with this digest is explained."""
    return ExplainTarget(key_of(Topic.QUESTION, question), playbook)


def topic_words(topic: Topic) -> str:
    """A topic as the name of a group."""
    return {
        Topic.QUESTION: ExplainTexts.tr("Questions"),
        Topic.RULE: ExplainTexts.tr("Rules of the tier"),
        Topic.PATH: ExplainTexts.tr("Tiers and their paths"),
        Topic.CLASSIFICATION: ExplainTexts.tr("Classifications"),
        Topic.THREAT: ExplainTexts.tr("Threats"),
        Topic.CONTROL: ExplainTexts.tr("Controls"),
        Topic.DUTY: ExplainTexts.tr("Duties"),
        Topic.CONTRADICTION: ExplainTexts.tr("Answers that do not fit together"),
    }[topic]


def one_of(topic: Topic) -> str:
    """A topic as what one item of it is."""
    return {
        Topic.QUESTION: ExplainTexts.tr("Question"),
        Topic.RULE: ExplainTexts.tr("Rule of the tier"),
        Topic.PATH: ExplainTexts.tr("Tier"),
        Topic.CLASSIFICATION: ExplainTexts.tr("Classification"),
        Topic.THREAT: ExplainTexts.tr("Threat"),
        Topic.CONTROL: ExplainTexts.tr("Control"),
        Topic.DUTY: ExplainTexts.tr("Duty"),
        Topic.CONTRADICTION: ExplainTexts.tr("Contradiction"),
    }[topic]


def why_title(topic: Topic) -> str:
    """The title of the reason."""
    return ExplainTexts.tr("Why we ask") if topic is Topic.QUESTION else ExplainTexts.tr("Why")


class ExplainTexts(Texts):
    pass
