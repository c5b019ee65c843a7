"""The sentences of assessments: why something is locked, and how a state reads for each reader."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import Role, User
from assessments.models import Assessment, AssessmentState
from assessments.workflow import Act, Lock
from assignments.verifiers import Verifier
from periods.calendar import LONGEST_EXTENSION, next_working_day
from periods.models import PeriodState, ReportingPeriod
from periods.workflow import QuarterLock


def lock_text(
    lock: Lock, assessment: Assessment, act: Act = Act.ENTER, verifier: Verifier | None = None
) -> str:
    """Why this cannot be done here, and what to do about it."""
    period = {"quarter": assessment.period.label}
    unit = {"unit": assessment.unit.name}
    match lock:
        case Lock.NOT_OPEN_YET:
            return _("%(quarter)s is not open yet.") % period
        case Lock.PERIOD_CLOSED:
            return _("%(quarter)s is closed; its figures no longer change.") % period
        case Lock.SET_NOT_IN_FORCE:
            return _("This set of criteria is not in force, so nothing is entered against it.")
        case Lock.SUBMITTED:
            return _(
                "Sent on %(when)s by %(who)s. What was sent can no longer be changed; if a row is "
                "wrong, ask the agency that leads the indicator to return that row."
            ) % _sent(assessment)
        case Lock.VERIFIED:
            if act is Act.COMPLETE:
                return _("The verification is complete already.")
            return _(
                "The verification is complete; the figures can no longer be changed. If a row is "
                "wrong, ask the agency that leads the indicator to return that row."
            )
        case Lock.ACCEPTED:
            if act in (Act.COMPLETE, Act.ACCEPT, Act.EXTEND):
                return _("The standing office has accepted this assessment; it no longer changes.")
            return _(
                "The standing office has accepted this assessment. If something is wrong, ask the "
                "standing office to reopen it; then the agency that leads the indicator can return "
                "that row."
            )
        case Lock.PAST_DUE:
            return _(
                "The due date, %(date)s, has passed. Ask the standing office to lift it for "
                "%(unit)s."
            ) % {"date": date_format(assessment.due_on), **unit}
        case Lock.ROW_NOT_RETURNED:
            return _(
                "Only the rows that were returned can be corrected. If this one is wrong too, ask "
                "the agency that leads it to return it."
            )
        case Lock.ROW_RETURNED:
            return _("Returned to %(unit)s; it can be verified once it is sent again.") % unit
        case Lock.NOTHING_TO_WITHDRAW:
            return _("This row is not returned, so there is no return to withdraw.")
        case Lock.ROW_CORRECTED:
            return (
                _("%(unit)s has corrected this row already; verify it once it is sent again.")
                % unit
            )
        case Lock.BEING_CORRECTED:
            return _("%(unit)s is still correcting rows that were returned.") % unit
        case Lock.NOT_VERIFIED:
            return not_complete_text()
        case Lock.NOTHING_TO_REOPEN if assessment.state == AssessmentState.RETURNED:
            return _("This assessment is with %(unit)s for correction already.") % unit
        case Lock.NOTHING_TO_REOPEN:
            return _("This assessment is open to the departments already.")
        case Lock.NOT_SUBMITTED:
            return _("%(unit)s has not sent this assessment yet.") % unit
        case Lock.OWN_ENTRY:
            return _("You entered this row yourself; somebody else must verify it.")
        case Lock.OWN_REVIEW:
            return _("You decided about this row yourself; somebody else must correct it.")
        case Lock.NOT_YOURS:
            return _not_yours(assessment, act, verifier)


def not_complete_text(left: int | None = None) -> str:
    """Why nothing is accepted before the verification is complete; ``left``: rows that wait."""
    if left == 0:
        return _("No row waits any more: complete the verification first, then accept.")
    if left:
        return _(
            "Not every row is verified yet. Wait for the rest, or complete the verification with "
            "a reason."
        )
    return _("The verification is not complete yet.")


def _not_yours(assessment: Assessment, act: Act, verifier: Verifier | None) -> str:
    if act in (Act.ENTER, Act.SUBMIT):
        unit = {"unit": assessment.unit.name_within}
        if assessment.submitted_at is None:
            return _("Only the officers of %(unit)s enter these figures.") % unit
        return _(
            "Sent on %(when)s by %(who)s. Only the officers of %(unit)s enter these figures."
        ) % {**_sent(assessment), **unit}
    return verified_by_text(verifier) if verifier else _("Only the standing office decides this.")


def verified_by_text(verifier: Verifier) -> str:
    """Who verifies an indicator, for those who do not."""
    if verifier.lead is None:
        return _("No agency leads this indicator, so the standing office verifies it.")
    lead = {"agency": verifier.lead.short_name}
    if verifier.stands_in:
        return _("%(agency)s has no account, so the standing office verifies in its place.") % lead
    return _("Only %(agency)s, which leads this indicator, verifies it.") % lead


def comment_lock_text(lock: Lock, assessment: Assessment) -> str:
    """Why nothing can be written into a row's thread now."""
    if lock is Lock.NOT_YOURS:
        return _("You read this talk; those who enter and verify the row write in it.")
    if lock is Lock.PERIOD_CLOSED:
        return _("%(quarter)s is closed, and with it the talk about its rows.") % {
            "quarter": assessment.period.label
        }
    return lock_text(lock, assessment)


