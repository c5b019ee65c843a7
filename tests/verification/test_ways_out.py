"""A reason for which something is locked names a way out that is open in that state."""

import pytest

from assessments import deciding
from assessments.models import Channel
from assessments.sheet import load_sheet
from assessments.standing import standing_of
from assessments.wording import lock_text
from assessments.workflow import TRANSITIONS, Act, Lock
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
LOCKED = [
    ("submitted", Lock.SUBMITTED, "cơ quan chủ trì chỉ tiêu đó trả lại", Act.RETURN),
    ("verified", Lock.VERIFIED, "cơ quan chủ trì chỉ tiêu đó trả lại", Act.RETURN),
    ("accepted", Lock.ACCEPTED, "đề nghị cơ quan thường trực mở lại", Act.REOPEN),
    ("returned", Lock.ROW_NOT_RETURNED, "đề nghị cơ quan chủ trì trả lại", Act.RETURN),
]


@pytest.mark.parametrize(("state", "lock", "advice", "act"), LOCKED)
def test_the_advice_can_be_followed_in_that_state(state, lock, advice, act):
    target = factories.assessment("ban-bo")
    target.state, target.submitted_by = state, factories.officer()
    target.submitted_at = target.period.opened_at
    assert advice in lock_text(lock, target)
    assert (state, act) in TRANSITIONS


def reason(target, act: Act) -> str:
    decisions = standing_of(load_sheet(target), factories.coordinator()).decisions
    return next(one.lock for one in decisions if one.act is act)


def test_a_reopened_assessment_without_waiting_rows_names_the_way_to_accept_it():
    target = factories.accepted()
    deciding.reopen(
        by=factories.coordinator(), assessment=target, reason="Xem lại.", channel=Channel.FORM
    )
    target = factories.assessment("ban-bo")
    assert "“Kết thúc thẩm định”" in reason(target, Act.ACCEPT)
    assert "Chưa thẩm định hết" not in reason(target, Act.ACCEPT)
    assert reason(target, Act.COMPLETE) == ""


def test_completed_by_decision_is_not_called_verified_in_every_row():
    target = factories.sent()
    assert reason(target, Act.ACCEPT).startswith("Chưa thẩm định hết các dòng.")
    deciding.complete(
        by=factories.coordinator(), assessment=target, reason="Hết hạn.", channel=Channel.FORM
    )
    target = factories.assessment("ban-bo")
    assert reason(target, Act.COMPLETE) == "Đã kết thúc thẩm định."
    assert "Tất cả" not in lock_text(Lock.VERIFIED, target)
