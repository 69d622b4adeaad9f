"""Why something encrypted is not taken: one class per rule, so that a test can name the rule it broke."""

from __future__ import annotations

from intake.domain.base.refusals import Refusal


class EncryptionRefused(Refusal):
    """Base of everything that can be wrong with an encrypted file or with a key that was handed over."""

    what = "This encrypted file cannot be accepted."
    why = "Countersign reads exactly one form of encrypted file, so that no file can be read in two ways."
    next = "Nothing was changed. Ask the sender to send it again."


class NotEncrypted(EncryptionRefused):
    what = "This file is not encrypted in the form that Countersign reads."


class EncryptedTooLarge(EncryptionRefused):
    what = "This encrypted file is larger than Countersign reads: {size} bytes, the limit is {limit}."
    why = "Files are kept within limits so that a hostile one cannot exhaust the machine."


class OtherKey(EncryptionRefused):
    what = "This file is encrypted under another key."
    why = "Each use case has keys of its own, and this one does not belong to the file."
    next = "Fetch again: the key may come with what others send."


class EncryptedContentChanged(EncryptionRefused):
    what = "This encrypted file was changed after it was made, or made by a program that does not follow the rules."
    why = "Under one key there is exactly one encrypted form of each file, and this is not it."


class KeyForSomebodyElse(EncryptionRefused):
    what = "This key was handed to somebody else."
    why = "Only the person it is encrypted for can read it."
    next = "Nothing has to be done. It is passed on to others untouched."


class HandedKeyChanged(EncryptionRefused):
    what = "A key that was handed to you cannot be read."
    why = "It was changed on the way, or made by a program that does not follow the rules."
    next = "Ask somebody who reads the use case to give you access again."


class KeyOfAnotherOrganisation(EncryptionRefused):
    what = "This key belongs to another organisation."
    why = "A register belongs to one organisation, and reads nothing of others."
    next = "Bring it into the register of the organisation it belongs to."


class KeyDoesNotDecrypt(EncryptionRefused):
    what = "A key of this kind cannot decrypt: {found}."
    why = "What is sent to a person is encrypted for an elliptic curve or RSA key (RFC 5753, RFC 8017)."
    next = "Ask for a certificate of an EC P-256, EC P-384 or RSA key."


class ReaderKeyNotProved(EncryptionRefused):
    what = "This enrolment presents a key for decrypting, and does not prove that it belongs to the same person."
    why = "What is sent to this person could be read by somebody else, who has that key."
    next = "Ask the person to enrol again, and compare the words by voice."
