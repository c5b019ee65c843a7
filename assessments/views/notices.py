"""A person's own notices: read them, mark them, choose what one is told."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.models import Notice, NoticeChoice, NoticeKind
from assessments.notice_texts import notice_text
from assessments.notifying import KINDS_OF_ROLE
from periods.clock import now

PER_PAGE = 30


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    own = Notice.objects.visible_to(request.user).shown().with_pages().unread_first()
    page = Paginator(own, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [notice_text(notice) for notice in page.object_list]
    context = {
        "page": page,
        "has_unread": any(line.notice.read_at is None for line in page.object_list),
        "newest": max((line.notice.pk for line in page.object_list), default=0),
    }
    return render(request, "notices/list.html", context)


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read; with ``go`` on to the page that it is about."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user).with_pages(), pk=pk)
    Notice.objects.filter(pk=notice.pk).unread().update(read_at=now())
    return redirect(notice_text(notice).url if request.POST.get("go") else "notices:list")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark as read what stood there when the page was shown; what came since stays unread."""
    newest = request.POST.get("newest", "")
    own = Notice.objects.visible_to(request.user).shown().unread()
    if newest.isascii() and newest.isdigit() and len(newest) < 19:
        own = own.filter(pk__lte=int(newest))
    own.update(read_at=now())
    return redirect("notices:list")


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    kind: str
    label: str
    in_portal: bool
    by_mail: bool


@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    kinds = KINDS_OF_ROLE[request.user.role]
    if request.method == "POST":
        _store(request, kinds)
        messages.success(request, _("Stored: this is what you will be told."))
        return redirect("notices:settings")
    held = {c.kind: c for c in NoticeChoice.objects.visible_to(request.user)}
    lines = [
        ChoiceLine(
            kind.value,
            capfirst(kind.label),
            held[kind].in_portal if kind in held else True,
            held[kind].by_mail if kind in held else True,
        )
        for kind in kinds
    ]
    return render(request, "notices/settings.html", {"lines": lines})


def _store(request: HttpRequest, kinds: tuple[NoticeKind, ...]) -> None:
    NoticeChoice.objects.bulk_create(
        [
            NoticeChoice(
                user=request.user,
                kind=kind,
                in_portal=f"portal-{kind.value}" in request.POST,
                by_mail=f"mail-{kind.value}" in request.POST,
            )
            for kind in kinds
        ],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["in_portal", "by_mail"],
    )
