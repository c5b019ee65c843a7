"""Writing the demonstration, whole or not at all; a second run leaves everything as it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from accounts.models import User
from assessments.demonstration.asking import add_asked
from assessments.demonstration.decisions import add_decisions
from assessments.demonstration.errors import NotPossible
from assessments.demonstration.files import add_evidence, adding
from assessments.demonstration.notices import add_notices
from assessments.demonstration.people import People, add_accounts, people_of, usernames
from assessments.demonstration.reviews import Leads, review
from assessments.demonstration.sheets import FilledSheet, Filler, values_of
from assessments.demonstration.story import QuarterStory, Script, moment, read_script
from assessments.demonstration.talk import add_comments
from assessments.demonstration.trail import Trail
from assessments.models import Assessment, Event, Evidence, IndicatorResult, MeasureValue
from assignments.queries import leads_by_indicator
from communes.models import AdministrativeUnit, Agency
from criteria.models import CriteriaSet
from periods.models import ReportingPeriod

SET = "ntm"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a run added; all zero when everything was there."""

    accounts: int = 0
    assessments: int = 0
    rows: int = 0
    events: int = 0
    files: int = 0


@transaction.atomic
def load_demonstration(*, folder: Path) -> Loaded:
    """Accounts and figures from ``folder``; raises NotPossible and FixtureError.

    Figures are only written where none of their quarters exists yet, so what was entered since
    the first run is kept.
    """
    if not settings.DEMO:
        raise NotPossible(
            "These figures are invented, so they are loaded only in demonstration mode: set "
            "PORTAL_DEMO=true, and never do so on an installation with real figures."
        )
    script = read_script(folder)
    criteria_set, units = _reference(script)
    agencies = list(Agency.objects.all())
    if _has_figures(script):
        _refuse_real_figures(units)
        accounts = add_accounts(units, agencies)
        add_decisions(script, people_of(units, agencies).coordinator)
        add_notices()
        return Loaded(accounts=accounts)
    accounts = add_accounts(units, agencies)
    people = people_of(units, agencies)
    sheets = _sheets(script, Filler(script, criteria_set, people), units)
    leads = Leads(leads_by_indicator(criteria_set.pk), {a.pk: a.slug for a in agencies})
    for sheet in sheets:
        review(sheet, leads, people)
    files = _store(sheets, folder)
    events = _append(sheets, people, files)
    add_comments(folder, sheets, agencies, people)
    add_decisions(script, people.coordinator)
    add_asked(folder, criteria_set, people.coordinator)
    add_notices()
    rows = sum(len(sheet.rows) for sheet in sheets)
    return Loaded(accounts, len(sheets), rows, len(events), len(files))


def _has_figures(script: Script) -> bool:
    slugs = [story.slug for story in script.quarters]
    return ReportingPeriod.objects.filter(slug__in=slugs).exists()


def _refuse_real_figures(units: list[AdministrativeUnit]) -> None:
    """Accounts with a public password must not come into a database that is not ours."""
    if not User.objects.filter(username__in=usernames(units)).exists():
        raise NotPossible(
            "This database has quarters that are not the demonstration's. Load the demonstration "
            "into an empty one."
        )


def _sheets(script: Script, filler: Filler, units: list[AdministrativeUnit]) -> list[FilledSheet]:
    sheets = []
    for story in script.quarters:
        period = _period(story)
        if story in script.begun:
            sheets += filler.fill(story, period, units)
    return sheets


def _reference(script: Script) -> tuple[CriteriaSet, list[AdministrativeUnit]]:
    """The set and the communes, in the script's order."""
    first = ReportingPeriod.plan(script.begun[0].year, script.begun[0].quarter)
    units = {
        unit.slug: unit
        for unit in AdministrativeUnit.objects.in_programme()
        .valid_on(first.data_to)
        .select_related("parent__parent")
    }
    criteria_set = CriteriaSet.objects.filter(slug=SET).first()
    missing = [slug for slug in script.communes if slug not in units]
    if criteria_set is None or missing:
        raise NotPossible(
            "The communes and the set of criteria are not there yet. Run "
            "`manage.py load_reference` first, then `manage.py load_demo` again."
        )
    return criteria_set, [units[slug] for slug in script.communes]


def _period(story: QuarterStory) -> ReportingPeriod:
    period = ReportingPeriod.plan(story.year, story.quarter)
    period.state = story.state
    if "opened" in story.data:
        period.opened_at = moment(story.data["opened"])
    if "closed" in story.data:
        period.closed_at = moment(story.data["closed"])
    period.save()
    return period


def _store(sheets: list[FilledSheet], folder: Path) -> list[Evidence]:
    """In a few large inserts; their order is that of the relations."""
    Assessment.objects.bulk_create([sheet.assessment for sheet in sheets], BATCH)
    for sheet in sheets:
        for row in sheet.rows:
            row.result.assessment = sheet.assessment
    IndicatorResult.objects.bulk_create([r.result for s in sheets for r in s.rows], BATCH)
    MeasureValue.objects.bulk_create(values_of(sheets), BATCH)
    return add_evidence(folder, sheets)


def _append(sheets: list[FilledSheet], people: People, files: list[Evidence]) -> list[Event]:
    """What happened, in the order in which it happened."""
    events = [event for sheet in sheets for event in Trail(sheet, people).events()]
    events += [adding(evidence) for evidence in files]
    events.sort(key=lambda event: event.at)
    return Event.objects.bulk_create(events, BATCH)
