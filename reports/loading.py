"""What the pages of one summary load, and the two pages that several views answer with."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation

from accounts.permissions import may
from periods.clock import today
from reports.building import build_snapshot
from reports.checks import findings
from reports.composing import TEXT_LIMIT, refusal
from reports.correcting import published
from reports.differences import differs
from reports.giving_up import given_up, texts_lost
from reports.models import SummaryIssue, SummaryReport
from reports.numbering import next_number
from reports.paper_files import progress_of_draft, progress_of_issue
from reports.places import place_of
from reports.presenting import may_read_draft, paper_sections, section_views, title
from reports.publishing import fingerprint
from reports.snapshot import Snapshot, from_json
from reports.typed_texts import TypedText
from reports.wording import STATE_KINDS, state_text
from reports.workflow import Act
from reports.written.passages import passages


def summary_at(request: HttpRequest, slug: str) -> SummaryReport:
    """404 for what is not there, and for a draft that nobody has published yet."""
    found = get_object_or_404(
        SummaryReport.objects.select_related("period", "handed_over_by"), slug=slug
    )
    if not may_read_draft(request.user) and not found.issues.exists():
        raise Http404
    return found


def issue_at(summary: SummaryReport, edition: int | None = None) -> SummaryIssue:
    """The last issue, or the one asked for."""
    found = summary.issues.select_related("published_by").order_by("-edition")
    issue = (found.filter(edition=edition) if edition else found).first()
    if issue is None:
        raise Http404
    issue.summary = summary
    return issue


def told(summary: SummaryReport):
    with translation.override("vi"):
        return passages(summary.period, summary.kind)


def composition(
    request: HttpRequest,
    summary: SummaryReport,
    *,
    typed: Iterable[TypedText] = (),
    act: dict | None = None,
    status: int = 200,
) -> HttpResponse:
    """``typed`` are the sections that could not be stored, as they were typed."""
    user = request.user
    snapshot = build_snapshot(summary)
    seen = fingerprint(snapshot)
    stored = {one.key: one for one in summary.sections.select_related("edited_by")}
    editable = refusal(Act.EDIT, summary, user) is None
    views = section_views(snapshot, stored, told(summary), editable=editable)
    unsaved = {one.key: one for one in typed}
    for view in views:
        if view.section.key in unsaved:
            view.keep(unsaved[view.section.key])
    issues = list(_issues(summary))
    found = findings(snapshot)
    context = {
        "summary": summary,
        "title": title(summary),
        "snapshot": snapshot,
        "seen": seen,
        "views": views,
        "findings": [(one, place_of(one, snapshot, user)) for one in found],
        "contradictions": [one for one in found if one.kind == "contradictory"],
        "state_kind": STATE_KINDS[summary.state],
        "state_text": state_text(summary, len(issues)),
        "editable": editable,
        "limit": TEXT_LIMIT,
        "unsaved": bool(unsaved),
        "issues": issues,
        "progress": progress_of_draft(summary, seen),
        "may": {one.value: refusal(one, summary, user) is None for one in Act}
        | {
            "discard": not issues and refusal(Act.DISCARD, summary, user) is None,
            "give_up": bool(issues) and refusal(Act.GIVE_UP, summary, user) is None,
        },
        **_correction(summary, snapshot, corrected=bool(issues)),
        "next_number": partial(next_number, today().year),  # asked where it is drawn
        "act": act or {},
    }
    return render(request, "reports/composition.html", context, status=status)


def _correction(summary: SummaryReport, snapshot: Snapshot, *, corrected: bool) -> dict:
    """Of a correction: whether it would say anything new, and what giving it up would lose."""
    if not corrected:
        return {"corrects_nothing": False, "texts_lost": []}
    issued = from_json(published(summary).snapshot)
    return {
        "corrects_nothing": not differs(issued, snapshot),
        "texts_lost": texts_lost(summary, issued),
    }


def _issues(summary: SummaryReport):
    return summary.issues.defer("snapshot").select_related("published_by").order_by("-edition")


def issue_page(
    request: HttpRequest, issue: SummaryIssue, *, act: dict | None = None, status: int = 200
) -> HttpResponse:
    snapshot = from_json(issue.snapshot)
    issues = list(_issues(issue.summary))
    is_latest = issue.edition == issues[0].edition
    context = paper_context(snapshot) | {
        "issue": issue,
        "summary": issue.summary,
        "title": title(issue.summary),
        "issues": issues,
        "is_latest": is_latest,
        "progress": progress_of_issue(issue, is_latest=is_latest),
        "may_correct": is_latest and refusal(Act.CORRECT, issue.summary, request.user) is None,
        "reads_drafts": may(request.user, "reports.read_drafts"),
        "given_up": given_up(issue.summary) if may_read_draft(request.user) else [],
        "act": act or {},
    }
    return render(request, "reports/issue.html", context, status=status)


def paper_context(snapshot: Snapshot) -> dict[str, object]:
    return {"snapshot": snapshot, "sections": paper_sections(snapshot)}
