"""The levels that nobody has confirmed yet, as the standing office works through them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from assessments.rejudging import standing_on
from communes.models import CommuneGroup, Region
from criteria.definitions import level_of, load_definition
from criteria.models import CriteriaSet, Threshold
from criteria.wording import level_text
from dashboard.criteria_pages import home_unit, sources_of
from periods.clock import today
from periods.models import ReportingPeriod


@dataclass(frozen=True, slots=True)
class LevelLine:
    threshold: Threshold
    words: str
    where: str
    rows: int
    sources: tuple

    @property
    def label(self) -> str:
        return self.threshold.measure.title


@dataclass(frozen=True, slots=True)
class LevelPage:
    """Those that hold here first; other regions' are only kept, nothing here stands on them."""

    here: tuple[LevelLine, ...]
    elsewhere: tuple[LevelLine, ...]


def unconfirmed_levels(criteria_set: CriteriaSet) -> QuerySet[Threshold]:
    return (
        Threshold.objects.filter(
            measure__indicator__criterion__criteria_set=criteria_set, valid_to__isnull=True
        )
        .unconfirmed()
        .select_related("measure__indicator__criterion", "province", "condition_measure")
        .order_by(
            "measure__indicator__criterion__number",
            "measure__indicator__position",
            "measure__position",
            "region",
            "group",
            "year",
            "pk",
        )
    )


def level_page(criteria_set: CriteriaSet) -> LevelPage:
    """A fixed number of queries, whatever the number of levels and rows."""
    levels = list(unconfirmed_levels(criteria_set))
    counts = standing_on(levels)
    lines = [level_line(criteria_set, level, counts[level.pk]) for level in levels]
    home = home_unit()
    region = home.region if home else ""
    province = home.parent.code if home and home.parent else ""
    here = [one for one in lines if _holds(one.threshold, region, province)]
    elsewhere = [one for one in lines if one not in here]
    return LevelPage(tuple(here), tuple(elsewhere))


def _holds(level: Threshold, region: str, province: str) -> bool:
    in_region = not level.region or not region or level.region == region
    return in_region and (level.province is None or level.province.code == province)


def level_line(criteria_set: CriteriaSet, level: Threshold, rows: int) -> LevelLine:
    definition = load_definition(criteria_set.pk, criteria_set.revision, today())
    indicator = definition.indicator(level.measure.indicator_id)
    words = level_text(
        level_of(level),
        level.measure.unit_title,
        level.measure.kind,
        level.measure.choices,
        indicator.measures,
    )
    return LevelLine(level, words, _where(level), rows, tuple(sources_of([level.source])))


def _where(level: Threshold) -> str:
    parts = []
    if level.province:
        parts.append(level.province.name)
    if level.region:
        parts.append(str(Region(level.region).label))
    if level.group:
        parts.append(str(CommuneGroup(level.group).label))
    if level.year:
        parts.append(str(level.year))
    return " · ".join(parts)


def usual_beginning() -> dt.date:
    """The first day of the data of the oldest open quarter, so that its rows are judged by it."""
    oldest = ReportingPeriod.objects.open().order_by("data_from").first()
    return oldest.data_from if oldest else today()
