"""Several people on one written report at once, on real connections: one wins, nothing is doubled."""

import pytest
from django.core.management import call_command

from reports.models import Part, PeriodicReport
from reports.written.errors import ChangedSince, StaleParts, WrittenRefused
from tests import factories
from tests.assessments.test_concurrency import at_once
from tests.reports import written_stages as stages
from tests.reports.test_written_actions import save

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def committed_quarter(transactional_db):
    call_command("load_reference", verbosity=0)
    factories.open_quarter(2023, 3)


def typing(by, **texts):
    from reports.written.actions import PartInput

    parts = {part: PartInput(0, text) for part, text in texts.items()}
    return lambda: save(parts, by=by)


def test_two_who_begin_the_same_report_make_one():
    people = [factories.officer("ban-bo", f"xa.ban-bo.{n}") for n in range(2)]
    done = at_once(typing(people[0], results="Một"), typing(people[1], causes="Hai"))
    assert not [one for one in done if isinstance(one, Exception)]
    report = PeriodicReport.objects.get()
    assert report.parts.count() == len(Part.values)
    texts = dict(report.parts.values_list("part", "text"))
    assert (texts["results"], texts["causes"]) == ("Một", "Hai")
    assert report.events.filter(kind="begun").count() == 1


def test_two_who_write_the_same_part_meet_and_one_text_stays():
    people = [factories.officer("ban-bo", f"xa.ban-bo.{n}") for n in range(2)]
    done = at_once(typing(people[0], results="Một"), typing(people[1], results="Hai"))
    assert sum(isinstance(one, StaleParts) for one in done) == 1
    part = PeriodicReport.objects.get().parts.get(part="results")
    assert part.version == 1


def test_two_presses_send_once():
    stages.write_all()
    seen = stages.versions()
    done = at_once(*[lambda: stages.submit(seen=seen)] * 3)
    assert sorted(done) == [False, False, True]
    assert stages.report_of().events.filter(kind="submitted").count() == 1


def test_an_acceptance_and_a_return_at_once_do_not_both_stand():
    report = stages.sent()
    administrator = factories.person(factories.Role.ADMINISTRATOR)
    office = factories.coordinator()
    accepted, sent_back = at_once(
        lambda: stages.accept(report, by=office),
        lambda: stages.send_back(report, by=administrator),
    )
    state = stages.report_of().state
    refused = [
        one for one in (accepted, sent_back) if isinstance(one, WrittenRefused | ChangedSince)
    ]
    if state == "accepted":
        assert len(refused) == 1
    else:  # accepted first, then given back: both happened, in this order
        kinds = list(report.events.order_by("pk").values_list("kind", flat=True))
        assert kinds[-1] == "returned"
        assert len(refused) <= 1
