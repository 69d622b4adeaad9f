"""With real keys and real signatures: what is stored is what was signed, and what a stranger can check."""

from __future__ import annotations

import pytest

from intake.domain.base.canonical import sha256
from intake.register.register import Register
from intake.trust.acts import verify_act
from tests.people import person


def test_a_signed_act_is_stored_as_signed_and_read_back_without_its_signature(register: Register) -> None:
    ada = person("ada")
    enrol = ada.act("enrol", _enrolment(ada))

    done = register.append([enrol])

    assert done.waiting == (enrol.act.id,)
    assert register.queries.blob_of_act(enrol.act.id) == enrol.blob
    assert register.queries.acts("") == (enrol.act,)
    assert list(register.audit()) == []
    ((_, blob_id, data),) = register.queries.every_act()
    assert (blob_id, verify_act(data)) == (sha256(enrol.blob), enrol)


def test_the_content_is_found_whatever_its_length() -> None:
    ada = person("ada")

    for length in (0, 1, 60, 127, 128, 255, 256, 9_000):
        act = ada.act("comment", {"text": "x" * (length + 1), "about": ""}, case="c" * 64, org="e" * 64)
        at, size = act.content
        assert sha256(act.blob[at : at + size]) == act.act.id


@pytest.mark.attack("second valid signature for one act", refusal="known already, the first is kept")
@pytest.mark.exhaustive
def test_a_second_signature_over_the_same_act_is_known(register: Register) -> None:
    ada = person("ada")
    one, two = (ada.act("enrol", _enrolment(ada)) for _ in range(2))

    register.append([one])
    again = register.append([two])

    assert one.blob_id != two.blob_id
    assert (again.new, again.known) == ((), (one.act.id,))


def _enrolment(who):
    from intake.domain.acts.kinds.enrol import EnrolBody

    return EnrolBody(who.name, "", who.certificate_der).as_json()
