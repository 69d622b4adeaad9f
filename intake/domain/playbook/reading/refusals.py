"""What a playbook is refused for when its files are read: one class for each thing that can be wrong.

``detail`` and ``where`` are codes with facts, as far as they are not words of the files themselves.
"""

from __future__ import annotations

from intake.domain.base.located import PlacedRefusal


class UnreadablePlaybook(PlacedRefusal):
    what = "The playbook cannot be read: {detail} ({where})."
    why = "People answer, and offices sign, what the playbook says, so nothing in it is guessed."
    next = "Correct the playbook and load it again."


class UnknownKey(UnreadablePlaybook):
    what = "The playbook has a key that means nothing here: “{detail}” ({where})."
    why = "A misspelt key would silently drop a reason, a condition or a limit."


class MissingKey(UnreadablePlaybook):
    what = "The playbook leaves out something it needs: “{detail}” ({where})."
    why = "Each question says why it is asked and where it comes from; people follow reasons, not forms."


class NotToml(UnreadablePlaybook):
    what = "A file of the playbook is not TOML: {detail} ({where})."


class RepeatedId(UnreadablePlaybook):
    what = "Two things in the playbook share one id: {where}."
    why = "An answer, a fired rule and a signature name things by id, so an id means one thing."


class DanglingReference(UnreadablePlaybook):
    what = "The playbook refers to something it does not have: {detail} ({where})."


class UnresolvedSource(UnreadablePlaybook):
    what = "A source cannot be found in the list of frameworks: {detail} ({where})."
    why = "A reason that cannot be looked up is an opinion; every citation resolves."


class CircularQuestions(UnreadablePlaybook):
    what = "Questions decide about each other in a circle: {detail} ({where})."
    why = "Nobody could say which of them is asked first."


class UnfitCondition(UnreadablePlaybook):
    what = "A condition asks what its question cannot answer: {detail} ({where})."


class RestsOnOptional(UnreadablePlaybook):
    what = "A judgement rests on a question that may be left out: “{detail}” ({where})."
    why = "An answer nobody had to give would lower the tier in silence."


class UnfitQuestion(UnreadablePlaybook):
    what = "A question cannot be asked like this: {detail} ({where})."


class UnfitPage(UnreadablePlaybook):
    what = "A page or section has the wrong number of questions: {detail} ({where})."
    why = "People answer one to five related questions at a time, and four to six before they know the way."


class UnfitRoute(UnreadablePlaybook):
    what = "A route of the screening questions is incomplete: {detail} ({where})."
    why = "Everybody learns at the start where this leads, and a person who is stopped learns what to do instead."


class UnfitTiers(UnreadablePlaybook):
    what = "The tiers and their lanes are not complete: {detail} ({where})."


class UnfitClassification(UnreadablePlaybook):
    what = "A classification does not always give an answer: {detail} ({where})."
    why = "A reader must find exactly one level, whatever the answers are."


class UnfitBoundary(UnreadablePlaybook):
    what = "A value does not fit the boundary it is meant for: {detail} ({where})."


class MayNotChange(UnreadablePlaybook):
    what = "An overlay may not change “{key}” of what the core brings ({where})."
    why = "The core’s questions and rules state the law; changed words or conditions would make a rule fall silent."
    next = "Remove it, or add your own item beside it under another id."


class WouldWeaken(UnreadablePlaybook):
    what = "An overlay may make the core stricter and never weaker: {detail} ({where})."
    why = "Nobody who relies on a decision could see that less was asked or done than the core demands."
    next = "Choose a value at least as strict, or leave the core’s."


class AnotherCore(UnreadablePlaybook):
    what = "This overlay extends “{detail}”, and the playbook here is “{core}” ({where})."
    why = "What it adds was written beside other questions and rules."
    next = "Compare it with the playbook here, then change “extends”."


class CoreName(UnreadablePlaybook):
    what = "An overlay needs another id than the core; both are “{detail}” ({where})."
    why = "Two playbooks of one name could not be told apart by people."
