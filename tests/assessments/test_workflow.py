"""The table of states: every state × act, and the named locks in their order."""

import datetime as dt
from dataclasses import replace

import pytest

from assessments.models import AssessmentState
from assessments.workflow import TRANSITIONS, Act, Lock, Situation, lock, verdicts_to_give

DUE = dt.date(2023, 9, 25)
OPEN = Situation(period_state="open", set_state="in_force", state="draft", due_on=DUE, today=DUE)
STATES = [state.value for state in AssessmentState]

#: state -> act -> the lock, or None where the act is allowed (period open, before the due date)
EXPECTED = {
    "draft": {
        Act.ENTER: None,
        Act.SUBMIT: None,
        Act.EXTEND: None,
        Act.RETURN: Lock.NOT_SUBMITTED,
        Act.WITHDRAW: Lock.NOT_SUBMITTED,
        Act.VERIFY: Lock.NOT_SUBMITTED,
        Act.COMPLETE: Lock.NOT_SUBMITTED,
        Act.ACCEPT: Lock.NOT_SUBMITTED,
        Act.REOPEN: Lock.NOT_SUBMITTED,
    },
    "submitted": {
        Act.ENTER: Lock.SUBMITTED,
        Act.SUBMIT: Lock.SUBMITTED,
        Act.EXTEND: Lock.SUBMITTED,
        Act.RETURN: None,
        Act.WITHDRAW: Lock.NOTHING_TO_WITHDRAW,
        Act.VERIFY: None,
        Act.COMPLETE: None,
        Act.ACCEPT: Lock.NOT_VERIFIED,
        Act.REOPEN: Lock.NOTHING_TO_REOPEN,
    },
    "returned": {
        Act.ENTER: None,
        Act.SUBMIT: None,
        Act.EXTEND: None,
        Act.RETURN: None,
        Act.WITHDRAW: None,
        Act.VERIFY: None,
        Act.COMPLETE: Lock.BEING_CORRECTED,
        Act.ACCEPT: Lock.BEING_CORRECTED,
        Act.REOPEN: Lock.NOTHING_TO_REOPEN,
    },
    "verified": {
        Act.ENTER: Lock.VERIFIED,
        Act.SUBMIT: Lock.VERIFIED,
        Act.EXTEND: Lock.VERIFIED,
        Act.RETURN: None,
        Act.WITHDRAW: Lock.NOTHING_TO_WITHDRAW,
        Act.VERIFY: Lock.VERIFIED,
        Act.COMPLETE: Lock.VERIFIED,
        Act.ACCEPT: None,
        Act.REOPEN: None,
    },
    "accepted": {
        Act.ENTER: Lock.ACCEPTED,
        Act.SUBMIT: Lock.ACCEPTED,
        Act.EXTEND: Lock.ACCEPTED,
        Act.RETURN: Lock.ACCEPTED,
        Act.WITHDRAW: Lock.ACCEPTED,
        Act.VERIFY: Lock.ACCEPTED,
        Act.COMPLETE: Lock.ACCEPTED,
        Act.ACCEPT: Lock.ACCEPTED,
        Act.REOPEN: None,
    },
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", list(Act))
def test_every_state_answers_every_act(state, act):
    assert lock(act, replace(OPEN, state=state)) is EXPECTED[state][act]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", list(Act))
def test_a_closed_quarter_allows_nothing(state, act):
    closed = replace(OPEN, state=state, period_state="closed")
    assert lock(act, closed) is Lock.PERIOD_CLOSED


@pytest.mark.parametrize("act", list(Act))
def test_a_planned_quarter_allows_nothing(act):
    assert lock(act, replace(OPEN, period_state="planned")) is Lock.NOT_OPEN_YET


@pytest.mark.parametrize("set_state", ["draft", "replaced"])
def test_a_set_that_is_not_in_force_goes_before_everything(set_state):
    at = replace(OPEN, set_state=set_state, period_state="closed")
    assert lock(Act.ENTER, at) is Lock.SET_NOT_IN_FORCE


def test_the_due_date_itself_still_counts_and_the_day_after_does_not():
    after = DUE + dt.timedelta(days=1)
    assert lock(Act.ENTER, OPEN) is None
    assert lock(Act.ENTER, replace(OPEN, today=after)) is Lock.PAST_DUE
    assert lock(Act.SUBMIT, replace(OPEN, today=after)) is Lock.PAST_DUE
    assert lock(Act.EXTEND, replace(OPEN, today=after)) is None


@pytest.mark.parametrize(
    ("review", "expected"),
    [("returned", None), ("verified", Lock.ROW_NOT_RETURNED), ("pending", Lock.ROW_NOT_RETURNED)],
)
def test_after_a_return_only_the_returned_rows_are_open(review, expected):
    at = replace(OPEN, state="returned", row_review=review)
    assert lock(Act.ENTER, at) is expected


@pytest.mark.parametrize("act", [Act.VERIFY, Act.RETURN])
def test_a_returned_row_is_the_communes_until_it_is_sent_again(act):
    for review in ("pending", "verified"):
        assert lock(act, replace(OPEN, state="returned", row_review=review)) is None
    at = replace(OPEN, state="returned", row_review="returned")
    assert lock(act, at) is Lock.ROW_RETURNED


def test_a_return_is_withdrawn_until_the_commune_acts_on_it():
    untouched = replace(OPEN, state="returned", row_review="returned")
    assert lock(Act.WITHDRAW, untouched) is None
    assert lock(Act.WITHDRAW, replace(untouched, row_corrected=True)) is Lock.ROW_CORRECTED
    for review in ("pending", "verified"):
        at = replace(untouched, row_review=review)
        assert lock(Act.WITHDRAW, at) is Lock.NOTHING_TO_WITHDRAW


@pytest.mark.parametrize(
    ("declared", "conditional", "expected"),
    [
        ("met", False, ("met", "not_met")),
        ("not_met", False, ("met", "not_met")),
        ("met", True, ("met", "not_met", "not_applicable")),
        ("not_applicable", True, ("not_applicable", "not_met")),
        ("missing", False, ("not_met",)),
        ("missing", True, ("not_met",)),
    ],
)
def test_what_was_never_entered_is_never_met(declared, conditional, expected):
    assert verdicts_to_give(declared, conditional=conditional) == expected


def test_every_transition_leads_to_a_known_state():
    assert {state for state, _act in TRANSITIONS} <= set(STATES)
    assert set(TRANSITIONS.values()) <= set(STATES)
