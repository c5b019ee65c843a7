"""A figure that differs from last quarter's is a change before anybody has judged its row."""

from decimal import Decimal

import pytest

from assessments.sheet import flags, load_sheet
from criteria.evaluation import Verdict
from tests import factories
from tests.verification.test_queue import queue_of

pytestmark = pytest.mark.usefixtures("demonstration")
SLUG = "then-sin"


def row(code):
    return next(
        one for one in load_sheet(factories.assessment(SLUG)).rows if one.definition.code == code
    )


def queued(code, username):
    held = factories.row_of(code, SLUG)
    found = [r for one in queue_of(username).criteria for r in one.rows if r.id == held.pk]
    return found[0]


def test_a_changed_figure_counts_before_met_or_not_met_is_chosen():
    factories.save("2.1", {"value": Decimal("66")}, slug=SLUG)
    held = row("2.1")
    assert held.verdict == Verdict.MISSING
    assert held.warnings
    assert "changed" in flags(held)
    assert queued("2.1", "phong.kinh-te-ha-tang").changed


def test_the_same_figure_is_no_change_though_nothing_is_chosen_yet():
    factories.save("2.1", {"value": row("2.1").previous.values["value"]}, slug=SLUG)
    held = row("2.1")
    assert held.verdict == Verdict.MISSING
    assert "changed" not in flags(held)
    assert not queued("2.1", "phong.kinh-te-ha-tang").changed


@pytest.mark.parametrize("more", [0, 1])
def test_of_a_row_half_filled_only_what_is_typed_is_compared(more):
    before = row("12.1").previous.values
    factories.save("12.1", {"men": before["men"] + more}, slug=SLUG)
    held = row("12.1")
    assert held.verdict == Verdict.MISSING
    assert ("changed" in flags(held)) is bool(more)
    assert queued("12.1", "phong.lao-dong").changed is bool(more)


def test_a_blank_row_is_no_change_even_with_a_reason():
    factories.save("2.1", {}, slug=SLUG, absence_reason="Chưa có số liệu.")
    assert "changed" not in flags(row("2.1"))
    assert not queued("2.1", "phong.kinh-te-ha-tang").changed


def test_what_the_filter_of_the_entry_form_counts(client_of):
    path = f"/assessments/2023-q3/{SLUG}/ntm/"
    client = client_of(f"xa.{SLUG}")

    def count():
        html = client.get(path).content.decode()
        return int(html.split('id="count-changed">')[1].split("<")[0])

    before = count()
    assert "changed" not in flags(row("2.1"))
    factories.save("2.1", {"value": Decimal("66")}, slug=SLUG)
    assert count() == before + 1
