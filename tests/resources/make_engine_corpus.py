"""Keeps what the newest engine makes of the worked cases: a playbook as blob, answers, and the digest of each assessment.

``python -m tests.resources.make_engine_corpus``. Until the first release engine 1 may still change, and its corpus with it; of
a released engine none is ever made again.
"""

from __future__ import annotations

import json
import lzma
from pathlib import Path

from intake.domain.assessment.assessment import ENGINE
from intake.domain.assessment.engines import ENGINES
from intake.domain.guide.guide import Guide
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.reading import playbook
from tests.resources.test_worked_cases import CORE, VALUES, judged

FOLDER = Path(__file__).parent / "engines"


def main() -> None:
    guides = [*(judged(case)[0] for case in VALUES), *_doubted()]
    cases = [
        {"answers": guide.answers.as_json(), "assessment": ENGINES[ENGINE].assess(CORE, guide.answers).digest}
        for guide in guides
    ]
    whole = {"playbook": json.loads(playbook.to_blob(CORE)), "cases": cases}
    (FOLDER / f"engine-{ENGINE}.json.xz").write_bytes(
        lzma.compress(json.dumps(whole, sort_keys=True).encode(), preset=9)
    )


def _doubted() -> list[Guide]:
    """The first worked cases with every answer that may be unknown not known, and with every third not given."""
    found = []
    for case in VALUES[:20]:
        guide = judged(case)[0]
        unknown, fewer = guide.answers, guide.answers
        for number, name in enumerate(sorted(guide.answers)):
            if CORE.question(name).may_be_unknown and number % 2:
                unknown = unknown.given(name, Answer(None))
            if not number % 3:
                fewer = fewer.given(name, None)
        found += [Guide(CORE, unknown), Guide(CORE, fewer)]
    return found


if __name__ == "__main__":
    main()
