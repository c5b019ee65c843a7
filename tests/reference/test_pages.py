import html

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from communes.models import AdministrativeUnit, Agency
from criteria import definitions
from criteria.models import CriteriaSet


@pytest.fixture
def reader(client, db):
    """An officer of a commune, signed in; nobody has more to see on these pages than they."""
    unit = AdministrativeUnit.objects.filter(slug="ban-bo").order_by("valid_from").first()
    role = Role.COMMUNE_OFFICER if unit else Role.LEADER
    client.force_login(User.objects.create(username="reader", role=role, unit=unit))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def text(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return " ".join(html.unescape(response.content.decode()).replace("\u00a0", " ").split())


def queries(client, path):
    definitions.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_list_shows_what_is_in_force_what_is_a_draft_and_how_much_is_loaded(reference, reader):
    page = text(reader, "criteria:sets")
    assert "318/QĐ-TTg of 08/03/2022" in page
    assert "57 loaded, 57 by law" in page
    assert "34 loaded, 36 by law" in page
    assert page.count("A draft: no assessment uses it.") == 2
    assert page.index("in force") < page.index("draft")
    assert "1285/QĐ-UBND" in page


def test_a_set_shows_levels_of_the_region_and_year_leads_and_sources(reference, reader):
    page = text(reader, "criteria:set_detail", "ntm")
    assert "Levels for the region Northern midlands and mountains in 2023." in page
    assert "at least 42 million VND/person/year" in page  # this region, this year
    assert "at least 65" not in page  # the Southeast's
    assert "at most 24 %" in page
    assert "Phòng Lao động - Thương binh và Xã hội" in page
    assert "Hội Liên hiệp Phụ nữ huyện" in page
    assert 'href="https://chatluongvacuocsong.vn/' in page
    assert page.count('class="indicator"') == 57


def test_doubt_is_shown_beside_each_level_and_counted(reference, reader):
    page = text(reader, "criteria:set_detail", "ntm")
    assert "at most 13 % (unconfirmed)" in page
    assert "no level set yet" in page
    assert "5 of 57 indicators have no level yet" in page
    assert "wording unconfirmed" in page
    assert "46 of 57 indicators have a level that is not confirmed yet" in page
    first = page.split('id="criterion-2"')[0].split('id="criterion-1"')[1]
    assert "1 level unconfirmed" in first.split("</summary>")[0], "seen while folded"
    assert first.count("Met (unconfirmed)") == 1, "1.2; that of 1.1 was seen"


def test_all_criteria_can_be_unfolded_without_javascript(reference, reader):
    assert text(reader, "criteria:set_detail", "ntm").count('<details class="card criterion"') == 19
    page = text(reader, "criteria:set_detail", "ntm", open="all")
    assert page.count(" open>") == 19


def test_a_set_that_was_replaced_comes_after_the_one_in_force(reference, reader):
    CriteriaSet.objects.filter(slug="ntm-nang-cao").update(state="replaced")
    page = text(reader, "criteria:sets")
    places = [page.index(f'id="set-{slug}"') for slug in ("ntm", "huyen-ntm", "ntm-nang-cao")]
    assert places == sorted(places)


def test_a_set_that_does_not_exist_is_not_found(reference, reader):
    assert reader.get(reverse("criteria:set_detail", args=["khong-co"])).status_code == 404


def test_without_reference_data_the_list_says_what_to_do(reader):
    assert "No criteria set is loaded yet" in text(reader, "criteria:sets")


def test_of_a_districts_set_the_district_states_and_its_counts_add_up(reference, reader):
    page = text(reader, "criteria:set_detail", "huyen-ntm")
    assert "the district states whether" in page
    assert "the commune states whether" not in page
    # 38 in the list from memory, 4 of them left out: the 34 that are loaded.
    assert "34 loaded, 36 by law" in page
    assert "38 mục" in page
    assert "4 mục còn nghi ngờ; 34 mục đã nạp vì vậy chưa đủ 36" in page
    assert "the commune states whether" in text(reader, "criteria:set_detail", "ntm")


def test_an_empty_set_says_so(reader):
    CriteriaSet.objects.create(
        slug="rong", code="R", name="Bộ rỗng", level="commune", tier="ntm",
        decision_number="1/QĐ", decision_date="2024-01-01", valid_from="2024-01-01",
        official_criteria=1, official_indicators=1,
    )  # fmt: skip
    page = text(reader, "criteria:set_detail", "rong")
    assert "This set has no criteria yet" in page
    assert "National levels in 2023" in page


def test_both_pages_cost_the_same_whatever_the_size_of_a_set(reference, reader):
    paths = [reverse("criteria:set_detail", args=[slug]) for slug in ("huyen-ntm", "ntm-nang-cao")]
    small, large = (queries(reader, path) for path in paths)
    assert small == large <= 15
    many = queries(reader, reverse("criteria:sets"))
    CriteriaSet.objects.filter(slug="huyen-ntm").delete()
    assert queries(reader, reverse("criteria:sets")) == many <= 6


def test_who_is_not_signed_in_is_asked_to(client, reference):
    assert client.get(reverse("criteria:sets")).status_code == 302


def test_an_agency_reads_the_same_page_as_everybody(client, reference):
    agency = Agency.objects.get(slug="noi-vu")
    client.force_login(
        User.objects.create(username="phong", role=Role.DEPARTMENT_OFFICER, agency=agency)
    )
    assert client.get(reverse("criteria:set_detail", args=["ntm"])).status_code == 200
