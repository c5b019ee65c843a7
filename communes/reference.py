"""Units, agencies, recognitions and targets, brought to what the fixtures say.

Only what a fixture states is written: a group, a decision number or a date that it leaves open
stays as the district has it. Rows that the fixtures do not name are left alone.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from communes.fixtures import SOURCED, Node
from communes.models import AdministrativeUnit, Agency, Recognition, Target, UnitSuccession
from communes.upsert import Tally, put

UNIT_TEXTS = ("code", "name", "short_name", "level", "kind", "region", "group")
UNIT_WHOLES = ("tile_row", "tile_column", "population_2009")
UNIT_NAMES = (
    "slug",
    "parent",
    "in_programme",
    "valid_from",
    "valid_to",
    "area_ha_2009",
    *UNIT_TEXTS,
    *UNIT_WHOLES,
    *SOURCED,
)


@transaction.atomic
def load_units(*, fixture: Node) -> Tally:
    """Units and their successions. A unit is known by its address and its first day."""
    tally = Tally()
    fixture.only("units", "successions")
    known = {(unit.slug, unit.valid_from): unit for unit in AdministrativeUnit.objects.all()}
    loaded: list[AdministrativeUnit] = []
    for node in fixture.rows("units"):
        node.only(*UNIT_NAMES)
        key = {"slug": node.text("slug"), "valid_from": node.day("valid_from", None)}
        row = known.get((key["slug"], key["valid_from"]))
        values = _unit_values(node, loaded)
        loaded.append(put(row, node, tally, model=AdministrativeUnit, key=key, values=values))
    _load_successions(fixture.child("successions"), loaded, tally)
    return tally


def _unit_values(node: Node, loaded: list[AdministrativeUnit]) -> dict:
    values = {name: node.text(name) for name in UNIT_TEXTS if name in node.data}
    values |= {name: node.whole(name) for name in UNIT_WHOLES if name in node.data}
    if "area_ha_2009" in node.data:
        values["area_ha_2009"] = node.number("area_ha_2009")
    if "valid_to" in node.data:
        values["valid_to"] = node.day("valid_to")
    if "parent" in node.data:
        values["parent_id"] = _one_of(loaded, node, "parent").pk
    return values | {"in_programme": node.flag("in_programme", False)} | node.sourced()


def _one_of(units: list[AdministrativeUnit], node: Node, name: str) -> AdministrativeUnit:
    found = [unit for unit in units if unit.slug == node.text(name)]
    if len(found) != 1:
        raise node.fail(name, f"names {len(found)} units here; one is needed.")
    return found[0]


def _load_successions(fixture: Node, loaded: list[AdministrativeUnit], tally: Tally) -> None:
    fixture.only("on", "pairs", *SOURCED)
    on = fixture.day("on")
    before = [unit for unit in loaded if unit.valid_to and unit.valid_to < on]
    after = [unit for unit in loaded if unit.valid_from and unit.valid_from >= on]
    known = {(s.predecessor_id, s.successor_id): s for s in UnitSuccession.objects.all()}
    for node in fixture.rows("pairs"):
        node.only("predecessor", "successor")
        old, new = _one_of(before, node, "predecessor"), _one_of(after, node, "successor")
        put(
            known.get((old.pk, new.pk)),
            node,
            tally,
            model=UnitSuccession,
            key={"predecessor_id": old.pk, "successor_id": new.pk},
            values={"on": on, **fixture.sourced()},
        )


def _units_on(day: dt.date) -> list[AdministrativeUnit]:
    return list(AdministrativeUnit.objects.valid_on(day))


@transaction.atomic
def load_agencies(*, fixture: Node) -> Tally:
    tally = Tally()
    fixture.only("units_on", "unit", "agencies")
    unit = _one_of(_units_on(fixture.day("units_on")), fixture, "unit")
    known = {agency.slug: agency for agency in Agency.objects.all()}
    for node in fixture.rows("agencies"):
        node.only("slug", "name", "short_name", "kind", "is_standing_office", *SOURCED)
        values = {name: node.text(name) for name in ("name", "short_name", "kind")}
        values |= {
            "unit_id": unit.pk,
            "is_standing_office": node.flag("is_standing_office", False),
            **node.sourced(),
        }
        key = {"slug": node.text("slug")}
        put(known.get(key["slug"]), node, tally, model=Agency, key=key, values=values)
    return tally


@transaction.atomic
def load_recognitions(*, fixture: Node) -> Tally:
    """Recognitions that the sources give. One that the district withdrew is not brought back."""
    tally = Tally()
    fixture.only("units_on", "recognitions")
    units = _units_on(fixture.day("units_on"))
    # Those in force come last, so that they are the ones compared where there are several.
    rows = sorted(Recognition.objects.all(), key=lambda row: row.withdrawn_on is None)
    known = {(row.unit_id, row.tier): row for row in rows}
    for node in fixture.rows("recognitions"):
        node.only("unit", "tier", "decision_number", "decided_on", *SOURCED)
        key = {"unit_id": _one_of(units, node, "unit").pk, "tier": node.text("tier")}
        values = node.sourced()
        if "decision_number" in node.data:
            values["decision_number"] = node.text("decision_number")
        if "decided_on" in node.data:
            values["decided_on"] = node.day("decided_on")
        row = known.get((key["unit_id"], key["tier"]))
        if row is not None and row.withdrawn_on:
            tally.kept += 1
            continue
        put(row, node, tally, model=Recognition, key=key, values=values)
    return tally


@transaction.atomic
def load_targets(*, fixture: Node) -> Tally:
    tally = Tally()
    fixture.only("units_on", "targets")
    units = _units_on(fixture.day("units_on"))
    known = {(row.unit_id, row.tier, row.year): row for row in Target.objects.all()}
    for node in fixture.rows("targets"):
        node.only("unit", "tier", "year", *SOURCED)
        unit, tier, year = _one_of(units, node, "unit"), node.text("tier"), node.whole("year")
        put(
            known.get((unit.pk, tier, year)),
            node,
            tally,
            model=Target,
            key={"unit_id": unit.pk, "tier": tier, "year": year},
            values=node.sourced(),
        )
    return tally
