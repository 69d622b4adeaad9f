"""Templates: read strictly, and begun from as something to check."""

from __future__ import annotations

from dataclasses import replace

import pytest

import resources
from intake.domain.playbook.answer_checks import Fault
from intake.domain.playbook.questions import QuestionRole
from intake.services.filing import filing
from intake.services.installation.templates import (
    NoSuchTemplate,
    UnreadableTemplate,
    read_template,
    read_templates,
    suited,
)
from tests.domain.playbook import small_playbook
from tests.services.offices import Offices

NOTES = """
id = "notes"
title = "Meeting notes"
text = "Write the minutes of meetings."
why = "Look at who is recorded."

[answers]
"work.title" = "Meeting notes"
work.story = "It writes the minutes of every meeting we hold."
work.data = "public"
work.users = 20
work.systems = ["Calendar", "Mail"]
work.until = 2027-01-31
work.gone = "No playbook asks this"
start.stage = "no such option"
"""


def test_a_template_gives_its_words_and_answers() -> None:
    found = read_template("notes.toml", NOTES.encode())

    assert (found.id, found.title, found.text, found.why) == (
        "notes",
        "Meeting notes",
        "Write the minutes of meetings.",
        "Look at who is recorded.",
    )
    assert found.answers["work.title"].value == "Meeting notes"
    assert found.answers["work.systems"].value == ("Calendar", "Mail")
    assert found.answers["work.until"].value == "2027-01-31"


def test_what_a_playbook_does_not_ask_for_or_accept_is_left_out() -> None:
    found = suited(small_playbook.made(), read_template("notes.toml", NOTES.encode()))

    assert set(found) == {"work.title", "work.story", "work.data", "work.users", "work.systems", "work.until"}


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("", "its keys are not the expected ones (answers, id, text, title, why)"),
        (NOTES + "\nmore = 1.5", "the value of the answer to more has an unexpected form"),
        ("extra = 1\n" + NOTES, "its keys are not the expected ones (extra)"),
        (NOTES.replace('"Meeting notes"', '""', 1), "“title” is not a plain text"),
        (NOTES.split("[answers]", maxsplit=1)[0] + "[answers]", "it has no answers, or files among them"),
        (
            NOTES.replace("work.users = 20", "work.users = 1.5"),
            "the value of the answer to work.users has an unexpected form",
        ),
        (NOTES.replace("work.users", "work.Users"), "“work.Users” cannot be the id of a question"),
    ],
)
def test_a_template_that_is_not_exactly_one_is_refused(text: str, detail: str) -> None:
    with pytest.raises(UnreadableTemplate) as refused:
        read_template("notes.toml", text.encode())

    assert detail in refused.value.what_happened


@pytest.mark.parametrize("data", [b"\xff", b"id = ", b"a = 1\na = 2"])
def test_what_is_no_toml_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableTemplate):
        read_template("notes.toml", data)


def test_two_templates_of_one_name_are_refused() -> None:
    with pytest.raises(UnreadableTemplate):
        read_templates(lambda _: NOTES.encode(), lambda _: ("a.toml", "b.toml"))


def test_a_request_begins_with_answers_to_check(offices: Offices) -> None:
    playbook = offices.installations["ada"].shelf.current
    text = (
        NOTES.split("[answers]", maxsplit=1)[0]
        + f'[answers]\n"{playbook.role(QuestionRole.TITLE)}" = "Notes"\n"gone.question" = "x"'
    )
    installation = replace(offices.installations["ada"], templates=(read_template("notes.toml", text.encode()),))

    draft = filing.start_from_template(installation, "ada", "notes")

    view = filing.view(installation, draft)
    assert {name: (answer.value, answer.check) for name, answer in view.guide.answers.items()} == {
        playbook.role(QuestionRole.TITLE): ("Notes", True)
    }
    assert view.row.title == "Notes"
    assert Fault.CHECK_THIS in {item.fault for item in replace(view.guide).problems} or not view.guide.route


def test_a_template_nobody_has_is_refused(offices: Offices) -> None:
    with pytest.raises(NoSuchTemplate):
        filing.start_from_template(offices.installations["ada"], "ada", "nothing")


def test_every_template_that_is_shipped_suits_the_playbook_that_is_shipped(offices: Offices) -> None:
    installation = offices.installations["ada"]

    assert installation.templates == read_templates(resources.read, resources.names)
    for template in installation.templates:
        assert suited(installation.shelf.core, template).keys() == template.answers.keys(), template.id
