"""Where each point of the check list is mended: an address, for those who may open it.

A page that a person may not open is no link for that person; the sentence stands alone.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import User
from accounts.permissions import access_to
from reports.checks import Finding
from reports.snapshot import Snapshot

#: The indicator of poor households.
POVERTY = 11


def place_of(finding: Finding, snapshot: Snapshot, user: User) -> str:
    """The address, or "" where there is none for ``user``."""
    if finding.section:
        return f"#s-{finding.section}"
    name, arguments, query = _place(finding, snapshot)
    access = access_to(name)
    if access is None or not access.allows(user):
        return ""
    address = reverse(name, kwargs=arguments)
    return f"{address}?{urlencode(query)}" if query else address


def _place(finding: Finding, snapshot: Snapshot) -> tuple[str, dict, dict]:
    """Name of the view, its arguments, its query."""
    period, criteria_set = snapshot.paper.period, snapshot.definitions.slug
    match finding.place:
        case "commune":
            sheet = {"period": period, "unit": finding.about, "criteria_set": criteria_set}
            return "assessments:entry", sheet, {"show": "failed"}
        case "recognitions":
            return "admin:communes_recognition_changelist", {}, {}
        case "quarter":
            return "periods:detail", {"period": period}, {}
        case "quarters":
            return "periods:list", {}, {}
        case "sheets":
            return "assessments:list", {}, {"period": period}
        case "late sheets":
            return "assessments:list", {}, {"period": period, "state": "late"}
        case "poverty":
            return "verification:criterion", {"period": period, "number": POVERTY}, {}
        case "written":
            term = period if snapshot.paper.kind == "adhoc" else snapshot.paper.slug
            return "reports:written", {}, {"term": term, "show": "missing"}
        case "to verify":
            return "verification:queue", {}, {"period": period}
        case "returned":
            return "verification:queue", {}, {"period": period, "show": "returned"}
        case "levels":
            return "criteria:unconfirmed", {"slug": criteria_set}, {}
    raise ValueError(finding.place)
