"""Asking for evidence: from now on an indicator is declared met only with a file behind it.

Only what is still to be sent is touched, by the checklist before sending. A closed quarter keeps
the definition it was counted with, and what was sent or verified stays as it was decided.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from assessments.errors import InvalidRow
from assessments.evidence import evidence_by_result
from assessments.models import AssessmentState, IndicatorResult
from communes.texts import tidy
from criteria.actions import bump_revision
from criteria.evaluation import Verdict
from criteria.models import CriteriaSet, EvidenceDecision, Indicator
from periods.clock import now
from periods.models import PeriodState

REASON_LIMIT = 2000


class NotYours(Exception):
    """Only the standing office decides what needs evidence."""


@transaction.atomic
def ask_evidence(
    *, by: User, criteria_set: CriteriaSet, indicator_id: int, required: bool, reason: str
) -> bool:
    """Ask for evidence behind an indicator, or no longer. False when it stands so already (a
    second press). Raises ``NotYours``, ``InvalidRow``, ``Indicator.DoesNotExist``."""
    if not may(by, "criteria.ask_evidence"):
        raise NotYours
    # The set first, as whoever changes another of its definitions holds it.
    CriteriaSet.objects.select_for_update(no_key=True).get(pk=criteria_set.pk)
    indicator = Indicator.objects.select_for_update(of=("self",), no_key=True).get(
        pk=indicator_id, criterion__criteria_set=criteria_set
    )
    if indicator.requires_evidence is required:
        return False
    reason = tidy(reason)
    if not reason:
        raise InvalidRow({"reason": _("Say why; the reason stays with the decision.")})
    if len(reason) > REASON_LIMIT:
        raise InvalidRow({"reason": _("At most %(limit)s characters.") % {"limit": REASON_LIMIT}})
    indicator.requires_evidence = required
    indicator.save(update_fields=["requires_evidence"])
    EvidenceDecision.objects.create(
        indicator=indicator, required=required, reason=reason, at=now(), by=by
    )
    bump_revision(criteria_set)
    return True


def rows_without_file(indicator: Indicator) -> list[IndicatorResult]:
    """Rows of open quarters, not sent yet, that are declared met with no valid file behind them:
    what their communes have to add before they can send. Four queries, whatever their number."""
    rows = list(
        _to_be_sent()
        .filter(indicator=indicator, declared_verdict=Verdict.MET)
        .select_related("assessment__unit", "assessment__period", "assessment__criteria_set")
        .order_by("assessment__period__data_to", "assessment__unit__sort_key", "pk")
    )
    files: dict[int, list[Any]] = evidence_by_result(row.pk for row in rows)
    return [row for row in rows if not any(item.counts for item in files.get(row.pk, []))]


def _to_be_sent():
    return IndicatorResult.objects.filter(
        assessment__period__state=PeriodState.OPEN,
        assessment__state__in=[AssessmentState.DRAFT, AssessmentState.RETURNED],
    )
