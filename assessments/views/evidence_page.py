"""What the page of a row's evidence, and the row's own block in the form, are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from accounts.permissions import may
from assessments.actions import refusal
from assessments.attaching import Attached
from assessments.evidence import EvidenceItem, evidence_by_result
from assessments.evidence_forms import DescriptionForm, RemovalForm
from assessments.files import ACCEPT
from assessments.frozen import name_as_closed
from assessments.models import Evidence, IndicatorResult, ResultQuerySet
from assessments.sheet import definition_of
from assessments.wording import lock_text
from assessments.workflow import Act


@dataclass(slots=True)
class Line:
    """A file with its two forms."""

    item: EvidenceItem
    describe: DescriptionForm
    remove: RemovalForm


def row_of(request: HttpRequest, rows: ResultQuerySet, result_id: int) -> IndicatorResult:
    """The row with all that its page says, or 404 when it is not there for this person."""
    result = (
        rows.select_related(
            "indicator__criterion",
            "assessment__unit__parent__parent",
            "assessment__period",
            "assessment__criteria_set",
            "assessment__submitted_by",
        )
        .filter(pk=result_id)
        .first()
    )
    if result is None:
        raise Http404
    name_as_closed(result.assessment)
    return result


def row_context(request: HttpRequest, result: IndicatorResult) -> dict[str, object]:
    """The block of one row in the entry form."""
    assessment = result.assessment
    lock = refusal(Act.ENTER, assessment, request.user, result)
    definition = definition_of(assessment).indicator(result.indicator_id)
    items = evidence_by_result([result.pk], request.user).get(result.pk, [])
    return {
        "base": assessment.get_absolute_url(),
        "row": {
            "id": result.pk,
            "code": definition.code,
            "editable": lock is None,
            "evidence": items,
            "asks_evidence": definition.requires_evidence and not any(i.counts for i in items),
        },
        "lock_text": lock_text(lock, assessment) if lock else "",
        "definition": definition,
    }


def page_context(
    request: HttpRequest,
    result: IndicatorResult,
    forms: dict[int, DescriptionForm] | None = None,
    removals: dict[int, RemovalForm] | None = None,
) -> dict[str, object]:
    """The row's own page. ``forms`` and ``removals`` hold what was typed and refused."""
    context = row_context(request, result)
    items = context["row"]["evidence"]
    forms, removals = forms or {}, removals or {}
    return context | {
        "assessment": result.assessment,
        "result": result,
        "url": f"{context['base']}rows/{result.pk}/evidence/",
        "own": [_line(item, forms, removals) for item in items if not item.carried_from],
        "carried": [item for item in items if item.carried_from],
        "removed": Evidence.objects.filter(result=result, removed_at__isnull=False)
        .select_related("removed_by")
        .order_by("-removed_at"),
        "sees_removed": may(request.user, "evidence.see_removed"),
        **upload_context(),
    }


def upload_context() -> dict[str, object]:
    return {
        "accept": ACCEPT,
        "max_bytes": settings.EVIDENCE_MAX_BYTES,
        "max_megabytes": settings.EVIDENCE_MAX_BYTES // (1024 * 1024),
    }


def _line(item: EvidenceItem, forms: dict, removals: dict) -> Line:
    blank = partial(DescriptionForm, initial=_described(item), prefix=str(item.id))
    return Line(
        item,
        forms.get(item.id) or blank(),
        removals.get(item.id) or RemovalForm(prefix=f"remove-{item.id}"),
    )


def _described(item: EvidenceItem) -> dict[str, str]:
    return {
        "version": item.version,
        "document_number": item.document_number,
        "document_date": item.document_date and f"{item.document_date:%d/%m/%Y}",
        "valid_until": item.valid_until and f"{item.valid_until:%d/%m/%Y}",
    }


def sentences_about(attached: Attached) -> list[str]:
    """What happened to a file, and where else the same one stands."""
    name = {"name": attached.evidence.name}
    if not attached.created:
        return [_("%(name)s already stands behind this row; it was not added twice.") % name]
    found = [_("%(name)s was added.") % name]
    for other in attached.elsewhere:
        found.append(
            _("The same file already stands behind indicator %(code)s (%(quarter)s).")
            % {
                "code": other.result.indicator.code,
                "quarter": other.result.assessment.period.label,
            }
        )
    return found