def too_late_text() -> str:
    """A due date was moved farther than ``periods.calendar.LONGEST_EXTENSION``."""
    return _("At most %(days)s days from today. Is the year right?") % {
        "days": LONGEST_EXTENSION.days
    }


def day_off_text(day: dt.date) -> str:
    """A due date on a Saturday, a Sunday or a holiday; the next day that is worked."""
    return _("%(weekday)s %(date)s is not a working day. The next one is %(next)s.") % {
        "weekday": date_format(day, "l"),
        "date": f"{day:%d/%m/%Y}",
        "next": f"{next_working_day(day):%d/%m/%Y}",
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


def moment(at: dt.datetime) -> str:
    """As it stands in a sentence: "06:35 ngày 20/09/2023"."""
    local = localtime(at)
    words = {"time": date_format(local, "TIME_FORMAT"), "date": date_format(local, "DATE_FORMAT")}
    return pgettext("moment", "%(time)s %(date)s") % words


def review_words(act: str) -> str:
    """What a verifier asked for, as the page names it."""
    named = {
        "confirm": _("confirm"),
        "return": _("return to the commune"),
        "withdraw": _("withdraw the return"),
        "met": _("find it met"),
        "not_met": _("find it not met"),
        "not_applicable": _("find it not applicable"),
    }
    return named.get(act, "–")


#: kind of pill for each state, as the component ``state_pill`` takes it
STATE_KINDS = {
    AssessmentState.DRAFT: "grey",
    AssessmentState.SUBMITTED: "amber",
    AssessmentState.RETURNED: "red",
    AssessmentState.VERIFIED: "green",
    AssessmentState.ACCEPTED: "green",
}


#: A state in the words of the commune that it is about, and of everybody else.
COMMUNE_WORDS = {
    AssessmentState.DRAFT: gettext_lazy("To enter and send"),
    AssessmentState.SUBMITTED: gettext_lazy("Sent, being verified"),
    AssessmentState.RETURNED: gettext_lazy("Returned: please correct"),
    AssessmentState.VERIFIED: gettext_lazy("Verified"),
    AssessmentState.ACCEPTED: gettext_lazy("Accepted"),
}
DISTRICT_WORDS = {
    AssessmentState.DRAFT: gettext_lazy("Not sent yet"),
    AssessmentState.SUBMITTED: gettext_lazy("Sent, to verify"),
    AssessmentState.RETURNED: gettext_lazy("Returned to the commune"),
    AssessmentState.VERIFIED: gettext_lazy("Verified, to accept"),
    AssessmentState.ACCEPTED: gettext_lazy("Accepted"),
}

#: A state that the closing of the quarter made final, in the same words for everybody.
CLOSED_WORDS = {
    AssessmentState.DRAFT: gettext_lazy("Never sent"),
    AssessmentState.SUBMITTED: gettext_lazy("Sent, not accepted when the quarter was closed"),
    AssessmentState.RETURNED: gettext_lazy("Returned, no longer corrected"),
    AssessmentState.VERIFIED: gettext_lazy("Verified, not accepted when the quarter was closed"),
    AssessmentState.ACCEPTED: gettext_lazy("Accepted"),
}


def state_text(assessment: Assessment, reader: User, *, late: bool = False) -> str:
    """One state in its reader's own words: "sent" for the commune is "to verify" for an agency."""
    if assessment.period.state == PeriodState.CLOSED:
        return str(CLOSED_WORDS[AssessmentState(assessment.state)])
    if late and assessment.state == AssessmentState.DRAFT:
        return _("Late: not sent")
    words = COMMUNE_WORDS if reader.role == Role.COMMUNE_OFFICER else DISTRICT_WORDS
    return str(words[AssessmentState(assessment.state)])
