"""Why a record cannot be made, signed or read: one class per thing that can go wrong.

A record that was read and does not hold is not a refusal but a verdict, see ``validate``.
"""

from __future__ import annotations

from intake.domain.base.refusals import Refusal


class RecordRefused(Refusal):
    what = "This record cannot be used."
    why = "A decision record must read the same in every program, for decades."
    next = "Nothing was changed. Make the record again from the register."


class NotARecord(RecordRefused):
    what = "This file is not a decision record: {detail}."
    why = "Only a PDF as Countersign makes it can be signed or judged."
    next = "Choose the record’s own PDF, or make it again from the register."
    exit_code = 3


class BrokenRecord(RecordRefused):
    """The file is a PDF, but not put together as a record is; ``detail`` says where it differs."""

    what = "This record is not put together as Countersign makes it: {detail}."
    why = "A file with two readings could show one thing and mean another."
    next = "Do not rely on it. Ask the organisation for the original file."
    exit_code = 1


class ForeignChange(BrokenRecord):
    """A section holds more than one signature adds; ``detail`` says what."""

    what = "This record was changed after it was signed: {detail}."
    why = "After a signature only the next office’s signature may follow."


class NoSuchField(RecordRefused):
    what = "This record has no place for a signature of the {field}."
    next = "Check which record you are signing."


class AlreadySigned(RecordRefused):
    what = "The {field} has already signed this record."
    why = "One office signs one record once."
    next = "Nothing is left to do here for this office."


class ChangedBase(RecordRefused):
    what = "This record does not say what the register says."
    why = "Both offices must sign the same pages, and these pages are not the ones this register makes."
    next = "A fresh record can be made from the register; sign that one."


class UnknownEdition(RecordRefused):
    """``edition`` is what the record names, ``known`` the newest that this program has."""

    what = "The record was made by a newer version of Countersign: edition {edition}; this version knows {known}."
    why = "A newer edition may word or lay out the same things differently, so its pages cannot be printed and compared here."
    next = "Update Countersign, then check or sign the record again."


class OtherFonts(RecordRefused):
    what = "The pages are set in other fonts than those of edition {edition}."
    why = "An edition has one set of fonts, so these pages cannot be printed here and compared."
    next = "Check the record with the program that made it."


class WordsMissing(RecordRefused):
    what = "This edition of the record has no words for the boundary “{field}”."
    why = "A record says every boundary that both offices agreed on, and why it is there."
    next = "Update Countersign on both sides, and sign in the newest edition."


class SignatureTooLarge(RecordRefused):
    what = "The signature is larger than its place in the record: {size} bytes, {room} are free."
    why = "The place is measured before signing; an unusually large certificate or timestamp does not fit."
    next = "Sign without a timestamp, or use a key with a smaller certificate."


class TimestampFailed(RecordRefused):
    """Base of what can go wrong at a timestamp service. Each offers to sign without one (level B-B)."""

    what = "The timestamp service gave no timestamp."
    why = "A timestamp proves when the record was signed, and only the service can give it."
    next = "Try again later, or sign without a timestamp; it can be added to the archive copy."


class TimestampUnreachable(TimestampFailed):
    what = "The timestamp service {url} could not be reached: {detail}."


class TimestampDenied(TimestampFailed):
    what = "The timestamp service {url} refused the request: {detail}."


class TimestampUnusable(TimestampFailed):
    what = "What the timestamp service {url} sent is not a usable timestamp: {detail}."
