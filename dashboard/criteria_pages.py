"""What the pages of the criteria sets show: the law as it is loaded, and who answers for it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from assignments.queries import AgencyLabel, leads_by_indicator, supports_by_indicator
from communes.models import AdministrativeUnit
from communes.provenance import CERTAIN
from criteria.definitions import (
    CriterionDefinition,
    IndicatorDefinition,
    MeasureDefinition,
    load_definition,
    place_of,
)
from criteria.evaluation import Kind, Place, possible_levels
from criteria.models import CriteriaSet, Criterion, Indicator, SetState, Threshold
from criteria.wording import goal_text, goals_text


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text or a level was seen; ``url`` is empty for a paper that is only named."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One value to type in, with the level it must reach; ``goal`` is empty where it has none."""

    label: str
    unit: str
    goal: str


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    code: str
    title: str
    goal: str
    measures: tuple[MeasureLine, ...]
    conditional: bool
    requires_evidence: bool
    lead: AgencyLabel | None
    supports: tuple[AgencyLabel, ...]
    wording_confirmed: bool
    level_known: bool
    level_confirmed: bool
    set_by: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def is_proposed(self) -> bool:
        """Whether who leads or supports it is only proposed, wholly or in part."""
        return any(one.proposed for one in (self.lead, *self.supports) if one)

    @property
    def is_doubtful(self) -> bool:
        """Whether a level is applied here that nobody has confirmed."""
        return self.level_known and not self.level_confirmed


@dataclass(frozen=True, slots=True)
class CriterionBlock:
    number: int
    title: str
    group: str
    rows: tuple[IndicatorRow, ...]
    #: Short name of each agency that leads here, and whether that is only proposed.
    leads: tuple[tuple[str, bool], ...]

    @property
    def unconfirmed(self) -> int:
        return sum(row.is_doubtful for row in self.rows)


@dataclass(frozen=True, slots=True)
class SetPage:
    """A set with its levels at one place in one year. Figures count indicators."""

    blocks: tuple[CriterionBlock, ...]
    region: str
    year: int

    @property
    def rows(self) -> list[IndicatorRow]:
        return [row for block in self.blocks for row in block.rows]

    @property
    def has_proposals(self) -> bool:
        return any(row.is_proposed for row in self.rows)

    @property
    def indicators(self) -> int:
        return len(self.rows)

    @property
    def without_level(self) -> int:
        return sum(not row.level_known for row in self.rows)

    @property
    def with_unconfirmed_level(self) -> int:
        return sum(row.is_doubtful for row in self.rows)


