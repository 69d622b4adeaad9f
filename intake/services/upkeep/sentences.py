"""What the doctor finds and what it tells people to do, in English: the sentences alone, as there are many of them."""

from __future__ import annotations

from intake.domain.base.wording import Caption, Sentence

HOME_READ_ONLY = Sentence(
    "HealthHomeReadOnly", "The home can only be read, so nothing can be signed or saved in it: {detail}."
)
HOME_WAS_OPEN = Sentence(
    "HealthHomeWasOpen", "Other people of this computer could open {what} of this home; they are shut out now."
)
HOME_WAS_OPEN_NEXT = Sentence(
    "HealthHomeWasOpenNext",
    "If others use this computer, make a new key with countersign new-key, and tell the administrators.",
)
HOME_OPEN = Sentence(
    "HealthHomeOpen",
    "Other people of this computer can open {what} of this home, and Countersign cannot shut them out: it belongs to somebody else, or its disk knows no rights or can only be read.",
)
HOME_OPEN_NEXT = Sentence(
    "HealthHomeOpenNext", "Have its owner remove it, or move the home to a disk of this computer."
)
HOME_SHARED = Sentence(
    "HealthHomeShared",
    "The home is a folder that holds other things too, so only the files of the register are closed to others.",
)
HOME_SHARED_NEXT = Sentence(
    "HealthHomeSharedNext", "Move the register into a folder for itself, and name that with --home."
)
FOLDER_IN_HOME = Sentence(
    "HealthFolderInHome", "The exchange folder is inside the home, where nobody else can reach it."
)
FOLDER_IN_HOME_NEXT = Sentence(
    "HealthFolderInHomeNext", "Choose a folder outside the home that the others can open too."
)
REGISTER_DAMAGED = Sentence("HealthRegisterDamaged", "The register is damaged: {damage}.")
REGISTER_DAMAGED_NEXT = Sentence(
    "HealthRegisterDamagedNext", "Restore the last backup; what others have received comes back with the next exchange."
)
REGISTER_LOST = Sentence(
    "HealthRegisterLost",
    "Nothing is in this register, and acts were signed here before: the register that was here is gone.",
)
NO_ORGANISATION = Sentence("HealthNoOrganisation", "This register belongs to no organisation yet.")
NO_ORGANISATION_NEXT = Sentence(
    "HealthNoOrganisationNext",
    "Accept one with: countersign roster accept. Or set one up with: countersign roster found.",
)
NOT_FOUNDED = Sentence("HealthNotFounded", "The first roster is not in force here.")
NOT_FOUNDED_NEXT = Sentence(
    "HealthNotFoundedNext", "Fetch from the exchange; every administrator it lists must endorse it."
)
RIVALS = Sentence("HealthRivals", "Two roster versions claim to be the newest, so nothing new can be approved.")
ROLE_ENDED = Sentence("HealthRoleEnded", "{name} was {role} until {day}; approvals signed since then do not count.")
ROLE_ENDED_NEXT = Sentence(
    "HealthRoleEndedNext",
    "End the role with: countersign roster end-role. Or give it again: countersign roster grant-role.",
)
ROSTER_EXPIRED = Sentence("HealthRosterExpired", "The roster expired on {day}, so nothing new can be approved.")
ROSTER_EXPIRED_NEXT = Sentence("HealthRosterExpiredNext", "Ask the administrators for a new version.")
OLD_PICTURE = Sentence("HealthOldPicture", "The newest checkpoint is of {day}: what is known here may be old.")
OLD_PICTURE_NEXT = Sentence(
    "HealthOldPictureNext", "Fetch from the exchange, and ask the records team for a checkpoint."
)
NO_RECORDS_TEAM = Sentence(
    "HealthNoRecordsTeam",
    "The roster in force lists nobody who keeps records, so nothing will protect the version after it.",
)
NO_RECORDS_TEAM_NEXT = Sentence(
    "HealthNoRecordsTeamNext", "Give somebody the role with: countersign roster grant-role PERSON records."
)
NO_KEY = Sentence("HealthNoKey", "There is no key in use here, so nothing can be signed.")
NO_KEY_NEXT = Sentence("HealthNoKeyNext", "Make one with: countersign new-key.")
KEY_MISSING = Sentence("HealthKeyMissing", "The file of the key in use is not here.")
KEY_MISSING_NEXT = Sentence("HealthKeyMissingNext", "Bring it back with: countersign use-key.")
KEY_NOT_LISTED = Sentence("HealthKeyNotListed", "The roster does not list the key in use, so nothing it signs counts.")
FOLDER_INSIDE = Sentence("HealthFolderInside", "The exchange folder is the folder of one organisation inside another.")
FOLDER_INSIDE_NEXT = Sentence("HealthFolderInsideNext", "Choose the folder above it.")
ALARMS = Sentence(
    "HealthAlarms",
    "{count} alarms, the first: {reference}, {reason}.",
    one="{count} alarm, the first: {reference}, {reason}.",
)
ALARMS_NEXT = Sentence("HealthAlarmsNext", "Look at the history of these use cases before anything is approved there.")
OUT_OF_DATE = Sentence(
    "HealthOutOfDate",
    "Still to be read again, since an update or a new roster: {count} use cases.",
    one="Still to be read again, since an update or a new roster: {count} use case.",
)
OUT_OF_DATE_NEXT = Sentence(
    "HealthOutOfDateNext", "An open window and the next exchange do it; or at once: countersign rebuild."
)
QUARANTINE = Sentence(
    "HealthQuarantine",
    "In quarantine, because it was refused: {count} files.",
    one="In quarantine, because it was refused: {count} file.",
)
QUARANTINE_NEXT = Sentence("HealthQuarantineNext", "Look at them: countersign quarantine.")
WAITING = Sentence(
    "HealthWaiting",
    "{count} acts wait for a roster that is not here.",
    one="{count} act waits for a roster that is not here.",
)
WAITING_NEXT = Sentence("HealthWaitingNext", "Fetch from the exchange. See: countersign quarantine.")
ACTS_DAMAGED = Sentence(
    "HealthActsDamaged",
    "{count} stored acts no longer verify: {first}",
    one="{count} stored act no longer verifies: {first}",
)
ACTS_DAMAGED_NEXT = Sentence("HealthActsDamagedNext", "Restore the last backup, or fetch everything into a new home.")
ROSTER_UNREAD = Sentence(
    "HealthRosterUnread", "The people of roster version {version} are not here, so nothing under it counts yet."
)
ROSTER_UNREAD_NEXT = Sentence("HealthRosterUnreadNext", "Fetch from the exchange; it is the file {file}.")
ROSTER_EXPIRES = Sentence("HealthRosterExpires", "The roster expires on {day}.")
ROSTER_EXPIRES_NEXT = Sentence("HealthRosterExpiresNext", "Ask the administrators for a new version before that day.")
ROSTER_NOT_COVERED = Sentence(
    "HealthRosterNotCovered",
    "Nothing here shows that a checkpoint covers roster version {version}, so a majority of the administrators of version {before} could still undo it. {untold}",
)
LISTS_DIFFER = Sentence("HealthListsDiffer", "The lists are not what the acts say.")
LISTS_DIFFER_NEXT = Sentence("HealthListsDifferNext", "Run: countersign rebuild. Nothing is lost by it.")
ROSTER_BY_NO_CHECKPOINT = Sentence(
    "HealthRosterByNoCheckpoint",
    "No checkpoint of the records team covers roster version {version}, so a majority of the administrators of version {before} could still undo it.",
)
ROSTER_NOT_COVERED_NEXT = Sentence(
    "HealthRosterNotCoveredNext", "{names} can sign one with: countersign roster checkpoint."
)
ROSTER_CANNOT_BE_COVERED = Sentence(
    "HealthRosterCannotBeCovered",
    "Version {before} lists nobody who keeps records, so no checkpoint can cover roster version {version}, so a majority of the administrators of version {before} could still undo it.",
)
ROSTER_CANNOT_BE_COVERED_NEXT = Sentence(
    "HealthRosterCannotBeCoveredNext",
    "Only the administrators of that time could do it; keep an eye on the people page.",
)
CLOCK = Sentence("HealthClock", "Somebody signed with a time that is still to come: {furthest}, and it is {now} here.")
CLOCK_NEXT = Sentence("HealthClockNext", "Check the clock of this computer; if it is right, tell those who signed.")
ODDITIES = Sentence(
    "HealthOddities",
    "{count} acts claim an earlier time than something they name.",
    one="{count} act claims an earlier time than something it names.",
)
ODDITIES_NEXT = Sentence(
    "HealthOdditiesNext", "A clock was wrong, or somebody backdates. It changes nothing; the histories show them."
)

