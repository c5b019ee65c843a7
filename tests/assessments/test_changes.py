"""What a verifier reads first: what changed since last quarter, and since the last return."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from assessments.changes import changes_since_last_quarter, changes_since_last_return
from assessments.models import AssessmentState, Channel, Event, EventKind, Review
from assessments.sheet import load_sheet
from periods.clock import now
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
NBSP = "\u00a0"
LABEL = "Tỷ lệ nghèo đa chiều"


def rows(slug="ban-bo"):
    return {row.definition.code: row for row in load_sheet(factories.assessment(slug)).rows}


def returned(code, at=None) -> None:
    result = factories.row_of(code)
    result.assessment.state = AssessmentState.RETURNED
    result.assessment.submitted_at, result.assessment.submitted_by = now(), factories.officer()
    result.assessment.save()
    result.review, result.review_reason = Review.RETURNED, "Xem lại"
    result.reviewed_by, result.reviewed_at = factories.department(), now()
    result.save(update_fields=["review", "review_reason", "reviewed_by", "reviewed_at"])
    trace(code, EventKind.RETURNED, reason="Xem lại")


def trace(code, kind, **more) -> None:
    result = factories.row_of(code)
    Event.objects.create(
        assessment=result.assessment,
        result=result,
        kind=kind,
        at=now(),
        by=factories.department(),
        channel=Channel.FORM,
        **more,
    )


def test_values_and_verdict_are_compared_with_last_quarter():
    factories.save("11", {"value": Decimal("39.05")}, note="Theo rà soát")
    row = rows()["11"]
    row.evidence = [SimpleNamespace(carried_from=None), SimpleNamespace(carried_from="2023-q2")]
    assert changes_since_last_quarter(row) == [
        f"{LABEL}: 13{NBSP}% → 39,05{NBSP}%",
        "từ Đạt thành Chưa đạt",
        "thêm 1 minh chứng",
    ]


def test_the_same_again_is_no_change():
    factories.save("11", {"value": Decimal(13)})
    assert changes_since_last_quarter(rows()["11"]) == []


def test_a_blank_row_and_a_first_quarter_have_nothing_to_compare():
    assert changes_since_last_quarter(rows()["11"]) == []
    factories.save("11", {"value": Decimal(50)}, slug="giang-ma")
    first = rows("giang-ma")["11"]
    first.previous = None
    assert changes_since_last_quarter(first) == []


def test_several_measures_are_named():
    factories.save("12.1", {"men": Decimal(1), "women": Decimal(2)})
    sentences = changes_since_last_quarter(rows()["12.1"])
    assert len(sentences) == 3
    assert all(": " in sentence for sentence in sentences[:2])


def test_not_applicable_is_a_change():
    conditional = next(row for row in rows().values() if row.definition.conditional)
    code = conditional.definition.code
    factories.save(code, not_applicable=True, absence_reason="Xã không có")
    sentences = changes_since_last_quarter(rows()[code])
    assert any("Không áp dụng" in sentence for sentence in sentences)


def test_since_the_return_what_several_corrections_amount_to():
    factories.save("11", {"value": Decimal(12)})
    returned("11")
    factories.save("11", {"value": Decimal(20)}, note="Đã sửa")
    factories.save("11", {"value": Decimal("13.5")}, note="Đã sửa")
    trace("11", EventKind.ATTACHED, after={"name": "a.pdf"})
    trace("11", EventKind.ATTACHED, after={"name": "b.pdf"})
    trace("11", EventKind.REMOVED, reason="Nhầm", before={"name": "a.pdf"})
    found = changes_since_last_return(rows().values())
    assert list(found.values()) == [
        [
            f"{LABEL}: 12{NBSP}% → 13,5{NBSP}%",
            "Ghi chú: đã thêm",
            "từ Đạt thành Chưa đạt",
            "thêm 2 minh chứng",
            "gỡ 1 minh chứng",
        ]
    ]


def test_only_what_came_after_the_last_return_counts():
    returned("11")
    factories.save("11", {"value": Decimal(20)})
    trace("11", EventKind.RETURNED, reason="Vẫn chưa đúng")
    assert list(changes_since_last_return(rows().values()).values()) == [[]]


def test_all_rows_cost_one_query(django_assert_num_queries):
    for code in ("11", "10", "1.1"):
        returned(code)
    many = list(rows().values())
    with django_assert_num_queries(1):
        assert len(changes_since_last_return(many)) == 3
    with django_assert_num_queries(1):
        changes_since_last_return(many[:1])
    with django_assert_num_queries(0):
        for row in many:
            changes_since_last_quarter(row)
