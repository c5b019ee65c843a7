"""Pages of the written reports as tests meet them: signed in, in English, with their forms filled in."""

import re

from django.test import Client

from reports.models import Part, PeriodicReport
from reports.written.actions import digest
from tests.reports import written_stages as stages

OWN = "/reports/written/2023-q3/communes/ban-bo/"
AGENCY = "/reports/written/2023-q3/agencies/lao-dong/"
BOARD = "/reports/written/"


def browser(user) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return client


def get(user, address=OWN, **query):
    return browser(user).get(address, query)


def form(do="save", body=None, **texts) -> dict[str, str]:
    """What the page would post: each part with its version and what it was drawn with."""
    body = body or stages.commune()
    found = PeriodicReport.objects.filter(period__slug="2023-q3", kind="quarter", **body.key)
    stored = {p.part: p for report in found for p in report.parts.all()}
    data = {"do": do}
    for part in Part.values:
        row = stored.get(part)
        data[f"{part}-version"] = str(row.version if row else 0)
        data[f"{part}-was"] = digest(row.text, row.nothing) if row else digest("", False)
        data[f"{part}-text"] = texts.get(part, row.text if row else "")
        if row and row.nothing:
            data[f"{part}-nothing"] = "1"
    return data


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
