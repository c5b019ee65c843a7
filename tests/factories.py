"""People and stages for tests; every stage is reached through the real actions."""

from __future__ import annotations

from decimal import Decimal

from accounts.models import Role, User
from assessments import actions, deciding, quarters, reviewing, withdrawing
from assessments.closing import closing_report
from assessments.models import Assessment, Basis, Channel, IndicatorResult
from assessments.rows import RowChange
from assessments.sheet import Sheet, load_sheet, place
from assignments.queries import leads_by_indicator
from communes.models import AdministrativeUnit, Agency
from criteria.evaluation import Kind, Operator, resolve_level
from periods.clock import now
from periods.models import ReportingPeriod

PASSWORD = "nongthonmoi"


def unit(slug: str = "ban-bo") -> AdministrativeUnit:
    return AdministrativeUnit.objects.in_programme().get(slug=slug, valid_to__isnull=False)


def officer(slug: str = "ban-bo", username: str = "") -> User:
    name = username or f"xa.{slug}"
    found = User.objects.filter(username=name).first()
    return found or User.objects.create_user(
        name, f"{name}@example.com", PASSWORD, role=Role.COMMUNE_OFFICER, unit=unit(slug)
    )


def person(role: Role, agency: str = "") -> User:
    name = f"{role.value}.{agency}" if agency else role.value
    found = User.objects.filter(username=name).first()
    return found or User.objects.create_user(
        name,
        f"{name}@example.com",
        PASSWORD,
        role=role,
        agency=Agency.objects.get(slug=agency) if agency else None,
    )


def coordinator() -> User:
    return person(Role.COORDINATOR, "nong-nghiep")


def department(agency: str = "lao-dong") -> User:
    return person(Role.DEPARTMENT_OFFICER, agency)


def leader() -> User:
    return person(Role.LEADER)


def open_quarter(year: int, quarter: int) -> ReportingPeriod:
    period = ReportingPeriod.objects.filter(year=year, quarter=quarter).first()
    if period is None:
        period = ReportingPeriod.plan(year, quarter)
        period.save()
    quarters.open_period(by=coordinator(), period=period, channel=Channel.SYSTEM)
    period.refresh_from_db()
    return period


def two_quarters() -> tuple[ReportingPeriod, ReportingPeriod]:
    """Quarter II, filled for Bản Bo and closed; Quarter III open and blank."""
    before = open_quarter(2023, 2)
    fill(assessment("ban-bo", before), due_passed=True)
    close_quarter(before)
    return before, open_quarter(2023, 3)


def close_quarter(period: ReportingPeriod) -> None:
    """As the standing office does it, whatever stands open."""
    quarters.close_period(
        by=coordinator(),
        period=period,
        fingerprint=closing_report(period).fingerprint,
        channel=Channel.SYSTEM,
    )
    period.refresh_from_db()


def assessment(slug: str, period: ReportingPeriod | str = "2023-q3") -> Assessment:
    period_slug = period if isinstance(period, str) else period.slug
    return Assessment.objects.select_related(
        "unit__parent__parent", "period", "criteria_set", "submitted_by"
    ).get(unit__slug=slug, period__slug=period_slug, criteria_set__slug="ntm")


def row_of(code: str, slug: str = "ban-bo", period: str = "2023-q3") -> IndicatorResult:
    return IndicatorResult.objects.get(assessment=assessment(slug, period), indicator__code=code)


def save(
    code: str,
    values: dict | None = None,
    *,
    slug: str = "ban-bo",
    version: int | None = None,
    by: User | None = None,
    period: str = "2023-q3",
    channel: str = Channel.FORM,
    **fields,
):
    """One row through the action, at its present version unless another is given."""
    result = row_of(code, slug, period)
    change = RowChange(values=values or {}, **fields)
    return actions.save_row(
        by=by or officer(slug),
        rows=IndicatorResult.objects.all(),
        result_id=result.pk,
        version=result.version if version is None else version,
        read=lambda definition: change,
        channel=channel,
    )


