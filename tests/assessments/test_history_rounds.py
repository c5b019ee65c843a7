"""A row's history after the real acts of everybody: entered, sent, returned, corrected, accepted."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from assessments.attaching import Details, attach, describe, remove
from assessments.changes import changes_since_last_return
from assessments.chronicle import decisions
from assessments.history import load_row_history
from assessments.models import Channel, Evidence, IndicatorResult
from assessments.sheet import load_sheet
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


def history(code="11"):
    result = IndicatorResult.objects.select_related(
        "assessment__unit__parent__parent", "assessment__period", "assessment__criteria_set"
    ).get(pk=factories.row_of(code).pk)
    return load_row_history(result)


def photo() -> SimpleUploadedFile:
    held = io.BytesIO()
    Image.new("RGB", (32, 24), "green").save(held, "JPEG")
    return SimpleUploadedFile("bien-ban.jpg", held.getvalue())


def test_a_whole_round_stands_on_the_line_of_time():
    factories.sent()
    factories.give_back("11", "Thiếu biên bản rà soát")
    officer = factories.officer()
    rows = IndicatorResult.objects.visible_to(officer)
    added = attach(
        by=officer, rows=rows, result_id=factories.row_of("11").pk, file=photo(), name="bien-ban.jpg",
        channel=Channel.FORM,
    ).evidence  # fmt: skip
    mine = Evidence.objects.visible_to(officer)
    describe(
        by=officer, evidence=mine, evidence_id=added.pk, channel=Channel.FORM,
        version=added.version, read=lambda held: Details("12/BB-UBND"),
    )  # fmt: skip
    remove(by=officer, evidence=mine, evidence_id=added.pk, reason="Nhầm tệp", channel=Channel.FORM)
    factories.save("11", {"value": Decimal("12.5")}, note="Đã rà soát lại")
    since = changes_since_last_return(load_sheet(factories.assessment("ban-bo")).rows)
    assert since[factories.row_of("11").pk] == [
        "Tỷ lệ nghèo đa chiều: 13\u00a0% → 12,5\u00a0%",
        "Ghi chú: đã thêm",
        "thêm 1 minh chứng",
        "gỡ 1 minh chứng",
    ]
    factories.send()
    factories.verify("11", verdict="not_met", reason="Số liệu chưa được phê duyệt")
    lines = history().now.lines
    assert [line.title for line in lines] == [
        "Thẩm định khác với xã tự đánh giá",
        "Gửi lại phiếu đánh giá",
        "Sửa theo yêu cầu trả lại",
        "Gỡ minh chứng",
        "Ghi thông tin minh chứng",
        "Thêm minh chứng",
        "Đã trả lại xã",
        "Gửi phiếu đánh giá",
        "Nhập số liệu",
        "Mở quý để nhập số liệu",
    ]
    assert (lines[0].verdict_before, lines[0].verdict) == ("met", "not_met")
    assert lines[6].reason == "Thiếu biên bản rà soát"
    assert all(line.who for line in lines)


def test_acceptance_stands_among_the_decisions():
    assessment = factories.accepted()
    titles = [line.title for line in decisions(assessment, factories.coordinator())]
    assert titles[0] == "Chấp nhận phiếu đánh giá"
    assert "Thẩm định xong toàn bộ phiếu" in titles
    assert titles[-1] == "Mở quý để nhập số liệu"
