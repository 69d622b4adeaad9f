"""Words of the explain screen: what each topic is called, and where in it one can be."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from intake.domain.explained import Topic, key_of


@dataclass(frozen=True, slots=True)
class Look:
    """``go("explain", Look("question:purpose.title", playbook digest))``; without a digest the newest playbook."""

    key: str
    playbook: str = ""


def look_of(argument: object) -> Look:
    """Understand what ``go`` was given: a ``Look``, a key, or nothing."""
    if isinstance(argument, Look):
        return argument
    return Look(argument if isinstance(argument, str) else "")


def of_question(question: str, playbook: str) -> Look:
    """Where a question of the playbook with this digest is explained."""
    return Look(key_of(Topic.QUESTION, question), playbook)


def topic_words(topic: Topic) -> str:
    """A topic as the name of a group."""
    return {
        Topic.QUESTION: _t("Questions"),
        Topic.RULE: _t("Rules of the tier"),
        Topic.PATH: _t("Tiers and their paths"),
        Topic.CLASSIFICATION: _t("Classifications"),
        Topic.THREAT: _t("Threats"),
        Topic.CONTROL: _t("Controls"),
        Topic.DUTY: _t("Duties"),
        Topic.CONTRADICTION: _t("Answers that do not fit together"),
    }[topic]


def one_of(topic: Topic) -> str:
    """A topic as what one item of it is."""
    return {
        Topic.QUESTION: _t("Question"),
        Topic.RULE: _t("Rule of the tier"),
        Topic.PATH: _t("Tier"),
        Topic.CLASSIFICATION: _t("Classification"),
        Topic.THREAT: _t("Threat"),
        Topic.CONTROL: _t("Control"),
        Topic.DUTY: _t("Duty"),
        Topic.CONTRADICTION: _t("Contradiction"),
    }[topic]


def why_title(topic: Topic) -> str:
    """What stands over the reason."""
    return _t("Why we ask") if topic is Topic.QUESTION else _t("Why")


def _t(text: str) -> str:
    return QCoreApplication.translate("Explain", text)
