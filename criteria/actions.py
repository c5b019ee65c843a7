"""What is done to definitions. Who may do it is asked by the callers: people stand below this app."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communes.provenance import Certainty
from criteria.models import CriteriaSet, Threshold


def bump_revision(criteria_set: CriteriaSet) -> int:
    """Raise the set's revision, in the transaction that changes one of its definitions.

    Every process keeps definitions by revision (``criteria.definitions``): after the change is
    committed all of them read anew. Returns the new revision.
    """
    CriteriaSet.objects.filter(pk=criteria_set.pk).update(revision=F("revision") + 1)
    criteria_set.refresh_from_db(fields=["revision"])
    return criteria_set.revision


@dataclass(frozen=True, slots=True)
class ConfirmedLevel:
    """A level as its paper gives it, and from which day it holds."""

    value: Decimal | None
    options: Sequence[str]
    source: str
    set_by: str
    begins: dt.date


class LevelReplaced(Exception):
    """The level was confirmed or closed meanwhile."""


@transaction.atomic
def replace_level(*, by: Any, threshold_id: int, level: ConfirmedLevel) -> Threshold:
    """Close an unconfirmed level and let the confirmed one hold from ``level.begins``.

    The old row keeps what it said, with its last day; the set's revision rises. Raises
    ``LevelReplaced``, and ``ValidationError`` where the new one cannot follow the old one.
    """
    old = Threshold.objects.select_for_update().get(pk=threshold_id)
    if old.valid_to is not None or old.is_confirmed:
        raise LevelReplaced
    if old.valid_from is not None and level.begins <= old.valid_from:
        raise ValidationError({"begins": began_on(old)})
    old.valid_to = level.begins - dt.timedelta(days=1)
    old._history_user = by
    old.save(update_fields=["valid_to"])
    new = Threshold(
        **{name: getattr(old, name) for name in Threshold.WHERE},
        operator=old.operator,
        condition_measure_id=old.condition_measure_id,
        condition_value=old.condition_value,
        value=level.value,
        options=list(level.options),
        source=level.source,
        set_by=level.set_by,
        certainty=Certainty.CONFIRMED,
        valid_from=level.begins,
    )
    new.full_clean()
    new._history_user = by
    new.save()
    bump_revision(old.measure.indicator.criterion.criteria_set)
    return new


def began_on(old: Threshold) -> str:
    return _("The present level began on %(date)s; the new one must begin later.") % {
        "date": date_format(old.valid_from, "d/m/Y")
    }
