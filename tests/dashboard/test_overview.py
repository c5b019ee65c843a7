"""The district's overview: the directive's figures, scope, states and cost."""

import re

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from assessments.models import Assessment, AssessmentState, MeasureValue
from communes.models import AdministrativeUnit
from periods.models import ReportingPeriod
from tests.statistics.test_demonstration import add_communes, quarter

pytestmark = pytest.mark.usefixtures("demonstration")
PAGE = "/dashboard/"


def page(username="lanhdao", address=PAGE, language="vi", **query) -> str:
    response = opened(username, address, language, **query)
    assert response.status_code == 200
    return words(response.content.decode())


def opened(username="lanhdao", address=PAGE, language="vi", **query):
    client = Client()
    client.cookies["django_language"] = language
    client.force_login(User.objects.get(username=username))
    return client.get(address, query)


def words(html: str) -> str:
    """The page as it is read: tags of a block part words, others do not."""
    blocks = re.sub(r"</?(p|div|td|th|tr|h\d|li|section|a|span)\b[^>]*>", " ", html)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", blocks))


def test_recognised_and_meeting_all_are_two_figures():
    text = page(language="en", period="2023-q2")
    assert "Communes recognised as new rural 8/12" in text
    assert "Communes now meeting all 19 criteria 0/12" in text
    assert "Recognised and meeting are two facts" in text


def test_the_figures_of_the_directive_stand_on_the_page():
    text = page(language="en", period="2023-q2")
    assert "16.3 196 met in all" in text
    assert "39.05 % 25.52 % poor, 13.53 % near-poor" in text


def test_a_commune_whose_households_cannot_be_is_left_out_and_the_page_says_so():
    given = MeasureValue.objects.filter(
        measure__key="households", result__assessment__period__slug="2023-q3"
    )
    before = page(language="en", period="2023-q3")
    assert "left out" not in before
    known = given.count()
    given.filter(pk=given.first().pk).update(number=0)
    text = page(language="en", period="2023-q3")
    assert f"from {known - 1} of 12 communes" in text
    assert "1 commune is left out: no households are given, or more poor" in text
    given.update(number=0)
    text = page(language="en", period="2023-q3")
    assert f"{known} communes are left out" in text
    assert "No commune has given" not in text


def test_every_cell_says_its_commune_criterion_and_verdict():
    html = opened(language="en", period="2023-q2").content.decode()
    cells = re.findall(r'role="img" aria-label="(Xã [^"]+)"', html)
    assert len(cells) == 12 * 19
    assert "Xã Bình Lư, criterion 11 Multidimensional poverty: Not met" in cells
    assert any(cell.endswith(", newly won") for cell in cells)


def test_without_a_quarter_the_newest_closed_one_is_shown_with_the_way_to_the_open_one():
    text = opened(language="en").content.decode()
    assert 'href="?period=2023-q3"' in text
    assert ">8<small>/12" in text
    assert "is open until 25/09/2023" in text


def test_every_page_that_counts_who_sent_tells_who_is_being_corrected():
    assert "Quý này đang mở: 5/12 xã đã gửi, trong đó 1 đang sửa." in page(period="2023-q3")
    assert "5/12, trong đó 1 đang sửa" in page(address="/periods/")
    assert "5/12 trong đó 1 đang sửa" in page(address="/periods/2023-q3/")


def test_of_none_being_corrected_nothing_is_said():
    Assessment.objects.filter(state=AssessmentState.RETURNED).update(
        state=AssessmentState.SUBMITTED
    )
    for address in (PAGE, "/periods/", "/periods/2023-q3/", "/"):
        assert "đang sửa" not in page(address=address, period="2023-q3")
    assert "This quarter is still open: 5 of 12 communes have sent." in page(
        language="en", period="2023-q3"
    )


def test_the_open_quarter_says_that_its_figures_will_change():
    text = page(language="en", period="2023-q3")
    assert "This quarter is still open: 5 of 12 communes have sent, and 1 of them is being" in text
    assert "5 of 12 communes have sent, 1 of them is being corrected" in text
    assert "Who has sent 5/12, 1 of them is being corrected" in text
    assert "up " not in text.split("12 communes and 19 criteria")[0]


@pytest.mark.parametrize("period", ["2023-q4", "abc", "2023-q2'--", "x" * 500, "\x00", "%00"])
def test_an_unknown_quarter_is_not_found(period):
    assert opened(period=period).status_code == 404


def test_an_empty_quarter_means_the_usual_one():
    assert opened(period="").status_code == 200


@pytest.mark.parametrize(
    ("username", "own", "others"),
    [
        ("xa.ban-bo", True, False),
        ("phong.lao-dong", True, True),
        ("lanhdao", True, True),
        ("quantri", True, True),
    ],
)
def test_a_commune_is_linked_only_where_the_person_may_open_it(username, own, others):
    html = opened(username, period="2023-q2").content.decode()
    assert ("/assessments/2023-q2/ban-bo/ntm/" in html) is own
    assert ("/assessments/2023-q2/ho-thau/ntm/" in html) is others


