"""One answer given: the guide and the assessment are computed again before the next key is pressed.

The floor of the ratios is writing the same answers as canonical JSON, which saving the draft does anyway; the goal that
people feel is 5 ms at 300 questions, and a separate floor keeps it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice

import resources
from intake.domain.assessment.assessment import assess_known
from intake.domain.assessment.lowering import lowering
from intake.domain.assessment.reach import unreachable
from intake.domain.base import canonical
from intake.domain.guide.guide import Guide
from intake.domain.playbook.answers import DONT_KNOW, Answers
from intake.domain.playbook.reading import playbook
from intake.domain.playbook.samples import samples
from intake.domain.playbook.search import leaves
from intake.domain.playbook.whole import Playbook
from tests.benchmarks.harness import Row, ratio
from tests.domain.playbook.generated_playbooks import wide

GOAL = 0.005
REPEATED = 20
ROUNDS = 7
SMALL, LARGE = 50, 300
"""Questions."""
TINY = {"REPEATED": 1, "ROUNDS": 1, "SMALL": 5, "LARGE": 10}


def rows() -> Iterator[Row]:
    names = (*resources.names("playbook/core-2026"), "playbook/sources.toml")
    core = playbook.load({name: resources.read(name) for name in names})
    for found in (wide(SMALL), core, wide(LARGE)):
        yield from _recomputing(found)
    yield _looked_for(core, "what would lower the tier", lambda answers: lowering(core, answers))
    for found in (core, wide(LARGE)):
        seconds = _worked(unreachable, found, rounds=1)
        job = f"what is out of reach, {len(found.questions)} questions"
        yield Row(job, "a playbook check of 5 s", seconds / 5, 1.0, f"{seconds:.1f} s, {len(found.rules)} rules")


def _recomputing(found: Playbook) -> Iterator[Row]:
    answers = _answers(found)
    guide = Guide(found, answers)
    last = next(question.id for question in reversed(guide.known.shown) if question.may_be_unknown)
    turns = cycle((DONT_KNOW, answers[last]))

    def one_answer() -> None:
        # One after the other, as people give them: what is known is carried on.
        now = guide
        for given in islice(turns, REPEATED):
            now = now.put(last, given)
            assert now.tasks
            assert now.pages
            assert now.route is not None
            assert now.problems is not None
            assess_known(found, now.known)

    def write() -> None:
        for _ in range(REPEATED):
            canonical.dump(answers.as_json())

    ratio_, _ = ratio(one_answer, write)
    each = _worked(one_answer) / REPEATED
    size = f"{len(found.questions)} questions, {len(found.rules)} rules"
    yield Row(f"one answer, {size}", "writing the answers as JSON", ratio_, None, f"{each * 1000:.2f} ms")
    yield Row(f"one answer, {size}", "5 ms", each / GOAL, 1.0)


def _worked(job: Callable[..., object], *given: object, rounds: int = 0) -> float:
    """The fewest seconds the processor worked on it: a goal in milliseconds means a machine that has nothing else to do."""
    found = []
    for _ in range(rounds or ROUNDS):
        start = time.process_time()
        job(*given)
        found.append(time.process_time() - start)
    return min(found)


def _looked_for(found: Playbook, job: str, look: Callable[[Answers], object]) -> Row:
    """Something asked for when the assessment is opened, not after every answer; for answers that raise the tier."""
    answers = Answers({**_answers(found), "start.data": DONT_KNOW})
    ratio_, seconds = ratio(lambda: look(answers), lambda: assess_known(found, Guide(found, answers).known))
    return Row(f"{job}, {len(found.questions)} questions", "one assessment", ratio_, None, f"{seconds * 1000:.0f} ms")


def _answers(found: Playbook) -> Answers:
    """The mildest answer to every question, asked or not, for the largest stage: most is asked and judged there."""
    telling = leaves(found)
    mild = {question.id: samples(question, telling[question.id])[0] for question in found.questions}
    scaled = next(one for one in samples(found.question("start.stage"), ()) if one.value == "scaled")
    return Answers({**mild, "start.stage": scaled})
