"""Opening, moving, closing and reopening a quarter: what is done, what is refused, what it tells."""

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import Role
from assessments import quarters
from assessments.closing import closing_report
from assessments.errors import Changed, InvalidRow, QuarterRefused
from assessments.models import Assessment, Channel, Notice, QuarterEvent
from assessments.reminding import remind
from periods.clock import now
from periods.models import PeriodState, ReportingPeriod
from periods.workflow import QuarterLock
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


def period(slug="2023-q3"):
    return ReportingPeriod.objects.get(slug=slug)


def close(slug="2023-q3", by=None, fingerprint=None):
    target = period(slug)
    return quarters.close_period(
        by=by or factories.coordinator(),
        period=target,
        fingerprint=fingerprint or closing_report(target).fingerprint,
        channel=Channel.FORM,
    )


def reopen(slug="2023-q3", reason="Sai số liệu hộ nghèo", by=None):
    return quarters.reopen_period(
        by=by or factories.coordinator(), period=period(slug), reason=reason, channel=Channel.FORM
    )


def extend(until, reason="Mưa lũ, đường sạt lở", slug="2023-q3", by=None):
    return quarters.extend_period(
        by=by or factories.coordinator(),
        period=period(slug),
        until=dt.date.fromisoformat(until),
        reason=reason,
        channel=Channel.FORM,
    )


def test_opening_an_open_quarter_again_adds_nothing():
    before = QuarterEvent.objects.count(), Notice.objects.count()
    made = quarters.open_period(by=factories.coordinator(), period=period(), channel=Channel.FORM)
    assert made == 0
    assert before == (QuarterEvent.objects.count(), Notice.objects.count())


def test_closing_is_one_decision_with_how_the_quarter_stood():
    assert close() is True
    target = period()
    assert target.state == PeriodState.CLOSED
    assert target.closed_at is not None
    event = target.events.get(kind="closed")
    assert event.by == factories.coordinator()
    assert event.after["never_sent"] == Assessment.objects.filter(period=target).count()


def test_closing_pressed_twice_closes_once():
    assert close() is True
    assert close(fingerprint="whatever") is False
    assert period().events.filter(kind="closed").count() == 1


def test_what_was_read_is_what_is_closed():
    fingerprint = closing_report(period()).fingerprint
    factories.save("11", {"value": Decimal(12)})
    with pytest.raises(Changed):
        close(fingerprint=fingerprint)
    assert period().is_open


def test_a_closed_quarter_is_reopened_with_a_reason_and_closed_again():
    close()
    reopen()
    target = period()
    assert target.is_open
    assert target.closed_at is None
    event = target.events.get(kind="reopened")
    assert event.reason == "Sai số liệu hộ nghèo"
    assert event.before["closed_at"]
    factories.save("11", {"value": Decimal(12)})
    assert close() is True


@pytest.mark.parametrize("reason", ["", "  \x00 ", "x" * 2001])
def test_reopening_needs_a_reason_that_can_be_read(reason):
    close()
    with pytest.raises(InvalidRow) as error:
        reopen(reason=reason)
    assert list(error.value.errors) == ["reason"]
    assert period().state == PeriodState.CLOSED


def test_the_due_date_of_a_quarter_is_moved_with_a_reason():
    extend("2023-09-29")
    assert period().due_on == dt.date(2023, 9, 29)
    event = period().events.get(kind="extended")
    assert event.before == {"due_on": "2023-09-25"}
    assert event.after == {"due_on": "2023-09-29"}
    assert event.reason == "Mưa lũ, đường sạt lở"


@pytest.mark.parametrize(
    ("until", "reason", "field"),
    [
        ("2023-09-29", "  ", "reason"),
        ("2023-09-29", "x" * 2001, "reason"),
        ("2023-09-25", "Mưa lũ", "until"),
        ("2023-09-24", "Mưa lũ", "until"),  # a Sunday
        ("2023-09-30", "Mưa lũ", "until"),  # a Saturday
        ("2024-01-01", "Mưa lũ", "until"),  # a holiday
        ("2023-09-19", "Mưa lũ", "until"),
        ("2023-09-14", "Mưa lũ", "until"),
    ],
)
def test_the_due_date_of_an_open_quarter_is_not_moved_to_any_day(until, reason, field):
    with pytest.raises(InvalidRow) as error:
        extend(until, reason)
    assert field in error.value.errors
    assert period().due_on == dt.date(2023, 9, 25)


def test_a_slip_of_the_pen_in_the_due_date_is_corrected_with_a_reason():
    extend("2023-12-25", "Mưa lũ")
    extend("2023-09-29", "Gõ nhầm tháng")
    assert period().due_on == dt.date(2023, 9, 29)
    event = period().events.filter(kind="extended").latest("pk")
    assert event.before == {"due_on": "2023-12-25"}
    assert event.after == {"due_on": "2023-09-29"}
    assert event.reason == "Gõ nhầm tháng"


