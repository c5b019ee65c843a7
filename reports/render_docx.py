"""The paper as a Word file: the same document, editable, in the form of Decree 30/2020/NĐ-CP.

A pure function of the snapshot: two calls give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
from collections.abc import Iterator

from django.utils.translation import override
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.shared import Mm

from dashboard import charts
from reports import docx_styles as styles
from reports import naming
from reports.cleaning import blocks
from reports.docx_parts import (
    field,
    grid,
    paragraph,
    paragraph_xml,
    run,
    table,
    twips,
    watermark,
    words,
)
from reports.paper_tables import (
    DEMONSTRATION,
    NO_TEXT,
    PROVISIONAL,
    SECTION_TABLES,
    Annex,
    PaperTable,
    annexes,
)
from reports.settled import settled
from reports.snapshot import Section, Snapshot
from reports.xml_text import readable

PORTRAIT_WIDTH = twips(210 - 30 - 20)
LANDSCAPE_WIDTH = twips(297 - 20 - 20)
DRAFT = "DỰ THẢO"
CHART_WIDTH = Mm(158)


def render_docx(snapshot: Snapshot) -> bytes:
    with override("vi"):
        return _Paper(snapshot).made()


def _moment(snapshot: Snapshot) -> dt.datetime:
    """When the paper is from, for its properties: publication, or the day it stands at."""
    if snapshot.publication.published_at:
        return snapshot.publication.published_at
    return dt.datetime.combine(snapshot.paper.as_of, dt.time(), dt.UTC)


class _Paper:
    """One document while it grows."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.document = Document()
        self.figures = itertools.count(1)
        styles.apply(self.document)

    def made(self) -> bytes:
        self._properties()
        self._first_section()
        self._masthead()
        self._title()
        for section in self.snapshot.sections:
            self._section(section)
        self._end()
        self._signatures()
        self._annexes()
        for number, section in enumerate(self.document.sections):
            self._head_and_foot(section, number)
        out = io.BytesIO()
        self.document.save(out)
        return settled(out.getvalue(), _moment(self.snapshot))

    def add(self, element) -> None:
        self.document.element.body.sectPr.addprevious(element)

    def write(self, text: str, **looks) -> None:
        self.add(paragraph(run(text), **looks))

    # ---- the frame

    def _properties(self) -> None:
        paper, core = self.snapshot.paper, self.document.core_properties
        core.title, core.subject = f"Báo cáo {paper.term}", paper.subject
        core.author = core.last_modified_by = " ".join(self.snapshot.masthead.issuer)
        core.language, core.revision, core.comments = "vi-VN", 1, ""
        core.keywords = self.snapshot.publication.code
        core.created = core.modified = (
            _moment(self.snapshot).astimezone(dt.UTC).replace(tzinfo=None)
        )

    def _first_section(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = styles.TOP, styles.BOTTOM
        section.left_margin, section.right_margin = styles.LEFT, styles.RIGHT
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True

    def _head_and_foot(self, section, number: int) -> None:
        """Numbers of pages at the top from page 2 on; what kind of paper it is at the foot."""
        headers = [section.header]
        if number == 0:
            headers.append(section.first_page_header)
            section.first_page_footer.is_linked_to_previous = False
        for n, header in enumerate(headers):
            header.is_linked_to_previous = False
            line = header.paragraphs[0]
            line.alignment = 1
            if not (number == 0 and n == 1):
                for piece in _pieces(field("PAGE", 14)):
                    line._p.append(piece)
            if self.snapshot.is_draft:
                line._p.append(parse_xml(watermark(DRAFT, number * 2 + n)))
        footers = [section.footer, *([section.first_page_footer] if number == 0 else [])]
        for footer in footers:
            footer.is_linked_to_previous = False
            footer.paragraphs[0].text = self._foot()

    def _foot(self) -> str:
        publication = self.snapshot.publication
        said = []
        if self.snapshot.paper.demo:
            said.append("Số liệu minh họa")
        if publication.code:
            said.append(f"Mã kiểm tra: {publication.code} · Lần ban hành {publication.edition}")
        if self.snapshot.is_draft:
            said.append("Dự thảo")
        return words(" · ".join(said))

    # ---- the first page

    def _masthead(self) -> None:
        given, publication = self.snapshot.masthead, self.snapshot.publication
        number = naming.count(publication.number) if publication.number else "     "
        left, right = twips(62), PORTRAIT_WIDTH - twips(62)
        plain = {"style": "Plain", "align": "center"}
        issuer = [
            *(
                [paragraph_xml(run(given.superior.upper(), size=12), **plain)]
                * bool(given.superior)
            ),
            *(paragraph_xml(run(line, bold=True, size=12), **plain) for line in given.issuer),
            paragraph_xml(rule=(twips(20), twips(20)), style="Plain", before=0, after=0),
            paragraph_xml(
                run(f"Số: {number}/{given.symbol}", size=13),
                style="Plain",
                align="center",
                before=140,
            ),
        ]
        motto = [
            paragraph_xml(run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12), **plain),
            paragraph_xml(run("Độc lập - Tự do - Hạnh phúc", bold=True, size=13), **plain),
            paragraph_xml(rule=(twips(21), twips(21)), style="Plain", before=0, after=0),
            paragraph_xml(
                run(f"{given.place}, {self._date()}", italic=True, size=13),
                style="Plain",
                align="center",
                before=140,
            ),
        ]
        self.add(grid([issuer, motto], [left, right]))

    def _date(self) -> str:
        on = self.snapshot.publication.published_on
        if on is None:
            return f"ngày      tháng      năm {self.snapshot.paper.as_of.year}"
        month = f"{on.month:02d}" if on.month < 3 else str(on.month)
        return f"ngày {on.day:02d} tháng {month} năm {on.year}"

    def _title(self) -> None:
        paper, publication = self.snapshot.paper, self.snapshot.publication
        self.write("BÁO CÁO", style="Title")
        self.write(paper.subject, style="Subtitle")
        third = PORTRAIT_WIDTH // 3
        self.add(paragraph(rule=(third, third), style="Plain", before=0, after=120))
        if publication.edition > 1:
            self.write(f"Lần ban hành thứ {publication.edition}. Lý do: {publication.reason}")
            for difference in publication.differences:
                self.write(f"- {difference}", style="Item")
        if paper.provisional:
            self.write(PROVISIONAL, style="Note")
        if paper.demo:
            self.write(DEMONSTRATION, style="Note")

    # ---- the sections

    def _section(self, section: Section) -> None:
        top = section.level == 1
        heading = section.heading.upper() if top else section.heading
        self.write(f"{section.number}. {heading}", style="Heading1" if top else "Heading2")
        if not section.text.strip() and not self._has_parts(section):
            self.write(NO_TEXT)
        for kind, lines in blocks(section.text):
            for line in lines:
                text, style = (line, "") if kind == "p" else (f"- {line}", "Item")
                self.write(text, style=style)
        if section.table in SECTION_TABLES:
            self._table(SECTION_TABLES[section.table](self.snapshot), PORTRAIT_WIDTH, styles.TABLE)
        for chart in self._charts(section.table):
            self._chart(chart)

    def _has_parts(self, section: Section) -> bool:
        """A heading that only opens the sections beneath it has no text of its own."""
        following = itertools.dropwhile(lambda one: one is not section, self.snapshot.sections)
        _itself, after = next(following), next(following, None)
        return section.level == 1 and after is not None and after.level > 1

    def _charts(self, name: str) -> Iterator[charts.Chart]:
        given = self.snapshot
        if name == "statutory" and len(given.trend) > 1:
            points = [
                (one.label, one.average, one.recognised, one.meeting_all) for one in given.trend
            ]
            yield charts.trend(points, given.headline.communes, given.headline.criteria)
        elif name == "criteria" and given.criteria:
            rows = [(one.number, one.name, one.met) for one in given.criteria]
            yield charts.communes_by_criterion(rows, given.headline.communes)
        elif name == "communes" and given.communes:
            rows = [(readable(one.short_name), one.met) for one in given.communes]
            yield charts.met_by_commune(rows, given.headline.average, given.headline.criteria)

    def _chart(self, chart: charts.Chart) -> None:
        line = self.document.add_paragraph(style="Plain")
        line.alignment = 1
        line.paragraph_format.keep_with_next = True
        line.paragraph_format.space_before = Mm(3)
        picture = line.add_run().add_picture(io.BytesIO(chart.png()), width=CHART_WIDTH)
        named = picture._inline.docPr
        named.set("name", f"Biểu đồ {named.id}")
        named.set("descr", readable(chart.alt))
        self.write(f"Biểu đồ {next(self.figures)}. {chart.title}", style="Caption")

    def _table(self, given: PaperTable, width: int, size: float) -> None:
        if given.title:
            self.write(given.title, style="Heading3", align="center")
        if not given.rows:
            self.write(given.empty or NO_TEXT, style="Note")
            return
        described = given.title or self.snapshot.paper.subject
        self.add(table(given, width=width, size=size, described=described))
        self.write(given.note, style="Note")

    # ---- the end

    def _end(self) -> None:
        """Official papers close with ./. behind their last word."""
        last = self.document.element.body.sectPr.getprevious()
        texts = list(last.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"))
        if texts and last.tag.endswith("}p"):
            texts[-1].text = texts[-1].text.rstrip(" .;") + "./."
        # Nobody signs on a page of their own: the last lines go with the signature.
        for element in self._last_paragraphs(last, 2):
            element.get_or_add_pPr().get_or_add_keepNext()

    def _last_paragraphs(self, last, count: int) -> Iterator:
        while count and last is not None and last.tag.endswith("}p"):
            yield last
            last, count = last.getprevious(), count - 1

    def _signatures(self) -> None:
        given, publication = self.snapshot.masthead, self.snapshot.publication
        left = [paragraph_xml(run("Nơi nhận:", bold=True, italic=True, size=12), style="Plain")]
        last = len(given.recipients) - 1
        for n, name in enumerate(given.recipients):
            end = "." if n == last else ";"
            left.append(paragraph_xml(run(f"- {name}{end}", size=11), style="Plain"))
        plain = {"style": "Plain", "align": "center"}
        right = [
            paragraph_xml(run(line, bold=True, size=14), **plain)
            for line in (*given.authority, *given.position)
        ]
        right += [paragraph_xml(style="Plain")] * 4
        right.append(paragraph_xml(run(publication.signed_by, bold=True, size=14), **plain))
        self.write("", style="Plain", keep_next=True)
        half = PORTRAIT_WIDTH // 2
        self.add(grid([left, right], [half, PORTRAIT_WIDTH - half]))

    def _annexes(self) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.left_margin = section.right_margin = Mm(20)
        section.different_first_page_header_footer = False
        for annex in annexes(self.snapshot):
            self._annex(annex)

    def _annex(self, annex: Annex) -> None:
        """The title is one heading, so that the outline names the annex whole."""
        lines = f"{run(f'Phụ lục {annex.number}')}<w:r><w:br/></w:r>{run(annex.title)}"
        self.add(
            paragraph(
                lines, style="Heading1", align="center", first_line=0, page_break=annex.number > 1
            )
        )
        self.add(
            paragraph(run(self._attached(), italic=True, size=13), style="Plain", align="center")
        )
        third = int(LANDSCAPE_WIDTH * 0.4)
        self.add(paragraph(rule=(third, third), style="Plain", before=0, after=120))
        for given in annex.tables:
            size = styles.MATRIX_TABLE if annex.number == 1 else styles.ANNEX_TABLE
            self._table(given, LANDSCAPE_WIDTH, size)

    def _attached(self) -> str:
        given, number = self.snapshot.masthead, self.snapshot.publication.number
        named = naming.count(number) if number else "     "
        owner = f"UBND {given.district[:1].lower()}{given.district[1:]}"
        return f"(Kèm theo Báo cáo số {named}/{given.symbol} {self._date()} của {owner})"


def _pieces(xml: str) -> list:
    return list(parse_xml(paragraph_xml(xml).replace("<w:p>", f"<w:p {_NAMESPACE}>", 1)))


_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
