"""Written reports in the bell: sent, returned, accepted, due and missing; each told once."""

import datetime as dt

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import translation

from accounts.models import Role, User
from assessments.models import Notice, NoticeChoice, NoticeKind
from assessments.notice_texts import notice_text
from reports.written.errors import WrittenRefused
from reports.written.telling import remind_written, tell_written
from tests import factories
from tests.reports import written_stages as stages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
DUE = dt.date(2023, 9, 25)


@pytest.fixture(autouse=True)
def people():
    found = [
        factories.officer(),
        factories.officer(username="xa.ban-bo.2"),
        factories.officer("na-tam"),
        factories.coordinator(),
        factories.person(Role.COORDINATOR, "noi-vu"),
        factories.department(),
        factories.leader(),
    ]
    Notice.objects.all().delete()
    return found


def told(kind=NoticeKind.WRITTEN, **facts) -> set[str]:
    found = Notice.objects.filter(kind=kind, **{f"facts__{k}": v for k, v in facts.items()})
    return {notice.recipient.username for notice in found.select_related("recipient")}


def words(notice: Notice) -> str:
    with translation.override("vi"):
        text = notice_text(notice)
    return f"{text.title} {text.text}".replace("\u00a0", " ")


def test_what_arrives_is_told_to_the_standing_office_once():
    report = stages.sent()
    assert stages.submit(seen=stages.versions()) is False
    offices = {"coordinator.nong-nghiep", "coordinator.noi-vu"}
    assert told(act="submitted") == offices
    tell_written(report=report, event=report.events.get(kind="submitted"))
    assert Notice.objects.filter(kind=NoticeKind.WRITTEN).count() == 2
    assert "Xã Bản Bo đã gửi báo cáo" in words(Notice.objects.first())


def test_what_is_returned_is_told_to_the_writers_with_its_reason_and_leads_there(client):
    report = stages.returned()
    stages.send_back(report)  # pressed twice
    assert told(act="returned") == {"xa.ban-bo", "xa.ban-bo.2"}
    assert Notice.objects.filter(facts__act="returned").count() == 2
    notice = Notice.objects.filter(facts__act="returned").first()
    assert "Thiếu số liệu giải ngân" in words(notice)
    client.force_login(factories.officer())
    assert "Thiếu số liệu giải ngân" in client.get("/notices/").content.decode()
    assert client.get(notice_text(notice).url).status_code == 200


def test_what_is_accepted_of_an_agency_is_told_to_its_officers():
    report = stages.accepted(stages.agency())
    stages.accept(report)
    assert told(act="accepted") == {"department_officer.lao-dong"}
    assert Notice.objects.filter(facts__act="accepted").count() == 1


def test_whoever_is_refused_tells_nobody():
    report = stages.sent()
    before = Notice.objects.count()
    for by in (factories.officer("na-tam"), factories.leader()):
        with pytest.raises(WrittenRefused):
            stages.send_back(report, by=by)
    assert Notice.objects.count() == before


def test_saving_a_draft_tells_nobody():
    stages.write(results="Một")
    assert not Notice.objects.filter(kind=NoticeKind.WRITTEN).exists()


def test_what_is_turned_off_everywhere_is_not_written():
    for kind in (NoticeKind.WRITTEN, NoticeKind.WRITTEN_DUE):
        NoticeChoice.objects.create(
            user=factories.officer(), kind=kind, in_portal=False, by_mail=False
        )
    stages.returned()
    remind_written(DUE)
    assert told(act="returned") == {"xa.ban-bo.2"}
    assert "xa.ban-bo" not in told(NoticeKind.WRITTEN_DUE)


def test_what_is_due_soon_is_told_to_those_whose_report_has_not_arrived():
    stages.sent()
    assert remind_written(DUE - dt.timedelta(days=20)) == 0
    assert remind_written(DUE) > 0
    soon = told(NoticeKind.WRITTEN_DUE, act="soon")
    assert soon == {"xa.ban-bo", "xa.ban-bo.2", "xa.na-tam", "department_officer.lao-dong"}
    quarter = told(NoticeKind.WRITTEN_DUE, act="soon", term="2023-q3")
    assert quarter == {"xa.na-tam", "department_officer.lao-dong"}  # Bản Bo owes the 9 months only
    assert remind_written(DUE) == 0


def test_what_is_missing_after_its_day_is_told_to_writers_and_standing_office_once():
    stages.returned()
    day = DUE + dt.timedelta(days=1)
    assert remind_written(day) > 0
    assert remind_written(day) == 0
    assert remind_written(day + dt.timedelta(days=3)) == 0
    late = told(NoticeKind.WRITTEN_DUE, act="late", term="2023-q3")
    assert {"xa.ban-bo", "xa.na-tam", "department_officer.lao-dong"} <= late
    assert told(NoticeKind.WRITTEN_DUE, act="all_late") == {
        "coordinator.nong-nghiep",
        "coordinator.noi-vu",
    }
    notice = Notice.objects.filter(facts__act="all_late", facts__term="2023-q3").first()
    assert "Bản Bo" in words(notice)
    assert notice_text(notice).url == "/reports/written/?term=2023-q3&show=missing"


def test_a_quarter_that_is_closed_reminds_nobody():
    period = stages.term().period
    factories.close_quarter(period)
    Notice.objects.all().delete()
    assert remind_written(DUE + dt.timedelta(days=1)) == 0


def test_reminding_costs_the_same_for_any_number_of_people(django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as few:
        remind_written(DUE)
    for slug in ("giang-ma", "ta-leng", "khun-ha", "son-binh", "ho-thau"):
        factories.officer(slug)
    Notice.objects.all().delete()
    with django_assert_max_num_queries(20) as many:
        remind_written(DUE)
    assert len(many) == len(few)


def test_the_digest_carries_it_and_a_second_run_nothing(settings):
    settings.PORTAL_TODAY = "2023-09-25"
    stages.returned()
    call_command("send_notices", verbosity=0)
    letters = [letter for letter in mail.outbox if letter.to == ["xa.ban-bo@example.com"]]
    assert len(letters) == 1
    assert "Thiếu số liệu giải ngân" in letters[0].body
    assert "/reports/written/2023-q3/communes/ban-bo/" in letters[0].body
    sent = len(mail.outbox)
    call_command("send_notices", verbosity=0)
    assert len(mail.outbox) == sent


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_occasion_is_said_in_both_languages(language):
    stages.accepted()
    stages.returned(stages.agency())
    remind_written(DUE)
    remind_written(DUE + dt.timedelta(days=1))
    acts = set()
    for notice in Notice.objects.filter(kind__in=["written", "written_due"]):
        with translation.override(language):
            text = notice_text(notice)
        acts.add(notice.facts["act"])
        assert text.title
        assert "%(" not in text.title + text.text
    assert acts == {"submitted", "returned", "accepted", "soon", "late", "all_late"}
    assert User.objects.filter(notices__kind="written").exists()
