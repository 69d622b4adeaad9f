"""What a playbook explains: every item once, with reason and sources, found by any of its words, never an address."""

from __future__ import annotations

import resources
from intake.domain.playbook.explained import Topic, explained, fold, found, key_of
from intake.services.installation.workspace import read_playbook
from tests.counting import calls

PLAYBOOK = read_playbook(resources.read, resources.names)
ITEMS = explained(PLAYBOOK)


def test_every_item_of_the_playbook_is_explained_once() -> None:
    wanted = [
        *(key_of(Topic.QUESTION, item.id) for item in PLAYBOOK.questions),
        *(key_of(Topic.RULE, item.id) for item in PLAYBOOK.rules),
        *(key_of(Topic.PATH, item.tier.value) for item in PLAYBOOK.paths),
        *(key_of(Topic.CLASSIFICATION, item.id) for item in PLAYBOOK.classifications),
        *(key_of(Topic.THREAT, item.id) for item in PLAYBOOK.threats),
        *(key_of(Topic.CONTROL, item.id) for item in PLAYBOOK.controls),
        *(key_of(Topic.DUTY, item.id) for item in PLAYBOOK.duties),
        *(key_of(Topic.CONTRADICTION, item.id) for item in PLAYBOOK.contradictions),
    ]

    assert [item.key for item in ITEMS] == wanted


def test_every_item_has_a_reason_and_a_source_with_title_and_identifier() -> None:
    assert [item.key for item in ITEMS if not item.why or not item.sources] == []
    assert [source for item in ITEMS for source in item.sources if not source.title or not source.identifier] == []


def test_no_web_address_is_shown() -> None:
    shown = [item.folded for item in ITEMS]

    assert [text for text in shown if "http:" in text or "https:" in text or "www." in text] == []


def test_what_is_related_is_explained_itself() -> None:
    known = {item.key for item in ITEMS}

    assert [related.key for item in ITEMS for related in item.related if related.key not in known] == []


def test_a_threat_leads_to_its_controls_and_they_lead_back() -> None:
    threats = {item.id for item in PLAYBOOK.threats}
    control = next(item for item in PLAYBOOK.controls if set(item.mitigates) & threats)
    threat = next(name for name in control.mitigates if name in threats)
    by_key = {item.key: item for item in ITEMS}

    forth = by_key[key_of(Topic.THREAT, threat)].related
    back = by_key[key_of(Topic.CONTROL, control.id)].related

    assert key_of(Topic.CONTROL, control.id) in {item.key for item in forth}
    assert key_of(Topic.THREAT, threat) in {item.key for item in back}


def test_every_word_must_occur_in_any_order_case_or_accent() -> None:
    question = PLAYBOOK.questions[0]
    words = question.why.split()

    assert key_of(Topic.QUESTION, question.id) in {item.key for item in found(ITEMS, f"{words[-1].upper()} {words[0]}")}
    assert found(ITEMS, "no-such-word-anywhere") == ()
    assert found(ITEMS, "  ") == ITEMS
    assert fold("Règle İ") == fold("regle i̇")


def test_an_item_is_found_by_its_framework() -> None:
    item = next(item for item in ITEMS if item.topic is Topic.RULE)

    assert item in found(ITEMS, item.sources[0].framework)
    assert item in found(ITEMS, item.sources[0].ref)


def test_a_search_looks_at_each_item_and_folds_none_of_them_again() -> None:
    assert calls(lambda: found(ITEMS, "data personal")) < 5 * len(ITEMS)
