"""Why a signature or a key is not accepted: one class per rule, so that a test can name the rule it broke.

Here are the refusals of signatures (the rules of "Strict verification": form, algorithms, who signed what) and of keys
and key files. What a rightly signed act may do is not judged here but in the fold.
"""

from __future__ import annotations

from intake.domain.base.refusals import Refusal


class SignatureRefused(Refusal):
    """Base of everything that can be wrong with a signed file."""

    what = "The signature of this file cannot be accepted."
    why = "Countersign reads exactly one form of signature, so that no file can be read in two ways."
    next = "Nothing was changed. Ask the sender for the original file."


# ------------------------------------------------------------------------------------------------------- encoding


class NotSigned(SignatureRefused):
    what = "This file does not hold a signature that Countersign can read."
    why = "Only files signed in the CMS form (RFC 5652) are read."


class SignedFileTooLarge(SignatureRefused):
    what = "This signed file is larger than Countersign reads: {size} bytes, the limit is {limit}."
    why = "Signed files are kept small so that a hostile one cannot exhaust the machine."


class BadEncoding(SignatureRefused):
    """Base of what breaks the distinguished encoding rules (X.690, section 10 and 11)."""

    what = "This signature is not written in the one exact encoding (DER)."
    why = "With two encodings of one thing, a file could be changed without anybody noticing."


class Truncated(BadEncoding):
    what = "This signature ends before it is complete."


class TrailingBytes(BadEncoding):
    what = "This signature is followed by {count} bytes that do not belong to it."


class IndefiniteLength(BadEncoding):
    what = "This signature does not say how long one of its parts is."


class LengthNotMinimal(BadEncoding):
    what = "This signature writes a length in a longer form than needed."


class ConstructedString(BadEncoding):
    what = "This signature holds a text or number cut into pieces."


class ValueNotMinimal(BadEncoding):
    what = "This signature writes a number or a yes-or-no value in a form that is not the only one."


class SetNotSorted(BadEncoding):
    what = "This signature lists things in another order than the only allowed one."


class EncodingNestedTooDeep(BadEncoding):
    what = "This signature is nested deeper than any honest one."


class UnexpectedStructure(SignatureRefused):
    what = "This signature is not built as expected: {detail}."


# ---------------------------------------------------------------------------------------------------------- shape


class NoSigner(SignatureRefused):
    what = "This file has the form of a signed file, but nobody signed it."


class SeveralSigners(SignatureRefused):
    what = "This file is signed more than once inside one signature."
    why = "One act is one person's word; two signers in one file leave open who said it."


class NoCertificate(SignatureRefused):
    what = "This signature does not carry the certificate of its signer."


class SeveralCertificates(SignatureRefused):
    what = "This signature carries more than the certificate of its signer."
    why = "Trust comes from the roster alone; a second certificate could only pretend to add some."


class WrongContentType(SignatureRefused):
    what = "What is signed here is of another type than plain data."
    why = "A signature made for another purpose must never pass as a decision."


class ContentMissing(SignatureRefused):
    what = "This signature does not hold what was signed."
    why = "It may belong to a PDF or an e-mail; an act always carries its own text."


class ContentUnexpected(SignatureRefused):
    what = "This signature carries a text inside it, where it should only sign the document around it."


class NoSignedAttributes(SignatureRefused):
    what = "The signed statements about this signature were removed or never made."
    why = "Without them, a signature over one thing can be passed off as a signature over another."


class DuplicateAttribute(SignatureRefused):
    what = "This signature makes the same signed statement twice."


class MissingAttribute(SignatureRefused):
    what = "This signature lacks a signed statement it must have: {name}."


class UnexpectedAttribute(SignatureRefused):
    what = "This signature makes a signed statement that Countersign does not know ({oid})."
    why = "An unknown statement could limit or change what the signature means."


class SigningTimeBesideTheDocument(SignatureRefused):
    what = "This signature states a time of its own, and the document it signs states one already."
    why = "Some programs would show the one and some the other, so a signature in a PDF has none (PAdES)."


class UnexpectedUnsignedAttribute(SignatureRefused):
    what = "Something was added beside this signature that is not a timestamp."
    why = "What is not signed can be added by anybody; only a timestamp, which is signed by itself, may be there."


class BadSigningTime(SignatureRefused):
    what = "The time in this signature is not written in the one exact form."


class BadTimestamp(SignatureRefused):
    what = "The timestamp beside this signature does not hold: {detail}."
    why = "Only a timestamp that its service signed, over this very signature, proves when it was made."


# ------------------------------------------------------------------------------------------- algorithms and proof


class DigestNotAccepted(SignatureRefused):
    what = "This signature uses a digest that Countersign does not accept ({oid})."
    why = "SHA-256, SHA-384 and SHA-512 are accepted; with weaker ones, such as SHA-1 or MD5, forgeries were made."


class SignatureAlgorithmNotAccepted(SignatureRefused):
    what = "This signature is of a kind that Countersign does not accept ({oid})."
    why = "ECDSA, RSA (PKCS #1 v1.5) and Ed25519 are accepted, the ones every verifier checks alike."


