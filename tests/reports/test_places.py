"""Each point of the check list leads to where it is mended, for those who may go there."""

import re
from dataclasses import replace

import pytest

from accounts.models import User
from reports.checks import Finding, findings
from reports.places import place_of
from tests.reports import odd_snapshots as odd
from tests.reports.pages import page, signed_in
from tests.reports.snapshots import six_months

pytestmark = pytest.mark.usefixtures("demonstration")

PLACES = {
    "commune": "/assessments/2023-q2/ban-bo/ntm/?show=failed",
    "recognitions": "/admin/communes/recognition/",
    "quarter": "/periods/2023-q2/",
    "quarters": "/periods/",
    "sheets": "/assessments/?period=2023-q2",
    "late sheets": "/assessments/?period=2023-q2&state=late",
    "poverty": "/verification/2023-q2/11/",
    "written": "/reports/written/?term=2023-6-months&show=missing",
    "to verify": "/verification/?period=2023-q2",
    "returned": "/verification/?period=2023-q2&show=returned",
    "levels": "/criteria/ntm/unconfirmed/",
}


def user(username: str) -> User:
    return User.objects.get(username=username)


def finding(place: str) -> Finding:
    return Finding("missing", "…", place=place, about="ban-bo")


@pytest.mark.parametrize("place", PLACES)
def test_every_place_is_an_address(place):
    assert place_of(finding(place), six_months(), user("quantri")) == PLACES[place]


@pytest.mark.parametrize("place", [one for one in PLACES if one != "recognitions"])
def test_the_coordinator_can_open_every_place(place):
    address = place_of(finding(place), six_months(), user("phong.nong-nghiep"))
    assert signed_in("phong.nong-nghiep").get(address).status_code == 200


def test_what_a_person_may_not_open_is_no_link():
    assert place_of(finding("recognitions"), six_months(), user("phong.nong-nghiep")) == ""
    assert place_of(finding("levels"), six_months(), user("lanhdao")) == ""


def test_an_ad_hoc_paper_leads_to_the_written_reports_of_its_quarter():
    base = six_months()
    paper = replace(base.paper, kind="adhoc", slug="2023-06-20-dot-xuat")
    address = place_of(finding("written"), replace(base, paper=paper), user("phong.nong-nghiep"))
    assert address == "/reports/written/?term=2023-q2&show=missing"


def test_no_point_of_the_list_is_without_its_place():
    snapshots = [six_months(), odd.provisional(), replace(six_months(), recognised=())]
    for snapshot in snapshots:
        for one in findings(snapshot):
            assert place_of(one, snapshot, user("quantri")), one.text


@pytest.mark.parametrize("username", ["phong.nong-nghiep", "lanhdao"])
def test_every_link_of_the_composition_can_be_followed(username):
    body = page(username, "/reports/2023-q3/")
    (listed,) = re.findall(r'<ul class="paper-checks">(.*?)</ul>', body, re.DOTALL)
    links = [one.replace("&amp;", "&") for one in re.findall(r'<a href="([^"]+)"', listed)]
    assert any(one.startswith("/") for one in links)
    for one in links:
        if one.startswith("#"):
            assert f'id="{one[1:]}"' in body
        else:
            assert signed_in(username).get(one).status_code == 200, one
