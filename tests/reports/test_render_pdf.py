"""The PDF says what the snapshot says, in the form of Decree 30/2020."""

import dataclasses
import re
from functools import lru_cache

import pytest

from dashboard import charts
from reports import paper_context as context
from reports import paper_words as words
from reports.exact import checksum
from reports.render_brief import render_brief
from reports.render_pdf import paper_charts, paper_html, pictures, render_pdf
from reports.rendering import CannotRender
from reports.snapshot import Snapshot, from_json, to_json
from tests.reports import hard_snapshots
from tests.reports.pdf_reading import Pdf, close, stand_in_order
from tests.reports.snapshots import published, six_months

A4 = (595.276, 841.89)
MM = 72 / 25.4


@lru_cache(maxsize=8)
def rendered(name: str) -> Pdf:
    return Pdf(render_pdf(snapshot(name)))


def snapshot(name: str) -> Snapshot:
    makers = {
        "draft": six_months,
        "published": published,
        "empty": hard_snapshots.empty,
        "silent": hard_snapshots.silent_commune,
        "crowded": hard_snapshots.crowded,
    }
    return makers[name]()


def annex(pdf: Pdf, number: str) -> list[str]:
    """The pages of an annex, its own heading first."""
    pages = pdf.pages()
    heads = [page.replace("DỰ THẢO", "").lstrip().split("\n")[0] for page in pages]
    starts = [at for at, head in enumerate(heads) if head.startswith("Phụ lục")]
    first = heads.index(f"Phụ lục {number}")
    end = next((at for at in starts if at > first), len(pages) - 1)
    return pages[first:end]


def test_the_matrix_stands_on_one_page_cell_by_cell():
    pages = annex(rendered("published"), "I")
    assert len(pages) == 1
    given = snapshot("published")
    lines = {line.split(" Đ ")[0].split(" C ")[0]: line for line in pages[0].splitlines()}
    for commune in given.communes:
        name = commune.short_name + (" (CN)" if commune.recognised else "")
        cells = lines[name].removeprefix(name).split()
        assert cells == [words.letter(cell) for cell in commune.cells] + [str(commune.met)]
    totals = lines["Số xã đạt " + " ".join(str(one.met) for one in given.criteria) + " 196"]
    assert totals


def test_letters_of_the_matrix_are_the_verdicts():
    seen = set()
    for commune in snapshot("published").communes:
        for cell in commune.cells:
            text = words.letter(cell)
            assert text[0] == {"met": "Đ", "not_met": "C"}[cell.verdict]
            assert ("*" in text) is bool(cell.only_declared)
            assert ("▲" in text, "▼" in text) == (cell.change == "won", cell.change == "lost")
            seen.add(text)
    assert {"Đ", "C", "Đ*", "C▼", "Đ▲"} <= seen


@pytest.mark.parametrize("table", ["statutory", "trend", "criteria", "communes"])
def test_the_tables_of_the_text_read_as_the_snapshot(table):
    drawn = getattr(context, table)(snapshot("published"))
    assert drawn.rows
    stand_in_order(drawn.rows, rendered("published").text())


@pytest.mark.parametrize(
    ("number", "tables"),
    [("II", ["unmet"]), ("III", ["recognised", "targets"]), ("IV", ["reporting", "written"])],
)
def test_the_annexes_read_as_the_snapshot(number, tables):
    text = "\n".join(annex(rendered("published"), number))
    for table in tables:
        drawn = getattr(context, table)(snapshot("published"))
        assert drawn.rows
        stand_in_order(drawn.rows, text)


def test_tables_hold_every_figure_of_the_snapshot():
    given = snapshot("published")
    assert len(context.unmet(given).rows) == len(given.unmet) == 43
    first = given.unmet[0]
    assert context.unmet(given).rows[0][1:7] == (
        first.commune, first.code, first.text, first.value, first.level, first.lead,
    )  # fmt: skip
    assert [row[2] for row in context.criteria(given).rows] == [
        str(one.met) for one in given.criteria
    ]
    assert [row[3] for row in context.communes(given).rows] == [
        str(one.met) for one in given.communes
    ]
    assert len(context.statutory(given).rows) == len(given.statutory)


def test_every_sentence_of_every_section_stands_in_the_paper():
    text = close(rendered("published").text())
    for section in snapshot("published").sections:
        for line in section.text.split("\n"):
            assert close(line.removeprefix("- ")) in text


def test_declared_and_verified_are_told_apart_in_the_annex():
    said = {row[7] for row in context.unmet(snapshot("published")).rows}
    assert said == {"chưa đạt", "chưa đạt (xã tự đánh giá: đạt)"}


