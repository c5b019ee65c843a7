"""Two issues side by side, and a correction that says its words: pages, refusals, cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import SummaryIssue
from tests.reports.corrected import corrected
from tests.reports.many_issues import corrected_often
from tests.reports.pages import page, signed_in

pytestmark = pytest.mark.usefixtures("demonstration")
ADDRESS = "/reports/compare/"


def test_two_summaries_stand_side_by_side():
    body = page("xa.ban-bo", f"{ADDRESS}?a=2023-q1&b=2023-q2")
    assert "Số xã đã được công nhận" in body
    assert "16,3" in body
    assert len(page("xa.ban-bo", f"{ADDRESS}?a=2023-q1&b=2023-q2&changed=on")) < len(body)


def test_the_picker_names_kind_year_issue_number_and_day():
    corrected()
    body = page("xa.ban-bo", ADDRESS)
    assert '<optgroup label="2023">' in body
    first = re.search(r'<option value="2023-q2:1"[^>]*>([^<]+)<', body)[1]
    assert re.fullmatch(r"Quý II năm 2023 · lần 1 · số 03 · \d\d/\d\d/2023", first)
    assert '<option value="2023-q2:2" selected>' in body


def test_an_issue_and_its_correction_stand_side_by_side_word_by_word():
    first, second = corrected(text="Vốn <b>cấp chậm")
    body = page("xa.ban-bo", f"{ADDRESS}?a=2023-q2:1&b=2023-q2:2&changed=on")
    assert f"/reports/2023-q2/issues/{first.edition}/" in body
    assert f"/reports/2023-q2/issues/{second.edition}/" in body
    assert re.search(r'<ins class="word-in">[^<]*cấp chậm', body)
    assert '<del class="word-out">' in body
    assert "đã thay bằng bản đính chính" in body
    assert "1 mục có nội dung khác" in body


def test_the_same_issue_twice_says_that_nothing_differs():
    body = page("xa.ban-bo", f"{ADDRESS}?a=2023-q2&b=2023-q2:1&changed=on")
    assert "Hai văn bản giống nhau" in body
    assert body.count("<del") == body.count("<ins") == 0


@pytest.mark.parametrize(
    "query",
    [
        "a=2023-q2&b=2023-q3",
        "a=2023-q2:9&b=2023-q1",
        "a=2023-q2:²&b=2023-q1",
        "a=%00&b=2023-q1",
        "a=2023-q2:99999999999999999999",
        "a=2023-q2:1:1&b=2023-q1",
    ],
)
def test_what_was_not_published_is_not_compared(query):
    page("xa.ban-bo", f"{ADDRESS}?{query}", 404)


def test_with_one_side_only_nothing_is_compared_yet():
    assert "figures-title" not in page("xa.ban-bo", f"{ADDRESS}?a=2023-q2")


def test_comparing_asks_as_much_for_four_issues_as_for_forty():
    client = signed_in("lanhdao")
    address = f"{ADDRESS}?a=2023-q1&b=2022-12-months"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        assert client.get(address).status_code == 200
    corrected_often(36)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few)


def test_a_correction_names_what_it_replaces_and_each_changed_word():
    first, second = corrected()
    body = page("xa.ban-bo", "/reports/2023-q2/")
    assert f"Thay thế Báo cáo số {first.serial:02d}/BC-UBND" in body
    assert "Nhầm nguyên nhân &amp; số liệu." in body
    assert '<ins class="word-in">Nguyên nhân đúng.</ins>' in body
    assert "/reports/compare/?a=2023-q2:1&amp;b=2023-q2:2" in body
    replaced = second.snapshot["publication"]["replaces"]
    assert (replaced["number"], replaced["code"]) == (first.serial, first.code)
    assert second.snapshot["publication"]["changes"][0]["after"] == "Nguyên nhân đúng."


def test_every_figure_bears_its_whole_name_and_its_unit():
    body = page("xa.ban-bo", f"{ADDRESS}?a=2023-q1&b=2023-q2")
    assert re.search(
        r'Số xã đạt tiêu chí 11: Nghèo đa chiều <span class="muted small">\(xã\)', body
    )
    assert re.search(r"Bình quân tiêu chí mỗi xã <span[^>]*>\(tiêu chí/xã\)", body)
    assert re.search(r"Tỷ lệ hộ nghèo <span[^>]*>\(%\)", body)
    assert "25,52" in body
    numbers = re.findall(r'<td class="num">(?:<strong>)?([^<]*)<', body)
    assert all(re.fullmatch(r"\d{1,3}(\.\d{3})*(,\d+)?|–", one) for one in numbers)


def test_what_differs_comes_first_and_what_is_the_same_is_folded_away():
    body = page("xa.ban-bo", f"{ADDRESS}?a=2023-q1&b=2023-q2")
    differ, same = body.split('class="card compare-same"', 1)
    first = re.findall(r'<td class="num">([^<]*)</td><td class="num"><strong>([^<]*)<', differ)
    assert first
    assert all(one != other for one, other in first)
    same = same.split("indicators-title")[0]
    second = re.findall(r'<td class="num">([^<]*)</td><td class="num">([^<]*)</td>', same)
    assert second
    assert all(one == other for one, other in second)
    headings = re.findall(r"Hai văn bản có nội dung giống nhau|compare-columns", body)
    assert headings == sorted(headings, key=lambda one: one != "compare-columns")


def test_an_indicator_that_differs_is_named_under_its_commune_with_value_unit_and_verdict():
    body = page("xa.ban-bo", f"{ADDRESS}?a=2023-q1&b=2023-q2&changed=on")
    row = re.search(r"<strong>11</strong> ([^<]+)</th><td data-head=\"[^\"]+\">([^<]*)</td>", body)
    assert len(row[1]) > 5
    assert "%" in row[2]
    assert re.search(r'<span lang="vi">[^<]+</span>: \d+ chỉ tiêu khác', body)


def test_what_differs_in_an_annex_alone_is_listed_and_nothing_is_called_the_same():
    _first, second = corrected()
    stored = second.snapshot
    first = stored | {"reporting": [dict(one) for one in stored["reporting"]]}
    first["reporting"][0]["state_text"] = "Đã gửi <b>"
    SummaryIssue.objects.filter(summary=second.summary, edition=1).update(snapshot=first)
    body = page("xa.ban-bo", f"{ADDRESS}?a=2023-q2:1&b=2023-q2:2&changed=on")
    assert "Hai văn bản giống nhau" not in body
    assert "1 nội dung phụ lục, tên gọi khác nhau" in body
    name = stored["reporting"][0]["name"]
    assert f"<li>Phụ lục IV: {name}, từ “Đã gửi &lt;b&gt;” thành “" in body
