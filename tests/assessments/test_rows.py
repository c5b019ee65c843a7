"""Saving one row: what is stored, what is refused, and what trace it leaves."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from assessments import actions
from assessments.errors import Changed, InvalidRow, Refused, StaleVersion
from assessments.models import Basis, Channel, Event, EventKind, IndicatorResult, MeasureValue
from assessments.sheet import load_sheet
from assessments.workflow import Lock
from criteria.evaluation import Verdict
from periods.models import PeriodState, ReportingPeriod
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


def test_a_value_is_stored_with_its_verdict_reason_version_and_event():
    factories.save("11", {"value": Decimal("39.05")})
    result = factories.row_of("11")
    assert result.declared_verdict == Verdict.NOT_MET
    assert result.counted_verdict == Verdict.NOT_MET
    assert result.basis == Basis.ENTERED
    assert result.entered_in.slug == "2023-q3"
    assert result.version == 2
    assert result.unconfirmed
    assert result.values.get().number == Decimal("39.05")
    event = result.events.get()
    assert event.kind == EventKind.ENTERED
    assert event.by.username == "xa.ban-bo"
    assert event.channel == Channel.FORM
    assert event.before["values"] == {}
    assert event.after["values"] == {"value": "39.05"}
    assert event.after["verdict"] == "not_met"


def test_pressing_twice_stores_once():
    factories.save("11", {"value": Decimal(12)}, version=1)
    factories.save("11", {"value": Decimal(12)}, version=1)
    result = factories.row_of("11")
    assert result.version == 2
    assert result.events.count() == 1


def test_a_stale_version_is_refused_and_carries_what_is_stored():
    factories.save("11", {"value": Decimal(12)}, version=1)
    with pytest.raises(StaleVersion) as stale:
        factories.save("11", {"value": Decimal(14)}, version=1)
    assert stale.value.values == {"value": Decimal(12)}
    assert stale.value.result.version == 2
    assert factories.row_of("11").events.count() == 1


def test_zero_blank_and_not_applicable_are_three_things():
    factories.save("9.1", {"value": Decimal(0)})
    assert factories.row_of("9.1").declared_verdict == Verdict.MET
    factories.save("9.1", {"value": None})
    blank = factories.row_of("9.1")
    assert blank.declared_verdict == Verdict.MISSING
    assert blank.basis == Basis.BLANK
    assert not MeasureValue.objects.filter(result=blank).exists()
    factories.save("13.4", not_applicable=True, absence_reason="Xã không có làng nghề")
    assert factories.row_of("13.4").declared_verdict == Verdict.NOT_APPLICABLE


def test_not_applicable_is_refused_where_the_law_does_not_allow_it():
    with pytest.raises(InvalidRow) as error:
        factories.save("11", not_applicable=True, absence_reason="Không có hộ nghèo")
    assert "not_applicable" in error.value.errors
    assert factories.row_of("11").version == 1


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_not_applicable_needs_a_reason(reason):
    with pytest.raises(InvalidRow) as error:
        factories.save("13.4", not_applicable=True, absence_reason=reason)
    assert "absence_reason" in error.value.errors


def test_not_applicable_and_a_value_exclude_each_other():
    with pytest.raises(InvalidRow):
        factories.save("13.4", {"value": True}, not_applicable=True, absence_reason="Không có")


def test_a_pair_is_met_only_when_both_are():
    factories.save("12.1", {"men": Decimal(65), "women": Decimal("59.99")})
    assert factories.row_of("12.1").declared_verdict == Verdict.NOT_MET
    factories.save("12.1", {"men": Decimal(65), "women": Decimal(60)})
    assert factories.row_of("12.1").declared_verdict == Verdict.MET
    factories.save("12.1", {"men": Decimal(65)})
    assert factories.row_of("12.1").declared_verdict == Verdict.MISSING


def test_an_unknown_level_is_not_guessed_but_stated_by_the_officer():
    factories.save("2.1", {"value": Decimal(80)})
    assert factories.row_of("2.1").declared_verdict == Verdict.MISSING
    factories.save("2.1", {"value": Decimal(80)}, stated=False)
    assert factories.row_of("2.1").declared_verdict == Verdict.NOT_MET


def test_a_note_alone_does_not_make_an_unchanged_row_entered():
    result = factories.row_of("11")
    actions.keep_unchanged(
        by=factories.officer(),
        rows=IndicatorResult.objects.all(),
        result_id=result.pk,
        version=1,
        channel=Channel.FORM,
    )
    kept = factories.row_of("11")
    values = {v.measure.key: v.value for v in kept.values.select_related("measure")}
    factories.save("11", values, note="Đã rà soát lại")
    kept.refresh_from_db()
    assert kept.basis == Basis.UNCHANGED
    assert kept.entered_in.slug == "2023-q2"
    assert kept.note == "Đã rà soát lại"


def test_vietnamese_typed_in_decomposed_form_is_stored_composed():
    import unicodedata

    note = "Đã hoàn thành đường ngõ xóm"
    factories.save("11", {"value": Decimal(12)}, note=unicodedata.normalize("NFD", note))
    assert factories.row_of("11").note == note


def test_a_ten_kilobyte_note_is_refused_with_a_sentence():
    with pytest.raises(InvalidRow) as error:
        factories.save("11", {"value": Decimal(12)}, note="ă" * 10_000)
    assert "10000" in error.value.errors["note"]
    assert factories.row_of("11").version == 1


def test_a_measure_of_another_indicator_is_refused():
    with pytest.raises(InvalidRow):
        factories.save("11", {"men": Decimal(1)})


def test_keeping_unchanged_is_an_act_of_its_own_and_remembers_its_age():
    result = factories.row_of("17.1")
    sheet, row = actions.keep_unchanged(
        by=factories.officer(),
        rows=IndicatorResult.objects.all(),
        result_id=result.pk,
        version=1,
        channel=Channel.FORM,
    )
    stored = factories.row_of("17.1")
    assert row.values == {"clean": Decimal(30), "central": Decimal(10)}
    assert stored.basis == Basis.UNCHANGED
    assert stored.quarters_unchanged(sheet.assessment.period) == 1
    assert stored.events.get().kind == EventKind.UNCHANGED
    assert stored.values.count() == 2


def test_keeping_twice_keeps_once():
    for _press in range(2):
        actions.keep_unchanged(
            by=factories.officer(),
            rows=IndicatorResult.objects.all(),
            result_id=factories.row_of("17.1").pk,
            version=1,
            channel=Channel.FORM,
        )
    assert factories.row_of("17.1").events.count() == 1


def test_nothing_can_be_kept_where_last_quarter_was_blank():
    with pytest.raises(InvalidRow):
        actions.keep_unchanged(
            by=factories.officer("na-tam"),
            rows=IndicatorResult.objects.all(),
            result_id=factories.row_of("11", "na-tam").pk,
            version=1,
            channel=Channel.FORM,
        )


def test_kept_values_are_judged_by_the_levels_of_the_new_quarter():
    """Income is asked anew each year: what was enough in 2022 is not in 2023."""
    factories.save("10", {"value": Decimal(42)})
    assert factories.row_of("10").declared_verdict == Verdict.MET
    factories.save("10", {"value": Decimal("41.99")})
    assert factories.row_of("10").declared_verdict == Verdict.NOT_MET


def test_all_blank_rows_are_kept_at_once_and_entered_ones_are_left_alone():
    factories.save("11", {"value": Decimal(12)})
    target = factories.assessment("ban-bo")
    kept = factories.keep_all(target)
    assert kept == 56
    assert factories.row_of("11").basis == Basis.ENTERED
    events = Event.objects.filter(assessment=target, kind=EventKind.UNCHANGED)
    assert events.count() == 56
    assert factories.keep_all(target, fingerprint="as it was") == 0


def test_a_row_blank_with_a_reason_is_not_kept():
    factories.save("11", absence_reason="Chưa có kết quả rà soát")
    assert factories.keep_all(factories.assessment("ban-bo")) == 56
    assert factories.row_of("11").basis == Basis.BLANK


def _confirmed(target) -> str:
    return actions.fingerprint_of_kept(
        actions.rows_to_keep(load_sheet(target), factories.officer())
    )


@pytest.mark.parametrize("meanwhile", ["entered", "cleared", "entered and cleared", "a reason"])
def test_only_the_rows_that_were_shown_are_kept(meanwhile):
    """A colleague enters or clears a row while the list is read: nothing is signed unseen."""
    target = factories.assessment("ban-bo")
    if meanwhile == "cleared":
        factories.save("11", {"value": Decimal(12)})
    confirmed = _confirmed(target)
    if meanwhile.startswith("entered"):
        factories.save("11", {"value": Decimal(12)})
    if meanwhile == "a reason":
        factories.save("11", absence_reason="Chưa có kết quả rà soát")
    elif meanwhile.endswith("cleared"):
        factories.save("11", {})
    with pytest.raises(Changed):
        factories.keep_all(target, fingerprint=confirmed)
    assert not Event.objects.filter(assessment=target, kind=EventKind.UNCHANGED).exists()
    assert factories.keep_all(target) == (57 if meanwhile.endswith("cleared") else 56)


@pytest.mark.parametrize("fingerprint", ["", "0" * 32])
def test_rows_are_not_kept_by_whoever_was_shown_none(fingerprint):
    target = factories.assessment("ban-bo")
    with pytest.raises(Changed):
        factories.keep_all(target, fingerprint=fingerprint)
    assert factories.row_of("11").basis == Basis.BLANK


@pytest.mark.parametrize(
    "who",
    [
        lambda: factories.officer("na-tam"),
        lambda: factories.coordinator(),
        lambda: factories.department("lao-dong"),
        lambda: factories.leader(),
        lambda: AnonymousUser(),
    ],
)
def test_only_an_officer_of_the_commune_enters(who):
    with pytest.raises(Refused) as refused:
        factories.save("11", {"value": Decimal(12)}, by=who())
    assert refused.value.lock is Lock.NOT_YOURS
    assert factories.row_of("11").version == 1


def test_a_closed_quarter_refuses_by_name():
    with pytest.raises(Refused) as refused:
        factories.save("11", {"value": Decimal(12)}, period="2023-q2")
    assert refused.value.lock is Lock.PERIOD_CLOSED


def test_after_the_due_date_the_row_is_locked_until_it_is_lifted(settings):
    settings.PORTAL_TODAY = "2023-09-26"
    with pytest.raises(Refused) as refused:
        factories.save("11", {"value": Decimal(12)})
    assert refused.value.lock is Lock.PAST_DUE
    assert "25/09/2023" in str(refused.value)
    settings.PORTAL_TODAY = "2023-09-25"
    factories.save("11", {"value": Decimal(12)})


def test_a_quarter_not_open_yet_refuses():
    ReportingPeriod.objects.filter(slug="2023-q3").update(state=PeriodState.PLANNED, opened_at=None)
    with pytest.raises(Refused) as refused:
        factories.save("11", {"value": Decimal(12)})
    assert refused.value.lock is Lock.NOT_OPEN_YET


def test_a_draft_set_refuses():
    target = factories.assessment("ban-bo")
    target.criteria_set.state = "draft"
    target.criteria_set.save()
    with pytest.raises(Refused) as refused:
        factories.save("11", {"value": Decimal(12)})
    assert refused.value.lock is Lock.SET_NOT_IN_FORCE


def test_a_row_out_of_scope_does_not_exist():
    with pytest.raises(IndicatorResult.DoesNotExist):
        actions.save_row(
            by=factories.officer("na-tam"),
            rows=IndicatorResult.objects.visible_to(factories.officer("na-tam")),
            result_id=factories.row_of("11").pk,
            version=1,
            read=lambda definition: None,
            channel=Channel.FORM,
        )


def test_saving_a_row_costs_at_most_ten_queries(django_assert_max_num_queries):
    factories.save("11", {"value": Decimal(12)})
    by = factories.officer()
    result = factories.row_of("11")
    from assessments.rows import RowChange

    with django_assert_max_num_queries(9):
        actions.save_row(
            by=by,
            rows=IndicatorResult.objects.visible_to(by),
            result_id=result.pk,
            version=result.version,
            read=lambda definition: RowChange(values={"value": Decimal(11)}),
            channel=Channel.FORM,
        )
