"""What a sheet says of a comment: about what it is, also where nothing of that name is asked."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.core import CORE
from ui.review import subjects


def about(named: str) -> str:
    body = SimpleNamespace(title="Letters")
    view = SimpleNamespace(playbook=CORE, reference="UC-0000-0000-0000", revision=SimpleNamespace(body=body))
    subject = subjects.comment(SimpleNamespace(view=view, name="Dan", fingerprint="ab"), "Hello", named)  # type: ignore[arg-type]
    return next(line.value for line in subject.lines if line.label == "About")


@pytest.mark.attack("a comment on something nobody asks", refusal="the sheet says that nothing of that name is asked")
def test_a_comment_says_what_it_is_about() -> None:
    question = CORE.questions[0]

    assert about("") == "The use case as a whole"
    assert about(question.id) == question.label
    assert about("no.such_question") == "Something this playbook does not ask: no.such_question"
