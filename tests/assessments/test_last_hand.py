"""Who is named when somebody was faster: the one whose act raised the row's version last."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from assessments import actions
from assessments.last_hand import last_hand
from assessments.models import Channel
from assessments.sheet import load_sheet
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


def who():
    return last_hand(factories.row_of("11"))[0]


def corrected(code="12.1"):
    """As the commune answers a return without other figures."""
    held = factories.row_of(code)
    values = {one.measure.key: one.value for one in held.values.select_related("measure")}
    factories.save(code, values, note="Đã rà soát, số liệu đúng.")


def test_each_act_names_its_own_hand(django_assert_num_queries):
    commune, department = factories.officer(), factories.department("lao-dong")
    factories.sent()
    assert who() == commune
    factories.verify("11")
    assert who() == department
    factories.verify("12.1")  # another row is another matter
    factories.give_back("11")
    factories.withdraw("11")
    assert who() == department
    factories.give_back("11")
    factories.save("11", {"value": Decimal(12)})
    assert who() == commune
    factories.give_back("12.1")
    corrected()
    colleague = factories.officer(username="xa.ban-bo.2")
    actions.submit(
        by=colleague,
        assessment=factories.assessment("ban-bo"),
        fingerprint=load_sheet(factories.assessment("ban-bo")).fingerprint,
        channel=Channel.FORM,
    )
    assert who() == colleague
    held = factories.row_of("11")
    with django_assert_num_queries(1):
        last_hand(held)


def test_sending_again_does_not_name_a_row_that_was_not_returned():
    factories.sent()
    factories.verify("11")
    factories.give_back("12.1")
    corrected()
    factories.send()
    assert who() == factories.department("lao-dong")


def test_a_blank_names_nobody():
    assert last_hand(factories.row_of("11")) == (None, None)


def test_the_api_names_the_verifier_who_was_faster(client):
    factories.sent()
    factories.verify("11")
    held = factories.row_of("11")
    client.force_login(factories.department("lao-dong"))
    answer = client.post(
        f"/api/results/{held.pk}/return/",
        json.dumps({"version": held.version - 1, "reason": "Chưa khớp."}),
        content_type="application/json",
    )
    assert answer.status_code == 409
    current = answer.json()["current"]
    assert current["changed_by"] == factories.department("lao-dong").display_name
    passed = dt.datetime.fromisoformat(current["changed_at"]) - held.reviewed_at
    assert abs(passed.total_seconds()) < 1
