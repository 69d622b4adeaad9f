"""The words of the next act (``next_act``): what each is called, and why it is asked for."""

from __future__ import annotations

from intake.domain.base.wording import Caption, Sentence

CALL_STOP = Caption("CallStop", "Stop it now")
CALL_FILE = Caption("CallFileAgain", "File again")
CALL_JOIN = Caption("CallJoin", "Join the two revisions")
CALL_DECIDE = Caption("CallDecide", "Read and decide")
CALL_ANSWER = Caption("CallAnswerTerms", "Answer the terms of the {office}")
CALL_AGAIN = Caption("CallSignAgain", "Sign again, or decline")
CALL_LIFT = Caption("CallLift", "Lift the suspension, or leave it")
CALL_ACCEPT = Caption("CallAccept", "Accept what was decided, or answer it")
CALL_ANSWER_OWNER = Caption("CallAnswerOwner", "Answer the owner")
CALL_TAKE_OVER = Caption("CallTakeOver", "Take it over, or leave it")
CALL_HAND_OVER = Caption("CallHandOver", "Give it to somebody")
CALL_ACKNOWLEDGE = Caption("CallAcknowledge", "Acknowledge that it is retired")
CALL_COMPLETE = Caption("CallComplete", "Complete the record")
CALL_MEET = Caption("CallMeet", "Report that it is met")
CALL_CONFIRM = Caption("CallConfirm", "Confirm the report, or send it back")
CALL_SHRINK = Caption("CallShrink", "Bring it back inside its limits")
CALL_LOOK = Caption("CallLookOver", "Look at what is past its limits")
CALL_REPORT = Caption("CallReportFigures", "Report users and cost")
CALL_RENEW = Caption("CallRenew", "File again before the approval ends")
WHOEVER_ANSWERS = Caption("WhoeverAnswersForIt", "the person who answers for it")
CALL_WAIT = Caption("CallNothing", "Nothing for you to do now")

NOT_IN_FORCE = Sentence("NothingInForce", "Nothing is in force: {why}.")
OWNER_MUST_STOP = Sentence("OwnerMustStop", "{owner} has to stop it.")
RUNS_AGAIN = Sentence("RunsAgainSigned", "It may run again when both offices have signed.")
RUNS_AGAIN_FILED = Sentence("RunsAgainFiled", "To go on, file it again for both offices to sign.")
OFFICES_SETTLE = Sentence(
    "OfficesSettle", "It may run again when the CIO and the CISO have lifted it; you can file it again."
)
RUNS_AGAIN_ACCEPTED = Sentence(
    "RunsAgainAccepted", "It may run again when the owner has accepted what both offices decided."
)

OWNER_ACCEPTS = Sentence(
    "OwnerAcceptsOrAnswers",
    "Both offices decided otherwise than was filed. It holds once you accept it; or say what a boundary or a condition costs.",
)
OWNER_ANSWERED = Sentence(
    "OwnerAnsweredTerms", "{owner} has said what your terms cost. Sign the same terms again, or propose others."
)
OWNER_TO_ACCEPT = Sentence(
    "OwnerHasToAccept", "Both offices decided otherwise than was filed. It holds once {owner} accepts it."
)
OWNER_TO_ACCEPT_AND_ANSWER = Sentence(
    "OwnerHasToAcceptYouAnswer",
    "Both offices decided otherwise than was filed. It holds once {owner} accepts it; you can say what a point of it costs.",
)
OWNER_ASKED = Sentence("OwnerAsked", "The {office} asks you to change it. Answer by filing it again.")
OWNER_JOINS = Sentence("OwnerJoins", "Two revisions were filed apart from each other. File again to join them.")
OWNER_MAY_DECLINED = Sentence("OwnerMayFileDeclined", "It was declined. You may change it and file it again.")
OWNER_MAY_WITHDRAWN = Sentence("OwnerMayFileWithdrawn", "It was withdrawn. You may file it again.")
OWNER_MAY_RETIRED = Sentence(
    "OwnerMayFileRetired", "It was retired. You may file it again, should it be wanted after all."
)
RENEW = Sentence("RenewApproval", "The approval ends on {day}. Nothing may run after that without a new one.")