def fill(target: Assessment, *, due_passed: bool = False) -> Sheet:
    """Every blank row with a value that just reaches its level, through the action."""
    if due_passed:
        target.extended_to = now().date()
        target.save(update_fields=["extended_to"])
    sheet = load_sheet(target)
    by = officer(target.unit.slug)
    for row in sheet.rows:
        if row.result.basis == Basis.BLANK:
            change = meeting(row, target)
            actions.save_row(
                by=by,
                rows=IndicatorResult.objects.all(),
                result_id=row.result.pk,
                version=row.result.version,
                read=lambda definition, change=change: change,
                channel=Channel.FORM,
            )
    return load_sheet(target)


def sent(slug: str = "ban-bo", period: str = "2023-q3") -> Assessment:
    """An assessment that its commune has filled and handed in."""
    sheet = fill(assessment(slug, period))
    return send(slug, period, sheet.fingerprint)


def send(slug: str = "ban-bo", period: str = "2023-q3", fingerprint: str = "") -> Assessment:
    target = assessment(slug, period)
    fingerprint = fingerprint or load_sheet(target).fingerprint
    actions.submit(
        by=officer(slug), assessment=target, fingerprint=fingerprint, channel=Channel.FORM
    )
    return assessment(slug, period)


def keep_all(target: Assessment, fingerprint: str | None = None) -> int:
    """Keep every blank row, as the officer of its commune who was shown them just now."""
    by = officer(target.unit.slug)
    if fingerprint is None:
        fingerprint = actions.fingerprint_of_kept(actions.rows_to_keep(load_sheet(target), by))
    return actions.keep_all_unchanged(
        by=by, assessment=target, fingerprint=fingerprint, channel=Channel.FORM
    )


def verify(code: str, *, slug: str = "ban-bo", by: User | None = None, **more):
    """Verify one row as its leading agency; at its present version unless another is given."""
    return _review(reviewing.verify_row, code, slug, by, more)


def give_back(code: str, reason: str = "Chưa khớp với biểu.", *, slug="ban-bo", by=None, **more):
    """Return one row as its leading agency."""
    return _review(reviewing.return_row, code, slug, by, {"reason": reason, **more})


def withdraw(code: str, reason: str = "Trả lại nhầm xã.", *, slug="ban-bo", by=None, **more):
    """Take the return of one row back, as its leading agency."""
    return _review(withdrawing.withdraw_return, code, slug, by, {"reason": reason, **more})


def _review(act, code: str, slug: str, by: User | None, more: dict):
    result = row_of(code, slug, more.pop("period", "2023-q3"))
    return act(
        by=by or verifier_of(result),
        rows=more.pop("rows", IndicatorResult.objects.all()),
        result_id=result.pk,
        version=more.pop("version", result.version),
        channel=more.pop("channel", Channel.FORM),
        **more,
    )


def verifier_of(result: IndicatorResult) -> User:
    """Somebody of the agency that leads the row's indicator; else the standing office."""
    lead = leads_by_indicator(result.assessment.criteria_set_id).get(result.indicator_id)
    agency = Agency.objects.get(pk=lead.id) if lead else None
    if agency is None or agency.is_standing_office or agency.slug == "bao-hiem-xa-hoi":
        return coordinator()
    return department(agency.slug)


def verified(slug: str = "ban-bo", period: str = "2023-q3") -> Assessment:
    """Sent, and every row verified by its leading agency."""
    target = sent(slug, period)
    for code in target.results.values_list("indicator__code", flat=True):
        verify(code, slug=slug, period=period)
    return assessment(slug, period)


def accepted(slug: str = "ban-bo", period: str = "2023-q3") -> Assessment:
    target = verified(slug, period)
    deciding.accept(by=coordinator(), assessment=target, channel=Channel.FORM)
    return assessment(slug, period)


def meeting(row, target: Assessment) -> RowChange:
    """Values exactly on the level; a statement where none is known."""
    where, values, stated = place(target), {}, None
    for measure in row.definition.measures:
        if not measure.required:
            continue
        if measure.kind == Kind.BOOLEAN:
            values[measure.key] = True
            continue
        if not measure.deciding:
            values[measure.key] = Decimal(4)
            continue
        level = resolve_level(measure.levels, where, values)
        if level is None:
            values[measure.key], stated = Decimal(50), True
        elif level.operator is Operator.ONE_OF:
            values[measure.key] = level.options[0]
        else:
            values[measure.key] = level.value
    return RowChange(values=values, stated=stated)
