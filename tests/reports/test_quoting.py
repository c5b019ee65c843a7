"""Which figures a text names: by the words around the number, in any section, and no false alarm."""

import pytest

from assessments.models import IndicatorResult
from reports.building import build_snapshot
from reports.models import SummaryReport
from reports.quotable import Figure, quotable
from reports.quoting import quoted_in
from reports.sections import BY_KEY, generated
from tests.reports import summary_stages as stages
from tests.reports.pages import page

FIGURES = {
    "headline.communes": Figure("Số xã", "12"),
    "headline.recognised": Figure("Số xã đã được công nhận", "08"),
    "headline.meeting_all": Figure("Số xã đang đạt đủ tiêu chí", "00"),
    "headline.criteria_met": Figure("Tổng số tiêu chí đạt", "149"),
    "headline.average": Figure("Bình quân tiêu chí mỗi xã", "12,4"),
    "headline.entered": Figure("Số chỉ tiêu đã nhập", "1.088"),
    "headline.verified": Figure("Số chỉ tiêu đã thẩm định", "250"),
    "headline.only_declared": Figure("Số chỉ tiêu mới do xã tự đánh giá", "397"),
    "headline.handed_in": Figure("Số xã đã gửi phiếu đánh giá", "11"),
    "poverty.poor_rate": Figure("Tỷ lệ hộ nghèo", "23,09"),
    "poverty.near_poor_rate": Figure("Tỷ lệ hộ cận nghèo", "13,50"),
    "criterion.8": Figure("Số xã đạt tiêu chí 8", "10"),
    "commune.nung-nang": Figure("Số tiêu chí Xã Nùng Nàng đạt", "08", "Nùng Nàng"),
    "commune.ban-bo": Figure("Số tiêu chí Xã Bản Bo đạt", "18", "Bản Bo"),
    "missing.nung-nang": Figure("Số chỉ tiêu chưa có số liệu", "37", "Nùng Nàng"),
    "missing.ban-bo": Figure("Số chỉ tiêu chưa có số liệu", "16", "Bản Bo"),
    "distribution.15": Figure("Số xã đạt 15-18 tiêu chí", "08", "15-18"),
    "tier.ntm-nang-cao": Figure("Số xã nâng cao", "02", "nông thôn mới nâng cao"),
    "quarter-before.average": Figure("Thay đổi bình quân", "0,2", "quý II"),
}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (
            "149 tiêu chí, bình quân 12,4 tiêu chí/xã; hộ nghèo 23,09%; còn 397 chỉ tiêu chưa "
            "thẩm định",
            {"criteria_met", "average", "poor_rate", "only_declared"},
        ),
        ("xã Nùng Nàng đạt 08/19", {"nung-nang"}),
        ("Nùng Nàng mới đạt 8 tiêu chí", {"nung-nang"}),
        ("Bản Bo, Nùng Nàng: 18/19 tiêu chí", {"ban-bo"}),
        ("toàn huyện có 8/12 xã đạt chuẩn nông thôn mới", {"recognised", "communes"}),
        ("có 02 xã đạt chuẩn nông thôn mới nâng cao", {"ntm-nang-cao"}),
        ("chưa có xã nào đang đạt đủ 19/19 tiêu chí", {"meeting_all"}),
        ("tỷ lệ hộ cận nghèo 13,50%", {"near_poor_rate"}),
        ("đã nhập 1088 chỉ tiêu; 250 chỉ tiêu đã được thẩm định", {"entered", "verified"}),
        ("11/12 xã đã gửi phiếu đánh giá", {"handed_in", "communes"}),
        ("Tiêu chí số 8 (Thông tin): 10/12 xã đạt", {"8", "communes"}),
        ("08 xã đạt 15-18 tiêu chí", {"15"}),
        ("tăng 0,2 tiêu chí/xã so với quý II", {"average"}),
    ],
)
def test_a_figure_is_known_by_its_words(text, keys):
    assert {key.partition(".")[2] for key in quoted_in(text, FIGURES)} == keys


@pytest.mark.parametrize(
    ("text", "communes"),
    [
        ("Nùng Nàng còn 37 chỉ tiêu chưa nhập", {"nung-nang"}),
        ("xã Nùng Nàng (37 chỉ tiêu chưa có số liệu)", {"nung-nang"}),
        ("còn 37 chỉ tiêu chưa nhập ở xã Nùng Nàng", {"nung-nang"}),
        (
            "Nùng Nàng chưa nhập 37 chỉ tiêu, Bản Bo thiếu số liệu 16 chỉ tiêu",
            {"nung-nang", "ban-bo"},
        ),
        (
            "Còn 53 chỉ tiêu chưa nhập (kỳ chưa khóa): Bản Bo 16, Nùng Nàng 37",
            {"nung-nang", "ban-bo"},
        ),
        ("Còn 53 chỉ tiêu chưa có số liệu: Bản Bo 16, Nùng Nàng 36; chi tiết", {"ban-bo"}),
        ("Bản Bo 16 km, Nùng Nàng 37 hộ", set()),
        ("Nùng Nàng có 37 chỉ tiêu đạt; Bản Bo 16", set()),
        ("Còn 53 chỉ tiêu chưa nhập. Bản Bo 16, Nùng Nàng 37", set()),
        ("Nùng Nàng còn 137 chỉ tiêu chưa nhập", set()),
    ],
)
def test_what_a_commune_lacks_is_known_by_its_name_and_its_number(text, communes):
    found = {key for key in quoted_in(text, FIGURES) if key.startswith("missing.")}
    assert found == {f"missing.{slug}" for slug in communes}