class AlgorithmsDisagree(SignatureRefused):
    what = "This signature names its algorithms differently in different places."
    why = "Two names for one algorithm let a forger choose the weaker one."


class AlgorithmNotOfThisKey(SignatureRefused):
    what = "This signature names an algorithm that does not go with the key in its certificate."


class ContentChanged(SignatureRefused):
    what = "What was signed has been changed since."
    why = "Its digest is not the one the signer signed."


class BadSignatureValue(SignatureRefused):
    what = "The value of this signature is not written in the one exact form."


class HighSignatureValue(BadSignatureValue):
    what = "The value of this signature is the larger of the two that fit. Only the smaller one is accepted."
    why = "Anybody can turn one into the other without the key, so one signature would have two files."


class SignatureInvalid(SignatureRefused):
    what = "This signature was not made with the key of the certificate it carries, or it was changed since."


class SignerIdentifierMismatch(SignatureRefused):
    what = "This signature names another certificate than the one it carries."


class CertificateNotSigned(SignatureRefused):
    what = "The certificate in this signature is not the one its signer bound it to."
    why = "A certificate could be exchanged for another one with the same key."


class SignerNotNamed(SignatureRefused):
    what = "This act names {named} as its signing certificate, but is signed with {found}."
    why = "Names and issuers inside certificates are never believed; only the certificate the act names may sign it."


# ----------------------------------------------------------------------------------------------------------- keys


class BadCertificate(Refusal):
    what = "The certificate cannot be read: {detail}."
    why = "A signer is known by the exact bytes of a certificate, so they must have one reading."
    next = "Ask the signer for a certificate from the app or from a public key infrastructure in use today."


class UnsuitableKey(Refusal):
    """Base of the keys that are not accepted, whether they sign or are to sign."""

    what = "This key cannot be used for signing here."
    why = "RSA from 2048 bits, the curves P-256 and P-384, and Ed25519 are accepted."
    next = "Let the app make a new key, or ask your company for one of an accepted kind."


class KeyTypeNotAccepted(UnsuitableKey):
    what = "This key is of a kind that Countersign does not accept ({found})."


class CurveNotAccepted(UnsuitableKey):
    what = "This key is on the curve {found}, which Countersign does not accept."


class RsaKeyTooShort(UnsuitableKey):
    what = "This RSA key has {bits} bits; at least 2048 are accepted."


class RsaKeyTooLong(UnsuitableKey):
    what = "This RSA key has {bits} bits or an unusual exponent; at most 8192 bits are accepted."
    why = "Checking such a signature would take so long that a few of them could stop the app."


class CertificateNotForSigning(UnsuitableKey):
    what = "The certificate of this key says that it is not meant for signatures."
    why = "Other programs would call every signature made with it invalid."


class NotVerifiableElsewhere(UnsuitableKey):
    what = "This key is of the kind Ed25519, which openssl and PDF viewers in use today cannot check in signed files."
    why = "What you sign must stay verifiable for everybody without this app."


class KeyFileRefused(Refusal):
    """Base of what can be wrong with a key file."""

    what = "This key file cannot be used."
    next = "Choose another file, or let the app make a new key."


class NotAKeyFile(KeyFileRefused):
    what = "This is not a key file."
    why = "A key file is a PKCS #12 file, usually ending in .p12 or .pfx."


class WrongPassphrase(KeyFileRefused):
    what = "The passphrase does not open this key file."
    why = "The file itself is a key file, so the passphrase is most likely mistyped, or the file is damaged."
    next = "Enter the passphrase again. Look at caps lock and the keyboard layout."


class NoKeyInFile(KeyFileRefused):
    what = "This file holds no private key."
    why = "Certificates alone cannot sign."


class SeveralKeysInFile(KeyFileRefused):
    what = "This file holds {count} private keys."
    why = "One that signs, and one that decrypts, have their place in it; otherwise it would be left to chance which one signs."
    next = "Export the one key you mean into a separate file."


class NoCertificateInFile(KeyFileRefused):
    what = "This file holds a key, but no certificate."
    why = "A signature names its signer by the certificate."


class CertificateOfAnotherKey(KeyFileRefused):
    what = "The certificate in this file belongs to another key than the one beside it."
    why = "Nobody could verify what this key signs."


class PassphraseTooShort(KeyFileRefused):
    what = "This passphrase is too short: it needs at least {least} characters."
    why = "A thief of the file can try passphrases without limit."
    next = "Choose a longer one. Several ordinary words are easy to remember and hard to guess."


class NameNotUsable(KeyFileRefused):
    what = "This name cannot be put into a certificate."
    why = "It must have 1 to 64 visible characters."
    next = "Enter a shorter name."


class KeyFileTooCostly(KeyFileRefused):
    what = "This key file asks for {rounds} rounds of work before it opens."
    why = "No program in use writes such files, and the app would seem to hang."
