"""The levels of a set, brought to what its fixture says.

A fixture writes levels in blocks: ``values`` by region (``national`` for all), ``years`` of such
values, ``options`` that are accepted, or nothing where "Đạt" is asked (``yes``); ``when`` names the condition. A threshold that the
sources do not give stands in no block and has no row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from communes.fixtures import SOURCED, Node
from communes.models import AdministrativeUnit, Level
from communes.upsert import Tally, is_confirmed, put, put_new
from criteria.models import CriteriaSet, Kind, Measure, Operator, Threshold

#: Where and when a level holds: what tells the levels of one measure apart.
KEY = Threshold.WHERE
NATIONAL = "national"


def load_levels(
    *, fixture: Node, criteria_set: CriteriaSet, used: set[int], today: dt.date, tally: Tally
) -> None:
    """``used`` are the indicators with results: their levels are closed and replaced."""
    within = {"indicator__criterion__criteria_set": criteria_set}
    measures = {
        (m.indicator.code, m.key): m
        for m in Measure.objects.filter(**within).select_related("indicator")
    }
    provinces = {
        unit.slug: unit.pk for unit in AdministrativeUnit.objects.filter(level=Level.PROVINCE)
    }
    rows = Threshold.objects.filter(**{f"measure__{name}": value for name, value in within.items()})
    open_rows = {_key(row): row for row in rows if row.valid_to is None}
    closed = [row for row in rows if row.valid_to is not None]
    in_use = {m.pk for m in measures.values() if m.indicator_id in used}
    stated, new = set(), []
    for node, key, values in _levels(fixture, measures, provinces):
        where = tuple(key[name] for name in KEY)
        if where in stated:
            raise node.fail("", "states a level for the same place, group and year twice.")
        stated.add(where)
        row = open_rows.get(where)
        if row is None and any(_key(old) == where and _agrees(old, values) for old in closed):
            tally.kept += 1  # the district closed this very level: it is not brought back
        elif row is None:
            begins = _begins(where, closed, today if key["measure_id"] in in_use else None)
            new.append((node, Threshold(**key, **begins, **values)))
        elif key["measure_id"] not in in_use:
            put(row, node, tally, model=Threshold, key=key, values=values)
        else:
            _replace(row, node, key, values, today, tally)
    if new:
        put_new(new, tally)
    for where in open_rows.keys() - stated:
        _withdraw(open_rows[where], open_rows[where].measure_id in in_use, today, tally)


def _begins(where: tuple, closed: list[Threshold], day: dt.date | None) -> dict[str, dt.date]:
    """The new level's first day: ``day``, but never one on which a closed one still holds."""
    ends = [row.valid_to for row in closed if _key(row) == where]
    after = max(ends) + dt.timedelta(days=1) if ends else None
    first = max(filter(None, (day, after)), default=None)
    return {"valid_from": first} if first else {}


def _key(row: Threshold) -> tuple:
    return tuple(getattr(row, name) for name in KEY)


def _agrees(row: Threshold, values: dict) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())


def _replace(
    row: Threshold, node: Node, key: dict, values: dict, today: dt.date, tally: Tally
) -> None:
    if _agrees(row, values):
        tally.same += 1
    elif is_confirmed(row):
        tally.kept += 1
    else:
        next_day = _close(row, today)
        put(None, node, tally, model=Threshold, key={**key, "valid_from": next_day}, values=values)


def _close(row: Threshold, today: dt.date) -> dt.date:
    """End a level yesterday, or on its own first day; the day after is its successor's first."""
    yesterday = today - dt.timedelta(days=1)
    row.valid_to = max(yesterday, row.valid_from) if row.valid_from else yesterday
    row.save()
    return row.valid_to + dt.timedelta(days=1)


def _withdraw(row: Threshold, is_used: bool, today: dt.date, tally: Tally) -> None:
    if is_confirmed(row):
        tally.kept += 1
        return
    if is_used:
        _close(row, today)
    else:
        row.delete()
    tally.removed += 1


def _levels(
    fixture: Node, measures: dict[tuple[str, str], Measure], provinces: dict[str, int]
) -> Iterator[tuple[Node, dict, dict]]:
    """Every level of the fixture as its block, its key and its values."""
    for criterion in fixture.rows("criteria"):
        for indicator in criterion.rows("indicators"):
            for measure in indicator.rows("measures"):
                for node in measure.rows("levels", []):
                    code = indicator.text("code")
                    row = measures[code, measure.text("key")]
                    yield from _block(node, row, code, measures, provinces)


def _block(
    node: Node,
    measure: Measure,
    code: str,
    measures: dict[tuple[str, str], Measure],
    provinces: dict[str, int],
) -> Iterator[tuple[Node, dict, dict]]:
    node.only(
        *("operator", "values", "years", "options", "when", "region", "province", "group"),
        *("set_by", *SOURCED),
    )
    if (node.text("operator") == Operator.IS_MET) != (measure.kind == Kind.BOOLEAN):
        raise node.fail("operator", "is “yes” for a yes/no measure, and for no other.")
    condition = _condition(node, code, measures)
    key = {
        "measure_id": measure.pk,
        "province_id": _province(node, provinces),
        "region": node.text("region", ""),
        "group": node.text("group", ""),
        "year": None,
        "condition_operator": condition.pop("condition_operator"),
    }
    shared = {
        "operator": node.text("operator"),
        "value": None,
        "options": node.texts("options", []),
        "set_by": node.text("set_by", ""),
        **condition,
        **node.sourced(),
    }
    for option in shared["options"]:
        if option not in measure.choices:
            raise node.fail("options", f"holds {option!r}, which is not one of {measure.choices}.")
    if shared["options"] or shared["operator"] == Operator.IS_MET:
        yield node, key, shared
    if "values" in node.data:
        yield from _by_region(node.child("values"), key, shared)
    if "years" in node.data:
        years = node.child("years")
        for year in years.data:
            if not year.isdecimal():
                raise years.fail(year, "does not stand under a year.")
            yield from _by_region(years.child(year), {**key, "year": int(year)}, shared)


def _by_region(node: Node, key: dict, shared: dict) -> Iterator[tuple[Node, dict, dict]]:
    for region in node.data:
        place = key["region"] if region == NATIONAL else region
        yield node, {**key, "region": place}, {**shared, "value": node.number(region)}


def _province(node: Node, provinces: dict[str, int]) -> int | None:
    if "province" not in node.data:
        return None
    if node.text("province") not in provinces:
        raise node.fail("province", "names no province that is loaded.")
    return provinces[node.text("province")]


def _condition(node: Node, code: str, measures: dict[tuple[str, str], Measure]) -> dict:
    if "when" not in node.data:
        return {"condition_measure_id": None, "condition_operator": "", "condition_value": None}
    when = node.child("when").only("measure", "operator", "value")
    measure = measures.get((code, when.text("measure")))
    if measure is None:
        raise when.fail("measure", f"names no measure of indicator {code}.")
    return {
        "condition_measure_id": measure.pk,
        "condition_operator": when.text("operator"),
        "condition_value": when.number("value"),
    }
