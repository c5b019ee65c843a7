"""A reminder says what is true: never sent, or sent and returned; and goes when it is true no more."""

import datetime as dt

import pytest

from assessments.models import Notice
from assessments.notice_texts import notice_text
from assessments.reminding import remind
from periods.clock import now
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
FRIDAY, MONDAY = dt.date(2023, 9, 22), dt.date(2023, 9, 25)


@pytest.fixture(autouse=True)
def officer(settings):
    settings.PORTAL_TODAY = "2023-09-20"
    return factories.officer()


def held():
    return Notice.objects.with_pages().filter(kind="due_soon", recipient__username="xa.ban-bo")


def text() -> str:
    return notice_text(held().get()).text


def test_who_never_sent_is_told_so():
    remind(FRIDAY)
    assert text() == "Xã Bản Bo chưa gửi; hạn gửi 25/09/2023."


def test_who_has_rows_to_correct_is_told_how_many():
    factories.sent()
    factories.give_back("11")
    factories.give_back("12.1")
    remind(FRIDAY)
    assert text() == "Xã Bản Bo: 2 dòng bị trả lại, chưa gửi lại; hạn ngày 25/09/2023."
    Notice.objects.all().delete()
    remind(MONDAY)
    assert "Hôm nay là hạn gửi" in notice_text(held().get()).title
    assert text().startswith("Xã Bản Bo: 2 dòng bị trả lại, chưa gửi lại")


def test_sending_takes_an_unread_reminder_back():
    remind(FRIDAY)
    assert held().count() == 1
    factories.sent()
    assert held().count() == 0
    remind(FRIDAY)
    assert held().count() == 0


def test_a_reminder_that_was_read_stays_and_the_corrections_are_another_occasion():
    remind(FRIDAY)
    held().update(read_at=now())
    factories.sent()
    factories.give_back("11")
    assert remind(FRIDAY) > 0
    assert remind(FRIDAY) == 0
    assert sorted("returned" in one.facts for one in held()) == [False, True]


def test_a_further_return_is_counted_and_the_last_one_withdrawn_takes_it_back():
    factories.sent()
    factories.give_back("11")
    remind(FRIDAY)
    factories.give_back("12.1")
    remind(FRIDAY)
    assert text().startswith("Xã Bản Bo: 2 dòng")
    factories.withdraw("12.1")
    remind(FRIDAY)
    assert text().startswith("Xã Bản Bo: 1 dòng")
    factories.withdraw("11")
    remind(FRIDAY)
    assert held().count() == 0
