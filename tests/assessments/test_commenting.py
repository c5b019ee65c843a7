"""The talk about a row: who may write, until when, once for each press."""

import unicodedata

import pytest
from django.urls import reverse

from accounts.models import Role
from assessments.commenting import comment
from assessments.errors import CommentRefused, InvalidRow
from assessments.models import Comment, IndicatorResult, Notice
from assessments.notice_texts import notice_text
from assessments.workflow import Lock
from periods.clock import now
from periods.models import PeriodState
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


def say(by, text="Đề nghị xem lại số hộ nghèo", code="11", slug="ban-bo") -> Comment:
    return comment(
        by=by,
        rows=IndicatorResult.objects.visible_to(by),
        result_id=factories.row_of(code, slug).pk,
        text=text,
    )


def address(name="comment", code="11", slug="ban-bo", period="2023-q3") -> str:
    pk = factories.row_of(code, slug, period).pk
    return reverse(f"assessments:{name}", args=[period, slug, "ntm", pk])


@pytest.mark.parametrize(
    "who",
    [
        factories.officer,
        factories.department,
        factories.coordinator,
        lambda: factories.person(Role.ADMINISTRATOR),
    ],
)
def test_those_who_enter_verify_and_steer_write(who):
    by = who()
    made = say(by)
    assert (made.by, made.text) == (by, "Đề nghị xem lại số hộ nghèo")


def test_a_leader_reads_and_does_not_write(client):
    with pytest.raises(CommentRefused) as refused:
        say(factories.leader())
    assert refused.value.lock is Lock.NOT_YOURS
    say(factories.officer(), "Xã đã rà soát")
    client.force_login(factories.leader())
    page = client.get(address("row_history")).content.decode()
    assert "Xã đã rà soát" in page
    assert "<textarea" not in page
    assert client.post(address(), {"text": "Tôi cũng"}).status_code == 403
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    "who", [lambda: factories.officer("giang-ma"), lambda: factories.department("van-hoa")]
)
def test_for_others_the_row_does_not_exist(client, who):
    with pytest.raises(IndicatorResult.DoesNotExist):
        say(who())
    client.force_login(who())
    assert client.post(address(), {"text": "Xin chào"}).status_code == 404
    assert not Comment.objects.exists()


def test_after_sending_the_talk_goes_on():
    target = factories.assessment("ban-bo")
    target.state, target.submitted_at, target.submitted_by = (
        "submitted",
        now(),
        factories.officer(),
    )
    target.save()
    assert say(factories.officer())


def test_with_the_quarter_the_talk_closes(client):
    say(factories.officer())
    period = factories.assessment("ban-bo").period
    period.state, period.closed_at = PeriodState.CLOSED, now()
    period.save()
    with pytest.raises(CommentRefused) as refused:
        say(factories.officer(), "Còn một điều")
    assert refused.value.lock is Lock.PERIOD_CLOSED
    client.force_login(factories.officer())
    answer = client.post(address(), {"text": "Còn một điều"})
    assert answer.status_code == 422
    assert "đã khóa nên phần trao đổi" in answer.content.decode()
    assert Comment.objects.count() == 1


def test_a_second_press_says_nothing_more(client):
    client.force_login(factories.officer())
    for _press in range(2):
        assert client.post(address(), {"text": "Xin xem lại"}).status_code == 302
    assert Comment.objects.count() == 1
    assert say(factories.department(), "Xin xem lại").by != factories.officer()


def test_the_same_words_later_are_said_again():
    first = say(factories.officer())
    Comment.objects.filter(pk=first.pk)  # appended only: aged in the database itself
    from django.db import connection

    with connection.cursor() as cursor:
        earlier = now().replace(year=now().year - 1)
        cursor.execute(
            "UPDATE assessments_comment SET at = %s WHERE id = %s",
            [earlier.strftime("%Y-%m-%d %H:%M:%S+00:00"), first.pk],
        )
    assert say(factories.officer()).pk != first.pk


def test_a_text_is_kept_composed_without_nul_and_with_its_lines():
    made = say(factories.officer(), unicodedata.normalize("NFD", "  Hộ\x00 nghèo\r\ngiảm  "))
    assert made.text == "Hộ nghèo\ngiảm"


