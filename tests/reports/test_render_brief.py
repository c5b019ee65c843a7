"""The brief: three numbers, one picture, what got worse, what to decide, on exactly one page."""

from dataclasses import replace

import pytest

from reports import brief_context as brief
from reports.render_brief import render_brief
from tests.reports import hard_snapshots
from tests.reports.pdf_reading import Pdf, close
from tests.reports.snapshots import published, six_months


def many_communes():
    whole = six_months()
    rows = tuple(
        replace(one, slug=f"{one.slug}-{n}", short_name=f"{one.short_name} {n}")
        for n in range(25)
        for one in whole.communes
    )
    return replace(whole, communes=rows)


@pytest.mark.parametrize(
    "made",
    [
        six_months, published, hard_snapshots.empty, hard_snapshots.crowded,
        hard_snapshots.silent_commune, many_communes,
    ],
)  # fmt: skip
def test_it_is_exactly_one_page_whatever_the_data(made):
    pdf = Pdf(render_brief(made()))
    assert len(pdf.pages()) == 1
    assert pdf.facts()["Tagged"] == "yes"
    assert all(float(one[3]) < 297 * 72 / 25.4 for one in pdf.words(1))


def test_its_numbers_are_those_of_the_snapshot():
    text = close(Pdf(render_brief(published())).text())
    assert "08/12" in text
    assert "0/12" in text.replace("08/12", "")
    assert "16,3" in text
    assert close("tăng 0,3 tiêu chí/xã so với cuối năm 2022") in text
    assert "TD23-7KQM-4RXA" in text
    assert close("Báo cáo số 05/BC-UBND ngày 26 tháng 6 năm 2023") in text


def test_recognised_and_meeting_all_are_two_numbers_and_it_says_so():
    found = brief.numbers(published())
    assert [one.value for one in found] == ["08", "0", "16,3"]
    assert "hai số liệu khác nhau" in " ".join(Pdf(render_brief(published())).text().split())


def test_a_draft_and_invented_figures_say_what_they_are():
    text = Pdf(render_brief(six_months())).text()
    assert "DỰ THẢO" in text
    assert "DỰ THẢO, chưa ban hành" in text
    assert "không phải số liệu thật" in text


def test_what_got_worse_is_every_criterion_that_was_lost():
    assert brief.worse(six_months()) == [
        "Giang Ma không còn đạt tiêu chí số 5",
        "Sơn Bình không còn đạt tiêu chí số 10",
    ]


def test_a_recognised_commune_comes_first_and_a_rate_that_rose_is_told():
    whole = six_months()
    lost = replace(whole.communes[0], lost=(17,))
    base = replace(whole.comparisons[0], poor_rate=-whole.comparisons[0].poor_rate, recognised=-1)
    found = brief.worse(replace(whole, communes=(*whole.communes[1:], lost), comparisons=(base,)))
    assert found[0] == f"Xã đã được công nhận {lost.short_name} không còn đạt tiêu chí số 17"
    assert "Tỷ lệ hộ nghèo tăng 1,64 điểm phần trăm" in found
    assert "Số xã đã được công nhận giảm 1 xã" in found


def test_nothing_worse_and_nothing_to_compare_are_two_answers():
    whole = six_months()
    calm = replace(whole, communes=tuple(replace(one, lost=()) for one in whole.communes))
    assert brief.worse(calm) == []
    assert brief.nothing_worse(calm) == "Không có chỉ số nào giảm so với cuối năm 2022."
    assert brief.nothing_worse(hard_snapshots.empty()) == "Chưa có số liệu kỳ trước để so sánh."


def test_what_to_decide_begins_with_the_proposals_of_the_paper():
    whole = six_months()
    sections = tuple(
        replace(one, text="- Bố trí vốn;") if one.key == "proposals" else one
        for one in whole.sections
    )
    assert brief.to_decide(replace(whole, sections=sections))[0] == "Bố trí vốn;"
    assert any("60 chỉ tiêu" in line for line in brief.to_decide(whole))
    assert brief.to_decide(hard_snapshots.empty()) == []


def test_what_does_not_fit_is_counted_and_long_lines_end_at_a_word():
    lines = brief.shortened(["một hai ba " * 40, "b", "c", "d"], 2)
    assert lines[0].endswith("…")
    assert len(lines[0]) <= brief.LONGEST + 1
    assert lines[2] == "và 02 nội dung khác (xem báo cáo đầy đủ)"


def test_where_nothing_is_entered_the_foot_says_so_and_not_nought_of_nought():
    whole = six_months()
    blank = replace(whole, headline=replace(whole.headline, entered=0, verified=0))
    assert brief.verified(blank) == "chưa có chỉ tiêu nào được nhập"
    line = whole.headline
    assert (
        brief.verified(whole) == f"{line.verified}/{line.entered} chỉ tiêu đã nhập được thẩm định"
    )
