"""What every page's frame shows."""

from django.conf import settings
from django.http import HttpRequest

from periods.clock import today


def portal(request: HttpRequest) -> dict[str, object]:
    return {"demo": settings.DEMO, "today": today()}
