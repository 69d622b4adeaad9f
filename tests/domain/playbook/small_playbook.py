"""A small playbook to bend and break: two screening questions, one section, a rule of each tier, one threat and control.

``made`` loads it, with single files replaced or lines changed; the content itself has its own tests. ``complete`` answers
any playbook by chance.
"""

from __future__ import annotations

from hypothesis import strategies as st

from intake.domain.acts.envelope import Attachment
from intake.domain.guide.guide import Guide
from intake.domain.playbook.answer_checks import problem
from intake.domain.playbook.answers import DONT_KNOW, Answer, Answers, Value
from intake.domain.playbook.questions import Question, QuestionKind
from intake.domain.playbook.reading import playbook
from intake.domain.playbook.whole import Playbook

META = """
id = "small"
version = "1"
language = "en"
title = "Small"
order = ["work"]

[roles]
title = "work.title"
stage = "start.stage"

[[paths]]
tier = "minimal"
label = "Minimal"
lane = "fast"
lane_label = "Fast"
sentence = "Go on."
why = "Nothing speaks against it."
sources = ["law: 1"]
days = 1
valid_days = 365

[[paths]]
tier = "limited"
label = "Limited"
lane = "joint"
lane_label = "Joint"
sentence = "Both look at it."
why = "Two see more than one."
sources = ["law: 1"]
days = 5
valid_days = 180

[[paths]]
tier = "high"
label = "High"
lane = "joint and board notice"
lane_label = "Joint and board"
sentence = "Both look closely."
why = "Much is at stake."
sources = ["law: 1"]
days = 10
valid_days = 90

[[paths]]
tier = "prohibited"
label = "Prohibited"
lane = "stop"
lane_label = "Stop"
sentence = "Not this."
why = "The law forbids it."
sources = ["law: 2"]
"""

SCREENING = """
id = "start"
title = "Before you start"
intro = "Two questions."

[[pages]]
id = "start.page"
title = "Start"

[[pages.questions]]
id = "start.stage"
label = "Stage"
text = "What do you ask for?"
why = "The stage matters."
kind = "choice"
sources = ["law: 1"]
may_be_unknown = false
options = [{ id = "pilot", label = "A pilot" }, { id = "scaled", label = "Full use" }]

[[pages.questions]]
id = "start.bad"
label = "Bad things"
text = "Will it do bad things?"
why = "Bad things are forbidden."
kind = "yes or no"
sources = ["law: 2"]

[[routes]]
id = "stop"
title = "Stop here"
explanation = "This is forbidden."
instead = "Do something else."
stops = true
sources = ["law: 2"]
when = { question = "start.bad", is = true }

[[routes]]
id = "on"
title = "Go on"
explanation = "A short way."
minutes = 10
have_ready = ["The name"]
"""

WORK = """
id = "work"
title = "The work"
intro = "What it does."

[[pages]]
id = "work.first"
title = "First"

[[pages.questions]]
id = "work.title"
label = "Name"
text = "What is it called?"
why = "People look for it."
kind = "text"
sources = ["law: 1"]
may_be_unknown = false
most = 40

[[pages.questions]]
id = "work.story"
label = "Story"
text = "What is it for?"
why = "Nobody can judge it otherwise."
kind = "long text"
sources = ["law: 1"]
example = "It sorts the letters that arrive every morning."

[[pages.questions]]
id = "work.data"
label = "Data"
text = "Which data?"
why = "Data leaks."
kind = "choice"
sources = ["law: 1"]
boundary = "data_access.highest_class"
options = [{ id = "public", label = "Public" }, { id = "restricted", label = "Restricted" }]

[[pages]]
id = "work.second"
title = "Second"

[[pages.questions]]
id = "work.kinds"
label = "Kinds"
text = "Which kinds?"
why = "Kinds differ."
kind = "choices"
sources = ["law: 1"]
boundary = "data_access.categories"
shown_if = { question = "work.data", is = "restricted" }
options = [
    { id = "staff", label = "Staff", sets = { "data_access.personal_data" = "ordinary" } },
    { id = "health", label = "Health", sets = { "data_access.personal_data" = "special" } },
    { id = "none", label = "None", alone = true },
]

[[pages.questions]]
id = "work.users"
label = "Users"
text = "How many people?"
why = "Size matters."
kind = "number"
unit = "people"
sources = ["law: 1"]
least = 1
most = 1000
boundary = "user_permissions.max_users"

[[pages.questions]]
id = "work.systems"
label = "Systems"
text = "Which systems?"
why = "Systems can be reached."
kind = "list of texts"
sources = ["law: 1"]
required = false
most = 5
item_most = 20
boundary = "system_integration.systems"

[[pages.questions]]
id = "work.until"
label = "Until"
text = "Until when?"
why = "Things end."
kind = "date"
sources = ["law: 1"]
required_if = { question = "work.users", at_least = 100 }

[[pages.questions]]
id = "work.files"
label = "Evidence"
text = "Attach something."
why = "Seeing is believing."
kind = "files"
sources = ["law: 1"]
required = false
most = 2
"""

