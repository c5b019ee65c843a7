"""Rows as the entry form draws them: ready texts, so that the template only lays them out."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.checks import warning_text
from assessments.evidence import EvidenceItem
from assessments.forms import NO, YES, RowInput, field_name
from assessments.models import Basis, IndicatorResult
from assessments.sheet import CriterionSheet, Row, Sheet, flags, place
from assessments.wording import moment
from criteria.definitions import IndicatorDefinition, MeasureDefinition
from criteria.english import choice_text
from criteria.evaluation import Kind, Place, Verdict, Why, type_of_value
from criteria.numbers import NumberError, format_for_input, format_number, parse_number
from criteria.wording import gap_text, goals_text, reasons_text, value_text
from periods.models import quarter_label


@dataclass(slots=True)
class InputView:
    """One field: ``typed`` is what the person wrote, or the stored value."""

    name: str
    kind: str
    label: str
    unit: str
    typed: str
    error: str
    choices: tuple[tuple[str, str], ...] = ()
    shown: str = ""

    @property
    def error_id(self) -> str:
        return f"e-{self.name}"


@dataclass(slots=True)
class RowView:
    """One row, whole: everything is text, a flag or a list of those."""

    id: int
    code: str
    text: str
    version: int
    level: str
    lead: str
    lead_proposed: bool
    inputs: list[InputView]
    stated: InputView | None
    previous: str
    can_keep: bool
    age: str
    can_recheck: bool
    verdict: str
    reason: str
    gap: str
    unconfirmed: bool
    warnings: list[str]
    warning_answered: bool
    return_reason: str
    conditional: bool
    not_applicable: bool
    absence_reason: str
    note: str
    flags: str
    editable: bool
    lock: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    saved_at: str = ""
    #: What was done besides saving, for whoever typed it.
    told: str = ""
    conflict: Conflict | None = None
    verified: str = ""
    verified_otherwise: bool = False
    review_reason: str = ""
    reviewed: str = ""
    comments: int = 0
    #: None where they were not asked for: the page's script then asks for the block itself.
    evidence: list[EvidenceItem] | None = None
    asks_evidence: bool = False

    @property
    def opens_more(self) -> bool:
        """Whether the note and the reasons stand open: because one of them is asked for."""
        asked = bool(self.warnings) and not self.warning_answered
        wrong = bool(self.errors.keys() & {"note", "absence_reason", "not_applicable"})
        return asked or wrong or self.not_applicable or bool(self.absence_reason)


@dataclass(slots=True)
class Conflict:
    """Somebody else changed the row meanwhile: who, when, and both versions in words."""

    who: str
    when: str
    theirs: list[str]
    mine: list[str]
    #: Field name -> text as stored now, JSON: the script puts it into fields nobody touched here.
    stored: str
    #: Last part of the address where a button was pressed instead of typing, such as "unchanged".
    pressed: str = ""


@dataclass(slots=True)
class CriterionView:
    number: int
    title: str
    verdict: str
    words: str
    lost: bool
    rows: list[RowView]


def present_sheet(
    sheet: Sheet,
    *,
    editable: dict[int, bool],
    lock: str,
    inputs: dict[int, RowInput] | None = None,
    conflicts: dict[int, Conflict] | None = None,
) -> list[CriterionView]:
    """The whole page. ``inputs`` are rows that were typed but could not be stored."""
    where = place(sheet.assessment)
    inputs, conflicts = inputs or {}, conflicts or {}
    views = []
    for criterion in sheet.criteria:
        rows = [
            present_row(
                row,
                sheet,
                where,
                editable=editable.get(row.result.pk, False),
                lock=lock,
                typed=inputs.get(row.result.pk),
                conflict=conflicts.get(row.result.pk),
            )
            for row in criterion.rows
        ]
        views.append(present_criterion(criterion, rows))
    return views


def present_criterion(criterion: CriterionSheet, rows: list[RowView]) -> CriterionView:
    return CriterionView(
        number=criterion.definition.number,
        title=criterion.definition.title,
        verdict=criterion.verdict.value,
        words=criterion_words(criterion),
        lost=criterion.is_lost,
        rows=rows,
    )


def criterion_words(criterion: CriterionSheet) -> str:
    """ "Met 2/2", or how many are still to enter."""
    counts = {"met": criterion.met_rows, "of": criterion.applicable_rows}
    if criterion.is_partial:
        return _partial_words(criterion, counts)
    match criterion.verdict:
        case Verdict.MET:
            return _("Met %(met)s/%(of)s") % counts
        case Verdict.NOT_MET:
            return _("Not met %(met)s/%(of)s") % counts
        case Verdict.NOT_APPLICABLE:
            return _("Not applicable")
        case _:
            left = criterion.missing_rows
            return ngettext("%(left)s to enter", "%(left)s to enter", left) % {"left": left}


def _partial_words(criterion: CriterionSheet, counts: dict[str, int]) -> str:
    """The whole criterion's verdict, and how the rows that the reader's agency sees stand."""
    words = {
        Verdict.MET: _("Met; of your indicators %(met)s/%(of)s"),
        Verdict.NOT_MET: _("Not met; of your indicators %(met)s/%(of)s met"),
        Verdict.NOT_APPLICABLE: _("Not applicable"),
    }
    return words.get(criterion.verdict, _("Not fully entered")) % counts


def present_row(
    row: Row,
    sheet: Sheet,
    where: Place,
    *,
    editable: bool,
    lock: str = "",
    typed: RowInput | None = None,
    conflict: Conflict | None = None,
    saved_at: str = "",
) -> RowView:
    result, definition = row.result, row.definition
    texts = typed.typed if typed else stored_texts(row)
    errors = typed.errors if typed else {}
    return RowView(
        id=result.pk,
        code=definition.code,
        text=definition.title,
        version=result.version,
        level=goals_text(definition.measures, where, row.values),
        lead=row.lead,
        lead_proposed=row.lead_proposed,
        inputs=[_input(result.pk, measure, texts, errors) for measure in definition.measures],
        stated=_stated(row, where, texts, errors),
        previous=previous_words(row, sheet),
        can_keep=editable and row.can_be_kept and result.basis != "unchanged",
        age=age_words(result, sheet),
        can_recheck=editable and result.basis == "unchanged",
        verdict=row.verdict.value,
        reason=reason_words(row),
        gap=gap_words(row),
        unconfirmed=result.unconfirmed,
        warnings=[warning_text(warning, row) for warning in row.warnings],
        warning_answered=bool(row.warnings) and not row.needs_note,
        return_reason=result.review_reason if row.is_returned else "",
        conditional=definition.conditional,
        not_applicable=bool(texts.get("na")),
        absence_reason=texts.get("absence_reason", ""),
        note=texts.get("note", ""),
        flags=" ".join(sorted(flags(row))),
        editable=editable,
        lock=lock,
        errors=errors,
        saved_at=saved_at,
        conflict=conflict,
        verified=result.verified_verdict,
        verified_otherwise=result.verified_verdict not in ("", result.declared_verdict),
        review_reason=result.review_reason if result.review == "verified" else "",
        reviewed=reviewed_text(result),
        comments=result.comment_count,
        evidence=row.evidence,
        asks_evidence=definition.requires_evidence and not row.has_evidence,
    )


def reviewed_text(result: IndicatorResult) -> str:
    """Who decided about a row and when; empty while nobody has."""
    if result.reviewed_by is None:
        return ""
    return _("%(who)s, %(when)s") % {
        "who": result.reviewed_by.display_name,
        "when": moment(result.reviewed_at),
    }


def stored_texts(row: Row) -> dict[str, str]:
    """The row's stored values as they stand in the fields."""
    return typed_texts(row.values, row.result, row.definition)


