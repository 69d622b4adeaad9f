"""Threats, controls and chapters of the core playbook: nothing of the catalogues missing, everything explained, no noise."""

from __future__ import annotations

import re
import tomllib

import resources
from intake.domain.assessment.assessment import assess
from intake.domain.assessment.proposal import propose
from intake.domain.guide.asked import asked
from intake.domain.playbook import rules
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.judged import Area, ControlStage
from intake.domain.playbook.rules import All, AnyOf, FromTier, Not, Says
from intake.domain.terms.boundaries import Boundary, Form
from intake.domain.terms.field_tables import PLAYBOOK_TABLE
from intake.domain.terms.tier import Tier
from tests.core import CORE
from tests.each import each
from tests.filled import filled

THREATS = {threat.id: threat for threat in CORE.threats}
CONTROLS = {control.id: control for control in CORE.controls}
CITED = {f"{source.framework}: {source.ref}" for threat in CORE.threats for source in threat.sources}

# OWASP renumbered the list between its editions: each entry of 2025 with its successor of 2026.
CROSSWALK = {
    "LLM01:2025": "LLM01:2026",
    "LLM02:2025": "LLM02:2026",
    "LLM03:2025": "LLM04:2026",
    "LLM04:2025": "LLM05:2026",
    "LLM05:2025": "LLM10:2026",
    "LLM06:2025": "LLM03:2026",
    "LLM07:2025": "LLM08:2026",
    "LLM08:2025": "LLM09:2026",
    "LLM09:2025": "LLM07:2026",
    "LLM10:2025": "LLM06:2026",
}

ATLAS = """
    T0010 T0010.001 T0010.003 T0010.005 T0011 T0012 T0018 T0020 T0024 T0025 T0029 T0031 T0034 T0034.002 T0036 T0040 T0047
    T0048 T0051 T0051.000 T0051.001 T0051.002 T0052 T0053 T0054 T0055 T0056 T0057 T0060 T0066 T0067 T0068 T0070 T0071
    T0077 T0080 T0081 T0082 T0083 T0085 T0086 T0091 T0093 T0098 T0099 T0100 T0101 T0105 T0108 T0109 T0110 T0112 T0115
    T0130 T0131 T0132
""".split()

# The consolidated list of 45 controls: number, title, and what covers it here. None were merged, so a control that covers
# a number covers that one alone; three numbers are covered by two controls.
CONSOLIDATED = [
    (1, "Data classes allowed in prompts", ["allowed-data"]),
    (2, "Permission-aware retrieval", ["own-permissions"]),
    (3, "Redaction and leak prevention on prompts and answers", ["redaction"]),
    (4, "Vendor data-use, retention and location terms", ["provider-terms"]),
    (5, "Vetted and traceable knowledge and training data", ["known-sources"]),
    (6, "Minimise and time-limit prompt and log data", ["short-memory"]),
    (7, "Intended use and forbidden use statement", ["stated-use"]),
    (8, "Approved models and pinned versions", ["fixed-version"]),
    (9, "Model change control with re-evaluation", ["change-control"]),
    (10, "Pre-deployment evaluation against thresholds", ["evaluation", "fair-test"]),
    (11, "AI red teaming", ["red-team"]),
    (12, "Grounding and source checks", ["shown-sources"]),
    (13, "Guardrails on inputs, outputs and actions", ["filters"]),
    (14, "No secrets or access rules in prompts", ["no-secrets-in-prompts"]),
    (15, "Bill of materials and artefact verification", ["bill-of-materials"]),
    (16, "AI supplier due diligence", ["supplier-check"]),
    (17, "Tool allow-list with least privilege", ["listed-tools"]),
    (18, "Human approval for consequential actions", ["human-approval"]),
    (19, "Restrict tools when untrusted content is present", ["strangers-disarm"]),
    (20, "Validate output before other systems use it", ["checked-output"]),
    (21, "Isolate code execution", ["isolation"]),
    (22, "Network segmentation and outbound control", ["listed-ways-out"]),
    (23, "Protect agent memory and context", ["guarded-memory"]),
    (24, "Secrets management for AI components", ["kept-keys"]),
    (25, "Rate, cost and loop limits", ["limits"]),
    (26, "Kill switch, rollback and fallback", ["stop-switch"]),
    (27, "Authenticated agent-to-agent traffic", ["agent-passports"]),
    (28, "Single sign-on, strong authentication, roles and recertification", ["own-sign-in"]),
    (29, "Distinct agent identity acting within the user's rights", ["agent-identity"]),
    (30, "AI literacy and acceptable use", ["trained-users"]),
    (31, "Disclosure and labelling", ["told-people", "likeness-rules"]),
    (32, "Use-case inventory", ["inventory"]),
    (33, "Joint CIO and CISO approval with recorded risk acceptance", ["accepted-risk"]),
    (34, "Risk tier and legal classification", ["legal-class"]),
    (35, "Impact assessment", ["impact-assessment"]),
    (36, "Named and effective human oversight", ["named-oversight"]),
    (37, "Logging and audit trail", ["logs"]),
    (38, "Monitoring, drift and key risk indicators", ["monitoring"]),
    (39, "AI incident response and reporting", ["incident-plan"]),
    (40, "Advisory watch and event-triggered re-review", ["advisory-watch"]),
    (41, "Pilot limits and scale-up gate", ["small-pilot", "pilot-gate"]),
    (42, "Signed decision record and archive", ["sealed-record"]),
    (43, "Feedback, complaint and appeal channel", ["complaints"]),
    (44, "Intellectual property and content rights check", ["content-rights"]),
    (45, "Retirement and decommissioning", ["retirement"]),
]
BETTER = {"code-review", "guarded-talk", "hardened-service", "value-check"}


