"""Who leads and who supports, brought to what the fixture says.

Where the district confirmed who leads (or who supports) a criterion or an indicator, the fixture
says nothing there any more.
"""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction

from assignments.models import Duty, IndicatorAssignment
from communes.fixtures import SOURCED, Node
from communes.models import Agency
from communes.upsert import Tally, is_confirmed, put
from criteria.models import CriteriaSet, Criterion, Indicator

#: A criterion or an indicator, by the column that holds it.
type_of_target = tuple[str, int]


@transaction.atomic
def load_assignments(*, fixture: Node) -> Tally:
    """The assignments of one set."""
    tally = Tally()
    fixture.only("set", "assignments")
    criteria_set = CriteriaSet.objects.filter(slug=fixture.text("set")).first()
    if criteria_set is None:
        raise fixture.fail("set", "names no set that is loaded.")
    existing = _existing(criteria_set)
    stated = _stated(fixture, criteria_set)
    for target, duty in existing.keys() - stated.keys():
        _drop(existing[target, duty], tally)
    open_to_change = []
    for (target, duty), (node, agencies) in stated.items():
        rows = existing.get((target, duty), [])
        if any(is_confirmed(row) for row in rows):
            tally.kept += 1
            continue
        # All that go leave before any come: an agency may have changed from one duty to the other.
        _drop([row for row in rows if row.agency_id not in agencies], tally)
        open_to_change.append((rows, node, target, duty, agencies))
    for change in open_to_change:
        _bring(*change, tally)
    return tally


def _existing(criteria_set: CriteriaSet) -> dict:
    found = defaultdict(list)
    rows = IndicatorAssignment.objects.all()
    for column, within in (
        ("criterion_id", {"criterion__criteria_set": criteria_set}),
        ("indicator_id", {"indicator__criterion__criteria_set": criteria_set}),
    ):
        for row in rows.filter(**within):
            found[(column, getattr(row, column)), row.duty].append(row)
    return dict(found)


def _stated(fixture: Node, criteria_set: CriteriaSet) -> dict:
    """The agencies that the fixture names, by target and duty."""
    agencies = dict(Agency.objects.values_list("slug", "pk"))
    criteria = dict(Criterion.objects.filter(criteria_set=criteria_set).values_list("number", "pk"))
    indicators = dict(
        Indicator.objects.filter(criterion__criteria_set=criteria_set).values_list("code", "pk")
    )
    stated: dict = {}
    for node in fixture.rows("assignments"):
        node.only("criterion", "indicator", "lead", "support", *SOURCED)
        target = _target(node, criteria, indicators)
        lead, support = node.text("lead"), node.texts("support", [])
        for slug in (lead, *support):
            if slug not in agencies:
                name = "lead" if slug == lead else "support"
                raise node.fail(name, f"names no agency that is loaded: {slug}.")
        if (target, Duty.LEAD) in stated or lead in support or len({*support}) < len(support):
            raise node.fail("", "gives a duty a second time.")
        stated[target, Duty.LEAD] = node, [agencies[lead]]
        if support:
            stated[target, Duty.SUPPORT] = node, [agencies[slug] for slug in support]
    return stated


def _target(node: Node, criteria: dict[int, int], indicators: dict[str, int]) -> type_of_target:
    if ("criterion" in node.data) == ("indicator" in node.data):
        raise node.fail("", "names neither or both of a criterion and an indicator.")
    if "criterion" in node.data:
        found, name, column = criteria.get(node.whole("criterion")), "criterion", "criterion_id"
    else:
        found, name, column = indicators.get(node.text("indicator")), "indicator", "indicator_id"
    if found is None:
        raise node.fail(name, "is not in the set.")
    return column, found


def _drop(rows: list[IndicatorAssignment], tally: Tally) -> None:
    for row in rows:
        if is_confirmed(row):
            tally.kept += 1
        else:
            row.delete()
            tally.removed += 1


def _bring(
    rows: list[IndicatorAssignment],
    node: Node,
    target: type_of_target,
    duty: str,
    agencies: list[int],
    tally: Tally,
) -> None:
    known = {row.agency_id: row for row in rows}
    column, pk = target
    for agency in agencies:
        put(
            known.get(agency),
            node,
            tally,
            model=IndicatorAssignment,
            key={"agency_id": agency, "duty": duty, column: pk},
            values=node.sourced(),
        )
