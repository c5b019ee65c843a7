"""What is answered to a form whose draft was discarded meanwhile: who did it, and what was typed.

A draft begun anew has the same address, and its texts begin at version 0 again, so the version of
a text cannot tell an old page from a new one: each form carries the number of its own draft.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from reports import titles
from reports.discarding import discarded, traces
from reports.models import DiscardedSummary, SummaryReport
from reports.sections import BY_KEY
from reports.typed_texts import sent_texts


def draft_number(sent: Mapping[str, str]) -> int | None:
    """The draft that the form was drawn from; None where it does not say."""
    number = sent.get("draft", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None


def gone(slug: str, sent: Mapping[str, str]) -> bool:
    """Whether the form belongs to a draft that is not there any more. An address at which no
    draft was ever discarded is simply unknown (False)."""
    standing = SummaryReport.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if standing is None:
        return _trace(slug, sent) is not None
    return "draft" in sent and draft_number(sent) != standing


def _trace(slug: str, sent: Mapping[str, str]) -> DiscardedSummary | None:
    number = draft_number(sent)
    return (discarded(number) if number else None) or traces().filter(slug=slug).first()


def gone_page(request: HttpRequest, slug: str, sent: Mapping[str, str]) -> HttpResponse:
    """Every text of the form that would be lost with it, to be copied."""
    trace = _trace(slug, sent)
    typed = [
        (f"{BY_KEY[one.key].number}. {BY_KEY[one.key].heading}", one.text.replace("\0", ""))
        for one in sent_texts(sent)
        if one.is_touched or (one.version > 0 and one.text)
    ]
    if sent.get("reason", "").strip():
        typed.append((_("Your reason"), sent["reason"].replace("\0", "")))
    standing = SummaryReport.objects.filter(slug=slug).first()
    context = {
        "trace": trace,
        "title": titles.title(trace.kind, trace.period, trace.on) if trace else slug,
        "typed": typed,
        "standing": standing,
    }
    return render(request, "reports/gone.html", context, status=409)
