"""What a summary can take in from the written reports: arrived, in order, never a draft."""

import pytest

from communes.models import Agency
from reports.models import Part
from reports.written.passages import passages
from tests.reports import written_stages as stages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


# ---- passages for the summary


def test_passages_are_what_arrived_in_order_and_never_a_draft():
    stages.sent(stages.commune("na-tam"))
    stages.accepted()
    stages.accepted(stages.agency())
    stages.write_all(stages.commune("giang-ma"))
    found = passages(stages.term().period)
    assert [one.body for one in found[::5]] == [
        Agency.objects.get(slug="lao-dong").name,
        "Xã Bản Bo",
        "Xã Nà Tăm",
    ]
    assert [one.part for one in found[:5]] == list(Part.values)


def test_a_longer_term_falls_back_on_the_quarter():
    stages.sent()
    stages.sent(stages.commune("na-tam"))
    stages.write(
        at=stages.term(kind="9-months"),
        results="Chín tháng",
        **{part: "Có" for part in Part.values if part != "results"},
    )
    stages.submit(at=stages.term(kind="9-months"))
    found = {(one.body, one.part): one.text for one in passages(stages.term().period, "9-months")}
    assert found["Xã Bản Bo", "results"] == "Chín tháng"
    assert found["Xã Nà Tăm", "results"] == "Nội dung results"
    assert passages(stages.term().period, "adhoc") == passages(stages.term().period)


def test_passages_cost_two_queries(django_assert_num_queries):
    for slug in ("ban-bo", "na-tam", "giang-ma"):
        stages.sent(stages.commune(slug))
    period = stages.term().period
    with django_assert_num_queries(2):
        passages(period)