def test_header_rows_are_repeated_on_every_page_of_a_table():
    pages = annex(rendered("published"), "II")
    assert len(pages) > 1
    assert all("Kết luận" in close(page) or "Kếtluận" in close(page) for page in pages)


@pytest.mark.parametrize("lines", [19, 20, 22, 25])
def test_nobody_signs_on_a_page_of_their_own(lines):
    """The text ends near the foot of a page: its last sentence goes with the signature."""
    given = hard_snapshots.empty()
    sections = tuple(
        dataclasses.replace(one, text="\n".join(["Một dòng."] * lines))
        if one.key == "proposals"
        else one
        for one in given.sections
    )
    pages = Pdf(render_pdf(dataclasses.replace(given, sections=sections))).pages()
    (last,) = [page for page in pages if "Nơi nhận" in page]
    assert close("Trên đây là báo cáo") in close(last)


def test_a_published_paper_has_number_date_and_signer_and_no_signature():
    text = rendered("published").pages()[0] + "".join(rendered("published").pages()[-12:])
    assert "Số: 05/BC-UBND" in text
    assert "Tam Đường, ngày 26 tháng 6 năm 2023" in text
    assert "Nguyễn Văn Thử" in text
    assert "DỰ THẢO" not in text
    assert "Đã ký" not in text


def test_a_draft_says_so_on_every_page_and_leaves_number_date_and_signature_blank():
    pdf = rendered("draft")
    assert [page for page in pdf.pages() if "DỰ THẢO" not in page] == []
    first = close(pdf.pages()[0])
    assert "Số:/BC-UBND" in first
    assert "TamĐường,ngàythángnăm2023" in first
    lines = pdf.run("pdftotext", "-raw", "-f", "1", "-l", "1", "PDF", "-").splitlines()
    assert "DỰ THẢO" in lines[: lines.index("BÁO CÁO")], "a line that every program finds"
    assert pdf.facts()["Title"].startswith("Dự thảo - Báo cáo kết quả".replace("kết", "Kết"))
    assert not rendered("published").facts()["Title"].startswith("Dự thảo")
    assert "Nguyễn Văn Thử" not in pdf.text()


def test_invented_figures_are_said_to_be_invented_on_every_page():
    for name in ("draft", "published"):
        assert [page for page in rendered(name).pages() if words.INVENTED not in page] == []
    given = snapshot("published")
    real = dataclasses.replace(given, paper=dataclasses.replace(given.paper, demo=False))
    assert words.INVENTED not in paper_html(real, paper_charts(real)).replace(
        f"{words.INVENTED}</p>", ""
    )


def test_the_last_page_lets_a_reader_check_the_paper():
    last = rendered("published").pages()[-1]
    assert "TD23-7KQM-4RXA" in last
    assert checksum(to_json(snapshot("published"))) in close(last)
    assert "/Figure" in rendered("published").inside().decode("latin-1")


def test_pages_are_a4_the_text_upright_and_the_annexes_across():
    sizes = rendered("published").sizes()
    assert sizes[0] == pytest.approx(A4, abs=1)
    across = [size for size in sizes if size == pytest.approx(A4[::-1], abs=1)]
    assert len(across) >= 4
    assert len(across) == sum(
        len(annex(rendered("published"), n)) for n in ("I", "II", "III", "IV")
    )


@pytest.mark.parametrize("page", [1, 2, 4])
def test_the_margins_are_those_of_the_decree(page):
    inside = [
        one for one in rendered("published").words(page) if 20 * MM <= one[1] <= (297 - 21) * MM
    ]
    left, right = min(one[0] for one in inside), max(one[2] for one in inside)
    assert 29.9 <= left / MM <= 36
    assert 14.5 <= 210 - right / MM <= 21


def test_page_numbers_stand_in_the_middle_above_from_the_second_page():
    pdf = rendered("published")
    for page in (2, 3):
        above = [one for one in pdf.words(page) if one[3] < 20 * MM]
        assert [one[4] for one in above] == [str(page)]
        assert (above[0][0] + above[0][2]) / 2 == pytest.approx(A4[0] / 2 + 7.5 * MM, abs=3)
    assert [one for one in pdf.words(1) if one[3] < 20 * MM] == []


def test_the_letters_are_those_of_times_whole_and_embedded():
    fonts = rendered("published").fonts()
    names = {row[0].split("+")[-1] for row in fonts}
    assert "Liberation-Serif" in names
    assert {name for name in names if not name.startswith("Liberation")} == set()
    assert all("yes" in row for row in fonts)