@each(("old", "new"), CROSSWALK.items())
def test_both_editions_of_the_owasp_list_are_cited_and_name_the_same_threat(old, new):
    both = [
        threat
        for threat in CORE.threats
        if {("owasp-llm-2025", old), ("owasp-llm-2026", new)}
        <= {(source.framework, source.ref) for source in threat.sources}
    ]

    assert both


@each("number", range(1, 11))
def test_every_entry_of_the_agentic_list_is_cited(number):
    assert f"owasp-agentic-2026: ASI{number:02}:2026" in CITED


@each("technique", ATLAS)
def test_every_technique_of_the_catalogue_belongs_to_a_threat(technique):
    assert f"mitre-atlas: AML.{technique}" in CITED


@each(("number", "title", "covered_by"), CONSOLIDATED, ids=[f"CTL-{row[0]:02}" for row in CONSOLIDATED])
def test_every_consolidated_control_is_covered(number, title, covered_by):
    assert title
    assert set(covered_by) <= CONTROLS.keys(), number


def test_every_control_covers_one_consolidated_control_or_is_one_of_ours():
    covering = [name for _, _, names in CONSOLIDATED for name in names]

    assert len(covering) == len(set(covering))
    assert set(covering) | BETTER == set(CONTROLS)


@each("threat", THREATS)
def test_every_threat_has_a_control_that_answers_it(threat):
    assert [control.id for control in CORE.controls if threat in control.mitigates]


@each("control", CORE.controls, ids=lambda control: control.id)
def test_every_control_says_what_to_do_who_does_it_until_when_and_how_anybody_can_tell(control):
    assert 1 <= len(re.findall(r"[.?!](?:\s|$)", control.text)) <= 2
    assert re.fullmatch(r"[A-Z“].+\.", control.text)
    assert re.fullmatch(r"[A-Z“][^.?!]+\.", control.why)
    assert control.owner in {"Business owner", "CIO", "CISO", "CIO and CISO", "Records team"}
    assert control.stage in ControlStage
    assert 2 <= len(control.evidence) <= 4
    assert not any(item.endswith(".") for item in control.evidence)
    assert {"nist-ai-rmf", "mitre-atlas", "eu-ai-act"} & {source.framework for source in control.sources}


def test_every_area_has_threats_and_controls_and_every_step_has_controls():
    for area in Area:
        assert [threat for threat in CORE.threats if threat.area is area], area
        assert len([control for control in CORE.controls if control.area is area]) >= 5, area
    assert {control.stage for control in CORE.controls} == set(ControlStage)
    assert {area.value for area in Area} == {item.value for item in Boundary} | {"governance"}


def test_a_title_names_one_thing_only():
    titles = [
        *(threat.title for threat in CORE.threats),
        *(control.title for control in CORE.controls),
        *(chapter.title for chapter in CORE.chapters),
    ]
    reasons = [*(threat.why for threat in CORE.threats), *(control.why for control in CORE.controls)]

    assert len(titles) == len(set(titles))
    assert len(reasons) == len(set(reasons))


# --- reasons: whatever is shown can say why ---


def gives_a_reason(condition):
    """Whether a condition that holds always names an answer (a tier alone names none)."""
    match condition:
        case Says():
            return True
        case FromTier() | None:
            return False
        case Not(part):
            # A question that is not asked makes “not” hold without any answer to show.
            return all(CORE.question(name).shown_if is None for name in rules.questions(part)) and gives_a_reason(part)
        case All(parts):
            return any(gives_a_reason(part) for part in parts)
        case AnyOf(parts):
            return all(gives_a_reason(part) for part in parts)
    raise AssertionError(condition)


