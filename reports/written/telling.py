"""Telling people about written reports: rows in ``Notice``, with the machinery of the quarters.

Called by the actions in their transaction, and by ``manage.py send_notices`` for what is missing.
The standing office is told what arrived, a body what was decided about its report; ``key`` names
the occasion, so each is told once. Two queries a decision; six for each open quarter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Role, User
from assessments.models import Notice, NoticeChoice, NoticeKind
from assessments.notifying import STANDING_OFFICE, tell
from assessments.reminding import stage_of
from periods.calendar import working_days_between
from periods.clock import now
from periods.models import PeriodState
from reports.models import ARRIVED, PeriodicReport, WrittenEvent, WrittenEventKind
from reports.written.bodies import Body, bodies, body_of_agency, body_of_unit
from reports.written.terms import Term, asked_periods, read_slug, terms_of

SENT, RETURNED, ACCEPTED = (
    WrittenEventKind.SUBMITTED.value,
    WrittenEventKind.RETURNED.value,
    WrittenEventKind.ACCEPTED.value,
)
SOON, LATE, ALL_LATE = "soon", "late", "all_late"


def writers_of(body: Body) -> Q:
    if body.is_agency:
        return Q(role=Role.DEPARTMENT_OFFICER, agency_id=body.id)
    return Q(role=Role.COMMUNE_OFFICER, unit_id=body.id)


def tell_written(*, report: PeriodicReport, event: WrittenEvent) -> None:
    """Sent: the standing office. Returned or accepted: those who write for the body."""
    body = body_of_agency(report.agency) if report.agency_id else body_of_unit(report.unit)
    term = Term(report.period, report.kind)
    tell(
        STANDING_OFFICE if event.kind == SENT else writers_of(body),
        NoticeKind.WRITTEN,
        f"written:{event.kind}:{event.pk}",
        by=event.by,
        at=event.at,
        period=report.period,
        facts={"act": event.kind, "reason": event.reason, **_facts(term, body)},
    )


def remind_written(today: dt.date) -> int:
    """Tell of written reports that are due soon or missing; how many rows are new."""
    before = Notice.objects.count()
    for period in asked_periods().filter(state=PeriodState.OPEN):
        terms, who = terms_of(period), bodies(period)
        arrived = set(
            PeriodicReport.objects.filter(period=period, state__in=ARRIVED)
            .order_by()
            .values_list("kind", "unit_id", "agency_id")
        )
        missing = [
            (term, body)
            for term in terms
            for body in who
            if (term.kind, body.key.get("unit_id"), body.key.get("agency_id")) not in arrived
        ]
        _tell_writers(missing, today)
        for term in terms:
            _tell_standing_office(term, [b for t, b in missing if t == term], today)
    return Notice.objects.count() - before


def _tell_writers(missing: list[tuple[Term, Body]], today: dt.date) -> None:
    silent = NoticeChoice.objects.filter(
        kind=NoticeKind.WRITTEN_DUE, in_portal=False, by_mail=False
    )
    people: dict[tuple[bool, int], list[int]] = {}
    writers = User.objects.filter(
        role__in=[Role.COMMUNE_OFFICER, Role.DEPARTMENT_OFFICER], is_active=True
    ).exclude(pk__in=silent.values("user"))
    for pk, unit, agency in writers.order_by("pk").values_list("pk", "unit_id", "agency_id"):
        people.setdefault((unit is None, agency if unit is None else unit), []).append(pk)
    rows = [
        Notice(
            recipient_id=pk,
            kind=NoticeKind.WRITTEN_DUE,
            key=key,
            period=term.period,
            facts={**facts, **_facts(term, body)},
            at=now(),
        )
        for term, body in missing
        for key, facts in _occasions(term, body, today)
        for pk in people.get((body.is_agency, body.id), [])
    ]
    Notice.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _occasions(term: Term, body: Body, today: dt.date) -> Iterator[tuple[str, dict[str, Any]]]:
    due = term.due_on(of_agency=body.is_agency)
    about = f"{term.slug}:{body.level}:{body.id}:{due.isoformat()}"
    stage = stage_of(due, today)
    if stage is not None:
        left = working_days_between(today, due)
        facts = {"act": SOON, "due_on": due.isoformat(), "days": left}
        yield f"written_due:{about}:{stage}", facts
    elif today > due:
        yield f"written_late:{about}", {"act": LATE, "due_on": due.isoformat()}


def _tell_standing_office(term: Term, missing: list[Body], today: dt.date) -> None:
    """One row for all that are late, again only when a further due date has passed."""
    days = {body: term.due_on(of_agency=body.is_agency) for body in missing}
    late = [body for body, due in days.items() if due < today]
    if late:
        newest = max(days[body] for body in late)
        tell(
            STANDING_OFFICE,
            NoticeKind.WRITTEN_DUE,
            f"written_late:{term.slug}:{newest.isoformat()}",
            by=None,
            period=term.period,
            facts={"act": ALL_LATE, "term": term.slug, "bodies": [b.short_name for b in late]},
        )


def _facts(term: Term, body: Body) -> dict[str, Any]:
    return {"term": term.slug, "level": body.level, "slug": body.slug, "body": body.name}


def written_words(notice: Notice) -> tuple[str, str, str]:
    """Title, sentence and page of a notice about a written report, in the active language."""
    facts = notice.facts
    _year, _quarter, kind = read_slug(facts["term"])
    known = {
        "term": Term(notice.period, kind).label,
        "body": facts.get("body", ""),
        "by": facts.get("by", ""),
        "reason": facts.get("reason", ""),
        "date": f"{dt.date.fromisoformat(facts['due_on']):%d/%m/%Y}" if "due_on" in facts else "",
    }
    if facts["act"] == ALL_LATE:
        title = ngettext(
            "%(n)s written report of %(term)s is missing",
            "%(n)s written reports of %(term)s are missing",
            len(facts["bodies"]),
        ) % {**known, "n": len(facts["bodies"])}
        url = f"{reverse('reports:written')}?term={facts['term']}&show=missing"
        return title, "; ".join(facts["bodies"]) + ".", url
    title, text = _about_one(facts)
    url = reverse("reports:written_report", args=[facts["term"], facts["level"], facts["slug"]])
    return title % known, text % known, url


def _about_one(facts: dict[str, Any]) -> tuple[str, str]:
    match facts["act"]:
        case "submitted":
            return (
                _("%(body)s sent its written report of %(term)s"),
                _("Sent by %(by)s; it waits for your decision."),
            )
        case "returned":
            return _("The written report of %(term)s was returned"), _("%(by)s: %(reason)s")
        case "accepted":
            return (
                _("The written report of %(term)s is accepted"),
                _("%(body)s. Accepted by %(by)s."),
            )
        case "soon":
            return (
                _("The written report of %(term)s is due on %(date)s"),
                _("%(body)s has not sent it yet."),
            )
        case _:
            return (
                _("The written report of %(term)s is late"),
                _("%(body)s has not sent it; it was due on %(date)s."),
            )
