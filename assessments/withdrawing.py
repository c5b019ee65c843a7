"""A return that was a mistake is withdrawn by those who may return: an act of its own.

Possible until the commune acts on it (corrects the row, touches its evidence, or sends again).
The row waits to be verified as before; with the last return the assessment is the departments'
again. The due date stays where the return moved it: a day once promised is not taken back.
Errors: ``Refused``, ``StaleVersion``, ``InvalidRow``.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assessments import rows as writing
from assessments.deciding import complete_where_done
from assessments.gate import allow
from assessments.models import AssessmentState, Event, EventKind, ResultQuerySet, Review
from assessments.notifying import notify_withdrawn
from assessments.reminding import take_back_of
from assessments.reviewing import verifier_of
from assessments.sheet import Row, Sheet
from assessments.workflow import TRANSITIONS, Act
from communes.texts import tidy


@transaction.atomic
def withdraw_return(
    *,
    by: User,
    rows: ResultQuerySet,
    result_id: int,
    version: int,
    reason: str,
    channel: str,
) -> tuple[Sheet, Row]:
    """Take one return back, with the reason the commune reads. Pressing twice acts once."""
    sheet, row = writing.locked_sheet(rows, result_id)
    reason = tidy(reason)
    if _is_withdrawn_already(row, by, version, reason):
        return sheet, row
    allow(Act.WITHDRAW, sheet.assessment, by, row.result, verifier_of(row))
    writing.check_version(row, version)
    writing.check_reason(reason, _("Say why the return is withdrawn; the commune reads it."))
    fields = {
        "review": Review.PENDING,
        "reviewed_by": None,
        "reviewed_at": None,
        "review_reason": "",
    }
    writing.write_fields(row.result, fields)
    event = writing.row_event(
        row,
        EventKind.WITHDRAWN,
        by=by,
        channel=channel,
        before={"review": Review.RETURNED},
        after={"review": Review.PENDING},
        reason=reason,
    )
    event.save()
    _take_over(sheet, by=by, channel=channel)
    take_back_of(sheet.assessment)
    notify_withdrawn(assessment=sheet.assessment, event=event, code=row.definition.code)
    return sheet, row


def _is_withdrawn_already(row: Row, by: User, version: int, reason: str) -> bool:
    """The very same withdrawal by the same person, and nothing since: a second press."""
    held = row.result
    if not held.assessment.period.is_open:
        return False
    if (held.review, held.version) != (Review.PENDING, version + 1):
        return False
    last = Event.objects.filter(result=held).order_by("-pk").first()
    return last is not None and (last.kind, last.by_id, last.reason) == (
        EventKind.WITHDRAWN,
        by.pk,
        reason,
    )


def _take_over(sheet: Sheet, *, by: User, channel: str) -> None:
    """With the last return the commune has nothing left to correct."""
    assessment = sheet.assessment
    if assessment.results.filter(review=Review.RETURNED).exists():
        return
    assessment.state = TRANSITIONS[assessment.state, Act.WITHDRAW]
    assessment.save(update_fields=["state"])
    if complete_where_done([assessment.pk], by=by, channel=channel):
        assessment.state = AssessmentState.VERIFIED