@each("threat", CORE.threats, ids=lambda threat: threat.id)
def test_every_threat_shows_the_answers_that_make_it_possible(threat):
    assert gives_a_reason(threat.when)


@each("control", CORE.controls, ids=lambda control: control.id)
def test_every_control_shows_a_threat_or_an_answer_that_calls_for_it(control):
    assert control.mitigates or gives_a_reason(control.when)


# --- proposals only ever tighten ---


def looseness(path, value):
    field = PLAYBOOK_TABLE.field(path)
    if field.form is Form.CHOICE:
        return [name for name, _ in field.choices].index(value)
    if field.form is Form.MONEY:
        return len(value) and int(value.split()[1])
    if field.form is Form.SET:
        return len(value) if field.wider else -len(value)
    return value if field.wider else -value


@each("control", [item for item in CORE.controls if item.proposes], ids=lambda control: control.id)
def test_every_proposal_rules_something_out(control):
    for path, value in control.proposes:
        field = PLAYBOOK_TABLE.field(path)
        if field.form is Form.CHOICE:
            assert value != field.choices[-1][0]
        elif field.form is Form.FLAG:
            assert value is not field.wider
        else:
            assert field.form is Form.NUMBER
            assert value > 0


def case(**given):
    """Answers by section and word; ``filled`` gives the mildest answer to whatever is not named."""
    return {name.replace("_", ".", 1): value for name, value in given.items()}


BASE = case(
    start_area=("none",), start_practices=("none",), data_training=False, data_regions=("eu",),
    data_prompts=30, data_outputs=30, security_logs=365,
)  # fmt: skip
CASES = {
    "a public idea": BASE | case(
        start_ai="generative", start_stage="idea", start_data="public", security_supplier=("terms",)
    ),
    "meeting notes": BASE | case(
        start_ai="generative", start_stage="pilot", start_data="internal",
        system_autonomy="drafts", system_access="none",
        data_categories=("documents",), data_personal="none", data_reads=("nothing",),
        people_number=20, people_reach="colleagues", people_influence="none", people_affected=("nobody",),
        oversight_check="each", security_supplier=("terms",), security_logs=90,
    ),
    "chatbot": BASE | case(
        start_ai="generative", start_stage="scaled", start_data="confidential",
        system_autonomy="drafts", system_access="read", system_network="none", system_hosting="tenant",
        security_rights="settled",
        data_categories=("public", "customers"), data_personal="ordinary", data_reads=("documents", "messages"),
        people_number=5000, people_reach="direct", people_influence="informs", people_decides=("customers",),
        people_affected=("customers",), oversight_check="sample",
        security_supplier=("terms", "security", "instructions"),
    ),
    "CV screening": BASE | case(
        start_ai="predictive", system_technique="language", start_stage="pilot", start_data="confidential", start_area=("employment",),
        law_employment=("hiring",), law_task="none", law_profiling=True,
        system_autonomy="suggests", system_access="read", system_network="none", system_hosting="provider",
        data_categories=("applicants",), data_personal="special", data_reads=("uploads",), data_prompts=180,
        data_outputs=180, people_number=12, people_reach="user", people_influence="steers", people_decides=("staff",),
        people_affected=("applicants",), oversight_check="sample", security_supplier=("terms", "instructions"),
    ),
    "code assistant": BASE | case(
        start_ai="generative", start_stage="pilot", start_data="confidential",
        system_autonomy="drafts", system_access="read", system_network="none", system_hosting="tenant",
        security_rights="unsettled",
        data_categories=("code",), data_personal="none", data_reads=("documents",),
        people_number=40, people_reach="user", people_influence="informs", people_decides=("product",),
        people_affected=("nobody",), oversight_check="each", security_supplier=("terms", "security"), security_logs=90,
    ),
    "forecasting": BASE | case(
        start_ai="predictive", start_stage="scaled", start_data="internal",
        system_autonomy="suggests", system_access="read", system_network="none",
        data_categories=("finance", "sensors"), data_personal="none", data_reads=("documents", "tuned"),
        data_outputs=400, people_number=15, people_reach="colleagues", people_influence="informs",
        people_decides=("forecasts", "operations"), people_affected=("nobody",), oversight_check="sample",
        security_supplier=("own",), data_regions=("own",),
    ),
    "agent": BASE | case(
        start_ai="agent", start_stage="scaled", start_data="confidential",
        system_autonomy="acts_with_veto", system_access="write", system_network="internet", system_code=False,
        system_identity="own", system_interfaces=("agents", "protocol"), system_hosting="provider",
        security_rights="inside",
        data_categories=("messages", "customers"), data_personal="ordinary",
        data_reads=("documents", "messages", "memory"), people_number=60, people_reach="checked",
        people_influence="decides", people_decides=("operations",), people_affected=("customers",),
        oversight_check="alarm", security_supplier=("terms", "security"), security_logs=90,
    ),
    "fraud alarm": BASE | case(
        start_ai="predictive", start_stage="pilot", start_data="confidential",
        system_autonomy="suggests", system_access="read", system_network="none", system_hosting="provider",
        system_identity="own", data_categories=("finance",), data_personal="ordinary", data_reads=("documents",),
        people_number=12, people_reach="user", people_influence="steers", people_decides=("security",),
        people_affected=("customers",), oversight_check="each", security_supplier=("terms",), security_attractive="much",
    ),
    "advertising film": BASE | case(
        start_ai="generative", start_stage="pilot", start_data="internal", law_places=("eu",),
        law_open=("makes", "fakes"), system_autonomy="drafts", system_access="none", data_categories=("media",),
        data_personal="ordinary", data_reads=("nothing",), people_number=5, people_reach="checked",
        people_influence="none", people_affected=("customers",), oversight_check="each", security_supplier=("terms",),
    ),
}  # fmt: skip
EXPECTED = {
    "a public idea": "",
    "meeting notes": "data-leak",
    "chatbot": """
        data-leak poisoned-sources silent-change misinformation jailbreak hidden-context bent-advice prompt-injection
        unsafe-output retrieval-leak runaway-use unequal standstill
    """,
    "CV screening": """
        data-leak old-copies silent-change wrong-score bent-advice tired-checking unequal unheard missed-law
    """,
    "code assistant": """
        data-leak silent-change misinformation unsafe-code retrieval-leak found-keys others-rights
    """,
    "forecasting": "data-leak poisoned-training own-service wrong-score drift",
    "agent": """
        data-leak exfiltration poisoned-sources silent-change misinformation drift hidden-context bent-advice
        prompt-injection goal-hijack excessive-agency unsafe-output bad-tools poisoned-memory agents-together cascade
        rogue-agent retrieval-leak borrowed-rights found-keys runaway-use no-trace standstill
    """,
    "fraud alarm": "data-leak silent-change wrong-score evasion tired-checking",
    "advertising film": "data-leak silent-change misinformation likeness forbidden-pictures",
}


