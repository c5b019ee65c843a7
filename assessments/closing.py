"""What stands open in a quarter when it is closed, and how that will be counted.

The page says it in sentences and the action compares its fingerprint: what was read is what is
closed. The communes are those of the statistics (``counted_communes``); an assessment of any other
is named and not counted. Four queries whatever the number of communes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.counting import counted_communes
from assessments.models import Assessment, AssessmentState, IndicatorResult, Review, Verdict
from assessments.returns import was_corrected
from periods.models import ReportingPeriod


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """One assessment with how many of its rows stand how."""

    assessment: Assessment
    rows: int
    missing: int
    returned: int
    #: Of the returned rows those that the commune has corrected and not sent again yet.
    corrected: int
    only_declared: int
    verified: int

    @property
    def never_sent(self) -> bool:
        return self.assessment.state == AssessmentState.DRAFT

    @property
    def is_finished(self) -> bool:
        return (
            self.assessment.state == AssessmentState.ACCEPTED
            and not self.only_declared
            and not self.missing
        )

    @property
    def sentence(self) -> str:
        """How this assessment will be counted as it stands."""
        parts = []
        if uncorrected := self.returned - self.corrected:
            parts.append(
                ngettext(
                    "%(n)s row was returned and not corrected",
                    "%(n)s rows were returned and not corrected",
                    uncorrected,
                )
                % {"n": uncorrected}
            )
        if self.corrected:
            parts.append(
                ngettext(
                    "%(n)s row is corrected and not sent again",
                    "%(n)s rows are corrected and not sent again",
                    self.corrected,
                )
                % {"n": self.corrected}
            )
        if self.only_declared:
            parts.append(
                ngettext(
                    "%(n)s row counts only as declared",
                    "%(n)s rows count only as declared",
                    self.only_declared,
                )
                % {"n": self.only_declared}
            )
        if self.missing:
            parts.append(
                ngettext(
                    "%(n)s of %(rows)s rows has no figure and does not count",
                    "%(n)s of %(rows)s rows have no figures and do not count",
                    self.missing,
                )
                % {"n": self.missing, "rows": self.rows}
            )
        if not parts:
            parts.append(_("every row is verified"))
        return "; ".join(parts) + "."


@dataclass(frozen=True, slots=True)
class ClosingGroup:
    title: str
    lines: list[ClosingLine]


@dataclass(frozen=True, slots=True)
class ClosingReport:
    lines: tuple[ClosingLine, ...]
    fingerprint: str
    #: Assessments of communes that the programme no longer assesses: in no figure.
    not_counted: tuple[Assessment, ...] = ()

    def _in(self, *states: str) -> list[ClosingLine]:
        return [line for line in self.lines if line.assessment.state in states]

    @property
    def never_sent(self) -> list[ClosingLine]:
        return self._in(AssessmentState.DRAFT)

    @property
    def being_corrected(self) -> list[ClosingLine]:
        return self._in(AssessmentState.RETURNED)

    @property
    def not_accepted(self) -> list[ClosingLine]:
        return self._in(AssessmentState.SUBMITTED, AssessmentState.VERIFIED)

    @property
    def accepted(self) -> list[ClosingLine]:
        return self._in(AssessmentState.ACCEPTED)

    @property
    def groups(self) -> list[ClosingGroup]:
        """What stands open, worst first, in words."""
        open_rows = [line for line in self.accepted if not line.is_finished]
        found = [
            (_("Never sent"), self.never_sent),
            (_("Returned and not sent again"), self.being_corrected),
            (_("Sent but not accepted"), self.not_accepted),
            (_("Accepted with rows that nobody verified"), open_rows),
        ]
        return [ClosingGroup(title, lines) for title, lines in found if lines]

    @property
    def only_declared(self) -> int:
        return sum(line.only_declared for line in self.lines)

    @property
    def missing(self) -> int:
        return sum(line.missing for line in self.lines)

    @property
    def verified(self) -> int:
        return sum(line.verified for line in self.lines)

    @property
    def is_finished(self) -> bool:
        return all(line.is_finished for line in self.lines)

    @property
    def facts(self) -> dict[str, int]:
        """For the trace: how the quarter stood when it was closed."""
        left_out = {"not_counted": len(self.not_counted)} if self.not_counted else {}
        return left_out | {
            "assessments": len(self.lines),
            "accepted": len(self.accepted),
            "never_sent": len(self.never_sent),
            "being_corrected": len(self.being_corrected),
            "not_accepted": len(self.not_accepted),
            "verified": self.verified,
            "only_declared": self.only_declared,
            "missing": self.missing,
        }


@dataclass(frozen=True, slots=True)
class Counted:
    """How rows are counted when their quarter closes."""

    verified: int = 0
    only_declared: int = 0
    missing: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(
            self.verified + other.verified,
            self.only_declared + other.only_declared,
            self.missing + other.missing,
        )


def counted_by_indicator(period: ReportingPeriod) -> dict[int, Counted]:
    """The rows of each indicator, by its id, counted as ``closing_report`` counts them; one query."""
    has_figure = ~Q(counted_verdict=Verdict.MISSING)
    found = (
        IndicatorResult.objects.filter(
            assessment__period=period,
            assessment__unit__in=counted_communes()
            .valid_on(period.data_to)
            .order_by()
            .values("pk"),
        )
        .order_by()
        .values("indicator")
        .annotate(
            rows=Count("pk"),
            missing=Count("pk", filter=~has_figure),
            verified=Count("pk", filter=has_figure & Q(review=Review.VERIFIED)),
        )
    )
    return {
        one["indicator"]: Counted(
            one["verified"], one["rows"] - one["missing"] - one["verified"], one["missing"]
        )
        for one in found
    }


def closing_report(period: ReportingPeriod) -> ClosingReport:
    has_figure = ~Q(results__counted_verdict=Verdict.MISSING)
    found = (
        Assessment.objects.filter(period=period)
        .select_related("unit", "criteria_set")
        .annotate(
            rows=Count("results"),
            missing=Count("results", filter=~has_figure),
            returned=Count("results", filter=Q(results__review=Review.RETURNED)),
            verified=Count("results", filter=has_figure & Q(results__review=Review.VERIFIED)),
            versions=Sum("results__version"),
        )
        .order_by("unit__sort_key", "criteria_set__slug")
    )
    corrected = Counter(
        IndicatorResult.objects.filter(assessment__period=period, review=Review.RETURNED)
        .filter(was_corrected())
        .order_by()
        .values_list("assessment_id", flat=True)
    )
    counted = set(counted_communes().valid_on(period.data_to).values_list("pk", flat=True))
    lines, left_out, marks = [], [], []
    for one in found:
        one.period = period
        if one.unit_id not in counted:
            left_out.append(one)
            continue
        lines.append(
            ClosingLine(
                assessment=one,
                rows=one.rows,
                missing=one.missing,
                returned=one.returned,
                corrected=corrected[one.pk],
                only_declared=one.rows - one.missing - one.verified,
                verified=one.verified,
            )
        )
        marks.append(
            (
                one.pk,
                one.state,
                one.versions,
                one.returned,
                corrected[one.pk],
                one.verified,
                one.missing,
            )
        )
    marks.append((period.pk, str(period.due_on)))
    marks.append(tuple(one.pk for one in left_out))
    fingerprint = hashlib.sha256(repr(marks).encode()).hexdigest()[:32]
    return ClosingReport(tuple(lines), fingerprint, tuple(left_out))
