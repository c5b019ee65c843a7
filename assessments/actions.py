"""Everything that changes an assessment, whole and with its trace.

Keyword-only, one transaction each, ``by`` is the person who acts. A web form, an API call and an
imported row go through the same function: same permission, same version check, same history.
Errors: ``Refused``, ``StaleVersion``, ``InvalidRow``, ``Incomplete``, ``Changed`` (errors.py).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may_enter_for
from assessments import rows as writing
from assessments.changes import WRITES
from assessments.checks import missing_for_submission
from assessments.errors import Changed, Incomplete, InvalidRow
from assessments.gate import allow, refusal
from assessments.locking import hold
from assessments.models import (
    Assessment,
    AssessmentState,
    Basis,
    Event,
    EventKind,
    IndicatorResult,
    ResultQuerySet,
    Review,
)
from assessments.notifying import notify_extended, notify_submitted
from assessments.reminding import take_back_of
from assessments.rows import RowChange
from assessments.sheet import Row, Sheet, add_warnings, load_sheet
from assessments.wording import too_late_text
from assessments.workflow import TRANSITIONS, Act
from communes.texts import tidy
from criteria.definitions import IndicatorDefinition
from periods.calendar import LONGEST_EXTENSION
from periods.clock import now, today
from periods.models import ReportingPeriod

#: Turns a row's definition into what it shall hold; raises InvalidRow when it cannot be read.
Reader = Callable[[IndicatorDefinition], RowChange]


@transaction.atomic
def save_row(
    *, by: User, rows: ResultQuerySet, result_id: int, version: int, read: Reader, channel: str
) -> tuple[Sheet, Row]:
    """Store what an officer typed into one row; pressing twice stores once.

    ``rows`` is what the person may see at this address. Answers with the sheet as it is then.
    """
    sheet, row = writing.locked_sheet(rows, result_id)
    allow(Act.ENTER, sheet.assessment, by, row.result)
    change = writing.without_idle_reason(read(row.definition).tidied(), row)
    held = writing.held_by(row)
    if change == held:
        return sheet, row
    writing.check_version(row, version)
    writing.check_change(change, row)
    before = writing.snapshot(held, row.result.declared_verdict)
    basis, entered_in = _basis_after(change, held, row)
    writing.write_row(row, change, basis=basis, entered_in=entered_in, by=by)
    kind = EventKind.CORRECTED if row.is_returned else EventKind.ENTERED
    after = writing.snapshot(change, row.result.declared_verdict)
    writing.row_event(row, kind, by=by, channel=channel, before=before, after=after).save()
    _look_again(sheet, row)
    return sheet, row


def _basis_after(
    change: RowChange, held: RowChange, row: Row
) -> tuple[Basis, ReportingPeriod | None]:
    """Entered in this quarter, blank again, or as before when only the words differ."""
    figures = (change.values, change.stated, change.not_applicable)
    if figures == (held.values, held.stated, held.not_applicable):
        return Basis(row.result.basis), row.result.entered_in
    if change.values or change.not_applicable or change.stated is not None:
        return Basis.ENTERED, row.result.assessment.period
    return Basis.BLANK, None


def _look_again(sheet: Sheet, row: Row) -> None:
    """What looks wrong may have changed with the row, for all rows of its criterion."""
    criterion = next(c for c in sheet.criteria if row in c.rows)
    add_warnings(criterion, recognised=sheet.recognised)


@transaction.atomic
def keep_unchanged(
    *, by: User, rows: ResultQuerySet, result_id: int, version: int, channel: str
) -> tuple[Sheet, Row]:
    """Declare last quarter's values again for one row: an act of its own, with its own trace."""
    sheet, row = writing.locked_sheet(rows, result_id)
    allow(Act.ENTER, sheet.assessment, by, row.result)
    if row.result.basis == Basis.UNCHANGED:
        return sheet, row
    writing.check_version(row, version)
    if not row.can_be_kept:
        raise InvalidRow({"row": _("There is nothing from last quarter to keep.")})
    _keep(row, by=by, channel=channel).save()
    _look_again(sheet, row)
    return sheet, row


@transaction.atomic
def recheck(
    *, by: User, rows: ResultQuerySet, result_id: int, version: int, channel: str
) -> tuple[Sheet, Row]:
    """Declare that kept values were looked at anew and hold: they count as entered in this quarter.

    Pressed twice it is done once. Raises InvalidRow for a row whose values were not kept, and
    StaleVersion where somebody has entered other values since.
    """
    sheet, row = writing.locked_sheet(rows, result_id)
    allow(Act.ENTER, sheet.assessment, by, row.result)
    if row.result.basis == Basis.ENTERED and _was_rechecked(row.result):
        return sheet, row
    writing.check_version(row, version)
    if row.result.basis == Basis.ENTERED:  # whoever chose a colleague's value in a conflict
        return sheet, row
    if row.result.basis != Basis.UNCHANGED:
        raise InvalidRow({"row": _("There is nothing here that could be re-checked.")})
    held = writing.held_by(row)
    before = writing.snapshot(held, row.result.declared_verdict)
    writing.write_row(
        row, held, basis=Basis.ENTERED, entered_in=row.result.assessment.period, by=by
    )
    after = writing.snapshot(held, row.result.declared_verdict)
    kind = EventKind.RECHECKED
    writing.row_event(row, kind, by=by, channel=channel, before=before, after=after).save()
    _look_again(sheet, row)
    return sheet, row


