"""What waits for whom: a department's rows across all communes, by criterion, what matters first.

A read model: a fixed number of queries whatever the number of communes. Rows are plain tuples,
because a whole district has 17,000 of them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.models import User
from assessments.deciding import left_to_verify
from assessments.frozen import definition_in, frozen_quarter
from assessments.models import (
    HANDED_IN,
    AssessmentState,
    Basis,
    IndicatorResult,
    MeasureValue,
    ResultQuerySet,
    Review,
    Verdict,
)
from assessments.returns import was_returned
from assessments.two_quarters import quarter_before
from assignments.verifiers import Verifier, indicators_to_verify, verifiers_of
from criteria.definitions import CriterionDefinition, IndicatorDefinition
from criteria.models import CriteriaSet
from periods.models import ReportingPeriod

#: What a row that waits may be, the most urgent first.
KINDS = ("corrected", "changed", "new")
#: The filters of the page.
SHOW = ("all", "corrected", "changed", "new", "returned", "late")
#: Rows that a criterion names before it says how many more there are.
NAMED = 6
#: What the standing office has decided about as a whole: nothing of it waits for a verifier.
DECIDED = (AssessmentState.VERIFIED, AssessmentState.ACCEPTED)
NAMED_WHEN_FILTERED = 60


@dataclass(slots=True)
class QueueRow:
    """One indicator of one commune."""

    id: int
    indicator: IndicatorDefinition
    commune: str
    slug: str
    review: str
    sent: bool
    sent_at: dt.datetime | None
    due_on: dt.date
    declared: str
    verified: str
    was_returned: bool
    changed: bool
    late: bool
    decided: bool

    @property
    def kind(self) -> str:
        """``corrected``, ``changed``, ``new``, ``returned``, ``verified``, ``blank`` or ``absent``.

        ``declared``: the standing office ended the verification without this row. Once the quarter
        is closed, it is one of those that nobody verified.
        """
        if not self.sent:
            return "absent"
        if self.review != Review.PENDING:
            return self.review
        if self.decided and self.declared != Verdict.MISSING:
            return "declared"
        if self.was_returned:
            return "corrected"
        if self.declared == Verdict.MISSING:
            return "blank"
        return "changed" if self.changed else "new"

    @property
    def waits(self) -> bool:
        return self.kind in KINDS


@dataclass(slots=True)
class QueueCriterion:
    """One criterion with the rows of it that its reader looks after."""

    definition: CriterionDefinition
    rows: list[QueueRow] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)

    def count(self, kind: str) -> int:
        return sum(row.kind == kind for row in self.rows)

    @property
    def waiting(self) -> int:
        return sum(row.waits for row in self.rows)

    @property
    def sent(self) -> int:
        """Rows that can be verified: sent, and not blank."""
        return sum(row.sent and row.kind != "blank" for row in self.rows)

    @property
    def oldest(self) -> dt.datetime | None:
        """Since when the longest one waits."""
        return min((row.sent_at for row in self.rows if row.waits), default=None)

    @property
    def urgency(self) -> tuple:
        return (
            -bool(self.waiting),
            -self.count("corrected"),
            -self.count("changed"),
            -self.waiting,
            self.definition.number,
        )


@dataclass(frozen=True, slots=True)
class Absent:
    """A commune that has not sent."""

    commune: str
    slug: str
    due_on: dt.date
    late: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """What one person, or one agency, has to verify in a quarter."""

    criteria: list[QueueCriterion]
    supported: list[CriterionDefinition]
    absent: list[Absent]

    def count(self, kind: str) -> int:
        return sum(criterion.count(kind) for criterion in self.criteria)

    @property
    def waiting(self) -> int:
        return sum(criterion.waiting for criterion in self.criteria)

    @property
    def sent(self) -> int:
        return sum(criterion.sent for criterion in self.criteria)

    @property
    def late(self) -> int:
        return sum(row.late for criterion in self.criteria for row in criterion.rows)


def first_with_work(
    periods: list[ReportingPeriod], reader: User, agency: str = ""
) -> ReportingPeriod | None:
    """The oldest open quarter with something left to verify, else the newest open one.

    An older quarter must be finished before a newer one can be closed, so its rows come first.
    At most two queries, and none as long as only one quarter is open.
    """
    opened = [period for period in periods if period.is_open]
    if len(opened) < 2:
        return next(iter(opened), None)
    rows = left_to_verify().visible_to(reader).filter(assessment__period__in=opened)
    if not reader.sees_district or agency == "mine":
        rows = rows.filter(indicator__in=indicators_to_verify(reader))
    waiting = rows.filter(assessment__state__in=HANDED_IN).exclude(assessment__state__in=DECIDED)
    left = set(waiting.order_by().values_list("assessment__period", flat=True).distinct())
    opened.sort(key=lambda period: period.data_to)
    return next((period for period in opened if period.pk in left), opened[-1])


def load_queue(
    period: ReportingPeriod,
    criteria_set: CriteriaSet,
    reader: User,
    today: dt.date,
    agency: str = "",
) -> tuple[Queue, list[tuple[str, str]]]:
    """The queue of ``reader``, and the agencies that it can be narrowed down to.

    Who verifies sees what they verify; who only reads the district sees everything. ``agency`` is
    an agency's id, or ``mine``. Two queries once the definition is known.
    """
    definition = definition_in(period, criteria_set)
    by_indicator = verifiers_of(definition)
    agencies = sorted(
        {(str(v.lead.id), v.lead.short_name) for v in by_indicator.values() if v.lead},
        key=lambda pair: pair[1],
    )
    wanted = {pk for pk, v in by_indicator.items() if _is_wanted(v, reader, agency)}
    rows = _rows(period, criteria_set, reader, today)
    queue = Queue([], [], [])
    absent: dict[str, Absent] = {}
    for criterion in definition.criteria:
        mine = QueueCriterion(criterion)
        for indicator in criterion.indicators:
            found = [QueueRow(pk, indicator, *rest) for pk, *rest in rows[indicator.id]]
            if indicator.id not in wanted:
                if found and not reader.sees_district and criterion not in queue.supported:
                    queue.supported.append(criterion)
                continue
            mine.rows += found
            lead = by_indicator[indicator.id].lead
            if lead and lead.short_name not in mine.leads:
                mine.leads.append(lead.short_name)
        if mine.rows:
            queue.criteria.append(mine)
        for row in mine.rows:
            if not row.sent:
                absent[row.slug] = Absent(row.commune, row.slug, row.due_on, row.late)
    queue.criteria.sort(key=lambda one: one.urgency)
    queue.absent.extend(sorted(absent.values(), key=lambda one: (not one.late, one.commune)))
    return queue, agencies


def _is_wanted(verifier: Verifier, reader: User, agency: str) -> bool:
    if agency and agency != "mine":
        return verifier.lead is not None and str(verifier.lead.id) == agency
    if reader.sees_district and not agency:
        return True
    return verifier.includes(reader)


def _rows(
    period: ReportingPeriod, criteria_set: CriteriaSet, reader: User, today: dt.date
) -> dict[int, list[tuple]]:
    """Indicator -> its rows in the order of communes, one query."""
    own = IndicatorResult.objects.visible_to(reader).filter(
        assessment__period=period, assessment__criteria_set=criteria_set
    )
    query = (
        _with_changes(own, period)
        .annotate(
            sent=Case(When(assessment__state__in=HANDED_IN, then=True), default=False),
            due_on=Coalesce("assessment__extended_to", Value(period.due_on)),
            was_returned=was_returned(),
        )
        .order_by("assessment__unit__sort_key", "pk")
    )
    kept = frozen_quarter(period, criteria_set.pk)
    names = {pk: unit.short_name for pk, unit in kept.units.items()} if kept else {}
    found: dict[int, list[tuple]] = defaultdict(list)
    for indicator_id, state, unit_id, *columns in query.values_list(
        "indicator_id",
        "assessment__state",
        "assessment__unit_id",
        "pk",
        "assessment__unit__short_name",
        "assessment__unit__slug",
        "review",
        "sent",
        "assessment__submitted_at",
        "due_on",
        "declared_verdict",
        "verified_verdict",
        "was_returned",
        "changed",
    ):
        columns[1] = names.get(unit_id, columns[1])
        due_on = columns[6]
        with_commune = state == "draft" or (state == "returned" and columns[3] == "returned")
        late = with_commune and today > due_on
        decided = period.is_open and state in DECIDED
        found[indicator_id].append((*columns, late, decided))
    return found


def _with_changes(rows: ResultQuerySet, period: ReportingPeriod) -> ResultQuerySet:
    """With ``changed``: a value or the verdict differs from last quarter's, as a sheet says it."""
    year, quarter = quarter_before(period)
    before = IndicatorResult.objects.filter(
        assessment__period__year=year,
        assessment__period__quarter=quarter,
        assessment__unit=OuterRef("assessment__unit"),
        indicator=OuterRef("indicator"),
    )
    rows = rows.annotate(
        before=Subquery(before.values("pk")[:1]),
        verdict_before=Subquery(before.values("counted_verdict")[:1]),
    )
    return rows.annotate(
        changed=Case(
            When(verdict_before=None, then=False),
            When(
                Q(declared_verdict=Verdict.MISSING) & _values_without_twin("pk", "before"),
                then=True,
            ),
            When(declared_verdict=Verdict.MISSING, then=False),
            When(~Q(verdict_before=F("declared_verdict")), then=True),
            When(basis=Basis.UNCHANGED, then=False),
            When(_values_without_twin("pk", "before"), then=True),
            When(_values_without_twin("before", "pk"), then=True),
            default=False,
        )
    )


def _values_without_twin(row: str, other: str) -> Exists:
    """Whether ``row`` holds a value that ``other`` does not hold alike."""
    twin = MeasureValue.objects.filter(
        Q(number=OuterRef("number"))
        | Q(answer=OuterRef("answer"))
        | Q(choice=OuterRef("choice")) & ~Q(choice=""),
        result=OuterRef(OuterRef(other)),
        measure=OuterRef("measure"),
    )
    return Exists(MeasureValue.objects.filter(~Exists(twin), result=OuterRef(row)))