@pytest.mark.parametrize("text", ["", "   ", "\x00", "\r\n\r\n"])
def test_nothing_is_not_a_comment(client, text):
    with pytest.raises(InvalidRow):
        say(factories.officer(), text)
    client.force_login(factories.officer())
    answer = client.post(address(), {"text": text})
    assert answer.status_code == 422
    assert "Hãy viết nội dung" in answer.content.decode()


def test_without_the_field_nothing_is_written(client):
    client.force_login(factories.officer())
    assert client.post(address()).status_code == 422


def test_2000_characters_fit_and_one_more_is_refused_and_stays(client):
    assert len(say(factories.officer(), "ạ" * 2000).text) == 2000
    client.force_login(factories.officer())
    answer = client.post(address(), {"text": "ệ" * 2001})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "ệ" * 2001 in html
    assert 'aria-invalid="true"' in html
    assert Comment.objects.count() == 1


def test_what_is_written_is_never_a_tag(client):
    say(factories.officer(), "<script>alert(1)</script>")
    client.force_login(factories.officer())
    html = client.get(address("row_history")).content.decode()
    assert "&lt;script&gt;alert(1)" in html


def test_the_thread_reads_oldest_first_and_the_line_of_time_names_it(client):
    say(factories.officer(), "Một")
    say(factories.department(), "Hai")
    client.force_login(factories.officer())
    html = client.get(address("row_history")).content.decode()
    assert html.index(">Một<") < html.index(">Hai<")
    assert html.count("viết ý kiến") == 2


def test_htmx_gets_the_thread_with_the_new_word_and_the_count(client):
    client.force_login(factories.officer())
    answer = client.post(address(), {"text": "Nhanh"}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Nhanh" in html
    assert 'hx-swap-oob="true">1<' in html
    refused = client.post(address(), {"text": ""}, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert "<html" not in refused.content.decode()


def test_the_form_shows_how_much_was_said_about_each_row(client):
    say(factories.department(), "Một")
    say(factories.officer(), "Hai")
    client.force_login(factories.officer())
    html = client.get("/assessments/2023-q3/ban-bo/ntm/").content.decode()
    assert f'id="talks-{factories.row_of("11").pk}">2<' in html
    assert f'id="talks-{factories.row_of("10").pk}">0<' in html


def test_the_commune_and_the_leading_agency_are_told_and_the_writer_is_not():
    officer, lead = factories.officer(), factories.department("lao-dong")
    other = factories.officer("giang-ma")
    say(lead, "Xin bổ sung")
    told = set(Notice.objects.filter(kind="commented").values_list("recipient", flat=True))
    assert officer.pk in told
    notice = Notice.objects.select_related(
        "assessment__unit", "assessment__period", "assessment__criteria_set", "period"
    ).get(kind="commented", recipient=officer)
    assert notice_text(notice).url == f"{address('row_history')}#comments"
    assert not told & {lead.pk, other.pk}
    say(officer, "Đã bổ sung")
    told = Notice.objects.filter(kind="commented", facts__text="Đã bổ sung")
    assert set(told.values_list("recipient", flat=True)) == {lead.pk}


def test_what_was_written_when_the_session_had_ended_is_not_lost(client):
    text, where = "Một ý kiến dài", address()
    factories.officer()
    refused = client.post(where, {"text": text})
    assert refused["Location"].startswith("/accounts/login/?next=")
    assert not Comment.objects.exists()
    typed = {"login": "xa.ban-bo", "password": factories.PASSWORD}
    page = client.post(refused["Location"], typed, follow=True)
    assert page.redirect_chain[-1][0] == f"{address('row_history')}#comments"
    html = page.content.decode()
    assert f">{text}</textarea>" in html
    assert "ý kiến chưa gửi" in html
    assert not Comment.objects.exists()
    again = client.get(address("row_history")).content.decode()
    assert f">{text}</textarea>" not in again


def test_reading_never_writes(client):
    client.force_login(factories.officer())
    assert client.get(address()).status_code == 302
    assert not Comment.objects.exists()
