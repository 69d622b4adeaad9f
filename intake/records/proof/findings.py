"""What a verdict on a record says, in English: apart from what judges, so that who only shows a verdict loads no library for PDF.

``validate`` and what it asks gives these; a verdict carries the codes and facts.
"""

from __future__ import annotations

from intake.domain.base.wording import Caption, Sentence, Wording

POLICY_RULES = Sentence(
    "RecordPolicyRules",
    "The file is a base as Countersign makes it and one appended signature for each office, nothing else. Each "
    "signature is CAdES in one exact shape and spelling and covers everything before it. The keys are those the "
    "organisation’s roster gives the offices, found by fingerprint; which periods count is the roster’s. Two offices "
    "are two people with two keys. The base is the one both opinions name. Between the signatures nothing changed but "
    "the next signature, and other PDF libraries read the same pages and data in it. Pages that can be made again from "
    "the acts are, and compared. A timestamp, where there is one, must hold; whether its service is known is shown beside it. "
    "A record proves what was signed, not that it is still in force: that is the other answer, by the acts of its use case.",
)

# ------------------------------------------------------------------------------------------------------ what to do next
UPDATE = Sentence("UpdateAndCheck", "Update Countersign, then check it again.")
"""The next step wherever only a newer version can judge."""
NEXT_FAILED = Sentence("RecordNotToRelyOn", "Do not rely on this file. Ask the organisation for the original.")
NEXT_MISSING = Sentence(
    "RecordNeedsActs", "Give the organisation’s id and the acts that belong to this record, then check it again."
)
NEXT_UNSIGNED = Sentence("RecordAwaitSignature", "Wait for the missing signature, or ask for the finished record.")
NEXT_OTHER = Sentence("RecordAskSealed", "Ask for the file that was sealed; its SHA-256 says which one it is.")
NEXT_CONTRADICTED = Sentence(
    "RecordShowBoth", "Show both files to both offices. They carry the same pages; the offices know why there are two."
)
NEXT_OTHER_VERSION = Sentence(
    "RecordOtherVersion",
    "Check it with the version of Countersign that made it; the data attached to the record name its libraries.",
)
NEXT_UNDECIDED = Sentence(
    "RecordNeedsCase",
    "Give all acts of this use case and the lists of the records team’s checkpoints (.heads): fetch them from the exchange, "
    "or ask the records team. If all is here, both offices have to give their opinions again.",
)
NEXT_PASSED = Sentence(
    "RecordNothingToDo", "Nothing needs to be done. Whether the decision is still in force is in the register."
)
NEXT_UNTIL = Sentence(
    "RecordDecidedUntil",
    "Nothing needs to be done. It was decided until {day}; whether it is in force now is in the register.",
)
NEXT_WORDS = Sentence(
    "RecordCompareWords", "Compare the organisation’s words on the last page with a source you trust."
)

# ------------------------------------------------------------------------------------------------------- what it comes to
SIGNER = Caption("RecordSigner", "the {office} ({name})")
THE_OFFICE = Caption("RecordOffice", "the {office}")
PASSED = Sentence("RecordPassed", "Signed by {signers}, and unchanged since.")
UNSIGNED = Sentence("RecordUnsigned", "Nobody has signed this record.")
OPINIONS_DIFFER = Sentence("RecordOpinionsDiffer", "The two opinions are about different records.")
OTHER_BASE = Sentence("RecordOtherBase", "The opinions are about another record than this one.")
PAGES_CHANGED = Sentence("RecordPagesChanged", "The pages were changed after they were signed.")
DOES_NOT_HOLD = Sentence("RecordDoesNotHold", "The record does not hold: {detail}.")
FIELDS_ELSEWHERE = Sentence("RecordFieldsElsewhere", "The signature fields do not belong to the signatures.")
FIRST_CLOSES = Sentence(
    "RecordFirstCloses", "The first signature must close the record against changes, and only the first."
)
READS_DIFFERENTLY = Sentence("RecordReadsDifferently", "Two programs read this record differently: {detail}.")
NO_SUCH_OFFICE = Sentence("RecordNoSuchOffice", "A signature is in a field no office has.")
ONE_KEY = Sentence("RecordOneKey", "One key signed for both offices.")
NOT_A_DECIDER = Sentence("RecordNotADecider", "Somebody signed who does not decide here.")
OTHER_ORGANISATION = Sentence(
    "RecordOfOtherOrganisation", "This record is of another organisation than the one you named."
)
NOT_THEIR_KEY = Sentence("RecordNotTheirKey", "The key that signed is not a key of the {office}.")
OTHER_OFFICE_KEY = Sentence("RecordOtherOfficesKey", "The key that signed as {office} belongs to another office.")
ONE_PERSON = Sentence("RecordOnePerson", "One person signed for both offices.")
EARLIER_TIMESTAMP = Sentence("RecordEarlierTimestamp", "The second signature has an earlier timestamp than the first.")
NOT_COMPARED = Sentence(
    "RecordNotCompared", "The signatures hold, but the pages cannot be compared with the signed acts. {why}"
)
NOT_COMPARED_ALONE = Sentence(
    "RecordNotComparedAlone", "The signature holds, but the pages cannot be compared with the signed acts. {why}"
)
SAYS_OTHERWISE = Sentence("RecordSaysOtherwise", "The pages do not say what the signed acts say.")
PAGES_DIFFER = Sentence("RecordPagesDiffer", "The pages differ from those that this version makes of the signed acts.")
SEALED_TWICE = Sentence(
    "RecordSealedTwice", "The record was sealed in different files, apart from each other: {files}."
)
OTHER_SEALED = Sentence("RecordOtherSealed", "Its signatures hold, but another file was sealed as the record: {files}.")
SIGNATURE_MISSING = Sentence("RecordSignatureMissing", "The signature of {offices} is missing.")
NEVER_DECIDED = Sentence("RecordNeverDecided", "Both offices signed these pages, but they did not decide: {reason}.")
NOT_SURE_DECIDED = Sentence(
    "RecordNotSureDecided", "Both offices signed these pages, but it cannot be said that they decided: {reason}."
)
NOBODY_TRUSTED = Sentence("RecordNobodyTrusted", "The signatures hold, but nobody said which organisation to trust.")
SOMETHING_MISSING = Sentence("RecordSomethingMissing", "The signatures hold, but something is missing: {missing}.")
KEYS_UNKNOWN = Sentence("RecordKeysUnknown", "The signatures hold, but it is not known whose keys they are.")
OPINIONS_MISSING = Sentence(
    "RecordOpinionsMissing", "The signatures hold, but the opinions they belong to are not here."
)
DATA_UNREADABLE = Sentence("RecordDataUnreadable", "The data attached to the record cannot be read.")

