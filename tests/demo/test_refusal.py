"""When the command refuses, and what it says when it does not."""

import pytest
from django.conf import settings as configured
from django.core.management import CommandError

from accounts.models import Role, User
from assessments.models import Assessment, Event, Evidence
from communes.models import AdministrativeUnit
from periods.models import ReportingPeriod
from reports.models import PeriodicReport, SummaryReport
from tests.demo.conftest import everything

FOLDER = configured.BASE_DIR / "fixtures" / "demo"


def test_outside_demonstration_mode_nothing_is_written_and_the_reason_is_said(
    reference, load_demo, settings
):
    settings.DEMO = False
    before = everything()
    with pytest.raises(CommandError, match="only in demonstration mode: set PORTAL_DEMO=true"):
        load_demo()
    assert everything() == before


@pytest.mark.django_db
def test_without_reference_data_it_says_what_to_run_first(load_demo):
    with pytest.raises(CommandError, match=r"Run `manage\.py load_reference` first"):
        load_demo()
    assert not User.objects.exists()


def test_it_says_how_much_it_loaded_and_that_it_is_invented(reference, load_demo):
    assert load_demo() == (
        "Demonstration data, all invented: 30 accounts, 48 assessments with 2736 rows, "
        f"{Event.objects.count()} events, {PeriodicReport.objects.count()} written reports, "
        f"{SummaryReport.objects.count()} summaries, "
        f"{Evidence.objects.count()} files of evidence.\n"
    )


def test_a_database_with_quarters_of_its_own_gets_no_accounts(reference, load_demo):
    ReportingPeriod.plan(2023, 2).save()
    with pytest.raises(CommandError, match="quarters that are not the demonstration's"):
        load_demo()
    assert not User.objects.exists()


def test_an_account_of_the_same_name_for_another_commune_stops_it_whole(reference, load_demo):
    elsewhere = AdministrativeUnit.objects.in_programme().get(slug="na-tam")
    User.objects.create_user("xa.ban-bo", role=Role.COMMUNE_OFFICER, unit=elsewhere)
    with pytest.raises(CommandError, match=r"The account xa\.ban-bo exists already"):
        load_demo()
    assert User.objects.count() == 1
    assert not Assessment.objects.exists()


@pytest.fixture
def folder(tmp_path):
    """A copy of the demonstration's files that a test may spoil."""
    for path in FOLDER.glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def test_a_file_that_is_not_json_is_named_and_nothing_is_loaded(reference, load_demo, folder):
    (folder / "stories.json").write_text("{", encoding="utf-8")
    with pytest.raises(CommandError, match=r"Nothing was loaded\. stories\.json: line 1"):
        load_demo("--from", str(folder))
    assert not User.objects.exists()


def test_a_file_without_its_list_is_named_and_nothing_is_loaded(reference, load_demo, folder):
    (folder / "quarters.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CommandError, match=r"Nothing was loaded\. quarters\.json: quarters"):
        load_demo("--from", str(folder))
    assert not User.objects.exists()
