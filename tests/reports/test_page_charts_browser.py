"""The charts of a paper's page by phone and desk, in light and dark."""

import os

import pytest

from tests.chromium import assert_fits

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
)
def test_the_charts_of_a_paper_fit_and_are_read(
    portal, new_page, sign_in, assert_accessible, width, scheme
):
    page = new_page({"width": width, "height": 900}, color_scheme=scheme)
    sign_in(page, "xa.ban-bo")
    page.goto("/reports/2023-6-months/")
    charts = page.locator("figure.chart")
    assert charts.count() == 3
    for n in range(3):
        chart = charts.nth(n)
        chart.scroll_into_view_if_needed()
        picture = chart.locator("img")
        page.wait_for_function(
            "one => one.complete && one.naturalWidth > 0", arg=picture.element_handle()
        )
        assert len(picture.get_attribute("alt")) > 40
        chart.locator("summary").click()
        assert chart.locator("tbody tr").count() >= 3
    assert_fits(page)
    assert_accessible(page)
    if folder := os.environ.get("TESTS_PICTURES"):
        charts.nth(0).screenshot(path=f"{folder}/chart-{width}-{scheme}.png")
