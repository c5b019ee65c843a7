"""What the leading agencies and the standing office made of what was sent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from assessments.demonstration.figures import share
from assessments.demonstration.people import People
from assessments.demonstration.sheets import FilledRow, FilledSheet
from assessments.demonstration.story import clock, moment
from assessments.models import AssessmentState, Review, Verdict
from assignments.queries import AgencyLabel
from periods.calendar import add_working_days

#: Agencies verify on the first to fourth working day after the due date.
DAYS_OF_REVIEW = 4


@dataclass(frozen=True)
class Leads:
    """Who leads which indicator: its id -> the agency, and the agency's slug."""

    by_indicator: dict[int, AgencyLabel]
    slugs: dict[int, str]

    def agency_of(self, row: FilledRow) -> tuple[int | None, str]:
        label = self.by_indicator.get(row.definition.id)
        return (label.id, self.slugs[label.id]) if label else (None, "")


def review(sheet: FilledSheet, leads: Leads, people: People) -> None:
    """Verify and return rows, and bring the assessment to the state that follows."""
    if not sheet.assessment.is_handed_in:
        return
    if sheet.story.state == "closed":
        _review_closed(sheet, leads, people)
        _accept(sheet, people)
    else:
        _review_open(sheet, leads, people)


def _review_closed(sheet: FilledSheet, leads: Leads, people: People) -> None:
    left = sheet.story.data["unverified"]
    different = {d["indicator"]: d for d in sheet.story.about("different", sheet.unit.slug)}
    sent_on = timezone.localtime(sheet.assessment.submitted_at).date()
    base = max(sheet.assessment.period.due_on, sent_on)
    for number, row in enumerate(sheet.rows):
        agency_id, slug = leads.agency_of(row)
        code = row.definition.code
        if agency_id in people.by_agency and code not in left and not row.is_missing:
            day = add_working_days(base, 1 + int(share(slug) * DAYS_OF_REVIEW))
            at = clock(day, 8 * 60 + 20 + sheet.rank * 10, number)
            _verify(row, people.by_agency[agency_id], at, different.get(code))


def _review_open(sheet: FilledSheet, leads: Leads, people: People) -> None:
    for told in sheet.story.about("reviews", sheet.unit.slug):
        for entry in told.get("returned", []):
            _return(sheet, entry, leads, people)
        day = dt.date.fromisoformat(told["on"])
        for number, row in enumerate(sheet.rows):
            agency_id, slug = leads.agency_of(row)
            wanted = slug in told["agencies"] or "*" in told["agencies"]
            if wanted and agency_id in people.by_agency and row.result.review == Review.PENDING:
                at = clock(day, 13 * 60 + 30 + number * 2, number)
                _verify(row, people.by_agency[agency_id], at, None)
        if "finished" in told:
            sheet.assessment.state = AssessmentState.VERIFIED


def _return(sheet: FilledSheet, entry: dict, leads: Leads, people: People) -> None:
    row = sheet.row(entry["indicator"])
    agency_id, _slug = leads.agency_of(row)
    row.result.review = Review.RETURNED
    row.result.reviewed_by = people.by_agency[agency_id]
    row.result.reviewed_at = moment(entry["at"])
    row.result.review_reason = entry["reason"]
    sheet.assessment.state = AssessmentState.RETURNED


def _verify(row: FilledRow, by: User, at: dt.datetime, different: dict | None) -> None:
    result = row.result
    result.review = Review.VERIFIED
    result.reviewed_by, result.reviewed_at = by, at
    result.verified_verdict = Verdict(
        different["verdict"] if different else result.declared_verdict
    )
    result.review_reason = different["reason"] if different else ""


def _accept(sheet: FilledSheet, people: People) -> None:
    sheet.assessment.state = AssessmentState.ACCEPTED
    sheet.assessment.accepted_by = people.coordinator
    accepted = moment(sheet.story.data["accepted"])
    sheet.assessment.accepted_at = accepted + dt.timedelta(minutes=4 * sheet.rank)
