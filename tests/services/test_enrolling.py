"""Enrolling with two keys: one signs, one decrypts, and each is proved to be the same person's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.acts.kinds.enrol import EnrolBody
from intake.domain.organisation.changes import KeyExists
from intake.domain.organisation.roster import Role, Use
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation import people
from intake.trust.acts import VerifiedAct
from intake.trust.encryption.refusals import ReaderKeyNotProved
from tests.people import person
from tests.services.hostile import by_hand
from tests.services.offices import Offices


def asks(bob: Installation, body: EnrolBody) -> str:
    """An enrolment by Zoe with this body, brought to Bob; gives the id of the act."""
    made: VerifiedAct = by_hand(person("zoe").key, "enrol", body.as_json(), org="", at=bob.clock(), who="zoe")
    bob.register.append([made])
    return made.act.id


def honest() -> EnrolBody:
    zoe = person("zoe")
    return EnrolBody("Zoe", "", zoe.certificate_der, zoe.reader.certificate_der, zoe.reader.prove(zoe.fingerprint))


def test_who_enrols_is_listed_with_both_keys(offices: Offices) -> None:
    bob = offices.installations["bob"]

    document = people.to_list(bob, "bob", asks(bob, honest()), (Role.AUDITOR,))

    listed = document.person("zoe")
    assert listed is not None
    assert {item.use: item.sha256 for item in listed.certificates} == {
        Use.SIGN: person("zoe").fingerprint,
        Use.DECRYPT: person("zoe").reader.fingerprint,
    }


def test_founders_are_listed_with_both_keys(offices: Offices) -> None:
    roster = offices.installations["ada"].rosters.newest

    assert roster is not None
    assert {tuple(sorted(item.use for item in one.certificates)) for one in roster.people} == {("decrypt", "sign")}


def test_a_key_that_decrypts_signs_nothing(offices: Offices) -> None:
    rosters = offices.installations["ada"].rosters

    assert rosters.listed("ada", person("ada").fingerprint)
    assert not rosters.listed("ada", person("ada").reader.fingerprint)


@pytest.mark.attack("enrolling with the reader key of somebody else", refusal="ReaderKeyNotProved")
def test_the_reader_key_of_another_is_not_listed(offices: Offices) -> None:
    bob, mallory = offices.installations["bob"], person("mallory").reader
    # What is meant for Zoe would be read by Mallory.
    stolen = replace(honest(), reader=mallory.certificate_der)

    with pytest.raises(ReaderKeyNotProved):
        people.to_list(bob, "bob", asks(bob, stolen), (Role.AUDITOR,))


@pytest.mark.attack("a proof that a reader key is one's own, replayed by another", refusal="ReaderKeyNotProved")
def test_a_proof_for_another_signing_key_is_none(offices: Offices) -> None:
    bob, ada = offices.installations["bob"], person("ada")
    replayed = replace(
        honest(), reader=ada.reader.certificate_der, possession=ada.reader.prove(person("ada").fingerprint)
    )

    with pytest.raises(ReaderKeyNotProved):
        people.to_list(bob, "bob", asks(bob, replayed), (Role.AUDITOR,))


def test_a_reader_key_is_listed_for_one_person_only(offices: Offices) -> None:
    bob, ada = offices.installations["bob"], person("ada")
    # Even where Ada helps: what is meant for one of two could be read by the other.
    shared = replace(
        honest(), reader=ada.reader.certificate_der, possession=ada.reader.prove(person("zoe").fingerprint)
    )

    with pytest.raises(KeyExists):
        people.to_list(bob, "bob", asks(bob, shared), (Role.AUDITOR,))


def test_somebody_without_a_reader_key_can_be_listed(offices: Offices) -> None:
    bob = offices.installations["bob"]

    document = people.to_list(bob, "bob", asks(bob, EnrolBody("Zoe", "", person("zoe").certificate_der)), ())

    assert [item.use for item in document.people.by_id["zoe"].certificates] == [Use.SIGN]


def test_the_keys_that_sign_here_prove_each_other(offices: Offices) -> None:
    ada, zoe = offices.installations["ada"], person("zoe")

    made = people.enrol(ada, PersonWithKey("zoe", zoe.key, zoe.reader), name="Zoe", unit="")

    [asked] = [item for item in people.enrolments(ada) if item.act == made.act.id]
    assert asked.reader == zoe.reader.certificate_der
