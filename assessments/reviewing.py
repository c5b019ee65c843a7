"""What a verifier does with a row: verify it, with the declared verdict or another, or return it.

Keyword-only, one transaction each, like ``actions``; several departments work on the same
assessment at the same time. Errors: ``Refused``, ``StaleVersion``, ``InvalidRow``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from assessments import rows as writing
from assessments.board import BoardRow, load_rows
from assessments.confirming import alone_text, why_alone
from assessments.deciding import complete_where_done
from assessments.errors import InvalidRow, Refused, StaleVersion
from assessments.gate import allow
from assessments.locking import hold_each
from assessments.models import (
    AssessmentState,
    Event,
    EventKind,
    IndicatorResult,
    ResultQuerySet,
    Review,
    Verdict,
)
from assessments.notifying import notify_found, notify_returned, take_back_found
from assessments.reminding import take_back_of
from assessments.sheet import Row, Sheet, definition_of
from assessments.workflow import TRANSITIONS, Act, verdicts_to_give
from assignments.verifiers import Verifier, verifiers_of
from communes.texts import tidy
from periods.calendar import add_working_days
from periods.clock import now, today


@transaction.atomic
def verify_row(
    *,
    by: User,
    rows: ResultQuerySet,
    result_id: int,
    version: int,
    channel: str,
    verdict: str = "",
    reason: str = "",
) -> tuple[Sheet, Row]:
    """Verify one row; without a ``verdict`` as declared. Another one needs a reason.

    The declared verdict is not given as "another": it is confirmed, without one.

    With the last row that can be verified the assessment is verified. Pressing twice acts once.
    """
    sheet, row = writing.locked_sheet(rows, result_id)
    declared = row.result.declared_verdict
    named, verdict, reason = verdict, verdict or declared, tidy(reason) if verdict else ""
    if named != declared and _is_so_already(row, by, Review.VERIFIED, verdict, reason):
        return sheet, row
    allow(Act.VERIFY, sheet.assessment, by, row.result, verifier_of(row))
    writing.check_version(row, version)
    _check_verdict(row, verdict, reason, named=bool(named))
    was_pending = row.result.review == Review.PENDING
    _verify(row, verdict, reason, by=by, channel=channel)
    if was_pending and complete_where_done([sheet.assessment.pk], by=by, channel=channel):
        sheet.assessment.state = AssessmentState.VERIFIED
    return sheet, row


def verifier_of(row: Row) -> Verifier:
    return verifiers_of(definition_of(row.result.assessment))[row.definition.id]


def _is_so_already(row: Row, by: User, review: str, verdict: str, reason: str) -> bool:
    """The very same decision by the same person: a second press of the button."""
    held = row.result
    if not held.assessment.period.is_open:
        return False  # nothing is done in a closed quarter, not even again
    return (held.review, held.reviewed_by_id, held.verified_verdict, held.review_reason) == (
        review,
        by.pk,
        verdict,
        reason,
    )


def _check_verdict(row: Row, verdict: str, reason: str, *, named: bool) -> None:
    conditional = row.definition.conditional
    if verdict not in verdicts_to_give(row.result.declared_verdict, conditional=conditional):
        if row.is_missing:
            raise InvalidRow(
                {"verdict": _("Nothing was entered, so there is nothing to confirm as met.")}
            )
        raise InvalidRow({"verdict": _("This row cannot have this verdict.")})
    if named and verdict == row.result.declared_verdict:
        raise InvalidRow(
            {"verdict": _("The commune declared this verdict itself: confirm the row instead.")}
        )
    if named:
        writing.check_reason(reason, _("Say why the verdict differs; the commune reads it."))


def _verify(row: Row, verdict: str, reason: str, *, by: User, channel: str) -> None:
    held = row.result
    before = {
        "review": held.review,
        "verdict": held.verified_verdict or held.declared_verdict,
    }
    fields = {
        "review": Review.VERIFIED,
        "verified_verdict": Verdict(verdict),
        "reviewed_by": by,
        "reviewed_at": now(),
        "review_reason": reason,
    }
    writing.write_fields(held, fields)
    after = {"review": Review.VERIFIED, "verdict": verdict, "declared": held.declared_verdict}
    kind = EventKind.VERIFIED
    event = writing.row_event(
        row, kind, by=by, channel=channel, before=before, after=after, reason=reason
    )
    event.save()
    notify_found(
        assessment=held.assessment,
        event=event,
        code=row.definition.code,
        declared=held.declared_verdict,
    )


@transaction.atomic
def return_row(
    *,
    by: User,
    rows: ResultQuerySet,
    result_id: int,
    version: int,
    reason: str,
    channel: str,
) -> tuple[Sheet, Row]:
    """Give one row back to the commune, with the reason it reads and the days it needs."""
    sheet, row = writing.locked_sheet(rows, result_id)
    reason = tidy(reason)
    if _is_so_already(row, by, Review.RETURNED, "", reason):
        return sheet, row
    allow(Act.RETURN, sheet.assessment, by, row.result, verifier_of(row))
    writing.check_version(row, version)
    writing.check_reason(reason, _("Say what must be corrected; the commune reads it."))
    before: dict = {"review": row.result.review}
    after: dict = {"review": Review.RETURNED}
    if row.result.verified_verdict:
        before["verdict"] = row.result.verified_verdict
    fields = {
        "review": Review.RETURNED,
        "verified_verdict": "",
        "reviewed_by": by,
        "reviewed_at": now(),
        "review_reason": reason,
    }
    writing.write_fields(row.result, fields)
    take_back_found(row.result.pk)
    _hand_back(sheet, before, after)
    kind = EventKind.RETURNED
    event = writing.row_event(
        row, kind, by=by, channel=channel, before=before, after=after, reason=reason
    )
    event.save()
    take_back_of(sheet.assessment)
    notify_returned(assessment=sheet.assessment, event=event, codes=[row.definition.code])
    return sheet, row


def _hand_back(sheet: Sheet, before: dict, after: dict) -> None:
    """The assessment is the commune's again, for some working days at least."""
    assessment = sheet.assessment
    assessment.state = TRANSITIONS[assessment.state, Act.RETURN]
    least = add_working_days(today(), settings.PORTAL_CORRECTION_WORKING_DAYS)
    if assessment.due_on < least:
        before["due_on"] = assessment.due_on.isoformat()
        after["due_on"] = least.isoformat()
        assessment.extended_to = least
    assessment.save(update_fields=["state", "extended_to"])


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many rows stand confirmed as asked, and of each of the others why not."""

    count: int
    left: list[tuple[BoardRow, str]]


@transaction.atomic
def confirm_many(
    *, by: User, rows: ResultQuerySet, versions: Mapping[int, int], channel: str
) -> Confirmed:
    """Confirm what is unchanged since it was verified; ``versions`` by the rows' ids.

    Each row is checked by itself: one that changed meanwhile is left and named, the others stand.
    Pressed twice, each is confirmed once and counted again: the second answer is the one read.
    """
    wanted = rows.filter(pk__in=versions)
    hold_each(wanted.order_by().values_list("assessment_id", flat=True))
    kept, left, so_already = [], [], 0
    for row in load_rows(wanted):
        if _is_so_already(row, by, Review.VERIFIED, row.result.declared_verdict, ""):
            so_already += 1
        elif sentence := _why_not(row, by, versions[row.result.pk]):
            left.append((row, sentence))
        else:
            kept.append(row)
    _verify_all(kept, by=by, channel=channel)
    ids = {row.result.assessment_id for row in kept}
    complete_where_done(ids, by=by, channel=channel)
    return Confirmed(len(kept) + so_already, left)


def _why_not(row: BoardRow, by: User, version: int) -> str:
    """Why this one of many is not confirmed; empty when it may be."""
    try:
        allow(Act.VERIFY, row.result.assessment, by, row.result, row.verifier)
        writing.check_version(row, version)
    except Refused as refused:
        return str(refused)
    except StaleVersion:
        return _("Somebody changed it meanwhile; look at it again.")
    alone = why_alone(row)
    return alone_text(alone) if alone else ""


def _verify_all(kept: list[BoardRow], *, by: User, channel: str) -> None:
    """As declared, each with its event, in two statements; their assessments are held."""
    IndicatorResult.objects.filter(pk__in=[row.result.pk for row in kept]).update(
        version=F("version") + 1,
        review=Review.VERIFIED,
        verified_verdict=F("declared_verdict"),
        reviewed_by=by,
        reviewed_at=now(),
        review_reason="",
    )
    Event.objects.bulk_create(
        writing.row_event(
            row,
            EventKind.VERIFIED,
            by=by,
            channel=channel,
            before={"review": row.result.review, "verdict": row.result.declared_verdict},
            after={
                "review": Review.VERIFIED,
                "verdict": row.result.declared_verdict,
                "declared": row.result.declared_verdict,
            },
        )
        for row in kept
    )