GUIDES = {name: filled(CORE, given) for name, given in CASES.items()}
ASSESSED = {name: assess(CORE, guide.answers) for name, guide in GUIDES.items()}


def controls_of(name):
    return {item.control.id for item in ASSESSED[name].controls}


@each("name", CASES)
def test_a_case_meets_exactly_these_threats(name):
    assert {item.threat.id for item in ASSESSED[name].threats} == set(EXPECTED[name].split())


@each("name", CASES)
def test_whatever_a_case_is_shown_comes_with_its_reason(name):
    made = ASSESSED[name]

    for matched in made.threats:
        assert matched.facts
        assert matched.certain
    for called in made.controls:
        assert called.facts or called.threats
        assert called.certain


def test_no_threat_applies_to_everything():
    quiet = {item.threat.id for item in ASSESSED["a public idea"].threats}

    assert quiet == set()
    assert {threat for words in EXPECTED.values() for threat in words.split()} <= THREATS.keys()


def test_a_harmless_pilot_gets_few_controls_and_an_idea_none():
    assert ASSESSED["meeting notes"].tier is Tier.MINIMAL
    assert controls_of("meeting notes") == {"allowed-data", "provider-terms", "trained-users"}
    assert controls_of("a public idea") == set()


def test_an_idea_shows_only_what_its_few_answers_can_tell():
    given = case(start_stage="idea", start_ai="agent", start_data="confidential", start_practices=("none",))
    made = assess(CORE, filled(CORE, given | case(start_area=("none",))).answers)

    assert {item.threat.id for item in made.threats} == {"data-leak", "excessive-agency", "runaway-use"}
    assert len(made.controls) <= 8


def from_template(name):
    """The template, and what its owner would have to add for an ordinary service of a provider."""
    table = tomllib.loads(resources.read(f"playbook/templates/{name}.toml").decode())["answers"]
    given = {
        f"{section}.{word}": tuple(value) if isinstance(value, list) else value
        for section, words in table.items()
        for word, value in words.items()
    }
    ordinary = case(security_supplier=("terms", "security"), data_regions=("eu",), system_hosting="provider")
    return assess(CORE, filled(CORE, ordinary | given).answers)


