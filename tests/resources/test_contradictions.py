"""Every contradiction of the core playbook: two answers that do not fit together, and the one that puts it right."""

from __future__ import annotations

from intake.domain.assessment.assessment import assess
from intake.domain.guide.guide import Guide
from intake.domain.playbook.answers import Answer, Value
from tests.core import CORE
from tests.each import each
from tests.filled import filled

HIRING: dict[str, Value] = {
    "start.area": ("employment",),
    "law.employment": ("hiring",),
    "law.task": "narrow",
    "law.harm": False,
    "law.swayed": False,
}
STEERS: dict[str, Value] = {"people.influence": "steers", "people.decides": ("operations",)}
GRAVE: dict[str, Value] = {"people.influence": "informs", "people.affected": ("customers",), "law.severity": "grave"}
ASKED_BY: dict[str, Value] = {"people.influence": "informs", "people.affected": ("customers",)}

# What was said, and the answer that settles it.
TABLE: dict[str, tuple[dict[str, Value], dict[str, Value]]] = {
    "decides-without-data": (
        {"people.influence": "informs", "people.decides": ("customers",)},
        {"data.personal": "ordinary"},
    ),
    "records-without-people": ({"data.categories": ("customers",)}, {"data.personal": "ordinary"}),
    "public-records": ({"start.data": "public", "data.categories": ("staff",)}, {"start.data": "confidential"}),
    "public-special": ({"start.data": "public", "data.personal": "special"}, {"start.data": "restricted"}),
    "suggests-but-writes": ({"system.access": "write"}, {"system.autonomy": "acts_with_approval"}),
    "acts-without-access": ({"system.autonomy": "acts_with_veto"}, {"system.access": "write"}),
    "agent-that-suggests": ({"start.ai": "agent"}, {"system.autonomy": "acts_with_approval"}),
    "alone-but-checked": ({"system.autonomy": "acts_alone", "oversight.check": "each"}, {"oversight.check": "sample"}),
    "decides-but-checked": (
        {"people.influence": "decides", "people.decides": ("operations",), "oversight.check": "each"},
        {"people.influence": "informs"},
    ),
    "no-influence-but-alone": ({"system.autonomy": "acts_alone"}, {"people.influence": "decides"}),
    "nobody-outside": (
        {"people.affected": ("nobody",), "people.reach": "direct"},
        {"people.affected": ("customers",)},
    ),
    "nobody-in-special-area": ({**HIRING, "people.affected": ("nobody",)}, {"people.affected": ("applicants",)}),
    "talks-inside-only": ({"law.open": ("talks",), "people.reach": "user"}, {"people.reach": "direct"}),
    "direct-without-notice": ({"people.reach": "direct", "law.open": ("none",)}, {"law.open": ("talks",)}),
    "staff-outside-work": (
        {"people.influence": "steers", "people.decides": ("staff",)},
        {"start.area": ("employment",)},
    ),
    "work-without-point": (
        {
            "start.area": ("employment",),
            "law.employment": ("none",),
            "people.influence": "informs",
            "people.decides": ("staff",),
        },
        {"law.employment": ("managing",)},
    ),
    "emotions-allowed": (
        {"start.area": ("biometrics",), "law.biometrics": ("emotions",), "people.affected": ("staff",)},
        {"people.affected": ("customers",)},
    ),
    "told-about-bodies": (
        {"start.area": ("biometrics",), "law.biometrics": ("emotions",), "law.open": ("none",)},
        {"law.open": ("bodies",)},
    ),
    "live-or-later": (
        {"start.area": ("biometrics", "police"), "law.biometrics": ("identify",)},
        {"law.biometrics": ("none",)},
    ),
    "bodies-without-data": ({"start.area": ("biometrics",)}, {"data.personal": "special"}),
    "narrow-but-followed": ({**HIRING, **STEERS}, {"law.task": "none"}),
    "not-swayed-but-followed": ({**HIRING, **STEERS}, {"law.swayed": True}),
    "profiles-without-profiling": (
        {"start.area": ("services",), "law.services": ("credit",)},
        {"law.profiling": True},
    ),
    "harmless-but-grave": ({**HIRING, **GRAVE}, {"law.harm": True}),
    "slight-for-good": ({**ASKED_BY, "law.severity": "slight", "law.duration": "lasting"}, {"law.severity": "serious"}),
    "own-model-trains-others": ({"security.supplier": ("own",), "data.training": True}, {"data.training": False}),
    "own-model-not-provider": ({"security.supplier": ("own",), "law.places": ("eu",)}, {"law.role": ("own",)}),
    "logs-too-short": (
        {**HIRING, "law.task": "none", "law.places": ("eu",), "security.logs": 30},
        {"security.logs": 180},
    ),
    "traced-but-not-kept": (
        {"data.prompts": 0, "data.outputs": 0, "system.access": "read", "security.logs": 365},
        {"data.prompts": 365},
    ),
    "web-without-network": (
        {"data.reads": ("web",), "system.access": "read", "system.network": "internal"},
        {"system.network": "allowlist"},
    ),
    "mail-without-access": ({"data.reads": ("messages",)}, {"system.access": "read"}),
    "large-pilot": ({"people.number": 4000}, {"people.number": 40}),
    "agency-elsewhere": ({"law.body": "us_federal", "law.places": ("canada",)}, {"law.places": ("canada", "us")}),
    "institution-elsewhere": ({"law.body": "canada_federal", "law.places": ("us",)}, {"law.places": ("canada",)}),
    "outputs-decide-nothing": ({"system.outputs": ("decision",)}, {"people.influence": "decides"}),
    "outputs-act-but-suggests": ({"system.outputs": ("action",)}, {"system.autonomy": "acts_with_approval"}),
    "built-but-only-used": (
        {"start.ai": "agent", "system.origin": "own", "law.places": ("eu",)},
        {"law.role": ("deployer", "own")},
    ),
    "rights-assessment-refused": (
        {**HIRING, "law.task": "none", "law.places": ("eu",), "law.body": "public", "people.fria": "unneeded"},
        {"people.fria": "working"},
    ),
    "protection-assessment-refused": (
        {**HIRING, "law.task": "none", "law.places": ("eu",), "data.personal": "special", "data.dpia": "unneeded"},
        {"data.dpia": "working"},
    ),
    "staff-not-at-work": (
        {**HIRING, "law.task": "none", "people.affected": ("staff",), "people.workers": "unconcerned"},
        {"people.workers": "told"},
    ),
    "no-right-touched": (
        {**GRAVE, "start.data": "confidential", "people.rights": ("none",)},
        {"people.rights": ("health",)},
    ),
}


