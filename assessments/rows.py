"""Writing one row: checked, evaluated, stored with its trace. Called by ``actions`` only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.errors import InvalidRow, StaleVersion
from assessments.models import (
    Basis,
    Event,
    EventKind,
    IndicatorResult,
    MeasureValue,
    ResultQuerySet,
)
from assessments.sheet import Row, Sheet, build_sheet, place
from assignments.queries import is_proposed, lead_of
from communes.models import Recognition
from communes.texts import tidy
from criteria.definitions import IndicatorDefinition
from criteria.evaluation import Kind, Verdict, evaluate_indicator, type_of_value
from criteria.reasons import reasons_to_json
from periods.clock import now
from periods.models import ReportingPeriod

#: Characters of a note or reason. A 10 kB note belongs into the evidence.
TEXT_LIMIT = 2000
#: Of a name that does not exist, what is repeated to whoever sent it.
NAME_LIMIT = 40


@dataclass(frozen=True, slots=True)
class RowChange:
    """All that a row holds, as it shall be afterwards. Blank values are left out or None."""

    values: Mapping[str, type_of_value] = field(default_factory=dict)
    stated: bool | None = None
    not_applicable: bool = False
    absence_reason: str = ""
    note: str = ""

    def tidied(self) -> RowChange:
        """Without blanks, and with texts in Unicode's composed form (Vietnamese typed as NFD)."""
        return replace(
            self,
            values={k: v for k, v in self.values.items() if v is not None},
            absence_reason=tidy(self.absence_reason),
            note=tidy(self.note),
        )


def locked_sheet(rows: ResultQuerySet, result_id: int) -> tuple[Sheet, Row]:
    """One row and its assessment, held until the transaction ends, with all that stands around it.

    ``rows`` is the scope: a row outside it raises ``IndicatorResult.DoesNotExist``. Three queries.
    Whoever waited for the lock gets the locked rows as they are now, but what is joined to them as
    it was before: ``build_sheet`` reads the states of quarter and set again, after the lock.
    """
    recognised = Recognition.objects.filter(
        Q(withdrawn_on=None) | Q(withdrawn_on__gt=OuterRef("assessment__period__data_to")),
        Q(decided_on=None) | Q(decided_on__lte=OuterRef("assessment__period__data_to")),
        unit=OuterRef("assessment__unit"),
        tier=OuterRef("assessment__criteria_set__tier"),
    )
    held = (
        rows.select_for_update(of=("assessment", "self"))  # the order of ``locking``
        .select_related(
            "assessment__unit__parent__parent",
            "assessment__period",
            "assessment__criteria_set",
        )
        .annotate(
            unit_recognised=Exists(recognised),
            lead_name=lead_of("indicator"),
            lead_certainty=lead_of("indicator", "certainty"),
        )
        .get(pk=result_id)
    )
    sheet = build_sheet(held.assessment, recognised=held.unit_recognised)
    row = sheet.row(held.pk)
    row.lead = held.lead_name
    row.lead_proposed = bool(held.lead_name) and is_proposed(held.lead_certainty)
    return sheet, row


def without_idle_reason(change: RowChange, row: Row) -> RowChange:
    """The reason for a blank goes once there is no blank, and its trace says so."""
    if change.not_applicable or not change.absence_reason:
        return change
    known = {measure.key for measure in row.definition.measures}
    if change.values.keys() - known:
        return change  # refused next, by name
    outcome = evaluate_indicator(
        row.definition.specs,
        change.values,
        place(row.result.assessment),
        stated=change.stated,
    )
    if outcome.verdict == Verdict.MISSING:
        return change
    return replace(change, absence_reason="")


def check_version(row: Row, version: int) -> None:
    if row.result.version != version:
        raise StaleVersion(row.result, row.values)


def check_change(change: RowChange, row: Row) -> None:
    """Refuse what the law or the space does not allow, with a sentence for each field."""
    errors: dict[str, str] = {}
    definition = row.definition
    if change.stated not in (None, row.result.stated) and not definition.asks_statement(
        place(row.result.assessment), change.values
    ):
        errors["stated"] = _("The level is set, so the values decide; nothing is stated here.")
    for name in ("note", "absence_reason"):
        if len(getattr(change, name)) > TEXT_LIMIT:
            errors[name] = _(
                "Too long: %(length)s characters, at most %(limit)s. Put longer texts into a file."
            ) % {"length": len(getattr(change, name)), "limit": TEXT_LIMIT}
    if change.not_applicable and not definition.conditional:
        errors["not_applicable"] = _("The law does not allow “not applicable” for this indicator.")
    elif change.not_applicable and not change.absence_reason:
        errors["absence_reason"] = _("Say why this indicator does not apply to the commune.")
    elif change.not_applicable and change.values:
        errors["not_applicable"] = _(
            "There are values here. Clear them first, or take back “not applicable”."
        )
    known = {measure.key for measure in definition.measures}
    for key in sorted(change.values.keys() - known):
        errors[key] = no_such_value(key)
    if errors:
        raise InvalidRow(errors)


