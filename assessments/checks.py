"""What is still missing before an assessment can be sent: sentences, each with the row it is about.

The page shows them as a checklist and the action refuses by them: one list for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.evidence import EvidenceItem, Validity
from assessments.models import IndicatorResult
from assessments.sheet import Row, Sheet, sheet_around
from assessments.warnings import RowWarning, WarningKind
from criteria.definitions import MeasureDefinition
from criteria.evaluation import Kind, Why
from criteria.numbers import format_number
from criteria.wording import value_text

#: How a unit of money begins, as the definitions write it.
MILLIONS = "triệu đồng"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to do: ``code`` and ``result_id`` of the row, and the sentence."""

    code: str
    result_id: int
    sentence: str


def missing_for_submission(sheet: Sheet) -> list[Finding]:
    """Everything that stands between this assessment and its sending, in the page's order."""
    return [
        Finding(row.definition.code, row.result.pk, sentence)
        for row in sheet.rows
        for sentence in missing_in_row(row)
    ]


def missing_in_row(row: Row) -> list[str]:
    """The sentences for one row; empty when it may be sent."""
    found = []
    code = {"code": row.definition.code}
    if row.is_missing and not row.result.absence_reason:
        found.append(_missing_sentence(row) % code)
    if row.needs_note:
        found.append(
            _("%(code)s: %(warning)s Write a note that explains it.")
            % {**code, "warning": _warnings_text(row)}
        )
    if row.lacks_evidence:
        found.append(
            _("%(code)s counts as met only with evidence that is still valid: add a file.") % code
        )
    if row.is_returned and not _corrected(row):
        found.append(
            _("%(code)s was returned: correct it, add a file, or explain in the note.") % code
        )
    return found


def worth_knowing(sheet: Sheet) -> list[Finding]:
    """What does not stop the sending, but is better looked at: documents that expire."""
    return [
        Finding(row.definition.code, row.result.pk, _expiry_sentence(row, item))
        for row in sheet.rows
        for item in row.evidence or []
        if item.validity is not Validity.VALID
    ]


def explained(sheet: Sheet) -> list[Finding]:
    """What looks wrong and is sent all the same, each with the note that explains it."""
    return [
        Finding(
            row.definition.code,
            row.result.pk,
            _("%(code)s: %(warning)s Note: %(note)s")
            % {
                "code": row.definition.code,
                "warning": _warnings_text(row),
                "note": row.result.note,
            },
        )
        for row in sheet.rows
        if row.warnings and not row.needs_note
    ]


def _warnings_text(row: Row) -> str:
    """Every one of the row's: an impossible figure must not hide behind a jump."""
    return " ".join(warning_text(warning, row) for warning in row.warnings)


def _expiry_sentence(row: Row, item: EvidenceItem) -> str:
    words = {
        "code": row.definition.code,
        "name": item.name,
        "date": f"{item.valid_until:%d/%m/%Y}",
    }
    if item.validity is Validity.EXPIRED:
        return _("%(code)s: %(name)s expired on %(date)s and proves nothing any more.") % words
    return _("%(code)s: %(name)s expires on %(date)s; have a newer one for next quarter.") % words


def _missing_sentence(row: Row) -> str:
    if not row.values and row.result.stated is None:
        return _("%(code)s is blank: enter it, or give the reason for the blank.")
    if any(reason.why is Why.NOT_STATED for reason in row.reasons):
        return _("%(code)s: the level is not set yet, so say whether it is met or not.")
    return _("%(code)s is entered only in part: fill in the rest, or give the reason.")


def _corrected(row: Row) -> bool:
    """A figure, a note or a file has changed since; looking again alone answers nothing."""
    returned = row.result.reviewed_at
    return returned is not None and row.answered_at is not None and row.answered_at > returned


def warning_text(warning: RowWarning, row: Row) -> str:
    """What looks wrong, as one sentence."""
    match warning.kind:
        case WarningKind.OTHER_UNIT:
            return _other_unit_text(warning, row)
        case WarningKind.NO_SCHOOLS:
            return _("Without a school the shares are of nothing: is the number of schools right?")
        case WarningKind.JUMP:
            return _jump_text(warning, row)
        case WarningKind.CRITERION_LOST:
            return _("The commune is recognised, and this criterion was met last quarter.")
        case WarningKind.PART_EXCEEDS_WHOLE:
            return _("A part (%(part)s) cannot be larger than its whole (%(whole)s).") % {
                "part": format_number(warning.after),
                "whole": format_number(warning.before),
            }
        case WarningKind.RATE_DIFFERS:
            return _("The households give %(counted)s, but %(typed)s was entered.") % {
                "counted": value_text(warning.before, "%"),
                "typed": value_text(warning.after, "%"),
            }
        case _:
            return _("There are more poor and near-poor households than households.")


def warning_sentences(result: IndicatorResult) -> list[str]:
    """What looks wrong in one stored row, beside its criterion and the quarter before. Three
    queries; ``result`` comes with its assessment as ``build_sheet`` wants it."""
    row = sheet_around(result.assessment).row(result.pk)
    return [warning_text(warning, row) for warning in row.warnings] if row else []


def _other_unit_text(warning: RowWarning, row: Row) -> str:
    measure = next(m for m in row.definition.measures if m.key == warning.measure)
    if measure.unit.startswith(MILLIONS):
        return _(
            "This is a thousand times the level or more: did you enter đồng instead of million "
            "đồng?"
        )
    return _("This is a thousand times the level or more: is it really in %(unit)s?") % {
        "unit": measure.unit_title
    }


def _jump_text(warning: RowWarning, row: Row) -> str:
    measure = next(m for m in row.definition.measures if m.key == warning.measure)
    words = {
        "amount": _amount(abs(warning.difference), measure),
        "label": f"{measure.title}: " if measure.title else "",
    }
    if warning.difference > 0:
        return _("%(label)sUp by %(amount)s since last quarter.") % words
    return _("%(label)sDown by %(amount)s since last quarter.") % words


def _amount(difference: Decimal, measure: MeasureDefinition) -> str:
    """A difference between two percentages is in points, never in per cent."""
    if measure.kind == Kind.PERCENTAGE:
        return _("%(points)s points") % {"points": format_number(difference)}
    return value_text(difference, measure.unit_title)
