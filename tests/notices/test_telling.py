"""Who is told what: by the actions, once, never the person who acted, never what is turned off."""

import datetime as dt

import pytest
from django.utils import translation

from accounts.models import Role, User
from assessments import actions, quarters, reviewing
from assessments.models import Channel, Event, Notice, NoticeChoice, NoticeKind
from assessments.notice_texts import notice_text
from assessments.notifying import notify_submitted
from assessments.reminding import remind, stage_of
from assessments.sheet import load_sheet
from assignments.models import IndicatorAssignment
from periods.models import ReportingPeriod
from tests import factories
from tests.quarters.test_decisions import close, reopen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
DUE = dt.date(2023, 9, 25)


@pytest.fixture(autouse=True)
def people():
    Notice.objects.all().delete()
    return [
        factories.officer(),
        factories.officer(username="xa.ban-bo.2"),
        factories.officer("na-tam"),
        factories.coordinator(),
        factories.person(Role.COORDINATOR, "noi-vu"),
        factories.department(),
        factories.leader(),
        factories.person(Role.ADMINISTRATOR),
    ]


def told(kind: str, **more) -> set[str]:
    found = Notice.objects.filter(kind=kind, **more)
    names = [notice.recipient.username for notice in found.select_related("recipient")]
    assert len(names) == len(set(names))
    return set(names)


def send(by=None) -> bool:
    target = factories.assessment("ban-bo")
    return actions.submit(
        by=by or factories.officer(),
        assessment=target,
        fingerprint=load_sheet(target).fingerprint,
        channel=Channel.FORM,
    )


def test_sending_tells_those_who_verify_and_the_standing_office_once():
    factories.fill(factories.assessment("ban-bo"))
    assert send() is True
    assert send() is False
    assert told("submitted") == {
        "department_officer.lao-dong",
        "coordinator.nong-nghiep",
        "coordinator.noi-vu",
    }
    event = Event.objects.get(kind="submitted", assessment__unit__slug="ban-bo")
    notify_submitted(assessment=factories.assessment("ban-bo"), event=event)
    assert Notice.objects.filter(kind="submitted").count() == 3


def test_an_agency_that_only_supports_is_not_asked_to_verify():
    IndicatorAssignment.objects.filter(agency__slug="lao-dong", duty="lead").delete()
    factories.fill(factories.assessment("ban-bo"))
    send()
    assert "department_officer.lao-dong" not in told("submitted")


def test_sending_costs_two_queries_more_however_many_are_told(django_assert_num_queries):
    factories.fill(factories.assessment("ban-bo"))
    send()
    sent = Event.objects.select_related("assessment", "by")
    event = sent.get(kind="submitted", assessment__unit__slug="ban-bo")
    Notice.objects.all().delete()
    with django_assert_num_queries(2):
        notify_submitted(assessment=event.assessment, event=event)
    few = Notice.objects.count()
    for n in range(30):
        User.objects.create_user(
            f"more.{n}", role=Role.COORDINATOR, agency=factories.coordinator().agency
        )
    Notice.objects.all().delete()
    with django_assert_num_queries(2):
        notify_submitted(assessment=event.assessment, event=event)
    assert Notice.objects.count() == few + 30


def test_opening_tells_everybody_concerned_but_the_one_who_opened_and_the_administrator():
    period = ReportingPeriod.plan(2023, 4)
    period.save()
    quarters.open_period(by=factories.coordinator(), period=period, channel=Channel.FORM)
    assert told("opened") == {
        "xa.ban-bo",
        "xa.ban-bo.2",
        "xa.na-tam",
        "coordinator.noi-vu",
        "department_officer.lao-dong",
        "leader",
    }


def test_a_longer_due_date_is_told_to_that_commune_only():
    actions.extend(
        by=factories.coordinator(),
        assessment=factories.assessment("ban-bo"),
        until=dt.date(2023, 9, 29),
        reason="Mất điện",
        channel=Channel.FORM,
    )
    assert told("extended") == {"xa.ban-bo", "xa.ban-bo.2"}
    text = notice_text(Notice.objects.with_pages().filter(kind="extended").first())
    assert "29/09/2023" in text.title
    assert "Mất điện" in text.text


def test_reopening_a_quarter_is_told_to_everybody_with_its_reason():
    close()
    reopen(reason="Sai số liệu")
    assert "leader" in told("reopened")
    assert "xa.na-tam" in told("reopened")
    assert factories.coordinator().username not in told("reopened")


def test_a_person_who_left_is_not_told():
    User.objects.filter(username="xa.ban-bo.2").update(is_active=False)
    factories.officer()
    remind(DUE)
    assert told("due_soon", assessment__unit__slug="ban-bo") == {"xa.ban-bo"}