RULES = """
[conditions]
restricted = { question = "work.data", is = "restricted" }

[[rules]]
id = "bad"
tier = "prohibited"
sentence = "It does bad things."
sources = ["law: 2"]
when = { question = "start.bad", is = true }

[[rules]]
id = "health"
tier = "high"
sentence = "It sees health data."
sources = ["law: 1"]
when = { all = [{ named = "restricted" }, { question = "work.kinds", includes = ["health"] }] }

[[rules]]
id = "many"
tier = "limited"
sentence = "Many people use it."
sources = ["law: 1"]
when = { question = "work.users", at_least = 100 }
"""

THREATS = """
[[threats]]
id = "leak"
title = "Leak"
why = "It hurts."
area = "data_access"
sources = ["list: T1:2026"]
when = { named = "restricted" }
"""

CONTROLS = """
[[controls]]
id = "terms"
title = "Terms"
why = "They bind."
area = "data_access"
owner = "Owner"
stage = "before pilot"
evidence = ["A contract"]
sources = ["law: 1"]
mitigates = ["leak"]

[[controls]]
id = "small"
title = "Stay small"
why = "Small harms are small."
area = "user_permissions"
owner = "Owner"
stage = "before pilot"
evidence = ["A list"]
sources = ["law: 1"]
when = { tier = "limited" }
proposes = { "user_permissions.max_users" = 50 }
"""

DUTIES = """
[[duties]]
id = "tell"
text = "Tell them."
why = "They want to know."
who = "Owner"
due = "Before the start"
sources = ["law: 1"]
applies_from = "2026-08-02"
when = { question = "work.users", at_least = 10 }
"""

SOURCES = """
[[frameworks]]
id = "law"
title = "The law"
publisher = "Parliament"
version = "2026"
identifier = "Law 1/2026"
[frameworks.refs]
"1" = "First"
"2" = "Second"
"3" = "Never cited"

[[frameworks]]
id = "list"
title = "The list"
publisher = "Us"
version = "2026"
identifier = "List 2026"
[frameworks.refs]
"T1:2026" = "Leaks"
"""

FILES = {
    "meta": META,
    "screening": SCREENING,
    "work": WORK,
    "rules": RULES,
    "threats": THREATS,
    "controls": CONTROLS,
    "duties": DUTIES,
    "sources": SOURCES,
}


def files(**changed: str) -> dict[str, bytes]:
    """The files by name, some of them replaced."""
    return {f"small/{name}.toml": text.encode() for name, text in (FILES | changed).items()}


def made(**changed: str) -> Playbook:
    return playbook.load(files(**changed))


def edited(name: str, old: str, new: str) -> dict[str, bytes]:
    """The files with one passage of one file changed, which must be there."""
    assert old in FILES[name]
    return files(**{name: FILES[name].replace(old, new, 1)})


@st.composite
def complete(draw: st.DrawFn, found: Playbook) -> Answers:
    """Answers that can be filed, or are stopped: every question asked is answered, by chance, often “I don't know”."""
    guide = Guide(found)
    while True:
        waiting = [item.question for item in guide.problems]
        if not waiting:
            asked = {question.id for question in guide.known.shown}
            return Answers({name: answer for name, answer in guide.answers.items() if name in asked})
        drawn = {name: draw(answers_to(found.question(name))) for name in waiting}
        assert not any(problem(found.question(name), answer, required=True) for name, answer in drawn.items()), drawn
        guide = Guide(found, Answers({**guide.answers, **drawn}))


def answers_to(question: Question) -> st.SearchStrategy[Answer]:
    """Any answer that suits the question."""
    known: st.SearchStrategy[Value]
    match question.kind:
        case QuestionKind.CHOICE:
            known = st.sampled_from([option.id for option in question.options])
        case QuestionKind.CHOICES:
            single = st.sampled_from([(option.id,) for option in question.options])
            several = st.lists(
                st.sampled_from([option.id for option in question.options if not option.alone]), min_size=1, unique=True
            ).map(tuple)
            known = single | several
        case QuestionKind.YES_NO:
            known = st.booleans()
        case QuestionKind.NUMBER:
            known = st.sampled_from([question.least, 1, 49, 100, 500, question.most or 1]).filter(
                lambda number: number >= question.least
            )
        case QuestionKind.DATE:
            known = st.just("2026-12-01")
        case QuestionKind.TEXTS:
            known = st.lists(st.sampled_from(["Mail", "Files", "Search"]), min_size=1, max_size=3, unique=True).map(
                tuple
            )
        case QuestionKind.FILES:
            known = st.just((Attachment("a" * 64, 5, "text/plain", "notes.txt"),))
        case _:
            known = st.just("It reads the letters that come in every day."[: question.most].strip())
    values = known.map(Answer)
    return values | st.just(DONT_KNOW) if question.may_be_unknown else values
