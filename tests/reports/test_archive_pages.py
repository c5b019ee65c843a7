"""The archive: what is published, found by year, kind and words; drafts hidden; cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.reports.corrected import corrected
from tests.reports.many_issues import corrected_often
from tests.reports.pages import page, signed_in

pytestmark = pytest.mark.usefixtures("demonstration")


def test_the_archive_lists_what_is_published_newest_first():
    body = page("xa.ban-bo", "/reports/")
    names = re.findall(r"<strong>(Báo cáo [^<]+)</strong>", body)
    assert names == [
        "Báo cáo 6 tháng đầu năm 2023",
        "Báo cáo quý II năm 2023",
        "Báo cáo quý I năm 2023",
        "Báo cáo năm 2022",
    ]
    assert "/reports/2023-q2.pdf" in body
    assert "2023-q3" not in body


def test_the_archive_is_narrowed_down_by_year_and_kind():
    body = page("lanhdao", "/reports/?year=2023&kind=quarter")
    assert body.count("Báo cáo quý") > 1
    assert "Báo cáo năm 2022" not in body
    assert "Không có báo cáo đã ban hành" in page("xa.ban-bo", "/reports/?year=1999")
    for odd in ("year=%00", "year=²", "kind=x", "page=9999", "year=99999999999999999999"):
        page("xa.ban-bo", f"/reports/?{odd}")


def test_the_archive_asks_as_much_for_four_issues_as_for_forty():
    client = signed_in("lanhdao")
    with CaptureQueriesContext(connection) as few:
        client.get("/reports/")
    corrected_often(36)
    with CaptureQueriesContext(connection) as many:
        client.get("/reports/")
    assert len(many) <= len(few)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("quý II", 1),
        ("QUY ii", 1),
        ("bao cao nam 2022", 1),
        ("03/BC-UBND", 1),
        ("số 03 không có", 0),
        ("100%25_", 0),
        ("", 4),
    ],
)
def test_an_issue_is_found_by_its_words_with_or_without_accents(words, count):
    body = page("xa.ban-bo", f"/reports/?q={words}")
    assert body.count('class="paper-name"') == count
    assert ("Không có báo cáo đã ban hành" in body) == (count == 0)


def test_what_was_searched_for_stays_in_the_field_and_is_no_markup():
    body = page("xa.ban-bo", "/reports/?q=%22><b>x&year=2023")
    assert 'value="&quot;&gt;&lt;b&gt;x"' in body


def test_a_correction_stands_above_the_issue_that_it_replaces_and_both_keep_their_files():
    corrected()
    body = page("xa.ban-bo", "/reports/?q=quy II")
    assert "đã thay bằng bản đính chính" in body
    assert body.index('href="/reports/2023-q2.pdf"') < body.index(
        'href="/reports/2023-q2-lan-1.pdf"'
    )


def test_drafts_are_shown_to_those_who_compose_and_publish_only():
    for username, shown in (("phong.nong-nghiep", True), ("lanhdao", True), ("xa.ban-bo", False)):
        assert ("drafts-title" in page(username, "/reports/")) == shown
    assert "2023-q3" not in page("phong.noi-vu", "/reports/?q=quy III")


def test_a_long_archive_has_pages_that_keep_what_was_asked_for():
    corrected_often(58)
    body = page("xa.ban-bo", "/reports/?q=quy II&kind=quarter")
    assert body.count('class="paper-name"') == 50
    assert re.search(r'href="\?[^"]*q=quy[^"]*page=2|href="\?page=2[^"]*q=quy', body)
    assert page("xa.ban-bo", "/reports/?q=quy II&page=2").count('class="paper-name"') == 9


def test_what_is_asked_for_can_be_taken_back_with_one_press_and_is_counted():
    assert "Hiện tất cả" not in page("lanhdao", "/reports/")
    for query in ("?q=quý", "?year=2023", "?kind=quarter", "?q=không-có"):
        assert 'href="/reports/#issues-title">Hiện tất cả' in page("lanhdao", f"/reports/{query}")
    assert "1 lần ban hành" in page("lanhdao", "/reports/?year=2022")
    assert "lần ban hành</p>" not in page("lanhdao", "/reports/?q=không-có")


def test_an_empty_archive_says_how_it_fills_and_asks_nothing():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_renderedfile")
        cursor.execute("DELETE FROM reports_summaryissue")
    for username in ("lanhdao", "phong.nong-nghiep", "xa.ban-bo"):
        body = page(username, "/reports/")
        assert "Chưa có báo cáo nào được ban hành" in body
        assert 'type="search"' not in body
        assert "/reports/compare/" not in body
    assert "compare-form" not in page("lanhdao", "/reports/compare/")


def test_a_search_through_sixty_issues_asks_as_much_as_one_through_four():
    client = signed_in("lanhdao")

    def cost(query: str) -> int:
        client.get(f"/reports/{query}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/reports/{query}").status_code == 200
        return len(asked)

    queries = ("?q=quý", "?year=2023", "?kind=quarter", "?q=không-có", "?q=quý&page=2")
    few = [cost(one) for one in queries]
    corrected_often(56)
    assert [cost(one) for one in queries] == few
    body = page("lanhdao", "/reports/?q=quý&page=2")
    assert "Trang 2" in body
    assert "q=qu%C3%BD" in body
