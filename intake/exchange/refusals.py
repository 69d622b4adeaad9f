"""What a carrier refuses or cannot do, one exact class for each.

Those under ``CarrierStopped`` end the work; what was done before stays done and is in their ``report``. Those under
``EntryRefusal`` concern one file and travel inside a ``Problem`` while the rest goes on. The refusals of package
files are in ``refusals``.
"""

from __future__ import annotations

from typing import ClassVar

from intake.domain.base.refusals import Refusal


class CarrierStopped(Refusal):
    """The work could not go on. Facts: ``folder``, ``done`` (entries finished before), and often ``report``."""

    what = "The exchange with {folder} stopped (files done before: {done}): {detail}."
    why = "Your computer reported an error that Countersign does not know."
    next = "Nothing is lost here. Check the folder and try again."

    @property
    def report(self) -> object:
        """The SendReport or FetchReport of what was done before it stopped, of a whole exchange its ExchangeReport, or ``None``."""
        return self.facts.get("report")


class FolderMissing(CarrierStopped):
    what = "The exchange folder {folder} is not there."
    why = "Countersign never makes this folder itself: an unplugged drive would then look like an empty exchange."
    next = "Connect the drive or share, or choose another folder in Settings."


class FolderVanished(CarrierStopped):
    what = "The exchange folder {folder} disappeared (files done before: {done})."
    why = "It was renamed, removed or unplugged while Countersign worked in it."
    next = "Connect it again and repeat; what was done stays done and is not done twice."


class ShareGone(CarrierStopped):
    what = "The connection to {folder} broke (files done before: {done}): {detail}."
    why = "The drive or the network share stopped answering."
    next = "Wait for the connection and repeat; what was done stays done and is not done twice."


class NotAFolder(CarrierStopped):
    what = "{folder} is a file, not a folder."
    why = "Acts are exchanged as separate files inside a folder."
    next = "Choose a folder in Settings."


class FolderUnreadable(CarrierStopped):
    what = "You may not read {folder}."
    why = "The folder's owner has not given you the right to list or open what is in it."
    next = "Ask the administrator of the share for read and write access."


class FolderReadOnly(CarrierStopped):
    what = "You may not write into {folder} (files sent before: {done})."
    why = "The folder or its drive is read-only for you, so your acts cannot leave this computer."
    next = "Ask the administrator of the share for write access, or send a package file instead."


class FolderFull(CarrierStopped):
    what = "{folder} is full (files sent before: {done})."
    why = "There is no room for the next file. Nothing half-written counts, because unfinished files are never read."
    next = "Make room or ask for a larger quota, then send again; it goes on where it stopped."


class FolderBlocked(CarrierStopped):
    what = "There is a file where {folder} needs a folder: {detail}."
    why = "Countersign never overwrites or removes what somebody else put there."
    next = "Look at that file, move it away, then send again."


class FolderBusy(CarrierStopped):
    what = "Another program keeps the files in {folder} locked (files sent before: {done})."
    why = "A virus scanner, backup or sync program holds new files open for too long."
    next = "Wait until it is finished, then send again."


class PathTooLong(CarrierStopped):
    what = "The path of {folder} is too long for this computer."
    why = "File names here are 64 digits long, and the system limits the whole path."
    next = "Choose a folder closer to the root of the drive."


class TooManyFiles(CarrierStopped):
    what = "{folder} holds more than {limit} files."
    why = "Countersign lists the whole folder, and this one would take too long and too much memory."
    next = "Check that it is the right folder; somebody may have put other files there."


class ExchangeCancelled(Refusal):
    what = "You cancelled this (entries done before: {done})."
    why = "A package is written as a whole or not at all, so nothing was left behind."
    next = "Start it again when you like."


class EntryRefusal(Refusal):
    """One file. Facts: ``name`` (safe to show) and, where the sentence has one, ``detail``."""

    quarantine: ClassVar[bool] = False
    """Whether the file is wrong in itself and belongs in quarantine, or may be right the next time."""

    what = "{name} was not taken."


class WrongHash(EntryRefusal):
    quarantine = True
    what = "{name} is damaged: its content is not what its name promises."
    why = "Every file is named by the SHA-256 of its content, and this one differs: {detail}."
    next = "It is kept in quarantine. Ask the sender to send it again."


class EncryptedOtherwise(EntryRefusal):
    quarantine = True
    what = "{name} is encrypted, and not as Countersign does it."
    why = "What travels has one encrypted form, so that no file can be read in two ways."
    next = "It is kept in quarantine. Ask the sender to send it again."


class EntryTooLarge(EntryRefusal):
    quarantine = True
    what = "{name} is too large: {detail}."
    why = "Sizes are limited so that one file cannot fill this computer."
    next = "If it is a wanted attachment, ask an administrator to raise the limit; an act is never this large."


class UnknownFile(EntryRefusal):
    quarantine = True
    what = "{name} is not a file of the exchange."
    why = "An act is called .p7m or is in “ev”; any other file must carry its own SHA-256 in its name."
    next = "It was left where it is. If it should be attached to a use case, attach it in the guide."


class Placeholder(EntryRefusal):
    what = "{name} is not on this computer yet: {detail}."
    why = "A sync program shows the file's name but has not fetched its content."
    next = "Choose “Always keep on this device” for the exchange folder, or wait until it is synchronised."


class LinkSkipped(EntryRefusal):
    what = "{name} is a link and was not followed."
    why = "A link can lead out of the exchange folder to private files."
    next = "Put the file itself there."


class SpecialFile(EntryRefusal):
    what = "{name} is a device or a pipe, not a file."
    why = "Reading it could hang or return anything."
    next = "Remove it from the exchange folder."


class TooDeep(EntryRefusal):
    what = "{name} is nested too deeply and was not opened."
    why = "The exchange uses two levels of folders; far deeper ones are a mistake or a trap."
    next = "Check what put it there."


class Unreadable(EntryRefusal):
    what = "{name} could not be read: {detail}."
    why = "The drive or its permissions do not allow it."
    next = "It is tried again the next time. If it stays, ask the administrator of the share."


class FileBusy(EntryRefusal):
    what = "{name} is locked by another program."
    why = "A virus scanner, backup or sync program holds it open."
    next = "It is tried again the next time."


class FolderClosed(EntryRefusal):
    """One folder below the organisation's; ``name`` is its path there."""

    what = "The folder {name} of the exchange cannot be used: {detail}."
    why = "Its owner has not given you the right to look into it and to put files there, or it is damaged."
    next = "Everything else was exchanged. Ask those who run the share to open or remove it."


class InTheWay(EntryRefusal):
    what = "Nothing can be sent to {name}: {detail}."
    why = "Countersign never overwrites or removes what somebody else put there."
    next = "Everything else was sent. Look at what is there, move it away, then send again."


class TooLargeForFolder(EntryRefusal):
    what = "{name} is larger than this drive allows for one file."
    why = "The file system or a limit of your account refuses files of this size."
    next = "Send it by another folder or as a package."


class FolderConfidential(CarrierStopped):
    what = "Nothing was sent to {folder}: what lies there is encrypted, and your register would send what everybody can read."
    why = "The organisation exchanges confidentially by a roster version that you do not have, or did once and does not any more."
    next = "Open what was handed to you (countersign access open) and exchange again, or choose another folder."