@each("name", TABLE)
def test_answers_that_do_not_fit_together_are_pointed_out_and_block_nothing(name):
    said, _ = TABLE[name]

    guide = filled(CORE, dict(said))

    assert name in {item.contradiction.id for item in assess(CORE, guide.answers).contradictions}
    assert name in {item.contradiction.id for item in guide.contradictions}
    assert guide.filed()


@each("name", TABLE)
def test_the_answer_that_settles_it_settles_it(name):
    said, settled = TABLE[name]
    guide = filled(CORE, dict(said))

    for question, value in settled.items():
        guide = guide.put(question, Answer(value))

    assert name not in {item.contradiction.id for item in assess(CORE, guide.answers).contradictions}


def test_every_contradiction_is_in_the_table():
    assert [item.id for item in CORE.contradictions] == list(TABLE)


def test_mild_answers_hold_no_contradiction():
    assert Guide(CORE).contradictions == ()
    assert filled(CORE).contradictions == ()


@each("name", TABLE)
def test_i_do_not_know_contradicts_nothing(name):
    guide = filled(CORE, dict(TABLE[name][0]))
    found = next(item for item in guide.contradictions if item.contradiction.id == name)

    for fact in found.facts:
        if CORE.question(fact.question).may_be_unknown:
            doubtful = guide.put(fact.question, Answer(None))
            assert name not in {item.contradiction.id for item in doubtful.contradictions}, fact.question
