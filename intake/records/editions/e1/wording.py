"""The sentences the record itself says, in one place. Everything else on its pages is content.

The commands of the last page are run against real records by the conformance checks, so they stay true.
"""

from __future__ import annotations

from intake.records.content import RecordKind, SignatureField

LETTERHEAD = {
    RecordKind.DECISION: "DECISION RECORD",
    RecordKind.DECLINED: "DECISION RECORD · DECLINED",
    RecordKind.WITHDRAWN: "DECISION RECORD · WITHDRAWN",
    RecordKind.NOTICE: "NOTICE",
}
LANGUAGE = "en-GB"
"""Of everything a record of this edition says by itself, no matter who prints it and where."""

DOCUMENT_TITLE = "Decision record {reference}: {title}"
NOTICE_TITLE = "Notice {reference}: {title}"

SIGNERS = {
    SignatureField.CIO: "Chief Information Officer",
    SignatureField.CISO: "Chief Information Security Officer",
    SignatureField.OWNER: "Owner of the use case",
}
FIELD_LABEL = "Signature of the {office}"
SIGNATURES = "Signatures"
SIGNATURE = "Signature"
SIGNATURES_BOTH = (
    "The decision exists when both halves of the ring are filled. Each signature covers every page of this file."
)
SIGNATURES_ONE = "One signature closes it, and covers every page of this file."
RING_ALT = (
    "Ring of two halves: the left half is for the Chief Information Officer, the right half for the Chief "
    "Information Security Officer. A half is outlined until its office has signed, then filled."
)

CHECK = "How to check this record"
CHECK_LEAD = (
    "This file can be checked without Countersign, with free programs found on any computer. It proves what was decided "
    "and by which keys. The organisation’s register says whether the decision is still in force."
)
IDENTITY = "The organisation"
IDENTITY_TEXT = (
    "Trust begins with the organisation’s id. Compare these words with a source you already trust, for example by "
    "telephone: a forged organisation has different words."
)
RESTS_ON = "What this record rests on"
RESTS_ON_TEXT = "Each line is the SHA-256 of something signed or attached; changing one letter of it changes the line."
TWIN = "Attached data"
ORGANISATION_ID = "Organisation id"
UNKNOWN_SIGNERS = (
    "PDF viewers and pdfsig call the signers unknown. That is expected: the keys are the organisation’s own and are "
    "vouched for by its signed roster of people, not by a public authority. Compare fingerprints instead. That the "
    "certificate of a key has expired since is expected too: the roster says how long a key counts, and -no_check_time "
    "leaves it to that."
)
STEPS = "With common programs"
STEP_LIST = "List the signatures. Each must be reported as valid, and together they must cover the whole document."
STEP_LIST_COMMAND = "pdfsig record.pdf"
STEP_TWIN = "Save the attached data and compare its SHA-256 with the line above."
STEP_TWIN_COMMAND = "pdfdetach -saveall record.pdf\nsha256sum {twin}"
STEP_SIGNATURE = (
    "Check one signature by itself. Its entry in the file, in plain text, says /ByteRange [0 A B C]. Put those three "
    "numbers in place of A, B and C; org.pem holds the certificates of the organisation’s people."
)
STEP_SIGNATURE_COMMAND = (
    "head -c A record.pdf > signed.bin\n"
    "tail -c +$((B + 1)) record.pdf | head -c C >> signed.bin\n"
    "head -c $((B - 1)) record.pdf | tail -c +$((A + 2)) | xxd -r -p > signature.der\n"
    "openssl cms -verify -binary -inform DER -in signature.der -content signed.bin \\\n"
    "    -CAfile org.pem -purpose any -partial_chain -no_check_time -out /dev/null"
)
STEP_KEY = "Show the fingerprint of the key that signed. It begins as the signature on the first page says."
STEP_KEY_COMMAND = "openssl pkcs7 -inform DER -in signature.der -print_certs | openssl x509 -noout -fingerprint -sha256"
NOTICE_CHECK = "How to check this notice"
NOTICE_CHECK_TEXT = (
    "Compare the words of the organisation with a source you already trust. Then check the signature with pdfsig record.pdf, which calls "
    "the signer unknown: the organisation’s signed roster of people vouches for the key. Save the attached data with pdfdetach -saveall "
    "record.pdf, and compare what sha256sum {twin} says. The last page of a decision record says how to check a signature by itself."
)
ORGANISATION_WORDS = "Organisation, in words"
CHECK_FOLLOWS = "How to check it is said on the next page, which is signed as well."
MISSING_GLYPH = (
    "One character in this record could not be drawn and is shown as {mark}. The attached data holds it exactly."
)
MISSING_GLYPHS = (
    "{count} different characters in this record could not be drawn and are shown as {mark}. The attached data holds "
    "them exactly."
)
DIFFERS = "differs"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""The names a date is written with. The interpreter's own follow the computer's language."""

NO_REASON = "Gives no reason."
REASON_CUT = "{start} … (in full in the signed opinion)"
GOES_ON = "This goes on on the next page, which is signed as well."
SIGNED_AT = "Signed {date}, {time} UTC"
KEY = "Key {start}"
FOOTER = "{organisation} · {reference}"
PAGE = "Page {number} of {count}"
