"""The two questions before every act, asked together: may this person, and does the state allow it?

The action refuses by this answer, and the page's disabled button says it: ``refusal`` is the one
check for both. What only the row's content decides (a verdict that it cannot have) is the action's.
"""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import may_accept, may_enter_for, may_reopen, may_steer
from assessments.errors import Refused
from assessments.models import Assessment, IndicatorResult
from assessments.returns import corrected_since_return
from assessments.workflow import Act, Lock, Situation, lock
from assignments.verifiers import Verifier
from periods.clock import today


def situation(
    assessment: Assessment, result: IndicatorResult | None = None, *, corrected: bool = False
) -> Situation:
    return Situation(
        period_state=assessment.period.state,
        set_state=assessment.criteria_set.state,
        state=assessment.state,
        due_on=assessment.due_on,
        today=today(),
        row_review=result.review if result else None,
        row_corrected=corrected,
    )


def refusal(
    act: Act,
    assessment: Assessment,
    by: User,
    result: IndicatorResult | None = None,
    verifier: Verifier | None = None,
) -> Lock | None:
    """Why ``by`` may not do this now, or None: the page's disabled button asks here too.

    Verifying, returning and withdrawing a return concern one row and need its ``verifier``.
    """
    if not _may(act, assessment, by, verifier):
        return Lock.NOT_YOURS
    corrected = act is Act.WITHDRAW and result is not None and corrected_since_return(result)
    refused = lock(act, situation(assessment, result, corrected=corrected))
    return refused or (_own(act, by, result) if result else None)


def allow(
    act: Act,
    assessment: Assessment,
    by: User,
    result: IndicatorResult | None = None,
    verifier: Verifier | None = None,
) -> None:
    reason = refusal(act, assessment, by, result, verifier)
    if reason is not None:
        raise Refused(reason, assessment, act, verifier)


def _may(act: Act, assessment: Assessment, by: User, verifier: Verifier | None) -> bool:
    match act:
        case Act.ENTER | Act.SUBMIT:
            return may_enter_for(by, assessment.unit_id)
        case Act.VERIFY | Act.RETURN | Act.WITHDRAW:
            return verifier is not None and verifier.includes(by)
        case Act.COMPLETE | Act.ACCEPT:
            return may_accept(by)
        case Act.REOPEN:
            return may_reopen(by)
        case Act.EXTEND:
            return may_steer(by)


def _own(act: Act, by: User, result: IndicatorResult) -> Lock | None:
    """Nobody judges what they entered, nor enters what they judged (people change offices)."""
    if act in (Act.VERIFY, Act.RETURN) and result.changed_by_id == by.pk:
        return Lock.OWN_ENTRY
    if act is Act.ENTER and result.reviewed_by_id == by.pk:
        return Lock.OWN_REVIEW
    return None
