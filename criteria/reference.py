"""One criteria set, brought to what its fixture says.

What was used stays: an indicator with results is never deleted, and a level of such an indicator
is closed and replaced, never edited. What the district confirmed is never touched.
"""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction
from django.db.models import F, Q

from communes.fixtures import SOURCED, Node
from communes.provenance import Certainty
from communes.upsert import Tally, is_confirmed, put
from criteria.actions import bump_revision
from criteria.models import (
    CriteriaSet,
    Criterion,
    EvidenceDecision,
    Indicator,
    Kind,
    Measure,
    Threshold,
)
from criteria.reference_levels import load_levels

SET_TEXTS = ("code", "name", "level", "tier", "state", "decision_number")
POSITION_STEP = 1000  # more than a criterion has indicators: room to renumber without collision


@transaction.atomic
def load_set(*, fixture: Node, today: dt.date) -> Tally:
    """A set with its criteria, indicators, measures and levels.

    ``today`` is the first day of a level that replaces one in use. The set's revision rises once
    when anything in it changed.
    """
    fixture.only(
        "slug",
        *SET_TEXTS,
        *SOURCED,
        *("name_en", "decision_date", "annex", "valid_from", "valid_to", "based_on"),
        *("official_criteria", "official_indicators", "criteria"),
    )
    head, tally = Tally(), Tally()
    key = {"slug": fixture.text("slug")}
    row = CriteriaSet.objects.filter(**key).first()
    is_new = row is None
    values = _set_values(fixture)
    criteria_set = put(row, fixture, head, model=CriteriaSet, key=key, values=values)
    _load_criteria(fixture, criteria_set, used_indicators(criteria_set), today, tally)
    if not is_new and (head.writes or tally.writes):
        bump_revision(criteria_set)
    return head + tally


def _set_values(node: Node) -> dict:
    values = {name: node.text(name) for name in SET_TEXTS} | node.sourced()
    values |= {name: node.text(name, "") for name in ("name_en", "annex")}
    values |= {name: node.day(name) for name in ("decision_date", "valid_from")}
    values |= {name: node.whole(name) for name in ("official_criteria", "official_indicators")}
    values["valid_to"] = node.day("valid_to", None)
    values["based_on_id"] = None
    if "based_on" in node.data:
        base = CriteriaSet.objects.filter(slug=node.text("based_on")).first()
        if base is None:
            raise node.fail("based_on", "names no set that is loaded.")
        values["based_on_id"] = base.pk
    return values


def used_indicators(criteria_set: CriteriaSet) -> set[int]:
    """Indicators that the database protects, because rows of other apps stand on them.

    Asked through the relations themselves: this app does not know the apps that hold facts.
    """
    used: set[int] = set()
    for relation in Indicator._meta.related_objects:
        if relation.on_delete is models.PROTECT:
            rows = relation.related_model._base_manager.filter(
                **{f"{relation.field.name}__criterion__criteria_set": criteria_set}
            )
            used |= set(rows.values_list(relation.field.attname, flat=True).distinct())
    return used


def _load_criteria(
    fixture: Node, criteria_set: CriteriaSet, used: set[int], today: dt.date, tally: Tally
) -> None:
    known = {row.number: row for row in criteria_set.criteria.all()}
    indicators = _by_parent(Indicator, "criterion_id", "code", criterion__criteria_set=criteria_set)
    measures = _by_parent(
        Measure, "indicator_id", "key", indicator__criterion__criteria_set=criteria_set
    )
    numbers = set()
    for node in fixture.rows("criteria"):
        node.only("number", "name", "name_en", "group", "group_name", "indicators", *SOURCED)
        number = node.whole("number")
        numbers.add(number)
        values = {"name": node.text("name")} | node.sourced()
        values |= {name: node.text(name, "") for name in ("name_en", "group", "group_name")}
        key = {"criteria_set_id": criteria_set.pk, "number": number}
        criterion = put(known.get(number), node, tally, model=Criterion, key=key, values=values)
        existing = indicators.get(criterion.pk, {})
        _load_indicators(node, criterion, existing, measures, used, tally)
    for number in known.keys() - numbers:
        rows = indicators.get(known[number].pk, {})
        _remove(known[number], any(row.pk in used for row in rows.values()), tally)
    load_levels(fixture=fixture, criteria_set=criteria_set, used=used, today=today, tally=tally)


