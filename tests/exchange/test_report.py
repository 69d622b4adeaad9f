"""What an exchange says afterwards, and how far behind the sender this register is."""

from __future__ import annotations

import pickle

import pytest

from intake.domain.base.refusals import Refusal
from intake.exchange import refusals
from intake.exchange.entries import FileProblem, Head
from intake.exchange.package import refusals as package_refusals
from intake.exchange.refusals import Unreadable
from intake.exchange.report import ExchangeReport, FetchReport, MissingActs, SendReport, missing_heads, report_of

(NOTE,) = FetchReport(cancelled=True).notes
ONE, TWO = "stream one", "stream two"


@pytest.mark.parametrize(
    ("theirs", "own", "missing"),
    [
        ({}, {}, 0),
        ({ONE: Head(3, "x")}, {}, 3),
        ({ONE: Head(3, "x")}, {ONE: Head(3, "x")}, 0),
        ({ONE: Head(5, "x")}, {ONE: Head(3, "y")}, 2),
        ({ONE: Head(3, "x")}, {ONE: Head(5, "y")}, 0),
        ({ONE: Head(3, "x"), TWO: Head(1, "z")}, {TWO: Head(9, "y")}, 3),
        ({}, {ONE: Head(9, "y")}, 0),
    ],
)
def test_missing_acts_are_counted_by_stream(theirs, own, missing):
    assert missing_heads(theirs, own).acts == missing


def test_a_fork_is_told_and_counts_as_one():
    missing = missing_heads({ONE: Head(3, "x")}, {ONE: Head(3, "y")})

    assert missing == MissingActs(1, {ONE: 1}, (ONE,))


@pytest.mark.parametrize(
    ("acts", "sentence"),
    [
        (0, ""),
        (1, "The sender has 1 act you do not have."),
        (3, "The sender has 3 acts you do not have."),
    ],
)
def test_missing_acts_in_words(acts, sentence):
    assert MissingActs(acts).sentence == sentence


def test_the_summary_speaks_plainly():
    report = ExchangeReport(
        new=1,
        waiting=2,
        refused=1,
        sent=3,
        missing=MissingActs(3, {}, (ONE,)),
        problems=(FileProblem("x", Unreadable(name="x", detail="no")),),
        notes=(NOTE,),
        cancelled=True,
    )

    assert report.summary == (
        "1 act is new.",
        "3 files were sent.",
        "2 acts wait for something that has not arrived yet.",
        "1 act was refused and kept in quarantine.",
        "The sender has 3 acts you do not have.",
        "1 stream differs from yours at the same number.",
        "1 file needs a look.",
        "You cancelled; what had arrived until then was kept.",
        "You cancelled before the end; what was done stays done.",
    )


def test_nothing_to_tell_is_told():
    assert ExchangeReport(known=500).summary == ("Nothing new on either side.",)


def test_an_exchange_that_stopped_does_not_say_that_there_was_nothing():
    assert ExchangeReport(stopped=True).summary == ("Nothing was sent, and nothing new came.",)
    assert ExchangeReport(new=1, unsent=2, stopped=True).summary == ("1 act is new.", "2 files could not be sent.")


def test_a_report_is_idle_when_it_has_nothing_to_say_beside_a_refusal():
    assert ExchangeReport(known=3, already_there=2, stopped=True).idle
    assert not ExchangeReport(unsent=1).idle
    assert not ExchangeReport(notes=(NOTE,)).idle


def test_the_report_of_a_refusal_is_that_of_the_whole_exchange():
    whole = ExchangeReport(new=1)

    assert report_of(refusals.FolderFull(folder="x", done=0, report=whole)) is whole
    assert report_of(refusals.FolderFull(folder="x", done=0, report=SendReport())) is None
    assert report_of(refusals.FolderFull(folder="x", done=0)) is None


@pytest.mark.parametrize(
    "refusal",
    [
        one
        for module in (refusals, package_refusals)
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, Refusal)
    ],
)
def test_every_refusal_has_its_three_sentences_and_crosses_processes(refusal):
    words = "name detail folder done limit count ratio listed held".split()

    made = refusal(**dict.fromkeys(words, "7"))

    for part in (made.what_happened, made.reason, made.next_step):
        assert part.endswith(".") or part == ""
        assert "{" not in part
    assert made.what_happened
    assert pickle.loads(pickle.dumps(made)).sentence == made.sentence
