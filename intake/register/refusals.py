"""What can go wrong with the file a register lives in, and with what is put into it: one exact class for each."""

from __future__ import annotations

from intake.domain.base.refusals import Refusal


class RegisterRefusal(Refusal):
    what = "The register {path} cannot be used."


class FolderInTheWay(RegisterRefusal):
    what = "{path} is a folder, and the register needs a file of that name."
    why = "Countersign does not remove what it did not make."
    next = "Move the folder away, or choose another home for the register."


class NotADatabase(RegisterRefusal):
    what = "{path} is not a database."
    why = "Countersign does not overwrite a file it did not make."
    next = "Choose another home for the register, or move this file away."


class SomeoneElsesDatabase(RegisterRefusal):
    what = "{path} is a database of another program."
    why = "It does not carry the mark of a Countersign register, and Countersign leaves other programs' data alone."
    next = "Choose another home for the register."


class NewerRegister(RegisterRefusal):
    what = "{path} was written by a newer Countersign (format {found}, this version reads up to {known})."
    why = "An older program would misread it and could damage it."
    next = "Install the current version of Countersign. Nothing was changed."


class UnknownMigration(RegisterRefusal):
    what = "{path} has format {found}, which no released Countersign has written."
    why = "Countersign only brings registers up to date from formats it knows."
    next = "Restore the last backup, or send the file to those who support Countersign in your organisation."


class NetworkShare(RegisterRefusal):
    what = "{path} is on a network share ({kind})."
    why = "Databases on shares are damaged when two computers write at once, because locks do not reach across."
    next = "Keep the register on this computer, and use the share as an exchange folder."


class SyncedFolder(RegisterRefusal):
    what = "{path} is in a folder that {service} keeps in step with other computers."
    why = "Such a service copies a database while it is being written, and damages it or puts an old state back."
    next = "Keep the register outside that folder, and use the folder for the exchange."


class ReadOnlyPlace(RegisterRefusal):
    what = "{path} cannot be written."
    why = "The file, its folder or its disk is read-only for you."
    next = "Give yourself the right to write there, or choose another home for the register."


class HomeReadOnly(RegisterRefusal):
    """Base: ``detail`` is why it cannot be written, as ``causes.cause`` gives it."""

    what = "The home {path} can only be read: {detail}."
    why = "What you sign or save is kept there, and its folder or its disk does not let you write."
    next = "Give yourself the right to write there, or copy the home to where you have it and open the copy."


class HomeFull(HomeReadOnly):
    why = "What you sign or save is kept there, and no more fits. All that is there is whole and can be read."
    next = "Make room on its disk or have your limit raised, then open it again."


class HomeFaulty(HomeReadOnly):
    why = "What you sign or save is kept there, and its disk does not take it."
    next = "Save a copy to another disk with: countersign backup. Check the disk, then open it again."


class NeedsWriting(RegisterRefusal):
    what = "{path} can only be read ({cause}), and it cannot be shown before it is written: {detail}."
    why = "As it is, it could show something that is not so."
    next = "Open it once where it can be written, or copy the home to such a place and open the copy."


class UnreachablePlace(RegisterRefusal):
    what = "{path} cannot be opened."
    why = "The file is closed to you, or its folder is closed to you or missing."
    next = "Check that the disk is there and that you may open the folder and the file."
    exit_code = 3


class DiskFull(RegisterRefusal):
    what = "The disk that holds {path} is full."
    why = "What was being stored was taken back as a whole; everything stored before is intact."
    next = "Make room on the disk and do it again."


class DamagedRegister(RegisterRefusal):
    what = "{path} is damaged."
    why = "A page of the file does not hold what SQLite left there: the disk, or another program, changed it."
    next = "Restore the last backup; acts that others have received come back with the next exchange."


class RegisterBusy(RegisterRefusal):
    what = "{path} is in use by another program for longer than {seconds} seconds."
    why = "Two programs must not write at once."
    next = "Close the other Countersign, or wait until it has finished, and do it again."


class DiskFault(RegisterRefusal):
    what = "The disk that holds {path} reported a fault."
    why = "What was being stored was taken back as a whole."
    next = "Check the disk, then start Countersign again."


