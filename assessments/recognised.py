"""Which communes of the district are recognised on a day, by which decision; and the targets.

Part of what ``statistics`` answers: papers list what the headline counts. One query each.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Q, QuerySet

from communes.models import Recognition, Target


def recognitions_on(day: dt.date) -> QuerySet[Recognition]:
    """Of the district's communes, in force on the day, all tiers."""
    return (
        Recognition.objects.in_force_on(day)
        .filter(unit__parent__slug=settings.PORTAL_DISTRICT, unit__in_programme=True)
        .select_related("unit")
        .order_by("tier", "unit__sort_key")
    )


def targets_from(year: int) -> QuerySet[Target]:
    """Of the district's communes and of the district itself, that are still to be reached."""
    district = settings.PORTAL_DISTRICT
    return (
        Target.objects.filter(Q(unit__parent__slug=district) | Q(unit__slug=district))
        .filter(year__gte=year)
        .select_related("unit")
        .order_by("year", "tier", "unit__sort_key")
    )