@pytest.mark.parametrize(
    "text",
    [
        "ban hành 08 văn bản, tổ chức 12 hội nghị",
        "ngày 08/12/2023",
        "tiêu chí số 08 và tiêu chí số 18 ở xã Bản Bo",
        "giải ngân 23,09% kế hoạch vốn",
        "1149 tiêu chí; 149,5 tiêu chí",
        "làm 397 m đường; 250 hộ đã được hỗ trợ",
        "xã đạt 15-18 tiêu chí (Bản Bo, Nùng Nàng)",
        "xã Bản Bo có 18 thôn; xã Nùng Nàng có 08 thôn",
        "đạt thêm 02 tiêu chí",
        "",
    ],
)
def test_a_number_of_other_things_raises_no_alarm(text):
    assert quoted_in(text, FIGURES) == {}


def test_a_total_of_a_few_criteria_needs_its_name():
    few = {"headline.criteria_met": Figure("Tổng số tiêu chí đạt", "12")}
    assert quoted_in("xã đạt 12 tiêu chí", few) == {}
    assert quoted_in("Tổng số tiêu chí đạt là 12", few)


def test_saving_again_does_not_silence_a_figure_that_has_changed():
    older = {"poverty.poor_rate": "25,00", "headline.average": "12,0"}
    found = quoted_in("hộ nghèo 25,00%", FIGURES, older)
    assert found == {"poverty.poor_rate": "25,00"}


@pytest.mark.usefixtures("demonstration")
def test_every_generated_sentence_is_read_as_it_was_written():
    snapshot = build_snapshot(SummaryReport.objects.get(slug="2023-q3"))
    figures = quotable(snapshot)
    for builder in BY_KEY.values():
        text, taken = generated(builder, snapshot, figures, [])
        assert set(taken) <= set(quoted_in(text, figures)), builder.key


@pytest.mark.usefixtures("demonstration")
def test_a_typed_sentence_in_any_section_says_when_its_figure_has_changed():
    summary = SummaryReport.objects.get(slug="2023-q3")
    figures = quotable(build_snapshot(summary))
    poor, met = figures["poverty.poor_rate"].shown, figures["commune.nung-nang"].shown
    text = f"Hộ nghèo còn {poor}%; xã Nùng Nàng đạt {met}/19."
    stored = stages.edit(summary, text, key="causes")
    assert stored.quoted["poverty.poor_rate"] == poor
    stored.text = f"Hộ nghèo còn 99,99%; xã Nùng Nàng đạt {met}/19."
    stored.quoted["poverty.poor_rate"] = "99,99"
    stored.save()
    body = page("phong.nong-nghiep", "/reports/2023-q3/")
    assert f"Tỷ lệ hộ nghèo: 99,99 → {poor}" in body
    assert f"Tỷ lệ hộ nghèo 99,99 → {poor}" in body  # the check list
    again = stages.edit(summary, stored.text + " Gõ thêm.", key="causes")
    assert again.quoted["poverty.poor_rate"] == "99,99"


@pytest.mark.usefixtures("demonstration")
def test_what_a_commune_lacks_is_flagged_once_a_value_of_it_is_entered():
    summary = SummaryReport.objects.get(slug="2023-q3")
    figures = quotable(build_snapshot(summary))
    lacks = figures["missing.nung-nang"].shown
    own, taken = generated(BY_KEY["limits"], build_snapshot(summary), figures, [])
    assert f"Nùng Nàng {lacks}" in own
    assert taken["missing.nung-nang"] == lacks
    stages.edit(summary, f"{own}\nNùng Nàng còn {lacks} chỉ tiêu chưa nhập.")
    was = "Số chỉ tiêu chưa có số liệu của Xã Nùng Nàng"
    assert was not in page("phong.nong-nghiep", "/reports/2023-q3/")
    blank = IndicatorResult.objects.filter(
        assessment__period__slug="2023-q3",
        assessment__unit__slug="nung-nang",
        counted_verdict="missing",
    ).order_by("pk")[:1]
    IndicatorResult.objects.filter(pk__in=[one.pk for one in blank]).update(declared_verdict="met")
    body = page("phong.nong-nghiep", "/reports/2023-q3/")
    assert f"{was}: {lacks} → {int(lacks) - 1:02d}" in body
