"""A verdict other than declared: the commune is told, once, and of nothing that no longer stands."""

import pytest
from django.utils import translation

from assessments import reviewing
from assessments.errors import Refused
from assessments.models import Channel, IndicatorResult, Notice, NoticeChoice, NoticeKind
from assessments.notice_texts import notice_text
from periods.clock import now
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


@pytest.fixture(autouse=True)
def sent():
    factories.officer(username="xa.ban-bo.2")
    factories.officer("na-tam")
    factories.sent()
    Notice.objects.all().delete()


def told() -> list[Notice]:
    return list(Notice.objects.with_pages().filter(kind=NoticeKind.DIFFERS).order_by("pk"))


def find(verdict: str = "not_met", reason: str = "Đường hỏng.") -> None:
    factories.verify("1.1", verdict=verdict, reason=reason)


def confirm() -> None:
    """The other verdict is taken back: as the commune declared it."""
    factories.verify("1.1")


def test_another_verdict_is_told_to_the_officers_of_that_commune_with_its_reason():
    find()
    names = {notice.recipient.username for notice in told()}
    assert names == {"xa.ban-bo", "xa.ban-bo.2"}
    text = notice_text(told()[0])
    row = factories.row_of("1.1")
    assert "1.1" in text.title
    assert "Đường hỏng." in text.text
    assert text.url.endswith(f"#row-{row.pk}")
    with translation.override("vi"):
        assert "Chưa đạt" in notice_text(told()[0]).title


def test_a_verdict_as_declared_is_not_told():
    factories.verify("1.1")
    assert told() == []


def test_the_same_decision_pressed_twice_is_told_once():
    find()
    find()
    assert len(told()) == 2


def test_changed_back_before_anybody_read_it_nothing_is_left():
    find()
    confirm()
    assert told() == []


def test_changed_back_after_one_read_it_only_that_one_is_told():
    find()
    Notice.objects.filter(recipient=factories.officer()).update(read_at=now())
    confirm()
    first, last = told()
    assert {first.recipient, last.recipient} == {factories.officer()}
    assert last.read_at is None
    assert "đúng như xã tự đánh giá" in notice_text(last).title


def test_changed_back_after_the_letter_was_sent_is_told():
    find()
    Notice.objects.update(mailed_at=now())
    confirm()
    assert len(told()) == 4


def test_another_reason_takes_the_place_of_the_one_that_nobody_read():
    find()
    find(reason="Đường hỏng ở bản Hợp Nhất.")
    assert len(told()) == 2
    assert all("Hợp Nhất" in notice_text(notice).text for notice in told())


def test_a_return_takes_the_unread_notice_back():
    find()
    factories.give_back("1.1")
    assert told() == []


def test_it_can_be_turned_off():
    for officer in (factories.officer(), factories.officer(username="xa.ban-bo.2")):
        NoticeChoice.objects.create(
            user=officer, kind=NoticeKind.DIFFERS, in_portal=False, by_mail=False
        )
    find()
    assert told() == []


def test_the_reason_stays_plain_text_in_the_list_and_the_page_shows_it(client):
    find(reason="<b>Đường</b> hỏng.")
    client.force_login(factories.officer())
    text = client.get("/notices/").content.decode()
    assert "&lt;b&gt;Đường" in text
    assert "<b>Đường" not in text


def test_the_start_page_names_the_row_until_it_counts_as_declared(client):
    row = factories.row_of("1.1")
    client.force_login(factories.officer())
    assert "otherwise-title" not in client.get("/").content.decode()
    find()
    text = client.get("/").content.decode()
    assert "otherwise-title" in text
    assert f"#row-{row.pk}" in text
    assert "Đường hỏng." in text
    client.force_login(factories.officer("na-tam"))
    assert "otherwise-title" not in client.get("/").content.decode()
    confirm()
    client.force_login(factories.officer())
    assert "otherwise-title" not in client.get("/").content.decode()


def test_a_refused_decision_tells_nobody():
    row = factories.row_of("1.1")
    with pytest.raises(Refused):
        reviewing.verify_row(
            by=factories.officer(),
            rows=IndicatorResult.objects.all(),
            result_id=row.pk,
            version=row.version,
            verdict="not_met",
            reason="x",
            channel=Channel.FORM,
        )
    assert told() == []
