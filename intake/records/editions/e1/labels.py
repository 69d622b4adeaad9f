"""What edition 1 calls the fields of the boundaries, and their values. Copied from the screens of its time, and not following them.

A record says why each field is limited, so these words are part of what was signed: a label made clearer on a screen must
not change what an older record says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from intake.domain.base.visible import told_apart
from intake.domain.playbook.answer_checks import problem
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import Question, Source
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.boundaries import Value
from intake.records.refusals import WordsMissing

NOT_KNOWN = "I don’t know"
MISFIT = "Not a valid answer: “{said}”"
NONE = "None"


@dataclass(frozen=True, slots=True)
class PrintedField:
    """A field of a boundary in words. ``choices`` are pairs of a value and what it is called, ``nothing`` is said of an empty text."""

    path: str
    label: str
    why: str
    choices: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    nothing: str = "Not named"

    def said(self, value: Value) -> str:
        """A value of this field in plain words. Raises WordsMissing for a choice that a later version added."""
        if isinstance(value, frozenset):
            return _apart(sorted(value)) if value else NONE
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, int):
            return f"{value} {self.unit}".strip()
        if not self.choices:
            return value or self.nothing
        if value not in dict(self.choices):
            raise WordsMissing(field=self.label)
        return dict(self.choices)[value]


PrintedBoundaries: TypeAlias = tuple[tuple[str, tuple[PrintedField, ...]], ...]
"""Fields under the title of their boundary."""

BOUNDARIES: PrintedBoundaries = (
    (
        "Data access",
        (
            PrintedField(
                "data_access.highest_class",
                "Highest class of data",
                "Data that never enters the system cannot leak from it.",
                choices=(
                    ("public", "Public"),
                    ("internal", "Internal"),
                    ("confidential", "Confidential"),
                    ("restricted", "Restricted"),
                ),
            ),
            PrintedField(
                "data_access.categories",
                "Categories of data allowed",
                "A named list can be checked; “business data” cannot.",
            ),
            PrintedField(
                "data_access.personal_data",
                "Personal data",
                "Personal data brings duties to the people it is about, and special categories bring stricter ones.",
                choices=(
                    ("none", "None"),
                    ("ordinary", "Ordinary personal data"),
                    ("special", "Including special categories"),
                ),
            ),
            PrintedField(
                "data_access.prompt_retention_days",
                "Prompts kept for",
                "What is kept can be lost or demanded; what is not kept cannot explain an incident.",
                unit="days",
            ),
            PrintedField(
                "data_access.output_retention_days",
                "Outputs kept for",
                "Outputs may repeat what went in, so they need their own limit.",
                unit="days",
            ),
            PrintedField(
                "data_access.vendor_training",
                "Provider may train on our data",
                "What a provider trains on can come out again in front of others.",
            ),
            PrintedField(
                "data_access.regions",
                "Regions of processing",
                "The law that protects the data is the law of the place where it is processed.",
            ),
        ),
    ),
    (
        "Model scope",
        (
            PrintedField(
                "model_scope.provider",
                "Provider",
                "The approval rests on what is known about this provider, and on no other.",
            ),
            PrintedField("model_scope.model", "Model", "Another model behaves differently, so it needs another look."),
            PrintedField(
                "model_scope.versions",
                "Versions",
                "A silent upgrade can undo every test; name the version or the range that was tested.",
            ),
            PrintedField(
                "model_scope.purposes_allowed", "Purposes allowed", "Risk was judged for these purposes only."
            ),
            PrintedField(
                "model_scope.purposes_forbidden",
                "Purposes forbidden",
                "Naming the tempting misuse stops it before it starts.",
            ),
            PrintedField(
                "model_scope.autonomy",
                "Autonomy",
                "The less a person decides, the more a wrong output does before anyone notices.",
                choices=(
                    ("suggests", "Suggests; a person does the work"),
                    ("drafts", "Drafts; a person checks each result"),
                    ("acts_with_approval", "Acts after a person approves each action"),
                    ("acts_with_veto", "Acts; a person can stop it"),
                    ("acts_alone", "Acts alone"),
                ),
            ),
        ),
    ),
    (
        "System integration",
        (
            PrintedField(
                "system_integration.systems",
                "Systems connected",
                "Anybody who misleads the model can reach each connected system.",
            ),
            PrintedField(
                "system_integration.access",
                "Access to these systems",
                "Reading leaks, writing damages: the second needs a stronger reason.",
                choices=(
                    ("none", "None"),
                    ("read", "Read"),
                    ("write", "Read and write"),
                ),
            ),
            PrintedField(
                "system_integration.tools",
                "Tools the model may call",
                "A tool turns words into actions; only listed tools were examined.",
            ),
            PrintedField(
                "system_integration.code_execution",
                "May run code it wrote",
                "Code made from untrusted text is untrusted code.",
            ),
            PrintedField(
                "system_integration.network",
                "Network reach",
                "Without a way out, stolen data stays inside.",
                choices=(
                    ("none", "None"),
                    ("internal", "Internal only"),
                    ("allowlist", "Listed addresses"),
                    ("internet", "Open internet"),
                ),
            ),
        ),
    ),
    (
        "User permissions",
        (
            PrintedField(
                "user_permissions.groups",
                "Groups who may use it",
                "Access for everyone is access for the careless and the curious too.",
            ),
            PrintedField(
                "user_permissions.max_users",
                "Users at most",
                "A pilot stays a pilot only while its size is limited.",
                unit="people",
            ),
            PrintedField(
                "user_permissions.budget",
                "Costs at most",
                "What nobody limits in money grows until somebody asks who decided on it.",
                nothing="Nothing",
            ),
            PrintedField(
                "user_permissions.granted_by", "Who grants access", "One named role can also take access away again."
            ),
            PrintedField(
                "user_permissions.training_needed",
                "Training needed first",
                "People who know the limits of a model catch its mistakes.",
            ),
        ),
    ),
)
"""The fields of each boundary under its title, in the order of the page."""


def _apart(entries: Sequence[str]) -> str:
    """Entries in one line; where one could be taken for two, or for none, each in quotation marks on a line of its own."""
    if told_apart(entries) and NONE not in entries:
        return ", ".join(entries)
    return "\n".join(f"“{entry}”" for entry in entries)


def answered(question: Question, answer: Answer) -> str:
    """An answer in plain words; several entries, one per line. What does not fit its question never reads like an answer."""
    said = _answered(question, answer)
    if problem(question, answer, required=False) is None:
        return said
    return MISFIT.format(said="; ".join(said.split("\n")))


def _answered(question: Question, answer: Answer) -> str:
    value = answer.value
    if value is None:
        return f"{NOT_KNOWN} ({answer.ask} will know)" if answer.ask else NOT_KNOWN
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int):
        return f"{value} {question.unit}".strip()
    if isinstance(value, tuple):
        return "\n".join(_option(question, entry) if isinstance(entry, str) else entry.name for entry in value)
    return _option(question, value)


def cited(playbook: Playbook, source: Source) -> str:
    """A source in one line, as in “Artificial Intelligence Act, Art. 26(6): Keep logs”."""
    framework = playbook.framework(source.framework)
    return f"{framework.title}, {source.ref}: {framework.titled(source.ref)}"


def _option(question: Question, value: str) -> str:
    found = question.option(value) if question.options else None
    return found.label if found else value
