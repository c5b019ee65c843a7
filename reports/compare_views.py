"""Two published issues side by side: figures, indicators and every word of the text."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports import archive
from reports.comparing import Side, choices, compared, side_of
from reports.models import SummaryIssue
from reports.snapshot import from_json

_ISSUE = re.compile(r"([0-9]{4}-[a-z0-9-]{1,20})(?::([0-9]{1,4}))?")


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """``?a=2023-q2:1&b=2023-q2``: issue 1 of a summary, and the newest one of a summary."""
    issues = list(archive.issues())
    asked = [request.GET.get("a", ""), request.GET.get("b", "")]
    chosen = [_found(issues, one) for one in asked]
    only_changed = "changed" in request.GET
    context = {
        "groups": choices(issues),
        "count": len(issues),
        "a": _value(chosen[0]) or _value(_default(issues, 1)),
        "b": _value(chosen[1]) or _value(_default(issues, 0)),
        "only_changed": only_changed,
    }
    if all(chosen):
        stored = SummaryIssue.objects.in_bulk([one.pk for one in chosen])
        first, second = (from_json(stored[one.pk].snapshot) for one in chosen)
        context["papers"] = [side_of(one, issues) for one in chosen]
        context["found"] = compared(first, second, only_changed=only_changed)
    return render(request, "reports/compare.html", context)


def _found(issues: list[SummaryIssue], asked: str) -> SummaryIssue | None:
    """404 for what is asked for and not there; ``issues`` come newest first."""
    if not asked:
        return None
    read = _ISSUE.fullmatch(asked)
    for one in issues if read else ():
        if one.summary.slug == read[1] and (not read[2] or one.edition == int(read[2])):
            return one
    raise Http404


def _default(issues: list[SummaryIssue], at: int) -> SummaryIssue | None:
    return issues[at] if len(issues) > at else None


def _value(issue: SummaryIssue | None) -> str:
    return Side.value_of(issue) if issue else ""
