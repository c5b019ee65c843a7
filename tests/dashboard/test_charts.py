"""Charts: what they say in words and tables is what they draw, whoever looks."""

import re
from decimal import Decimal

import pytest
from defusedxml import ElementTree
from django.core.cache import cache
from django.utils.translation import override

from dashboard import charts
from dashboard.chart_specs import ticks

COMMUNES = [("Bình Lư", 18), ("Đông Ẩ & <b>", 15), ("Vĩnh", 0)]
CRITERIA = [(1, "Quy hoạch", 12), (2, "Giao thông", 9), (11, "Nghèo đa chiều", 0)]
POINTS = [
    ("IV/2022", Decimal("16.1"), 8, 0),
    ("I/2023", None, 8, 0),
    ("II/2023", Decimal(17), 9, 1),
]


def drawn() -> list[charts.Chart]:
    return [
        charts.met_by_commune(COMMUNES, Decimal("11.0"), 19),
        charts.communes_by_criterion(CRITERIA, 12),
        charts.trend(POINTS, 12, 19),
    ]


def texts(svg: str) -> list[str]:
    found = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return ["".join(one.itertext()) for one in found]


@pytest.fixture(autouse=True)
def vietnamese():
    with override("vi"):
        yield


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("style", [charts.PAPER, charts.SCREEN])
def test_a_chart_is_named_in_our_letters_and_has_no_style_of_its_own(number, style):
    chart = drawn()[number]
    svg = chart.svg(style)
    root = ElementTree.fromstring(svg)
    assert root.get("font-family") == charts.FONTS[style]
    assert root[0].text == chart.title
    assert root[1].text == chart.alt
    assert "style" not in svg
    assert "<script" not in svg
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_bars_stand_in_the_order_given_and_names_are_only_text():
    said = texts(drawn()[0].svg())
    names = [name for name, _met in COMMUNES]
    assert [one for one in said if one in names] == names


def test_every_number_is_written_beside_its_mark():
    assert {"18", "15", "0", "bình quân 11,0"} <= set(texts(drawn()[0].svg()))
    assert {"12", "9", "0"} <= set(texts(drawn()[1].svg()))
    assert {"16,1", "17,0", "8", "9", "1"} <= set(texts(drawn()[2].svg()))


def test_the_table_says_what_the_picture_says():
    commune, criterion, trend = drawn()
    assert commune.rows == (
        ("Bình Lư", "18"),
        ("Đông Ẩ & <b>", "15"),
        ("Vĩnh", "0"),
        ("Bình quân tiêu chí/xã", "11,0"),
    )
    assert criterion.rows[2] == ("11. Nghèo đa chiều", "0/12")
    assert trend.rows[1] == ("I/2023", "–", "8", "0")
    assert all(len(row) == len(one.head) for one in drawn() for row in one.rows)


def test_the_words_for_a_chart_name_its_ends():
    assert "11 Nghèo đa chiều" in drawn()[1].alt
    assert "từ 16,1 đến 17" in drawn()[2].alt


@pytest.mark.parametrize(
    "chart",
    [
        charts.met_by_commune([], None, 19),
        charts.communes_by_criterion([], 0),
        charts.trend([], 0, 19),
        charts.trend([("I/2023", None, 0, 0)], 0, 19),
    ],
)
def test_nothing_to_draw_is_a_picture_all_the_same(chart):
    assert chart.svg().startswith("<svg")
    assert chart.alt


def test_a_picture_is_drawn_once_for_the_same_content(monkeypatch):
    chart = drawn()[0]
    first = chart.svg()
    monkeypatch.setattr(charts, "draw_svg", None)
    assert charts.met_by_commune(COMMUNES, Decimal("11.0"), 19).svg() == first
    monkeypatch.undo()
    cache.clear()
    assert chart.svg() == first


def test_drawn_apart_is_the_same_picture_and_only_what_is_wanted_is_drawn(monkeypatch):
    here = [one.svg(charts.PAPER) for one in drawn()]
    cache.clear()
    charts.draw_apart(drawn(), charts.PAPER)
    monkeypatch.setattr(charts, "draw_svg", None)
    assert [one.svg(charts.PAPER) for one in drawn()] == here
    monkeypatch.setattr(charts, "drawn_apart", None)
    charts.draw_apart(drawn(), charts.PAPER)


def test_a_drawing_that_fails_elsewhere_says_what_it_was():
    with pytest.raises(RuntimeError, match="charts could not be drawn"):
        charts.drawn_apart(drawn(), "paper", 5)


def test_another_content_or_style_is_another_picture():
    one, two = drawn()[0], charts.met_by_commune(COMMUNES[:2], Decimal("11.0"), 19)
    prints = {one.fingerprint("paper"), one.fingerprint("screen"), two.fingerprint("paper")}
    assert len(prints) == 3


def test_a_picture_for_word_is_twice_as_fine():
    png, svg = drawn()[0].png(), drawn()[0].svg(charts.PAPER)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width = int(re.search(r'width="(\d+)', svg)[1])
    assert int.from_bytes(png[16:20], "big") == 2 * width


