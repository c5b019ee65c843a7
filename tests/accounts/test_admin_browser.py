"""The administration in a real browser, under the portal's strict policy."""

import pytest

from accounts.models import Role
from tests.accounts.conftest import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.accounts.pages_urlconf"),
]


def test_no_page_of_the_administration_breaks_the_content_policy(people, live, browser_page):
    """``browser_page`` is watched: a refused style or script in its console fails the test."""
    page = browser_page
    page.goto(f"{live}/accounts/login/?as=quantri&next=/admin/")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/admin/")
    officer = people[Role.COMMUNE_OFFICER]
    users = f"{live}/admin/accounts/user/"
    own = (f"{officer.pk}/change/", f"{officer.pk}/history/")
    for path in ("", "add/", "import/", "export/", *own):
        page.goto(f"{users}{path}")
        assert page.locator("#content h1").is_visible()
