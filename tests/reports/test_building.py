"""A snapshot built from the demonstration says what the directive says, and comes back exactly."""

import json
import os

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import User
from communes.models import AdministrativeUnit
from periods.clock import now
from periods.models import ReportingPeriod
from reports.building import build_snapshot
from reports.exact import NotThatShape, checksum
from reports.models import SummaryReport
from reports.snapshot import from_json, to_json
from tests.reports import snapshots

pytestmark = pytest.mark.usefixtures("demonstration")


def summary(kind: str, period: str, on=None) -> SummaryReport:
    """The one of the demonstration, else a new one."""
    found = SummaryReport.objects.filter(kind=kind, period__slug=period, on=on).first()
    return found or SummaryReport.objects.create(
        kind=kind,
        period=ReportingPeriod.objects.get(slug=period),
        on=on,
        created_at=now(),
        created_by=User.objects.get(username="phong.nong-nghiep"),
    )


def test_the_second_quarter_says_what_the_directive_says():
    found = build_snapshot(summary("quarter", "2023-q2"))
    headline = found.headline
    assert (headline.recognised, headline.communes, headline.meeting_all) == (8, 12, 0)
    assert (headline.criteria_met, str(headline.average)) == (196, "16.3")
    assert (str(found.poverty.poor_rate), str(found.poverty.near_poor_rate)) == ("25.52", "13.53")
    assert len(found.communes) == 12
    assert {len(row.cells) for row in found.communes} == {19}
    assert found.criteria[10].met == 0


def test_it_comes_back_exactly_through_json():
    found = build_snapshot(summary("6-months", "2023-q2"))
    if os.environ.get("STORE_SNAPSHOT"):
        snapshots.store(found)
    stored = json.loads(json.dumps(to_json(found)))
    assert from_json(stored) == found
    assert to_json(from_json(stored)) == stored


def test_the_stored_one_is_what_composing_gives_today():
    """Else write it anew: STORE_SNAPSHOT=1, and look at what changed."""
    assert to_json(snapshots.six_months()) == to_json(
        build_snapshot(summary("6-months", "2023-q2"))
    )


def test_an_issue_of_the_first_schema_is_read_and_keeps_its_checksum():
    stored = snapshots.first_schema()
    old = from_json(stored)
    assert old.paper.slug == "2023-6-months"
    assert (old.schema, old.publication.address) == (1, "")
    assert {value.level for one in old.indicators for value in one.values} == {""}
    assert checksum(to_json(old)) == checksum(stored)


@pytest.mark.parametrize("where", ["publication", "indicators"])
def test_the_first_schema_with_another_shape_is_refused(where):
    with pytest.raises(NotThatShape):
        from_json({k: v for k, v in snapshots.first_schema().items() if k != where})


def test_another_schema_is_refused():
    stored = to_json(snapshots.six_months()) | {"schema": 99}
    with pytest.raises(NotThatShape):
        from_json(stored)


def test_a_quarter_compares_with_the_one_before_and_longer_terms_with_last_year():
    def bases(kind, period):
        found = build_snapshot(summary(kind, period))
        return [(one.key, one.base, one.available) for one in found.comparisons]

    assert bases("quarter", "2023-q2") == [("quarter-before", "2023-q1", True)]
    assert bases("6-months", "2023-q2") == [
        ("year-end", "2022-q4", True),
        ("same-quarter-last-year", "2022-q2", False),
    ]
    assert bases("12-months", "2022-q4") == [("year-end", "2021-q4", False)]


def test_every_row_adds_up_with_the_headline():
    found = build_snapshot(summary("quarter", "2023-q3"))
    assert sum(row.met for row in found.communes) == found.headline.criteria_met
    assert sum(one.met for one in found.criteria) == found.headline.criteria_met
    assert sum(bucket.count for bucket in found.distribution) == found.headline.communes
    assert sum(len(bucket.communes) for bucket in found.distribution) == found.headline.communes
    assert sum(bool(one.verified) for one in found.indicators) == found.headline.verified
    assert len(found.indicators) == found.headline.indicators
    assert all(one.not_met == one.failing for one in found.criteria)
    assert all(
        one.met + one.failing + one.without_data == found.headline.communes
        for one in found.criteria
    )


def test_a_paper_is_built_in_vietnamese_whatever_the_reader_reads():
    term = summary("6-months", "2023-q2")
    with translation.override("en"):
        found = build_snapshot(term)
    assert {one.state_text for one in found.reporting} == {"đã chấp nhận"}
    assert {one.state_text for one in found.written} <= {"Chưa soạn", "Đã chấp nhận"}
    stored = snapshots.six_months()
    assert not any("begun" in one.state_text for one in (*stored.written, *stored.reporting))


def test_building_asks_a_fixed_number_of_questions():
    quarter = summary("quarter", "2023-q2")
    build_snapshot(quarter)
    with CaptureQueriesContext(connection) as queries:
        build_snapshot(quarter)
    assert len(queries) <= 24


def test_whose_report_of_the_longer_term_is_not_there_is_told_to_speak_through_the_quarters():
    """The text takes in passages of that report, so the annex must not say only that none came."""
    found = build_snapshot(summary("9-months", "2023-q3"))
    lines = {one.sender: one for one in found.written}
    quoted = lines["Công an huyện"]
    assert quoted.submitted_at is None
    assert quoted.state_text.endswith("; dùng báo cáo quý III")
    assert any("Công an huyện:" in one.text for one in found.sections)
    others = [one for one in found.written if "dùng báo cáo" not in one.state_text]
    assert 0 < len(others) < len(found.written)
    half = build_snapshot(summary("6-months", "2023-q2"))
    assert all("dùng báo cáo" not in one.state_text for one in half.written if one.submitted_at)


def test_annex_iv_of_a_closed_quarter_bears_the_names_that_it_keeps():
    before = build_snapshot(summary("quarter", "2023-q2"))
    unit = AdministrativeUnit.objects.in_programme().get(slug="ban-bo")
    AdministrativeUnit.objects.filter(pk=unit.pk).update(name="Xã Khác", short_name="Khác")
    after = build_snapshot(summary("quarter", "2023-q2"))
    assert any(one.sender == unit.name for one in before.written)
    assert after.written == before.written
    assert after.reporting == before.reporting
