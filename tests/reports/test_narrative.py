"""Sentences: the directive's own wording, the singular cases, and no number from nowhere."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import narrative, narrative_next, narrative_results
from reports.quotable import changed, quotable
from tests.reports.small_papers import against, missing, paper, said
from tests.reports.snapshots import six_months


def headline(snapshot) -> str:
    return said(narrative.headline_sentence, snapshot)[0]


def test_the_sentence_of_the_issue():
    snapshot = paper(comparisons=[against(average=Decimal("0.2"))])
    assert headline(snapshot) == (
        "Đến hết quý III năm 2023, toàn huyện có 08/12 xã đạt chuẩn nông thôn mới, bình quân đạt "
        "16,3 tiêu chí/xã, tăng 0,2 tiêu chí/xã so với quý II."
    )


def test_a_decrease_and_no_change_are_said():
    assert "giảm 0,2 tiêu chí/xã so với quý II." in headline(
        paper(comparisons=[against(average=Decimal("-0.2"))])
    )
    assert headline(paper(comparisons=[against()])).endswith("không thay đổi so với quý II.")


def test_a_missing_base_is_said_and_never_guessed():
    snapshot = paper(
        "6-months",
        "6 tháng đầu năm 2023",
        comparisons=[
            against("cuối năm 2022", "year-end", average=Decimal("0.3")),
            missing("cùng kỳ năm 2022", "same-quarter-last-year"),
        ],
    )
    assert headline(snapshot) == (
        "Đến hết 6 tháng đầu năm 2023, toàn huyện có 08/12 xã đạt chuẩn nông thôn mới, bình quân "
        "đạt 16,3 tiêu chí/xã, tăng 0,3 tiêu chí/xã so với cuối năm 2022. Chưa có số liệu cùng kỳ "
        "năm 2022 để so sánh."
    )


def test_two_bases_are_said_in_one_sentence():
    snapshot = paper(
        "6-months",
        "6 tháng đầu năm 2023",
        comparisons=[
            against("cuối năm 2022", "year-end", average=Decimal("0.3")),
            against("cùng kỳ năm 2022", "same-quarter-last-year", average=Decimal("-0.1")),
        ],
    )
    assert headline(snapshot).endswith(
        "tăng 0,3 tiêu chí/xã so với cuối năm 2022 và giảm 0,1 tiêu chí/xã so với cùng kỳ năm 2022."
    )


@pytest.mark.parametrize(
    ("recognised", "words"),
    [
        (0, "toàn huyện chưa có xã nào đạt chuẩn nông thôn mới"),
        (1, "toàn huyện có 01/12 xã đạt chuẩn nông thôn mới"),
        (12, "toàn huyện có 12/12 xã (100%) đạt chuẩn nông thôn mới"),
    ],
)
def test_nobody_one_and_all(recognised, words):
    assert words in headline(paper(recognised=recognised))


def test_an_ad_hoc_paper_begins_with_its_day():
    assert headline(paper("adhoc", "tính đến ngày 20/9/2023")).startswith(
        "Tính đến ngày 20/9/2023, theo số liệu quý II năm 2023, toàn huyện"
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "chưa có xã nào đang đạt đủ 19/19 tiêu chí"),
        (1, "có 01 xã đang đạt đủ 19/19 tiêu chí"),
        (12, "tất cả 12 xã đang đạt đủ 19/19 tiêu chí"),
    ],
)
def test_meeting_all_is_said_apart_from_recognised(number, words):
    sentence = said(narrative.meeting_all, paper(meeting_all=number))[0]
    assert words in sentence
    assert "hai số liệu khác nhau" in sentence


def test_only_declared_figures_are_said():
    def sentence(**headline):
        return said(narrative.certainty, paper(**headline))[0]

    assert "684 chỉ tiêu đã nhập đều được" in sentence(entered=684, verified=684, only_declared=0)
    assert "mới do các xã tự đánh giá" in sentence(entered=684, verified=0, only_declared=684)
    both = sentence(entered=684, verified=680, only_declared=4)
    assert "680 chỉ tiêu đã được cơ quan chủ trì thẩm định; 04 chỉ tiêu mới" in both


def test_poverty_is_written_with_two_places():
    base = against("cuối năm 2022", poor_rate=Decimal("-1.50"), near_poor_rate=Decimal("0.20"))
    snapshot = replace(six_months(), comparisons=(base,))
    assert said(narrative.poverty, snapshot)[0] == [
        "Tỷ lệ hộ nghèo là 25,52% (giảm 1,50 điểm phần trăm so với cuối năm 2022), tỷ lệ hộ cận "
        "nghèo là 13,53% (tăng 0,20 điểm phần trăm so với cuối năm 2022)."
    ]


def test_poverty_of_some_communes_says_of_how_many():
    snapshot = replace(six_months(), poverty=replace(six_months().poverty, communes=9))
    assert "tính trên số liệu của 09/12 xã" in said(narrative.poverty, snapshot)[0][0]
    unknown = replace(snapshot, poverty=replace(snapshot.poverty, poor_rate=None))
    assert "chưa có số liệu" in said(narrative.poverty, unknown)[0][0]


def test_an_empty_quarter_and_a_district_without_communes_are_said():
    empty = paper(entered=0, average=None, provisional=True, handed_in=0)
    sentences = said(narrative.overall, empty)[0]
    assert sentences[0] == "Số liệu tạm tính: kỳ số liệu chưa khóa, chưa xã nào gửi phiếu đánh giá."
    assert "chưa xã nào nhập chỉ tiêu" in sentences[1]
    assert said(narrative_results.by_criterion, empty)[0] == []
    assert "chưa có xã nào thuộc phạm vi" in said(narrative.overall, paper(communes=0))[0][0]


def test_figures_still_coming_in_are_not_read_as_a_decline():
    snapshot = paper(provisional=True, entered=400, comparisons=[against(average=Decimal("-4.2"))])
    sentence = headline(snapshot)
    assert "giảm" not in sentence
    assert sentence.endswith("Chưa so sánh với quý II vì còn chỉ tiêu chưa nhập.")
    assert "giảm" not in "".join(said(narrative.total, snapshot)[0])
    whole = replace(snapshot, headline=replace(snapshot.headline, entered=684, indicators=684))
    assert "giảm 4,2 tiêu chí/xã so với quý II" in headline(whole)


def test_won_and_lost_criteria_are_named():
    base = six_months()
    first, second, *rest = base.communes
    snapshot = replace(
        base,
        communes=(
            replace(first, won=(), lost=(2, 17), recognised=True),
            replace(second, won=(10,), lost=()),
            *(replace(one, won=(), lost=()) for one in rest),
        ),
    )
    sentences = said(narrative_results.by_commune, snapshot)[0]
    assert (
        f"- {first.name} (xã đã được công nhận đạt chuẩn): không còn đạt các tiêu chí số 2 và 17;"
        in sentences
    )
    assert f"- {second.name}: đạt thêm tiêu chí số 10." in sentences
    limits = said(narrative_next.limits, snapshot)[0]
    assert any(first.name in one and "không còn đạt" in one for one in limits)


def test_a_commune_that_is_not_recognised_is_told_of_what_it_lost_too():
    whole = six_months()
    plain = next(one for one in whole.communes if not one.recognised)
    known = next(one for one in whole.communes if one.recognised)
    lost = {plain.slug: (5,), known.slug: (17,)}
    communes = tuple(replace(one, lost=lost.get(one.slug, ())) for one in whole.communes)
    lines = said(narrative_next.limits, replace(whole, communes=communes))[0]
    told = [one.rstrip(".;") for one in lines if "không còn đạt" in one]
    assert told == [
        f"- {known.name} đã được công nhận đạt chuẩn nhưng không còn đạt tiêu chí số 17",
        f"- {plain.name} không còn đạt tiêu chí số 5",
    ]


def test_one_commune_that_won_is_not_several():
    base = six_months()
    first, *rest = (replace(one, won=(), lost=()) for one in base.criteria)
    one = replace(base, criteria=(replace(first, won=("Giang Ma",)), *rest))
    said_of_one = said(narrative_results.by_criterion, one)[0][-1]
    assert "có xã đạt thêm tiêu chí số 1 (Giang Ma)" in said_of_one
    two = replace(base, criteria=(replace(first, won=("Giang Ma", "Bản Bo")), *rest))
    assert "các xã đạt thêm tiêu chí số 1" in said(narrative_results.by_criterion, two)[0][-1]


def test_nothing_changed_is_said():
    base = six_months()
    same = replace(base, communes=tuple(replace(one, won=(), lost=()) for one in base.communes))
    assert said(narrative_results.by_commune, same)[0][-1] == (
        "So với cuối năm 2022, kết quả của các xã không thay đổi."
    )


WRITERS = [
    narrative.overall,
    narrative_results.by_criterion,
    narrative_results.by_commune,
    narrative_results.targets,
    narrative_next.limits,
    narrative_next.tasks,
]
#: Numbers that name something and count nothing: terms, days, criteria, buckets, percent signs.
NAMES = re.compile(
    r"tiêu chí số [\d, và;]+|số \d+ \(|năm \d{4}|ngày [\d/]+|\d tháng|quý [IV]+|dưới 5|\d+-\d+|"
    r"\(100%\)|\d+ xã chưa gửi|không có xã nào đạt [^.]+"
)


@settings(max_examples=60, deadline=None)
@given(
    recognised=st.integers(0, 12),
    meeting_all=st.integers(0, 12),
    criteria_met=st.integers(0, 228),
    verified=st.integers(0, 684),
    average=st.decimals(0, 19, places=1),
    change=st.decimals(-19, 19, places=1),
    more=st.integers(-228, 228),
    poor=st.decimals(0, 100, places=2),
    provisional=st.booleans(),
)
def test_every_number_of_a_sentence_is_one_of_the_snapshot(
    recognised, meeting_all, criteria_met, verified, average, change, more, poor, provisional
):
    snapshot = paper(
        recognised=recognised,
        meeting_all=meeting_all,
        criteria_met=criteria_met,
        average=average,
        verified=verified,
        only_declared=684 - verified,
        provisional=provisional,
        comparisons=[against(average=change, criteria_met=more)],
    )
    snapshot = replace(snapshot, poverty=replace(snapshot.poverty, poor_rate=poor))
    known = quotable(snapshot)
    for write in WRITERS:
        paragraphs, taken = said(write, snapshot)
        text = NAMES.sub(" ", "\n".join(paragraphs))
        numbers = {one for one in re.findall(r"\d+(?:[.,]\d+)*", text) if one != "19"}
        assert numbers <= set(taken.values()) | {"15", "18"}, (write.__name__, numbers)
        assert all(known[key].shown == shown for key, shown in taken.items())
        assert not changed(taken, known)


def test_a_quoted_figure_that_changed_or_is_gone_is_found():
    figures = quotable(six_months())
    found = changed({"headline.recognised": "07", "gone": "3", "headline.communes": "12"}, figures)
    assert [(one.was, one.now) for one in found] == [("07", "08"), ("3", "")]