@pytest.mark.parametrize(
    ("in_portal", "by_mail", "rows"), [(False, False, 0), (True, False, 1), (False, True, 1)]
)
def test_what_is_turned_off_everywhere_is_not_even_written(in_portal, by_mail, rows):
    for kind in NoticeKind.values:
        NoticeChoice.objects.create(
            user=factories.officer(), kind=kind, in_portal=in_portal, by_mail=by_mail
        )
    actions.extend(
        by=factories.coordinator(),
        assessment=factories.assessment("ban-bo"),
        until=dt.date(2023, 9, 29),
        reason="Mất điện",
        channel=Channel.FORM,
    )
    remind(dt.date(2023, 9, 29))
    own = Notice.objects.filter(recipient=factories.officer())
    assert own.count() == rows * 2
    assert own.shown().count() == (own.count() if in_portal else 0)


def test_stages_are_reached_and_passed():
    assert stage_of(DUE, dt.date(2023, 9, 18)) is None
    assert stage_of(DUE, dt.date(2023, 9, 20)) == 3
    assert stage_of(DUE, dt.date(2023, 9, 21)) == 3
    assert stage_of(DUE, dt.date(2023, 9, 22)) == 1
    assert stage_of(DUE, DUE) == 1
    assert stage_of(DUE, dt.date(2023, 9, 26)) is None


def reminded(kind: str, username: str = "xa.ban-bo") -> int:
    return Notice.objects.filter(kind=kind, recipient__username=username).count()


def test_each_stage_is_told_once_however_often_it_runs():
    for day in (19, 20, 20, 21, 22, 23, 25, 25):
        remind(dt.date(2023, 9, day))
    assert reminded("due_soon") == 2
    assert reminded("late") == 0


def test_a_run_missed_for_two_days_still_tells_once():
    remind(dt.date(2023, 9, 19))
    assert reminded("due_soon") == 0
    remind(dt.date(2023, 9, 22))
    assert reminded("due_soon") == 1
    remind(dt.date(2023, 9, 29))
    assert reminded("late") == 1


def test_a_later_due_date_is_a_new_occasion():
    remind(dt.date(2023, 9, 26))
    assert reminded("late") == 1
    actions.extend(
        by=factories.coordinator(),
        assessment=factories.assessment("ban-bo"),
        until=dt.date(2023, 9, 29),
        reason="Mất điện",
        channel=Channel.FORM,
    )
    remind(dt.date(2023, 9, 27))
    assert reminded("due_soon") == 1
    remind(dt.date(2023, 10, 2))
    assert reminded("late") == 2


def test_late_is_one_summary_for_the_standing_office():
    remind(dt.date(2023, 9, 26))
    remind(dt.date(2023, 9, 27))
    summary = Notice.objects.with_pages().filter(
        kind="late", recipient=factories.coordinator(), assessment=None
    )
    assert summary.count() == 1
    assert len(summary.get().facts["units"]) == 12
    assert (
        "Xã Na Tăm" in notice_text(summary.get()).text
        or "Nà Tăm" in notice_text(summary.get()).text
    )


def test_who_has_sent_is_not_reminded():
    factories.fill(factories.assessment("ban-bo"))
    send()
    remind(DUE)
    remind(dt.date(2023, 9, 28))
    assert reminded("due_soon") == reminded("late") == 0
    assert reminded("late", "xa.na-tam") == 1


def test_reminding_costs_the_same_for_any_number_of_communes(django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        remind(DUE)


def test_every_kind_says_something_in_both_languages():
    assessment = factories.assessment("ban-bo")
    facts = {
        "by": "Nguyễn Văn A", "due_on": "2023-09-25", "reason": "Chưa khớp", "codes": ["11"],
        "days": 3, "code": "11", "text": "Xin giải trình", "units": ["Xã Nà Tăm"], "row": 7,
        "act": "returned", "term": "2023-q3", "level": "communes", "slug": "ban-bo",
        "declared": "met", "found": "not_met",
    }  # fmt: skip
    for kind in NoticeKind:
        about = [{"assessment": assessment, "period": assessment.period}]
        if kind in (NoticeKind.OPENED, NoticeKind.LATE, NoticeKind.REOPENED, NoticeKind.EXTENDED):
            about.append({"period": assessment.period})
        for one in about:
            for language in ("vi", "en"):
                with translation.override(language):
                    text = notice_text(Notice(kind=kind, facts=facts, **one))
                assert text.title
                assert "%(" not in text.title + text.text
                assert text.url.startswith("/")


def test_a_returned_row_is_told_with_its_reason():
    factories.fill(factories.assessment("ban-bo"))
    send()
    row = factories.row_of("11")
    reviewing.return_row(
        by=factories.department(),
        rows=type(row).objects.all(),
        result_id=row.pk,
        version=row.version,
        reason="Số hộ nghèo chưa khớp",
        channel=Channel.FORM,
    )
    assert told("returned") == {"xa.ban-bo", "xa.ban-bo.2"}
    text = notice_text(Notice.objects.with_pages().filter(kind="returned").first())
    assert "11" in text.title
    assert "Số hộ nghèo chưa khớp" in text.text
    assert text.url.endswith(f"#row-{row.pk}")