SETTLE = Sentence("SettleByCommand", "The administrators settle it with: countersign roster settle.")
TELL_OR_SETTLE = Sentence(
    "TellByCommand",
    "{names} can tell which counts with: countersign roster checkpoint --for ROSTER. Or: The administrators settle it with: "
    "countersign roster settle.",
)
LIST_IT = Sentence("ListByCommand", "An administrator lists it with: countersign roster list-person.")
ENROL = Sentence("EnrolByCommand", "Run: countersign enrol.")
THE_FOLDER = Caption("PlaceTheFolder", "the folder")
PLACE = Caption("PlaceNamed", "“{name}”")
PLACE_AND_MORE = Caption("PlaceAndMore", "{place} and {more} more")

# --------------------------------------------------------------------------------------------- facts, for a helpdesk
PYTHON_ON = Caption("FactPythonOn", "{python} on {system}")
HOME = Caption("FactHome", "Home")
OPEN_TO_OTHERS = Caption("FactOpenToOthers", "Open to others")
SOMETHING = Caption("FactSomething", "something")
NOTHING = Caption("FactNothing", "nothing")
SQLITE = Caption("FactSqlite", "{version}, journal {mode}, synchronous {synchronous}")
REGISTER = Caption("FactRegister", "Register")
FORMAT = Caption("FactFormat", "format {format}, installation {installation}")
USE_CASES = Caption("FactUseCases", "Use cases")
ACTS = Caption("FactActs", "Acts")
DRAFTS = Caption("FactDrafts", "Drafts")
WAITS = Caption("FactWaiting", "Waiting")
IN_QUARANTINE = Caption("FactInQuarantine", "In quarantine")
ALARM_COUNT = Caption("FactAlarms", "Alarms")
ORGANISATION = Caption("FactOrganisation", "Organisation")
NONE_YET = Caption("FactNoneYet", "none yet")
ROSTER = Caption("FactRoster", "Roster")
ROSTER_UNTIL = Caption("FactRosterUntil", "version {version}, good until {day}")
ROSTERS_LATE = Caption("FactRostersLate", "Rosters too late")
KNOWN_ON = Caption("FactKnownOn", "Known on")
NO_CHECKPOINT = Caption("FactNoCheckpoint", "no checkpoint yet")
PERSON = Caption("FactPerson", "Person")
NOBODY_YET = Caption("FactNobodyYet", "nobody yet")
PERSON_WITH = Caption("FactPersonWith", "{person}, {roles}")
NO_ROLE = Caption("FactNoRole", "no role")
KEY = Caption("FactKey", "Key")
NONE = Caption("FactNone", "none")
FOLDER = Caption("FactFolder", "Exchange folder")
FOLDER_USABLE = Caption("FactFolderUsable", "{folder}, readable and writable")
FOLDER_UNUSABLE = Caption("FactFolderUnusable", "{folder}, not usable")
KEPT_IN_STEP = Caption("FactKeptInStep", "Kept in step by")
FREE_THERE = Caption("FactFreeThere", "Free there")
MEGABYTES = Caption("FactMegabytes", "{number} MB")
NAMED = Caption("FactNamed", "{name}")
