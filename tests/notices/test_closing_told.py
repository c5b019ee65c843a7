"""Closing a quarter: who is told what, and which reminders are taken back."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from assessments.announcing import announce_closed
from assessments.closing import closing_report
from assessments.models import Notice, NoticeChoice, NoticeKind, QuarterEvent
from assessments.notice_texts import notice_text
from assessments.reminding import remind
from assignments.models import IndicatorAssignment
from assignments.queries import indicators_of
from criteria.models import Criterion
from periods.clock import now
from tests import factories
from tests.quarters.test_decisions import close, period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


@pytest.fixture(autouse=True)
def people():
    factories.officer()
    factories.officer("na-tam")
    factories.department()
    factories.leader()
    factories.person(Role.ADMINISTRATOR)
    factories.coordinator()
    Notice.objects.all().delete()


def text_for(user) -> str:
    return notice_text(Notice.objects.with_pages().get(kind="closed", recipient=user)).text


def test_closing_tells_each_commune_how_its_own_was_counted_and_the_others_the_whole():
    factories.sent()
    assert close() is True
    assert close() is False
    names = list(Notice.objects.filter(kind="closed").values_list("recipient__username", flat=True))
    assert sorted(names) == ["department_officer.lao-dong", "leader", "xa.ban-bo", "xa.na-tam"]
    assert "57 dòng chỉ tính theo xã tự đánh giá" in text_for(factories.officer())
    assert "chưa được chấp nhận" in text_for(factories.officer())
    assert "chưa gửi phiếu" in text_for(factories.officer("na-tam"))
    assert "57 tính theo xã tự đánh giá" in text_for(factories.leader())


def test_a_department_reads_of_the_indicators_that_it_leads_and_of_nothing_else():
    """Each indicator has one row in each of the 12 communes; only Bản Bo has figures."""
    factories.sent()
    factories.verify("11")
    factories.give_back("12.1")
    close()
    own = len(indicators_of(factories.department().agency_id, "lead"))
    notice = Notice.objects.with_pages().get(kind="closed", recipient=factories.department())
    facts = {name: notice.facts[name] for name in ("verified", "only_declared", "missing")}
    assert facts == {"verified": 1, "only_declared": own - 1, "missing": 11 * own}
    text = notice_text(notice)
    assert text.text.startswith(f"{own} chỉ tiêu do {notice.recipient.agency.short_name} chủ trì:")
    assert f"1 dòng đã thẩm định, {own - 1} dòng" in text.text
    assert "phiếu" not in text.text
    assert text.url == "/verification/?period=2023-q3"
    whole = Notice.objects.get(kind="closed", recipient=factories.leader()).facts
    assert whole["verified"] == 1
    assert whole["only_declared"] == 56


def test_a_department_without_a_row_in_the_quarter_is_told_so():
    IndicatorAssignment.objects.filter(agency=factories.department().agency).delete()
    advanced = Criterion.objects.filter(criteria_set__slug="huyen-ntm").first()
    IndicatorAssignment.objects.create(
        agency=factories.department().agency, criterion=advanced, duty="lead"
    )
    close()
    assert "không có dòng nào thuộc chỉ tiêu do" in text_for(factories.department())


def cost_of_telling() -> int:
    event = QuarterEvent.objects.create(
        period=period(), kind="closed", at=now(), by=factories.coordinator(), channel="form"
    )
    report = closing_report(period())
    with CaptureQueriesContext(connection) as asked:
        announce_closed(period=period(), event=event, report=report)
    return len(asked)


def test_telling_costs_the_same_for_any_number_of_departments_and_figures():
    few = cost_of_telling()
    for agency in ("cong-an", "tu-phap", "giao-duc"):
        factories.department(agency)
    factories.sent()
    assert cost_of_telling() == few
    assert Notice.objects.filter(kind="closed", facts__has_key="agency").count() == 1 + 4


def test_unread_reminders_of_the_quarter_are_taken_back_and_read_ones_stay():
    remind(dt.date(2023, 9, 25))
    Notice.objects.filter(recipient=factories.officer()).update(read_at=now())
    assert Notice.objects.filter(kind="due_soon").count() == 2
    close()
    left = Notice.objects.get(kind="due_soon")
    assert left.recipient == factories.officer()


def test_who_turned_it_off_is_not_told():
    NoticeChoice.objects.create(
        user=factories.officer(), kind=NoticeKind.CLOSED, in_portal=False, by_mail=False
    )
    close()
    assert not Notice.objects.filter(kind="closed", recipient=factories.officer()).exists()


def test_a_corrected_row_that_was_not_sent_again_is_called_so():
    factories.sent()
    factories.give_back("17.1")
    line = closing_report(period()).being_corrected[0]
    assert (line.returned, line.corrected) == (1, 0)
    assert "bị trả lại" in line.sentence.lower()
    before = closing_report(period()).fingerprint
    row = factories.row_of("17.1")
    values = {value.measure.key: value.value for value in row.values.select_related("measure")}
    factories.save("17.1", values, stated=row.stated, note="Đã đối chiếu với trạm cấp nước.")
    report = closing_report(period())
    line = report.being_corrected[0]
    assert line.corrected == 1
    assert line.sentence.startswith("1 dòng đã sửa, chưa gửi lại")
    assert report.fingerprint != before


def test_an_early_close_is_red_and_no_open_quarter_leads_with_it(client):
    client.force_login(factories.coordinator())
    page = client.get("/periods/2023-q3/close/").content.decode()
    assert 'class="btn btn-danger" type="submit"' in page
    assert "còn việc chưa xong" in page
    page = client.get("/periods/2023-q3/").content.decode()
    assert 'class="btn btn-secondary" href="/periods/2023-q3/close/"' in page
