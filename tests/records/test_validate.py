"""Verdicts: what passes, what is missing, and every known way to deceive."""

from __future__ import annotations

import pytest
from pyhanko.sign.fields import MDPPerm

from intake.domain.base.canonical import sha256
from intake.domain.base.wording import words
from intake.records.proof.validate import validate_record
from intake.records.proof.verdict import UPDATE, Indication, Reprint, Sealed, SubIndication, VerifierKnowledge
from intake.records.reading import structure
from intake.records.refusals import NotARecord
from intake.trust.refusals import HighSignatureValue
from tests.records import attacks, contents
from tests.records.sections import respelled

FAILED, UNSURE = Indication.FAILED, Indication.INDETERMINATE
FORMAT = SubIndication.FORMAT_FAILURE
CONSTRAINTS = SubIndication.SIG_CONSTRAINTS_FAILURE
NO_CHAIN = SubIndication.NO_CERTIFICATE_CHAIN_FOUND


def found(verdict):
    return verdict.indication, verdict.sub_indication


# ------------------------------------------------------------------------------------------------------ what passes
@pytest.mark.parametrize("order", [("CIO", "CISO"), ("CISO", "CIO")])
def test_a_record_signed_by_both_passes_in_either_order(installation, base, order):
    pdf = installation.sign(installation.sign(base, order[0]), order[1])

    verdict = validate_record(pdf, installation.evidence(base))

    assert verdict.passed
    assert verdict.sub_indication is None
    assert [item.field for item in verdict.signatures] == list(order)
    assert {item.name for item in verdict.signatures} == {"Ada Okonkwo", "Grace Lindqvist"}
    assert {item.level for item in verdict.signatures} == {"B-B"}
    assert verdict.base_sha256 == sha256(base)
    assert "Ada Okonkwo" in verdict.sentence


def test_the_sealed_file_itself_passes(installation, base, both):
    sealed = Sealed(len(both), sha256(both))

    verdict = validate_record(both, installation.evidence(base, sealed=(sealed,)))

    assert verdict.passed
    assert "It is the file that was sealed." in verdict.checked


@pytest.mark.parametrize(("make", "field"), [(contents.declined, "CISO"), (contents.withdrawn, "OWNER")])
def test_a_record_without_a_decision_passes_with_its_one_signature(installation, make, field):
    base = installation.base(make())
    pin = installation.pin(field)

    verdict = validate_record(
        installation.sign(base, field),
        installation.evidence(base, keys=(pin,), bases=(sha256(base),), signers=(pin.office,)),
    )

    assert verdict.passed


def test_hostile_texts_pass_like_any_other(installation):
    base = installation.base(contents.hostile())

    assert validate_record(
        installation.sign(installation.sign(base, "CIO"), "CISO"), installation.evidence(base)
    ).passed


# --------------------------------------------------------------------------------------------------- what is missing
def test_without_an_organisation_to_trust_nothing_passes(installation, base, both):
    verdict = validate_record(both, installation.evidence(base, organisation=""))

    assert found(verdict) == (UNSURE, NO_CHAIN)
    assert "After each signature nothing changed but the next signature." in verdict.checked
    assert verdict.organisation == contents.ORGANISATION


@pytest.mark.parametrize(
    "changed",
    [
        {"keys": ()},
        {"bases": ()},
        {"missing": ("the roster the opinion names",)},
    ],
)
def test_what_is_missing_is_not_guessed(installation, base, both, changed):
    assert found(validate_record(both, installation.evidence(base, **changed))) == (UNSURE, NO_CHAIN)


def test_one_opinion_without_the_other_is_not_enough(installation, base, both):
    assert found(validate_record(both, installation.evidence(base, bases=(sha256(base),)))) == (UNSURE, NO_CHAIN)
    assert found(validate_record(both, installation.evidence(base, keys=(installation.pin("CIO"),)))) == (
        UNSURE,
        NO_CHAIN,
    )


def test_nothing_known_at_all(both):
    assert found(validate_record(both, VerifierKnowledge())) == (UNSURE, NO_CHAIN)


def test_a_missing_signature_is_named(installation, base, first):
    verdict = validate_record(first, installation.evidence(base))

    assert found(verdict) == (UNSURE, CONSTRAINTS)
    assert verdict.sentence == "The signature of the Chief Information Officer is missing."


def test_an_unsigned_base_is_no_decision(installation, base):
    assert found(validate_record(base, installation.evidence(base))) == (UNSURE, CONSTRAINTS)


@pytest.mark.attack("a record cut back to its first signature", refusal="INDETERMINATE, SIG_CONSTRAINTS_FAILURE")
def test_the_first_signature_alone_is_no_decision(installation, base, both):
    pdf = attacks.first_revision_only(both)

    assert found(validate_record(pdf, installation.evidence(base))) == (UNSURE, CONSTRAINTS)