def test_the_paper_is_tagged_titled_and_in_vietnamese():
    pdf = rendered("published")
    facts = pdf.facts()
    assert facts["Tagged"] == "yes"
    assert facts["Title"].startswith("Báo cáo Kết quả thực hiện Chương trình")
    inside = pdf.inside()
    assert b"/Lang (vi)" in inside or b"/Lang(vi)" in inside
    assert b"pdfuaid" in inside
    assert b"/Outlines" in inside
    structure = pdf.structure()
    for tag in ("H1", "H2", "H3", "Table", "TH", "TD", "Figure", "Caption", "L (block)"):
        assert tag in structure, tag


def test_pictures_have_words_and_names_of_columns_have_their_scope():
    given = snapshot("published")
    html = paper_html(given, paper_charts(given))
    for chart in paper_charts(given):
        assert f'alt="{chart.alt}"' in html
    assert len(re.findall("<th[ >]", html)) == html.count("<th scope=")
    assert html.count("<caption>") == html.count("<table")


def test_the_same_snapshot_gives_the_same_bytes():
    stored = from_json(to_json(published()))
    assert render_pdf(stored) == rendered("published").content


def test_the_reader_s_language_does_not_change_the_paper():
    from django.utils.translation import override

    with override("en"):
        given = published()
        assert paper_charts(given)[0].kind == "trend"
        assert close(Pdf(render_pdf(given)).text()) == close(rendered("published").text())


def test_an_empty_quarter_is_a_paper_all_the_same():
    text = rendered("empty").text()
    assert text.count("Không có nội dung báo cáo.") >= 8
    assert "Không có chỉ tiêu nào chưa đạt." in text
    assert "Chưa có xã nào được công nhận." in text
    assert "Chưa có số liệu của xã nào." in text
    assert "Chưa có phiếu đánh giá nào." in text
    assert "Biểu đồ" not in text


def test_a_commune_without_data_has_blank_cells_and_not_zeros_in_them():
    pages = annex(rendered("silent"), "I")
    commune = snapshot("silent").communes[0]
    line = next(one for one in pages[0].splitlines() if one.startswith(commune.short_name))
    assert line.removeprefix(f"{commune.short_name} (CN)").split() == []  # not nought


def test_a_text_of_40_000_letters_strange_marks_and_long_names_stay_whole():
    pdf = rendered("crowded")
    packed = close(pdf.text().replace("DỰ THẢO", ""))
    assert packed.count(close(hard_snapshots.SCRIPT)) == 41
    assert packed.count(close("Kể lại dài dòng")) >= 540
    assert len(annex(pdf, "I")) == 1
    for page in range(1, len(pdf.pages()) + 1):
        width = pdf.sizes()[page - 1][0]
        assert [one for one in pdf.words(page) if one[2] > width - 14 * MM] == []


def test_nothing_but_our_own_files_is_read():
    from reports.paper_printing import fetcher_of

    fetcher = fetcher_of({"a.svg": "<svg/>"})
    assert fetcher.fetch("paper:a.svg").read() == b"<svg/>"
    for address in ("https://example.com/a.svg", "file:///etc/passwd", "paper:../settings.py"):
        with pytest.raises(CannotRender):
            fetcher.fetch(address)
    with pytest.raises(OSError, match="secret"):
        fetcher.fetch("paper:../../etc/secret.css")


def test_a_correction_says_what_it_replaces_and_why():
    given = published(edition=2, reason="Sửa số hộ nghèo xã Tả Lèng.", differences=("a: 1 → 2",))
    html = paper_html(given, paper_charts(given))
    assert "thay thế bản ban hành lần 1. Lý do: Sửa số hộ nghèo xã Tả Lèng." in html
    assert "a: 1 → 2" in html


def test_charts_of_the_paper_are_drawn_from_its_figures():
    trend, criteria, communes = paper_charts(snapshot("published"))
    assert trend.rows[-1] == ("Quý II/2023", "16,3", "8", "0")
    assert criteria.rows[10] == ("11. Nghèo đa chiều", "0/12")
    assert communes.rows[0][1] == "18"
    assert communes.svg(charts.PAPER).count("<svg") == 1


def test_the_address_on_the_paper_is_the_frozen_one(settings):
    settings.PORTAL_URL = "https://other.example"
    given = snapshot("published")
    address = "https://ntm.example/reports/verify/TD23-7KQM-4RXA/"
    assert address in paper_html(given, paper_charts(given))
    assert "<svg" in pictures(given, [])["qr.svg"]
    assert pictures(snapshot("draft"), []) == {}


def test_the_bookmarks_keep_the_space_where_a_heading_breaks_its_line():
    subject = six_months().paper.subject
    found = rendered("published").outline()
    assert found[0] == f"BÁO CÁO {subject}"
    for number, title in zip(
        context.ANNEXES, context.annex_titles(snapshot("published")), strict=True
    ):
        assert f"Phụ lục {number}. {title}" in found
    assert Pdf(render_brief(published())).outline()[0] == f"TÓM TẮT BÁO CÁO {subject}"