FIRST = Sentence("DecideFirst", "Neither office has decided yet; either may be first.")
SECOND = Sentence("DecideSecond", "The {office} approved on {day}. When you sign the same terms, it is decided.")
DIFFER = Sentence("DecideTermsDiffer", "The {office} signed other terms on {day}. Sign the same, or propose yours.")
LIFT = Sentence("DecideToLift", "Only both offices lift it, each suspension by name. Approving again lifts nothing.")
LIFT_SECOND = Sentence("DecideToLiftSecond", "The {office} has lifted it. When you lift it too, it may run again.")
APART = Sentence("DecideMovedApart", "The offices moved while apart. Look at what the other signed, and sign again.")
SELF_APART = Sentence(
    "DecideSelfApart", "Your office gave opinions that contradict each other. Look at them, and sign again."
)
SETTLE_FIRST = Sentence("DecideSettleFirst", "Something has to be settled before an approval counts: {reason}.")
SETTLE = Sentence("DecideSettle", "Something has to be settled before an approval counts.")
NOT_INDEPENDENT = Sentence(
    "NextNotIndependent", "You have a part in this use case, so somebody else of your office decides."
)
LACKS_MINE = Sentence("RecordLacksYours", "It is decided. Only your signature is missing on the record.")
LACKS_COPY = Sentence("RecordLacksCopy", "It is decided, and no copy of the record can be completed. Approve it again.")
LACKS_OTHER = Sentence("RecordLacksOther", "It is decided. The record still lacks the signature of {turn}.")

MEET = Sentence("MeetCondition", "“{text}” is yours to meet, by {day}.")
MEET_OVER = Sentence("MeetConditionOverdue", "“{text}” was yours to meet by {day}. It is overdue.")
MEET_AGAIN = Sentence("MeetConditionAgain", "Your report on “{text}” was sent back. It is yours to meet, by {day}.")
SENT_BACK = Sentence(
    "MeetSentBack", "Your report on “{text}” was sent back: “{reason}”. Report it again once that is settled."
)
CONFIRM = Sentence("ConfirmReport", "{owner} reports that “{text}” is met. Confirm it, or send it back with a reason.")
OTHERS_MEET = Sentence("OthersMeetCondition", "Next, {who} has to meet “{text}”, by {day}.")
OTHERS_MEET_OVER = Sentence("OthersMeetConditionOverdue", "“{text}” is overdue: {who} was to meet it by {day}.")

SHRINK = Sentence(
    "ShrinkIt", "Past its limits: {why}. Bring it back and report again, or file it again for a larger step."
)
LOOK_OVER = Sentence(
    "LookPastLimits", "Past its limits: {why}. {owner} has to bring it back; an office can suspend it meanwhile."
)
OTHERS_SHRINK = Sentence("OthersShrink", "Past its limits: {why}. {who} has to bring it back inside them.")
REPORT = Sentence("ReportFigures", "Say how many people use it and what it has cost, by {day}.")
REPORT_OVER = Sentence(
    "ReportFiguresOverdue", "Nobody has said for too long how many use it and what it has cost. It was due by {day}."
)
OTHERS_REPORT = Sentence("OthersReport", "Next, {who} reports how many use it and what it has cost, by {day}.")
OTHERS_REPORT_OVER = Sentence(
    "OthersReportOverdue", "{who} was to report by {day} how many use it and what it has cost. That is overdue."
)

HOLDS = Sentence("ApprovalHolds", "The approval holds until {day}. Before it ends, {owner} files it again.")
TURN = Sentence("NextTurn", "It is the turn of {turn}.")
TURN_UNTIL = Sentence("NextTurnUntil", "It is the turn of {turn}, until {day}.")
TURN_OVER = Sentence("NextTurnOverdue", "It is the turn of {turn}, who had until {day}.")
NOBODY = Sentence("NextNobody", "It is nobody’s turn.")
OWNER_MAY = Sentence("NextOwnerMay", "It is nobody’s turn. {owner} may file it again.")
TAKE_OVER = Sentence(
    "NextTakeOver",
    "{who} hands it over to you: “{reason}”. Once you accept, you answer for it, and decide on it no more.",
)
TAKING_OVER = Sentence("NextTakingOver", "It is also the turn of {who}, to take it over.")
OWNERLESS = Sentence("NextOwnerless", "Nobody present answers for it. Two administrators hand it over.")
SECOND_HANDS = Sentence(
    "NextSecondHands", "{who} gives it to {successor}: “{reason}”. It takes a second administrator."
)
OWNERLESS_HANDS = Sentence(
    "NextOwnerlessHands", "Nobody present answers for it. You and a second administrator hand it over."
)
ACKNOWLEDGE = Sentence("NextAcknowledge", "It was retired. Read what becomes of its data, access, model and contract.")
NOTHING_COUNTS = Sentence("NextNothingCounts", "Nothing of it counts yet.")
