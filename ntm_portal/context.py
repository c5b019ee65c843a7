"""What every page's frame shows. Asks the database nothing by itself: it runs for every page, and
only a page that draws its header counts the unread notices."""

from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from assessments.models import Notice
from periods.clock import today

#: A phone's bar holds five targets; with more items the fifth one opens the rest.
BAR_SIZE = 5


@dataclass(frozen=True)
class NavItem:
    """One entry of the navigation."""

    url: str
    label: Promise
    icon: str
    active: bool


ENTRIES = {
    "my_work": (_("My work"), "house-door"),
    "assessments:list": (_("Assessments"), "clipboard-check"),
    "verification:queue": (_("Verification"), "patch-check"),
    "dashboard:overview": (_("Overview"), "grid-3x3"),
    "criteria:sets": (_("Criteria"), "journal-text"),
    "reports:archive": (_("Reports"), "file-earmark-text"),
    "periods:list": (_("Quarters"), "calendar3"),
    "admin:index": (_("Administration"), "gear"),
}
DEFAULT_ORDER = [
    "my_work",
    "dashboard:overview",
    "assessments:list",
    "verification:queue",
    "reports:archive",
    "criteria:sets",
]
#: Who verifies, verifies first.
VERIFIER_ORDER = [
    "my_work",
    "verification:queue",
    "dashboard:overview",
    "assessments:list",
    "reports:archive",
    "criteria:sets",
]
#: A commune enters figures first; whoever reads the district begins with its figures.
ORDER = {
    Role.COMMUNE_OFFICER: [
        "my_work",
        "assessments:list",
        "dashboard:overview",
        "reports:archive",
        "criteria:sets",
    ],
    Role.LEADER: [
        "my_work",
        "dashboard:overview",
        "reports:archive",
        "assessments:list",
        "criteria:sets",
    ],
    Role.DEPARTMENT_OFFICER: VERIFIER_ORDER,
    Role.COORDINATOR: [*VERIFIER_ORDER, "periods:list"],
    Role.ADMINISTRATOR: [*DEFAULT_ORDER, "periods:list", "admin:index"],
}


def navigation(role: str, path: str) -> list[NavItem]:
    """The entries of a role whose pages exist, the one that holds ``path`` marked."""
    items = []
    for name in ORDER.get(role, DEFAULT_ORDER):
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        label, icon = ENTRIES[name]
        active = path == url if url == "/" else path.startswith(url)
        items.append(NavItem(url=url, label=label, icon=icon, active=active))
    return items


def unread_notices(user: User) -> int:
    """At most 100, so that a page never counts a year's rows. One query, asked by the header."""
    return Notice.objects.visible_to(user).shown().unread()[:100].count()


def portal(request: HttpRequest) -> dict[str, object]:
    """``demo``, ``today`` and, for who is signed in, ``nav`` and ``nav_more``."""
    context: dict[str, object] = {"demo": settings.DEMO, "today": today()}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        items = navigation(user.role, request.path)
        shown = len(items) if len(items) <= BAR_SIZE else BAR_SIZE - 1
        context |= {
            "nav": items[:shown],
            "nav_more": items[shown:],
            "unread_notices": partial(unread_notices, user),
        }
    return context