def no_such_value(key: str) -> str:
    return _("This indicator has no value “%(name)s”.") % {"name": shortened(key)}


def shortened(name: str) -> str:
    """A name that somebody sent, for repeating it in a sentence."""
    return name if len(name) <= NAME_LIMIT else f"{name[:NAME_LIMIT]}…"


def write_row(
    row: Row, change: RowChange, *, basis: Basis, entered_in: ReportingPeriod | None, by: User
):
    """Store the change and its verdict, in the database and in ``row``.

    Raises StaleVersion when somebody was faster (only where the database cannot hold a row).
    """
    result = row.result
    outcome = evaluate_indicator(
        row.definition.specs,
        change.values,
        place(result.assessment),
        stated=change.stated,
        not_applicable=change.not_applicable,
    )
    fields = {
        "basis": basis,
        "entered_in": entered_in,
        "declared_verdict": outcome.verdict.value,
        "stated": change.stated,
        "reasons": reasons_to_json(outcome.reasons),
        "unconfirmed": outcome.unconfirmed,
        "not_applicable": change.not_applicable,
        "absence_reason": change.absence_reason,
        "note": change.note,
        "changed_at": now(),
        "changed_by": by,
    }
    write_fields(result, fields)
    _write_values(result, row.definition, change.values, row.values)
    row.values = dict(change.values)


def write_fields(result: IndicatorResult, fields: dict) -> None:
    """Store columns of a row and raise its version, in the database and in ``result``.

    Raises StaleVersion when somebody was faster (only where the database cannot hold a row).
    """
    fields = {"version": result.version + 1, **fields}
    if not IndicatorResult.objects.filter(pk=result.pk, version=result.version).update(**fields):
        fresh = IndicatorResult.objects.select_related("changed_by").get(pk=result.pk)
        fresh.assessment = result.assessment
        raise StaleVersion(
            fresh, {v.measure.key: v.value for v in fresh.values.select_related("measure")}
        )
    for name, value in fields.items():
        setattr(result, name, value)


def check_reason(reason: str, missing: str) -> None:
    """A decision's reason: there, and not too long. ``missing`` is the sentence for none."""
    if not reason:
        raise InvalidRow({"reason": missing})
    if len(reason) > TEXT_LIMIT:
        raise InvalidRow({"reason": _("At most %(limit)s characters.") % {"limit": TEXT_LIMIT}})


def _write_values(
    result: IndicatorResult,
    definition: IndicatorDefinition,
    values: Mapping[str, type_of_value],
    before: Mapping[str, type_of_value],
) -> None:
    measures = {measure.key: measure for measure in definition.measures}
    gone = [measures[key].id for key in before if key in measures and key not in values]
    if gone:
        result.values.filter(measure__in=gone).delete()
    new = [
        value_row(result.pk, measures[key], value)
        for key, value in values.items()
        if before.get(key) != value or type(before.get(key)) is not type(value)
    ]
    if new:
        MeasureValue.objects.bulk_create(
            new,
            update_conflicts=True,
            unique_fields=["result", "measure"],
            update_fields=["number", "answer", "choice"],
        )


def value_row(result_id: int, measure, value: type_of_value) -> MeasureValue:
    """A value in the column of its kind."""
    row = MeasureValue(result_id=result_id, measure_id=measure.id)
    match measure.kind:
        case Kind.BOOLEAN:
            row.answer = value
        case Kind.CHOICE:
            row.choice = value
        case _:
            row.number = value
    return row


def snapshot(change: RowChange, verdict: str) -> dict:
    """A row's state for the trace, as JSON."""
    return {
        "values": {k: v if isinstance(v, bool | str) else str(v) for k, v in change.values.items()},
        "stated": change.stated,
        "not_applicable": change.not_applicable,
        "absence_reason": change.absence_reason,
        "note": change.note,
        "verdict": verdict,
    }


def held_by(row: Row) -> RowChange:
    """What the row holds now."""
    result = row.result
    return RowChange(
        values=dict(row.values),
        stated=result.stated,
        not_applicable=result.not_applicable,
        absence_reason=result.absence_reason,
        note=result.note,
    )


def row_event(
    row: Row,
    kind: EventKind,
    *,
    by: User,
    channel: str,
    before: dict,
    after: dict,
    reason: str = "",
) -> Event:
    return Event(
        assessment_id=row.result.assessment_id,
        result=row.result,
        kind=kind,
        at=now(),
        by=by,
        channel=channel,
        reason=reason,
        before=before,
        after=after,
    )
