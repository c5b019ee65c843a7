"""Written reports brought to each stage through the real actions."""

from __future__ import annotations

from accounts.models import User
from assessments.models import Channel
from communes.models import Agency
from periods.models import ReportingPeriod
from reports.models import Part, PeriodicReport, SummaryKind
from reports.written import actions
from reports.written.actions import PartInput
from reports.written.bodies import Body, body_of_agency, body_of_unit
from reports.written.terms import Term
from tests import factories


def term(period: str = "2023-q3", kind: str = SummaryKind.QUARTER) -> Term:
    return Term(ReportingPeriod.objects.get(slug=period), SummaryKind(kind))


def commune(slug: str = "ban-bo") -> Body:
    return body_of_unit(factories.unit(slug))


def agency(slug: str = "lao-dong") -> Body:
    return body_of_agency(Agency.objects.get(slug=slug))


def writer(body: Body) -> User:
    return factories.department(body.slug) if body.is_agency else factories.officer(body.slug)


def report_of(body: Body | None = None, at: Term | None = None) -> PeriodicReport:
    at = at or term()
    return PeriodicReport.objects.get(period=at.period, kind=at.kind, **(body or commune()).key)


def versions(body: Body | None = None, at: Term | None = None) -> dict[str, int]:
    return {part.part: part.version for part in report_of(body, at).parts.all()}


def write(body: Body | None = None, at: Term | None = None, by: User | None = None, **texts: str):
    """Save these parts, each at its present version."""
    body, at = body or commune(), at or term()
    found = PeriodicReport.objects.filter(period=at.period, kind=at.kind, **body.key)
    known = versions(body, at) if found.exists() else {}
    return actions.save(
        by=by or writer(body),
        body=body,
        term=at,
        parts={part: PartInput(known.get(part, 0), text) for part, text in texts.items()},
        channel=Channel.FORM,
    )


def write_all(body: Body | None = None, at: Term | None = None):
    return write(body, at, **{part: f"Nội dung {part}" for part in Part.values})


def submit(body: Body | None = None, at: Term | None = None, by: User | None = None, seen=None):
    body, at = body or commune(), at or term()
    return actions.submit(
        by=by or writer(body),
        body=body,
        term=at,
        versions=versions(body, at) if seen is None else seen,
        channel=Channel.FORM,
    )


def sent(body: Body | None = None, at: Term | None = None) -> PeriodicReport:
    write_all(body, at)
    submit(body, at)
    return report_of(body, at)


def accept(report: PeriodicReport, by: User | None = None, sending: int | None = None) -> bool:
    return actions.accept(
        by=by or factories.coordinator(),
        report=report,
        sending=report.sendings if sending is None else sending,
        channel=Channel.FORM,
    )


def send_back(
    report: PeriodicReport,
    reason: str = "Thiếu số liệu giải ngân",
    by: User | None = None,
    sending: int | None = None,
) -> bool:
    return actions.send_back(
        by=by or factories.coordinator(),
        report=report,
        sending=report.sendings if sending is None else sending,
        reason=reason,
        channel=Channel.FORM,
    )


def returned(body: Body | None = None) -> PeriodicReport:
    send_back(sent(body))
    return report_of(body)


def accepted(body: Body | None = None, at: Term | None = None) -> PeriodicReport:
    accept(sent(body, at))
    return report_of(body, at)
