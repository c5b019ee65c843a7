"""A return that was a mistake: withdrawn by those who made it, until the commune acts on it."""

from decimal import Decimal

import pytest

from accounts.models import Role
from assessments.board import load_rows
from assessments.changes import changes_since_last_return
from assessments.errors import InvalidRow, Refused, StaleVersion
from assessments.models import Event, IndicatorResult, Notice, Review
from assessments.workflow import Lock
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
REASON = "Phòng bấm nhầm xã, số liệu đã khớp."


@pytest.fixture
def given_back():
    factories.sent()
    factories.give_back("11")


def row(code="11"):
    return factories.row_of(code)


def state():
    return factories.assessment("ban-bo").state


def locked(act, *arguments, **more) -> Lock:
    with pytest.raises(Refused) as refused:
        act(*arguments, **more)
    assert str(refused.value)
    return refused.value.lock


def board_row(code="11"):
    (found,) = load_rows(IndicatorResult.objects.filter(pk=row(code).pk))
    return found


def test_the_row_waits_to_be_verified_again_and_the_event_says_who_and_why(given_back):
    before = row()
    factories.withdraw("11", REASON)
    held = row()
    assert (held.review, held.review_reason, held.reviewed_by) == (Review.PENDING, "", None)
    assert held.version == before.version + 1
    assert state() == "submitted"
    event = Event.objects.get(result=held, kind="withdrawn")
    assert (event.by, event.reason) == (before.reviewed_by, REASON)
    assert (event.before, event.after) == ({"review": "returned"}, {"review": "pending"})
    factories.verify("11")
    assert row().review == Review.VERIFIED


def test_the_commune_is_told_that_nothing_has_to_be_corrected(given_back):
    officer = factories.officer()
    factories.withdraw("11", REASON)
    notice = Notice.objects.get(recipient=officer, kind="withdrawn")
    assert (notice.facts["code"], notice.facts["reason"]) == ("11", REASON)


def test_another_return_that_stands_keeps_the_assessment_with_the_commune(given_back):
    factories.give_back("12.1")
    factories.withdraw("11")
    assert state() == "returned"
    assert locked(factories.save, "11", {"value": 1}) is Lock.ROW_NOT_RETURNED
    factories.withdraw("12.1")
    assert state() == "submitted"
    assert locked(factories.save, "12.1", {"men": 1}) is Lock.SUBMITTED


@pytest.mark.parametrize("reason", ["", "  ", "\x00", "x" * 2001])
def test_it_needs_a_reason_that_can_be_stored(given_back, reason):
    with pytest.raises(InvalidRow) as invalid:
        factories.withdraw("11", reason)
    assert list(invalid.value.errors) == ["reason"]
    assert row().review == Review.RETURNED


def test_pressing_twice_withdraws_once(given_back):
    version = row().version
    factories.withdraw("11", REASON, version=version)
    factories.withdraw("11", REASON, version=version)
    assert Event.objects.filter(result=row(), kind="withdrawn").count() == 1
    later = locked(factories.withdraw, "11", "Lý do khác", version=version)
    assert later is Lock.NOTHING_TO_WITHDRAW


def test_what_the_commune_corrected_is_no_longer_withdrawn(given_back):
    factories.save("11", {"value": Decimal(12)}, note="Đã rà soát")
    assert locked(factories.withdraw, "11") is Lock.ROW_CORRECTED
    factories.send()
    assert locked(factories.withdraw, "11") is Lock.NOTHING_TO_WITHDRAW


def test_evidence_added_after_the_return_is_a_correction_too(given_back):
    held = row()
    Event.objects.create(
        assessment_id=held.assessment_id,
        result=held,
        kind="attached",
        at=factories.now(),
        by=factories.officer(),
        channel="form",
    )
    assert locked(factories.withdraw, "11") is Lock.ROW_CORRECTED


def test_a_second_return_after_a_correction_can_be_withdrawn(given_back):
    factories.save("11", {"value": Decimal(12)}, note="Đã rà soát")
    factories.send()
    factories.give_back("11")
    factories.withdraw("11")
    found = board_row()
    assert found.was_returned
    assert changes_since_last_return([found])[found.result.pk]


def test_a_withdrawn_return_does_not_call_the_row_corrected(given_back):
    factories.withdraw("11")
    found = board_row()
    assert not found.was_returned
    assert changes_since_last_return([found]) == {}


def test_a_row_that_was_not_returned_has_no_return_to_withdraw(given_back):
    assert locked(factories.withdraw, "12.1") is Lock.NOTHING_TO_WITHDRAW


def test_only_those_who_may_return_withdraw(given_back):
    for by in (
        factories.department("giao-duc"),
        factories.coordinator(),
        factories.leader(),
        factories.person(Role.ADMINISTRATOR),
        factories.officer(),
    ):
        assert locked(factories.withdraw, "11", by=by) is Lock.NOT_YOURS


def test_a_row_outside_the_scope_does_not_exist(given_back):
    by = factories.department("giao-duc")
    with pytest.raises(IndicatorResult.DoesNotExist):
        factories.withdraw("11", by=by, rows=IndicatorResult.objects.visible_to(by))


def test_a_stale_version_is_refused(given_back):
    with pytest.raises(StaleVersion):
        factories.withdraw("11", version=1)
    assert row().review == Review.RETURNED


def test_a_return_out_of_a_verified_assessment_leaves_the_row_to_verify_again():
    factories.verified()
    factories.give_back("11")
    factories.withdraw("11")
    assert state() == "submitted"
    factories.verify("11")
    assert state() == "verified"