def _was_rechecked(result: IndicatorResult) -> bool:
    """Whether the last that was written is this very declaration: its values are the kept ones."""
    written = Event.objects.filter(result=result, kind__in=WRITES).order_by("-pk")
    return written.values_list("kind", flat=True).first() == EventKind.RECHECKED


@transaction.atomic
def keep_all_unchanged(*, by: User, assessment: Assessment, fingerprint: str, channel: str) -> int:
    """Declare last quarter's values again for every row still blank; returns how many.

    ``fingerprint`` is that of the rows which ``by`` was shown and confirmed; ``Changed`` when they
    are others now. Pressed twice there is nothing left to keep, and the answer is 0.
    """
    assessment = hold(assessment)
    allow(Act.ENTER, assessment, by)
    kept = rows_to_keep(load_sheet(assessment), by)
    if kept and fingerprint_of_kept(kept) != fingerprint:
        raise Changed
    Event.objects.bulk_create([_keep(row, by=by, channel=channel) for row in kept])
    return len(kept)


def rows_to_keep(sheet: Sheet, by: User) -> list[Row]:
    """The rows that "keep all unchanged" would fill: still blank, and known last quarter."""
    return [
        row
        for row in sheet.rows
        if row.is_blank
        and row.can_be_kept
        and refusal(Act.ENTER, sheet.assessment, by, row.result) is None
    ]


def fingerprint_of_kept(rows: Iterable[Row]) -> str:
    """Changes with every row that joins or leaves them, and with every write to one, in this
    quarter or in the one before."""
    marks = [(row.result.pk, row.result.version, _declared_before(row)) for row in rows]
    return hashlib.sha256(repr(marks).encode()).hexdigest()[:32]


def _declared_before(row: Row) -> str:
    previous = row.previous
    return repr((sorted(previous.values.items()), previous.stated, previous.not_applicable))


def _keep(row: Row, *, by: User, channel: str) -> Event:
    previous = row.previous
    change = RowChange(
        values=previous.values,
        stated=previous.stated,
        not_applicable=previous.not_applicable,
        absence_reason=previous.absence_reason if previous.not_applicable else "",
        note=row.result.note,
    ).tidied()
    before = writing.snapshot(writing.held_by(row), row.result.declared_verdict)
    writing.write_row(row, change, basis=Basis.UNCHANGED, entered_in=previous.entered_in, by=by)
    after = writing.snapshot(change, row.result.declared_verdict)
    kind = EventKind.UNCHANGED
    return writing.row_event(row, kind, by=by, channel=channel, before=before, after=after)


@transaction.atomic
def submit(*, by: User, assessment: Assessment, fingerprint: str, channel: str) -> bool:
    """Hand the assessment in. False when it already was (a second press); one event either way.

    Raises Refused, Incomplete (with what is missing), or Changed when the figures are no longer
    those that ``by`` confirmed.
    """
    assessment = hold(assessment)
    again = assessment.state == AssessmentState.SUBMITTED and assessment.period.is_open
    if again and may_enter_for(by, assessment.unit_id):
        return False
    allow(Act.SUBMIT, assessment, by)
    sheet = load_sheet(assessment)
    if sheet.fingerprint != fingerprint:
        raise Changed
    findings = missing_for_submission(sheet)
    if findings:
        raise Incomplete(findings)
    before = assessment.state
    assessment.state = TRANSITIONS[assessment.state, Act.SUBMIT]
    assessment.submitted_at, assessment.submitted_by = now(), by
    assessment.save(update_fields=["state", "submitted_at", "submitted_by"])
    _returned_rows_are_pending_again(assessment)
    event = Event.objects.create(
        assessment=assessment,
        kind=EventKind.SUBMITTED,
        at=assessment.submitted_at,
        by=by,
        channel=channel,
        before={"state": before},
        after={"state": assessment.state, "entered": sheet.entered, "met": sheet.criteria_met},
    )
    take_back_of(assessment)
    notify_submitted(assessment=assessment, event=event)
    return True


def _returned_rows_are_pending_again(assessment: Assessment) -> None:
    assessment.results.filter(review=Review.RETURNED).update(
        version=F("version") + 1,
        review=Review.PENDING,
        reviewed_by=None,
        reviewed_at=None,
        review_reason="",
    )


@transaction.atomic
def extend(
    *, by: User, assessment: Assessment, until: dt.date, reason: str, channel: str
) -> Assessment:
    """Lift one commune's due date to a later day, with a reason that it sees."""
    assessment = hold(assessment)
    allow(Act.EXTEND, assessment, by)
    errors, reason = {}, tidy(reason)
    if until < today():
        errors["until"] = _("This day has passed. Choose today or a later day.")
    elif until <= assessment.due_on:
        errors["until"] = _("The due date is already as late as this.")
    elif until > today() + LONGEST_EXTENSION:
        errors["until"] = too_late_text()
    if not reason:
        errors["reason"] = _("Say why; the commune reads it.")
    elif len(reason) > writing.TEXT_LIMIT:
        errors["reason"] = _("At most %(limit)s characters.") % {"limit": writing.TEXT_LIMIT}
    if errors:
        raise InvalidRow(errors)
    before = assessment.due_on
    assessment.extended_to = until
    assessment.save(update_fields=["extended_to"])
    event = Event.objects.create(
        assessment=assessment,
        kind=EventKind.EXTENDED,
        at=now(),
        by=by,
        channel=channel,
        reason=reason,
        before={"due_on": before.isoformat()},
        after={"due_on": until.isoformat()},
    )
    notify_extended(assessment=assessment, event=event)
    return assessment