def test_every_link_of_a_commune_on_the_page_opens():
    html = opened("phong.tu-phap", period="2023-q3").content.decode()
    for address in set(re.findall(r'href="(/assessments/[^"]+/ntm/)"', html)):
        assert opened("phong.tu-phap", address).status_code == 200


def test_a_commune_reads_of_others_what_they_did_and_of_itself_what_it_must_do():
    text = page("xa.ban-bo", language="en", period="2023-q3").split("Who has sent")[1]
    assert text.count("To enter and send") == 1
    assert "Not sent yet" in text


def test_a_lost_criterion_of_a_recognised_commune_is_pointed_at_first():
    text = page(language="en", period="2023-q3")
    assert "Newly lost" in text
    assert "Xã Hồ Thầu lost criterion 17" in text.split("Needs attention")[1]


def test_the_map_says_that_it_is_no_map():
    assert "Schematic positions, not to scale." in page(language="en")


def test_somebody_signed_out_is_asked_to_sign_in(client):
    assert client.get(PAGE).status_code == 302


def test_the_page_is_read_and_never_written_to():
    client = Client()
    client.force_login(User.objects.get(username="lanhdao"))
    assert client.post(PAGE).status_code == 405


@pytest.mark.parametrize("username", ["lanhdao", "xa.ban-bo", "phong.lao-dong"])
@pytest.mark.parametrize("more", [0, 288])
def test_the_page_costs_the_same_for_12_and_300_communes(
    more, username, django_assert_max_num_queries
):
    add_communes(more, *quarter())
    if connection.vendor == "postgresql":
        # What autovacuum does in a living database: plans need to know how many rows there are.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    client = Client()
    client.force_login(User.objects.get(username=username))
    with django_assert_max_num_queries(12):
        response = client.get(PAGE, {"period": "2023-q2"})
    assert response.status_code == 200


def test_before_the_first_quarter_there_is_a_friendly_page():
    ReportingPeriod.objects.update(state="planned", opened_at=None, closed_at=None)
    assert "There are no figures yet" in page(language="en")


def test_a_quarter_without_communes_is_a_page_and_not_an_error():
    AdministrativeUnit.objects.filter(in_programme=True).update(in_programme=False)
    text = page(language="en", period="2023-q3")
    assert "No commune belongs to the programme in this quarter." in text
    assert "0/0" in text


def test_a_commune_without_an_assessment_has_its_row_all_the_same():
    pattern = AdministrativeUnit.objects.get(slug="ban-bo", valid_to__isnull=False)
    pattern.pk, pattern.slug, pattern.code, pattern.short_name = None, "xa-moi", "99999", "Xã Mới"
    pattern.save()
    text = page(language="en", period="2023-q3")
    assert "Xã Mới" in text
    assert "No assessment" in text


def test_what_is_still_being_typed_announces_no_loss(monkeypatch):
    from assessments.models import Assessment, IndicatorResult

    held = Assessment.objects.get(unit__slug="ban-bo", period__slug="2023-q3")
    assert held.state == "draft"
    IndicatorResult.objects.filter(assessment=held, indicator__criterion__number=1).update(
        declared_verdict="not_met"
    )
    open_quarter = page(language="en", period="2023-q3")
    assert "Xã Bản Bo lost" not in open_quarter
    html = opened(period="2023-q3").content.decode()
    cell = re.search(r'aria-label="(Xã Bản Bo, tiêu chí 1 [^"]*)"', html)[1]
    assert "mới mất" not in cell
    assert "đang nhập, chưa gửi" in cell
    assert "(tạm tính)" in html
    Assessment.objects.filter(pk=held.pk).update(
        state="submitted",
        submitted_at=held.period.opened_at,
        submitted_by=User.objects.get(username="xa.ban-bo"),
    )
    assert "Xã Bản Bo lost criterion 1" in page(language="en", period="2023-q3")


def test_a_commune_without_figures_is_no_nought_in_map_and_matrix():
    """Thèn Sin has entered nothing in the open quarter."""
    html = opened(period="2023-q3").content.decode()
    tile = next(part for part in html.split("<li ") if 'tile-name">Thèn Sin<' in part)
    assert "tile-none" in tile
    assert "chưa có số liệu" in tile
    assert "<strong>" not in tile.split("</li>")[0]
    line = next(part for part in html.split("<tr>") if "Thèn Sin" in part and "total" in part)
    assert "chưa có số liệu" in line.split('class="total"')[1].split("</td>")[0]
    before = opened(period="2023-q2").content.decode()
    assert 'class="tile tile-none' not in before
