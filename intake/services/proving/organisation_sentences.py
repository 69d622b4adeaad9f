"""What ``organisation_standing`` says, in English: the sentences alone, as there are many of them."""

from __future__ import annotations

from intake.domain.base.wording import Caption, Sentence, Wording

# ------------------------------------------------------------------------------------------------ shared with the acts of a case
COUNTS_FOR_NOTHING = Sentence("ActCountsForNothing", "It is signed by {who} and counts for nothing: {reason}.")
UNSURE = Sentence("ActUnsure", "It cannot be said whether it counts: {reason}.")
NOTE = Sentence(
    "ActNoteOfNewerVersion",
    "It is a note of a newer version, signed by {who} with a key the roster lists. It decides nothing, and what it says "
    "cannot be judged here.",
)

# ---------------------------------------------------------------------------------------------------------------- rosters
ROSTER_NOT_ITS_FORM = Sentence(
    "RosterNotInForm", "Nothing of it counts, because it has not the form of a roster. {refusal}"
)
ROSTER_LATE = Sentence(
    "RosterDoesNotCountLate", "This roster version does not count: the records team had seen another before it."
)
LATE_NEXT = Sentence(
    "AskWhichRosterFirst",
    "If you expected it to count, ask the records team which version they were given first.",
)
ROSTER_WAITS = Sentence("RosterDoesNotCount", "This roster version does not count: {reason}.")
ROSTER_WAITS_FOR = Sentence("RosterDoesNotCountFile", "This roster version does not count: {reason} ({file}).")
PLACE_UNKNOWN = Wording("RosterPlaceUnknown", "its place is not known here")
FETCH_CHECKPOINT = Sentence(
    "FetchCheckpointOfWriter",
    "Fetch the checkpoint {checkpoint} from the exchange, or ask who wrote this version for it.",
)
GIVE_BEFORE = Sentence(
    "GiveRosterBefore", "Give the roster before it and its endorsements; or it needs those of: {names}."
)
IS_ROSTER = Caption("IsRosterVersion", "It is roster version {version} of {organisation}")
ROSTER_COUNTS = Sentence("RosterCounts", "{roster}, and counts.")
ROSTER_UNSURE = Sentence("RosterUnsure", "{roster}, and it cannot be said whether it counts: {reason}.")
ROSTER_UNTIL_TWO = Sentence(
    "RosterUntilTwo", "{roster}. It was in force until two rosters followed that both claim version {next}."
)
ROSTER_UNTIL = Sentence("RosterUntil", "{roster}. It was in force until version {next} took its place.")
NOW = Sentence("SeePeople", "Go by the roster in force: look at the people page.")

# ----------------------------------------------------------------------------------------------------------- endorsements
ENDORSED_LATE = Sentence(
    "EndorsedTooLate", "The roster version it endorses does not count: the records team had seen another before it."
)
ENDORSED_UNREAD = Sentence("EndorsedDoesNotCount", "The roster version it endorses does not count: {reason}.")
ENDORSED_NOT_HERE = Sentence(
    "EndorsedNotHere", "The roster version it endorses, or the one before that, is not here or cannot be read."
)
PENDING_NEXT = Sentence(
    "GiveFollowingVersion",
    "Give the version that follows, or the other endorsements; or ask the administrators whether they agree.",
)
ADMINISTERS_NEITHER = Sentence(
    "EndorsesWithoutRole",
    "{who} endorses roster version {version} and administers neither it nor the one before.",
)
GAINS = Sentence(
    "EndorsesOwnGain",
    "{who} endorses roster version {version} and gains an office by it, so has no say in it.",
)
NEVER_COUNTS = Sentence("EndorsesHopeless", "{who} endorses roster version {version}, which can never count: {reason}.")
ONLY_BY_IT = Sentence(
    "EndorsesOnlyByIt",
    "{who} endorses roster version {version}, and only that version, which does not count, makes them an administrator.",
)
BY_NEW_KEY = Caption("EndorsedByNewKey", "Signed by {who}, for a new key that roster version {version} lists for them")
BY_ADMINISTRATOR = Caption("EndorsedByAdministrator", "Signed by {who}, an administrator, for roster version {version}")
BY_SOMEBODY = Caption("EndorsedBySomebody", "Signed by {who} for roster version {version}")
ENDORSES = Sentence("EndorsementCounts", "{signed}.")
ENDORSES_PENDING = Sentence("EndorsementPending", "{signed}, which does not count yet: {reason}.")
ENDORSES_UNSURE = Sentence("EndorsementUnsure", "{signed}, and it cannot be said whether that counts: {reason}.")
CUT_OFF = Sentence("KeyCutOffUnsure", "Its key was cut off, and it cannot be said whether it was signed before.")

# ----------------------------------------------------------------------------------------------------------------- rivals
SETTLE = Sentence("AdministratorsSettle", "The administrators settle it with a version that names both.")
TELL_OR_SETTLE = Sentence(
    "RecordsTeamTells",
    "{names} of the records team can tell by a checkpoint which one counts; or the administrators settle it with a "
    "version that names both.",
)

