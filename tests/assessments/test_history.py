"""The life of a row on its page: everything that happened, in words, for those who may see it."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Role
from assessments import actions
from assessments.history import load_row_history
from assessments.models import Channel, Event, EventKind, IndicatorResult, QuarterEvent
from assessments.sheet import load_sheet
from periods.clock import now
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


def address(code="11", slug="ban-bo", period="2023-q3") -> str:
    pk = factories.row_of(code, slug, period).pk
    return reverse("assessments:row_history", args=[period, slug, "ntm", pk])


def history(code="11", slug="ban-bo", period="2023-q3"):
    result = IndicatorResult.objects.select_related(
        "assessment__unit__parent__parent", "assessment__period", "assessment__criteria_set"
    ).get(pk=factories.row_of(code, slug, period).pk)
    return load_row_history(result)


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ")


def page(client, user, **where) -> str:
    client.force_login(user)
    answer = client.get(address(**where))
    assert answer.status_code == 200
    return words(answer.content.decode())


def whole(kind, reason="", **more) -> Event:
    assessment = factories.assessment("ban-bo")
    return Event.objects.create(
        assessment=assessment,
        kind=kind,
        at=now(),
        by=factories.coordinator(),
        channel=Channel.FORM,
        reason=reason,
        **more,
    )


def test_an_entered_value_stands_with_who_when_and_through_what(client):
    factories.save("11", {"value": Decimal("39.05")}, note="Theo rà soát", channel=Channel.API)
    text = page(client, factories.coordinator())
    for part in (
        "Nhập số liệu",
        "trống rồi thành 39,05 %",
        "Ghi chú: Theo rà soát",
        "Chưa đạt",
        "xa.ban-bo · Xã Bản Bo · qua API",
        now().strftime("%d/%m/%Y"),
    ):
        assert part in text, part


def test_the_newest_stands_first_and_the_quarter_opening_last():
    factories.save("11", {"value": Decimal(12)})
    factories.save("11", {"value": Decimal(14)})
    lines = history().now.lines
    assert [line.kind for line in lines] == ["entered", "entered", "opened"]
    assert lines[0].differences[0].before == "12\u00a0%"
    assert lines[0].differences[0].after == "14\u00a0%"
    assert (lines[0].verdict_before, lines[0].verdict) == ("met", "not_met")


def test_each_measure_of_a_row_is_named(client):
    factories.save("12.1", {"men": Decimal(80), "women": Decimal(60)})
    labels = [one.label for one in history("12.1").now.lines[0].differences]
    assert len(labels) == 2
    assert all(labels)


def test_keeping_and_correcting_are_called_so():
    row = factories.row_of("11")
    actions.keep_unchanged(
        by=factories.officer(),
        rows=IndicatorResult.objects.all(),
        result_id=row.pk,
        version=row.version,
        channel=Channel.FORM,
    )
    assert history().now.lines[0].title == "Giữ nguyên số liệu quý trước"


def test_decisions_about_the_whole_assessment_stand_on_the_rows_line(client):
    actions.extend(
        by=factories.coordinator(),
        assessment=factories.assessment("ban-bo"),
        until=now().date() + dt.timedelta(days=40),
        reason="Mưa lũ chia cắt đường",
        channel=Channel.FORM,
    )
    text = page(client, factories.officer())
    assert "Cả phiếu: dời hạn gửi" in text
    assert "Mưa lũ chia cắt đường" in text


def test_sent_says_how_much_was_entered():
    target = factories.assessment("ban-bo")
    sheet = factories.fill(target)
    actions.submit(
        by=factories.officer(),
        assessment=target,
        fingerprint=load_sheet(target).fingerprint,
        channel=Channel.FORM,
    )
    line = history().now.lines[0]
    assert line.title == "Gửi phiếu đánh giá"
    assert line.facts == (f"đã nhập {sheet.entered} chỉ tiêu", f"đạt {sheet.criteria_met} tiêu chí")


def test_a_verdict_of_its_own_shows_both_and_the_reason(client):
    row = factories.row_of("11")
    Event.objects.create(
        assessment=row.assessment,
        result=row,
        kind=EventKind.VERIFIED,
        at=now(),
        by=factories.department(),
        channel=Channel.FORM,
        reason="Số liệu chưa khớp với sổ hộ nghèo",
        before={"review": "pending", "verdict": "met"},
        after={"review": "verified", "verdict": "not_met"},
    )
    line = history().now.lines[0]
    assert line.title == "Thẩm định khác với xã tự đánh giá"
    assert (line.verdict_before, line.verdict) == ("met", "not_met")
    assert "Số liệu chưa khớp với sổ hộ nghèo" in page(client, factories.officer())


OTHER = "Thẩm định khác với xã tự đánh giá"
BACK = "Xác nhận như xã tự đánh giá, rút lại kết quả thẩm định khác"


def verifications():
    """Title and both verdicts of each, the newest first."""
    return [
        (line.title, line.verdict_before, line.verdict)
        for line in history().now.lines
        if line.kind == EventKind.VERIFIED and not line.is_whole
    ]


def test_a_confirmation_after_another_verdict_says_that_it_was_taken_back(client):
    factories.sent()
    factories.verify("11", verdict="not_met", reason="Chưa khớp.")
    factories.verify("11")
    assert verifications() == [(BACK, "not_met", "met"), (OTHER, "met", "not_met")]
    assert BACK in page(client, factories.officer())


def test_another_verdict_is_another_than_declared_however_often_it_is_said():
    factories.sent()
    factories.verify("11")
    factories.verify("11", verdict="not_met", reason="Chưa khớp.")
    factories.verify("11", verdict="not_met", reason="Chưa khớp với sổ hộ nghèo.")
    assert verifications() == [
        (OTHER, "met", "not_met"),
        (OTHER, "met", "not_met"),
        ("Đã thẩm định", "", "met"),
    ]


def test_what_was_stored_before_the_declared_verdict_was_is_read_alike():
    row = factories.row_of("11")
    for review, before, after, reason in (
        ("pending", "met", "not_met", "Chưa khớp."),
        ("verified", "not_met", "met", ""),
        ("verified", "met", "not_met", "Chưa khớp với sổ."),
    ):
        Event.objects.create(
            assessment=row.assessment,
            result=row,
            kind=EventKind.VERIFIED,
            at=now(),
            by=factories.department(),
            channel=Channel.FORM,
            reason=reason,
            before={"review": review, "verdict": before},
            after={"review": "verified", "verdict": after},
        )
    assert verifications() == [
        (OTHER, "met", "not_met"),
        (BACK, "not_met", "met"),
        (OTHER, "met", "not_met"),
    ]


def test_evidence_is_named_with_its_number():
    row = factories.row_of("11")
    Event.objects.create(
        assessment=row.assessment,
        result=row,
        kind=EventKind.ATTACHED,
        at=now(),
        by=factories.officer(),
        channel=Channel.FORM,
        after={"name": "Quyết định.pdf", "document_number": "12/QĐ-UBND"},
    )
    line = history().now.lines[0]
    assert line.title == "Thêm minh chứng"
    assert line.facts == ("Quyết định.pdf (12/QĐ-UBND)",)


def test_what_a_document_says_of_itself_is_shown_old_and_new():
    row = factories.row_of("11")
    name = {"name": "Quyết định.pdf"}
    Event.objects.create(
        assessment=row.assessment,
        result=row,
        kind=EventKind.DESCRIBED,
        at=now(),
        by=factories.officer(),
        channel=Channel.FORM,
        before=name | {"document_number": "", "document_date": None, "valid_until": None},
        after=name | {"document_number": "7", "document_date": "2023-09-01", "valid_until": None},
    )
    line = history().now.lines[0]
    assert line.title == "Ghi thông tin minh chứng"
    assert [(d.before, d.after) for d in line.differences] == [("", "7"), ("", "01/09/2023")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {}),
        ({"values": None}, {"values": "?"}),
        ({"values": {"gone": "7"}}, {"values": {"value": "abc", "gone": True}, "more": [1]}),
        ({"verdict": "unheard"}, {"verdict": 5, "stated": "yes", "note": None}),
        ({"due_on": 5}, {"due_on": "soon", "entered": "x", "met": None, "name": 3}),
        ([], "text"),
    ],
)
@pytest.mark.parametrize("kind", [EventKind.ENTERED, EventKind.VERIFIED, EventKind.ATTACHED])
def test_a_trace_of_a_strange_shape_is_shown_as_far_as_it_can_be_read(client, kind, before, after):
    row = factories.row_of("11")
    Event.objects.create(
        assessment=row.assessment,
        result=row,
        kind=kind,
        at=now(),
        by=factories.officer(),
        channel=Channel.IMPORT,
        before=before,
        after=after,
    )
    assert "bằng nhập tệp" in page(client, factories.coordinator())


def test_the_quarter_before_is_folded_beneath(client):
    text = page(client, factories.officer())
    assert "Các quý trước" in text
    assert "Quý II năm 2023" in text.split("Các quý trước")[1]
    assert "Nhập số liệu" in text.split("Các quý trước")[1]


def test_without_an_earlier_quarter_there_is_nothing_to_unfold(client):
    text = page(client, factories.officer(), period="2023-q2")
    assert "Các quý trước" not in text
    assert "Chưa có quý trước để so sánh" in text


def test_the_end_of_the_quarter_stands_on_the_rows_line():
    QuarterEvent.objects.create(
        period=factories.assessment("ban-bo").period,
        kind="closed",
        at=now(),
        by=factories.coordinator(),
        channel=Channel.FORM,
    )
    assert history().now.lines[0].title == "Khóa quý"


def test_other_communes_and_agencies_without_the_row_find_nothing(client):
    url = address()
    for nobody in (factories.officer("giang-ma"), factories.department("van-hoa")):
        client.force_login(nobody)
        assert client.get(url).status_code == 404
    for reader in (factories.leader(), factories.department("lao-dong"), factories.officer()):
        client.force_login(reader)
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("pk", [0, 999999, 9999999999999999999999])
def test_a_row_that_is_not_there_is_not_found(client, pk):
    client.force_login(factories.coordinator())
    assert client.get(f"/assessments/2023-q3/ban-bo/ntm/rows/{pk}/history/").status_code == 404


def test_a_row_stands_only_at_its_own_address(client):
    client.force_login(factories.coordinator())
    pk = factories.row_of("11").pk
    assert client.get(f"/assessments/2023-q3/giang-ma/ntm/rows/{pk}/history/").status_code == 404
    assert client.get(f"/assessments/2023-q2/ban-bo/ntm/rows/{pk}/history/").status_code == 404


def test_htmx_gets_what_unfolds_beneath_the_row(client):
    client.force_login(factories.officer())
    html = client.get(address(), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    pk = factories.row_of("11").pk
    assert f'id="thread-{pk}"' in html
    assert f'id="talks-{pk}" hx-swap-oob="true">0<' in html


def test_the_entry_form_leads_to_the_history_of_each_row(client):
    client.force_login(factories.officer())
    html = client.get("/assessments/2023-q3/ban-bo/ntm/").content.decode()
    assert html.count('class="entry-talk"') == 57
    assert address("17.10") in html


def test_no_query_grows_with_what_happened(client, django_assert_max_num_queries):
    client.force_login(factories.department("lao-dong"))
    url = address()
    client.get(url)  # each process reads the definitions once
    with django_assert_max_num_queries(12) as few:
        client.get(url)
    for n in range(40):
        factories.save("11", {"value": Decimal(n % 7)}, note=f"Lần {n}")
    for n in range(5):
        whole(EventKind.EXTENDED, reason=f"Lần {n}", after={"due_on": "2023-09-30"})
    with django_assert_max_num_queries(12) as many:
        answer = client.get(url)
    assert answer.content.count(b"life-line") > 45
    assert len(many) == len(few)


def test_a_quarter_that_was_skipped_is_not_compared_with(client):
    later = factories.open_quarter(2024, 1)
    assert later.slug == "2024-q1"
    found = history(period="2024-q1")
    assert found.row.previous is None
    assert [life.period.slug for life in found.earlier] == ["2023-q3", "2023-q2"]


def test_the_administrator_is_called_so_and_not_the_whole_district(client):
    Event.objects.create(
        assessment=factories.assessment("ban-bo"),
        kind=EventKind.REOPENED,
        at=now(),
        by=factories.person(Role.ADMINISTRATOR),
        channel=Channel.SYSTEM,
        reason="Sai số liệu",
    )
    text = page(client, factories.leader())
    assert "Sai số liệu" in text
    assert "Quản trị · do cổng tự ghi" in text