def _by_parent(model: type[models.Model], parent: str, key: str, **within) -> dict[int, dict]:
    found: dict[int, dict] = {}
    for row in model._default_manager.filter(**within):
        found.setdefault(getattr(row, parent), {})[getattr(row, key)] = row
    return found


def _remove(row: Criterion | Indicator | Measure, is_used: bool, tally: Tally) -> None:
    """Take away what the fixture no longer has, unless it is in use or confirmed."""
    levels = Threshold.objects.filter(_levels_within(row))
    if is_used or is_confirmed(row) or levels.filter(certainty=Certainty.CONFIRMED).exists():
        tally.kept += 1
        return
    levels.delete()  # a condition on a measure would protect it
    row.delete()
    tally.removed += 1


def _levels_within(row: Criterion | Indicator | Measure) -> Q:
    if isinstance(row, Criterion):
        return Q(measure__indicator__criterion=row)
    if isinstance(row, Indicator):
        return Q(measure__indicator=row)
    return Q(measure=row) | Q(condition_measure=row)


def _load_indicators(
    fixture: Node,
    criterion: Criterion,
    existing: dict[str, Indicator],
    measures: dict[int, dict],
    used: set[int],
    tally: Tally,
) -> None:
    nodes = {node.text("code"): node for node in fixture.rows("indicators")}
    decided = set(
        EvidenceDecision.objects.filter(indicator__criterion=criterion)
        .order_by()
        .values_list("indicator_id", flat=True)
    )
    for code in existing.keys() - nodes.keys():
        _remove(existing[code], existing[code].pk in used, tally)
    order = {code: position for position, code in enumerate(nodes, start=1)}
    if any(row.position != order.get(code) for code, row in existing.items() if code in order):
        # Two indicators that change places would meet on one position.
        criterion.indicators.update(position=F("position") + POSITION_STEP)
        for row in existing.values():
            row.position += POSITION_STEP
    for code, node in nodes.items():
        node.only(
            "code", "text", "text_en", "conditional", "requires_evidence", "measures", *SOURCED
        )
        values = {"text": node.text("text"), "text_en": node.text("text_en", "")}
        values |= {name: node.flag(name, False) for name in ("conditional", "requires_evidence")}
        values |= {"position": order[code]} | node.sourced()
        key = {"criterion_id": criterion.pk, "code": code}
        row = existing.get(code)
        if row is not None and row.pk in decided:
            del values["requires_evidence"]
        indicator = put(row, node, tally, model=Indicator, key=key, values=values)
        is_used = indicator.pk in used
        _load_measures(node, indicator, measures.get(indicator.pk, {}), is_used, tally)


def _load_measures(
    fixture: Node,
    indicator: Indicator,
    existing: dict[str, Measure],
    is_used: bool,
    tally: Tally,
) -> None:
    keys = set()
    for position, node in enumerate(fixture.rows("measures"), start=1):
        key = node.text("key")
        keys.add(key)
        values = _measure_values(node) | {"position": position}
        row = existing.get(key)
        if row is not None and is_used and row.kind != values["kind"]:
            raise node.fail(
                "kind", f"is another kind than {row.kind!r}, in which values were entered."
            )
        put(
            row,
            node,
            tally,
            model=Measure,
            key={"indicator_id": indicator.pk, "key": key},
            values=values,
        )
    for key in existing.keys() - keys:
        _remove(existing[key], is_used, tally)


def _measure_values(node: Node) -> dict:
    node.only(
        *("key", "kind", "label", "label_en", "unit", "unit_en", "direction", "decimals"),
        *("maximum", "choices", "deciding", "required", "levels"),
    )
    if node.text("kind") not in Kind.values:
        raise node.fail("kind", f"is not one of {Kind.values}.")
    texts = ("label", "label_en", "unit", "unit_en")
    deciding = node.flag("deciding", True)
    return {
        "kind": node.text("kind"),
        **{name: node.text(name, "") for name in texts},
        "direction": node.text("direction", "none"),
        "decimals": node.whole("decimals", 2),
        "maximum": node.number("maximum", None),
        "choices": node.texts("choices", []),
        "deciding": deciding,
        "required": node.flag("required", True),
    }
