"""Every form that is kept over an ended session names the person it was made for."""

import re

import pytest

from accounts.models import User
from accounts.unsaved import KEEPS_UNSAVED
from tests import factories
from tests.reports import summary_stages as stages
from tests.reports.pages import page

pytestmark = pytest.mark.usefixtures("demonstration")
ENTRY = "/assessments/2023-q3/ban-bo/ntm/"


def forms() -> dict[str, tuple[str, str]]:
    """By the page that keeps it: who opens which page."""
    stages.started()
    row = factories.row_of("11").pk
    return {
        "assessments:comment": ("xa.ban-bo", f"{ENTRY}rows/{row}/history/"),
        "assessments:entry": ("xa.ban-bo", ENTRY),
        "reports:texts": ("phong.nong-nghiep", "/reports/2022-q4/"),
        "reports:written_report": ("xa.ban-bo", "/reports/written/2023-q3/communes/ban-bo/"),
    }


def test_each_names_who_it_was_made_for():
    places = forms()
    assert set(places) == KEEPS_UNSAVED
    for username, address in places.values():
        person = User.objects.get(username=username)
        body = page(username, address)
        named = re.findall(r'name="typed_by" value="([^"]*)"', body)
        assert named == [str(person.pk)], address
