"""``{% summary_work request.user %}``: what a start page says about summaries under way."""

from __future__ import annotations

from django import template

from accounts.models import User
from accounts.permissions import may
from reports.archive import DraftLine, drafts

register = template.Library()


@register.inclusion_tag("reports/work.html")
def summary_work(user: User) -> dict[str, object]:
    """One query: for the leader what waits, for the standing office what is being composed."""
    lines: list[DraftLine] = []
    may_publish = may(user, "reports.publish")
    if may_publish:
        lines = [line for line in drafts() if line.waits]
    elif may(user, "reports.compose"):
        lines = drafts()
    return {"lines": lines, "may_publish": may_publish}
