"""What is confirmed in one go: only what stands untouched as it was verified last quarter."""

import datetime as dt
import re

import pytest

from accounts.models import User
from assessments import actions
from assessments.asking_evidence import ask_evidence
from assessments.models import Channel, Event, Evidence, IndicatorResult
from criteria.models import Indicator
from periods.clock import now
from tests import factories
from tests.dashboard.test_overview import words
from tests.evidence.test_attaching import attach

pytestmark = pytest.mark.usefixtures("demonstration")
PAGE = "/verification/2023-q3/12/"
SLUG, CODE = "ho-thau", "12.1"


def row():
    return factories.row_of(CODE, SLUG)


@pytest.fixture
def client(client_of):
    return client_of("phong.lao-dong")


def ticks(client):
    """The rows that have a box to tick."""
    html = client.get(f"{PAGE}?tick=all").content.decode()
    return {int(pk) for pk in re.findall(r'name="row" value="(\d+):\d+"', html)}


def confirm(client):
    """What the page answers to whoever sends the row's tick all the same."""
    held = row()
    sent = {"row": f"{held.pk}:{held.version}"}
    return words(client.post(f"{PAGE}confirm/", sent, follow=True).content.decode())


def refused(client, why):
    assert row().pk not in ticks(client)
    text = confirm(client)
    assert f"{CODE}, Hồ Thầu: {why}" in text
    assert "Confirmed 1 row" not in text
    assert row().review == "pending"
    assert not Event.objects.filter(result=row(), kind="verified").exists()


def of_the_commune(act):
    held = row()
    act(
        by=factories.officer(SLUG),
        rows=IndicatorResult.objects.all(),
        result_id=held.pk,
        version=held.version,
        channel=Channel.FORM,
    )


def save_again(**more):
    """The values it holds, as if typed anew."""
    values = {value.measure.key: value.value for value in row().values.select_related("measure")}
    factories.save(CODE, values, slug=SLUG, **more)


def test_what_is_untouched_is_confirmed(client):
    assert row().pk in ticks(client)
    assert "Confirmed 1 row." in confirm(client)
    assert row().review == "verified"


def test_a_row_that_was_returned_and_corrected_with_a_file_is_looked_at_alone(client):
    factories.give_back(CODE, slug=SLUG)
    attach(CODE, slug=SLUG)
    factories.send(SLUG)
    refused(client, "It was returned in this quarter.")


def test_a_row_that_was_returned_and_sent_again_with_its_old_values_is_looked_at_alone(client):
    factories.give_back(CODE, slug=SLUG)
    save_again(note="Đã rà soát, số liệu đúng.")
    factories.send(SLUG)
    refused(client, "It was returned in this quarter.")


def test_a_row_that_is_with_its_commune_has_no_box(client):
    factories.give_back(CODE, slug=SLUG)
    assert row().pk not in ticks(client)
    assert "it can be verified once it is sent again" in confirm(client)


def test_a_return_that_was_withdrawn_leaves_the_row_untouched(client):
    factories.give_back(CODE, slug=SLUG)
    factories.withdraw(CODE, slug=SLUG)
    assert row().pk in ticks(client)
    assert "Confirmed 1 row." in confirm(client)


def as_draft(act):
    """Something that the commune did before it sent; the demonstration's has sent already."""
    target = factories.assessment(SLUG)
    held = (target.state, target.submitted_at, target.submitted_by)
    target.state, target.submitted_at, target.submitted_by = "draft", None, None
    target.save()
    act()
    target.state, target.submitted_at, target.submitted_by = held
    target.save()


def test_a_new_note_is_looked_at_alone(client):
    as_draft(lambda: save_again(note="Số liệu do Sở cung cấp."))
    refused(client, "Its note is new since last quarter.")


def test_new_evidence_is_looked_at_alone(client):
    as_draft(lambda: attach(CODE, slug=SLUG))
    refused(client, "Its evidence changed since last quarter.")


def test_kept_values_that_the_commune_looked_at_anew_are_unchanged(client):
    as_draft(lambda: of_the_commune(actions.recheck))
    assert row().basis == "entered"
    assert row().pk in ticks(client)
    assert "Confirmed 1 row." in confirm(client)


NO_EVIDENCE = "It needs evidence to be declared met, and none that is valid stands behind it."


@pytest.fixture
def asked():
    """From now on 12.1 may be declared met only with a file behind it."""
    indicator = Indicator.objects.get(code=CODE, criterion__criteria_set__slug="ntm")
    ask_evidence(
        by=User.objects.get(username="phong.nong-nghiep"),
        criteria_set=indicator.criterion.criteria_set,
        indicator_id=indicator.pk,
        required=True,
        reason="Đoàn kiểm tra yêu cầu.",
    )
    assert row().declared_verdict == "met"


@pytest.mark.usefixtures("asked")
def test_declared_met_without_the_evidence_it_needs_is_looked_at_alone(client):
    refused(client, NO_EVIDENCE)
    html = words(client.get(PAGE).content.decode())
    assert f"Not in one go: {NO_EVIDENCE}" in html


def carry(valid_until):
    """A file of last quarter, behind the row that is kept unchanged now."""
    assert row().basis == "unchanged"
    Evidence.objects.create(
        result=factories.row_of(CODE, SLUG, "2023-q2"),
        file="aa/carried",
        name="Biên bản.pdf",
        media_type="application/pdf",
        size=9,
        sha256="0" * 64,
        valid_until=valid_until,
        uploaded_at=now(),
        uploaded_by=factories.officer(SLUG),
        channel=Channel.FORM,
    )


@pytest.mark.usefixtures("asked")
def test_evidence_that_has_expired_is_none(client):
    carry(dt.date(2023, 9, 13))
    refused(client, NO_EVIDENCE)


@pytest.mark.usefixtures("asked")
def test_evidence_carried_along_that_is_valid_is_enough(client):
    carry(dt.date(2023, 9, 14))
    assert row().pk in ticks(client)
    assert "Confirmed 1 row." in confirm(client)


@pytest.mark.usefixtures("asked")
def test_by_itself_such_a_row_can_be_confirmed(client):
    factories.verify(CODE, slug=SLUG)
    assert row().review == "verified"
