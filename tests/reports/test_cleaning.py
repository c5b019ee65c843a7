"""What people paste becomes paragraphs and items of lists; nothing that was meant to be read is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.cleaning import blocks, clean

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>
<!-- /* Font Definitions */ p.MsoNormal {margin:0cm;} --></style><xml><w:WordDocument>x</w:WordDocument></xml></head>
<body lang=EN-US><!--StartFragment-->
<p class=MsoNormal><b>1. C&#244;ng t&#225;c ch&#7881; &#273;&#7841;o</b>: ban h&#224;nh
02&nbsp;v&#259;n b&#7843;n<o:p></o:p></p>
<p class=MsoListParagraph style='text-indent:-18.0pt'><![if !supportLists]><span
style='font-family:Symbol'>·<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>L&#224;m 3 km &#273;&#432;&#7901;ng &amp; c&#7847;u<o:p></o:p></p>
<ul><li><p>Tr&#7891;ng chu&#7889;i</p></li><li>Nu&#244;i ong</li></ul>
<table><tr><td>X&#227;</td><td>B&#7843;n Bo</td></tr><tr><td>H&#7897;</td><td>1088</td></tr></table>
<!--EndFragment--></body></html>"""


def test_word_becomes_paragraphs_lists_and_lines():
    assert clean(WORD).split("\n") == [
        "1. Công tác chỉ đạo: ban hành 02 văn bản",
        "- Làm 3 km đường & cầu",
        "- Trồng chuối",
        "- Nuôi ong",
        "Xã; Bản Bo",
        "Hộ; 1088",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "tỷ lệ < 5% và > 3%",
        "a <script>alert(1)</script> b",
        "A&B",
        "x < y > z",
        "<3 nông thôn",
        "<<>>",
        "‹Bản Bo›, <Bản Bo> và <Bình Lư>",
        "a<b và c>d",
        "x <b và y> z",
        "tỷ lệ <p nhỏ hơn> 5",
        "<u, v>",
        'Nguyên nhân… <script>alert("x")</script>\n- ý 1\n- ý 2 <b>đậm</b>',
        "Điều khoản <p> nháp\n- a\n- b",
        "Một <br> hai\nba <p>bốn</p>",
        "<b>Đậm</b> ở đầu\n- a\n- b",
        "<p> gõ tay\n- a\n- b",
    ],
)
def test_what_is_no_paste_stays_as_it_was_typed(text):
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("Tie\u0302\u0301ng", "Tiếng"),
        ("a\x00b\x07c", "abc"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("•\tmột\n–  hai\n- ba", "- một\n- hai\n- ba"),
        ("  \n ", ""),
        ("\ud800x", "x"),
        ("<p>một<p>hai", "một\nhai"),
        ("dòng<br>mới<br/>nữa", "dòng\nmới\nnữa"),
        ("<p>a</p><script>x()</script><p>b</p>", "a\nb"),
        ("<ol><li>Thứ nhất</li><li><p>Thứ hai</p></li></ol>", "1. Thứ nhất\n2. Thứ hai"),
        ("<ol start=3><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "3. a\n- b\n4. c"),
        ("<ol start=x><li>a</li></ol>", "1. a"),
        ("<p>· a</p><p>o&nbsp;&nbsp; b</p>", "- a\n- b"),
        ("<p>1.&nbsp;&nbsp; Thứ nhất</p>\n<p>2. Thứ hai</p>", "1. Thứ nhất\n2. Thứ hai"),
        ("o\tmột\no hai", "- một\no hai"),
        ("<b>a</b><p>b</p>\n<p>c</p>", "a\nb\nc"),
        ("<div>không đóng", "không đóng"),
        ("<p>a<!-- ẩn --></p>", "a"),
        ("<p>a <![foo b</p>", "a"),
        ("<p>xã <Bản Bo> đạt</p><p>a<b và c>d</p>", "xã <Bản Bo> đạt\na<b và c>d"),
        ("<p>tỷ lệ < 5% và > 3%</p>", "tỷ lệ < 5% và > 3%"),
        ("<P CLASS=MsoNormal style='x:y'>một</P >", "một"),
    ],
)
def test_each_oddity(text, cleaned):
    assert clean(text) == cleaned


@given(st.text(max_size=300))
def test_cleaning_never_fails_and_twice_is_once(text):
    once = clean(text)
    assert clean(once) == once


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<li>",
                "<ul>",
                "<br>",
                "a & b",
                "<td>",
                "<!--",
                "-->",
                "<![",
                "]>",
                "<style>",
                "&lt;",
                "\n",
            ]
        ),
        max_size=30,
    )
)
def test_any_broken_html_is_read(pieces):
    clean("".join(pieces))


def test_blocks_part_paragraphs_and_lists():
    assert blocks("Mở đầu\n- một\n- hai\n\nKết") == [
        ("p", ["Mở đầu"]),
        ("ul", ["một", "hai"]),
        ("p", ["Kết"]),
    ]
    assert blocks("") == []


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069"])
def test_marks_of_direction_are_dropped_from_typed_and_pasted_texts(mark):
    assert clean(f"Tăng {mark}0,2{mark} tiêu chí") == "Tăng 0,2 tiêu chí"
    assert clean(f"{mark}- Một\n{mark}- Hai {mark} ba") == "- Một\n- Hai ba"
    assert clean(f"<p>Xã {mark}Bản Bo</p><ul><li>{mark}Chè</li></ul>") == "Xã Bản Bo\n- Chè"