def test_the_picture_for_word_is_made_of_the_one_in_the_pdf(monkeypatch):
    """Laying a chart out takes a second and 110 MB; making points of it neither."""
    import vl_convert

    chart = charts.met_by_commune([("Chỉ một lần", 7)], Decimal("7.0"), 19)
    charts.draw_apart([chart], charts.PAPER)
    for name in ("vegalite_to_svg", "vegalite_to_png"):
        monkeypatch.setattr(
            vl_convert, name, lambda *_given, **_more: pytest.fail("laid out twice")
        )
    assert chart.png()[:8] == b"\x89PNG\r\n\x1a\n"


def test_an_axis_ends_at_the_whole():
    assert ticks(19) == [0, 5, 10, 15, 19]
    assert ticks(12) == [0, 3, 6, 9, 12]
    assert ticks(300) == [0, 100, 200, 300]
    assert ticks(1) == [0, 1]
    assert ticks(0) == [0]


def test_an_open_quarter_is_marked_in_the_picture_the_table_and_the_words():
    chart = charts.trend(POINTS, 12, 19, {"II/2023"})
    assert [row[0] for row in chart.rows] == ["IV/2022", "I/2023", "II/2023 (tạm tính)"]
    assert "II/2023 (tạm tính)" in chart.alt
    assert texts(chart.svg()).count("II/2023(tạm tính)") == 2, "in two lines, under each part"
    assert "(tạm tính)" not in charts.trend(POINTS, 12, 19).svg()


def test_a_commune_without_figures_has_no_bar_and_no_nought():
    chart = charts.met_by_commune([("Bình Lư", 18), ("Vĩnh", 0), ("Nà Tăm", None)], None, 19)
    assert chart.rows == (("Bình Lư", "18"), ("Vĩnh", "0"), ("Nà Tăm", "chưa có số liệu"))
    said = texts(chart.svg())
    assert "chưa có số liệu" in said
    assert said.count("0") == 2, "the nought of Vĩnh, and the axis"
    assert "từ 0 đến 18" in chart.alt
    assert chart.alt.endswith("Chưa có số liệu: Nà Tăm.")


def test_where_nobody_has_figures_no_average_is_drawn():
    chart = charts.met_by_commune([("Nà Tăm", None)], Decimal("0.0"), 19)
    assert "bình quân" not in chart.svg()
    assert "Chưa có xã nào có số liệu" in chart.alt


def test_nought_blank_and_not_applicable_are_three_things():
    chart = charts.communes_by_criterion(
        [(1, "Quy hoạch", 0), (2, "Giao thông", None), (3, "Thủy lợi", None)], 12, {3}
    )
    assert [row[1] for row in chart.rows] == ["0/12", "chưa có số liệu", "không áp dụng"]
    assert {"chưa có số liệu", "không áp dụng"} <= set(texts(chart.svg()))


EIGHT = [(f"Quý {n}/202{y}", Decimal(16), 8, 0) for y in (2, 3) for n in ("I", "II", "III", "IV")]


@pytest.mark.parametrize("style", [charts.PAPER, charts.SCREEN])
def test_the_names_of_eight_quarters_do_not_touch(style):
    svg = charts.trend(EIGHT, 12, 19, {"Quý IV/2023"}).svg(style)
    root = ElementTree.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    lines = ["".join(one.itertext()) for one in root.iter(f"{space}tspan")]
    assert lines.count("2023") == 8, "a year is a line of its own, under each part"
    assert lines.count("(tạm") == lines.count("tính)") == 2
    assert max(len(one) for one in lines if "tiêu chí" not in one and "Số xã" not in one) <= 5


def test_a_quarter_still_open_is_hollow_and_reached_in_dots():
    svg = charts.trend(POINTS, 12, 19, {"II/2023"}).svg()
    assert svg.count('stroke-dasharray="1.5,4"') == 3
    assert svg.count('fill="white" stroke') == 3
    closed = charts.trend(POINTS, 12, 19).svg()
    assert 'stroke-dasharray="1.5,4"' not in closed
    assert 'fill="white"' not in closed


def test_a_long_name_takes_two_lines_and_leaves_the_bars_their_room():
    long = "Tổ chức sản xuất và phát triển kinh tế nông thôn bền vững"
    chart = charts.communes_by_criterion([(13, long, 3), (1, "Quy hoạch", 2)], 12)
    said = texts(chart.svg())
    assert "13. Tổ chức sản xuất và" in said
    assert any(one.endswith("…") for one in said)
    assert chart.rows[0][0] == f"13. {long}"


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_page_knows_how_large_a_picture_is_before_it_comes(number):
    import vl_convert

    from dashboard.chart_specs import spec

    chart = drawn()[number]
    drawing = vl_convert.vegalite_to_svg(spec(chart, charts.SCREEN, charts.FONTS[charts.SCREEN]))
    natural = [
        float(one) for one in re.search(r'width="([\d.]+)" height="([\d.]+)"', drawing).groups()
    ]
    assert all(0 <= told - real <= 30 for told, real in zip(chart.size, natural, strict=True))
    wide, high = chart.size
    assert f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"' in chart.svg()