# -------------------------------------------------------------------------------------------------------- what they sign
BY_RECORDS = Sentence("SignedByRecords", "Signed by {who}, who keeps the records, with a key the roster lists.")
BY_READER = Sentence("SignedByReader", "Signed by {who}, who says what they have read, with a key the roster lists.")
BY_NOTER = Sentence("SignedByNoter", "Signed by {who}, who left a note, with a key the roster lists.")
TOLD_BETWEEN = Sentence(
    "CheckpointTellsBetween", "Signed by {who}, who kept the records: it tells which version {version} counts."
)
LIST_NOT_HERE = Sentence(
    "CheckpointListNotHere",
    "It is signed by {who}, and what it lists is not here, so it says nothing yet.",
)
LIST_UNREADABLE = Sentence(
    "CheckpointListUnreadable", "It is signed by {who} and counts for nothing: what it lists cannot be read."
)
ABSENT_ONLY = Sentence(
    "CheckpointOnlyActAbsent",
    "It is signed by {who}, and the only act it lists is not here: whether it lists only what there is cannot be said.",
)
ABSENT = Sentence(
    "CheckpointActsAbsent",
    "It is signed by {who}, and {count} of the {every} acts it lists are not here: whether it lists only what there is "
    "cannot be said.",
)
ABSENT_ONLY_IN_CASE = Sentence(
    "CheckpointOnlyActAbsentInCase",
    "It is signed by {who}, and the only act it lists is not here (of 1 use case): whether it lists only what there is "
    "cannot be said.",
)
ABSENT_IN_CASES = Sentence(
    "CheckpointActsAbsentInCases",
    "It is signed by {who}, and {absent} of the {every} acts it lists are not here (of {count} use cases): whether it "
    "lists only what there is cannot be said.",
    one="It is signed by {who}, and {absent} of the {every} acts it lists are not here (of {count} use case): whether it "
    "lists only what there is cannot be said.",
)
ASK_ABSENT = Sentence(
    "AskForAbsentActs",
    "Fetch them from the exchange, or ask {who} for them. If nobody has them, somebody holds them back, or the list "
    "is false.",
)
NOT_ACCEPTED = Sentence(
    "TrainingPlaybookNotAccepted",
    "It is signed by {who}, and it cannot be said what was read: no roster in force accepts the playbook {playbook}.",
)
NOT_ACCEPTED_NEXT = Sentence(
    "TrainingGiveRoster",
    "Give the roster that accepts it; or the chapters are read and signed again, of a playbook that is accepted.",
)
CHAPTERS_UNCHECKED = Sentence(
    "TrainingChaptersUnchecked",
    "Whether its chapters are in the playbook as they were read could not be checked here.",
)
NO_SUCH_CHAPTER = Sentence(
    "TrainingNoSuchChapter",
    "It is signed by {who}, and it cannot be said what was read: the playbook has no such chapter as {chapters}.",
)
NO_SUCH_CHAPTER_NEXT = Sentence(
    "TrainingReadAgain", "The chapters are read and signed again, as the playbook in use has them."
)
ROLE_OR_KEY_ENDED = Sentence(
    "SignedBeforeEndUnsure",
    "It is signed by {who}, and it cannot be said whether it counts: its role or key was ended, and nothing shows whether "
    "it was signed before.",
)
ASK_SIGNED = Sentence("AskSignedWithListedKey", "Ask for one that is signed with a key the roster lists now.")
FETCH_FROM_RECORDS = Sentence(
    "FetchCheckpointOfRecords",
    "Fetch the checkpoint {checkpoint} from the exchange, or ask the records team for it and what it lists.",
)

# -------------------------------------------------------------------------------------------------------------- enrolments
KEY_UNSURE = Sentence("EnrolmentUnsure", "Whether {name} has this key cannot be said: {reason}.")
HAD_KEY = Sentence(
    "EnrolmentEnded",
    "It proves that {name} had the key which the roster listed. The roster has ended it since.",
)
SEE_KEYS = Sentence("SeeKeysListedNow", "Look at the people page for the keys that are listed now.")
HAS_KEY = Sentence("EnrolmentCounts", "It proves that {name} has the key which the roster lists.")
WHOSE_KEY = Sentence(
    "EnrolmentOfNobody",
    "It proves that its signer has this key. Whose it is cannot be said: no roster here lists it for them.",
)
WHOSE_KEY_NEXT = Sentence("CompareAndListKey", "An administrator compares the key with its owner and lists it.")

# ---------------------------------------------------------------------------------------------------------------- packages
PACKAGE_UNLISTED = Sentence(
    "PackageSignerUnlisted", "The package is whole, but no roster here lists the key that signed it."
)
PACKAGE_UNLISTED_NEXT = Sentence("AskPackageAfterListing", "Ask the sender to export it again after they are listed.")
PACKAGE_CUT_OFF = Sentence(
    "PackageSignerCutOff",
    "The package is whole, but nobody vouches for that: the key of {name} that signed it was cut off, and may be in other "
    "hands.",
)
PACKAGE_CUT_OFF_NEXT = Sentence(
    "AskPackageWithListedKey", "Ask {name} for a package that is signed with a key the roster lists now."
)
PACKAGE_WHOLE = Sentence("PackageWhole", "The package of {name} is whole, and unchanged since it was signed.")
PACKAGE_UNSURE = Sentence(
    "PackageSignerUnsure", "The package is whole, but whether its signer may vouch for that is not clear: {reason}."
)
PACKAGE_KEY_ENDED = Sentence(
    "PackageKeyEnded",
    "The package of {name} is whole, and unchanged since it was signed. The roster has ended the key since.",
)
PACKAGE_KEY_ENDED_NEXT = Sentence(
    "AskNewerPackage",
    "Its acts are judged one by one. Ask for a newer package if it was made after the key had ended.",
)
