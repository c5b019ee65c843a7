"""Whoever hears a page finds its parts by name: no two alike, headings in order, nothing outside."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.walking import enter_as
from tests.demonstration import load_demo_database

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = ["landmark-unique", "landmark-one-main", "heading-order", "page-has-heading-one", "region"]
FORM = "/assessments/2023-q3/ban-bo/ntm/"
PAGES = {
    "xa.ban-bo": ["/", FORM, f"{FORM}submit/", f"{FORM}history/", "/dashboard/", "/notices/"],
    "phong.tai-nguyen": ["/", "/verification/", "/verification/2023-q3/17/"],
    "phong.nong-nghiep": ["/", "/periods/2023-q3/", "/reports/", "/reports/2023-q3/", "/nope/"],
    "lanhdao": ["/", "/reports/2023-q2/"],
    "quantri": ["/", "/criteria/ntm/"],
}


@pytest.fixture
def demo(transactional_db, live):
    load_demo_database()


def test_parts_and_headings_of_pages_have_names_of_their_own(demo, live, new_page):
    found = []
    for username, addresses in PAGES.items():
        page = new_page()
        page.expected.append("status of 404")
        enter_as(page, live, username)
        for address in addresses:
            page.goto(address)
            options = {"runOnly": {"type": "rule", "values": RULES}, "resultTypes": ["violations"]}
            for one in Axe().run(page, options=options).response["violations"]:
                found.append((username, address, one["id"], one["nodes"][0]["html"][:120]))
    assert found == []