def typed_texts(
    values: dict[str, type_of_value], result: IndicatorResult, definition: IndicatorDefinition
) -> dict[str, str]:
    texts = {measure.key: input_text(values.get(measure.key)) for measure in definition.measures}
    texts["stated"] = input_text(result.stated)
    texts["na"] = "1" if result.not_applicable else ""
    texts["absence_reason"], texts["note"] = result.absence_reason, result.note
    return texts


def input_text(value: type_of_value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    return format_for_input(value) if isinstance(value, Decimal) else value


def _input(
    result_id: int, measure: MeasureDefinition, texts: dict[str, str], errors: dict[str, str]
) -> InputView:
    typed = texts.get(measure.key, "")
    shown = {YES: _("Met"), NO: _("Not met")}.get(typed, typed)
    if measure.kind in (Kind.NUMBER, Kind.PERCENTAGE):
        shown = _for_reading(typed, measure)
    elif measure.kind == Kind.CHOICE:
        shown = choice_text(typed)
    return InputView(
        name=field_name(result_id, measure.key),
        kind=measure.kind.value,
        label=measure.title,
        unit=measure.unit_title,
        typed=typed,
        error=errors.get(measure.key, ""),
        choices=tuple((one, choice_text(one)) for one in measure.choices),
        shown=shown,
    )


def _for_reading(typed: str, measure: MeasureDefinition) -> str:
    """A stored number as it stands beside it for last quarter; what is no number stays as typed."""
    try:
        return format_number(parse_number(typed, decimals=measure.decimals))
    except NumberError:
        return typed


def _stated(
    row: Row, where: Place, texts: dict[str, str], errors: dict[str, str]
) -> InputView | None:
    """The officer's own statement: asked only where no level is known."""
    if not row.definition.asks_statement(where, row.values):
        return None
    return InputView(
        name=field_name(row.result.pk, "stated"),
        kind=Kind.BOOLEAN.value,
        label=_("The level is not set yet. The commune states:"),
        unit="",
        typed=texts.get("stated", ""),
        error=errors.get("stated", ""),
        shown={YES: _("Met"), NO: _("Not met")}.get(texts.get("stated", ""), ""),
    )


def previous_words(row: Row, sheet: Sheet) -> str:
    """Last quarter's values in words, such as "Quarter II: 41,6"."""
    if row.previous is None or row.previous.basis == Basis.BLANK:
        return ""
    return _("%(quarter)s: %(values)s") % {
        "quarter": quarter_label(sheet.quarter_before[1]),
        "values": values_words(row.definition, row.previous.values, row.previous),
    }


def values_words(definition: IndicatorDefinition, values: dict, holder) -> str:
    """A row's values on one line; ``holder`` has ``not_applicable`` and ``stated``."""
    if holder.not_applicable:
        return _("Not applicable")
    parts = []
    for measure in definition.measures:
        if measure.key in values:
            words = value_text(values[measure.key], measure.unit_title)
            parts.append(f"{measure.title}: {words}" if measure.title else words)
    if holder.stated is not None:
        parts.append(_("stated met") if holder.stated else _("stated not met"))
    return " · ".join(parts) or _("blank")


def age_words(result: IndicatorResult, sheet: Sheet) -> str:
    """How long the values were only kept: "Unchanged, not re-checked for 3 quarters"."""
    if result.basis != "unchanged":
        return ""
    age = result.quarters_unchanged(sheet.assessment.period)
    return ngettext(
        "Unchanged: not re-checked for %(count)s quarter",
        "Unchanged: not re-checked for %(count)s quarters",
        age,
    ) % {"count": age}


def reason_words(row: Row) -> str:
    """Why the verdict is what it is; the blanks themselves need no words."""
    reasons = [r for r in row.reasons if r.why is not Why.BLANK]
    if row.verdict == Verdict.NOT_MET:
        reasons = [r for r in reasons if r.verdict == Verdict.NOT_MET]
    return reasons_text(reasons, row.definition.measures)


def gap_words(row: Row) -> str:
    """How far the first failing value is from its level."""
    for reason in row.reasons:
        if reason.verdict == Verdict.NOT_MET and reason.why is Why.COMPARED:
            return gap_text(reason, row.definition.measure(reason.measure))
    return ""