# -------------------------------------------------------------------------------------------------- what holds of it
MATCHES_KEY = Sentence("RecordMatchesKey", "Each signature matches its key and what it covers.")
APPENDED = Sentence("RecordAppended", "The file is a base with one appended revision for each signature.")
NAMED_PAGES = Sentence("RecordNamedPages", "The pages are those the opinions name.")
NOTHING_CHANGED = Sentence("RecordNothingChanged", "After each signature nothing changed but the next signature.")
READ_ALIKE = Sentence("RecordReadAlike", "Three other PDF libraries read the same objects, pages and data in it.")
MADE_AGAIN = Sentence("RecordMadeAgain", "The pages are, byte for byte, those that the acts make.")
SAME_CONTENT = Sentence(
    "RecordSameContent", "The pages hold what the acts make, written by other versions of libraries."
)
IS_SEALED = Sentence("RecordIsSealed", "It is the file that was sealed.")

# ------------------------------------------------------------------------------------------- what could not be looked at
LOOKS_OTHERWISE = Sentence(
    "RecordLooksOtherwise", "What the signature of the {office} shows on the page is not what this version draws of it."
)
PEOPLE_NOT_HERE = Sentence(
    "RecordPeopleNotHere",
    "Administrators signed roster version {version}, and its people are not here: whose keys it ends is not known.",
)
NOT_MADE_AGAIN = Sentence("RecordNotMadeAgain", "The pages could not be made again from the acts. {why}")

# ------------------------------------------------------------------------- what other libraries find in a file (clauses)
NO_SIGNED_PDF = Wording("LibraryNoSignedPdf", "it cannot be read as a signed PDF ({error})")
OTHER_THAN_SIGNATURES = Wording("LibraryOtherThanSignatures", "it carries something other than signatures of offices")
SIGNATURE_MISMATCH = Wording("LibrarySignatureMismatch", "a signature does not match what it signs")
SIGNATURE_COVERS_LESS = Wording("LibrarySignatureCoversLess", "a signature does not cover all of its pages")
CHANGED_BY_MORE = Wording("LibraryChangedByMore", "it was changed after it was signed, by more than the next signature")
TIMESTAMP_UNTRUE = Wording("LibraryTimestampUntrue", "the timestamp beside a signature does not hold")
REVISIONS_COUNTED = Wording("ReadsRevisionsOtherwise", "its revisions are counted differently")
NOT_READ = Wording("ReadsNotAtAll", "another program cannot read it ({error})")
OTHER_ROOT = Wording("ReadsOtherRoot", "it has another root for another program")
OTHER_DATA = Wording("ReadsOtherData", "its attached data are others for another program")
OTHER_OBJECTS = Wording("ReadsOtherObjects", "a revision changes other objects for another program")
OBJECT_ELSEWHERE = Wording("ReadsObjectElsewhere", "an object is elsewhere for another program")
NO_TWIN = Wording("ReadsNoTwin", "its machine-readable twin is not attached")
OBJECT_OTHERWISE = Wording("ReadsObjectOtherwise", "an object says something else to another program")
OTHER_PAGES = Wording("ReadsOtherPages", "it has other pages for another program")
WITH_A_WARNING = Wording("ReadsWithWarning", "another program reads it only with a warning")
MORE_OR_FEWER_PAGES = Wording("ReadsOtherCount", "another program shows more or fewer pages")
OTHER_WORDS = Wording("ReadsOtherWords", "another program shows other words on its pages")
NOT_SHOWN = Wording("ReadsNotShown", "another program cannot show it ({error})")
