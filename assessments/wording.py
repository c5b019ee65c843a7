"""The sentences of assessments: why something is locked, and how a state reads for each reader."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Role, User
from assessments.models import Assessment, AssessmentState
from assessments.workflow import Lock
from periods.models import PeriodState, ReportingPeriod
from periods.workflow import QuarterLock


def lock_text(lock: Lock, assessment: Assessment) -> str:
    """Why nothing can be changed here, and what to do about it."""
    period = assessment.period
    match lock:
        case Lock.NOT_OPEN_YET:
            return _("%(quarter)s is not open yet.") % {"quarter": period.label}
        case Lock.PERIOD_CLOSED:
            return _("%(quarter)s is closed; its figures no longer change.") % {
                "quarter": period.label
            }
        case Lock.SET_NOT_IN_FORCE:
            return _("This set of criteria is not in force, so nothing is entered against it.")
        case Lock.SUBMITTED:
            return _(
                "Sent on %(when)s by %(who)s. What was sent can no longer be changed; if something "
                "is wrong, ask the standing office to return it."
            ) % _sent(assessment)
        case Lock.VERIFIED:
            return _("All rows are verified; the figures can no longer be changed.")
        case Lock.ACCEPTED:
            return _("The standing office has accepted this assessment; it no longer changes.")
        case Lock.PAST_DUE:
            return _(
                "The due date, %(date)s, has passed. Ask the standing office to lift it for "
                "%(unit)s."
            ) % {"date": date_format(assessment.due_on), "unit": assessment.unit.name}
        case Lock.ROW_NOT_RETURNED:
            return _("Only the rows that were returned can be corrected.")
        case Lock.NOT_SUBMITTED:
            return _("%(unit)s has not sent this assessment yet.") % {"unit": assessment.unit.name}
        case _:
            return _("Only the officers of %(unit)s enter these figures.") % {
                "unit": assessment.unit.name
            }


def quarter_lock_text(lock: QuarterLock, period: ReportingPeriod) -> str:
    """Why nothing can be decided about a quarter now."""
    words = {
        QuarterLock.NOT_YOURS: _("Only the standing office decides about quarters."),
        QuarterLock.NOT_OPEN_YET: _("%(quarter)s is not open yet."),
        QuarterLock.NOT_CLOSED: _("%(quarter)s is not closed."),
        QuarterLock.CLOSED: _("%(quarter)s is closed; its figures no longer change."),
        QuarterLock.EARLIER_NOT_CLOSED: _(
            "An earlier quarter is still open. Close it first: %(quarter)s is compared with it."
        ),
        QuarterLock.LATER_CLOSED: _(
            "A later quarter is closed already and is compared with %(quarter)s. Reopen the later "
            "one first."
        ),
    }
    return words[lock] % {"quarter": period.label}


def _sent(assessment: Assessment) -> dict[str, str]:
    return {
        "when": moment(assessment.submitted_at),
        "who": assessment.submitted_by.display_name,
    }


def moment(at) -> str:
    from django.utils.timezone import localtime

    return date_format(localtime(at), "DATETIME_FORMAT")


#: kind of pill for each state, as the component ``state_pill`` takes it
STATE_KINDS = {
    AssessmentState.DRAFT: "grey",
    AssessmentState.SUBMITTED: "amber",
    AssessmentState.RETURNED: "red",
    AssessmentState.VERIFIED: "green",
    AssessmentState.ACCEPTED: "green",
}


def state_text(assessment: Assessment, reader: User, *, late: bool = False) -> str:
    """One state in its reader's own words: "sent" for the commune is "to verify" for an agency."""
    if assessment.period.state == PeriodState.CLOSED and assessment.state == AssessmentState.DRAFT:
        return _("Never sent")
    for_commune = {
        AssessmentState.DRAFT: _("Late: not sent") if late else _("To enter and send"),
        AssessmentState.SUBMITTED: _("Sent, being verified"),
        AssessmentState.RETURNED: _("Returned: please correct"),
        AssessmentState.VERIFIED: _("Verified"),
        AssessmentState.ACCEPTED: _("Accepted"),
    }
    for_others = {
        AssessmentState.DRAFT: _("Late: not sent") if late else _("Not sent yet"),
        AssessmentState.SUBMITTED: _("Sent, to verify"),
        AssessmentState.RETURNED: _("Returned to the commune"),
        AssessmentState.VERIFIED: _("Verified, to accept"),
        AssessmentState.ACCEPTED: _("Accepted"),
    }
    words = for_commune if reader.role == Role.COMMUNE_OFFICER else for_others
    return words[AssessmentState(assessment.state)]