@each("name", ["1-meeting-notes", "2-drafting-assistant", "7-forecasting"])
def test_the_everyday_templates_get_eight_controls_at_most(name):
    assert 1 <= len(from_template(name).controls) <= 8


@each("name", ["5-cv-screening", "8-agent-with-tools"])
def test_the_grave_templates_get_many(name):
    assert len(from_template(name).controls) >= 18


def test_a_case_in_which_people_are_judged_gets_what_protects_them():
    assert ASSESSED["CV screening"].tier is Tier.HIGH
    assert controls_of("CV screening") >= {
        "complaints", "evaluation", "fair-test", "impact-assessment", "incident-plan", "legal-class", "named-oversight",
        "red-team", "short-memory", "small-pilot", "told-people",
    }  # fmt: skip
    assert len(controls_of("CV screening")) >= 18


def test_an_agent_with_tools_gets_what_limits_it():
    assert ASSESSED["agent"].tier is Tier.HIGH
    assert controls_of("agent") >= {
        "agent-identity", "checked-output", "filters", "guarded-memory", "human-approval", "kept-keys", "limits",
        "listed-tools", "listed-ways-out", "logs", "monitoring", "red-team", "stop-switch", "strangers-disarm",
    }  # fmt: skip
    assert len(controls_of("agent")) >= 30


def test_what_only_a_full_use_needs_is_not_asked_of_a_pilot():
    later = {"advisory-watch", "inventory", "retirement", "sealed-record", "value-check"}

    assert not later & (controls_of("CV screening") | controls_of("code assistant"))
    assert later <= controls_of("chatbot")
    assert {"inventory", "retirement", "value-check"} <= controls_of("forecasting")


@each("name", CASES)
def test_controls_draw_boundaries_in_and_never_out(name):
    known = asked(CORE, GUIDES[name].answers)
    wanted, _ = propose(known, ())
    drawn, _ = propose(known, (item.control for item in ASSESSED[name].controls))

    for field in PLAYBOOK_TABLE.fields:
        if field.form is not Form.TEXT:
            assert looseness(field.path, drawn[field.path]) <= looseness(field.path, wanted[field.path]), field.path


def test_an_agent_that_asked_to_act_freely_is_proposed_to_ask_first():
    drawn = ASSESSED["agent"].boundaries

    assert drawn["model_scope.autonomy"] == "acts_with_approval"
    assert drawn["system_integration.network"] == "allowlist"
    assert drawn["user_permissions.training_needed"] is True


def test_what_pays_or_moves_things_waits_for_a_person():
    found = assess(CORE, GUIDES["agent"].put("system.interfaces", ["devices", "money"]).answers)
    called = {item.control.id: item.threats for item in found.controls}

    assert "real-effects" in {item.threat.id for item in found.threats}
    assert "real-effects" in called["human-approval"]


def test_a_chatbot_for_pupils_meets_one_more_threat_and_knows_when_to_fetch_a_person():
    found = assess(CORE, GUIDES["chatbot"].put("people.affected", ["children"]).answers)

    assert {item.threat.id for item in found.threats} == {*EXPECTED["chatbot"].split(), "easy-prey"}
    assert "guarded-talk" in {item.control.id for item in found.controls}


def test_a_doubt_shows_a_threat_as_possible_and_not_as_certain():
    answers = GUIDES["chatbot"].put("security.supplier", Answer(None)).answers
    found = {item.threat.id: item.certain for item in assess(CORE, answers).threats}

    assert found["silent-change"] is False
    assert found["weak-supplier"] is False
    assert found["jailbreak"] is True


# --- chapters ---


def test_the_chapters_are_few_and_tell_the_whole_story():
    assert [chapter.id for chapter in CORE.chapters] == [
        "two-offices", "before-scale", "data-that-leaves", "hidden-instructions", "too-much-power",
        "wrong-but-convincing", "people-who-are-judged", "keeping-watch", "your-duties",
    ]  # fmt: skip


@each("chapter", CORE.chapters, ids=lambda chapter: chapter.id)
def test_a_chapter_is_read_in_two_to_three_minutes(chapter):
    words = sum(len(paragraph.split()) for paragraph in chapter.text)

    # People read about 170 words a minute when they want to remember what they read.
    assert 340 <= words <= 510
    assert 3 <= len(chapter.text) <= 6
    assert len(chapter.sources) >= 5
    assert all(len(paragraph) <= 900 for paragraph in chapter.text)