@pytest.mark.attack("a record cut back to its first signature", refusal="INDETERMINATE, naming the sealed file")
def test_the_sealed_record_cut_back_to_its_first_signature_is_the_copy_it_was_before(installation, base, both):
    sealed = Sealed(len(both), sha256(both))

    verdict = validate_record(attacks.first_revision_only(both), installation.evidence(base, sealed=(sealed,)))

    assert found(verdict) == (UNSURE, CONSTRAINTS)
    assert sealed.sha256 in verdict.sentence


# ------------------------------------------------------------------------------------------------------------- whose
@pytest.mark.attack("swapped offices in a record", refusal="SIG_CONSTRAINTS_FAILURE")
def test_swapped_offices(installation, base):
    pdf = installation.sign(installation.sign(base, "CIO", "ciso"), "CISO", "cio")

    assert found(validate_record(pdf, installation.evidence(base))) == (FAILED, CONSTRAINTS)


@pytest.mark.attack("one key in both offices of a record", refusal="SIG_CONSTRAINTS_FAILURE")
def test_same_key_in_both_offices(installation, base):
    pdf = installation.sign(installation.sign(base, "CIO", "cio"), "CISO", "cio")

    verdict = validate_record(
        pdf, installation.evidence(base, keys=(installation.pin("CIO"), installation.pin("CISO", "cio")))
    )

    assert found(verdict) == (FAILED, CONSTRAINTS)
    assert "One key" in verdict.sentence


@pytest.mark.attack("one person with two keys in a record", refusal="SIG_CONSTRAINTS_FAILURE")
def test_one_person_with_two_keys(installation, base):
    pdf = installation.sign(installation.sign(base, "CIO", "cio"), "CISO", "other")
    keys = (installation.pin("CIO"), installation.pin("CISO", "other", person="cio"))

    verdict = validate_record(pdf, installation.evidence(base, keys=keys))

    assert found(verdict) == (FAILED, CONSTRAINTS)
    assert "One person" in verdict.sentence


@pytest.mark.attack("a record signed with a key of the same name", refusal="SIG_CONSTRAINTS_FAILURE")
def test_a_key_of_the_same_name_is_not_the_key(installation, base, first):
    pdf = installation.sign(first, "CIO", "other")

    assert found(validate_record(pdf, installation.evidence(base))) == (FAILED, CONSTRAINTS)


@pytest.mark.attack("a record by a complete rival organisation", refusal="INDETERMINATE, NO_CERTIFICATE_CHAIN_FOUND")
def test_a_complete_foreign_organisation_that_says_who_it_is(installation):
    base = installation.base(contents.decision(organisation="ee" * 32))
    pdf = installation.sign(installation.sign(base, "CIO", "other"), "CISO", "stranger")

    own = installation.evidence(base)

    assert found(validate_record(pdf, own)) == (UNSURE, NO_CHAIN)


@pytest.mark.attack("a record by a complete rival organisation", refusal="SIG_CONSTRAINTS_FAILURE")
def test_a_complete_foreign_organisation_that_pretends_to_be_ours(installation, base):
    pdf = installation.sign(installation.sign(base, "CIO", "other"), "CISO", "stranger")

    assert found(validate_record(pdf, installation.evidence(base))) == (FAILED, CONSTRAINTS)
    assert found(validate_record(pdf, installation.evidence(base, keys=(), bases=()))) == (UNSURE, NO_CHAIN)


@pytest.mark.attack("a record signed by somebody who does not decide", refusal="SIG_CONSTRAINTS_FAILURE")
def test_a_signature_of_somebody_who_does_not_decide(installation):
    base = installation.base(contents.withdrawn())

    assert found(validate_record(installation.sign(base, "OWNER"), installation.evidence(base))) == (
        FAILED,
        CONSTRAINTS,
    )


# --------------------------------------------------------------------------------------------------------- over what
@pytest.mark.attack("opinions about another record", refusal="HASH_FAILURE")
def test_opinions_about_another_record(installation, base, both):
    other = sha256(b"another base")

    assert found(validate_record(both, installation.evidence(base, bases=(other, other)))) == (
        FAILED,
        SubIndication.HASH_FAILURE,
    )
    assert found(validate_record(both, installation.evidence(base, bases=(sha256(base), other)))) == (
        FAILED,
        CONSTRAINTS,
    )


