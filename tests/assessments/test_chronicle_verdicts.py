"""Every kind of decision about a row stands among the decisions, and can be looked for."""

from decimal import Decimal

import pytest

from tests import factories
from tests.assessments.test_chronicle import codes, opened, text_of
from tests.assessments.test_rejudging import confirm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
REASON = "Biên bản kiểm tra ghi khác"


def decided(client, by=None) -> str:
    return text_of(opened(client, by)).split("Thay đổi của các chỉ tiêu")[0]


@pytest.fixture
def sent():
    return factories.sent()


def find_otherwise(code="11"):
    factories.verify(code, verdict="not_met", reason=REASON)


def test_another_verdict_is_a_decision_with_its_reason(client, sent):
    find_otherwise()
    text = decided(client)
    assert "11 Thẩm định khác với xã tự đánh giá" in text
    assert REASON in text


def test_a_verdict_taken_back_is_a_decision(client, sent):
    find_otherwise()
    factories.verify("11")
    text = decided(client)
    assert "11 Xác nhận như xã tự đánh giá, rút lại kết quả thẩm định khác" in text
    assert "11 Thẩm định khác" in text


def test_what_is_confirmed_as_declared_is_no_decision_of_its_own(client, sent):
    factories.verify("11")
    assert "11 Đã thẩm định" not in decided(client)
    assert codes(opened(client, kind="verified")) == ["11"]


def test_returned_and_withdrawn_are_decisions(client, sent):
    factories.give_back("11")
    factories.withdraw("11")
    text = decided(client)
    assert "11 Đã trả lại xã" in text
    assert "11 Đã rút việc trả lại" in text


def test_changes_are_narrowed_down_to_other_verdicts_and_to_those_taken_back(client, sent):
    factories.verify("10")
    find_otherwise()
    assert codes(opened(client, kind="other_verdict")) == ["11"]
    assert codes(opened(client, kind="taken_back")) == []
    factories.verify("11")
    assert codes(opened(client, kind="taken_back")) == ["11"]
    assert codes(opened(client, kind="other_verdict")) == ["11"]
    assert sorted(codes(opened(client, kind="verified"))) == ["10", "11", "11"]


def test_a_department_reads_no_decision_about_rows_of_others(client, sent):
    factories.verify("1.1", verdict="not_met", reason=REASON)
    assert REASON not in decided(client, factories.department("lao-dong"))
    assert REASON in decided(client, factories.leader())


def test_a_row_judged_anew_by_a_confirmed_level_is_a_decision(client):
    factories.save("11", {"value": Decimal(14)}, note="Theo rà soát")
    confirm("15")
    text = decided(client)
    assert "11 Đánh giá lại theo mức đã xác nhận" in text
    assert "100/QĐ-UBND" in text
