"""One order in which rows are held: quarter, then assessments by their id, then results.

A decision about a quarter holds the quarters and, where it closes one, every assessment of it;
whoever changes a row or an assessment holds that assessment (and then the row). So a close waits for writers that are
under way, and whoever waited for the close reads the quarter's state *after* its lock and is
refused. Two writers of different communes never wait for each other.

The quarter is held with ``no_key``: a plain ``FOR UPDATE`` would also stop the check of the
foreign key ``entered_in`` of a writer that the close itself waits for, and both would wait for
ever. On SQLite every write transaction is alone from its beginning (``IMMEDIATE``).
"""

from __future__ import annotations

from collections.abc import Iterable

from assessments.models import Assessment
from periods.models import ReportingPeriod


def hold_quarter(period: ReportingPeriod) -> ReportingPeriod:
    """The quarter as it is now, held until the transaction ends, and with it all quarters:
    whether one may close or reopen depends on its neighbours."""
    return next(one for one in hold_quarters() if one.pk == period.pk)


def hold_quarters() -> list[ReportingPeriod]:
    """Every quarter, held: none opens or closes until the transaction ends."""
    return list(ReportingPeriod.objects.select_for_update(no_key=True).order_by("data_to"))


def hold_assessments(period: ReportingPeriod) -> list[int]:
    """Every assessment of the quarter, held: nothing in it can change until the end."""
    held = Assessment.objects.select_for_update().filter(period=period).order_by("pk")
    return list(held.values_list("pk", flat=True))


def hold_each(ids: Iterable[int]) -> None:
    """These assessments, whatever their quarters, in the one order."""
    held = Assessment.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk")
    list(held.values_list("pk"))


def hold(assessment: Assessment) -> Assessment:
    """Held until the transaction ends. Read only after the lock, so that nothing joined is stale."""
    Assessment.objects.select_for_update().values("pk").get(pk=assessment.pk)
    return read(assessment.pk)


def read(assessment_id: int) -> Assessment:
    """With all that a refusal needs to say why."""
    return Assessment.objects.select_related(
        "unit__parent__parent", "period", "criteria_set", "submitted_by", "accepted_by"
    ).get(pk=assessment_id)