@pytest.mark.attack("another file than the sealed one", refusal="INDETERMINATE, naming the sealed file")
def test_another_genuine_file_than_the_sealed_one_is_not_called_false(installation, base, both):
    verdict = validate_record(both, installation.evidence(base, sealed=(Sealed(len(both), sha256(b"another")),)))

    assert found(verdict) == (UNSURE, CONSTRAINTS)
    assert sha256(b"another") in verdict.sentence


def test_seals_that_contradict_each_other_are_both_named(installation, base, both):
    sealed = (Sealed(len(both), sha256(both)), Sealed(9, sha256(b"another")))

    verdict = validate_record(both, installation.evidence(base, sealed=sealed))

    assert found(verdict) == (UNSURE, CONSTRAINTS)
    assert all(item.sha256 in verdict.sentence for item in sealed)


def test_a_tampered_file_is_false_whatever_was_sealed(installation, base, both):
    pdf = both[:-40] + b"0" + both[-39:]

    verdict = validate_record(pdf, installation.evidence(base, sealed=(Sealed(len(both), sha256(both)),)))

    assert verdict.indication is FAILED


@pytest.mark.attack("another spelling of the same record", refusal="FORMAT_FAILURE")
@pytest.mark.parametrize("spelling", attacks.SPELLINGS)
def test_another_spelling_of_the_same_record(installation, base, both, spelling):
    verdict = validate_record(attacks.SPELLINGS[spelling](both), installation.evidence(base))

    assert found(verdict) == (FAILED, FORMAT)


@pytest.mark.attack(
    "the other value that fits a signature in a record", refusal="SIG_CRYPTO_FAILURE, HighSignatureValue"
)
@pytest.mark.parametrize("twin", ["first", "second"])
def test_the_other_value_that_fits_a_signature(installation, base, first, both, twin):
    if twin == "first":
        pdf = attacks.signed(attacks.other_value(first), "CIO", installation.keys["cio"])
    else:
        pdf = attacks.other_value(both)

    verdict = validate_record(pdf, installation.evidence(base))

    assert found(verdict) == (FAILED, SubIndication.SIG_CRYPTO_FAILURE)
    assert verdict.sentence == HighSignatureValue().what_happened


@pytest.mark.attack("a change appended after both signatures", refusal="FORMAT_FAILURE")
@pytest.mark.parametrize("name", [*attacks.CHANGES, "touch"])
def test_a_change_appended_after_both_signatures(installation, base, both, name):
    pdf = attacks.appended(both, getattr(attacks, name))

    assert found(validate_record(pdf, installation.evidence(base))) == (FAILED, FORMAT)


@pytest.mark.attack("a change in the second signer's own revision", refusal="FORMAT_FAILURE")
@pytest.mark.parametrize("name", attacks.CHANGES)
def test_a_change_hidden_in_the_second_signers_revision(installation, base, first, name):
    pdf = attacks.signed(first, "CIO", installation.keys["cio"], change=attacks.CHANGES[name])

    verdict = validate_record(pdf, installation.evidence(base))

    assert found(verdict) == (FAILED, FORMAT)
    assert ("makes them act" if name == "add_script" else "changed after it was signed") in verdict.sentence


@pytest.mark.attack("a change between the two signatures", refusal="FORMAT_FAILURE")
@pytest.mark.parametrize("name", attacks.CHANGES)
def test_a_change_slipped_in_between_the_signatures(installation, base, first, name):
    pdf = attacks.signed(attacks.appended(first, attacks.CHANGES[name]), "CIO", installation.keys["cio"])

    assert found(validate_record(pdf, installation.evidence(base))) == (FAILED, FORMAT)


@pytest.mark.attack("a change in the first signer's own revision", refusal="FORMAT_FAILURE")
@pytest.mark.parametrize("name", attacks.HIDDEN)
def test_a_change_hidden_in_the_first_signers_revision(installation, base, name):
    """What comes before the first signature is covered by it, so only its own revision's policy can tell."""
    pdf = attacks.signed(base, "CISO", installation.keys["ciso"], change=attacks.CHANGES[name], certify=True)
    pdf = attacks.signed(pdf, "CIO", installation.keys["cio"])

    assert found(validate_record(pdf, installation.evidence(base))) == (FAILED, FORMAT)


@pytest.mark.attack("one signature behind two fields", refusal="FORMAT_FAILURE")
def test_one_signature_behind_two_fields(installation, base, first):
    pdf = attacks.appended(first, attacks.share_signature)

    assert found(validate_record(pdf, installation.evidence(base))) == (FAILED, FORMAT)


@pytest.mark.attack("one signature copied into the other field", refusal="HASH_FAILURE")
def test_one_signature_copied_into_the_other_field(installation, base, first):
    copied = structure.scan(first).revisions[0].signature

    pdf = attacks.signed(first, "CIO", installation.keys["cio"], given=copied)

    assert found(validate_record(pdf, installation.evidence(base))) == (FAILED, SubIndication.HASH_FAILURE)


