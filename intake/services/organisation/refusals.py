"""Why a roster version is not signed: it could never count, no matter who else signs it."""

from __future__ import annotations

from intake.domain.base.refusals import Refusal


class NobodyToEndorse(Refusal):
    what = "Nothing was signed, because this roster version could never count."
    why = "Who gains an office by a version endorses nothing in it. For this one, {problem}."
    next = "List a third administrator first, or as many as are missing, and give the office once they are in force."


class SecondNewKey(Refusal):
    what = "Nothing was signed, because this roster version could never count: {problem}."
    why = "Each new key is compared by voice with its owner, and nobody reads out two at once."
    next = "List one key in this version, and another one in the next."


class KeyWithoutEnrolment(Refusal):
    what = "Nothing was signed: this roster version gives {person} a key, and no enrolment with that key is here."
    why = "Who enrols signs with the key. Without that anybody’s key can be listed under any name."
    next = "Fetch from the exchange, or ask {person} for the enrolment file and import it. If there is none, do not endorse it."


class PlaybookWeaker(Refusal):
    what = "Nothing was signed, because this roster version accepts a playbook that could never count: {problem}."
    why = (
        "A playbook may add to the core and be stricter. Nobody who relies on a decision could see that less was asked."
    )
    next = (
        "Write it as an overlay of the core, as the help page on overlays shows. If it is the core of a newer version of "
        "Countersign, install that."
    )


class PlaybookUntold(Refusal):
    what = "Nothing was signed: the playbook {playbook}, which this roster version accepts, cannot be read here."
    why = "Who endorses a version vouches for what its playbooks ask and demand, and here nobody can tell."
    next = "Fetch from the exchange, or install a newer version of Countersign, and look again."


class RosterTellsTooMuch(Refusal):
    what = "Roster version {version} changes {count} things, more than anybody can read."
    why = "An endorsement vouches for all of them, and one that matters could be among them. The limit is {limit}."
    next = "Ask who wrote it to make the changes in several versions."


class PersonIdNotUsable(Refusal):
    what = "“{person}” cannot be a person id."
    why = "Ids are written into every act, so they use only small letters, digits, dots and dashes."
    next = "Choose an id such as ada.byron."