@pytest.mark.parametrize("until", ["2023-09-20", "2023-09-21"])
def test_it_may_become_today_or_a_day_before_the_usual_one(until):
    extend(until, "Gõ nhầm ngày")
    assert period().due_on == dt.date.fromisoformat(until)


def test_reminders_follow_the_due_date(settings):
    """Near again after the correction; what nobody read of the wrong date is taken back."""
    officer = factories.officer()
    settings.PORTAL_TODAY = "2023-09-22"

    def told():
        found = Notice.objects.filter(recipient=officer, kind__in=["due_soon", "late"])
        return set(found.values_list("kind", "facts__due_on"))

    remind(dt.date(2023, 9, 22))
    assert told() == {("due_soon", "2023-09-25")}
    extend("2023-12-25", "Gõ nhầm tháng")
    assert told() == set()
    extend("2023-09-26", "Sửa lại tháng")
    assert told() == {("due_soon", "2023-09-26")}
    assert remind(dt.date(2023, 9, 22)) == 0


def test_what_was_read_about_a_date_stays_and_is_not_told_again(settings):
    officer = factories.officer()
    settings.PORTAL_TODAY = "2023-09-22"
    remind(dt.date(2023, 9, 22))
    Notice.objects.filter(recipient=officer, kind="due_soon").update(read_at=now())
    extend("2023-12-25", "Gõ nhầm tháng")
    extend("2023-09-25", "Sửa lại tháng")
    found = Notice.objects.filter(recipient=officer, kind="due_soon")
    assert [one.read_at is not None for one in found] == [True]


def test_the_line_of_time_closes_in_its_order():
    """2023-q2 is closed, 2023-q3 is open: a later one cannot close, an earlier one not reopen."""
    quarters.open_period(by=factories.coordinator(), period=planned(2023, 4), channel=Channel.FORM)
    assert locked(close, "2023-q4") is QuarterLock.EARLIER_NOT_CLOSED
    close("2023-q3")
    assert locked(reopen, "2023-q2") is QuarterLock.LATER_CLOSED
    earlier = planned(2023, 1)
    with pytest.raises(QuarterRefused) as refused:
        quarters.open_period(by=factories.coordinator(), period=earlier, channel=Channel.FORM)
    assert refused.value.lock is QuarterLock.LATER_CLOSED


def locked(act, slug):
    with pytest.raises(QuarterRefused) as refused:
        act(slug)
    return refused.value.lock


def planned(year, quarter):
    made = quarters.plan_quarters(
        by=factories.coordinator(),
        year=year,
        due_dates={quarter: ReportingPeriod.plan(year, quarter).due_on},
        channel=Channel.FORM,
    )
    return made[0]


#: What each act answers in each state, for those who may: None is done, else the named reason.
ACTS = {
    "open": {"planned": None, "open": None, "closed": "closed"},
    "extend": {"planned": None, "open": None, "closed": "closed"},
    "close": {"planned": "not_open_yet", "open": None, "closed": False},
    "reopen": {"planned": "not_open_yet", "open": "not_closed", "closed": None},
}
MAY = {Role.COORDINATOR, Role.ADMINISTRATOR}


def somebody(role):
    if role is Role.COMMUNE_OFFICER:
        return factories.officer()
    agency = {Role.COORDINATOR: "nong-nghiep", Role.DEPARTMENT_OFFICER: "lao-dong"}.get(role, "")
    return factories.person(role, agency)


def attempt(act, target, by):
    match act:
        case "open":
            return quarters.open_period(by=by, period=target, channel=Channel.FORM)
        case "extend":
            until = target.due_on + dt.timedelta(days=4)
            return quarters.extend_period(
                by=by, period=target, until=until, reason="Mưa lũ", channel=Channel.FORM
            )
        case "close":
            return quarters.close_period(
                by=by,
                period=target,
                fingerprint=closing_report(target).fingerprint,
                channel=Channel.FORM,
            )
        case _:
            return quarters.reopen_period(
                by=by, period=target, reason="Sai số", channel=Channel.FORM
            )


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", list(PeriodState.values))
@pytest.mark.parametrize("act", list(ACTS))
def test_every_cell_of_state_role_and_act(act, state, role):
    target = {"planned": planned, "open": None, "closed": None}[state]
    target = target(2023, 4) if target else period()
    if state == "closed":
        close()
        target = period()
    events = target.events.count()
    by, expected = somebody(role), ACTS[act][state]
    if role not in MAY or isinstance(expected, str):
        with pytest.raises(QuarterRefused) as refused:
            attempt(act, target, by)
        reason = expected if role in MAY else QuarterLock.NOT_YOURS
        assert refused.value.lock == reason
        assert str(refused.value)
        assert target.events.count() == events
    else:
        outcome = attempt(act, target, by)
        assert (outcome is False) == (expected is False)