class MarkUnreadable(RegisterRefusal):
    what = "The counter file {path} cannot be written: {detail}."
    why = "Without it a restored backup could sign the same number twice, which others would see as a forgery."
    next = "Give yourself the right to write there and make room on the disk."


class PlaceTaken(Refusal):
    what = "Another act of yours was stored while this one was being signed."
    why = "Two acts in one place would look to others like a forged history, and none of them would count."
    next = "Nothing of it was stored. Look again and repeat the step."


class AnotherOrganisation(Refusal):
    what = "This act belongs to another organisation ({found})."
    why = "Your register holds the acts of {org} only; rights in one organisation mean nothing in another."
    next = "It is kept in quarantine. Check that you chose the right exchange folder."


class NoOrganisationYet(Refusal):
    what = "This act belongs to an organisation that you have not joined ({found})."
    why = "Without an organisation nobody's rights can be checked."
    next = "Found an organisation or join one first, comparing its words with a colleague."


class OrganisationFixed(Refusal):
    what = "This register already belongs to the organisation {org}."
    why = "Acts of two organisations are never mixed in one register."
    next = "Use another home for another organisation."


class WaitingRoomFull(Refusal):
    what = "The waiting room is full ({count} acts, {size} bytes), so this act was left where it is."
    why = "Acts of people who are in no roster yet are kept only within limits, so that nobody can fill your disk."
    next = "List the people who are waiting, fetch the roster that names them, or send away those whom nobody knows."


class TooManyWait(WaitingRoomFull):
    what = (
        "{count} acts with the key {key} wait already for a roster that is not here, so this one was left where it is."
    )
    why = "What one key may leave waiting is limited, so that nobody can fill your disk. Objections are always kept."
    next = "Fetch the roster that they name. If nobody has it, send away what waits of this key."


class SentAway(Refusal):
    what = "An administrator sent this act away: it waited for a roster that is not here."
    why = "What may wait here is limited, and the room was needed for others."
    next = "It comes back by itself once that roster is here. If you remove it here, it may be fetched again and wait."


class WrongBytes(Refusal):
    what = "An attached file does not have the digest it is named by ({sha256})."
    why = "It was changed or damaged on the way."
    next = "It is kept in quarantine. Ask for it to be sent again."


class UnreadableBody(Refusal):
    what = "This act is signed rightly, but what it says cannot be read: {detail}"
    why = "It is kept and passed on, because a newer Countersign may understand it; here it counts for nothing."
    next = "Install the current version of Countersign, or ask the sender."


class StoredActDamaged(Refusal):
    what = "The stored act {act} is not the one that was signed."
    why = "Its bytes no longer have the digest they are named by."
    next = "Restore the last backup, or fetch the act again into an empty register."


class QuarantineFull(Refusal):
    what = "Quarantine is full: {count} refused files were not kept. They are looked at again once it has room."
    why = "It is limited, so that nobody can fill your disk with broken files."
    next = "Look through it and remove what you no longer need, many at once if you like."


class NoSuchDraft(Refusal):
    what = "This draft is no longer here."
    why = "It was filed or removed, perhaps in another window."
    next = "Go back to the list of drafts."


class DraftFileTooLarge(Refusal):
    what = "“{name}” is too large to attach ({size} bytes)."
    why = "Attached files travel with the use case; the limit is {limit} bytes."
    next = "Attach a smaller file, or name in the answer where the large one can be found."


class UnsearchableText(Refusal):
    what = "This search is too long."
    why = "A search looks for at most {limit} words."
    next = "Use fewer words."


class RegisterSetAside(Refusal):
    what = "The backup could not take the place of {path}: {detail}. What was there is now called {aside}."
    why = "The old register was moved away first and could not be moved back, so there is none in its place now."
    next = "Rename that file back, or restore again; nothing of it is lost."


class CannotRestore(Refusal):
    what = "The backup {path} cannot be used: {detail}."
    why = "A backup is checked completely before it takes the place of a register."
    next = "Choose another backup."
