"""One criterion across the communes as the verification page draws it: ready texts only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from assessments.board import Board, BoardRow, IndicatorBoard
from assessments.changes import changes_since_last_return
from assessments.checks import warning_text
from assessments.confirming import alone_text, why_alone
from assessments.evidence import EvidenceItem
from assessments.gate import refusal
from assessments.models import Basis, Review
from assessments.presenting import gap_words, reason_words, reviewed_text, values_words
from assessments.sheet import place
from assessments.two_quarters import quarter_before
from assessments.wording import lock_text, moment, verified_by_text
from assessments.workflow import Act, Lock, verdicts_to_give
from criteria.evaluation import Verdict
from criteria.wording import goals_text, value_text, verdict_text
from periods.models import quarter_label

#: The page's filters, in their order.
SHOW = ("all", "todo", "corrected", "changed", "returned", "verified")


@dataclass(slots=True)
class Wanted:
    """What somebody asked for a row that could not be done, to be shown again beside it."""

    error: str = ""
    reason: str = ""
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One value, now and last quarter."""

    label: str
    now: str
    before: str


@dataclass(slots=True)
class ReviewView:
    """One commune's row, whole: everything is text, a flag or a list of those."""

    id: int
    version: int
    code: str
    commune: str
    url: str
    values: list[ValueLine]
    quarter_before: str
    level: str
    declared: str
    reason: str
    gap: str
    note: str
    absence_reason: str
    warnings: list[str]
    base: str
    evidence: list[EvidenceItem]
    lacks_evidence: bool
    comments: int
    age: str
    entered: str
    review: str
    verified: str
    differs: bool
    since_return: list[str]
    review_reason: str
    reviewed: str
    was_returned: bool
    changed: bool
    unconfirmed: bool
    flags: list[str]
    lock: str
    return_lock: str
    withdraw_lock: str
    says_corrected: bool
    confirm_lock: str
    tickable: bool
    alone: str
    verdicts: list[tuple[str, str]]
    wanted: Wanted = field(default_factory=Wanted)

    @property
    def can_confirm(self) -> bool:
        return self.review == Review.PENDING and not self.lock and not self.confirm_lock

    @property
    def can_confirm_after_all(self) -> bool:
        """Another verdict was found; it can be taken back."""
        return self.review == Review.VERIFIED and self.differs and not self.lock

    @property
    def can_act(self) -> bool:
        return not self.lock or not self.return_lock or self.can_withdraw

    @property
    def can_withdraw(self) -> bool:
        return self.review == Review.RETURNED and not self.withdraw_lock

    @property
    def opens_more(self) -> bool:
        return bool(self.wanted.error or self.wanted.reason or self.wanted.conflict)


@dataclass(slots=True)
class IndicatorView:
    """One indicator with its rows and what is the same for all of them."""

    code: str
    title: str
    level: str
    lead: str
    lead_proposed: bool
    stands_in: str
    rows: list[ReviewView]
    not_sent: list[tuple[str, str]]
    todo: int
    tickable: int


def present_board(
    board: Board, reader: User, wanted: dict[int, Wanted] | None = None
) -> list[IndicatorView]:
    returned = since_returned(board.rows)
    return [
        present_indicator(indicator, reader, wanted or {}, returned)
        for indicator in board.indicators
    ]


def since_returned(rows: Iterable[BoardRow]) -> dict[int, list[str]]:
    """What the communes did about the rows that were returned; a query only where there are some."""
    corrected = [row for row in rows if row.was_returned]
    return changes_since_last_return(corrected) if corrected else {}


def present_indicator(
    indicator: IndicatorBoard,
    reader: User,
    wanted: dict[int, Wanted],
    returned: dict[int, list[str]],
) -> IndicatorView:
    rows = [
        present_review(
            row, reader, wanted.get(row.result.pk), since_return=returned.get(row.result.pk)
        )
        for row in indicator.rows
    ]
    levels = {row.level for row in rows}
    if len(levels) == 1:
        for row in rows:
            row.level = ""
    verifier = indicator.verifier
    return IndicatorView(
        code=indicator.definition.code,
        title=indicator.definition.title,
        level=levels.pop() if len(levels) == 1 else "",
        lead=verifier.lead.short_name if verifier.lead else "",
        lead_proposed=verifier.lead is not None and verifier.lead.proposed,
        stands_in=verified_by_text(verifier) if verifier.stands_in else "",
        rows=rows,
        not_sent=[(row.assessment.unit.short_name, row_url(row)) for row in indicator.not_sent],
        todo=sum("todo" in row.flags for row in rows),
        tickable=sum(row.tickable for row in rows),
    )