@pytest.mark.attack("a first signature that leaves the record open", refusal="FORMAT_FAILURE")
def test_a_first_signature_that_leaves_the_record_open(installation, base):
    pdf = attacks.signed(attacks.signed(base, "CISO", installation.keys["ciso"]), "CIO", installation.keys["cio"])

    verdict = validate_record(pdf, installation.evidence(base))

    assert found(verdict) == (FAILED, FORMAT)
    assert "the first signature does not close it against changes" in verdict.sentence


@pytest.mark.attack("a first signature that allows comments", refusal="FORMAT_FAILURE")
def test_a_first_signature_that_allows_comments(installation, base):
    pdf = attacks.signed(base, "CISO", installation.keys["ciso"], certify=True, permissions=MDPPerm.ANNOTATE)
    pdf = attacks.signed(pdf, "CIO", installation.keys["cio"])

    verdict = validate_record(pdf, installation.evidence(base))

    assert found(verdict) == (FAILED, FORMAT)
    assert "certifying value" in verdict.sentence


# --------------------------------------------------------------------------------------------- the pages made again
def test_pages_equal_to_the_byte_are_said_to_be(installation, base, both):
    verdict = validate_record(both, installation.evidence(base, reprint=Reprint(base, exact=True)))

    assert verdict.passed
    assert "The pages are, byte for byte, those that the acts make." in verdict.checked


def test_what_the_verifier_lacks_is_said_and_does_not_fail_the_record(installation, base, both):
    verdict = validate_record(both, installation.evidence(base, reprint=Reprint(why_not=UPDATE())))

    assert verdict.passed
    assert verdict.unchecked == (f"The pages could not be made again from the acts. {words(UPDATE())}",)


@pytest.mark.attack("pages said to be of a newer edition, to switch the comparison off", refusal="INDETERMINATE")
def test_what_the_file_claims_cannot_switch_the_comparison_off(installation, base, both):
    made = Reprint(why_not=UPDATE(), claimed=True)

    verdict = validate_record(both, installation.evidence(base, reprint=made))

    assert found(verdict) == (UNSURE, CONSTRAINTS)
    assert "cannot be compared with the signed acts" in verdict.sentence


def test_other_pages_by_the_same_libraries_are_false(installation, base, both):
    other = installation.base(contents.decision(title="Another"))

    assert found(validate_record(both, installation.evidence(base, reprint=Reprint(other, exact=True)))) == (
        FAILED,
        CONSTRAINTS,
    )


@pytest.mark.attack("pages of other library versions, with the right words", refusal="INDETERMINATE")
def test_other_pages_by_other_libraries_are_doubted(installation, base, both):
    other = installation.base(contents.decision(title="Another"))

    verdict = validate_record(both, installation.evidence(base, reprint=Reprint(other)))

    assert found(verdict) == (UNSURE, CONSTRAINTS)
    assert verdict.sentence == "The pages differ from those that this version makes of the signed acts."


def test_the_same_pages_in_another_spelling_hold(installation, base, both):
    verdict = validate_record(both, installation.evidence(base, reprint=Reprint(respelled(base))))

    assert verdict.passed
    assert "The pages hold what the acts make, written by other versions of libraries." in verdict.checked


@pytest.mark.parametrize("data", [b"", b"not a pdf", b"\x00" * 5000, b"PK\x03\x04"])
def test_what_is_no_pdf_is_unreadable(data):
    with pytest.raises(NotARecord):
        validate_record(data, VerifierKnowledge())


@pytest.mark.attack("PDFs made to hang or crash their reader", refusal="not TOTAL-PASSED")
@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-",
        b"%PDF-1.7\n" + b"\n" * 100_000,
        b"%PDF-1.7\nxref\n0 1\ntrailer\n<< /Prev 9 >>\nstartxref\n9\n%%EOF\n",
        b"%PDF-1.7\nxref\n" * 50 + b"\nstartxref\n9\n%%EOF\n",
        b"%PDF-1.7\n\nstartxref\n9999999999\n%%EOF\n",
    ],
)
def test_a_broken_pdf_is_a_verdict_and_never_a_traceback(data):
    verdict = validate_record(data, VerifierKnowledge())

    assert not verdict.passed


def test_no_verdict_without_a_sentence_and_a_next_act(installation, base, both, first):
    for pdf in (base, first, both, both + b"x"):
        verdict = validate_record(pdf, installation.evidence(base))
        assert verdict.sentence.endswith(".")
        assert verdict.next_step.endswith(".")
        assert verdict.policy == "countersign/record-policy/1"
