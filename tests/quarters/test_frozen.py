"""What a closed quarter says never changes, whatever is renamed, withdrawn or decided later."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import User
from assessments import quarters
from assessments.freezing import freeze_what_is_missing
from assessments.frozen import frozen_quarter, programme_from_json, programme_to_json
from assessments.models import Channel, FrozenQuarter, QuarterEvent
from assessments.recognised import programme_in
from assessments.sheet import load_sheet, place
from assessments.statistics import figures
from communes.models import AdministrativeUnit, Recognition, Target
from criteria.actions import bump_revision
from criteria.definitions import load_definition
from criteria.freezing import definition_from_json, definition_to_json
from criteria.models import CriteriaSet, Criterion, Indicator, Threshold
from periods.models import ReportingPeriod
from reports.building import build_snapshot
from reports.models import SummaryReport
from reports.snapshot import to_json
from tests import factories
from tests.demonstrated import demonstrated, demonstration

__all__ = ["demonstrated", "demonstration"]
pytestmark = pytest.mark.usefixtures("demonstration")
TODAY = dt.date(2023, 9, 20)


def quarter(slug="2023-q2"):
    return ReportingPeriod.objects.get(slug=slug), CriteriaSet.objects.get(slug="ntm")


def rename_withdraw_and_decide_anew() -> None:
    """All that the law and the administration may change afterwards."""
    AdministrativeUnit.objects.filter(slug="ban-bo").update(
        name="Xã Bản Bo Mới", short_name="Bản Bo Mới", group="kv1", region="DBSH", tile_row=9
    )
    AdministrativeUnit.objects.filter(slug="then-sin").update(in_programme=False)
    Recognition.objects.filter(unit__slug="ho-thau").update(
        withdrawn_on=dt.date(2023, 5, 1), withdrawal_reason="Không giữ được các tiêu chí."
    )
    Recognition.objects.create(unit=factories.unit("na-tam"), tier="ntm")
    Target.objects.all().delete()
    Criterion.objects.update(name="Tên khác", name_en="Another name")
    Indicator.objects.update(text="Lời khác")
    Threshold.objects.filter(value__isnull=False).update(value=Decimal("77.77"))
    bump_revision(CriteriaSet.objects.get(slug="ntm"))


def entry_page(slug="ban-bo", period="2023-q2") -> str:
    client = Client()
    client.force_login(User.objects.get(username=f"xa.{slug}"))
    response = client.get(factories.assessment(slug, period).get_absolute_url())
    assert response.status_code == 200
    text = response.content.decode().split("<main", 1)[1]
    return text.split("</main>")[0]


@pytest.mark.parametrize("slug", ["2022-q4", "2023-q1", "2023-q2"])
def test_figures_of_closed_quarters_stay(slug):
    before = figures(*quarter(slug), TODAY)
    rename_withdraw_and_decide_anew()
    assert figures(*quarter(slug), TODAY) == before


def test_an_open_quarter_follows_the_changes_and_its_comparison_does_not():
    before = figures(*quarter("2023-q3"), TODAY).headline
    rename_withdraw_and_decide_anew()
    after = figures(*quarter("2023-q3"), TODAY)
    assert after.headline.communes == before.communes - 1
    assert "Bản Bo Mới" in {row.short_name for row in after.matrix.rows}
    assert after.headline.recognised - after.headline.before.recognised == 8


def test_the_page_of_a_closed_assessment_says_the_same_levels_and_names():
    before = entry_page()
    rename_withdraw_and_decide_anew()
    after = entry_page()
    assert _without_token(after) == _without_token(before)
    assert "77,77" not in after
    assert "Bản Bo Mới" not in after


def _without_token(text: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def pages_of_a_closed_quarter() -> list[tuple[str, str]]:
    """Who opens which page of 2023 Q2 that names Bản Bo."""
    row = factories.row_of("12.1", "ban-bo", "2023-q2")
    sheet = "/assessments/2023-q2/ban-bo/ntm/"
    return [
        ("phong.lao-dong", "/verification/2023-q2/12/"),
        ("phong.lao-dong", "/verification/?period=2023-q2"),
        ("phong.nong-nghiep", "/assessments/?period=2023-q2"),
        ("xa.ban-bo", "/assessments/?period=2023-q2"),
        ("xa.ban-bo", f"{sheet}history/"),
        ("xa.ban-bo", f"{sheet}rows/{row.pk}/history/"),
        ("xa.ban-bo", f"{sheet}rows/{row.pk}/evidence/"),
        ("lanhdao", "/dashboard/?period=2023-q2"),
        ("phong.nong-nghiep", "/periods/2023-q2/"),
    ]


def test_every_page_of_a_closed_quarter_names_its_communes_and_criteria_as_it_was_closed():
    before = pages_of_a_closed_quarter()
    rename_withdraw_and_decide_anew()
    for username, address in before:
        client = Client()
        client.force_login(User.objects.get(username=username))
        answer = client.get(address)
        assert answer.status_code == 200, address
        # What a page offers beside the quarter (filters, the signed-in person) is of today.
        text = re.sub(r"<(select|header|nav).*?</\1>", "", answer.content.decode(), flags=re.S)
        main = text.split("<main", 1)[1]
        assert "Bản Bo Mới" not in main, address
        assert "Tên khác" not in main, address
        assert "Lời khác" not in main, address


def test_the_place_whose_levels_held_stays():
    target = factories.assessment("ban-bo", "2023-q2")
    before = place(target)
    rename_withdraw_and_decide_anew()
    assert place(factories.assessment("ban-bo", "2023-q2")) == before
    assert place(factories.assessment("ban-bo", "2023-q3")) != before


def test_reopening_drops_what_was_kept_and_closing_keeps_anew():
    rename_withdraw_and_decide_anew()
    by = factories.coordinator()
    for slug in ("2023-q2",):
        quarters.reopen_period(
            by=by, period=quarter(slug)[0], reason="Sai tên xã", channel=Channel.FORM
        )
    assert not FrozenQuarter.objects.filter(period__slug="2023-q2").exists()
    found = figures(*quarter("2023-q2"), TODAY)
    assert "Bản Bo Mới" in {row.short_name for row in found.matrix.rows}
    period = quarter("2023-q2")[0]
    factories.close_quarter(period)
    assert FrozenQuarter.objects.filter(period=period).count() == 1
    again = figures(period, quarter()[1], TODAY)
    assert again.matrix.rows == found.matrix.rows
    assert again.headline.communes == 11


def without_asked_evidence(definition):
    """As it was before the standing office asked for evidence, when the third quarter opened."""
    stored = definition_to_json(definition)
    for criterion in stored["criteria"]:
        for indicator in criterion["indicators"]:
            indicator["requires_evidence"] = False
    return definition_from_json(stored)


def test_a_definition_comes_back_exactly():
    period, criteria_set = quarter("2023-q3")
    definition = load_definition(criteria_set.pk, criteria_set.revision, period.data_to)
    assert definition_from_json(definition_to_json(definition)) == definition
    kept = frozen_quarter(*_ids("2023-q2")).definition
    live = load_definition(criteria_set.pk, criteria_set.revision, quarter()[0].data_to)
    assert kept == without_asked_evidence(live)


def _ids(slug):
    period, criteria_set = quarter(slug)
    return period, criteria_set.pk


def test_a_closed_quarter_without_a_trace_still_answers_and_is_kept_by_the_next_load():
    """A database from before quarters kept anything."""
    before = figures(*quarter(), TODAY)
    FrozenQuarter.objects.all().delete()
    for slug in ("2022-q4", "2023-q1", "2023-q2"):
        ReportingPeriod.objects.filter(slug=slug).update(
            closed_at=quarter(slug)[0].closed_at + dt.timedelta(seconds=1)
        )
    assert figures(*quarter(), TODAY) == before
    assert load_sheet(factories.assessment("ban-bo", "2023-q2")).entered
    assert freeze_what_is_missing() == 3
    assert freeze_what_is_missing() == 0
    rename_withdraw_and_decide_anew()
    assert figures(*quarter(), TODAY) == before


def test_the_demonstration_tells_who_decided_about_its_quarters():
    kinds = {
        slug: list(
            QuarterEvent.objects.filter(period__slug=slug)
            .order_by("at")
            .values_list("kind", flat=True)
        )
        for slug in ("2022-q4", "2023-q2", "2023-q3", "2023-q4")
    }
    assert kinds == {
        "2022-q4": ["planned", "opened", "closed"],
        "2023-q2": ["planned", "opened", "closed"],
        "2023-q3": ["planned", "opened"],
        "2023-q4": ["planned"],
    }


def test_a_paper_about_a_closed_quarter_lists_the_same_recognitions_targets_and_names():
    """Composed before and after: every decision, commune, target and count is the same."""
    report, _made = SummaryReport.objects.get_or_create(
        kind="quarter", period=quarter()[0], defaults={"created_by": factories.coordinator()}
    )
    before = to_json(build_snapshot(report))
    rename_withdraw_and_decide_anew()
    Recognition.objects.filter(withdrawn_on=None).update(decision_number="999/QĐ-KHÁC")
    after = to_json(build_snapshot(report))
    for part in (
        "headline",
        "tiers",
        "recognised",
        "targets",
        "statutory",
        "communes",
        "reporting",
    ):
        assert after[part] == before[part], part
    assert len(before["recognised"]) == before["headline"]["recognised"] == 8
    assert before["targets"]


def test_recognitions_of_a_quarter_closed_before_they_were_kept_are_kept_by_the_next_load():
    FrozenQuarter.objects.update(programme={})
    assert freeze_what_is_missing() == 0
    kept = FrozenQuarter.objects.get(period__slug="2023-q2").programme
    assert len(kept["recognitions"]) == 8


def test_an_open_quarter_lists_what_is_recognised_now():
    now_open = quarter("2023-q3")
    before = programme_in(*now_open)
    rename_withdraw_and_decide_anew()
    after = programme_in(*now_open)
    names = {one.short_name for one in after.recognitions}
    assert "Bản Bo Mới" in names or "Nà Tăm" in names
    assert (after.targets, bool(before.targets)) == ((), True)


def test_what_is_kept_of_the_programme_comes_back_exactly():
    found = programme_in(*quarter("2023-q3"))
    assert programme_from_json(programme_to_json(found)) == found
    assert programme_from_json({}) is None
