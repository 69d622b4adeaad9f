"""Why a package file is refused, or cannot be written: one exact class for each trap and each trouble.

Those under ``PackageRefusal`` refuse the whole file before anything of it is used. ``LyingSize`` and
``HeadersDisagree`` can also be found late, when one entry is opened; then they travel in a ``Problem``.
"""

from __future__ import annotations

from intake.domain.base.refusals import Refusal
from intake.exchange.refusals import EntryRefusal


class PackageRefusal(Refusal):
    what = "This package was refused: {detail}."
    why = "Packages are read only in the exact form Countersign writes, so that nothing can hide in them."
    next = "Ask the sender to export it again and to send it unchanged."


class NotAPackage(PackageRefusal):
    what = "This is not a Countersign package: {detail}."


class PackageTruncated(PackageRefusal):
    what = "The end of this package is missing."
    why = "It was probably not copied or downloaded completely."
    next = "Copy or download it again."


class TooManyWrongEntries(PackageRefusal):
    what = "More than {limit} entries of this package are not what their names say."
    why = "A package that lost a few bytes has a few such entries; of one that was made so, the rest is not read."
    next = "What was right until then was taken. Ask the sender for the package again."


class PackageUnreadable(PackageRefusal):
    what = "The package {name} could not be read: {detail}."
    why = "The drive, the share or its permissions do not allow it."
    next = "Copy it to this computer and try again."


class LeadingData(PackageRefusal):
    what = "This package has data before its first entry."
    why = "A file that is two things at once can show each program something else."


class TrailingData(PackageRefusal):
    what = "This package has data after its end."
    why = "A file that is two things at once can show each program something else."


class HiddenData(PackageRefusal):
    what = "This package has bytes that belong to no entry."
    why = "Data between entries is invisible to most programs and can hide anything."


class PackageComment(PackageRefusal):
    what = "This package carries a comment."
    why = "Nobody signed it, and it can hide data."


class DirectoryLies(PackageRefusal):
    what = "The table of contents of this package is wrong: {detail}."


class Zip64Lie(PackageRefusal):
    what = "This package uses large-file fields it does not need: {detail}."
    why = "Fields given twice let two programs read two different contents."


class TooManyEntries(PackageRefusal):
    what = "This package has {count} entries; {limit} are allowed."
    why = "A hostile file could otherwise exhaust this computer."
    next = "Export fewer cases at a time."


class PackageTooLarge(PackageRefusal):
    what = "This package unpacks to more than {limit} bytes."
    why = "A hostile file could otherwise exhaust this computer, and larger packages need fields that are refused."
    next = "Export fewer cases at a time."


class CompressionBomb(PackageRefusal):
    what = "{name} claims to unpack to {ratio} times its size."
    why = "Only a trap is compressed so far; Countersign itself does not compress."


class OverlappingEntries(PackageRefusal):
    what = "Entries of this package overlap."
    why = "The same bytes counted many times are how a small file becomes an enormous one."


class EncryptedEntry(PackageRefusal):
    what = "{name} is encrypted."
    why = "Countersign never writes encrypted entries, and cannot check what it cannot read."
    next = "Ask the sender for the file as Countersign exported it."


class UnsupportedFeature(PackageRefusal):
    what = "{name} uses a feature of zip files that Countersign does not read: {detail}."
    next = "It may have been packed again by another program. Ask for the file as Countersign exported it."


class UnknownEntry(PackageRefusal):
    what = "This package holds something that does not belong there: {name}."


class DirectoryEntry(UnknownEntry):
    what = "This package holds an entry for a folder: {name}."


class NestedPackage(UnknownEntry):
    what = "This package holds another package: {name}."
    why = "Packages are never unpacked from packages."


class SymlinkEntry(UnknownEntry):
    what = "This package holds a link or a device: {name}."
    why = "A link can lead to any file of the reader."


class UnsafeName(UnknownEntry):
    what = "This package holds an unsafe name: {name}."
    why = "Some computers read such a name as a different one."


class PathTraversal(UnsafeName):
    what = "A name in this package leads out of its folder: {name}."
    why = "It could overwrite other files of the reader."


class AbsolutePath(PathTraversal):
    what = "A name in this package is an absolute path: {name}."


class DriveLetter(PathTraversal):
    what = "A name in this package names a drive: {name}."


class BackslashName(UnsafeName):
    what = "A name in this package has a backslash: {name}."


class DeviceName(UnsafeName):
    what = "A name in this package is a device on Windows: {name}."


class AlternateStream(UnsafeName):
    what = "A name in this package has a colon: {name}."
    why = "On Windows it would write into a hidden part of another file."


class DuplicateName(UnsafeName):
    what = "This package holds the same name twice: {name}."
    why = "One program reads the first, another the last."


class CaseTwin(UnsafeName):
    what = "A name in this package has capital letters: {name}."
    why = "On some computers it is the same file as the one in small letters."


class UnicodeTwin(UnsafeName):
    what = "A name in this package has letters outside the basic alphabet: {name}."
    why = "It can look like, or turn into, another name."


class MissingManifest(PackageRefusal):
    what = "This package has no {name}."
    why = "Without the signed list of contents nobody can see whether something was left out."


class BadManifest(PackageRefusal):
    what = "The package's list of contents is not right: {detail}."
    why = "Without it nobody can see whether something was left out."


class OtherOrganisation(PackageRefusal):
    what = "This package belongs to another organisation."
    why = "Acts of two organisations never mix."
    next = "Open it with the register of that organisation."


class LyingSize(PackageRefusal, EntryRefusal):
    quarantine = True
    what = "{name} does not have the size it claims."
    why = "A false size is how a trap gets past the limits."


class HeadersDisagree(PackageRefusal, EntryRefusal):
    quarantine = True
    what = "{name} is described in two ways: {detail}."
    why = "One program would read the first description, another the second."


class EntryDamaged(EntryRefusal):
    quarantine = True
    what = "{name} is damaged and cannot be unpacked."
    why = "Some bytes of the package changed on the way."
    next = "The other entries were read. Ask the sender to export the package again."


class PackageIncomplete(EntryRefusal):
    quarantine = True
    what = "The package lists {listed} acts and files, but holds {held}."
    why = "Something was left out or added after the sender signed the list."
    next = "What is there was read. Ask the sender to export the package again."


class TargetTrouble(Refusal):
    what = "The package {name} could not be written: {detail}."
    why = "Your computer reported an error."
    next = "Nothing half-written was left. Choose another place and try again."


class TargetExists(TargetTrouble):
    what = "{name} already exists."
    why = "Countersign does not replace a file unless you ask it to."
    next = "Choose another name, or confirm that it may be replaced."


class TargetFull(TargetTrouble):
    what = "There is no room for the package {name}."
    why = "The drive is full or your quota is used up."


class TargetReadOnly(TargetTrouble):
    what = "You may not write the package {name} there."
    why = "The folder or its drive is read-only for you."


class TargetFolderMissing(TargetTrouble):
    what = "The folder for the package {name} is not there."
    why = "It was renamed, removed or unplugged."


class TargetGone(TargetTrouble):
    what = "The drive broke off while the package {name} was written."
    why = "The drive or the network share stopped answering."


class TargetBusy(TargetTrouble):
    what = "Another program keeps {name} locked."
    why = "It may be open in another window, or a virus scanner holds it."
    next = "Close it there, or choose another name."
