"""Confirming a level, and judging anew what was saved under the level before it.

A row keeps the verdict it was saved with (decision 0001), so a confirmed level has to be applied to
the rows of open quarters as an act of its own: in the same transaction, each with an event through
the channel "system". Closed quarters never change. Nor does the verdict of a row that an agency has
verified: what people decided stays until they decide again, so those are named and not touched.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from assessments.locking import hold_each, hold_quarters
from assessments.models import (
    AssessmentState,
    Basis,
    Channel,
    Event,
    EventKind,
    IndicatorResult,
    MeasureValue,
    Review,
)
from assessments.rows import RowChange, snapshot
from assessments.sheet import place
from assessments.two_quarters import Values, values_of
from criteria.actions import ConfirmedLevel, replace_level
from criteria.definitions import IndicatorDefinition, read_definition
from criteria.evaluation import Outcome, evaluate_indicator
from criteria.models import Indicator, Threshold
from criteria.reasons import reasons_to_json
from periods.clock import now
from periods.models import PeriodState, ReportingPeriod


@dataclass(frozen=True, slots=True)
class Rejudged:
    """One row with the verdict it had and the one that the level gives it."""

    result: IndicatorResult
    before: str
    after: str

    @property
    def turns(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Effect:
    """What a confirmed level does to the open quarters: rows judged anew, and rows left alone."""

    rejudged: tuple[Rejudged, ...]
    left: tuple[Rejudged, ...]

    @property
    def turning(self) -> list[Rejudged]:
        return [one for one in self.rejudged if one.turns]


class NotYours(Exception):
    """Only the standing office confirms levels."""


@transaction.atomic
def confirm_level(*, by: User, threshold_id: int, level: ConfirmedLevel) -> Effect:
    """Confirm or correct a level by its paper, and judge the rows of open quarters anew.

    Raises ``NotYours``, ``LevelReplaced`` (a second press), and ``ValidationError`` with a
    sentence for each field.
    """
    if not may(by, "criteria.confirm"):
        raise NotYours
    hold_quarters()
    _check_day(level)
    new = replace_level(by=by, threshold_id=threshold_id, level=level)
    return _rejudge(new.measure.indicator, by=by, reason=new.source)


def preview(*, by: User, threshold_id: int, level: ConfirmedLevel) -> Effect:
    """What ``confirm_level`` would do, found by doing it and taking it back."""
    with transaction.atomic():
        effect = confirm_level(by=by, threshold_id=threshold_id, level=level)
        transaction.set_rollback(True)
    return effect


def _check_day(level: ConfirmedLevel) -> None:
    closed = ReportingPeriod.objects.filter(
        state=PeriodState.CLOSED, data_to__gte=level.begins
    ).order_by("-data_to")
    period = closed.first()
    if period is not None:
        raise ValidationError(
            {
                "begins": _(
                    "%(quarter)s is closed and keeps its levels. Choose a day after %(date)s."
                )
                % {"quarter": period.label, "date": date_format(period.data_to, "d/m/Y")}
            }
        )


def _rejudge(indicator: Indicator, *, by: User, reason: str) -> Effect:
    rows = IndicatorResult.objects.filter(
        indicator=indicator, assessment__period__state=PeriodState.OPEN
    )
    # Blank ones too: an officer may be giving one its first value, judged by the level before.
    hold_each(rows.order_by().values_list("assessment_id", flat=True))
    results = list(
        rows.exclude(basis=Basis.BLANK)
        .select_related(
            "assessment__unit__parent__parent", "assessment__period", "assessment__criteria_set"
        )
        .order_by("assessment__unit__sort_key", "pk")
    )
    values = values_of(MeasureValue.objects.filter(result__in=results))
    definitions: dict[int, IndicatorDefinition] = {}
    rejudged, left, events = [], [], []
    for result in results:
        period = result.assessment.period
        if period.pk not in definitions:
            definition = read_definition(result.assessment.criteria_set_id, period.data_to)
            definitions[period.pk] = definition.indicator(indicator.pk)
        outcome = _outcome(result, definitions[period.pk], values.get(result.pk, {}))
        reasons = reasons_to_json(outcome.reasons)
        one = Rejudged(result, result.declared_verdict, outcome.verdict.value)
        if not one.turns and (reasons, outcome.unconfirmed) == (result.reasons, result.unconfirmed):
            continue
        if one.turns and _is_decided(result):
            left.append(one)
            continue
        rejudged.append(one)
        events.append(_event(one, values.get(result.pk, {}), by=by, reason=reason))
        result.declared_verdict, result.reasons = one.after, reasons
        result.unconfirmed = outcome.unconfirmed
    changed = [one.result for one in rejudged]
    IndicatorResult.objects.bulk_update(changed, ["declared_verdict", "reasons", "unconfirmed"])
    IndicatorResult.objects.filter(pk__in=[r.pk for r in changed]).update(version=F("version") + 1)
    Event.objects.bulk_create(events)
    return Effect(tuple(rejudged), tuple(left))


def _is_decided(result: IndicatorResult) -> bool:
    """Somebody verified the row, or accepted the whole: its verdict is theirs."""
    accepted = result.assessment.state == AssessmentState.ACCEPTED
    return accepted or result.review == Review.VERIFIED


def _outcome(result: IndicatorResult, definition: IndicatorDefinition, values: Values) -> Outcome:
    return evaluate_indicator(
        definition.specs,
        values,
        place(result.assessment),
        stated=result.stated,
        not_applicable=result.not_applicable,
    )


def _event(one: Rejudged, values: Values, *, by: User, reason: str) -> Event:
    result = one.result
    held = RowChange(
        values=values,
        stated=result.stated,
        not_applicable=result.not_applicable,
        absence_reason=result.absence_reason,
        note=result.note,
    )
    return Event(
        assessment_id=result.assessment_id,
        result=result,
        kind=EventKind.REJUDGED,
        at=now(),
        by=by,
        channel=Channel.SYSTEM,
        reason=reason,
        before=snapshot(held, one.before),
        after=snapshot(held, one.after),
    )


def standing_on(levels: list[Threshold]) -> dict[int, int]:
    """Level's id -> how many rows of open quarters were judged by it; one query.

    A row keeps the very level in its reasons, so this asks what was applied and not what would be.
    """
    by_mark = {_mark(level.measure.indicator_id, level): level.pk for level in levels}
    found = dict.fromkeys((level.pk for level in levels), 0)
    rows = IndicatorResult.objects.filter(
        unconfirmed=True,
        indicator__in={level.measure.indicator_id for level in levels},
        assessment__period__state=PeriodState.OPEN,
    )
    for indicator_id, reasons in rows.order_by().values_list("indicator_id", "reasons"):
        marks = {
            (indicator_id, r["measure"], *(r["level"].get(name) for name in _MARK), _amount(r))
            for r in reasons
            if r.get("level")
        }
        for mark in marks & by_mark.keys():
            found[by_mark[mark]] += 1
    return found


_MARK = ("province", "region", "group", "year", "operator")


def _amount(reason: dict) -> str:
    condition = reason["level"].get("condition") or {}
    return condition.get("operator", "")


def _mark(indicator_id: int, level: Threshold) -> tuple:
    province = level.province.code if level.province_id else ""
    where = (province, level.region, level.group, level.year, level.operator)
    return (indicator_id, level.measure.key, *where, level.condition_operator)
