<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AccessTexts</name>
    <message numerus="yes">
        <source>%Ln keys were handed to you</source>
        <translation>
            <numerusform>One key was handed to you</numerusform>
            <numerusform>%Ln keys were handed to you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln encrypted files ({size}) are kept. What of them you may read opens with the keys that were handed to you.</source>
        <translation>
            <numerusform>One encrypted file ({size}) is kept. If you may read it, it opens with the keys that were handed to you.</numerusform>
            <numerusform>%Ln encrypted files ({size}) are kept. What of them you may read opens with the keys that were handed to you.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files for others ({size}) are kept and passed on. They cannot be read here.</source>
        <translation>
            <numerusform>One file for others ({size}) is kept and passed on. It cannot be read here.</numerusform>
            <numerusform>%Ln files for others ({size}) are kept and passed on. They cannot be read here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AnswerRow</name>
    <message numerus="yes">
        <source>Show all %Ln characters</source>
        <translation>
            <numerusform>Show the one character</numerusform>
            <numerusform>Show all %Ln characters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AnswersBesideSheet</name>
    <message numerus="yes">
        <source>%Ln answers are the same</source>
        <translation>
            <numerusform>One answer is the same</numerusform>
            <numerusform>%Ln answers are the same</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AnswersPart</name>
    <message numerus="yes">
        <source>%Ln answers</source>
        <translation>
            <numerusform>%Ln answer</numerusform>
            <numerusform>%Ln answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln open points</source>
        <translation>
            <numerusform>%Ln open point</numerusform>
            <numerusform>%Ln open points</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>%Ln changed</numerusform>
            <numerusform>%Ln changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CaseHistoryTexts</name>
    <message numerus="yes">
        <source>Gave access with %Ln keys</source>
        <translation>
            <numerusform>Gave access with one key</numerusform>
            <numerusform>Gave access with %Ln keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{office} disowned %Ln suspensions</source>
        <translation>
            <numerusform>{office} disowned %Ln suspension</numerusform>
            <numerusform>{office} disowned %Ln suspensions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{office} lifted %Ln suspensions</source>
        <translation>
            <numerusform>{office} lifted one suspension</numerusform>
            <numerusform>{office} lifted %Ln suspensions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln people use it; {cost}</source>
        <translation>
            <numerusform>%Ln person uses it; {cost}</numerusform>
            <numerusform>%Ln people use it; {cost}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conditions</source>
        <translation>
            <numerusform>one condition</numerusform>
            <numerusform>%Ln conditions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CasePartsTexts</name>
    <message numerus="yes">
        <source>%Ln things have not arrived yet</source>
        <translation>
            <numerusform>One thing has not arrived yet</numerusform>
            <numerusform>%Ln things have not arrived yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CaseSubjectTexts</name>
    <message numerus="yes">
        <source>%Ln people use it</source>
        <translation>
            <numerusform>%Ln person uses it</numerusform>
            <numerusform>%Ln people use it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CheckSection</name>
    <message numerus="yes">
        <source>Unchanged since revision {number}: %Ln answers.</source>
        <translation>
            <numerusform>Unchanged since revision {number}: %Ln answer.</numerusform>
            <numerusform>Unchanged since revision {number}: %Ln answers.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Undo confirming %Ln answers of this part</source>
        <translation>
            <numerusform>Undo confirming %Ln answer of this part</numerusform>
            <numerusform>Undo confirming %Ln answers of this part</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Confirm all %Ln of this part</source>
        <translation>
            <numerusform>Confirm the one of this part</numerusform>
            <numerusform>Confirm all %Ln of this part</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CheckView</name>
    <message numerus="yes">
        <source>%Ln answers are still to be given</source>
        <translation>
            <numerusform>One answer is still to be given</numerusform>
            <numerusform>%Ln answers are still to be given</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln answers are to be chosen</source>
        <translation>
            <numerusform>One answer is to be chosen</numerusform>
            <numerusform>%Ln answers are to be chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln answers are to be checked</source>
        <translation>
            <numerusform>One answer is to be checked</numerusform>
            <numerusform>%Ln answers are to be checked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Worth a second look: %Ln answers say little</source>
        <translation>
            <numerusform>Worth a second look: one answer says little</numerusform>
            <numerusform>Worth a second look: %Ln answers say little</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They are marked below. You may file all the same; fuller answers save you questions back.</source>
        <translation>
            <numerusform>It is marked below. You may file all the same; a fuller answer saves you a question back.</numerusform>
            <numerusform>They are marked below. You may file all the same; fuller answers save you questions back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln answers cannot be shown whole on paper</source>
        <translation>
            <numerusform>%Ln answer cannot be shown whole on paper</numerusform>
            <numerusform>%Ln answers cannot be shown whole on paper</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChooseView</name>
    <message numerus="yes">
        <source>%Ln answers are still to be chosen</source>
        <translation>
            <numerusform>One answer is still to be chosen</numerusform>
            <numerusform>%Ln answers are still to be chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClockTexts</name>
    <message numerus="yes">
        <source>%Ln days ago</source>
        <translation>
            <numerusform>%Ln day ago</numerusform>
            <numerusform>%Ln days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln days over</source>
        <translation>
            <numerusform>%Ln day over</numerusform>
            <numerusform>%Ln days over</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln days left</source>
        <translation>
            <numerusform>%Ln day left</numerusform>
            <numerusform>%Ln days left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message numerus="yes">
        <source>%Ln answers differ</source>
        <translation>
            <numerusform>One answer differs</numerusform>
            <numerusform>%Ln answers differ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln revisions compete</source>
        <translation>
            <numerusform>One revision competes</numerusform>
            <numerusform>%Ln revisions compete</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CompetingNotice</name>
    <message numerus="yes">
        <source>%Ln revisions compete</source>
        <translation>
            <numerusform>One revision competes</numerusform>
            <numerusform>%Ln revisions compete</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln answers are still to be chosen</source>
        <translation>
            <numerusform>One answer is still to be chosen</numerusform>
            <numerusform>%Ln answers are still to be chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DraftTexts</name>
    <message numerus="yes">
        <source>{count} of %Ln to check</source>
        <translation>
            <numerusform>{count} of %Ln to check</numerusform>
            <numerusform>{count} of %Ln to check</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{answered} of {asked}, %Ln to check</source>
        <translation>
            <numerusform>{answered} of {asked}, %Ln to check</numerusform>
            <numerusform>{answered} of {asked}, %Ln to check</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{answered} of %Ln answered</source>
        <translation>
            <numerusform>{answered} of %Ln answered</numerusform>
            <numerusform>{answered} of %Ln answered</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvidenceField</name>
    <message numerus="yes">
        <source>At most {size} MB each and %Ln files in all: PDF, pictures, Office files, text, tables, mail, sound and film. No programs, scripts or macros.</source>
        <translation>
            <numerusform>At most {size} MB and one file in all: PDF, pictures, Office files, text, tables, mail, sound and film. No programs, scripts or macros.</numerusform>
            <numerusform>At most {size} MB each and %Ln files in all: PDF, pictures, Office files, text, tables, mail, sound and film. No programs, scripts or macros.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExchangeCard</name>
    <message numerus="yes">
        <source>%Ln people have no reader key: {names}. They make one by enrolling again.</source>
        <translation>
            <numerusform>One person has no reader key: {names}. Enrolling again makes one.</numerusform>
            <numerusform>%Ln people have no reader key: {names}. They make one by enrolling again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExchangePage</name>
    <message numerus="yes">
        <source>%Ln acts you signed have not been sent</source>
        <translation>
            <numerusform>One act you signed has not been sent</numerusform>
            <numerusform>%Ln acts you signed have not been sent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FiledView</name>
    <message numerus="yes">
        <source>Next: {who}. They are expected to decide within %Ln working days, by {day}.</source>
        <translation>
            <numerusform>Next: {who}. They are expected to decide within %Ln working day, by {day}.</numerusform>
            <numerusform>Next: {who}. They are expected to decide within %Ln working days, by {day}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilingSubjectTexts</name>
    <message numerus="yes">
        <source>%Ln answers stay as they were.</source>
        <translation>
            <numerusform>One answer stays as it was.</numerusform>
            <numerusform>%Ln answers stay as they were.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln answers say little. The reviewers may ask you about them.</source>
        <translation>
            <numerusform>One answer says little. The reviewers may ask you about it.</numerusform>
            <numerusform>%Ln answers say little. The reviewers may ask you about them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FoundView</name>
    <message numerus="yes">
        <source>%Ln files were not imported</source>
        <translation>
            <numerusform>One file was not imported</numerusform>
            <numerusform>%Ln files were not imported</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message numerus="yes">
        <source>%Ln days saved for your calendar</source>
        <translation>
            <numerusform>%Ln day saved for your calendar</numerusform>
            <numerusform>%Ln days saved for your calendar</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HomeTexts</name>
    <message numerus="yes">
        <source>And %Ln more in this use case.</source>
        <translation>
            <numerusform>And %Ln more in this use case.</numerusform>
            <numerusform>And %Ln more in this use case.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alarms</source>
        <translation>
            <numerusform>One alarm</numerusform>
            <numerusform>%Ln alarms</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln acts you signed have not been sent</source>
        <translation>
            <numerusform>One act you signed has not been sent</numerusform>
            <numerusform>%Ln acts you signed have not been sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln items wait</source>
        <translation>
            <numerusform>One item waits</numerusform>
            <numerusform>%Ln items wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files were not accepted</source>
        <translation>
            <numerusform>One file was not accepted</numerusform>
            <numerusform>%Ln files were not accepted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>One more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InboxPage</name>
    <message numerus="yes">
        <source>At most %Ln use cases are looked through at once: choose fewer.</source>
        <translation>
            <numerusform>At most %Ln use case is looked through at once: choose fewer.</numerusform>
            <numerusform>At most %Ln use cases are looked through at once: choose fewer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln use cases</source>
        <translation>
            <numerusform>%Ln use case</numerusform>
            <numerusform>%Ln use cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeptNotice</name>
    <message numerus="yes">
        <source>{labels} and %Ln more</source>
        <translation>
            <numerusform>{labels} and %Ln more</numerusform>
            <numerusform>{labels} and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln answers are kept in this draft and will not be filed: {labels}</source>
        <translation>
            <numerusform>%Ln answer is kept in this draft and will not be filed: {labels}</numerusform>
            <numerusform>%Ln answers are kept in this draft and will not be filed: {labels}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LengthNote</name>
    <message numerus="yes">
        <source>%Ln characters are left.</source>
        <translation>
            <numerusform>%Ln character is left.</numerusform>
            <numerusform>%Ln characters are left.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListFile</name>
    <message numerus="yes">
        <source>%Ln use cases saved as “{name}”</source>
        <translation>
            <numerusform>%Ln use case saved as “{name}”</numerusform>
            <numerusform>%Ln use cases saved as “{name}”</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LiteracyPage</name>
    <message numerus="yes">
        <source>{done} of %Ln chapters read · {playbook}</source>
        <translation>
            <numerusform>{done} of %Ln chapter read · {playbook}</numerusform>
            <numerusform>{done} of %Ln chapters read · {playbook}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LiteracyWorkTexts</name>
    <message numerus="yes">
        <source>All %Ln chapters</source>
        <translation>
            <numerusform>The one chapter</numerusform>
            <numerusform>All %Ln chapters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{read} of %Ln chapters</source>
        <translation>
            <numerusform>{read} of %Ln chapter</numerusform>
            <numerusform>{read} of %Ln chapters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LivePanel</name>
    <message numerus="yes">
        <source>%Ln to look at</source>
        <translation>
            <numerusform>%Ln to look at</numerusform>
            <numerusform>%Ln to look at</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LiveTexts</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LongWords</name>
    <message numerus="yes">
        <source>Show all %Ln characters</source>
        <translation>
            <numerusform>Show the one character</numerusform>
            <numerusform>Show all %Ln characters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelDialog</name>
    <message numerus="yes">
        <source>{name} describes %Ln models. A use case is about one of them; file another for each other.</source>
        <translation>
            <numerusform>{name} describes %Ln model.</numerusform>
            <numerusform>{name} describes %Ln models. A use case is about one of them; file another for each other.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MoreLateCard</name>
    <message numerus="yes">
        <source>%Ln more versions came too late. The command “countersign roster show” lists them.</source>
        <translation>
            <numerusform>One more version came too late. The command “countersign roster show” lists it.</numerusform>
            <numerusform>%Ln more versions came too late. The command “countersign roster show” lists them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NextStepTexts</name>
    <message numerus="yes">
        <source>%Ln short chapters; the offices ask everybody for this</source>
        <translation>
            <numerusform>One short chapter; the offices ask everybody for this</numerusform>
            <numerusform>%Ln short chapters; the offices ask everybody for this</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OpenKeysDialog</name>
    <message numerus="yes">
        <source>%Ln keys opened.</source>
        <translation>
            <numerusform>One key opened.</numerusform>
            <numerusform>%Ln keys opened.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OrganisationCard</name>
    <message numerus="yes">
        <source>%Ln people</source>
        <translation>
            <numerusform>%Ln person</numerusform>
            <numerusform>%Ln people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutcomeOfSeveral</name>
    <message numerus="yes">
        <source>%Ln use cases signed</source>
        <translation>
            <numerusform>%Ln use case signed</numerusform>
            <numerusform>%Ln use cases signed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were not signed; each says why.</source>
        <translation>
            <numerusform>%Ln was not signed; it says why.</numerusform>
            <numerusform>%Ln were not signed; each says why.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln use cases signed, not all</source>
        <translation>
            <numerusform>%Ln use case signed, not all</numerusform>
            <numerusform>%Ln use cases signed, not all</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PeopleSubjectTexts</name>
    <message numerus="yes">
        <source>I compared the words of all %Ln keys by voice, each with its person</source>
        <translation>
            <numerusform>I compared the words of %Ln key by voice with its person</numerusform>
            <numerusform>I compared the words of all %Ln keys by voice, each with its person</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PersonCard</name>
    <message numerus="yes">
        <source>All %Ln chapters acknowledged, last on {day}</source>
        <translation>
            <numerusform>The one chapter acknowledged, on {day}</numerusform>
            <numerusform>All %Ln chapters acknowledged, last on {day}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{read} of %Ln chapters acknowledged, last on {day}</source>
        <translation>
            <numerusform>{read} of %Ln chapter acknowledged, last on {day}</numerusform>
            <numerusform>{read} of %Ln chapters acknowledged, last on {day}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PieceTexts</name>
    <message numerus="yes">
        <source>and %Ln more changes</source>
        <translation>
            <numerusform>and %Ln more change</numerusform>
            <numerusform>and %Ln more changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlaybookPage</name>
    <message numerus="yes">
        <source>%Ln things to fix in {name}</source>
        <translation>
            <numerusform>One thing to fix in {name}</numerusform>
            <numerusform>%Ln things to fix in {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlaybookTexts</name>
    <message numerus="yes">
        <source>%Ln questions</source>
        <translation>
            <numerusform>%Ln question</numerusform>
            <numerusform>%Ln questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln screening results</source>
        <translation>
            <numerusform>%Ln screening result</numerusform>
            <numerusform>%Ln screening results</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln tier rules</source>
        <translation>
            <numerusform>%Ln tier rule</numerusform>
            <numerusform>%Ln tier rules</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln paths of tiers</source>
        <translation>
            <numerusform>%Ln path of a tier</numerusform>
            <numerusform>%Ln paths of tiers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln classifications</source>
        <translation>
            <numerusform>%Ln classification</numerusform>
            <numerusform>%Ln classifications</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln threats</source>
        <translation>
            <numerusform>%Ln threat</numerusform>
            <numerusform>%Ln threats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln controls</source>
        <translation>
            <numerusform>%Ln control</numerusform>
            <numerusform>%Ln controls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln duties</source>
        <translation>
            <numerusform>%Ln duty</numerusform>
            <numerusform>%Ln duties</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln contradictions</source>
        <translation>
            <numerusform>%Ln contradiction</numerusform>
            <numerusform>%Ln contradictions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chapters</source>
        <translation>
            <numerusform>%Ln chapter</numerusform>
            <numerusform>%Ln chapters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PricesCard</name>
    <message numerus="yes">
        <source>accepted after %Ln days</source>
        <translation>
            <numerusform>accepted after %Ln day</numerusform>
            <numerusform>accepted after %Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemsCard</name>
    <message numerus="yes">
        <source>%Ln more are shown when these are fixed.</source>
        <translation>
            <numerusform>One more is shown when these are fixed.</numerusform>
            <numerusform>%Ln more are shown when these are fixed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadersFold</name>
    <message numerus="yes">
        <source>%Ln people have no key yet</source>
        <translation>
            <numerusform>One person has no key yet</numerusform>
            <numerusform>%Ln people have no key yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln people</source>
        <translation>
            <numerusform>One person</numerusform>
            <numerusform>%Ln people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordPage</name>
    <message numerus="yes">
        <source>{words}; %Ln more pages are not shown</source>
        <translation>
            <numerusform>{words}; one more page is not shown</numerusform>
            <numerusform>{words}; %Ln more pages are not shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordsExport</name>
    <message numerus="yes">
        <source>%Ln records copied</source>
        <translation>
            <numerusform>%Ln record copied</numerusform>
            <numerusform>%Ln records copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln have no copy; the manifest says why.</source>
        <translation>
            <numerusform>%Ln has no copy; the manifest says why.</numerusform>
            <numerusform>%Ln have no copy; the manifest says why.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordsPage</name>
    <message numerus="yes">
        <source>%Ln records</source>
        <translation>
            <numerusform>%Ln record</numerusform>
            <numerusform>%Ln records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Verify %Ln c&amp;hosen records</source>
        <translation>
            <numerusform>Verify %Ln c&amp;hosen record</numerusform>
            <numerusform>Verify %Ln c&amp;hosen records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln chosen records into a fol&amp;der…</source>
        <translation>
            <numerusform>Copy %Ln chosen record into a fol&amp;der…</numerusform>
            <numerusform>Copy %Ln chosen records into a fol&amp;der…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RegisterPage</name>
    <message numerus="yes">
        <source>%Ln use cases</source>
        <translation>
            <numerusform>%Ln use case</numerusform>
            <numerusform>%Ln use cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln use cases, last moved first: too many to sort</source>
        <translation>
            <numerusform>%Ln use case</numerusform>
            <numerusform>%Ln use cases, last moved first: too many to sort</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RemarkList</name>
    <message numerus="yes">
        <source>%Ln resolved remarks</source>
        <translation>
            <numerusform>%Ln resolved remark</numerusform>
            <numerusform>%Ln resolved remarks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewTabs</name>
    <message numerus="yes">
        <source>Comments (%Ln open)</source>
        <translation>
            <numerusform>Comments (%Ln open)</numerusform>
            <numerusform>Comments (%Ln open)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Answers (%Ln new)</source>
        <translation>
            <numerusform>Answers (%Ln new)</numerusform>
            <numerusform>Answers (%Ln new)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Terms (%Ln changes)</source>
        <translation>
            <numerusform>Terms (%Ln change)</numerusform>
            <numerusform>Terms (%Ln changes)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Risk</name>
    <message numerus="yes">
        <source>%Ln working days to decide</source>
        <translation>
            <numerusform>%Ln working day to decide</numerusform>
            <numerusform>%Ln working days to decide</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>an approval lasts %Ln days at most</source>
        <translation>
            <numerusform>an approval lasts %Ln day at most</numerusform>
            <numerusform>an approval lasts %Ln days at most</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message numerus="yes">
        <source>Register {size} · %Ln automatic backups</source>
        <translation>
            <numerusform>Register {size} · %Ln automatic backup</numerusform>
            <numerusform>Register {size} · %Ln automatic backups</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SeveralTexts</name>
    <message numerus="yes">
        <source>Approve the matching terms of %Ln use cases</source>
        <translation>
            <numerusform>Approve the matching terms of %Ln use case</numerusform>
            <numerusform>Approve the matching terms of %Ln use cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln use cases are decided by it: of each, the other office has signed these very terms.</source>
        <translation>
            <numerusform>%Ln use case is decided by it: the other office has signed these very terms.</numerusform>
            <numerusform>%Ln use cases are decided by it: of each, the other office has signed these very terms.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sign and approve %Ln</source>
        <translation>
            <numerusform>Sign and approve %Ln</numerusform>
            <numerusform>Sign and approve %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln use cases are not signed by it: they are named at the end, with why.</source>
        <translation>
            <numerusform>%Ln use case is not signed by it: it is named at the end, with why.</numerusform>
            <numerusform>%Ln use cases are not signed by it: they are named at the end, with why.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SimilarCard</name>
    <message numerus="yes">
        <source>%Ln similar use cases below</source>
        <translation>
            <numerusform>One similar use case below</numerusform>
            <numerusform>%Ln similar use cases below</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more conditions</source>
        <translation>
            <numerusform>and one more condition</numerusform>
            <numerusform>and %Ln more conditions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SimilarCases</name>
    <message numerus="yes">
        <source>Its %Ln answers are copied into this draft, each marked “check this”. Your title, unit and stage stay, files are not copied, and the earlier use case stays as it is.</source>
        <translation>
            <numerusform>Its one answer is copied into this draft, marked “check this”. Your title, unit and stage stay, files are not copied, and the earlier use case stays as it is.</numerusform>
            <numerusform>Its %Ln answers are copied into this draft, each marked “check this”. Your title, unit and stage stay, files are not copied, and the earlier use case stays as it is.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln answers you have given are replaced: {labels}.</source>
        <translation>
            <numerusform>One answer you have given is replaced: {labels}.</numerusform>
            <numerusform>%Ln answers you have given are replaced: {labels}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SinceChange</name>
    <message numerus="yes">
        <source>Since your change %Ln things do not fit together</source>
        <translation>
            <numerusform>Since your change one thing does not fit together</numerusform>
            <numerusform>Since your change %Ln things do not fit together</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SortedCases</name>
    <message numerus="yes">
        <source>%Ln others are not signed here.</source>
        <translation>
            <numerusform>%Ln other is not signed here.</numerusform>
            <numerusform>%Ln others are not signed here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln use cases will be decided by one sheet</source>
        <translation>
            <numerusform>%Ln use case will be decided by one sheet</numerusform>
            <numerusform>%Ln use cases will be decided by one sheet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusCard</name>
    <message numerus="yes">
        <source>%Ln people use it; {cost}, as of {day}.</source>
        <translation>
            <numerusform>%Ln person uses it; {cost}, as of {day}.</numerusform>
            <numerusform>%Ln people use it; {cost}, as of {day}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Inside its boundaries, until {day}: %Ln days from now.</source>
        <translation>
            <numerusform>Inside its boundaries, until {day}: %Ln day from now.</numerusform>
            <numerusform>Inside its boundaries, until {day}: %Ln days from now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummarySection</name>
    <message numerus="yes">
        <source>%Ln answers changed since revision {number}.</source>
        <translation>
            <numerusform>One answer changed since revision {number}.</numerusform>
            <numerusform>%Ln answers changed since revision {number}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln questions are answered “I don’t know”.</source>
        <translation>
            <numerusform>One question is answered “I don’t know”.</numerusform>
            <numerusform>%Ln questions are answered “I don’t know”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The {office} approves on this revision; its terms differ from yours in %Ln points.</source>
        <translation>
            <numerusform>The {office} approves on this revision; its terms differ from yours in one point.</numerusform>
            <numerusform>The {office} approves on this revision; its terms differ from yours in %Ln points.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TakenBack</name>
    <message numerus="yes">
        <source>%Ln changes of yours were taken back.</source>
        <translation>
            <numerusform>One change of yours was taken back.</numerusform>
            <numerusform>%Ln changes of yours were taken back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TasksView</name>
    <message numerus="yes">
        <source>{answered} of %Ln questions answered.</source>
        <translation>
            <numerusform>{answered} of %Ln question answered.</numerusform>
            <numerusform>{answered} of %Ln questions answered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{finished} of %Ln parts done, {answered}</source>
        <translation>
            <numerusform>{finished} of %Ln part done, {answered}</numerusform>
            <numerusform>{finished} of %Ln parts done, {answered}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln answers to check.</source>
        <translation>
            <numerusform>One answer to check.</numerusform>
            <numerusform>%Ln answers to check.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{answered} of %Ln answered</source>
        <translation>
            <numerusform>{answered} of %Ln answered</numerusform>
            <numerusform>{answered} of %Ln answered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{answered}, %Ln to check</source>
        <translation>
            <numerusform>{answered}, %Ln to check</numerusform>
            <numerusform>{answered}, %Ln to check</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{to_check} to check, %Ln not answered</source>
        <translation>
            <numerusform>{to_check} to check, %Ln not answered</numerusform>
            <numerusform>{to_check} to check, %Ln not answered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>%Ln changed</numerusform>
            <numerusform>%Ln changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln to answer</source>
        <translation>
            <numerusform>%Ln to answer</numerusform>
            <numerusform>%Ln to answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln to check</source>
        <translation>
            <numerusform>%Ln to check</numerusform>
            <numerusform>%Ln to check</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TermsComparison</name>
    <message numerus="yes">
        <source>%Ln points differ</source>
        <translation>
            <numerusform>One point differs</numerusform>
            <numerusform>%Ln points differ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TickerTexts</name>
    <message numerus="yes">
        <source>%Ln signed, not sent</source>
        <translation>
            <numerusform>One signed, not sent</numerusform>
            <numerusform>%Ln signed, not sent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UnsentDialog</name>
    <message numerus="yes">
        <source>%Ln acts you signed have not been sent</source>
        <translation>
            <numerusform>One act you signed has not been sent</numerusform>
            <numerusform>%Ln acts you signed have not been sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln acts could not be sent</source>
        <translation>
            <numerusform>One act could not be sent</numerusform>
            <numerusform>%Ln acts could not be sent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UnsentTexts</name>
    <message numerus="yes">
        <source>and %Ln more acts</source>
        <translation>
            <numerusform>and one act more</numerusform>
            <numerusform>and %Ln more acts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ValueTexts</name>
    <message numerus="yes">
        <source>%Ln changes of yours not signed</source>
        <translation>
            <numerusform>One change of yours not signed</numerusform>
            <numerusform>%Ln changes of yours not signed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln open remarks</source>
        <translation>
            <numerusform>%Ln open remark</numerusform>
            <numerusform>%Ln open remarks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln commitments overdue</source>
        <translation>
            <numerusform>%Ln commitment overdue</numerusform>
            <numerusform>%Ln commitments overdue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VerifyingReport</name>
    <message numerus="yes">
        <source>%Ln records verified</source>
        <translation>
            <numerusform>%Ln record verified</numerusform>
            <numerusform>%Ln records verified</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hold</source>
        <translation>
            <numerusform>%Ln holds</numerusform>
            <numerusform>%Ln hold</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>do not rely on %Ln</source>
        <translation>
            <numerusform>do not rely on %Ln</numerusform>
            <numerusform>do not rely on %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln to look at</source>
        <translation>
            <numerusform>%Ln to look at</numerusform>
            <numerusform>%Ln to look at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>One more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WhichQuestion</name>
    <message numerus="yes">
        <source>%Ln files were dropped. The question says what kind of evidence they are.</source>
        <translation>
            <numerusform>One file was dropped. The question says what kind of evidence it is.</numerusform>
            <numerusform>%Ln files were dropped. The question says what kind of evidence they are.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_PlaceButton</name>
    <message numerus="yes">
        <source>{place}, %Ln waiting</source>
        <translation>
            <numerusform>{place}, %Ln waiting</numerusform>
            <numerusform>{place}, %Ln waiting</numerusform>
        </translation>
    </message>
</context>
</TS>