def row_url(row: BoardRow) -> str:
    return f"{row.assessment.get_absolute_url()}#row-{row.result.pk}"


def present_review(
    row: BoardRow,
    reader: User,
    wanted: Wanted | None = None,
    since_return: list[str] | None = None,
) -> ReviewView:
    result, definition, where = row.result, row.definition, place(row.assessment)
    refused, given_back, kept = (
        refusal(act, row.assessment, reader, result, row.verifier)
        for act in (Act.VERIFY, Act.RETURN, Act.WITHDRAW)
    )
    alone = why_alone(row)
    declared = result.declared_verdict
    return ReviewView(
        id=result.pk,
        version=result.version,
        code=definition.code,
        commune=row.assessment.unit.short_name,
        url=row_url(row),
        values=value_lines(row),
        quarter_before=quarter_label(quarter_before(row.assessment.period)[1]),
        level=goals_text(definition.measures, where, row.values),
        declared=declared,
        reason=reason_words(row),
        gap=gap_words(row),
        note=result.note,
        absence_reason=result.absence_reason,
        warnings=[warning_text(warning, row) for warning in row.warnings],
        base=row.assessment.get_absolute_url(),
        evidence=row.evidence or [],
        lacks_evidence=row.lacks_evidence,
        since_return=since_return or [],
        comments=row.comments,
        age=age_text(row),
        entered=entered_text(row),
        review=result.review,
        verified=result.verified_verdict,
        differs=bool(result.verified_verdict) and result.verified_verdict != declared,
        review_reason=result.review_reason,
        reviewed=reviewed_text(row.result),
        was_returned=row.was_returned,
        changed=row.is_changed,
        unconfirmed=result.unconfirmed,
        flags=flags_of(row),
        lock=_sentence(refused, row),
        return_lock=_sentence(given_back, row),
        withdraw_lock=_sentence(kept, row),
        says_corrected=kept is Lock.ROW_CORRECTED,
        confirm_lock=_("Nothing was entered: return it, or find it not met with a reason.")
        if row.is_missing
        else "",
        tickable=refused is None and alone is None,
        alone=alone_text(alone) if alone else "",
        verdicts=[
            (value, verdict_text(Verdict(value)))
            for value in verdicts_to_give(declared, conditional=definition.conditional)
            if value not in (result.verified_verdict, declared)
        ],
        wanted=wanted or Wanted(),
    )


def flags_of(row: BoardRow) -> list[str]:
    """Under which filters of the page a row stands."""
    found = ["all"]
    review = row.result.review
    is_open = row.assessment.period.is_open
    if review == Review.PENDING and row.assessment.is_handed_in:
        # A blank row can be returned while the quarter is open; later nothing was left to verify.
        if is_open or not row.is_missing:
            found.append("todo")
        if row.was_returned:
            found.append("corrected")
    if row.is_changed:
        found.append("changed")
    if review != Review.PENDING:
        found.append(review)
    return found


def _sentence(refused: Lock | None, row: BoardRow) -> str:
    return lock_text(refused, row.assessment, Act.VERIFY, row.verifier) if refused else ""


def value_lines(row: BoardRow) -> list[ValueLine]:
    """Each value beside last quarter's; one line of words where there are no values."""
    previous = row.previous if row.previous and row.previous.can_be_kept else None
    by_value = [
        ValueLine(
            measure.title,
            value_text(row.values.get(measure.key), measure.unit_title) or "–",
            value_text(previous.values.get(measure.key), measure.unit_title) if previous else "",
        )
        for measure in row.definition.measures
        if measure.key in row.values or (previous and measure.key in previous.values)
    ]
    plain = row.result.stated is None and not row.result.not_applicable
    if by_value and plain and (previous is None or not previous.not_applicable):
        return by_value
    before = values_words(row.definition, previous.values, previous) if previous else ""
    return [ValueLine("", values_words(row.definition, row.values, row.result), before)]


def age_text(row: BoardRow) -> str:
    """How old an "unchanged" is; empty for what was entered in this quarter."""
    if row.result.basis != Basis.UNCHANGED:
        return ""
    age = row.result.quarters_unchanged(row.assessment.period)
    return ngettext(
        "Unchanged: not re-checked for %(count)s quarter",
        "Unchanged: not re-checked for %(count)s quarters",
        age,
    ) % {"count": age}


def entered_text(row: BoardRow) -> str:
    result = row.result
    if result.changed_by is None:
        return ""
    return _("%(who)s, %(when)s") % {
        "who": result.changed_by.display_name,
        "when": moment(result.changed_at),
    }
