"""A second run leaves everything as it is."""

import json

import pytest
from django.conf import settings

from accounts.models import User
from assessments.models import Assessment, Basis, Event, IndicatorResult
from tests.demo.conftest import everything

FOLDER = settings.BASE_DIR / "fixtures" / "demo"


def test_a_second_run_writes_nothing_and_says_so(demo, load_demo):
    before = everything()
    assert load_demo() == "Demonstration data: already there, nothing was changed.\n"
    assert everything() == before


def test_what_was_entered_since_is_kept(demo, load_demo):
    row = IndicatorResult.objects.get(
        assessment__period__slug="2023-q3",
        assessment__unit__slug="ban-bo",
        indicator__code="15.4",
    )
    row.note = "Đã đối chiếu với Trạm Y tế."
    row.save(update_fields=["note"])
    User.objects.filter(username="xa.ban-bo").update(full_name="Tên do xã đổi")
    load_demo()
    row.refresh_from_db()
    assert row.note == "Đã đối chiếu với Trạm Y tế."
    assert User.objects.get(username="xa.ban-bo").full_name == "Tên do xã đổi"


def test_an_account_that_is_missing_comes_back_without_touching_the_figures(demo, load_demo):
    User.objects.get(username="doan-thanh-nien").delete()
    events = Event.objects.count()
    assert load_demo().startswith("Demonstration data: 1 accounts added;")
    assert Event.objects.count() == events


def test_every_assessment_has_all_57_rows(demo):
    assert Assessment.objects.count() == 48
    for assessment in Assessment.objects.all():
        assert assessment.results.count() == 57


def test_no_blank_row_holds_values(demo):
    assert not IndicatorResult.objects.filter(basis=Basis.BLANK, values__isnull=False).exists()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.name)
def test_every_file_says_that_it_is_invented(path):
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["certainty"] == "demo"
    assert "GIẢ ĐỊNH" in data["about"]