def sets_with_counts() -> QuerySet[CriteriaSet]:
    """Every set, those in force first, with ``loaded_criteria`` and ``loaded_indicators``."""
    indicators = (
        Indicator.objects.filter(criterion__criteria_set=OuterRef("pk"))
        .order_by()
        .values("criterion__criteria_set")
        .annotate(n=Count("pk"))
        .values("n")
    )
    criteria = (
        Criterion.objects.filter(criteria_set=OuterRef("pk"))
        .order_by()
        .values("criteria_set")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return CriteriaSet.objects.annotate(
        loaded_criteria=Coalesce(Subquery(criteria), 0),
        loaded_indicators=Coalesce(Subquery(indicators), 0),
    ).order_by(Case(When(state=SetState.IN_FORCE, then=0), default=1), "state", "slug")


def set_page(criteria_set: CriteriaSet, day: dt.date) -> SetPage:
    """At most 11 queries, whatever the number of indicators."""
    definition = load_definition(criteria_set.pk, criteria_set.revision, day)
    home = home_unit()
    place = place_of(home, day.year) if home else Place(year=day.year)
    leads = leads_by_indicator(criteria_set.pk)
    supports = supports_by_indicator(criteria_set.pk)
    papers = _papers(criteria_set.pk, place.region, day)
    blocks = []
    for criterion in definition.criteria:
        rows = tuple(
            _row(one, place, leads.get(one.id), supports.get(one.id, []), papers[one.id])
            for one in criterion.indicators
        )
        blocks.append(_block(criterion, rows))
    region = home.get_region_display() if home and home.region else ""
    return SetPage(blocks=tuple(blocks), region=region, year=day.year)


def home_unit() -> AdministrativeUnit | None:
    """The unit whose portal this is; the last of that address, should it have ended."""
    return (
        AdministrativeUnit.objects.filter(slug=settings.PORTAL_DISTRICT)
        .select_related("parent__parent")
        .order_by(F("valid_from").desc(nulls_last=True))
        .first()
    )


def _papers(criteria_set_id: int, region: str, day: dt.date) -> dict[int, list[Threshold]]:
    """The levels that hold in a region, by indicator: for their sources and notes."""
    found = defaultdict(list)
    levels = Threshold.objects.filter(
        measure__indicator__criterion__criteria_set=criteria_set_id, region__in=["", region]
    ).valid_on(day)
    for level in levels.select_related("measure").order_by("pk"):
        found[level.measure.indicator_id].append(level)
    return found


def _block(criterion: CriterionDefinition, rows: tuple[IndicatorRow, ...]) -> CriterionBlock:
    names: dict[str, bool] = {}
    for lead in (row.lead for row in rows if row.lead):
        names[lead.short_name] = names.get(lead.short_name, False) or lead.proposed
    return CriterionBlock(
        number=criterion.number,
        title=criterion.title,
        group=criterion.group_title,
        rows=rows,
        leads=tuple(names.items()),
    )


def _row(
    indicator: IndicatorDefinition,
    place: Place,
    lead: AgencyLabel | None,
    supports: list[AgencyLabel],
    papers: list[Threshold],
) -> IndicatorRow:
    here = {
        measure.key: possible_levels(measure.levels, place, {})
        for measure in indicator.measures
        if measure.deciding
    }
    yes_or_no = {m.key for m in indicator.measures if m.kind is Kind.BOOLEAN}
    sources = [indicator.source, *(level.source for level in papers)]
    notes = [indicator.source_note, *(level.source_note for level in papers)]
    return IndicatorRow(
        code=indicator.code,
        title=indicator.title,
        goal=goals_text(indicator.measures, place, {}),
        measures=tuple(_line(m, indicator, place) for m in _listed(indicator)),
        conditional=indicator.conditional,
        requires_evidence=indicator.requires_evidence,
        lead=lead,
        supports=tuple(supports),
        wording_confirmed=indicator.certainty in CERTAIN,
        level_known=all(levels or key in yes_or_no for key, levels in here.items()),
        level_confirmed=all(level.confirmed for levels in here.values() for level in levels),
        set_by=tuple(dict.fromkeys(level.set_by for level in papers if level.set_by)),
        notes=tuple(dict.fromkeys(note for note in notes if note)),
        sources=tuple(sources_of(sources)),
    )


def _listed(indicator: IndicatorDefinition) -> tuple[MeasureDefinition, ...]:
    """A lone value needs no list: its level stands beside the text already."""
    return indicator.measures if len(indicator.measures) > 1 else ()


def _line(measure: MeasureDefinition, indicator: IndicatorDefinition, place: Place) -> MeasureLine:
    goal = goal_text(measure, place, {}, indicator.measures) if measure.deciding else ""
    return MeasureLine(label=measure.title, unit=measure.unit_title, goal=goal)


def sources_of(texts: list[str]) -> list[Source]:
    """Each paper once. A fixture joins several with a semicolon."""
    parts = (part.strip() for text in texts for part in text.split(";"))
    return [_source(part) for part in dict.fromkeys(parts) if part]


def _source(text: str) -> Source:
    address, _space, rest = text.partition(" ")
    if not address.startswith(("http://", "https://")):
        return Source(text=text)
    host = address.split("/")[2]
    return Source(text=f"{host} {rest}".strip(), url=address)
