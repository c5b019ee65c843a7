"""Closing a quarter: who is told what, and which reminders are taken back."""

import datetime as dt

import pytest

from accounts.models import Role
from assessments.closing import closing_report
from assessments.models import Notice, NoticeChoice, NoticeKind
from assessments.notice_texts import notice_text
from assessments.reminding import remind
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
    assert "57 dòng chỉ tính theo số liệu xã tự khai" in text_for(factories.officer())
    assert "chưa được chấp nhận" in text_for(factories.officer())
    assert "chưa gửi phiếu" in text_for(factories.officer("na-tam"))
    assert "57" in text_for(factories.department())


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
