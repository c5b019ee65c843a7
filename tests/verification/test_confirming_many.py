"""What is confirmed in one go: only what stands untouched as it was verified last quarter."""

import re

import pytest

from assessments import actions
from assessments.models import Channel, Event, IndicatorResult
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
