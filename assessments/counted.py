"""Which assessments are counted: those of the communes that the statistics count.

A closed quarter counts the communes that it keeps; any other those of the district's programme
that exist on the last day of its data. An assessment of a commune that has left stays where it is
and stands in no number: ``counting`` and ``closing`` ask for units, lists of assessments ask here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import BooleanField, ExpressionWrapper, F, Q

from assessments.counting import counted_communes
from assessments.frozen import frozen_quarter
from assessments.models import Assessment, FrozenQuarter
from criteria.models import CriteriaSet
from periods.models import PeriodState, ReportingPeriod


def of_counted_communes() -> Q:
    """Filters assessments of quarters that are not closed; it follows the tables as they are."""
    begun = Q(unit__valid_from__isnull=True) | Q(unit__valid_from__lte=F("period__data_to"))
    lasts = Q(unit__valid_to__isnull=True) | Q(unit__valid_to__gte=F("period__data_to"))
    return begun & lasts & Q(unit__in=counted_communes().order_by().values("pk"))


def counted_in(period: ReportingPeriod, criteria_set: CriteriaSet) -> Q:
    """Filters the assessments of one quarter, open or closed; at most one query, once a process."""
    kept = frozen_quarter(period, criteria_set.pk)
    return of_counted_communes() if kept is None else Q(unit__in=list(kept.units))


def states_by_period(periods: Iterable[ReportingPeriod]) -> Mapping[int, Counter[str]]:
    """How many counted assessments of each quarter, by its id, stand in which state.

    Two queries whatever the number of quarters and communes.
    """
    closed = [one.pk for one in periods if one.state == PeriodState.CLOSED]
    kept = {
        (period_id, set_id): {unit["pk"] for unit in units}
        for period_id, set_id, units in FrozenQuarter.objects.filter(period__in=closed).values_list(
            "period_id", "criteria_set_id", "units"
        )
    }
    live = ExpressionWrapper(of_counted_communes(), output_field=BooleanField())
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for period_id, set_id, unit_id, state, is_live in (
        Assessment.objects.annotate(is_live=live)
        .order_by()
        .values_list("period_id", "criteria_set_id", "unit_id", "state", "is_live")
    ):
        units = kept.get((period_id, set_id))
        if is_live if units is None else unit_id in units:
            found[period_id][state] += 1
    return found
